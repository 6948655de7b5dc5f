//! Hostile inputs in every format: no panic, no signal, no hang, and every span slices its text.

use std::fs;
use std::process::Command;

use crate::command::{BINARY, Folder, Run, beside, has_python, run};
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

/// All classes of inputs.
pub(crate) const ALL: &[&str] = &["html", "xml", "warc", "archive", "bomb", "jsonl", "dates", "text", "utf8"];

/// Where reading is asked for, texts are cut: with the model a megabyte takes many seconds, and the classes hold many.
pub(crate) const CUT: &[&str] = &["--cut", if cfg!(debug_assertions) { "20000" } else { "150000" }];

/// Makes the inputs of some classes in a folder; false where there is no Python to do it.
pub(crate) fn generate(folder: &Folder, place: &str, classes: &[&str], options: &[&str]) -> bool {
    if !has_python() {
        return false;
    }
    let mut command = Command::new("python3");
    command.arg(beside("tests/gen_hostile.py")).arg(folder.path(place)).args(["--only", &classes.join(",")]);
    command.args(options);
    let run = run(command, b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    true
}

/// Runs what is named behind a file, and writes the most memory that it held into the file, as Linux counts it: in KiB.
/// A run that takes as long as this hangs.
const MEASURE: &str = "\
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:], timeout=120)
with open(sys.argv[1], 'w') as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code if code >= 0 else 128 - code)
";

/// Runs the command in a folder, where it must neither fail nor panic nor hold more than `most` KiB; `what` is told of.
pub(crate) fn measured(folder: &Folder, place: &str, arguments: &[&str], most: u64, what: &str) -> Run {
    let mut command = Command::new("python3");
    command.args(["-c", MEASURE]).arg(folder.path("memory")).arg(BINARY).args(arguments);
    command.current_dir(folder.path(place));
    let run = run(command, b"");
    assert!(matches!(run.code, 0 | 2), "{what}: {} {}", run.code, run.stderr);
    assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
    let memory: u64 = folder.read("memory").parse().unwrap();
    assert!(memory <= most || !cfg!(target_os = "linux"), "{what} took {memory} KiB");
    run
}

#[test]
fn every_class_in_every_format() {
    let folder = Folder::new();
    if !generate(&folder, "", CLASSES, CUT) {
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
