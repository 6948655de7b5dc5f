//! The measure of main text: runs of four words, as the public benchmark of article extraction counts them.
//!
//! In: the text that a program found and the one that should be found. Out: [`Shares`] of one page and their [`Sum`].
//! Precision and recall are those of the multisets of runs, averaged over pages; F1 is made of the averages.

use std::collections::BTreeMap;

use super::Read;
use super::corpus::Gold;
use crate::score::ratio;

/// The words of a run.
const RUN: usize = 4;

/// Precision and recall on one page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// The share of what was found that should be.
    pub precision: f64,
    /// The share of what should be found that was.
    pub recall: f64,
}

impl Shares {
    /// Compares two texts.
    ///
    /// ```
    /// let shares = onrecord_eval::page::score::Shares::new("a b c d e", "a b c d");
    /// assert_eq!((shares.precision, shares.recall), (0.5, 1.0));
    /// ```
    pub fn new(found: &str, gold: &str) -> Shares {
        let (found, gold) = (runs(found), runs(gold));
        let size = |runs: &BTreeMap<Vec<String>, usize>| runs.values().sum::<usize>();
        let both: usize =
            gold.iter().map(|(run, &count)| count.min(found.get(run).copied().unwrap_or(0))).sum();
        let sizes = (size(&found), size(&gold));
        let share = |of: usize| match sizes {
            // Where nothing should be found, nothing is all of it.
            (0, 0) => 1.0,
            _ => ratio(both, of),
        };
        Shares { precision: share(sizes.0), recall: share(sizes.1) }
    }

    /// The harmonic mean.
    pub fn f1(self) -> f64 {
        harmonic(self.precision, self.recall)
    }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// All runs of four words with their counts; of a shorter text, the one run that it is.
fn runs(text: &str) -> BTreeMap<Vec<String>, usize> {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut runs = BTreeMap::new();
    if words.len() < RUN {
        if !words.is_empty() {
            runs.insert(words, 1);
        }
        return runs;
    }
    for run in words.windows(RUN) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

/// What pages add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// Pages that were read.
    pub pages: usize,
    precision: f64,
    recall: f64,
    /// Pages whose headline is known.
    pub titles: usize,
    /// Those on which it was found to the letter, white space apart.
    pub title: usize,
    /// Pages whose publication date is known.
    pub dates: usize,
    /// Those on which its day was found.
    pub day: usize,
    /// Those on which the very second was found.
    pub instant: usize,
}

impl Sum {
    /// Adds a page.
    pub fn add(&mut self, page: &Gold, read: &Read, shares: Shares) {
        self.pages += 1;
        self.precision += shares.precision;
        self.recall += shares.recall;
        if let Some(title) = &page.title {
            self.titles += 1;
            self.title += usize::from(read.title.as_deref().is_some_and(|found| is_same_title(found, title)));
        }
        if let Some(date) = &page.published {
            self.dates += 1;
            let found = read.published.as_deref().unwrap_or_default();
            self.day += usize::from(is_same_day(found, date));
            self.instant += usize::from(instant(found).is_some_and(|found| instant(date) == Some(found)));
        }
    }

    /// Precision, recall and F1.
    pub fn rates(&self) -> (f64, f64, f64) {
        let part = ratio(1, self.pages);
        let (precision, recall) = (self.precision * part, self.recall * part);
        (precision, recall, harmonic(precision, recall))
    }
}

/// Whether two headlines are the same, white space apart, of which a zero width space is some.
///
/// ```
/// use onrecord_eval::page::score::is_same_title;
///
/// assert!(is_same_title("Pier  opens", "Pier opens\u{200b}"));
/// assert!(!is_same_title("Pier opens", "Pier opens."));
/// ```
pub fn is_same_title(found: &str, gold: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        let words = title.split(|c: char| c.is_whitespace() || c == '\u{200b}');
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    words(found) == words(gold)
}

/// Whether two dates are one instant or, where one of them has no time or no offset, one day.
pub fn is_same_day(found: &str, gold: &str) -> bool {
    match (instant(found), instant(gold)) {
        (Some(found), Some(gold)) if found == gold => true,
        _ => found.get(..10).is_some_and(|day| gold.get(..10) == Some(day)),
    }
}

/// The second of a date-time with an offset.
fn instant(value: &str) -> Option<i64> {
    value.replacen(' ', "T", 1).parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}
