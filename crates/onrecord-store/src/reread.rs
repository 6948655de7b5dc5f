//! Reading what is kept anew, with another model or a newer version.
//!
//! In: the kept article, and the rows of its new reading. Out: the new rows in place of the old, and what changed.
//! The text, its versions and its bytes stay. Read on in [`crate::history`] for what a change is.

use onrecord::Article;
use rusqlite::params;
use rusqlite::types::Value as Sql;
use serde_json::Value;

use crate::erase::delete_rows;
use crate::history::{self, Change};
use crate::keep::insert_rows;
use crate::load::{Stored, stored};
use crate::shape::{LISTS, List};
use crate::{Error, Given, Record, Writer};

/// A kept article that is to be read anew.
#[derive(Clone, Debug)]
pub struct Again {
    number: i64,
    /// The article as it was handed over.
    pub article: Article,
    /// The keys of the article that its text does not state.
    pub inferred: Vec<String>,
    /// What was said of it outside of its text, such as its encoding: code and message.
    pub notes: Vec<(String, String)>,
    /// The model that read it.
    pub model: Option<String>,
}

/// What a new reading changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reread {
    /// What changed in what is quoted.
    pub quotes: Vec<Change>,
    /// Lists whose number of rows changed: the list, before, after.
    pub counts: Vec<(&'static str, usize, usize)>,
    /// Whether anything changed at all, be it a score.
    pub is_changed: bool,
}

impl Record {
    /// The kept articles that another model than `model` read, or all, by their numbers.
    ///
    /// # Errors
    ///
    /// The record cannot be read.
    pub fn read_by_others(&self, model: Option<&str>, all: bool) -> Result<Vec<i64>, Error> {
        let numbers = || -> rusqlite::Result<Vec<i64>> {
            let select = "SELECT article FROM articles WHERE ?2 OR model IS NOT ?1 ORDER BY article";
            self.connection.prepare(select)?.query_map(params![model, all], |row| row.get(0))?.collect()
        };
        numbers().map_err(|error| self.error(error))
    }

    /// A kept article as it was handed over.
    ///
    /// # Errors
    ///
    /// There is none with this number, or the record cannot be read.
    pub fn again(&self, number: i64) -> Result<Again, Error> {
        Ok(again(self.stored(number)?))
    }
}

fn again(stored: Stored) -> Again {
    let notes = notes(&stored);
    let kept = stored.article;
    let inferred = kept.inferred.as_deref().and_then(|json| serde_json::from_str(json).ok());
    Again {
        number: stored.number,
        article: Article {
            text: stored.text,
            id: Some(kept.id),
            title: kept.title,
            url: kept.url,
            publisher: kept.publisher,
            published: kept.published,
            language: kept.language,
        },
        inferred: inferred.unwrap_or_default(),
        notes,
        model: kept.model,
    }
}

/// The warnings that stand nowhere in the text.
fn notes(stored: &Stored) -> Vec<(String, String)> {
    let Ok(wire) = stored.wire() else { return Vec::new() };
    let warnings = wire["warnings"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nowhere = warnings.iter().filter(|warning| warning.get("byte_start").is_none());
    nowhere.map(|warning| (text(&warning["code"]), text(&warning["message"]))).collect()
}

impl Writer {
    /// Puts the rows of a new reading in the place of the old.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn replace(&mut self, again: &Again, given: &Given) -> Result<Reread, Error> {
        let reread = self.replaced(again.number, given).map_err(|error| self.error(error))?;
        if reread.is_changed {
            self.changed();
        }
        Ok(reread)
    }

    fn replaced(&self, number: i64, given: &Given) -> rusqlite::Result<Reread> {
        let connection = self.connection();
        let old = stored(connection, number)?;
        if old.content_sha256 == given.content_sha256 {
            return Ok(Reread::default());
        }
        let before = history::quotes(connection, number)?;
        delete_rows(connection, number)?;
        insert_rows(connection, number, given)?;
        let article = &given.article;
        let update = "UPDATE articles SET published = ?2, inferred = ?3, model = ?4, readings = ?5, more = ?6, \
                      content_sha256 = ?7 WHERE article = ?1";
        connection.prepare_cached(update)?.execute(params![
            number,
            article.published,
            article.inferred,
            article.model,
            article.readings,
            article.more,
            given.content_sha256,
        ])?;
        let quotes = history::changes(&before, &history::quotes(connection, number)?);
        let counts = LISTS.iter().zip(old.cells.iter().zip(&given.cells));
        let count = |list: &List, cells: &[Sql]| cells.len() / list.width();
        let counts =
            counts.map(|(list, (before, after))| (list.name, count(list, before), count(list, after)));
        let counts = counts.filter(|(_, before, after)| before != after).collect();
        Ok(Reread { quotes, counts, is_changed: true })
    }
}
