//! A disk that fills up, as SQLite sees it: no page more than there are.

use onrecord::wire::{Record as Wire, Text};

use super::*;
use crate::{Depth, Models};

fn given(id: usize) -> Given {
    let text = format!("“Word{id} rained,” Ana Roz said. {}", "It did not stop. ".repeat(300));
    let article = onrecord::Article { id: Some(id.to_string()), ..onrecord::Article::new(text) };
    let (document, claims) = onrecord::Engine::by_rules().claims(article);
    let wire = serde_json::to_string(&Wire::new(&document, &claims, Text::Keep)).unwrap();
    Given::new(&wire, &Models::any()).unwrap()
}

/// Keeps one article, then others into so many pages more, and gives what went wrong.
fn fill(path: &Path, pages: i64) -> Error {
    let mut writer = Writer::open(path).unwrap();
    writer.keep(&given(0), "0.txt").unwrap();
    writer.commit().unwrap();
    let now: i64 = writer.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    writer
        .connection
        .query_row(&format!("PRAGMA max_page_count = {}", now + pages), [], |row| row.get::<_, i64>(0))
        .unwrap();
    let full = (1..200).find_map(|id| writer.keep(&given(id), "more.txt").err());
    full.expect("a hundred articles need more pages")
}

#[test]
fn what_was_acknowledged_outlives_a_full_disk() {
    for pages in [0, 1, 2, 7, 40] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.db");
        let error = fill(&path, pages);
        assert!(error.is_full(), "{error:?}");
        assert!(error.to_string().ends_with("record.db: no space left"), "{error}");
        assert!(error.hint().unwrap().starts_with("all that was acknowledged is kept"));
        let report = Record::open(&path).unwrap().verify(Depth::Bytes, |found| panic!("{found:?}")).unwrap();
        assert_eq!(report.articles, 1, "the batch is there wholly or not at all");
        // Where there is room again, the same run goes on.
        let mut writer = Writer::open(&path).unwrap();
        assert_eq!(writer.keep(&given(0), "0.txt").unwrap(), Kept::Unchanged);
        assert_eq!(writer.keep(&given(1), "more.txt").unwrap(), Kept::Version(1));
        writer.finish().unwrap();
        let report = Record::open(&path).unwrap().verify(Depth::Bytes, |found| panic!("{found:?}")).unwrap();
        assert_eq!(report.articles, 2);
    }
}
