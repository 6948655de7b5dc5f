//! Many records as Parquet: a file for each list, a row for each row of it, and a file of the articles.
//!
//! In: records in the wire form, one after the other. Out: [`Tables`], files with typed columns of the same names as
//! the keys; a list of spans stays a list, and its words stand beside it as plain text. What has no column is kept as
//! JSON in `more`, so nothing is lost. The same records give the same bytes. Rows wait in memory up to a limit for all
//! files together, so memory does not grow with what is written. What the columns are, [`crate::shape`] says; read on
//! in [`table`], then in [`leaf`].

mod column;
mod leaf;
mod table;

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::limits;
use crate::shape::{ARTICLES, LISTS, List};
use table::Table;

/// Parquet files of records: one of the articles, and one for each list of rows.
///
/// ```
/// use onrecord::wire::{Record, Text};
///
/// let article = onrecord::Article::new("“We will open in May,” said Mayor Dana Ruiz.");
/// let (document, claims) = onrecord::Engine::by_rules().claims(article);
/// let record = serde_json::to_value(Record::new(&document, &claims, Text::Keep)).unwrap();
///
/// let names = onrecord_store::Tables::<Vec<u8>>::names();
/// assert_eq!(names[..3], ["articles.parquet", "entities.parquet", "attributions.parquet"]);
/// let mut tables = onrecord_store::Tables::new(names.iter().map(|_| Vec::new())).unwrap();
/// tables.add(1, &record).unwrap();
/// let files = tables.finish().unwrap();
/// assert!(files.iter().all(|file| file.starts_with(b"PAR1")));
/// ```
pub struct Tables<W: Write + Send> {
    /// In the order of [`lists`].
    tables: Vec<Table<W>>,
    /// The most bytes of rows that wait.
    most: usize,
}

/// The lists that have a file, the articles first.
fn lists() -> impl Iterator<Item = &'static List> {
    std::iter::once(&ARTICLES).chain(LISTS)
}

impl<W: Write + Send> Tables<W> {
    /// The names of the files, in the order in which [`Tables::new`] takes them.
    pub fn names() -> Vec<String> {
        lists().map(|list| format!("{}.parquet", list.name)).collect()
    }

    /// Begins the files; `outs` are where each goes, in the order of [`Tables::names`].
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn new(outs: impl IntoIterator<Item = W>) -> io::Result<Tables<W>> {
        Tables::waiting(outs, limits::PARQUET_BYTES.value)
    }

    /// Files whose rows wait up to `most` bytes.
    fn waiting(outs: impl IntoIterator<Item = W>, most: usize) -> io::Result<Tables<W>> {
        let tables = lists().zip(outs).map(|(list, out)| Table::new(list, out));
        Ok(Tables { tables: tables.collect::<io::Result<_>>()?, most })
    }

    /// Adds the rows of a record; `article` is the number by which rows of different files belong together.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn add(&mut self, article: i64, record: &Value) -> io::Result<()> {
        let row = article_row(record);
        let row = Row { number: article, article: &row };
        for (list, table) in lists().zip(&mut self.tables) {
            if list.name == ARTICLES.name {
                table.add(&row, 1, row.article);
                continue;
            }
            let rows = record.get(list.name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for (place, own) in (1..).zip(rows.iter().filter_map(Value::as_object)) {
                table.add(&row, place, own);
            }
        }
        self.make_room()
    }

    /// Writes the longest groups until few enough rows wait: long lists get long groups, short ones wait for the end.
    fn make_room(&mut self) -> io::Result<()> {
        while self.tables.iter().map(Table::waiting).sum::<usize>() > self.most {
            // Of several that are as long, the last; which it is depends on nothing but the rows.
            let Some(longest) = self.tables.iter_mut().max_by_key(|table| table.waiting()) else { break };
            longest.write_group()?;
        }
        Ok(())
    }

    /// Ends the files, and gives back what they were written to, in their order.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn finish(self) -> io::Result<Vec<W>> {
        self.tables.into_iter().map(Table::finish).collect()
    }
}

impl<W: Write + Send> std::fmt::Debug for Tables<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("files", &self.tables.len()).finish_non_exhaustive()
    }
}

/// What each row says of its article.
struct Row<'a> {
    number: i64,
    article: &'a Map<String, Value>,
}

/// The article of a record as a row: its own keys, what the record says of the reading, and under `record` what of it
/// has no list.
fn article_row(record: &Value) -> Map<String, Value> {
    let mut row = record.get("article").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut others = Map::new();
    for (key, value) in record.as_object().into_iter().flatten() {
        match key.as_str() {
            "onrecord" | "article" => {}
            "model" | "readings" => drop(row.insert(key.clone(), value.clone())),
            name if LISTS.iter().any(|list| list.name == name) && value.is_array() => {}
            _ => drop(others.insert(key.clone(), value.clone())),
        }
    }
    if !others.is_empty() {
        row.insert("record".to_owned(), Value::Object(others));
    }
    row
}

#[cfg(test)]
mod tests;
