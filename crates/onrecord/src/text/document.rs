//! One article, segmented.
//!
//! In: an article. Out: [`Document`], which every later step reads from. It never changes and never copies the text.
//! Read on in the order of [`Document::new`].

use jiff::civil::Date;

use super::{Paragraph, Quotation, Sentence, Span, Token, dateline, paragraph, quotation, sentence, token};
use crate::limits;
use crate::{Article, Warning};

/// One article with its paragraphs, sentences, tokens and quotations. It owns the text and never changes.
///
/// All lists are in order of position. The index ranges in [`Paragraph`] and [`Sentence`] point into the lists
/// here, so that a reading walks plain slices.
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("“It rained,” Ana Roz said. Nobody left.\n\nIt is dry."));
/// assert_eq!(document.paragraphs().len(), 2);
/// assert_eq!(document.slice(document.sentences()[1].span), "Nobody left.");
/// assert_eq!(document.slice(document.quotations()[0].inner), "It rained,");
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    article: Article,
    published: Option<Published>,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    quotations: Vec<Quotation>,
    warnings: Vec<Warning>,
}

/// The publication date: the engine's only "today".
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("LISBON, March 5, 2019 — It rained."));
/// let published = document.published().unwrap();
/// assert_eq!(published.value, "2019-03-05");
/// assert!(published.inferred);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The date or date-time as given, or as read from the text in ISO 8601.
    pub value: String,
    /// Its own day: the anchor of everything relative.
    pub day: Date,
    /// Where the text tells it; `None` where it was given from outside.
    pub span: Option<Span>,
    /// Whether it was concluded rather than stated: a date line tells the day of writing, not of printing.
    pub inferred: bool,
}

impl Document {
    /// Segments an article.
    pub fn new(article: Article) -> Document {
        let mut warnings = Vec::new();
        let text = readable(&article.text, &mut warnings);
        if let Some(language) = article.language.as_deref().filter(|tag| !is_english(tag)) {
            let message = format!("the language is given as {language:?}; it was read as English");
            warnings.push(Warning::new("language_not_read", None, message));
        }
        let published = dateline::published(&article, text, &mut warnings);
        let lines = paragraph::split(text);
        let (tokens, mut paragraphs) = token::split(text, &lines);
        let quotations = quotation::find(text, &tokens, &paragraphs, &mut warnings);
        let sentences = sentence::split(text, &tokens, &mut paragraphs, &mut warnings);
        Document { article, published, paragraphs, sentences, tokens, quotations, warnings }
    }

    /// The article as it was handed over.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// The characters of a span.
    ///
    /// # Panics
    /// When the span was made from another document.
    pub fn slice(&self, span: Span) -> &str {
        &self.article.text[span.range()]
    }

    /// The publication date, if one is known.
    pub fn published(&self) -> Option<&Published> {
        self.published.as_ref()
    }

    /// The paragraphs that hold a token.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The sentences.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The quotations: what stands between quotation marks, at every depth, in order of their opening marks.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// What could not be read, in order of position.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Whether a BCP 47 tag names English, or nothing at all.
fn is_english(tag: &str) -> bool {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    ["", "en", "eng", "english", "und"].iter().any(|english| language.eq_ignore_ascii_case(english))
}

/// The part of the text that is read: all of it, up to the limit.
fn readable<'t>(text: &'t str, warnings: &mut Vec<Warning>) -> &'t str {
    let limit = limits::ARTICLE_BYTES;
    if text.len() <= limit.value {
        return text;
    }
    let cut = text.floor_char_boundary(limit.value);
    let message = format!("the text has {} bytes; only the first {cut} were read", text.len());
    warnings.push(Warning::new(limit.code, Span::new(cut, cut), message));
    &text[..cut]
}

#[cfg(test)]
mod tests {
    use crate::{Article, Document};

    #[test]
    fn another_language_is_told() {
        let warned = |language: &str| {
            let article = Article { language: Some(language.into()), ..Article::new("“Oui.”") };
            Document::new(article).warnings().iter().any(|w| w.code == "language_not_read")
        };
        assert!(warned("fr") && warned("de-CH") && warned("enm"));
        assert!(!warned("en") && !warned("en-GB") && !warned("EN_us") && !warned(""));
    }
}
