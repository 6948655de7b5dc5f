//! Scores with known answers, and what must hold for all of them.

mod common;

use common::attribution;
use onrecord_eval::score::report::Rates;
use onrecord_eval::score::{Kind, Report, Scored, Text, score};
use onrecord_eval::{Attribution, Span};
use proptest::prelude::*;

const TEXT: &str = "\"We will win,\" Ann Lee said. \"We must.\" Bob told reporters that it was \"a mess\" again.\n\
                    No one spoke. 'Fine' he thought.";

fn ann() -> Attribution {
    attribution(TEXT, "Ann Lee", "said", &["\"We will win,\"", "\"We must.\""])
}

fn bob() -> Attribution {
    attribution(TEXT, "Bob", "told", &["that it was \"a mess\" again"])
}

/// Checks figures, written as `measure key p r`, of predictions against gold.
#[track_caller]
fn check(gold: &[Attribution], predicted: &[Attribution], expected: &[(&str, &str, f64, f64)]) {
    let report = Report::new(&score(&Text::new(TEXT), gold, predicted).counts);
    for &(measure, key, p, r) in expected {
        let Rates { precision, recall, .. } =
            report.rates(measure, key).expect("a measure and a key of the table");
        assert_eq!((precision, recall), (p, r), "{measure} {key}");
    }
}

#[test]
fn the_gold_itself_is_perfect() {
    let both = [ann(), bob()];
    let report = Report::new(&score(&Text::new(TEXT), &both, &both).counts);
    for row in report.rows.iter().filter(|row| row.rates.gold > 0) {
        assert_eq!(row.rates.found, row.rates.gold, "{row:?}");
        assert_eq!(row.rates.predicted, row.rates.gold, "{row:?}");
    }
    assert_eq!((report.sources.pairs, report.sources.overlap, report.sources.equal), (2, 1.0, 1.0));
}

#[test]
fn nothing_is_worth_nothing() {
    check(&[ann(), bob()], &[], &[("attribution", "all", 0.0, 0.0), ("token", "all", 0.0, 0.0)]);
    check(&[], &[], &[("attribution", "all", 0.0, 0.0), ("exact", "all", 0.0, 0.0)]);
}

#[test]
fn kinds_count_on_their_own_side() {
    // The gold is direct, the prediction takes unquoted words in and is mixed: it is found, and it is right.
    let mixed = attribution(TEXT, "Ann Lee", "said", &["\"We will win,\" Ann", "\"We must.\""]);
    check(
        &[ann()],
        &[mixed],
        &[("content", "direct", 0.0, 1.0), ("content", "mixed", 1.0, 0.0), ("content", "all", 1.0, 1.0)],
    );
}

#[test]
fn a_wrong_source_is_wrong_only_with_its_source() {
    let wrong = Attribution { source: bob().source, ..ann() };
    check(
        &[ann()],
        &[wrong],
        &[("content", "all", 1.0, 1.0), ("attribution", "all", 0.0, 0.0), ("strict", "all", 0.0, 0.0)],
    );
}

#[test]
fn no_source_matches_no_source() {
    let none = || Attribution { source: Vec::new(), ..ann() };
    check(&[none()], &[none()], &[("attribution", "all", 1.0, 1.0)]);
    check(&[none()], &[ann()], &[("attribution", "all", 0.0, 0.0)]);
}

#[test]
fn half_of_the_content_is_enough_and_less_is_not() {
    // 11 and 8 of 19 visible characters.
    let more = Attribution { content: ann().content[..1].to_vec(), ..ann() };
    let less = Attribution { content: ann().content[1..].to_vec(), ..ann() };
    check(&[ann()], &[more], &[("attribution", "all", 1.0, 1.0), ("strict", "all", 0.0, 0.0)]);
    check(&[ann()], &[less], &[("attribution", "all", 0.0, 0.0)]);
}

#[test]
fn exactly_half_is_enough() {
    let gold = attribution(TEXT, "Bob", "told", &["it was \"a mess\" again."]);
    let half = attribution(TEXT, "Bob", "told", &["it was \"a me"]);
    assert_eq!(Text::new(TEXT).visible(gold.content[0]), 18);
    assert_eq!(Text::new(TEXT).visible(half.content[0]), 9);
    check(&[gold], &[half], &[("attribution", "all", 1.0, 1.0)]);
}

#[test]
fn each_gold_attribution_is_found_once() {
    check(&[ann()], &[ann(), ann()], &[("attribution", "all", 0.5, 1.0), ("exact", "content", 1.0, 1.0)]);
}

#[test]
fn the_best_pair_goes_first() {
    let loose = Attribution { content: ann().content[..1].to_vec(), ..ann() };
    let text = Text::new(TEXT);
    let (gold, predicted) = ([ann()], [loose, ann()]);
    let scored = score(&text, &gold, &predicted);
    assert_eq!(scored.matched.iter().map(|pair| pair.predicted).collect::<Vec<_>>(), [1]);
}

#[test]
fn trimming_forgives_marks_and_stops() {
    let mut inner = ann();
    inner.content[0] = Span::new(inner.content[0].start + 1, inner.content[0].end - 2);
    check(&[ann()], &[inner], &[("exact", "content", 0.5, 0.5), ("trimmed", "content", 1.0, 1.0)]);
}

#[test]
fn a_token_has_the_first_role_that_covers_it() {
    let swallowed = Attribution { content: vec![Span::new(0, 40)], ..ann() };
    check(&[ann()], &[swallowed], &[("token", "cue", 1.0, 1.0), ("token", "source", 1.0, 1.0)]);
}

#[test]
fn gold_without_content_is_left_out() {
    let gold = [Attribution { content: Vec::new(), ..ann() }];
    let text = Text::new(TEXT);
    let Scored { counts, gold, .. } = score(&text, &gold, &[]);
    assert_eq!((counts.gold_without_content, gold.len(), counts.attribution.all.gold), (1, 0, 0));
}

#[test]
fn kinds_go_by_letters_inside_marks() {
    let text = Text::new(TEXT);
    let kind = |content: &[&str]| Kind::of(&attribution(TEXT, "", "", content).content, &text);
    assert_eq!(kind(&["\"We will win,\"", "\"We must.\""]), Kind::Direct);
    assert_eq!(kind(&["We will win"]), Kind::Direct);
    assert_eq!(kind(&["that it was \"a mess\" again"]), Kind::Mixed);
    assert_eq!(kind(&["No one spoke"]), Kind::Indirect);
    assert_eq!(kind(&["'Fine'"]), Kind::Direct);
    assert_eq!(kind(&["\" "]), Kind::Indirect);
}

fn attributions(length: usize) -> impl Strategy<Value = Vec<Attribution>> {
    let span =
        (0..length, 1..20_usize).prop_map(move |(start, size)| Span::new(start, (start + size).min(length)));
    let pieces = || prop::collection::vec(span.clone(), 0..3);
    let one = (pieces(), pieces(), pieces()).prop_map(|(cue, source, content)| Attribution {
        cue,
        source,
        content,
    });
    prop::collection::vec(one, 0..8)
}

proptest! {
    #[test]
    fn swapping_the_sides_swaps_precision_and_recall(
        a in attributions(TEXT.len()), b in attributions(TEXT.len()),
    ) {
        let text = Text::new(TEXT);
        let one = Report::new(&score(&text, &a, &b).counts);
        let other = Report::new(&score(&text, &b, &a).counts);
        for (one, other) in one.rows.iter().zip(&other.rows).take(12) {
            prop_assert_eq!((one.rates.precision, one.rates.recall), (other.rates.recall, other.rates.precision));
        }
    }

    #[test]
    fn shared_characters_are_those_of_both_sets(a in attributions(TEXT.len()), b in attributions(TEXT.len())) {
        let text = Text::new(TEXT);
        let spans = |list: &[Attribution]| list.iter().flat_map(|one| one.content.clone()).collect::<Vec<_>>();
        let set = |spans: &[Span]| -> std::collections::BTreeSet<usize> {
            let all = spans.iter().flat_map(|span| span.start..span.end);
            all.filter(|&at| !text.chars[at].is_whitespace()).collect()
        };
        let (a, b) = (spans(&a), spans(&b));
        prop_assert_eq!(text.cover(&a).visible(), set(&a).len());
        prop_assert_eq!(text.shared(&text.cover(&a), &text.cover(&b)), set(&a).intersection(&set(&b)).count());
    }
}
