//! How often is each maker right, rule or model?
//!
//! In: scored articles, and what made each row. Out: for each maker its rows, how many of them match the gold by the
//! measure `attribution`, and whether that share is the score which the engine states.
//! It never measures the model on the split that it was trained on: there it has seen the gold, and would be told
//! better than it is. See [`Measured`].
//! It never counts a row that Citron's form cannot hold: the gold has no such rows, and all of them would be wrong.
//! Read on in [`crate::table`].

use std::collections::BTreeMap;
use std::ptr;

use onrecord::read::Maker;

use crate::Attribution;
use crate::corpus::Split;
use crate::score::{Scored, Text, Weighed, ratio};

/// The shares that the scores of the engine are: each maker's, on the split where it may be measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The rules, on train, where rules may be fitted and dev judges them. They are measured by themselves: the
    /// model takes rows from them, and on train it has learned which.
    on_train: Makers,
    /// The model, on dev, with the whole program. It learns from train and is chosen on dev, so that these shares
    /// are a little too high; no other text has gold.
    on_dev: Makers,
}

/// How the makers that read with the model begin.
const MODEL: &str = "quote/model/";

/// The shares of all makers.
#[derive(Clone, Debug, Default)]
pub struct Makers {
    by_rule: BTreeMap<&'static str, Share>,
}

/// How many rows of one maker are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Its rows.
    pub rows: usize,
    /// Those of them that match a gold attribution.
    pub right: usize,
    /// The score that the engine states for it.
    pub score: f64,
}

/// A score that is not what was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misstated {
    /// The score that was measured.
    pub measured: f64,
    /// What it was measured on, and the score that the engine states.
    pub share: Share,
}

/// The least number of rows that tells a share. With fewer, one row moves it by more than five points.
pub const MIN_ROWS: usize = 20;

/// The rule that reads paragraphs under a speaker's label.
///
/// The annotators left whole interviews unmarked, or marked them as one content: there the turns are no less right,
/// and counted as wrong they would say how people annotate, not how the rule reads. So its rows count only in
/// articles whose gold holds a labelled turn. This flatters the rule where it takes for a turn what is none.
const TRANSCRIPT: &str = "quote/transcript";

impl Measured {
    /// From an evaluation of train that goes by rules only, and one of dev with the whole program.
    pub fn new(rules_on_train: &Makers, all_on_dev: &Makers) -> Measured {
        Measured {
            on_train: rules_on_train.only(|rule| !rule.starts_with(MODEL)),
            on_dev: all_on_dev.only(|rule| rule.starts_with(MODEL)),
        }
    }

    /// The share of each maker: first the rules, then the model, each in order of their paths.
    pub fn shares(&self) -> impl Iterator<Item = (Split, &'static str, Share)> {
        let of = |split, makers: &Makers| {
            makers.shares().map(|(rule, share)| (split, rule, share)).collect::<Vec<_>>()
        };
        of(Split::Train, &self.on_train).into_iter().chain(of(Split::Dev, &self.on_dev))
    }

    /// The makers whose score is not what was measured.
    pub fn misstated(&self) -> impl Iterator<Item = (Split, &'static str, Misstated)> {
        self.shares().filter_map(|(split, rule, share)| Some((split, rule, share.misstated()?)))
    }
}

impl Makers {
    /// Counts the rows of one more article: `makers` made `predicted`, in this order, and `scored` is the result
    /// of scoring `predicted`.
    pub fn add(&mut self, text: &Text, makers: &[Maker], predicted: &[Attribution], scored: &Scored<'_>) {
        let made = || predicted.iter().zip(makers);
        let turns: Vec<Weighed<'_>> = made()
            .filter(|(_, maker)| maker.rule == TRANSCRIPT)
            .map(|(attribution, _)| Weighed::new(text, attribution))
            .collect();
        let has_gold_turn = turns.iter().any(|turn| is_marked(turn, text, scored));
        for (attribution, maker) in made() {
            if maker.rule == TRANSCRIPT && !has_gold_turn {
                continue;
            }
            let new = Share { rows: 0, right: 0, score: maker.score };
            let share = self.by_rule.entry(maker.rule).or_insert(new);
            share.rows += 1;
            share.right += usize::from(is_right(attribution, scored));
        }
    }

    /// The share of each rule, in order of their paths. A rule without rows has none.
    pub fn shares(&self) -> impl Iterator<Item = (&'static str, Share)> {
        self.by_rule.iter().map(|(&rule, &share)| (rule, share))
    }

    fn only(&self, keep: impl Fn(&str) -> bool) -> Makers {
        let kept = self.by_rule.iter().filter(|(rule, _)| keep(rule));
        Makers { by_rule: kept.map(|(&rule, &share)| (rule, share)).collect() }
    }
}

impl Share {
    /// The score that the engine should state: the share of right rows, rounded to two decimals. There is none for
    /// fewer than [`MIN_ROWS`] rows.
    pub fn measured(self) -> Option<f64> {
        // In whole numbers, so that a half is rounded up whatever its binary digits are.
        let hundredths = (200 * self.right + self.rows).checked_div(2 * self.rows)?;
        (self.rows >= MIN_ROWS).then(|| ratio(hundredths, 100))
    }

    /// What is wrong with its score, if anything is.
    pub fn misstated(self) -> Option<Misstated> {
        let measured = self.measured().filter(|measured| self.score.total_cmp(measured).is_ne())?;
        Some(Misstated { measured, share: self })
    }
}

/// Whether the gold marks this turn with its label, wherever it lets the turn end.
fn is_marked(turn: &Weighed<'_>, text: &Text, scored: &Scored<'_>) -> bool {
    scored.gold.iter().any(|gold| {
        text.shared(&gold.source, &turn.source) > 0 && text.shared(&gold.content, &turn.content) > 0
    })
}

fn is_right(attribution: &Attribution, scored: &Scored<'_>) -> bool {
    let of_pair = |predicted: usize| scored.predicted[predicted].attribution;
    scored.matched.iter().any(|pair| ptr::eq(of_pair(pair.predicted), attribution))
}
