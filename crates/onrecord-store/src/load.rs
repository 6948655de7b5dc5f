//! The way back: what is kept of an article, as rows and as the wire form.
//!
//! In: the number of an article. Out: [`Stored`]; from it the record as it was read, every span with its characters
//! cut out of the text anew. It relies on nothing: what does not fit is told, not passed over.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::compact::{OFFSETS, expand, slice, span_of};
use crate::erase::articles_of;
use crate::error::Kind as ErrorKind;
use crate::given::Article;
use crate::hash::Content;
use crate::shape::{Column, Kind, LISTS, List, MENTION};
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
    pub(crate) rows: Vec<Vec<Vec<Sql>>>,
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
        stored.rows.push(rows(connection, list, number)?);
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
        rows: Vec::with_capacity(LISTS.len()),
    })
}

fn rows(connection: &Connection, list: &List, article: i64) -> rusqlite::Result<Vec<Vec<Sql>>> {
    let columns: Vec<String> = list.columns.iter().map(|column| format!("\"{}\"", column.key)).collect();
    let select =
        format!("SELECT {}, more FROM {} WHERE article = ?1 ORDER BY n", columns.join(", "), list.name);
    let mut select = connection.prepare_cached(&select)?;
    let count = list.columns.len() + 1;
    let rows = select.query_map([article], |row| (0..count).map(|at| row.get(at)).collect());
    rows?.collect()
}

impl Stored {
    /// The hash of all that is kept of it, made anew.
    pub(crate) fn content(&self) -> String {
        let mut content = Content::new();
        self.article.hash(&mut content);
        for (list, rows) in LISTS.iter().zip(&self.rows) {
            content.list(list.name);
            for row in rows {
                content.row(row.iter().map(Into::into));
            }
        }
        content.finish()
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
        for (list, rows) in LISTS.iter().zip(&self.rows) {
            let rows = rows.iter().map(|row| self.row(list, row));
            record.insert(list.name.to_owned(), Value::Array(rows.collect::<Result<_, _>>()?));
        }
        if let Some(of_record) = more.remove("record") {
            record.extend(object(self.expanded(of_record)?, "more.record")?);
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

    fn row(&self, list: &List, values: &[Sql]) -> Result<Value, Misfit> {
        let mut row = Map::new();
        for (column, value) in list.columns.iter().zip(values) {
            if let Some(value) = self.value(list, column, value)? {
                row.insert(column.key.to_owned(), value);
            }
        }
        let offsets: Vec<u32> =
            OFFSETS.iter().filter_map(|key| row.get(*key)?.as_u64()?.try_into().ok()).collect();
        if let [_, _, start, end] = offsets[..]
            && list.columns.iter().any(|column| column.kind == Kind::Offset)
        {
            let text = slice(&self.text, start, end).ok_or_else(|| misplaced(list))?;
            row.insert("text".to_owned(), text.into());
        }
        if let Some(Sql::Text(more)) = values.last() {
            row.extend(object(self.expanded(parsed(more)?)?, list.name)?);
        }
        Ok(Value::Object(row))
    }

    fn value(&self, list: &List, column: &Column, value: &Sql) -> Result<Option<Value>, Misfit> {
        let unfit = || Misfit(format!("`{}.{}` holds what it should not", list.name, column.key));
        Ok(Some(match (column.kind, value) {
            (Kind::Offset, Sql::Null) => return Ok(None),
            (Kind::List | Kind::Mentions, Sql::Null) => Value::Array(Vec::new()),
            (_, Sql::Null) => Value::Null,
            (Kind::Text, Sql::Text(text)) => text.clone().into(),
            (Kind::Number | Kind::Offset, Sql::Integer(number)) => (*number).into(),
            (Kind::Number, Sql::Real(number)) => (*number).into(),
            (Kind::List | Kind::Object, Sql::Text(json)) => self.expanded(parsed(json)?)?,
            (Kind::Mentions, Sql::Text(json)) => match parsed(json)? {
                Value::Array(mentions) => {
                    let mentions = mentions.iter().map(|mention| self.mention(mention).ok_or_else(unfit));
                    Value::Array(mentions.collect::<Result<_, _>>()?)
                }
                _ => return Err(unfit()),
            },
            _ => return Err(unfit()),
        }))
    }

    fn mention(&self, mention: &Value) -> Option<Value> {
        let (offsets, rest) = mention.as_array()?.split_at_checked(4)?;
        let mut numbers = [0; 4];
        for (number, offset) in numbers.iter_mut().zip(offsets) {
            *number = u32::try_from(offset.as_u64()?).ok()?;
        }
        let mut object = span_of(numbers, &self.text)?;
        object.extend(MENTION.iter().zip(rest).map(|(key, value)| ((*key).to_owned(), value.clone())));
        Some(Value::Object(object))
    }

    fn expanded(&self, value: Value) -> Result<Value, Misfit> {
        expand(value, &self.text).ok_or_else(|| Misfit("a span lies outside of the text".to_owned()))
    }
}

fn misplaced(list: &List) -> Misfit {
    Misfit(format!("a row of `{}` lies outside of the text", list.name))
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
