//! How many mentions of people are found, and who is who among them?
//!
//! In: the people that were marked in a document, and its record. Out: [`Mentions`]. Of the record it takes all
//! mentions of entities that are a person or a group, each place once.
//!
//! A predicted mention matches a gold one when it lies within its span and holds all words of its minimal span.
//! Matching is one to one: the pair whose spans differ by the fewest characters first, then the earlier prediction,
//! then the earlier gold.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::coref::Scores;
use super::counts::Tally;
use crate::Span;
use crate::corpus::gum::Mention;
use crate::error::mistake::Mistake;
use crate::prediction::record::Record;

/// The kinds of mentions, in the words of the record; `other` is what has a head of another class in the corpus.
pub const KINDS: [&str; 4] = ["name", "nominal", "pronoun", "other"];

/// Counts of one document, or of many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mentions {
    /// Mentions, in the order of [`KINDS`]; each side goes by its own kind.
    pub by_kind: [Tally; 4],
    /// The same with a looser match: within the gold span, and sharing a character with its minimal span.
    pub touching: Tally,
    /// Clusters of two and more.
    pub clusters: Scores,
}

/// A predicted mention, and the entity it belongs to.
struct Read {
    span: Span,
    kind: usize,
    entity: usize,
}

impl Mentions {
    /// Compares the mentions of one document. `links` gets what is wrong between two mentions.
    pub fn new(
        gold: &[Mention],
        record: &Record,
        mistakes: &mut Vec<Mistake>,
        links: &mut Vec<Mistake>,
    ) -> Mentions {
        let read = read(record);
        let pairs = one_to_one(&read, gold, |gold, span| gold.least.iter().all(|&word| span.contains(word)));
        let touching =
            one_to_one(&read, gold, |gold, span| gold.least.iter().any(|&word| span.overlaps(word)));
        let touching =
            Tally { predicted: read.len(), gold: gold.len(), hits: touching.len(), found: touching.len() };
        let mut mentions = Mentions { touching, ..Mentions::default() };
        for (r, mention) in read.iter().enumerate() {
            let hit = pairs.iter().any(|pair| pair.0 == r);
            mentions.by_kind[mention.kind].predicted += 1;
            mentions.by_kind[mention.kind].hits += usize::from(hit);
            if !hit {
                let class = format!("mention surplus {}", KINDS[mention.kind]);
                mistakes.push(Mistake::new(class, "", "").marked('r', mention.span));
            }
        }
        for (g, mention) in gold.iter().enumerate() {
            let found = pairs.iter().any(|pair| pair.1 == g);
            let kind = place(mention.kind);
            mentions.by_kind[kind].gold += 1;
            mentions.by_kind[kind].found += usize::from(found);
            if !found {
                let class = format!("mention missed {}", mention.kind);
                mistakes.push(Mistake::new(class, "", "").marked('g', mention.span));
            }
        }
        mentions.clusters = clusters(gold, &read, &pairs, links);
        mentions
    }

    /// All kinds together.
    pub fn all(self) -> Tally {
        let mut sum = Tally::default();
        for tally in self.by_kind {
            sum += tally;
        }
        sum
    }
}

fn place(kind: &str) -> usize {
    KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len() - 1)
}

/// The record's mentions of people, in order of position. Where two entities claim the same words, the first has them.
fn read(record: &Record) -> Vec<Read> {
    let people = record.entities.iter().enumerate();
    let people = people.filter(|(_, entity)| matches!(entity.kind.as_str(), "person" | "group"));
    let mut read: Vec<Read> = people
        .flat_map(|(at, entity)| {
            let mentions = entity.mentions.iter();
            mentions.map(move |m| Read { span: m.span(), kind: place(&m.kind), entity: at })
        })
        .collect();
    read.sort_by_key(|mention| (mention.span, mention.entity));
    read.dedup_by_key(|mention| mention.span);
    read
}

/// Pairs of a prediction and a gold mention.
fn one_to_one(
    read: &[Read],
    gold: &[Mention],
    holds: impl Fn(&Mention, Span) -> bool,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (r, Read { span, .. }) in read.iter().enumerate() {
        for (g, mention) in gold.iter().enumerate() {
            if mention.span.contains(*span) && holds(mention, *span) {
                let differ = (mention.span.end - mention.span.start) - (span.end - span.start);
                candidates.push((differ, r, g));
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken_read, mut taken_gold) = (vec![false; read.len()], vec![false; gold.len()]);
    let mut pairs = Vec::new();
    for (_, r, g) in candidates {
        if !taken_read[r] && !taken_gold[g] {
            (taken_read[r], taken_gold[g]) = (true, true);
            pairs.push((r, g));
        }
    }
    pairs
}

/// A mention of either side: matched ones are the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Gold(usize),
    Surplus(usize),
}

fn clusters(gold: &[Mention], read: &[Read], pairs: &[(usize, usize)], links: &mut Vec<Mistake>) -> Scores {
    let same = |r: usize| {
        let pair = pairs.iter().find(|pair| pair.0 == r);
        pair.map_or(Same::Surplus(r), |&(_, g)| Same::Gold(g))
    };
    let in_gold = grouped(gold.len(), |g| gold[g].entity.as_str());
    let in_read = grouped(read.len(), |r| read[r].entity);
    for cluster in &in_gold {
        let found: Vec<(usize, usize)> = cluster
            .iter()
            .filter_map(|g| pairs.iter().find(|pair| pair.1 == *g))
            .map(|&(r, g)| (r, g))
            .collect();
        for two in found.windows(2).filter(|two| read[two[0].0].entity != read[two[1].0].entity) {
            let [before, after] = [two[0].1, two[1].1].map(|g| &gold[g]);
            let mistake = Mistake::new("link missed".into(), format!("entity {}", before.entity), "apart");
            links.push(mistake.marked('g', before.span).marked('g', after.span));
        }
    }
    for cluster in &in_read {
        for two in cluster.windows(2) {
            let entity = |r: usize| match same(r) {
                Same::Gold(g) => gold[g].entity.as_str(),
                Same::Surplus(_) => "none",
            };
            let (before, after) = (entity(two[0]), entity(two[1]));
            if before != after {
                let mistake = Mistake::new("link wrong".into(), format!("{before} and {after}"), "one");
                links.push(mistake.marked('r', read[two[0]].span).marked('r', read[two[1]].span));
            }
        }
    }
    let clusters = |groups: Vec<Vec<usize>>, same: &dyn Fn(usize) -> Same| -> Vec<Vec<Same>> {
        groups.into_iter().map(|group| group.into_iter().map(same).collect()).collect()
    };
    Scores::new(&clusters(in_gold, &Same::Gold), &clusters(in_read, &same))
}

/// The numbers below `count` that have the same key, where there are two and more.
fn grouped<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for item in 0..count {
        groups.entry(key(item)).or_default().push(item);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

impl AddAssign for Mentions {
    fn add_assign(&mut self, other: Mentions) {
        for (sum, more) in self.by_kind.iter_mut().zip(other.by_kind) {
            *sum += more;
        }
        self.touching += other.touching;
        self.clusters += other.clusters;
    }
}
