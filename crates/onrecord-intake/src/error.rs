//! Why an input, or a line of it, gave no article.

use std::fmt;
use std::io;

use crate::Place;
use crate::kind::{Binary, Spread};

/// Why an input, or a line of it, gave no article.
///
/// `Display` is one line: the place, what was found, and what was expected. [`Error::hint`] says what to do.
///
/// ```
/// let error = onrecord_intake::articles("scan.pdf", &b"%PDF-1.7"[..]).next().unwrap().unwrap_err();
/// assert!(error.is_binary());
/// assert_eq!(error.to_string(), "scan.pdf: found a PDF document; expected plain text or JSONL");
/// assert!(error.hint().is_some());
/// ```
#[derive(Debug)]
pub struct Error {
    place: Place,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Io(io::Error),
    Binary(Binary),
    Spread(Spread),
    BrokenLine(BrokenLine),
    TooLong { limit: usize },
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BrokenLine {
    pub(crate) message: String,
    pub(crate) hint: Option<&'static str>,
}

impl Error {
    pub(crate) fn io(place: Place, error: io::Error) -> Error {
        Error { place, kind: Kind::Io(error) }
    }

    pub(crate) fn binary(place: Place, binary: Binary) -> Error {
        Error { place, kind: Kind::Binary(binary) }
    }

    pub(crate) fn spread(place: Place, spread: Spread) -> Error {
        Error { place, kind: Kind::Spread(spread) }
    }

    pub(crate) fn broken_line(place: Place, broken: BrokenLine) -> Error {
        Error { place, kind: Kind::BrokenLine(broken) }
    }

    pub(crate) fn too_long(place: Place, limit: usize) -> Error {
        Error { place, kind: Kind::TooLong { limit } }
    }

    /// Whether the input may hold more articles.
    pub(crate) fn leaves_more(&self) -> bool {
        self.is_broken_line() || self.is_too_long()
    }

    /// The input or the line that gave no article.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&str> {
        match &self.kind {
            Kind::Binary(binary) => Some(binary.hint),
            Kind::Spread(Spread::Object) => Some("`jq -c . FILE` writes an object on one line"),
            Kind::Spread(Spread::List) => {
                Some("`jq -c '.[]' FILE` writes each object of a list on its own line")
            }
            Kind::BrokenLine(broken) => broken.hint,
            Kind::Io(_) | Kind::TooLong { .. } => None,
        }
    }

    /// Whether reading the input failed. It ends the iteration.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }

    /// Whether the input is no text: a picture, an archive, a program. It ends the iteration.
    pub fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Binary(_))
    }

    /// Whether the input is JSON, and not one object a line. It ends the iteration.
    pub fn is_spread_json(&self) -> bool {
        matches!(self.kind, Kind::Spread(_))
    }

    /// Whether one line is no article. The other lines are read.
    pub fn is_broken_line(&self) -> bool {
        matches!(self.kind, Kind::BrokenLine(_))
    }

    /// Whether one line is over [`limits::LINE_BYTES`](crate::limits::LINE_BYTES). The other lines are read.
    pub fn is_too_long(&self) -> bool {
        matches!(self.kind, Kind::TooLong { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.kind {
            Kind::Io(error) => write!(f, "{error}"),
            Kind::Binary(binary) => write!(f, "found {}; expected plain text or JSONL", binary.found),
            Kind::Spread(Spread::Object) => {
                f.write_str("found a JSON object over several lines; expected one a line")
            }
            Kind::Spread(Spread::List) => f.write_str("found a JSON list; expected one JSON object a line"),
            Kind::BrokenLine(broken) => f.write_str(&broken.message),
            Kind::TooLong { limit } => write!(f, "the line has over {limit} bytes; expected at most as many"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io(error) => Some(error),
            _ => None,
        }
    }
}
