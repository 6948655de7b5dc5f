//! The way back: what is kept of an article, as rows and as the wire form.
//!
//! In: the number of an article. Out: [`Stored`]; from it the record as it was read, every span with its characters
//! cut out of the text anew. It relies on nothing: what does not fit is told, not passed over.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::erase::articles_of;
use crate::error::Kind as ErrorKind;
use crate::given::{self, Article};
use crate::keep::row_numbers;
use crate::shape::{LISTS, List, Shape};
use crate::unpack::{Unpacker, id};
use crate::verify::unpack;
use crate::{Error, Raw, Record};

/// What is kept of one article.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) number: i64,
    pub(crate) is_latest: bool,
    pub(crate) article: Article,
    pub(crate) content_sha256: String,
    pub(crate) text: String,
    /// For each list, the cells of its rows, one row after the other.
    pub(crate) cells: Vec<Vec<Sql>>,
    /// For each list, the places of its rows, from 1.
    pub(crate) places: Vec<Vec<i64>>,
}

/// Why what is kept of an article cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit(pub(crate) String);

const ARTICLE: &str = "SELECT a.article, a.publisher, a.id, a.is_latest, a.text_sha256, a.title, a.url, \
                       a.published, a.language, a.inferred, a.model, a.readings, a.more, a.content_sha256, t.text \
                       FROM articles AS a LEFT JOIN texts AS t USING (article)";

impl Record {
    /// Gives each article's number, in the order in which they came.
    pub(crate) fn numbers(&self) -> Result<Vec<i64>, Error> {
        let numbers = || -> rusqlite::Result<Vec<i64>> {
            let mut select =
                self.connection.prepare_cached("SELECT article FROM articles ORDER BY article")?;
            select.query_map([], |row| row.get(0))?.collect()
        };
        numbers().map_err(|error| self.error(error))
    }

    /// The bytes that the latest version of an article was read from, where they are kept.
    ///
    /// # Errors
    ///
    /// There is no such article, the bytes are damaged, or the record cannot be read.
    pub fn raw(&self, id: &str, publisher: Option<&str>) -> Result<Option<Raw>, Error> {
        let found = articles_of(&self.connection, id, publisher).map_err(|error| self.error(error))?;
        let Some((number, ..)) = found.last() else {
            return Err(Error::new(&self.path, ErrorKind::Unknown { id: id.to_owned() }));
        };
        raw(&self.connection, *number).map_err(|error| self.error(error))
    }

    pub(crate) fn stored(&self, number: i64) -> Result<Stored, Error> {
        stored(&self.connection, number).map_err(|error| self.error(error))
    }
}

pub(crate) fn stored(connection: &Connection, number: i64) -> rusqlite::Result<Stored> {
    let mut select = connection.prepare_cached(&format!("{ARTICLE} WHERE a.article = ?1"))?;
    let mut stored = select.query_row([number], from_row)?;
    for list in LISTS {
        let (cells, places) = rows(connection, list, number)?;
        stored.cells.push(cells);
        stored.places.push(places);
    }
    Ok(stored)
}

fn raw(connection: &Connection, number: i64) -> rusqlite::Result<Option<Raw>> {
    let select = "SELECT r.media_type, r.encoding, r.codec, r.bytes, t.text FROM raws AS r JOIN texts AS t \
                  USING (article) WHERE r.article = ?1";
    let raw = connection.prepare_cached(select)?.query_row([number], |row| {
        let bytes = match row.get::<_, Option<Vec<u8>>>(3)? {
            Some(packed) => unpack(&packed).unwrap_or_default(),
            None => row.get::<_, String>(4)?.into_bytes(),
        };
        Ok(Raw { bytes, media_type: row.get(0)?, encoding: row.get(1)? })
    });
    raw.optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        number: row.get(0)?,
        is_latest: row.get(3)?,
        article: Article {
            publisher: row.get(1)?,
            id: row.get(2)?,
            text_sha256: row.get(4)?,
            title: row.get(5)?,
            url: row.get(6)?,
            published: row.get(7)?,
            language: row.get(8)?,
            inferred: row.get(9)?,
            model: row.get(10)?,
            readings: row.get(11)?,
            more: row.get(12)?,
        },
        content_sha256: row.get(13)?,
        text: row.get::<_, Option<String>>(14)?.unwrap_or_default(),
        cells: Vec::with_capacity(LISTS.len()),
        places: Vec::with_capacity(LISTS.len()),
    })
}

/// The cells of the rows of a list, and their places.
fn rows(connection: &Connection, list: &List, article: i64) -> rusqlite::Result<(Vec<Sql>, Vec<i64>)> {
    let select = format!("SELECT * FROM kept_{} WHERE row BETWEEN ?1 AND ?2 ORDER BY row", list.name);
    let mut select = connection.prepare_cached(&select)?;
    let numbers = row_numbers(article);
    let mut rows = select.query([numbers.start(), numbers.end()])?;
    let (mut cells, mut places) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        places.push(row.get::<_, i64>(0)? - numbers.start());
        for at in 1..=list.width() {
            cells.push(row.get(at)?);
        }
    }
    Ok((cells, places))
}

impl Stored {
    /// The hash of all that is kept of it, made anew.
    pub(crate) fn content(&self) -> String {
        given::content(&self.article, &self.cells)
    }

    /// The record in the wire form.
    pub(crate) fn wire(&self) -> Result<Value, Misfit> {
        let mut more = match &self.article.more {
            Some(json) => object(parsed(json)?, "more")?,
            None => Map::new(),
        };
        let mut record = Map::new();
        record.insert("onrecord".to_owned(), onrecord::wire::VERSION.into());
        record.insert("model".to_owned(), self.article.model.clone().into());
        record.insert("readings".to_owned(), json_list(self.article.readings.as_deref())?);
        let mut article = self.article_wire()?;
        if let Some(of_article) = more.remove("article") {
            article.extend(object(of_article, "more.article")?);
        }
        record.insert("article".to_owned(), article.into());
        let unpacker = Unpacker::new(&self.text);
        for ((list, cells), places) in LISTS.iter().zip(&self.cells).zip(&self.places) {
            let rows = cells
                .chunks(list.width())
                .zip(places)
                .map(|(cells, place)| row(&unpacker, list, *place, cells));
            record.insert(list.name.to_owned(), Value::Array(rows.collect::<Result<_, _>>()?));
        }
        if let Some(of_record) = more.remove("record") {
            record.extend(object(of_record, "more.record")?);
        }
        Ok(Value::Object(record))
    }

    fn article_wire(&self) -> Result<Map<String, Value>, Misfit> {
        let Article { publisher, id, text_sha256, title, url, published, language, inferred, .. } =
            &self.article;
        let mut article = Map::new();
        article.insert("id".to_owned(), id.clone().into());
        article.insert("text_sha256".to_owned(), text_sha256.clone().into());
        for (key, value) in [
            ("title", title),
            ("url", url),
            ("publisher", publisher),
            ("published", published),
            ("language", language),
        ] {
            article.insert(key.to_owned(), value.clone().into());
        }
        article.insert("text".to_owned(), self.text.clone().into());
        article.insert("inferred".to_owned(), json_list(inferred.as_deref())?);
        Ok(article)
    }
}

fn row(unpacker: &Unpacker<'_>, list: &List, place: i64, cells: &[Sql]) -> Result<Value, Misfit> {
    let mut row = Map::new();
    for (column, cell) in list.columns.iter().zip(cells) {
        let misfit =
            || Misfit(format!("`{}.{}` of row {place} is not what was written", list.name, column.key));
        let value = match (column.key, cell) {
            ("id", Sql::Null) => id(list, place).map(Value::from),
            _ => unpacker.value(column.shape, cell),
        };
        match (column.shape, value.ok_or_else(misfit)?) {
            (Shape::Place, Value::Object(span)) => row.extend(span),
            (Shape::Place, _) => {}
            (_, value) => drop(row.insert(column.key.to_owned(), value)),
        }
    }
    if let Some(Sql::Text(more)) = cells.last() {
        row.extend(object(parsed(more)?, list.name)?);
    }
    Ok(Value::Object(row))
}

fn parsed(json: &str) -> Result<Value, Misfit> {
    serde_json::from_str(json).map_err(|_| Misfit(format!("found `{json}`; expected JSON")))
}

fn json_list(json: Option<&str>) -> Result<Value, Misfit> {
    json.map_or(Ok(Value::Array(Vec::new())), parsed)
}

fn object(value: Value, name: &str) -> Result<Map<String, Value>, Misfit> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Misfit(format!("`{name}` is no object"))),
    }
}
