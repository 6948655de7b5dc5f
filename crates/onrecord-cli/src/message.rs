//! What the command says on standard error, and the exit code that follows from it.
//!
//! In: problems and warnings, in the words of whoever met them. Out: `onrecord: THING: what is wrong`, then `hint: …`.
//! A problem with one input does not end the run; it makes it end with 2 (ripgrep's way). It never prints a
//! character that acts on the terminal: paths and articles are hostile until `terminal` has seen them.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

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

    /// `thing` could not be read or written.
    pub(crate) fn io(thing: impl Display, error: &io::Error) -> Problem {
        Problem::new(format!("{thing}: {}", reason(error)))
    }

    /// Standard output could not be written; a closed pipe is a quiet success.
    pub(crate) fn stdout(error: &io::Error) -> Problem {
        let problem = Problem::io("standard output", error);
        if error.kind() == io::ErrorKind::BrokenPipe {
            Problem { kind: Kind::Unread, ..problem }
        } else {
            problem
        }
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
        Problem { hint: error.hint().map(str::to_owned), ..Problem::new(error.to_string()) }
    }
}

/// The system's reason in the words of the house where the house has words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Everything that goes to standard error, in order.
pub(crate) struct Messages {
    bar: ProgressBar,
    code: u8,
}

impl Messages {
    pub(crate) fn new() -> Messages {
        Messages { bar: ProgressBar::hidden(), code: 0 }
    }

    /// Shows how far the run is among `inputs`.
    pub(crate) fn show_progress(&mut self, inputs: u64) {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} inputs, {elapsed}");
        self.bar = ProgressBar::new(inputs).with_style(style.expect("the template is well-formed"));
    }

    /// `inputs` of them are done.
    pub(crate) fn progress(&self, inputs: u64) {
        self.bar.set_position(inputs);
    }

    /// Something that the user should know and that fails nothing.
    pub(crate) fn warning(&self, place: impl Display, message: impl Display) {
        self.say(&format!("{place}: warning: {message}"), None);
    }

    /// Something that failed while the run goes on.
    pub(crate) fn problem(&mut self, problem: &Problem) {
        self.code = self.code.max(problem.exit_code());
        if problem.kind != Kind::Unread {
            self.say(&problem.message, problem.hint.as_deref());
        }
    }

    /// Reports what ended the run, if something did, and gives the run's exit code.
    pub(crate) fn end(mut self, problem: Option<&Problem>) -> ExitCode {
        self.bar.finish_and_clear();
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
