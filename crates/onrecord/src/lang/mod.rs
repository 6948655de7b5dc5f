//! Everything that is particular to a language. One folder per language.
//!
//! In: words. Out: what is known of them. Nothing here knows of documents; `text` and `read` ask.

pub(crate) mod part;
pub(crate) mod weights;
pub(crate) mod time;
pub(crate) mod en;
