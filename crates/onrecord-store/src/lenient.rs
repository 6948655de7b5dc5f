//! A record that is not wholly as this version has it: what is wrong with it, or what of it is kept aside.
//!
//! In: JSON. Out: the same parts as [`crate::strict`] gives, or the [`Refusal`]. A newer engine's keys and values, which
//! have no column or fit none, are kept whole in the column `more` of their row; ids that are not those of their places
//! are kept as they are.

use std::collections::BTreeSet;

use onrecord::text::Offsets;
use rusqlite::types::Value as Sql;
use serde::de::DeserializeSeed as _;
use serde_json::{Map, Value};

use crate::Refusal;
use crate::given::{self, Article, Parts, broken};
use crate::json::canonical;
use crate::pack::{Cell, Packer, place, span_number};
use crate::shape::{LISTS, List, SPAN_KEYS, Shape, list};

type Object = Map<String, Value>;

/// The parts of a record.
pub(crate) fn read(json: &str) -> Result<Parts, Refusal> {
    let record = serde_json::from_str(json)
        .map_err(|error| Refusal::new("bad_record", format!("the record is no JSON: {error}")))?;
    let Value::Object(mut record) = record else { return Err(broken("expected a JSON object")) };
    let mut of_record = Article::default();
    given::head(&mut record, &mut of_record)?;
    let Some(Value::Object(article)) = record.remove("article") else {
        return Err(broken("found no `article`; expected an object"));
    };
    let (article, text) = given::article(article)?;
    let mut article = Article { model: of_record.model, readings: of_record.readings, ..article };
    Check { text: &text, offsets: Offsets::new(&text) }.spans(&record)?;
    let lists: Vec<Vec<Object>> =
        LISTS.iter().map(|list| rows(record.remove(list.name), list.name)).collect::<Result<_, _>>()?;
    references(&lists)?;
    let mut is_regular = [true; LISTS.len()];
    for ((list, rows), is_regular) in LISTS.iter().zip(&lists).zip(&mut is_regular) {
        *is_regular = list.prefix.is_none() || is_numbered(list, rows);
    }
    let mut packer = Packer::with(&text, is_regular);
    let cells = LISTS.iter().zip(lists);
    let cells = cells.map(|(list, rows)| {
        rows.into_iter().enumerate().flat_map(|(at, row)| cells_of(&mut packer, list, at + 1, row)).collect()
    });
    let cells = cells.collect();
    if !record.is_empty() {
        let of_article =
            article.more.take().map(|json| serde_json::from_str(&json).expect("it was written here"));
        let mut more: Object = of_article.unwrap_or_default();
        more.insert("record".to_owned(), Value::Object(record));
        article.more = Some(canonical(&Value::Object(more)));
    }
    Ok(Parts { article, text, cells })
}

/// The rows of a list; one that is not there is empty.
fn rows(value: Option<Value>, name: &str) -> Result<Vec<Object>, Refusal> {
    let rows = match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(rows)) => rows,
        Some(_) => return Err(broken(format!("`{name}` is no list"))),
    };
    let object = |row| match row {
        Value::Object(row) => Ok(row),
        _ => Err(broken(format!("a row of `{name}` is no object"))),
    };
    rows.into_iter().map(object).collect()
}

/// Whether every row has the id that its place gives.
fn is_numbered(list: &List, rows: &[Object]) -> bool {
    let id = |row: &Object| row.get("id").and_then(Value::as_str).and_then(|id| place(list, id));
    (1..).zip(rows).all(|(n, row)| id(row) == Some(n))
}

/// Follows every reference from row to row.
fn references(lists: &[Vec<Object>]) -> Result<(), Refusal> {
    let mut ids: Vec<BTreeSet<&str>> = Vec::new();
    for (list, rows) in LISTS.iter().zip(lists) {
        let found: BTreeSet<&str> = rows.iter().filter_map(|row| row.get("id")?.as_str()).collect();
        if list.prefix.is_some() && found.len() != rows.len() {
            return Err(broken(format!("a row of `{}` has no id of its own", list.name)));
        }
        ids.push(found);
    }
    for (of, rows) in LISTS.iter().zip(lists) {
        for column in of.columns {
            for value in rows.iter().filter_map(|row| row.get(column.key)) {
                if let Some((lost, to)) = lost(column.shape, value, &ids) {
                    let (name, key) = (of.name, column.key);
                    let message = format!("`{name}`: `{key}` names {lost:?}, which is no row of `{to}`");
                    return Err(Refusal::new("lost_reference", message));
                }
            }
        }
    }
    Ok(())
}

/// The first id in a value that no row of its list has, and that list.
fn lost<'v>(shape: Shape, value: &'v Value, ids: &[BTreeSet<&str>]) -> Option<(&'v str, &'static str)> {
    match (shape, value) {
        (Shape::Id(to), Value::String(id)) if !ids[list(to)].contains(id.as_str()) => Some((id, to)),
        (Shape::List(element), Value::Array(values)) => {
            values.iter().find_map(|value| lost(*element, value, ids))
        }
        (Shape::Object(_) | Shape::Span(_), Value::Object(object)) => {
            shape.keys().find_map(|(key, shape)| lost(shape, object.get(key)?, ids))
        }
        _ => None,
    }
}

/// The cells of a row; what does not fit is kept in the last.
fn cells_of(packer: &mut Packer<'_>, list: &List, n: usize, mut row: Object) -> Vec<Sql> {
    let mut cells = Vec::with_capacity(list.width());
    for column in list.columns {
        let cell = if column.shape == Shape::Place {
            row_span(&row)
        } else {
            let cell =
                row.get(column.key).map(|value| Cell { packer, shape: column.shape }.deserialize(value));
            let cell = cell.and_then(Result::ok);
            if column.key == "id" { cell.and_then(|cell| packer.own_id(list, n, cell)) } else { cell }
        };
        if cell.is_some() && column.shape == Shape::Place {
            for (key, _) in SPAN_KEYS {
                row.remove(*key);
            }
        } else if cell.is_some() {
            row.remove(column.key);
        }
        cells.push(cell.unwrap_or(Sql::Null));
    }
    cells.push(if row.is_empty() { Sql::Null } else { Sql::Text(canonical(&Value::Object(row))) });
    cells
}

/// The number of a row's own span, which was compared before.
fn row_span(row: &Object) -> Option<Sql> {
    let [_, _, byte_start, byte_end] = offsets(row)?;
    span_number(byte_start, byte_end).map(Sql::Integer)
}

/// The offsets of an object that is a span, whatever else it holds.
fn offsets(object: &Object) -> Option<[u32; 4]> {
    object.get("text").filter(|text| text.is_string())?;
    let mut found = [0; 4];
    for (found, (key, _)) in found.iter_mut().zip(SPAN_KEYS) {
        *found = object.get(*key)?.as_u64()?.try_into().ok()?;
    }
    Some(found)
}

/// Compares every span of a record with its text.
struct Check<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
}

impl Check<'_> {
    /// Walks with a list of its own: how deep a record nests is not ours to say.
    fn spans(&self, record: &Object) -> Result<(), Refusal> {
        let mut left: Vec<&Value> = record.values().collect();
        while let Some(value) = left.pop() {
            match value {
                Value::Array(values) => left.extend(values),
                Value::Object(object) => {
                    match offsets(object) {
                        Some(offsets) => self.span(offsets, object)?,
                        None if SPAN_KEYS[..4].iter().all(|(key, _)| object.contains_key(*key)) => {
                            return Err(bad_span(object, "is no span"));
                        }
                        None => {}
                    }
                    left.extend(object.values());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn span(&self, [start, end, byte_start, byte_end]: [u32; 4], object: &Object) -> Result<(), Refusal> {
        let Some(found) = self.text.get(byte_start as usize..byte_end as usize) else {
            return Err(bad_span(object, "is no piece of the text"));
        };
        if object.get("text").and_then(Value::as_str) != Some(found) {
            return Err(bad_span(object, &format!("covers {found:?}")));
        }
        let points = [byte_start, byte_end].map(|byte| self.offsets.code_point(byte));
        if points != [start, end] {
            return Err(bad_span(object, &format!("stands at code points {} to {}", points[0], points[1])));
        }
        Ok(())
    }
}

fn bad_span(object: &Object, what: &str) -> Refusal {
    let text: String =
        object.get("text").map_or(String::new(), ToString::to_string).chars().take(60).collect();
    let at = object.get("byte_start").map_or(String::new(), ToString::to_string);
    Refusal::new("wrong_span", format!("the span {text} at byte {at} {what}"))
}
