//! Where does a name end that goes on behind its span?
//!
//! In: a span. Out: a later end, by the first of the forms below that fits. It never looks at more than a few words.

use std::ops::Range;

use super::border::Seen;
use super::kind::{ORGANIZATION, PERSON};
use crate::lang::en;
use crate::lang::en::name::{self as words, Part};

/// Words that "of" may add to a name.
const ADDED: usize = 6;
/// What the model must think of a word inside a name, that it may be one: of "of" behind a word that no body is called by;
const OF: f32 = 1.5;
/// of "in" and "for" behind a body;
const IN: f32 = -2.0;
/// of "and" before "Party";
const AND: f32 = -1.0;
/// of a dash;
const DASH: f32 = -3.0;
/// of a capital or a particle that no name has yet.
const OPEN: f32 = -2.0;

type Form = fn(Seen<'_, '_>, &Range<usize>, Option<&Range<usize>>) -> Option<usize>;

/// Tried in order.
const FORMS: [Form; 8] = [initial, district, capital, dash, particle, nickname, and, link];

/// The end of a name that goes on; `next` is the name behind it.
pub(super) fn grown(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    FORMS.iter().find_map(|form| form(seen, span, next)).filter(|&end| end > span.end)
}

/// The end of the name that begins at a word, else of the word.
fn end_of(at: usize, next: Option<&Range<usize>>) -> usize {
    next.filter(|next| next.start == at).map_or(at + 1, |next| next.end)
}

/// "Robert A." "Nakamura"
fn initial(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let name = span.end + 1;
    let is_initial = span.len() > 1 && seen.is_initial(span.end - 1) && seen.view.behind(span) == Some(".");
    let goes_on = next.is_some_and(|next| next.start == name)
        || seen.is_capital(span.start, name) && !seen.view.begins_sentence(name);
    (is_initial && goes_on).then(|| end_of(name, next))
}

/// "Washington" ", D.C."
fn district(seen: Seen<'_, '_>, span: &Range<usize>, _: Option<&Range<usize>>) -> Option<usize> {
    const BEHIND: [&str; 4] = [",", "D", ".", "C"];
    let behind = |number: usize| seen.view.near(span.start, Some(span.end + number));
    let is_district = seen.view.text(span.end - 1) == "Washington"
        && BEHIND.iter().enumerate().all(|(number, &text)| behind(number) == Some(text));
    let stop = usize::from(behind(BEHIND.len()) == Some("."));
    is_district.then_some(span.end + BEHIND.len() + stop)
}

/// "Hindu" "Sena", "Alliance" "90"
fn capital(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let (view, at) = (seen.view, span.end);
    let text = view.near(span.start, Some(at))?;
    let is_open = next.is_none_or(|next| next.start > at)
        && (view.is_capital(at) || text.starts_with(|first: char| first.is_ascii_digit()))
        && !view.begins_sentence(at)
        && view.title(at).is_none()
        && !view.near(at, Some(at + 1)).is_some_and(|next| en::people::is_title_pair(text, next))
        && seen.adjoins(at - 1, at);
    (view.is_capital(at - 1) && is_open && seen.inside(at) > OPEN).then_some(at + 1)
}

/// "Saskatoon" "- Rosetown"
fn dash(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let is_dash = matches!(seen.view.behind(span), Some("-" | "–" | "—"));
    let joins = is_dash && seen.is_capital(span.start, span.end + 1) && seen.inside(span.end) > DASH;
    joins.then(|| end_of(span.end + 1, next))
}

/// "Pieter" "van der Berg"
fn particle(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let mut at = span.end;
    while seen.part(span.start, at) == Some(Part::Particle) {
        at += 1;
    }
    let is_named = next.is_some_and(|next| next.start == at);
    let is_open = || seen.is_capital(span.start, at) && (span.end..at).all(|word| seen.inside(word) > OPEN);
    (at > span.end && seen.view.is_capital(span.start) && (is_named || is_open())).then(|| end_of(at, next))
}

/// "Rosalind" “Roz” "Keating"
fn nickname(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let mark = |at: usize| matches!(seen.view.near(span.start, Some(at)), Some("“" | "”" | "\""));
    let (nick, name) = (span.end + 1, span.end + 3);
    let is_nickname = mark(span.end)
        && mark(nick + 1)
        && seen.is_capital(span.start, nick)
        && seen.is_capital(span.start, name)
        && seen.adjoins(span.end - 1, span.end)
        && seen.view.words[span.end].span.end == seen.view.words[nick].span.start;
    is_nickname.then(|| end_of(name, next))
}

/// "Social Democratic" "and Labour Party", "Party of Socialists" "and Democrats"
fn and(seen: Seen<'_, '_>, span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let (view, at) = (seen.view, span.end + 1);
    if view.behind(span) != Some("and") || !seen.is_capital(span.start, at) {
        return None;
    }
    let other = at..end_of(at, next);
    let is_body = |at: usize| words::part(view.text(at)) == Some(Part::Body);
    let link =
        |name: &Range<usize>| name.clone().find(|&at| words::part(view.text(at)) == Some(Part::Linker));
    let joins = if span.clone().any(is_body) {
        let head = link(span).filter(|&link| link > span.start && is_body(link - 1)).map(|link| link - 1);
        let is_field = |head: usize| {
            words::is_department(view.text(head)) || words::alike(view.text(span.end - 1), view.text(at))
        };
        other.len() == 1 && head.is_some_and(is_field)
    } else {
        is_body(link(&other).unwrap_or(other.end) - 1)
            && seen.kind(span) == ORGANIZATION
            && seen.inside(span.end) > AND
    };
    joins.then_some(other.end)
}

/// "Liberal Party" "of Canada", "Movement" "for the Left", "Ministry" "of Science and Technology"
fn link(seen: Seen<'_, '_>, span: &Range<usize>, _: Option<&Range<usize>>) -> Option<usize> {
    let (view, linker) = (seen.view, span.end);
    let is_called = matches!(words::part(view.text(linker - 1)), Some(Part::Body | Part::Place));
    if seen.part(span.start, linker) != Some(Part::Linker)
        || !view.is_capital(linker - 1)
        || !is_called && (seen.inside(linker) <= OF || seen.kind(span) == PERSON)
        || view.text(linker) != "of" && seen.inside(linker) < IN
    {
        return None;
    }
    let first = linker + 1 + usize::from(seen.part(linker, linker + 1) == Some(Part::Article));
    if !seen.is_capital(linker, first) {
        return None;
    }
    let ends_with_land = |at: usize| {
        (first..=at).any(|start| words::is_land(view.slice(&(start..at + 1))))
            && !matches!(words::part(view.text(at + 1)), Some(Part::Body | Part::Place))
    };
    let goes_on = |at: usize| seen.is_capital(linker, at + 1) && at < linker + ADDED;
    let mut at = first;
    while goes_on(at) && !ends_with_land(at) && view.words[at].span.end + 1 >= view.words[at + 1].span.start {
        at += 1;
    }
    let is_and = matches!(view.near(linker, Some(at + 1)), Some("and" | "&"));
    if is_and
        && seen.is_capital(linker, at + 2)
        && (seen.inside(at + 1) > 0.0
            || words::is_department(view.text(linker - 1))
            || words::alike(view.text(at), view.text(at + 2)))
    {
        at += 2;
        while seen.is_capital(linker, at + 1) && at < linker + 2 * ADDED {
            at += 1;
        }
    }
    Some(at + 1)
}
