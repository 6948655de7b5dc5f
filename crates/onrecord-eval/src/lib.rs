//! How good is a reading? Corpora, scores and score tables.
//!
//! In: a corpus that people annotated, and the predictions of a program for the same articles. Out: figures, a
//! report of what went wrong, and the CSV tables under `eval/`, so that a change of quality shows as a diff.
//! It never writes the text of a corpus into a table, and it never reads the environment: the binary does.
//!
//! The modules stand in the order in which the data flows. Read [`score`] first.

pub mod attribution;
pub mod corpus;
pub mod prediction;
pub mod score;
pub mod error;
pub mod maker;
pub mod position;
pub mod evaluation;
pub mod people;
pub mod page;
pub mod learn;
pub mod table;
pub mod time;
pub mod condition;
pub mod standing;
pub mod cause;
mod failure;

pub use attribution::{Attribution, Problems, Span};
pub use failure::Error;
