//! The columns of a file: which there are, in which order, and what a row has in each.
//!
//! In: a list of [`crate::shape`]. Out: its [`Column`]s: what tells the article, the keys, the words of spans, and
//! `more`. It never names a key of a list.

use serde_json::{Map, Value};

use super::Row;
use crate::export::words;
use crate::json::canonical;
use crate::shape::{ARTICLES, List, Shape};

/// One column of a file.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) shape: Shape,
    holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// The number of the article.
    Number,
    /// The place of the row in its list, from 1.
    Place,
    /// A key of the article.
    OfArticle(&'static str),
    /// A key of the row.
    Key(&'static str),
    /// The words of a list of spans.
    Words(&'static str),
    /// As JSON, the keys that no column holds.
    More,
}

/// What a column holds of a row.
pub(super) enum Cell<'a> {
    Own(&'a Value),
    Made(Value),
}

impl Cell<'_> {
    pub(super) fn value(&self) -> &Value {
        match self {
            Cell::Own(value) => value,
            Cell::Made(value) => value,
        }
    }
}

/// What tells the article of a row, in the words of the record's views.
const OF_ARTICLE: [(&str, &str); 4] = [
    ("publisher", "publisher"),
    ("article_id", "id"),
    ("text_sha256", "text_sha256"),
    ("published", "published"),
];

/// The columns of a list of rows, or of the articles, whose own keys tell what they are.
pub(super) fn columns(list: &'static List) -> Vec<Column> {
    let mut columns = vec![column("article", Shape::Whole, Holds::Number)];
    if list.name == ARTICLES.name {
        columns.extend(list.columns.iter().map(|own| column(own.key, own.shape, Holds::Key(own.key))));
    } else {
        columns.extend(OF_ARTICLE.map(|(name, key)| column(name, Shape::Text, Holds::OfArticle(key))));
        columns.push(column("n", Shape::Whole, Holds::Place));
        columns.extend(list.columns.iter().flat_map(of_key));
    }
    columns.push(column("more", Shape::Text, Holds::More));
    columns
}

fn column(name: impl Into<String>, shape: Shape, holds: Holds) -> Column {
    Column { name: name.into(), shape, holds }
}

/// The column of a key, and with spans that of their words; for the row's own span one for each of its keys.
fn of_key(own: &crate::shape::Column) -> Vec<Column> {
    let key = own.key;
    match own.shape {
        Shape::Place => own.shape.keys().map(|(key, shape)| column(key, shape, Holds::Key(key))).collect(),
        shape if shape.is_spans() => {
            let words = column(format!("{key}_text"), Shape::Text, Holds::Words(key));
            vec![column(key, shape, Holds::Key(key)), words]
        }
        shape => vec![column(key, shape, Holds::Key(key))],
    }
}

impl Column {
    /// Whether every row has a value in it.
    pub(super) fn is_required(&self) -> bool {
        matches!(self.holds, Holds::Number | Holds::Place)
    }

    /// What it holds of a row.
    pub(super) fn cell<'a>(
        &self,
        columns: &[Column],
        of: &Row<'a>,
        place: i64,
        row: &'a Map<String, Value>,
    ) -> Cell<'a> {
        match self.holds {
            Holds::Number => Cell::Made(of.number.into()),
            Holds::Place => Cell::Made(place.into()),
            Holds::OfArticle(key) => fitting(self.shape, of.article.get(key)),
            Holds::Key(key) => fitting(self.shape, row.get(key)),
            Holds::Words(key) => match words(row.get(key).unwrap_or(&Value::Null)) {
                words if words.is_empty() => Cell::Own(&Value::Null),
                words => Cell::Made(words.into()),
            },
            Holds::More => more(columns, row),
        }
    }

    fn takes(&self, key: &str, value: &Value) -> bool {
        matches!(self.holds, Holds::Key(own) if own == key) && self.shape.fits(value)
    }
}

fn fitting(shape: Shape, value: Option<&Value>) -> Cell<'_> {
    Cell::Own(value.filter(|value| shape.fits(value)).unwrap_or(&Value::Null))
}

/// The keys that no column takes, whole.
fn more<'a>(columns: &[Column], row: &Map<String, Value>) -> Cell<'a> {
    let left = row.iter().filter(|(key, value)| !columns.iter().any(|column| column.takes(key, value)));
    let left: Map<String, Value> = left.map(|(key, value)| (key.clone(), value.clone())).collect();
    if left.is_empty() { Cell::Own(&Value::Null) } else { Cell::Made(canonical(&Value::Object(left)).into()) }
}
