//! Words, features and word pieces are those that a model was trained on.
//!
//! In: the reference outputs of `train/export.py`, and cases of our own. `tests/properties.rs` has what holds of every
//! text, the units of `src/encode/fold.rs` every character.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::PathBuf;

use onrecord::encode::{Case, State, WordPieces, Words};
use onrecord::text::Offsets;
use onrecord_kernel::{Cpu, Model};
use serde_json::Value;

fn reference(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../train/reference").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_same_as_in_python() {
    let model = Model::read(&reference("tiny.model"), Cpu::detect()).unwrap();
    let word_pieces = WordPieces::new(model.vocabulary()).unwrap();
    let told: Value = serde_json::from_slice(&reference("tiny.json")).unwrap();
    let cases = told["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let words = Words::read(text);
        let pieces = word_pieces.pieces(&words);
        let offsets = Offsets::new(text);
        let each = |value: fn(&onrecord::encode::Word) -> u32| words.iter().map(value).collect::<Vec<_>>();
        let spans: Vec<[u32; 2]> = words
            .iter()
            .map(|word| [word.span.start, word.span.end].map(|at| offsets.code_point(at)))
            .collect();
        let ids: Vec<u32> = pieces.as_slice().iter().map(|piece| piece.id).collect();
        assert_eq!(serde_json::json!(spans), case["words"], "{text}");
        assert_eq!(serde_json::json!(each(|word| word.paragraph)), case["paragraph"], "{text}");
        assert_eq!(serde_json::json!(each(|word| word.case as u32)), case["case"], "{text}");
        assert_eq!(serde_json::json!(each(|word| word.state as u32)), case["state"], "{text}");
        assert_eq!(serde_json::json!(pieces.first()), case["first"], "{text}");
        assert_eq!(serde_json::json!(ids), case["pieces"], "{text}");
    }
}

#[test]
fn words() {
    let check = |text: &str, expected: &[&str]| {
        let words = Words::read(text);
        let found: Vec<&str> = words.iter().map(|word| words.slice(*word)).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("", &[]);
    check(" \n\u{1f}\u{2028}", &[]);
    check("She isn't 3.5 km off.", &["She", "isn", "'", "t", "3", ".", "5", "km", "off", "."]);
    check("a+b=$5 £5 x_y", &["a", "+", "b", "=", "$", "5", "£5", "x", "_", "y"]);
    check("东京at", &["东", "京", "at"]);
    check("a\u{1c}b\u{a0}c\u{200b}d\0e", &["a", "b", "c\u{200b}d\0e"]);
    check("\u{feff}“Yes—", &["\u{feff}", "“", "Yes", "—"]);
}

#[test]
fn paragraphs() {
    let words = Words::read("\r\n one two\r\n \t\n\nthree\rfour\u{2028}five");
    let found: Vec<_> = words.iter().map(|word| (word.paragraph, word.start)).collect();
    assert_eq!(found, [(0, true), (0, false), (1, true), (2, true), (2, false)]);
}

#[test]
fn cases() {
    let check = |word: &str, expected: Case| assert_eq!(Words::read(word)[0].case, expected, "{word:?}");
    check("42", Case::None);
    check("東", Case::None);
    check("ﷺ", Case::None);
    check("mayor", Case::Lower);
    check("éa", Case::Lower);
    check("ªx", Case::Lower);
    check("Mayor", Case::Title);
    check("É", Case::Title);
    check("2Nd", Case::Title);
    check("ǅ", Case::None);
    check("NATO", Case::Upper);
    check("ⅧX", Case::Upper);
    check("iPhone", Case::Mixed);
    check("McRae", Case::Mixed);
    // A capital and its small letter since Unicode 16, which Unicode 14 does not know.
    check("\u{a7cb}\u{a7cd}", Case::None);
}

#[test]
fn states() {
    let check = |text: &str, expected: &str| {
        let words = Words::read(text);
        let states = words.iter().map(|word| match word.state {
            State::Outside => '.',
            State::Inside => 'i',
            State::Opening => '(',
            State::Closing => ')',
        });
        assert_eq!(states.collect::<String>(), expected, "{text}");
    };
    check("“a b” c", "(ii).");
    check("\"a\" b \"c", "(i).(i");
    check("«a» „b“ ”c”", "(i)(i)(i)");
    // A mark that faces the wrong way stands for nothing.
    check("a ” b", "...");
    check("“a “b” c", "(iii).");
    check("''a'' b", "((i)).");
    check("``a'' ' '", "((i))..");
    check("'''a", "((ii");
    check("“a\nb” c", "(i...");
}

#[test]
fn pieces() {
    let word_pieces = WordPieces::new("[UNK]\nun\n##a\n##ble\n##able\nable\n##\n\n東").unwrap();
    let check = |text: &str, expected: &[u32]| {
        let pieces = word_pieces.pieces(&Words::read(text));
        let ids: Vec<u32> = pieces.as_slice().iter().map(|piece| piece.id).collect();
        assert_eq!(ids, expected, "{text:?}");
    };
    check("Unable", &[1, 4]);
    check("una", &[1, 2]);
    // Greedy: what is taken is never given back.
    check("unablea able", &[1, 4, 2, 5]);
    check("unx", &[0]);
    check("ÜNÁBLE", &[1, 4]);
    check("東 ##", &[8, 0, 0]);
    // Nothing is left of it, and still it has a piece.
    check("\u{200b}", &[0]);
    check("", &[]);
}

#[test]
fn the_longest_word() {
    let word_pieces = WordPieces::new("[UNK]\na\n##a").unwrap();
    let count = |letters: usize| word_pieces.pieces(&Words::read(&"A".repeat(letters))).as_slice().len();
    assert_eq!(count(100), 100);
    assert_eq!(count(101), 1);
}

#[test]
fn a_broken_vocabulary() {
    let error = WordPieces::new("").unwrap_err();
    assert!(error.is_missing_piece() && !error.is_repeated_piece());
    assert_eq!(error.to_string(), "vocabulary: found no piece `[UNK]`; expected one for unknown words");
    // The beginning of a piece is none.
    assert!(WordPieces::new("[UNK]s").unwrap_err().is_missing_piece());
    let error = WordPieces::new("[UNK]\na\nthe\u{202e}\nb\nthe\u{202e}").unwrap_err();
    assert!(error.is_repeated_piece());
    let expected = "vocabulary: found `the\\u{202e}` on lines 3 and 5; expected each piece once";
    assert_eq!(error.to_string(), expected);
}
