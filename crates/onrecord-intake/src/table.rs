//! CSV: an article a row.
//!
//! In: a file whose first line names its columns, `text` among them. Out: an [`Outcome`] for each row. The border of
//! columns is a comma, a semicolon or a tab, as the first line shows. It holds one row; a row that
//! is longer than a line of JSONL may be ends the table.

use std::io::{self, Read};
use std::sync::Arc;

use csv::{ByteRecord, Reader, ReaderBuilder};
use onrecord::Article;

use crate::outcome::{Item, Note, Outcome, Part, Place, Raw};
use crate::read::{Input, Opened};
use crate::{Error, Reason, encoding, limits, note, plain};

/// The borders of columns.
const BORDERS: [u8; 3] = [b',', b';', b'\t'];

/// The border of columns, where the head is that of a table with a column `text`.
pub(crate) fn border(utf8: &[u8]) -> Option<u8> {
    let text = utf8.strip_prefix("\u{feff}".as_bytes()).unwrap_or(utf8);
    let line = &text[..text.iter().position(|&b| b == b'\n')?];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    BORDERS.into_iter().find(|&border| {
        let names: Vec<&[u8]> = line.split(|&b| b == border).map(unquoted).collect();
        let is_name = |name: &&[u8]| {
            !name.is_empty()
                && name.trim_ascii() == *name
                && name.len() <= 64
                && name.iter().all(|b| b.is_ascii_alphanumeric() || b"_-. ".contains(b))
        };
        names.len() > 1
            && names.iter().all(is_name)
            && names.iter().any(|name| name.eq_ignore_ascii_case(b"text"))
    })
}

fn unquoted(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
}

/// The rows of a table.
pub(crate) struct Rows<'r> {
    name: Arc<str>,
    reader: Reader<Limited<'r>>,
    border: u8,
    names: ByteRecord,
    row: ByteRecord,
    number: u64,
    is_over: bool,
}

impl<'r> Rows<'r> {
    pub(crate) fn new(name: Arc<str>, opened: Opened<'r>, border: u8) -> Rows<'r> {
        let mut reader = ReaderBuilder::new();
        reader.delimiter(border).has_headers(false).flexible(true);
        let reader = reader.from_reader(Limited { input: opened.into_utf8(), left: ROW });
        Rows {
            name,
            reader,
            border,
            names: ByteRecord::new(),
            row: ByteRecord::new(),
            number: 0,
            is_over: false,
        }
    }

    fn place(&self) -> Place {
        Place::part_of(&self.name, Part::Row(self.number))
    }

    /// The value in the column of this name.
    fn value(&self, names: &[&str]) -> Option<&[u8]> {
        let is_named = |own: &[u8]| {
            let own = own.strip_prefix("\u{feff}".as_bytes()).unwrap_or(own);
            names.iter().any(|name| unquoted(own).trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
        };
        let at = self.names.iter().position(is_named)?;
        self.row.get(at).filter(|value| !value.trim_ascii().is_empty())
    }

    fn outcome(&self) -> Outcome {
        let Some(text) = self.value(&["text"]) else {
            let message = "the row holds nothing in the column `text`";
            return Outcome::Refused(Error::new(self.place(), Reason::NoBody, message));
        };
        let mut notes = Vec::new();
        let decoded = encoding::guessed(text, &mut notes);
        if decoded.text.contains('\0') {
            let message = "found the character U+0000 in `text`; expected text without it";
            return Outcome::Refused(Error::new(self.place(), Reason::Broken, message));
        }
        let text = decoded.text;
        if self.row.len() != self.names.len() {
            let message =
                format!("the row has {} columns and the first line {}", self.row.len(), self.names.len());
            notes.push(Note { code: note::BAD_VALUE, message });
        }
        let field = |names: &[&str]| {
            let mut unnoted = Vec::new();
            self.value(names)
                .map(|value| encoding::guessed(value, &mut unnoted).text.trim().replace('\0', ""))
        };
        notes.extend(plain::no_letters(&text));
        Outcome::Article(Box::new(Item {
            article: Article {
                text,
                id: field(&["id"]),
                title: field(&["title", "headline"]),
                url: field(&["url", "link"]),
                publisher: field(&["publisher"]),
                published: field(&["published", "date"]),
                language: field(&["language", "lang"]),
            },
            byline: field(&["byline", "author", "authors"]),
            fetched: None,
            inferred: Vec::new(),
            notes,
            raw: Raw { bytes: self.raw(), media_type: "text/csv", encoding: decoded.encoding.name() },
            place: self.place(),
        }))
    }

    /// The line of names and the row, as CSV again.
    fn raw(&self) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().delimiter(self.border).flexible(true).from_writer(Vec::new());
        let written =
            writer.write_byte_record(&self.names).and_then(|()| writer.write_byte_record(&self.row));
        debug_assert!(written.is_ok(), "writing to memory cannot fail");
        writer.into_inner().unwrap_or_default()
    }
}

const ROW: usize = limits::LINE_BYTES.value;

/// A reader that gives no more than a row may have, until it is told that the next one begins.
struct Limited<'r> {
    input: Input<'r>,
    left: usize,
}

impl Read for Limited<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.left = self.left.checked_sub(count).ok_or_else(|| {
            let message = format!("the row has over {ROW} bytes; expected at most as many");
            io::Error::new(io::ErrorKind::FileTooLarge, message)
        })?;
        Ok(count)
    }
}

impl Iterator for Rows<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let read = if self.names.is_empty() && self.number == 0 {
                self.reader.read_byte_record(&mut self.names).map(|found| (found, false))
            } else {
                self.number += 1;
                self.reader.get_mut().left = ROW;
                self.reader.read_byte_record(&mut self.row).map(|found| (found, true))
            };
            match read {
                Ok((true, true)) => return Some(self.outcome()),
                Ok((true, false)) => {}
                Ok((false, _)) => self.is_over = true,
                Err(error) => {
                    self.is_over = true;
                    let place = self.place();
                    let error = match error.into_kind() {
                        csv::ErrorKind::Io(error) => error,
                        other => io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}")),
                    };
                    return Some(Outcome::Refused(Error::io(place, error)));
                }
            }
        }
        None
    }
}
