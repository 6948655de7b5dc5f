//! `cargo xtask tidy`: what the compiler does not check and a reader relies on.
//!
//! In: a [`Tree`].
//! Out: every problem, with its path and line.
//! Never: a change on disk; a verdict that depends on the machine.
//! Next: one module for each check, in the order of [`CHECKS`].

mod paths;
mod folders;
mod sizes;
mod arrows;
mod words;
mod shapes;
mod specs;
mod addresses;

use std::fmt;

use crate::tree::{File, Tree};

/// Something to mend.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    path: String,
    /// From 1; 0 where the whole file or folder is meant.
    line: usize,
    message: String,
}

type Check = fn(&Tree) -> Vec<Problem>;

const CHECKS: &[Check] = &[
    paths::check,
    folders::check,
    sizes::check,
    arrows::check,
    words::check,
    shapes::check,
    specs::check,
    addresses::check,
];

/// Runs every check.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    CHECKS.iter().flat_map(|check| check(tree)).collect()
}

impl Problem {
    pub(crate) fn at(path: &str, line: usize, message: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line, message: message.into() }
    }

    pub(crate) fn of(path: &str, message: impl Into<String>) -> Problem {
        Problem::at(path, 0, message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.path, self.message),
            line => write!(formatter, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// The engine's Rust files that stand under none of `elsewhere`.
fn engine_files<'t>(tree: &'t Tree, elsewhere: &'t [&str]) -> impl Iterator<Item = &'t File> {
    tree.files_of("rs").filter(move |file| {
        let below = file.path.strip_prefix(ENGINE);
        below.is_some_and(|below| !elsewhere.iter().any(|folder| below.starts_with(folder)))
            && !crate::rust::is_test_file(&file.path)
    })
}

/// Where the engine's code stands.
const ENGINE: &str = "crates/onrecord/src/";

/// Asserts that `check` finds exactly `expected`, written as the command prints it, in a tree of `files`.
#[cfg(test)]
fn assert_finds(check: Check, files: &[(&str, &str)], expected: &[&str]) {
    let found: Vec<String> = check(&Tree::made_up(files)).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "in {files:#?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_path_and_line() {
        assert_eq!(Problem::at("a.md", 3, "is gone").to_string(), "a.md:3: is gone");
        assert_eq!(Problem::of("a", "is gone").to_string(), "a: is gone");
    }
}
