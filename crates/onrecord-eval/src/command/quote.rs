//! The command `quote`.
//!
//! In: its arguments. Out: the report, the tables and the listing of who said what. All figures are made in
//! [`onrecord_eval::score`].

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, ValueEnum};
use onrecord::Engine;
use onrecord_eval::corpus::{self, Split};
use onrecord_eval::evaluation::Evaluation;
use onrecord_eval::maker::{Measured, Misstated, Share};
use onrecord_eval::prediction::{self, Prediction};
use onrecord_eval::score::Text;
use onrecord_eval::table::{self, Figures};

use super::{Committed, Model, errors_to, say};

#[derive(Args)]
pub(crate) struct Quote {
    /// The part of the corpus; the committed tables are about dev, but for the scores of the rules, which are measured
    /// on train.
    #[arg(long, value_enum, default_value = "dev")]
    split: SplitName,
    #[command(flatten)]
    committed: Committed,
    #[command(flatten)]
    model: Model,
    /// Score the predictions in DIR instead of running the engine: NAME.json for each article, in the JSON of
    /// Citron.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["write", "check", "file"])]
    pred: Option<PathBuf>,
    /// List every error with its text in FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Write every figure, unrounded, to FILE.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum SplitName {
    Train,
    Dev,
}

pub(crate) fn run(quote: &Quote) -> anyhow::Result<ExitCode> {
    let Committed { write, check, .. } = quote.committed;
    if (write || check) && quote.split != SplitName::Dev {
        let message = "the committed tables are about `--split dev`, found `--split train`";
        crate::Command::command().error(ErrorKind::ArgumentConflict, message).exit();
    }
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
    if !write && !check {
        return Ok(ExitCode::SUCCESS);
    }
    let rules = Engine::by_rules();
    let on_train = Evaluation::of_engine(&rules, &corpus::polnear::read(&data, Split::Train)?);
    let by_rules = Evaluation::of_engine(&rules, &corpus::polnear::read(&data, Split::Dev)?);
    let makers = Measured::new(&on_train.makers, &evaluation.makers);
    let tables = table::quote(Figures { whole: &evaluation, by_rules: &by_rules, makers: &makers });
    let settled = quote.committed.settle(&tables, "quote")?;
    Ok(if check && !are_stated(&makers) { ExitCode::from(1) } else { settled })
}

/// Scores every article of the split that was asked for.
fn evaluate(data: &Path, quote: &Quote) -> anyhow::Result<Evaluation> {
    let split = match quote.split {
        SplitName::Train => Split::Train,
        SplitName::Dev => Split::Dev,
    };
    let articles = corpus::polnear::read(data, split)?;
    let mut errors = errors_to(quote.errors.as_deref())?;
    let engine = quote.model.engine()?;
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

/// Whether rules state the scores that were measured. Tells every one that is another.
fn are_stated(makers: &Measured) -> bool {
    let mut misstated = makers.misstated().peekable();
    if misstated.peek().is_none() {
        return true;
    }
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
    false
}
