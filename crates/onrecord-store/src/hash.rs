//! Hashes of what a record holds: the same for the same content, in whatever order it came.
//!
//! In: values, in the order of the schema. Out: SHA-256 in lower-case hex. Each value goes in with its kind and its
//! length, so that no two contents give the same bytes. Where the text goes in by its own hash, spans go in by their
//! offsets: together they say the same as the characters.

use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

/// The hash of all that is kept of one article.
pub(crate) struct Content {
    hash: Sha256,
    /// What waits to go in: most values are shorter than a block.
    waiting: Vec<u8>,
}

/// Enough blocks at once for the hash to be fast.
const WAITING: usize = 4096;

impl Content {
    pub(crate) fn new() -> Content {
        Content { hash: Sha256::new(), waiting: Vec::with_capacity(WAITING) }
    }

    /// Begins a list.
    pub(crate) fn list(&mut self, name: &str) {
        self.put(b'l', name.as_bytes());
    }

    /// One row of a list.
    pub(crate) fn row<'v>(&mut self, values: impl Iterator<Item = ValueRef<'v>>) {
        self.put(b'r', &[]);
        for value in values {
            self.value(value);
        }
    }

    pub(crate) fn text(&mut self, text: Option<&str>) {
        self.value(text.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes())));
    }

    fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.put(b'0', &[]),
            ValueRef::Integer(number) => self.put(b'i', &number.to_le_bytes()),
            ValueRef::Real(number) => self.put(b'f', &number.to_bits().to_le_bytes()),
            ValueRef::Text(text) => self.put(b't', text),
            ValueRef::Blob(bytes) => self.put(b'b', bytes),
        }
    }

    fn put(&mut self, kind: u8, bytes: &[u8]) {
        self.waiting.push(kind);
        self.waiting.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= WAITING {
            self.hash.update(&self.waiting);
            self.waiting.clear();
        }
    }

    pub(crate) fn finish(mut self) -> String {
        self.hash.update(&self.waiting);
        hex(&self.hash.finalize())
    }
}

/// SHA-256 in lower-case hex.
pub(crate) fn of(bytes: &[u8]) -> String {
    hex(&digest(bytes))
}

pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// A short hash of the values of a row that no other hash covers.
pub(crate) fn seal<'v>(values: impl IntoIterator<Item = ValueRef<'v>>) -> String {
    let mut content = Content::new();
    content.row(values.into_iter());
    let mut seal = content.finish();
    seal.truncate(16);
    seal
}
