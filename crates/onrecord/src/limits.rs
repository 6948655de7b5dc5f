//! Every limit of the engine, with its reason. `onrecord limits` prints this table.
//!
//! What a limit cuts is told by a [`crate::Warning`] with the limit's code; nothing is dropped in silence.

/// A named limit.
///
/// ```
/// use onrecord::{Article, Document, limits};
///
/// let long = "word ".repeat(limits::SENTENCE_TOKENS.value + 1);
/// let document = Document::new(Article::new(long));
/// assert_eq!(document.warnings()[0].code, limits::SENTENCE_TOKENS.code);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The code of the warning that tells of the cut.
    pub code: &'static str,
    /// The largest value that is still read whole.
    pub value: usize,
    /// What is counted.
    pub unit: &'static str,
    /// What happens beyond it, and why it stands there.
    pub why: &'static str,
}

/// The longest text that is read whole.
pub const ARTICLE_BYTES: Limit = Limit {
    code: "text_cut",
    value: 1 << 20,
    unit: "bytes of text",
    why: "the text beyond it is kept and not read, so that no text takes much memory; a novel has one megabyte",
};

/// The longest sentence that stays in one piece.
pub const SENTENCE_TOKENS: Limit = Limit {
    code: "sentence_cut",
    value: 2_000,
    unit: "tokens in a sentence",
    why: "a longer one is parted there, so that reading stays linear; it is no prose",
};

/// The deepest quotation inside quotations.
pub const QUOTATION_DEPTH: Limit = Limit {
    code: "quotation_too_deep",
    value: 4,
    unit: "quotations inside one another",
    why: "marks further inside are read as plain characters; print has three levels at most",
};

/// All limits, in the order in which they are met.
pub const ALL: &[Limit] = &[ARTICLE_BYTES, SENTENCE_TOKENS, QUOTATION_DEPTH];
