//! Why something other than a text cannot be used.
//!
//! In: what was found and what was expected. Out: one opaque [`Error`] with questions, and a line.
//! Never: a word on an article; reading text cannot fail. Next: [`crate::encode::WordPieces::new`] makes them.

use std::fmt;

/// Why something other than a text cannot be used. Reading text cannot fail; a model can be broken.
///
/// `Display` is one line: what was found and what was expected.
///
/// ```
/// use onrecord::encode::WordPieces;
///
/// let error = WordPieces::new("the\n##s").unwrap_err();
/// assert!(error.is_missing_piece());
/// assert_eq!(error.to_string(), "vocabulary: found no piece `[UNK]`; expected one for unknown words");
/// ```
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    MissingPiece { piece: &'static str },
    RepeatedPiece { piece: String, lines: [u32; 2] },
}

impl Error {
    pub(crate) fn missing_piece(piece: &'static str) -> Error {
        Kind::MissingPiece { piece }.into()
    }

    pub(crate) fn repeated_piece(piece: &[u8], ids: [u32; 2]) -> Error {
        let piece = String::from_utf8_lossy(piece).into_owned();
        Kind::RepeatedPiece { piece, lines: ids.map(|id| id + 1) }.into()
    }

    /// Whether a vocabulary lacks the piece for unknown words.
    pub fn is_missing_piece(&self) -> bool {
        matches!(*self.0, Kind::MissingPiece { .. })
    }

    /// Whether a vocabulary holds a piece twice.
    pub fn is_repeated_piece(&self) -> bool {
        matches!(*self.0, Kind::RepeatedPiece { .. })
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error(Box::new(kind))
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::MissingPiece { piece } => {
                write!(f, "vocabulary: found no piece `{piece}`; expected one for unknown words")
            }
            Kind::RepeatedPiece { piece, lines: [first, second] } => {
                let piece = piece.escape_debug();
                write!(
                    f,
                    "vocabulary: found `{piece}` on lines {first} and {second}; expected each piece once"
                )
            }
        }
    }
}
