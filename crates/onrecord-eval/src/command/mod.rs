//! What the commands do. One file for those about who said what, one for those about people, one for times, one for pages.
//!
//! In: arguments. Out: a table on standard output, files on request, an exit code. They compute nothing themselves.

pub(crate) mod quote;
pub(crate) mod people;
pub(crate) mod time;
pub(crate) mod html;
pub(crate) mod cause;
pub(crate) mod learn;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use onrecord::encode::Encoder;
use onrecord::{Engine, kernel};
use onrecord_eval::Error;
use onrecord_eval::table::{Difference, Table};

/// What is done with the committed tables.
#[derive(Args)]
pub(crate) struct Committed {
    /// Write the committed tables.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Compare with the committed tables, and the scores that rows bear with what is measured; exit 1 where
    /// one differs.
    #[arg(long)]
    check: bool,
    /// The folder of the committed tables.
    #[arg(long, value_name = "DIR", default_value = "eval")]
    tables: PathBuf,
}

/// With which model texts are read.
#[derive(Args)]
pub(crate) struct Model {
    /// Read with the model in FILE instead of the one that is part of the library; not for the committed tables.
    #[arg(long = "model", value_name = "FILE", conflicts_with_all = ["write", "check"])]
    file: Option<PathBuf>,
}

impl Committed {
    /// Whether anything is done with them.
    fn is_asked(&self) -> bool {
        self.write || self.check
    }

    /// Writes or compares tables, if that was asked for. Tells the first difference of each.
    fn settle(&self, tables: &[Table], command: &str) -> anyhow::Result<ExitCode> {
        if self.write {
            for table in tables {
                table.write(&self.tables)?;
            }
        }
        let mut code = ExitCode::SUCCESS;
        for table in tables.iter().filter(|_| self.check) {
            if let Some(Difference { path, line, committed, computed }) = table.compare(&self.tables)? {
                let or_none = |line: Option<String>| line.unwrap_or_else(|| "no such line".into());
                say(format_args!("error: `{}`, line {line}: not what was computed", path.display()));
                say(format_args!("  committed: {}", or_none(committed)));
                say(format_args!("  computed:  {}", or_none(computed)));
                code = ExitCode::from(1);
            }
        }
        if code != ExitCode::SUCCESS {
            say(format_args!("hint: run `onrecord-eval {command} --write` and look at the diff"));
        }
        Ok(code)
    }
}

impl Model {
    fn engine(&self) -> anyhow::Result<Engine> {
        let Some(path) = &self.file else { return Ok(Engine::new()) };
        let file = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let model = kernel::Model::read(&file, kernel::Cpu::detect());
        let model = model.map_err(|error| Error::not_model(path, &error))?;
        let encoder = Encoder::new(model).map_err(|error| Error::not_model(path, &error))?;
        Ok(Engine::with_model(encoder.with_shipped_branch()))
    }
}

fn errors_to(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match path {
        None => Box::new(io::sink()),
        Some(path) if path == Path::new("-") => Box::new(io::stdout()),
        Some(path) => {
            let file =
                fs::File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
            Box::new(io::BufWriter::new(file))
        }
    })
}

/// Says something on standard error. Where that is closed, nobody listens.
pub(crate) fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}
