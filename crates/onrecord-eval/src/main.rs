//! The `onrecord-eval` command: scores what onrecord reads against what people marked.
//!
//! In: the corpora that `ONRECORD_DATA` names. Out: a table on standard output, and on request the committed CSV
//! files, a comparison with them, or a listing of errors. All figures are made in the library; start at
//! [`onrecord_eval::score`].

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use onrecord::Engine;
use onrecord_eval::corpus::{self, Split};
use onrecord_eval::evaluation::Evaluation;
use onrecord_eval::maker::{Measured, Misstated, Share};
use onrecord_eval::page;
use onrecord_eval::prediction::{self, Prediction};
use onrecord_eval::score::Text;
use onrecord_eval::table::{self, Difference, Figures, Table};

/// Score what onrecord reads against what people marked.
///
/// The corpora are found in the folder that the environment variable ONRECORD_DATA names.
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
    /// The text, headline and day of pages of HTML.
    Html(Html),
}

#[derive(Args)]
struct Html {
    /// Write the committed table.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Compare with the committed table; exit 1 where it differs.
    #[arg(long)]
    check: bool,
    /// The folder of the committed tables.
    #[arg(long, value_name = "DIR", default_value = "eval")]
    tables: PathBuf,
    /// Write the figures of each page, and what was found and what should be, to FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pages: Option<PathBuf>,
}

#[derive(Args)]
struct Quote {
    /// The part of the corpus; the committed tables are about dev, but for the scores of the rules, which are measured
    /// on train.
    #[arg(long, value_enum, default_value = "dev")]
    split: SplitName,
    /// Write the committed tables.
    #[arg(long, conflicts_with_all = ["check", "pred"])]
    write: bool,
    /// Compare with the committed tables, and the scores that rows bear with what is measured; exit 1 where
    /// one differs.
    #[arg(long, conflicts_with = "pred")]
    check: bool,
    /// The folder of the committed tables.
    #[arg(long, value_name = "DIR", default_value = "eval")]
    tables: PathBuf,
    /// Score the predictions in DIR instead of running the engine: NAME.json for each article, in the JSON of
    /// Citron.
    #[arg(long, value_name = "DIR")]
    pred: Option<PathBuf>,
    /// List every error with its text in FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Write every figure, unrounded, to FILE.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum SplitName {
    Train,
    Dev,
}

fn main() -> ExitCode {
    let quote = match Command::parse().reading {
        Reading::Quote(quote) => quote,
        Reading::Html(html) => return exit(run_html(&html)),
    };
    if (quote.write || quote.check) && quote.split != SplitName::Dev {
        let message = "the committed tables are about `--split dev`, found `--split train`";
        Command::command().error(ErrorKind::ArgumentConflict, message).exit();
    }
    exit(run(&quote))
}

fn exit(done: anyhow::Result<ExitCode>) -> ExitCode {
    match done {
        Ok(code) => code,
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("error: {error:#}"));
            if let Some(error) = error.downcast_ref::<onrecord_eval::Error>() {
                say(format_args!("hint: {}", error.hint()));
            }
            ExitCode::from(2)
        }
    }
}

fn run(quote: &Quote) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let evaluation = evaluate(&data, quote)?;
    let report = evaluation.report();
    let mut out = io::stdout().lock();
    write!(out, "{}", report.table(&evaluation.scope))?;
    write!(out, "\n{}", evaluation.errors)?;
    if let Some(path) = &quote.json {
        let json = serde_json::to_string_pretty(&report.json(&evaluation.scope))?;
        std::fs::write(path, json).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    if !quote.write && !quote.check {
        return Ok(ExitCode::SUCCESS);
    }
    let rules = Engine::by_rules();
    let on_train = Evaluation::of_engine(&rules, &corpus::polnear::read(&data, Split::Train)?);
    let by_rules = Evaluation::of_engine(&rules, &corpus::polnear::read(&data, Split::Dev)?);
    let makers = Measured::new(&on_train.makers, &evaluation.makers);
    let tables = table::quote(Figures { whole: &evaluation, by_rules: &by_rules, makers: &makers });
    if quote.check {
        return check(&tables, &makers, &quote.tables);
    }
    for table in &tables {
        table.write(&quote.tables)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads every page with intake and with the bare extractor.
fn run_html(html: &Html) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let mut listing = errors_to(html.pages.as_deref())?;
    let mut figures = Vec::new();
    for (set, pages) in
        [("fundus", page::corpus::fundus(&data)?), ("readability", page::corpus::readability(&data)?)]
    {
        let mut written = Ok(());
        figures.extend(page::figures(set, &pages, |gold, reader, read, shares| {
            if html.pages.is_some() && written.is_ok() {
                let line = serde_json::json!({
                    "set": set, "page": gold.name, "reader": reader.name(), "f1": shares.f1(),
                    "precision": shares.precision, "recall": shares.recall, "found": read.text, "gold": gold.text,
                    "title": read.title, "gold_title": gold.title, "date": read.published, "gold_date": gold.published,
                });
                written = writeln!(listing, "{line}");
            }
        }));
        written?;
    }
    listing.flush()?;
    let table = page::table(&figures);
    write!(io::stdout().lock(), "{}", table.csv)?;
    if html.write {
        table.write(&html.tables)?;
    }
    if html.check && !is_current(&table, &html.tables)? {
        say(format_args!("hint: run `onrecord-eval html --write` and look at the diff"));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Scores every article of the split that was asked for.
fn evaluate(data: &Path, quote: &Quote) -> anyhow::Result<Evaluation> {
    let split = match quote.split {
        SplitName::Train => Split::Train,
        SplitName::Dev => Split::Dev,
    };
    let articles = corpus::polnear::read(data, split)?;
    let mut errors = errors_to(quote.errors.as_deref())?;
    let engine = Engine::new();
    let mut evaluation = Evaluation::default();
    for article in &articles {
        let text = Text::new(&article.text);
        let prediction: Option<Prediction> = match &quote.pred {
            Some(folder) => prediction::citron::read(folder, &article.name, &text.chars)?,
            None => Some(prediction::engine::read(&engine, &article.text)),
        };
        evaluation.add(article, &text, prediction, |listing| write!(errors, "{listing}"))?;
    }
    errors.flush()?;
    Ok(evaluation)
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

/// Compares the tables with the committed ones, and the scores with what was measured. Tells the first difference of
/// each table, and every score that is another.
fn check(tables: &[Table], makers: &Measured, folder: &Path) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for table in tables {
        if !is_current(table, folder)? {
            code = ExitCode::from(1);
        }
    }
    if code != ExitCode::SUCCESS {
        say(format_args!("hint: run `onrecord-eval quote --write` and look at the diff"));
    }
    let mut misstated = makers.misstated().peekable();
    if misstated.peek().is_some() {
        code = ExitCode::from(1);
        for (split, rule, Misstated { measured, share: Share { rows, right, score } }) in misstated {
            let split = split.name();
            say(format_args!(
                "error: `{rule}`: expected a score of {measured:.2}, for {right} of its {rows} rows on {split} \
                 are right, found {score}"
            ));
        }
        say(format_args!(
            "hint: set it in `crates/onrecord/src/read/quote/rule.rs`, then run `onrecord-eval quote --write`"
        ));
    }
    Ok(code)
}

/// Whether a table is the committed one; says the first difference.
fn is_current(table: &Table, folder: &Path) -> anyhow::Result<bool> {
    let Some(Difference { path, line, committed, computed }) = table.compare(folder)? else {
        return Ok(true);
    };
    let or_none = |line: Option<String>| line.unwrap_or_else(|| "no such line".into());
    say(format_args!("error: `{}`, line {line}: not what was computed", path.display()));
    say(format_args!("  committed: {}", or_none(committed)));
    say(format_args!("  computed:  {}", or_none(computed)));
    Ok(false)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Says something on standard error. Where that is closed, nobody listens.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}
