//! Records, checked against the published schema and against their own text.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use crate::command::{Folder, beside};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let path = beside("../../docs/record.schema.json");
    let schema = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
});

/// The records of a `--format json` output: the one object, or the array.
pub(crate) fn of_json(output: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(output).unwrap();
    let records = match value {
        Value::Array(records) => records,
        record => vec![record],
    };
    records.into_iter().inspect(check).collect()
}

/// The records of a `--format jsonl` output.
pub(crate) fn of_jsonl(output: &str) -> Vec<Value> {
    assert!(output.is_empty() || output.ends_with('\n'));
    output.lines().map(|line| serde_json::from_str(line).unwrap()).inspect(check).collect()
}

/// Reads `arguments` as JSONL, in silence.
pub(crate) fn read(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    of_jsonl(&folder.stdout(&[&["read", "--format", "jsonl"], arguments].concat()))
}

/// Fails unless the record follows the schema and each of its spans slices the text.
pub(crate) fn check(record: &Value) {
    let problems: Vec<String> = SCHEMA
        .iter_errors(record)
        .map(|problem| format!("{} at {}", problem, problem.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    if let Some(text) = record["article"]["text"].as_str() {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        check_spans(record, text, &starts);
    }
}

fn check_spans(value: &Value, text: &str, starts: &[usize]) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check_spans(value, text, starts)),
        Value::Object(object) => {
            let number = |key: &str| usize::try_from(object[key].as_u64().unwrap()).unwrap();
            if object.contains_key("byte_start") {
                let (start, end) = (number("byte_start"), number("byte_end"));
                assert_eq!(text.get(start..end), object["text"].as_str());
                assert_eq!((starts[number("start")], starts[number("end")]), (start, end));
            }
            object.values().for_each(|value| check_spans(value, text, starts));
        }
        _ => {}
    }
}

#[test]
fn a_record_that_breaks_the_schema_is_found() {
    let folder = Folder::with_articles();
    let mut record = read(&folder, &["bridge.txt"]).remove(0);
    record["attributions"][0]["form"] = "loud".into();
    assert!(std::panic::catch_unwind(|| check(&record)).is_err());
}

#[test]
fn a_span_that_does_not_slice_is_found() {
    let folder = Folder::with_articles();
    let record = read(&folder, &["bridge.txt"]).remove(0);
    for key in ["start", "end", "byte_start", "byte_end"] {
        let mut record = record.clone();
        let span = &mut record["attributions"][0]["content"][0];
        span[key] = (span[key].as_u64().unwrap() + 1).into();
        assert!(std::panic::catch_unwind(|| check(&record)).is_err(), "{key}");
    }
}
