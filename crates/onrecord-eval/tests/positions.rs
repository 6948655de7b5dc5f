//! Where in an article something is found, with known answers.

mod common;

use common::attribution;
use onrecord_eval::position::Positions;
use onrecord_eval::score::{Text, score};
use onrecord_eval::{Attribution, Span};

/// Fifths of ten characters.
const TEXT: &str = "Roz said Aa bb cc dd ee ff gg hh ii jj kk ll mm nn";

fn at(start: usize, end: usize) -> Attribution {
    Attribution { content: vec![Span::new(start, end)], ..attribution(TEXT, "Roz", "said", &[]) }
}

/// Checks the fifths, each written as gold, found, predicted, hits.
#[track_caller]
fn check(gold: &[Attribution], predicted: &[Attribution], expected: [[usize; 4]; 5]) {
    let text = Text::new(TEXT);
    let Positions(parts) = Positions::of(&text, &score(&text, gold, predicted));
    assert_eq!(parts.map(|tally| [tally.gold, tally.found, tally.predicted, tally.hits]), expected);
}

#[test]
fn the_first_character_of_the_content_tells_the_fifth() {
    assert_eq!(TEXT.len(), 50);
    let none = [0; 4];
    check(&[at(9, 29)], &[at(9, 29)], [[1; 4], none, none, none, none]);
    check(&[at(10, 29), at(48, 50)], &[], [none, [1, 0, 0, 0], none, none, [1, 0, 0, 0]]);
    let mut pieces = at(42, 44);
    pieces.content.push(Span::new(20, 24));
    check(&[], &[pieces], [none, none, [0, 0, 1, 0], none, none]);
}

#[test]
fn each_side_of_a_pair_counts_where_it_begins() {
    let none = [0; 4];
    check(&[at(18, 29)], &[at(21, 29)], [none, [1, 1, 0, 0], [0, 0, 1, 1], none, none]);
}

#[test]
fn what_has_no_content_stands_nowhere() {
    let empty = [Attribution { content: Vec::new(), ..at(0, 1) }];
    check(&empty, &empty, [[0; 4]; 5]);
}
