//! How long rows wait.

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use serde_json::json;

use super::*;

/// A record with one long row and a short one in another list.
fn record(id: usize) -> Value {
    let said = json!({"id": "a1", "form": "direct", "maker": format!("quote/{}", "long".repeat(200))});
    json!({"article": {"id": id.to_string()}, "attributions": [said], "warnings": [{"code": "short"}]})
}

fn tables(most: usize) -> Tables<Vec<u8>> {
    Tables::waiting(lists().map(|_| Vec::new()), most).unwrap()
}

/// The groups of each file that has any, as the numbers of their rows.
fn groups(most: usize, records: usize) -> Vec<(&'static str, Vec<i64>)> {
    let mut tables = tables(most);
    (0..records).for_each(|id| tables.add(1, &record(id)).unwrap());
    let files = lists().zip(tables.finish().unwrap());
    let groups = files.map(|(list, bytes)| {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        (
            list.name,
            file.metadata()
                .row_groups()
                .iter()
                .map(parquet::file::metadata::RowGroupMetaData::num_rows)
                .collect(),
        )
    });
    groups.filter(|(_, groups): &(_, Vec<i64>)| !groups.is_empty()).collect()
}

fn waiting(tables: &Tables<Vec<u8>>) -> usize {
    tables.tables.iter().map(Table::waiting).sum()
}

/// The bytes that so many records wait with.
fn bytes_of(records: usize) -> usize {
    let mut tables = tables(usize::MAX);
    (0..records).for_each(|id| tables.add(1, &record(id)).unwrap());
    waiting(&tables)
}

#[test]
fn a_group_is_written_at_the_limit_and_not_before() {
    assert!(bytes_of(5) > 5 * "long".len() * 200, "the bytes of texts are counted");
    let all =
        |count: &[i64]| [("articles", vec![5]), ("attributions", count.to_vec()), ("warnings", vec![5])];
    assert_eq!(groups(bytes_of(5), 5), all(&[5]));
    assert_eq!(groups(bytes_of(5) - 1, 5), all(&[5]), "the longest list is written whole, the others wait");
    assert_eq!(groups(bytes_of(4), 5), all(&[5]));
    assert_eq!(groups(bytes_of(4) - 1, 5), all(&[4, 1]));
    assert_eq!(
        groups(0, 2),
        [("articles", vec![1, 1]), ("attributions", vec![1, 1]), ("warnings", vec![1, 1])]
    );
}

#[test]
fn what_waits_stays_below_the_limit() {
    let most = bytes_of(3);
    let mut tables = tables(most);
    for id in 0..50 {
        tables.add(1, &record(id)).unwrap();
        assert!(waiting(&tables) <= most, "{id}");
    }
}
