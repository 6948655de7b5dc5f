//! The pieces that a time expression is made of.
//!
//! In: the tokens of a sentence. Out: [`Atom`]s, smaller than tokens where digits meet letters ("9am", "Q3") or a mark
//! joins words ("mid-July", "10/1/2018", "three-day"). No atom is copied: each is a slice of the text.

use super::lexicon::{Class, Entry, look_up};
use crate::text::{Kind, Span, Token};

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    pub(super) entry: Entry,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    pub(super) kind: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// Digits, with their value; longer numbers than a `u32` have none.
    Digits(Option<u32>),
    Mark,
}

/// Splits tokens into `atoms`, which is emptied first.
pub(super) fn split<'t>(text: &'t str, tokens: &[Token], atoms: &mut Vec<Atom<'t>>) {
    atoms.clear();
    for token in tokens {
        let word = &text[token.span.range()];
        let start = token.span.start as usize;
        let whole =
            token.kind == Kind::Word && !word.bytes().any(|b| b.is_ascii_digit() || b"-/".contains(&b));
        if whole || (token.kind == Kind::Word && look_up(word) != Entry::default()) {
            push(text, atoms, start, start + word.len(), Sort::Word);
            continue;
        }
        let mut at = 0;
        while let Some(c) = word[at..].chars().next() {
            let rest = &word[at..];
            let (length, kind) = if c.is_ascii_digit() {
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                (length, Sort::Digits(rest[..length].parse().ok()))
            } else if c.is_alphabetic() {
                // A stop inside is an abbreviation's: "9a.m."
                let end = |c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '.'));
                (rest.find(end).unwrap_or(rest.len()), Sort::Word)
            } else {
                (c.len_utf8(), Sort::Mark)
            };
            push(text, atoms, start + at, start + at + length, kind);
            at += length;
        }
    }
}

fn push<'t>(text: &'t str, atoms: &mut Vec<Atom<'t>>, start: usize, end: usize, kind: Sort) {
    let piece = &text[start..end];
    let entry = if kind == Sort::Word { look_up(piece) } else { Entry::default() };
    let spaced = atoms.last().is_none_or(|last| last.span.end as usize != start);
    atoms.push(Atom { text: piece, span: Span::new(start, end), entry, spaced, kind });
}

impl Atom<'_> {
    pub(super) fn is(&self, class: Class) -> bool {
        self.entry.is(class)
    }

    /// The value of a number of at most `width` digits.
    pub(super) fn digits(&self, width: usize) -> Option<u32> {
        match self.kind {
            Sort::Digits(value) if self.text.len() <= width => value,
            _ => None,
        }
    }

    /// "her", "the mayor's": whose what follows is.
    pub(super) fn is_owner(&self) -> bool {
        let is_pronoun = ["my", "your", "his", "her", "its", "our", "their"];
        is_pronoun.iter().any(|pronoun| self.text.eq_ignore_ascii_case(pronoun))
            || self.text.ends_with("'s")
            || self.text.ends_with("’s")
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(|c: char| c.is_uppercase())
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Sort::Mark && self.text.starts_with(mark)
    }

    /// A dash or hyphen of any kind.
    pub(super) fn is_dash(&self) -> bool {
        self.kind == Sort::Mark && self.text.starts_with(['-', '–', '—', '−', '‒', '~', '‑'])
    }
}
