//! What an input gives: an article, a record that was read elsewhere, or the reason why neither.
//!
//! In: nothing; these are the shapes that every format fills. Out: [`Outcome`] and its parts. They say where each
//! value came from and keep the bytes it was read from. Read on in [`crate::reason`].

use std::fmt;
use std::sync::Arc;

use crate::Error;

/// What became of one part of an input.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Article(Box<Item>),
    /// A record that was read elsewhere, as it stands on its line. Nothing of it was verified.
    Record(Box<Record>),
    /// No article, and why. Where [`crate::Reason::is_fault`] is false, nothing is wrong with the input.
    Refused(Error),
}

/// One article and what its reader should know of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The article.
    pub article: onrecord::Article,
    /// Who wrote it, as its byline has it.
    pub byline: Option<String>,
    /// When it was fetched, where a web archive says so (ISO 8601).
    pub fetched: Option<String>,
    /// The keys of the article whose value the input does not state, in the order of [`Key`].
    pub inferred: Vec<Key>,
    /// What was guessed, replaced or cut on the way, such as the encoding.
    pub notes: Vec<Note>,
    /// The bytes that the article was read from.
    pub raw: Raw,
    /// Where it came from.
    pub place: Place,
}

/// A record that was read elsewhere, such as a line of `onrecord read --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The JSON object.
    pub json: String,
    /// Where it came from.
    pub place: Place,
}

/// A key of an article, of which it is told whether its value is stated or inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The text. Inferred where it was found among other text, as on a web page.
    Text,
    /// The identifier.
    Id,
    /// The headline.
    Title,
    /// Where the article stands.
    Url,
    /// Who published it.
    Publisher,
    /// When it was published.
    Published,
    /// The language.
    Language,
    /// Who wrote it.
    Byline,
}

/// The bytes that one article was read from: those of its own part of the input, out of every wrapping.
///
/// - Plain text, HTML, ninjs and DOCX: the whole file, unpacked if it was gzip or Zstandard.
/// - JSONL: the line. CSV: the line of names and the row, which together are CSV again.
/// - WARC: the body of the response, with its chunks joined and unpacked.
/// - RSS and Atom: the element of the item, from its `<` to its `>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are, such as `text/html`.
    pub media_type: &'static str,
    /// The encoding that they were decoded from, by its WHATWG name; `UTF-8` for what was found to be it.
    pub encoding: &'static str,
}

/// Something that was guessed, replaced or cut while an article was read, or that makes it an unlikely article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable code, such as `not_utf8`: a limit's, or one of those that [`crate::note`] lists.
    pub code: &'static str,
    /// One line for people: lower case, no full stop.
    pub message: String,
}

/// Where an outcome came from: `news.txt`, `news.jsonl:12`, `crawl.warc.gz:record 3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    name: Arc<str>,
    part: Option<Part>,
}

/// A part of an input that holds many, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A line of JSONL.
    Line(u64),
    /// A row of CSV below the line of names.
    Row(u64),
    /// A record of a WARC file.
    Record(u64),
    /// An item of a feed.
    Item(u64),
}

impl Key {
    /// The key as the record names it.
    pub fn name(self) -> &'static str {
        match self {
            Key::Text => "text",
            Key::Id => "id",
            Key::Title => "title",
            Key::Url => "url",
            Key::Publisher => "publisher",
            Key::Published => "published",
            Key::Language => "language",
            Key::Byline => "byline",
        }
    }
}

impl Place {
    pub(crate) fn new(name: &Arc<str>) -> Place {
        Place { name: name.clone(), part: None }
    }

    pub(crate) fn part_of(name: &Arc<str>, part: Part) -> Place {
        Place { name: name.clone(), part: Some(part) }
    }

    /// The name that the input was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The part, where the input holds many.
    pub fn part(&self) -> Option<Part> {
        self.part
    }
}

impl Part {
    /// The place among its like, from 1.
    pub fn number(self) -> u64 {
        let (Part::Line(number) | Part::Row(number) | Part::Record(number) | Part::Item(number)) = self;
        number
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Line(number) => write!(f, "{number}"),
            Part::Row(number) => write!(f, "row {number}"),
            Part::Record(number) => write!(f, "record {number}"),
            Part::Item(number) => write!(f, "item {number}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            None => f.write_str(&self.name),
            Some(part) => write!(f, "{}:{part}", self.name),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A note says of the input what a warning says of the text, so that a record can carry both.
impl From<Note> for onrecord::Warning {
    fn from(note: Note) -> onrecord::Warning {
        onrecord::Warning { span: None, code: note.code, message: note.message }
    }
}
