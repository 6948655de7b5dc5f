//! What follows a title: "of Ohio", "at the Hoover Institution", "to President Roz", "until July", "and author".
//!
//! In: a phrase up to its head. Out: the phrase with what is told behind it, and further phrases that "and" joins to it.

use super::Status;
use super::phrase::{self, Opening, Phrase, is_function, is_place};
use super::view::View;
use crate::lang::en::{self, Class, Trait};
use crate::read::people::{EntityKind, MentionKind};
use crate::text::Kind;

/// As many phrases may be joined, and as many things may be told behind one.
const MOST: usize = 4;

/// The phrases that start at `start`: "a former lieutenant governor and ambassador to Peru".
pub(super) fn phrases(view: &View<'_>, start: usize, limit: usize) -> Vec<Phrase> {
    let mut list: Vec<Phrase> = Vec::new();
    let mut at = start;
    while list.len() < MOST {
        let Some(mut next) = phrase::from(view, at, limit) else { break };
        tail(view, &mut next, limit);
        let joined = list.last().is_none_or(|last| joins(view, last, &next, limit));
        if !joined || (next.is_plural && !list.is_empty()) {
            break;
        }
        let end = next.end;
        list.push(next);
        let comma = view.is_kind(end, Kind::Comma);
        let and = |k: usize| matches!(view.word(k), "and" | "&");
        at = match (comma, and(end) || (comma && and(end + 1))) {
            (true, true) => end + 2,
            (false, false) => break,
            _ => end + 1,
        };
        if at >= limit {
            break;
        }
    }
    share(&mut list);
    list
}

/// Whether a phrase goes on with what was told before it: behind "and", or in a list that ends with one.
fn joins(view: &View<'_>, last: &Phrase, next: &Phrase, limit: usize) -> bool {
    let bare = next.opening == Opening::Bare && !view.is_capital(next.start);
    let comma = view.is_kind(last.end, Kind::Comma);
    if comma && view.word(last.end + 1) != "and" {
        let and = view.word(next.end) == "and" || view.word(next.end + 1) == "and";
        let former = last.status == Some(Status::Former) && next.opening == Opening::Bare;
        return next.end < limit && and && (former || (bare && !last.opening.is_definite()));
    }
    if comma && next.opening != Opening::Bare {
        return false;
    }
    // "the mayor and the governor" are two people, "the mayor and a lawyer" may be one.
    next.opening != Opening::Definite || last.opening != Opening::Definite
}

/// What stands once for all: "founder and chief of the club", "a former senator and governor".
fn share(phrases: &mut [Phrase]) {
    let Some(last) = phrases.last().cloned() else { return };
    let Some(first) = phrases.first().cloned() else { return };
    for (index, phrase) in phrases.iter_mut().enumerate() {
        if index > 0 && phrase.opening == Opening::Bare && phrase.status.is_none() && first.status.is_some() {
            phrase.status = first.status;
            phrase.told_by.extend(first.told_by.iter().copied());
        }
        let nothing = phrase.organization.is_none() && phrase.area.is_none() && phrase.of_person.is_none();
        if nothing && last.opening == Opening::Bare && phrase.end == phrase.head + 1 {
            phrase.organization = last.organization;
            phrase.area = last.area;
            phrase.of_person = last.of_person;
        }
    }
}

impl Opening {
    pub(super) fn is_definite(self) -> bool {
        matches!(self, Opening::Definite | Opening::Owner)
    }
}

/// Reads what follows the head.
pub(super) fn tail(view: &View<'_>, phrase: &mut Phrase, limit: usize) {
    let limit = limit.min(view.len());
    for _ in 0..MOST {
        let k = phrase.end;
        if k + 1 >= limit || !view.is_kind(k, Kind::Word) {
            return;
        }
        let read =
            extend_title(view, phrase, limit) || time(view, phrase, limit) || object(view, phrase, limit);
        if !read {
            return;
        }
    }
}

/// "of geosciences", "of state", "in chief": words behind the head that belong to the title.
fn extend_title(view: &View<'_>, phrase: &mut Phrase, limit: usize) -> bool {
    let k = phrase.end;
    if k != phrase.head + 1 {
        return false;
    }
    let Some(title) = phrase.title else { return false };
    let held = view.is(phrase.head, Trait::Held) && view.has(k, Class::Of);
    let large = view.word(k) == "at" && view.word(k + 1) == "large";
    let chief = large || (view.word(k) == "in" && view.word(k + 1).eq_ignore_ascii_case("chief"));
    let house = view.word(phrase.head).eq_ignore_ascii_case("speaker") && view.word(k) == "of";
    let field = matches!(view.word(k), "of" | "on" | "for");
    let mut end = k + 1;
    if (held || house) && view.word(end) == "the" {
        end += 1;
    }
    let lower = |k: usize| view.word(k).starts_with(char::is_lowercase);
    let noun = |k: usize| {
        view.is_kind(k, Kind::Word)
            && !is_function(view, k)
            && !view.has(k, Class::Determiner)
            && view.named_at(k).is_none_or(|named| named.kind == MentionKind::Name)
            && !view.is_any(k, &[Trait::Honorific])
            && !view.is_possessive(k)
    };
    if chief {
        phrase.title = Some(title.cover(view.span(k + 1..k + 2)));
        phrase.end = k + 2;
        return true;
    }
    let belongs = |k: usize| noun(k) && (held || house || (lower(k) && !view.has(k, Class::InIng)));
    let state = held && view.word(end).eq_ignore_ascii_case("state");
    let place = is_place(en::traits(view.word(end))) || view.name_at(end, EntityKind::Place).is_some();
    let owned = place && !state && !house;
    if !(held || field || house) || !belongs(end) || view.person_at(end).is_some() || owned {
        return false;
    }
    while end < limit
        && (belongs(end) || (view.word(end) == "and" && belongs(end + 1) && !phrase_head(view, end + 1)))
    {
        end += 1;
    }
    phrase.title = Some(title.cover(view.span(end - 1..end)));
    phrase.is_plural = false;
    phrase.end = end;
    true
}

fn phrase_head(view: &View<'_>, k: usize) -> bool {
    view.is_any(k, &[Trait::Head, Trait::Former])
}

/// "since 2010", "until July", "from 2009 to 2013".
fn time(view: &View<'_>, phrase: &mut Phrase, limit: usize) -> bool {
    let k = phrase.end;
    let end = time_end(view, k + 1, limit);
    if end == k + 1 {
        return false;
    }
    let reaches = |k: usize| view.is(k, Trait::Until);
    if view.is(k, Trait::Until) {
        phrase.until = Some(view.span(k..end));
    } else if view.word(k) == "since" {
        phrase.since = Some(view.span(k..end));
    } else if view.word(k) == "from" && (reaches(end) || view.word(end) == "to") {
        let last = time_end(view, end + 1, limit);
        if last == end + 1 {
            return false;
        }
        phrase.since = Some(view.span(k..end));
        phrase.until = Some(view.span(end..last));
        phrase.end = last;
        return true;
    } else if !matches!(view.word(k), "in" | "during" | "for") {
        return false;
    }
    phrase.end = end;
    true
}

/// The end of a time that starts at `k`: "last July", "2010", "the end of June 2012".
fn time_end(view: &View<'_>, k: usize, limit: usize) -> usize {
    let is_time = |k: usize| view.is_kind(k, Kind::Number) || view.has_any(k, &[Class::Time, Class::Unit]);
    let reach = limit.min(k + 6);
    let mut end = k;
    for at in k..reach {
        if end > k && (view.is(at, Trait::Until) || matches!(view.word(at), "to" | "and")) {
            break;
        } else if is_time(at) {
            end = at + 1;
        } else if !view.is_kind(at, Kind::Word) && !view.is_kind(at, Kind::Comma)
            || view.is_capital(at)
            || (at > k + 2 && end == k)
        {
            break;
        }
        if view.is_kind(at, Kind::Comma) && !view.is_kind(at + 1, Kind::Number) {
            break;
        }
    }
    end
}

/// "of Ohio", "at the Hoover Institution", "to President Ana Roz".
fn object(view: &View<'_>, phrase: &mut Phrase, limit: usize) -> bool {
    let k = phrase.end;
    let preposition = view.word(k);
    let loose = view.is(k, Trait::Beyond);
    if !loose && !view.is(k, Trait::Within) {
        return false;
    }
    let mut start = k + 1;
    if view.has(start, Class::Determiner) && view.person_at(start).is_none() {
        start += 1;
    }
    let end = object_end(view, start, limit);
    if end == start {
        return false;
    }
    let proper = (start..end).any(|k| view.is_capital(k)) || view.named_at(start).is_some();
    if loose && !proper {
        return false;
    }
    let person = (start..end).find_map(|k| view.person_at(k));
    let is_last = |tokens_end: usize| tokens_end >= end;
    match person {
        Some(named) if is_last(named.tokens.end) => {
            if preposition != "under" {
                phrase.of_person.get_or_insert(named.entity);
            }
        }
        Some(named) if view.is_possessive(named.tokens.end) || named.kind == MentionKind::Pronoun => {
            phrase.of_person.get_or_insert(named.entity);
            phrase.organization.get_or_insert(view.span(start..end));
        }
        _ if preposition == "under" => {}
        _ => {
            let area = is_area(view, phrase, start, end, preposition);
            let slot = if area { &mut phrase.area } else { &mut phrase.organization };
            slot.get_or_insert(view.span(start..end));
        }
    }
    let suffix = view.is_kind(end, Kind::Comma) && en::is_suffix(view.word(end + 1)) && end + 2 < limit;
    phrase.end = if suffix { end + 2 } else { end };
    true
}

/// Whether what stands behind the preposition is a place.
fn is_area(view: &View<'_>, phrase: &Phrase, start: usize, end: usize, preposition: &str) -> bool {
    let whole = |named: &super::view::Named| named.tokens.end >= end;
    if view.name_at(start, EntityKind::Organization).is_some_and(whole) {
        return false;
    }
    let pair = end - start == 2 && is_place(en::traits_of_pair(view.word(start), view.word(start + 1)));
    let place = pair
        || (end - start == 1 && is_place(en::traits(view.word(start))))
        || view.name_at(start, EntityKind::Place).is_some_and(whole);
    place
        || (preposition == "of"
            && view.is(phrase.head, Trait::Area)
            && view.is_capital(start)
            && end - start == 1)
}

/// The end of a name or noun phrase behind a preposition.
fn object_end(view: &View<'_>, start: usize, limit: usize) -> usize {
    let noun = |k: usize| {
        let name = view.named_at(k).is_some();
        (view.is_kind(k, Kind::Word) || view.is_kind(k, Kind::Number))
            && (name || view.is_capital(k) || (!is_function(view, k) && !view.has(k, Class::Determiner)))
            && !view.has(k, Class::Time)
    };
    let mut end = start;
    let reach = limit.min(start + 16).min(view.len());
    while end < reach {
        let goes_on = noun(end)
            || (view.is_possessive(end) && noun(end + 1))
            || (end > start
                && matches!(view.word(end), "of" | "for" | "and" | "on" | "&")
                && continues(view, end));
        if !goes_on {
            break;
        }
        // A verb behind a name ends it.
        let verb = end > start
            && !view.is_capital(end)
            && view.is_capital(end - 1)
            && view.named_at(end).is_none()
            && view.has_any(end, &[Class::InEd, Class::Cue, Class::Auxiliary, Class::InIng]);
        if verb {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a name goes on behind "of", "for", "and": "Center for Transatlantic Relations".
fn continues(view: &View<'_>, k: usize) -> bool {
    let next = if view.word(k + 1) == "the" { k + 2 } else { k + 1 };
    let same = view.named_at(k - 1).zip(view.named_at(next)).is_some_and(|(a, b)| a.tokens == b.tokens);
    let person = view.person_at(next).is_some();
    same || (view.is_capital(next) && view.is_capital(k - 1) && !person && !phrase_head(view, next))
}

/// Reads the body that a verb has as its object: "heads the club".
pub(super) fn body(view: &View<'_>, phrase: &mut Phrase, limit: usize) {
    let mut start = phrase.end;
    if view.has(start, Class::Determiner) && view.person_at(start).is_none() {
        start += 1;
    }
    let end = object_end(view, start, limit.min(view.len()));
    if end > start {
        phrase.organization = Some(view.span(start..end));
        phrase.end = end;
    }
}
