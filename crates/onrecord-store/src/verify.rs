//! Is the record what was written? And one hash of what it holds.
//!
//! In: a record. Out: a [`Report`] and each [`Finding`], or the hash. Every text is hashed anew, every span cut out
//! and compared, every reference followed, as when the article came; nothing that is stored about the check is
//! believed. [`Depth::Bytes`] also has SQLite and its search indexes check every page and entry, and compares the
//! schema with the one that this program makes.

use std::io::Read as _;

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Row};

use crate::error::plain;
use crate::given::Given;
use crate::hash::{self, Content, seal};
use crate::limits::RAW_BYTES;
use crate::load::Stored;
use crate::pack::BITS;
use crate::words::WORDS;
use crate::{Error, Models, Record, file, schema};

/// How much is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every article with its rows, its kept bytes, and the ledger.
    Rows,
    /// The file as well: every page, every index, the schema.
    Bytes,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where: an article's id, or a part of the file.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles with all their rows.
    pub articles: u64,
    /// Rows of all lists.
    pub rows: u64,
    /// What is wrong.
    pub findings: u64,
}

impl Record {
    /// Checks the record, and gives each finding to `tell`.
    ///
    /// # Errors
    ///
    /// The record cannot be read at all.
    pub fn verify(&self, depth: Depth, tell: impl FnMut(Finding)) -> Result<Report, Error> {
        let mut check = Verify { record: self, report: Report::default(), tell };
        if depth == Depth::Bytes {
            check.file()?;
        }
        check.articles();
        check.sql("raws", "SELECT * FROM raws", raw_is_whole);
        check.sql("ledger", "SELECT * FROM ledger", ledger_is_whole);
        check.ties();
        Ok(check.report)
    }

    /// One hash of all that the record holds: articles with their rows, what was parked, what was erased. The order
    /// in which they came, where they came from and when do not count.
    ///
    /// # Errors
    ///
    /// The record cannot be read.
    pub fn digest(&self) -> Result<String, Error> {
        let mut all = Vec::new();
        for number in self.numbers()? {
            let stored = self.stored(number)?;
            let mut content = Content::new();
            content.text(Some(&hash::of(stored.text.as_bytes())));
            content.text(Some(&stored.content()));
            all.push(content.finish());
        }
        let others =
            "SELECT publisher, id, text_sha256, outcome FROM ledger WHERE outcome IN ('parked', 'erased')";
        let others = || -> rusqlite::Result<Vec<String>> {
            let mut select = self.connection.prepare_cached(others)?;
            let sealed = |row: &Row<'_>| -> rusqlite::Result<String> {
                let mut content = Content::new();
                for at in 0..4 {
                    content.text(row.get::<_, Option<String>>(at)?.as_deref());
                }
                Ok(content.finish())
            };
            select.query_map([], sealed)?.collect()
        };
        all.extend(others().map_err(|error| self.error(error))?);
        all.sort_unstable();
        Ok(hash::of(all.join("\n").as_bytes()))
    }
}

struct Verify<'r, F> {
    record: &'r Record,
    report: Report,
    tell: F,
}

impl<F: FnMut(Finding)> Verify<'_, F> {
    fn found(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.report.findings += 1;
        (self.tell)(Finding { place: place.into(), message: message.into() });
    }

    /// Every article, as if it came now.
    fn articles(&mut self) {
        let numbers = match self.record.numbers() {
            Ok(numbers) => numbers,
            Err(error) => return self.found("articles", error.to_string()),
        };
        for number in numbers {
            match self.record.stored(number) {
                Ok(stored) => {
                    self.report.articles += 1;
                    self.report.rows += stored.places.iter().map(|rows| rows.len() as u64).sum::<u64>();
                    if let Err(message) = article_is_whole(&stored) {
                        self.found(stored.article.id, message);
                    }
                }
                Err(error) => self.found(format!("article {number}"), error.to_string()),
            }
        }
    }

    /// Every row that `select` gives passes `check`.
    fn sql(&mut self, place: &str, select: &str, check: fn(&Connection, &Row<'_>) -> rusqlite::Result<bool>) {
        let connection = &self.record.connection;
        let broken = || -> rusqlite::Result<Vec<String>> {
            let mut broken = Vec::new();
            let mut select = connection.prepare(select)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if !check(connection, row)? {
                    let key: Vec<String> = (0..2).map(|at| shown(&row.get_ref(at))).collect();
                    broken.push(key.join(" "));
                }
            }
            Ok(broken)
        };
        match broken() {
            Ok(broken) => broken
                .into_iter()
                .for_each(|key| self.found(format!("{place} {key}"), "is not what was written")),
            Err(error) => self.found(place, plain(&error)),
        }
    }

    /// Tables belong together: nothing is left over in one, or lacks in another.
    fn ties(&mut self) {
        for (place, message, select) in TIES {
            let count = self.record.connection.query_row(select, [], |row| row.get::<_, i64>(0));
            match count {
                Ok(0) => {}
                Ok(count) => self.found(*place, format!("{count} {message}")),
                Err(error) => self.found(*place, plain(&error)),
            }
        }
        for list in crate::shape::LISTS {
            let select = format!(
                "SELECT count(*) FROM kept_{} WHERE row >> {BITS} NOT IN (SELECT article FROM articles)",
                list.name
            );
            match self.record.connection.query_row(&select, [], |row| row.get::<_, i64>(0)) {
                Ok(0) => {}
                Ok(count) => self.found(list.name, format!("{count} rows belong to no article")),
                Err(error) => self.found(list.name, plain(&error)),
            }
        }
    }

    /// What SQLite knows of its own file, and the schema.
    fn file(&mut self) -> Result<(), Error> {
        let connection = &self.record.connection;
        let pages = || -> rusqlite::Result<Vec<String>> {
            connection.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect()
        };
        match pages() {
            Ok(told) => {
                let told: Vec<String> = told.into_iter().filter(|line| line != "ok").collect();
                for line in told {
                    self.found("file", line);
                }
            }
            Err(error) => self.found("file", plain(&error)),
        }
        match words_of(connection) {
            Ok(found) if found.iter().map(String::as_str).eq(WORDS.iter().copied()) => {}
            Ok(_) => self.found("words", "are not what was written"),
            Err(error) => self.found("words", plain(&error)),
        }
        match schema_of(connection) {
            Ok(found) if found == expected_schema().map_err(|error| self.record.error(error))? => {}
            Ok(_) => self.found("schema", "is not what was written"),
            Err(error) => self.found("schema", plain(&error)),
        }
        // The search indexes check themselves only on a connection that could write.
        match file::scratch(&self.record.path) {
            Ok(scratch) => {
                for index in ["article_search", "quote_search", "name_search"] {
                    let check = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
                    if let Err(error) = scratch.execute(&check, []) {
                        self.found(index, plain(&error));
                    }
                }
            }
            Err(error) if error.is_damaged() => self.found("search", error.to_string()),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// What must not be there.
const TIES: &[(&str, &str, &str)] = &[
    (
        "texts",
        "articles have no text",
        "SELECT count(*) FROM articles WHERE article NOT IN (SELECT article FROM texts)",
    ),
    (
        "texts",
        "texts have no article",
        "SELECT count(*) FROM texts WHERE article NOT IN (SELECT article FROM articles)",
    ),
    (
        "raws",
        "inputs have no article",
        "SELECT count(*) FROM raws WHERE article NOT IN (SELECT article FROM articles)",
    ),
    (
        "ledger",
        "articles are not what the ledger says",
        "SELECT count(*) FROM articles AS a LEFT JOIN ledger AS l ON l.publisher = coalesce(a.publisher, '') \
         AND l.id = a.id AND l.text_sha256 = a.text_sha256 WHERE l.article IS NOT a.article OR l.outcome IS NOT 'kept'",
    ),
    (
        "ledger",
        "kept articles are not there",
        "SELECT count(*) FROM ledger WHERE (outcome = 'kept' OR article IS NOT NULL) \
         AND coalesce(article, -1) NOT IN (SELECT article FROM articles)",
    ),
    (
        "articles",
        "versions are out of order",
        "SELECT count(*) FROM (SELECT version, is_latest, \
         row_number() OVER (PARTITION BY publisher, id ORDER BY article) AS n, \
         row_number() OVER (PARTITION BY publisher, id ORDER BY article DESC) AS from_last FROM articles) \
         WHERE (version < n) OR is_latest <> (from_last = 1)",
    ),
    ("chores", "chores are left: `onrecord erase` or `add` finishes them", "SELECT count(*) FROM chores"),
];

fn article_is_whole(stored: &Stored) -> Result<(), String> {
    let found = stored.content();
    if found != stored.content_sha256 {
        return Err("the rows are not what was written".to_owned());
    }
    let wire = stored.wire().map_err(|misfit| misfit.0)?;
    let given = Given::new(&wire.to_string(), &Models::any()).map_err(|refusal| refusal.message)?;
    if given.content_sha256 != found {
        return Err("the rows do not come back as they were written".to_owned());
    }
    Ok(())
}

fn raw_is_whole(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<bool> {
    let (media_type, encoding, sha256): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let (codec, seal_kept): (String, String) = (row.get(4)?, row.get(6)?);
    if seal([&media_type, &encoding, &sha256].map(|text| ValueRef::from(text.as_str()))) != seal_kept {
        return Ok(false);
    }
    let found = match (codec.as_str(), row.get::<_, Option<Vec<u8>>>(5)?) {
        ("zstd", Some(packed)) => unpack(&packed).map(|bytes| hash::of(&bytes)),
        ("text", None) => {
            let select = "SELECT text_sha256 FROM articles WHERE article = ?1";
            Some(connection.prepare_cached(select)?.query_row([row.get::<_, i64>(0)?], |row| row.get(0))?)
        }
        _ => None,
    };
    Ok(found == Some(sha256))
}

/// The bytes of a kept input, at most so many as an input may have.
pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut decoder = zstd::Decoder::new(packed).ok()?.take(RAW_BYTES.value as u64);
    decoder.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn ledger_is_whole(_: &Connection, row: &Row<'_>) -> rusqlite::Result<bool> {
    let values: Vec<Sql> = (0..10).map(|at| row.get(at)).collect::<Result<_, _>>()?;
    Ok(seal(values.iter().map(Into::into)) == row.get::<_, String>(10)?)
}

/// Type, name, table and SQL of a part of the schema.
type Part = (String, String, String, Option<String>);

fn schema_of(connection: &Connection) -> rusqlite::Result<Vec<Part>> {
    let select = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut select = connection.prepare(select)?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
}

fn words_of(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare("SELECT word FROM words ORDER BY number")?.query_map([], |row| row.get(0))?.collect()
}

fn expected_schema() -> rusqlite::Result<Vec<Part>> {
    let connection = Connection::open_in_memory()?;
    schema::migrate(&connection, 0)?;
    schema_of(&connection)
}

fn shown(value: &rusqlite::Result<ValueRef<'_>>) -> String {
    match value {
        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        Ok(ValueRef::Integer(number)) => number.to_string(),
        _ => "?".to_owned(),
    }
}
