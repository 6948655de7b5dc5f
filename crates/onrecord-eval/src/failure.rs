//! What can go wrong outside the text: files that are missing, unreadable or malformed.

use std::fmt;
use std::path::{Path, PathBuf};

/// An error of this library. Ask what it is with the `is_` methods; what to do about it is in [`Error::hint`].
///
/// Opaque, so that a new corpus can add its own failures without changing the callers.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    NoData,
    NoCorpus { corpus: &'static str, folder: PathBuf },
    Io { doing: &'static str, path: PathBuf, cause: std::io::Error },
    Malformed { path: PathBuf, line: usize, expected: &'static str, found: String },
    BadName { path: PathBuf },
    NotCitron { path: PathBuf, cause: serde_json::Error },
    NotRecord { cause: serde_json::Error },
    NotModel { path: PathBuf, cause: String },
}

impl Error {
    /// Whether the corpus is not where it should be.
    pub fn is_no_corpus(&self) -> bool {
        matches!(*self.0, Kind::NoData | Kind::NoCorpus { .. })
    }

    /// Whether a file or folder could not be read or written.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Io { .. })
    }

    /// Whether a file holds something other than its format asks for.
    pub fn is_malformed(&self) -> bool {
        matches!(
            *self.0,
            Kind::Malformed { .. }
                | Kind::BadName { .. }
                | Kind::NotCitron { .. }
                | Kind::NotRecord { .. }
                | Kind::NotModel { .. }
        )
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match *self.0 {
            Kind::NoData | Kind::NoCorpus { corpus: "PolNeAR", .. } => {
                "set `ONRECORD_DATA` to the folder that holds `quotes/polnear/data`"
            }
            Kind::NoCorpus { .. } => "put it there; `eval/README.md` says where it comes from",
            Kind::Io { .. } => "check that the path exists and that you may use it",
            Kind::Malformed { .. } | Kind::BadName { .. } => "restore the file from where it came",
            Kind::NotRecord { .. } => {
                "compare `docs/record.md` with `crates/onrecord-eval/src/prediction/record.rs`"
            }
            Kind::NotModel { .. } => "make it with `python -m train.export`",
            Kind::NotCitron { .. } => "write it with `onrecord read --format citron`",
        }
    }

    pub(crate) fn no_data() -> Error {
        Error(Box::new(Kind::NoData))
    }

    pub(crate) fn no_corpus(corpus: &'static str, folder: &Path) -> Error {
        Error(Box::new(Kind::NoCorpus { corpus, folder: folder.to_owned() }))
    }

    pub(crate) fn io(doing: &'static str, path: &Path, cause: std::io::Error) -> Error {
        Error(Box::new(Kind::Io { doing, path: path.to_owned(), cause }))
    }

    pub(crate) fn malformed(path: &Path, line: usize, expected: &'static str, found: String) -> Error {
        Error(Box::new(Kind::Malformed { path: path.to_owned(), line, expected, found }))
    }

    pub(crate) fn not_citron(path: &Path, cause: serde_json::Error) -> Error {
        Error(Box::new(Kind::NotCitron { path: path.to_owned(), cause }))
    }

    pub(crate) fn not_record(cause: serde_json::Error) -> Error {
        Error(Box::new(Kind::NotRecord { cause }))
    }

    /// A file that holds no model which this version reads.
    pub fn not_model(path: &Path, cause: &dyn fmt::Display) -> Error {
        Error(Box::new(Kind::NotModel { path: path.to_owned(), cause: cause.to_string() }))
    }

    pub(crate) fn bad_name(path: &Path) -> Error {
        Error(Box::new(Kind::BadName { path: path.to_owned() }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::NoData => write!(f, "no folder of corpora is named: `ONRECORD_DATA` is not set"),
            Kind::NoCorpus { corpus, folder } => write!(f, "no {corpus} corpus in `{}`", folder.display()),
            Kind::Io { doing, path, cause } => write!(f, "cannot {doing} `{}`: {cause}", path.display()),
            Kind::Malformed { path, line, expected, found } => {
                write!(f, "`{}`, line {line}: expected {expected}, found {found}", path.display())
            }
            Kind::BadName { path } => {
                write!(f, "`{}`: expected a name in UTF-8, found another", path.display())
            }
            Kind::NotRecord { cause } => {
                write!(f, "expected a record as `docs/record.md` describes it, found {cause}")
            }
            Kind::NotModel { path, cause } => {
                write!(f, "cannot read the model `{}`: {cause}", path.display())
            }
            Kind::NotCitron { path, cause } => {
                write!(f, "`{}`: expected predictions in the JSON of Citron, found {cause}", path.display())
            }
        }
    }
}

// The message holds the cause, so `source` gives none: whoever prints the chain would print it twice.
impl std::error::Error for Error {}
