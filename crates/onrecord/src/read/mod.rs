//! What does the article say? [`Document`] → [`Readings`].
//!
//! In: a document. Out: readings that never change again; later ones refer to earlier ones, none edits another.
//! Reading never fails and holds no English words: those live in `lang`. Read on in [`quote`].

pub mod quote;

use crate::{Document, Warning};

/// Everything that was read in one document.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// Who said what.
    pub quote: quote::Reading,
}

/// What made a row: the path of a rule such as `quote/cue-after`, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Maker {
    /// The path of the rule.
    pub rule: &'static str,
    /// The share of its rows that are right, measured on the training split (0 to 1).
    pub score: f64,
}

/// Reads a document.
pub fn read(document: &Document) -> Readings {
    Readings { quote: quote::read(document) }
}

/// The warnings of all readings, in order of position.
pub(crate) fn warnings(readings: &Readings) -> impl Iterator<Item = &Warning> {
    readings.quote.warnings.iter()
}
