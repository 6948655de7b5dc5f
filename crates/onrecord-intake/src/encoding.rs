//! Bytes to text.
//!
//! In: the bytes of a plain text. Out: its text, a byte order mark kept as U+FEFF, and a note wherever the bytes
//! are not plainly UTF-8. It never fails. ISO-2022-JP and UTF-7 are never guessed: their bytes are ASCII, so the
//! text is UTF-8.
//!
//! Bytes that are not UTF-8 can be UTF-8 with a few broken bytes, or another encoding. Read as UTF-8, every broken
//! byte costs a character; read as another encoding, every character that was well-formed UTF-8 of several bytes
//! turns into garbage, and so does what that encoding itself cannot decode. The reading that breaks fewer
//! characters is taken, UTF-8 on a tie. A byte order mark of UTF-8 settles it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::outcome::Note;
use crate::read::{Ground, Utf16};
use crate::{note, read};

/// A text and the encoding that it was read from.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
}

/// Decodes bytes in an unknown encoding.
pub(crate) fn guessed(bytes: &[u8], notes: &mut Vec<Note>) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8 };
    }
    let utf8 = Utf8::new(bytes);
    if bytes.starts_with("\u{feff}".as_bytes()) {
        notes.push(utf8.note());
        return utf8.decoded();
    }
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let undecoded = text.chars().filter(|&c| is_undecoded(c)).count();
    if utf8.broken <= utf8.wide + undecoded {
        notes.push(utf8.note());
        return utf8.decoded();
    }
    let lost = match undecoded {
        0 => String::new(),
        1 => "; 1 character could not be decoded".into(),
        _ => format!("; {undecoded} characters could not be decoded"),
    };
    let message =
        format!("the input is not UTF-8; it was read as {}, which is a guess{lost}", encoding.name());
    notes.push(Note { code: note::NOT_UTF8, message });
    Decoded { text: text.into_owned(), encoding }
}

/// Decodes a page in the order of the WHATWG: a byte order mark, what the server named, what the page names, a guess.
pub(crate) fn of_page(
    bytes: &[u8],
    charset: Option<&str>,
    utf16_shape: Option<Utf16>,
    notes: &mut Vec<Note>,
) -> Decoded {
    if let Some(was @ Utf16 { ground: Ground::Stated, .. }) = utf16_shape {
        return utf16(bytes, was, notes);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return stated(&bytes[length..], encoding, notes);
    }
    if let Some(encoding) = charset.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return stated(bytes, encoding, notes);
    }
    // Pages that were saved as UTF-8 keep what they named before; by chance no other encoding is UTF-8 throughout.
    if let Some(encoding) =
        named_in(bytes).filter(|_| bytes.is_ascii() || std::str::from_utf8(bytes).is_err())
    {
        return stated(bytes, encoding, notes);
    }
    match utf16_shape {
        Some(was) => utf16(bytes, was, notes),
        None => guessed(bytes, notes),
    }
}

/// Decodes bytes whose encoding is stated.
pub(crate) fn stated(bytes: &[u8], encoding: &'static Encoding, notes: &mut Vec<Note>) -> Decoded {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    if is_broken {
        let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
        let message =
            format!("{broken} characters could not be decoded in {}, as the input names it", encoding.name());
        notes.push(Note { code: note::BROKEN_ENCODING, message });
    }
    Decoded { text: text.into_owned(), encoding }
}

/// How far a page is searched for the encoding that it names.
const NAMED_WITHIN: usize = 1024;

/// The encoding that a page names in its first bytes, in a `meta` or an XML declaration.
pub(crate) fn named_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(NAMED_WITHIN)].to_ascii_lowercase();
    let mut at = 0;
    while let Some(start) = head[at..].windows(5).position(|five| matches!(five, b"<meta" | b"<?xml")) {
        let tag = &head[at + start..];
        let tag = &tag[..tag.iter().position(|&b| b == b'>').unwrap_or(tag.len())];
        let key: &[u8] = if tag.starts_with(b"<?xml") { b"encoding" } else { b"charset" };
        if let Some(label) = label(tag, key)
            && let Some(encoding) = Encoding::for_label(label)
        {
            // Whoever can read the declaration has not read UTF-16.
            return Some(match encoding.name() {
                "UTF-16LE" | "UTF-16BE" => UTF_8,
                "x-user-defined" => WINDOWS_1252,
                _ => encoding,
            });
        }
        at += start + 5;
    }
    None
}

/// The value of `charset` in a tag, whether it is an attribute or stands in `content`.
fn label<'t>(tag: &'t [u8], key: &[u8]) -> Option<&'t [u8]> {
    let at = tag.windows(key.len()).position(|window| window == key)?;
    let rest = tag[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace());
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// Text of which fewer bytes than one in so many are not ASCII is taken for English.
///
/// Other languages in Latin letters have twice as many. English has a pound sign here, a name there, and from so
/// little the detector guesses freely: "£500" was read as "Ł500".
const ENGLISH_SHARE: usize = 33;

/// The encoding of bytes that are not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // The whole body, always: a guess from a part would hang on where the parts end.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let others = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // The detector takes the language from the top-level domain of a page.
    let domain: Option<&[u8]> = (others * ENGLISH_SHARE < bytes.len()).then_some(b"uk");
    detector.guess(domain, Utf8Detection::Deny)
}

/// Decodes UTF-16.
pub(crate) fn utf16(bytes: &[u8], was: Utf16, notes: &mut Vec<Note>) -> Decoded {
    let ground = match was.ground {
        Ground::Stated => "as its byte order mark says",
        Ground::Guessed => "which is a guess",
    };
    let message = format!("the input is not UTF-8; it was read as {}, {ground}", was.order.name());
    notes.push(Note { code: note::NOT_UTF8, message });
    let text = match String::from_utf8(read::utf8_of(was.order, bytes)) {
        Ok(text) => text,
        Err(error) => {
            let utf8 = Utf8::new(error.as_bytes());
            let message = format!("{} in {}", utf8.replaced(), was.order.name());
            notes.push(Note { code: note::BROKEN_UTF16, message });
            utf8.text
        }
    };
    Decoded { text, encoding: was.order }
}

/// Drops the character that a cut left without its end.
pub(crate) fn drop_partial_character(bytes: &mut Vec<u8>) {
    let is_tail = |byte: u8| byte & 0xc0 == 0x80;
    let tail = bytes.iter().rev().take(3).take_while(|&&byte| is_tail(byte)).count();
    let Some(at) = bytes.len().checked_sub(tail + 1) else { return };
    let length = match bytes[at] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return,
    };
    if tail + 1 < length {
        bytes.truncate(at);
    }
}

/// Bytes read as UTF-8, each broken part as one U+FFFD.
struct Utf8 {
    text: String,
    /// Well-formed characters of more than one byte.
    wide: usize,
    /// Broken parts.
    broken: usize,
    /// The first byte of the first broken part.
    first_broken: usize,
}

impl Utf8 {
    fn new(bytes: &[u8]) -> Utf8 {
        let mut utf8 = Utf8 { text: String::with_capacity(bytes.len()), wide: 0, broken: 0, first_broken: 0 };
        for chunk in bytes.utf8_chunks() {
            utf8.wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            utf8.text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                if utf8.broken == 0 {
                    utf8.first_broken = utf8.text.len();
                }
                utf8.broken += 1;
                utf8.text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        utf8
    }

    fn decoded(self) -> Decoded {
        Decoded { text: self.text, encoding: UTF_8 }
    }

    fn note(&self) -> Note {
        Note { code: note::BROKEN_UTF8, message: format!("{} in UTF-8", self.replaced()) }
    }

    fn replaced(&self) -> String {
        let first = self.first_broken;
        match self.broken {
            1 => format!("1 broken character was replaced by U+FFFD, at byte {first},"),
            count => format!("{count} broken characters were replaced by U+FFFD, the first at byte {first},"),
        }
    }
}

/// What no encoding of text decodes to: U+FFFD, and the control characters that undefined bytes are mapped to.
fn is_undecoded(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || (matches!(c, '\u{80}'..='\u{9f}') && c != '\u{85}')
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, KOI8_U, SHIFT_JIS, UTF_16LE, WINDOWS_1250};

    use super::*;

    fn check(bytes: &[u8], text: &str, expected: &[&str]) {
        let mut notes = Vec::new();
        assert_eq!(guessed(bytes, &mut notes).text, text);
        let found: Vec<String> = notes.iter().map(|note| format!("{}: {note}", note.code)).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn check_guess(text: &str, encoding: &'static Encoding) {
        let (bytes, _, _) = encoding.encode(text);
        let note =
            format!("not_utf8: the input is not UTF-8; it was read as {}, which is a guess", encoding.name());
        check(&bytes, text, &[&note]);
    }

    #[test]
    fn utf8_stays_as_it_is() {
        for text in ["", "\u{feff}“é👍”\r\n \u{85}\u{a0}\u{fffd}", "+ADw-script+AD4-", "\u{1b}$B<\u{1b}(B"]
        {
            check(text.as_bytes(), text, &[]);
        }
    }

    #[test]
    fn other_encodings_are_guessed() {
        check_guess("“Café,” dit José à Ana Roz.", WINDOWS_1252);
        check_guess("“We won’t open in May,” said Dana Ruiz — “not before June.”", WINDOWS_1252);
        check_guess("The county paid £500 for each of the nine boats, said Dana Ruiz.", WINDOWS_1252);
        check_guess("„Příští týden se vrátím,“ řekl Miloš Novák včera večer v Ždírci.", WINDOWS_1250);
        check_guess("Завтра будет дождь, сказала Анна Роз вчера вечером.", KOI8_U);
        check_guess("「明日は雨です」と市長は述べた。会議は五月に開かれる。", SHIFT_JIS);
        check_guess("“明天会下雨，”市长说。会议将在五月举行，地点在市政厅。", GBK);
    }

    #[test]
    fn a_few_broken_bytes_leave_utf8() {
        check(
            b"\xe2\x80\x9cCaf\xe9,\xe2\x80\x9d said Ana.",
            "“Caf\u{fffd},” said Ana.",
            &["broken_utf8: 1 broken character was replaced by U+FFFD, at byte 6, in UTF-8"],
        );
        check(
            b"\xef\xbb\xbfplain \xff\xff",
            "\u{feff}plain \u{fffd}\u{fffd}",
            &["broken_utf8: 2 broken characters were replaced by U+FFFD, the first at byte 9, in UTF-8"],
        );
    }

    /// One well-formed character against one broken: UTF-8. One against four: not.
    #[test]
    fn the_reading_that_breaks_less() {
        check(
            b"caf\xc3\xa9 \xe9t",
            "café \u{fffd}t",
            &["broken_utf8: 1 broken character was replaced by U+FFFD, at byte 6, in UTF-8"],
        );
        check(
            b"Le caf\xc3\xa9 \xe9tait d\xe9j\xe0 ferm\xe9.",
            "Le cafÃ© était déjà fermé.",
            &["not_utf8: the input is not UTF-8; it was read as windows-1252, which is a guess"],
        );
    }

    #[test]
    fn a_byte_that_no_guess_explains() {
        let (mut bytes, _, _) = WINDOWS_1252.encode("“Café,” dit José à Ana Roz.");
        bytes.to_mut().push(0x81);
        check(
            &bytes,
            "“Café,” dit José à Ana Roz.\u{81}",
            &["not_utf8: the input is not UTF-8; it was read as windows-1252, which is a guess; \
               1 character could not be decoded"],
        );
    }

    #[test]
    fn utf16_is_not_guessed_again() {
        let mut notes = Vec::new();
        let was = Utf16 { order: UTF_16LE, ground: Ground::Stated };
        assert_eq!(utf16(b"a\0\0\xd8b\0", was, &mut notes).text, "a\u{fffd}b");
        let found: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(
            found,
            [
                "the input is not UTF-8; it was read as UTF-16LE, as its byte order mark says",
                "1 broken character was replaced by U+FFFD, at byte 1, in UTF-16LE",
            ]
        );
    }

    #[test]
    fn a_cut_drops_what_it_broke() {
        for text in ["é", "“", "👍", "a“b👍"] {
            for end in 0..=text.len() {
                let mut bytes = text.as_bytes()[..end].to_vec();
                drop_partial_character(&mut bytes);
                assert_eq!(bytes, &text.as_bytes()[..text.floor_char_boundary(end)]);
            }
        }
    }
}
