//! Is this record what it says it is, and which rows does it have? The one way in, for what was read here and for
//! what was read elsewhere.
//!
//! In: one object of the wire form. Out: [`Given`], checked and ready to be written, or the [`Refusal`]. Every span
//! is cut out of the text and compared, every hash made anew, every reference followed. It needs no file, so that
//! several threads can do it while one writes. Read on in [`crate::keep`].

use std::collections::BTreeSet;

use onrecord::text::Offsets;
use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::compact::{self, OFFSETS, canonical, slice};
use crate::hash::{self, Content, hex};
use crate::shape::{Column, Kind, LISTS, List, MENTION};

/// One article with all its rows, checked and ready to be kept.
///
/// ```
/// use onrecord_store::{Given, Models};
///
/// let (document, claims) = onrecord::Engine::by_rules().claims(onrecord::Article::new("“It rained,” Ana Roz said."));
/// let record = onrecord::wire::Record::new(&document, &claims, onrecord::wire::Text::Keep);
/// let given = Given::new(serde_json::to_value(record).unwrap(), &Models::any()).unwrap();
/// assert_eq!(given.id(), given.text_sha256());
/// ```
#[derive(Clone, Debug)]
pub struct Given {
    pub(crate) article: Article,
    pub(crate) text: String,
    /// For each list, its rows: the values of its columns, then `more`.
    pub(crate) rows: Vec<Vec<Vec<Sql>>>,
    /// The words of each attribution's source and content, for the search index.
    pub(crate) quotes: Vec<[String; 2]>,
    pub(crate) raw: Option<Raw>,
    pub(crate) content_sha256: String,
}

/// The columns of `articles` that come from the wire form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Article {
    pub(crate) publisher: Option<String>,
    pub(crate) id: String,
    pub(crate) text_sha256: String,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) inferred: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) readings: Option<String>,
    pub(crate) more: Option<String>,
}

/// The bytes that an article was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are, such as `text/html`.
    pub media_type: String,
    /// The encoding that they were decoded from, by its WHATWG name.
    pub encoding: String,
}

/// Which models may have read what is added.
#[derive(Clone, Debug, Default)]
pub struct Models(Option<BTreeSet<String>>);

impl Models {
    /// Any.
    pub fn any() -> Models {
        Models(None)
    }

    /// These, as `name@sha256`. What rules alone read is always taken.
    pub fn only(ids: impl IntoIterator<Item = String>) -> Models {
        Models(Some(ids.into_iter().collect()))
    }
}

/// Why an article is not kept: the reason of a row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable code: one of [`crate::reasons`], or of intake.
    pub reason: String,
    /// One line for people.
    pub message: String,
}

impl Refusal {
    /// A refusal for one of the stable reasons.
    pub fn new(reason: &str, message: impl Into<String>) -> Refusal {
        Refusal { reason: reason.to_owned(), message: message.into() }
    }
}

fn broken(message: impl Into<String>) -> Refusal {
    Refusal::new("bad_record", message)
}

impl Given {
    /// Checks a record and turns it into rows.
    ///
    /// # Errors
    ///
    /// What is wrong with it: its version, its model, a hash, a span or a reference.
    pub fn new(record: Value, models: &Models) -> Result<Given, Refusal> {
        let Value::Object(mut record) = record else { return Err(broken("expected a JSON object")) };
        let version = record.remove("onrecord");
        if version.as_ref().and_then(Value::as_str) != Some(onrecord::wire::VERSION) {
            let found = version.map_or("none".to_owned(), |version| version.to_string());
            let known = onrecord::wire::VERSION;
            return Err(Refusal::new(
                "other_version",
                format!("found a record of version {found}; expected \"{known}\""),
            ));
        }
        let (mut article, text) = article(&mut record)?;
        article.model = text_of(&mut record, "model")?;
        if let (Some(model), Some(allowed)) = (&article.model, &models.0)
            && !allowed.contains(model)
        {
            let message = format!("found a record read by the model {model}; expected the model of this run");
            return Err(Refusal::new("other_model", message));
        }
        article.readings = list_of(&mut record, "readings")?;
        Check { text: &text, offsets: Offsets::new(&text) }.spans(&record)?;
        let lists = lists(&mut record)?;
        references(&lists)?;
        let rows: Vec<Vec<Vec<Sql>>> =
            LISTS.iter().zip(&lists).map(|(list, rows)| table(list, rows)).collect::<Result<_, _>>()?;
        article.more = more(record, &mut article)?;
        let quotes = quotes(&lists);
        let content_sha256 = content(&article, &rows);
        Ok(Given { article, text, rows, quotes, raw: None, content_sha256 })
    }

    /// With the bytes that the article was read from.
    #[must_use]
    pub fn with_raw(self, raw: Raw) -> Given {
        Given { raw: Some(raw), ..self }
    }

    /// The article's id.
    pub fn id(&self) -> &str {
        &self.article.id
    }

    /// Its text's hash.
    pub fn text_sha256(&self) -> &str {
        &self.article.text_sha256
    }

    /// What tells it from every other article.
    pub fn key(&self) -> crate::Key {
        let Article { publisher, id, text_sha256, .. } = &self.article;
        crate::Key::new(publisher.as_deref(), id, text_sha256)
    }
}

/// The hash of all that the wire form says of an article.
fn content(article: &Article, rows: &[Vec<Vec<Sql>>]) -> String {
    let mut content = Content::new();
    article.hash(&mut content);
    for (list, rows) in LISTS.iter().zip(rows) {
        content.list(list.name);
        for row in rows {
            content.row(row.iter().map(Into::into));
        }
    }
    content.finish()
}

impl Article {
    /// The text stands in it by its hash.
    pub(crate) fn hash(&self, content: &mut Content) {
        let Article {
            publisher,
            id,
            text_sha256,
            title,
            url,
            published,
            language,
            inferred,
            model,
            readings,
            more,
        } = self;
        for value in
            [publisher, &Some(id.clone()), &Some(text_sha256.clone()), title, url, published, language]
        {
            content.text(value.as_deref());
        }
        for value in [inferred, model, readings, more] {
            content.text(value.as_deref());
        }
    }
}

/// Takes the article out of the record: its columns and its text.
fn article(record: &mut Map<String, Value>) -> Result<(Article, String), Refusal> {
    let Some(Value::Object(mut object)) = record.remove("article") else {
        return Err(broken("found no `article`; expected an object"));
    };
    let Some(Value::String(text)) = object.remove("text") else {
        return Err(Refusal::new(
            "no_text",
            "found no `article.text`; a record without the text cannot be checked",
        ));
    };
    let text_sha256 = text_of(&mut object, "text_sha256")?.unwrap_or_default();
    let found = hash::of(text.as_bytes());
    if found != text_sha256 {
        let message = format!("`article.text_sha256` is {text_sha256}; the text has {found}");
        return Err(Refusal::new("wrong_hash", message));
    }
    let id = text_of(&mut object, "id")?.filter(|id| !id.is_empty());
    let mut article = Article {
        id: id.ok_or_else(|| broken("found no `article.id`"))?,
        text_sha256,
        publisher: text_of(&mut object, "publisher")?.filter(|publisher| !publisher.is_empty()),
        title: text_of(&mut object, "title")?,
        url: text_of(&mut object, "url")?,
        published: text_of(&mut object, "published")?,
        language: text_of(&mut object, "language")?,
        inferred: list_of(&mut object, "inferred")?,
        ..Article::default()
    };
    if !object.is_empty() {
        article.more = Some(canonical(&Value::Object(object)));
    }
    Ok((article, text))
}

/// What is left of the record and of its article: keys that a later version may have added.
fn more(record: Map<String, Value>, article: &mut Article) -> Result<Option<String>, Refusal> {
    let mut more = Map::new();
    if let Some(of_article) = article.more.take() {
        let value = serde_json::from_str(&of_article).expect("it was written here");
        more.insert("article".to_owned(), value);
    }
    if !record.is_empty() {
        more.insert("record".to_owned(), compacted(&Value::Object(record))?);
    }
    Ok((!more.is_empty()).then(|| canonical(&Value::Object(more))))
}

fn text_of(object: &mut Map<String, Value>, key: &str) -> Result<Option<String>, Refusal> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(broken(format!("`{key}` is no string"))),
    }
}

fn list_of(object: &mut Map<String, Value>, key: &str) -> Result<Option<String>, Refusal> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(values)) if values.is_empty() => Ok(None),
        Some(value @ Value::Array(_)) => Ok(Some(canonical(&value))),
        Some(_) => Err(broken(format!("`{key}` is no list"))),
    }
}

fn compacted(value: &Value) -> Result<Value, Refusal> {
    compact::compact(value).map_err(|_| broken("a list of four numbers is no part of a record"))
}

/// Compares every span of a record with its text.
struct Check<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
}

impl Check<'_> {
    /// Walks with a list of its own: how deep a record nests is not ours to say.
    fn spans(&self, record: &Map<String, Value>) -> Result<(), Refusal> {
        let mut left: Vec<&Value> = record.values().collect();
        while let Some(value) = left.pop() {
            match value {
                Value::Array(values) => left.extend(values),
                Value::Object(object) => {
                    let names = OFFSETS.iter().filter(|key| object.contains_key(**key)).count();
                    match compact::span(object) {
                        Some(offsets) => self.span(offsets, object)?,
                        None if names == OFFSETS.len() => return Err(bad_span(object, "is no span")),
                        None => {}
                    }
                    left.extend(object.values());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn span(
        &self,
        [start, end, byte_start, byte_end]: [u32; 4],
        object: &Map<String, Value>,
    ) -> Result<(), Refusal> {
        let Some(found) = slice(self.text, byte_start, byte_end) else {
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

fn bad_span(object: &Map<String, Value>, what: &str) -> Refusal {
    let text: String =
        object.get("text").map_or(String::new(), ToString::to_string).chars().take(60).collect();
    let at = object.get("byte_start").map_or(String::new(), ToString::to_string);
    Refusal::new("wrong_span", format!("the span {text} at byte {at} {what}"))
}

type Rows = Vec<Map<String, Value>>;

/// Takes the lists out of the record; one that is not there is empty.
fn lists(record: &mut Map<String, Value>) -> Result<Vec<Rows>, Refusal> {
    LISTS.iter().map(|list| rows(record.remove(list.name), list.name)).collect()
}

fn rows(value: Option<Value>, name: &str) -> Result<Rows, Refusal> {
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

/// Follows every reference from row to row.
fn references(lists: &[Rows]) -> Result<(), Refusal> {
    let mut ids: Vec<BTreeSet<&str>> = Vec::new();
    for (list, rows) in LISTS.iter().zip(lists) {
        let found: BTreeSet<&str> = rows.iter().filter_map(|row| row.get("id")?.as_str()).collect();
        if list.has_ids && found.len() != rows.len() {
            return Err(broken(format!("a row of `{}` has no id of its own", list.name)));
        }
        ids.push(found);
    }
    for (list, rows) in LISTS.iter().zip(lists) {
        for reference in list.references {
            let to =
                LISTS.iter().position(|list| list.name == reference.to).expect("the shape names its lists");
            for row in rows {
                let mut named = Vec::new();
                follow(row, reference.path, &mut named);
                if let Some(lost) = named.iter().find(|id| !ids[to].contains(*id)) {
                    let (path, name) = (reference.path, list.name);
                    let message =
                        format!("`{name}`: `{path}` names {lost:?}, which is no row of `{}`", reference.to);
                    return Err(Refusal::new("lost_reference", message));
                }
            }
        }
    }
    Ok(())
}

/// Collects the strings at `path`, whose `[]` stands for every value of a list.
fn follow<'v>(object: &'v Map<String, Value>, path: &str, found: &mut Vec<&'v str>) {
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    let values = match object.get(step.trim_end_matches("[]")) {
        Some(Value::Array(values)) if step.ends_with("[]") => values.as_slice(),
        Some(value) if !step.ends_with("[]") => std::slice::from_ref(value),
        _ => &[],
    };
    for value in values {
        match value {
            Value::String(id) if rest.is_empty() => found.push(id),
            Value::Object(object) if !rest.is_empty() => follow(object, rest, found),
            _ => {}
        }
    }
}

/// The rows of a list as the values of its columns.
fn table(list: &List, rows: &Rows) -> Result<Vec<Vec<Sql>>, Refusal> {
    rows.iter().map(|row| columns(list, row)).collect()
}

fn columns(list: &List, row: &Map<String, Value>) -> Result<Vec<Sql>, Refusal> {
    let mut left = row.clone();
    if compact::span(row).is_some() {
        left.remove("text");
    }
    let mut values = Vec::with_capacity(list.columns.len() + 1);
    for column in list.columns {
        let value = match left.remove(column.key) {
            Some(value) => {
                let kept = value_of(column, &value)?;
                if kept.is_none() {
                    left.insert(column.key.to_owned(), value);
                }
                kept.unwrap_or(Sql::Null)
            }
            None => Sql::Null,
        };
        values.push(value);
    }
    let more =
        if left.is_empty() { Sql::Null } else { Sql::Text(canonical(&compacted(&Value::Object(left))?)) };
    values.push(more);
    Ok(values)
}

/// The value as the column keeps it; `None` where it is of another kind.
fn value_of(column: &Column, value: &Value) -> Result<Option<Sql>, Refusal> {
    Ok(match (column.kind, value) {
        (_, Value::Null) => Some(Sql::Null),
        (Kind::Text, Value::String(text)) => Some(Sql::Text(text.clone())),
        (Kind::Number | Kind::Offset, Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Some(Sql::Integer(whole)),
            (None, Some(real)) if column.kind == Kind::Number => Some(Sql::Real(real)),
            _ => None,
        },
        (Kind::List | Kind::Mentions, Value::Array(values)) if values.is_empty() => Some(Sql::Null),
        (Kind::List, Value::Array(_)) | (Kind::Object, Value::Object(_)) => {
            Some(Sql::Text(canonical(&compacted(value)?)))
        }
        (Kind::Mentions, Value::Array(mentions)) => {
            let mentions: Option<Vec<Value>> = mentions.iter().map(mention).collect();
            mentions.map(|mentions| Sql::Text(canonical(&Value::Array(mentions))))
        }
        _ => None,
    })
}

/// A mention as a list: its offsets, then the values of [`MENTION`].
fn mention(mention: &Value) -> Option<Value> {
    let object = mention.as_object()?;
    let offsets = compact::span(object)?;
    let known = object.len() == 5 + MENTION.len() && MENTION.iter().all(|key| object.contains_key(*key));
    let rest = MENTION.iter().map(|key| object[*key].clone());
    known.then(|| Value::Array(offsets.into_iter().map(Value::from).chain(rest).collect()))
}

/// The words of sources and contents, as the view `quote_texts` cuts them out.
fn quotes(lists: &[Rows]) -> Vec<[String; 2]> {
    let at = LISTS.iter().position(|list| list.name == "attributions").expect("the shape names its lists");
    let words = |row: &Map<String, Value>, key: &str| {
        let pieces = row.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let pieces: Vec<&str> = pieces.iter().filter_map(|piece| piece.get("text")?.as_str()).collect();
        pieces.join(" … ")
    };
    lists[at].iter().map(|row| [words(row, "source"), words(row, "content")]).collect()
}

/// The hash of bytes as the record writes it.
pub(crate) fn raw_sha256(raw: &Raw) -> String {
    hex(&hash::digest(&raw.bytes))
}
