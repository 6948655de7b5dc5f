//! From what a column keeps back to the value of the wire form.
//!
//! In: a cell and its [`Shape`]. Out: JSON, every span with its characters cut out of the text anew and its code points
//! counted anew. It is the mirror of [`crate::pack`], which says what a cell holds; it relies on nothing: what is no
//! such cell is `None`.

use onrecord::text::Offsets;
use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::pack::span_bytes;
use crate::shape::{Keys, LISTS, List, Shape, list};
use crate::words;

/// What the cells of one article are read with.
pub(crate) struct Unpacker<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
}

/// The number that whole thousandths keep.
#[expect(
    clippy::cast_precision_loss,
    reason = "a score has few digits; where it has more, it is kept as it is"
)]
pub(crate) fn real(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

/// The id that a list gives the row at a place.
pub(crate) fn id(list: &List, place: i64) -> Option<String> {
    Some(format!("{}{place}", list.prefix?))
}

impl<'t> Unpacker<'t> {
    pub(crate) fn new(text: &'t str) -> Unpacker<'t> {
        Unpacker { text, offsets: Offsets::new(text) }
    }

    /// The value of a cell.
    pub(crate) fn value(&self, shape: Shape, cell: &Sql) -> Option<Value> {
        match (shape, cell) {
            (Shape::Text | Shape::Word | Shape::Id(_), Sql::Text(text)) => Some(text.as_str().into()),
            (_, Sql::Null) => self.part(shape, &Value::Null),
            (_, Sql::Integer(number)) => self.part(shape, &(*number).into()),
            (_, Sql::Real(number)) => self.part(shape, &(*number).into()),
            (_, Sql::Text(json)) if !shape.is_plain() => self.part(shape, &serde_json::from_str(json).ok()?),
            _ => None,
        }
    }

    fn part(&self, shape: Shape, kept: &Value) -> Option<Value> {
        Some(match (shape, kept) {
            (Shape::List(_), Value::Null) => Value::Array(Vec::new()),
            (_, Value::Null) => Value::Null,
            (Shape::Text | Shape::Word | Shape::Id(_), Value::String(_)) => kept.clone(),
            (Shape::Word, Value::Number(number)) => words::word(number.as_i64()?)?.into(),
            (Shape::Id(name), Value::Number(number)) => id(&LISTS[list(name)], number.as_i64()?)?.into(),
            (Shape::Whole, Value::Number(number)) if number.is_i64() => kept.clone(),
            (Shape::Real, Value::Number(number)) => match number.as_i64() {
                Some(thousandths) => real(thousandths).into(),
                None => kept.clone(),
            },
            (Shape::List(element), Value::Array(values)) => {
                Value::Array(values.iter().map(|value| self.part(*element, value)).collect::<Option<_>>()?)
            }
            (shape, Value::Number(number)) if shape.is_spans() => {
                Value::Array(vec![self.span(number.as_i64()?)?.into()])
            }
            (Shape::Object(keys), Value::Array(values)) => self.keys(Map::new(), keys, values)?,
            (Shape::Span(_) | Shape::Place, Value::Number(number)) => self.span(number.as_i64()?)?.into(),
            (Shape::Span(more), Value::Array(values)) => {
                let (number, rest) = values.split_first()?;
                self.keys(self.span(number.as_i64()?)?, more, rest)?
            }
            _ => return None,
        })
    }

    /// An object of what it has already and the values of its keys, in their order; those that lack at the end are empty.
    fn keys(&self, mut object: Map<String, Value>, keys: Keys, values: &[Value]) -> Option<Value> {
        if values.len() > keys.len() {
            return None;
        }
        let values = values.iter().chain(std::iter::repeat(&Value::Null));
        for ((key, shape), value) in keys.iter().zip(values) {
            object.insert((*key).to_owned(), self.part(*shape, value)?);
        }
        Some(Value::Object(object))
    }

    fn span(&self, number: i64) -> Option<Map<String, Value>> {
        let (byte_start, byte_end) = span_bytes(number)?;
        let text = self.text.get(byte_start as usize..byte_end as usize)?;
        let points = [byte_start, byte_end].map(|byte| self.offsets.code_point(byte));
        let mut span = Map::new();
        for (key, offset) in ["start", "end", "byte_start", "byte_end"]
            .iter()
            .zip([points[0], points[1], byte_start, byte_end])
        {
            span.insert((*key).to_owned(), offset.into());
        }
        span.insert("text".to_owned(), text.into());
        Some(span)
    }
}

/// The words at a cell of spans, ` … ` between the pieces, as the views cut them out.
pub(crate) fn words_at(cell: &Sql, text: &str) -> String {
    let word = |number: i64| {
        let (start, end) = span_bytes(number)?;
        text.get(start as usize..end as usize)
    };
    match cell {
        Sql::Integer(number) => word(*number).unwrap_or_default().to_owned(),
        Sql::Text(json) => {
            let numbers: Vec<i64> = serde_json::from_str(json).unwrap_or_default();
            numbers.into_iter().filter_map(word).collect::<Vec<_>>().join(" … ")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed as _;
    use serde_json::json;

    use super::*;
    use crate::pack::{Cell, Packer};
    use crate::shape::SPANS;

    const TEXT: &str = "“Café,” she said.";

    /// Packs a value from text and from values, compares, and brings it back.
    fn check(shape: Shape, value: &Value, expected: &Sql) {
        let mut packer = Packer::new(TEXT);
        let json = value.to_string();
        let cell = Cell { packer: &mut packer, shape };
        let found = cell.deserialize(&mut serde_json::Deserializer::from_str(&json));
        assert_eq!(&found.unwrap(), expected, "{json}");
        assert_eq!(&Cell { packer: &mut packer, shape }.deserialize(value).unwrap(), expected, "{json}");
        assert_eq!(Unpacker::new(TEXT).value(shape, expected).as_ref(), Some(value), "{expected:?}");
    }

    fn check_misfit(shape: Shape, value: &Value) {
        let mut packer = Packer::new(TEXT);
        assert!(Cell { packer: &mut packer, shape }.deserialize(value).is_err(), "{value}");
    }

    fn cafe() -> Value {
        json!({"start": 1, "end": 5, "byte_start": 3, "byte_end": 8, "text": "Café"})
    }

    fn packed(json: &str) -> Sql {
        Sql::Text(json.to_owned())
    }

    const CAFE: i64 = (5 << 24) + 3;

    #[test]
    fn plain_values() {
        check(Shape::Text, &json!("say"), &packed("say"));
        check(Shape::Text, &Value::Null, &Sql::Null);
        check(Shape::Word, &json!(words::WORDS[0]), &Sql::Integer(1));
        check(Shape::Word, &json!("a newer word"), &packed("a newer word"));
        check(Shape::Real, &json!(0.73), &Sql::Integer(730));
        check(Shape::Real, &json!(1.0), &Sql::Integer(1000));
        check(Shape::Real, &json!(0.73125), &Sql::Real(0.73125));
        check(Shape::Real, &json!(-0.5), &Sql::Real(-0.5));
        check(Shape::Whole, &json!(12), &Sql::Integer(12));
        check(Shape::Id("events"), &json!("v12"), &Sql::Integer(12));
        check_misfit(Shape::Text, &json!(3));
        check_misfit(Shape::Whole, &json!(0.5));
        for id in ["e1", "v01", "v0", "v", "v1x", "v12345678", ""] {
            check_misfit(Shape::Id("events"), &json!(id));
        }
    }

    #[test]
    fn spans_lose_their_characters_and_get_them_back() {
        const MENTION: Shape = Shape::List(&Shape::Span(&[("kind", Shape::Word), ("maker", Shape::Word)]));
        const SIDE: Shape = Shape::Object(&[("event", Shape::Id("events")), ("spans", SPANS)]);
        let (said, mut mention) =
            (json!({"start": 12, "end": 16, "byte_start": 17, "byte_end": 21, "text": "said"}), cafe());
        check(SPANS, &json!([cafe()]), &Sql::Integer(CAFE));
        check(SPANS, &json!([cafe(), said]), &packed(&format!("[{CAFE},{}]", (4 << 24) + 17)));
        check(SPANS, &json!([]), &Sql::Null);
        mention["kind"] = "a kind".into();
        mention["maker"] = Value::Null;
        check(MENTION, &json!([mention]), &packed(&format!("[[{CAFE},\"a kind\"]]")));
        check(SIDE, &json!({"event": null, "spans": [cafe()]}), &packed(&format!("[null,{CAFE}]")));
        check(SIDE, &json!({"event": "v2", "spans": []}), &packed("[2]"));
        check(SIDE, &json!({"event": null, "spans": []}), &packed("[]"));
        check(SIDE, &Value::Null, &Sql::Null);
        check_misfit(SIDE, &json!({"event": "v2", "newer": 1}));
        check_misfit(SPANS, &json!([null]));
        check_misfit(SPANS, &cafe());
        for (key, value) in [
            ("start", json!(2)),
            ("end", json!(9)),
            ("byte_end", json!(7)),
            ("text", json!("Cafe")),
            ("text", Value::Null),
            ("newer", json!(1)),
        ] {
            let mut other = cafe();
            other[key] = value;
            check_misfit(SPANS, &json!([other]));
        }
    }

    #[test]
    fn what_is_no_such_cell() {
        let check = |shape, cell: Sql| assert_eq!(Unpacker::new(TEXT).value(shape, &cell), None, "{cell:?}");
        check(SPANS, Sql::Integer((1 << 24) + 4 + (1 << 20)));
        check(SPANS, Sql::Integer((1 << 24) + 7));
        check(SPANS, Sql::Integer(-1));
        check(SPANS, packed("[[1,2]]"));
        check(Shape::Word, Sql::Integer(0));
        check(Shape::Real, packed("0.5"));
        check(Shape::Text, Sql::Integer(1));
        check(Shape::Text, Sql::Blob(Vec::new()));
    }
}
