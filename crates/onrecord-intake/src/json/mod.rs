//! JSON: an article or a record a line, or one object that is the whole file.
//!
//! In: a reader. Out: an [`Outcome`] for each line that is not blank. A broken line costs only itself, and no more
//! than one line is ever held. It never repairs: what is not JSON is refused with its line. Read on in `object`
//! and `ninjs`.

mod given;
mod ninjs;
mod object;

use std::io::{self, BufRead, BufReader, Read as _};
use std::sync::Arc;

use onrecord::Article;

use crate::outcome::{Item, Outcome, Part, Place, Raw, Record};
use crate::read::{Input, Opened};
use crate::{Error, Reason, limits, plain, read};
use object::Object;

/// What is wrong with a piece of JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) message: String,
    pub(crate) hint: Option<&'static str>,
}

impl Record {
    /// The article that was read, out of the record.
    ///
    /// # Errors
    ///
    /// When the record has no text of the article, or is none.
    pub fn article(&self) -> Result<Article, Error> {
        object::of_record(&self.json)
            .map_err(|broken| Error::new(self.place.clone(), Reason::Broken, broken.message))
            .and_then(|article| {
                let message = "the record leaves out the text of its article";
                article.ok_or_else(|| Error::new(self.place.clone(), Reason::NoBody, message))
            })
    }
}

/// A line of a record has tens of thousands of bytes.
const BUFFER: usize = 256 << 10;

/// The longest line for whose like room is made: one long line says nothing of the next.
const LONG: usize = 1 << 20;

/// The lines of an input.
pub(crate) struct Lines<'r> {
    name: Arc<str>,
    input: BufReader<Input<'r>>,
    /// The line that was read last, from 1.
    number: u64,
    line: Vec<u8>,
    /// How long the last line was that could be kept.
    length: usize,
    is_over: bool,
}

impl<'r> Lines<'r> {
    pub(crate) fn new(name: Arc<str>, opened: Opened<'r>) -> Lines<'r> {
        let input = BufReader::with_capacity(BUFFER, opened.into_utf8());
        Lines { name, input, number: 0, line: Vec::new(), length: 0, is_over: false }
    }

    /// Reads the next line into `self.line`, its end included.
    fn read_line(&mut self) -> io::Result<Length> {
        const LIMIT: usize = limits::LINE_BYTES.value;
        // Most lines of a file are about as long as the one before.
        self.line = Vec::with_capacity(self.length + self.length / 4);
        self.number += 1;
        let count = (&mut self.input).take(LIMIT as u64 + 1).read_until(b'\n', &mut self.line)?;
        if count == 0 {
            return Ok(Length::End);
        }
        if count <= LIMIT || self.line.ends_with(b"\n") {
            self.length = count.min(LONG);
            return Ok(Length::Fits);
        }
        self.line = Vec::new();
        self.input.skip_until(b'\n')?;
        Ok(Length::TooLong)
    }

    fn place(&self) -> Place {
        Place::part_of(&self.name, Part::Line(self.number))
    }
}

enum Length {
    Fits,
    TooLong,
    /// There is no line left.
    End,
}

impl Iterator for Lines<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            match self.read_line() {
                Ok(Length::End) => self.is_over = true,
                Ok(Length::TooLong) => {
                    let limit = limits::LINE_BYTES.value;
                    let message = format!("the line has over {limit} bytes; expected at most as many");
                    return Some(Outcome::Refused(Error::new(self.place(), Reason::TooLarge, message)));
                }
                Ok(Length::Fits) => {
                    let line = std::mem::take(&mut self.line);
                    if let Some(outcome) = outcome(self.place(), line) {
                        return Some(outcome);
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Outcome::Refused(Error::io(self.place(), error)));
                }
            }
        }
        None
    }
}

/// What an input holds that is one object over several lines.
pub(crate) fn whole(place: Place, opened: Opened<'_>) -> Outcome {
    let mut bytes = match read::up_to(&mut opened.into_utf8(), limits::LINE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Refused(Error::io(place, error)),
    };
    if read::cut(&mut bytes, limits::LINE_BYTES, "the object").is_some() {
        let limit = limits::LINE_BYTES.value;
        let message = format!("the object has over {limit} bytes; expected at most as many");
        return Outcome::Refused(Error::new(place, Reason::TooLarge, message));
    }
    let name = place.clone();
    outcome(place, bytes)
        .unwrap_or_else(|| Outcome::Refused(Error::new(name, Reason::NoBody, "the input is blank")))
}

/// What one object holds; `None` where there is none.
fn outcome(place: Place, json: Vec<u8>) -> Option<Outcome> {
    let article = match object::read(&json) {
        Ok(Some(Object::Article(article))) => article,
        Ok(Some(Object::Record)) => {
            let mut json = String::from_utf8(json).expect("it was read as UTF-8 before");
            json.truncate(json.trim_end_matches(object::is_around).len());
            json.drain(..json.len() - json.trim_start_matches(object::is_around).len());
            return Some(Outcome::Record(Box::new(Record { json, place })));
        }
        Ok(Some(Object::Bodiless)) => {
            let message = "the object names an article and holds no text of it";
            return Some(Outcome::Refused(Error::new(place, Reason::NoBody, message)));
        }
        Ok(None) => return None,
        Err(broken) => {
            let error = Error::new(place, Reason::Broken, broken.message);
            return Some(Outcome::Refused(error.with_hint(broken.hint)));
        }
    };
    let notes = Vec::from_iter(plain::no_letters(&article.article.text));
    Some(Outcome::Article(Box::new(Item {
        article: article.article,
        byline: article.byline,
        fetched: None,
        inferred: article.inferred,
        notes,
        raw: Raw { bytes: json, media_type: "application/json", encoding: "UTF-8" },
        place,
    })))
}
