//! Bytes to articles: what kind of input is this, in which encoding, and which articles does it hold?
//!
//! In: a name for messages and any [`Read`]. Out: [`Articles`], an iterator of [`Item`]s, each an
//! [`onrecord::Article`] with what its reader should know. It never goes by the name, never drops anything in
//! silence, never changes a character that it could decode, and never holds more than one article. Read on in
//! `kind` (what is it?), `source` (its bytes), `encoding` (bytes to text), `jsonl` (lines to articles).
//!
//! ```
//! let input = "{\"id\": \"a\", \"text\": \"“It rained,” Ana Roz said.\"}\nno object\n{\"text\": \"It rained.\"}\n";
//! let mut articles = onrecord_intake::articles("news.jsonl", input.as_bytes());
//!
//! let first = articles.next().unwrap().unwrap();
//! assert_eq!(first.article.id.as_deref(), Some("a"));
//! assert_eq!(first.place.to_string(), "news.jsonl:1");
//!
//! let broken = articles.next().unwrap().unwrap_err();
//! assert!(broken.is_broken_line());
//! assert_eq!(broken.to_string(), "news.jsonl:2: found text; expected a JSON object");
//!
//! assert_eq!(articles.next().unwrap().unwrap().article.text, "It rained.");
//! assert!(articles.next().is_none());
//! ```
#![forbid(unsafe_code)]

pub mod limits;
mod kind;
mod source;
mod encoding;
mod jsonl;
mod error;

use std::fmt;
use std::io::{self, BufReader, Read};
use std::mem;
use std::sync::Arc;

pub use error::Error;
use jsonl::Lines;
use kind::Kind;
use source::Opened;

/// The articles of one input, one after the other; made by [`articles`].
///
/// After an error the iteration goes on where it can: a broken line of JSONL costs that line only. After any
/// other error it ends.
pub struct Articles<R> {
    name: Arc<str>,
    state: State<R>,
}

enum State<R> {
    /// Nothing has been read.
    Shut(R),
    /// JSONL: the line that comes next.
    Lines(Box<Lines<BufReader<Opened<R>>>>),
    /// Nothing is left.
    Done,
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

/// Something that was guessed, replaced or cut while an article was read, or that makes it an unlikely article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable code: `broken_utf16`, `broken_utf8`, `input_cut`, `markup_as_text`, `no_letters`, `not_utf8`.
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

/// The articles that `input` holds, told by its content. `name` stands for it in messages.
///
/// - **JSONL** is an input that begins with `{` and `"` or `}` in one line, byte order mark and white space apart:
///   one JSON object a line, with `text` and any of `id`, `title`, `url`, `publisher`, `published` and `language`.
///   `id` may be a whole number. `null` and `""` are as good as no key; other keys are passed over, and so are
///   blank lines. JSON that is a list, or whose first object does not end in its line, is refused as a whole.
/// - **Plain text** is everything else: one article. It is UTF-8 or UTF-16, or else its encoding is guessed and
///   noted. Pictures, archives and the like are refused.
///
/// Nothing is read before the first call of `next`.
pub fn articles<R: Read>(name: &str, input: R) -> Articles<R> {
    Articles { name: name.into(), state: State::Shut(input) }
}

impl<R: Read> Iterator for Articles<R> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Result<Item, Error>> {
        let mut lines = match mem::replace(&mut self.state, State::Done) {
            State::Shut(input) => match open(&self.name, input) {
                Ok(Holds::Many(lines)) => lines,
                Ok(Holds::One(item)) => return Some(Ok(*item)),
                Err(error) => return Some(Err(error)),
            },
            State::Lines(lines) => lines,
            State::Done => return None,
        };
        let outcome = lines.next()?;
        if outcome.as_ref().err().is_none_or(Error::leaves_more) {
            self.state = State::Lines(lines);
        }
        Some(outcome)
    }
}

/// What an input holds.
enum Holds<R> {
    One(Box<Item>),
    Many(Box<Lines<BufReader<Opened<R>>>>),
}

fn open<R: Read>(name: &Arc<str>, input: R) -> Result<Holds<R>, Error> {
    let place = Place { name: name.clone(), line: None };
    let opened = match Opened::new(input) {
        Ok(opened) => opened,
        Err(error) => return Err(Error::io(place, error)),
    };
    match kind::of(opened.raw_head(), opened.head()) {
        Kind::Text => Ok(Holds::One(Box::new(plain(place, opened)?))),
        Kind::Jsonl => Ok(Holds::Many(Box::new(Lines::new(name.clone(), BufReader::new(opened))))),
        Kind::Spread(spread) => Err(Error::spread(place, spread)),
        Kind::Binary(binary) => Err(Error::binary(place, binary)),
    }
}

/// Reads the one article of a plain text.
fn plain<R: Read>(place: Place, mut opened: Opened<R>) -> Result<Item, Error> {
    let transcoded = opened.transcoded();
    let mut notes = Vec::from_iter(kind::markup(opened.head()));
    let bytes = match up_to_limit(&mut opened, &mut notes) {
        Ok(bytes) => bytes,
        Err(error) => return Err(Error::io(place, error)),
    };
    let text = match transcoded {
        Some(from) => encoding::decode_transcoded(bytes, from, &mut notes),
        None => encoding::decode(bytes, &mut notes),
    };
    notes.extend(no_letters(&text));
    Ok(Item { article: onrecord::Article::new(text), notes, place })
}

fn up_to_limit<R: Read>(input: &mut R, notes: &mut Vec<Note>) -> io::Result<Vec<u8>> {
    let limit = limits::TEXT_BYTES;
    let mut bytes = Vec::new();
    input.take(limit.value as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit.value {
        bytes.truncate(limit.value);
        encoding::drop_partial_character(&mut bytes);
        let message =
            format!("the input has over {} bytes; only the first {} were taken", limit.value, bytes.len());
        notes.push(Note { code: limit.code, message });
    }
    Ok(bytes)
}

/// An article without a letter is most likely not what its reader meant.
fn no_letters(text: &str) -> Option<Note> {
    let message = match text {
        "" => "the text is empty",
        _ if !text.contains(char::is_alphabetic) => "the text holds no letter",
        _ => return None,
    };
    Some(Note { code: "no_letters", message: message.into() })
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

impl<R> fmt::Debug for Articles<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Articles").field("name", &self.name).finish_non_exhaustive()
    }
}
