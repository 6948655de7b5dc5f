//! The project names no machine and no registry.
//!
//! In: every line of every file.
//! Out: a problem for each path into somebody's home or workplace, each address of a package registry, and each use of
//! the corpora by their place; they are found through `ONRECORD_DATA`, which `.ci/run` alone sets.
//! Never: the lock file's own name for its source, which is the same everywhere.
//! Next: `docs/mod.rs`.

use super::Problem;
use crate::tree::Tree;

/// Folders in which machines keep what is theirs. The marks are put together here, or this file would hold them.
const HOMES: &[&str] = &[
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "Users/"),
    concat!("C:\\", "Users\\"),
];

/// Hosts and settings of registries.
const REGISTRIES: &[&str] = &[
    concat!("crates", ".io/"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("index", "-url"),
    concat!("replace", "-with"),
    concat!("[registries", "."),
];

const CORPORA: &str = concat!("../", "shared");

/// How every `Cargo.lock` names the public registry.
const LOCKED: &str = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.files() {
        for (index, line) in file.text.lines().enumerate().filter(|(_, line)| *line != LOCKED) {
            let mut found = |message: String| problems.push(Problem::at(&file.path, index + 1, message));
            if let Some(home) = HOMES.iter().find(|home| holds_root(line, home)) {
                found(format!("names a path of one machine, under `{home}`"));
            }
            if let Some(registry) = REGISTRIES.iter().find(|registry| line.contains(**registry)) {
                found(format!("names a package registry by `{registry}`"));
            }
            if line.contains(CORPORA) && file.path != ".ci/run" {
                found(format!("names the corpora by `{CORPORA}`; use ONRECORD_DATA, which `.ci/run` sets"));
            }
        }
    }
    problems
}

/// Whether `line` holds a path that starts with `folder`, not one that holds it further down.
fn holds_root(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| {
            !before.is_alphanumeric() && !matches!(before, '.' | '-' | '_' | '~' | '}' | ')' | '*' | '>')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    #[test]
    fn a_path_of_one_machine() {
        for home in HOMES {
            let text = format!("one\ncd \"{home}me\"\n");
            let expected = format!("a.sh:2: names a path of one machine, under `{home}`");
            assert_finds(check, &[("a.sh", &text)], &[&expected]);
        }
        for home in &HOMES[..4] {
            let deeper = format!("src{home}a ${{HOME}}{home}b ~{home}c\n");
            assert_finds(check, &[("a.sh", &deeper)], &[]);
        }
    }

    #[test]
    fn a_registry() {
        for registry in REGISTRIES {
            let expected = format!("requirements.txt:1: names a package registry by `{registry}`");
            let text = format!("--x https://{registry}simple\n");
            assert!(
                check(&Tree::made_up(&[("requirements.txt", &text)]))
                    .iter()
                    .any(|problem| problem.to_string() == expected)
            );
        }
        assert_finds(check, &[("Cargo.lock", &format!("{LOCKED}\n")), ("README.md", "on crates.io\n")], &[]);
    }

    #[test]
    fn the_corpora() {
        let text = format!("if [ -d {CORPORA}/data ]; then\n");
        let expected =
            format!("a.sh:1: names the corpora by `{CORPORA}`; use ONRECORD_DATA, which `.ci/run` sets");
        assert_finds(check, &[("a.sh", &text)], &[&expected]);
        assert_finds(check, &[(".ci/run", &text)], &[]);
    }
}
