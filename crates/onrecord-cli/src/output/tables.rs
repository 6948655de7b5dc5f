//! A folder with a Parquet file for each list of rows.
//!
//! In: records as JSON, one after the other. Out: files that appear together when all is written, or not at all.
//! What their columns are, `onrecord-store` says.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord_store::Tables as Columns;
use serde_json::Value;

use super::overwrites;
use super::writer::Whole;
use crate::input::Inputs;
use crate::message::Problem;

/// The files of a run.
pub(crate) struct Tables {
    path: PathBuf,
    columns: Columns<Whole>,
}

impl Tables {
    /// Begins the files in `path`, which is made where there is none.
    pub(crate) fn new(path: &Path) -> Result<Tables, Problem> {
        if path.exists() && !path.is_dir() {
            let message = format!("{}: expected a folder to write to, found a file", path.display());
            return Err(Problem::new(message).hint("parquet is a file for each list of rows"));
        }
        fs::create_dir_all(path).map_err(|error| Problem::writing(path.display(), &error))?;
        let files = Columns::<Whole>::names().into_iter().map(|name| Whole::in_folder(&path.join(name)));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        let columns = Columns::new(files).map_err(|error| Problem::writing(path.display(), &error))?;
        Ok(Tables { path: path.to_owned(), columns })
    }

    /// Fails where a file of this run would replace one that it reads.
    pub(super) fn spare(&self, inputs: &Inputs) -> Result<(), Problem> {
        let mut paths = Columns::<Whole>::names().into_iter().map(|name| self.path.join(name));
        paths.find(|path| inputs.hold(path)).map_or(Ok(()), |path| Err(overwrites(&path)))
    }

    /// Adds the rows of a record.
    pub(crate) fn add(&mut self, record: &Value) -> Result<(), Problem> {
        self.columns.add(record).map_err(|error| Problem::writing(self.path.display(), &error))
    }

    /// Puts the files in their place.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let files = self.columns.finish().map_err(|error| Problem::writing(self.path.display(), &error))?;
        files.into_iter().try_for_each(Whole::finish)
    }
}
