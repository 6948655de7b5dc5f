//! What the small tables of weights are learned from: the features that the engine sees.
//!
//! In: words, as a [`crate::Document`] has them. Out: keys of features, and the form of a table. Nobody who reads articles
//! needs it; whoever makes a table must see what the engine sees.

pub use crate::lang::en::part::{is_mark, part_features};
pub use crate::lang::part::Part;
pub use crate::lang::weights::Weights;
pub use crate::read::cause::link::{Tables, Turn};

use crate::read::cause::link::{feature, find};
use crate::read::cause::view::View;
use crate::{Document, Span};

/// A sentence as whoever learns its links sees it: its tokens, and each place at which a link can turn.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where its tokens stand.
    pub tokens: Vec<Span>,
    /// Whether each is neither word nor number.
    pub marks: Vec<bool>,
    /// The places, in order.
    pub places: Vec<Place>,
}

/// A place at which a link can turn.
#[derive(Clone, Debug)]
pub struct Place {
    /// The token.
    pub at: usize,
    /// How many tokens its phrase has; 1 where there is none.
    pub words: usize,
    /// Whether a phrase is known there.
    pub is_phrase: bool,
    /// What its turn is weighed by.
    pub features: Vec<u32>,
}

/// The feature that every place has.
pub fn bias() -> u32 {
    feature::bias()
}

/// A choice among tokens, with what each is weighed by.
pub type Choice = Vec<(usize, Vec<u32>)>;

/// The sentences of a document that nobody quotes in.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let view = View::new(document, &[]);
    let sentence = |number: usize| {
        let strand = view.strand(number, None);
        let places = feature::places(&strand).map(|at| {
            let mut features = Vec::new();
            let signal = feature::signal(&strand, at);
            feature::turn(&strand, at, signal, &mut features);
            Place {
                at,
                words: signal.map_or(1, |signal| signal.words),
                is_phrase: signal.is_some(),
                features,
            }
        });
        Sentence {
            places: places.collect(),
            tokens: (0..strand.len()).map(|at| strand.span_of(at)).collect(),
            marks: (0..strand.len()).map(|at| strand.is_mark(at)).collect(),
        }
    };
    (0..document.sentences().len()).map(sentence).collect()
}

/// Where the left part of a link that turns at `at` can begin, in the sentence of that number.
pub fn begins(document: &Document, sentence: usize, at: usize, turn: Turn) -> Choice {
    let view = View::new(document, &[]);
    let strand = view.strand(sentence, None);
    let weigh = |place: usize| {
        let mut features = Vec::new();
        feature::begin(&strand, at, place, turn, &mut features);
        (place, features)
    };
    feature::begins(&strand, at).into_iter().map(weigh).collect()
}

/// Where the right part can end that begins at `first`.
pub fn ends(document: &Document, sentence: usize, at: usize, first: usize, turn: Turn) -> Choice {
    let view = View::new(document, &[]);
    let strand = view.strand(sentence, None);
    let weigh = |place: usize| {
        let mut features = Vec::new();
        feature::end(&strand, at, first, place, turn, &mut features);
        (place, features)
    };
    feature::ends(&strand, first).into_iter().map(weigh).collect()
}

/// A link that was read: the spans of its cause, goal or earlier part, those of its other one, whether it tells an
/// order alone, and whether a phrase tells it.
#[derive(Clone, Debug)]
pub struct Read {
    /// The cause.
    pub from: Vec<Span>,
    /// The effect.
    pub to: Vec<Span>,
    /// Whether it says no more than which came first.
    pub is_order: bool,
    /// Whether a phrase leaves no doubt.
    pub is_sure: bool,
}

/// The links of a document, by other tables than those of the engine.
pub fn links(document: &Document, quotes: &[crate::read::quote::Attribution], tables: &Tables) -> Vec<Read> {
    let view = View::new(document, quotes);
    let mut list = Vec::new();
    for sentence in 0..document.sentences().len() {
        for strand in view.strands(sentence, |_| true) {
            list.extend(find(&strand, tables).into_iter().map(|found| Read {
                from: strand.spans(found.cause.clone()),
                to: strand.spans(found.effect.clone()),
                is_sure: found.is_sure,
                is_order: found.tells == crate::lang::en::cause::signal::Tells::Before,
            }));
        }
    }
    list
}

/// The words of a document with their parts of speech, to look at.
pub fn tagged(document: &crate::Document) -> String {
    let parted = document.sentences().iter().map(|sentence| {
        let tokens = &document.tokens()[sentence.tokens.clone()];
        let words: Vec<&str> = tokens.iter().map(|token| document.slice(token.span)).collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let parts = crate::lang::en::part::parts(&words, &lower);
        let shown = words.iter().zip(parts).map(|(word, part)| format!("{word}/{part:?}"));
        shown.collect::<Vec<_>>().join(" ")
    });
    parted.collect::<Vec<_>>().join("\n")
}
