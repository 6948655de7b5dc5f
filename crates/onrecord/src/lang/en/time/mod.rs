//! How English tells time: words and their order.
//!
//! In: the tokens of a sentence. Out: [`Expression`]s, which keep what the words say. It knows no date: whether
//! "Thursday" is past or to come is asked by [`crate::read::time`]. Words stand in `word.tsv` and `holiday.tsv`.
//!
//! At each place the longest reading wins: a set, a length and what it leads to, a point. Then neighbours are joined:
//! "from 2014 to 2016", "March 5 and 6", "August and September 1914".

mod lexicon;
mod atom;
mod words;
mod number;
mod cue;
mod calendar;
mod numeric;
mod season;
mod step;
mod clock;
mod length;
mod set;
mod point;
mod range;
mod tense;

pub(crate) use tense::Tense;

use atom::Atom;
use lexicon::Class;
use words::{Read, Words};

use crate::lang::time::{Base, Expression, Family, Meaning, Part, Year};
use crate::text::Token;

/// Reads sentences; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Reader<'t> {
    atoms: Vec<Atom<'t>>,
}

/// An expression, the tense of what it stands in, and where it stands in its sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) expression: Expression,
    pub(crate) tense: Tense,
    /// Whether it is named in passing, so that the story does not go there: "since 1813", "the treaty of 1839".
    pub(crate) is_aside: bool,
    /// Whether it is told as it stands now: "as of February".
    pub(crate) is_current: bool,
}

impl<'t> Reader<'t> {
    /// The expressions of one sentence, in order of position.
    pub(crate) fn sentence(&mut self, text: &'t str, tokens: &[Token]) -> Vec<Told> {
        atom::split(text, tokens, &mut self.atoms);
        let words = Words { atoms: &self.atoms };
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.atoms.len() {
            match words.expression(at) {
                Some((expression, end)) => {
                    found.push(Found { meaning: expression.0, family: expression.1, start: at, end });
                    at = end;
                }
                None => at += 1,
            }
        }
        let found = range::join(words, found);
        found.into_iter().map(|found| words.told(found)).collect()
    }
}

/// An expression by the places of its atoms.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    meaning: Meaning,
    family: Family,
    start: usize,
    end: usize,
}

impl Words<'_, '_> {
    fn expression(self, at: usize) -> Read<(Meaning, Family)> {
        if !self.may_start(at) {
            return None;
        }
        if let Some((repeated, end)) = self.repeated(at) {
            return Some(((Meaning::Repeated(repeated), Family::Set), end));
        }
        let length = self.length(at);
        let point = self.point(at).map(|((point, family), end)| ((Meaning::Point(point), family), end));
        match (length, point) {
            (Some(length), Some(point)) => Some(if point.1 >= length.1 { point } else { length }),
            (length, point) => length.or(point),
        }
    }

    /// Most words begin no time; it is enough to look at them once.
    fn may_start(self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|atom| atom.entry != lexicon::Entry::default() || atom.kind != atom::Sort::Word)
    }

    fn told(self, found: Found) -> Told {
        let span = self.span(found.start, found.end);
        let tense = self.tense(found.start, found.end);
        let is_aside = self.is_aside(&found);
        let expression = Expression { span, meaning: found.meaning, family: found.family };
        let is_current = self.before(found.start).is_some_and(|of| of.is(Class::Of))
            && found
                .start
                .checked_sub(2)
                .and_then(|place| self.get(place))
                .is_some_and(|atom| atom.text == "as");
        Told { expression, tense, is_aside, is_current }
    }

    /// A year alone leads the story where "in", "during" or "by" stands before it, or nothing.
    fn is_aside(self, found: &Found) -> bool {
        let Meaning::Point(point) = &found.meaning else { return false };
        let Base::Calendar { year: Some(Year::Full(_)), part } = point.base else { return false };
        if part != Part::Year {
            return self.describes(found);
        }
        let leads = [Class::In, Class::During, Class::By, Class::Early, Class::Mid, Class::Late];
        let is_led = |atom: &Atom<'_>| atom.is_any_of(&leads) || atom.text.eq_ignore_ascii_case("year");
        point.modifier.is_none() && self.before(found.start).is_some_and(|before| !is_led(before))
    }

    /// "the August 1792 uprising": a time that tells which one is meant.
    fn describes(self, found: &Found) -> bool {
        let opens = |atom: &Atom<'_>| atom.is_any_of(&[Class::The, Class::A]) || atom.is_owner();
        let is_opened = self.is(found.start, Class::The) || self.before(found.start).is_some_and(opens);
        is_opened && self.is_plain_noun(found.end)
    }

    /// Whether a comma, dash or small word joins two expressions.
    fn joins(self, at: usize) -> bool {
        self.is_any(at, &[Class::And, Class::Or, Class::To, Class::Until, Class::Through])
            || self.is_dash(at)
            || self.is_mark(at, ',')
            || self.is_mark(at, '/')
    }
}
