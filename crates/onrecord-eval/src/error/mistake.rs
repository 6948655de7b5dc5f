//! What was read wrong about people, one by one, for a person who reads and classes it.
//!
//! In: what a score found wrong. Out: lines that name the article, the class, what was marked and what was read, and the
//! text around it. They hold the text of the corpus: they go to standard output or to a file that the user names, never
//! into the project.

use std::fmt;

use super::listing;
use crate::Span;
use crate::score::Text;

/// One thing that was read wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// In a few words, what sort of mistake: lines with the same class stand for the same thing.
    pub class: String,
    /// What people marked.
    pub gold: String,
    /// What was read.
    pub read: String,
    /// Places of the text, each with a letter.
    marks: Vec<(Span, char)>,
}

/// A mistake as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'m> {
    /// The article's name.
    pub article: &'m str,
    /// Its text.
    pub text: &'m Text,
    /// The mistake.
    pub mistake: &'m Mistake,
}

impl Mistake {
    /// A mistake, as yet without a place.
    pub fn new(class: String, gold: impl Into<String>, read: impl Into<String>) -> Mistake {
        Mistake { class, gold: gold.into(), read: read.into(), marks: Vec::new() }
    }

    /// The mistake with one more place.
    #[must_use]
    pub fn marked(mut self, letter: char, span: Span) -> Mistake {
        self.marks.push((span, letter));
        self
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mistake { class, gold, read, marks } = self.mistake;
        let mut marks = marks.clone();
        marks.retain(|(span, _)| span.start < span.end && span.end <= self.text.chars.len());
        marks.sort_unstable();
        let start = marks.first().map_or(0, |(span, _)| span.start);
        writeln!(f, "{class}: {} {start}", self.article)?;
        for (label, what) in [("gold", gold), ("read", read)] {
            if !what.is_empty() {
                writeln!(f, "  {label}  {what}")?;
            }
        }
        if !marks.is_empty() {
            let marked: Vec<(Span, String)> =
                marks.into_iter().map(|(span, letter)| (span, format!("{{{letter} "))).collect();
            listing::context(f, self.text, &marked)?;
        }
        writeln!(f)
    }
}
