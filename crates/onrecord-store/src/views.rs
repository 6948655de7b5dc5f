//! What plain SQL sees: the rows in words.
//!
//! In: nothing; this is data. Out: the SQL of the views. A view of each list has the keys of the wire form, words in the
//! place of numbers, and the characters of spans, cut out of the article; the others answer what is mostly asked. What
//! the numbers are, [`crate::pack`] says. Only functions, no virtual tables, where a search index reads a view: FTS5
//! allows no others.

use crate::pack::{BITS, PLACE};
use crate::shape::{Column, LISTS, List, Shape, list};

/// All views.
pub(crate) fn all() -> String {
    let lists: String = LISTS.iter().map(of_list).collect();
    [lists, quote_texts(), quotes(), people(), posts_held(), sources_by_publisher(), causes()].concat()
}

/// The article of row `k`, and its text.
fn joined(k: &str) -> String {
    format!(
        "JOIN articles AS a ON a.article = {k}.row >> {BITS} \
         AND {k}.row BETWEEN a.article << {BITS} AND a.article << {BITS} | {PLACE} \
         JOIN texts AS t ON t.article = a.article"
    )
}

/// The word that `value` is or numbers.
fn word(value: &str) -> String {
    format!(
        "iif(typeof({value}) = 'integer', (SELECT w.word FROM words AS w WHERE w.number = {value}), {value})"
    )
}

/// The id of a row of list `to` that `value` is or numbers.
fn id(value: &str, to: &str) -> String {
    let prefix = LISTS[list(to)].prefix.unwrap_or_default();
    format!("iif(typeof({value}) = 'integer', '{prefix}' || {value}, {value})")
}

/// The score that `value` is, or has the thousandths of.
fn real(value: &str) -> String {
    format!("iif(typeof({value}) = 'integer', {value} / 1000.0, {value})")
}

/// The characters of the span with a number.
fn cut(number: &str) -> String {
    format!("CAST(substr(CAST(t.text AS BLOB), ({number} & {PLACE}) + 1, {number} >> {BITS}) AS TEXT)")
}

/// The characters of spans, ` … ` between the pieces.
fn cut_all(spans: &str) -> String {
    let (one, each) = (cut(spans), cut("s.v"));
    format!(
        "CASE typeof({spans}) WHEN 'integer' THEN {one} WHEN 'text' THEN (\
         WITH RECURSIVE s(i, v) AS (SELECT 0, json_extract({spans}, '$[0]') \
         UNION ALL SELECT s.i + 1, json_extract({spans}, '$[' || (s.i + 1) || ']') FROM s WHERE s.v IS NOT NULL) \
         SELECT group_concat({each}, ' … ') FROM s WHERE s.v IS NOT NULL) END"
    )
}

/// The code point at a byte.
fn code_point(byte: &str) -> String {
    format!("length(CAST(substr(CAST(t.text AS BLOB), 1, {byte}) AS TEXT))")
}

/// The value at a key of an object.
fn part(object: &str, shape: Shape, key: &str) -> String {
    let more = usize::from(matches!(shape, Shape::Span(_)));
    let keys = match shape {
        Shape::Object(keys) | Shape::Span(keys) => keys,
        _ => &[],
    };
    let at = keys.iter().position(|(own, _)| *own == key).expect("the shape names its keys");
    format!("json_extract({object}, '$[{}]')", at + more)
}

/// The shape of a column, or of the elements of its list.
fn shape(of: &str, key: &str) -> Shape {
    let of = &LISTS[list(of)];
    match of.columns[of.column(key)].shape {
        Shape::List(element) => *element,
        shape => shape,
    }
}

/// The number of the row of list `to` that `value`, of row `k`, names.
fn row_of(to: &str, value: &str, k: &str) -> String {
    format!(
        "iif(typeof({value}) = 'integer', {k}.row & ~{PLACE} | {value}, (SELECT x.row FROM kept_{to} AS x \
         WHERE x.row BETWEEN {k}.row & ~{PLACE} AND {k}.row | {PLACE} AND x.id = {value}))"
    )
}

/// The rows of a list in the keys of the wire form.
fn of_list(list: &List) -> String {
    let columns: Vec<String> = list.columns.iter().map(of_column).collect();
    let (name, columns) = (list.name, columns.join(", "));
    let joined = joined("k");
    format!(
        "CREATE VIEW {name} AS SELECT k.row, k.row >> {BITS} AS article, k.row & {PLACE} AS n, {columns}, k.more \
         FROM kept_{name} AS k {joined};\n"
    )
}

fn of_column(column: &Column) -> String {
    let key = column.key;
    let value = format!("k.\"{key}\"");
    let each = |value: &str| {
        format!("iif({value} IS NULL, NULL, (SELECT json_group_array({{}}) FROM json_each({value}) AS s))")
    };
    let seen = match column.shape {
        Shape::Id(to) if key == "id" => return own_id(to, "k"),
        Shape::Place => {
            let (start, end) =
                (format!("({value} & {PLACE})"), format!("({value} & {PLACE}) + ({value} >> {BITS})"));
            return format!(
                "{} AS start, {} AS \"end\", {start} AS byte_start, {end} AS byte_end, {} AS text",
                code_point(&start),
                code_point(&end),
                cut(&value)
            );
        }
        shape if shape.is_spans() => cut_all(&value),
        Shape::Word => word(&value),
        Shape::Id(to) => id(&value, to),
        Shape::Real => real(&value),
        Shape::List(Shape::Word) => each(&value).replace("{}", &word("s.value")),
        Shape::List(Shape::Id(to)) => each(&value).replace("{}", &id("s.value", to)),
        _ => value,
    };
    format!("{seen} AS \"{key}\"")
}

/// Where an article stands, for every view whose rows are of one article.
const WHERE_FROM: &str = "a.article, a.publisher, a.id AS article_id, a.version, a.is_latest, a.title AS headline, \
                          a.url, a.published";

/// The id of row `k` of a list.
fn own_id(of: &str, k: &str) -> String {
    let prefix = LISTS[list(of)].prefix.unwrap_or_default();
    format!("coalesce({k}.id, '{prefix}' || ({k}.row & {PLACE})) AS id")
}

fn quote_texts() -> String {
    let (source, content) = (cut_all("q.source"), cut_all("q.content"));
    format!(
        "CREATE VIEW quote_texts AS SELECT q.row, {source} AS source, {content} AS content \
         FROM kept_attributions AS q JOIN texts AS t ON t.article = q.row >> {BITS};\n"
    )
}

/// The name of the entity that `value`, of row `k`, names.
fn name(value: &str, k: &str) -> String {
    let row = row_of("entities", value, k);
    format!("(SELECT e.name FROM kept_entities AS e WHERE e.row = {row})")
}

/// The value of the time that `value`, of row `k`, names.
fn time(value: &str, k: &str) -> String {
    let row = row_of("times", value, k);
    format!("(SELECT d.value FROM kept_times AS d WHERE d.row = {row})")
}

/// Who asserts row `k`, in the words of the article; NULL is the article's own voice.
fn according_to(k: &str) -> String {
    let (source, row) = (cut_all("v.source"), row_of("attributions", &format!("{k}.asserted_by"), k));
    format!("(SELECT coalesce({source}, '') FROM kept_attributions AS v WHERE v.row = {row})")
}

fn quotes() -> String {
    let of_speaker = |key: &str| part("k.value", shape("attributions", "speakers"), key);
    let speaker = name(&of_speaker("entity"), "q");
    let (written, kind) = (cut(&of_speaker("as_written")), word(&of_speaker("kind")));
    let (source, cue, content) = (cut_all("q.source"), cut_all("q.cue"), cut_all("q.content"));
    let [form, stance, polarity, maker] =
        ["form", "stance", "polarity", "maker"].map(|key| word(&format!("q.{key}")));
    let (inside, said_on, score) = (id("q.inside", "attributions"), time("q.\"when\"", "q"), real("q.score"));
    let piece = |at: &str| {
        format!("iif(typeof(q.content) = 'integer', q.content, json_extract(q.content, '$[{at}]'))")
    };
    let (first, last) = (piece("0"), piece("#-1"));
    let start = code_point(&format!("{first} & {PLACE}"));
    let end = code_point(&format!("({last} & {PLACE}) + ({last} >> {BITS})"));
    let (own_id, joined) = (own_id("attributions", "q"), joined("q"));
    format!(
        "CREATE VIEW quotes AS SELECT {WHERE_FROM}, q.row, {own_id}, \
         (SELECT group_concat(coalesce({speaker}, {written}), '; ') FROM json_each(q.speakers) AS k) AS speaker, \
         (SELECT group_concat({kind}, '; ') FROM json_each(q.speakers) AS k) AS speaker_kind, \
         {source} AS source, {cue} AS cue, {content} AS content, {form} AS form, {stance} AS stance, \
         {polarity} AS polarity, {inside} AS inside, {said_on} AS said_on, {start} AS start, {end} AS \"end\", \
         {score} AS score, {maker} AS maker, a.model \
         FROM kept_attributions AS q {joined};\n"
    )
}

fn people() -> String {
    let entity = part("k.value", shape("attributions", "speakers"), "entity");
    let gender = word("e.gender");
    let (own, of_article) =
        (format!("coalesce(e.id, e.row & {PLACE})"), format!("BETWEEN e.row & ~{PLACE} AND e.row | {PLACE}"));
    let kind = word("e.kind");
    let joined = joined("e");
    format!(
        "CREATE VIEW people AS SELECT e.name, max({gender}) AS gender, count(DISTINCT a.article) AS articles, \
         sum(json_array_length(e.mentions)) AS mentions, \
         sum((SELECT count(*) FROM kept_attributions AS q, json_each(q.speakers) AS k \
              WHERE q.row {of_article} AND {entity} = {own})) AS quotes, \
         sum((SELECT count(*) FROM kept_posts AS p WHERE p.row {of_article} AND p.person = {own})) AS posts, \
         min(a.published) AS first_published, max(a.published) AS last_published \
         FROM kept_entities AS e {joined} \
         WHERE {kind} = 'person' AND e.name IS NOT NULL AND a.is_latest GROUP BY e.name;\n"
    )
}

fn posts_held() -> String {
    let [person, of_person] = ["person", "of_person"].map(|key| name(&format!("p.{key}"), "p"));
    let [status, capacity, standing, maker] =
        ["status", "capacity", "standing", "maker"].map(|key| word(&format!("p.{key}")));
    let (duration, voice, score) = (time("p.duration", "p"), according_to("p"), real("p.score"));
    let evidence = cut_all(&part("p.evidence", shape("posts", "evidence"), "title"));
    let (own_id, joined) = (own_id("posts", "p"), joined("p"));
    format!(
        "CREATE VIEW posts_held AS SELECT {WHERE_FROM}, {own_id}, {person} AS person, p.title, \
         p.organization, p.area, p.party, {of_person} AS of_person, {status} AS status, {capacity} AS capacity, \
         {standing} AS standing, p.since, p.until, p.as_of, {duration} AS duration, {voice} AS according_to, \
         {evidence} AS evidence, {score} AS score, {maker} AS maker, a.model \
         FROM kept_posts AS p {joined};\n"
    )
}

fn sources_by_publisher() -> String {
    let of_speaker = |key: &str| part("k.value", shape("attributions", "speakers"), key);
    let (kind, reason, joined) = (word(&of_speaker("kind")), of_speaker("reason"), joined("q"));
    format!(
        "CREATE VIEW sources_by_publisher AS SELECT a.publisher, coalesce({kind}, 'unread') AS speaker_kind, \
         count(*) AS quotes, count(DISTINCT a.article) AS articles, sum({reason} IS NOT NULL) AS with_reason \
         FROM kept_attributions AS q {joined} LEFT JOIN json_each(coalesce(q.speakers, '[[]]')) AS k \
         WHERE a.is_latest GROUP BY a.publisher, speaker_kind;\n"
    )
}

fn causes() -> String {
    let side = |key: &str| {
        let (object, shape) = (format!("l.\"{key}\""), shape("links", key));
        let (trigger, row) = (cut_all("v.trigger"), row_of("events", &part(&object, shape, "event"), "l"));
        let event = format!("(SELECT {trigger} FROM kept_events AS v WHERE v.row = {row})");
        (cut_all(&part(&object, shape, "spans")), event)
    };
    let ((cause, cause_event), (effect, effect_event)) = (side("from"), side("to"));
    let [kind, standing, maker] = ["kind", "standing", "maker"].map(|key| word(&format!("l.{key}")));
    let (signal, voice, score) = (cut_all("l.signal"), according_to("l"), real("l.score"));
    let asserted_by = id("l.asserted_by", "attributions");
    let (own_id, joined) = (own_id("links", "l"), joined("l"));
    format!(
        "CREATE VIEW causes AS SELECT {WHERE_FROM}, {own_id}, {kind} AS kind, {cause} AS cause, \
         {cause_event} AS cause_event, {effect} AS effect, {effect_event} AS effect_event, {signal} AS signal, \
         {standing} AS standing, {asserted_by} AS asserted_by, {voice} AS according_to, {score} AS score, \
         {maker} AS maker, a.model FROM kept_links AS l {joined};\n"
    )
}
