//! Where do names begin and end?
//!
//! In: the spans that the model marked. Out: the same, put together where grammar says that they are one name: "Liberal Party"
//! "of" "Canada", "Robert A." "Nakamura"; parted where it says that they are two: "U.S." "President" "Ida Brandt"; and the
//! short form in brackets behind a name.
//! Next: `grow.rs`, which finds where a name ends that goes on; `agree.rs`, which finds the kinds of all.

use std::ops::Range;

use onrecord_kernel::MENTIONS;

use super::decode::{self, Layer};
use super::grow;
use super::kind::{ORGANIZATION, PERSON};
use super::view::View;
use crate::lang::en;
use crate::lang::en::name::{self as words, Part};

/// Words of the longest span that is searched for two names.
const LONGEST: usize = 16;
/// What the model must think of a capital before "Party" that no name has yet.
const OPEN: f32 = -2.0;

/// A document's words with what the model thinks of them as names.
#[derive(Clone, Copy)]
pub(super) struct Seen<'v, 'd> {
    pub(super) view: &'v View<'d>,
    pub(super) rows: &'v [[f32; MENTIONS]],
}

impl Seen<'_, '_> {
    /// How much more the model takes a word for the inside of a name than for none.
    pub(super) fn inside(&self, at: usize) -> f32 {
        decode::inside(self.rows, Layer::Names, at)
    }

    fn begin(&self, at: usize) -> f32 {
        decode::begin(self.rows, Layer::Names, at)
    }

    /// The kind that the model prefers for a span.
    pub(super) fn kind(&self, span: &Range<usize>) -> usize {
        decode::kind(&std::array::from_fn(|kind| decode::score(self.rows, Layer::Names, span, kind)))
    }

    /// Whether a word is there, stands in the paragraph of another and has a capital.
    pub(super) fn is_capital(&self, from: usize, at: usize) -> bool {
        self.view.near(from, Some(at)).is_some() && self.view.is_capital(at)
    }

    /// What a word does in a name, if it stands in the paragraph of another.
    pub(super) fn part(&self, from: usize, at: usize) -> Option<Part> {
        self.view.near(from, Some(at)).and_then(words::part)
    }

    /// Whether a word is one letter, a capital.
    pub(super) fn is_initial(&self, at: usize) -> bool {
        self.view.is_capital(at) && self.view.text(at).chars().nth(1).is_none()
    }

    /// Whether a blank and nothing else stands between two words.
    pub(super) fn adjoins(&self, one: usize, other: usize) -> bool {
        self.view.words[one].span.end + 1 == self.view.words[other].span.start
    }
}

/// The names, in order, with better borders.
pub(super) fn mend(view: &View<'_>, rows: &[[f32; MENTIONS]], spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let seen = Seen { view, rows };
    let mut mended: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    let mut rest = spans.into_iter().flat_map(|span| parted(seen, span)).peekable();
    while let Some(span) = rest.next() {
        let free = mended.last().map_or(0, |last: &Range<usize>| last.end);
        if free > span.start {
            continue;
        }
        let mut span = trimmed(seen, span);
        span.start = begun(seen, &span, free);
        while let Some(end) = grow::grown(seen, &span, rest.peek()) {
            span.end = end;
            while rest.next_if(|next| next.start < end).is_some_and(|next| next.end > end) {}
        }
        while hyphen(view, span.end) {
            span.end += 2;
            while rest.next_if(|next| next.start < span.end).is_some() {}
        }
        let is_bodys = |short: &Range<usize>| {
            seen.kind(&span) == ORGANIZATION
                || view.text(span.start).starts_with(|first| view.text(short.start).contains(first))
        };
        let short = short_form(view, &span).filter(is_bodys);
        mended.push(span);
        if let Some(short) = short {
            while rest.next_if(|next| next.start < short.end).is_some() {}
            mended.push(short);
        }
    }
    mended
}

/// Two names that the model took for one: "U.S. President" "Ida Brandt", "Governor of Maine" "Ida Brandt".
fn parted(seen: Seen<'_, '_>, span: Range<usize>) -> Vec<Range<usize>> {
    let view = seen.view;
    let is_land = |words: &Range<usize>| words::is_land(view.slice(words));
    for at in (span.start + 1..span.end).filter(|&at| view.is_capital(at) && span.len() <= LONGEST) {
        let (before, behind) = (span.start..at, at..span.end);
        if let Some(title) = view.title(at).filter(|_| is_land(&before)) {
            let name = Some(at + title..span.end).filter(|name| !name.is_empty());
            return [before].into_iter().chain(name).collect();
        }
        let is_person = behind.len() > 1 && seen.kind(&behind) == PERSON;
        let land = before.clone().find(|&start| is_land(&(start..at)));
        if land.is_some_and(|land| is_person && view.before(land) == Some("of")) {
            return vec![before, behind];
        }
    }
    vec![span]
}

/// Without words at its end that only go on to a next one, and words without a capital before one that has it.
fn trimmed(seen: Seen<'_, '_>, mut span: Range<usize>) -> Range<usize> {
    let view = seen.view;
    let is_link = |at: usize| {
        matches!(view.text(at), "and" | "&" | "at" | "the")
            || words::part(view.text(at)) == Some(Part::Linker)
    };
    while span.len() > 1 && is_link(span.end - 1) {
        span.end -= 1;
    }
    // "Robert J." of "Robert J. Marek"
    let stop = span.end - 1;
    if span.len() > 2 && view.text(stop) == "." && seen.is_initial(stop - 1) && view.text(stop - 2) != "." {
        span.end = stop;
    }
    // "White House" of "White House Press Secretary Ida Brandt"
    let behind = view.near(span.start, Some(span.end)).filter(|_| span.len() > 1);
    if behind.is_some_and(|behind| en::people::is_title_pair(view.text(span.end - 1), behind)) {
        span.end -= 1;
    }
    let is_small = |at: usize| {
        view.text(at).starts_with(char::is_lowercase)
            && words::part(view.text(at)) != Some(Part::Particle)
            && !view.is_inside_word(at + 1)
    };
    let capital = span.clone().find(|&at| view.is_capital(at));
    span.start = capital.filter(|&capital| (span.start..capital).all(is_small)).unwrap_or(span.start);
    span
}

/// Where a name begins that the model saw the end of: the other half of a word with a hyphen, and capitals before "Party".
/// Words before `free` have a name.
fn begun(seen: Seen<'_, '_>, span: &Range<usize>, free: usize) -> usize {
    let view = seen.view;
    let mut start = span.start;
    while start >= free + 2 && hyphen(view, start - 1) {
        start -= 2;
    }
    // "J. P." before "Harrowgate"
    while start >= free + 2
        && view.text(start - 1) == "."
        && view.near(start, Some(start - 2)).is_some()
        && seen.is_initial(start - 2)
        && view.words[start - 2].span.end == view.words[start - 1].span.start
    {
        start -= 2;
    }
    let before = start.checked_sub(1).filter(|&before| before >= free);
    // "Queen" before "Ada", "Lord" before "Penhale"
    if before.is_some_and(|before| span.len() == 1 && seen.part(start, before) == Some(Part::Royal)) {
        return start - 1;
    }
    // "Principality" "of" before "Estmark"
    let of = view.before(start) == Some("of") && start >= free + 2;
    if of && seen.is_capital(start, start - 2) && seen.part(start, start - 2) == Some(Part::Place) {
        start -= 2;
        while start > free && seen.is_capital(start, start - 1) && !view.begins_sentence(start - 1) {
            start -= 1;
        }
        return start;
    }
    let of = span.clone().find(|&at| words::part(view.text(at)) == Some(Part::Linker)).unwrap_or(span.end);
    let is_body = of > start && words::part(view.text(of - 1)) == Some(Part::Body) && view.is_capital(of - 1);
    while is_body && start > free && view.near(start, Some(start - 1)).is_some() {
        let before = start - 1;
        let is_name = view.is_capital(before)
            && !view.begins_sentence(before)
            && seen.inside(before).max(seen.begin(before)) > OPEN;
        let joins = view.text(before) == "and"
            && before > free
            && view.is_capital(before - 1)
            && seen.inside(before) > 0.0;
        if !seen.adjoins(before, start) || !(is_name || joins) {
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

/// The short form in brackets behind a name: "the Movement for the Left (MpS)".
pub(super) fn short_form(view: &View<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let at = span.end + 1;
    let is_body =
        span.len() > 1 && view.behind(span) == Some("(") && view.near(span.start, Some(at + 1)) == Some(")");
    let text = view.near(span.start, Some(at))?;
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let fits = (2..=7).contains(&text.len()) && capitals >= 2 && text.chars().all(char::is_alphabetic);
    (is_body && fits).then_some(at..at + 1)
}
