//! Which files lie below a folder?
//!
//! In: a folder. Out: its files in order of name, and word of what was left out: hidden files, symbolic links (they
//! may lead out of the folder, or in circles), devices. It never enters where this run writes.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Entry;
use crate::message::Problem;
use crate::output::BEGUN;

/// The files below a folder, in order of name.
pub(super) struct Walk {
    folder: PathBuf,
    entries: walkdir::IntoIter,
    out: Option<PathBuf>,
    files: u64,
    hidden: u64,
    links: u64,
    special: u64,
    is_over: bool,
}

/// What lies below a folder.
pub(super) enum Found {
    File(PathBuf),
    Other(Entry),
}

impl Walk {
    pub(super) fn new(folder: &Path, out: Option<PathBuf>) -> Walk {
        let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
        let folder = folder.to_owned();
        Walk { folder, entries, out, files: 0, hidden: 0, links: 0, special: 0, is_over: false }
    }

    /// Whether `entry` is where this run writes.
    fn is_out(&self, entry: &DirEntry) -> bool {
        if entry.file_name().as_encoded_bytes().starts_with(BEGUN.as_bytes()) {
            return true;
        }
        let Some(out) = self.out.as_deref() else { return false };
        let name = |path: &Path| path.file_name().map_or(Vec::new(), |name| name.as_encoded_bytes().to_vec());
        // What SQLite puts beside a record is written by this run, too.
        let found = name(entry.path());
        let beside = found.strip_prefix(name(out).as_slice());
        beside.is_some_and(|rest| ["", "-wal", "-shm", "-journal"].iter().any(|end| rest == end.as_bytes()))
            && entry.path().parent().and_then(|folder| folder.canonicalize().ok()).as_deref() == out.parent()
    }

    /// One message about everything that was left out, or about an empty folder.
    fn end(&mut self) -> Option<Found> {
        if std::mem::replace(&mut self.is_over, true) {
            return None;
        }
        let folder = self.folder.display().to_string();
        if self.files == 0 {
            let problem = Problem::new(format!("{folder}: the folder holds no file to read"));
            return Some(Found::Other(Entry::Problem(
                problem.hint("hidden files and symbolic links are not read"),
            )));
        }
        let kinds = [
            (self.hidden, "hidden entry", "hidden entries"),
            (self.links, "symbolic link", "symbolic links"),
            (self.special, "device or pipe", "devices or pipes"),
        ];
        let counted = kinds.iter().filter(|(count, ..)| *count > 0);
        let counted =
            counted.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }));
        let counted: Vec<String> = counted.collect();
        let left_out = format!("left out {}; what is named is read", counted.join(", "));
        (!counted.is_empty()).then_some(Found::Other(Entry::LeftOut(folder, left_out)))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let entry = match self.entries.next() {
                None => return self.end(),
                Some(Ok(entry)) => entry,
                Some(Err(error)) => {
                    self.files += 1;
                    let path = error.path().unwrap_or(&self.folder).display().to_string();
                    let problem = match error.io_error() {
                        Some(error) => Problem::reading(path, error),
                        None => Problem::new(format!("{path}: {error}")),
                    };
                    return Some(Found::Other(Entry::Problem(problem)));
                }
            };
            let kind = entry.file_type();
            let is_out = self.is_out(&entry);
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden || is_out {
                self.hidden += u64::from(!is_out);
                if kind.is_dir() {
                    self.entries.skip_current_dir();
                }
            } else if kind.is_file() {
                self.files += 1;
                return Some(Found::File(entry.into_path()));
            } else if kind.is_symlink() {
                self.links += 1;
            } else if !kind.is_dir() {
                self.special += 1;
            }
        }
    }
}
