//! What users see of the engine is shaped in `wire/` alone.
//!
//! In: the engine's product code outside `wire/`, as tokens.
//! Out: a problem for each line that names serde: a derive, an attribute or a path.
//! Never: a word in a comment or a string.
//! Next: `tidy/specs.rs`.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use super::{ENGINE, Problem, engine_files};
use crate::rust::{Source, line};
use crate::tree::Tree;

const NAMES: &[&str] = &["serde", "serde_json", "schemars", "Serialize", "Deserialize", "JsonSchema"];

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in engine_files(tree, &["wire/"]) {
        // What is not Rust is told by `tidy/sizes.rs`.
        let Ok(source) = Source::parse(&file.text) else { continue };
        let mut lines = BTreeSet::new();
        named(source.tokens, &mut lines);
        problems.extend(lines.into_iter().map(|line| {
            Problem::at(
                &file.path,
                line,
                format!("names serde; what is serialised is shaped in {ENGINE}wire/"),
            )
        }));
    }
    problems
}

fn named(stream: TokenStream, lines: &mut BTreeSet<usize>) {
    for token in stream {
        match &token {
            TokenTree::Group(group) => named(group.stream(), lines),
            TokenTree::Ident(ident) if NAMES.iter().any(|name| ident == name) => {
                lines.insert(line(&token));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    const PATH: &str = "crates/onrecord/src/article.rs";

    #[test]
    fn serde_outside_wire() {
        let message = "names serde; what is serialised is shaped in crates/onrecord/src/wire/";
        let expected: Vec<String> =
            [1, 3, 6].iter().map(|line| format!("{PATH}:{line}: {message}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let code = "#[derive(Clone, Serialize)]\nstruct A {\n    #[serde(skip)]\n    b: u8,\n}\nfn c(d: impl serde::Serialize) {}\n";
        assert_finds(check, &[(PATH, code)], &expected);
    }

    #[test]
    fn serde_where_it_may_stand() {
        let code = "#[derive(serde::Serialize)]\nstruct A;\n";
        assert_finds(
            check,
            &[
                ("crates/onrecord/src/wire/mod.rs", code),
                ("crates/onrecord/tests/properties.rs", code),
                ("crates/onrecord-eval/src/main.rs", code),
                (
                    PATH,
                    "// serde::Serialize\n#[cfg(test)]\nmod tests { use serde_json::json; }\nconst A: &str = \"serde\";",
                ),
            ],
            &[],
        );
    }
}
