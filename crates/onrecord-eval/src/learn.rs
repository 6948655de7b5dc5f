//! Tables of weights, learned from what people marked.
//!
//! In: examples, each a few features and the right class. Out: an averaged perceptron (Freund and Schapire, 1999) as a
//! table of whole numbers. Nothing is random: examples are seen in the order in which they are given.

pub mod part;

use std::collections::{BTreeMap, HashMap};

use onrecord::learn::Weights;

/// An averaged perceptron of some classes.
#[derive(Clone, Debug)]
pub struct Perceptron {
    classes: usize,
    rows: HashMap<u32, Vec<Weight>>,
    seen: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    now: i32,
    sum: i64,
    since: u32,
}

impl Perceptron {
    /// One that knows nothing.
    pub fn new(classes: usize) -> Perceptron {
        Perceptron { classes, rows: HashMap::new(), seen: 0 }
    }

    /// The scores of all classes.
    pub fn scores(&self, features: &[u32]) -> Vec<i32> {
        let mut scores = vec![0; self.classes];
        for row in features.iter().filter_map(|feature| self.rows.get(feature)) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight.now;
            }
        }
        scores
    }

    /// The best class; of equals the first.
    pub fn best(&self, features: &[u32]) -> usize {
        best_of(&self.scores(features))
    }

    /// Takes an example: where `guess` is not `truth`, the weights move.
    pub fn learn(&mut self, features: &[u32], truth: usize, guess: usize) {
        self.tick();
        if truth != guess {
            self.reward(features, truth, 1);
            self.reward(features, guess, -1);
        }
    }

    /// Another example was seen.
    pub fn tick(&mut self) {
        self.seen += 1;
    }

    /// Moves the weights of one class.
    pub fn reward(&mut self, features: &[u32], class: usize, by: i32) {
        for &feature in features {
            let row = self.rows.entry(feature).or_insert_with(|| vec![Weight::default(); self.classes]);
            let weight = &mut row[class];
            weight.sum += i64::from(weight.now) * i64::from(self.seen - weight.since);
            weight.since = self.seen;
            weight.now += by;
        }
    }

    /// The averages as whole numbers, the largest of which is 127; rows without a weight of at least `least` are left out.
    #[expect(clippy::cast_precision_loss, reason = "sums of small steps stay far below 2⁵³")]
    pub fn table(&self, least: u8) -> Vec<u8> {
        let average = |weight: &Weight| {
            let sum = weight.sum + i64::from(weight.now) * i64::from(self.seen - weight.since);
            sum as f64 / f64::from(self.seen.max(1))
        };
        let largest = self.rows.values().flatten().map(|weight| average(weight).abs()).fold(0.0, f64::max);
        let scale = 127.0 / largest.max(1e-9);
        let rows = self.rows.iter().map(|(&key, row)| {
            (key, row.iter().map(|weight| (average(weight) * scale).round() as i8).collect::<Vec<i8>>())
        });
        let rows: BTreeMap<u32, Vec<i8>> =
            rows.filter(|(_, row)| row.iter().any(|weight| weight.unsigned_abs() >= least)).collect();
        Weights::write(self.classes as u8, &rows)
    }
}

/// The index of the largest; of equals the first.
pub fn best_of(scores: &[i32]) -> usize {
    (0..scores.len()).rev().max_by_key(|&at| scores[at]).unwrap_or(0)
}
