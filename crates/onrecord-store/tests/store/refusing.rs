//! What does not prove itself is not kept.

use onrecord_store::{Given, Models};
use serde_json::{Value, json};

use crate::made::full;

/// The reason for which the whole record, with the value at `pointer` changed, is refused.
fn check(pointer: &str, value: Value, reason: &str) {
    let mut record = full();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (record.pointer_mut(parent).unwrap(), key.parse::<usize>()) {
        (Value::Array(values), Ok(at)) => values[at] = value,
        (parent, _) => parent[key] = value,
    }
    let refusal = Given::new(&record.to_string(), &Models::any()).map(|_| ()).unwrap_err();
    assert_eq!(refusal.reason, reason, "{pointer}: {}", refusal.message);
}

#[test]
fn a_record_that_does_not_hold() {
    check("/onrecord", json!("2"), "other_version");
    check("/onrecord", json!(1), "other_version");
    check("/article", json!(null), "bad_record");
    check("/article/id", json!(""), "bad_record");
    check("/article/title", json!(3), "bad_record");
    check("/article/text", json!(null), "no_text");
    check("/article/text", json!("Another text."), "wrong_hash");
    check("/article/text_sha256", json!("00"), "wrong_hash");
    check("/attributions/0/source/0/text", json!("Mayor Dana Roiz"), "wrong_span");
    check("/attributions/0/source/0/start", json!(1), "wrong_span");
    check("/attributions/0/content/0/byte_end", json!(100_000), "wrong_span");
    check("/attributions/0/content/0/byte_end", json!(-1), "wrong_span");
    check("/attributions/0/speakers/0/as_written/byte_start", json!(7), "wrong_span");
    check("/entities/0/mentions/1/end", json!(0), "wrong_span");
    check("/times/0/a_newer_key/0/text", json!("Tuesday"), "wrong_span");
    check("/posts/0/evidence/title/0/byte_start", json!(0), "wrong_span");
    check("/conditions/0/if/0/spans/0/text", json!("it snows"), "wrong_span");
    check("/attributions/0/speakers/0/entity", json!("e9"), "lost_reference");
    check("/attributions/0/about/0", json!("a1"), "lost_reference");
    check("/attributions/1/inside", json!("a9"), "lost_reference");
    check("/attributions/0/when", json!("t2"), "lost_reference");
    check("/posts/0/person", json!("e4"), "lost_reference");
    check("/links/0/from/event", json!("v3"), "lost_reference");
    check("/conditions/0/then/0/event", json!("v3"), "lost_reference");
    check("/attributions/1/id", json!("a1"), "bad_record");
    check("/posts/0/id", json!(null), "bad_record");
    check("/events", json!({}), "bad_record");
    check("/links/0", json!("l1"), "bad_record");
}

#[test]
fn a_record_of_another_model() {
    let known = |ids: &[&str]| Models::only(ids.iter().map(|id| (*id).to_owned()));
    assert!(Given::new(&full().to_string(), &known(&["en-8@aa", "en-9@00ff"])).is_ok());
    assert_eq!(Given::new(&full().to_string(), &known(&["en-8@aa"])).unwrap_err().reason, "other_model");
    let mut by_rules = full();
    by_rules["model"] = Value::Null;
    assert!(Given::new(&by_rules.to_string(), &known(&[])).is_ok());
}

#[test]
fn every_reason_is_documented() {
    let page = include_str!("../../../../docs/record-file.md");
    for (reason, meaning) in onrecord_store::REASONS {
        assert!(page.contains(&format!("| `{reason}` | {meaning} |")), "{reason}");
    }
}
