//! One place that bytes go to.
//!
//! In: text. Out: standard output, or a file that appears when it is whole. A file that is not finished is dropped.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use tempfile::NamedTempFile;

use crate::message::Problem;

/// How the name of a file begins that is not whole yet.
pub(crate) const BEGUN: &str = ".onrecord-";

/// Where bytes go.
pub(super) enum Writer {
    Stdout(BufWriter<Box<dyn Write>>),
    /// A file that is not there until it is whole.
    Whole(BufWriter<NamedTempFile>, PathBuf),
    /// A device or a pipe, which cannot be replaced and need not be.
    Direct(BufWriter<File>, PathBuf),
}

impl Writer {
    /// Standard output, with colours where it shows them.
    pub(super) fn stdout() -> Writer {
        let stdout = io::stdout().lock();
        let choice = choice();
        Writer::Stdout(BufWriter::new(match choice {
            ColorChoice::Never => Box::new(stdout),
            _ => Box::new(AutoStream::new(stdout, choice)),
        }))
    }

    /// The file at `path`.
    pub(super) fn file(path: &Path) -> Result<Writer, Problem> {
        // A link is written through, not replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let problem = |error: io::Error| Problem::writing(path.display(), &error);
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(&path).map_err(problem)?;
            return Ok(Writer::Direct(BufWriter::new(file), path));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(BEGUN);
        // Readable as any file that is made here; the default is for secrets.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(problem)?;
        Ok(Writer::Whole(BufWriter::new(file), path))
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), Problem> {
        match self {
            Writer::Stdout(out) => out.write_all(text.as_bytes()).map_err(|error| Problem::stdout(&error)),
            Writer::Whole(out, path) => {
                out.write_all(text.as_bytes()).map_err(|error| Problem::writing(path.display(), &error))
            }
            Writer::Direct(out, path) => {
                out.write_all(text.as_bytes()).map_err(|error| Problem::writing(path.display(), &error))
            }
        }
    }

    /// Puts a file in its place.
    pub(super) fn finish(self) -> Result<(), Problem> {
        match self {
            Writer::Stdout(mut out) => out.flush().map_err(|error| Problem::stdout(&error)),
            Writer::Direct(mut out, path) => {
                out.flush().map_err(|error| Problem::writing(path.display(), &error))
            }
            Writer::Whole(out, path) => {
                let problem = |error: io::Error| Problem::writing(path.display(), &error);
                let file = out.into_inner().map_err(|error| problem(error.into_error()))?;
                file.persist(&path).map_err(|error| problem(error.error))?;
                Ok(())
            }
        }
    }
}

/// Whether standard output shows colours and nobody forbade them.
pub(super) fn shows_colours() -> bool {
    choice() != ColorChoice::Never
}

fn choice() -> ColorChoice {
    AutoStream::choice(&io::stdout())
}
