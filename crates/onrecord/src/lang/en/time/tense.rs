//! Whether what is told of a time has happened or is to come, as far as the words near it show.
//!
//! In: a sentence and the place of an expression. Out: a [`Tense`]. It is no parser: the nearest word that shows a
//! tense decides, before the expression first, then behind it.

use super::lexicon::Class;
use super::words::Words;
use crate::lang::en;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    #[default]
    Unknown,
}

/// How far a verb may stand from its time, in atoms.
const REACH: usize = 14;

impl Words<'_, '_> {
    pub(super) fn tense(self, start: usize, end: usize) -> Tense {
        let before = (start.saturating_sub(REACH)..start).rev();
        let behind = end..(end + REACH).min(self.atoms.len());
        self.first_tense(before, true).or_else(|| self.first_tense(behind, false)).unwrap_or_default()
    }

    fn first_tense(self, places: impl Iterator<Item = usize>, leads: bool) -> Option<Tense> {
        let mut participle = None;
        for (steps, at) in places.enumerate() {
            let atom = self.get(at)?;
            // "held" and "closed" may belong to "will be held" or "was closed": the auxiliary is not far.
            if participle.is_some_and(|since| steps > since + 4) {
                return Some(Tense::Past);
            }
            if atom.is_mark(';') || matches!(atom.text, "“" | "”" | "\"") {
                break;
            }
            if atom.is(Class::FutureTense) {
                return Some(Tense::Future);
            }
            if atom.is(Class::To) && self.is_infinitive(at + 1) {
                // "In February it passed them to become the first": what follows the verb is its end, not its time.
                let is_end = !leads && participle.is_some();
                return Some(if is_end { Tense::Past } else { Tense::Future });
            }
            // "The vote is Thursday", "the hearings are on Nov. 8".
            if leads && steps <= 1 && matches!(atom.text, "is" | "are") {
                return Some(Tense::Future);
            }
            if atom.is(Class::PastTense) {
                return Some(Tense::Past);
            }
            if atom.entry == super::lexicon::Entry::default() && atom.text.len() > 3 && participle.is_none() {
                let entry = en::look_up(atom.text);
                let is_verb = entry.is_any(&[en::Class::Verb, en::Class::InEd]);
                let is_small = atom.text.starts_with(char::is_lowercase);
                participle = (is_verb && is_small && !entry.is(en::Class::Determiner)).then_some(steps);
            }
        }
        participle.map(|_| Tense::Past)
    }

    /// "to open", not "to the", "to Paris".
    fn is_infinitive(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| {
            atom.kind == super::atom::Sort::Word
                && (atom.entry == super::lexicon::Entry::default() || atom.is(Class::Be))
                && atom.text.starts_with(char::is_lowercase)
                && !en::look_up(atom.text).is_any(&[en::Class::Determiner, en::Class::InIng, en::Class::InS])
        })
    }
}
