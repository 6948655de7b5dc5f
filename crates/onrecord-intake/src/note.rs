//! The codes of notes: what was guessed, replaced or doubted while an article was read.
//!
//! Beside these, a note carries the code of the limit that cut something ([`crate::limits`]).

/// The input begins with a byte order mark of UTF-16 or looks like it, and a unit of it has no mate.
pub const BROKEN_UTF16: &str = "broken_utf16";
/// Bytes that are not UTF-8, in an input that else is, were replaced.
pub const BROKEN_UTF8: &str = "broken_utf8";
/// Bytes that do not belong to the encoding that the input states were replaced.
pub const BROKEN_ENCODING: &str = "broken_encoding";
/// A text without a letter.
pub const NO_LETTERS: &str = "no_letters";
/// The encoding is another than UTF-8; whether it was stated or guessed is in the message.
pub const NOT_UTF8: &str = "not_utf8";
/// What stated that it goes on ended: a member of gzip, a chunked body, a record of a web archive.
pub const CUT_SHORT: &str = "cut_short";
/// A value of the page, such as its date, is not what it should be and was passed over.
pub const BAD_VALUE: &str = "bad_value";

/// All codes.
pub const ALL: &[&str] =
    &[BROKEN_UTF16, BROKEN_UTF8, BROKEN_ENCODING, NO_LETTERS, NOT_UTF8, CUT_SHORT, BAD_VALUE];
