//! The record as JSON, and the JSON of Citron.
//!
//! In: an article's claims, in the shapes of `onrecord::wire`. Out: one JSON value. It adds no key and drops none.
//! Characters that a terminal would obey are written as `\u` escapes: the same value, harmless to look at.

use std::fmt::Write as _;
use std::io;

use onrecord::wire::citron::Citron;
use onrecord::wire::{Record, Text};
use serde::Serialize;
use serde_json::Value;

use super::ReadArticle;
use crate::terminal;

/// One line, or one for each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Compact,
    Pretty,
}

/// The record of one article.
pub(crate) fn record(article: &ReadArticle, text: Text, layout: Layout) -> String {
    to_string(&Record::new(&article.document, &article.claims, text), layout)
}

/// The record of one article as a value.
pub(crate) fn value(article: &ReadArticle, text: Text) -> Value {
    let record = Record::new(&article.document, &article.claims, text);
    serde_json::to_value(record).expect("the wire form has string keys and no failing value")
}

/// One article as Citron has it.
pub(crate) fn citron(article: &ReadArticle) -> String {
    to_string(&Citron::new(&article.document, &article.claims), Layout::Pretty)
}

fn to_string(value: &impl Serialize, layout: Layout) -> String {
    let json = match layout {
        Layout::Compact => serde_json::to_string(value),
        Layout::Pretty => serde_json::to_string_pretty(value),
    };
    harmless(json.expect("the wire form has string keys and no failing value"))
}

/// Escapes what is hidden. In JSON such characters stand inside strings only, where an escape means the same.
fn harmless(json: String) -> String {
    if !json.contains(terminal::is_hidden) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if terminal::is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a string cannot fail");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Writes compact JSON in which what is hidden is an escape, without a copy of the whole.
pub(crate) struct Harmless;

impl serde_json::ser::Formatter for Harmless {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(terminal::is_hidden) {
            out.write_all(&rest.as_bytes()[..at])?;
            let mut chars = rest[at..].chars();
            for unit in chars.next().into_iter().flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let text = "a\u{202e}b\u{7f}\u{85}\u{e0061}“é👍”\u{1b}\"\\\n";
        let json = to_string(&text, Layout::Compact);
        assert_eq!(json, "\"a\\u202eb\\u007f\\u0085\\udb40\\udc61“é👍”\\u001b\\\"\\\\\\n\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn layouts_differ_in_white_space_only() {
        let article = crate::format::sample::bridge();
        let pretty = record(&article, Text::Keep, Layout::Pretty);
        let compact = record(&article, Text::Keep, Layout::Compact);
        assert_eq!(compact.lines().count(), 1);
        assert!(pretty.lines().count() > 100);
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&pretty), value(&compact));
        assert_eq!(value(&compact)["article"]["text"], article.document.text());
    }
}
