//! `onrecord articles`: what intake makes of any input, and of inputs made to break it.

use std::fs;

use serde_json::Value;

use crate::command::{Folder, Run};
use crate::hostile::{ALL, generate, measured};

const PAGE: &str = "<!doctype html><html lang=en><head><title>Pier opens</title><meta property=og:title content='Pier opens'>\
<meta property=article:published_time content=2024-05-08></head><body><article><h1>Pier opens</h1>\
<p>“It rained,” Ana Roz said, and the rain went on all over the harbour until the evening.</p></article></body></html>";

fn lines(run: &Run) -> Vec<Value> {
    run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_line_for_each_article() {
    let folder = Folder::new();
    folder.write("in/a.html", PAGE);
    folder.write("in/b.txt", "It rained.");
    folder.write("in/c.csv", "id,text\n7,“It rained.”\n");
    let run = folder.run(&["articles", "in"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let lines = lines(&run);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["title"], "Pier opens");
    assert_eq!(lines[0]["published"], "2024-05-08");
    assert_eq!(lines[0]["language"], "en");
    assert_eq!(lines[0]["inferred"], serde_json::json!(["text"]));
    assert_eq!(lines[0]["place"], "in/a.html");
    assert_eq!(lines[1]["text"], "It rained.");
    assert_eq!((&lines[2]["id"], &lines[2]["place"]), (&"7".into(), &"in/c.csv:row 1".into()));
    // What was printed is read again, to the same articles.
    folder.write("all.jsonl", &run.stdout);
    let again = folder.run(&["articles", "all.jsonl"]);
    for (line, again) in lines.iter().zip(&self::lines(&again)) {
        for key in ["text", "id", "title", "url", "publisher", "published", "language", "byline"] {
            assert_eq!(line[key], again[key]);
        }
    }
}

#[test]
fn a_list_of_paths() {
    let folder = Folder::new();
    folder.write("a.txt", "One.");
    folder.write("b/c.txt", "Two.");
    folder.write("list", "a.txt\r\n\nb\n");
    assert_eq!(folder.stdout(&["articles", "--paths-from", "list"]).lines().count(), 2);
    let run = folder.run_with_input(&["articles", "a.txt", "--paths-from", "-"], b"b/c.txt\n");
    assert_eq!(lines(&run).len(), 2);
}

#[test]
fn records_give_their_articles() {
    let folder = Folder::with_articles();
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");
    folder.stdout(&["read", "--model", tiny, "--format", "jsonl", "--out", "records", "bridge.txt"]);
    let line: Value = serde_json::from_str(&folder.stdout(&["articles", "records"])).unwrap();
    assert_eq!(line["text"], crate::command::BRIDGE);
}

#[test]
fn messages() {
    let folder = Folder::new();
    let item = "<item><title>Pier</title><link>https://x.example/1</link></item>";
    folder.write("feed.xml", format!("<rss><channel>{}</channel></rss>", item.repeat(3)));
    folder.write("page.html", "<html><body><nav>Home</nav></body></html>");
    folder.write("news.xml", "<?xml version=\"1.0\"?><nitf/>");
    folder.write("bad.csv", "id,text\n1\n2,It rained.\n");
    folder.write("entities.xml", "<!DOCTYPE r [<!ENTITY a \"b\">]><rss><channel/></rss>");
    folder.write("crawl.warc", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 1\r\n\r\nx\r\n\r\n");
    folder.write("packed.zip", b"PK\x03\x04\x14\0");
    for (name, lines, code, says) in [
        ("feed.xml", 0, 0, "feed.xml: warning: and 2 more, left out for the same reason (no_body)"),
        ("page.html", 0, 0, "page.html: warning: the page holds no text of an article"),
        ("news.xml", 0, 2, "news.xml: found XML that is no page and no feed; expected text, HTML"),
        ("bad.csv", 1, 0, "bad.csv:row 1: warning: the row holds nothing in the column `text`"),
        ("entities.xml", 0, 2, "entities.xml: found XML that declares entities; expected a feed without"),
        ("crawl.warc", 0, 0, "crawl.warc: warning: 1 record is no response"),
        ("packed.zip", 0, 2, "packed.zip: found a ZIP archive or an office document; expected"),
    ] {
        let run = folder.run(&["articles", name]);
        assert_eq!((run.text().lines().count(), run.code), (lines, code), "{name}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("onrecord: {says}")), "{name}: {}", run.stderr);
    }
}

/// The most memory that a run may hold at any time, in KiB: 256 MB.
const MOST_MEMORY: u64 = 256_000_000 / 1024;

/// No crash, no hang, no file written, little memory; every outcome an article or a message.
#[test]
fn hostile_inputs() {
    let folder = Folder::new();
    if !generate(&folder, "in", ALL, &[]) {
        return;
    }
    for class in ALL {
        for name in folder.names(&format!("in/{class}")) {
            let what = format!("{class}/{name}");
            let run = measured(&folder, "in", &["articles", &what], MOST_MEMORY, &what);
            let is_said = |line: &str| line.starts_with("onrecord: ") || line.starts_with("hint: ");
            assert!(run.stderr.lines().all(is_said), "{class}/{name}: {}", run.stderr);
            let articles = lines(&run).len();
            let said = run.stderr.lines().count();
            assert!(articles + said > 0, "{class}/{name}: nothing came of it");
            if *class == "archive" {
                assert_eq!((articles, run.code), (0, 2), "{class}/{name}: {}", run.stderr);
                assert_eq!(run.stderr.matches("onrecord: ").count(), 1, "{class}/{name}: {}", run.stderr);
            }
        }
    }
    assert!(!fs::exists("/tmp/onrecord_pwned").unwrap());
}
