//! `kill -9` at random moments: what was acknowledged is there, no article is half there, and the next run ends in
//! what an undisturbed one makes.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::ensure;

use super::{Bench, check, output, say};
use crate::news::Dice;

pub(super) fn run(bench: &Bench, kills: u32, seed: u64) -> anyhow::Result<()> {
    if kills == 0 {
        return Ok(());
    }
    let mut dice = Dice::new(seed);
    let longest = undisturbed(bench)?;
    let (mut done, mut stopped, mut records) = (0, 0, 0);
    while done < kills {
        let record = bench.place("killed")?;
        let mut acknowledged = BTreeSet::new();
        for _ in 0..=dice.below(5).min((kills - done) as usize - 1) {
            // One in eight is killed while it reads, the others while they write all the time.
            let input = if dice.below(8) == 0 { &bench.articles } else { &bench.records };
            let moment = longest * dice.below(10_000) as u32 / 10_000;
            let (acks, was_running) = killed(bench, &record, input, moment)?;
            acknowledged.extend(acks);
            stopped += u32::from(was_running);
            done += 1;
            let acknowledged: Vec<String> = acknowledged.iter().cloned().collect();
            check(&bench.binary, &record, &acknowledged)?;
        }
        output(&mut bench.add(&record, &bench.records))?;
        ensure!(bench.digest(&record)? == bench.digest, "the resumed record is not what a clean run makes");
        records += 1;
    }
    say(&format!("{done} kills, {stopped} of them in the middle, {records} records: nothing lost"));
    Ok(())
}

/// How long a run takes that nobody kills.
fn undisturbed(bench: &Bench) -> anyhow::Result<Duration> {
    let record = bench.place("undisturbed")?;
    let start = Instant::now();
    output(&mut bench.add(&record, &bench.records))?;
    Ok(start.elapsed())
}

/// Adds `input` and kills it after `moment`; what it acknowledged, and whether it was still running.
fn killed(
    bench: &Bench,
    record: &Path,
    input: &Path,
    moment: Duration,
) -> anyhow::Result<(Vec<String>, bool)> {
    let mut child = bench.add(record, input).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    std::thread::sleep(moment);
    let was_running = child.try_wait()?.is_none();
    child.kill()?;
    let told = child.wait_with_output()?;
    let told = String::from_utf8(told.stdout)?;
    // A line that was cut off was not said.
    let whole = told.rfind('\n').map_or("", |end| &told[..end]);
    Ok((whole.lines().filter_map(|line| line.strip_prefix("ack ")).map(str::to_owned).collect(), was_running))
}
