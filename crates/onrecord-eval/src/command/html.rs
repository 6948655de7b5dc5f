//! The command `html`.
//!
//! In: its arguments. Out: its table. All figures are made in [`onrecord_eval::page`].

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use onrecord_eval::{corpus, page};

use super::Committed;

#[derive(Args)]
pub(crate) struct Html {
    #[command(flatten)]
    committed: Committed,
    /// Write the figures of each page, and what was found and what should be, to FILE; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pages: Option<PathBuf>,
}

/// Reads every page with intake and with the bare extractor.
pub(crate) fn run(html: &Html) -> anyhow::Result<ExitCode> {
    let data = corpus::folder(std::env::var_os("ONRECORD_DATA"))?;
    let mut listing = super::errors_to(html.pages.as_deref())?;
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
    html.committed.settle(&[table], "html")
}
