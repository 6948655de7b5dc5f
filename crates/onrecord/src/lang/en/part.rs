//! Parts of speech of English words, by a small table of weights.
//!
//! In: the words of a sentence. Out: a [`Part`] for each. From left to right, each word by its letters, its neighbours
//! and the parts before it; words are never looked at twice, so that it is linear. `part.bin` was learned (averaged
//! perceptron) from the freely licensed part of the training split of GUM; `onrecord-eval learn` makes it anew.
//! It knows single words, not phrases: readings decide what they make of them.

use std::sync::LazyLock;

use crate::lang::part::Part;
use crate::lang::weights::{Weights, key};

static TABLE: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("part.bin")));

/// The parts of the words of one sentence; `lower` are the words in small letters.
pub(crate) fn parts(words: &[&str], lower: &[&str]) -> Vec<Part> {
    let mut features = Vec::with_capacity(16);
    let mut parts: Vec<Part> = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        let part = if is_mark(words[at]) {
            Part::Other
        } else {
            features.clear();
            part_features(words, lower, at, &parts, &mut features);
            best(&features)
        };
        parts.push(part);
    }
    parts
}

fn best(features: &[u32]) -> Part {
    let mut scores = [0; Part::ALL.len()];
    for &feature in features {
        TABLE.add(feature, &mut scores);
    }
    let mut best = 0;
    for (at, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = at;
        }
    }
    Part::ALL[best]
}

/// Whether a token is nothing but marks, whose part nobody asks for.
pub fn is_mark(word: &str) -> bool {
    !word.contains(char::is_alphanumeric)
}

/// What the table knows a word by; `lower` are the words in small letters, `before` the parts of those before it.
pub fn part_features(words: &[&str], lower: &[&str], at: usize, before: &[Part], out: &mut Vec<u32>) {
    let word = |place: Option<usize>| place.and_then(|place| lower.get(place)).map_or("", |word| word);
    let this = word(Some(at));
    let (left, right) = (word(at.checked_sub(1)), word(Some(at + 1)));
    let name = |back: usize| at.checked_sub(back).map_or("", |place| NAMES[before[place] as usize]);
    let (one, two) = (name(1), name(2));
    let shape = shape(words[at], at);
    let mut feature = |template: u8, says: &[&str]| out.push(key(template, says));
    feature(0, &[]);
    feature(1, &[this]);
    feature(2, &[this, shape]);
    feature(3, &[ending(this, 3)]);
    feature(4, &[ending(this, 2), one]);
    feature(5, &[ending(this, 4)]);
    feature(6, &[shape, one]);
    feature(7, &[left]);
    feature(8, &[right]);
    feature(9, &[one, two]);
    feature(10, &[one, this]);
    feature(11, &[ending(right, 3)]);
    feature(12, &[left, this]);
    feature(13, &[this, right]);
    feature(14, &[ending(this, 3), ending(right, 2)]);
    feature(15, &[word(at.checked_sub(2)), left]);
    feature(16, &[ending(this, 2), left]);
    feature(17, &[word(Some(at + 2)), ending(right, 3)]);
}

const NAMES: [&str; Part::ALL.len()] =
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"];

/// The last `count` characters.
fn ending(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count - 1).map_or(word, |(at, _)| &word[at..])
}

fn shape(word: &str, at: usize) -> &'static str {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if first.is_numeric() {
        return "9";
    }
    let hyphen = word.contains('-');
    match (first.is_uppercase(), chars.any(char::is_lowercase), at == 0, hyphen) {
        (true, true, true, _) => "Aa^",
        (true, true, false, _) => "Aa",
        (true, false, ..) => "A",
        (false, _, _, true) => "a-a",
        (false, ..) => "a",
    }
}
