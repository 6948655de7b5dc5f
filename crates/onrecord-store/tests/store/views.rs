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

/// The lists of the wire form, in words.
#[test]
fn lists() {
    let made = Made::of(&[full()]);
    let found = |sql: &str| made.rows(sql).into_iter().flatten().collect::<Vec<_>>().join(" | ");
    let check = |sql: &str, expected: &str| assert_eq!(found(sql), expected, "{sql}");
    check(
        "SELECT id, kind, name, gender, ids FROM entities WHERE n = 3",
        "e3 | person | Tomas Ek | masculine | [\"Q1\"]",
    );
    check(
        "SELECT article, n, id, form, source, stance, score, maker FROM attributions WHERE id = 'a2'",
        "1 | 2 | a2 | indirect | Two officials | doubt | 0.73 | quote/model/indirect",
    );
    check("SELECT id, person, standing, score FROM posts", "p1 | e3 | happened | 0.73");
    check(
        "SELECT id, start, \"end\", byte_start, byte_end, text, type, anchor FROM times",
        "t1 | 24 | 30 | 24 | 30 | Monday | DATE | published",
    );
    check(
        "SELECT start, \"end\", byte_start, byte_end, text, code FROM warnings WHERE n = 2",
        "40 | 41 | 40 | 43 | “ | quotation_left_open",
    );
    check(
        "SELECT id, trigger, extent, object, standing, asserted_by FROM events WHERE id = 'v1'",
        "v1 | come | the crane had come |  | happened | a1",
    );
    check("SELECT signal, kind, maker FROM links", "because | cause | cause/because");
    check("SELECT signal, \"join\" FROM conditions", "If | all");
}

/// A quotation in pieces.
#[test]
fn pieces() {
    let text = "“We open,” Ek said, “in May.”";
    let mut record = said("a", text, &[("Ek", "“We open,”")]);
    record["attributions"][0]["content"] = serde_json::json!([
        crate::made::span(text, "“We open,”", 1),
        crate::made::span(text, "“in May.”", 1)
    ]);
    let made = Made::of(&[record]);
    assert_eq!(
        made.rows("SELECT content, start, \"end\" FROM quotes"),
        [["“We open,” … “in May.”", "0", "29"]]
    );
    assert_eq!(made.rows("SELECT content FROM quote_search('may')"), [["“We open,” … “in May.”"]]);
    assert_eq!(made.findings(onrecord_store::Depth::Bytes), [""; 0]);
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
