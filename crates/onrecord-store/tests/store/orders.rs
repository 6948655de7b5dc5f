//! Order, repetition and interruption leave no trace in what is held.

use onrecord_store::{Depth, Writer};
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::Value;

use crate::made::{Made, full, given, said};

/// Twenty articles, some of them versions of others or copies under another id.
fn articles() -> Vec<Value> {
    let article = |n: usize| {
        let text = format!("“Sentence {} here,” Ek{} said.", n % 13, n % 13);
        let content = format!("“Sentence {} here,”", n % 13);
        said(&format!("n{}", n / 2), &text, &[(&format!("Ek{}", n % 13), &content)])
    };
    (0..19).map(article).chain([full()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn the_digest_does_not_know_the_order(order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let articles = articles();
        let straight = Made::of(&articles);
        let shuffled = Made::of(&order.iter().map(|&at| articles[at].clone()).collect::<Vec<_>>());
        prop_assert_eq!(straight.digest(), shuffled.digest());
        prop_assert_eq!(shuffled.findings(Depth::Rows), [""; 0]);
    }

    /// Runs that are cut off between commits, each begun from the start, end in what one whole run makes.
    #[test]
    fn a_run_that_is_cut_off_is_run_again(cuts in proptest::collection::vec((0..20_usize, 1..6_usize), 0..4)) {
        let articles = articles();
        let clean = Made::of(&articles);
        let resumed = Made::new();
        for (cut, every) in cuts {
            let mut writer = Writer::open(&resumed.path()).unwrap();
            for (at, article) in articles.iter().enumerate().take(cut) {
                writer.keep(&given(article), "by hand").unwrap();
                if at % every == 0 {
                    writer.commit().unwrap();
                }
            }
            // What was not committed is lost with the writer.
            drop(writer);
        }
        resumed.add(&articles);
        prop_assert_eq!(resumed.digest(), clean.digest());
        prop_assert_eq!(resumed.findings(Depth::Rows), [""; 0]);
    }

    #[test]
    fn what_was_committed_is_there(kept in subsequence((0..20_usize).collect::<Vec<_>>(), 0..20), lost in 0..20_usize) {
        let articles = articles();
        let made = Made::new();
        let mut writer = Writer::open(&made.path()).unwrap();
        for &at in &kept {
            writer.keep(&given(&articles[at]), "by hand").unwrap();
        }
        writer.commit().unwrap();
        writer.keep(&given(&articles[lost]), "by hand").unwrap();
        drop(writer);
        let expected = Made::of(&kept.iter().map(|&at| articles[at].clone()).collect::<Vec<_>>());
        prop_assert_eq!(made.digest(), expected.digest());
    }
}

#[test]
fn another_content_is_another_digest() {
    let mut other = full();
    other["attributions"][0]["score"] = 0.74.into();
    let digests = [Made::of(&[]), Made::of(&[full()]), Made::of(&[other])].map(|made| made.digest());
    assert!(digests[0] != digests[1] && digests[1] != digests[2] && digests[0] != digests[2]);
}
