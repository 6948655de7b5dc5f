//! Everything that is particular to a language. One folder per language.

pub(crate) mod en;
