//! ARCHITECTURE.md names every folder of code.
//!
//! In: the folders under `crates/*/src`, and the code spans and links of ARCHITECTURE.md.
//! Out: a problem for each folder that is not named there, by its path from the root or, in the engine, from `src`.
//! Never: a folder counted as named because a file in it is.
//! Next: `tidy/paths.rs` checks that what ARCHITECTURE.md names exists.

use std::collections::BTreeSet;

use super::{ENGINE, Problem, paths};
use crate::markdown::{Kind, pieces};
use crate::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let Some(map) = tree.file(MAP) else {
        return vec![Problem::of(MAP, "is missing: it heads each folder with the question it answers")];
    };
    let named: BTreeSet<String> = pieces(&map.text)
        .into_iter()
        .filter(|piece| piece.kind != Kind::Fence)
        .filter_map(|piece| paths::resolve("", piece.text.split('#').next()?))
        .collect();
    tree.folders()
        .filter(|folder| is_code(folder))
        .filter(|folder| {
            let short = folder.strip_prefix(ENGINE);
            !named.contains(*folder) && !short.is_some_and(|short| named.contains(short))
        })
        .map(|folder| Problem::of(MAP, format!("does not name the folder `{folder}/`")))
        .collect()
}

/// Whether `folder` lies under the `src` of a crate; snapshots hold no code.
fn is_code(folder: &str) -> bool {
    let parts: Vec<&str> = folder.split('/').collect();
    matches!(parts.as_slice(), ["crates", _, "src", _, ..]) && parts.last() != Some(&"snapshots")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    const CODE: &[(&str, &str)] = &[
        ("crates/onrecord/src/read/quote/mod.rs", ""),
        ("crates/onrecord-cli/src/format/text.rs", ""),
        ("crates/onrecord-cli/src/format/snapshots/a.snap", ""),
        ("crates/onrecord-cli/tests/errors/a.rs", ""),
    ];

    fn check_map(map: &str, expected: &[&str]) {
        let files: Vec<_> = CODE.iter().copied().chain([(MAP, map)]).collect();
        assert_finds(check, &files, expected);
    }

    #[test]
    fn every_folder_is_named() {
        check_map(
            "`read/`, `crates/onrecord/src/read/quote`, [the formats](crates/onrecord-cli/src/format/)",
            &[],
        );
    }

    #[test]
    fn a_folder_is_not_named() {
        check_map(
            "`crates/onrecord/src/read/` and `read/quote/mod.rs`, `format/`",
            &[
                "ARCHITECTURE.md: does not name the folder `crates/onrecord-cli/src/format/`",
                "ARCHITECTURE.md: does not name the folder `crates/onrecord/src/read/quote/`",
            ],
        );
    }

    #[test]
    fn there_is_no_map() {
        assert_finds(
            check,
            CODE,
            &["ARCHITECTURE.md: is missing: it heads each folder with the question it answers"],
        );
    }
}
