//! Every limit of intake, with its reason. `onrecord limits` prints this table before the engine's.
//!
//! What a limit cuts is told by a [`crate::Note`] or an [`crate::Error`]; nothing is dropped in silence.

pub use onrecord::limits::Limit;

/// The longest plain text that is taken whole.
pub const TEXT_BYTES: Limit = Limit {
    code: "input_cut",
    value: 16 << 20,
    unit: "bytes of a plain text",
    why: "the rest is not taken; no article is as long",
};

/// The longest line of JSONL, and the longest JSON object over several lines.
pub const LINE_BYTES: Limit = Limit {
    code: "line_too_long",
    value: 32 << 20,
    unit: "bytes in a line of JSONL",
    why: "a longer line is refused and the next one read; it leaves room for the rows of a long text, which have many times its bytes",
};

/// The longest page that is taken whole.
pub const PAGE_BYTES: Limit = Limit {
    code: "page_cut",
    value: 8 << 20,
    unit: "bytes of a page of HTML",
    why: "the rest is not taken; pages of news have under two million",
};

/// The most nodes of a page.
pub const PAGE_NODES: Limit = Limit {
    code: "page_nodes_cut",
    value: 40_000,
    unit: "elements, texts and comments of a page",
    why: "what stands behind them is not taken, so that memory and time stay small; pages of news have under ten thousand",
};

/// The most elements inside one another.
pub const PAGE_DEPTH: Limit = Limit {
    code: "page_too_deep",
    value: 256,
    unit: "elements of a page inside one another",
    why: "tags further inside are passed over and their text kept; parsing takes time by the square of the depth",
};

/// The most attributes of one tag.
pub const TAG_ATTRIBUTES: Limit = Limit {
    code: "tag_attributes_cut",
    value: 256,
    unit: "attributes of a tag",
    why: "those beyond it are passed over; parsing takes time by the square of their number",
};

/// The largest record of a web archive.
pub const RECORD_BYTES: Limit = Limit {
    code: "record_too_large",
    value: 16 << 20,
    unit: "bytes in a record of WARC",
    why: "a larger response is refused and the next record searched for; pages of news have under two million",
};

/// The largest header of a record of a web archive.
pub const RECORD_HEADER_BYTES: Limit = Limit {
    code: "record_header_too_large",
    value: 64 << 10,
    unit: "bytes in the header of a record of WARC",
    why: "a record with a larger one is refused; real ones have under a thousand",
};

/// The largest item of a feed.
pub const FEED_ITEM_BYTES: Limit = Limit {
    code: "feed_item_too_large",
    value: 8 << 20,
    unit: "bytes in an item of a feed",
    why: "the feed ends there; an item holds a page at most",
};

/// The most elements of a feed inside one another.
pub const FEED_DEPTH: Limit = Limit {
    code: "feed_too_deep",
    value: 256,
    unit: "elements of a feed inside one another",
    why: "the feed is refused; real ones have under ten, and the markup of a text some more",
};

/// The largest office document.
pub const DOCX_BYTES: Limit = Limit {
    code: "docx_too_large",
    value: 32 << 20,
    unit: "bytes of a DOCX document, packed or of its text unpacked",
    why: "a larger file is refused, of a larger text the rest is not taken; drafts with many pictures have ten million",
};

/// How much larger than packed what was packed may be.
pub const UNPACKED_TIMES: Limit = Limit {
    code: "unpacked_too_large",
    value: 200,
    unit: "times as many bytes unpacked, beyond 67,108,864",
    why: "what grows more is refused: it was made to fill a disk; text packs into a tenth at best",
};

/// All limits, in the order in which they are met.
pub const ALL: &[Limit] = &[
    UNPACKED_TIMES,
    TEXT_BYTES,
    LINE_BYTES,
    PAGE_BYTES,
    TAG_ATTRIBUTES,
    PAGE_DEPTH,
    PAGE_NODES,
    RECORD_HEADER_BYTES,
    RECORD_BYTES,
    FEED_ITEM_BYTES,
    FEED_DEPTH,
    DOCX_BYTES,
];
