//! One JSON object: an article with our keys, a record, or news in ninjs.
//!
//! In: the bytes of a line. Out: [`Object`], or what is [`Broken`]. A key that stands twice is refused, others than
//! those that are read are passed over. It never guesses from a value what a key means.

use std::borrow::Cow;
use std::fmt;

use onrecord::Article;
use serde::Deserialize;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

use super::Broken;
use super::given::Given;
use super::ninjs::{Ninjs, Told};
use crate::outcome::Key;

/// What an object is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Object {
    Article(Box<Read>),
    Record,
    /// News without its text.
    Bodiless,
}

/// An article and what is told about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) article: Article,
    pub(super) byline: Option<String>,
    pub(super) inferred: Vec<Key>,
}

/// What may stand around an object: files with byte order marks that were joined have them in the middle, too.
pub(super) fn is_around(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Reads one object; `None` where the line is blank.
pub(super) fn read(line: &[u8]) -> Result<Option<Object>, Broken> {
    let line = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to() + 1;
        Broken {
            message: format!("found a broken character at byte {at} of the line; expected JSON in UTF-8"),
            hint: Some("convert the file, for example with `iconv -t UTF-8`"),
        }
    })?;
    let json = line.trim_start_matches(is_around);
    let before = line.len() - json.len();
    let json = json.trim_end();
    let found = match json.chars().next() {
        None => return Ok(None),
        Some('{') if is_record(json) => return Ok(Some(Object::Record)),
        Some('{') => {
            let keys: Keys = serde_json::from_str(json).map_err(|error| broken_json(&error, before))?;
            if let Given::Missing = keys.text {
                match serde_json::from_str::<Ninjs>(json).map(Ninjs::told) {
                    Ok(Told::Article(read)) => return Ok(Some(Object::Article(read))),
                    Ok(Told::Bodiless) => return Ok(Some(Object::Bodiless)),
                    Ok(Told::Other) | Err(_) => {}
                }
            }
            return keys.article().map(|read| Some(Object::Article(read)));
        }
        Some('[') => "a list",
        Some('"') => "a string",
        Some('-' | '0'..='9') => "a number",
        Some(_) if json == "null" => "null",
        Some(_) => "text",
    };
    Err(Broken { message: format!("found {found}; expected a JSON object"), hint: None })
}

/// Whether an object is a record: one with `onrecord` and an `article`. It reads no further than to where that is known,
/// for a record is long, and who takes it looks at all of it.
fn is_record(json: &str) -> bool {
    let mut found = Found::default();
    // That it ends before the object does is an error to the parser.
    let _ = serde_json::Deserializer::from_str(json).deserialize_map(&mut found);
    found.version && found.article
}

/// The keys of a record that were met.
#[derive(Default)]
struct Found {
    version: bool,
    article: bool,
}

impl<'de> Visitor<'de> for &mut Found {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(key) = object.next_key::<Cow<'de, str>>()? {
            match &*key {
                "onrecord" => self.version = matches!(object.next_value()?, Given::String(_)),
                "article" => self.article = object.next_value::<Option<IgnoredAny>>()?.is_some(),
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
            if self.version && self.article {
                break;
            }
        }
        Ok(())
    }
}

/// The article inside a record; `None` where its text was left out.
pub(super) fn of_record(json: &str) -> Result<Option<Article>, Broken> {
    #[derive(Deserialize)]
    struct Whole {
        article: Keys,
    }
    let Whole { article: keys } = serde_json::from_str(json).map_err(|error| broken_json(&error, 0))?;
    if let Given::Missing = keys.text {
        return Ok(None);
    }
    keys.article().map(|read| Some(read.article))
}

/// `before` bytes of the line stand before its JSON.
fn broken_json(error: &serde_json::Error, before: usize) -> Broken {
    if error.is_eof() {
        return Broken {
            message: "the line ends inside its JSON object; expected one object a line".into(),
            hint: Some("`jq -c . FILE` writes each object on its own line"),
        };
    }
    let said = error.to_string();
    let message = said.rsplit_once(" at line ").map_or(said.as_str(), |(message, _)| message);
    // Of an object on one line, the line that serde names is always 1; the place has the real one.
    let at = match error.line() {
        1 => format!("byte {} of the line", before + error.column()),
        line => format!("line {line}, byte {}", error.column()),
    };
    Broken { message: format!("broken JSON at {at}: {message}"), hint: None }
}

/// The keys that are read.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Keys {
    text: Given,
    id: Given,
    title: Given,
    url: Given,
    publisher: Given,
    published: Given,
    language: Given,
    byline: Given,
}

impl Keys {
    fn article(self) -> Result<Box<Read>, Broken> {
        let article = Article {
            text: self.text.required("text")?,
            id: self.id.identifier("id")?,
            title: self.title.optional("title")?,
            url: self.url.optional("url")?,
            publisher: self.publisher.optional("publisher")?,
            published: self.published.optional("published")?,
            language: self.language.optional("language")?,
        };
        let byline = self.byline.text();
        Ok(Box::new(Read { article, byline, inferred: Vec::new() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The article of a line; `None` for a blank one.
    fn article(line: &[u8]) -> Result<Option<Article>, Broken> {
        Ok(match read(line)? {
            Some(Object::Article(read)) => Some(read.article),
            Some(other) => panic!("{other:?}"),
            None => None,
        })
    }

    fn check(line: impl AsRef<[u8]>, expected: Option<Article>) {
        let line = line.as_ref();
        assert_eq!(article(line), Ok(expected), "{}", String::from_utf8_lossy(line));
    }

    fn check_broken(line: impl AsRef<[u8]>, expected: &str) {
        let line = line.as_ref();
        let message = article(line).unwrap_err().message;
        assert_eq!(message, expected, "{}", String::from_utf8_lossy(&line[..line.len().min(80)]));
    }

    #[test]
    fn the_keys_of_an_article() {
        let all = r#"{"id": "a", "title": "b", "url": "c", "publisher": "d", "published": "e", "language": "f",
            "text": "\ufeff“Ja,”\r\n sagte \uD83D\uDC4D.", "author": ["g"], "body": {"text": 1}}"#;
        let expected = Article {
            text: "\u{feff}“Ja,”\r\n sagte 👍.".into(),
            id: Some("a".into()),
            title: Some("b".into()),
            url: Some("c".into()),
            publisher: Some("d".into()),
            published: Some("e".into()),
            language: Some("f".into()),
        };
        check(all, Some(expected));
        check("\u{feff} {\"text\": \"\"}\r\n", Some(Article::new("")));
    }

    #[test]
    fn a_record_is_told_by_its_keys() {
        let is_record = |line: &str| read(line.as_bytes()) == Ok(Some(Object::Record));
        assert!(is_record(
            r#"{"onrecord": "1", "model": null, "article": {"id": "a", "text": "b"}, "links": []}"#
        ));
        for other in [r#"{"onrecord": "1", "text": "a"}"#, r#"{"onrecord": 1, "article": {}, "text": "a"}"#] {
            assert!(!is_record(other), "{other}");
        }
    }

    #[test]
    fn null_and_nothing_are_no_value() {
        check(r#"{"text": "a", "id": null, "title": "", "url": null}"#, Some(Article::new("a")));
    }

    #[test]
    fn a_whole_number_identifies() {
        let id = |id: &str| Some(Article { id: Some(id.into()), ..Article::new("a") });
        check(r#"{"text": "a", "id": 12}"#, id("12"));
        check(r#"{"text": "a", "id": -3}"#, id("-3"));
        check(r#"{"text": "a", "id": 18446744073709551615}"#, id("18446744073709551615"));
        let expected =
            "found a number that is not whole or over 64 bits for `id`; expected a string or a whole number";
        check_broken(r#"{"text": "a", "id": 18446744073709551616}"#, expected);
        check_broken(r#"{"text": "a", "id": 1.5}"#, expected);
        check_broken(
            r#"{"text": "a", "id": [1]}"#,
            "found a list for `id`; expected a string or a whole number",
        );
    }

    #[test]
    fn blank_lines() {
        check("", None);
        check(" \t\r\n", None);
        check("\u{feff}\n", None);
    }

    #[test]
    fn values_of_another_type() {
        check_broken(r#"{"id": "a"}"#, "found no `text`; expected a string");
        check_broken(r#"{"text": null}"#, "found null for `text`; expected a string");
        check_broken(r#"{"text": 3}"#, "found a number for `text`; expected a string");
        check_broken(r#"{"text": ["a", {"b": [1]}]}"#, "found a list for `text`; expected a string");
        check_broken(r#"{"text": "a", "url": {"b": 1}}"#, "found an object for `url`; expected a string");
        check_broken(
            r#"{"text": "a", "published": 1715126400}"#,
            "found a number for `published`; expected a string",
        );
        check_broken(r#"{"text": "a", "title": true}"#, "found true for `title`; expected a string");
    }

    #[test]
    fn lines_that_are_no_object() {
        check_broken("null", "found null; expected a JSON object");
        check_broken("\"str\"", "found a string; expected a JSON object");
        check_broken("-1", "found a number; expected a JSON object");
        check_broken("nothing", "found text; expected a JSON object");
        check_broken("[\"an article\"]", "found a list; expected a JSON object");
        check_broken("[".repeat(100_000), "found a list; expected a JSON object");
    }

    #[test]
    fn broken_json() {
        let ends = "the line ends inside its JSON object; expected one object a line";
        check_broken(r#"{"text": "no close"#, ends);
        check_broken(r#"{"text": "a""#, ends);
        check_broken(
            r#"{"text": "a"} {"text": "b"}"#,
            "broken JSON at byte 15 of the line: trailing characters",
        );
        check_broken(r#"  {"text": oops}"#, "broken JSON at byte 12 of the line: expected value");
        check_broken(
            "{\"text\": \"a\tb\"}",
            concat!(
                "broken JSON at byte 12 of the line: ",
                "control character (\\u0000-\\u001F) found while parsing a string"
            ),
        );
    }

    #[test]
    fn what_no_text_holds() {
        check_broken(
            r#"{"text": "\ud800"}"#,
            "broken JSON at byte 17 of the line: unexpected end of hex escape",
        );
        check_broken(
            r#"{"text": "\udc00"}"#,
            "broken JSON at byte 16 of the line: lone leading surrogate in hex escape",
        );
        check_broken(
            r#"{"text": "a\u0000"}"#,
            "found the character U+0000 in `text`; expected text without it",
        );
        check_broken(
            r#"{"text": "a", "id": "\u0000"}"#,
            "found the character U+0000 in `id`; expected text without it",
        );
        check_broken(
            b"{\"text\": \"caf\xe9\"}",
            "found a broken character at byte 14 of the line; expected JSON in UTF-8",
        );
    }

    #[test]
    fn a_key_stands_once() {
        check_broken(
            r#"{"text": "a", "text": "b"}"#,
            "broken JSON at byte 20 of the line: duplicate field `text`",
        );
    }

    /// What is passed over is never built, and costs no stack.
    #[test]
    fn depth() {
        let deep =
            |depth: usize| format!("{{\"text\": \"a\", \"x\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        check(deep(100_000), Some(Article::new("a")));
        let deep_text = format!("{{\"text\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        check_broken(deep_text, "found a list for `text`; expected a string");
    }
}
