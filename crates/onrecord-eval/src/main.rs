//! The `onrecord-eval` command: scores what onrecord reads against what people marked.
//!
//! In: the corpora that `ONRECORD_DATA` names. Out: a table on standard output, and on request the committed CSV
//! files, a comparison with them, or a listing of errors. All figures are made in the library; start at
//! [`onrecord_eval::score`].

mod command;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use command::cause::{self, Cause};
use command::html::Html;
use command::learn::Learn;
use command::people::{People, Subject};
use command::quote::Quote;
use command::say;
use command::time::Time;

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
    /// Names on CrossNER, mentions of people on GUM.
    People(People),
    /// Who is who, on GUM and GAP.
    Coref(People),
    /// Who speaks, and why sources are not named, on the marked articles of PolNeAR.
    Speaker(People),
    /// Who holds which post, on the marked articles of PolNeAR.
    Post(People),
    /// Whether the scores of attributions and speakers mean what they say.
    Calibration(People),
    /// When, on WikiWars, MEANTIME and the cases of Recognizers-Text.
    Time(Time),
    /// The text, headline and day of pages of HTML.
    Html(Html),
    /// What was only an "if", on SemEval-2020 task 5.
    Condition(Cause),
    /// Whether it happened, on MEANTIME.
    Standing(Cause),
    /// What led to what, on the Causal News Corpus.
    Cause(Cause),
    /// Make a table of weights anew.
    Learn(Learn),
}

fn main() -> ExitCode {
    let run = match Command::parse().reading {
        Reading::Quote(quote) => command::quote::run(&quote),
        Reading::People(people) => command::people::run(Subject::People, &people),
        Reading::Coref(people) => command::people::run(Subject::Coref, &people),
        Reading::Speaker(people) => command::people::run(Subject::Speaker, &people),
        Reading::Post(people) => command::people::run(Subject::Post, &people),
        Reading::Calibration(people) => command::people::run(Subject::Calibration, &people),
        Reading::Time(time) => command::time::run(&time),
        Reading::Html(html) => command::html::run(&html),
        Reading::Condition(args) => cause::run(cause::Subject::Condition, &args),
        Reading::Cause(args) => cause::run(cause::Subject::Cause, &args),
        Reading::Standing(args) => cause::run(cause::Subject::Standing, &args),
        Reading::Learn(learn) => command::learn::run(&learn),
    };
    match run {
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

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
