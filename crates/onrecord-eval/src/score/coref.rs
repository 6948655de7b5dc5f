//! How well do clusters of mentions agree? Gold and found clusters → MUC, B³, CEAFe, and their mean.
//!
//! In: clusters of mentions, each mention in one cluster at most. Out: [`Scores`]. The definitions are those of the
//! CoNLL 2012 scorer, as Pradhan et al. 2014 ("Scoring coreference partitions of predicted mentions") write them down:
//! mentions need not be the same on both sides. Counts of several articles are summed before they are divided.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Clusters of mentions.
pub type Clusters<M> = [Vec<M>];

/// Numerators and denominators of the three measures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Vilain et al. 1995: links.
    pub muc: Ratio,
    /// Bagga and Baldwin 1998: mentions.
    pub b_cubed: Ratio,
    /// Luo 2005, with φ₄: entities.
    pub ceaf_e: Ratio,
}

/// What is right, of what was found and of what there is. Found and gold count different things with MUC and B³.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratio {
    /// Right, as precision counts it.
    pub right_of_found: f64,
    /// All that was found.
    pub found: f64,
    /// Right, as recall counts it.
    pub right_of_gold: f64,
    /// All that there is.
    pub gold: f64,
}

impl Ratio {
    /// Precision, 0 to 1; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right_of_found, self.found)
    }

    /// Recall, 0 to 1.
    pub fn recall(self) -> f64 {
        share(self.right_of_gold, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        share(2.0 * p * r, p + r)
    }
}

impl Scores {
    /// Compares the clusters of one article.
    pub fn new<M: Ord>(gold: &Clusters<M>, found: &Clusters<M>) -> Scores {
        let overlap = overlaps(gold, found);
        let sizes =
            |clusters: &Clusters<M>| clusters.iter().map(|cluster| number(cluster.len())).collect::<Vec<_>>();
        let (gold, found) = (sizes(gold), sizes(found));
        let turned: Overlaps = overlap.iter().map(|(&(g, f), &n)| ((f, g), n)).collect();
        let (right_of_gold, links) = muc(&gold, &overlap);
        let (right_of_found, found_links) = muc(&found, &turned);
        let similar = best_pairs(&gold, &found, &overlap);
        Scores {
            muc: Ratio { right_of_found, found: found_links, right_of_gold, gold: links },
            b_cubed: Ratio {
                right_of_found: b_cubed(&found, &turned),
                found: found.iter().sum(),
                right_of_gold: b_cubed(&gold, &overlap),
                gold: gold.iter().sum(),
            },
            ceaf_e: Ratio {
                right_of_found: similar,
                found: number(found.len()),
                right_of_gold: similar,
                gold: number(gold.len()),
            },
        }
    }

    /// The mean F1 of the three: the CoNLL score.
    pub fn conll(self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Scores) {
        for (sum, more) in
            [(&mut self.muc, other.muc), (&mut self.b_cubed, other.b_cubed), (&mut self.ceaf_e, other.ceaf_e)]
        {
            sum.right_of_found += more.right_of_found;
            sum.found += more.found;
            sum.right_of_gold += more.right_of_gold;
            sum.gold += more.gold;
        }
    }
}

/// How many mentions a cluster of one side shares with one of the other; pairs that share none are left out.
type Overlaps = BTreeMap<(usize, usize), f64>;

fn overlaps<M: Ord>(gold: &Clusters<M>, found: &Clusters<M>) -> Overlaps {
    let of: BTreeMap<&M, usize> = found
        .iter()
        .enumerate()
        .flat_map(|(at, cluster)| cluster.iter().map(move |mention| (mention, at)))
        .collect();
    let mut shared = Overlaps::new();
    for (at, cluster) in gold.iter().enumerate() {
        for other in cluster.iter().filter_map(|mention| of.get(mention)) {
            *shared.entry((at, *other)).or_default() += 1.0;
        }
    }
    shared
}

/// Links kept, and links there are: a cluster of n mentions has n − 1, and loses one for each part too many.
fn muc(sizes: &[f64], overlaps: &Overlaps) -> (f64, f64) {
    let mut kept = 0.0;
    for (at, size) in sizes.iter().enumerate() {
        let parts = || overlaps.range((at, 0)..(at + 1, 0)).map(|(_, &n)| n);
        let alone = size - parts().sum::<f64>();
        kept += size - (number(parts().count()) + alone);
    }
    (kept, sizes.iter().map(|size| size - 1.0).sum())
}

/// For each mention the share of its cluster that it keeps, summed.
fn b_cubed(sizes: &[f64], overlaps: &Overlaps) -> f64 {
    overlaps.iter().map(|(&(at, _), n)| n * n / sizes[at]).sum()
}

/// The similarity of the best one-to-one pairing of clusters: φ₄ = 2 |G ∩ F| / (|G| + |F|), by the Hungarian method.
fn best_pairs(gold: &[f64], found: &[f64], overlaps: &Overlaps) -> f64 {
    let n = gold.len().max(found.len());
    let similarity = |g: usize, f: usize| {
        let shared = overlaps.get(&(g, f)).copied().unwrap_or(0.0);
        if shared > 0.0 { 2.0 * shared / (gold[g] + found[f]) } else { 0.0 }
    };
    // Rows and columns from 1; column 0 is where each search begins. Kuhn 1955, Munkres 1957.
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        let mut least = vec![f64::INFINITY; n + 1];
        let mut back = vec![0; n + 1];
        let mut used = vec![false; n + 1];
        row_of[0] = row;
        let mut at = 0;
        while row_of[at] != 0 {
            used[at] = true;
            let (mut next, mut step) = (0, f64::INFINITY);
            for column in (1..=n).filter(|&column| !used[column]) {
                let cost =
                    -similarity(row_of[at] - 1, column - 1) - row_price[row_of[at]] - column_price[column];
                if cost < least[column] {
                    (least[column], back[column]) = (cost, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=n {
                if used[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[back[at]];
            at = back[at];
        }
    }
    (1..=n).map(|column| similarity(row_of[column] - 1, column - 1)).sum()
}

#[allow(clippy::cast_precision_loss, reason = "no article has so many mentions")]
fn number(count: usize) -> f64 {
    count as f64
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(gold: &[&str], found: &[&str]) -> Scores {
        let clusters =
            |of: &[&str]| of.iter().map(|cluster| cluster.chars().collect()).collect::<Vec<Vec<char>>>();
        Scores::new(&clusters(gold), &clusters(found))
    }

    #[track_caller]
    fn check(ratio: Ratio, recall: f64, precision: f64) {
        assert!((ratio.recall() - recall).abs() < 1e-9, "recall {} {recall}", ratio.recall());
        assert!((ratio.precision() - precision).abs() < 1e-9, "precision {} {precision}", ratio.precision());
    }

    /// The example that Pradhan et al. 2014 work out by hand.
    #[test]
    fn mentions_that_differ() {
        let scores = scores(&["abc", "defg"], &["ab", "cd", "fghi"]);
        check(scores.muc, 0.4, 0.4);
        check(scores.b_cubed, 35.0 / 84.0, 0.5);
        check(scores.ceaf_e, 0.65, 1.3 / 3.0);
        assert!((scores.ceaf_e.f1() - 0.52).abs() < 1e-9);
    }

    #[test]
    fn all_in_one_and_each_alone() {
        let one = scores(&["ab", "cd", "ef"], &["abcdef"]);
        check(one.muc, 1.0, 0.6);
        check(one.b_cubed, 1.0, 1.0 / 3.0);
        check(one.ceaf_e, 0.5 / 3.0, 0.5);
        let alone = scores(&["abcd"], &["a", "b", "c", "d"]);
        check(alone.muc, 0.0, 0.0);
        check(alone.b_cubed, 0.25, 1.0);
        check(alone.ceaf_e, 0.4, 0.1);
    }

    #[test]
    fn the_same_and_nothing() {
        let same = scores(&["abc", "de"], &["ed", "cab"]);
        assert!((same.conll() - 1.0).abs() < 1e-9);
        assert!(scores(&["ab"], &[]).conll().abs() < 1e-9);
        assert!(scores(&[], &[]).conll().abs() < 1e-9);
    }

    /// A greedy pairing would take the pair that is most alike and lose more than it gains.
    #[test]
    fn the_best_pairing_is_not_the_greedy_one() {
        // φ₄ of abc and abd is 2/3, of d and c 0; of abc and c 1/2, of d and abd 1/2.
        let scores = scores(&["abc", "d"], &["abd", "c"]);
        check(scores.ceaf_e, 0.5, 0.5);
    }

    #[test]
    fn articles_are_summed() {
        let mut sum = scores(&["abc"], &["abc"]);
        sum += scores(&["ab"], &["a", "b"]);
        check(sum.muc, 2.0 / 3.0, 1.0);
    }
}
