//! The record at the command line: from a folder of articles to an answer, and back.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::command::{Folder, Run};
use crate::hostile::{ALL, CUT, generate, measured};

/// Adds and gives what it said; the exit code must be 0.
fn add(folder: &Folder, arguments: &[&str]) -> Run {
    let run = folder.run(&[&["add"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

#[test]
fn from_a_folder_to_an_answer() {
    let folder = Folder::new();
    folder.write("news/bridge.txt", crate::command::BRIDGE);
    folder.write("news/week.jsonl", crate::command::WEEK);
    let told = add(&folder, &["news"]);
    assert!(
        told.stderr.starts_with("onrecord: record.db: ") && told.stderr.contains(" added"),
        "{}",
        told.stderr
    );
    let answer =
        folder.stdout(&["sql", "SELECT source, content FROM quotes WHERE cue = 'said' ORDER BY row LIMIT 1"]);
    assert!(answer.starts_with("source,content\r\n") && answer.lines().count() == 2, "{answer}");
    let rows = folder.stdout(&["sql", "--format", "jsonl", "SELECT count(*) AS n FROM attributions"]);
    let rows: Value = serde_json::from_str(&rows).unwrap();
    let read = crate::record::read(&folder, &["news"]);
    let expected: usize = read.iter().map(|record| record["attributions"].as_array().unwrap().len()).sum();
    assert_eq!(rows["n"], expected);
}

#[test]
fn what_is_exported_is_what_read_gives() {
    let folder = Folder::with_articles();
    add(&folder, &["bridge.txt", "week.jsonl"]);
    let lines = |text: &str| {
        let mut values: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        values.sort_by_key(|value| value["article"]["id"].to_string());
        values
    };
    let read = lines(&folder.stdout(&["read", "--format", "jsonl", "bridge.txt", "week.jsonl"]));
    let mut kept = lines(&folder.stdout(&["export", "--format", "jsonl"]));
    for record in &mut kept {
        // Intake says of more keys that they are inferred than `read` shows.
        record["article"]["inferred"] = read
            .iter()
            .find(|r| r["article"]["id"] == record["article"]["id"])
            .unwrap()["article"]["inferred"]
            .clone();
    }
    assert_eq!(kept, read);
}

#[test]
fn records_that_were_read_elsewhere() {
    let folder = Folder::with_articles();
    let records = folder.stdout(&["read", "--format", "jsonl", "bridge.txt", "week.jsonl"]);
    folder.write("records.jsonl", &records);
    add(&folder, &["records.jsonl", "--record", "a.db"]);
    add(&folder, &["bridge.txt", "week.jsonl", "--record", "b.db", "--threads", "3"]);
    let quotes = |record| {
        folder.stdout(&[
            "sql",
            "SELECT article_id, source, content, score FROM quotes ORDER BY 1, 2, 3",
            "--record",
            record,
        ])
    };
    assert_eq!(quotes("a.db"), quotes("b.db"));
    let forged = records.replacen("\"model\":\"en-", "\"model\":\"forged-", 1);
    folder.write("forged.jsonl", forged);
    let told = folder.run(&["add", "forged.jsonl", "--record", "c.db"]);
    assert_eq!(told.code, 2);
    assert!(
        told.stderr.contains("forged.jsonl:1: found a record read by the model forged-"),
        "{}",
        told.stderr
    );
}

#[test]
fn the_record_does_not_depend_on_threads_or_repetition() {
    let folder = Folder::with_articles();
    for (threads, record) in [("1", "one.db"), ("5", "five.db")] {
        add(&folder, &["week.jsonl", "bridge.txt", "--threads", threads, "--record", record]);
        add(&folder, &["bridge.txt", "week.jsonl", "--threads", threads, "--record", record]);
    }
    let digest = |record| folder.stdout(&["digest", "--record", record]);
    assert_eq!(digest("one.db"), digest("five.db"));
    let again = add(&folder, &["week.jsonl", "--record", "one.db"]);
    assert!(again.stderr.starts_with("onrecord: one.db: 0 added, "), "{}", again.stderr);
}

#[test]
fn acknowledgements() {
    let folder = Folder::new();
    let lines: Vec<String> =
        (0..300).map(|n| format!("{{\"id\": \"n{n}\", \"text\": \"It rained {n} times.\"}}")).collect();
    folder.write("many.jsonl", lines.join("\n"));
    let acks: Vec<String> = (0..300).map(|n| format!("ack n{n}")).collect();
    for _ in 0..2 {
        let told = add(&folder, &["--acks", "many.jsonl"]).text();
        assert_eq!(told.lines().collect::<Vec<_>>(), acks);
    }
    // In a folder with articles the record is no article.
    assert_eq!(add(&folder, &["."]).stderr, "onrecord: record.db: 0 added, 300 unchanged\n");
}

#[test]
fn versions() {
    let folder = Folder::new();
    folder.write("a.jsonl", "{\"id\": \"a\", \"text\": \"“We open in May,” said Dana Ruiz.\"}");
    add(&folder, &["a.jsonl"]);
    folder.write("a.jsonl", "{\"id\": \"a\", \"text\": \"“We do not open in May,” said Dana Ruiz.\"}");
    add(&folder, &["a.jsonl"]);
    let told = folder.stdout(&["history", "a"]);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("version 1, kept ") && lines[1].starts_with("version 2, kept "), "{told}");
    assert_eq!(lines[2..], ["  < Dana Ruiz: “We open in May,”", "  > Dana Ruiz: “We do not open in May,”"]);
}

#[test]
fn reading_anew() {
    let folder = Folder::with_articles();
    add(&folder, &["bridge.txt"]);
    let digest = folder.stdout(&["digest"]);
    let told = folder.run(&["reread", "--all"]);
    assert_eq!((told.code, told.text().as_str()), (0, ""));
    assert_eq!(folder.stdout(&["digest"]), digest, "the same model reads the same");
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");
    let told = folder.run(&["reread", "--model", tiny]);
    if told.code == 0 {
        assert_ne!(folder.stdout(&["digest"]), digest);
        folder.run(&["reread"]);
        assert_eq!(folder.stdout(&["digest"]), digest);
        assert_eq!(folder.run(&["verify", "--deep"]).code, 0);
    }
}

#[test]
fn the_record_is_named() {
    let folder = Folder::with_articles();
    let mut command = folder.command(&["add", "bridge.txt"]);
    command.env("ONRECORD_RECORD", "named.db");
    assert_eq!(crate::command::run(command, b"").code, 0);
    assert!(folder.path("named.db").exists() && !folder.path("record.db").exists());
    add(&folder, &["bridge.txt", "--record", "other.db"]);
    assert!(folder.path("other.db").exists());
}

/// The most memory that adding may hold at any time, in KiB: 500 MB.
const MOST_MEMORY: u64 = 500_000_000 / 1024;

/// Whatever comes in, the record is sound, and what gave no article stands in it with a documented reason.
#[test]
fn hostile_inputs_are_kept_or_told() {
    let folder = Folder::new();
    if !generate(&folder, "in", ALL, CUT) {
        return;
    }
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");
    for class in ALL {
        let arguments = ["add", "--model", tiny, &format!("in/{class}")];
        measured(&folder, "", &arguments, MOST_MEMORY, class);
    }
    let sound = folder.run(&["verify", "--deep"]);
    assert!(sound.code == 0 && sound.stderr.contains("sound: "), "{}", sound.stderr);
    let documented = documented_reasons();
    let reasons = folder.stdout(&["sql", "SELECT DISTINCT reason FROM ledger WHERE outcome <> 'kept'"]);
    assert!(reasons.lines().count() > 4, "{reasons}");
    for reason in reasons.lines().skip(1) {
        assert!(documented.contains(reason), "{reason}");
    }
    assert!(!std::fs::exists("/tmp/onrecord_pwned").unwrap());
}

/// The reasons that docs/record-file.md tells.
fn documented_reasons() -> BTreeSet<String> {
    let page = include_str!("../../../../docs/record-file.md");
    let (_, page) = page.split_once("## Reasons").unwrap();
    let rows = page.split("\n## ").next().unwrap().lines();
    rows.filter_map(|row| Some(row.strip_prefix("| `")?.split_once('`')?.0.to_owned())).collect()
}

#[test]
fn every_reason_is_documented() {
    let of_intake = onrecord_intake::Reason::ALL.iter().map(|reason| reason.code());
    let of_store = onrecord_store::REASONS.iter().map(|(reason, _)| *reason);
    assert_eq!(documented_reasons(), of_intake.chain(of_store).map(str::to_owned).collect());
}
