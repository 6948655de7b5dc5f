//! Bytes to articles: what kind of input is this, in which encoding, and which articles does it hold?
//!
//! In: a name for messages and any [`Read`]. Out: [`Articles`], an iterator of [`Outcome`]s: an article with where
//! each value came from and the bytes it was read from; a record that was read elsewhere; or the [`Reason`] why
//! neither. It never goes by the name, never drops anything in silence, never fetches anything, writes no file, and
//! never holds more than one article. Read on in `kind` (what is it?), `read` (its bytes), then in the format at
//! hand: `plain`, `html`, `json`, `table` (CSV), `warc`, `feed`, `docx`.
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
mod unpack;
mod date;
mod xml;
mod plain;
mod html;
mod json;
mod table;
mod warc;
mod feed;
mod docx;
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
/// - **ninjs** is a JSON object without `text` that has `uri`, and a headline or a time of creation.
/// - **HTML** begins with a tag that pages begin with. Its main text is found; what the page says of itself gives the
///   other keys.
/// - **CSV** begins with a line of names of columns, one of them `text`; the others as in JSONL.
/// - **WARC** begins with `WARC/1.`: each response with a page in it is an article.
/// - **RSS and Atom** have `rss`, `feed` or `rdf:RDF` for their root: each item that carries its text is an article.
/// - **DOCX**: the text of a draft.
/// - **gzip and Zstandard** around any of these are unpacked.
/// - **Plain text** is everything else: one article. It is UTF-8 or UTF-16, or else its encoding is guessed and
///   noted. Pictures, archives and the like are refused.
///
/// Nothing is read before the first call of `next`.
pub fn articles<'r>(name: &str, input: impl Read + Send + 'r) -> Articles<'r> {
    Articles { name: name.into(), state: State::Shut(Box::new(input)) }
}

/// The text of a piece of HTML, all of it that a reader sees: blocks with an empty line between them.
///
/// ```
/// assert_eq!(onrecord_intake::text_of_html("<p>“It <b>rained</b>.”<p>She said.<!-- so -->"), "“It rained.”\n\nShe said.");
/// ```
pub fn text_of_html(html: &str) -> String {
    html::fragment(html)
}

impl Iterator for Articles<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        if let State::Shut(input) = &mut self.state {
            let input = std::mem::replace(input, Box::new(std::io::empty()));
            self.state = State::Open(open(&self.name, input, Packing::AsItCame));
        }
        match &mut self.state {
            State::Open(outcomes) => outcomes.next(),
            State::Shut(_) => None,
        }
    }
}

/// Looks at the head of an input and hands it to the format that it shows.
fn open<'r>(name: &Arc<str>, input: Input<'r>, packing: Packing) -> Outcomes<'r> {
    let place = Place::new(name);
    let opened = match Opened::new(input) {
        Ok(opened) => opened,
        Err(error) => return one(Outcome::Refused(Error::io(place, error))),
    };
    match kind::of(opened.raw_head(), opened.head()) {
        Kind::Text => one(plain::article(place, opened)),
        Kind::Html => one(html::whole(place, opened)),
        Kind::Jsonl => Box::new(json::Lines::new(name.clone(), opened)),
        Kind::Object => one(json::whole(place, opened)),
        Kind::Table(border) => Box::new(table::Rows::new(name.clone(), opened, border)),
        Kind::Feed => Box::new(feed::Items::new(name.clone(), opened)),
        Kind::Docx => one(docx::article(place, opened)),
        Kind::Warc => Box::new(warc::Records::plain(name.clone(), Box::new(opened))),
        Kind::Gzip | Kind::Zstandard if packing == Packing::Packed => {
            let error = Error::new(place, Reason::Unsupported, "found a packed file inside a packed file");
            one(Outcome::Refused(error.with_hint("unpack it once and read what it holds")))
        }
        Kind::Gzip => match unpack::holds_warc(opened) {
            (true, input) => Box::new(warc::Records::packed(name.clone(), input)),
            (false, input) => open(name, unpack::gzip(input), Packing::Packed),
        },
        Kind::Zstandard => match unpack::zstandard(Box::new(opened)) {
            Ok(input) => open(name, input, Packing::Packed),
            Err(error) => one(Outcome::Refused(Error::io(place, error))),
        },
        Kind::Unread(unread) => {
            let message = format!("found {}; expected {}", unread.found, kind::EXPECTED);
            let error = Error::new(place, Reason::Unsupported, message);
            one(Outcome::Refused(error.with_hint(unread.hint)))
        }
    }
}

/// Whether an input was unpacked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    AsItCame,
    Packed,
}

fn one<'r>(outcome: Outcome) -> Outcomes<'r> {
    Box::new(std::iter::once(outcome))
}

impl fmt::Debug for Articles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Articles").field("name", &self.name).finish_non_exhaustive()
    }
}
