//! Plain SQL against a record that cannot be changed by it, with an end in time and rows.
//!
//! In: one statement that reads. Out: its columns and rows, one at a time. A statement that writes is refused before
//! it runs; one that runs on is stopped. Never: a second file, which a statement could attach.

use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;

use crate::error::{Error, Kind, plain};
use crate::limits::{QUERY_ROWS, QUERY_SECONDS};
use crate::{Record, file};

/// How far a query may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The most rows that are given.
    pub rows: usize,
    /// The longest that it runs, in seconds.
    pub seconds: u64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { rows: QUERY_ROWS.value, seconds: QUERY_SECONDS.value as u64 }
    }
}

/// Whether all rows of a query were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// All of them.
    All,
    /// The first ones; there are more.
    First,
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'r> {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Characters.
    Text(&'r str),
    /// Bytes, and text that is no UTF-8.
    Bytes(&'r [u8]),
}

/// How many instructions of SQLite's machine run between two looks at the clock: some tenths of a millisecond.
const INSTRUCTIONS: i32 = 10_000;

impl Record {
    /// Runs a statement that reads. `columns` gets the names of its columns, then `row` each row.
    ///
    /// # Errors
    ///
    /// The statement is no SQL, would write, runs too long, or the record cannot be read; or what `columns` or `row`
    /// fail with.
    pub fn query<E: From<Error>>(
        &self,
        sql: &str,
        bounds: Bounds,
        columns: impl FnOnce(&[&str]) -> Result<(), E>,
        mut row: impl FnMut(&[Value<'_>]) -> Result<(), E>,
    ) -> Result<Given, E> {
        let fault = |error: rusqlite::Error| self.query_fault(error, bounds);
        let end = Instant::now() + Duration::from_secs(bounds.seconds);
        // A connection of its own: its clock stops nobody else.
        let mut connection = file::read_only(&self.path).map_err(fault)?;
        connection.progress_handler(INSTRUCTIONS, Some(move || Instant::now() >= end)).map_err(fault)?;
        let mut statement = connection.prepare(sql).map_err(fault)?;
        if !statement.readonly() {
            return Err(Error::new(
                &self.path,
                Kind::Query("the statement would write; expected one that reads".to_owned()),
            )
            .into());
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        columns(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut rows = statement.query([]).map_err(fault)?;
        let mut count = 0;
        while let Some(found) = rows.next().map_err(fault)? {
            if count == bounds.rows {
                return Ok(Given::First);
            }
            count += 1;
            let values =
                (0..names.len()).map(|at| found.get_ref(at).map(value)).collect::<Result<Vec<_>, _>>();
            row(&values.map_err(fault)?)?;
        }
        Ok(Given::All)
    }

    fn query_fault(&self, error: rusqlite::Error, bounds: Bounds) -> Error {
        let kind = match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Kind::TooSlow { seconds: bounds.seconds },
            Some(rusqlite::ErrorCode::Unknown) | None => Kind::Query(plain(&error)),
            Some(_) => return self.error(error),
        };
        Error::new(&self.path, kind)
    }
}

fn value(value: ValueRef<'_>) -> Value<'_> {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Value::Bytes(bytes), Value::Text),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
    }
}
