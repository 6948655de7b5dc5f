//! The arithmetic of the encoder: word pieces in, whole numbers out, the same bits on every machine.
//!
//! In: a model file, and for each article one row of [`Piece`]s. Out: [`Codes`], a vector of small whole numbers
//! for each piece, and the scores that the heads read off them: tags of words, links between spans.
//! It never sees text, opens no file, starts no thread, calls no mathematical library, and its results depend on
//! neither the processor, nor [`Cpu`], nor how long a row is: every long sum is over whole numbers, hence exact in
//! any order, and every step in floating point is one product or one sum, in the order that `train/README.md`
//! writes down. That page is the specification; `train/quantised.py` is the same in Python.
//!
//! ```
//! use onrecord_kernel::{Cpu, Encoder, Link, Model, Piece, Place, Stretch};
//!
//! // Random weights, which the tests go by.
//! let file = std::fs::read("../../train/reference/tiny.model").unwrap();
//! let model = Model::read(&file, Cpu::detect()).unwrap();
//! let mut encoder = Encoder::new(&model);
//!
//! let first = Piece { id: 7, case: 2, state: 0, start: 1 };
//! let codes = encoder.encode(&[first, Piece { id: 9, ..first }, Piece { id: 12, case: 1, state: 0, start: 0 }], &[0]);
//! assert_eq!(codes.len(), 3);
//!
//! // Two words, of two pieces and of one.
//! let scores = model.tag_scores(&codes, &[0, 2]);
//! assert_eq!(scores.len(), 2);
//!
//! // Is the second the cue of the first?
//! let query = &model.queries(Link::Cue, &codes, &[Stretch { first: 0, last: 1 }])[0];
//! let key = &model.keys(Link::Cue, &codes, &[Stretch { first: 2, last: 2 }])[0];
//! let score = model.link_score(Link::Cue, query, key, Place::default());
//! assert!(score.is_finite());
//! ```
//!
//! The modules stand in the order in which the data flows: `file` and `model` (bytes to checked weights),
//! `product` (their layout), `encoder` (the blocks), `heads` (the scores), and beneath them `plain` and `x86`, one
//! tile of a product each. All `unsafe` is in `x86`.
#![deny(unsafe_op_in_unsafe_fn)]
#![allow(
    clippy::inline_always,
    reason = "what a path runs is compiled with its instructions only inside of it"
)]

pub mod limits;
mod error;
mod file;
mod model;
mod product;
mod windows;
mod encoder;
mod attention;
mod heads;
mod branch;
mod number;
mod cpu;
mod plain;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use branch::{Branch, Pointer, TURNS};
pub use cpu::Cpu;
pub use encoder::{Branched, Codes, Encoder, Piece};
pub use error::Error;
pub use heads::{Link, MENTIONS, Place, Projection, Stretch, TAGS};
pub use model::Model;
