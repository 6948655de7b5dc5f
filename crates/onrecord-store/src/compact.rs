//! Spans without their characters: the text is kept once, so a span is kept as its offsets.
//!
//! In: JSON of the wire form. Out: the same with each span as `[start, end, byte_start, byte_end]`, in one spelling
//! of its own (keys sorted), and back. Plain SQL reads such a list with `json_each`. It never guesses: a list of four
//! numbers that is no span is refused, for it would come back as one.

use serde_json::{Map, Number, Value};

/// The keys of a span, in the order in which they are kept; `text` is recovered.
pub(crate) const OFFSETS: [&str; 4] = ["start", "end", "byte_start", "byte_end"];

/// Why a value cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LooksLikeASpan;

/// The value with the characters of all spans left out.
pub(crate) fn compact(value: &Value) -> Result<Value, LooksLikeASpan> {
    Ok(match value {
        Value::Array(values) if offsets_of(values).is_some() => return Err(LooksLikeASpan),
        Value::Array(values) => Value::Array(values.iter().map(compact).collect::<Result<_, _>>()?),
        Value::Object(object) => match span(object) {
            Some(offsets) if object.len() == 5 => Value::Array(offsets.map(Value::from).to_vec()),
            found => {
                let kept = object.iter().filter(|(key, _)| found.is_none() || *key != "text");
                let kept = kept.map(|(key, value)| Ok((key.clone(), compact(value)?)));
                Value::Object(kept.collect::<Result<_, _>>()?)
            }
        },
        plain => plain.clone(),
    })
}

/// The value with the characters of all spans put back; `None` where an offset lies outside of `text`.
pub(crate) fn expand(value: Value, text: &str) -> Option<Value> {
    Some(match value {
        Value::Array(values) => match offsets_of(&values) {
            Some(offsets) => Value::Object(span_of(offsets, text)?),
            None => Value::Array(values.into_iter().map(|value| expand(value, text)).collect::<Option<_>>()?),
        },
        Value::Object(object) => {
            let object = object.into_iter().map(|(key, value)| Some((key, expand(value, text)?)));
            let mut object: Map<String, Value> = object.collect::<Option<_>>()?;
            if !object.contains_key("text")
                && let Some([_, _, start, end]) = offsets(&object)
            {
                object.insert("text".to_owned(), slice(text, start, end)?.into());
            }
            Value::Object(object)
        }
        plain => plain,
    })
}

/// The whole span at `offsets`.
pub(crate) fn span_of(offsets: [u32; 4], text: &str) -> Option<Map<String, Value>> {
    let mut object: Map<String, Value> =
        OFFSETS.iter().zip(offsets).map(|(key, offset)| ((*key).to_owned(), offset.into())).collect();
    object.insert("text".to_owned(), slice(text, offsets[2], offsets[3])?.into());
    Some(object)
}

/// The characters at a pair of byte offsets.
pub(crate) fn slice(text: &str, byte_start: u32, byte_end: u32) -> Option<&str> {
    text.get(byte_start as usize..byte_end as usize)
}

/// The offsets of an object that is a span, whatever else it holds.
pub(crate) fn span(object: &Map<String, Value>) -> Option<[u32; 4]> {
    object.get("text").filter(|text| text.is_string())?;
    offsets(object)
}

fn offsets(object: &Map<String, Value>) -> Option<[u32; 4]> {
    let mut found = [0; 4];
    for (found, key) in found.iter_mut().zip(OFFSETS) {
        *found = offset(object.get(key)?)?;
    }
    Some(found)
}

fn offsets_of(values: &[Value]) -> Option<[u32; 4]> {
    let [a, b, c, d] = values else { return None };
    Some([offset(a)?, offset(b)?, offset(c)?, offset(d)?])
}

fn offset(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

/// JSON in one spelling: no white space, keys sorted. Which order `serde_json` writes depends on how it was built,
/// and hashes must not.
pub(crate) fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    let mut between = "";
    match value {
        Value::Array(values) => {
            out.push('[');
            for value in values {
                out.push_str(between);
                write(value, out);
                between = ",";
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for key in keys {
                out.push_str(between);
                string(key, out);
                out.push(':');
                write(&object[key], out);
                between = ",";
            }
            out.push('}');
        }
        Value::String(text) => string(text, out),
        Value::Number(number) => out.push_str(&spelled(number)),
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
    }
}

fn spelled(number: &Number) -> String {
    number.to_string()
}

fn string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("a string is JSON"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = "“Café,” she said.";

    /// Compacts a value, compares, and brings it back.
    fn check(value: &Value, expected: &str) {
        let compacted = compact(value).unwrap();
        assert_eq!(canonical(&compacted), expected);
        assert_eq!(expand(compacted, TEXT).as_ref(), Some(value));
    }

    #[test]
    fn spans_lose_their_characters_and_get_them_back() {
        let cafe = json!({"start": 1, "end": 5, "byte_start": 3, "byte_end": 8, "text": "Café"});
        check(&json!([cafe]), "[[1,5,3,8]]");
        check(&json!({"spans": [cafe], "event": null}), r#"{"event":null,"spans":[[1,5,3,8]]}"#);
        let mut mention = cafe.clone();
        mention["kind"] = "name".into();
        check(&mention, r#"{"byte_end":8,"byte_start":3,"end":5,"kind":"name","start":1}"#);
        check(&json!([1, 2, 3]), "[1,2,3]");
        check(&json!({"text": "no span", "b": "é\n\""}), r#"{"b":"é\n\"","text":"no span"}"#);
    }

    #[test]
    fn what_would_come_back_as_a_span_is_refused() {
        assert_eq!(compact(&json!({"a": [1, 2, 3, 4]})), Err(LooksLikeASpan));
        assert_eq!(expand(json!([0, 1, 0, 1]), TEXT), None, "inside a character");
        assert_eq!(expand(json!([0, 99, 0, 99]), TEXT), None, "behind the end");
    }
}
