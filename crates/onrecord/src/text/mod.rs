//! Where are the paragraphs, sentences, tokens and quotation marks? Article → [`Document`].
//!
//! In: an [`Article`]. Out: a [`Document`] that owns the article and knows its parts as spans of the original
//! text. It never changes the text and never fails: what it cannot make out is a warning.
//! Read on in [`crate::read`].

mod span;
mod offsets;
mod document;
mod paragraph;
mod token;
mod sentence;
mod mark;
mod quotation;
mod dateline;

pub use document::{Document, Published};
pub use offsets::Offsets;
pub use paragraph::Paragraph;
pub use quotation::{Glyph, Quotation};
pub use sentence::Sentence;
pub use span::Span;
pub use token::{Kind, Token};
