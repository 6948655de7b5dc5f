//! How often each rule is right, with known answers.

mod common;

use common::attribution;
use onrecord::read::Maker;
use onrecord_eval::Attribution;
use onrecord_eval::corpus::Split;
use onrecord_eval::maker::{Makers, Measured, Misstated, Share};
use onrecord_eval::score::{Text, score};

const TEXT: &str = "“We will open in May,” said Dana Ruiz. Ib Tarn called that “a dream.”\n\n\
                    ROZ: Is the pier safe?\n\nTARN: It is not.\n\nRoz, it is told, thanked Tarn.";

const CUE_AFTER: Maker = Maker { rule: "quote/cue-after", reads: "“…,” said Ruiz", score: 0.5 };
const CALLED: Maker = Maker { rule: "quote/called", reads: "Ruiz called it “a farce.”", score: 0.25 };
const MODEL: Maker = Maker { rule: "quote/model/mixed", reads: "Ruiz feared “a farce”", score: 0.5 };
const TRANSCRIPT: Maker = Maker { rule: "quote/transcript", reads: "RUIZ: …", score: 0.75 };

fn ruiz() -> Attribution {
    attribution(TEXT, "Dana Ruiz", "said", &["“We will open in May,”"])
}

fn tarn() -> Attribution {
    attribution(TEXT, "Ib Tarn", "called", &["that “a dream.”"])
}

fn question() -> Attribution {
    attribution(TEXT, "ROZ", "", &["Is the pier safe?"])
}

fn answer() -> Attribution {
    attribution(TEXT, "TARN", "", &["It is not."])
}

/// Adds an article to what is known of the rules.
fn add(makers: &mut Makers, gold: &[Attribution], rows: &[(Maker, Attribution)]) {
    let text = Text::new(TEXT);
    let (made, predicted): (Vec<Maker>, Vec<Attribution>) = rows.iter().cloned().unzip();
    makers.add(&text, &made, &predicted, &score(&text, gold, &predicted));
}

/// Checks the rows of one article, written as `rule rows right`.
#[track_caller]
fn check(gold: &[Attribution], rows: &[(Maker, Attribution)], expected: &[(&str, usize, usize)]) {
    let mut makers = Makers::default();
    add(&mut makers, gold, rows);
    let shares: Vec<_> = makers.shares().map(|(rule, share)| (rule, share.rows, share.right)).collect();
    assert_eq!(shares, expected);
}

#[test]
fn a_row_is_right_when_it_matches_the_gold() {
    let rows = [(CUE_AFTER, ruiz()), (CALLED, tarn())];
    check(&[ruiz(), tarn()], &rows, &[("quote/called", 1, 1), ("quote/cue-after", 1, 1)]);
    check(&[tarn()], &rows, &[("quote/called", 1, 1), ("quote/cue-after", 1, 0)]);
    check(&[], &rows, &[("quote/called", 1, 0), ("quote/cue-after", 1, 0)]);
    check(&[ruiz()], &[], &[]);
}

#[test]
fn of_two_rows_for_one_quotation_one_is_right() {
    let rows = [(CALLED, ruiz()), (CUE_AFTER, ruiz())];
    check(&[ruiz()], &rows, &[("quote/called", 1, 1), ("quote/cue-after", 1, 0)]);
    let wrong_source = attribution(TEXT, "Ib Tarn", "said", &["“We will open in May,”"]);
    check(
        &[ruiz()],
        &[(CALLED, wrong_source), (CUE_AFTER, ruiz())],
        &[("quote/called", 1, 0), ("quote/cue-after", 1, 1)],
    );
}

#[test]
fn a_row_without_content_shifts_no_other() {
    let empty = attribution(TEXT, "Ib Tarn", "called", &[]);
    let rows = [(CALLED, empty), (CUE_AFTER, ruiz())];
    check(&[ruiz()], &rows, &[("quote/called", 1, 0), ("quote/cue-after", 1, 1)]);
}

#[test]
fn turns_count_where_the_gold_holds_one() {
    let rows = [(TRANSCRIPT, question()), (TRANSCRIPT, answer()), (CUE_AFTER, ruiz())];
    let left_out = [("quote/cue-after", 1, 1)];
    let both = [("quote/cue-after", 1, 1), ("quote/transcript", 2, 1)];
    check(&[ruiz(), answer()], &rows, &both);
    check(&[ruiz()], &rows, &left_out);
    // A turn that ends elsewhere is a turn all the same, and wrong.
    let none_right = [("quote/cue-after", 1, 1), ("quote/transcript", 2, 0)];
    let longer = attribution(TEXT, "TARN", "", &["It is not.\n\nRoz, it is told, thanked Tarn."]);
    check(&[ruiz(), longer], &rows, &none_right);
    // Neither the whole interview as one content nor a part of a turn is a turn with its label.
    let whole = attribution(
        TEXT,
        "Ib Tarn",
        "told",
        &["ROZ: Is the pier safe?\n\nTARN: It is not.\n\nRoz, it is told, thanked Tarn."],
    );
    check(&[ruiz(), whole], &rows, &left_out);
    check(&[ruiz(), attribution(TEXT, "Roz", "told", &["It is not."])], &rows, &left_out);
    check(&[ruiz(), attribution(TEXT, "TARN", "told", &["thanked Tarn"])], &rows, &left_out);
}

#[test]
fn a_score_is_the_share_with_two_decimals() {
    for (right, rows, measured) in [
        (0, 0, None),
        (19, 19, None),
        (20, 20, Some(1.0)),
        (0, 20, Some(0.0)),
        (14, 21, Some(0.67)),
        (7, 21, Some(0.33)),
        // Halves are rounded up.
        (1, 200, Some(0.01)),
        (29, 200, Some(0.15)),
    ] {
        assert_eq!(Share { rows, right, score: 0.5 }.measured(), measured, "{right} of {rows}");
    }
}

#[test]
fn a_rule_with_another_score_is_named() {
    let mut makers = Makers::default();
    for article in 0..20 {
        // Half of the rows of one rule are right, which is its score; those of the other all are, which is not.
        let gold = if article % 2 == 0 { vec![ruiz(), tarn()] } else { vec![tarn()] };
        let measured = Measured::new(&makers, &Makers::default());
        assert_eq!(measured.misstated().count(), 0, "{article} rows tell nothing");
        add(&mut makers, &gold, &[(CUE_AFTER, ruiz()), (CALLED, tarn())]);
    }
    let share = Share { rows: 20, right: 20, score: 0.25 };
    let misstated: Vec<_> = Measured::new(&makers, &Makers::default()).misstated().collect();
    assert_eq!(misstated, [(Split::Train, "quote/called", Misstated { measured: 1.0, share })]);
}

#[test]
fn the_rules_are_measured_on_train_and_the_model_on_dev() {
    let (mut on_train, mut on_dev) = (Makers::default(), Makers::default());
    let rows = [(CUE_AFTER, ruiz()), (MODEL, tarn())];
    add(&mut on_train, &[ruiz(), tarn()], &rows);
    add(&mut on_dev, &[ruiz()], &rows);
    let measured: Vec<_> = Measured::new(&on_train, &on_dev)
        .shares()
        .map(|(split, rule, share)| (split, rule, share.rows, share.right))
        .collect();
    let expected = [(Split::Train, "quote/cue-after", 1, 1), (Split::Dev, "quote/model/mixed", 1, 0)];
    assert_eq!(measured, expected);
}
