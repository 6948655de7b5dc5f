//! Do scores mean what they say? Of the rows with a score near 0.8, eight in ten should be right.
//!
//! In: scores, and whether their rows are right. Out: [`Bins`]: ten of equal width, and the expected calibration error
//! of Naeini et al. 2015: the distance between mean score and share of right rows, weighed by the rows of each bin.

use std::ops::AddAssign;

/// Rows by their score. A bin holds the scores from its lower end on, and the last one 1 too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins([Bin; 10]);

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
    /// One more row.
    pub fn add(&mut self, score: f64, right: bool) {
        // 0.7 * 10 is a little more than 7, and 0.29 * 100 a little less than 29: ends are met to nine digits.
        #[expect(clippy::cast_sign_loss, reason = "scores are 0 to 1")]
        let bin = (score.clamp(0.0, 1.0) * 10.0 + 1e-9) as usize;
        let bin = &mut self.0[bin.min(9)];
        bin.rows += 1;
        bin.right += usize::from(right);
        bin.sum += score;
    }

    /// The bins, from the lowest score on.
    pub fn bins(&self) -> &[Bin; 10] {
        &self.0
    }

    /// All rows together.
    pub fn all(&self) -> Bin {
        let mut all = Bin::default();
        for &bin in &self.0 {
            all += bin;
        }
        all
    }

    /// The expected calibration error, 0 to 1; 0 without rows.
    pub fn error(&self) -> f64 {
        let rows = number(self.all().rows);
        // Of a bin: rows × |sum ÷ rows − right ÷ rows|.
        let apart: f64 = self.0.iter().map(|bin| (bin.sum - number(bin.right)).abs()).sum();
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
    fn ends_belong_to_the_upper_bin() {
        for bin in 0..10_u32 {
            check(&[(f64::from(bin) / 10.0, false)], &[bin as usize], f64::from(bin) / 10.0);
            check(&[(f64::from(bin) / 10.0 + 0.09, false)], &[bin as usize], f64::from(bin) / 10.0 + 0.09);
        }
    }
}
