//! The same bits as the Python reference, in every step that it tells of, on every path of this processor.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::PathBuf;

use onrecord_kernel::{Branch, Codes, Cpu, Encoder, Link, Model, Piece, Place, Pointer, Stretch};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn read(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

fn numbers(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as u32).collect()
}

fn bits<'a>(row: impl IntoIterator<Item = &'a f32>) -> Vec<String> {
    row.into_iter().map(|score| format!("{:08x}", score.to_bits())).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// The word of each piece gives it its features.
fn pieces(case: &Value) -> Vec<Piece> {
    let (ids, first) = (numbers(&case["pieces"]), numbers(&case["first"]));
    let (cases, states) = (numbers(&case["case"]), numbers(&case["state"]));
    let paragraphs = numbers(&case["paragraph"]);
    let mut pieces = Vec::new();
    for word in 0..first.len() {
        let end = first.get(word + 1).map_or(ids.len(), |&end| end as usize);
        let start = word == 0 || paragraphs[word] != paragraphs[word - 1];
        for &id in &ids[first[word] as usize..end] {
            let (case, state) = (cases[word] as u8, states[word] as u8);
            pieces.push(Piece { id, case, state, start: u8::from(start) });
        }
    }
    pieces
}

fn paragraphs(case: &Value) -> Vec<u32> {
    let (first, paragraphs) = (numbers(&case["first"]), numbers(&case["paragraph"]));
    let begins = (0..first.len()).filter(|&word| word == 0 || paragraphs[word] != paragraphs[word - 1]);
    begins.map(|word| first[word]).collect()
}

fn check_codes(codes: &Codes, case: &Value) {
    let bytes: Vec<u8> = (0..codes.len()).flat_map(|piece| codes.row(piece)).map(i8::cast_unsigned).collect();
    assert_eq!(hex(&Sha256::digest(&bytes)), case["codes_sha256"].as_str().unwrap());
    if let Some(expected) = case.get("codes_first_piece").and_then(|row| row.get(0)) {
        let expected: Vec<i64> =
            expected.as_array().unwrap().iter().map(|code| code.as_i64().unwrap()).collect();
        assert_eq!(codes.row(0).map(i64::from).collect::<Vec<_>>(), expected);
    }
}

fn check_tags(model: &Model, codes: &Codes, case: &Value) {
    let scores = model.tag_scores(codes, &numbers(&case["first"]));
    let expected = case["tag_scores"].as_array().unwrap();
    assert_eq!(scores.len(), expected.len());
    for (row, expected) in scores.iter().zip(expected) {
        assert_eq!(bits(row), texts(expected));
    }
    let scores = model.mention_scores(codes, &numbers(&case["first"]));
    let expected = case["mention_scores"].as_array().unwrap();
    assert_eq!(scores.len(), expected.len());
    for (row, expected) in scores.iter().zip(expected) {
        assert_eq!(bits(row), texts(expected));
    }
}

/// How many links were compared.
fn check_links(model: &Model, codes: &Codes, case: &Value) -> usize {
    let first = numbers(&case["first"]);
    let behind = |word: u32| first.get(word as usize + 1).map_or(codes.len() as u32, |&piece| piece);
    let spans = |value: &Value| -> Vec<Stretch> {
        let spans = value.as_array().unwrap().iter().map(numbers);
        spans.map(|span| Stretch { first: first[span[0] as usize], last: behind(span[1]) - 1 }).collect()
    };
    let mut compared = 0;
    for (name, link) in [("cue", Link::Cue), ("source", Link::Source), ("same", Link::Same)] {
        let Some(told) = case["links"].get(name) else { continue };
        let (from, to) = (spans(&told["from"]), spans(&told["to"]));
        let queries = model.queries(link, codes, &from);
        let keys = model.keys(link, codes, &to);
        let unlinked = model.unlinked_scores(link, codes, &from);
        for (f, query) in queries.iter().enumerate() {
            let mut scores = vec![unlinked[f]];
            for (t, key) in keys.iter().enumerate() {
                let place = numbers(&told["place"][f][t]);
                let [distance, between, paragraph] = [place[0] as u8, place[1] as u8, place[2] as u8];
                scores.push(model.link_score(link, query, key, Place { distance, between, paragraph }));
            }
            assert_eq!(bits(&scores), texts(&told["scores"][f]), "{name} from span {f}");
            compared += scores.len();
        }
    }
    compared
}

/// Every step of one reference, on every path.
fn check(file: &str, told: &str, name: &str, links: usize) {
    let (file, told) = (read(file), read(told));
    let told: Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(hex(&Sha256::digest(&file)), told["model_sha256"].as_str().unwrap());
    for cpu in Cpu::available() {
        let model = Model::read(&file, cpu).unwrap();
        assert_eq!(model.name(), name);
        let mut encoder = Encoder::new(&model);
        let mut compared = 0;
        for case in told["cases"].as_array().unwrap() {
            let codes = encoder.encode(&pieces(case), &paragraphs(case));
            check_codes(&codes, case);
            check_tags(&model, &codes, case);
            compared += check_links(&model, &codes, case);
        }
        assert!(compared >= links, "the reference holds links");
    }
}

#[test]
fn a_model_of_random_weights() {
    check("train/reference/tiny.model", "train/reference/tiny.json", "tiny", 100);
}

#[test]
fn the_shipped_model() {
    check("models/en-3.model", "train/reference/en-3.json", "en-3", 10);
}

/// The words of a case, each with its first and last piece.
fn words(case: &Value, pieces: usize) -> Vec<Stretch> {
    let first = numbers(&case["first"]);
    let behind = |word: usize| first.get(word + 1).copied().unwrap_or(pieces as u32);
    (0..first.len()).map(|word| Stretch { first: first[word], last: behind(word) - 1 }).collect()
}

/// How many scores of pointers were compared.
fn check_pointers(branch: &Branch, codes: &Codes, case: &Value) -> usize {
    let words = words(case, codes.len());
    let mut compared = 0;
    for (name, pointer) in [("begin", Pointer::Begin), ("end", Pointer::End), ("last", Pointer::Last)] {
        let Some(told) = case["points"].get(name) else { continue };
        let from = words[case["from"].as_u64().unwrap() as usize].first;
        let piece = |word: Stretch| if pointer == Pointer::Begin { word.first } else { word.last };
        let to: Vec<u32> = numbers(&told["words"]).iter().map(|&word| piece(words[word as usize])).collect();
        let query = &branch.queries(pointer, codes, &[from])[0];
        let keys = branch.keys(pointer, codes, &to);
        let scores = keys.iter().enumerate().map(|(at, key)| {
            let place = numbers(&told["place"][at]);
            let place = Place { distance: place[0] as u8, between: place[1] as u8, paragraph: 0 };
            branch.score(pointer, query, key, place)
        });
        let scores: Vec<f32> = scores.collect();
        assert_eq!(bits(&scores), texts(&told["scores"]), "{name}");
        compared += scores.len();
    }
    compared
}

fn check_branch(model: &str, file: &str, told: &str, name: &str) {
    let (model, file, told) = (read(model), read(file), read(told));
    let told: Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(hex(&Sha256::digest(&file)), told["model_sha256"].as_str().unwrap());
    for cpu in Cpu::available() {
        let model = Model::read(&model, cpu).unwrap();
        let branch = Branch::read(&file, &model).unwrap();
        assert_eq!(branch.name(), name);
        let mut encoder = Encoder::new(&model);
        let mut compared = 0;
        for case in told["cases"].as_array().unwrap() {
            let (pieces, paragraphs) = (pieces(case), paragraphs(case));
            let sentences = numbers(&case["sentences"]);
            let (codes, branched) = encoder.encode_with(&branch, &pieces, &paragraphs, &sentences);
            assert_eq!(codes, encoder.encode(&pieces, &paragraphs), "a branch changes nothing of its model");
            let is_read = numbers(&case["is_read"]).into_iter().map(|read| read == 1);
            assert!(branched.is_read.iter().copied().eq(is_read));
            let branched = branched.codes;
            check_codes(&branched, case);
            let scores = branch.turn_scores(&branched, &numbers(&case["first"]));
            let expected = case["turn_scores"].as_array().unwrap();
            assert_eq!(scores.len(), expected.len());
            for (row, expected) in scores.iter().zip(expected) {
                assert_eq!(bits(row), texts(expected));
            }
            compared += check_pointers(&branch, &branched, case);
        }
        assert!(compared > 100, "the reference holds pointers");
    }
}

#[test]
fn a_branch_of_random_weights() {
    check_branch(
        "train/reference/tiny.model",
        "train/reference/tiny.branch",
        "train/reference/tiny-branch.json",
        "tiny-branch",
    );
}

#[test]
fn the_shipped_branch() {
    check_branch("models/en-3.model", "models/links-1.model", "train/reference/links-1.json", "links-1");
}
