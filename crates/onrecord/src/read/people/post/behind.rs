//! What stands behind a name: "(D-Ore.)", ", R-Ohio,", "of Ohio", ", a historian,", ", who heads the club".
//!
//! In: where a name ends. Out: phrases in order of position, each with what it was read by.

use super::Status;
use super::clause;
use super::letters;
use super::phrase::{Opening, Phrase, is_place};
use super::tail;
use super::view::View;
use crate::lang::en::{self, Class, Trait};
use crate::read::people::EntityKind;
use crate::text::Kind;

/// What stands behind a name.
#[derive(Default)]
pub(super) struct Behind {
    /// Party and place of the title before the name: "(D-Ore.)", "of Ohio".
    pub(super) more: Option<Phrase>,
    /// Whether `more` stands in brackets or between commas.
    pub(super) in_brackets: bool,
    /// Descriptions between commas.
    pub(super) appositions: Vec<Phrase>,
    /// What "who" tells.
    pub(super) relative: Vec<clause::Told>,
    /// Where a verb may follow: behind the name and all that is told of it.
    pub(super) verb: usize,
}

/// As many descriptions follow one name.
const MOST: usize = 4;

/// Reads behind the token before `end`, where a name ends.
pub(super) fn read(view: &View<'_>, end: usize) -> Behind {
    let mut behind = Behind::default();
    let limit = view.sentence(end.saturating_sub(1)).end;
    let mut at = end;
    if let Some(phrase) = letters::read(view, at, limit) {
        at = phrase.end;
        behind.more = Some(phrase);
        behind.in_brackets = true;
    } else if let Some(phrase) = from_place(view, at, limit) {
        at = phrase.end;
        behind.more = Some(phrase);
    }
    for _ in 0..MOST {
        if at >= limit {
            break;
        }
        if view.has(at, Class::Relative) && view.word(at) != "that" {
            behind.relative.extend(clause::relative(view, at, limit));
            break;
        }
        if !matches!(view.kind(at), Some(Kind::Comma | Kind::Dash | Kind::Open)) {
            break;
        }
        let bracket = view.is_kind(at, Kind::Open);
        at += 1;
        // An age: "Ana Roz, 76, a baker".
        let age = view.is_kind(at, Kind::Number) && view.is_kind(at + 1, Kind::Comma);
        at += if age { 2 } else { 0 };
        if view.has(at, Class::Relative) && view.word(at) != "that" {
            behind.relative.extend(clause::relative(view, at, limit));
            break;
        }
        if behind.more.is_none()
            && let Some(phrase) = member(view, at, limit).filter(|phrase| phrase.opening == Opening::Bare)
        {
            at = phrase.end;
            behind.more = Some(Phrase { status: None, ..phrase });
            behind.in_brackets = true;
            continue;
        }
        let phrases = apposition(view, at, limit, bracket);
        let Some(last) = phrases.last() else { break };
        at = last.end;
        behind.appositions.extend(phrases);
    }
    behind.verb = if at > end && view.is_kind(at, Kind::Comma) { at + 1 } else { at };
    behind
}

/// "Ana Roz of Ohio", "Ana Roz of the Green Party", "Ana Roz of NBC".
fn from_place(view: &View<'_>, at: usize, limit: usize) -> Option<Phrase> {
    if view.word(at) != "of" || at + 1 >= limit {
        return None;
    }
    let start = if view.word(at + 1) == "the" { at + 2 } else { at + 1 };
    let mut phrase = Phrase { start: at, head: at, ..Phrase::default() };
    if view.is_pair(start, Trait::PartyName) {
        phrase.end = start + 2;
        phrase.party = Some(view.span(start..start + 2));
        return Some(phrase);
    }
    if let Some(body) =
        view.name_at(start, EntityKind::Organization).filter(|body| body.tokens.start == start)
    {
        phrase.end = body.tokens.end;
        phrase.organization = Some(body.span);
        return Some(phrase);
    }
    let pair = is_place(en::traits_of_pair(view.word(start), view.word(start + 1)));
    let place = view.name_at(start, EntityKind::Place).map(|place| place.tokens.end);
    let end = match place {
        Some(end) => end,
        None if pair => start + 2,
        None if is_place(en::traits(view.word(start))) && view.is_capital(start) => start + 1,
        None => return None,
    };
    phrase.end = end;
    phrase.area = Some(view.span(start..end));
    Some(phrase)
}

/// The description that starts at `at`, behind a comma or a dash.
fn apposition(view: &View<'_>, at: usize, limit: usize, bracket: bool) -> Vec<Phrase> {
    let aside = view.is(at, Trait::Aside) && !view.is_kind(at + 1, Kind::Comma);
    let at = at + usize::from(aside);
    if let Some(phrase) = member(view, at, limit) {
        return vec![phrase];
    }
    // "one of Roz's closest aides".
    let one_of = view.word(at) == "one" && view.word(at + 1) == "of";
    let mut phrases = tail::phrases(view, if one_of { at + 2 } else { at }, limit);
    let Some(last) = phrases.last() else { return phrases };
    let Some(first) = phrases.first() else { return phrases };
    let ends = last.end >= limit || ends_description(view, last.end, bracket);
    let named = view.name_at(last.end, EntityKind::Person).is_some();
    let capital = first.opening == Opening::Bare
        && view.is_capital(first.head)
        && view.word(first.head).len() > 3
        && !ends;
    if !ends || named || capital || first.opening == Opening::Nobody || is_vague(view, first) {
        return Vec::new();
    }
    if first.is_plural != one_of || (one_of && !first.opening.is_definite()) {
        return Vec::new();
    }
    for phrase in &mut phrases {
        phrase.status.get_or_insert(Status::Current);
    }
    phrases
}

/// Whether the words name a post only where a body, a place or a person stands beside them, and none does: "a leader".
pub(super) fn is_vague(view: &View<'_>, phrase: &Phrase) -> bool {
    let told = phrase.organization.is_some() || phrase.area.is_some() || phrase.of_person.is_some();
    let qualified = (phrase.first..phrase.head).any(|k| view.is(k, Trait::Part));
    view.is(phrase.head, Trait::Loose) && !told && !qualified && phrase.status.is_none()
}

/// Whether a description may end before `k`.
fn ends_description(view: &View<'_>, k: usize, bracket: bool) -> bool {
    match view.kind(k) {
        Some(Kind::Word) => {
            !bracket
                && (view.has_any(
                    k,
                    &[
                        Class::Relative,
                        Class::Coordinator,
                        Class::Subordinator,
                        Class::Preposition,
                        Class::Auxiliary,
                        Class::Adverb,
                        Class::Cue,
                        Class::InIng,
                        Class::InEd,
                        Class::Verb,
                        Class::Time,
                    ],
                ))
        }
        Some(Kind::Mark) => !view.is_possessive(k),
        Some(Kind::Number) => false,
        _ => true,
    }
}

/// "a Republican", "an Oregon Democrat", "Democrat of Ohio".
fn member(view: &View<'_>, at: usize, limit: usize) -> Option<Phrase> {
    let mut k = at;
    let mut phrase = Phrase { start: at, status: Some(Status::Current), ..Phrase::default() };
    let opened = view.has(k, Class::Determiner);
    if opened {
        phrase.opening = Opening::Indefinite;
        k += 1;
    }
    for _ in 0..4 {
        let pair = is_place(en::traits_of_pair(view.word(k), view.word(k + 1)));
        if view.is(k, Trait::Member) && view.is_capital(k) {
            break;
        }
        if pair || is_place(en::traits(view.word(k))) {
            let end = k + 1 + usize::from(pair);
            phrase.area = Some(view.span(k..end));
            k = end;
        } else if view.is_any(k, &[Trait::Quality, Trait::Former]) {
            k += 1;
        } else {
            return None;
        }
    }
    if k >= limit || !view.is(k, Trait::Member) || !view.is_capital(k) {
        return None;
    }
    phrase.head = k;
    phrase.party = Some(view.span(k..k + 1));
    phrase.end = k + 1;
    let before = phrase.end;
    tail::tail(view, &mut phrase, limit);
    phrase.title = None;
    let word_follows =
        phrase.end == before && view.is_kind(before, Kind::Word) && !ends_description(view, before, false);
    (!word_follows).then_some(phrase)
}
