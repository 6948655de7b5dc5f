//! Reads a news article and keeps the record: who said what, and the characters each row rests on.
//!
//! In: an [`Article`]. Out: [`record::Claims`], and from them the JSON of [`wire`].
//! The engine is pure: it opens no file, asks no clock, starts no thread, and reading text cannot fail. What it
//! does not understand becomes a [`Warning`].
//!
//! ```
//! use onrecord::{Article, Engine};
//!
//! let engine = Engine::new();
//! let article = Article::new("“We will open in May,” said Mayor Dana Ruiz. “Not before.”");
//! let document = engine.document(article);
//! let readings = engine.read(&document, engine.encode(&document).as_ref());
//! let claims = engine.record(&document, &readings);
//!
//! let said = &claims.attributions[0].attribution;
//! assert_eq!(document.slice(said.source[0]), "Mayor Dana Ruiz");
//! assert_eq!(document.slice(said.content[1]), "“Not before.”");
//! ```
//!
//! The modules below stand in the order in which the data flows. Read [`engine`] first: it is the whole way in
//! one screen.
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod article;
pub mod limits;
pub mod warning;
mod error;
pub mod text;
pub mod encode;
pub mod read;
pub mod record;
pub mod wire;
pub mod engine;
pub mod learn;
mod lang;

pub use article::Article;
pub use engine::Engine;
pub use error::Error;
pub use onrecord_kernel as kernel;
pub use text::{Document, Span};
pub use warning::Warning;
