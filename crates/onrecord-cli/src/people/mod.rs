//! The list of people that the user gave: a file → a [`Roster`].
//!
//! In: `--people FILE`, a table (CSV), Popolo JSON or FollowTheMoney JSON lines, told by content. Out: a list that is
//! ready to be looked up, and what its reader should know; or the first line that is wrong: then nothing is read.
//! Nothing is fetched. Read on in `table`, `popolo`, `ftm`.
#![expect(clippy::naive_bytecount, reason = "lists are short, and a library for it is not worth its place")]

mod table;
mod popolo;
mod ftm;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use onrecord::limits::Limit;
use onrecord::read::people::look::doubt;
use onrecord::read::people::roster::{self, Listed, Roster};

use crate::message::{Messages, Problem};

/// The largest list that is read.
pub(crate) const BYTES: Limit = Limit {
    code: "people_too_large",
    value: 1 << 30,
    unit: "bytes in a list of people",
    why: "a larger one is refused; ten million people with their aliases have half of it",
};

/// As many names that may deceive are told of one by one.
const TOLD_NAMES: usize = 5;

/// A row, and the line that it begins in.
struct Row {
    line: usize,
    listed: Listed,
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
struct Broken {
    line: usize,
    message: String,
    hint: &'static str,
}

impl Broken {
    fn new(line: usize, message: impl Into<String>, hint: &'static str) -> Broken {
        Broken { line, message: message.into(), hint }
    }
}

/// Reads the list in the file at `path`.
pub(crate) fn roster(path: &Path, messages: &mut Messages) -> Result<Roster, Problem> {
    let shown = path.display();
    let size = fs::metadata(path).map_err(|error| Problem::reading(&shown, &error))?.len();
    if size > BYTES.value as u64 {
        return Err(Problem::new(format!(
            "{shown}: {size} bytes, a list of people has at most {}",
            BYTES.value
        ))
        .hint("leave out whom no article can name"));
    }
    let bytes = fs::read(path).map_err(|error| Problem::reading(&shown, &error))?;
    let rows = rows(&bytes).map_err(|broken| {
        Problem::new(format!("{shown}:{}: {}", broken.line, broken.message)).hint(broken.hint)
    })?;
    if rows.is_empty() {
        messages.warning(&shown, "the list holds nobody");
    }
    let mut doubted = 0;
    for (line, name, doubt) in rows.iter().flat_map(doubted_names) {
        doubted += 1;
        if doubted <= TOLD_NAMES {
            let told =
                format!("the name “{name}” {doubt}; it fits only what is written with the same characters");
            messages.warning(format!("{shown}:{line}"), told);
        }
    }
    if doubted > TOLD_NAMES {
        messages.warning(&shown, format!("{} more names are such", doubted - TOLD_NAMES));
    }
    Ok(Roster::new(rows.into_iter().map(|row| row.listed).collect()))
}

fn doubted_names(row: &Row) -> impl Iterator<Item = (usize, &str, onrecord::read::people::look::Doubt)> {
    row.listed.names.iter().filter_map(|name| Some((row.line, name.as_str(), doubt(name)?)))
}

/// The rows of a list of any kind.
fn rows(bytes: &[u8]) -> Result<Vec<Row>, Broken> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Broken::new(line, "found bytes that are not UTF-8", "`iconv -t UTF-8` writes the list anew")
    })?;
    let rows = match text.trim_start().chars().next() {
        Some('{' | '[') if ftm::is_ftm(text) => ftm::rows(text)?,
        Some('{' | '[') => popolo::rows(text)?,
        _ => table::rows(text)?,
    };
    every_id_once(&rows)?;
    Ok(rows)
}

fn every_id_once(rows: &[Row]) -> Result<(), Broken> {
    let mut lines = HashMap::with_capacity(rows.len());
    for row in rows {
        if let Some(first) = lines.insert(row.listed.id.as_str(), row.line) {
            let message = format!("the id `{}` stands in line {first} already", row.listed.id);
            return Err(Broken::new(row.line, message, "put all names of one person in one row"));
        }
    }
    Ok(())
}

/// A row with an id and a name, its white space in order.
fn row(line: usize, listed: Listed, hint: &'static str) -> Result<Row, Broken> {
    let Listed { id, kind, names } = listed;
    let mut names: Vec<String> =
        names.iter().map(|name| roster::spaced(name)).filter(|name| !name.is_empty()).collect();
    names.dedup();
    let id = id.trim().to_owned();
    match (id.is_empty(), names.is_empty()) {
        (true, _) => Err(Broken::new(line, "found no id", hint)),
        (_, true) => Err(Broken::new(line, format!("found no name of `{id}`"), hint)),
        _ => Ok(Row { line, listed: Listed { id, kind, names } }),
    }
}

#[cfg(test)]
mod tests {
    use onrecord::read::people::EntityKind;

    use super::*;

    /// Each row as `LINE ID NAME|NAME`, `o` before the id of an organization; or what is wrong.
    fn told(list: &[u8]) -> Vec<String> {
        match rows(list) {
            Err(broken) => vec![format!("! {}: {}", broken.line, broken.message)],
            Ok(rows) => rows
                .iter()
                .map(|Row { line, listed }| {
                    let kind = if listed.kind == EntityKind::Organization { "o " } else { "" };
                    format!("{line} {kind}{} {}", listed.id, listed.names.join("|"))
                })
                .collect(),
        }
    }

    fn check(list: impl AsRef<[u8]>, expected: &[&str]) {
        assert_eq!(told(list.as_ref()), expected, "{}", String::from_utf8_lossy(list.as_ref()));
    }

    #[test]
    fn tables() {
        check(
            "id,name\nq1,Ana Roz\nq2,\"Ek,\n Tom\"\nq3,Bo Li\n",
            &["2 q1 Ana Roz", "3 q2 Ek, Tom", "5 q3 Bo Li"],
        );
        check("\u{feff}name;ID;aliases\r\nAna Roz;1;Anna Rose|A. R.\r\n", &["2 1 Ana Roz|Anna Rose|A. R."]);
        check("Name\tid\talias\nAna Roz\tq1\tAnna Rose; A. R.\n", &["2 q1 Ana Roz|Anna Rose|A. R."]);
        check(
            "id,schema,name,aliases\nq1,Person,Ana Roz,\no1,Organization,Port Board,The Board\nv1,Vessel,Ana,\n",
            &["2 q1 Ana Roz", "3 o o1 Port Board|The Board"],
        );
        check("id,name\n\n", &[]);
        check("id,name\nq1,Ana Roz,x\n", &["! 2: found 3 fields; expected 2, as in the header"]);
        check("id,name\nq1,Ana Roz\n,Tom Ek\n", &["! 3: found no id"]);
        check("id,name\nq1, \n", &["! 2: found no name of `q1`"]);
        check("q1,Ana Roz\nq2,Tom Ek\n", &["! 1: found no header; expected the columns `id` and `name`"]);
        check("id,who\nq1,Ana Roz\n", &["! 1: found no column `name`; there are id, who"]);
        check("", &["! 1: found an empty list; expected a table, Popolo JSON or FollowTheMoney JSON lines"]);
        check(b"id,name\nq1,Ana Roz\nq2,Jos\xe9\n", &["! 3: found bytes that are not UTF-8"]);
        check("id,name\nq1,Ana Roz\nq2,Tom Ek\nq1,Ana Roz\n", &["! 4: the id `q1` stands in line 2 already"]);
        check(
            "id,name\nq1,\"Ana Roz\nq2,Tom Ek\n",
            &["! 2: a quotation mark opens a field and none closes it"],
        );
    }

    #[test]
    fn popolo() {
        check(
            r#"{"persons": [
  {"id": "q1", "name": "Ana Roz", "other_names": [{"name": "Anna Rose"}], "gender": "female"},
  {"id": 2, "name": "Tom Ek"}],
 "organizations": [{"id": "o1", "name": "Port Board"}], "memberships": []}"#,
            &["2 q1 Ana Roz|Anna Rose", "3 2 Tom Ek", "4 o o1 Port Board"],
        );
        check(
            "[{\"id\": \"q1\", \"name\": \"Ana Roz\"},\n{\"id\": \"q2\", \"name\": \"Tom Ek\"}]",
            &["1 q1 Ana Roz", "2 q2 Tom Ek"],
        );
        check("{\"persons\": [\n{\"id\": \"q1\"}]}", &["! 2: found no name of `q1`"]);
        check("{\"persons\": [\n{\"name\": \"Ana Roz\"}]}", &["! 2: found no id"]);
        check(
            "{\"persons\": [\n{\"id\": \"q1\", \"name\": 3}]}",
            &["! 2: invalid type: integer `3`, expected a string"],
        );
        check("{\"persons\": [\n{\"id\": \"q1\", oops}]}", &["! 2: broken JSON: key must be a string"]);
        check("{\"people\": []}", &["! 1: found neither `persons` nor `organizations`"]);
        let twice = "[{\"id\": \"q1\", \"name\": \"Ana Roz\"},\n\n{\"id\": \"q1\", \"name\": \"Tom Ek\"}]";
        check(twice, &["! 3: the id `q1` stands in line 1 already"]);
    }

    #[test]
    fn follow_the_money() {
        let person = r#"{"id": "q1", "schema": "Person", "properties": {"name": ["Ana Roz"], "alias": ["Anna Rose"], "weakAlias": ["Roz"]}}"#;
        let body = r#"{"id": "o1", "schema": "PublicBody", "properties": {"name": ["Port Board"]}}"#;
        let post = r#"{"id": "p1", "schema": "Position", "properties": {"name": ["mayor"]}}"#;
        check(format!("{person}\n\n{post}\n{body}\n"), &["1 q1 Ana Roz|Anna Rose", "4 o o1 Port Board"]);
        check(format!("{person}\n{{\"id\": \"q2\", \n"), &["! 2: broken JSON: EOF while parsing a value"]);
        check(format!("{person}\n[]\n"), &["! 2: invalid length 0, expected struct Entity with 3 elements"]);
        check(format!("{person}\n{person}\n"), &["! 2: the id `q1` stands in line 1 already"]);
        let nameless = r#"{"id": "q2", "schema": "Person", "properties": {"birthDate": ["1970"]}}"#;
        check(nameless, &["! 1: found no name of `q2`"]);
    }
}
