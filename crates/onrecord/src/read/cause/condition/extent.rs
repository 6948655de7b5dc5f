//! Where an antecedent and its consequence begin and end.
//!
//! In: a strand and the place of "if" or "unless". Out: a [`Found`], or nothing where it asks or compares and sets no
//! condition. The antecedent comes first ("If A, B") or last ("B if A"); which of the two, the clause behind the comma
//! decides.
//! Next: `inverted.rs`.

use std::ops::Range;

use super::{Found, Join, Signals};
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::read::cause::clause::FAR;
use crate::read::cause::rule;
use crate::read::cause::view::Strand;
use crate::text::Kind;

/// How far a verb of asking may stand before "if": "asked the two aides if".
const ASKED: usize = 4;

/// The condition of the signal at `at`.
pub(super) fn of_signal(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    let is_if = strand.is(at, Class::If);
    if is_if && !sets_condition(strand, at) {
        return None;
    }
    let behind = if strand.is(at, Class::Given) { strand.behind_given(at)? } else { at + 1 };
    let start = at - usize::from(at > 0 && strand.is(at - 1, Class::OnlyIf));
    let signal = start..behind;
    let is_without = is_if && strand.is(behind, Class::Not) && strand.is(behind + 1, Class::For);
    let is_question = is_if && !is_without && is_asked(strand, at);
    let signals = match is_if {
        _ if is_without => Signals::Without,
        true => Signals::If,
        false if strand.is(at, Class::Given) => Signals::If,
        false => Signals::Unless,
    };
    let signals = if is_if && strand.is(behind, Class::OnlyIf) { Signals::Wish } else { signals };
    let found = |antecedent, consequent, maker| Found {
        signal: signal.clone(),
        antecedent,
        consequent,
        maker,
        signals,
    };
    if let Some((end, then)) = front(strand, start, behind, is_without) {
        let consequent = then..consequent_end(strand, then, strand.len());
        // "I am sure if he had asked, she would have come": what is sure is all of it.
        let tells =
            strand.subject_verb(then).is_some_and(|verb| strand.is_any(verb, &[Class::Would, Class::Will]));
        if is_rhetorical(strand, behind, then) || is_question && !tells {
            return None;
        }
        return Some(found(start..end, consequent, rule::FRONT));
    }
    let end = back_end(strand, behind, is_without);
    if is_question || is_concession(strand, behind, end) {
        return None;
    }
    let consequent = before(strand, start);
    Some(found(start..end, consequent, rule::BACK))
}

/// Whether "if" at `at` sets a condition: not "as if", "not sure if", "a big if".
fn sets_condition(strand: &Strand<'_, '_>, at: usize) -> bool {
    let before = strand.before(at);
    // What compares may stand outside what is said.
    if strand.words_before(at, 1).first().is_some_and(|word| word.entry.is(Class::NoIf)) {
        return false;
    }
    // "a big if", "no ifs".
    let is_noun = before.is_some_and(|before| {
        before + 1 == at && matches!(strand.part(before), Part::Determiner | Part::Adjective)
    });
    if is_noun && (strand.is_mark(at + 1) || strand.part(at + 1).is_finite()) {
        return false;
    }
    // "few, if any"; "most, if not all".
    if strand.is(at + 1, Class::Not) {
        return strand.is(at + 2, Class::For);
    }
    !strand.is(at + 1, Class::IfAny) || !(strand.is_mark(at + 2) || strand.part(at + 2) == Part::Noun)
}

/// "not sure if", "asked reporters if", "to see if". What asks may stand outside what is said.
fn is_asked(strand: &Strand<'_, '_>, at: usize) -> bool {
    let words = strand.words_before(at, ASKED);
    for (back, word) in words.iter().rev().enumerate() {
        if !matches!(word.kind, Kind::Word | Kind::Number) {
            return false;
        }
        if word.entry.is_any(&[Class::Asks, Class::AskVerb]) {
            return back == 0 || word.entry.is(Class::AskVerb);
        }
        if !is_object_part(word.part) {
            return false;
        }
    }
    false
}

fn is_object(strand: &Strand<'_, '_>, at: usize) -> bool {
    is_object_part(strand.part(at))
}

fn is_object_part(part: Part) -> bool {
    matches!(part, Part::Pronoun | Part::Name | Part::Noun | Part::Determiner | Part::Possessive)
}

/// "if there was ever a clear loser, it was": it claims, and sets no condition.
fn is_rhetorical(strand: &Strand<'_, '_>, first: usize, then: usize) -> bool {
    let names = (first..first + 6).any(|at| strand.is(at, Class::Ever));
    let opens = strand.is(first, Class::There) || strand.is(first, Class::Ever);
    let is_it = strand.is(then, Class::It) && strand.is(then + 1, Class::Be);
    opens && names && is_it
}

/// "a good, if flawed, plan": nothing but an adjective.
fn is_concession(strand: &Strand<'_, '_>, first: usize, end: usize) -> bool {
    let comma = (first..end).find(|&at| strand.is_kind(at, Kind::Comma)).unwrap_or(end);
    let words = strand.trim(first..comma);
    let is_short = words.len() <= 3 && !words.is_empty();
    let is_marked = first >= 2 && strand.is_kind(first - 2, Kind::Comma);
    is_short
        && is_marked
        && words.clone().all(|at| {
            strand.is_part(at, &[Part::Adjective, Part::Adverb, Part::Noun, Part::Participle, Part::Past])
                && !strand.is(at, Class::Needed)
        })
}

/// Where an antecedent that comes first ends, and where what follows from it begins.
fn front(strand: &Strand<'_, '_>, start: usize, first: usize, is_without: bool) -> Option<(usize, usize)> {
    let is_open = is_front(strand, start);
    let ends = comma_ends(strand, first, is_without);
    let fits = |&&(_, then): &&(usize, usize)| {
        let first = strand.skip_opening(then);
        let verb = strand.subject_verb(then).or(Some(first));
        // "He would go, if asked, she said": only a clause that could follow makes the first one an antecedent.
        is_open || verb.is_some_and(|verb| strand.is_any(verb, &[Class::Would, Class::Will]))
    };
    // Behind the right comma the subject's verb stands before the next one: "the mayor, he would".
    let is_close = |&&(_, then): &&(usize, usize)| strand.is_close_clause(then);
    let is_told = |&&(_, then): &&(usize, usize)| {
        strand.subject_verb(then).is_some_and(|verb| strand.is_any(verb, &[Class::Would, Class::Will]))
    };
    let best = |end: &&(usize, usize)| is_close(end) && is_told(end);
    let fitting = || ends.iter().filter(fits);
    let marked =
        fitting().find(best).or_else(|| fitting().find(is_close)).or_else(|| fitting().next()).copied();
    let unmarked = if is_open { unmarked_end(strand, first, is_without) } else { None };
    match (marked, unmarked) {
        // "told me that I would, I would": the comma decides, but not behind "If they did we would".
        (Some(marked), Some(unmarked))
            if unmarked.0 < marked.0 && (!is_told(&&marked) || is_elided(strand, unmarked.0 - 1)) =>
        {
            Some(unmarked)
        }
        (None, unmarked) => unmarked,
        (marked, _) => marked,
    }
}

/// Whether nothing that could follow from the antecedent stands before it.
fn is_front(strand: &Strand<'_, '_>, start: usize) -> bool {
    let first = strand.clause_start(0, start);
    !strand.has_finite(first..start) || {
        let before = strand.before(start);
        // "He said that if", "and if", "but if".
        before.is_some_and(|before| strand.is_any(before, &[Class::That, Class::And, Class::But, Class::Say]))
    }
}

/// Commas (and "then") behind which a clause begins that could follow.
fn comma_ends(strand: &Strand<'_, '_>, first: usize, is_without: bool) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let (mut has_verb, mut depth) = (is_without, 0_usize);
    for at in first..strand.len().min(first + FAR) {
        match strand.kind(at) {
            Some(Kind::Open) => depth += 1,
            Some(Kind::Close) => depth = depth.saturating_sub(1),
            Some(Kind::Semicolon) => break,
            Some(Kind::Comma | Kind::Dash) if depth == 0 => {
                let then = strand.behind_then(strand.skip_marks(at));
                // A clause in "would" or "will" follows even where no verb is known in the first.
                let told = strand.subject_verb(then).is_some_and(|verb| {
                    strand.is_any(verb, &[Class::Would, Class::Will]) && strand.is_close_clause(then)
                });
                if (has_verb || told && at > first + 1) && begins_consequent(strand, then) {
                    ends.push((at, then));
                }
            }
            _ if strand.is(at, Class::Then) && has_verb && begins_consequent(strand, at + 1) => {
                ends.push((at, at + 1));
            }
            _ => has_verb |= says_something(strand, at, first),
        }
    }
    ends
}

/// A verb, or what stands for a whole clause: "if elected", "if necessary".
fn says_something(strand: &Strand<'_, '_>, at: usize, first: usize) -> bool {
    let part = strand.part(at);
    part.is_finite()
        || matches!(part, Part::Participle | Part::Gerund | Part::Base)
        || at == first && matches!(part, Part::Adjective | Part::Participle)
        || strand.is(at, Class::Needed)
}

/// A subject and its verb, a question with its verb first, or a command.
fn begins_consequent(strand: &Strand<'_, '_>, then: usize) -> bool {
    if strand.is_any(then, &[Class::And, Class::Or, Class::But]) || strand.is(then, Class::Aside) {
        return false;
    }
    let first = strand.skip_opening(then);
    let asks = matches!(strand.part(first), Part::Modal | Part::Base)
        || strand.is(first, Class::Do)
        || strand.part(first) == Part::Relative && strand.part(first + 1).is_finite();
    asks || strand.begins_clause(first)
}

/// "If he goes I will go": no comma; a subject and "will" begin what follows.
pub(super) fn unmarked_end(
    strand: &Strand<'_, '_>,
    first: usize,
    is_without: bool,
) -> Option<(usize, usize)> {
    let mut has_verb = is_without;
    for at in first + 1..strand.len().min(first + FAR) {
        let helps = strand.is_any(at, &[Class::Would, Class::Will]);
        // "If the court agrees he will": a pronoun begins a clause where nobody knows the verb before it.
        let is_clear = has_verb || at > first + 2 && strand.part(at - 1) == Part::Pronoun;
        if is_clear
            && helps
            && let Some(subject) = close_subject(strand, first, at)
        {
            return Some((subject, subject));
        }
        // "If he goes will she go?"
        if has_verb
            && helps
            && strand.asks()
            && (strand.part(at + 1) == Part::Determiner || is_subject(strand, at + 1))
        {
            return Some((at, at));
        }
        has_verb |= strand.part(at).is_verb() && !helps;
    }
    None
}

/// The subject right before a verb, if it can begin a clause of its own.
fn close_subject(strand: &Strand<'_, '_>, first: usize, verb: usize) -> Option<usize> {
    let mut start = verb;
    while start > first && strand.part(start - 1) == Part::Adverb {
        start -= 1;
    }
    if start > first && strand.part(start - 1) == Part::Pronoun {
        start -= 1;
    } else {
        while start > first && (is_object(strand, start - 1) || strand.part(start - 1) == Part::Adjective) {
            start -= 1;
            if strand.part(start) == Part::Determiner {
                break;
            }
        }
    }
    // "I reckon I would": the whole of it follows.
    if start >= first + 2 && strand.is(start - 1, Class::Say) && strand.part(start - 2) == Part::Pronoun {
        start -= 2;
    }
    let is_free = |start: usize| {
        start > first
            && start < verb
            && (is_subject(strand, start) && !strand.is(start - 1, Class::That)
                || !strand.is_part(
                    start - 1,
                    &[Part::Preposition, Part::Determiner, Part::To, Part::Relative, Part::Conjunction],
                ))
            && (!strand.part(start - 1).is_finite()
                || is_elided(strand, start - 1) && is_subject(strand, start))
            && !strand.is_any(start - 1, &[Class::That, Class::Say])
    };
    // "had it been in liquid assets Ruiz would": a name begins where the words before it belong together.
    let name = (start..verb).rev().take_while(|&at| strand.part(at) == Part::Name).last();
    std::iter::once(start).chain(name).find(|&start| is_free(start))
}

/// "If it had": the verb says all that there is.
fn is_elided(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is_any(at, &[Class::Be, Class::Have, Class::Do, Class::Would])
}

/// "he", "they": no object.
fn is_subject(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.part(at) == Part::Pronoun && strand.is(at, Class::Subject)
}

/// Where what follows ends: at a new clause that is no part of it.
pub(super) fn consequent_end(strand: &Strand<'_, '_>, then: usize, end: usize) -> usize {
    let mut has_verb = false;
    let end = end.min(then + FAR);
    for at in then..end {
        if has_verb && ends_clause(strand, at, then) {
            return at;
        }
        has_verb |= strand.part(at).is_finite() || strand.part(at) == Part::Base;
    }
    end
}

/// Where an antecedent that comes last ends.
fn back_end(strand: &Strand<'_, '_>, first: usize, is_without: bool) -> usize {
    let mut has_verb = is_without;
    let last = strand.len().min(first + FAR);
    for at in first..last {
        if strand.is_kind(at, Kind::Semicolon)
            || has_verb && (ends_clause(strand, at, first) || tells_why(strand, at))
        {
            return at;
        }
        has_verb |= says_something(strand, at, first);
    }
    last
}

/// Whether the clause from `first` ends before `at`.
fn ends_clause(strand: &Strand<'_, '_>, at: usize, first: usize) -> bool {
    match strand.kind(at) {
        Some(Kind::Semicolon | Kind::Colon | Kind::Dash) => true,
        Some(Kind::Stop) => at + 1 < strand.len() && !strand.is_kind(at + 1, Kind::Mark),
        // Behind the quotation that it stands in.
        Some(Kind::Mark) => strand.closes_quotation(at, first),
        Some(Kind::Comma) => {
            let next = strand.skip_marks(at);
            let joins = strand.is_any(next, &[Class::But, Class::And, Class::Or, Class::So])
                && strand.is_close_clause(next + 1)
                && strand.subject_verb(next + 1).is_some_and(|verb| {
                    let is_relative = (next..verb).any(|at| strand.part(at) == Part::Relative);
                    // ", and the ferry would stop": that would follow too.
                    !is_relative && (strand.is(next, Class::But) || !strand.is(verb, Class::Would))
                });
            let even = strand.is(next, Class::NoIf) && strand.is(next + 1, Class::If);
            joins
                || even
                || strand.is_any(next, &[Class::Aside, Class::Including])
                // ", allowing more of it", ", rather than that".
                || strand.part(next) == Part::Gerund
                || strand.is(next, Class::Instead)
                || names_speaker(strand, at)
        }
        _ => false,
    }
}

/// "because they stayed": it belongs to the clause around the antecedent.
pub(super) fn tells_why(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is(at, Class::Aside)
        && strand.part(at) == Part::Preposition
        && strand.is_close_clause(at + 1)
        && strand.begins_clause(at + 1)
}

/// ", said Ruiz", ", she said".
fn names_speaker(strand: &Strand<'_, '_>, at: usize) -> bool {
    if !strand.is_kind(at, Kind::Comma) {
        return false;
    }
    let next = strand.skip_marks(at);
    let end = strand.len().min(next + 6);
    let verb = (next..end).find(|&at| strand.is(at, Class::Say) && strand.part(at).is_finite());
    verb.is_some_and(|verb| {
        let is_short = (next..verb).all(|at| is_object(strand, at) || strand.part(at) == Part::Adjective);
        let ends = strand.is_mark(verb + 1) || verb + 1 >= strand.len() || verb == next;
        is_short && ends
    })
}

/// What stands before "if" and follows from it.
fn before(strand: &Strand<'_, '_>, start: usize) -> Range<usize> {
    let first = strand.skip_leading(told_start(strand, start));
    // "…, and if", "than if": what joins the two belongs to neither.
    let joins = |at: usize| {
        strand.is_any(at, &[Class::And, Class::But, Class::Or, Class::So, Class::That, Class::Than])
    };
    let end = (first..start).rev().find(|&at| !joins(at) && !strand.is_mark(at)).map_or(first, |at| at + 1);
    first..end
}

/// Where the clause begins, before `end`, that tells what would follow.
pub(super) fn told_start(strand: &Strand<'_, '_>, end: usize) -> usize {
    let first = strand.clause_start(0, end);
    let told = (first..end).rev().find(|&at| strand.is_any(at, &[Class::Would, Class::Will]));
    let Some(told) = told.filter(|&told| strand.part(told).is_finite()) else { return first };
    strand.start_of_clause(first, told)
}

/// The antecedents in one clause: "if A and B", "if A or if B".
pub(super) fn pieces(
    strand: &Strand<'_, '_>,
    range: Range<usize>,
    signals: Signals,
) -> (Vec<Range<usize>>, Join) {
    let (mut pieces, mut join) = (Vec::new(), Join::All);
    let mut start = range.start;
    if matches!(signals, Signals::If | Signals::Unless) {
        for at in range.start + 1..range.end {
            if !strand.is_any(at, &[Class::And, Class::Or]) || !strand.has_finite(start..at) {
                continue;
            }
            let next = at + 1;
            let goes_on = strand.is_any(next, &[Class::If, Class::Unless])
                || strand.subject_verb(next).is_some_and(|verb| {
                    // "hard and fast rules that bind": the verb of a relative clause makes no second antecedent.
                    verb < range.end
                        && (next..verb).all(|at| !strand.is_part(at, &[Part::Relative, Part::To]))
                });
            if goes_on {
                pieces.push(start..at);
                start = next;
                join = if strand.is(at, Class::Or) { Join::Any } else { join };
            }
        }
    }
    pieces.push(start..range.end);
    (pieces, join)
}
