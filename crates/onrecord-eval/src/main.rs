//! The `onrecord-eval` command: scores a reading on an annotated corpus.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::{Args, Parser, Subcommand, ValueEnum};
use onrecord_eval::corpus::{self, Split};
use onrecord_eval::evaluation::Evaluation;
use onrecord_eval::prediction;
use onrecord_eval::score::Text;

/// Score what onrecord reads against what people marked.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(subcommand)]
    reading: Reading,
}

#[derive(Subcommand)]
enum Reading {
    /// Who said what, on PolNeAR.
    Quote(Quote),
}

#[derive(Args)]
struct Quote {
    /// The part of the corpus; the committed tables are about dev.
    #[arg(long, value_enum, default_value = "dev")]
    split: SplitName,
    /// Score the predictions in this folder: NAME.json for each article, in the JSON of Citron.
    #[arg(long, value_name = "DIR")]
    pred: PathBuf,
    /// List every error with its text, in this file; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Write every figure, unrounded, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SplitName {
    Train,
    Dev,
}

fn main() -> ExitCode {
    let Reading::Quote(quote) = Command::parse().reading;
    match run(&quote) {
        Ok(code) => code,
        Err(error) => {
            let mut err = io::stderr();
            let _ = writeln!(err, "error: {error:#}");
            if let Some(error) = error.downcast_ref::<onrecord_eval::Error>() {
                let _ = writeln!(err, "hint: {}", error.hint());
            }
            ExitCode::from(2)
        }
    }
}

fn run(quote: &Quote) -> anyhow::Result<ExitCode> {
    let data = std::env::var_os("ONRECORD_DATA").ok_or_else(|| anyhow!("`ONRECORD_DATA` is not set"))?;
    let split = match quote.split {
        SplitName::Train => Split::Train,
        SplitName::Dev => Split::Dev,
    };
    let mut out = io::stdout().lock();
    let mut errors = errors_to(quote.errors.as_deref())?;
    let mut evaluation = Evaluation::default();
    for article in corpus::polnear::read(Path::new(&data), split)? {
        let text = Text::new(&article.text);
        let prediction = prediction::from_citron(&quote.pred, &article.name, &text.chars)?;
        evaluation.add(&article, &text, prediction, |listing| write!(errors, "{listing}"))?;
    }
    let report = evaluation.report();
    write!(out, "{}", report.table(&evaluation.scope))?;
    if let Some(path) = &quote.json {
        let json = serde_json::to_string_pretty(&report.json(&evaluation.scope))?;
        std::fs::write(path, json).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    for side in onrecord_eval::error::Side::ALL {
        for class in side.classes() {
            let n: Vec<usize> = onrecord_eval::score::Kind::ALL
                .iter()
                .map(|&kind| evaluation.errors.of(side, class, kind))
                .collect();
            writeln!(
                out,
                "{:8} {:22} direct {:4} mixed {:4} indirect {:4}",
                side.name(),
                class.name(),
                n[0],
                n[1],
                n[2]
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn errors_to(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match path {
        None => Box::new(io::sink()),
        Some(path) if path == Path::new("-") => Box::new(io::stdout()),
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
            Box::new(BufWriter::new(file))
        }
    })
}
