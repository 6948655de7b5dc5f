//! Power cuts: the writes of one run, of which a random part reached the disk. `crashsim.py` makes the states from a
//! log of system calls: what was synced is there, of the rest any part, torn at sectors.
//!
//! First the same log without its syncs, which is what `synchronous=OFF` does to a disk: it must be caught.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};

use super::{Bench, output, say};

const SIMULATOR: &str = include_str!("crashsim.py");

/// What the simulator reads of a run.
const CALLS: &str = "open,openat,close,write,pwrite64,lseek,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2";

/// How many states the planted fault is looked for in.
const PLANTED: u32 = 60;

pub(super) fn run(bench: &Bench, cuts: u32, seed: u64) -> anyhow::Result<()> {
    if cuts == 0 {
        return Ok(());
    }
    let record = bench.place("cut")?;
    let log = bench.folder.join("strace.log");
    let folder = record.parent().context("a record stands in a folder")?;
    let mut trace = Command::new("strace");
    trace.args(["-f", "-xx", "-s", "99999999", "-e", &format!("trace={CALLS}"), "-o"]).arg(&log);
    trace.arg(&bench.binary).args(["add", "--acks", "--record"]).arg(&record).arg(&bench.records);
    output(&mut trace).context("strace is needed for power cuts")?;
    let planted = bench.folder.join("planted.log");
    let text = fs::read_to_string(&log)?;
    let unsynced: Vec<&str> =
        text.lines().filter(|line| !line.contains("fsync(") && !line.contains("fdatasync(")).collect();
    fs::write(&planted, unsynced.join("\n"))?;
    let caught = states(bench, &planted, folder, seed, PLANTED)?;
    ensure!(caught > 0, "a run that never syncs was not caught in {PLANTED} states");
    let lost = states(bench, &log, folder, seed, cuts)?;
    ensure!(lost == 0, "{lost} of {cuts} states after a power cut are not sound");
    say(&format!("{cuts} power cuts: nothing lost ({caught} of {PLANTED} where nothing is synced)"));
    Ok(())
}

/// How many of `count` states of `folder` are not sound.
fn states(bench: &Bench, log: &Path, folder: &Path, seed: u64, count: u32) -> anyhow::Result<u32> {
    let simulator = bench.folder.join("crashsim.py");
    fs::write(&simulator, SIMULATOR)?;
    let ids = bench.folder.join("ids.txt");
    fs::write(&ids, bench.ids.join("\n"))?;
    let mut python = Command::new("python3");
    python.arg(simulator).arg(log).arg(folder).args([seed.to_string(), count.to_string()]);
    python.arg(std::env::current_exe()?).arg("survives").arg(&bench.binary).arg(ids);
    python.env("CRASHSIM_DIR", &bench.folder);
    let told = String::from_utf8(output(&mut python)?)?;
    let last = told.lines().last().unwrap_or_default();
    let violations = last.rsplit(' ').next().and_then(|count| count.parse().ok());
    let violations: u32 = violations.with_context(|| format!("the simulator said: {told}"))?;
    if violations > 0 {
        say(&told);
    }
    Ok(violations)
}
