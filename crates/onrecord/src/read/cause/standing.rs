//! Did it happen? A trigger and the words before it → [`Standing`].
//!
//! In: a strand and the place of a trigger. Out: its standing: what the helpers of the verb say, then the verb or noun
//! that an infinitive hangs on, then who reports it and how. In doubt it happened; a condition overrules all.

use std::ops::Range;

use super::Standing;
use super::event::{is_passive, verb_head};
use super::view::Strand;
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::read::quote;
use crate::text::Kind;

/// How far back helpers and governors are looked for, in tokens.
const REACH: usize = 12;

/// The standing of the happening at `at`.
pub(super) fn of(strand: &Strand<'_, '_>, at: usize) -> Standing {
    // "refused to close it": what governs the verb may stand outside what is said.
    if strand.voice.is_some() && at < REACH {
        let token = strand.tokens[at];
        let whole = strand.view.strand(strand.sentence, None);
        if let Some(at) = whole.tokens.iter().position(|&other| other == token) {
            return of_word(&whole, at);
        }
    }
    of_word(strand, at)
}

fn of_word(strand: &Strand<'_, '_>, at: usize) -> Standing {
    let is_verb = strand.part(at).is_verb() || at > 0 && strand.part(at - 1) == Part::To;
    let own = if is_verb { of_verb(strand, at, 3) } else { of_noun(strand, at) };
    if matches!(own, Standing::Happened | Standing::Ongoing) {
        by_voice(strand, at).unwrap_or(own)
    } else {
        own
    }
}

/// What the helpers of a verb say. `depth` bounds how many infinitives may hang on one another.
fn of_verb(strand: &Strand<'_, '_>, at: usize, depth: usize) -> Standing {
    let mut found = None;
    let mut place = at;
    while place > 0 && at - place < REACH {
        place -= 1;
        if strand.is(place, Class::Not) && !strand.is(place + 1, Class::OnlyIf) {
            return Standing::Denied;
        }
        if strand.is(place, Class::Perhaps) {
            found = found.or(Some(Standing::Possible));
        }
        if strand.part(place) == Part::To {
            return infinitive(strand, place, depth);
        }
        if strand.is(place, Class::Shall) {
            found = Some(Standing::Expected);
        } else if strand.is(place, Class::May) {
            found = Some(Standing::Possible);
        } else if strand.is(place, Class::Must) {
            found = Some(Standing::Ordered);
        } else if strand.is(place, Class::Would) {
            let is_past = strand.is(place + 1, Class::Have) || strand.is(place + 2, Class::Have);
            found = Some(if is_past { Standing::Denied } else { Standing::Expected });
        } else if !(strand.part(place) == Part::Adverb
            || strand.is_any(place, &[Class::Be, Class::Have, Class::Do, Class::Get]))
        {
            break;
        }
    }
    if let Some(found) = found {
        return found;
    }
    if is_denied_subject(strand, place + 1) {
        return Standing::Denied;
    }
    match strand.part(at) {
        Part::Gerund => of_gerund(strand, at, depth),
        // "the planned sale", "stands accused": a bare participle is as the noun is; a bare infinitive hangs on a verb.
        Part::Base if at > 0 => of_base(strand, at, depth),
        _ => Standing::Happened,
    }
}

/// "to open": as the verb or noun before it says.
fn infinitive(strand: &Strand<'_, '_>, to: usize, depth: usize) -> Standing {
    let first = to.saturating_sub(REACH);
    let mut has_object = false;
    for place in (first..to).rev() {
        if strand.is(place, Class::Not) && place + 1 == to {
            return Standing::Denied;
        }
        let part = strand.part(place);
        let is_verb = part.is_verb();
        if is_verb || strand.is_any(place, &[Class::Planned, Class::Failed, Class::Bidden, Class::Likely]) {
            if let Some(standing) = governed(strand, place, has_object, depth) {
                return standing;
            }
            if is_verb {
                return Standing::Expected;
            }
        }
        let is_inside = part.is_nominal()
            || matches!(
                part,
                Part::Determiner
                    | Part::Adjective
                    | Part::Possessive
                    | Part::Adverb
                    | Part::Preposition
                    | Part::Participle
            );
        if !is_inside || strand.is_mark(place) {
            break;
        }
        has_object = true;
    }
    Standing::Expected
}

/// What the word at `place` says of the infinitive behind it.
fn governed(strand: &Strand<'_, '_>, place: usize, has_object: bool, depth: usize) -> Option<Standing> {
    let is_verb = strand.part(place).is_verb();
    let own = |place: usize| {
        if is_verb && depth > 0 { of_verb(strand, place, depth - 1) } else { Standing::Happened }
    };
    if strand.is(place, Class::Fail) && is_verb || strand.is(place, Class::Failed) {
        return Some(Standing::Denied);
    }
    if is_verb && strand.is(place, Class::Bid) && (has_object || is_passive(strand, place)) {
        return Some(Standing::Ordered);
    }
    if strand.is(place, Class::Bidden) && !is_verb {
        return Some(Standing::Ordered);
    }
    if is_verb && strand.is_any(place, &[Class::Plan, Class::Bid]) || strand.is(place, Class::Planned) {
        return Some(Standing::Expected);
    }
    if is_verb && strand.is_any(place, &[Class::Be, Class::Have]) {
        return Some(if strand.is(place, Class::Have) && own(place) == Standing::Happened {
            Standing::Happened
        } else {
            Standing::Expected
        });
    }
    if is_verb && strand.is(place, Class::Come) && !has_object {
        return Some(own(place));
    }
    if is_verb && strand.is(place, Class::Try) || strand.is(place, Class::Likely) {
        return Some(Standing::Possible);
    }
    None
}

/// "without telling", "kept from opening".
fn of_gerund(strand: &Strand<'_, '_>, at: usize, depth: usize) -> Standing {
    let Some(before) = at.checked_sub(1) else { return Standing::Happened };
    if strand.is(before, Class::Without) || strand.is(before, Class::Instead) {
        return Standing::Denied;
    }
    let near = (at.saturating_sub(6)..at).rev().find(|&at| strand.part(at).is_verb());
    let near = near.filter(|&near| (near..at).all(|at| !strand.is_mark(at)));
    match near {
        Some(verb) if strand.is(verb, Class::Prevent) => match of_verb(strand, verb, depth.saturating_sub(1))
        {
            Standing::Happened | Standing::Ongoing => Standing::Denied,
            other => other,
        },
        Some(verb) if verb + 1 == at && strand.is(verb, Class::Be) => {
            if matches!(strand.part(verb), Part::Present) { Standing::Ongoing } else { Standing::Happened }
        }
        Some(verb)
            if strand.is_any(verb, &[Class::Plan, Class::Want, Class::Say])
                && depth > 0
                && verb + 2 >= at =>
        {
            Standing::Expected
        }
        _ => Standing::Happened,
    }
}

/// "let it open", "help close it"; a command.
fn of_base(strand: &Strand<'_, '_>, at: usize, depth: usize) -> Standing {
    let verb = (at.saturating_sub(6)..at)
        .rev()
        .find(|&at| strand.part(at).is_verb() || strand.part(at) == Part::Modal);
    match verb {
        Some(verb)
            if (verb..at).all(|at| !strand.is_mark(at)) && depth > 0 && strand.part(verb) != Part::Modal =>
        {
            of_verb(strand, verb, depth - 1)
        }
        // "will come and take": the second of two infinitives.
        Some(verb) if strand.part(verb) == Part::Modal && depth > 0 => of_verb(strand, verb + 1, depth - 1),
        _ => Standing::Happened,
    }
}

/// "no one left", "neither side won".
fn is_denied_subject(strand: &Strand<'_, '_>, verb: usize) -> bool {
    (verb.saturating_sub(8)..verb)
        .rev()
        .take_while(|&at| {
            strand.part(at).is_nominal()
                || matches!(
                    strand.part(at),
                    Part::Determiner | Part::Adjective | Part::Preposition | Part::Other | Part::Conjunction
                ) && !strand.is_mark(at)
        })
        .any(|at| strand.is(at, Class::No))
}

/// "the planned sale", "no sale", "plans for a sale".
fn of_noun(strand: &Strand<'_, '_>, at: usize) -> Standing {
    let mut place = at;
    while place > 0 && at - place < REACH {
        place -= 1;
        if strand.is(place, Class::No) || strand.is(place, Class::Without) {
            return Standing::Denied;
        }
        if strand.is(place, Class::Coming) {
            return Standing::Expected;
        }
        if strand.is(place, Class::Possible) {
            return Standing::Possible;
        }
        if strand.is(place, Class::Planned) && strand.part(place) == Part::Noun {
            return Standing::Expected;
        }
        let part = strand.part(place);
        if part.is_verb() && place > 0 {
            return of_object(strand, place);
        }
        let goes_on = part.is_nominal()
            || matches!(part, Part::Determiner | Part::Adjective | Part::Possessive | Part::Preposition);
        if !goes_on || strand.is_mark(place) {
            break;
        }
    }
    of_subject(strand, at)
}

/// "The flight will leave", "the delivery is scheduled": as the verb says.
fn of_subject(strand: &Strand<'_, '_>, noun: usize) -> Standing {
    let mut at = noun + 1;
    while at < noun + REACH
        && (strand.part(at).is_nominal()
            || matches!(
                strand.part(at),
                Part::Preposition | Part::Determiner | Part::Adjective | Part::Adverb | Part::Possessive
            ))
        && !strand.is_mark(at)
    {
        at += 1;
    }
    let is_verb = strand.part(at).is_finite() || strand.part(at) == Part::Participle;
    if !is_verb || at >= strand.len() {
        return Standing::Happened;
    }
    let head = verb_head(strand, at);
    if strand.is(head, Class::Put) {
        return Standing::Expected;
    }
    if strand.is(head, Class::Prevent) && is_passive(strand, head) {
        return Standing::Denied;
    }
    match of_verb(strand, head, 2) {
        standing @ (Standing::Expected | Standing::Ordered) => standing,
        _ => Standing::Happened,
    }
}

/// What a verb says of its object: "plans a sale", "avoided a sale".
fn of_object(strand: &Strand<'_, '_>, verb: usize) -> Standing {
    let own = of_verb(strand, verb, 2);
    if own != Standing::Happened && own != Standing::Ongoing {
        return own;
    }
    if strand.is_any(verb, &[Class::Prevent, Class::Deny]) {
        return Standing::Denied;
    }
    if strand.is_any(verb, &[Class::Plan, Class::Want, Class::Put]) {
        return Standing::Expected;
    }
    if strand.is(verb, Class::Bid) { Standing::Ordered } else { own }
}

/// What is denied, wanted, doubted or asked did not happen by that.
fn by_voice(strand: &Strand<'_, '_>, at: usize) -> Option<Standing> {
    let voice = strand.word(at)?.voice?;
    let said = &strand.view.quotes[voice as usize];
    let is_denied = said.polarity == Some(quote::Polarity::Negative);
    match said.stance? {
        quote::Stance::Deny => Some(if is_denied { Standing::Possible } else { Standing::Denied }),
        quote::Stance::Doubt => Some(Standing::Possible),
        quote::Stance::Want if !is_denied => Some(Standing::Expected),
        _ => is_question(strand, at..strand.len()).then_some(Standing::Possible),
    }
}

fn is_question(strand: &Strand<'_, '_>, range: Range<usize>) -> bool {
    range
        .into_iter()
        .find(|&at| strand.is_kind(at, Kind::Stop))
        .is_some_and(|at| strand.lower(at).contains('?'))
}
