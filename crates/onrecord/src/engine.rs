//! The whole way in one screen: article, document, readings, claims.
//!
//! In: an [`Article`]. Out: [`Claims`]. Each stage is a method, so that a caller can look between them; none of
//! them can fail.

use std::sync::Arc;

use crate::encode::{self, Encoder, Encoding, Scores};
use crate::read::{self, Readings};
use crate::record::{self, Claims};
use crate::{Article, Document};

/// Reads articles. Make one and share it: it never changes.
///
/// ```
/// let engine = onrecord::Engine::new();
/// let (document, claims) = engine.claims(onrecord::Article::new("It had rained, Ana Roz said."));
/// assert_eq!(claims.attributions.len(), 1);
/// assert_eq!(document.sentences().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    encoder: Option<Arc<Encoder>>,
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new()
    }
}

impl Engine {
    /// An engine for English, with the model that is part of this library. The first one in a process unpacks it.
    pub fn new() -> Engine {
        Engine { encoder: Some(encode::shipped()) }
    }

    /// An engine with another model.
    pub fn with_model(encoder: Encoder) -> Engine {
        Engine { encoder: Some(Arc::new(encoder)) }
    }

    /// An engine without a model: it reads speech in quotation marks alone, some ninety times as fast.
    ///
    /// ```
    /// let article = onrecord::Article::new("It had rained, Ana Roz said. “We stayed.”");
    /// let (_, claims) = onrecord::Engine::by_rules().claims(article);
    /// assert_eq!(claims.model, None);
    /// ```
    pub fn by_rules() -> Engine {
        Engine { encoder: None }
    }

    /// Segments an article.
    pub fn document(&self, article: Article) -> Document {
        Document::new(article)
    }

    /// What the model makes of a document, if there is a model.
    pub fn encode<'a>(&'a self, document: &'a Document) -> Option<Encoding<'a>> {
        self.encoder.as_ref().map(|encoder| encoder.encode(document))
    }

    /// Reads a document.
    pub fn read(&self, document: &Document, encoding: Option<&Encoding<'_>>) -> Readings {
        read::read(document, encoding.map(|encoding| encoding as &dyn Scores))
    }

    /// Turns readings into claims with evidence.
    pub fn record(&self, document: &Document, readings: &Readings) -> Claims {
        record::claims(document, readings, self.encoder.as_ref().map(|encoder| encoder.id()))
    }

    /// All four, one after the other.
    pub fn claims(&self, article: Article) -> (Document, Claims) {
        let document = self.document(article);
        let readings = self.read(&document, self.encode(&document).as_ref());
        let claims = self.record(&document, &readings);
        (document, claims)
    }
}
