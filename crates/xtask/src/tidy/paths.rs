//! A path that a Markdown file names exists.
//!
//! In: links and code spans outside fenced blocks.
//! Out: a problem for each that names a file or folder which is not kept.
//! Never: a verdict on a command, a URL, a glob, a placeholder, or a file that a user would make.
//! Next: `tidy/folders.rs` reads ARCHITECTURE.md the other way round.
//!
//! A link without a scheme is a path from the folder of its page.
//! A code span is a path when all of it could be one (letters, digits, `.`, `-`, `_` and `/`) and one of these holds:
//! - it ends in `/`, or starts with `./` or `../`;
//! - it holds a `/`, and starts at an entry of the root or of the engine's `src`, or ends in the extension of a source;
//! - it holds no `/` and ends in the extension of a source: then some kept file must have that name.
//!
//! What remains are the words of the trade: `quote/cue/according-to`, `text/html`, `articles.jsonl`.
//! Code spans are looked up in the page's folder, in the root, and in the engine's `src`, of which pages speak most.

use super::{ENGINE, Problem};
use crate::markdown::{Kind, pieces};
use crate::tree::{Tree, extension_of};

/// A name that ends so is a part of the workspace, not a user's file.
const SOURCES: &[&str] = &["rs", "md", "toml", "lock", "py", "sh", "yml", "yaml"];

/// These stand where a path of the engine's `text/` would.
const MEDIA_TYPES: &[&str] = &["text/plain", "text/html", "text/csv", "text/xml", "text/markdown"];

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let made = made(tree);
    let mut problems = Vec::new();
    for page in tree.files_of("md") {
        let folder = page.path.rfind('/').map_or("", |slash| &page.path[..slash]);
        for piece in pieces(&page.text) {
            let bases: &[&str] = match piece.kind {
                Kind::Link if is_local(piece.text) => &[folder],
                Kind::Code if is_path(tree, folder, piece.text) => &[folder, "", ENGINE],
                _ => continue,
            };
            let named = piece.text.split('#').next().unwrap_or_default();
            let is_kept = |path: &String| exists(tree, path) || made.iter().any(|made| lies_in(path, made));
            let is_bare = piece.kind == Kind::Code && !named.contains('/');
            let found = bases.iter().filter_map(|base| resolve(base, named)).any(|path| is_kept(&path))
                || is_bare && has_name(tree, named);
            if !found {
                problems.push(Problem::at(
                    &page.path,
                    piece.line,
                    format!("names `{named}`, which is not kept here"),
                ));
            }
        }
    }
    problems
}

/// Joins `path` to the folder `base` and takes out `.` and `..`; `None` where that leaves the workspace.
pub(super) fn resolve(base: &str, path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_local(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    !target.starts_with('#') && scheme.is_none_or(|scheme| scheme.contains('/'))
}

fn is_path(tree: &Tree, folder: &str, span: &str) -> bool {
    let could_be = span.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'))
        && span.chars().any(|c| c.is_ascii_alphanumeric())
        && !span.starts_with('/')
        && !span.contains("//")
        && !MEDIA_TYPES.contains(&span);
    if !could_be {
        return false;
    }
    let is_source = extension_of(span).is_some_and(|extension| SOURCES.contains(&extension));
    let Some((first, _)) = span.split_once('/') else { return is_source };
    let starts_here =
        [folder, "", ENGINE].iter().any(|base| resolve(base, first).is_some_and(|path| exists(tree, &path)));
    is_source || span.ends_with('/') || matches!(first, "." | "..") || starts_here
}

fn exists(tree: &Tree, path: &str) -> bool {
    path.is_empty() || tree.paths().contains(path)
}

fn has_name(tree: &Tree, name: &str) -> bool {
    tree.paths().iter().any(|path| path.rsplit('/').next() == Some(name))
}

/// The paths that `.gitignore` names from the root: built on demand, so a page may speak of them.
fn made(tree: &Tree) -> Vec<&str> {
    let lines = tree.file(".gitignore").map_or("", |file| &file.text).lines();
    lines.filter_map(|line| line.strip_prefix('/')).map(|path| path.trim_end_matches('/')).collect()
}

fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    const TREE: &[(&str, &str)] = &[
        ("Cargo.toml", ""),
        (".gitignore", "/target\n"),
        ("docs/record.md", ""),
        ("spec/quote/direct.md", ""),
        ("crates/onrecord/src/lang/en/verbs.rs", ""),
        ("crates/onrecord/src/text/mod.rs", ""),
    ];

    fn check_page(path: &str, text: &str, expected: &[&str]) {
        let files: Vec<_> = TREE.iter().copied().chain([(path, text)]).collect();
        assert_finds(check, &files, expected);
    }

    #[test]
    fn paths_that_exist() {
        check_page(
            "docs/guide.md",
            "[a](record.md#posts) [b](../spec/) `docs/record.md` `record.md` `lang/en/` `lang/en/verbs.rs` `verbs.rs`
             `crates/onrecord/src/text` `../Cargo.toml` `./record.md` `Cargo.toml` `target/release/onrecord`",
            &[],
        );
    }

    #[test]
    fn paths_that_are_gone() {
        check_page(
            "docs/guide.md",
            "[a](gone.md)\n`docs/gone.txt`\n`lang/en/nouns.rs`\n`gone/`\n`gone.rs`\n`crates/onrecord-nn`\n`a/b/gone.toml`",
            &[
                "docs/guide.md:1: names `gone.md`, which is not kept here",
                "docs/guide.md:2: names `docs/gone.txt`, which is not kept here",
                "docs/guide.md:3: names `lang/en/nouns.rs`, which is not kept here",
                "docs/guide.md:4: names `gone/`, which is not kept here",
                "docs/guide.md:5: names `gone.rs`, which is not kept here",
                "docs/guide.md:6: names `crates/onrecord-nn`, which is not kept here",
                "docs/guide.md:7: names `a/b/gone.toml`, which is not kept here",
            ],
        );
    }

    #[test]
    fn a_link_is_looked_up_from_its_page() {
        check_page(
            "README.md",
            "[a](record.md)",
            &["README.md:1: names `record.md`, which is not kept here"],
        );
        check_page("README.md", "[a](docs/record.md)", &[]);
    }

    #[test]
    fn a_path_does_not_leave_the_workspace() {
        check_page("README.md", "`../other/a`", &["README.md:1: names `../other/a`, which is not kept here"]);
    }

    #[test]
    fn what_is_no_path() {
        check_page(
            "README.md",
            "`quote/cue/according-to` `text/html` `articles.jsonl` `onrecord read a/b.md` `spec/**/*.md` `PATH` `e1`
             `https://example.org/a.md` [a](https://example.org/a.md) [b](#posts) [c](mailto:a@example.org) `read/FILE`
             `eval/{corpus}.csv` `/` `and/or` `a::b.rs`",
            &[],
        );
        check_page("README.md", "```\ndocs/gone.md `docs/gone.md`\n```", &[]);
    }
}
