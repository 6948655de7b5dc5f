//! The JSON of BBC Citron, the format that quotation tools exchange (its `docs/data_format.md`).
//!
//! It holds the attributions of the article's own voice only (`inside` null): the format cannot say that one
//! attribution is reported within another. It also demands a cue, so a turn whose speaker is only inferred stays
//! in the record and out of this form.

use serde::Serialize;

use super::CodePointSpan;
use super::record::Spans;
use crate::record::{Claims, Said};
use crate::text::{Document, Span as ByteSpan};

/// One article in Citron's form.
///
/// ```
/// use onrecord::wire::citron::Citron;
///
/// let article = onrecord::Article::new("“It rained,” Ana Roz said.");
/// let (document, claims) = onrecord::Engine::new().claims(article);
/// let json = serde_json::to_value(Citron::new(&document, &claims)).unwrap();
/// assert_eq!(json["quotes"][0]["cue"]["text"], "said");
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct Citron<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Who said what.
    pub quotes: Vec<Quote<'a>>,
}

/// One attribution.
#[derive(Clone, Debug, Serialize)]
pub struct Quote<'a> {
    /// The first piece of the cue.
    pub cue: Option<Span<'a>>,
    /// All pieces of the cue, where there is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<Span<'a>>,
    /// The source.
    pub sources: Vec<Span<'a>>,
    /// The content.
    pub contents: Vec<Span<'a>>,
    /// The row's score.
    pub confidence: f64,
}

/// Half-open code point offsets and the characters there.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Span<'a> {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The characters.
    pub text: &'a str,
}

impl<'a> Citron<'a> {
    /// The attributions that the form can hold.
    pub fn new(document: &'a Document, claims: &'a Claims) -> Citron<'a> {
        let spans = Spans::new(document);
        let quotes = held(claims).map(|said| quote(said, &spans)).collect();
        Citron { text: document.text(), quotes }
    }
}

/// The rows that Citron's form can hold: the one place that decides it.
pub fn held(claims: &Claims) -> impl Iterator<Item = &Said> {
    claims.attributions.iter().filter(|said| said.inside.is_none() && !said.attribution.cue.is_empty())
}

fn quote<'a>(said: &Said, spans: &Spans<'a>) -> Quote<'a> {
    let read = &said.attribution;
    let all = |list: &[ByteSpan]| -> Vec<Span<'a>> { list.iter().map(|&s| span(spans.one(s))).collect() };
    let cues = all(&read.cue);
    Quote {
        cue: cues.first().copied(),
        cues: if cues.len() > 1 { cues } else { Vec::new() },
        sources: all(&read.source),
        contents: all(&read.content),
        confidence: (read.maker.score * 100.0).round() / 100.0,
    }
}

fn span(span: CodePointSpan<'_>) -> Span<'_> {
    Span { start: span.start, end: span.end, text: span.text }
}
