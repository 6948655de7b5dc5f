//! The figures agree with those of `score.py`, to the last digit.
//!
//! Both read the small corpus in `tests/corpus`, whose articles were made up for this: its gold through
//! `polnear_to_json.py` there and through the corpus reader here. The predictions are the gold, spoilt more and more.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::{Value, json};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

#[test]
fn every_figure_agrees() {
    if Command::new("python3").arg("--version").output().is_err() {
        let _ = writeln!(io::stderr(), "not run: score.py needs python3, which is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold");
    let corpus = format!("{TESTS}/corpus/quotes/polnear/data");
    python("polnear_to_json.py", &[Path::new(&corpus), Path::new("dev"), &gold]);
    let (mut rows, mut perfect) = (0, 0);
    for spoilt in 0..24 {
        let predictions = folder.path().join(format!("predictions-{spoilt}"));
        spoil(&gold, &predictions, spoilt);
        let (theirs, ours) = (folder.path().join("theirs.json"), folder.path().join("ours.json"));
        let arguments =
            [Path::new("--gold"), &gold, Path::new("--pred"), &predictions, Path::new("--json"), &theirs];
        let their_table = python("score.py", &arguments);
        let our_table = onrecord_eval(&["quote", "--pred", utf8(&predictions), "--json", utf8(&ours)]);
        assert_eq!(parse(&theirs), parse(&ours), "spoilt {spoilt} times");
        for (theirs, ours) in their_table.lines().skip(1).zip(our_table.lines()).take(25) {
            assert_eq!(theirs, ours, "spoilt {spoilt} times");
            rows += 1;
            perfect += usize::from(theirs.contains("F1 100.0"));
        }
    }
    assert_eq!(rows, 24 * 25);
    assert!(perfect < rows / 2, "the predictions are spoilt too little to tell the two apart");
}

fn python(script: &str, arguments: &[&Path]) -> String {
    let script = format!("{TESTS}/{script}");
    succeed(&Command::new("python3").arg("-B").arg(script).args(arguments).output().unwrap())
}

fn onrecord_eval(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord-eval"));
    succeed(&command.args(arguments).env("ONRECORD_DATA", format!("{TESTS}/corpus")).output().unwrap())
}

fn succeed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn utf8(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn parse(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Writes predictions: the gold with about `times` changes to each article. Every change is one that programs make
/// or that a reader of files must bear.
fn spoil(gold: &Path, predictions: &Path, times: u64) {
    fs::create_dir(predictions).unwrap();
    let mut names: Vec<_> = fs::read_dir(gold).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut dice = Dice(times);
    for name in names {
        let mut article = parse(&gold.join(&name));
        let length = article["text"].as_str().unwrap().chars().count() as u64;
        let quotes = article["quotes"].as_array_mut().unwrap();
        for _ in 0..times {
            change(quotes, length, &mut dice);
        }
        if times < 10 || dice.below(8) > 0 {
            fs::write(predictions.join(&name), article.to_string()).unwrap();
        }
    }
}

fn change(quotes: &mut Vec<Value>, length: u64, dice: &mut Dice) {
    if quotes.is_empty() || dice.below(12) == 0 {
        let (start, size) = (dice.below(length), dice.below(40));
        let span = json!({"start": start, "end": start + size});
        quotes.push(json!({"cue": null, "sources": null, "contents": [span.clone()]}));
        quotes.push(json!({"cue": span, "contents": [{"start": -9, "end": start, "text": "?"}]}));
    }
    let at = dice.below(quotes.len() as u64) as usize;
    match dice.below(12) {
        0 => drop(quotes.remove(at)),
        1 => quotes.push(quotes[at].clone()),
        2 => quotes[at]["sources"] = json!([]),
        3 => quotes[at]["sources"] = quotes[0]["sources"].clone(),
        4 => quotes[at]["cue"] = Value::Null,
        5 => quotes.swap(0, at),
        6 => drop(quotes[at]["contents"].as_array_mut().and_then(Vec::pop)),
        n => {
            let role = if n < 9 { "sources" } else { "contents" };
            let pieces = quotes[at][role].as_array_mut();
            let Some(piece) = pieces.and_then(|pieces| pieces.last_mut()) else { return };
            let end = if dice.below(2) == 0 { "start" } else { "end" };
            let moved = piece[end].as_i64().unwrap() + i64::try_from(dice.below(15)).unwrap() - 7;
            piece[end] = json!(moved);
            if dice.below(3) > 0 {
                piece.as_object_mut().unwrap().remove("text");
            }
        }
    }
}

/// A linear congruential generator: any variety will do.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
