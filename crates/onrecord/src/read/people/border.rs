//! Where do names begin and end?
//!
//! In: the spans that the model marked. Out: the same, put together where grammar says that they are one name: "Liberal Party"
//! "of" "Canada", "Robert A." "Nakamura"; parted where it says that they are two: "U.S." "President" "Ida Brandt"; and the
//! short form in brackets behind a name.
//! Next: `agree.rs`, which finds their kinds.

use std::ops::Range;

use onrecord_kernel::MENTIONS;

use super::agree::{ORGANIZATION, PERSON};
use super::decode::{self, Layer};
use super::view::View;
use crate::lang::en;
use crate::lang::en::name::{self as words, Part};

/// Words that "of" may add to a name.
const ADDED: usize = 6;

/// The names, in order, with better borders.
pub(super) fn mend(view: &View<'_>, rows: &[[f32; MENTIONS]], spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut mended: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    let mut rest = spans.into_iter().flat_map(|span| parted(view, rows, span)).peekable();
    while let Some(mut span) = rest.next() {
        let free = mended.last().map_or(0, |last: &Range<usize>| last.end);
        if free > span.start {
            continue;
        }
        span.start = begun(view, rows, &span, free);
        loop {
            let end = grown(view, rows, &span, rest.peek());
            if end <= span.end {
                break;
            }
            span.end = end;
            while rest.next_if(|next| next.start < end).is_some_and(|next| next.end > end) {}
        }
        while hyphen(view, span.end) {
            span.end += 2;
            while rest.next_if(|next| next.start < span.end).is_some() {}
        }
        while span.len() > 1 && is_link(view, span.end - 1) {
            span.end -= 1;
        }
        let short = short_form(view, rows, &span);
        mended.push(span);
        if let Some(short) = short {
            while rest.next_if(|next| next.start < short.end).is_some() {}
            mended.push(short);
        }
    }
    mended
}

/// Two names that the model took for one: "U.S. President" "Ida Brandt", "Governor of Maine" "Ida Brandt".
fn parted(view: &View<'_>, rows: &[[f32; MENTIONS]], span: Range<usize>) -> Vec<Range<usize>> {
    let is_land = |words: &Range<usize>| words::is_land(view.slice(words));
    for at in span.start + 1..span.end {
        let (before, behind) = (span.start..at, at..span.end);
        let is_title = view.is_capital(at) && at + 1 < span.end && en::people::is_title(view.text(at));
        if is_title && is_land(&before) {
            return vec![before, at + 1..span.end];
        }
        let is_person = behind.len() > 1 && best_kind(rows, &behind) == PERSON;
        let land = (span.start..at).find(|&start| is_land(&(start..at)));
        if let Some(land) = land.filter(|_| is_person && view.is_capital(at)) {
            if view.before(land) == Some("of") {
                return vec![before, behind];
            }
        }
    }
    vec![span]
}

/// The kind that the model prefers for a span.
fn best_kind(rows: &[[f32; MENTIONS]], span: &Range<usize>) -> usize {
    let scores: [f32; decode::KINDS] = std::array::from_fn(|kind| decode::score(rows, Layer::Names, span, kind));
    (1..decode::KINDS).fold(0, |best, kind| if scores[kind] > scores[best] { kind } else { best })
}

/// Whether a word only goes on to the next: no name ends with it.
fn is_link(view: &View<'_>, at: usize) -> bool {
    let text = view.text(at);
    matches!(text, "and" | "&" | "at" | "the") || words::part(text) == Some(Part::Linker)
}

/// Where a name begins that the model saw the end of: the other half of a word with a hyphen, and capitals before "Party".
fn begun(view: &View<'_>, rows: &[[f32; MENTIONS]], span: &Range<usize>, free: usize) -> usize {
    let mut start = span.start;
    while start >= free + 2 && hyphen(view, start - 1) {
        start -= 2;
    }
    // "J. P." before "Harrowgate"
    while start >= free + 2
        && view.text(start - 1) == "."
        && view
            .near(start, Some(start - 2))
            .is_some_and(|text| text.chars().count() == 1 && text.starts_with(char::is_uppercase))
        && view.words[start - 2].span.end == view.words[start - 1].span.start
    {
        start -= 2;
    }
    // "Queen" before "Ada", "Lord" before "Penhale"
    let is_royal = |text| words::part(text) == Some(Part::Royal);
    if span.len() == 1 && start > free && view.near(start, Some(start - 1)).is_some_and(is_royal) {
        return start - 1;
    }
    // "Principality" "of" before "Estmark"
    let place = |at: usize| view.is_capital(at) && words::part(view.text(at)) == Some(Part::Place);
    if start >= free + 2 && view.near(start, Some(start - 2)).is_some() && view.text(start - 1) == "of" && place(start - 2) {
        start -= 2;
        while start > free && view.near(start, Some(start - 1)).is_some() && view.is_capital(start - 1) && !view.begins_sentence(start - 1) {
            start -= 1;
        }
        return start;
    }
    let of = span.clone().find(|&at| words::part(view.text(at)) == Some(Part::Linker)).unwrap_or(span.end);
    let is_body = of > start && words::part(view.text(of - 1)) == Some(Part::Body) && view.is_capital(of - 1);
    while is_body && start > free && view.near(start, Some(start - 1)).is_some() {
        let before = start - 1;
        let adjoins = view.words[before].span.end + 1 == view.words[start].span.start;
        let is_name = view.is_capital(before)
            && !view.begins_sentence(before)
            && decode::inside(rows, Layer::Names, before).max(decode::begin(rows, Layer::Names, before))
                > -2.0;
        let joins = view.text(before) == "and"
            && before > free
            && view.is_capital(before - 1)
            && goes_on(rows, before);
        if !adjoins || !(is_name || joins) {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a hyphen stands at a word and touches letters on both sides.
fn hyphen(view: &View<'_>, at: usize) -> bool {
    at > 0
        && at + 1 < view.words.len()
        && view.text(at) == "-"
        && view.is_inside_word(at)
        && view.text(at + 1).starts_with(char::is_alphabetic)
        && view.text(at - 1).ends_with(char::is_alphabetic)
}

/// Where a name ends that goes on behind its span.
fn grown(
    view: &View<'_>,
    rows: &[[f32; MENTIONS]],
    span: &Range<usize>,
    next: Option<&Range<usize>>,
) -> usize {
    let last = view.text(span.end - 1);
    // An initial and its stop: "Robert A." "Nakamura".
    let is_initial = last.chars().count() == 1 && view.is_capital(span.end - 1) && span.len() > 1;
    if is_initial && view.behind(span) == Some(".") {
        let name = span.end + 1;
        if next.is_some_and(|next| next.start == name) {
            return next.map_or(span.end, |next| next.end);
        }
        if name < view.words.len() && view.is_capital(name) && !view.begins_sentence(name) {
            return name + 1;
        }
    }
    // "Pieter van der" "Berg"
    let mut at = span.end;
    while view.near(span.start, Some(at)).is_some_and(|text| words::part(text) == Some(Part::Particle)) {
        at += 1;
    }
    if at > span.end && view.is_capital(span.start) && next.is_some_and(|next| next.start == at) {
        return next.map_or(span.end, |next| next.end);
    }
    // "Rosalind" “Roz” "Keating"
    let mark =
        |at: usize| view.near(span.start, Some(at)).is_some_and(|text| matches!(text, "“" | "”" | "\""));
    let (nick, behind) = (span.end + 1, span.end + 3);
    if mark(span.end)
        && mark(nick + 1)
        && behind < view.words.len()
        && view.is_capital(nick)
        && view.is_capital(behind)
        && view.words[span.end].span.start == view.words[span.end - 1].span.end + 1
        && view.words[span.end].span.end == view.words[nick].span.start
    {
        return next.filter(|next| next.start == behind).map_or(behind + 1, |next| next.end);
    }
    if let Some(end) = by_and(view, rows, span, next) {
        return end;
    }
    let linker = if words::part(last) == Some(Part::Linker) { span.end - 1 } else { span.end };
    let head = view.text(linker.max(1) - 1);
    let is_body = linker > span.start && matches!(words::part(head), Some(Part::Body | Part::Place));
    let links =
        view.near(span.start, Some(linker)).is_some_and(|text| words::part(text) == Some(Part::Linker));
    let goes_on = links && decode::inside(rows, Layer::Names, linker) > LINKS;
    if (is_body && links || goes_on) && view.is_capital(linker - 1) { added(view, rows, linker) } else { span.end }
}

/// What the model must think of "of" behind a word that no body is called by.
const LINKS: f32 = 0.0;

/// The end of a body whose name has "and" inside: "Social Democratic and" "Labour Party".
fn by_and(view: &View<'_>, rows: &[[f32; MENTIONS]], span: &Range<usize>, next: Option<&Range<usize>>) -> Option<usize> {
    let and = if view.text(span.end - 1) == "and" { span.end - 1 } else { span.end };
    let next = next.filter(|next| next.start == and + 1 && view.near(span.start, Some(and)) == Some("and"))?;
    let of = next.clone().find(|&at| words::part(view.text(at)) == Some(Part::Linker)).unwrap_or(next.end);
    let is_body = |at: usize| words::part(view.text(at)) == Some(Part::Body);
    let joins = is_body(of - 1)
        && !(span.start..and).any(is_body)
        && best_kind(rows, &(span.start..and)) == ORGANIZATION
        && decode::inside(rows, Layer::Names, and) > AND;
    joins.then_some(next.end)
}

/// What the model must think of "and" inside the name of a body.
const AND: f32 = -1.0;

/// The end of what a linking word adds: "of" "the" "Left", "of" "Liberals and Democrats" "for" "Europe".
fn added(view: &View<'_>, rows: &[[f32; MENTIONS]], linker: usize) -> usize {
    let is_in = view.text(linker) != "of";
    let mut at = linker + 1;
    if view.near(linker, Some(at)).is_some_and(|text| words::part(text) == Some(Part::Article)) {
        at += 1;
    }
    let capital =
        |at: usize| at < view.words.len() && view.near(linker, Some(at)).is_some() && view.is_capital(at);
    if !capital(at) || is_in && !goes_on(rows, linker) {
        return linker;
    }
    let ends_with_land = |first: usize, at: usize| {
        (first..=at).any(|start| words::is_land(view.slice(&(start..at + 1))))
            && !matches!(words::part(view.text(at + 1)), Some(Part::Body | Part::Place))
    };
    let first = at;
    while capital(at + 1)
        && !ends_with_land(first, at)
        && at < linker + ADDED
        && view.words[at].span.end + 1 >= view.words[at + 1].span.start
    {
        at += 1;
    }
    if matches!(view.near(linker, Some(at + 1)), Some("and" | "&"))
        && capital(at + 2)
        && goes_on(rows, at + 1)
    {
        at += 2;
        while capital(at + 1) && at < linker + 2 * ADDED {
            at += 1;
        }
    }
    at + 1
}

/// Whether the model takes a word for the inside of a name rather than for none.
fn goes_on(rows: &[[f32; MENTIONS]], at: usize) -> bool {
    decode::inside(rows, Layer::Names, at) > 0.0
}

/// The short form in brackets behind a name: "the Movement for the Left (MpS)".
fn short_form(view: &View<'_>, rows: &[[f32; MENTIONS]], span: &Range<usize>) -> Option<Range<usize>> {
    let at = span.end + 1;
    let is_body =
        span.len() > 1 && view.behind(span) == Some("(") && view.near(span.start, Some(at + 1)) == Some(")");
    let text = view.near(span.start, Some(at))?;
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let first = view.text(span.start).chars().next()?;
    let fits = (2..=7).contains(&text.len()) && capitals >= 2 && text.chars().all(char::is_alphabetic);
    (is_body && fits && (text.contains(first) || best_kind(rows, span) == ORGANIZATION)).then_some(at..at + 1)
}
