//! A file that is no record, that is newer, that is held, that is damaged: each is told, and stays as it is.

use std::fs;
use std::ops::Not as _;

use onrecord_store::{Depth, Error, Record, Writer};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rusqlite::Connection;

use crate::made::{Made, full, given, said};

/// Opens the file for reading and for writing; both say the same and touch nothing.
fn check(made: &Made, question: fn(&Error) -> bool, message: &str) {
    let before = fs::read(made.path()).unwrap();
    for error in
        [Record::open(&made.path()).map(drop).unwrap_err(), Writer::open(&made.path()).map(drop).unwrap_err()]
    {
        assert!(question(&error), "{error:?}");
        assert!(error.to_string().ends_with(message), "{error}");
        assert!(error.hint().is_some());
    }
    assert!(fs::read(made.path()).unwrap() == before, "the file was touched");
    let beside: Vec<_> = fs::read_dir(made.folder.path()).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[test]
fn something_else() {
    let made = Made::new();
    fs::write(made.path(), "“It rained,” Ana Roz said.").unwrap();
    check(&made, Error::is_not_a_record, "expected a record of onrecord, found something else");
    fs::write(made.path(), [b"SQLite format 3\0".as_slice(), &[0xaa; 200]].concat()).unwrap();
    assert!(Record::open(&made.path()).is_err() && Writer::open(&made.path()).is_err());
}

#[test]
fn another_program() {
    let made = Made::new();
    made.sql("CREATE TABLE t (x)");
    check(&made, Error::is_not_a_record, "found an SQLite file of another program");
    made.sql("PRAGMA application_id = 7");
    check(&made, Error::is_not_a_record, "found an SQLite file of another program");
}

#[test]
fn a_newer_record() {
    let made = Made::of(&[full()]);
    made.sql("PRAGMA user_version = 2");
    check(&made, Error::is_newer, "found a record of version 2; expected at most 1");
}

#[test]
fn no_record() {
    let made = Made::new();
    assert!(Record::open(&made.path()).unwrap_err().is_missing());
    assert!(!made.path().exists(), "asking makes none");
    fs::write(made.path(), "").unwrap();
    assert!(Record::open(&made.path()).unwrap_err().is_missing());
    made.add(&[full()]);
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}

#[test]
fn one_writer_and_many_readers() {
    let made = Made::of(&[full()]);
    let mut writer = Writer::open(&made.path()).unwrap();
    writer.keep(&given(&said("b", "“No,” Ek said.", &[("Ek", "“No,”")])), "b.txt").unwrap();
    assert!(Writer::open(&made.path()).unwrap_err().is_busy());
    let reader = made.open();
    assert_eq!(made.rows("SELECT count(*) FROM articles"), [["1"]], "what is not committed is not seen");
    writer.commit().unwrap();
    assert!(Writer::open(&made.path()).unwrap_err().is_busy(), "between two batches as well");
    assert_eq!(made.rows("SELECT count(*) FROM articles"), [["2"]]);
    writer.finish().unwrap();
    drop(reader);
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}

#[test]
fn sql_that_does_not_only_read() {
    let made = Made::of(&[full()]);
    let ask = |sql: &str, bounds| {
        made.open().query::<Error>(sql, bounds, |_| Ok(()), |_| Ok(())).map_err(|error| error.to_string())
    };
    let plain = onrecord_store::sql::Bounds::default();
    for sql in [
        "DELETE FROM articles",
        "DROP VIEW quotes",
        "PRAGMA user_version = 9",
        "ATTACH 'x.db' AS x",
        "VACUUM",
        "SELEC 1",
        "SELECT 1; DELETE FROM articles",
    ] {
        let _ = ask(sql, plain).unwrap_err();
    }
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    let short = onrecord_store::sql::Bounds { seconds: 1, ..plain };
    assert_eq!(ask(endless, short).unwrap_err(), "the query ran longer than 1 s");
    let few = onrecord_store::sql::Bounds { rows: 1, ..plain };
    assert_eq!(ask("SELECT id FROM attributions", few), Ok(onrecord_store::sql::Given::First));
    assert_eq!(ask("SELECT id FROM attributions LIMIT 1", few), Ok(onrecord_store::sql::Given::All));
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}

/// Everything that can be asked of a record by SQL, the search indexes' own tables included.
fn everything(path: &std::path::Path) -> Option<Vec<String>> {
    let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let mut names = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name",
        )
        .ok()?;
    let names: Vec<String> = names.query_map([], |row| row.get(0)).ok()?.collect::<Result<_, _>>().ok()?;
    let mut all = Vec::new();
    for name in names {
        let mut select = connection.prepare(&format!("SELECT * FROM {name}")).ok()?;
        let columns = select.column_count();
        let mut rows = select.query([]).ok()?;
        while let Some(row) = rows.next().ok()? {
            let row: Result<Vec<_>, _> =
                (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect();
            all.push(format!("{name} {:?}", row.ok()?));
        }
    }
    Some(all)
}

/// Whether damage is told, by whatever is asked first.
fn is_told(path: &std::path::Path) -> bool {
    match Record::open(path) {
        Err(_) => true,
        Ok(record) => record.verify(Depth::Bytes, |_| ()).is_ok_and(|report| report.findings == 0).not(),
    }
}

/// A flipped byte is found, or nothing that can be asked of the record has changed.
#[test]
fn a_flipped_byte_is_found() {
    let records: Vec<_> = (0..12)
        .map(|n| {
            said(
                &format!("n{n}"),
                &format!("“Word{n} and more,” Ek{n} said."),
                &[(&format!("Ek{n}"), &format!("“Word{n} and more,”"))],
            )
        })
        .chain([full()])
        .collect();
    let made = Made::of(&records);
    let whole = fs::read(made.path()).unwrap();
    let before = everything(&made.path()).unwrap();
    let flipped = Made::new();
    let mut runner = TestRunner::new(Config::with_cases(120));
    let strategy = (0..whole.len(), 1_u8..=255);
    runner
        .run(&strategy, |(at, mask)| {
            let mut bytes = whole.clone();
            bytes[at] ^= mask;
            fs::write(flipped.path(), bytes).unwrap();
            let is_told = is_told(&flipped.path());
            prop_assert!(
                is_told || everything(&flipped.path()).as_ref() == Some(&before),
                "byte {} ^ {}",
                at,
                mask
            );
            for beside in ["record.db-wal", "record.db-shm"] {
                let _ = fs::remove_file(flipped.folder.path().join(beside));
            }
            Ok(())
        })
        .unwrap();
}

/// What is changed by hand in any table is found.
#[test]
fn a_change_by_hand_is_found() {
    for change in [
        "UPDATE texts SET text = replace(text, 'May', 'Mai')",
        "UPDATE articles SET title = 'Bridge shut'",
        "UPDATE articles SET version = 0",
        "UPDATE articles SET is_latest = 0",
        "UPDATE kept_attributions SET score = 990 WHERE row & 16777215 = 1",
        "UPDATE kept_attributions SET content = 5 << 24 WHERE row & 16777215 = 1",
        "UPDATE kept_posts SET until = '2020'",
        "UPDATE kept_entities SET name = 'Dana Roiz' WHERE name = 'Dana Ruiz'",
        "UPDATE kept_warnings SET message = 'x'",
        "UPDATE ledger SET origin = 'elsewhere'",
        "UPDATE ledger SET at = '1999-01-01T00:00:00Z'",
        "DELETE FROM ledger",
        "DELETE FROM texts",
        "DELETE FROM kept_attributions WHERE row & 16777215 = 2",
        "INSERT INTO kept_times (row, id) VALUES ((9 << 24) + 1, 't9')",
        "UPDATE kept_links SET row = row + 1",
        "UPDATE words SET word = 'x' WHERE number = 3",
        "INSERT INTO article_search (article_search, rowid, title, text) SELECT 'delete', article, title, text FROM article_texts",
        "DELETE FROM quote_search_data WHERE id > 10",
        "INSERT INTO quote_search (quote_search, rowid, source, content) SELECT 'delete', row, source, content FROM quote_texts",
        "DROP INDEX articles_by_id",
        "CREATE TABLE mine (x)",
    ] {
        let made = Made::of(&[full()]);
        made.sql(change);
        assert!(is_told(&made.path()), "{change}");
    }
}
