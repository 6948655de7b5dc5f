//! The figures.
//!
//! In: counts, summed over articles. Out: precision, recall and F1 of every measure, as a table and as JSON, both in
//! the shape in which `score.py` writes them. Rounding happens only in print. Read on in [`super::bootstrap`].

use std::fmt;

use serde_json::{Map, Value, json};

use super::counts::{Counts, Kinds, Tally};
use super::{Kind, ratio};
use crate::Problems;
use crate::attribution::Role;

/// All figures over the articles of a split.
#[derive(Clone, Debug)]
pub struct Report {
    /// One row for each measure and key, in the order of tables.
    pub rows: Vec<Row>,
    /// How good the sources are, given the right content.
    pub sources: SourceAccuracy,
    /// Gold attributions left out because nothing is attributed in them.
    pub gold_without_content: usize,
}

/// What was scored, for the foot of a table.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The number of articles.
    pub articles: usize,
    /// Names of prediction files that are not there: their articles count as read without a result.
    pub missing: Vec<String>,
    /// Spans of the gold that did not fit the text.
    pub gold: Problems,
    /// Predicted spans that did not fit the text.
    pub predicted: Problems,
}

/// The figures of one measure for one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// `token`, `exact`, `trimmed`, `attribution`, `content` or `strict`.
    pub measure: &'static str,
    /// A role, a kind, or `all`.
    pub key: &'static str,
    /// The figures.
    pub rates: Rates,
}

/// Precision, recall, F1, and the counts they come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Precision: the share of predictions that agree.
    pub precision: f64,
    /// Recall: the share of the gold that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How much of the gold was found.
    pub found: usize,
    /// The number of predictions.
    pub predicted: usize,
    /// The number of gold items.
    pub gold: usize,
}

/// Shares of the pairs that match on content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceAccuracy {
    /// The number of pairs.
    pub pairs: usize,
    /// The share whose sources match.
    pub overlap: f64,
    /// The share whose sources are equal when trimmed.
    pub equal: f64,
    /// The share whose cues share a visible character.
    pub cue_overlap: f64,
}

impl Report {
    /// Makes figures of counts.
    pub fn new(counts: &Counts) -> Report {
        let mut rows = Vec::new();
        for (measure, by_role) in
            [("token", counts.token), ("exact", counts.exact), ("trimmed", counts.trimmed)]
        {
            let mut all = Tally::default();
            for role in Role::ALL {
                all += by_role[role as usize];
                rows.push(Row { measure, key: role.name(), rates: Rates::new(by_role[role as usize]) });
            }
            rows.push(Row { measure, key: "all", rates: Rates::new(all) });
        }
        for (measure, Kinds { all, by_kind }) in
            [("attribution", counts.attribution), ("content", counts.content), ("strict", counts.strict)]
        {
            rows.push(Row { measure, key: "all", rates: Rates::new(all) });
            for kind in Kind::ALL {
                rows.push(Row { measure, key: kind.name(), rates: Rates::new(by_kind[kind as usize]) });
            }
        }
        let share = |count| ratio(count, counts.source.pairs);
        let sources = SourceAccuracy {
            pairs: counts.source.pairs,
            overlap: share(counts.source.overlap),
            equal: share(counts.source.equal),
            cue_overlap: share(counts.source.cue_overlap),
        };
        Report { rows, sources, gold_without_content: counts.gold_without_content }
    }

    /// The figures of one measure for one key.
    pub fn rates(&self, measure: &str, key: &str) -> Option<Rates> {
        self.rows.iter().find(|row| row.measure == measure && row.key == key).map(|row| row.rates)
    }

    /// The JSON that `score.py --json` writes.
    pub fn json(&self, scope: &Scope) -> Value {
        let mut measures = Map::new();
        for Row { measure, key, rates } in &self.rows {
            let figures = json!({
                "p": rates.precision, "r": rates.recall, "f1": rates.f1,
                "tp": rates.found, "pred": rates.predicted, "gold": rates.gold,
            });
            measures.entry(*measure).or_insert_with(|| json!({}))[key] = figures;
        }
        let SourceAccuracy { pairs, overlap, equal, cue_overlap } = self.sources;
        measures.insert(
            "source_accuracy".into(),
            json!({"pairs": pairs, "overlap": overlap, "equal": equal, "cue_overlap": cue_overlap}),
        );
        let mut problems = Map::new();
        for (side, counts) in scope.problems() {
            problems.insert(
                side.into(),
                counts.into_iter().map(|(what, count)| (what.to_owned(), json!(count))).collect(),
            );
        }
        measures.insert("gold_without_content".into(), json!(self.gold_without_content));
        measures.insert("articles".into(), json!(scope.articles));
        measures.insert("missing".into(), json!(scope.missing));
        measures.insert("problems".into(), Value::Object(problems));
        Value::Object(measures)
    }

    /// The table that `score.py` prints.
    pub fn table<'r>(&'r self, scope: &'r Scope) -> impl fmt::Display + 'r {
        Table { report: self, scope }
    }
}

impl Rates {
    /// The rates of a tally.
    pub fn new(tally: Tally) -> Rates {
        let precision = ratio(tally.hits, tally.predicted);
        let recall = ratio(tally.found, tally.gold);
        let sum = precision + recall;
        // The order of the operations is that of score.py: another one differs in the last digit.
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Rates { precision, recall, f1, found: tally.found, predicted: tally.predicted, gold: tally.gold }
    }
}

impl Scope {
    /// The problems of each side that has any, in the words of `score.py`.
    fn problems(&self) -> Vec<(&'static str, Vec<(&'static str, usize)>)> {
        let named = |problems: Problems| {
            let mut named = vec![
                ("span outside the text or empty", problems.outside),
                ("span text differs from the article", problems.text_differs),
            ];
            named.retain(|(_, count)| *count > 0);
            named
        };
        let mut sides = vec![("gold", named(self.gold)), ("pred", named(self.predicted))];
        sides.retain(|(_, counts)| !counts.is_empty());
        sides
    }
}

struct Table<'r> {
    report: &'r Report,
    scope: &'r Scope,
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Row { measure, key, rates } in &self.report.rows {
            let Rates { precision, recall, f1, found, predicted, gold } = rates;
            writeln!(
                f,
                "{measure:12} {key:9} P {:5.1}  R {:5.1}  F1 {:5.1}   tp {found} pred {predicted} gold {gold}",
                100.0 * precision,
                100.0 * recall,
                100.0 * f1,
            )?;
        }
        let SourceAccuracy { pairs, overlap, equal, cue_overlap } = self.report.sources;
        writeln!(
            f,
            "of {pairs} pairs matched on content: sources overlap {:.1}%, sources equal {:.1}%, cues overlap {:.1}%",
            100.0 * overlap,
            100.0 * equal,
            100.0 * cue_overlap,
        )?;
        writeln!(f, "articles {}", self.scope.articles)?;
        if !self.scope.missing.is_empty() {
            writeln!(f, "missing {}", self.scope.missing.join(", "))?;
        }
        for (side, counts) in self.scope.problems() {
            for (what, count) in counts {
                writeln!(f, "problems {side}: {what}: {count}")?;
            }
        }
        if self.report.gold_without_content > 0 {
            writeln!(f, "gold_without_content {}", self.report.gold_without_content)?;
        }
        Ok(())
    }
}
