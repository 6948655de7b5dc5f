//! What is erased is gone from every file, and does not come back.

use std::fs;

use onrecord_store::{Depth, Kept, Writer};
use proptest::prelude::*;

use crate::made::{Made, full, said};

/// Every file of the folder, in small letters; what is no text in them is in nobody's way.
fn files(made: &Made) -> Vec<(String, String)> {
    let files = fs::read_dir(made.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let text =
        |path: &std::path::Path| String::from_utf8_lossy(&fs::read(path).unwrap()).to_ascii_lowercase();
    files.map(|path| (path.display().to_string(), text(&path))).collect()
}

/// The files in which `words` stand.
fn holding(files: &[(String, String)], words: &str) -> Vec<String> {
    let words = words.to_ascii_lowercase();
    files.iter().filter(|(_, text)| text.contains(&words)).map(|(name, _)| name.clone()).collect()
}

fn erase(made: &Made, id: &str) -> u64 {
    let mut writer = Writer::open(&made.path()).unwrap();
    let erased = writer.erase(id, None).unwrap();
    writer.finish().unwrap();
    erased
}

#[test]
fn no_byte_stays() {
    let text = "“Zebrafish paddle quietly,” Quillon Vantrell said.";
    let secret = said("a", text, &[("Quillon Vantrell", "“Zebrafish paddle quietly,”")]);
    let changed = said(
        "a",
        &text.replace("quietly", "gracefully"),
        &[("Quillon Vantrell", "“Zebrafish paddle gracefully,”")],
    );
    let made = Made::of(&[secret.clone(), full(), changed]);
    let without = Made::of(&[full()]);
    assert!(!holding(&files(&made), "zebrafish").is_empty());
    assert_eq!(erase(&made, "a"), 2);
    let left = files(&made);
    for word in ["zebrafish", "paddle", "quietly", "gracefully", "quillon", "vantrell", "zebra", "uillon Van"]
    {
        assert_eq!(holding(&left, word), [""; 0], "{word}");
    }
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
    assert_eq!(made.add(&[secret]), [Kept::Erased], "it does not come back");
    assert_eq!(made.rows("SELECT outcome FROM ledger WHERE id = 'a'"), [["erased"], ["erased"]]);
    assert_eq!(made.rows("SELECT id FROM articles"), [["ruiz-1"]]);
    assert_ne!(made.digest(), without.digest(), "the marker is part of what is held");
}

#[test]
fn an_id_that_two_publishers_have_is_asked_back() {
    let first = said("a", "“No,” Ek said.", &[("Ek", "“No,”")]);
    let mut second = first.clone();
    second["article"]["publisher"] = "Other Post".into();
    let made = Made::of(&[first, second]);
    let mut writer = Writer::open(&made.path()).unwrap();
    let error = writer.erase("a", None).unwrap_err();
    assert!(error.to_string().ends_with("2 publishers have an article `a`"), "{error}");
    assert!(writer.erase("b", None).unwrap_err().is_unknown());
    assert_eq!(writer.erase("a", Some("Other Post")).unwrap(), 1);
    writer.finish().unwrap();
    assert_eq!(made.rows("SELECT id, publisher FROM articles"), [["a", ""]]);
}

#[test]
fn a_stop_before_the_file_is_written_anew_leaves_a_chore() {
    let made = Made::of(&[said("a", "“Zebrafish,” Ek said.", &[("Ek", "“Zebrafish,”")]), full()]);
    made.sql("INSERT INTO chores VALUES ('rewrite')");
    assert_eq!(made.findings(Depth::Rows).len(), 1);
    Writer::open(&made.path()).unwrap().finish().unwrap();
    assert_eq!(made.findings(Depth::Bytes), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    /// Among many articles, whose pages split and whose index entries merge, an erased one leaves no word behind.
    #[test]
    fn no_byte_stays_among_many(seed in 0_u64..1_000_000, which in 0_usize..60) {
        let word = |article: usize, at: u64| format!("w{:x}x{article}q", seed.wrapping_mul(at + 7) % 0xfff_ffff);
        let text = |article: usize| {
            let words: Vec<String> = (0..120 + article as u64 * 7).map(|at| word(article, at)).collect();
            format!("“{}” said Ek.", words.join(" "))
        };
        let records: Vec<_> = (0..60).map(|article| {
            let text = text(article);
            let content = text.trim_end_matches(" said Ek.").to_owned();
            said(&format!("n{article}"), &text, &[("Ek", &content)])
        }).collect();
        let made = Made::of(&records);
        erase(&made, &format!("n{which}"));
        let left = files(&made);
        for at in 0..120 {
            prop_assert_eq!(holding(&left, &word(which, at)), [""; 0]);
        }
        prop_assert_eq!(made.findings(Depth::Bytes), [""; 0]);
    }
}
