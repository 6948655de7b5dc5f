//! A folder with a Parquet file for each list of rows.
//!
//! In: records, one after the other. Out: files that take their places once all are written; until then none is
//! replaced. It never says what their columns are: that is `onrecord-store`'s.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use onrecord_store::Tables as Files;
use serde_json::Value;

use super::overwrites;
use super::writer::Whole;
use crate::message::Problem;

/// The files of a run.
pub(crate) struct Tables {
    path: PathBuf,
    files: Files<Whole>,
    articles: i64,
}

impl Tables {
    /// Begins the files in `folder`, which is made where there is none. `is_read` tells the files that the run reads.
    pub(crate) fn new(folder: Option<&Path>, is_read: impl Fn(&Path) -> bool) -> Result<Tables, Problem> {
        let Some(folder) = folder.filter(|path| *path != Path::new("-")) else {
            return Err(Problem::new("parquet needs a folder to go to")
                .hint("`--out FOLDER` writes a file for each list of rows"));
        };
        if folder.exists() && !folder.is_dir() {
            let message = format!("{}: expected a folder to write to, found a file", folder.display());
            return Err(Problem::new(message).hint("parquet is a file for each list of rows"));
        }
        let paths: Vec<PathBuf> = Files::<Whole>::names().iter().map(|name| folder.join(name)).collect();
        if let Some(path) = paths.iter().find(|path| is_read(path)) {
            return Err(overwrites(path));
        }
        let problem = |error: io::Error| Problem::writing(folder.display(), &error);
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                problem(error).hint("name a folder that is there, or one that can be made")
            }
            _ => problem(error),
        })?;
        let files = paths.iter().map(|path| Whole::in_folder(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Tables { path: folder.to_owned(), files: Files::new(files).map_err(problem)?, articles: 0 })
    }

    /// Adds the rows of a record, as those of the next article.
    pub(crate) fn add(&mut self, record: &Value) -> Result<(), Problem> {
        self.articles += 1;
        self.add_as(self.articles, record)
    }

    /// Adds the rows of a record, as those of this article.
    pub(crate) fn add_as(&mut self, article: i64, record: &Value) -> Result<(), Problem> {
        self.files.add(article, record).map_err(|error| self.problem(&error))
    }

    /// Whether no article was added.
    pub(super) fn are_empty(&self) -> bool {
        self.articles == 0
    }

    /// Writes the rest of all files, then puts them in their places.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let Tables { path, files, .. } = self;
        let problem = |error: io::Error| Problem::writing(path.display(), &error);
        let mut files = files.finish().map_err(problem)?;
        files.iter_mut().try_for_each(Write::flush).map_err(problem)?;
        files.into_iter().try_for_each(Whole::finish)
    }

    fn problem(&self, error: &io::Error) -> Problem {
        Problem::writing(self.path.display(), error)
    }
}
