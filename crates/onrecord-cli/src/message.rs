//! What the command says on standard error, and the exit code that follows from it.
//!
//! In: problems and warnings, in the words of whoever met them. Out: `onrecord: THING: what is wrong`, then `hint: …`.
//! A problem with one input does not end the run; it makes it end with 2 (ripgrep's way). It never prints a
//! character that acts on the terminal: paths and articles are hostile until `terminal` has seen them.

use std::error::Error as _;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use onrecord_intake::Reason;

use crate::terminal;

/// Why something was not done.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    message: String,
    hint: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Bad usage, bad input or I/O.
    Error,
    /// What was asked for is not there.
    NotFound,
    /// Whoever reads the output has seen enough: nothing is wrong.
    Unread,
}

impl Problem {
    /// Bad usage, bad input or I/O: exit code 2.
    pub(crate) fn new(message: impl Into<String>) -> Problem {
        Problem { message: message.into(), hint: None, kind: Kind::Error }
    }

    /// What was asked for is not there: exit code 1.
    pub(crate) fn not_found(message: impl Into<String>) -> Problem {
        Problem { kind: Kind::NotFound, ..Problem::new(message) }
    }

    /// `path` could not be read.
    pub(crate) fn reading(path: impl Display, error: &io::Error) -> Problem {
        let problem = Problem::new(format!("{path}: {}", reason(error)));
        match error.kind() {
            io::ErrorKind::NotFound => problem.hint("a path is looked up from the current folder"),
            io::ErrorKind::PermissionDenied => problem.hint("`ls -ld` shows who may read it"),
            _ => problem,
        }
    }

    /// `path` could not be written.
    pub(crate) fn writing(path: impl Display, error: &io::Error) -> Problem {
        let problem = Problem::new(format!("{path}: {}", reason(error)));
        problem.hint(match error.kind() {
            io::ErrorKind::NotFound => "make its folder first, or end PATH in `/` to have a folder made",
            io::ErrorKind::StorageFull => "nothing was replaced; free some space or write to another place",
            _ => "write to another place with `--out`",
        })
    }

    /// Standard output could not be written; a closed pipe is a quiet success.
    pub(crate) fn stdout(error: &io::Error) -> Problem {
        let kind = if error.kind() == io::ErrorKind::BrokenPipe { Kind::Unread } else { Kind::Error };
        Problem { kind, ..Problem::writing("standard output", error) }
    }

    /// With what the user can do about it.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Problem {
        Problem { hint: Some(hint.into()), ..self }
    }

    fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Error => 2,
            Kind::NotFound => 1,
            Kind::Unread => 0,
        }
    }
}

impl From<onrecord_intake::Error> for Problem {
    fn from(error: onrecord_intake::Error) -> Problem {
        let problem = match error.source().and_then(|source| source.downcast_ref()) {
            Some(source) => Problem::reading(error.place(), source),
            None => Problem::new(error.to_string()),
        };
        Problem { hint: error.hint().map(str::to_owned).or(problem.hint), ..problem }
    }
}

/// The system's reason in the words of the house where the house has words.
fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::NotADirectory => "a part of the path is no folder",
        io::ErrorKind::IsADirectory => "expected a file, found a folder",
        io::ErrorKind::StorageFull => "no space left",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// Everything that goes to standard error, in order.
pub(crate) struct Messages {
    bar: ProgressBar,
    code: u8,
    /// What was left out last, for which one message stands: the input, the reason, how many more.
    left_out: Option<(String, Reason, u64)>,
}

impl Messages {
    pub(crate) fn new() -> Messages {
        Messages { bar: ProgressBar::hidden(), code: 0, left_out: None }
    }

    /// Shows how far the run is among `inputs`.
    pub(crate) fn show_progress(&mut self, inputs: u64) {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} inputs, {msg}, {elapsed}");
        self.bar = ProgressBar::new(inputs).with_style(style.expect("the template is well-formed"));
    }

    /// So many inputs are begun and so many articles written.
    pub(crate) fn progress(&self, inputs: u64, articles: u64) {
        self.bar.set_position(inputs);
        self.bar.set_message(format!("{articles} articles"));
    }

    /// Something that the user should know and that fails nothing.
    pub(crate) fn warning(&self, place: impl Display, message: impl Display) {
        self.say(&format!("{place}: warning: {message}"), None);
    }

    /// What was done, in a line.
    pub(crate) fn said(&self, place: impl Display, message: impl Display) {
        self.say(&format!("{place}: {message}"), None);
    }

    /// Something that failed while the run goes on.
    pub(crate) fn problem(&mut self, problem: &Problem) {
        self.code = self.code.max(problem.exit_code());
        if problem.kind != Kind::Unread {
            self.say(&problem.message, problem.hint.as_deref());
        }
    }

    /// A part of an input that gave no article. Where that is as it should be, the first of its like is told and the
    /// others are counted.
    pub(crate) fn refused(&mut self, error: onrecord_intake::Error) {
        let (name, reason) = (error.place().name().to_owned(), error.reason());
        if reason.is_fault() {
            self.tell_left_out();
            self.problem(&error.into());
            return;
        }
        match &mut self.left_out {
            Some((own, last, more)) if *own == name && *last == reason => *more += 1,
            _ => {
                self.tell_left_out();
                self.warning(error.place(), error.message());
                self.left_out = Some((name, reason, 0));
            }
        }
    }

    fn tell_left_out(&mut self) {
        if let Some((name, reason, more @ 1..)) = self.left_out.take() {
            self.warning(name, format_args!("and {more} more, left out for the same reason ({reason})"));
        }
    }

    /// Reports what ended the run, if something did, and gives the run's exit code.
    pub(crate) fn end(mut self, problem: Option<&Problem>) -> ExitCode {
        self.bar.finish_and_clear();
        self.tell_left_out();
        if let Some(problem) = problem {
            self.problem(problem);
        }
        ExitCode::from(self.code)
    }

    /// Where standard error is closed nobody listens, so a failure to write is no failure.
    fn say(&self, message: &str, hint: Option<&str>) {
        self.bar.suspend(|| {
            let mut stderr = io::stderr().lock();
            let _ = writeln!(stderr, "onrecord: {}", terminal::line(message));
            if let Some(hint) = hint {
                let _ = writeln!(stderr, "hint: {}", terminal::line(hint));
            }
        });
    }
}
