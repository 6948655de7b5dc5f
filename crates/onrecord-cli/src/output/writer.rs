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

/// A place that is being written.
pub(super) struct Writer {
    to: To,
    /// The place as the user named it, for messages.
    name: String,
}

enum To {
    Stdout(BufWriter<Box<dyn Write>>),
    Whole(Whole),
    /// A device or a pipe, which cannot be replaced and need not be.
    Direct(BufWriter<File>),
}

/// A file that is not there until it is whole.
pub(super) struct Whole {
    out: BufWriter<NamedTempFile>,
    /// Where it will be.
    target: PathBuf,
    name: String,
}

impl Writer {
    /// Standard output, with colours where it shows them.
    pub(super) fn stdout() -> Writer {
        let stdout = io::stdout().lock();
        let choice = choice();
        let out: Box<dyn Write> = match choice {
            ColorChoice::Never => Box::new(stdout),
            _ => Box::new(AutoStream::new(stdout, choice)),
        };
        Writer { to: To::Stdout(BufWriter::new(out)), name: String::new() }
    }

    /// The file that the user named: a link is written through, and so is a device.
    pub(super) fn file(path: &Path) -> Result<Writer, Problem> {
        let name = path.display().to_string();
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(&target);
            let file = file.map_err(|error| Problem::writing(&name, &error))?;
            return Ok(Writer { to: To::Direct(BufWriter::new(file)), name });
        }
        Ok(Writer { to: To::Whole(Whole::new(target, name.clone())?), name })
    }

    /// A file that the user did not name: a link is replaced, for it may lead out of the folder.
    pub(super) fn file_in_folder(path: &Path) -> Result<Writer, Problem> {
        Ok(Writer { to: To::Whole(Whole::in_folder(path)?), name: path.display().to_string() })
    }

    /// Whether this is standard output.
    pub(super) fn is_stdout(&self) -> bool {
        matches!(self.to, To::Stdout(_))
    }

    /// Writes some of it.
    pub(super) fn write(&mut self, text: &str) -> Result<(), Problem> {
        let text = text.as_bytes();
        match &mut self.to {
            To::Stdout(out) => out.write_all(text).map_err(|error| Problem::stdout(&error)),
            To::Whole(whole) => whole.write_all(text).map_err(|error| Problem::writing(&self.name, &error)),
            To::Direct(out) => out.write_all(text).map_err(|error| Problem::writing(&self.name, &error)),
        }
    }

    /// Writes the rest and puts a file in its place.
    pub(super) fn finish(self) -> Result<(), Problem> {
        let problem = |error: io::Error| Problem::writing(&self.name, &error);
        match self.to {
            To::Stdout(mut out) => out.flush().map_err(|error| Problem::stdout(&error)),
            To::Direct(mut out) => out.flush().map_err(problem),
            To::Whole(whole) => whole.finish(),
        }
    }
}

impl Whole {
    fn new(target: PathBuf, name: String) -> Result<Whole, Problem> {
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if fs::metadata(&target).is_ok_and(|found| found.permissions().readonly()) {
            return Err(Problem::writing(&name, &io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(BEGUN);
        // Readable as any file that is made here; the default is for secrets.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(|error| Problem::writing(&name, &error))?;
        Ok(Whole { out: BufWriter::new(file), target, name })
    }

    /// A file that the user did not name.
    pub(super) fn in_folder(path: &Path) -> Result<Whole, Problem> {
        Whole::new(path.to_owned(), path.display().to_string())
    }

    /// Writes the rest and puts the file in its place.
    pub(super) fn finish(self) -> Result<(), Problem> {
        let problem = |error: io::Error| Problem::writing(&self.name, &error);
        let file = self.out.into_inner().map_err(|error| problem(error.into_error()))?;
        // Who may read a file that is there stays as it is.
        if let Ok(found) = fs::metadata(&self.target) {
            file.as_file().set_permissions(found.permissions()).map_err(problem)?;
        }
        file.persist(self.target).map_err(|error| problem(error.error))?;
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether standard output shows colours and nobody forbade them.
pub(super) fn shows_colours() -> bool {
    choice() != ColorChoice::Never
}

fn choice() -> ColorChoice {
    AutoStream::choice(&io::stdout())
}
