//! The record in the forms that other programs read.
//!
//! In: a record. Out: one stream of text in a [`Format`], the same bytes for the same record. Each form is made from
//! the wire form of one article at a time, so memory does not grow with the record; what a form has no place for
//! stays out of it, and `docs/record-file.md` says what. Read on in the form at hand; the form of many files is
//! [`crate::columnar`].

mod annotation;
mod csv;
mod ftm;
mod popolo;
mod schema_org;

use serde_json::Value;

use crate::hash;
use crate::json::canonical;
use crate::load::Stored;
use crate::{Error, Record};

pub use csv::{cell, line};

/// A form to write a record in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The wire form, an article a line.
    Jsonl,
    /// One of the views as CSV.
    Csv,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// Popolo: persons, organizations, posts, memberships, speeches.
    Popolo,
    /// W3C Web Annotations, one page of them.
    WebAnnotation,
    /// schema.org in JSON-LD.
    SchemaOrg,
}

impl Record {
    /// Writes the latest version of every article in `format`, piece by piece. `view` is the view for CSV.
    ///
    /// # Errors
    ///
    /// The record cannot be read or there is no such view; or what `write` fails with.
    pub fn export<E: From<Error>>(
        &self,
        format: Format,
        view: &str,
        mut write: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        match format {
            Format::Csv => csv::view(self, view, &mut write),
            Format::Jsonl => self.pieces(["", "\n", "\n"], jsonl, &mut write),
            Format::Ftm => self.pieces(["", "\n", "\n"], ftm::entities, &mut write),
            Format::WebAnnotation => self.pieces(annotation::FRAME, annotation::annotations, &mut write),
            Format::SchemaOrg => self.pieces(schema_org::FRAME, schema_org::statements, &mut write),
            Format::Popolo => {
                write("{")?;
                for (at, (class, members)) in popolo::CLASSES.iter().enumerate() {
                    let start = format!("{}\"{class}\":[\n", if at == 0 { "" } else { "," });
                    write(&start)?;
                    self.pieces(["", ",\n", "\n"], members, &mut write)?;
                    write("]")?;
                }
                write("}\n")
            }
        }
    }

    /// Hands the latest version of every article to `take`, with its number and in the wire form.
    ///
    /// # Errors
    ///
    /// The record cannot be read; or what `take` fails with.
    pub fn records<E: From<Error>>(
        &self,
        mut take: impl FnMut(i64, &Value) -> Result<(), E>,
    ) -> Result<(), E> {
        self.latest(|number, article| take(number, &article.wire))
    }

    /// Hands out the latest versions, one at a time.
    fn latest<E: From<Error>>(&self, mut take: impl FnMut(i64, &Exported) -> Result<(), E>) -> Result<(), E> {
        for number in self.numbers()? {
            let stored = self.stored(number)?;
            if stored.is_latest {
                take(number, &self.exported(&stored)?)?;
            }
        }
        Ok(())
    }

    /// Writes what `make` makes of each article, `[start, between, end]` around it.
    fn pieces<E: From<Error>>(
        &self,
        [start, between, end]: [&str; 3],
        make: impl Fn(&Exported) -> Vec<Value>,
        write: &mut impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        write(start)?;
        let mut is_begun = false;
        self.latest::<E>(|_, article| {
            for value in make(article) {
                write(if is_begun { between } else { "" })?;
                write(&canonical(&value))?;
                is_begun = true;
            }
            Ok(())
        })?;
        if is_begun || !start.is_empty() { write(end) } else { Ok(()) }
    }

    fn exported(&self, stored: &Stored) -> Result<Exported, Error> {
        let wire = stored.wire();
        let wire = wire.map_err(|misfit| Error::new(&self.path, crate::error::Kind::Damaged(misfit.0)))?;
        Ok(Exported { key: stored.content_key(), wire })
    }
}

fn jsonl(article: &Exported) -> Vec<Value> {
    vec![article.wire.clone()]
}

/// One article on its way out.
pub(crate) struct Exported {
    /// What its ids begin with.
    key: String,
    wire: Value,
}

impl Exported {
    fn article(&self, key: &str) -> &Value {
        &self.wire["article"][key]
    }

    fn text(&self) -> &str {
        self.article("text").as_str().unwrap_or_default()
    }

    fn rows(&self, list: &str) -> &[Value] {
        self.wire[list].as_array().map_or(&[], Vec::as_slice)
    }

    /// The row of a list with this id.
    fn row<'a>(&'a self, list: &str, id: &Value) -> Option<&'a Value> {
        let id = id.as_str()?;
        self.rows(list).iter().find(|row| row["id"] == id)
    }

    /// An id that no other row of any article has.
    fn id(&self, row: &Value) -> String {
        format!("{}-{}", self.key, row["id"].as_str().unwrap_or_default())
    }

    /// Its url, where what was given for one is one.
    fn url(&self) -> Option<&str> {
        let is_url = |url: &&str| {
            let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
            let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(is_odd))
        };
        self.article("url").as_str().filter(is_url)
    }

    /// The person with this id, who has a name: others are in no export.
    fn person<'a>(&'a self, id: &Value) -> Option<&'a Value> {
        self.row("entities", id).filter(|entity| entity["kind"] == "person" && entity["name"].is_string())
    }

    /// Where it stands: its url, else a name of its own.
    fn address(&self) -> String {
        match self.url() {
            Some(url) => url.to_owned(),
            None => format!("urn:sha256:{}", self.article("text_sha256").as_str().unwrap_or_default()),
        }
    }
}

impl Stored {
    fn content_key(&self) -> String {
        let key = [
            self.article.publisher.as_deref().unwrap_or_default(),
            &self.article.id,
            &self.article.text_sha256,
        ];
        hash::of(key.join("\0").as_bytes())[..20].to_owned()
    }
}

/// The characters of the pieces of one thing.
pub(crate) fn words(spans: &Value) -> String {
    let spans = spans.as_array().map_or(&[][..], Vec::as_slice);
    spans.iter().filter_map(|span| span["text"].as_str()).collect::<Vec<_>>().join(" … ")
}

/// A gender in the word that registers of people have for it.
fn gender(entity: &Value) -> Value {
    match entity["gender"].as_str() {
        Some("feminine") => "female".into(),
        Some("masculine") => "male".into(),
        _ => Value::Null,
    }
}

/// The object without the keys that say nothing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .into_iter()
                .map(|(key, value)| (key, without_nulls(value)))
                .filter(|(_, value)| {
                    !(value.is_null() || value.as_array().is_some_and(Vec::is_empty) || *value == "")
                })
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
        plain => plain,
    }
}

/// An EDTF date as far as it is a plain ISO date: year, month or day. `2019~` gives 2019, `201X` nothing.
fn plain_date(edtf: &Value) -> Option<String> {
    let digits = edtf.as_str()?.trim_end_matches(['?', '~', '%']);
    let is_date = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
            && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let day = digits.split('T').next()?;
    is_date(day).then(|| day.to_owned())
}
