//! The counts behind every figure.
//!
//! In: one article, scored. Out: whole numbers that add up over articles. It never divides: rates are made in
//! [`super::report`], from the sums.

use std::ops::AddAssign;

use super::matching::{self, Matched, Weighed};
use super::{Kind, STRICT_IOU, Text};
use crate::attribution::Role;
use crate::{Attribution, Span};

/// All counts of one article, or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tokens by [`Role`].
    pub token: [Tally; 3],
    /// Spans by [`Role`].
    pub exact: [Tally; 3],
    /// Trimmed spans by [`Role`].
    pub trimmed: [Tally; 3],
    /// Attributions whose content and source match.
    pub attribution: Kinds,
    /// Attributions whose content matches.
    pub content: Kinds,
    /// Attributions whose content nearly equals and whose source equals.
    pub strict: Kinds,
    /// Over the pairs that match on content.
    pub source: Sources,
    /// Gold attributions left out because nothing is attributed in them.
    pub gold_without_content: usize,
}

/// How many there are on each side, and how many of them agree.
///
/// The two sides count their agreement apart: a mixed prediction may match a direct gold attribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Predicted ones.
    pub predicted: usize,
    /// Gold ones.
    pub gold: usize,
    /// Predicted ones that agree with the gold.
    pub hits: usize,
    /// Gold ones that were found.
    pub found: usize,
}

/// Tallies over all attributions and by [`Kind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Of every kind.
    pub all: Tally,
    /// By kind.
    pub by_kind: [Tally; 3],
}

/// How good the sources are, given the right content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Pairs that match on content.
    pub pairs: usize,
    /// Of them, those whose sources match.
    pub overlap: usize,
    /// Of them, those whose sources are equal when trimmed.
    pub equal: usize,
    /// Of them, those whose cues share a visible character.
    pub cue_overlap: usize,
}

impl Counts {
    /// Counts the tokens.
    pub(super) fn tokens(&mut self, text: &Text, gold: &[Attribution], predicted: &[Attribution]) {
        let (gold, predicted) = (token_roles(text, gold), token_roles(text, predicted));
        for (gold, predicted) in gold.into_iter().zip(predicted) {
            if let Some(role) = gold {
                self.token[role as usize].gold += 1;
            }
            if let Some(role) = predicted {
                self.token[role as usize].predicted += 1;
                if gold == predicted {
                    self.token[role as usize].hits += 1;
                    self.token[role as usize].found += 1;
                }
            }
        }
    }

    /// Counts the spans, as they are and trimmed.
    pub(super) fn spans(&mut self, text: &Text, gold: &[Attribution], predicted: &[Attribution]) {
        for role in Role::ALL {
            let set = |list: &[Attribution], trim: &dyn Fn(Span) -> Span| {
                let pieces = list.iter().flat_map(|attribution| attribution.pieces(role));
                let mut spans: Vec<Span> = pieces.map(|&span| trim(span)).collect();
                spans.sort_unstable();
                spans.dedup();
                spans
            };
            let as_is = |span| span;
            let trimmed = |span| text.trim(span);
            self.exact[role as usize] += Tally::of_sets(&set(predicted, &as_is), &set(gold, &as_is));
            self.trimmed[role as usize] += Tally::of_sets(&set(predicted, &trimmed), &set(gold, &trimmed));
        }
    }

    /// Counts the attributions, and returns the pairs of the `attribution` measure.
    pub(super) fn attributions(
        &mut self,
        text: &Text,
        gold: &[Weighed<'_>],
        predicted: &[Weighed<'_>],
    ) -> Vec<Matched> {
        let candidates = matching::candidates(predicted, gold, text);
        let same_source = |pair: &Matched| predicted[pair.predicted].same_source(&gold[pair.gold], text);
        let equal_source =
            |pair: &Matched| predicted[pair.predicted].trimmed_source == gold[pair.gold].trimmed_source;
        let matched = matching::one_to_one(&candidates, same_source);
        let on_content = matching::one_to_one(&candidates, |_| true);
        let strictly = matching::one_to_one(&candidates, |pair| pair.iou >= STRICT_IOU && equal_source(pair));

        self.attribution += Kinds::of_pairs(&matched, predicted, gold);
        self.content += Kinds::of_pairs(&on_content, predicted, gold);
        self.strict += Kinds::of_pairs(&strictly, predicted, gold);
        for pair in &on_content {
            let cues = text.shared(&predicted[pair.predicted].cue, &gold[pair.gold].cue);
            self.source.pairs += 1;
            self.source.overlap += usize::from(same_source(pair));
            self.source.equal += usize::from(equal_source(pair));
            self.source.cue_overlap += usize::from(cues > 0);
        }
        matched
    }
}

/// The role of each token.
fn token_roles(text: &Text, attributions: &[Attribution]) -> Vec<Option<Role>> {
    let mut roles = vec![None; text.chars.len()];
    for role in Role::ALL.into_iter().rev() {
        for span in attributions.iter().flat_map(|attribution| attribution.pieces(role)) {
            roles[span.start..span.end].fill(Some(role));
        }
    }
    let first = |token: &Span| {
        let covering = &roles[token.start..token.end];
        Role::ALL.into_iter().find(|&role| covering.contains(&Some(role)))
    };
    text.tokens.iter().map(first).collect()
}

impl Tally {
    /// Compares two sorted lists without repetitions.
    fn of_sets(predicted: &[Span], gold: &[Span]) -> Tally {
        let both = predicted.iter().filter(|span| gold.binary_search(span).is_ok()).count();
        Tally { predicted: predicted.len(), gold: gold.len(), hits: both, found: both }
    }
}

impl Kinds {
    fn of_pairs(pairs: &[Matched], predicted: &[Weighed<'_>], gold: &[Weighed<'_>]) -> Kinds {
        let tally = |of: &dyn Fn(Kind) -> bool| Tally {
            predicted: predicted.iter().filter(|attribution| of(attribution.kind)).count(),
            gold: gold.iter().filter(|attribution| of(attribution.kind)).count(),
            hits: pairs.iter().filter(|pair| of(predicted[pair.predicted].kind)).count(),
            found: pairs.iter().filter(|pair| of(gold[pair.gold].kind)).count(),
        };
        Kinds { all: tally(&|_| true), by_kind: Kind::ALL.map(|kind| tally(&|other| other == kind)) }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for role in Role::ALL.map(|role| role as usize) {
            self.token[role] += other.token[role];
            self.exact[role] += other.exact[role];
            self.trimmed[role] += other.trimmed[role];
        }
        self.attribution += other.attribution;
        self.content += other.content;
        self.strict += other.strict;
        self.source.pairs += other.source.pairs;
        self.source.overlap += other.source.overlap;
        self.source.equal += other.source.equal;
        self.source.cue_overlap += other.source.cue_overlap;
        self.gold_without_content += other.gold_without_content;
    }
}

impl AddAssign for Kinds {
    fn add_assign(&mut self, other: Kinds) {
        self.all += other.all;
        for (sum, more) in self.by_kind.iter_mut().zip(other.by_kind) {
            *sum += more;
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.predicted += other.predicted;
        self.gold += other.gold;
        self.hits += other.hits;
        self.found += other.found;
    }
}
