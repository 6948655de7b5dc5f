//! The commands `people`, `coref`, `speaker`, `post` and `calibration`.
//!
//! In: which one, and its arguments. Out: its table. All figures are made in [`onrecord_eval::people`].

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use onrecord_eval::error::mistake::Shown;
use onrecord_eval::people::{self, Folders};
use onrecord_eval::table::{self, Table};
use onrecord_eval::{Error, corpus};

use super::{Committed, Model};

#[derive(Args)]
pub(crate) struct People {
    #[command(flatten)]
    committed: Committed,
    #[command(flatten)]
    model: Model,
    /// The file of marked speakers, posts and grounds.
    #[arg(long, value_name = "FILE", default_value = "eval/people-gold.jsonl")]
    gold: PathBuf,
    /// List every mistake with its text in FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    People,
    Coref,
    Speaker,
    Post,
    Calibration,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Subject::People => "people",
            Subject::Coref => "coref",
            Subject::Speaker => "speaker",
            Subject::Post => "post",
            Subject::Calibration => "calibration",
        }
    }
}

pub(crate) fn run(subject: Subject, people: &People) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let mut errors = super::errors_to(people.errors.as_deref())?;
    let mut listed = String::new();
    let folders = Folders { data: &data, gold: &people.gold };
    let wanted = people.errors.is_some();
    let table = measure(subject, people, folders, &mut |mistake| {
        if wanted {
            write!(listed, "{mistake}").expect("writing to a string cannot fail");
        }
    })?;
    write!(errors, "{listed}")?;
    errors.flush()?;
    write!(io::stdout().lock(), "{}", table.aligned())?;
    people.committed.settle(&[table], subject.name())
}

fn measure(
    subject: Subject,
    people: &People,
    folders: Folders<'_>,
    list: &mut dyn FnMut(Shown<'_>),
) -> anyhow::Result<Table> {
    let engine = people.model.engine()?;
    let table: Result<Table, Error> = match subject {
        Subject::People => people::found(&engine, folders, list).map(|found| table::people::people(&found)),
        Subject::Coref => people::linked(&engine, folders, list).map(|linked| table::people::coref(&linked)),
        Subject::Speaker => {
            people::spoken(&engine, folders, list).map(|spoken| table::people::speaker(&spoken))
        }
        Subject::Post => people::held(&engine, folders, list).map(|posts| table::people::post(&posts)),
        Subject::Calibration => {
            people::calibrated(&engine, folders, list).map(|scores| table::people::calibration(&scores))
        }
    };
    Ok(table?)
}
