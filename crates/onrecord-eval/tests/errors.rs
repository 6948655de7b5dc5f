//! What went wrong: every class, and that the classes add up.

mod common;

use common::attribution;
use onrecord_eval::error::listing::Listing;
use onrecord_eval::error::{Class, ErrorCounts, Side, entries};
use onrecord_eval::score::{Kind, Text, score};
use onrecord_eval::{Attribution, Span};
use proptest::prelude::*;

const TEXT: &str = "“We will open the pier in May,” said Dana Ruiz. “Not before the autumn storms are over.” \
                    Ib Tarn told her that “the quay is lost” and warned of delays. \
                    He once read “The Long Road Home From the Sea” to the “Admiral” and others.";

/// Checks the errors of predictions against gold, written as `side: kind: class`.
#[track_caller]
fn check(gold: &[Attribution], predicted: &[Attribution], expected: &[&str]) {
    check_nested(gold, predicted, &[], expected);
}

#[track_caller]
fn check_nested(gold: &[Attribution], predicted: &[Attribution], nested: &[Attribution], expected: &[&str]) {
    let text = Text::new(TEXT);
    let scored = score(&text, gold, predicted);
    let found: Vec<String> = entries(&text, &scored, nested)
        .iter()
        .map(|entry| format!("{}: {}: {}", entry.side.name(), entry.kind.name(), entry.class.name()))
        .collect();
    assert_eq!(found, expected);
}

fn at(source: &str, cue: &str, content: &[&str]) -> Attribution {
    attribution(TEXT, source, cue, content)
}

const FIRST: &str = "“We will open the pier in May,”";
const SECOND: &str = "“Not before the autumn storms are over.”";

fn ruiz() -> Attribution {
    at("Dana Ruiz", "said", &[FIRST, SECOND])
}

#[test]
fn what_is_right_is_no_error() {
    check(&[ruiz()], &[ruiz()], &[]);
}

#[test]
fn sources() {
    let other = at("Ib Tarn", "said", &[FIRST, SECOND]);
    let none = || at("", "said", &[FIRST, SECOND]);
    check(&[ruiz()], &[other], &["missed: direct: wrong source", "surplus: direct: wrong source"]);
    check(&[ruiz()], &[none()], &["missed: direct: no source", "surplus: direct: no source"]);
    check(&[none()], &[ruiz()], &["missed: direct: wrong source", "surplus: direct: wrong source"]);
}

#[test]
fn taken() {
    check(&[ruiz()], &[ruiz(), ruiz()], &["surplus: direct: taken"]);
    check(&[ruiz(), ruiz()], &[ruiz()], &["missed: direct: taken"]);
}

#[test]
fn nested() {
    let outer = || at("Ib Tarn", "told", &["that “the quay is lost” and warned of delays"]);
    let inner = || at("Dana Ruiz", "warned", &["delays"]);
    let both = ["missed: mixed: nested", "surplus: indirect: nested"];
    check(&[outer()], &[inner()], &both);
    check(&[inner()], &[outer()], &["missed: indirect: nested", "surplus: mixed: nested"]);
    check_nested(&[inner()], &[], &[inner()], &["missed: indirect: nested"]);
}

#[test]
fn cue_not_found() {
    check(&[ruiz()], &[], &["missed: direct: cue not found"]);
    let uncued = || at("Dana Ruiz", "", &[FIRST]);
    check(&[uncued()], &[], &["missed: direct: cue not found"]);
    // Something was read there, by another cue: the cue is what is lacking, unless the gold has none either.
    let elsewhere = || at("Ib Tarn", "told", &["pier in May,”"]);
    check(&[ruiz()], &[elsewhere()], &["missed: direct: cue not found", "surplus: direct: lost piece"]);
    check(&[uncued()], &[elsewhere()], &["missed: direct: boundary", "surplus: direct: boundary"]);
}

#[test]
fn lost_piece() {
    let second = at("Dana Ruiz", "said", &[FIRST]);
    check(&[ruiz()], &[second], &["missed: direct: lost piece", "surplus: direct: lost piece"]);
}

#[test]
fn boundary() {
    let long =
        at("Ib Tarn", "told", &["that “the quay is lost” and warned of delays. He once read “The Long Road"]);
    let gold = at("Ib Tarn", "told", &["that “the quay is lost”"]);
    check(&[gold], &[long], &["missed: mixed: boundary", "surplus: mixed: boundary"]);
}

#[test]
fn other_content() {
    let gold = at("Ib Tarn", "told", &["the quay is lost"]);
    let read = at("Ib Tarn", "told", &[SECOND]);
    check(&[gold], &[read], &["missed: direct: other content", "surplus: direct: other content"]);
}

#[test]
fn nothing_of_the_gold_there() {
    let surplus = |content, class: &str| {
        check(&[], &[at("He", "read", &[content])], &[&format!("surplus: {class}")]);
    };
    surplus("“Admiral”", "direct: scare quote or title");
    surplus("“The Long Road Home From the Sea”", "direct: scare quote or title");
    surplus(SECOND, "direct: no gold here");
    surplus("and others", "indirect: no gold here");
}

#[test]
fn listing_shows_the_words_on_one_line() {
    let article = "Ruiz spoke.\n“No,”\u{1b} she\tsaid.";
    let text = Text::new(article);
    let gold = [attribution(article, "she", "said", &["“No,”\u{1b}"])];
    let read = [attribution(article, "Ruiz", "spoke", &["“No,”"])];
    let scored = score(&text, &gold, &read);
    let entries = entries(&text, &scored, &[]);
    let listing = Listing { article: "gazette", text: &text, entries: &entries[..1] };
    assert_eq!(
        listing.to_string(),
        "missed: direct: wrong source: gazette 12\n  \
           gold  source 19..22 [she] cue 23..27 [said] content 12..18 [“No,”�]\n  \
           read  source 0..4 [Ruiz] cue 5..10 [spoke] content 12..17 [“No,”]\n  \
           text  …Ruiz spoke.¶{q “No,”�} {s she}�{c said}.…\n\n"
    );
}

fn attributions() -> impl Strategy<Value = Vec<Attribution>> {
    let length = TEXT.chars().count();
    let span =
        (0..length, 1..60_usize).prop_map(move |(start, size)| Span::new(start, (start + size).min(length)));
    let pieces = move |most| prop::collection::vec(span.clone(), 0..most);
    let one = (pieces(2), pieces(2), pieces(3));
    let one = one.prop_map(|(cue, source, content)| Attribution { cue, source, content });
    prop::collection::vec(one, 0..8)
}

proptest! {
    #[test]
    fn classes_add_up(gold in attributions(), predicted in attributions(), nested in attributions()) {
        let text = Text::new(TEXT);
        let scored = score(&text, &gold, &predicted);
        let mut counts = ErrorCounts::default();
        let found = entries(&text, &scored, &nested);
        for entry in &found {
            counts.add(entry);
        }
        for kind in Kind::ALL {
            let sum = |side: Side| -> usize { side.classes().map(|class| counts.of(side, class, kind)).sum() };
            let tally = scored.counts.attribution.by_kind[kind as usize];
            prop_assert_eq!(sum(Side::Missed), tally.gold - tally.found);
            prop_assert_eq!(sum(Side::Surplus), tally.predicted - tally.hits);
        }
        for class in [Class::ScareQuoteOrTitle, Class::NoGoldHere] {
            prop_assert!(found.iter().all(|entry| entry.class != class || entry.other.is_none()));
        }
        let listing = Listing { article: "a", text: &text, entries: &found };
        prop_assert!(listing.to_string().lines().count() >= 3 * found.len());
    }
}
