//! Which articles are read, and in which order.

use crate::command::{BRIDGE, Folder};
use crate::record;

fn texts(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let run = folder.run(&[&["read", "--format", "jsonl"], arguments].concat());
    let records = record::of_jsonl(&run.text());
    records.iter().map(|record| record["article"]["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn standard_input() {
    let folder = Folder::new();
    for arguments in [&["read"][..], &["read", "-"]] {
        let run = folder.run_with_input(arguments, BRIDGE.as_bytes());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(run.text().starts_with("stdin\n2019-03-05"));
    }
}

#[test]
fn what_an_input_is_shows_in_its_content() {
    let folder = Folder::new();
    folder.write("articles.txt", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n");
    folder.write("article.jsonl", "One.\n");
    assert_eq!(texts(&folder, &["articles.txt", "article.jsonl"]), ["One.", "Two.", "One.\n"]);
}

#[test]
fn folders_are_read_in_order_of_name() {
    let folder = Folder::new();
    for name in ["b/2.txt", "b/10.txt", "a/z.txt", "a/y/x.txt", "c.txt"] {
        folder.write(&format!("in/{name}"), format!("{name}."));
    }
    let expected = ["a/y/x.txt.", "a/z.txt.", "b/10.txt.", "b/2.txt.", "c.txt."];
    assert_eq!(texts(&folder, &["in"]), expected);
    assert_eq!(texts(&folder, &["in/c.txt", "in/a"]), ["c.txt.", "a/y/x.txt.", "a/z.txt."]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_where_they_are_named() {
    let folder = Folder::new();
    folder.write("in/a.txt", "A.");
    folder.write("out/b.txt", "B.");
    std::os::unix::fs::symlink("../out", folder.path("in/out")).unwrap();
    std::os::unix::fs::symlink(".", folder.path("in/circle")).unwrap();
    assert_eq!(texts(&folder, &["in"]), ["A."]);
    assert_eq!(texts(&folder, &["in/out"]), ["B."]);
    let run = folder.run(&["read", "in"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "onrecord: in: warning: left out 2 symbolic links; what is named is read\n")
    );
}

#[test]
fn what_a_run_writes_it_does_not_read() {
    let folder = Folder::new();
    folder.write("in/a.txt", "“It rained,” Ana Roz said.");
    for _ in 0..2 {
        folder.stdout(&["read", "--format", "citron", "--out", "in/made/here/", "in"]);
        assert_eq!(folder.names("in/made/here"), ["a.json"]);
    }
    let folder = Folder::new();
    folder.write("in/a.txt", "“It rained,” Ana Roz said.");
    for _ in 0..2 {
        folder.stdout(&["read", "--format", "jsonl", "--out", "in/all.jsonl", "in"]);
        assert_eq!(record::of_jsonl(&folder.read("in/all.jsonl")).len(), 1);
        assert_eq!(folder.names("in"), ["a.txt", "all.jsonl"]);
    }
}

#[test]
fn an_article_without_claims_is_no_failure() {
    let folder = Folder::new();
    folder.write("quiet.txt", "Nobody spoke.");
    assert!(folder.stdout(&["read", "quiet.txt"]).ends_with("nobody is quoted\n"));
}

#[test]
fn a_broken_line_costs_that_line_only() {
    let folder = Folder::new();
    let lines: String = (1..=40)
        .map(|i| {
            if i % 10 == 7 {
                "{\"text\": \n".to_owned()
            } else {
                format!("{{\"text\": \"{i}.\", \"id\": \"{i}\"}}\n")
            }
        })
        .collect();
    folder.write("a.jsonl", lines);
    let run = folder.run(&["read", "--format", "jsonl", "a.jsonl"]);
    assert_eq!(run.code, 2);
    assert_eq!(record::of_jsonl(&run.text()).len(), 36);
    for line in [7, 17, 27, 37] {
        assert!(run.stderr.contains(&format!("onrecord: a.jsonl:{line}: ")), "{}", run.stderr);
    }
}

#[test]
fn notes_on_an_input_stand_in_its_record() {
    let folder = Folder::new();
    folder.write("latin1.txt", b"\x93Caf\xe9 is closed,\x94 said Jos\xe9 Roz.");
    let run = folder.run(&["read", "--format", "json", "latin1.txt"]);
    assert_eq!(run.code, 0);
    let record = record::of_json(&run.text()).remove(0);
    assert_eq!(record["article"]["text"], "“Café is closed,” said José Roz.");
    assert_eq!(record["warnings"][0]["code"], "not_utf8");
    let message = record["warnings"][0]["message"].as_str().unwrap();
    assert_eq!(run.stderr, format!("onrecord: latin1.txt: warning: {message}\n"));
    assert!(message.contains("windows-1252"));
}

#[test]
fn one_line_of_a_megabyte_and_a_hundred_thousand_marks() {
    let folder = Folder::new();
    let line = "The old bridge over the river was closed on Monday and ".repeat(1_000_000 / 55);
    folder.write("line.txt", line + "“it will stay so,” Ana Roz said.");
    folder.write("marks.txt", "“".repeat(100_000));
    let run = folder.run(&["read", "--format", "jsonl", "--no-text", "line.txt", "marks.txt"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(record::of_jsonl(&run.text()).len(), 2);
}
