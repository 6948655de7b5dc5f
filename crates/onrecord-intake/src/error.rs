//! Why an input, or a line of it, gave no article.

use std::fmt;
use std::io;

use crate::Place;

/// Why an input, or a line of it, gave no article.
///
/// `Display` is one line: the place, then what was found and what was expected. [`Error::hint`] says what to do.
#[derive(Debug)]
pub struct Error {
    place: Place,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Io(io::Error),
    Binary { message: String, hint: &'static str },
    Spread { message: &'static str, hint: &'static str },
    BrokenLine { message: String, hint: Option<&'static str> },
    TooLong { message: String },
}

impl Error {
    pub(crate) fn io(place: Place, error: io::Error) -> Error {
        Error { place, kind: Kind::Io(error) }
    }

    /// The input or the line that gave no article.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&str> {
        match &self.kind {
            Kind::Binary { hint, .. } | Kind::Spread { hint, .. } => Some(hint),
            Kind::BrokenLine { hint, .. } => *hint,
            Kind::Io(_) | Kind::TooLong { .. } => None,
        }
    }

    /// Whether reading the input failed. It ends the iteration.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }

    /// Whether the input is no text: a picture, an archive, a program. It ends the iteration.
    pub fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Binary { .. })
    }

    /// Whether the input is JSON, and not one object a line. It ends the iteration.
    pub fn is_spread_json(&self) -> bool {
        matches!(self.kind, Kind::Spread { .. })
    }

    /// Whether one line is no article. The other lines are read.
    pub fn is_broken_line(&self) -> bool {
        matches!(self.kind, Kind::BrokenLine { .. })
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
            Kind::Binary { message, .. } | Kind::BrokenLine { message, .. } | Kind::TooLong { message } => {
                f.write_str(message)
            }
            Kind::Spread { message, .. } => f.write_str(message),
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
