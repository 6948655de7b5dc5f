//! Every limit of intake, with its reason. `onrecord limits` prints this table after the engine's.
//!
//! What a limit cuts is told by a [`crate::Note`] or an [`crate::Error`]; nothing is dropped in silence.

use onrecord::limits::{ARTICLE_BYTES, Limit};

/// The longest plain text that is taken whole.
pub const TEXT_BYTES: Limit = Limit {
    code: "input_cut",
    value: ARTICLE_BYTES.value,
    unit: "bytes of a plain text",
    why: "the rest is not taken; the engine reads no further",
};

/// The longest line of JSONL.
pub const LINE_BYTES: Limit = Limit {
    code: "line_too_long",
    value: 2 * ARTICLE_BYTES.value,
    unit: "bytes in a line of JSONL",
    why: "a longer line is refused and the next one read; it leaves room for the longest text with its escapes",
};

/// All limits, in the order in which they are met.
pub const ALL: &[Limit] = &[TEXT_BYTES, LINE_BYTES];
