//! The `onrecord` command: reads news articles on this machine and shows who said what.
//!
//! In: the command line, files and standard input. Out: data on standard output or where `--out` says, everything
//! else on standard error, and an exit code: 0 done, 1 checked and nothing found, 2 bad usage, input or I/O.
//! It never lets a character of an article act on the terminal, and never ends in a panic on bad input.
//! Read on in `read`: the way from paths to pages.
#![forbid(unsafe_code)]

mod args;
mod engine;
mod people;
mod read;
mod articles;
mod input;
mod format;
mod output;
mod explain;
mod record;
mod reference;
mod message;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use message::Messages;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(answer) => return args::answer(&answer),
    };
    let mut messages = Messages::new();
    let done = match &args.command {
        Command::Read(args) => read::run(args, &mut messages),
        Command::Articles(args) => articles::run(args, &mut messages),
        Command::Explain(args) => explain::run(args, &mut messages),
        Command::Add(args) => record::add::run(args, &mut messages),
        Command::Verify(args) => record::ask::verify(args, &mut messages),
        Command::Digest(args) => record::ask::digest(args),
        Command::Erase(args) => record::ask::erase(args, &mut messages),
        Command::History(args) => record::ask::history(args),
        Command::Reread(args) => record::reread::run(args, &mut messages),
        Command::Sql(args) => record::ask::sql(args, &mut messages),
        Command::Export(args) => record::ask::export(args),
        Command::Limits => reference::limits(),
        Command::Completions { shell } => reference::completions(*shell),
        Command::Man { command } => reference::man(command.as_deref()),
    };
    messages.end(done.err().as_ref())
}
