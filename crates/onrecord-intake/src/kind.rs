//! What kind of input is this? Told by its first bytes, never by its name.
//!
//! In: the head of an input, as it came and as UTF-8. Out: [`Kind`]. It never reads on: what stands behind the
//! head cannot change the answer. Read on in [`crate::read`].

use crate::{docx, table};

/// How many bytes of an input are looked at.
///
/// Large enough that a binary file shows a NUL, small enough that a slow pipe does not wait long for its first
/// article.
pub(crate) const HEAD_BYTES: usize = 8 << 10;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One article.
    Text,
    /// A page.
    Html,
    /// RSS or Atom.
    Feed,
    /// A table with this border of columns.
    Table(u8),
    /// A web archive.
    Warc,
    /// gzip; what it holds is told by its own head.
    Gzip,
    /// Zstandard, likewise.
    Zstandard,
    /// An archive that may be an office document.
    Docx,
    /// An article a line.
    Jsonl,
    /// A JSON object over several lines.
    Object,
    /// A kind that is not read.
    Unread(Unread),
}

/// What an input looks like that is not read, and what to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) found: &'static str,
    pub(crate) hint: &'static str,
}

/// What is read, for messages.
pub(crate) const EXPECTED: &str = "text, HTML, JSONL, CSV, WARC, a feed or DOCX";

/// Tells what an input is: `raw` as it came, `utf8` as UTF-8 or, where the encoding is still to be guessed, as it
/// came.
pub(crate) fn of(raw: &[u8], utf8: &[u8]) -> Kind {
    let text = utf8.strip_prefix("\u{feff}".as_bytes()).unwrap_or(utf8).trim_ascii_start();
    if raw.starts_with(b"\x1f\x8b\x08") {
        Kind::Gzip
    } else if raw.starts_with(b"\x28\xb5\x2f\xfd") {
        Kind::Zstandard
    } else if raw.starts_with(b"PK\x03\x04") && docx::may_be(raw) {
        Kind::Docx
    } else if text.starts_with(b"WARC/1.") {
        Kind::Warc
    } else if let Some(kind) = markup(text) {
        kind
    } else if let Some(unread) = binary(raw, utf8) {
        Kind::Unread(unread)
    } else if let Some(border) = table::border(utf8) {
        Kind::Table(border)
    } else {
        json(utf8)
    }
}

/// How a page begins, by the WHATWG's MIME sniffing; a white space or `>` follows.
const HTML: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<meta",
    "<link",
    "<article",
    "<main",
    "<section",
];

/// What begins with a tag.
fn markup(text: &[u8]) -> Option<Kind> {
    let ends = |rest: &[u8]| rest.first().is_none_or(|&b| b.is_ascii_whitespace() || b == b'>');
    let begins = |text: &[u8], with: &str| {
        let (head, rest) = text.split_at(text.len().min(with.len()));
        head.eq_ignore_ascii_case(with.as_bytes()) && ends(rest)
    };
    let root = root(text)?;
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|with| begins(root, with)) {
        return Some(Kind::Feed);
    }
    if root.starts_with(b"<!--") || HTML.iter().any(|with| begins(root, with)) {
        return Some(Kind::Html);
    }
    text.starts_with(b"<?xml").then_some(Kind::Unread(XML))
}

const XML: Unread =
    Unread { found: "XML that is no page and no feed", hint: "take the text out of it first" };

/// The first tag that is no declaration of XML, or the comment where the head ends in one.
fn root(text: &[u8]) -> Option<&[u8]> {
    let after = |rest: &'_ [u8], end: &[u8]| {
        rest.windows(end.len()).position(|window| window == end).map(|at| at + end.len())
    };
    let is_html_doctype =
        |rest: &[u8]| rest.get(..14).is_some_and(|head| head.eq_ignore_ascii_case(b"<!doctype html"));
    let mut rest = text;
    loop {
        let end = match rest {
            [b'<', b'?', ..] => after(rest, b"?>"),
            [b'<', b'!', b'-', b'-', ..] => after(rest, b"-->"),
            [b'<', b'!', ..] if !is_html_doctype(rest) => {
                let subset = rest.iter().position(|&b| matches!(b, b'[' | b'>'));
                let is_open = subset.is_some_and(|at| rest[at] == b'[');
                if is_open { after(rest, b"]>") } else { after(rest, b">") }
            }
            [b'<', ..] => return Some(rest),
            _ => return None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_ascii_start(),
            None => return Some(rest),
        }
    }
}

const UNPACK: &str = "unpack it and read what it holds";
const RECOGNISE: &str = "the text of a picture has to be recognised first";
const EXTRACT: &str = "take the text out of it first, for example with pdftotext";
const SAVE_AS: &str = "save it as plain text first";
const NO_TEXT: &str = "take the text out of it first";

/// The first bytes of files that are sometimes handed over in place of their text.
#[rustfmt::skip]
const SIGNATURES: &[(&[u8], Unread)] = &[
    (b"%PDF-", Unread { found: "a PDF document", hint: EXTRACT }),
    (b"PK\x03\x04", Unread { found: "a ZIP archive or an office document", hint: "unpack it, or save the document as plain text" }),
    (b"PK\x05\x06", Unread { found: "an empty ZIP archive", hint: UNPACK }),
    (b"filedesc://", Unread { found: "an ARC archive", hint: "make WARC of it first, for example with warcio" }),
    (b"BZh", Unread { found: "bzip2", hint: UNPACK }),
    (b"\xfd7zXZ\0", Unread { found: "xz", hint: UNPACK }),
    (b"7z\xbc\xaf\x27\x1c", Unread { found: "a 7z archive", hint: UNPACK }),
    (b"\x89PNG\r\n\x1a\n", Unread { found: "a PNG picture", hint: RECOGNISE }),
    (b"\xff\xd8\xff", Unread { found: "a JPEG picture", hint: RECOGNISE }),
    (b"GIF87a", Unread { found: "a GIF picture", hint: RECOGNISE }),
    (b"GIF89a", Unread { found: "a GIF picture", hint: RECOGNISE }),
    (b"{\\rtf", Unread { found: "an RTF document", hint: SAVE_AS }),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unread { found: "an office document", hint: SAVE_AS }),
    (b"SQLite format 3\0", Unread { found: "an SQLite database", hint: NO_TEXT }),
    (b"PAR1", Unread { found: "Parquet", hint: NO_TEXT }),
    (b"\x7fELF", Unread { found: "a program", hint: NO_TEXT }),
    (b"\xff\xfe\0\0", Unread { found: "UTF-32 text", hint: "save it as UTF-8" }),
    (b"\0\0\xfe\xff", Unread { found: "UTF-32 text", hint: "save it as UTF-8" }),
];

/// One byte in so many may be a control character; beyond it, the input is no text.
const CONTROL_SHARE: usize = 10;

fn binary(raw: &[u8], utf8: &[u8]) -> Option<Unread> {
    let signed = SIGNATURES.iter().find(|(signature, _)| raw.starts_with(signature));
    if let Some(&(_, binary)) = signed {
        return Some(binary);
    }
    if utf8.contains(&0) {
        return Some(Unread { found: "binary data (a NUL byte)", hint: NO_TEXT });
    }
    let controls = utf8.iter().filter(|&&byte| is_control(byte)).count();
    (controls * CONTROL_SHARE > utf8.len())
        .then_some(Unread { found: "binary data (control characters)", hint: NO_TEXT })
}

/// White space, the backspace of old printers and the escape of terminal colours stand in texts, too.
fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, 8..=13 | 27)
}

const LIST: Unread =
    Unread { found: "a JSON list", hint: "`jq -c '.[]' FILE` writes each object of a list on its own line" };

/// Plain text, unless it begins as only JSON begins.
fn json(utf8: &[u8]) -> Kind {
    let text = utf8.strip_prefix("\u{feff}".as_bytes()).unwrap_or(utf8).trim_ascii_start();
    let is_key = |rest: &[u8]| matches!(rest.first(), Some(b'"' | b'}'));
    if let Some(list) = text.strip_prefix(b"[") {
        let object = list.trim_ascii_start().strip_prefix(b"{");
        return match object {
            Some(object) if is_key(object.trim_ascii_start()) => Kind::Unread(LIST),
            _ => Kind::Text,
        };
    }
    let Some(object) = text.strip_prefix(b"{") else { return Kind::Text };
    let key = object.trim_ascii_start();
    let before_key = &object[..object.len() - key.len()];
    if !is_key(key) {
        Kind::Text
    } else if before_key.contains(&b'\n') || ends_in_a_later_line(text) {
        Kind::Object
    } else {
        Kind::Jsonl
    }
}

/// Whether the object that `text` begins with goes on after its first line.
///
/// A line of JSONL can be broken off, too: then the next one begins with an object of its own.
fn ends_in_a_later_line(text: &[u8]) -> bool {
    let Some(end) = text.iter().position(|&byte| byte == b'\n') else { return false };
    let (line, rest) = text.split_at(end);
    let next = rest.trim_ascii_start();
    if next.is_empty() || next.starts_with(b"{") {
        return false;
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: impl AsRef<[u8]>, expected: Kind) {
        let input = input.as_ref();
        assert_eq!(of(input, input), expected, "{:?}", String::from_utf8_lossy(input));
    }

    #[test]
    fn an_object_a_line() {
        check("{\"text\": \"a\"}", Kind::Jsonl);
        check("\u{feff}\r\n \n  { \"text\" : \"a\"}\n{}", Kind::Jsonl);
        check("{}\n", Kind::Jsonl);
        check("{\"text\": \"a\", oops}\nwhat", Kind::Jsonl);
        check("{\"text\": \"broken off\n{\"text\": \"a\"}\n", Kind::Jsonl);
        check("{\"text\": \"broken off", Kind::Jsonl);
    }

    #[test]
    fn json_in_another_shape() {
        check("{\n  \"text\": \"a\"\n}\n", Kind::Object);
        check("{\"text\": \"a\",\n \"id\": 3}\n", Kind::Object);
        check("[{\"text\": \"a\"}]", Kind::Unread(LIST));
        check("[\n  {\n    \"text\": \"a\"}]", Kind::Unread(LIST));
    }

    #[test]
    fn everything_else_is_plain_text() {
        check("", Kind::Text);
        check("[Updated] The mayor spoke.", Kind::Text);
        check("{Photo: Ana Roz} It rained.", Kind::Text);
        check("\"It rained.\"\n{\"text\": \"a\"}", Kind::Text);
        check("[\"It rained,\" she said.]", Kind::Text);
        check("null\n", Kind::Text);
        check("{", Kind::Text);
    }

    #[test]
    fn binary_is_told_by_its_bytes() {
        let found = |input: &[u8]| match of(input, input) {
            Kind::Unread(unread) => unread.found,
            other => panic!("{other:?}"),
        };
        assert_eq!(found(b"%PDF-1.7\n"), "a PDF document");
        assert_eq!(found(b"text\0text"), "binary data (a NUL byte)");
        assert_eq!(found(b"\x01\x02\x03 plain text"), "binary data (control characters)");
        check(b"\x1b[1mBold\x1b[0m\t\x0c\r\n\x01 and one control", Kind::Text);
        for (signature, binary) in SIGNATURES {
            assert_eq!(found(&[signature, &b" and more"[..]].concat()), binary.found);
        }
    }
}
