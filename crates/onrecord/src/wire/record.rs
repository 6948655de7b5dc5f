//! The record of one article.
//!
//! In: a document and its claims. Out: [`Record`], whose keys `docs/record.md` and the JSON Schema describe. It decides
//! nothing: every value is taken over or counted.

use serde::Serialize;

use super::cause::{self, Condition, Event, Link};
use super::people::{self, Entity, Post, Speaker};
use super::time::{self, Time};
use crate::read::quote;
use crate::record::{Claims, Said};
use crate::text::{Document, Offsets, Span};

/// The version of the wire form.
pub const VERSION: &str = "1";

/// The readings that are made with a model, and those that are made without one.
const READINGS: &[&str] = &["quote", "people", "time", "event", "link", "condition"];
const WITHOUT_MODEL: &[&str] = &["quote", "time", "event", "link", "condition"];

/// Everything that is on record about one article.
///
/// ```
/// use onrecord::wire::{Record, Text};
/// let (document, claims) = onrecord::Engine::new().claims(onrecord::Article::new("“It rained,” Ana Roz said."));
/// let json = serde_json::to_value(Record::new(&document, &claims, Text::Keep)).unwrap();
/// assert_eq!(json["attributions"][0]["source"][0]["text"], "Ana Roz");
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record<'a> {
    /// The version of this form.
    pub onrecord: &'static str,
    /// The model that read the article, as `name@sha256`, with `+` and the same of the branch that tells links; null where rules alone read it.
    pub model: Option<&'a str>,
    /// The readings that were made. The list of a reading that is not named here is empty and says nothing.
    pub readings: &'static [&'static str],
    /// The article that was read.
    pub article: Article<'a>,
    /// People, organizations, groups and places.
    pub entities: Vec<Entity<'a>>,
    /// Who said what, in order of position.
    pub attributions: Vec<Attribution<'a>>,
    /// Who held which post.
    pub posts: Vec<Post<'a>>,
    /// Time expressions, in order of position.
    pub times: Vec<Time<'a>>,
    /// What happened, or did not, where it tells something.
    pub events: Vec<Event<'a>>,
    /// What led to what.
    pub links: Vec<Link<'a>>,
    /// What was only an "if".
    pub conditions: Vec<Condition<'a>>,
    /// What was cut, not decoded or not understood.
    pub warnings: Vec<Warning<'a>>,
}

/// Whether a record carries the article's whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// It does.
    Keep,
    /// It does not; spans still quote what they cover.
    Omit,
}

/// The article that was read.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article<'a> {
    /// The input's id, else its url, else `text_sha256`.
    pub id: &'a str,
    /// SHA-256 of the UTF-8 text, in lower-case hex.
    pub text_sha256: &'a str,
    /// The headline, as given.
    pub title: Option<&'a str>,
    /// Where it stands, as given.
    pub url: Option<&'a str>,
    /// Who published it, as given.
    pub publisher: Option<&'a str>,
    /// The publication date or date-time (ISO 8601), as given or as the text's own date line tells it.
    pub published: Option<&'a str>,
    /// The language, as given (BCP 47).
    pub language: Option<&'a str>,
    /// The decoded input with every character kept; absent where the text was left out on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// A piece of the article's text: half-open offsets in code points and in UTF-8 bytes, and the characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Span"))]
pub struct CodePointSpan<'a> {
    /// The first Unicode code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The first UTF-8 byte.
    pub byte_start: u32,
    /// The byte after the last.
    pub byte_end: u32,
    /// The characters of `article.text` there.
    pub text: &'a str,
}

/// One row of who said what. Every list of spans holds the pieces of one thing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attribution<'a> {
    /// `a1`, `a2` … in order of position.
    pub id: &'a str,
    /// Whether all, some or none of the content's letters stand inside quotation marks.
    pub form: Form,
    /// The words that name the source; empty where this attribution has none of its own.
    pub source: Vec<CodePointSpan<'a>>,
    /// The reporting words.
    pub cue: Vec<CodePointSpan<'a>>,
    /// What is attributed.
    pub content: Vec<CodePointSpan<'a>>,
    /// Who speaks: one for each who does. Without a model only where the attribution has no source of its own.
    pub speakers: Vec<Speaker<'a>>,
    /// What the source does with the content; null where there is no cue or its words do not tell.
    pub stance: Option<Stance>,
    /// Whether the cue says that the source does it; null where `stance` is.
    pub polarity: Option<Polarity>,
    /// The words that name whom it is said to.
    pub addressee: Vec<CodePointSpan<'a>>,
    /// Ids of the entities that the content names.
    pub about: Vec<String>,
    /// The id of the attribution that this one is reported within.
    pub inside: Option<&'a str>,
    /// The id of the time at which it was said, where the reporting clause names it.
    pub when: Option<&'a str>,
    /// How sure the row is: the share of its maker's rows that were right where that was measured (0 to 1).
    pub score: f64,
    /// What made the row.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// How much of the content stands inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Form {
    /// All letters.
    Direct,
    /// Some letters.
    Mixed,
    /// No letter.
    Indirect,
}

/// What a source does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Stance {
    /// To communicate it: said, called, according to.
    Say,
    /// To hold it true or likely: thinks, expects, fears.
    Believe,
    /// To know it, or to have come to know it: learned, found, remembers.
    Know,
    /// To want or intend it: hopes, plans, supports.
    Want,
    /// To ask it, or to ask it of others: asked, urged, ordered.
    Ask,
    /// To call it into question: doubts, is skeptical.
    Doubt,
    /// To say that it is not so: denied, rejects.
    Deny,
}

/// Whether the cue says that the source does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Polarity {
    /// It does: said, denied.
    Positive,
    /// It does not: did not say, declined to say.
    Negative,
}

/// Something that the reader of this record should know.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning<'a> {
    /// A stable code.
    pub code: &'static str,
    /// One line for people.
    pub message: &'a str,
    /// Where it stands, if it stands somewhere.
    #[serde(flatten)]
    pub span: Option<CodePointSpan<'a>>,
}

impl<'a> Record<'a> {
    /// The record of a document whose claims are `claims`.
    pub fn new(document: &'a Document, claims: &'a Claims, text: Text) -> Record<'a> {
        let spans = Spans::new(document);
        Record {
            onrecord: VERSION,
            model: claims.model.as_deref(),
            readings: if claims.model.is_some() { READINGS } else { WITHOUT_MODEL },
            article: article(document, claims, text),
            entities: people::entities(claims, &spans),
            attributions: attributions(claims, &spans),
            posts: people::posts(claims, &spans),
            times: claims.times.iter().map(|row| time::row(row, &spans)).collect(),
            events: cause::events(claims, &spans),
            links: cause::links(claims, &spans),
            conditions: cause::conditions(claims, &spans),
            warnings: claims.warnings.iter().map(|w| warning(w, &spans)).collect(),
        }
    }
}

/// Turns byte spans of one document into spans in both units.
pub(super) struct Spans<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
}

impl<'a> Spans<'a> {
    pub(super) fn new(document: &'a Document) -> Spans<'a> {
        Spans { document, offsets: Offsets::new(document.text()) }
    }

    pub(super) fn one(&self, span: Span) -> CodePointSpan<'a> {
        CodePointSpan {
            start: self.offsets.code_point(span.start),
            end: self.offsets.code_point(span.end),
            byte_start: span.start,
            byte_end: span.end,
            text: self.document.slice(span),
        }
    }

    pub(super) fn all(&self, spans: &[Span]) -> Vec<CodePointSpan<'a>> {
        spans.iter().map(|&span| self.one(span)).collect()
    }
}

fn article<'a>(document: &'a Document, claims: &'a Claims, text: Text) -> Article<'a> {
    let given = document.article();
    let published = document.published();
    Article {
        id: &claims.article_id,
        text_sha256: &claims.text_sha256,
        title: given.title.as_deref(),
        url: given.url.as_deref(),
        publisher: given.publisher.as_deref(),
        published: published.map(|p| p.value.as_str()),
        language: given.language.as_deref(),
        text: (text == Text::Keep).then_some(document.text()),
        inferred: if published.is_some_and(|p| p.inferred) { vec!["published"] } else { Vec::new() },
    }
}

fn attributions<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Attribution<'a>> {
    let rows = claims.attributions.iter();
    let mut rows: Vec<Attribution<'a>> = rows.map(|said| attribution(said, spans)).collect();
    // Where people were read, they say who speaks.
    let of_people = claims.people.speakers.iter().zip(&claims.people.addressees).zip(&claims.people.about);
    for (row, ((speakers, addressee), about)) in rows.iter_mut().zip(of_people) {
        row.speakers = speakers.iter().map(|speaker| people::speaker(speaker, spans)).collect();
        row.addressee = spans.all(addressee);
        row.about = about.iter().map(|&entity| people::entity_id(entity)).collect();
    }
    rows
}

fn attribution<'a>(said: &'a Said, spans: &Spans<'a>) -> Attribution<'a> {
    let read = &said.attribution;
    Attribution {
        id: &said.id,
        form: form(read.form),
        source: spans.all(&read.source),
        cue: spans.all(&read.cue),
        content: spans.all(&read.content),
        speakers: read
            .speakers
            .iter()
            .map(|s| people::unresolved(s, read.maker.rule, spans, read.maker.score))
            .collect(),
        stance: read.stance.map(stance),
        polarity: read.polarity.map(polarity),
        addressee: Vec::new(),
        about: Vec::new(),
        inside: said.inside.as_deref(),
        when: said.when.as_deref(),
        score: (read.maker.score * 100.0).round() / 100.0,
        maker: read.maker.rule,
        inferred: read.inferred.clone(),
    }
}

fn form(form: quote::Form) -> Form {
    match form {
        quote::Form::Direct => Form::Direct,
        quote::Form::Mixed => Form::Mixed,
        quote::Form::Indirect => Form::Indirect,
    }
}

fn stance(stance: quote::Stance) -> Stance {
    match stance {
        quote::Stance::Say => Stance::Say,
        quote::Stance::Believe => Stance::Believe,
        quote::Stance::Know => Stance::Know,
        quote::Stance::Want => Stance::Want,
        quote::Stance::Ask => Stance::Ask,
        quote::Stance::Doubt => Stance::Doubt,
        quote::Stance::Deny => Stance::Deny,
    }
}

fn polarity(polarity: quote::Polarity) -> Polarity {
    match polarity {
        quote::Polarity::Positive => Polarity::Positive,
        quote::Polarity::Negative => Polarity::Negative,
    }
}

fn warning<'a>(warning: &'a crate::Warning, spans: &Spans<'a>) -> Warning<'a> {
    Warning { code: warning.code, message: &warning.message, span: warning.span.map(|span| spans.one(span)) }
}
