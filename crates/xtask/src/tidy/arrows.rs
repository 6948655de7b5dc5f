//! A crate uses only those below it.
//!
//! In: the packages of the workspace and their dependencies of every kind, as cargo tells them.
//! Out: a problem for each dependency that the table does not allow, and for each crate that the table does not know.
//! Never: a word on crates from outside.
//! Next: `tidy/words.rs`.

use serde_json::Value;

use super::Problem;
use crate::tree::Tree;

/// Each crate and those it may use.
///
/// kernel ← onrecord ← {intake, store, eval}, and eval measures intake; {onrecord, intake, store} ← {server, python}; all that ships ← cli.
const ARROWS: &[(&str, &[&str])] = &[
    ("onrecord-kernel", &[]),
    ("onrecord", &["onrecord-kernel"]),
    ("onrecord-intake", &["onrecord"]),
    ("onrecord-store", &["onrecord"]),
    ("onrecord-eval", &["onrecord", "onrecord-intake"]),
    ("onrecord-server", &["onrecord", "onrecord-intake", "onrecord-store"]),
    ("onrecord-python", &["onrecord", "onrecord-intake", "onrecord-store"]),
    (
        "onrecord-cli",
        &["onrecord-kernel", "onrecord", "onrecord-intake", "onrecord-store", "onrecord-server"],
    ),
    // The chores write pages from any crate's code; nothing uses the chores.
    (
        "xtask",
        &[
            "onrecord",
            "onrecord-intake",
            "onrecord-store",
            "onrecord-server",
            "onrecord-cli",
            "onrecord-eval",
        ],
    ),
];

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let packages = tree.metadata()["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let ours: Vec<&str> = packages.iter().map(name).collect();
    let mut problems = Vec::new();
    for package in packages {
        let manifest = format!("crates/{}/Cargo.toml", name(package));
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name(package)) else {
            let message =
                "is a new crate: give it a place among the arrows in crates/xtask/src/tidy/arrows.rs";
            problems.push(Problem::of(&manifest, message));
            continue;
        };
        let used = package["dependencies"].as_array().into_iter().flatten().map(name);
        let mut forbidden: Vec<&str> = used.filter(|to| ours.contains(to) && !allowed.contains(to)).collect();
        forbidden.sort_unstable();
        forbidden.dedup();
        problems.extend(forbidden.iter().map(|to| {
            Problem::of(&manifest, format!("depends on {to}; {} may use {}", name(package), list(allowed)))
        }));
    }
    problems
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap_or_default()
}

fn list(crates: &[&str]) -> String {
    if crates.is_empty() { "no crate of the workspace".to_owned() } else { crates.join(", ") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_packages(packages: &[(&str, &[&str])], expected: &[&str]) {
        let packages: Vec<Value> = packages
            .iter()
            .map(|(name, uses)| {
                let uses: Vec<Value> = uses.iter().map(|used| json!({"name": used, "kind": null})).collect();
                json!({"name": name, "dependencies": uses})
            })
            .collect();
        let tree = Tree::new([], json!({"packages": packages}));
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn arrows_that_point_down() {
        check_packages(
            &[
                ("onrecord", &["jiff"]),
                ("onrecord-intake", &["onrecord"]),
                ("onrecord-cli", &["onrecord", "onrecord-intake"]),
                ("xtask", &["onrecord", "onrecord-cli"]),
            ],
            &[],
        );
    }

    #[test]
    fn arrows_that_point_up_or_across() {
        check_packages(
            &[
                ("onrecord", &["onrecord-store", "onrecord-store"]),
                ("onrecord-store", &["onrecord-intake"]),
                ("onrecord-intake", &["onrecord"]),
                ("onrecord-cli", &["xtask"]),
                ("xtask", &[]),
            ],
            &[
                "crates/onrecord/Cargo.toml: depends on onrecord-store; onrecord may use onrecord-kernel",
                "crates/onrecord-store/Cargo.toml: depends on onrecord-intake; onrecord-store may use onrecord",
                "crates/onrecord-cli/Cargo.toml: depends on xtask; onrecord-cli may use onrecord-kernel, onrecord, \
                 onrecord-intake, onrecord-store, onrecord-server",
            ],
        );
        check_packages(
            &[("onrecord", &[]), ("onrecord-kernel", &["onrecord"])],
            &[
                "crates/onrecord-kernel/Cargo.toml: depends on onrecord; onrecord-kernel may use no crate of the workspace",
            ],
        );
    }

    #[test]
    fn a_crate_that_nobody_placed() {
        check_packages(
            &[("onrecord-magic", &[])],
            &["crates/onrecord-magic/Cargo.toml: is a new crate: give it a place among the arrows in \
               crates/xtask/src/tidy/arrows.rs"],
        );
    }
}
