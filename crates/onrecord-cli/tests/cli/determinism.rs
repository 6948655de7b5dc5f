//! The same bytes on every run: at any number of threads, in any order, in any company.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::command::{BRIDGE, Folder};
use crate::record;

/// Forty articles of different length, so that threads finish out of order.
fn corpus() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let names: Vec<String> = (0..40).map(|i| format!("{i:02}.txt")).collect();
    for (i, name) in names.iter().enumerate() {
        let text =
            BRIDGE.repeat(1 + (i * 7) % 13).replace("Ruiz", &format!("Ruiz{}", ["", "son", "ova"][i % 3]));
        folder.write(name, text);
    }
    (folder, names)
}

fn read(folder: &Folder, format: &str, threads: &str, names: &[String]) -> String {
    let options = ["read", "--format", format, "--threads", threads];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    folder.stdout(&[&options[..], &names].concat())
}

#[test]
fn at_any_number_of_threads() {
    let (folder, names) = corpus();
    for format in ["text", "jsonl"] {
        let one = read(&folder, format, "1", &names);
        for threads in ["2", "4"] {
            assert!(read(&folder, format, threads, &names) == one, "{format} with {threads} threads");
        }
    }
}

/// The instruction sets that this machine has; `read` says so of one that it lacks.
#[test]
fn on_any_processor() {
    let (folder, names) = corpus();
    // Few: the plain path takes a hundred times as long.
    let names: Vec<&str> = names[..4].iter().map(String::as_str).collect();
    let expected = folder.stdout(&[&["read", "--format", "jsonl"][..], &names].concat());
    let mut ran = 0;
    for cpu in ["plain", "avx2", "vnni"] {
        let run = folder.run(&[&["read", "--format", "jsonl", "--cpu", cpu][..], &names].concat());
        if run.code == 0 {
            assert!(run.text() == expected, "{cpu}");
            ran += 1;
        } else {
            assert!(run.stderr.contains("found a processor without"), "{cpu}: {}", run.stderr);
        }
    }
    assert!(ran > 0, "the plain path runs anywhere");
}

/// As lines of one file, which a run reads in batches, and as files.
#[test]
fn in_any_batch() {
    let (folder, names) = corpus();
    let article = |name: &String| serde_json::json!({ "id": name, "text": folder.read(name) }).to_string();
    let articles: Vec<String> = names.iter().map(article).collect();
    let rows = |record: &Value| record["attributions"].clone();
    let alone: Vec<Value> = names
        .iter()
        .map(|name| rows(&record::of_jsonl(&read(&folder, "jsonl", "1", std::slice::from_ref(name)))[0]))
        .collect();
    for size in [1, 7, 64] {
        let mut found = Vec::new();
        for batch in articles.chunks(size) {
            folder.write("batch.jsonl", batch.join("\n"));
            found.extend(
                record::of_jsonl(&read(&folder, "jsonl", "2", &["batch.jsonl".to_owned()])).iter().map(rows),
            );
        }
        assert!(found == alone, "batches of {size}");
    }
}

#[test]
fn in_any_order() {
    let (folder, names) = corpus();
    let by_text = |names: &[String]| -> BTreeMap<String, Value> {
        let records = record::of_jsonl(&read(&folder, "jsonl", "2", names));
        records.into_iter().map(|record| (record["article"]["text_sha256"].to_string(), record)).collect()
    };
    let mut shuffled = names.clone();
    for i in 0..shuffled.len() {
        shuffled.swap(i, (i * 17 + 5) % names.len());
    }
    assert_ne!(shuffled, names);
    let expected = by_text(&names);
    assert_eq!(expected.len(), 39, "13 lengths and 3 names");
    assert_eq!(by_text(&shuffled), expected);
    let alone: BTreeMap<String, Value> =
        names.iter().flat_map(|name| by_text(std::slice::from_ref(name))).collect();
    assert_eq!(alone, expected);
}

#[test]
fn in_a_folder_of_pages() {
    let (folder, names) = corpus();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for threads in ["1", "4"] {
        folder.stdout(
            &[&["read", "--format", "html", "--threads", threads, "--out", threads][..], &names].concat(),
        );
    }
    for name in folder.names("1") {
        assert!(folder.read(&format!("1/{name}")) == folder.read(&format!("4/{name}")), "{name}");
    }
    assert_eq!(folder.names("1"), folder.names("4"));
}
