//! How far would the figures move with other articles of the same sort?
//!
//! In: the counts of each article. Out: 95% intervals of the F1 of `attribution`. Articles are drawn, not
//! attributions: those of one article stand and fall together. The generator is SplitMix64 with a fixed seed
//! (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), so that the committed intervals
//! are the same on every machine.

use super::report::Report;
use super::{Counts, Kind};

/// An interval that holds 95% of the resampled figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// What to find it by: `all` or the name of a kind.
    pub key: &'static str,
    /// The figure above 2.5% of them.
    pub low: f64,
    /// The figure below 2.5% of them.
    pub high: f64,
}

/// How often articles are drawn.
pub const RESAMPLES: usize = 1000;

/// The intervals of the F1 of `attribution`, over all kinds and by kind. Empty without articles.
pub fn intervals(articles: &[Counts]) -> Vec<Interval> {
    if articles.is_empty() {
        return Vec::new();
    }
    let keys = ["all", Kind::Direct.name(), Kind::Mixed.name(), Kind::Indirect.name()];
    let mut drawn: [Vec<f64>; 4] = Default::default();
    let mut random = SplitMix64(0);
    for _ in 0..RESAMPLES {
        let mut sum = Counts::default();
        for _ in articles {
            sum += articles[random.below(articles.len())];
        }
        let report = Report::new(&sum);
        for (figures, key) in drawn.iter_mut().zip(keys) {
            figures.extend(report.rates("attribution", key).map(|rates| rates.f1));
        }
    }
    let interval = |(key, mut figures): (&'static str, Vec<f64>)| {
        figures.sort_by(f64::total_cmp);
        Interval { key, low: figures[RESAMPLES * 25 / 1000], high: figures[RESAMPLES * 975 / 1000] }
    };
    keys.into_iter().zip(drawn).map(interval).collect()
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is small beside 2⁶⁴: the bias of the product is far below any digit shown.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}
