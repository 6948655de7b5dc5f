//! The tables, views and search indexes of a record, and how an older record becomes a newer one.
//!
//! In: a connection. Out: the same, at [`VERSION`]. Everything that a reader of plain SQL sees is made here;
//! `docs/record-file.md` describes it and a test compares. Texts of spans are not kept twice: views cut them out of
//! the article. Read on in [`crate::shape`], which has the columns of the lists.

use std::fmt::Write as _;

use rusqlite::Connection;

use crate::shape::{Kind, LISTS, List};

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
    sql + SEARCH + &views()
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
CREATE TABLE chores (
    chore TEXT PRIMARY KEY
) WITHOUT ROWID;
";

/// The table of a list. Its columns have no declared type, so that every value comes back as it was given.
fn table(list: &List) -> String {
    let mut sql = format!("CREATE TABLE {} (", list.name);
    if list.is_searched {
        sql.push_str("row INTEGER PRIMARY KEY, ");
    }
    sql.push_str("article INTEGER NOT NULL REFERENCES articles, n INTEGER NOT NULL");
    for column in list.columns {
        let kind = match column.kind {
            Kind::Text | Kind::List | Kind::Mentions | Kind::Object => " TEXT",
            Kind::Offset => " INTEGER",
            Kind::Number => "",
        };
        write!(sql, ", \"{}\"{kind}", column.key).expect("writing to a string cannot fail");
    }
    sql.push_str(", more TEXT, ");
    let key = if list.is_searched { "UNIQUE (article, n)" } else { "PRIMARY KEY (article, n)" };
    let end = if list.is_searched { ");\n" } else { ") WITHOUT ROWID;\n" };
    sql + key + end
}

/// Indexes over what other tables hold: two keep no text of their own. That of quotations has to: FTS5 checks itself
/// against a view only where that needs no `json_each`.
const SEARCH: &str = "
CREATE VIEW article_texts AS
    SELECT a.article, a.title, t.text FROM articles AS a JOIN texts AS t USING (article);
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article_texts', content_rowid='article', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quote_search USING fts5(
    source, content, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE name_search USING fts5(
    name, content='entities', content_rowid='row', tokenize='unicode61 remove_diacritics 2');
";

/// The characters of the span whose offsets stand at `path` of the JSON `list`.
fn cut(list: &str, path: &str) -> String {
    let start = format!("json_extract({list}, '{path}[2]')");
    let end = format!("json_extract({list}, '{path}[3]')");
    format!("CAST(substr(CAST(t.text AS BLOB), {start} + 1, {end} - {start}) AS TEXT)")
}

/// The characters of a list of spans, ` … ` between the pieces.
fn cut_all(list: &str) -> String {
    format!("(SELECT group_concat({}, ' … ') FROM json_each({list}) AS s)", cut("s.value", "$"))
}

/// Where an article stands, for every view whose rows are of one article.
const WHERE_FROM: &str = "a.article, a.publisher, a.id AS article_id, a.version, a.is_latest, a.title AS headline, \
                          a.url, a.published";

fn views() -> String {
    [quote_texts(), quotes(), people(), posts_held(), sources_by_publisher(), causes()].concat()
}

fn quote_texts() -> String {
    let (source, content) = (cut_all("q.source"), cut_all("q.content"));
    format!(
        "CREATE VIEW quote_texts AS SELECT q.row, {source} AS source, {content} AS content \
         FROM attributions AS q JOIN texts AS t USING (article);\n"
    )
}

/// The name of the entity whose id stands in `id`.
fn name(id: &str, row: &str) -> String {
    format!("(SELECT e.name FROM entities AS e WHERE e.article = {row}.article AND e.id = {id})")
}

/// Who asserts the row, in the words of the article; NULL is the article's own voice.
fn according_to(row: &str) -> String {
    let source = cut_all("v.source");
    format!(
        "(SELECT coalesce({source}, '') FROM attributions AS v \
         WHERE v.article = {row}.article AND v.id = {row}.asserted_by)"
    )
}

fn quotes() -> String {
    let speaker = name("json_extract(k.value, '$.entity')", "q");
    let written = cut("k.value", "$.as_written");
    let (source, cue, content) = (cut_all("q.source"), cut_all("q.cue"), cut_all("q.content"));
    format!(
        "CREATE VIEW quotes AS SELECT {WHERE_FROM}, q.row, q.id, \
         (SELECT group_concat(coalesce({speaker}, {written}), '; ') FROM json_each(q.speakers) AS k) AS speaker, \
         (SELECT group_concat(json_extract(k.value, '$.kind'), '; ') FROM json_each(q.speakers) AS k) \
            AS speaker_kind, \
         {source} AS source, {cue} AS cue, {content} AS content, q.form, q.stance, q.polarity, q.inside, \
         (SELECT d.value FROM times AS d WHERE d.article = q.article AND d.id = q.\"when\") AS said_on, \
         json_extract(q.content, '$[0][0]') AS start, \
         json_extract(q.content, '$[#-1][1]') AS \"end\", \
         q.score, q.maker, a.model \
         FROM attributions AS q JOIN articles AS a USING (article) JOIN texts AS t USING (article);\n"
    )
}

fn people() -> String {
    "CREATE VIEW people AS SELECT e.name, max(e.gender) AS gender, count(DISTINCT e.article) AS articles, \
     sum(json_array_length(e.mentions)) AS mentions, \
     sum((SELECT count(*) FROM attributions AS q, json_each(q.speakers) AS k \
          WHERE q.article = e.article AND json_extract(k.value, '$.entity') = e.id)) AS quotes, \
     sum((SELECT count(*) FROM posts AS p WHERE p.article = e.article AND p.person = e.id)) AS posts, \
     min(a.published) AS first_published, max(a.published) AS last_published \
     FROM entities AS e JOIN articles AS a USING (article) \
     WHERE e.kind = 'person' AND e.name IS NOT NULL AND a.is_latest GROUP BY e.name;\n"
        .to_owned()
}

fn posts_held() -> String {
    let (person, of_person, voice) = (name("p.person", "p"), name("p.of_person", "p"), according_to("p"));
    let evidence = cut("s.value", "$");
    format!(
        "CREATE VIEW posts_held AS SELECT {WHERE_FROM}, p.id, {person} AS person, p.title, \
         p.organization, p.area, p.party, {of_person} AS of_person, p.status, p.capacity, p.standing, \
         p.since, p.until, p.as_of, \
         (SELECT d.value FROM times AS d WHERE d.article = p.article AND d.id = p.duration) AS duration, \
         {voice} AS according_to, \
         (SELECT group_concat({evidence}, ' … ') FROM json_each(p.evidence, '$.title') AS s) AS evidence, \
         p.score, p.maker, a.model \
         FROM posts AS p JOIN articles AS a USING (article) JOIN texts AS t USING (article);\n"
    )
}

fn sources_by_publisher() -> String {
    "CREATE VIEW sources_by_publisher AS SELECT a.publisher, \
     coalesce(json_extract(k.value, '$.kind'), 'unread') AS speaker_kind, \
     count(*) AS quotes, count(DISTINCT a.article) AS articles, \
     sum(coalesce(json_array_length(k.value, '$.reason'), 0) > 0) AS with_reason \
     FROM articles AS a JOIN attributions AS q USING (article) \
     LEFT JOIN json_each(coalesce(q.speakers, '[{}]')) AS k \
     WHERE a.is_latest GROUP BY a.publisher, speaker_kind;\n"
        .to_owned()
}

fn causes() -> String {
    let side = |side: &str| {
        let spans = format!(
            "(SELECT group_concat({}, ' … ') FROM json_each(l.\"{side}\", '$.spans') AS s)",
            cut("s.value", "$")
        );
        let trigger = cut_all("v.trigger");
        let event = format!(
            "(SELECT {trigger} FROM events AS v WHERE v.article = l.article \
             AND v.id = json_extract(l.\"{side}\", '$.event'))"
        );
        (spans, event)
    };
    let ((cause, cause_event), (effect, effect_event)) = (side("from"), side("to"));
    let (signal, voice) = (cut_all("l.signal"), according_to("l"));
    format!(
        "CREATE VIEW causes AS SELECT {WHERE_FROM}, l.id, l.kind, {cause} AS cause, \
         {cause_event} AS cause_event, {effect} AS effect, {effect_event} AS effect_event, {signal} AS signal, \
         l.standing, l.asserted_by, {voice} AS according_to, l.score, l.maker, a.model \
         FROM links AS l JOIN articles AS a USING (article) JOIN texts AS t USING (article);\n"
    )
}
