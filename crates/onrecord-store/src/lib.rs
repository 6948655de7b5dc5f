//! The record: many articles in one SQLite file, each wholly or not at all, once, for good.
//!
//! In: records in the wire form, read here or elsewhere. Out: a file that any SQLite tool opens, and answers. It
//! never keeps what does not prove itself (every span is cut out of the text and compared), never acknowledges what is
//! not on the disk, and knows no language. `docs/record-file.md` describes tables and views. Read on in `given` (is
//! it what it says?), `keep` (the writer), `load` (the way back).
//!
//! ```
//! use onrecord::wire::{Record as Wire, Text};
//! use onrecord_store::{Given, Kept, Models, Record, Writer};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! let path = folder.path().join("record.db");
//! let article = onrecord::Article::new("“We will open in May,” said Mayor Dana Ruiz.");
//! let (document, claims) = onrecord::Engine::by_rules().claims(article);
//! let wire = serde_json::to_string(&Wire::new(&document, &claims, Text::Keep)).unwrap();
//!
//! let mut writer = Writer::open(&path).unwrap();
//! let given = Given::new(&wire, &Models::any()).unwrap();
//! assert_eq!(writer.keep(&given, "bridge.txt").unwrap(), Kept::Version(1));
//! assert_eq!(writer.keep(&given, "bridge.txt").unwrap(), Kept::Unchanged);
//! writer.finish().unwrap();
//!
//! let record = Record::open(&path).unwrap();
//! assert_eq!(record.verify(onrecord_store::Depth::Rows, |_| ()).unwrap().articles, 1);
//! ```
#![forbid(unsafe_code)]

pub mod limits;
mod error;
mod shape;
mod words;
mod json;
mod hash;
mod pack;
mod unpack;
mod given;
mod strict;
mod lenient;
mod views;
mod schema;
mod file;
mod keep;
mod load;
mod verify;
mod erase;
mod history;
mod reread;
mod export;
mod columnar;
pub mod sql;

pub use columnar::Tables;
pub use error::Error;
pub use export::{Format, cell as csv_cell, line as csv_line};
pub use file::Record;
pub use given::{Given, Models, Raw, Refusal};
pub use history::{Change, Quote, Version};
pub use keep::{Kept, Key, Standing, Writer};
pub use reread::{Again, Reread};
pub use verify::{Depth, Finding, Report};

/// The reasons for which this crate refuses an article, with what they mean. Intake has its own beside them.
pub const REASONS: &[(&str, &str)] = &[
    ("bad_record", "a record that is not of the wire form"),
    ("other_version", "a record of another version of the wire form"),
    ("other_model", "a record that another model read"),
    ("no_text", "a record without its text, which nothing can be checked against"),
    ("wrong_hash", "a record whose `text_sha256` is not that of its text"),
    ("wrong_span", "a record with a span that is not in its text"),
    ("lost_reference", "a record with a row that names a row that is not there"),
    ("reader_panicked", "a bug of onrecord: reading the article failed"),
    ("budget_passed", "reading the article took longer than any article should"),
];
