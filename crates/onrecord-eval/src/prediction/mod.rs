//! What did the program read? Predictions, from the engine or from files.
//!
//! In: an article's text. Out: [`Attribution`]s in code points. It never looks at the gold.
//! Read on in [`crate::score`].

pub mod engine;
pub mod citron;
pub mod record;

use onrecord::read::Maker;

use crate::{Attribution, Problems};

/// What a program read in one article.
#[derive(Clone, Debug, Default)]
pub struct Prediction {
    /// The attributions that are scored.
    pub attributions: Vec<Attribution>,
    /// What made each of them, in the same order; empty where the program does not tell.
    pub makers: Vec<Maker>,
    /// Attributions reported within another one. They are not scored; the report of errors looks at them.
    pub nested: Vec<Attribution>,
    /// What was wrong with the spans.
    pub problems: Problems,
}
