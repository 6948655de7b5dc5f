//! Attributions by their words.

use onrecord_eval::{Attribution, Span};

/// The attribution of these words, each at its first place in the text; no words are no piece.
pub(crate) fn attribution(text: &str, source: &str, cue: &str, content: &[&str]) -> Attribution {
    let find = |words: &&str| {
        let byte = text.find(words).unwrap_or_else(|| panic!("no “{words}” in “{text}”"));
        let start = text[..byte].chars().count();
        Span::new(start, start + words.chars().count())
    };
    let pieces = |words: &[&str]| words.iter().filter(|words| !words.is_empty()).map(find).collect();
    Attribution { cue: pieces(&[cue]), source: pieces(&[source]), content: pieces(content) }
}
