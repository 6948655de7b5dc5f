//! Is this record what it says it is, and which rows does it have? The one way in, for what was read here and for
//! what was read elsewhere.
//!
//! In: one object of the wire form. Out: [`Given`], checked and ready to be written, or the [`Refusal`]. Every span
//! is cut out of the text and compared, every hash made anew, every reference followed. It needs no file, so that
//! several threads can do it while one writes. Read on in [`crate::keep`].

use std::collections::BTreeSet;

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::hash::{self, Content, hex};
use crate::json::canonical;
use crate::shape::LISTS;
use crate::{lenient, strict};

/// One article with all its rows, checked and ready to be kept.
///
/// ```
/// use onrecord_store::{Given, Models};
///
/// let (document, claims) = onrecord::Engine::by_rules().claims(onrecord::Article::new("“It rained,” Ana Roz said."));
/// let record = onrecord::wire::Record::new(&document, &claims, onrecord::wire::Text::Keep);
/// let given = Given::new(&serde_json::to_string(&record).unwrap(), &Models::any()).unwrap();
/// assert_eq!(given.id(), given.text_sha256());
/// ```
#[derive(Clone, Debug)]
pub struct Given {
    pub(crate) article: Article,
    pub(crate) text: String,
    /// For each list, the cells of its rows, one row after the other: those of its columns, then `more`.
    pub(crate) cells: Vec<Vec<Sql>>,
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

pub(crate) fn broken(message: impl Into<String>) -> Refusal {
    Refusal::new("bad_record", message)
}

/// A record taken apart: what `Given` is made of.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts {
    pub(crate) article: Article,
    pub(crate) text: String,
    /// For each list, the cells of its rows, one row after the other.
    pub(crate) cells: Vec<Vec<Sql>>,
}

impl Given {
    /// Checks a record, which is JSON, and turns it into rows.
    ///
    /// # Errors
    ///
    /// What is wrong with it: its form, its version, its model, a hash, a span or a reference.
    pub fn new(record: &str, models: &Models) -> Result<Given, Refusal> {
        let parts = strict::read(record).map_or_else(|| lenient::read(record), Ok)?;
        let Parts { article, text, cells } = parts;
        if let (Some(model), Some(allowed)) = (&article.model, &models.0)
            && !allowed.contains(model)
        {
            let message = format!("found a record read by the model {model}; expected the model of this run");
            return Err(Refusal::new("other_model", message));
        }
        let content_sha256 = content(&article, &cells);
        Ok(Given { article, text, cells, raw: None, content_sha256 })
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
pub(crate) fn content(article: &Article, cells: &[Vec<Sql>]) -> String {
    let mut content = Content::new();
    article.hash(&mut content);
    for (list, cells) in LISTS.iter().zip(cells) {
        content.list(list.name);
        for row in cells.chunks(list.width()) {
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

/// Takes what a record says of its form and its reading.
pub(crate) fn head(record: &mut Map<String, Value>, article: &mut Article) -> Result<(), Refusal> {
    let version = record.remove("onrecord");
    if version.as_ref().and_then(Value::as_str) != Some(onrecord::wire::VERSION) {
        let found = version.map_or("none".to_owned(), |version| version.to_string());
        let known = onrecord::wire::VERSION;
        let message = format!("found a record of version {found}; expected \"{known}\"");
        return Err(Refusal::new("other_version", message));
    }
    article.model = text_of(record, "model")?;
    article.readings = list_of(record, "readings")?;
    Ok(())
}

/// The article of a record: its columns and its text. Keys that have no column stay in `more`.
pub(crate) fn article(mut object: Map<String, Value>) -> Result<(Article, String), Refusal> {
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
        let more = Map::from_iter([("article".to_owned(), Value::Object(object))]);
        article.more = Some(canonical(&Value::Object(more)));
    }
    Ok((article, text))
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

/// The hash of bytes as the record writes it.
pub(crate) fn raw_sha256(raw: &Raw) -> String {
    hex(&hash::digest(&raw.bytes))
}
