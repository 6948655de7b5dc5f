//! Hostile inputs in every format: no panic, no signal, no hang, and every span slices its text.

use std::fs;
use std::process::Command;

use crate::command::{Folder, beside, has_python, run};
use crate::record;

const CLASSES: &[&str] = &["text", "utf8", "jsonl"];

/// Each format, and where it goes.
const FORMATS: &[(&str, &str)] = &[
    ("text", "made/text"),
    ("json", "made/json/"),
    ("jsonl", "made/jsonl"),
    ("html", "made/html/"),
    ("citron", "made/citron/"),
    ("brat", "made/brat/"),
];

fn generate(folder: &Folder) -> bool {
    if !has_python() {
        return false;
    }
    let mut command = Command::new("python3");
    command.arg(beside("tests/gen_hostile.py")).arg(folder.path("")).args(["--only", &CLASSES.join(",")]);
    // With the model a megabyte takes many seconds, and the classes hold many.
    command.args(["--cut", if cfg!(debug_assertions) { "20000" } else { "150000" }]);
    let run = run(command, b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    true
}

#[test]
fn every_class_in_every_format() {
    let folder = Folder::new();
    if !generate(&folder) {
        return;
    }
    fs::create_dir(folder.path("made")).unwrap();
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");
    for (format, out) in FORMATS {
        // One format shows what the shipped model reads, the others that it can be shown: a tiny model does for those.
        let model: &[&str] = if *format == "jsonl" { &[] } else { &["--model", tiny] };
        let run = folder.run(&[&["read", "--format", format, "--out", out][..], model, CLASSES].concat());
        assert_eq!(run.code, 2, "broken lines are reported: {}", run.stderr);
        assert!(
            run.stderr.lines().all(|line| line.starts_with("onrecord: ") || line.starts_with("hint: ")),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("panicked"));
    }
    let inputs = folder.names("text").len() + folder.names("utf8").len();
    let records = record::of_jsonl(&folder.read("made/jsonl"));
    assert!(records.len() > inputs, "{} records of {inputs} texts and some lines", records.len());
    for name in folder.names("made/json") {
        record::of_json(&folder.read(&format!("made/json/{name}")));
    }
}
