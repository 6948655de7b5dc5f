//! The workspace as the checks see it.
//!
//! In: `git ls-files` and `cargo metadata`, run in the current folder.
//! Out: a [`Tree`]: every kept file with its text, and the packages.
//! Never: a file that git ignores; a file outside the workspace.
//! Next: `tidy/mod.rs`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, anyhow, bail};
use serde_json::Value;

/// The kept files of the workspace and what cargo says of its packages.
///
/// The checks read this value and nothing else, so that a test can hand them a tree made up of a few lines.
#[derive(Default)]
pub(crate) struct Tree {
    root: PathBuf,
    files: Vec<File>,
    /// Every file and every folder above one, without a slash at the end.
    paths: BTreeSet<String>,
    metadata: Value,
}

/// A file that git tracks, or that it would track.
pub(crate) struct File {
    /// From the root of the workspace, with `/` between the parts.
    pub(crate) path: String,
    /// Empty for a file that is not UTF-8: such a file has no lines to check.
    pub(crate) text: String,
}

impl Tree {
    /// Reads the workspace that holds the current folder.
    pub(crate) fn of_workspace() -> anyhow::Result<Tree> {
        let here = Path::new(".");
        let root = output(here, git().args(["rev-parse", "--show-toplevel"]))
            .map_err(|error| anyhow!("{error:#}\nhint: run this inside a checkout"))?;
        let root = String::from_utf8(root).context("the path of the workspace is not UTF-8")?;
        let root = PathBuf::from(root.trim_end_matches('\n'));
        let listed =
            output(&root, git().args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let listed = String::from_utf8(listed).context("a file name is not UTF-8")?;
        let mut files = Vec::new();
        for path in listed.split_terminator('\0').collect::<BTreeSet<_>>() {
            let full = root.join(path);
            // A tracked file may be gone from disk, and a link stands for what it points at.
            if full.is_file() && !full.is_symlink() {
                let bytes = std::fs::read(&full).with_context(|| format!("cannot read {path}"))?;
                files.push((path.to_owned(), String::from_utf8(bytes).unwrap_or_default()));
            }
        }
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
        let metadata = serde_json::from_slice(&output(&root, &mut cargo)?)?;
        Ok(Tree { root, ..Tree::new(files, metadata) })
    }

    /// A tree of the given files, whose packages are the `packages` of `metadata`.
    pub(crate) fn new(files: impl IntoIterator<Item = (String, String)>, metadata: Value) -> Tree {
        let files: Vec<File> = files.into_iter().map(|(path, text)| File { path, text }).collect();
        let mut paths = BTreeSet::new();
        for file in &files {
            let slashes = file.path.match_indices('/').map(|(at, _)| file.path[..at].to_owned());
            paths.extend(slashes);
            paths.insert(file.path.clone());
        }
        Tree { root: PathBuf::new(), files, paths, metadata }
    }

    /// The folder that holds the workspace; empty for a tree that was made up.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The files whose name ends in `.` and `extension`.
    pub(crate) fn files_of(&self, extension: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| extension_of(&file.path) == Some(extension))
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Every file and folder.
    pub(crate) fn paths(&self) -> &BTreeSet<String> {
        &self.paths
    }

    /// Every folder.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str).filter(|path| self.file(path).is_none())
    }

    /// The answer of `cargo metadata`.
    pub(crate) fn metadata(&self) -> &Value {
        &self.metadata
    }
}

/// What stands after the last dot of a file name; `None` for `.gitignore`.
pub(crate) fn extension_of(path: &str) -> Option<&str> {
    Path::new(path).extension().and_then(|extension| extension.to_str())
}

/// git, told to read a checkout that another user owns.
///
/// git refuses such checkouts because their configuration may name programs to run; whoever runs `cargo xtask` in a
/// checkout has run its code already.
fn git() -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "safe.directory=*"]);
    git
}

fn output(folder: &Path, command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.current_dir(folder).output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        bail!("{name} failed, {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(output.stdout)
}

#[cfg(test)]
impl Tree {
    /// A tree of the given files and no packages.
    pub(crate) fn made_up(files: &[(&str, &str)]) -> Tree {
        Tree::new(files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())), Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_whatever_stands_above_a_file() {
        let tree = Tree::made_up(&[("a/b/c.rs", ""), ("d.md", "")]);
        assert_eq!(tree.folders().collect::<Vec<_>>(), ["a", "a/b"]);
        assert!(tree.paths().contains("a/b/c.rs"));
        assert!(!tree.paths().contains("b"));
    }

    #[test]
    fn an_extension_needs_a_name_before_it() {
        assert_eq!(extension_of("crates/x/build.rs"), Some("rs"));
        assert_eq!(extension_of(".gitignore"), None);
        assert_eq!(extension_of("LICENSE-MIT"), None);
    }

    #[test]
    fn this_workspace_can_be_read() {
        let tree = Tree::of_workspace().expect("the tests run inside the workspace");
        assert!(tree.file("crates/xtask/src/tree.rs").is_some());
        assert!(tree.paths().iter().all(|path| !path.starts_with("target/")));
    }
}
