//! What the command says of rows, and of itself.

use crate::command::Folder;

#[test]
fn explain() {
    let folder = Folder::with_articles();
    let pages: Vec<String> =
        ["a2", "a4", "a5"].map(|id| folder.stdout(&["explain", "bridge.txt", id])).to_vec();
    assert_snapshot!("explain", pages.join("\n----\n\n"));
}

#[test]
fn explain_reads_as_read_does() {
    let folder = Folder::with_articles();
    let record = crate::record::read(&folder, &["bridge.txt"]).remove(0);
    let rows = record["attributions"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let page = folder.stdout(&["explain", "bridge.txt", row["id"].as_str().unwrap()]);
        assert!(page.contains(row["maker"].as_str().unwrap()));
        for span in ["source", "cue", "content"].iter().flat_map(|role| row[role].as_array().unwrap()) {
            let characters = format!("{}..{}", span["start"], span["end"]);
            assert!(page.contains(&characters) && page.contains(span["text"].as_str().unwrap()), "{page}");
        }
    }
    let piped = folder.run_with_input(&["explain", "-", "a1"], crate::command::BRIDGE.as_bytes());
    assert_eq!(piped.text(), folder.stdout(&["explain", "bridge.txt", "a1"]));
}

#[test]
fn versions() {
    let folder = Folder::new();
    let expected = format!(
        "onrecord {}\nwire {}\nmodel {}\n",
        env!("CARGO_PKG_VERSION"),
        onrecord::wire::VERSION,
        onrecord::encode::shipped().id()
    );
    assert_eq!(folder.stdout(&["--version"]), expected);
    assert_eq!(folder.stdout(&["-V"]), expected);
}

#[test]
fn every_limit_is_listed() {
    let listed = Folder::new().stdout(&["limits"]);
    let all = onrecord_intake::limits::ALL.iter().chain(onrecord::limits::ALL);
    let all: Vec<_> = all.chain(onrecord_store::limits::ALL).collect();
    assert_eq!(listed.lines().count(), 2 + all.len());
    assert!(listed.starts_with("too_many_threads "), "{listed}");
    for (line, limit) in listed.lines().skip(2).zip(all) {
        assert_eq!(line.split_whitespace().next(), Some(limit.code));
        let value: String = line.split_whitespace().nth(1).unwrap().replace(',', "");
        assert!(
            value == limit.value.to_string() && line.contains(limit.unit) && line.ends_with(limit.why),
            "{line}"
        );
    }
}

const OPTIONS: &[&str] =
    &["format", "published", "title", "threads", "people", "out", "no-text", "model", "paths-from"];

#[test]
fn manual_pages_and_completions_know_every_option() {
    let folder = Folder::new();
    let page = folder.stdout(&["man", "read"]).replace("\\-", "-");
    let help = folder.stdout(&["read", "--help"]);
    for option in OPTIONS {
        assert!(page.contains(&format!("--{option}")) && help.contains(&format!("--{option}")), "{option}");
    }
    assert_eq!(help.matches("      --").count(), OPTIONS.len());
    let page = folder.stdout(&["man"]).replace("\\-", "-");
    for command in ["read", "articles", "explain", "limits", "completions", "man"] {
        assert!(page.contains(&format!("onrecord-{command}(1)")), "{command}");
        assert!(folder.stdout(&["man", command]).starts_with(".ie"), "{command}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = folder.stdout(&["completions", shell]);
        for option in OPTIONS {
            assert!(script.contains(option), "{shell} {option}");
        }
    }
}

#[test]
fn help_goes_to_standard_output_and_its_absence_to_standard_error() {
    let folder = Folder::new();
    assert!(folder.stdout(&["--help"]).contains("Usage: onrecord <COMMAND>"));
    let run = folder.run(&[]);
    assert_eq!((run.code, run.text().as_str()), (2, ""));
    assert!(run.stderr.contains("Usage: onrecord <COMMAND>"));
}
