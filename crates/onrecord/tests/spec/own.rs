//! The tests of the tests: the form of pages and rows, and what a failure shows.
//!
//! This target has no harness of its own, so they stand in a list that [`trials`] adds to the specifications.
#![expect(
    clippy::unwrap_used,
    reason = "these are tests; clippy knows tests by an attribute that they cannot have"
)]

use libtest_mimic::Trial;

use crate::check::compare;
use crate::page::{self, Claims, Verdict};
use crate::row::{Piece, Reading, Row, Value};

const TESTS: &[(&str, fn())] = &[
    ("page: one test a heading", one_test_a_heading),
    ("page: what is no test", what_is_no_test),
    ("page: the text of an article", the_text_of_an_article),
    ("row: reads and prints alike", reads_and_prints_alike),
    ("row: what is no row", what_is_no_row),
    ("row: the second time", the_second_time),
    ("row: every span can be written", every_span_can_be_written),
    ("check: as many rows as expected", as_many_rows_as_expected),
    ("check: rows in any order", rows_in_any_order),
    ("check: a row inside another", a_row_inside_another),
    ("check: a known miss", a_known_miss),
    ("check: a failure can be pasted", a_failure_can_be_pasted),
];

/// The tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |&(name, test): &(&str, fn())| {
        Trial::test(format!("harness: {name}"), move || {
            test();
            Ok(())
        })
    };
    TESTS.iter().map(trial).collect()
}

const PAGE: &str = r#"# Of the page

Words about the page.

## The first

Why it is so.

```published 2024-05-08
```
```article
Dana Ruiz said, “We will open in May.”
```
```claims quote
direct source="Dana Ruiz" cue="said"

direct cue="said" content="“We will open in May.”"
```

Words after the blocks.

## The second

Why it is not so.

```article
It rained.
```
```claims quote none
```
"#;

fn one_test_a_heading() {
    let tests = page::tests(PAGE);
    let names: Vec<(&str, usize)> = tests.iter().map(|test| (test.name.as_str(), test.line)).collect();
    assert_eq!(names, [("The first", 5), ("The second", 22)]);
    let first = tests[0].spec.as_ref().unwrap();
    assert_eq!(first.published.as_deref(), Some("2024-05-08"));
    assert_eq!(first.article, "Dana Ruiz said, “We will open in May.”");
    assert_eq!(first.claims.len(), 1);
    assert_eq!(first.claims[0].rows.len(), 2);
    assert_eq!(first.claims[0].verdict, Verdict::Right);
    let second = tests[1].spec.as_ref().unwrap();
    assert_eq!((second.published.as_deref(), second.claims[0].rows.len()), (None, 0));
}

/// A page of one test with this below its heading.
fn error(below: &str) -> String {
    let tests = page::tests(&format!("## Name\n{below}"));
    assert_eq!(tests.len(), 1, "{below}");
    tests[0].spec.clone().expect_err(below)
}

fn what_is_no_test() {
    let article = "Why.\n```article\nIt rained.\n```\n";
    for (below, expected) in [
        ("```article\nIt rained.\n```\n", "no sentence says why, between the heading and the first block"),
        ("Why.\n", "the test has no `article` block"),
        (article, "the test has no `claims` block"),
        (&format!("{article}```claims quote none"), "line 6: the block is not closed"),
        (
            &format!("{article}```claims quote\n```"),
            "line 6: the block has no row; `none` says that there is none",
        ),
        (&format!("{article}```claims quote none\ndirect\n```"), "line 6: `none` says that there is no row"),
        (
            &format!("{article}```claims quote perhaps\n```"),
            "line 6: found `perhaps`; expected `none` or `wrong`",
        ),
        (
            &format!("{article}```claims weather none\n```"),
            "line 6: found the reading `weather`; expected `quote`, `people`, `speaker`, `post`, `time`, `event`, \
             `link` or `condition`",
        ),
        (
            &format!("{article}~~~claims\n~~~"),
            "line 6: found the block `claims`; expected `published DATE`, `article` and `claims READING`, in this order",
        ),
        (
            &format!("{article}```claims quote none\n```\n```claims quote none\n```"),
            "line 8: a second block of quote; one block holds all rows of a reading",
        ),
        ("Why.\n```claims quote none\n```", "line 3: the article stands before its claims"),
        (
            "Why.\n```published 2024-05-08\nMay\n```",
            "line 3: the date stands after `published`; the block stays empty",
        ),
        (
            &format!("{article}```claims quote\n\nsaid\n```"),
            "line 8: found `said`; expected one of `direct`, `mixed`, `indirect`",
        ),
        (
            &format!("{article}```claims quote\ndirect cue=\"snowed\"\n```"),
            "line 7: cue=\"snowed\" asks for text that the article has 0 times",
        ),
    ] {
        assert_eq!(error(below), expected, "{below}");
    }
    let broken = |page: &str, name: &str| {
        let tests = page::tests(page);
        tests.iter().find(|test| test.name == name).unwrap().spec.clone().unwrap_err()
    };
    assert_eq!(broken("Words.\n", ""), "the page has no `##` heading");
    assert_eq!(broken("```article\n```\n## A\n", ""), "a block stands before the first `##` heading");
    let twice = page::tests("## A\n## A\n");
    assert_eq!(twice[1].spec, Err("another test of this page has the same heading".into()));
}

/// Nothing between the fences is Markdown, and a longer fence can hold a shorter one.
fn the_text_of_an_article() {
    let page = "## A\nWhy.\n````article\n\n## No heading\n ``Yes,'' she said.\n```\n\n````\n```claims quote none\n```\n";
    let tests = page::tests(page);
    assert_eq!(tests.len(), 1);
    assert_eq!(tests[0].spec.as_ref().unwrap().article, "\n## No heading\n ``Yes,'' she said.\n```\n");
}

fn parse(line: &str) -> Result<Row, String> {
    Row::parse(Reading::Quote, line)
}

fn reads_and_prints_alike() {
    for line in [
        "direct",
        r#"direct source="Mayor Dana Ruiz" cue="said" content="“We will open in May,” … “Not before.”""#,
        r#"mixed source="" speaker="she #3" inside=2 inferred=speakers maker=quote/cue-after"#,
        r#"indirect content="a \"b\" \\ c \… d … \… e \#2 f\r\n" inside=none inferred=none"#,
    ] {
        assert_eq!(parse(line).unwrap().to_string(), line);
    }
    let row = parse(r#"  direct   content="a … b #2"  "#).unwrap();
    let piece = |text: &str, time| Piece { text: text.into(), time };
    assert_eq!(row.keys, [("content", Value::Spans(vec![piece("a", 1), piece("b", 2)]))]);
}

fn what_is_no_row() {
    for (line, expected) in [
        ("source=\"a\"", "found `source=\"a\"`; expected one of `direct`, `mixed`, `indirect`"),
        ("direct said", "found `said`; expected KEY=VALUE"),
        (
            "direct who=\"a\"",
            "found the key `who`; expected one of `source`, `cue`, `content`, `stance`, `polarity`, `speaker`, `inside`, `when`, `inferred`, `maker`",
        ),
        ("direct cue=\"a\" cue=\"b\"", "`cue` stands twice"),
        ("direct cue=said", "found no `\"` after `cue=`; expected the text of spans in quotation marks"),
        ("direct cue=\"said", "the value of `cue` has no closing `\"`"),
        ("direct cue=\"a …  … b\"", "a piece of `cue` is empty"),
        ("direct cue=\"\\t\"", "a `\\` in `cue` stands before none of `\"`, `\\`, `#`, `…`, `n`, `r`"),
        ("direct inside=", "found `` for `inside`; expected a word without quotation marks, or `none`"),
        (
            "direct inside=\"1\"",
            "found `\"1\"` for `inside`; expected a word without quotation marks, or `none`",
        ),
    ] {
        assert_eq!(parse(line), Err(expected.into()), "{line}");
    }
}

/// Times are counted in whole words: "he" does not stand in "the".
fn the_second_time() {
    let article = "The heat, he said, is over. “He,” he said.";
    let at = |text: &str, nth| article.match_indices(text).nth(nth).map(|(at, _)| at).unwrap();
    let piece = |text: &str, nth| Piece::of(article, at(text, nth), at(text, nth) + text.len());
    assert_eq!(piece("said", 1).to_string(), "said #2");
    assert_eq!(piece("he", 2).to_string(), "he", "{article}");
    assert_eq!(piece("he", 3).to_string(), "he #2");
    assert_eq!(piece("he", 1).time, 0, "it cuts through a word");
    assert!(parse("direct cue=\"said #2\"").unwrap().occurs_in(article).is_ok());
    assert!(parse("direct cue=\"said #3\"").unwrap().occurs_in(article).is_err());
    assert!(parse("direct cue=\"sai\"").unwrap().occurs_in(article).is_err());
}

fn every_span_can_be_written() {
    let article = "… a … \"b\\\" #2 # … … #é”\r\n… “c … #";
    let bounds: Vec<usize> = article.char_indices().map(|(at, _)| at).chain([article.len()]).collect();
    for (index, &start) in bounds.iter().enumerate() {
        for &end in &bounds[index + 1..] {
            if article[start..end].trim() != &article[start..end] {
                continue;
            }
            let pieces = vec![Piece::of(article, 0, 3), Piece::of(article, start, end)];
            let row = Row { head: "direct".into(), keys: vec![("content", Value::Spans(pieces))] };
            assert_eq!(parse(&row.to_string()), Ok(row.clone()), "{row}");
        }
    }
}

/// Compares rows with rows, both as lines.
fn outcome(verdict: Verdict, expected: &[&str], found: &[&str]) -> Result<(), String> {
    let rows = |lines: &[&str]| lines.iter().map(|line| parse(line).unwrap()).collect::<Vec<_>>();
    compare(&Claims { reading: Reading::Quote, verdict, rows: rows(expected) }, &rows(found))
}

fn check_right(expected: &[&str], found: &[&str], is_right: bool) {
    let outcome = outcome(Verdict::Right, expected, found);
    assert_eq!(outcome.is_ok(), is_right, "{expected:?} {found:?} {outcome:?}");
}

const A: &str = r#"direct source="A" cue="said" content="“a”" inside=none"#;
const B: &str = r#"direct source="B" cue="said #2" content="“b”" inside=none"#;

fn as_many_rows_as_expected() {
    check_right(&[], &[], true);
    check_right(&[A], &[A], true);
    check_right(&[A], &[], false);
    check_right(&[A], &[A, B], false);
    check_right(&[A, A], &[A], false);
    check_right(&[], &[A], false);
    check_right(&["mixed"], &[A], false);
    check_right(&[r#"direct source="B""#], &[A], false);
    check_right(&[r#"direct cue="said #2""#], &[A], false);
}

/// The first row fits both, and must leave the one that the second row needs.
fn rows_in_any_order() {
    check_right(&[B, A], &[A, B], true);
    check_right(&["direct", r#"direct source="A""#], &[A, B], true);
    check_right(&["direct", r#"direct source="A""#], &[B, A], true);
    check_right(&["direct", r#"direct source="A""#, "direct"], &[A, B], false);
}

fn a_row_inside_another() {
    let inner = r#"direct source="B" content="“b”" inside=1"#;
    check_right(&[A, inner], &[A, inner], true);
    check_right(&[r#"direct source="B" inside=2"#, r#"direct source="A""#], &[A, inner], true);
    check_right(&[r#"direct source="A""#, r#"direct source="B" inside=none"#], &[A, inner], false);
    check_right(&[r#"direct source="A" inside=2"#, r#"direct source="B""#], &[A, inner], false);
    check_right(&[A, inner], &[A, r#"direct source="B" content="“b”" inside=none"#], false);
    check_right(&[A, r#"direct source="B" inside=7"#], &[A, inner], false);
}

fn a_known_miss() {
    assert_eq!(outcome(Verdict::Wrong, &[A], &[B]), Ok(()));
    assert_eq!(outcome(Verdict::Wrong, &[], &[A]), Ok(()));
    let fixed = Err("this miss is read right now; take `wrong` away".to_owned());
    assert_eq!(outcome(Verdict::Wrong, &[A], &[A]), fixed);
    assert_eq!(outcome(Verdict::Wrong, &[], &[]), fixed);
}

fn a_failure_can_be_pasted() {
    let found =
        r#"direct source="A" cue="said" content="“a”" speaker="" inside=none inferred=none maker=quote/a"#;
    let message = outcome(Verdict::Right, &[r#"direct source="B" inside=none"#], &[found]).unwrap_err();
    let expected = "the rows are not as expected\n\
        expected, not found:\n\
        direct source=\"B\" inside=none\n\
        found, not expected:\n\
        direct source=\"A\" cue=\"said\" content=\"“a”\" inside=none\n\
        all that was found:\n\
        direct source=\"A\" cue=\"said\" content=\"“a”\" inside=none\n";
    assert_eq!(message, expected);
    let message = outcome(Verdict::Right, &[A], &[]).unwrap_err();
    assert!(message.ends_with("all that was found:\nnone\n"), "{message}");
}
