//! Parts of speech, from GUM.
//!
//! In: the sentences of GUM, by the words of a document. Out: the table that the engine reads, and how often it is right
//! on dev.

use std::path::Path;

use onrecord::learn::{Part, Weights, is_mark, part_features};
use onrecord::{Article, Document, Span};

use super::{Perceptron, best_of};
use crate::Error;
use crate::corpus::Split;
use crate::corpus::gum::{self, Classed};

/// How often all examples are seen.
const PASSES: usize = 8;

/// Rows of smaller weights are left out: the table is a third as large and as good.
const LEAST: u8 = 12;

/// The words of a sentence and their parts.
struct Sentence {
    words: Vec<String>,
    lower: Vec<String>,
    parts: Vec<Part>,
}

/// Learns the table from train, and tells which share of the words of dev it has right.
///
/// # Errors
///
/// When the corpus cannot be read.
pub fn learn(data: &Path) -> Result<(Vec<u8>, f64), Error> {
    let train: Vec<Sentence> = gum::classed(data, Split::Train)?.iter().flat_map(sentences).collect();
    let mut perceptron = Perceptron::new(Part::ALL.len());
    for _ in 0..PASSES {
        for sentence in &train {
            walk(sentence, |features, truth| {
                let guess = perceptron.best(features);
                perceptron.learn(features, truth as usize, guess);
                Part::ALL[guess]
            });
        }
    }
    let table = perceptron.table(LEAST);
    let weights = Weights::read(&table);
    let (mut right, mut all) = (0, 0);
    for sentence in gum::classed(data, Split::Dev)?.iter().flat_map(sentences) {
        walk(&sentence, |features, truth| {
            let mut scores = vec![0; Part::ALL.len()];
            for &feature in features {
                weights.add(feature, &mut scores);
            }
            let guess = Part::ALL[best_of(&scores)];
            all += 1;
            right += usize::from(guess == truth);
            guess
        });
    }
    Ok((table, 100.0 * f64::from(right as u32) / f64::from(all.max(1))))
}

/// Goes from left to right; `decide` takes the features of a word and its part, and gives the part that it is held for.
fn walk(sentence: &Sentence, mut decide: impl FnMut(&[u32], Part) -> Part) {
    let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
    let lower: Vec<&str> = sentence.lower.iter().map(String::as_str).collect();
    let mut held: Vec<Part> = Vec::new();
    let mut features = Vec::new();
    for at in 0..words.len() {
        let part = if is_mark(words[at]) {
            Part::Other
        } else {
            features.clear();
            part_features(&words, &lower, at, &held, &mut features);
            decide(&features, sentence.parts[at])
        };
        held.push(part);
    }
}

/// The sentences of a document, as the engine splits them.
fn sentences(classed: &Classed) -> Vec<Sentence> {
    let document = Document::new(Article::new(classed.text.clone()));
    let part = |span: Span| {
        let first = classed.words.partition_point(|word| word.start < span.start as usize);
        let end = classed.words.partition_point(|word| word.start < span.end as usize);
        let parts: Vec<Part> = classed.words[first..end].iter().map(|word| part_of(&word.class)).collect();
        // "peer-reviewed" is an adjective, "self-control" what its last word is; "didn't" what its first is.
        if !document.slice(span).contains('-') {
            return parts.first().copied();
        }
        let last = parts.last().copied();
        last.map(|last| match last {
            Part::Participle | Part::Gerund if parts.len() > 1 => Part::Adjective,
            last => last,
        })
    };
    let sentence = |sentence: &onrecord::text::Sentence| {
        let tokens = &document.tokens()[sentence.tokens.clone()];
        let words: Vec<String> = tokens.iter().map(|t| document.slice(t.span).to_owned()).collect();
        Sentence {
            lower: words.iter().map(|word| word.to_lowercase()).collect(),
            parts: tokens.iter().map(|token| part(token.span).unwrap_or_default()).collect(),
            words,
        }
    };
    document.sentences().iter().map(sentence).collect()
}

/// The part that a tag of the Penn Treebank is.
fn part_of(tag: &str) -> Part {
    match tag {
        "NN" | "NNS" => Part::Noun,
        "NNP" | "NNPS" => Part::Name,
        "PRP" | "EX" => Part::Pronoun,
        "DT" | "PDT" | "PRP$" => Part::Determiner,
        "POS" => Part::Possessive,
        "JJ" | "JJR" | "JJS" => Part::Adjective,
        "RB" | "RBR" | "RBS" => Part::Adverb,
        "RP" => Part::Particle,
        "IN" => Part::Preposition,
        "TO" => Part::To,
        "CC" => Part::Conjunction,
        "MD" => Part::Modal,
        "VBD" => Part::Past,
        "VBZ" | "VBP" => Part::Present,
        "VB" => Part::Base,
        "VBG" => Part::Gerund,
        "VBN" => Part::Participle,
        "WDT" | "WP" | "WP$" | "WRB" => Part::Relative,
        "CD" => Part::Number,
        _ => Part::Other,
    }
}
