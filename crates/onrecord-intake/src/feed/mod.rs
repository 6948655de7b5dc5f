//! RSS and Atom: the items of a feed.
//!
//! In: a file whose root is `rss`, `feed` or `rdf:RDF`. Out: an [`Outcome`] for each item: an article where the item
//! carries its text, else `no_body`. Nothing is fetched. Entities that the file declares are refused with the whole
//! file, for they can stand for gigabytes and for other files. It holds one item. Read on in `item`.

mod item;
mod meter;

use std::io::BufReader;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::errors::Error as XmlError;
use quick_xml::events::{BytesStart, Event};

use crate::outcome::{Outcome, Part, Place};
use crate::read::{Input, Opened};
use crate::{Error, Reason, encoding, limits, read, xml};
use item::{Channel, Draft};
use meter::Meter;

/// The items of a feed.
pub(crate) struct Items<'r> {
    name: Arc<str>,
    reader: Reader<Meter<BufReader<Input<'r>>>>,
    event: Vec<u8>,
    channel: Channel,
    /// The elements that are open, by their names.
    open: Vec<String>,
    /// The item that is being read, and how deep its element lies.
    draft: Option<(usize, Draft)>,
    number: u64,
    is_over: bool,
    /// Whether it was told that nothing more comes.
    is_told: bool,
}

impl<'r> Items<'r> {
    pub(crate) fn new(name: Arc<str>, opened: Opened<'r>) -> Items<'r> {
        let input = utf8(opened);
        let mut reader = Reader::from_reader(Meter::new(BufReader::new(input)));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Items {
            name,
            reader,
            event: Vec::new(),
            channel: Channel::default(),
            open: Vec::new(),
            draft: None,
            number: 0,
            is_over: false,
            is_told: false,
        }
    }

    fn place(&self) -> Place {
        match self.number {
            0 => Place::new(&self.name),
            number => Place::part_of(&self.name, Part::Item(number)),
        }
    }

    fn end(&mut self, reason: Reason, message: impl Into<String>) -> Outcome {
        self.is_over = true;
        self.is_told = true;
        Outcome::Refused(Error::new(Place::new(&self.name), reason, message))
    }

    /// Takes the next piece of the file; `Some` where it ends an item or the feed.
    fn step(&mut self) -> Option<Outcome> {
        self.event.clear();
        self.reader.get_mut().begin();
        let event = match self.reader.read_event_into(&mut self.event) {
            Ok(event) => event.into_owned(),
            Err(XmlError::Io(error)) => {
                self.is_over = true;
                self.is_told = true;
                let error = std::io::Error::new(error.kind(), error.to_string());
                return Some(Outcome::Refused(Error::io(self.place(), error)));
            }
            Err(error) => return Some(self.end(Reason::Broken, format!("found broken XML: {error}"))),
        };
        match event {
            Event::DocType(text) if xml::declares_entities(&text) => {
                return Some(
                    self.end(
                        Reason::Unsupported,
                        "found XML that declares entities; expected a feed without",
                    ),
                );
            }
            Event::Start(tag) => return self.start(&tag),
            Event::Empty(tag) => {
                let refused = self.start(&tag);
                return refused.or_else(|| self.close());
            }
            Event::End(_) => return self.close(),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(name) => {
                let text = xml::entity(&name).unwrap_or_else(|| format!("&{};", &*name).into());
                self.text(&text);
            }
            Event::Eof => self.is_over = true,
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        None
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Option<Outcome> {
        if self.open.len() >= limits::FEED_DEPTH.value {
            let limit = limits::FEED_DEPTH.value;
            return Some(
                self.end(Reason::TooLarge, format!("the feed has over {limit} elements inside one another")),
            );
        }
        let name = tag.name().as_ref().to_ascii_lowercase();
        if self.open.is_empty() && !matches!(name.as_str(), "rss" | "feed" | "rdf:rdf") {
            return Some(self.end(
                Reason::Unsupported,
                format!("found XML whose root is `{name}`; expected RSS or Atom"),
            ));
        }
        let attributes = attributes(tag);
        match &mut self.draft {
            Some((_, draft)) => draft.start(&name, &attributes),
            None if matches!(name.as_str(), "item" | "entry") => {
                self.number += 1;
                self.reader.get_mut().record(tag.as_bytes());
                self.draft = Some((self.open.len(), Draft::default()));
            }
            None => self.channel.start(&name, &attributes),
        }
        self.open.push(name);
        None
    }

    fn close(&mut self) -> Option<Outcome> {
        let name = self.open.pop()?;
        match self.draft.take() {
            Some((depth, draft)) if depth >= self.open.len() => {
                let raw = self.reader.get_mut().recorded();
                let place = self.place();
                Some(draft.outcome(place, raw, &self.channel))
            }
            Some((depth, mut draft)) => {
                draft.end(&name);
                self.draft = Some((depth, draft));
                None
            }
            None => {
                self.channel.end(&name, self.open.len());
                None
            }
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.draft {
            Some((_, draft)) => draft.text(text),
            None => self.channel.text(text),
        }
    }
}

impl Iterator for Items<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            if let Some(outcome) = self.step() {
                return Some(outcome);
            }
        }
        if let Some((_, draft)) = self.draft.take() {
            let raw = self.reader.get_mut().recorded();
            let place = self.place();
            return Some(draft.cut_short().outcome(place, raw, &self.channel));
        }
        if self.number == 0 && !std::mem::replace(&mut self.is_told, true) {
            let message = "the feed holds no item";
            return Some(Outcome::Refused(Error::new(Place::new(&self.name), Reason::NoBody, message)));
        }
        None
    }
}

/// The attributes of a tag, names in lower case, as many as a feed's elements have.
fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    const MOST: usize = 16;
    let mut all = tag.attributes();
    // Comparing each with all before it is quadratic.
    all.with_checks(false);
    let read = all.take(MOST).flatten().map(|attribute| {
        let name = attribute.key.as_ref().to_ascii_lowercase();
        (name, item::unescaped(&attribute.value))
    });
    read.collect()
}

/// The bytes in UTF-8, by the encoding that the XML declaration names; what is broken as U+FFFD.
fn utf8(opened: Opened<'_>) -> Input<'_> {
    let encoding = match opened.utf16() {
        Some(utf16) => utf16.order,
        None => encoding::named_in(opened.head()).unwrap_or(encoding_rs::UTF_8),
    };
    read::transcoded(encoding, opened)
}
