//! When was it said? Attributions and times → for each attribution the time that its own clause names.
//!
//! "Ruiz said Thursday that …", "On Monday, Ruiz said …", "… , Ruiz told reporters on Friday". A time inside the
//! content is about what was said, not about the saying. It never takes a time from another sentence.

use super::{Kind, Timex};
use crate::Document;
use crate::read::quote;
use crate::text::Span;

/// How far a time may stand from the cue or the source, in tokens.
const REACH: usize = 6;

/// For each attribution an index into `times`.
pub(super) fn when(document: &Document, quotes: &quote::Reading, times: &[Timex]) -> Vec<Option<usize>> {
    quotes.attributions.iter().map(|said| of_one(document, said, times)).collect()
}

fn of_one(document: &Document, said: &quote::Attribution, times: &[Timex]) -> Option<usize> {
    let cue = *said.cue.first()?;
    let sentence = sentence_at(document, cue.start)?;
    let frame: Vec<Span> =
        said.cue.iter().chain(&said.source).copied().filter(|span| sentence.contains(*span)).collect();
    let first = times.partition_point(|time| time.span.start < sentence.start);
    let here = times[first..].iter().enumerate().take_while(|(_, time)| time.span.end <= sentence.end);
    let near = here.filter(|(_, time)| {
        let is_time = matches!(time.kind, Kind::Date | Kind::Time) && time.earliest.is_some();
        is_time && !said.content.iter().any(|content| content.overlaps(time.span))
    });
    let distance = |time: &Timex| frame.iter().map(|span| tokens_between(document, *span, time.span)).min();
    let mut near: Vec<(usize, usize)> = near
        .filter_map(|(index, time)| {
            let distance = distance(time)?;
            let is_reached = distance <= REACH && !is_parted(&frame, said, time.span);
            is_reached.then_some((distance, first + index))
        })
        .collect();
    near.sort_unstable();
    near.first().map(|&(_, index)| index)
}

/// Whether the content stands between the frame and the time.
fn is_parted(frame: &[Span], said: &quote::Attribution, time: Span) -> bool {
    let between = |span: &Span| {
        if span.end <= time.start {
            Span { start: span.end, end: time.start }
        } else {
            Span { start: time.end, end: span.start.max(time.end) }
        }
    };
    frame.iter().map(between).all(|gap| said.content.iter().any(|content| gap.overlaps(*content)))
}

fn sentence_at(document: &Document, byte: u32) -> Option<Span> {
    let sentences = document.sentences();
    let after = sentences.partition_point(|sentence| sentence.span.start <= byte);
    Some(sentences[after.checked_sub(1)?].span)
}

fn tokens_between(document: &Document, left: Span, right: Span) -> usize {
    let (left, right) = if left.start <= right.start { (left, right) } else { (right, left) };
    let tokens = document.tokens();
    let from = tokens.partition_point(|token| token.span.start < left.end);
    let to = tokens.partition_point(|token| token.span.start < right.start);
    to.saturating_sub(from)
}
