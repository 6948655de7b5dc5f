//! DOCX: the text of a draft.
//!
//! In: an office document. Out: one [`Outcome`]: its paragraphs, with deletions that are still marked left out and
//! insertions taken. It is read in memory and nothing is ever unpacked to a disk; pictures, comments and notes are
//! passed over. Any other archive is `unsupported`.

use std::io::{BufRead, BufReader, Cursor, Read as _};

use onrecord::Article;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::outcome::{Item, Note, Outcome, Place, Raw};
use crate::read::{self, Opened};
use crate::{Error, Reason, limits, note, plain, xml};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Whether the first file of an archive is one that office documents begin with.
pub(crate) fn may_be(head: &[u8]) -> bool {
    let Some(length) = head.get(26..28) else { return false };
    let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
    let name = head.get(30..30 + length).unwrap_or_default();
    [&b"[Content_Types].xml"[..], b"_rels/", b"word/", b"docProps/"]
        .iter()
        .any(|begin| name.starts_with(begin))
}

/// Reads the one article of a document.
pub(crate) fn article(place: Place, mut opened: Opened<'_>) -> Outcome {
    let mut bytes = match read::up_to(&mut opened, limits::DOCX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Refused(Error::io(place, error)),
    };
    if let Some(cut) = read::cut(&mut bytes, limits::DOCX_BYTES, "the document") {
        return Outcome::Refused(Error::new(place, Reason::TooLarge, cut.message));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(&bytes)) else {
        return Outcome::Refused(Error::new(
            place,
            Reason::Broken,
            "found a broken ZIP archive; expected a DOCX document",
        ));
    };
    let mut notes = Vec::new();
    let Some(document) = part(&mut archive, "word/document.xml") else {
        let message = "found a ZIP archive or an office document that is no DOCX";
        let error = Error::new(place, Reason::Unsupported, message);
        return Outcome::Refused(error.with_hint("unpack it, or save the document as plain text"));
    };
    let text = body(document, &mut notes);
    let text = match text {
        Ok(text) => text,
        Err((reason, message)) => return Outcome::Refused(Error::new(place, reason, message)),
    };
    if text.trim().is_empty() {
        return Outcome::Refused(Error::new(place, Reason::NoBody, "the document holds no text"));
    }
    let mut said = Properties::default();
    if let Some(part) = part(&mut archive, "docProps/core.xml") {
        said.read(part);
    }
    drop(archive);
    notes.extend(plain::no_letters(&text));
    Outcome::Article(Box::new(Item {
        article: Article { title: said.title, language: said.language, ..Article::new(text) },
        byline: said.creator,
        fetched: None,
        inferred: Vec::new(),
        notes,
        raw: Raw { bytes, media_type: MEDIA_TYPE, encoding: "UTF-8" },
        place,
    }))
}

/// A file of the archive, no more of it than an article may have.
fn part<'a>(archive: &'a mut ZipArchive<Cursor<&Vec<u8>>>, name: &str) -> Option<impl BufRead + 'a> {
    let file = archive.by_name(name).ok()?;
    Some(BufReader::new(file.take(limits::DOCX_BYTES.value as u64)))
}

/// The paragraphs, an empty line between them.
fn body(part: impl BufRead, notes: &mut Vec<Note>) -> Result<String, (Reason, String)> {
    let mut reader = reader(part);
    let mut text = String::new();
    let mut event = Vec::new();
    // How many elements are open inside one whose content is passed over.
    let mut passed = 0_usize;
    let mut is_text = false;
    loop {
        event.clear();
        match reader.read_event_into(&mut event) {
            Ok(Event::DocType(doctype)) if xml::declares_entities(&doctype) => {
                return Err((
                    Reason::Unsupported,
                    "found XML that declares entities; expected a document without".into(),
                ));
            }
            Ok(Event::Start(_)) if passed > 0 => passed += 1,
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "del" | "moveFrom" | "Fallback" | "instrText" | "delText" => passed = 1,
                "t" => is_text = true,
                _ => {}
            },
            Ok(Event::Empty(tag)) if passed == 0 => match tag.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('\u{2011}'),
                "p" => end_paragraph(&mut text),
                _ => {}
            },
            Ok(Event::End(_)) if passed > 0 => passed -= 1,
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "t" => is_text = false,
                "p" => end_paragraph(&mut text),
                _ => {}
            },
            Ok(Event::Text(piece)) if is_text && passed == 0 => text.push_str(&piece),
            Ok(Event::CData(piece)) if is_text && passed == 0 => text.push_str(&piece),
            Ok(Event::GeneralRef(name)) if is_text && passed == 0 => {
                text.push_str(&xml::entity(&name).unwrap_or_default());
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let message = format!("the document breaks off: {error}");
                notes.push(Note { code: note::CUT_SHORT, message });
                break;
            }
        }
    }
    Ok(text.trim_end().to_owned())
}

fn end_paragraph(text: &mut String) {
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push_str("\n\n");
    }
}

/// What a document says of itself.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    creator: Option<String>,
    language: Option<String>,
}

impl Properties {
    fn read(&mut self, part: impl BufRead) {
        let mut reader = reader(part);
        let mut event = Vec::new();
        let mut text = String::new();
        loop {
            event.clear();
            match reader.read_event_into(&mut event) {
                Ok(Event::Start(_)) => text.clear(),
                Ok(Event::Text(piece)) => text.push_str(&piece),
                Ok(Event::GeneralRef(name)) => {
                    text.push_str(&xml::entity(&name).unwrap_or_default());
                }
                Ok(Event::End(tag)) => {
                    let value = Some(text.trim().to_owned()).filter(|value| !value.is_empty());
                    match tag.local_name().as_ref() {
                        "title" => self.title = value,
                        "creator" => self.creator = value,
                        "language" => self.language = value,
                        _ => {}
                    }
                    text.clear();
                }
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}

fn reader<B: BufRead>(part: B) -> Reader<B> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}
