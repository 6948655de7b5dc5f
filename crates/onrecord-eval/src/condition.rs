//! The reading of conditions, scored.
//!
//! In: the data folder. Out: counts, `condition.csv`, and a listing of what is wrong. A word of a sentence belongs to a
//! span that covers a letter of it. What the measures mean stands in `eval/README.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use onrecord::record::Claims;
use onrecord::{Article, Engine};

use crate::corpus::Split;
use crate::corpus::counterfactual::{self, Sentence};
use crate::score::ratio;
use crate::table::Table;
use crate::{Error, Span};

/// Words on both sides, and those that agree.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words {
    right: usize,
    predicted: usize,
    gold: usize,
}

/// The figures of one split.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    sentences: usize,
    /// Sentences in which a condition was read.
    read: usize,
    antecedent: Words,
    consequent: Words,
    /// Of each maker that reads the one condition of a sentence: near the right one, and all.
    makers: BTreeMap<&'static str, [usize; 2]>,
}

/// Scores a split; `list` gets every sentence that is not right, with its text.
///
/// # Errors
///
/// When the corpus cannot be read.
pub fn evaluate(engine: &Engine, data: &Path, split: Split, list: &mut dyn Write) -> Result<Scored, Error> {
    let mut scored = Scored::default();
    for sentence in counterfactual::read(data, split)? {
        let (_, claims) = engine.claims(Article::new(sentence.text.clone()));
        let before = scored.wrong();
        scored.add(&sentence, &claims);
        let wrong = scored.wrong() - before;
        if wrong > 0 {
            let _ = writeln!(list, "{}\t{wrong}\t{}", sentence.name, marked(&sentence, &claims));
        }
    }
    Ok(scored)
}

/// The bytes that all parts of one kind cover.
fn covered(claims: &Claims, is_then: bool) -> Vec<std::ops::Range<usize>> {
    let sides = claims
        .cause
        .conditions
        .iter()
        .flat_map(|condition| if is_then { &condition.consequents } else { &condition.antecedents });
    sides.flat_map(|side| side.spans.iter().map(|span| span.range())).collect()
}

impl Scored {
    fn add(&mut self, sentence: &Sentence, claims: &Claims) {
        self.sentences += 1;
        self.read += usize::from(!claims.cause.conditions.is_empty());
        let words = words(&sentence.text);
        let gold = [Some(sentence.antecedent), sentence.consequent].map(|span| bytes(&sentence.text, span));
        let mut is_near = true;
        for (is_then, counts) in [(false, &mut self.antecedent), (true, &mut self.consequent)] {
            let (mut both, mut either) = (0, 0);
            let predicted = covered(claims, is_then);
            for word in &words {
                let meets = |ranges: &[std::ops::Range<usize>]| {
                    ranges.iter().any(|range| range.start < word.end && word.start < range.end)
                };
                let (is_gold, is_read) = (meets(&gold[usize::from(is_then)]), meets(&predicted));
                counts.gold += usize::from(is_gold);
                counts.predicted += usize::from(is_read);
                counts.right += usize::from(is_gold && is_read);
                both += usize::from(is_gold && is_read);
                either += usize::from(is_gold || is_read);
            }
            is_near &= either == 0 || 2 * both > either;
        }
        if let [condition] = &claims.cause.conditions[..] {
            let counts = self.makers.entry(condition.maker.rule).or_default();
            counts[0] += usize::from(is_near);
            counts[1] += 1;
        }
    }

    fn wrong(&self) -> usize {
        let of = |words: Words| words.predicted + words.gold - 2 * words.right;
        of(self.antecedent) + of(self.consequent)
    }
}

/// The letters of each word between blanks.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let pieces = text.split_whitespace().map(|piece| {
        let letters = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let start = letters.as_ptr() as usize - text.as_ptr() as usize;
        start..start + letters.len()
    });
    pieces.filter(|word| !word.is_empty()).collect()
}

fn bytes(text: &str, span: Option<Span>) -> Vec<std::ops::Range<usize>> {
    let at = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    span.map(|span| at(span.start)..at(span.end)).into_iter().collect()
}

/// The sentence with what is gold and what was read.
fn marked(sentence: &Sentence, claims: &Claims) -> String {
    let text = &sentence.text;
    let shown = |ranges: Vec<std::ops::Range<usize>>| -> String {
        ranges.into_iter().map(|range| text[range].replace('\n', " ")).collect::<Vec<_>>().join(" … ")
    };
    let makers: Vec<&str> = claims.cause.conditions.iter().map(|condition| condition.maker.rule).collect();
    format!(
        "{}\n  gold  A {}\n  gold  C {}\n  read  A {}\n  read  C {}\n  {}",
        text.replace('\n', " "),
        shown(bytes(text, Some(sentence.antecedent))),
        shown(bytes(text, sentence.consequent)),
        shown(covered(claims, false)),
        shown(covered(claims, true)),
        makers.join(" "),
    )
}

/// The table of some splits.
pub fn table(scored: &[(Split, Scored)]) -> Table {
    let mut csv = String::from("corpus,split,measure,p,r,f1,right,read,gold\n");
    for (split, scored) in scored {
        let both = Words {
            right: scored.antecedent.right + scored.consequent.right,
            predicted: scored.antecedent.predicted + scored.consequent.predicted,
            gold: scored.antecedent.gold + scored.consequent.gold,
        };
        for (measure, words) in [
            ("antecedent words", scored.antecedent),
            ("consequent words", scored.consequent),
            ("words", both),
        ] {
            let [p, r] = [words.predicted, words.gold].map(|whole| 100.0 * ratio(words.right, whole));
            let f1 = 100.0 * ratio(2 * words.right, words.predicted + words.gold);
            let Words { right, predicted, gold } = words;
            let name = split.name();
            let _ = writeln!(
                csv,
                "SemEval-2020 task 5,{name},{measure},{p:.2},{r:.2},{f1:.2},{right},{predicted},{gold}"
            );
        }
        let share = 100.0 * ratio(scored.read, scored.sentences);
        let (name, read, sentences) = (split.name(), scored.read, scored.sentences);
        let _ = writeln!(csv, "SemEval-2020 task 5,{name},sentences,,{share:.2},,{read},,{sentences}");
        for (maker, &[right, read]) in &scored.makers {
            let p = 100.0 * ratio(right, read);
            let _ = writeln!(csv, "SemEval-2020 task 5,{name},near by {maker},{p:.2},,,{right},{read},");
        }
    }
    Table { name: "condition.csv", csv }
}
