//! Opening a record: to ask it, or to add to it. One writer, any number of readers.
//!
//! In: a path. Out: [`Record`], which cannot write, or a connection for [`crate::Writer`]. What is no record, or one
//! of a newer version, is told by its header before SQLite sees it, and stays as it is. Never: a repair by hand; what
//! a power cut left behind, SQLite rolls forward or back when it opens the file. Read on in [`crate::keep`].

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Kind, sqlite};
use crate::schema::{self, APPLICATION, VERSION};

/// How long a reader waits for a moment in which the file is locked as a whole.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a writer waits for another one. It holds its lock as long as it runs, so waiting longer is idle.
const WRITER_PATIENCE: Duration = Duration::from_millis(500);

/// Pages of 8 KiB: an article's text and the rows of a list mostly fit on one or two.
const PAGE: u32 = 8192;

/// The pages that a writer keeps in memory, in KiB. Much of what an article changes are pages of the search indexes.
const WRITER_CACHE: i64 = 64 << 10;

/// The pages that the log holds before they are moved into the file: 32 MiB. Pages of the search indexes change with
/// every batch, and are moved once.
const WRITER_LOG: i64 = 4096;

/// More than a writer has statements, so that each is parsed once.
const STATEMENTS: usize = 64;

/// A record that is being asked. It sees whole articles only, and never writes.
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Record {
    /// Opens a record for reading.
    ///
    /// # Errors
    ///
    /// There is none, it is something else, it is newer than this program, or it cannot be read.
    pub fn open(path: &Path) -> Result<Record, Error> {
        if look(path)?.is_none() {
            return Err(Error::new(path, Kind::Missing));
        }
        let connection = read_only(path).map_err(|error| sqlite(path, error))?;
        let version = check_version(&connection, path)?;
        if version == 0 {
            return Err(Error::new(path, Kind::NotARecord("an SQLite file without tables")));
        }
        Ok(Record { connection, path: path.to_owned() })
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> Error {
        sqlite(&self.path, error)
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A connection that cannot write. In a folder that may not be written SQLite cannot share memory with a writer; then
/// there is none either, and the file is read as it stands.
pub(crate) fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    });
    let connection = match opened {
        Ok(connection) => connection,
        Err(error) if wal(path).metadata().is_ok_and(|wal| wal.len() > 0) => return Err(error),
        Err(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
                let uri = format!("file:{}?immutable=1", escaped(path));
                Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
            }
            _ => return Err(error),
        },
    };
    harden(&connection)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A connection that may write, to a file that is made where there is none.
pub(crate) fn writable(path: &Path) -> Result<Connection, Error> {
    look(path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let in_words = |error| sqlite(path, error);
    let mut connection = Connection::open_with_flags(path, flags).map_err(in_words)?;
    connection.busy_timeout(WRITER_PATIENCE).map_err(in_words)?;
    let version = check_version(&connection, path)?;
    let prepared = (|| {
        harden(&connection)?;
        // One path writes and deletes, in an order of its own; `verify` follows every reference.
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "page_size", PAGE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
        connection.pragma_update(None, "wal_autocheckpoint", WRITER_LOG)?;
        // Statements are planned once, and not anew for each value that is bound.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if version < VERSION {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            // Another writer may have been faster.
            let version = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
            schema::migrate(&transaction, version)?;
            transaction.commit()?;
            // The header of the file itself then says what it is.
            checkpoint(&connection)?;
        }
        Ok(())
    })();
    prepared.map_err(in_words)?;
    Ok(connection)
}

/// Moves what was committed into the file itself. Whether all of it could be moved: a reader may hold some back.
pub(crate) fn checkpoint(connection: &Connection) -> rusqlite::Result<bool> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// What a hostile file could make SQLite do, it may not.
fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)
}

/// The version of the record that a connection sees; 0 where the file is empty.
fn check_version(connection: &Connection, path: &Path) -> Result<i64, Error> {
    let in_words = |error| sqlite(path, error);
    let pragma =
        |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(in_words);
    let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    check_header(path, pragma("application_id")?, pragma("user_version")?, tables.map_err(in_words)? == 0)
}

fn check_header(path: &Path, application: i64, version: i64, is_empty: bool) -> Result<i64, Error> {
    let kind = match (application, version) {
        (0, 0) if is_empty => return Ok(0),
        (APPLICATION, found) if found > VERSION => Kind::Newer { found, known: VERSION },
        (APPLICATION, version) => return Ok(version),
        _ => Kind::NotARecord("an SQLite file of another program"),
    };
    Err(Error::new(path, kind))
}

/// Looks at the head of a file without SQLite, which would begin to change what it opens. `None` where there is
/// nothing yet.
fn look(path: &Path) -> Result<Option<()>, Error> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
    match read {
        Ok(0) => return Ok(None),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            return Err(Error::new(path, Kind::ReadOnly));
        }
        Err(error) => {
            return Err(Error::new(
                path,
                match error.kind() {
                    std::io::ErrorKind::IsADirectory => Kind::NotARecord("a folder"),
                    std::io::ErrorKind::NotADirectory => Kind::NoFolder,
                    _ => Kind::Io(error),
                },
            ));
        }
    }
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return Err(Error::new(path, Kind::NotARecord("something else")));
    }
    let number =
        |at: usize| i64::from(u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]));
    // A record that was cut off while it was made says so in its log only.
    match (number(68), number(60)) {
        (0, 0) => Ok(Some(())),
        (application, version) => check_header(path, application, version, false).map(|_| Some(())),
    }
}

fn wal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn escaped(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// A connection that could write, with a transaction that is never committed; for checks that ask for one.
pub(crate) fn scratch(path: &Path) -> Result<Connection, Error> {
    let in_words = |error| sqlite(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(in_words)?;
    connection.busy_timeout(WRITER_PATIENCE).map_err(in_words)?;
    connection.execute_batch("BEGIN IMMEDIATE").map_err(in_words)?;
    Ok(connection)
}
