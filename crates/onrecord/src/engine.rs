//! The whole way in one screen: article, document, readings, claims.
//!
//! In: an [`Article`]. Out: [`Claims`]. Each stage is a method, so that a caller can look between them; none of
//! them can fail.

use crate::read::{self, Readings};
use crate::record::{self, Claims};
use crate::{Article, Document};

/// Reads articles. Make one and share it: it never changes.
///
/// ```
/// let engine = onrecord::Engine::new();
/// let (document, claims) = engine.claims(onrecord::Article::new("“It rained,” Ana Roz said."));
/// assert_eq!(claims.attributions.len(), 1);
/// assert_eq!(document.sentences().len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Engine {}

impl Engine {
    /// An engine for English.
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Segments an article.
    pub fn document(&self, article: Article) -> Document {
        Document::new(article)
    }

    /// Reads a document.
    pub fn read(&self, document: &Document) -> Readings {
        read::read(document)
    }

    /// Turns readings into claims with evidence.
    pub fn record(&self, document: &Document, readings: &Readings) -> Claims {
        record::claims(document, readings)
    }

    /// All three, one after the other.
    pub fn claims(&self, article: Article) -> (Document, Claims) {
        let document = self.document(article);
        let readings = self.read(&document);
        let claims = self.record(&document, &readings);
        (document, claims)
    }
}
