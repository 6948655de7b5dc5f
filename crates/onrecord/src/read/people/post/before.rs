//! Titles before a name: "Republican presidential nominee Gov. Mike Ruiz (R-Ohio)"; and the description before a name that
//! a comma parts: "the Mexican president, Ana Roz,".
//!
//! In: a name. Out: phrases, the nearest first. A title before a name says nothing of time.

use super::Status;
use super::phrase::{self, Opening, Phrase, is_function};
use super::tail;
use super::view::View;
use crate::lang::en::{Class, Trait};
use crate::read::people::{EntityKind, MentionKind};
use crate::text::Kind;

/// As many titles stand before one name.
const MOST: usize = 4;

/// The titles right before the token `name`.
pub(super) fn titles(view: &View<'_>, name: usize) -> Vec<Phrase> {
    let floor = floor(view, name);
    let mut list: Vec<Phrase> = Vec::new();
    let mut end = without_honorific(view, name, floor);
    if let Some((inner, open)) = in_brackets(view, end, floor) {
        list.push(inner);
        end = open;
    }
    while list.len() < MOST {
        if let Some(start) = beside(view, end, floor) {
            end = start;
        }
        let Some(phrase) = phrase::before(view, end, floor) else { break };
        if phrase.opening == Opening::Nobody {
            break;
        }
        let start = phrase.start;
        let (opening, lower) = (phrase.opening, !view.is_capital(phrase.head));
        list.push(phrase);
        if opening != Opening::Bare || start <= floor {
            break;
        }
        let and = view.word(start - 1) == "and";
        end = if and && lower { start - 1 } else { start };
        if and && !lower {
            break;
        }
    }
    // "former host and personality": what the first says of time holds for all that "and" joins.
    list
}

/// How far titles before a name may reach: to the start of its sentence, or of the one before where that ends with a
/// shortened title: "Another is Del. Ana Roz".
fn floor(view: &View<'_>, name: usize) -> usize {
    let start = view.sentence(name).start;
    let short = |k: usize| view.word(k).ends_with('.') && view.is(k, Trait::Head);
    match start.checked_sub(1) {
        Some(last) if start == name && short(last) => view.sentence(last).start,
        _ => start,
    }
}

/// Where "and Navy veteran" begins, before a name that ends what stands before it.
fn beside(view: &View<'_>, end: usize, floor: usize) -> Option<usize> {
    let mut k = end.checked_sub(1).filter(|&k| k > floor && view.is(k, Trait::Beside))?;
    while k > floor && view.is_capital(k - 1) && view.is_kind(k - 1, Kind::Word) {
        k -= 1;
    }
    (k > floor && view.word(k - 1) == "and").then(|| k - 1)
}

/// Where a party alone stands before the name: "Republican Ana Roz", "CNN's Ana Roz".
pub(super) fn bare(view: &View<'_>, name: usize) -> Option<Phrase> {
    let floor = view.sentence(name).start;
    let end = without_honorific(view, name, floor);
    let k = end.checked_sub(1).filter(|&k| k >= floor)?;
    let mut phrase = Phrase { start: k, end, head: k, ..Phrase::default() };
    if view.is(k, Trait::Member) && view.is_capital(k) {
        phrase.party = Some(view.span(k..end));
        return Some(phrase);
    }
    if view.is_possessive(k) && k > floor {
        let body = view.name_at(k - 1, EntityKind::Organization)?;
        phrase.organization = Some(body.span);
        phrase.start = body.tokens.start;
        return Some(phrase);
    }
    None
}

/// The end of what stands before "Mr." and the like.
pub(super) fn without_honorific(view: &View<'_>, name: usize, floor: usize) -> usize {
    let mut end = name;
    while end > floor && view.is(end - 1, Trait::Honorific) && view.is_capital(end - 1) {
        end -= 1;
    }
    end
}

/// "(then-Senator)" before a name.
fn in_brackets(view: &View<'_>, end: usize, floor: usize) -> Option<(Phrase, usize)> {
    let close = end.checked_sub(1).filter(|&k| k >= floor && view.is_kind(k, Kind::Close))?;
    let open = (floor.max(close.saturating_sub(4))..close).rev().find(|&k| view.is_kind(k, Kind::Open))?;
    let last = view.word(close - 1);
    let (length, _) = last.char_indices().nth(5).filter(|_| last.starts_with("then-"))?;
    let word = view.span(close - 1..close);
    let title = crate::text::Span { start: word.start + length as u32, end: word.end };
    let known = crate::lang::en::traits(&view.text()[title.range()]).is(Trait::Head);
    known.then(|| {
        let phrase = Phrase {
            title: Some(title),
            status: Some(Status::Former),
            told_by: vec![word],
            start: open,
            end: close,
            head: close - 1,
            ..Phrase::default()
        };
        (phrase, open)
    })
}

/// The description before a comma and the name `name`, which ends before `name_end`.
pub(super) fn description(view: &View<'_>, name: usize, name_end: usize) -> Vec<Phrase> {
    let sentence = view.sentence(name);
    let end = without_honorific(view, name, sentence.start);
    let Some(comma) = end.checked_sub(1).filter(|&k| k > sentence.start && view.is_kind(k, Kind::Comma))
    else {
        return Vec::new();
    };
    let closed = name_end >= sentence.end
        || matches!(
            view.kind(name_end),
            Some(
                Kind::Comma
                    | Kind::Stop
                    | Kind::Dash
                    | Kind::Open
                    | Kind::Close
                    | Kind::Semicolon
                    | Kind::Mark
            )
        ) && !view.is_possessive(name_end);
    if !closed {
        return Vec::new();
    }
    let floor = sentence.start.max(comma.saturating_sub(16));
    for start in (floor..comma).rev() {
        if matches!(
            view.kind(start),
            Some(Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Dash | Kind::Colon)
        ) {
            break;
        }
        let person = view.person_at(start).filter(|named| named.tokens.start == start);
        let opens = view.has(start, Class::Determiner)
            || person.is_some()
            || start == floor
            || (is_function(view, start - 1) && view.is_capital(start));
        if !opens || (person.is_some_and(|named| named.kind == MentionKind::Name) && start + 1 == comma) {
            continue;
        }
        let mut list = tail::phrases(view, start, comma);
        let whole = list.last().is_some_and(|last| last.end == comma);
        let someone = list.first().is_some_and(|first| first.opening != Opening::Nobody && !first.is_plural);
        let opened =
            list.first().is_some_and(|first| first.opening != Opening::Bare || first.organization.is_some());
        if whole && someone && opened {
            for phrase in &mut list {
                phrase.status.get_or_insert(Status::Current);
            }
            return list;
        }
    }
    Vec::new()
}
