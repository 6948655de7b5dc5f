//! Times: what was found, and whether its value is right.
//!
//! In: the times of one article as people marked them and as they were read, in bytes. Out: [`TimeCounts`].
//! Two times are paired when they share a byte, each with one other at most: equal spans first, then by position. A
//! value is right when it is the same, in the form that [`canonical`] gives both.

use onrecord::record::Claims;
use onrecord::read::time::Timex;

use crate::corpus::timed::{GoldTime, Timed};

/// The counts of some articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeCounts {
    /// Times that people marked.
    pub gold: usize,
    /// Times that were read.
    pub predicted: usize,
    /// Pairs.
    pub relaxed: usize,
    /// Pairs with the same span.
    pub strict: usize,
    /// Pairs with the same value.
    pub value: usize,
}

impl std::ops::AddAssign for TimeCounts {
    fn add_assign(&mut self, other: TimeCounts) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.relaxed += other.relaxed;
        self.strict += other.strict;
        self.value += other.value;
    }
}

/// How one article's times are paired: indexes of gold and of the claims.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Gold and prediction that belong together.
    pub paired: Vec<(usize, usize)>,
    /// Gold that was missed.
    pub missed: Vec<usize>,
    /// What was read where nothing is marked.
    pub surplus: Vec<usize>,
}

/// Pairs the times of one article.
pub fn pair(article: &Timed, claims: &Claims) -> Pairs {
    let span = |index: usize| {
        let span = claims.times[index].timex.span;
        (span.start as usize, span.end as usize)
    };
    let read: Vec<usize> = (0..claims.times.len()).filter(|&index| span(index).1 <= article.annotated).collect();
    let mut owner = vec![None; claims.times.len()];
    let mut taken = vec![None; article.gold.len()];
    for exact in [true, false] {
        for (index, gold) in article.gold.iter().enumerate() {
            if taken[index].is_some() {
                continue;
            }
            let fits = |&&other: &&usize| {
                let (start, end) = span(other);
                owner[other].is_none()
                    && if exact { (start, end) == (gold.start, gold.end) } else { start < gold.end && gold.start < end }
            };
            if let Some(&other) = read.iter().find(fits) {
                owner[other] = Some(index);
                taken[index] = Some(other);
            }
        }
    }
    Pairs {
        paired: taken.iter().enumerate().filter_map(|(gold, other)| Some((gold, (*other)?))).collect(),
        missed: (0..taken.len()).filter(|&gold| taken[gold].is_none()).collect(),
        surplus: read.into_iter().filter(|&other| owner[other].is_none()).collect(),
    }
}

/// Counts what is right in one article.
pub fn score(article: &Timed, claims: &Claims) -> TimeCounts {
    let pairs = pair(article, claims);
    let read = |index: usize| &claims.times[index].timex;
    let is_exact = |&&(gold, other): &&(usize, usize)| {
        let (gold, span) = (&article.gold[gold], read(other).span);
        (gold.start, gold.end) == (span.start as usize, span.end as usize)
    };
    TimeCounts {
        gold: article.gold.len(),
        predicted: pairs.paired.len() + pairs.surplus.len(),
        relaxed: pairs.paired.len(),
        strict: pairs.paired.iter().filter(is_exact).count(),
        value: pairs.paired.iter().filter(|&&(gold, other)| is_right(&article.gold[gold], read(other))).count(),
    }
}

/// Whether a value is the one that was marked; where none was, none is right.
pub fn is_right(gold: &GoldTime, read: &Timex) -> bool {
    let value = read.value.as_deref().map(canonical);
    match gold.values.as_slice() {
        [] => value.is_none(),
        values => values.iter().any(|gold| Some(canonical(gold)) == value),
    }
}

/// Whether a result of Recognizers-Text is met: a time that meets it has its TIMEX, one of its values, or its first
/// and last day; the corpus gives the day after the last, or the last itself where it was named.
pub fn resolves(gold: &GoldTime, claims: &Claims) -> bool {
    claims.times.iter().map(|time| &time.timex).any(|read| {
        let meets = (read.span.start as usize) < gold.end && gold.start < read.span.end as usize;
        meets && (is_right(gold, read) || gold.days.iter().any(|days| is_within(days, read)))
    })
}

fn is_within((start, end): &(Option<String>, Option<String>), read: &Timex) -> bool {
    let first = read.earliest.map(|day| day.to_string());
    let last = read.latest.map(|day| day.to_string());
    let after = read.latest.and_then(|day| day.tomorrow().ok()).map(|day| day.to_string());
    match (start, end) {
        (None, None) => false,
        // "before 2018" and "since August" give one end: of the period that is named, its first day or the day after.
        (Some(_), None) => *start == first || *start == after,
        (None, Some(_)) => *end == first || *end == after,
        (Some(_), Some(_)) => *start == first && (*end == after || *end == last),
    }
}

/// A value in the form in which TIMEX2's and TIMEX3's are compared: decades and centuries of a length in years, no
/// unknown parts at the end, no zero seconds.
pub fn canonical(value: &str) -> String {
    let mut value = value.to_owned();
    for (unit, years) in [("DE", 10.0), ("CE", 100.0)] {
        let count = value.strip_prefix('P').and_then(|rest| rest.strip_suffix(unit));
        if let Some(count) = count.and_then(|count| count.parse::<f64>().ok()) {
            value = format!("P{}Y", count * years);
        }
    }
    if let Some(rest) = value.strip_prefix("P.") {
        value = format!("P0.{rest}");
    }
    let is_dated = !value.starts_with("XXXX") && !value.starts_with("BCXX");
    while is_dated && value.ends_with("-XX") {
        value.truncate(value.len() - 3);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_mean_the_same() {
        for (value, same) in [
            ("P2CE", "P200Y"),
            ("P.5CE", "P50Y"),
            ("P1DE", "P10Y"),
            ("1943-07-XX", "1943-07"),
            ("XXXX-XX-XX", "XXXX-XX-XX"),
            ("PXDE", "PXDE"),
            ("2009-12-15T18:00Z", "2009-12-15T18:00Z"),
        ] {
            assert_eq!(canonical(value), same);
        }
    }
}
