//! Why a record could not be opened, asked or added to.
//!
//! In: what SQLite, the file system or a check found. Out: one opaque [`Error`] with questions, a line and a hint.
//! Never: a word on what one article holds; that is a row of the ledger ([`crate::Refusal`]).

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a record could not be opened, asked or added to.
///
/// `Display` is one line: the file, what was found and what was expected. [`Error::hint`] says what to do.
///
/// ```
/// let error = onrecord_store::Record::open("no/such/record.db".as_ref()).unwrap_err();
/// assert!(error.is_missing());
/// assert_eq!(error.to_string(), "no/such/record.db: there is no record");
/// ```
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: Box<Kind>,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Missing,
    NotARecord(&'static str),
    /// A part of the path is something else.
    NoFolder,
    Newer {
        found: i64,
        known: i64,
    },
    Busy,
    Full,
    ReadOnly,
    Damaged(String),
    Unknown {
        id: String,
    },
    Ambiguous {
        id: String,
        publishers: Vec<String>,
    },
    Query(String),
    TooSlow {
        seconds: u64,
    },
    Io(io::Error),
    Sqlite(rusqlite::Error),
}

impl Error {
    pub(crate) fn new(path: &Path, kind: Kind) -> Error {
        Error { path: path.to_owned(), kind: Box::new(kind) }
    }

    /// Whether there is no file at the path.
    pub fn is_missing(&self) -> bool {
        matches!(*self.kind, Kind::Missing)
    }

    /// Whether the file is something else, or an SQLite file of another program.
    pub fn is_not_a_record(&self) -> bool {
        matches!(*self.kind, Kind::NotARecord(_))
    }

    /// Whether a newer version of onrecord made the record.
    pub fn is_newer(&self) -> bool {
        matches!(*self.kind, Kind::Newer { .. })
    }

    /// Whether another program is adding to the record now.
    pub fn is_busy(&self) -> bool {
        matches!(*self.kind, Kind::Busy)
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        matches!(*self.kind, Kind::Full)
    }

    /// Whether the file is not what was written.
    pub fn is_damaged(&self) -> bool {
        matches!(*self.kind, Kind::Damaged(_))
    }

    /// Whether the record holds no article with the id that was asked for.
    pub fn is_unknown(&self) -> bool {
        matches!(*self.kind, Kind::Unknown { .. })
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match &*self.kind {
            Kind::Missing => {
                "`onrecord add PATH` makes one; `--record FILE` or ONRECORD_RECORD names another"
            }
            Kind::NotARecord(_) | Kind::NoFolder => "`--record FILE` names the record",
            Kind::Newer { .. } => {
                "the file was not touched; use the version of onrecord that made it, or a newer one"
            }
            Kind::Busy => "wait until it has ended; what it has kept can be read meanwhile",
            Kind::Full => "all that was acknowledged is kept; free some space and run the same command again",
            Kind::ReadOnly => "a record needs a file and a folder that may be written: copy it to one",
            Kind::Damaged(_) => {
                "take a copy from before; `onrecord verify --deep` says what can still be relied on"
            }
            Kind::Unknown { .. } => {
                "`onrecord sql \"SELECT id, publisher, title FROM articles\"` lists what there is"
            }
            Kind::Ambiguous { publishers, .. } => {
                return Some(format!("`--publisher NAME` says which: {}", publishers.join(", ")));
            }
            Kind::Query(_) => "docs/record-file.md lists tables, views and columns",
            Kind::TooSlow { .. } => "`--seconds N` gives it more time",
            Kind::Io(_) | Kind::Sqlite(_) => return None,
        };
        Some(hint.to_owned())
    }
}

/// What SQLite says, in the words of the house where the house has words.
pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
        Some(ErrorCode::DiskFull) => Kind::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Kind::ReadOnly,
        Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged(plain(&error)),
        Some(ErrorCode::NotADatabase) => Kind::NotARecord("no SQLite file"),
        _ => Kind::Sqlite(error),
    };
    Error::new(path, kind)
}

/// SQLite's own sentence without its codes.
pub(crate) fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &*self.kind {
            Kind::Missing => write!(f, "{path}: there is no record"),
            Kind::NotARecord(found) => write!(f, "{path}: expected a record of onrecord, found {found}"),
            Kind::NoFolder => write!(f, "{path}: a part of the path is no folder"),
            Kind::Newer { found, known } => {
                write!(f, "{path}: found a record of version {found}; expected at most {known}")
            }
            Kind::Busy => write!(f, "{path}: another program is writing to the record"),
            Kind::Full => write!(f, "{path}: no space left"),
            Kind::ReadOnly => write!(f, "{path}: the record cannot be opened or written"),
            Kind::Damaged(what) => write!(f, "{path}: the record is damaged: {what}"),
            Kind::Unknown { id } => write!(f, "{path}: no article `{}`", id.escape_debug()),
            Kind::Ambiguous { id, publishers } => {
                let id = id.escape_debug();
                write!(f, "{path}: {} publishers have an article `{id}`", publishers.len())
            }
            Kind::Query(what) => f.write_str(what),
            Kind::TooSlow { seconds } => write!(f, "the query ran longer than {seconds} s"),
            Kind::Io(error) => write!(f, "{path}: {error}"),
            Kind::Sqlite(error) => write!(f, "{path}: {}", plain(error)),
        }
    }
}
