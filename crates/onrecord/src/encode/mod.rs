//! What are the words and pieces that the model sees? Text → [`Words`] → [`Pieces`].
//!
//! In: the text of an article, and the vocabulary of a model. Out: its words with three small features each, and
//! for each word the ids of its word pieces, as [`onrecord_kernel`] takes them.
//! It never decides anything about what is said, never fails on a text, and never looks at a property of a character
//! that a newer Unicode could change: `train/text.py` is the specification, and a model is as good as the agreement
//! with it. Tokens ([`crate::text::Token`]) are other words: the rules read those, a model reads these.
//! Read on in `words.rs`, which the data meets first.
//!
//! ```
//! use onrecord::encode::{WordPieces, Words};
//!
//! let words = Words::read("“We open,” she said.");
//! let texts: Vec<&str> = words.iter().map(|word| words.slice(*word)).collect();
//! assert_eq!(texts, ["“", "We", "open", ",", "”", "she", "said", "."]);
//!
//! // A piece a line; `##` stands before those that go on with a word.
//! let word_pieces = WordPieces::new("[UNK]\nwe\nope\n##n\nshe\nsaid\n,\n.").unwrap();
//! let pieces = word_pieces.pieces(&words);
//! let ids: Vec<u32> = pieces.as_slice().iter().map(|piece| piece.id).collect();
//! assert_eq!(ids, [0, 1, 2, 3, 6, 0, 4, 5, 7]);
//! // The third word has two.
//! assert_eq!(pieces.of(2), 2..4);
//! ```

mod words;
mod state;
mod pieces;
mod vocabulary;
mod fold;
mod unicode;
mod assigned;
mod encoding;
mod shipped;

pub use encoding::{Encoder, Encoding, Scores};
pub use pieces::{Pieces, WordPieces};
pub use shipped::{model_on, shipped, shipped_id, shipped_on};
pub use words::{Case, State, Word, Words};
