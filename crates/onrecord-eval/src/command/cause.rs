//! The commands `condition`, `standing` and `cause`.
//!
//! In: which one, and its arguments. Out: its table. All figures are made in the library.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use onrecord_eval::corpus::{self, Split};
use onrecord_eval::{cause, condition, standing};

use super::quote::SplitName;
use super::{Committed, Model};

#[derive(Args)]
pub(crate) struct Cause {
    /// The part of the corpus; the committed tables are about dev.
    #[arg(long, value_enum, default_value = "dev", conflicts_with_all = ["write", "check"])]
    split: SplitName,
    #[command(flatten)]
    committed: Committed,
    #[command(flatten)]
    model: Model,
    /// The branches that did not see a fold of the corpus of links.
    #[arg(long, value_name = "DIR", default_value = "eval/folds")]
    folds: PathBuf,
    /// List every error with its text in FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    Condition,
    Standing,
    Cause,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Subject::Condition => "condition",
            Subject::Standing => "standing",
            Subject::Cause => "cause",
        }
    }
}

pub(crate) fn run(subject: Subject, args: &Cause) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let mut errors = super::errors_to(args.errors.as_deref())?;
    let split = match args.split {
        SplitName::Train => Split::Train,
        SplitName::Dev => Split::Dev,
    };
    let engine = || args.model.engine();
    let table = match subject {
        Subject::Condition => {
            condition::table(&[(split, condition::evaluate(&engine()?, &data, split, &mut errors)?)])
        }
        Subject::Standing => {
            standing::table(split, &standing::evaluate(&engine()?, &data, split, &mut errors)?)
        }
        Subject::Cause => cause::table(&cause::evaluate(&data, &args.folds, &mut errors)?),
    };
    errors.flush()?;
    write!(io::stdout().lock(), "{}", table.csv)?;
    args.committed.settle(&[table], subject.name())
}
