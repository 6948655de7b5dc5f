//! What does the article say? [`Document`] → [`Readings`].
//!
//! In: a document. Out: readings that never change again; later ones refer to earlier ones, none edits another.
//! Reading never fails and holds no English words: those live in `lang`. Read on in [`quote`], [`time`], [`cause`].

pub mod quote;
pub mod people;
pub mod time;
pub mod cause;

use crate::Document;
use crate::encode::Scores;

/// Everything that was read in one document.
///
/// ```
/// let engine = onrecord::Engine::new();
/// let document = engine.document(onrecord::Article::new("“It rained,” Ana Roz said."));
/// let readings = engine.read(&document, engine.encode(&document).as_ref());
/// assert_eq!(readings.quote.attributions.len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// Who said what.
    pub quote: quote::Reading,
    /// Who these people are; empty without a model.
    pub people: people::Reading,
    /// When.
    pub time: time::Reading,
    /// What happened, and what hangs on what.
    pub cause: cause::Reading,
}

/// What made a row: the path of a rule such as `quote/cue-after`, and how sure it is.
///
/// ```
/// let article = onrecord::Article::new("“It rained,” Ana Roz said.");
/// let (_, claims) = onrecord::Engine::new().claims(article);
/// assert_eq!(claims.attributions[0].attribution.maker.rule, "quote/cue-after");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Maker {
    /// The path of the rule.
    pub rule: &'static str,
    /// What the rule reads, by an example of its own.
    pub reads: &'static str,
    /// The share of its rows that are right (0 to 1): of a rule measured on the training split, of a model on dev.
    pub score: f64,
}

/// Reads a document, with what a model makes of it if there is one.
pub fn read(document: &Document, scores: Option<&dyn Scores>) -> Readings {
    let quote = quote::read(document, scores);
    let people = scores.map(|scores| people::read(document, &quote, scores)).unwrap_or_default();
    let time = time::read(document, &quote);
    let cause = cause::read(document, &quote, &people, &time, scores);
    Readings { quote, people, time, cause }
}
