//! What is kept comes back as it was, once.

use onrecord_store::{Depth, Format, Kept, Key, Raw, Refusal, Standing, Writer};
use serde_json::{Value, json};

use crate::made::{Made, empty, full, given, said, with};

/// What a record is in the wire form.
pub(crate) fn exported(made: &Made) -> Vec<Value> {
    let mut text = String::new();
    let write = |piece: &str| {
        text.push_str(piece);
        Ok::<(), onrecord_store::Error>(())
    };
    made.open().export(Format::Jsonl, "", write).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_row_comes_back_as_it_was() {
    for record in [full(), empty("a", ""), empty("b", "It rained.\0 “é👍”\r\n")] {
        let made = Made::of(std::slice::from_ref(&record));
        assert_eq!(exported(&made), [record]);
        assert_eq!(made.findings(Depth::Bytes), [""; 0]);
    }
}

#[test]
fn what_the_engine_reads_comes_back_as_it_was() {
    let text = "“We will open in May,” said Mayor Dana Ruiz. “Not before.” He told me, ‘Go.’\r\n\r\nIt “rained, Ek said.";
    let (document, claims) = onrecord::Engine::by_rules().claims(onrecord::Article::new(text));
    let wire = onrecord::wire::Record::new(&document, &claims, onrecord::wire::Text::Keep);
    let wire = serde_json::to_value(wire).unwrap();
    assert!(!wire["attributions"].as_array().unwrap().is_empty());
    assert_eq!(exported(&Made::of(std::slice::from_ref(&wire))), [wire]);
}

#[test]
fn keys_of_a_newer_version_are_kept() {
    let mut record = with(
        full(),
        json!({"summaries": [{"id": "s1", "of": [crate::made::span(crate::made::RUIZ, "May", 2)]}]}),
    );
    record["article"]["byline"] = "Ana Roz".into();
    record["posts"][0]["organization"] = json!({"entity": "e9"});
    assert_eq!(exported(&Made::of(std::slice::from_ref(&record))), [record]);
}

#[test]
fn ids_that_are_not_those_of_their_places_are_kept() {
    let causes = |made: &Made| {
        made.rows("SELECT kind, cause, cause_event, effect, signal, according_to FROM causes").concat()
    };
    let people = |made: &Made| made.rows("SELECT name, quotes, posts FROM people ORDER BY name");
    let numbered = Made::of(&[full()]);
    let mut json = full().to_string();
    for (id, other) in [("a1", "q7"), ("e1", "e3"), ("e3", "e01"), ("v1", "v2"), ("t1", "when?")] {
        let swap = format!("\"{other}\"");
        json = json
            .replace(&swap, "\"-\"")
            .replace(&format!("\"{id}\""), &swap)
            .replace("\"-\"", &format!("\"{id}\""));
    }
    let record: Value = serde_json::from_str(&json).unwrap();
    let made = Made::of(std::slice::from_ref(&record));
    assert_eq!(exported(&made), [record]);
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
    assert_eq!(causes(&made), causes(&numbered));
    assert_eq!(people(&made), people(&numbered));
    let ids = "SELECT id, \"when\", about, json_extract(speakers, '$[0][0]') FROM attributions";
    assert_eq!(made.rows(ids), [["q7", "when?", "[\"e1\"]", "e01"], ["a2", "", "", "e2"]]);
    assert_eq!(numbered.rows(ids), [["a1", "t1", "[\"e3\"]", "1"], ["a2", "", "", "2"]]);
}

#[test]
fn the_same_thing_twice_changes_nothing() {
    let records = [full(), said("b", "“No,” Ek said.", &[("Ek", "“No,”")])];
    let made = Made::of(&records);
    let digest = made.digest();
    assert_eq!(made.add(&records), [Kept::Unchanged, Kept::Unchanged]);
    assert_eq!(made.digest(), digest);
    assert_eq!(made.rows("SELECT count(*) FROM attributions"), [["3"]]);
}

#[test]
fn a_changed_text_is_a_new_version() {
    let first = said("a", "“We open in May,” Ek said.", &[("Ek", "“We open in May,”")]);
    let second = said("a", "“We do not open in May,” Ek said.", &[("Ek", "“We do not open in May,”")]);
    let mut elsewhere = first.clone();
    elsewhere["article"]["publisher"] = "Other Post".into();
    let made = Made::new();
    let kept = made.add(&[first, second, elsewhere]);
    assert_eq!(kept, [Kept::Version(1), Kept::Version(2), Kept::Version(1)]);
    let latest = made.rows("SELECT publisher, version, is_latest FROM articles ORDER BY article");
    assert_eq!(latest, [["", "1", "0"], ["", "2", "1"], ["Other Post", "1", "1"]]);
    let versions = made.open().history("a", None).unwrap();
    let changes: Vec<usize> = versions.iter().map(|version| version.changes.len()).collect();
    assert_eq!(changes, [0, 1, 0]);
    assert!(matches!(&versions[1].changes[0], onrecord_store::Change::Altered(old, new)
        if old.content == "“We open in May,”" && new.content == "“We do not open in May,”"));
    assert!(made.open().history("b", None).unwrap_err().is_unknown());
}

#[test]
fn an_article_is_tried_twice_then_parked() {
    let made = Made::new();
    let key = Key::new(None, "odd", "00");
    let refusal = Refusal::new("reader_panicked", "the reader failed");
    let fail = || {
        let mut writer = Writer::open(&made.path()).unwrap();
        let before = writer.standing(&key).unwrap();
        let after = writer.fail(&key, &refusal, "odd.txt").unwrap();
        writer.finish().unwrap();
        [before, after]
    };
    assert_eq!(fail(), [Standing::New, Standing::Failed]);
    assert_eq!(fail(), [Standing::Failed, Standing::Parked]);
    let row = made.rows("SELECT id, outcome, reason, tries, origin FROM ledger");
    assert_eq!(row, [["odd", "parked", "reader_panicked", "2", "odd.txt"]]);
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}

#[test]
fn what_was_refused_is_noted_once_until_it_is_mended() {
    let made = Made::new();
    let refuse = || {
        let mut writer = Writer::open(&made.path()).unwrap();
        writer.refuse("by hand", &Refusal::new("broken", "found text")).unwrap();
        writer.finish().unwrap();
    };
    refuse();
    refuse();
    assert_eq!(made.rows("SELECT outcome, reason FROM ledger"), [["refused", "broken"]]);
    made.add(&[full()]);
    assert_eq!(made.rows("SELECT id, outcome FROM ledger"), [["ruiz-1", "kept"]]);
}

#[test]
fn raw_bytes_are_kept_and_checked() {
    let made = Made::new();
    let page = format!("<p>{}</p>", "It rained. ".repeat(300)).into_bytes();
    let raw = |bytes: &[u8]| Raw {
        bytes: bytes.to_vec(),
        media_type: "text/html".into(),
        encoding: "UTF-8".into(),
    };
    let mut writer = Writer::open(&made.path()).unwrap();
    writer.keep(&given(&empty("a", "It rained.")).with_raw(raw(&page)), "a.html").unwrap();
    writer.keep(&given(&empty("b", "It rained.")).with_raw(raw(b"It rained.")), "b.txt").unwrap();
    writer.finish().unwrap();
    let kept = made.rows("SELECT codec, coalesce(length(bytes), 0) < 200 FROM raws ORDER BY article");
    assert_eq!(kept, [["zstd", "1"], ["text", "1"]]);
    assert_eq!(made.open().raw("a", None).unwrap().unwrap().bytes, page);
    assert_eq!(made.open().raw("b", None).unwrap().unwrap().bytes, b"It rained.");
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}
