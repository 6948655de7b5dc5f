//! The command `time`.
//!
//! In: its arguments. Out: its table. All figures are made in [`onrecord_eval::time`].

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use onrecord_eval::corpus::{self, Split};
use onrecord_eval::time;

use super::Committed;
use super::quote::SplitName;

#[derive(Args)]
pub(crate) struct Time {
    /// The part of the corpora; the committed tables are about dev.
    #[arg(long, value_enum, default_value = "dev", conflicts_with_all = ["write", "check"])]
    split: SplitName,
    #[command(flatten)]
    committed: Committed,
    /// List every error with its text in FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

pub(crate) fn run(args: &Time) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let mut errors = super::errors_to(args.errors.as_deref())?;
    let split = match args.split {
        SplitName::Train => Split::Train,
        SplitName::Dev => Split::Dev,
    };
    let table = time::table(&time::evaluate(&data, split, &mut errors)?);
    errors.flush()?;
    write!(io::stdout().lock(), "{}", table.csv)?;
    if !args.committed.is_asked() {
        return Ok(ExitCode::SUCCESS);
    }
    args.committed.settle(&[table, time::makers(&data)?], "time")
}
