//! `cargo xtask torture`: a record that is stopped at any moment loses nothing that it acknowledged.
//!
//! In: how many kills and how many power cuts. Out: a line for each kind, and a problem for each loss.
//! Never: a verdict without a planted fault that was caught; a file outside of a folder of its own.
//! Next: `kill.rs` stops the program, `cut.rs` the machine.

mod kill;
mod cut;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::news;

/// How much to do.
#[derive(Args)]
pub(crate) struct Torture {
    /// How often the program is killed at a random moment
    #[arg(long, default_value_t = 500)]
    kills: u32,
    /// How many states of the disk after a power cut are looked at
    #[arg(long, default_value_t = 1_000)]
    cuts: u32,
    /// How many articles go into a record
    #[arg(long, default_value_t = 600)]
    articles: usize,
    /// What the moments are drawn by
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The command; it is not built here
    #[arg(long, value_name = "FILE", default_value = "target/release/onrecord")]
    binary: PathBuf,
}

/// One state of a disk, for `crashsim.py`.
#[derive(Args)]
pub(crate) struct Survives {
    /// The command
    binary: PathBuf,
    /// The ids in the order of their acknowledgement, one a line
    ids: PathBuf,
    /// The folder with what is left of the record
    folder: PathBuf,
    /// How many were acknowledged
    acknowledged: usize,
}

/// Runs it all; a problem ends it.
pub(crate) fn run(torture: &Torture) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("onrecord-torture-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let outcome = prepare(torture, &folder).and_then(|bench| {
        kill::run(&bench, torture.kills, torture.seed)?;
        cut::run(&bench, torture.cuts, torture.seed)
    });
    fs::remove_dir_all(&folder)?;
    outcome
}

/// What both kinds need.
struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    /// Articles, and the same as records that were read before: their adding is all writing.
    articles: PathBuf,
    records: PathBuf,
    ids: Vec<String>,
    /// The digest of a record that nobody disturbed.
    digest: String,
}

fn prepare(torture: &Torture, folder: &Path) -> anyhow::Result<Bench> {
    let binary = torture.binary.canonicalize().with_context(|| {
        format!("{}: build it first: cargo build --release -p onrecord-cli", torture.binary.display())
    })?;
    let articles = folder.join("articles.jsonl");
    let lines: Vec<String> =
        (0..torture.articles).map(|number| news::article(torture.seed, number)).collect();
    fs::write(&articles, lines.join("\n"))?;
    let records = folder.join("records.jsonl");
    fs::write(&records, output(Command::new(&binary).args(["read", "--format", "jsonl"]).arg(&articles))?)?;
    let mut bench = Bench {
        binary,
        folder: folder.to_owned(),
        articles,
        records,
        ids: (0..torture.articles).map(|number| format!("news-{number}")).collect(),
        digest: String::new(),
    };
    let clean = bench.place("clean")?;
    output(&mut bench.add(&clean, &bench.records))?;
    bench.digest = bench.digest(&clean)?;
    Ok(bench)
}

impl Bench {
    /// An empty folder for a record.
    fn place(&self, name: &str) -> anyhow::Result<PathBuf> {
        let place = self.folder.join(name);
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        fs::create_dir_all(&place)?;
        Ok(place.join("record.db"))
    }

    fn add(&self, record: &Path, input: &Path) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(["add", "--acks", "--record"]).arg(record).arg(input);
        command
    }

    fn digest(&self, record: &Path) -> anyhow::Result<String> {
        let digest = output(Command::new(&self.binary).args(["digest", "--record"]).arg(record))?;
        Ok(String::from_utf8(digest)?.trim().to_owned())
    }
}

/// Fails unless the record is sound and holds what was acknowledged.
fn check(binary: &Path, record: &Path, acknowledged: &[String]) -> anyhow::Result<()> {
    if acknowledged.is_empty() && fs::metadata(record).map_or(0, |file| file.len()) == 0 {
        return Ok(());
    }
    let sql = "SELECT id FROM articles JOIN texts USING (article)";
    let ask = output(Command::new(binary).args(["sql", "--rows", "10000000", sql, "--record"]).arg(record));
    let kept = match ask {
        Ok(kept) => String::from_utf8(kept)?,
        // Nothing was promised yet, and the next `add` makes a record of it.
        Err(_) if acknowledged.is_empty() => return Ok(()),
        Err(error) => return Err(error),
    };
    let kept: BTreeSet<&str> = kept.lines().skip(1).collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|id| !kept.contains(id.as_str())).collect();
    ensure!(lost.is_empty(), "{} of {} acknowledged articles are lost", lost.len(), acknowledged.len());
    output(Command::new(binary).args(["verify", "--deep", "--record"]).arg(record)).map(drop)
}

/// `cargo xtask survives`: whether one state of a disk is sound.
pub(crate) fn survives(state: &Survives) -> anyhow::Result<()> {
    let ids = fs::read_to_string(&state.ids)?;
    let ids: Vec<String> = ids.lines().take(state.acknowledged).map(str::to_owned).collect();
    check(&state.binary, &state.folder.join("record.db"), &ids)
}

/// The output of a command that must succeed.
fn output(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let output = command.output()?;
    let told =
        || format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "{command:?}: {}", told());
    Ok(output.stdout)
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}
