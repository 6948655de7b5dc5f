//! A record all of whose rows are as this version has them: checked and packed while it is parsed.
//!
//! In: JSON. Out: the article and the cells of its rows, or nothing where anything is not as expected; why, is told by
//! [`crate::lenient`], which then looks at it anew. Most records pass here, in one walk and without a tree in memory.

use std::cell::OnceCell;
use std::fmt;

use rusqlite::types::Value as Sql;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::given::{self, Parts};
use crate::pack::{Cell, Packer, SpanKeys, Words, misfit};
use crate::shape::{Column, LISTS, List, Shape};

/// The parts of a record that is wholly of this version.
pub(crate) fn read(json: &str) -> Option<Parts> {
    let mut json = serde_json::Deserializer::from_str(json);
    let parts = json.deserialize_map(Record).ok()?;
    json.end().ok()?;
    Some(parts)
}

/// The rows for which a list has room from the start.
const ROOM: usize = 32;

struct Record;

impl<'de> Visitor<'de> for Record {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts, A::Error> {
        let mut head = Map::new();
        let article = OnceCell::new();
        let mut packer = None;
        let mut cells: Vec<Vec<Sql>> =
            LISTS.iter().map(|list| Vec::with_capacity(ROOM * list.width())).collect();
        while let Some(key) = map.next_key_seed(Words)? {
            match LISTS.iter().position(|list| list.name == key) {
                Some(at) => {
                    let packer = packer.as_mut().ok_or_else(misfit)?;
                    cells[at].clear();
                    map.next_value_seed(Rows { packer, list: &LISTS[at], cells: &mut cells[at] })?;
                }
                None if key == "article" => {
                    let Value::Object(object) = map.next_value()? else { return Err(misfit()) };
                    let found = given::article(object).map_err(|_| misfit())?;
                    article.set(found).map_err(|_| misfit())?;
                    packer = article.get().map(|(_, text): &(_, String)| Packer::new(text));
                }
                None => drop(head.insert(key.into_owned(), map.next_value()?)),
            }
        }
        let counts = LISTS.iter().zip(&cells).map(|(list, cells)| cells.len() / list.width());
        if !packer.is_some_and(|packer| packer.names_only(counts)) {
            return Err(misfit());
        }
        let (mut article, text) = article.into_inner().ok_or_else(misfit)?;
        given::head(&mut head, &mut article).map_err(|_| misfit())?;
        if !head.is_empty() {
            return Err(misfit());
        }
        Ok(Parts { article, text, cells })
    }
}

/// The rows of a list.
struct Rows<'p, 't> {
    packer: &'p mut Packer<'t>,
    list: &'static List,
    cells: &'p mut Vec<Sql>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the list {}", self.list.name)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let Rows { packer, list, cells } = self;
        let mut n = 1;
        while rows.next_element_seed(OneRow { packer, list, n, cells })?.is_some() {
            n += 1;
        }
        Ok(())
    }
}

/// One row.
struct OneRow<'p, 't> {
    packer: &'p mut Packer<'t>,
    list: &'static List,
    /// Its place, from 1.
    n: usize,
    cells: &'p mut Vec<Sql>,
}

impl<'de> DeserializeSeed<'de> for OneRow<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneRow<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {}", self.list.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let OneRow { packer, list, n, cells } = self;
        let start = cells.len();
        cells.resize(start + list.width(), Sql::Null);
        let cells = &mut cells[start..];
        let place = list.columns.iter().position(|column| column.shape == Shape::Place);
        let mut span = SpanKeys::default();
        let (mut next, mut has_id) = (0, list.prefix.is_none());
        while let Some(key) = map.next_key_seed(Words)? {
            if place.is_some() && span.take(&key, &mut map)? {
                continue;
            }
            let at = column_from(list.columns, next, &key).ok_or_else(misfit)?;
            next = at + 1;
            let cell = map.next_value_seed(Cell { packer, shape: list.columns[at].shape })?;
            cells[at] = if key == "id" {
                has_id = true;
                packer.own_id(list, n, cell).ok_or_else(misfit)?
            } else {
                cell
            };
        }
        if let Some(at) = place {
            cells[at] = span.place(packer)?;
        }
        if has_id { Ok(()) } else { Err(misfit()) }
    }
}

/// The place of a column; looked for from `next` on, for keys mostly come in order.
fn column_from(columns: &[Column], next: usize, key: &str) -> Option<usize> {
    let (before, after) = columns.split_at(next);
    let is_it = |column: &Column| column.key == key && column.shape != Shape::Place;
    after.iter().position(is_it).map(|at| next + at).or_else(|| before.iter().position(is_it))
}

#[cfg(test)]
mod tests {
    use onrecord::wire::{Record as Wire, Text};

    use super::*;
    use crate::lenient;

    fn json() -> String {
        let text = "“We open in May,” said Mayor Dana Ruiz on Monday. “Not before.” If it rains, the opening is off, \
                    she said. The strike led to delays. Tomas Ek, who was harbor master until 2019, doubted it.";
        let article =
            onrecord::Article { published: Some("2024-05-08".into()), ..onrecord::Article::new(text) };
        let (document, claims) = onrecord::Engine::by_rules().claims(article);
        serde_json::to_string(&Wire::new(&document, &claims, Text::Keep)).unwrap()
    }

    /// Both ways in give the same cells.
    #[test]
    fn what_is_strict_is_lenient() {
        let json = json();
        let strict = read(&json).expect("the engine's own records are of this version");
        assert!(strict.cells.iter().filter(|cells| !cells.is_empty()).count() >= 5, "{:?}", strict.cells);
        assert_eq!(strict, lenient::read(&json).unwrap_or_else(|refusal| panic!("{refusal:?}")));
        let sorted: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(Some(strict), read(&sorted.to_string()), "whatever the order of the keys");
    }

    #[test]
    fn what_is_not() {
        let check = |from: &str, to: &str| {
            let json = json();
            assert!(json.contains(from), "{from}");
            assert!(read(&json.replacen(from, to, 1)).is_none(), "{to}");
        };
        check(r#""id":"a1""#, r#""id":"a2""#);
        check(r#""asserted_by":"a1""#, r#""asserted_by":"a99""#);
        check(r#""form":"#, r#""newer":1,"form":"#);
        check(r#""byte_start":"#, r#""byte_start":9"#);
        check(r#""onrecord":"1""#, r#""onrecord":"2""#);
        check(r#""times":["#, r#""times":[null,"#);
        check(r#""events":["#, r#""newer":[],"events":["#);
        assert!(read(&(json() + "x")).is_none());
    }
}
