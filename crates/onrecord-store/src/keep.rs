//! The one writer: articles, their rows and the ledger, in batches that are kept wholly or not at all.
//!
//! In: [`Given`] articles, refusals and failures, in order. Out: rows, and what became of each. Nothing is
//! acknowledged before [`Writer::commit`] has come back: then it is on the disk. The ledger's key (publisher, id,
//! text) makes adding the same thing twice change nothing, so that a run that was cut off is simply run again.
//! Read on in [`crate::load`]: the way back.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::error::{Error, Kind, sqlite};
use crate::file::{self, Record, checkpoint};
use crate::given::raw_sha256;
use crate::hash::seal;
use crate::limits::{BATCH_ARTICLES, BATCH_MILLISECONDS, TRIES};
use crate::pack::{BITS, PLACE};
use crate::shape::{self, LISTS};
use crate::unpack::words_at;
use crate::{Given, Raw, Refusal};

/// What tells an article from every other: its publisher, its id and its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub(crate) publisher: String,
    pub(crate) id: String,
    pub(crate) text_sha256: String,
}

impl Key {
    /// The key of an article.
    pub fn new(publisher: Option<&str>, id: &str, text_sha256: &str) -> Key {
        Key {
            publisher: publisher.unwrap_or_default().to_owned(),
            id: id.to_owned(),
            text_sha256: text_sha256.to_owned(),
        }
    }

    /// The key that `article` has once it is read.
    pub fn of(article: &onrecord::Article) -> Key {
        let text_sha256 = crate::hash::of(article.text.as_bytes());
        let id = article.id.as_ref().or(article.url.as_ref()).unwrap_or(&text_sha256).clone();
        let publisher = article.publisher.clone().unwrap_or_default();
        Key { publisher, id, text_sha256 }
    }

    /// The key of an input that gave no article: where it stood.
    pub fn of_place(origin: &str) -> Key {
        Key::new(None, origin, "")
    }

    /// The article's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What the ledger says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was never met.
    New,
    /// It is in the record.
    Kept,
    /// Reading it failed; it may be tried again.
    Failed,
    /// Reading it failed too often.
    Parked,
    /// It was erased and is not to come back.
    Erased,
}

/// What became of an article that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is new: so many versions of it are there now.
    Version(i64),
    /// It was there already.
    Unchanged,
    /// It was erased before and is not to come back.
    Erased,
}

/// The one writer of a record.
pub struct Writer {
    connection: Connection,
    path: PathBuf,
    begun: Option<Instant>,
    changes: usize,
}

impl Writer {
    /// Opens a record for adding to it, or makes one. It holds the right to write until it is dropped.
    ///
    /// # Errors
    ///
    /// Another writer holds it, it is no record or a newer one, or it cannot be written.
    pub fn open(path: &Path) -> Result<Writer, Error> {
        let connection = file::writable(path)?;
        let mut writer = Writer { connection, path: path.to_owned(), begun: None, changes: 0 };
        writer.begin()?;
        if writer.has_chores()? {
            writer.finish_chores()?;
        }
        Ok(writer)
    }

    /// A writer holds the lock from one batch to the next, so that a second one is told at once.
    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        self.changes = 0;
        self.begun = None;
        self.execute("BEGIN IMMEDIATE", [])
    }

    /// What the ledger says of an article, the batch at hand included.
    ///
    /// # Errors
    ///
    /// The record cannot be read.
    pub fn standing(&self, key: &Key) -> Result<Standing, Error> {
        standing(&self.connection, key).map_err(|error| self.error(error))
    }

    /// Keeps an article, unless it is there. `origin` says where it came from.
    ///
    /// # Errors
    ///
    /// The record cannot be written; the batch is lost, what was committed is not.
    pub fn keep(&mut self, given: &Given, origin: &str) -> Result<Kept, Error> {
        let key = given.key();
        match self.standing(&key)? {
            Standing::Kept => return Ok(Kept::Unchanged),
            Standing::Erased => return Ok(Kept::Erased),
            Standing::New | Standing::Failed | Standing::Parked => {}
        }
        let kept = self.insert(given, &key, origin).map_err(|error| self.error(error))?;
        self.changed();
        Ok(kept)
    }

    fn insert(&self, given: &Given, key: &Key, origin: &str) -> rusqlite::Result<Kept> {
        let version = self.supersede(given)?;
        let article = self.insert_article(given, version)?;
        insert_rows(&self.connection, article, given)?;
        Entry { key, outcome: "kept", refusal: None, origin: Some(origin), tries: 0, article: Some(article) }
            .write(&self.connection)?;
        // What stood at this place before was refused, and now it is an article.
        let mended = "DELETE FROM ledger WHERE publisher = '' AND id = ?1 AND text_sha256 = '' AND outcome = 'refused'";
        self.connection.prepare_cached(mended)?.execute([origin])?;
        Ok(Kept::Version(version))
    }

    /// The number of this version; the one before it is no longer the latest.
    fn supersede(&self, given: &Given) -> rusqlite::Result<i64> {
        let same = params![given.article.id, given.article.publisher.as_deref().unwrap_or_default()];
        let last =
            "SELECT coalesce(max(version), 0) FROM articles WHERE id = ?1 AND coalesce(publisher, '') = ?2";
        let last: i64 = self.connection.prepare_cached(last)?.query_row(same, |row| row.get(0))?;
        if last > 0 {
            let old = "UPDATE articles SET is_latest = 0 WHERE id = ?1 AND coalesce(publisher, '') = ?2 AND is_latest";
            self.connection.prepare_cached(old)?.execute(same)?;
        }
        Ok(last + 1)
    }

    fn insert_article(&self, given: &Given, version: i64) -> rusqlite::Result<i64> {
        let article = &given.article;
        let insert =
            "INSERT INTO articles VALUES (NULL, ?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        let number = self.connection.prepare_cached(insert)?.insert(params![
            article.publisher,
            article.id,
            version,
            article.text_sha256,
            article.title,
            article.url,
            article.published,
            article.language,
            article.inferred,
            article.model,
            article.readings,
            article.more,
            given.content_sha256,
        ])?;
        let text = "INSERT INTO texts VALUES (?1, ?2)";
        self.connection.prepare_cached(text)?.execute(params![number, given.text])?;
        let search = "INSERT INTO article_search (rowid, title, text) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(search)?.execute(params![number, article.title, given.text])?;
        if let Some(raw) = &given.raw {
            self.insert_raw(number, raw, &given.text)?;
        }
        Ok(number)
    }

    /// Where the bytes are those of the text, they are kept once.
    fn insert_raw(&self, article: i64, raw: &Raw, text: &str) -> rusqlite::Result<()> {
        let is_text = raw.bytes == text.as_bytes();
        let packed = if is_text { None } else { Some(pack(&raw.bytes)) };
        let codec = if is_text { "text" } else { "zstd" };
        let insert = "INSERT INTO raws VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let sha256 = raw_sha256(raw);
        let seal = seal([&raw.media_type, &raw.encoding, &sha256].map(|text| ValueRef::from(text.as_str())));
        let values = params![article, raw.media_type, raw.encoding, sha256, codec, packed, seal];
        self.connection.prepare_cached(insert)?.execute(values).map(drop)
    }

    /// Notes that an input, or a part of it, gave no article.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn refuse(&mut self, origin: &str, refusal: &Refusal) -> Result<(), Error> {
        self.note(&Key::of_place(origin), "refused", refusal, Some(origin), 0)
    }

    /// Notes that reading an article failed. After the last try it is parked.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn fail(&mut self, key: &Key, refusal: &Refusal, origin: &str) -> Result<Standing, Error> {
        let tries = "SELECT tries FROM ledger WHERE publisher = ?1 AND id = ?2 AND text_sha256 = ?3";
        let tries: Option<i64> = self
            .connection
            .query_row(tries, [&key.publisher, &key.id, &key.text_sha256], |row| row.get(0))
            .optional()
            .map_err(|error| self.error(error))?;
        let tries = tries.unwrap_or(0) + 1;
        let is_last = tries >= i64::try_from(TRIES.value).unwrap_or(i64::MAX);
        self.note(key, if is_last { "parked" } else { "failed" }, refusal, Some(origin), tries)?;
        Ok(if is_last { Standing::Parked } else { Standing::Failed })
    }

    pub(crate) fn note(
        &mut self,
        key: &Key,
        outcome: &str,
        refusal: &Refusal,
        origin: Option<&str>,
        tries: i64,
    ) -> Result<(), Error> {
        let entry = Entry { key, outcome, refusal: Some(refusal), origin, tries, article: None };
        // The same thing met again is no news.
        let is_known = entry.is_written(&self.connection).map_err(|error| self.error(error))?;
        if !is_known {
            entry.write(&self.connection).map_err(|error| self.error(error))?;
            self.changed();
        }
        Ok(())
    }

    pub(crate) fn changed(&mut self) {
        self.changes += 1;
        self.begun.get_or_insert_with(Instant::now);
    }

    /// Whether the batch at hand is full or old enough.
    pub fn is_due(&self) -> bool {
        let limit = Duration::from_millis(BATCH_MILLISECONDS.value as u64);
        self.changes >= BATCH_ARTICLES.value || self.begun.is_some_and(|begun| begun.elapsed() >= limit)
    }

    /// Puts the batch at hand on the disk. Once this has come back, a power cut loses nothing of it.
    ///
    /// # Errors
    ///
    /// The record cannot be written; the batch is lost, what was committed before is not.
    pub fn commit(&mut self) -> Result<(), Error> {
        if self.changes > 0 {
            self.execute("COMMIT", [])?;
            self.begin()?;
        }
        Ok(())
    }

    /// Commits, and leaves one file where no reader holds it open.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn finish(self) -> Result<(), Error> {
        self.execute("COMMIT", [])?;
        checkpoint(&self.connection).map_err(|error| self.error(error))?;
        self.connection.close().map_err(|(_, error)| sqlite(&self.path, error))
    }

    pub(crate) fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), Error> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut s| s.execute(values))
            .map(drop)
            .map_err(|e| self.error(e))
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> Error {
        sqlite(&self.path, error)
    }

    pub(crate) fn fault(&self, kind: Kind) -> Error {
        Error::new(&self.path, kind)
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Record {
    /// What the ledger says of an article.
    ///
    /// # Errors
    ///
    /// The record cannot be read.
    pub fn standing(&self, key: &Key) -> Result<Standing, Error> {
        standing(&self.connection, key).map_err(|error| self.error(error))
    }
}

fn standing(connection: &Connection, key: &Key) -> rusqlite::Result<Standing> {
    let select = "SELECT outcome FROM ledger WHERE publisher = ?1 AND id = ?2 AND text_sha256 = ?3";
    let outcome: Option<String> = connection
        .prepare_cached(select)?
        .query_row([&key.publisher, &key.id, &key.text_sha256], |row| row.get(0))
        .optional()?;
    Ok(match outcome.as_deref() {
        Some("kept") => Standing::Kept,
        Some("failed") => Standing::Failed,
        Some("parked") => Standing::Parked,
        Some("erased") => Standing::Erased,
        _ => Standing::New,
    })
}

/// The numbers that the rows of an article have: the article's, then the row's place in its list.
pub(crate) fn row_numbers(article: i64) -> RangeInclusive<i64> {
    article << BITS..=article << BITS | PLACE
}

/// Inserts the rows of all lists, and what the search indexes need of them.
pub(crate) fn insert_rows(connection: &Connection, article: i64, given: &Given) -> rusqlite::Result<()> {
    for (list, cells) in LISTS.iter().zip(&given.cells) {
        if cells.is_empty() {
            continue;
        }
        let insert = format!("INSERT INTO kept_{} VALUES (?{})", list.name, ", ?".repeat(list.width()));
        let mut insert = connection.prepare_cached(&insert)?;
        // The number with the place 0 is nobody's.
        for (row, cells) in row_numbers(article).skip(1).zip(cells.chunks(list.width())) {
            // What is not bound is NULL, as most cells are.
            insert.clear_bindings();
            insert.raw_bind_parameter(1, row)?;
            for (at, cell) in (2..).zip(cells).filter(|(_, cell)| **cell != Sql::Null) {
                insert.raw_bind_parameter(at, cell)?;
            }
            insert.raw_execute()?;
        }
    }
    insert_quotes(connection, article, given)?;
    insert_names(connection, article, given)
}

fn insert_quotes(connection: &Connection, article: i64, given: &Given) -> rusqlite::Result<()> {
    let at = shape::list("attributions");
    let list = &LISTS[at];
    let [source, content] = ["source", "content"].map(|key| list.column(key));
    let insert = "INSERT INTO quote_search (rowid, source, content) VALUES (?1, ?2, ?3)";
    let mut insert = connection.prepare_cached(insert)?;
    for (row, cells) in row_numbers(article).skip(1).zip(given.cells[at].chunks(list.width())) {
        let [source, content] = [source, content].map(|at| words_at(&cells[at], &given.text));
        insert.execute(params![row, source, content])?;
    }
    Ok(())
}

fn insert_names(connection: &Connection, article: i64, given: &Given) -> rusqlite::Result<()> {
    let at = shape::list("entities");
    let list = &LISTS[at];
    let name = list.column("name");
    let mut insert = connection.prepare_cached("INSERT INTO name_search (rowid, name) VALUES (?1, ?2)")?;
    for (row, cells) in row_numbers(article).skip(1).zip(given.cells[at].chunks(list.width())) {
        if cells[name] != Sql::Null {
            insert.execute(params![row, cells[name]])?;
        }
    }
    Ok(())
}

/// A row of the ledger.
pub(crate) struct Entry<'a> {
    pub(crate) key: &'a Key,
    pub(crate) outcome: &'a str,
    pub(crate) refusal: Option<&'a Refusal>,
    pub(crate) origin: Option<&'a str>,
    pub(crate) tries: i64,
    pub(crate) article: Option<i64>,
}

impl Entry<'_> {
    fn is_written(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let select = "SELECT (outcome, reason, message, origin, tries) IS (?4, ?5, ?6, ?7, ?8) \
                      FROM ledger WHERE publisher = ?1 AND id = ?2 AND text_sha256 = ?3";
        let Key { publisher, id, text_sha256 } = self.key;
        let (reason, message) = (self.refusal.map(|r| &r.reason), self.refusal.map(|r| &r.message));
        let values =
            params![publisher, id, text_sha256, self.outcome, reason, message, self.origin, self.tries];
        let found = connection.prepare_cached(select)?.query_row(values, |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(false))
    }

    /// Writes the row in the place of what stood there, with a seal over it.
    pub(crate) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let text = |text: Option<&str>| text.map_or(Sql::Null, |text| Sql::Text(text.to_owned()));
        let Key { publisher, id, text_sha256 } = self.key;
        let mut values = vec![
            text(Some(publisher)),
            text(Some(id)),
            text(Some(text_sha256)),
            text(Some(self.outcome)),
            text(self.refusal.map(|refusal| refusal.reason.as_str())),
            text(self.refusal.map(|refusal| refusal.message.as_str())),
            text(self.origin),
            Sql::Integer(self.tries),
            self.article.map_or(Sql::Null, Sql::Integer),
            Sql::Text(now),
        ];
        values.push(Sql::Text(seal(values.iter().map(Into::into))));
        let insert = "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        connection.prepare_cached(insert)?.execute(params_from_iter(values)).map(drop)
    }
}

/// Level 3: half the size at several times the speed of reading.
fn pack(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).expect("memory holds the bytes twice")
}

#[cfg(test)]
mod tests;
