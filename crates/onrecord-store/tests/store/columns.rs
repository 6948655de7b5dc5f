//! Parquet files, read back: each row is the row of the record, whatever its nesting.

use std::fs::File;

use onrecord_store::Tables;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Map, Value, json};

use crate::made::{Made, RUIZ, empty, full, said, span, with};

/// The keys that tell the article of a row.
const OF_ARTICLE: [&str; 6] = ["article", "publisher", "article_id", "text_sha256", "published", "n"];

/// The files of records, by name.
struct Files(Vec<(String, SerializedFileReader<File>)>);

impl Files {
    fn of<'a>(records: impl IntoIterator<Item = (i64, &'a Value)>) -> Files {
        let names = Tables::<File>::names();
        let mut tables = Tables::new(names.iter().map(|_| tempfile::tempfile().unwrap())).unwrap();
        records.into_iter().for_each(|(number, record)| tables.add(number, record).unwrap());
        let files = tables.finish().unwrap().into_iter().map(|file| SerializedFileReader::new(file).unwrap());
        Files(names.into_iter().zip(files).collect())
    }

    fn file(&self, list: &str) -> &SerializedFileReader<File> {
        &self.0.iter().find(|(name, _)| *name == format!("{list}.parquet")).unwrap().1
    }

    /// The rows of a list, with null where there is nothing.
    fn rows(&self, list: &str) -> Vec<Map<String, Value>> {
        let rows = self.file(list).get_row_iter(None).unwrap();
        rows.map(|row| object(&row.unwrap())).collect()
    }
}

fn object(row: &Row) -> Map<String, Value> {
    row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => text.clone().into(),
        Field::Group(row) => Value::Object(object(row)),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => panic!("{other:?} is no value of a record"),
    }
}

/// A value without the keys that are null, so that a key that is not there and one that is null are the same.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        plain => plain,
    }
}

/// The row of the wire form that a row of a file was: without the columns that the file adds, and with what stands in
/// `more`.
fn of_wire(row: Map<String, Value>, added: &[&str]) -> Value {
    let more = row["more"].as_str().map_or(json!({}), |more| serde_json::from_str(more).unwrap());
    let is_added = |key: &str| added.contains(&key) || key == "more" || key.ends_with("_text");
    let own = row.into_iter().filter(|(key, _)| !is_added(key));
    with(without_nulls(Value::Object(own.collect())), more)
}

/// Every list of the record comes back from its file, and so does the article.
#[track_caller]
fn check(records: &[Value]) {
    let files = Files::of((1..).zip(records));
    let mut lists = 0;
    for (name, _) in &files.0 {
        let list = name.strip_suffix(".parquet").unwrap();
        let mut found = files.rows(list).into_iter();
        for (number, record) in (1_i64..).zip(records) {
            if list == "articles" {
                let row = found.next().unwrap();
                assert_eq!(row["article"], number);
                let mut expected = record["article"].clone();
                expected["model"] = record["model"].clone();
                expected["readings"] = record["readings"].clone();
                let expected = without_nulls(with(expected, of_record(record)));
                assert_eq!(of_wire(row, &["article"]), expected);
                continue;
            }
            for (place, expected) in (1..).zip(record[list].as_array().unwrap()) {
                let row = found.next().unwrap();
                let known: Vec<&Value> = OF_ARTICLE.iter().map(|key| &row[*key]).collect();
                let article = &record["article"];
                let keys = ["publisher", "id", "text_sha256", "published"].map(|key| &article[key]);
                assert_eq!(known, [&[&json!(number)][..], &keys, &[&json!(place)]].concat());
                for (key, words) in row.iter().filter(|(key, _)| key.ends_with("_text")) {
                    let pieces = expected[key.strip_suffix("_text").unwrap()].as_array().unwrap();
                    let pieces: Vec<&str> =
                        pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
                    assert_eq!(
                        *words,
                        if pieces.is_empty() { Value::Null } else { pieces.join(" … ").into() }
                    );
                }
                assert_eq!(of_wire(row, &OF_ARTICLE), without_nulls(expected.clone()));
                lists += 1;
            }
        }
        assert_eq!(found.next(), None, "{list}");
    }
    assert!(lists > 0, "no row was compared");
}

/// What a record holds beside its article and its lists.
fn of_record(record: &Value) -> Value {
    let names = Tables::<File>::names();
    let is_known = |key: &str| {
        ["onrecord", "model", "readings", "article"].contains(&key)
            || names.contains(&format!("{key}.parquet"))
    };
    let others = record.as_object().unwrap().iter().filter(|(key, _)| !is_known(key));
    let others: Map<String, Value> = others.map(|(key, value)| (key.clone(), value.clone())).collect();
    if others.is_empty() { json!({}) } else { json!({"record": others}) }
}

#[test]
fn every_row_comes_back_as_it_was() {
    let pieces = said("b", "“No,” Ek said. “Not now.”", &[("Ek", "“No,”")]);
    let mut two = pieces.clone();
    two["attributions"][0]["content"] = json!([
        span("“No,” Ek said. “Not now.”", "“No,”", 1),
        span("“No,” Ek said. “Not now.”", "“Not now.”", 1)
    ]);
    check(&[full(), empty("a", ""), two, pieces, full()]);
}

#[test]
fn what_the_engine_reads_comes_back_as_it_was() {
    let text = "“We will open in May,” said Mayor Dana Ruiz. “Not before.” He told me, ‘Go.’\r\n\r\nIt “rained, Ek said.";
    let (document, claims) = onrecord::Engine::by_rules().claims(onrecord::Article::new(text));
    let record = onrecord::wire::Record::new(&document, &claims, onrecord::wire::Text::Keep);
    check(&[serde_json::to_value(record).unwrap()]);
}

/// A newer engine's keys, and values that the columns are not made for, are kept as JSON.
#[test]
fn what_has_no_column_is_kept() {
    let mut record = with(full(), json!({"summaries": [{"id": "s1", "of": [span(RUIZ, "May", 2)]}]}));
    record["article"]["byline"] = "Ana Roz".into();
    record["posts"][0]["organization"] = json!({"entity": "e9"});
    record["posts"][0]["evidence"]["newer"] = json!([span(RUIZ, "May", 2)]);
    record["attributions"][0]["speakers"][0]["number"] = json!(1.5);
    record["times"][0]["start"] = json!("first");
    check(&[record]);
}

#[test]
fn a_nested_value_stands_where_it_stood() {
    let files = Files::of([(7, &full())]);
    let rows = files.rows("attributions");
    assert_eq!(rows[1]["speakers"][0]["reason"][0]["text"], "feared for their posts");
    assert_eq!(rows[0]["speakers"][0]["reason"], json!([]), "an empty list is a list");
    assert_eq!(rows[0]["source"][0]["byte_end"], 15);
    assert_eq!(rows[0]["source_text"], "Mayor Dana Ruiz");
    assert_eq!(rows[0]["addressee_text"], Value::Null);
    let warnings = files.rows("warnings");
    assert_eq!((&warnings[0]["start"], &warnings[1]["start"]), (&Value::Null, &json!(40)));
    assert_eq!(files.rows("links")[0]["from"]["event"], "v1");
    assert_eq!(files.rows("conditions")[0]["if"][0]["spans"][0]["text"], "it rains");
    assert_eq!(files.rows("articles")[0]["article"], 7);
}

#[test]
fn the_text_may_be_left_out() {
    let mut record = full();
    record["article"].as_object_mut().unwrap().remove("text");
    let rows = Files::of([(1, &record)]).rows("articles");
    assert_eq!((&rows[0]["text"], &rows[0]["id"]), (&Value::Null, &json!("ruiz-1")));
}

#[test]
fn the_latest_versions_of_a_record() {
    let first = said("a", "“We open in May,” Ek said.", &[("Ek", "“We open in May,”")]);
    let second = said("a", "“We do not open,” Ek said.", &[("Ek", "“We do not open,”")]);
    let made = Made::of(&[first, full(), second.clone()]);
    let mut kept = Vec::new();
    let take = |number, record: &Value| {
        kept.push((number, record.clone()));
        Ok::<(), onrecord_store::Error>(())
    };
    made.open().records(take).unwrap();
    assert_eq!(kept, [(2, full()), (3, second)]);
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let bytes = || {
        let names = Tables::<Vec<u8>>::names();
        let mut tables = Tables::new(names.iter().map(|_| Vec::new())).unwrap();
        (1..=40).for_each(|number| tables.add(number, &full()).unwrap());
        tables.finish().unwrap()
    };
    let first = bytes();
    assert!(first.iter().all(|file| file.len() > 100));
    assert!(bytes() == first, "two runs differ");
}

/// A place where nothing can be written.
struct Shut;

impl std::io::Write for Shut {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Err(std::io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn a_file_that_cannot_be_written_says_why() {
    let tables = Tables::new(Tables::<Shut>::names().iter().map(|_| Shut));
    let written = tables.and_then(|mut tables| {
        tables.add(1, &full())?;
        tables.finish().map(drop)
    });
    assert_eq!(written.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
}

/// The schema of each file, as programs see it: some of it is added, none is renamed.
#[test]
fn schemas() {
    let files = Files::of([]);
    let mut printed = Vec::new();
    for (_, file) in &files.0 {
        parquet::schema::printer::print_schema(&mut printed, file.metadata().file_metadata().schema());
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("parquet_schemas", String::from_utf8(printed).unwrap());
    });
}

/// docs/parquet.md names every file and column, and none that is not there.
#[test]
fn every_column_is_documented() {
    let page = include_str!("../../../../docs/parquet.md");
    let mut expected = Vec::new();
    for (name, file) in &Files::of([]).0 {
        let fields = file.metadata().file_metadata().schema().get_fields();
        // What every list begins and ends with is said once.
        let is_common =
            |column: &str| name != "articles.parquet" && OF_ARTICLE.contains(&column) || column == "more";
        let own = fields.iter().map(|field| field.name()).filter(|column| !is_common(column));
        expected.extend(own.map(|column| format!("{name}.{column}")));
    }
    expected.extend(OF_ARTICLE.iter().chain(&["more"]).map(|column| format!("every list.{column}")));
    let mut found = Vec::new();
    let mut file = "";
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            file = name.trim_matches('`');
        } else if line.starts_with("## ") {
            file = "";
        } else if let Some(row) = line.strip_prefix("| `").filter(|_| !file.is_empty()) {
            let columns = row.split(" |").next().unwrap();
            found.extend(columns.split(", ").map(|column| format!("{file}.{}", column.trim_matches('`'))));
        }
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
