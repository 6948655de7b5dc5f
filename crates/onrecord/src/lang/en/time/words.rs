//! A place in a sentence, and what stands there.
//!
//! Every function of the grammar takes a place and gives what it read and the place behind it, or nothing. None looks
//! further than a few atoms, so that a text of nothing but dates is read in linear time.

use super::atom::{Atom, Sort};
use super::lexicon::Class;
use crate::text::Span;

/// What was read, and the place behind it.
pub(super) type Read<T> = Option<(T, usize)>;

#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a, 't> {
    pub(super) atoms: &'a [Atom<'t>],
}

impl<'a, 't> Words<'a, 't> {
    pub(super) fn get(self, at: usize) -> Option<&'a Atom<'t>> {
        self.atoms.get(at)
    }

    /// The atom before `at`.
    pub(super) fn before(self, at: usize) -> Option<&'a Atom<'t>> {
        self.atoms.get(at.checked_sub(1)?)
    }

    pub(super) fn is(self, at: usize, class: Class) -> bool {
        self.get(at).is_some_and(|atom| atom.is(class))
    }

    pub(super) fn is_any(self, at: usize, classes: &[Class]) -> bool {
        self.get(at).is_some_and(|atom| atom.entry.is_any(classes))
    }

    pub(super) fn is_mark(self, at: usize, mark: char) -> bool {
        self.get(at).is_some_and(|atom| atom.is_mark(mark))
    }

    pub(super) fn is_dash(self, at: usize) -> bool {
        self.get(at).is_some_and(Atom::is_dash)
    }

    pub(super) fn is_word(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| atom.kind == Sort::Word)
    }

    /// Whether nothing stands between the atom at `at` and the one before it.
    pub(super) fn is_tight(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| !atom.spaced)
    }

    /// A hyphen without space around it.
    pub(super) fn is_hyphen(self, at: usize) -> bool {
        self.is_dash(at) && self.is_tight(at) && self.is_tight(at + 1)
    }

    /// The place behind an atom of this class, if one stands here; else this place.
    pub(super) fn skip(self, at: usize, class: Class) -> usize {
        at + usize::from(self.is(at, class))
    }

    pub(super) fn skip_mark(self, at: usize, mark: char) -> usize {
        at + usize::from(self.is_mark(at, mark))
    }

    /// A number of at most `width` digits that is no part of a larger one: no "1,200", no "3.5", no "10:30".
    pub(super) fn digits(self, at: usize, width: usize) -> Option<u32> {
        let number = self.get(at)?.digits(width)?;
        let goes_on = |mark: usize, digits: usize| {
            self.get(mark).is_some_and(|atom| matches!(atom.text, "." | "," | ":"))
                && self.is_tight(mark.max(at + 1))
                && self.get(digits).is_some_and(|atom| matches!(atom.kind, Sort::Digits(_)))
        };
        let behind = goes_on(at + 1, at + 2) && self.is_tight(at + 2);
        let ahead = at >= 2 && goes_on(at - 1, at - 2) && self.is_tight(at) && self.is_tight(at - 1);
        (!behind && !ahead).then_some(number)
    }

    /// From the first byte of the atom at `from` to the last of the one before `to`.
    pub(super) fn span(self, from: usize, to: usize) -> Span {
        self.atoms[from].span.cover(self.atoms[to - 1].span)
    }

    /// The same sentence without what stands from `end` on.
    pub(super) fn until(self, end: usize) -> Words<'a, 't> {
        Words { atoms: &self.atoms[..end.min(self.atoms.len())] }
    }
}
