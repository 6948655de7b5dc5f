//! What holds where rules and model read the same words? Rows of both → one list.
//!
//! In: what the rules on marks found, and what the model marked. Out: rows that claim no word twice, but for what is
//! reported within something reported. It makes no row of its own.
//!
//! Marks say nearly all about direct speech, so there the rules win. Outside marks, and where a content goes on beyond
//! them, the model sees more: of the rules only those stay that are surer than it, and what it did not mark at all.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tagged::Tagged;
use super::{Attribution, Form, form, rule, stance};
use crate::Document;
use crate::encode::Word;
use crate::text::Span;

/// The rows of both, in order of position.
pub(super) fn join(
    document: &Document,
    words: &[Word],
    by_rule: Vec<Attribution>,
    by_model: Vec<Tagged>,
) -> Vec<Attribution> {
    let by_model: Vec<Attribution> = by_model
        .into_iter()
        .map(|tagged| attribution(document, words, tagged))
        .filter(|row| holds_words(document, row))
        .collect();
    let outer = |row: &&Attribution| row.inside.is_none();
    let sure = Cover::of(by_rule.iter().filter(|row| outer(row) && is_sure(row)));
    let by_rule: Vec<Attribution> =
        by_rule
            .into_iter()
            .map(|row| {
                if outer(&&row) && is_sure(&row) { with_model(document, row, &by_model, &sure) } else { row }
            })
            .collect();
    let by_model: Vec<Attribution> =
        by_model.into_iter().filter(|row| !sure.touches(&row.content) && !sure.touches(&row.cue)).collect();
    let marked = Cover::of(by_model.iter());
    let stays: Vec<bool> = (0..by_rule.len())
        .map(|at| &by_rule[outermost(&by_rule, at)])
        .map(|row| is_sure(row) || !marked.touches(&row.content) && !marked.touches(&row.cue))
        .collect();
    let by_rule = by_rule.into_iter().enumerate().zip(stays).filter(|(_, stays)| *stays);
    let by_rule = by_rule.map(|((at, row), _)| (Some(at), row));
    in_order(by_rule.chain(by_model.into_iter().map(|row| (None, row))).collect())
}

/// A row of the rules with what the model knows of the same cue: the source in full, with a title or an apposition, and
/// marked pieces that no other row has: "“I know him,” he said, but “he has a history.”"
fn with_model(
    document: &Document,
    mut row: Attribution,
    by_model: &[Attribution],
    taken: &Cover,
) -> Attribution {
    // The model's rows are in order of their cues, and each has one.
    let sharing = |&own: &Span| {
        let first = by_model.partition_point(|other| other.cue[0].end <= own.start);
        by_model[first..].iter().take_while(move |other| other.cue[0].start < own.end)
    };
    let same: Vec<&Attribution> = row.cue.iter().flat_map(sharing).collect();
    if let [only] = *same
        && let ([own], [other]) = (&*row.source, &*only.source)
        && other.contains(*own)
    {
        row.source.clone_from(&only.source);
    }
    let is_free =
        |piece: &&Span| !taken.touches(&[**piece]) && form::of(document, &[**piece], 0) != Form::Indirect;
    let pieces: Vec<Span> = same.iter().flat_map(|other| &other.content).filter(is_free).copied().collect();
    if !pieces.is_empty() {
        row.content.extend(pieces);
        row.content.sort_unstable();
        row.form = form::of(document, &row.content, 0);
    }
    row
}

/// Whether the rules know better than the model.
fn is_sure(row: &Attribution) -> bool {
    row.form == Form::Direct && !row.cue.is_empty()
        || [rule::TRANSCRIPT, rule::LABELLED, rule::SIGNED].contains(&row.maker)
}

fn outermost(rows: &[Attribution], mut at: usize) -> usize {
    while let Some(outer) = rows[at].inside {
        at = outer;
    }
    at
}

/// Sorts rows by their first character. Those that a link may name bring the number by which it does; links name the
/// new places then.
fn in_order(mut rows: Vec<(Option<usize>, Attribution)>) -> Vec<Attribution> {
    rows.sort_by_key(|(_, row)| first_byte(row));
    let place: BTreeMap<usize, usize> =
        rows.iter().enumerate().filter_map(|(new, (old, _))| Some(((*old)?, new))).collect();
    let rows = rows.into_iter().map(|(_, row)| row);
    rows.map(|row| Attribution { inside: row.inside.map(|outer| place[&outer]), ..row }).collect()
}

fn first_byte(row: &Attribution) -> u32 {
    row.content.iter().chain(&row.source).chain(&row.cue).map(|span| span.start).min().unwrap_or(0)
}

fn attribution(document: &Document, words: &[Word], tagged: Tagged) -> Attribution {
    let span = |range: Range<usize>| words[range.start].span.cover(words[range.end - 1].span);
    let content: Vec<Span> = tagged.content.into_iter().map(span).collect();
    let source: Vec<Span> = tagged.source.into_iter().map(span).collect();
    let cue = vec![span(tagged.cue)];
    let form = form::of(document, &content, 0);
    let stance = stance(document, &source, &cue, form);
    Attribution {
        form,
        source,
        cue,
        content,
        stance: stance.map(|(stance, _)| stance),
        polarity: stance.map(|(_, polarity)| polarity),
        speakers: Vec::new(),
        inside: None,
        inferred: Vec::new(),
        maker: match form {
            Form::Direct => rule::MODEL_DIRECT,
            Form::Mixed => rule::MODEL_MIXED,
            Form::Indirect => rule::MODEL_INDIRECT,
        },
        rejected: Vec::new(),
    }
}

/// Whether a content holds anything but marks and punctuation.
fn holds_words(document: &Document, row: &Attribution) -> bool {
    row.content.iter().any(|&piece| document.slice(piece).contains(char::is_alphanumeric))
}

/// Characters that rows claim as content or cue.
struct Cover(Vec<Span>);

impl Cover {
    fn of<'a>(rows: impl Iterator<Item = &'a Attribution>) -> Cover {
        let mut spans: Vec<Span> = rows.flat_map(|row| row.content.iter().chain(&row.cue)).copied().collect();
        spans.sort_unstable();
        // Overlapping ones become one, so that a look-up is a search.
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => *last = last.cover(span),
                _ => merged.push(span),
            }
        }
        Cover(merged)
    }

    fn touches(&self, spans: &[Span]) -> bool {
        spans.iter().any(|span| {
            let first = self.0.partition_point(|other| other.end <= span.start);
            self.0.get(first).is_some_and(|other| other.overlaps(*span))
        })
    }
}
