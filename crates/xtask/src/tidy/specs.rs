//! At most a tenth of a reading's specs are known misses.
//!
//! In: the heads of the blocks in `spec/**/*.md`: `claims READING`, `claims READING wrong`.
//! Out: a problem for each reading of which more than a tenth of the blocks are `wrong`.
//! Never: a reading's own verdict; the spec runner of the engine gives that.
//! Next: `tidy/addresses.rs`.

use std::collections::BTreeMap;

use super::Problem;
use crate::markdown::{Kind, pieces};
use crate::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let mut readings: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for page in tree.files_of("md").filter(|file| file.path.starts_with("spec/")) {
        for piece in pieces(&page.text).into_iter().filter(|piece| piece.kind == Kind::Fence) {
            let words: Vec<&str> = piece.text.split_whitespace().collect();
            let ["claims", reading, marks @ ..] = words.as_slice() else { continue };
            let tally = readings.entry(reading).or_default();
            tally.all += 1;
            if marks.contains(&"wrong") {
                tally.wrong.push((&page.path, piece.line));
            }
        }
    }
    let over = readings.into_iter().filter(|(_, tally)| tally.wrong.len() * 10 > tally.all);
    over.flat_map(|(reading, tally)| {
        let count = format!("{} of the {} specs of {reading}", tally.wrong.len(), tally.all);
        let message = format!("is a known miss, as are {count}; at most a tenth may be");
        tally.wrong.into_iter().map(move |(path, line)| Problem::at(path, line, message.clone()))
    })
    .collect()
}

#[derive(Default)]
struct Tally<'t> {
    all: usize,
    /// Path and line of each miss.
    wrong: Vec<(&'t str, usize)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    fn spec(blocks: &[(&str, usize)]) -> String {
        blocks.iter().map(|(head, count)| format!("```{head}\n```\n").repeat(*count)).collect()
    }

    #[test]
    fn a_tenth() {
        let page =
            spec(&[("claims quote wrong", 1), ("claims quote", 8), ("claims quote none", 1), ("article", 1)]);
        assert_finds(check, &[("spec/quote/a.md", &page)], &[]);
    }

    #[test]
    fn over_a_tenth() {
        let page = spec(&[
            ("claims quote", 7),
            ("claims time", 20),
            ("claims quote wrong", 1),
            ("claims time wrong", 2),
        ]);
        assert_finds(
            check,
            &[("spec/a.md", &page), ("spec/b/c.md", &spec(&[("claims quote wrong", 1)]))],
            &[
                "spec/a.md:55: is a known miss, as are 2 of the 9 specs of quote; at most a tenth may be",
                "spec/b/c.md:1: is a known miss, as are 2 of the 9 specs of quote; at most a tenth may be",
            ],
        );
    }

    #[test]
    fn pages_elsewhere_only_explain() {
        assert_finds(check, &[("CONTRIBUTING.md", &spec(&[("claims quote wrong", 1)]))], &[]);
    }
}
