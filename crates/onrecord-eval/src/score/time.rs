//! Times: what was found, and whether its value is right.
//!
//! In: the times of one article as people marked them and as they were read, in bytes. Out: [`TimeCounts`].
//! Two times are paired when they share a byte, each with one other at most: equal spans first, then by position. A
//! value is right when it is the same, in the form that [`canonical`] gives both.

use onrecord::read::time::Timex;
use onrecord::record::Claims;

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
    let read: Vec<usize> =
        (0..claims.times.len()).filter(|&index| span(index).1 <= article.annotated).collect();
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
                    && if exact {
                        (start, end) == (gold.start, gold.end)
                    } else {
                        start < gold.end && gold.start < end
                    }
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
        value: pairs
            .paired
            .iter()
            .filter(|&&(gold, other)| is_right(&article.gold[gold], read(other)))
            .count(),
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
pub fn resolves(text: &str, gold: &GoldTime, claims: &Claims) -> bool {
    claims.times.iter().map(|time| &time.timex).any(|read| {
        let meets = (read.span.start as usize) < gold.end && gold.start < read.span.end as usize;
        let is_same = trimmed(&text[read.span.range()]) == trimmed(&text[gold.start..gold.end]);
        let is_triple = || is_same && gold.values.iter().any(|value| is_range(value, read));
        meets && (is_right(gold, read) || gold.days.iter().any(|days| is_within(days, read)) || is_triple())
    })
}

/// A span without the article or preposition that one convention includes and the other does not.
fn trimmed(span: &str) -> String {
    let small = ["the", "a", "in", "on", "at", "for"];
    let words: Vec<String> = span.split_whitespace().map(str::to_lowercase).collect();
    let first = words.iter().position(|word| !small.contains(&word.as_str())).unwrap_or(0);
    words[first..].join(" ")
}

/// Whether a range agrees with "(begin,end,length)": it begins on that day, as far as the day is known, and has that
/// length.
fn is_range(value: &str, read: &Timex) -> bool {
    let inner = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let Some((begin, rest)) = inner.and_then(|inner| inner.split_once(',')) else { return false };
    let length = rest.rsplit(',').next().map(canonical);
    let first = read.earliest.map(|day| day.to_string()).unwrap_or_default();
    let begins = begin == first || begin.strip_prefix("XXXX").is_some_and(|rest| first.ends_with(rest));
    begins && length == read.value.as_deref().map(canonical)
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
