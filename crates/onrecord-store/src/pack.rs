//! From a value of the wire form to what a column keeps: as short as plain SQL can still read.
//!
//! In: JSON, as text or as values, and the [`Shape`] that it should have. Out: a cell, or an error that says that it is
//! not of this shape; what then becomes of it is the caller's business. On the way every span is cut out of the text
//! and compared. What a cell holds:
//!
//! - a word of [`crate::words`] its number; another word itself;
//! - an id the place of its row where the list numbers its rows as they stand; else itself;
//! - a score whole thousandths, where it is such; else itself;
//! - a span one number: the length in bytes times 2²⁴, plus the byte at which it begins;
//! - a list of spans that has one, that one bare; any other list JSON, an empty one NULL;
//! - an object a list of its values in the order of its shape, without the empty ones at the end.
//!
//! Read on in [`crate::unpack`], the way back.

use std::borrow::Cow;
use std::fmt;

use onrecord::text::Offsets;
use rusqlite::types::Value as Sql;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::shape::{Keys, LISTS, List, SPANS, Shape, list};
use crate::words;

/// How many bits of a span tell where it begins, and of a row's number which of its article's it is.
pub(crate) const BITS: u32 = 24;

/// The bits of a beginning, or of a row's place in its list.
pub(crate) const PLACE: i64 = (1 << BITS) - 1;

/// The number that keeps a span; `None` where the text is longer than one number can say.
pub(crate) fn span_number(byte_start: u32, byte_end: u32) -> Option<i64> {
    let length = byte_end.checked_sub(byte_start)?;
    (byte_start >> BITS == 0 && length >> BITS == 0)
        .then_some(i64::from(length) << BITS | i64::from(byte_start))
}

/// Where the span with a number begins and ends; `None` for what is no such number.
pub(crate) fn span_bytes(number: i64) -> Option<(u32, u32)> {
    let start = u32::try_from(number & PLACE).ok()?;
    Some((start, start.checked_add(u32::try_from(number >> BITS).ok()?)?))
}

/// What the values of one article are packed with.
pub(crate) struct Packer<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    /// The lists whose rows have the ids that their places give.
    is_regular: [bool; LISTS.len()],
    /// The last place that was named in each list.
    highest: [i64; LISTS.len()],
    out: String,
}

impl<'t> Packer<'t> {
    /// For an article all of whose lists number their rows as they stand.
    pub(crate) fn new(text: &'t str) -> Packer<'t> {
        Packer::with(text, [true; LISTS.len()])
    }

    pub(crate) fn with(text: &'t str, is_regular: [bool; LISTS.len()]) -> Packer<'t> {
        let (offsets, highest, out) = (Offsets::new(text), [0; LISTS.len()], String::new());
        Packer { text, offsets, is_regular, highest, out }
    }

    /// Whether every row that was named by its place is there.
    pub(crate) fn names_only(&self, counts: impl IntoIterator<Item = usize>) -> bool {
        self.highest
            .iter()
            .zip(counts)
            .all(|(highest, count)| i64::try_from(count).is_ok_and(|count| *highest <= count))
    }

    /// The cell of a row's own id: nothing where its place says it.
    pub(crate) fn own_id(&self, of: &List, n: usize, cell: Sql) -> Option<Sql> {
        match cell {
            Sql::Integer(place) => (usize::try_from(place) == Ok(n)).then_some(Sql::Null),
            Sql::Text(_) if !self.is_regular[list(of.name)] => Some(cell),
            _ => None,
        }
    }

    fn id(&mut self, name: &str, id: &str) -> Option<Sql> {
        let at = list(name);
        if !self.is_regular[at] {
            return Some(Sql::Text(id.to_owned()));
        }
        let place = place(&LISTS[at], id)?;
        self.highest[at] = self.highest[at].max(place);
        Some(Sql::Integer(place))
    }

    /// The number of the span, where it is one of this text.
    fn span<E: Error>(&self, span: &SpanKeys<'_>) -> Result<i64, E> {
        let SpanKeys {
            offsets: [Some(start), Some(end), Some(byte_start), Some(byte_end)],
            text: Some(text),
        } = span
        else {
            return Err(misfit());
        };
        let found = self.text.get(*byte_start as usize..*byte_end as usize).ok_or_else(misfit)?;
        let points = self.offsets.code_point(*byte_start);
        if found != text || points != *start || points as usize + found.chars().count() != *end as usize {
            return Err(misfit());
        }
        span_number(*byte_start, *byte_end).ok_or_else(misfit)
    }

    /// Takes what was written as a cell.
    fn take(&mut self) -> Sql {
        let cell = match self.out.as_str() {
            "null" => Sql::Null,
            json => json.parse().map_or_else(|_| Sql::Text(json.to_owned()), Sql::Integer),
        };
        self.out.clear();
        cell
    }
}

/// The place that a regular id names, from 1.
pub(crate) fn place(list: &List, id: &str) -> Option<i64> {
    let digits = id.strip_prefix(list.prefix?)?;
    let is_number =
        digits.len() <= 7 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// A value that is not of its shape. Nobody reads the message: the caller looks at the value anew.
pub(crate) fn misfit<E: Error>() -> E {
    E::custom("not of this shape")
}

/// The value of one column.
pub(crate) struct Cell<'p, 't> {
    pub(crate) packer: &'p mut Packer<'t>,
    pub(crate) shape: Shape,
}

impl<'de> DeserializeSeed<'de> for Cell<'_, '_> {
    type Value = Sql;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Sql, D::Error> {
        let Cell { packer, shape } = self;
        if shape.is_plain() {
            return value.deserialize_any(Plain { packer, shape });
        }
        // What a value that did not fit has left.
        packer.out.clear();
        value.deserialize_any(Part { packer, shape })?;
        Ok(packer.take())
    }
}

/// A value without parts.
struct Plain<'p, 't> {
    packer: &'p mut Packer<'t>,
    shape: Shape,
}

impl Visitor<'_> for Plain<'_, '_> {
    type Value = Sql;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shape)
    }

    fn visit_unit<E: Error>(self) -> Result<Sql, E> {
        Ok(Sql::Null)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Sql, E> {
        match self.shape {
            Shape::Text => Ok(Sql::Text(text.to_owned())),
            Shape::Word => Ok(match words::number(text) {
                Some(number) => Sql::Integer(number.into()),
                None => Sql::Text(text.to_owned()),
            }),
            Shape::Id(list) => self.packer.id(list, text).ok_or_else(misfit),
            _ => Err(misfit()),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Sql, E> {
        match self.shape {
            Shape::Whole => Ok(Sql::Integer(number)),
            #[expect(
                clippy::cast_precision_loss,
                reason = "JSON has one kind of number, and so has this shape"
            )]
            Shape::Real => Ok(real(number as f64)),
            _ => Err(misfit()),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Sql, E> {
        i64::try_from(number).map_err(|_| misfit()).and_then(|number| self.visit_i64(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Sql, E> {
        if self.shape == Shape::Real { Ok(real(number)) } else { Err(misfit()) }
    }
}

/// Thousandths, where they give the same number back.
fn real(number: f64) -> Sql {
    let thousandths = (number * 1000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "it is compared")]
    let whole = thousandths as i64;
    if (0..=1_000_000).contains(&whole) && crate::unpack::real(whole).to_bits() == number.to_bits() {
        Sql::Integer(whole)
    } else {
        Sql::Real(number)
    }
}

/// A value, written as JSON to the end of what is written.
struct Part<'p, 't> {
    packer: &'p mut Packer<'t>,
    shape: Shape,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        let Part { packer, shape } = self;
        if !shape.is_plain() {
            return value.deserialize_any(Part { packer, shape });
        }
        let plain = value.deserialize_any(Plain { packer, shape })?;
        write(&plain, &mut packer.out);
        Ok(())
    }
}

fn write(value: &Sql, out: &mut String) {
    use fmt::Write as _;

    match value {
        // No shape makes a blob.
        Sql::Null | Sql::Blob(_) => out.push_str("null"),
        Sql::Integer(number) => write!(out, "{number}").expect("writing to a string cannot fail"),
        Sql::Text(text) => crate::json::string(text, out),
        Sql::Real(number) => out.push_str(&serde_json::Value::from(*number).to_string()),
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shape)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.packer.out.push_str("null");
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        let Part { packer, shape: Shape::List(element) } = self else { return Err(misfit()) };
        let start = packer.out.len();
        let mut count = 0;
        loop {
            packer.out.push(if count == 0 { '[' } else { ',' });
            let from = packer.out.len();
            if values.next_element_seed(Part { packer, shape: *element })?.is_none() {
                break;
            }
            if &packer.out[from..] == "null" {
                return Err(misfit());
            }
            count += 1;
        }
        packer.out.pop();
        match count {
            0 => packer.out.push_str("null"),
            1 if self.shape == SPANS => drop(packer.out.remove(start)),
            _ => packer.out.push(']'),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Part { packer, shape } = self;
        let (own, is_span): (Keys, bool) = match shape {
            Shape::Object(keys) => (keys, false),
            Shape::Span(more) => (more, true),
            _ => return Err(misfit()),
        };
        let mut span = SpanKeys::default();
        let mut parts = Parts::default();
        let start = packer.out.len();
        while let Some(key) = map.next_key_seed(Words)? {
            if is_span && span.take(&key, &mut map)? {
                continue;
            }
            let at = own.iter().position(|(own, _)| *own == key).ok_or_else(misfit)?;
            let from = packer.out.len();
            map.next_value_seed(Part { packer, shape: own[at].1 })?;
            parts.0[at] = (from, packer.out.len());
        }
        let number = if is_span { Some(packer.span(&span)?) } else { None };
        parts.join(number, own.is_empty(), start, &mut packer.out);
        Ok(())
    }
}

/// Where the parts of an object stand, by the places of their keys.
#[derive(Default)]
struct Parts([(usize, usize); 8]);

impl Parts {
    /// Puts what was written from `start` on in order, behind the number of the span.
    fn join(&self, span: Option<i64>, is_bare: bool, start: usize, out: &mut String) {
        let written = out.split_off(start);
        let part = |(from, to): (usize, usize)| Some(&written[from.checked_sub(start)?..to - start]);
        let is_there = |place: &(usize, usize)| place.0 < place.1 && part(*place) != Some("null");
        let count = self.0.iter().rposition(is_there).map_or(0, |last| last + 1);
        let mut between = "";
        if !is_bare {
            out.push('[');
        }
        if let Some(span) = span {
            write(&Sql::Integer(span), out);
            between = ",";
        }
        for place in &self.0[..count] {
            out.push_str(between);
            out.push_str(if is_there(place) { part(*place).unwrap_or("null") } else { "null" });
            between = ",";
        }
        if !is_bare {
            out.push(']');
        }
    }
}

/// The keys of a span, as far as they were met.
#[derive(Default)]
pub(crate) struct SpanKeys<'de> {
    offsets: [Option<u32>; 4],
    text: Option<Cow<'de, str>>,
}

impl<'de> SpanKeys<'de> {
    /// Takes the value where the key is one of a span's.
    pub(crate) fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let at = match key {
            "start" => 0,
            "end" => 1,
            "byte_start" => 2,
            "byte_end" => 3,
            "text" => {
                self.text = Some(map.next_value_seed(Words)?);
                return Ok(true);
            }
            _ => return Ok(false),
        };
        self.offsets[at] = Some(map.next_value()?);
        Ok(true)
    }

    /// The number of a row's own span; NULL where it has none of its keys.
    pub(crate) fn place<E: Error>(&self, packer: &Packer<'_>) -> Result<Sql, E> {
        if self.text.is_none() && self.offsets == [None; 4] {
            return Ok(Sql::Null);
        }
        packer.span(self).map(Sql::Integer)
    }
}

/// A string, borrowed where that can be.
pub(crate) struct Words;

impl<'de> DeserializeSeed<'de> for Words {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Cow<'de, str>, D::Error> {
        value.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Words {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
