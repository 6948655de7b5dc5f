//! What the small tables of weights are learned from: the features that the engine sees.
//!
//! In: words, as a [`crate::Document`] has them. Out: keys of features, and the form of a table. Nobody who reads articles
//! needs it; whoever makes a table must see what the engine sees.

pub use crate::lang::en::part::{is_mark, part_features};
pub use crate::lang::part::Part;
pub use crate::lang::weights::Weights;

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
