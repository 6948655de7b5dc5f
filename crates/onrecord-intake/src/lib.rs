//! Bytes to articles: what kind of input is this, in which encoding, and which articles does it hold?
//!
//! In: a name for messages and any [`Read`]. Out: [`Articles`], an iterator of [`Outcome`]s: an article with where
//! each value came from and the bytes it was read from; a record that was read elsewhere; or the [`Reason`] why
//! neither. It never goes by the name, never drops anything in silence, never fetches anything, writes no file, and
//! never holds more than one article. Read on in `kind` (what is it?), `read` (its bytes), then in the format at
//! hand: `plain`, `json`.
//!
//! ```
//! use onrecord_intake::{Outcome, Reason};
//!
//! let input = "{\"id\": \"a\", \"text\": \"“It rained,” Ana Roz said.\"}\nno object\n{\"text\": \"It rained.\"}\n";
//! let outcomes: Vec<Outcome> = onrecord_intake::articles("news.jsonl", input.as_bytes()).collect();
//! let [Outcome::Article(first), Outcome::Refused(broken), Outcome::Article(last)] = &outcomes[..] else {
//!     panic!("{outcomes:?}");
//! };
//!
//! assert_eq!(first.article.id.as_deref(), Some("a"));
//! assert_eq!(first.place.to_string(), "news.jsonl:1");
//! assert_eq!(first.raw.media_type, "application/json");
//!
//! assert_eq!(broken.reason(), Reason::Broken);
//! assert_eq!(broken.to_string(), "news.jsonl:2: found text; expected a JSON object");
//!
//! assert_eq!(last.article.text, "It rained.");
//! ```
//!
//! # For whoever keeps articles
//!
//! - The outcomes of one input come in its order, and the same bytes give the same outcomes.
//! - [`Item::raw`] holds the bytes that an article was read from; [`Item::inferred`] names the keys that it does not
//!   state; [`Item::notes`] become warnings of the record.
//! - [`Outcome::Record`] holds a line as it stood. Its spans, hashes and model are for its reader to verify.
//! - [`Outcome::Refused`] is a row of a ledger: [`Error::place`], [`Error::reason`] with its
//!   [code](Reason::code), and a message. [`Reason::is_fault`] tells what should fail a run from what is as it should
//!   be; [`Reason::may_pass`] tells what is worth another try.
#![forbid(unsafe_code)]

pub mod limits;
pub mod note;
mod kind;
mod read;
mod encoding;
mod plain;
mod json;
mod outcome;
mod reason;
mod error;

use std::fmt;
use std::io::Read;
use std::sync::Arc;

pub use error::Error;
pub use outcome::{Item, Key, Note, Outcome, Part, Place, Raw, Record};
pub use reason::Reason;

use kind::Kind;
use read::{Input, Opened};

/// The articles of one input, one after the other; made by [`articles`].
///
/// After an outcome that is no article the iteration goes on where it can: a broken line of JSONL costs that line
/// only.
pub struct Articles<'r> {
    name: Arc<str>,
    state: State<'r>,
}

enum State<'r> {
    /// Nothing has been read.
    Shut(Input<'r>),
    Open(Outcomes<'r>),
}

/// What an input of some format gives.
type Outcomes<'r> = Box<dyn Iterator<Item = Outcome> + Send + 'r>;

/// The articles that `input` holds, told by its content. `name` stands for it in messages.
///
/// - **JSONL** is an input that begins with `{` and `"` or `}` in one line, byte order mark and white space apart:
///   one JSON object a line, with `text` and any of `id`, `title`, `url`, `publisher`, `published`, `language` and
///   `byline`. `id` may be a whole number. `null` and `""` are as good as no key; other keys are passed over, and so
///   are blank lines. An object with `onrecord` and `article` is a record ([`Outcome::Record`]). One object over
///   several lines is read as a whole; a list is refused.
/// - **Plain text** is everything else: one article. It is UTF-8 or UTF-16, or else its encoding is guessed and
///   noted. Pictures, archives and the like are refused.
///
/// Nothing is read before the first call of `next`.
pub fn articles<'r>(name: &str, input: impl Read + Send + 'r) -> Articles<'r> {
    Articles { name: name.into(), state: State::Shut(Box::new(input)) }
}

impl Iterator for Articles<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        if let State::Shut(input) = &mut self.state {
            let input = std::mem::replace(input, Box::new(std::io::empty()));
            self.state = State::Open(open(&self.name, input));
        }
        match &mut self.state {
            State::Open(outcomes) => outcomes.next(),
            State::Shut(_) => None,
        }
    }
}

/// Looks at the head of an input and hands it to the format that it shows.
fn open<'r>(name: &Arc<str>, input: Input<'r>) -> Outcomes<'r> {
    let place = Place::new(name);
    let opened = match Opened::new(input) {
        Ok(opened) => opened,
        Err(error) => return one(Outcome::Refused(Error::io(place, error))),
    };
    match kind::of(opened.raw_head(), opened.head()) {
        Kind::Text => one(plain::article(place, opened)),
        Kind::Jsonl => Box::new(json::Lines::new(name.clone(), opened)),
        Kind::Object => one(json::whole(place, opened)),
        Kind::Unread(unread) => {
            let message = format!("found {}; expected {}", unread.found, kind::EXPECTED);
            let error = Error::new(place, Reason::Unsupported, message);
            one(Outcome::Refused(error.with_hint(unread.hint)))
        }
    }
}

fn one<'r>(outcome: Outcome) -> Outcomes<'r> {
    Box::new(std::iter::once(outcome))
}

impl fmt::Debug for Articles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Articles").field("name", &self.name).finish_non_exhaustive()
    }
}
