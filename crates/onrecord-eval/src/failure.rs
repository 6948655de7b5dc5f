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
    NoCorpus { corpus: &'static str, folder: PathBuf },
    Unreadable { path: PathBuf, cause: std::io::Error },
    Malformed { path: PathBuf, line: Option<usize>, expected: &'static str, found: String },
}

impl Error {
    /// Whether the corpus is not where it should be.
    pub fn is_no_corpus(&self) -> bool {
        matches!(*self.0, Kind::NoCorpus { .. })
    }

    /// Whether a file or folder could not be read or written.
    pub fn is_unreadable(&self) -> bool {
        matches!(*self.0, Kind::Unreadable { .. })
    }

    /// Whether a file holds something other than its format asks for.
    pub fn is_malformed(&self) -> bool {
        matches!(*self.0, Kind::Malformed { .. })
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match *self.0 {
            Kind::NoCorpus { .. } => "set `ONRECORD_DATA` to the folder that holds `quotes/polnear/data`",
            Kind::Unreadable { .. } => "check that it exists and that you may open it",
            Kind::Malformed { .. } => "restore the file from where it came",
        }
    }

    pub(crate) fn no_corpus(corpus: &'static str, folder: &Path) -> Error {
        Error(Box::new(Kind::NoCorpus { corpus, folder: folder.to_owned() }))
    }

    pub(crate) fn unreadable(path: &Path, cause: std::io::Error) -> Error {
        Error(Box::new(Kind::Unreadable { path: path.to_owned(), cause }))
    }

    pub(crate) fn malformed(
        path: &Path,
        line: Option<usize>,
        expected: &'static str,
        found: impl Into<String>,
    ) -> Error {
        Error(Box::new(Kind::Malformed { path: path.to_owned(), line, expected, found: found.into() }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::NoCorpus { corpus, folder } => {
                write!(f, "no {corpus} corpus in `{}`", folder.display())
            }
            Kind::Unreadable { path, cause } => write!(f, "cannot open `{}`: {cause}", path.display()),
            Kind::Malformed { path, line, expected, found } => {
                write!(f, "`{}`", path.display())?;
                if let Some(line) = line {
                    write!(f, ", line {line}")?;
                }
                write!(f, ": expected {expected}, found {found}")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Unreadable { cause, .. } => Some(cause),
            Kind::NoCorpus { .. } | Kind::Malformed { .. } => None,
        }
    }
}
