//! The command `learn`.
//!
//! In: which table. Out: its file, and how often it is right. All figures are made in [`onrecord_eval::learn`].

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use onrecord_eval::corpus;
use onrecord_eval::learn;

#[derive(Args)]
pub(crate) struct Learn {
    /// Which table.
    table: TableName,
    /// The folder of the words of English.
    #[arg(long, value_name = "DIR", default_value = "crates/onrecord/src/lang/en")]
    folder: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum TableName {
    /// Parts of speech, from GUM.
    Parts,
}

pub(crate) fn run(args: &Learn) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    match args.table {
        TableName::Parts => {
            let (table, right) = learn::part::learn(&data)?;
            writeln!(io::stdout(), "{right:.1} % of the words of dev are right")?;
            write(args, "part.bin", &table)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(args: &Learn, name: &str, table: &[u8]) -> anyhow::Result<()> {
    let path = args.folder.join(name);
    fs::write(&path, table).with_context(|| format!("cannot write `{}`", path.display()))?;
    writeln!(io::stdout(), "{name}: {} bytes", table.len())?;
    Ok(())
}
