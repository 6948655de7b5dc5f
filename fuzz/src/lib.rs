//! What must hold of the engine and of intake on any bytes, one function for each fuzz target.
//!
//! In: bytes that a fuzzer made up, or a seed.
//! Out: nothing, or a panic that tells what did not hold.
//! Never: a judgement on what was read; only that it is well formed, the same twice, and points where it says.
//! Next: `targets/` hands these functions to libFuzzer; `tests/seeds.rs` runs them over `seeds/` on stable.

#![forbid(unsafe_code)]

mod intake;

pub use intake::intake;

use onrecord::wire::{Record, Text};
use onrecord::{Article, Engine, Span};
use serde_json::Value;

/// Reads the bytes as text, and checks every span on the way to the record and in it.
///
/// # Panics
/// When something does not hold.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let engine = Engine::new();
    let (document, claims) = engine.claims(Article::new(text.clone()));

    assert_eq!(document.text(), text, "the text was changed");
    in_order("tokens", &text, document.tokens().iter().map(|token| token.span));
    in_order("sentences", &text, document.sentences().iter().map(|sentence| sentence.span));
    in_order("paragraphs", &text, document.paragraphs().iter().map(|paragraph| paragraph.span));
    for quotation in document.quotations() {
        assert!(text.get(quotation.span.range()).is_some(), "{quotation:?} does not slice the text");
        assert!(quotation.span.contains(quotation.inner), "{quotation:?} does not hold its inside");
    }

    let record = Record::new(&document, &claims, Text::Keep);
    let written = serde_json::to_string(&record).expect("a record can be written");
    let read: Value = serde_json::from_str(&written).expect("a written record is JSON");
    assert_eq!(read["article"]["text"], *text, "the record holds another text");
    quotes_what_it_points_at(&read, &text);

    let (document, claims) = engine.claims(Article::new(text));
    let again = serde_json::to_string(&Record::new(&document, &claims, Text::Keep));
    assert_eq!(again.expect("a record can be written"), written, "two readings of one text differ");
}

/// The spans slice the text, hold something, and none overlaps the one before it.
fn in_order(name: &str, text: &str, spans: impl Iterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        assert!(text.get(span.range()).is_some(), "{name}: {span:?} does not slice the text");
        assert!(!span.is_empty(), "{name}: {span:?} holds nothing");
        assert!(end <= span.start, "{name}: {span:?} overlaps the one that ends at {end}");
        end = span.end;
    }
}

/// Every object of the record that points into the text quotes exactly what stands there, in bytes and in code points.
fn quotes_what_it_points_at(record: &Value, text: &str) {
    // The code point that starts at each byte; none at a byte inside a character.
    let mut points = vec![None; text.len() + 1];
    let starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    for (point, byte) in starts.enumerate() {
        points[byte] = Some(point as u64);
    }
    let mut open = vec![record];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(values) => {
                open.extend(values.values());
                if let (Some(start), Some(end)) = (value["byte_start"].as_u64(), value["byte_end"].as_u64()) {
                    let (first, last) = (start as usize, end as usize);
                    assert_eq!(
                        text.get(first..last),
                        value["text"].as_str(),
                        "{value} does not quote its bytes"
                    );
                    assert_eq!(
                        points[first],
                        value["start"].as_u64(),
                        "{value} starts at another code point"
                    );
                    assert_eq!(points[last], value["end"].as_u64(), "{value} ends at another code point");
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(start: usize, end: usize, quoted: &str) {
        let span = json!({"start": start, "end": end, "byte_start": 0, "byte_end": 2, "text": quoted});
        quotes_what_it_points_at(&json!({"rows": [{"content": [span]}]}), "é.");
    }

    #[test]
    fn a_right_span() {
        check(0, 1, "é");
    }

    #[test]
    #[should_panic(expected = "does not quote its bytes")]
    fn a_wrong_quotation() {
        check(0, 1, "e");
    }

    #[test]
    #[should_panic(expected = "ends at another code point")]
    fn a_wrong_code_point() {
        check(0, 2, "é");
    }

    #[test]
    #[should_panic(expected = "overlaps the one that ends at 2")]
    fn an_overlap() {
        in_order("tokens", "abcd", [Span::new(0, 2), Span::new(1, 3)].into_iter());
    }
}
