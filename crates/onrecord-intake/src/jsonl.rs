//! JSONL: an article a line.
//!
//! In: a reader of lines. Out: an [`Item`] or an [`Error`] for each line that is not blank. A broken line costs
//! only itself, and no more than one line is ever held. It never repairs: what is not JSON is refused with its
//! line.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::BrokenLine;
use crate::{Error, Item, Place, limits};

/// The lines of an input.
pub(crate) struct Lines<B> {
    name: Arc<str>,
    input: B,
    /// The line that was read last, from 1.
    number: u64,
    line: Vec<u8>,
}

impl<B: BufRead> Lines<B> {
    pub(crate) fn new(name: Arc<str>, input: B) -> Lines<B> {
        Lines { name, input, number: 0, line: Vec::new() }
    }

    /// Reads the next line into `self.line`, its end included.
    fn read_line(&mut self) -> io::Result<Length> {
        const LIMIT: usize = limits::LINE_BYTES.value;
        self.line.clear();
        self.number += 1;
        let count = (&mut self.input).take(LIMIT as u64 + 1).read_until(b'\n', &mut self.line)?;
        if count == 0 {
            return Ok(Length::End);
        }
        if count <= LIMIT || self.line.ends_with(b"\n") {
            return Ok(Length::Fits);
        }
        self.line = Vec::new();
        self.input.skip_until(b'\n')?;
        Ok(Length::TooLong)
    }

    fn place(&self) -> Place {
        Place { name: self.name.clone(), line: Some(self.number) }
    }
}

enum Length {
    Fits,
    TooLong,
    /// There is no line left.
    End,
}

impl<B: BufRead> Iterator for Lines<B> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Result<Item, Error>> {
        loop {
            match self.read_line() {
                Ok(Length::End) => return None,
                Ok(Length::TooLong) => {
                    return Some(Err(Error::too_long(self.place(), limits::LINE_BYTES.value)));
                }
                Ok(Length::Fits) => {}
                Err(error) => return Some(Err(Error::io(self.place(), error))),
            }
            let article = match article(&self.line) {
                Ok(Some(article)) => article,
                Ok(None) => continue,
                Err(broken) => return Some(Err(Error::broken_line(self.place(), broken))),
            };
            let notes = Vec::from_iter(crate::no_letters(&article.text));
            return Some(Ok(Item { article, notes, place: self.place() }));
        }
    }
}

/// The article of one line; `None` for a blank one.
fn article(line: &[u8]) -> Result<Option<onrecord::Article>, BrokenLine> {
    let line = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to() + 1;
        BrokenLine {
            message: format!("found a broken character at byte {at} of the line; expected JSON in UTF-8"),
            hint: Some("convert the file, for example with `iconv -t UTF-8`"),
        }
    })?;
    // Files with byte order marks that were joined have them in the middle, too.
    let json = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let before = line.len() - json.len();
    let json = json.trim_end();
    let found = match json.chars().next() {
        None => return Ok(None),
        Some('{') => {
            let keys: Keys = serde_json::from_str(json).map_err(|error| broken_json(&error, before))?;
            return keys.article().map(Some);
        }
        Some('[') => "a list",
        Some('"') => "a string",
        Some('-' | '0'..='9') => "a number",
        Some(_) if json == "null" => "null",
        Some(_) => "text",
    };
    Err(BrokenLine { message: format!("found {found}; expected a JSON object"), hint: None })
}

/// `before` bytes of the line stand before its JSON.
fn broken_json(error: &serde_json::Error, before: usize) -> BrokenLine {
    if error.is_eof() {
        return BrokenLine {
            message: "the line ends inside its JSON object; expected one object a line".into(),
            hint: Some("`jq -c . FILE` writes each object on its own line"),
        };
    }
    // The line that the message ends with is always 1 here; the place has the real one.
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let at = before + error.column();
    BrokenLine { message: format!("broken JSON at byte {at} of the line: {message}"), hint: None }
}

/// The keys of a line that are read. A key that stands twice is refused; others are passed over.
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
}

/// The value of a key, whatever its type, so that a message can name the key.
#[derive(Debug, Default)]
enum Given {
    #[default]
    Missing,
    Null,
    String(String),
    Integer(String),
    /// Anything else, by its name.
    Other(&'static str),
}

impl Keys {
    fn article(self) -> Result<onrecord::Article, BrokenLine> {
        Ok(onrecord::Article {
            text: self.text.required("text")?,
            id: self.id.identifier("id")?,
            title: self.title.optional("title")?,
            url: self.url.optional("url")?,
            publisher: self.publisher.optional("publisher")?,
            published: self.published.optional("published")?,
            language: self.language.optional("language")?,
        })
    }
}

impl Given {
    fn required(self, key: &str) -> Result<String, BrokenLine> {
        match self {
            Given::String(value) => clean(key, value),
            Given::Missing => {
                Err(BrokenLine { message: format!("found no `{key}`; expected a string"), hint: None })
            }
            other => Err(other.mismatch(key, "a string")),
        }
    }

    fn optional(self, key: &str) -> Result<Option<String>, BrokenLine> {
        match self {
            Given::Missing | Given::Null => Ok(None),
            Given::String(value) if value.is_empty() => Ok(None),
            Given::String(value) => clean(key, value).map(Some),
            other => Err(other.mismatch(key, "a string")),
        }
    }

    /// Databases number their rows: a whole number is an identifier as good as its digits.
    fn identifier(self, key: &str) -> Result<Option<String>, BrokenLine> {
        match self {
            Given::Integer(digits) => Ok(Some(digits)),
            Given::Other(_) => Err(self.mismatch(key, "a string or a whole number")),
            other => other.optional(key),
        }
    }

    fn mismatch(&self, key: &str, expected: &str) -> BrokenLine {
        let found = match self {
            Given::Missing => "nothing",
            Given::Null => "null",
            Given::String(_) => "a string",
            Given::Integer(_) => "a number",
            Given::Other(name) => name,
        };
        BrokenLine { message: format!("found {found} for `{key}`; expected {expected}"), hint: None }
    }
}

/// NUL ends strings in half of the programs that a record may go through.
fn clean(key: &str, value: String) -> Result<String, BrokenLine> {
    if value.contains('\0') {
        let message = format!("found the character U+0000 in `{key}`; expected text without it");
        return Err(BrokenLine { message, hint: None });
    }
    Ok(value)
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Given, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Given;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_str<E>(self, value: &str) -> Result<Given, E> {
                Ok(Given::String(value.to_owned()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Given, E> {
                Ok(Given::Integer(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Given, E> {
                Ok(Given::Integer(value.to_string()))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
                Ok(Given::Other("a number that is not whole or over 64 bits"))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Given, E> {
                Ok(Given::Other(if value { "true" } else { "false" }))
            }

            fn visit_unit<E>(self) -> Result<Given, E> {
                Ok(Given::Null)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Given::Other("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Given, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Given::Other("an object"))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use onrecord::Article;

    use super::*;

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
