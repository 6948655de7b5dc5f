//! Web archives: WARC, packed record by record, packed as a whole, or not at all.
//!
//! In: a reader that begins with a record. Out: an [`Outcome`] for each response, and one that counts all other
//! records. It holds one record; where a record is not as long as it says, or is broken, the next one is searched
//! for by its first line. Revisits are not resolved. Read on in `bytes` (the input in segments), `http` (what a
//! response holds).

mod bytes;
mod http;

use std::io;
use std::sync::Arc;

use crate::html::{self, Page};
use crate::outcome::{Note, Outcome, Part, Place};
use crate::read::Input;
use crate::unpack::Members;
use crate::{Error, Reason, limits, note};
use bytes::{Found, Segments};

/// The records of a web archive.
pub(crate) struct Records<'r> {
    name: Arc<str>,
    input: Segments<'r>,
    /// The record that was read last, from 1.
    number: u64,
    /// Records that are no responses.
    others: u64,
    is_over: bool,
}

/// The header of a record.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    address: Option<String>,
    date: Option<String>,
    is_truncated: bool,
    length: Length,
}

/// What a header says of the length of its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Length {
    #[default]
    Unstated,
    Stated(u64),
    /// Stated twice and differently, or as what is no number.
    Bad,
}

impl<'r> Records<'r> {
    pub(crate) fn plain(name: Arc<str>, input: Input<'r>) -> Records<'r> {
        Records { name, input: Segments::plain(input), number: 0, others: 0, is_over: false }
    }

    pub(crate) fn packed(name: Arc<str>, input: Input<'r>) -> Records<'r> {
        Records { name, input: Segments::packed(Members::new(input)), number: 0, others: 0, is_over: false }
    }

    fn place(&self) -> Place {
        Place::part_of(&self.name, Part::Record(self.number))
    }

    fn refused(&self, reason: Reason, message: impl Into<String>) -> Outcome {
        Outcome::Refused(Error::new(self.place(), reason, message))
    }

    /// What the next record gives; `Ok(None)` where it is counted and gives nothing of its own.
    fn record(&mut self) -> io::Result<Option<Outcome>> {
        self.number += 1;
        match self.input.go_to_record()? {
            Found::Record => {}
            Found::Other => {
                self.input.skip_to_record()?;
                return Ok(Some(
                    self.refused(Reason::Broken, "found bytes that are no record; expected `WARC/1.`"),
                ));
            }
            Found::AfterGarbage => {
                let message = "found bytes between two members of gzip; expected the next one";
                return Ok(Some(self.refused(Reason::Broken, message)));
            }
            Found::End => {
                self.is_over = true;
                return Ok(self.rest());
            }
        }
        let Some(header) = self.input.header(limits::RECORD_HEADER_BYTES.value)? else {
            self.input.skip_to_record()?;
            let limit = limits::RECORD_HEADER_BYTES.value;
            return Ok(Some(
                self.refused(Reason::TooLarge, format!("the header of the record has over {limit} bytes")),
            ));
        };
        let header = Header::new(&header);
        if header.kind != "response" {
            return self.skip(&header);
        }
        self.response(&header)
    }

    /// Passes over a record that is no response.
    fn skip(&mut self, header: &Header) -> io::Result<Option<Outcome>> {
        let is_whole = match header.length {
            Length::Stated(length) if length <= limits::RECORD_BYTES.value as u64 => {
                let block = self.input.take(length as usize)?;
                let ends = block.len() as u64 == length && self.input.is_at_end_of_record()?;
                if !ends {
                    self.input.unread(&block);
                }
                ends
            }
            _ => false,
        };
        if is_whole {
            self.others += 1;
            return Ok(None);
        }
        self.input.skip_to_record()?;
        if header.kind.is_empty() {
            return Ok(Some(self.refused(Reason::Broken, "the record names no type")));
        }
        self.others += 1;
        Ok(None)
    }

    fn response(&mut self, header: &Header) -> io::Result<Option<Outcome>> {
        const LIMIT: usize = limits::RECORD_BYTES.value;
        let mut notes = Vec::new();
        let block = match header.length {
            Length::Stated(length) if length <= LIMIT as u64 => {
                let block = self.input.take(length as usize)?;
                if block.len() as u64 == length && self.input.is_at_end_of_record()? {
                    Some(block)
                } else {
                    notes.push(bad_length());
                    self.input.unread(&block);
                    self.input.take_to_record(LIMIT)?
                }
            }
            Length::Stated(_) | Length::Unstated | Length::Bad => {
                notes.push(bad_length());
                self.input.take_to_record(LIMIT)?
            }
        };
        let Some(block) = block else {
            let message = format!("the record has over {LIMIT} bytes; expected at most as many");
            return Ok(Some(self.refused(Reason::TooLarge, message)));
        };
        if header.is_truncated {
            let message = "the record says that it was cut off when it was archived";
            notes.push(Note { code: note::CUT_SHORT, message: message.into() });
        }
        Ok(Some(self.page(header, &block, notes)))
    }

    fn page(&self, header: &Header, block: &[u8], mut notes: Vec<Note>) -> Outcome {
        let response = match http::read(block, &mut notes) {
            Ok(response) => response,
            Err((reason, message)) => return self.refused(reason, message),
        };
        html::article(
            self.place(),
            Page {
                bytes: response.body,
                charset: response.charset.as_deref(),
                utf16: None,
                address: header.address.as_deref().filter(|address| html::meta::is_address(address)),
                fetched: header.date.clone(),
                notes,
            },
        )
    }

    /// One row for all records that are no responses.
    fn rest(&self) -> Option<Outcome> {
        let message = match self.others {
            0 => return None,
            1 => "1 record is no response".to_owned(),
            others => format!("{others} records are no responses"),
        };
        Some(Outcome::Refused(Error::new(Place::new(&self.name), Reason::NoResponse, message)))
    }
}

fn bad_length() -> Note {
    let message = "the record is not as long as it says; it was taken up to the next one";
    Note { code: note::CUT_SHORT, message: message.into() }
}

impl Iterator for Records<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            match self.record() {
                Ok(Some(outcome)) => return Some(outcome),
                Ok(None) => {}
                Err(error) => {
                    self.is_over = true;
                    return Some(Outcome::Refused(Error::io(self.place(), error)));
                }
            }
        }
        None
    }
}

impl Header {
    fn new(lines: &[u8]) -> Header {
        let mut header = Header::default();
        for (name, value) in http::fields(lines) {
            match name.as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    header.address = Some(value.trim_start_matches('<').trim_end_matches('>').to_owned());
                }
                "warc-date" => header.date = crate::date::iso(&value),
                "warc-truncated" => header.is_truncated = true,
                "content-length" => header.length = header.length.and(&value),
                _ => {}
            }
        }
        header
    }
}

impl Length {
    fn and(self, value: &str) -> Length {
        let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        match (self, value.parse().ok().filter(|_| is_number)) {
            (Length::Unstated, Some(length)) => Length::Stated(length),
            (Length::Stated(own), Some(length)) if own == length => self,
            _ => Length::Bad,
        }
    }
}
