//! Every limit of the record, with its reason. `onrecord limits` prints this table after the engine's.

use onrecord::limits::Limit;

/// The most articles that one transaction keeps.
pub const BATCH_ARTICLES: Limit = Limit {
    code: "batch_articles",
    value: 256,
    unit: "articles in one transaction",
    why: "then they are put on the disk together; what is cut off is read again",
};

/// The longest that an article waits for its transaction.
pub const BATCH_MILLISECONDS: Limit = Limit {
    code: "batch_milliseconds",
    value: 1_000,
    unit: "milliseconds until a transaction ends",
    why: "a slow feed is acknowledged every second",
};

/// How often an article is read that the reader fails on.
pub const TRIES: Limit = Limit {
    code: "parked",
    value: 2,
    unit: "tries to read an article",
    why: "then it is parked with its reason and passed over; a stop from outside is no try",
};

/// The longest that one query may run by default.
pub const QUERY_SECONDS: Limit = Limit {
    code: "query_seconds",
    value: 10,
    unit: "seconds for a query",
    why: "a query that joins everything with everything ends; `--seconds` gives more",
};

/// The most rows that one query gives by default.
pub const QUERY_ROWS: Limit = Limit {
    code: "query_rows",
    value: 1_000,
    unit: "rows of a query",
    why: "the rest is left out, and said to be; `--rows` gives more",
};

/// The most bytes that a kept input is unpacked to.
pub const RAW_BYTES: Limit = Limit {
    code: "raw_bytes",
    value: 256 << 20,
    unit: "bytes of a kept input",
    why: "no input that is taken is larger; what unpacks to more is damaged",
};

/// The most bytes of rows that wait before they are written as Parquet.
pub const PARQUET_BYTES: Limit = Limit {
    code: "parquet_bytes",
    value: 64 << 20,
    unit: "bytes of rows that wait to be written as parquet",
    why: "then the longest list is written as a group, so that memory does not grow with the articles",
};

/// All limits, in the order in which they are met.
pub const ALL: &[Limit] =
    &[BATCH_ARTICLES, BATCH_MILLISECONDS, TRIES, QUERY_SECONDS, QUERY_ROWS, RAW_BYTES, PARQUET_BYTES];
