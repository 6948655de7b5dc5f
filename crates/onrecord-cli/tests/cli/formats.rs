//! What each format looks like, whole. A person reads these snapshots before they are accepted.

use serde_json::Value;

use crate::command::Folder;
use crate::record;

#[test]
fn text() {
    let folder = Folder::with_articles();
    assert_snapshot!("text", folder.stdout(&["read", "bridge.txt"]));
    assert_snapshot!("text_of_several", folder.stdout(&["read", "week.jsonl"]));
}

#[test]
fn json() {
    let folder = Folder::with_articles();
    let output = folder.stdout(&["read", "--format", "json", "bridge.txt"]);
    record::of_json(&output);
    assert_snapshot!("json", output);
}

#[test]
fn json_of_several_is_an_array() {
    let folder = Folder::with_articles();
    let check = |arguments: &[&str], expected: usize| {
        let output = folder.run(&[&["read", "--format", "json"], arguments].concat()).text();
        let value: Value = serde_json::from_str(&output).unwrap();
        assert_eq!(value.as_array().map(Vec::len), Some(expected), "{arguments:?}");
        record::of_json(&output);
    };
    check(&["week.jsonl"], 3);
    check(&["bridge.txt", "week.jsonl"], 4);
    // The shape follows from what was asked for, never from what failed.
    check(&["bridge.txt", "gone.txt"], 1);
    check(&["gone.txt", "gone.txt"], 0);
    folder.write("one/bridge.txt", "“It rained,” Ana Roz said.");
    check(&["one"], 1);
}

#[test]
fn jsonl_and_json_hold_the_same_records() {
    let folder = Folder::with_articles();
    let lines = folder.stdout(&["read", "--format", "jsonl", "bridge.txt", "week.jsonl"]);
    assert_eq!(lines.lines().count(), 4);
    let array = folder.stdout(&["read", "--format", "json", "bridge.txt", "week.jsonl"]);
    assert_eq!(record::of_jsonl(&lines), record::of_json(&array));
}

#[test]
fn html() {
    let folder = Folder::with_articles();
    let page = folder.stdout(&["read", "--format", "html", "bridge.txt"]);
    assert_snapshot!("html", page.split_once("<body>").unwrap().1);
}

#[test]
fn html_of_several() {
    let folder = Folder::with_articles();
    folder.stdout(&["read", "--format", "html", "--out", "pages", "bridge.txt", "week.jsonl"]);
    let names = ["bridge.html", "index.html", "mill-1.html", "mill-2.html", "mill-3.html"];
    assert_eq!(folder.names("pages"), names);
    let index = folder.read("pages/index.html");
    assert_snapshot!("html_index", index.split_once("<main").unwrap().1);
}

#[test]
fn citron() {
    let folder = Folder::with_articles();
    let output = folder.stdout(&["read", "--format", "citron", "bridge.txt"]);
    assert_snapshot!("citron", output);
    let one: Value = serde_json::from_str(&output).unwrap();
    let output = folder.stdout(&["read", "--format", "citron", "bridge.txt", "week.jsonl"]);
    let several: Vec<Value> = serde_json::from_str(&output).unwrap();
    assert_eq!((several.len(), &several[0]), (4, &one));
}

#[test]
fn citron_spans_slice_the_text() {
    let folder = Folder::with_articles();
    let output = folder.stdout(&["read", "--format", "citron", "bridge.txt"]);
    let article: Value = serde_json::from_str(&output).unwrap();
    let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let quotes = article["quotes"].as_array().unwrap();
    assert!(!quotes.is_empty());
    for quote in quotes {
        let lists =
            ["cues", "sources", "contents"].map(|key| quote[key].as_array().cloned().unwrap_or_default());
        for span in lists.into_iter().flatten().chain((!quote["cue"].is_null()).then(|| quote["cue"].clone()))
        {
            let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
            let slice: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(Some(slice.as_str()), span["text"].as_str());
        }
    }
}

#[test]
fn brat() {
    let folder = Folder::with_articles();
    let output = folder.stdout(&["read", "--format", "brat", "bridge.txt"]);
    assert_snapshot!("brat", output);
    let text: Vec<char> = folder.read("bridge.txt").chars().collect();
    for line in output.lines().filter(|line| line.starts_with('T')) {
        let [_, place, covered] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (_, places) = place.split_once(' ').unwrap();
        let pieces: Vec<String> = places
            .split(';')
            .map(|piece| {
                let (start, end) = piece.split_once(' ').unwrap();
                text[start.parse().unwrap()..end.parse().unwrap()].iter().collect()
            })
            .collect();
        assert_eq!(pieces.join(" "), covered);
    }
}

#[test]
fn the_text_can_be_left_out() {
    let folder = Folder::with_articles();
    let whole = record::read(&folder, &["bridge.txt"]).remove(0);
    let mut bare = record::read(&folder, &["--no-text", "bridge.txt"]).remove(0);
    assert!(bare["article"].get("text").is_none());
    bare["article"]["text"] = whole["article"]["text"].clone();
    assert_eq!(bare, whole);
    for format in ["text", "html"] {
        let page = folder.stdout(&["read", "--no-text", "--format", format, "bridge.txt"]);
        assert!(page.contains("Mayor Dana Ruiz") && !page.contains("The bridge over the Almond"), "{format}");
    }
}

#[test]
fn what_is_given_stands_in_the_record() {
    let folder = Folder::with_articles();
    let given = ["--published", "2020-01-02T03:04:05Z", "--title", "A title", "bridge.txt", "week.jsonl"];
    let records = record::read(&folder, &given);
    let article =
        |i: usize| (records[i]["article"]["title"].as_str(), records[i]["article"]["published"].as_str());
    assert_eq!(article(0), (Some("A title"), Some("2020-01-02T03:04:05Z")));
    assert_eq!(records[0]["article"]["inferred"], serde_json::json!([]));
    assert_eq!(article(1), (Some("Mill fire"), Some("2019-03-07T18:30:00+01:00")));
    assert_eq!(records[1]["article"]["publisher"], "Port Almond Courier");
    let article = &record::read(&folder, &["bridge.txt"])[0]["article"];
    assert_eq!((article["published"].as_str(), &article["title"]), (Some("2019-03-05"), &Value::Null));
    assert_eq!(article["inferred"], serde_json::json!(["published"]));
}
