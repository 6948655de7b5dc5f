//! Why an input, or a part of it, gave no article: for people, with its [`Reason`] for programs.

use std::fmt;
use std::io;

use crate::{Place, Reason};

/// Why an input, or a part of it, gave no article.
///
/// `Display` is one line: the place, what was found, and what was expected. [`Error::hint`] says what to do.
///
/// ```
/// use onrecord_intake::{Outcome, Reason};
///
/// let Some(Outcome::Refused(error)) = onrecord_intake::articles("scan.pdf", &b"%PDF-1.7"[..]).next() else {
///     panic!("no format of articles begins so");
/// };
/// assert_eq!(error.reason(), Reason::Unsupported);
/// assert!(error.to_string().starts_with("scan.pdf: found a PDF document"));
/// assert!(error.hint().is_some());
/// ```
#[derive(Debug)]
pub struct Error {
    place: Place,
    reason: Reason,
    why: Why,
    hint: Option<&'static str>,
}

#[derive(Debug)]
enum Why {
    Io(io::Error),
    Said(String),
}

impl Error {
    pub(crate) fn new(place: Place, reason: Reason, message: impl Into<String>) -> Error {
        Error { place, reason, why: Why::Said(message.into()), hint: None }
    }

    /// A failure to read. What unpacks or parses the bytes on the way says by the kind of error that these are at fault.
    pub(crate) fn io(place: Place, error: io::Error) -> Error {
        let reason = match error.kind() {
            io::ErrorKind::FileTooLarge => Reason::TooLarge,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Reason::Broken
            }
            _ => Reason::Unreadable,
        };
        Error { place, reason, why: Why::Io(error), hint: None }
    }

    pub(crate) fn with_hint(self, hint: impl Into<Option<&'static str>>) -> Error {
        Error { hint: hint.into(), ..self }
    }

    /// The input or the part of it that gave no article.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The reason, whose code goes into a ledger.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        self.hint
    }

    /// What `Display` says, less the place.
    pub fn message(&self) -> String {
        match &self.why {
            Why::Io(error) => error.to_string(),
            Why::Said(message) => message.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            Why::Io(error) => Some(error),
            Why::Said(_) => None,
        }
    }
}
