//! Does a pronoun mean this name or that?
//!
//! In: a passage with a pronoun and two names, and its record. Out: [`Gap`]. As in Webster et al. 2018 ("Mind the
//! GAP"): two decisions for each passage, counted over all passages, the F1 of saying that the pronoun means the name;
//! the bias is the F1 of the feminine passages divided by that of the masculine ones.
//!
//! The record says that the pronoun means a name when one of its entities has a mention at just the pronoun's place and
//! a mention of the kind `name` that lies within the marked name, or the name within it.

use std::ops::AddAssign;

use super::counts::Tally;
use super::report::Rates;
use crate::Span;
use crate::corpus::gap::Passage;
use crate::error::mistake::Mistake;
use crate::prediction::record::{Entity, Record};

/// Counts over passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Passages with a pronoun of women.
    pub feminine: Tally,
    /// Passages with a pronoun of men.
    pub masculine: Tally,
}

impl Gap {
    /// Compares one passage.
    pub fn new(passage: &Passage, record: &Record, mistakes: &mut Vec<Mistake>) -> Gap {
        let mut tally = Tally::default();
        for (letter, (name, meant)) in ["A", "B"].into_iter().zip(passage.names) {
            let read = record.entities.iter().any(|entity| means(entity, passage.pronoun, name));
            tally.gold += usize::from(meant);
            tally.predicted += usize::from(read);
            tally.hits += usize::from(meant && read);
            tally.found += usize::from(meant && read);
            if meant != read {
                let class = if meant { "gap missed" } else { "gap wrong" };
                let holder = record.entities.iter().find(|entity| is_meant(entity, passage.pronoun));
                let holder = holder.map_or("nobody", |entity| entity.name.as_deref().unwrap_or("no name"));
                let mistake = Mistake::new(class.into(), letter, holder);
                mistakes.push(mistake.marked('g', name).marked('p', passage.pronoun));
            }
        }
        let none = Tally::default();
        let [feminine, masculine] = if passage.feminine { [tally, none] } else { [none, tally] };
        Gap { feminine, masculine }
    }

    /// All passages.
    pub fn all(self) -> Tally {
        let mut sum = self.feminine;
        sum += self.masculine;
        sum
    }

    /// The feminine F1 divided by the masculine; 0 where the latter is 0.
    pub fn bias(self) -> f64 {
        let (feminine, masculine) = (Rates::new(self.feminine).f1, Rates::new(self.masculine).f1);
        if masculine > 0.0 { feminine / masculine } else { 0.0 }
    }
}

fn means(entity: &Entity, pronoun: Span, name: Span) -> bool {
    is_meant(entity, pronoun)
        && entity.mentions.iter().any(|mention| {
            let span = mention.span();
            mention.kind == "name" && (span.contains(name) || name.contains(span))
        })
}

fn is_meant(entity: &Entity, pronoun: Span) -> bool {
    entity.mentions.iter().any(|mention| mention.span() == pronoun)
}

impl AddAssign for Gap {
    fn add_assign(&mut self, other: Gap) {
        self.feminine += other.feminine;
        self.masculine += other.masculine;
    }
}
