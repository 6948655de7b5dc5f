//! The tables, views and search indexes of a record, and how an older record becomes a newer one.
//!
//! In: a connection. Out: the same, at [`VERSION`]. Everything that a reader of plain SQL sees is made here;
//! `docs/record-file.md` describes it and a test compares. Tables hold what [`crate::pack`] makes of the rows; what
//! they mean in words is told by the views of [`crate::views`]. Read on in [`crate::shape`], which has the columns of
//! the lists.

use std::fmt::Write as _;

use rusqlite::Connection;

use crate::shape::{LISTS, List};
use crate::views;
use crate::words::WORDS;

/// Tells a record from any other SQLite file: "onrc", in the header of the file.
pub(crate) const APPLICATION: i64 = 0x6f6e_7263;

/// The version of the schema that this code makes.
pub(crate) const VERSION: i64 = 1;

/// What makes a record of the version before into one of each version, the first out of nothing.
const STEPS: [fn() -> String; VERSION as usize] = [first];

/// Brings a record of version `from` to [`VERSION`] within the transaction at hand.
pub(crate) fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    for step in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        connection.execute_batch(&step())?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)
}

fn first() -> String {
    let mut sql = ARTICLES.to_owned();
    for list in LISTS {
        sql.push_str(&table(list));
    }
    for (number, word) in (1..).zip(WORDS) {
        writeln!(sql, "INSERT INTO words VALUES ({number}, '{word}');")
            .expect("writing to a string cannot fail");
    }
    sql + &views::all() + SEARCH
}

const ARTICLES: &str = "
CREATE TABLE articles (
    article INTEGER PRIMARY KEY,
    publisher TEXT,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    is_latest INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    title TEXT,
    url TEXT,
    published TEXT,
    language TEXT,
    inferred TEXT,
    model TEXT,
    readings TEXT,
    more TEXT,
    content_sha256 TEXT NOT NULL
);
CREATE INDEX articles_by_id ON articles (id);
CREATE TABLE texts (
    article INTEGER PRIMARY KEY REFERENCES articles,
    text TEXT NOT NULL
);
CREATE TABLE raws (
    article INTEGER PRIMARY KEY REFERENCES articles,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    codec TEXT NOT NULL,
    bytes BLOB,
    seal TEXT NOT NULL
);
CREATE TABLE ledger (
    publisher TEXT NOT NULL,
    id TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    message TEXT,
    origin TEXT,
    tries INTEGER NOT NULL,
    article INTEGER REFERENCES articles,
    at TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (publisher, id, text_sha256)
) WITHOUT ROWID;
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    word TEXT NOT NULL
);
CREATE TABLE chores (
    chore TEXT PRIMARY KEY
) WITHOUT ROWID;
";

/// The table of a list. Its columns have no declared type, so that every value comes back as it was given.
fn table(list: &List) -> String {
    let mut sql = format!("CREATE TABLE kept_{} (row INTEGER PRIMARY KEY", list.name);
    for column in list.columns {
        write!(sql, ", \"{}\"", column.key).expect("writing to a string cannot fail");
    }
    sql + ", more TEXT);\n"
}

/// Indexes over what other tables hold: none keeps a text of its own. Where a row has few words, how many there are is
/// not kept either. Each batch leaves a segment in an index; sixteen at once are merged, so that a word is written half
/// as often while a hundred thousand articles come.
const SEARCH: &str = "
CREATE VIEW article_texts AS
    SELECT a.article, a.title, t.text FROM articles AS a JOIN texts AS t USING (article);
CREATE VIEW names AS
    SELECT row, name FROM kept_entities WHERE name IS NOT NULL;
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article_texts', content_rowid='article', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quote_search USING fts5(
    source, content, content='quote_texts', content_rowid='row', columnsize=0,
    tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE name_search USING fts5(
    name, content='names', content_rowid='row', columnsize=0, tokenize='unicode61 remove_diacritics 2');
INSERT INTO article_search (article_search, rank) VALUES ('automerge', 16);
INSERT INTO quote_search (quote_search, rank) VALUES ('automerge', 16);
INSERT INTO name_search (name_search, rank) VALUES ('automerge', 16);
";
