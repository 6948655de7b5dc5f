//! Model files that are not what they should be: each is refused with a message, and none is believed.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use onrecord_kernel::{Branch, Cpu, Error, Model};
use proptest::prelude::*;
use support::{Shape, Tensors, Values};

fn tensors() -> Tensors {
    support::random_tensors(&Shape { width: 96, pieces: 5, layers: vec![(1, 32)] }, 1)
}

fn read(file: &[u8]) -> Result<Model, Error> {
    Model::read(file, Cpu::detect())
}

fn check(file: &[u8], is: fn(&Error) -> bool, message: &str) {
    let error = read(file).unwrap_err();
    assert!(is(&error), "{error:?}");
    assert_eq!(error.to_string(), message);
}

/// The file of the tensors after `change`.
fn check_tensors(change: impl FnOnce(&mut Tensors), is: fn(&Error) -> bool, message: &str) {
    let mut tensors = tensors();
    change(&mut tensors);
    check(&support::file(&tensors), is, message);
}

fn float<'a>(tensors: &'a mut Tensors, name: &str) -> &'a mut Vec<f32> {
    match tensors.get_mut(name) {
        Some((_, Values::Float32(values))) => values,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_file_as_it_should_be() {
    let tensors = tensors();
    let model = read(&support::file(&tensors)).unwrap();
    assert_eq!((model.name(), model.vocabulary()), ("random", "0\n1\n2\n3\n4"));
    let Values::Float32(moves) = &tensors["moves"].1 else { panic!("moves are floats") };
    assert_eq!(model.moves().concat(), *moves);
}

#[test]
fn no_model_file() {
    let message = "found no model file; expected one, which begins with the letters `onrecord`";
    for file in ["", "onrecor", "%PDF-1.7 and so on and on"] {
        check(file.as_bytes(), Error::is_foreign, message);
    }
}

#[test]
fn another_version() {
    let mut file = support::file(&tensors());
    file[8] = 1;
    check(&file, Error::is_other_version, "found a model file of version 1; expected version 2");
    assert!(read(&file).unwrap_err().hint().is_some());
}

#[test]
fn cut_or_longer() {
    let file = support::file(&tensors());
    let weights = file.len() - 56;
    for length in 8..56 {
        let message = format!("header: found {length} bytes; expected 56");
        check(&file[..length], Error::is_malformed, &message);
    }
    for length in [56, 57, file.len() - 1] {
        let message = format!("found {} bytes of weights; expected {weights}", length - 56);
        check(&file[..length], Error::is_cut, &message);
    }
    let longer = [&file[..], b"x"].concat();
    check(&longer, Error::is_cut, &format!("found {} bytes of weights; expected {weights}", weights + 1));
}

#[test]
fn altered() {
    let mut file = support::file(&tensors());
    let expected: Vec<String> = file[24..56].iter().map(|byte| format!("{byte:02x}")).collect();
    *file.last_mut().unwrap() ^= 1;
    let error = read(&file).unwrap_err();
    assert!(error.is_altered());
    assert!(error.to_string().ends_with(&format!("; expected {}", expected.concat())), "{error}");
}

#[test]
fn tensors_that_are_missing_or_of_another_shape() {
    check_tensors(
        |tensors| drop(tensors.remove("tags.scale")),
        Error::is_malformed,
        "tensor `tags.scale`: found nothing; expected values of kind Float32",
    );
    check_tensors(
        |tensors| tensors.get_mut("case").unwrap().0 = vec![96, 5],
        Error::is_malformed,
        "tensor `case`: found Float32 [96, 5]; expected Float32 [5, 96]",
    );
    check_tensors(
        |tensors| tensors.get_mut("last.scale").unwrap().1 = Values::Uint32(vec![0; 96]),
        Error::is_malformed,
        "tensor `last.scale`: found Uint32 [96]; expected values of kind Float32",
    );
    check_tensors(
        |tensors| drop(tensors.insert("words".into(), (vec![0, 32], Values::Bytes(vec![])))),
        Error::is_malformed,
        "tensor `words`: found Bytes [0, 32]; expected 2 dimensions that are not 0",
    );
}

#[test]
fn sizes_beyond_the_limits() {
    for heads in [0, 65, u32::MAX] {
        check_tensors(
            |tensors| tensors.get_mut("heads").unwrap().1 = Values::Uint32(vec![heads]),
            Error::is_malformed,
            &format!("heads: found {heads}; expected 1 to 64"),
        );
    }
    for (bytes, message) in
        [(683, "width: found 2049; expected 1 to 2048"), (33, "width: found 99; expected a multiple of 32")]
    {
        check_tensors(
            |tensors| {
                let tensor = (vec![1, bytes], Values::Bytes(vec![0; bytes as usize]));
                drop(tensors.insert("words".into(), tensor));
            },
            Error::is_malformed,
            message,
        );
    }
    check_tensors(
        |tensors| {
            let tensor = (vec![33, 96], Values::Int8(vec![0; 33 * 96]));
            drop(tensors.insert("layer.0.up".into(), tensor));
        },
        Error::is_malformed,
        "inner channels: found 33; expected a multiple of 32",
    );
    // More bytes than a machine can hold, and than a number can say.
    for size in [1 << 30, u32::MAX] {
        check_tensors(
            |tensors| tensors.get_mut("layer.0.attention").unwrap().0 = vec![size, size, size],
            Error::is_malformed,
            "tensor 6 of 83: found a header that is not one, or goes beyond the file; expected one within it",
        );
    }
}

#[test]
fn numbers_that_are_none_of_theirs() {
    check_tensors(
        |tensors| match tensors.get_mut("words") {
            Some((_, Values::Bytes(bytes))) => bytes[7] = 216,
            other => panic!("words are {other:?}"),
        },
        Error::is_malformed,
        "tensor `words`: found 216; expected 0 to 215, three digits in base 6",
    );
    check_tensors(
        |tensors| tensors.get_mut("edges").unwrap().1 = Values::Uint32(vec![0, 5]),
        Error::is_malformed,
        "tensor `edges`: found 5; expected below 5",
    );
}

#[test]
fn vocabularies() {
    let put = |text: &'static [u8]| {
        move |tensors: &mut Tensors| {
            let tensor = (vec![text.len() as u32], Values::Bytes(text.into()));
            drop(tensors.insert("vocabulary".into(), tensor));
        }
    };
    check_tensors(
        put(b"a\nb"),
        Error::is_malformed,
        "vocabulary: found 2 lines; expected 5, a line for each word piece",
    );
    check_tensors(
        put(b"a\nb\nc\nd\n\xff"),
        Error::is_malformed,
        "tensor `vocabulary`: found bytes that are not UTF-8; expected UTF-8",
    );
}

#[test]
fn weights_that_are_no_numbers() {
    for (value, told) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf")] {
        check_tensors(
            |tensors| float(tensors, "layer.0.outer.shift")[3] = value,
            Error::is_not_finite,
            &format!("tensor `layer.0.outer.shift`: found {told} at place 3; expected finite numbers"),
        );
    }
}

#[test]
fn tensors_out_of_order_or_with_bytes_behind() {
    let tensors = tensors();
    let twice = support::payload(tensors.iter().take(1).chain(&tensors));
    check(
        &support::file_of(&twice, tensors.len() + 1),
        Error::is_malformed,
        "tensor `case`: found the name behind itself or a later one; expected names in the order of their bytes",
    );
    let payload = support::payload(&tensors);
    let longer = [&payload[..], b"xyz"].concat();
    check(
        &support::file_of(&longer, tensors.len()),
        Error::is_malformed,
        "weights: found 3 bytes behind the last tensor; expected none",
    );
}

#[test]
fn a_processor_that_is_not_there() {
    let error = Cpu::named("abacus").unwrap_err();
    assert!(error.is_cpu());
    assert_eq!(error.to_string(), "found `abacus` as processor; expected plain, avx2 or vnni");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes, with a header that fits them: an answer, no panic.
    #[test]
    fn payloads_with_changed_bytes(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let tensors = tensors();
        let mut payload = support::payload(&tensors);
        for (at, byte) in changes {
            *at.get_mut(&mut payload) = byte;
        }
        let _ = read(&support::file_of(&payload, tensors.len()));
    }

    #[test]
    fn payloads_of_any_bytes(payload in prop::collection::vec(any::<u8>(), 0..300), count in 0..5_usize) {
        prop_assert!(read(&support::file_of(&payload, count)).is_err());
    }
}

/// The branch of the random model after `change`.
fn check_branch(change: impl FnOnce(&mut Tensors), message: &str) {
    let shape = Shape { width: 96, pieces: 5, layers: vec![(1, 32), (2, 64)] };
    let tensors = support::random_tensors(&shape, 1);
    let model = read(&support::file(&tensors)).unwrap();
    let mut branch = support::branch_of(&tensors, 1);
    Branch::read(&support::file(&branch), &model).unwrap();
    change(&mut branch);
    let error = Branch::read(&support::file(&branch), &model).unwrap_err();
    assert!(error.is_malformed(), "{error:?}");
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_branch_of_another_model() {
    let other = "00".repeat(32);
    let base = |tensors: &mut Tensors| match tensors.get_mut("base") {
        Some((_, Values::Bytes(base))) => std::mem::replace(base, "00".repeat(32).into_bytes()),
        found => panic!("base is {found:?}"),
    };
    let mut own = support::branch_of(
        &support::random_tensors(&Shape { width: 96, pieces: 5, layers: vec![(1, 32), (2, 64)] }, 1),
        1,
    );
    let own = String::from_utf8(base(&mut own)).unwrap();
    check_branch(|tensors| drop(base(tensors)), &format!("base: found {other}; expected {own}, the model's"));
}

#[test]
fn a_branch_of_no_layer_of_the_model() {
    let depth = |tensors: &mut Tensors| tensors.get_mut("depth").unwrap().1 = Values::Uint32(vec![3]);
    check_branch(depth, "depth: found 3; expected 1 to 2");
}

#[test]
fn a_branch_without_turns() {
    check_branch(
        |tensors| drop(tensors.remove("turns")),
        "tensor `turns`: found nothing; expected values of kind Int8",
    );
}

#[test]
fn a_model_is_no_branch() {
    let model = read(&support::file(&tensors())).unwrap();
    let error = Branch::read(&support::file(&tensors()), &model).unwrap_err();
    assert!(error.is_malformed(), "{error:?}");
}
