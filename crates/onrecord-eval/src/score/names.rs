//! How many names are found, with their ends and their kind?
//!
//! In: the names that people marked in a text, and its record. Out: [`Names`]. It looks at mentions of the kind `name`
//! of entities that are a person, an organization or a place; whoever marked other names (an election, a language) does
//! not tell whether the record may hold them, so a prediction that overlaps one of those is not counted, right or wrong.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::counts::Tally;
use crate::Span;
use crate::corpus::crossner::Marked;
use crate::error::mistake::Mistake;
use crate::prediction::record::Record;

/// What is scored.
pub const KINDS: [&str; 3] = ["person", "organization", "place"];

/// Counts of each of [`KINDS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// In the order of [`KINDS`].
    pub by_kind: [Tally; 3],
    /// Predictions that were not counted.
    pub set_aside: usize,
}

impl Names {
    /// Compares the names of one text.
    pub fn new(marked: &[Marked], record: &Record, mistakes: &mut Vec<Mistake>) -> Names {
        let mut names = Names::default();
        let mut read = BTreeSet::new();
        for entity in &record.entities {
            let Some(kind) = KINDS.iter().position(|kind| *kind == entity.kind) else { continue };
            let mentions = entity.mentions.iter().filter(|mention| mention.kind == "name");
            read.extend(mentions.map(|mention| (mention.span(), kind)));
        }
        let all_read = read.len();
        read.retain(|(span, _)| !marked.iter().any(|name| name.kind.is_none() && name.span.overlaps(*span)));
        names.set_aside = all_read - read.len();
        let gold: BTreeSet<(Span, usize)> = marked
            .iter()
            .filter_map(|name| Some((name.span, KINDS.iter().position(|kind| Some(*kind) == name.kind)?)))
            .collect();
        for &(span, kind) in &read {
            let right = gold.contains(&(span, kind));
            names.by_kind[kind].predicted += 1;
            names.by_kind[kind].hits += usize::from(right);
            if !right {
                mistakes.push(mistake("surplus", (span, kind), &gold).marked('r', span));
            }
        }
        for &(span, kind) in &gold {
            let found = read.contains(&(span, kind));
            names.by_kind[kind].gold += 1;
            names.by_kind[kind].found += usize::from(found);
            if !found {
                mistakes.push(mistake("missed", (span, kind), &read).marked('g', span));
            }
        }
        names
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

/// Why a name stands alone: nothing overlaps it, the ends are others, or the kind is.
fn mistake(side: &'static str, (span, kind): (Span, usize), others: &BTreeSet<(Span, usize)>) -> Mistake {
    let over = others.iter().find(|(other, _)| other.overlaps(span));
    let (why, other) = match over {
        None => ("alone", String::new()),
        Some((other, other_kind)) if *other == span => ("kind", KINDS[*other_kind].to_owned()),
        Some((other, other_kind)) => {
            ("ends", format!("{} {}..{}", KINDS[*other_kind], other.start, other.end))
        }
    };
    Mistake::new(format!("name {side} {why}"), KINDS[kind], other)
}

impl AddAssign for Names {
    fn add_assign(&mut self, other: Names) {
        for (sum, more) in self.by_kind.iter_mut().zip(other.by_kind) {
            *sum += more;
        }
        self.set_aside += other.set_aside;
    }
}
