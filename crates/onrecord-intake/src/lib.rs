//! Bytes to articles: what kind of input is this, in which encoding, and which articles does it hold?
//!
//! In: a name for messages and any [`Read`]. Out: [`Articles`], an iterator of [`Item`]s, each an
//! [`onrecord::Article`] with what its reader should know. The kind of input is told by its content, never by its
//! name. It never drops anything in silence, never changes a character that it could decode, and never holds more
//! than one article. Read on in `kind` (what is it?), `encoding` (bytes to text), `jsonl` (lines to articles).
//!
//! ```
//! let input = "{\"id\": \"a\", \"text\": \"“It rained,” Ana Roz said.\"}\nno object\n{\"text\": \"\"}\n";
//! let mut articles = onrecord_intake::articles("news.jsonl", input.as_bytes());
//!
//! let first = articles.next().unwrap().unwrap();
//! assert_eq!(first.article.id.as_deref(), Some("a"));
//! assert_eq!(first.place.to_string(), "news.jsonl:1");
//!
//! let broken = articles.next().unwrap().unwrap_err();
//! assert!(broken.is_broken_line());
//! assert!(broken.to_string().starts_with("news.jsonl:2: "));
//!
//! assert!(articles.next().unwrap().is_ok());
//! assert!(articles.next().is_none());
//! ```
#![forbid(unsafe_code)]

pub mod limits;
mod error;

use std::fmt;
use std::io::Read;
use std::sync::Arc;

pub use error::Error;

/// The articles of one input, one after the other; made by [`articles`].
///
/// After an error the iteration goes on where it can: a broken line of JSONL costs that line only. After any
/// other error it ends.
#[derive(Debug)]
pub struct Articles<R> {
    name: Arc<str>,
    input: Option<R>,
}

/// One article and what its reader should know of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The article, its text with every character kept.
    pub article: onrecord::Article,
    /// What was guessed, replaced or cut on the way, such as the encoding.
    pub notes: Vec<Note>,
    /// Where it came from.
    pub place: Place,
}

/// Something that was guessed, replaced or cut while an article was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable code: lower case, underscores.
    pub code: &'static str,
    /// One line for people: lower case, no full stop.
    pub message: String,
}

/// Where an article came from: `news.txt`, or `news.jsonl:12` for a line of an input that holds many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    name: Arc<str>,
    line: Option<u64>,
}

/// The articles that `input` holds. `name` stands for it in messages.
///
/// Nothing is read before the first call of `next`.
pub fn articles<R: Read>(name: &str, input: R) -> Articles<R> {
    Articles { name: name.into(), input: Some(input) }
}

impl<R: Read> Iterator for Articles<R> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Result<Item, Error>> {
        let mut input = self.input.take()?;
        let place = Place { name: self.name.clone(), line: None };
        let mut text = String::new();
        Some(match input.read_to_string(&mut text) {
            Ok(_) => Ok(Item { article: onrecord::Article::new(text), notes: Vec::new(), place }),
            Err(error) => Err(Error::io(place, error)),
        })
    }
}

impl Place {
    /// The name that the input was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The line, from 1, where the input holds an article a line.
    pub fn line(&self) -> Option<u64> {
        self.line
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.name),
            None => f.write_str(&self.name),
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
