//! Which words are names and nouns that stand for someone?
//!
//! In: the model's scores of tags. Out: spans of words with a kind, by the best row of tags (Viterbi 1967) in which none
//! goes on that has not begun. It never looks at the words.

use std::ops::Range;

use onrecord_kernel::MENTIONS;

/// Kinds of one layer of tags.
pub(super) const KINDS: usize = 4;
/// None, then beginning and inside of each kind.
const TAGS: usize = 1 + 2 * KINDS;
/// Layers: names, then nouns.
const _: () = assert!(MENTIONS == 2 * TAGS);

/// A span of words with the score of each kind, were it one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tagged {
    pub(super) words: Range<usize>,
    pub(super) kind: usize,
    pub(super) scores: [f32; KINDS],
}

/// The scores of one of the two layers.
#[derive(Clone, Copy)]
pub(super) enum Layer {
    Names,
    Nouns,
}

impl Layer {
    fn of(self, row: &[f32; MENTIONS]) -> &[f32] {
        match self {
            Layer::Names => &row[..TAGS],
            Layer::Nouns => &row[TAGS..],
        }
    }
}

/// The spans of one layer, in order. At a word that `starts` nothing goes on.
pub(super) fn spans(scores: &[[f32; MENTIONS]], layer: Layer, starts: impl Fn(usize) -> bool) -> Vec<Tagged> {
    let tags = best(scores, layer, starts);
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, &tag) in tags.iter().enumerate() {
        match spans.last_mut() {
            Some(span) if tag > 0 && tag % 2 == 0 && span.end == at => span.end += 1,
            _ if tag > 0 => spans.push(at..at + 1),
            _ => {}
        }
    }
    let tagged = |words: Range<usize>| Tagged {
        kind: (usize::from(tags[words.start]) - 1) / 2,
        scores: std::array::from_fn(|kind| score(scores, layer, &words, kind)),
        words,
    };
    spans.into_iter().map(tagged).collect()
}

/// How well a kind fits a span, per word, above no tag at all.
#[expect(clippy::cast_precision_loss, reason = "a name has few words")]
pub(super) fn score(scores: &[[f32; MENTIONS]], layer: Layer, words: &Range<usize>, kind: usize) -> f32 {
    let of = |at: usize, tag: usize| layer.of(&scores[at])[tag] - layer.of(&scores[at])[0];
    let first = of(words.start, 1 + 2 * kind);
    let rest: f32 = (words.start + 1..words.end).map(|at| of(at, 2 + 2 * kind)).sum();
    (first + rest) / words.len() as f32
}

/// The kind with the highest score, of equals the first.
pub(super) fn kind(scores: &[f32; KINDS]) -> usize {
    (1..KINDS).fold(0, |best, kind| if scores[kind] > scores[best] { kind } else { best })
}

/// How much better the inside of any kind fits a word than no tag.
pub(super) fn inside(scores: &[[f32; MENTIONS]], layer: Layer, at: usize) -> f32 {
    let row = layer.of(&scores[at]);
    (0..KINDS).map(|kind| row[2 + 2 * kind]).fold(f32::NEG_INFINITY, f32::max) - row[0]
}

/// How much better the beginning of any kind fits a word than no tag.
pub(super) fn begin(scores: &[[f32; MENTIONS]], layer: Layer, at: usize) -> f32 {
    let row = layer.of(&scores[at]);
    (0..KINDS).map(|kind| row[1 + 2 * kind]).fold(f32::NEG_INFINITY, f32::max) - row[0]
}

fn best(scores: &[[f32; MENTIONS]], layer: Layer, starts: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut total = [f32::NEG_INFINITY; TAGS];
    total[0] = 0.0;
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
    for (at, row) in scores.iter().enumerate() {
        let row = layer.of(row);
        let most = (1..TAGS).fold(0, |best, tag| if total[tag] > total[best] { tag } else { best });
        let mut from = [most as u8; TAGS];
        let mut next = [f32::NEG_INFINITY; TAGS];
        next[0] = total[most] + row[0];
        for kind in 0..KINDS {
            let (begin, inside) = (1 + 2 * kind, 2 + 2 * kind);
            next[begin] = total[most] + row[begin];
            if !starts(at) {
                let before = if total[inside] > total[begin] { inside } else { begin };
                from[inside] = before as u8;
                next[inside] = total[before] + row[inside];
            }
        }
        total = next;
        back.push(from);
    }
    let mut tag = (1..TAGS).fold(0, |best, tag| if total[tag] > total[best] { tag } else { best }) as u8;
    let mut tags = vec![0; scores.len()];
    for (at, from) in back.iter().enumerate().rev() {
        tags[at] = tag;
        tag = from[usize::from(tag)];
    }
    tags
}
