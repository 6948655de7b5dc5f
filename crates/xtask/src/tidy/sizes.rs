//! Files, folders and trees stay small enough to read.
//!
//! In: the lines of Rust, Python and Markdown files, and the entries of folders.
//! Out: a problem for each file over 1,000 lines (Rust without its tests), each folder over 40 entries, and each file
//! more than four steps below a `src`, its own name counted.
//! Never: a limit on data: tables, articles and snapshots are as long as they are.
//! Next: `tidy/arrows.rs`.

use std::collections::BTreeMap;

use super::Problem;
use crate::rust::{Source, is_test_file};
use crate::tree::{File, Tree, extension_of};

const LINES: usize = 1_000;
const SIBLINGS: usize = 40;
const DEPTH: usize = 4;

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let files = tree.files().iter();
    files.clone().filter_map(length).chain(siblings(tree)).chain(files.filter_map(depth)).collect()
}

fn length(file: &File) -> Option<Problem> {
    let lines = file.text.lines().count();
    let lines = match extension_of(&file.path)? {
        "md" | "py" => lines,
        "rs" if is_test_file(&file.path) => return None,
        "rs" => match Source::parse(&file.text) {
            Ok(source) => lines - source.test_lines.iter().map(|range| range.clone().count()).sum::<usize>(),
            Err(line) => return Some(Problem::at(&file.path, line, "is not Rust")),
        },
        _ => return None,
    };
    (lines > LINES)
        .then(|| Problem::of(&file.path, format!("has {lines} lines, at most {LINES} are read with ease")))
}

fn siblings(tree: &Tree) -> impl Iterator<Item = Problem> {
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    for path in tree.paths() {
        let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
        *entries.entry(folder).or_default() += 1;
    }
    entries.into_iter().filter(|&(_, count)| count > SIBLINGS).map(|(folder, count)| {
        Problem::of(
            folder,
            format!("holds {count} files and folders, at most {SIBLINGS} are found with ease"),
        )
    })
}

fn depth(file: &File) -> Option<Problem> {
    let (_, below) = file.path.split_once("src/")?;
    let steps = below.split('/').count();
    (steps > DEPTH).then(|| {
        Problem::of(&file.path, format!("lies {steps} steps below `src`, at most {DEPTH} are allowed"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    #[test]
    fn a_long_file() {
        let long = "// A line.\n".repeat(1_001);
        let just = "// A line.\n".repeat(1_000);
        assert_finds(
            check,
            &[("a.rs", &just), ("a.md", &just), ("a.csv", &long), ("tests/a.rs", &long)],
            &[],
        );
        assert_finds(
            check,
            &[("a.rs", &long), ("a.md", &long), ("a.py", &long)],
            &[
                "a.rs: has 1001 lines, at most 1000 are read with ease",
                "a.md: has 1001 lines, at most 1000 are read with ease",
                "a.py: has 1001 lines, at most 1000 are read with ease",
            ],
        );
    }

    #[test]
    fn tests_are_not_counted() {
        let code = "// A line.\n".repeat(1_000);
        let tests = "#[cfg(test)]\nmod tests {\n    fn a() {}\n}\n";
        assert_finds(check, &[("a.rs", &format!("{code}{tests}"))], &[]);
        let plain = tests.replace("#[cfg(test)]", "#[cfg(unix)]");
        let expected = ["a.rs: has 1004 lines, at most 1000 are read with ease"];
        assert_finds(check, &[("a.rs", &format!("{code}{plain}"))], &expected);
    }

    #[test]
    fn a_file_that_is_not_rust() {
        assert_finds(check, &[("a.rs", "fn a() {\n")], &["a.rs:1: is not Rust"]);
    }

    #[test]
    fn a_crowded_folder() {
        let names: Vec<String> = (0..41).map(|number| format!("spec/{number}/a.txt")).collect();
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_finds(check, &files[1..], &[]);
        assert_finds(check, &files, &["spec: holds 41 files and folders, at most 40 are found with ease"]);
    }

    #[test]
    fn a_deep_file() {
        assert_finds(check, &[("crates/a/src/b/c/d/e.rs", "")], &[]);
        assert_finds(
            check,
            &[("crates/a/src/b/c/d/e/f.rs", "")],
            &["crates/a/src/b/c/d/e/f.rs: lies 5 steps below `src`, at most 4 are allowed"],
        );
    }
}
