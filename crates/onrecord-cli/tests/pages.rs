//! What the pages show is what the program prints: the README's example, and the records of `examples/`.
//!
//! After a change of reading that a person has looked at, `ONRECORD_UPDATE=1 cargo test --test pages` writes both anew.
#![cfg(test)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn the_readme_shows_what_is_printed() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let article = block(&readme, "article");
    let printed = read(&["--format", "text", "-"], article);
    // The first lines name the input.
    let (_, reading) = printed.split_once("\n\n").unwrap();
    check(&path, &readme, &readme.replace(block(&readme, "reading"), &format!("{}\n", reading.trim_end())));
}

#[test]
fn every_example_has_its_record() {
    let mut articles: Vec<PathBuf> = fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    articles.sort();
    assert!(!articles.is_empty(), "no article in examples/");
    for article in articles {
        let path = article.with_extension("json");
        let record = read(&["--format", "json", "--no-text", article.to_str().unwrap()], "");
        check(&path, &fs::read_to_string(&path).unwrap_or_default(), &record);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What stands between the fences of the block of this kind.
fn block<'t>(page: &'t str, kind: &str) -> &'t str {
    let fence = format!("```{kind}\n");
    let start = page.find(&fence).unwrap_or_else(|| panic!("no block {kind:?}")) + fence.len();
    let end = start + page[start..].find("```").unwrap();
    &page[start..end]
}

fn read(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("read")
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn check(path: &Path, committed: &str, current: &str) {
    if std::env::var_os("ONRECORD_UPDATE").is_some() {
        fs::write(path, current).unwrap();
    } else {
        assert_eq!(committed, current, "{} is not what the program prints", path.display());
    }
}
