//! Do scores mean what they say? Of the rows with a score near 0.8, eight in ten should be right.
//!
//! In: scores, and whether their rows are right. Out: [`Bins`]: ten of equal width, and the expected calibration error
//! of Naeini et al. 2015: the distance between mean score and share of right rows, weighed by the rows of each bin.
//! Scores are shares that were counted somewhere. To see what that is worth on articles that were not counted, the rows
//! of each fifth of the articles also get the shares of the other four, and the error is told of those as well.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Rows by their score. A bin holds the scores from its lower end on, and the last one 1 too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins {
    tenths: [Bin; 10],
    /// The articles so far.
    articles: usize,
    /// Of each row its score, its article, and whether it is right.
    rows: Vec<(f64, usize, bool)>,
}

/// Parts of the articles for [`Bins::held_out_error`].
const FOLDS: usize = 5;

/// The rows of one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many.
    pub rows: usize,
    /// How many of them are right.
    pub right: usize,
    /// The sum of their scores.
    pub sum: f64,
}

impl Bins {
    /// The rows to come are those of the next article.
    pub fn begin_article(&mut self) {
        self.articles += 1;
    }

    /// The expected calibration error, had each row the share of right rows among those that bear its score in the other
    /// folds of the articles.
    pub fn held_out_error(&self) -> f64 {
        // Of each score the rows of each fold, and the right ones among them.
        let mut counts: BTreeMap<u64, [(usize, usize); FOLDS]> = BTreeMap::new();
        for &(score, article, right) in &self.rows {
            let (rows, rights) = &mut counts.entry(score.to_bits()).or_default()[article % FOLDS];
            *rows += 1;
            *rights += usize::from(right);
        }
        let mut bins = Bins::default();
        for &(score, article, right) in &self.rows {
            let others =
                counts[&score.to_bits()].iter().enumerate().filter(|&(fold, _)| fold != article % FOLDS);
            let (rows, rights) = others.fold((0, 0), |sum, (_, of)| (sum.0 + of.0, sum.1 + of.1));
            // A score that no other fold has stays what it is.
            bins.add(if rows == 0 { score } else { number(rights) / number(rows) }, right);
        }
        bins.error()
    }

    /// One more row.
    pub fn add(&mut self, score: f64, right: bool) {
        // 0.7 * 10 is a little more than 7, and 0.29 * 100 a little less than 29: ends are met to nine digits.
        #[expect(clippy::cast_sign_loss, reason = "scores are 0 to 1")]
        let bin = (score.clamp(0.0, 1.0) * 10.0 + 1e-9) as usize;
        let bin = &mut self.tenths[bin.min(9)];
        bin.rows += 1;
        bin.right += usize::from(right);
        bin.sum += score;
        self.rows.push((score, self.articles, right));
    }

    /// The bins, from the lowest score on.
    pub fn bins(&self) -> &[Bin; 10] {
        &self.tenths
    }

    /// All rows together.
    pub fn all(&self) -> Bin {
        let mut all = Bin::default();
        for &bin in &self.tenths {
            all += bin;
        }
        all
    }

    /// The expected calibration error, 0 to 1; 0 without rows.
    pub fn error(&self) -> f64 {
        let rows = number(self.all().rows);
        // Of a bin: rows × |sum ÷ rows − right ÷ rows|.
        let apart: f64 = self.tenths.iter().map(|bin| (bin.sum - number(bin.right)).abs()).sum();
        if rows > 0.0 { apart / rows } else { 0.0 }
    }
}

impl Bin {
    /// The mean score; 0 without rows.
    pub fn mean(self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.sum / number(self.rows) }
    }
}

impl AddAssign for Bin {
    fn add_assign(&mut self, other: Bin) {
        self.rows += other.rows;
        self.right += other.right;
        self.sum += other.sum;
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows stay far below 2⁵³")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::Bins;

    #[track_caller]
    fn check(rows: &[(f64, bool)], filled: &[usize], error: f64) {
        let mut bins = Bins::default();
        for &(score, right) in rows {
            bins.add(score, right);
        }
        let found: Vec<usize> = (0..10).filter(|&bin| bins.bins()[bin].rows > 0).collect();
        assert_eq!(found, filled);
        assert!((bins.error() - error).abs() < 1e-12, "{} {error}", bins.error());
    }

    #[test]
    fn the_error_is_weighed_by_rows() {
        check(&[], &[], 0.0);
        check(&[(1.0, true), (1.0, true)], &[9], 0.0);
        check(&[(1.0, false)], &[9], 1.0);
        // Three rows near 0.8 of which two are right, one at 0.25 that is wrong: 3/4 × (0.8 − 2/3) + 1/4 × 0.25.
        check(&[(0.8, true), (0.8, true), (0.8, false), (0.25, false)], &[2, 8], 0.1 + 0.0625);
        // Too sure and too unsure do not make up for each other, but within a bin.
        check(&[(0.2, true), (0.9, false)], &[2, 9], 0.85);
        check(&[(0.52, true), (0.58, false)], &[5], 0.05);
    }

    #[test]
    fn held_out_rows_get_the_share_of_the_others() {
        let mut bins = Bins::default();
        for right in [true, true, false, true, true] {
            bins.begin_article();
            bins.add(0.6, right);
        }
        // Of the four right rows each gets 3/4, and the wrong one 1: both bins are half wrong or wholly.
        let expected = (4.0 * (1.0 - 0.75) + 1.0) / 5.0;
        assert!((bins.held_out_error() - expected).abs() < 1e-12, "{}", bins.held_out_error());
    }

    #[test]
    fn ends_belong_to_the_upper_bin() {
        for bin in 0..10_u32 {
            check(&[(f64::from(bin) / 10.0, false)], &[bin as usize], f64::from(bin) / 10.0);
            check(&[(f64::from(bin) / 10.0 + 0.09, false)], &[bin as usize], f64::from(bin) / 10.0 + 0.09);
        }
    }
}
