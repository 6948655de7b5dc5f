//! The committed tables under `eval/` are what the engine gives today.

#![cfg(test)]

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

#[test]
fn the_tables_of_quotations() {
    check("quote");
}

#[test]
fn the_table_of_pages() {
    check("html");
}

/// What `onrecord-eval READING --check` finds.
fn check(reading: &str) {
    if std::env::var_os("ONRECORD_DATA").is_none() {
        let _ = writeln!(
            io::stderr(),
            "not run: the score tables need the corpora, and `ONRECORD_DATA` is not set"
        );
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord-eval"));
    let output = command.args([reading, "--check"]).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
