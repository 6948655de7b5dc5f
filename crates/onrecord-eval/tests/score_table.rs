//! The committed tables under `eval/` are what the engine gives today.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

/// Checks the tables of one command. `table` is one that it writes: a reading that is not there yet has none.
#[track_caller]
fn check(command: &str, table: &str) {
    if std::env::var_os("ONRECORD_DATA").is_none() {
        let _ = writeln!(
            io::stderr(),
            "not run: the score tables need the corpora, and `ONRECORD_DATA` is not set"
        );
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !root.join("eval").join(table).exists() {
        let _ = writeln!(io::stderr(), "not run: there is no `eval/{table}` yet");
        return;
    }
    let mut eval = Command::new(env!("CARGO_BIN_EXE_onrecord-eval"));
    let output = eval.args([command, "--check"]).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn who_said_what() {
    // These are always there.
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/quote.csv").exists());
    check("quote", "quote.csv");
}

#[test]
fn pages() {
    check("html", "html.csv");
}

#[test]
fn when() {
    check("time", "time.csv");
}

#[test]
fn names_and_mentions() {
    check("people", "people.csv");
}

#[test]
fn who_is_who() {
    check("coref", "coref.csv");
}

#[test]
fn who_speaks() {
    check("speaker", "speaker.csv");
}

#[test]
fn who_holds_which_post() {
    check("post", "post.csv");
}

#[test]
fn what_scores_mean() {
    check("calibration", "calibration.csv");
}

#[test]
fn what_hangs_on_what() {
    check("condition", "condition.csv");
}

#[test]
fn whether_it_happened() {
    check("standing", "standing.csv");
}

#[test]
fn what_led_to_what() {
    check("cause", "cause.csv");
}
