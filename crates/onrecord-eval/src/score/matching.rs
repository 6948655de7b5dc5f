//! Which prediction is which gold attribution?
//!
//! In: both sides of one article. Out: pairs, one to one. It never looks for the best sum over all pairs: taking
//! the best pair first is what the published figures were made with. Read on in [`super::counts`].

use super::text::Cover;
use super::{Kind, MIN_IOU, Text, ratio};
use crate::{Attribution, Span};

/// An attribution with content, and what matching needs to know of it.
#[derive(Clone, Debug)]
pub struct Weighed<'a> {
    /// The attribution itself.
    pub attribution: &'a Attribution,
    /// By the marks around its content.
    pub kind: Kind,
    /// The visible characters of its content.
    pub content: Cover,
    /// The visible characters of its source.
    pub source: Cover,
    /// The visible characters of its cue.
    pub cue: Cover,
    /// The pieces of its source, trimmed, sorted, each once.
    pub trimmed_source: Vec<Span>,
}

/// A prediction and a gold attribution whose contents are alike enough: indices into the two lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matched {
    /// The predicted one.
    pub predicted: usize,
    /// The gold one.
    pub gold: usize,
    /// Intersection over union of the visible characters of their contents.
    pub iou: f64,
}

impl<'a> Weighed<'a> {
    /// Weighs one attribution.
    pub fn new(text: &Text, attribution: &'a Attribution) -> Weighed<'a> {
        let mut trimmed_source: Vec<Span> = attribution.source.iter().map(|&span| text.trim(span)).collect();
        trimmed_source.sort_unstable();
        trimmed_source.dedup();
        Weighed {
            attribution,
            kind: Kind::of(&attribution.content, text),
            content: text.cover(&attribution.content),
            source: text.cover(&attribution.source),
            cue: text.cover(&attribution.cue),
            trimmed_source,
        }
    }

    /// Weighs those of a list that have content.
    pub fn all(text: &Text, list: &'a [Attribution]) -> Vec<Weighed<'a>> {
        let with_content = list.iter().filter(|attribution| !attribution.content.is_empty());
        with_content.map(|attribution| Weighed::new(text, attribution)).collect()
    }

    /// Whether the sources share a visible character, or neither has a source.
    pub fn same_source(&self, other: &Weighed<'_>, text: &Text) -> bool {
        let unsourced = self.attribution.source.is_empty() && other.attribution.source.is_empty();
        unsourced || text.shared(&self.source, &other.source) > 0
    }

    /// Intersection over union of the visible characters of the contents.
    pub fn iou(&self, other: &Weighed<'_>, text: &Text) -> f64 {
        let shared = text.shared(&self.content, &other.content);
        let union = self.content.visible() + other.content.visible() - shared;
        ratio(shared, union)
    }
}

/// The pairs whose contents are alike enough, the most alike first; ties by prediction, then gold.
pub fn candidates(predicted: &[Weighed<'_>], gold: &[Weighed<'_>], text: &Text) -> Vec<Matched> {
    let mut pairs = Vec::new();
    for (p, prediction) in predicted.iter().enumerate() {
        for (g, attribution) in gold.iter().enumerate() {
            let iou = prediction.iou(attribution, text);
            if iou >= MIN_IOU {
                pairs.push(Matched { predicted: p, gold: g, iou });
            }
        }
    }
    // Stable, so that pairs which are equally alike stay in the order of the loops.
    pairs.sort_by(|a, b| b.iou.total_cmp(&a.iou));
    pairs
}

/// Takes the candidates in order, each prediction and each gold attribution once.
pub fn one_to_one(candidates: &[Matched], accept: impl Fn(&Matched) -> bool) -> Vec<Matched> {
    let mut taken: Vec<Matched> = Vec::new();
    for pair in candidates {
        let free = taken.iter().all(|other| other.predicted != pair.predicted && other.gold != pair.gold);
        if free && accept(pair) {
            taken.push(*pair);
        }
    }
    taken
}
