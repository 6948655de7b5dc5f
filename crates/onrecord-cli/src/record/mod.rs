//! What the command does with a record: add to it, ask it, take out of it.
//!
//! In: the record that `--record`, the environment or the current folder names. Out: rows in it, or what it holds.
//! It decides nothing about reading; it never writes to a record that it only asks. Read on in [`add`].

mod offer;
mod readers;
pub(crate) mod add;
pub(crate) mod ask;
pub(crate) mod reread;

use std::env;
use std::path::PathBuf;

use onrecord_store::Record;

use crate::args;
use crate::message::Problem;

/// The environment's name for the record.
const VARIABLE: &str = "ONRECORD_RECORD";

/// The record's name where nobody named one.
const DEFAULT: &str = "record.db";

/// Which file is the record?
fn path(args: &args::RecordFile) -> PathBuf {
    let named = args
        .record
        .clone()
        .or_else(|| env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from));
    named.unwrap_or_else(|| PathBuf::from(DEFAULT))
}

fn open(args: &args::RecordFile) -> Result<Record, Problem> {
    Ok(Record::open(&path(args))?)
}

impl From<onrecord_store::Error> for Problem {
    fn from(error: onrecord_store::Error) -> Problem {
        let message = error.to_string();
        let problem = if error.is_unknown() { Problem::not_found(message) } else { Problem::new(message) };
        match error.hint() {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }
}
