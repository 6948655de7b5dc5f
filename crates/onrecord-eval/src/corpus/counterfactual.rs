//! SemEval-2020 task 5 (Yang and others, 2020): sentences of the news with an antecedent and a consequence.
//!
//! In: `factuality/semeval2020-task5-counterfactual/Subtask-2/subtask2_train.csv`. Out: [`Sentence`]s. Those whose
//! SHA-256 of the id leaves 0 by 5 are dev, the others are train.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Split, csv, open};
use crate::{Error, Span};

/// A sentence with its spans, in code points.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its number.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What would have had to hold.
    pub antecedent: Span,
    /// What would have followed, if the sentence says it.
    pub consequent: Option<Span>,
}

const CORPUS: &str = "factuality/semeval2020-task5-counterfactual/Subtask-2/subtask2_train.csv";

/// Reads a split.
///
/// # Errors
///
/// When the corpus is not there or breaks its format.
pub fn read(data: &Path, split: Split) -> Result<Vec<Sentence>, Error> {
    let path = data.join(CORPUS);
    if !path.is_file() {
        return Err(Error::no_corpus("SemEval-2020 task 5", data));
    }
    let rows = csv::rows(&open(&path)?);
    let is_wanted = |row: &&Vec<String>| (fold(&row[0]) == 0) == (split == Split::Dev);
    let numbered = (1..).zip(&rows).skip(1).filter(|(_, row)| is_wanted(row));
    numbered
        .map(|(number, row)| {
            let expected = "`id, sentence, antecedent, consequent, start, end, start, end`";
            sentence(row).ok_or_else(|| Error::malformed(&path, number, expected, format!("`{}`", row[0])))
        })
        .collect()
}

/// Which of five parts a name belongs to.
pub(super) fn fold(name: &str) -> u32 {
    // 256 leaves 1 by 5, so that the sum of the bytes leaves what the number does.
    Sha256::digest(name.as_bytes()).iter().map(|&byte| u32::from(byte)).sum::<u32>() % 5
}

fn sentence(row: &[String]) -> Option<Sentence> {
    let [name, text, _, _, numbers @ ..] = row else { return None };
    let numbers: Vec<i64> = numbers.iter().map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
    let [start, end, then, then_end] = numbers[..] else { return None };
    // The last character belongs to the span; -1 is none.
    let span =
        |start: i64, end: i64| Some(Span::new(usize::try_from(start).ok()?, usize::try_from(end).ok()? + 1));
    let consequent = span(then, then_end);
    Some(Sentence { name: name.clone(), text: text.clone(), antecedent: span(start, end)?, consequent })
}
