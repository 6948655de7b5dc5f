//! What plain SQL sees.

use crate::made::{Made, full, said};

#[test]
fn quotes() {
    let made = Made::of(&[full()]);
    let rows = made.rows("SELECT article_id, speaker, speaker_kind, source, cue, content, form, stance, said_on, start FROM quotes");
    assert_eq!(
        rows,
        [
            [
                "ruiz-1",
                "Dana Ruiz",
                "named",
                "Mayor Dana Ruiz",
                "said",
                "that the “old” bridge would open in May because the crane had come",
                "mixed",
                "say",
                "2024-05-06",
                "31"
            ],
            [
                "ruiz-1",
                "Two officials",
                "unnamed",
                "Two officials",
                "doubted",
                "it",
                "indirect",
                "doubt",
                "",
                "150"
            ],
        ]
    );
}

#[test]
fn people() {
    let made = Made::of(&[full(), said("b", "“No,” Ek said.", &[("Ek", "“No,”")])]);
    let rows = made.rows(
        "SELECT name, gender, articles, mentions, quotes, posts, first_published FROM people ORDER BY name",
    );
    assert_eq!(
        rows,
        [
            ["Dana Ruiz", "", "1", "2", "1", "0", "2024-05-08"],
            ["Tomas Ek", "masculine", "1", "1", "0", "1", "2024-05-08"]
        ]
    );
}

#[test]
fn posts_held() {
    let rows = Made::of(&[full()])
        .rows("SELECT person, title, organization, status, until, according_to, evidence FROM posts_held");
    assert_eq!(rows, [["Tomas Ek", "harbor master", "City Harbor", "former", "2019", "", "harbor master"]]);
}

#[test]
fn sources_by_publisher() {
    let made = Made::of(&[full(), said("b", "“No,” Ek said.", &[("Ek", "“No,”")])]);
    let rows = made.rows("SELECT * FROM sources_by_publisher ORDER BY publisher, speaker_kind");
    assert_eq!(
        rows,
        [
            ["", "unread", "1", "1", "0"],
            ["Harbor Ledger", "named", "1", "1", "0"],
            ["Harbor Ledger", "unnamed", "1", "1", "1"],
        ]
    );
}

#[test]
fn causes() {
    let rows = Made::of(&[full()])
        .rows("SELECT kind, cause, cause_event, effect, signal, standing, according_to FROM causes");
    assert_eq!(
        rows,
        [[
            "cause",
            "the crane had come",
            "come",
            "bridge would open in May",
            "because",
            "expected",
            "Mayor Dana Ruiz"
        ]]
    );
}

#[test]
fn search() {
    let made = Made::of(&[full(), said("b", "“No crane,” Ek said.", &[("Ek", "“No crane,”")])]);
    let found = |sql: &str| made.rows(sql).into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(found("SELECT rowid FROM article_search('crane') ORDER BY rowid"), ["1", "2"]);
    assert_eq!(
        found(
            "SELECT q.article_id FROM quote_search('content: \"no crane\"') AS s JOIN quotes AS q ON q.row = s.rowid"
        ),
        ["b"]
    );
    assert_eq!(
        found("SELECT e.name FROM name_search('ruiz') AS s JOIN entities AS e ON e.row = s.rowid"),
        ["Dana Ruiz"]
    );
    assert_eq!(
        found("SELECT snippet(article_search, 1, '<', '>', '…', 3) FROM article_search('officials')").len(),
        1
    );
}

/// docs/record-file.md names every table, view and column, and none that is not there.
#[test]
fn every_column_is_documented() {
    let page = include_str!("../../../../docs/record-file.md");
    let made = Made::of(&[]);
    let mut expected = Vec::new();
    let tables = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' \
                  AND name NOT LIKE 'sqlite%'";
    for table in made.rows(tables).into_iter().flatten() {
        for column in
            made.rows(&format!("SELECT name FROM pragma_table_info('{table}')")).into_iter().flatten()
        {
            expected.push(format!("{table}.{column}"));
        }
    }
    let mut found = Vec::new();
    let mut table = "";
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### `") {
            table = name.trim_end_matches('`');
        } else if line.starts_with("## ") {
            table = "";
        } else if let Some(row) = line.strip_prefix("| `").filter(|_| !table.is_empty()) {
            let columns = row.split(" |").next().unwrap();
            found.extend(columns.split(", ").map(|column| format!("{table}.{}", column.trim_matches('`'))));
        }
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
