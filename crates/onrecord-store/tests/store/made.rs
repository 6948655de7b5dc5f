//! Records written by hand for invented articles, and records to put them in.

use std::path::PathBuf;

use onrecord_store::{Given, Kept, Models, Record, Writer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

pub(crate) const RUIZ: &str = "Mayor Dana Ruiz said on Monday that the “old” bridge would open in May because the \
                               crane had come. Two officials, who feared for their posts, doubted it. If it rains, \
                               the opening is off, Ruiz said. Tomas Ek was harbor master until 2019.";

/// The span of the `nth` occurrence of `words` in `text`, from 1.
pub(crate) fn span(text: &str, words: &str, nth: usize) -> Value {
    let (start, _) = text.match_indices(words).nth(nth - 1).unwrap_or_else(|| panic!("{words:?} {nth}"));
    let points = |byte: usize| text[..byte].chars().count();
    let end = start + words.len();
    json!({"start": points(start), "end": points(end), "byte_start": start, "byte_end": end, "text": words})
}

/// `value` with the keys of `more`.
pub(crate) fn with(mut value: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("{more}") };
    value.as_object_mut().unwrap().extend(more);
    value
}

pub(crate) fn sha256(text: &str) -> String {
    let digits =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap());
    Sha256::digest(text.as_bytes()).iter().flat_map(digits).collect()
}

/// A record without rows.
pub(crate) fn empty(id: &str, text: &str) -> Value {
    json!({
        "onrecord": "1", "model": null, "readings": ["quote"],
        "article": {"id": id, "text_sha256": sha256(text), "title": null, "url": null, "publisher": null,
                    "published": null, "language": null, "text": text, "inferred": []},
        "entities": [], "attributions": [], "posts": [], "times": [], "events": [], "links": [],
        "conditions": [], "warnings": [],
    })
}

/// A record that says `content` of `source` with the cue `said`, all of which stand in `text`.
pub(crate) fn said(id: &str, text: &str, quotes: &[(&str, &str)]) -> Value {
    let rows = quotes.iter().enumerate().map(|(at, (source, content))| {
        json!({
            "id": format!("a{}", at + 1), "form": "direct", "source": [span(text, source, 1)],
            "cue": [span(text, "said", 1)], "content": [span(text, content, 1)], "speakers": [], "stance": "say",
            "polarity": "positive", "addressee": [], "about": [], "inside": null, "when": null, "score": 0.9,
            "maker": "quote/cue-after", "inferred": [],
        })
    });
    with(empty(id, text), json!({"attributions": rows.collect::<Vec<_>>()}))
}

/// A record with rows in every list.
pub(crate) fn full() -> Value {
    let at = |words: &str, nth: usize| span(RUIZ, words, nth);
    let mention =
        |words, nth, kind: &str| with(at(words, nth), json!({"kind": kind, "maker": "people/name"}));
    let last = |maker: &str| json!({"score": 0.73, "maker": maker, "inferred": []});
    let article = json!({
        "id": "ruiz-1", "text_sha256": sha256(RUIZ), "title": "Bridge opens", "url": "https://e.example/ruiz-1",
        "publisher": "Harbor Ledger", "published": "2024-05-08", "language": "en", "text": RUIZ,
        "inferred": ["language"],
    });
    let entities = json!([
        {"id": "e1", "kind": "person", "name": "Dana Ruiz", "gender": null, "ids": [],
         "mentions": [mention("Dana Ruiz", 1, "name"), mention("Ruiz", 2, "name")]},
        {"id": "e2", "kind": "person", "name": null, "gender": null, "ids": [],
         "mentions": [mention("Two officials", 1, "nominal")]},
        {"id": "e3", "kind": "person", "name": "Tomas Ek", "gender": "masculine", "ids": ["Q1"],
         "mentions": [mention("Tomas Ek", 1, "name")]},
    ]);
    let speaker = |entity: &str, kind: &str, written: Value, reason: Value| {
        json!({"entity": entity, "kind": kind, "as_written": written, "number": null, "reason": reason, "score": 0.8,
               "maker": "speaker/name"})
    };
    let attributions = json!([
        with(
            json!({"id": "a1", "form": "mixed", "source": [at("Mayor Dana Ruiz", 1)], "cue": [at("said", 1)],
               "content": [at("that the “old” bridge would open in May because the crane had come", 1)],
               "speakers": [speaker("e1", "named", at("Dana Ruiz", 1), json!([]))], "stance": "say",
               "polarity": "positive", "addressee": [], "about": ["e3"], "inside": null, "when": "t1"}),
            last("quote/model/mixed")
        ),
        with(
            json!({"id": "a2", "form": "indirect", "source": [at("Two officials", 1)], "cue": [at("doubted", 1)],
               "content": [at("it", 1)],
               "speakers": [speaker("e2", "unnamed", at("Two officials", 1), json!([at("feared for their posts", 1)]))],
               "stance": "doubt", "polarity": "positive", "addressee": [], "about": [], "inside": null,
               "when": null}),
            last("quote/model/indirect")
        ),
    ]);
    let posts = json!([with(
        json!({"id": "p1", "person": "e3", "title": "harbor master", "organization": "City Harbor",
        "area": "Port Ellis", "party": null, "of_person": null, "status": "former", "capacity": null,
        "standing": "happened", "since": null, "until": "2019", "as_of": "2024-05-08", "duration": null,
        "asserted_by": null, "evidence": {"person": [], "title": [at("harbor master", 1)],
        "organization": [], "area": [], "party": [], "status": [], "since": [], "until": []}}),
        last("post/copula")
    )]);
    let times = json!([with(
        with(at("Monday", 1), last("time/weekday")),
        json!({"id": "t1", "type": "DATE",
        "value": "2024-05-06", "mod": null, "quant": null, "freq": null, "anchor": "published", "begin": null, "end_point": null,
        "earliest": "2024-05-06", "latest": "2024-05-06", "a_newer_key": [at("Monday", 1)]})
    )]);
    let event = |id: &str, trigger: Value, extent: Value, standing: &str, by: Value| {
        with(
            json!({"id": id, "kind": "event", "trigger": [trigger], "extent": [extent], "agents": [], "act": null,
                    "object": [], "standing": standing, "when": null, "asserted_by": by}),
            last("cause/event"),
        )
    };
    let events = json!([
        event("v1", at("come", 1), at("the crane had come", 1), "happened", "a1".into()),
        event("v2", at("open", 1), at("bridge would open in May", 1), "expected", "a1".into()),
    ]);
    let side = |id: Value, words: &str| json!({"event": id, "spans": [at(words, 1)]});
    let links = json!([with(
        json!({"id": "l1", "kind": "cause", "from": side("v1".into(), "the crane had come"),
        "to": side("v2".into(), "bridge would open in May"), "signal": [at("because", 1)], "standing": "expected",
        "asserted_by": "a1"}),
        last("cause/because")
    )]);
    let conditions = json!([with(
        json!({"id": "c1", "kind": "if", "join": "all",
        "if": [side(Value::Null, "it rains")], "then": [side(Value::Null, "the opening is off")],
        "signal": [at("If", 1)], "asserted_by": null}),
        last("condition/if")
    )]);
    json!({
        "onrecord": "1", "model": "en-9@00ff", "readings": ["quote", "people"], "article": article,
        "entities": entities, "attributions": attributions, "posts": posts, "times": times, "events": events,
        "links": links, "conditions": conditions,
        "warnings": [{"code": "not_utf8", "message": "guessed"},
                     with(at("“", 1), json!({"code": "quotation_left_open", "message": "left open"}))],
    })
}

pub(crate) fn given(record: &Value) -> Given {
    Given::new(&record.to_string(), &Models::any()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

/// A folder with a record in it.
pub(crate) struct Made {
    pub(crate) folder: TempDir,
}

impl Made {
    pub(crate) fn new() -> Made {
        Made { folder: tempfile::tempdir().unwrap() }
    }

    /// A record of `records`, in this order.
    pub(crate) fn of(records: &[Value]) -> Made {
        let made = Made::new();
        made.add(records);
        made
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("record.db")
    }

    pub(crate) fn add(&self, records: &[Value]) -> Vec<Kept> {
        let mut writer = Writer::open(&self.path()).unwrap();
        let kept = records.iter().map(|record| writer.keep(&given(record), "by hand").unwrap()).collect();
        writer.finish().unwrap();
        kept
    }

    pub(crate) fn open(&self) -> Record {
        Record::open(&self.path()).unwrap()
    }

    pub(crate) fn digest(&self) -> String {
        self.open().digest().unwrap()
    }

    /// Changes the file as another program could.
    pub(crate) fn sql(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    /// The rows of a query, its cells as text.
    pub(crate) fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let row = |row: &[onrecord_store::sql::Value<'_>]| {
            rows.push(row.iter().map(onrecord_store::csv_cell).collect());
            Ok(())
        };
        self.open()
            .query::<onrecord_store::Error>(sql, onrecord_store::sql::Bounds::default(), |_| Ok(()), row)
            .unwrap();
        rows
    }

    /// What `verify` finds.
    pub(crate) fn findings(&self, depth: onrecord_store::Depth) -> Vec<String> {
        let mut found = Vec::new();
        self.open()
            .verify(depth, |finding| found.push(format!("{}: {}", finding.place, finding.message)))
            .unwrap();
        found
    }
}
