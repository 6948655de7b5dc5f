//! How well does each mention go with those around it?
//!
//! In: mentions as ranges of words. Out: the model's scores of pairs that lie near each other, and of a mention that goes
//! with none. The pairs are those that the model learned on (`train/README.md`): one before, and for a pronoun a name behind.

use std::ops::Range;

use onrecord_kernel::{Link, Place};

use super::MentionKind;
use super::mention::Found;
use super::view::View;
use crate::encode::Scores;

/// Words between two mentions that are still compared.
const FAR: usize = 200;
/// Mentions before one that are compared with it.
const MANY: usize = 60;
/// Words between a pronoun and a name behind it.
const AHEAD: usize = 30;

/// The mentions that one may go with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Choices {
    /// The score of going with none.
    pub(super) none: f32,
    /// Mentions with their scores.
    pub(super) others: Box<[(u32, f32)]>,
}

/// The mentions whose pairs are scored together: a long text has millions of pairs.
const TOGETHER: usize = 1024;

/// For each mention those near it.
pub(super) fn choices(view: &View<'_>, found: &[Found], scores: &dyn Scores) -> Vec<Choices> {
    let ranges: Vec<Range<usize>> = found.iter().map(|mention| mention.words.clone()).collect();
    let mut choices = Vec::with_capacity(found.len());
    let mut pairs = Vec::new();
    for first in (0..found.len()).step_by(TOGETHER) {
        let last = found.len().min(first + TOGETHER);
        // Where the mentions begin that any of these is compared with.
        let from = first.saturating_sub(MANY);
        let mut end = last;
        pairs.clear();
        for at in first..last {
            for other in near(found, at) {
                end = end.max(other + 1);
                pairs.push((at - first, other - from, place(view, found, at, other)));
            }
        }
        let (none, linked) = scores.links(Link::Same, &ranges[first..last], &ranges[from..end], &pairs);
        let mut left = pairs.iter().zip(linked).peekable();
        choices.extend((0..).zip(none).map(|(own, none)| {
            let of_own = std::iter::from_fn(|| left.next_if(|((at, ..), _)| *at == own));
            let others: Vec<(u32, f32)> =
                of_own.map(|((_, other, _), score)| ((from + other) as u32, score)).collect();
            Choices { none, others: others.into_boxed_slice() }
        }));
    }
    choices
}

/// The mentions that one is compared with.
fn near(found: &[Found], at: usize) -> impl Iterator<Item = usize> + '_ {
    let own = &found[at];
    // Names are joined by how they are written.
    let first = if own.kind == MentionKind::Name { at } else { at.saturating_sub(MANY) };
    let before = (first..at).rev().take_while(move |&other| found[other].words.end + FAR >= own.words.start);
    let ahead = (at + 1..found.len())
        .take_while(move |&other| found[other].words.start <= own.words.end + AHEAD)
        .filter(move |&other| own.kind == MentionKind::Pronoun && found[other].kind == MentionKind::Name);
    before.chain(ahead)
}

/// How `b` lies to `a`, in the classes that the model was trained with.
fn place(view: &View<'_>, found: &[Found], a: usize, b: usize) -> Place {
    let before = found[b].words.start < found[a].words.start;
    let (left, right) = if before { (b, a) } else { (a, b) };
    let (left_words, right_words) = (&found[left].words, &found[right].words);
    let gap = right_words.start.saturating_sub(left_words.end);
    let between = found[left.min(right)..left.max(right)]
        .iter()
        .filter(|mention| mention.words.start >= left_words.end && mention.words.start < right_words.start);
    let paragraphs = view.words[right_words.start].paragraph - view.words[left_words.start].paragraph;
    Place {
        distance: Place::distance(gap, before),
        between: between.take(3).count() as u8,
        paragraph: paragraphs.min(2) as u8,
    }
}
