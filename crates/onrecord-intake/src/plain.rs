//! Plain text: one article, every character kept.
//!
//! In: an input whose head is no other format's. Out: one [`Outcome`]. It takes [`limits::TEXT_BYTES`] and never
//! changes a character that it could decode. Read on in [`crate::encoding`].

use onrecord::Article;

use crate::outcome::{Item, Note, Outcome, Place, Raw};
use crate::read::Opened;
use crate::{Error, encoding, limits, note, read};

/// Reads the one article of a plain text.
pub(crate) fn article(place: Place, mut opened: Opened<'_>) -> Outcome {
    let utf16 = opened.utf16();
    let mut notes = Vec::new();
    let mut bytes = match read::up_to(&mut opened, limits::TEXT_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Refused(Error::io(place, error)),
    };
    if let Some(cut) = read::cut(&mut bytes, limits::TEXT_BYTES, "the input") {
        notes.push(cut);
        encoding::drop_partial_character(&mut bytes);
    }
    let decoded = match utf16 {
        Some(utf16) => encoding::utf16(&bytes, utf16, &mut notes),
        None => encoding::guessed(&bytes, &mut notes),
    };
    let raw = Raw { media_type: "text/plain", encoding: decoded.encoding.name(), bytes };
    notes.extend(no_letters(&decoded.text));
    Outcome::Article(Box::new(Item {
        article: Article::new(decoded.text),
        byline: None,
        fetched: None,
        inferred: Vec::new(),
        notes,
        raw,
        place,
    }))
}

/// An article without a letter is most likely not what its reader meant.
pub(crate) fn no_letters(text: &str) -> Option<Note> {
    let message = match text {
        "" => "the text is empty",
        _ if !text.contains(char::is_alphabetic) => "the text holds no letter",
        _ => return None,
    };
    Some(Note { code: note::NO_LETTERS, message: message.into() })
}
