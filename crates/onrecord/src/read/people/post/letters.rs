//! Party and place in short: "(D-Ore.)", "(R)", "(Vt.)", "(D-Newport News)", ", R-S.C.,".
//!
//! In: where a name ends. Out: a phrase with a party, a place, or both. What stands in brackets and is neither is none.

use super::phrase::Phrase;
use super::view::View;
use crate::lang::en::{self, Trait};
use crate::text::{Kind, Span};

/// Longer brackets hold more than this.
const LONGEST: usize = 40;

pub(super) fn read(view: &View<'_>, at: usize, limit: usize) -> Option<Phrase> {
    if view.is_kind(at, Kind::Open) {
        let reach = limit.min(at + 10).min(view.len());
        let close = (at + 1..reach).find(|&k| view.is_kind(k, Kind::Close))?;
        let inner = Span { start: view.span(at..at + 1).end, end: view.span(close..close + 1).start };
        let (party, area) = parts(view.text(), inner, Place::Any)?;
        return Some(Phrase { party, area, start: at, end: close + 1, head: at, ..Phrase::default() });
    }
    if view.is_kind(at, Kind::Comma) && at + 1 < limit {
        // The place may be parted by blanks or stops: "R-N. Y.", "R-New Hampshire".
        let first = at + 1;
        let (party, area) = parts(view.text(), view.span(first..first + 1), Place::Known)?;
        party?;
        return Some(Phrase { party, area, start: at, end: first + 1, head: first, ..Phrase::default() });
    }
    None
}

/// Which places may stand behind the letter.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Any name: "D-Newport News".
    Any,
    /// A state or its short form.
    Known,
}

type Parts = (Option<Span>, Option<Span>);

fn parts(text: &str, span: Span, place: Place) -> Option<Parts> {
    if span.len() > LONGEST || span.is_empty() {
        return None;
    }
    let inner = &text[span.range()];
    let sub = |start: usize, end: usize| {
        let base = span.start as usize;
        let piece = &inner[start..end];
        let lead = piece.len() - piece.trim_start().len();
        Span::new(base + start + lead, base + start + lead + piece.trim().len())
    };
    let parting = inner.char_indices().find(|&(_, c)| matches!(c, '-' | '‑' | '–' | '—' | ',' | '/'));
    let letter_end = parting.map_or(inner.len(), |(at, _)| at);
    let letter = inner[..letter_end].trim();
    let is_party = |word: &str| {
        let stem = word.trim_end_matches('.');
        word.starts_with(char::is_uppercase)
            && (en::traits(stem).is(Trait::Letter) || en::traits(word).is(Trait::Member))
    };
    let is_place = |word: &str| {
        let pair = word.split_once(' ').map(|(a, b)| en::traits_of_pair(a, b)).unwrap_or_default();
        let one = en::traits(word);
        one.is_any(&[Trait::Short, Trait::State]) || pair.is_any(&[Trait::Short, Trait::State])
    };
    if !is_party(letter) {
        let whole = inner.trim();
        return (place == Place::Any && is_place(whole)).then(|| (None, Some(sub(0, inner.len()))));
    }
    let party = Some(sub(0, letter_end));
    let Some((at, c)) = parting else { return (place == Place::Any).then_some((party, None)) };
    let rest = at + c.len_utf8();
    let name = inner[rest..].trim();
    let fits = match place {
        Place::Any => name.starts_with(char::is_uppercase),
        Place::Known => is_place(name),
    };
    fits.then(|| (party, Some(sub(rest, inner.len()))))
}
