//! `cargo xtask docs`: the pages that are made from code.
//!
//! In: the shapes in `onrecord::wire`, with their doc comments.
//! Out: the pages under `docs/`, or a problem for each that differs from the code.
//! Never: a sentence of its own about a key; that stands in the code, once.
//! Next: `reference.rs` turns a JSON Schema into a page.

mod reference;

use anyhow::Context as _;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::tidy::Problem;
use crate::tree::Tree;

/// What to do with the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Writes the pages of this workspace, or compares them with the code.
pub(crate) fn run(mode: Mode) -> anyhow::Result<Vec<Problem>> {
    let tree = Tree::of_workspace()?;
    if mode == Mode::Check {
        return check(&tree);
    }
    for (path, text) in pages()? {
        let full = tree.root().join(path);
        if let Some(folder) = full.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder of {path}"))?;
        }
        std::fs::write(&full, text).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(Vec::new())
}

/// A problem for each page that differs from the code.
pub(crate) fn check(tree: &Tree) -> anyhow::Result<Vec<Problem>> {
    Ok(stale(tree, &pages()?))
}

type Page = (&'static str, String);

fn pages() -> anyhow::Result<Vec<Page>> {
    let schema = record_schema();
    let json = serde_json::to_string_pretty(&schema)? + "\n";
    Ok(vec![("docs/record.schema.json", json), ("docs/record.md", reference::page(&schema))])
}

/// The JSON Schema of the record as it is written, not as it could be read.
fn record_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<onrecord::wire::Record<'static>>();
    let mut schema = schema.to_value();
    // The order of keys depends on a feature of serde_json that another crate of the build may turn on.
    schema.sort_all_objects();
    drop_examples(&mut schema);
    schema
}

/// Takes the Rust examples out of the doc comments: the pages are for readers of JSON.
fn drop_examples(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(drop_examples),
        Value::Object(values) => {
            for (key, value) in values {
                match value {
                    Value::String(text) if key == "description" => *text = before_example(text).to_owned(),
                    value => drop_examples(value),
                }
            }
        }
        _ => {}
    }
}

fn before_example(text: &str) -> &str {
    text.split("```").next().unwrap_or(text).trim_end()
}

fn stale(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let stale = pages.iter().filter_map(|(path, text)| {
        let hint = "hint: run `cargo xtask docs`";
        let Some(kept) = tree.file(path) else {
            return Some(Problem::of(path, format!("is missing; {hint}")));
        };
        let same = kept.text.lines().zip(text.lines()).take_while(|(kept, made)| kept == made).count();
        let problem = Problem::at(path, same + 1, format!("is not what the code says; {hint}"));
        (kept.text != *text).then_some(problem)
    });
    stale.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_differs_is_stale() {
        let pages = [("docs/a.md", "one\ntwo\n".to_owned()), ("docs/b.md", "three\n".to_owned())];
        let check = |files: &[(&str, &str)], expected: &[&str]| {
            let found: Vec<String> =
                stale(&Tree::made_up(files), &pages).iter().map(ToString::to_string).collect();
            assert_eq!(found, expected);
        };
        check(&[("docs/a.md", "one\ntwo\n"), ("docs/b.md", "three\n")], &[]);
        check(
            &[("docs/a.md", "one\n2\n")],
            &[
                "docs/a.md:2: is not what the code says; hint: run `cargo xtask docs`",
                "docs/b.md: is missing; hint: run `cargo xtask docs`",
            ],
        );
    }

    #[test]
    fn examples_are_for_readers_of_rust() {
        assert_eq!(before_example("One row.\n\n```\nlet a = 1;\n```"), "One row.");
        assert_eq!(before_example("One row of `a`."), "One row of `a`.");
        let mut schema =
            serde_json::json!({"$defs": {"A": {"description": "One.\n\n```\na\n```", "anyOf": [{}]}}});
        drop_examples(&mut schema);
        assert_eq!(schema["$defs"]["A"]["description"], "One.");
    }

    #[test]
    fn the_schema_is_of_the_record() {
        let schema = record_schema();
        assert_eq!(schema["title"], "Record");
        assert_eq!(schema["properties"]["article"]["$ref"], "#/$defs/Article");
        assert!(schema["$defs"]["Span"]["properties"]["byte_start"].is_object());
    }
}
