//! Who said what? Cue, source and content → [`Attribution`].
//!
//! In: a document. Out: its attributions. Speech in quotation marks is read by rules on marks and layout.
//! It never invents a source: where the text names none, the source stays empty and the speaker is inferred.
//! Read on in [`crate::record`].

mod scope;
mod phrase;
mod source;
mod frame;
mod term;
mod rule;
mod extent;
mod draft;
mod report;
mod speech;
mod transcript;
mod turn;
mod form;
mod stance;
mod trim;
mod tagged;
mod join;

pub use stance::{Polarity, Stance, stance};

use super::Maker;
use crate::Document;
use crate::encode::Scores;
use crate::text::Span;

/// What was read about speech.
///
/// ```
/// use onrecord::{Article, Document, read::quote};
///
/// let document = Document::new(Article::new("“It rained,” Ana Roz said. “We stayed.”"));
/// let reading = quote::read(&document, None);
/// assert_eq!(reading.attributions[0].content.len(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The attributions, in order of position.
    pub attributions: Vec<Attribution>,
}

/// Source, cue and content: who, the reporting words, what. Every list holds the pieces of one thing in order.
///
/// ```
/// use onrecord::{Article, Document, read::quote};
///
/// let document = Document::new(Article::new("Ana Roz has said the plan was “a farce” for all."));
/// let said = &quote::read(&document, None).attributions[0];
/// assert_eq!(document.slice(said.source[0]), "Ana Roz");
/// assert_eq!(document.slice(said.cue[0]), "has said");
/// assert_eq!(document.slice(said.content[0]), "the plan was “a farce” for all");
/// assert_eq!(said.form, quote::Form::Mixed);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// How much of the content stands inside quotation marks.
    pub form: Form,
    /// The words that name the source; empty where this attribution has none of its own.
    pub source: Vec<Span>,
    /// The reporting words.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// What the source does; `None` where there is no cue or its words do not tell.
    pub stance: Option<Stance>,
    /// Whether the cue says that the source does it; `None` where `stance` is.
    pub polarity: Option<Polarity>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The attribution that this one is reported within: an index into [`Reading::attributions`].
    pub inside: Option<usize>,
    /// Keys of the record whose value the text does not state, such as `speakers`.
    pub inferred: Vec<&'static str>,
    /// What made it.
    pub maker: Maker,
    /// What was considered instead, for `onrecord explain`.
    pub rejected: Vec<Rejected>,
}

/// How much of the content's letters stand inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of them.
    Direct,
    /// Some of them.
    Mixed,
    /// None of them.
    Indirect,
}

/// Someone who speaks.
///
/// ```
/// use onrecord::{Article, Document, read::quote};
///
/// let document = Document::new(Article::new("“It rained,” Ana Roz said.\n\n“All of us stayed.”"));
/// let turn = &quote::read(&document, None).attributions[1];
/// assert_eq!(document.slice(turn.speakers[0].as_written.unwrap()), "Ana Roz");
/// assert_eq!(turn.inferred, ["speakers"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// The words that name the speaker, which may stand in an earlier sentence.
    pub as_written: Option<Span>,
}

/// The kinds of speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerKind {
    /// A person with a name.
    Named,
    /// Particular people whom the reporter knows and does not name.
    Unnamed,
    /// A class of people.
    Group,
    /// A body that speaks.
    Organization,
    /// A report, a filing, a law.
    Document,
    /// The text does not say who speaks.
    Unstated,
}

/// A choice that was weighed and not taken.
///
/// ```
/// use onrecord::{Article, Document, read::quote};
///
/// let document = Document::new(Article::new("As Ruiz knows, it is “a farce,” Roz said."));
/// let rejected = &quote::read(&document, None).attributions[0].rejected[0];
/// assert_eq!(document.slice(rejected.span), "knows");
/// assert_eq!(rejected.why, "the cue stands inside the content");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// What it would have been: `cue`, `source` or `content`.
    pub role: &'static str,
    /// Where it stands.
    pub span: Span,
    /// Why it was not taken.
    pub why: &'static str,
}

/// Reads the attributions of a document: by rules alone, or with the help of a model.
pub fn read(document: &Document, scores: Option<&dyn Scores>) -> Reading {
    let by_rule = by_rule(document);
    let attributions = match scores {
        Some(scores) => join::join(document, scores.words(), by_rule, tagged::read(document, scores)),
        None => by_rule,
    };
    Reading { attributions }
}

/// What the rules on marks and layout find.
fn by_rule(document: &Document) -> Vec<Attribution> {
    let view = scope::View::new(document);
    let mut turns = turn::Turns::default();
    let labels = transcript::labels(&view);
    let last_label = labels.keys().next_back().copied().unwrap_or(0);
    for paragraph in 0..document.paragraphs().len() {
        match labels.get(&paragraph) {
            Some(label) => turns.labelled(&view, paragraph, label),
            None if paragraph < last_label => turns.paragraph(&view, paragraph, turn::TurnGoesOn::Yes),
            None => turns.paragraph(&view, paragraph, turn::TurnGoesOn::No),
        }
    }
    turns.finish(&view)
}
