//! Taking an article out for good: no byte of it stays in any file of the record, and it does not come back.
//!
//! In: an article's id. Out: how many versions were erased. The rows go, with their entries in the search indexes, in
//! one transaction; a marker stays in the ledger. Deleted pages and merged indexes still hold words, so the file is
//! then written anew from what is alive, and the log emptied. A stop in between leaves a chore that the next writer
//! finishes. The alternative, `secure_delete`, zeroes what is deleted from now on and not what earlier splits and
//! merges of pages left behind.

use rusqlite::{Connection, params};

use crate::error::Kind;
use crate::file::checkpoint;
use crate::keep::{Entry, row_numbers};
use crate::shape::LISTS;
use crate::{Error, Key, Writer};

/// The chore of writing the file anew.
const REWRITE: &str = "rewrite";

impl Writer {
    /// Erases all versions of the article with this id, of `publisher` where several have one.
    ///
    /// # Errors
    ///
    /// There is no such article, several publishers have one, or the record cannot be written.
    pub fn erase(&mut self, id: &str, publisher: Option<&str>) -> Result<u64, Error> {
        let found = articles_of(self.connection(), id, publisher).map_err(|error| self.error(error))?;
        let publishers: std::collections::BTreeSet<&Option<String>> =
            found.iter().map(|(_, publisher, _)| publisher).collect();
        if found.is_empty() {
            return Err(self.fault(Kind::Unknown { id: id.to_owned() }));
        }
        if publishers.len() > 1 {
            let publishers =
                publishers.into_iter().map(|p| format!("{:?}", p.clone().unwrap_or_default())).collect();
            return Err(self.fault(Kind::Ambiguous { id: id.to_owned(), publishers }));
        }
        self.execute("INSERT OR IGNORE INTO chores VALUES (?1)", [REWRITE])?;
        for (number, publisher, text_sha256) in &found {
            let key = Key::new(publisher.as_deref(), id, text_sha256);
            erase(self.connection(), *number, &key).map_err(|error| self.error(error))?;
        }
        self.execute("COMMIT", [])?;
        self.begin()?;
        self.finish_chores()?;
        Ok(found.len() as u64)
    }

    pub(crate) fn has_chores(&self) -> Result<bool, Error> {
        let select = "SELECT EXISTS (SELECT 1 FROM chores)";
        self.connection().query_row(select, [], |row| row.get(0)).map_err(|error| self.error(error))
    }

    /// Writes the file anew, and then forgets that it had to.
    pub(crate) fn finish_chores(&mut self) -> Result<(), Error> {
        self.execute("COMMIT", [])?;
        self.rewrite().map_err(|error| self.error(error))?;
        self.begin()
    }

    fn rewrite(&self) -> rusqlite::Result<()> {
        let connection = self.connection();
        for index in ["article_search", "quote_search", "name_search"] {
            connection.execute(&format!("INSERT INTO {index} ({index}) VALUES ('optimize')"), [])?;
        }
        connection.execute_batch("VACUUM")?;
        if checkpoint(connection)? {
            connection.execute("DELETE FROM chores WHERE chore = ?1", [REWRITE])?;
            checkpoint(connection)?;
        }
        Ok(())
    }
}

/// Deletes an article and leaves a marker.
fn erase(connection: &Connection, number: i64, key: &Key) -> rusqlite::Result<()> {
    delete_rows(connection, number)?;
    let of_article = "INSERT INTO article_search (article_search, rowid, title, text) \
                      SELECT 'delete', article, title, text FROM article_texts WHERE article = ?1";
    connection.execute(of_article, [number])?;
    for table in ["raws", "texts", "articles"] {
        connection.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [number])?;
    }
    let latest = "UPDATE articles SET is_latest = 1 WHERE article = (SELECT max(article) FROM articles \
                  WHERE id = ?1 AND coalesce(publisher, '') = ?2)";
    connection.execute(latest, params![key.id, key.publisher])?;
    Entry { key, outcome: "erased", refusal: None, origin: None, tries: 0, article: None }.write(connection)
}

/// Deletes the rows of all lists, and what the search indexes hold of them.
pub(crate) fn delete_rows(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    let numbers = row_numbers(number);
    let numbers = [*numbers.start(), *numbers.end()];
    for delete in [
        "INSERT INTO quote_search (quote_search, rowid, source, content) \
         SELECT 'delete', row, source, content FROM quote_texts WHERE row BETWEEN ?1 AND ?2",
        "INSERT INTO name_search (name_search, rowid, name) \
         SELECT 'delete', row, name FROM names WHERE row BETWEEN ?1 AND ?2",
    ] {
        connection.execute(delete, numbers)?;
    }
    for list in LISTS {
        connection
            .execute(&format!("DELETE FROM kept_{} WHERE row BETWEEN ?1 AND ?2", list.name), numbers)?;
    }
    Ok(())
}

type Found = (i64, Option<String>, String);

/// Number, publisher and text hash of each version.
pub(crate) fn articles_of(
    connection: &Connection,
    id: &str,
    publisher: Option<&str>,
) -> rusqlite::Result<Vec<Found>> {
    let select = "SELECT article, publisher, text_sha256 FROM articles \
                  WHERE id = ?1 AND (?2 IS NULL OR coalesce(publisher, '') = ?2) ORDER BY article";
    let mut select = connection.prepare_cached(select)?;
    select.query_map(params![id, publisher], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}
