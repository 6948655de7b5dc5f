//! Every path gives the bits of the specification, on random models and rows.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use onrecord_kernel::{Branch, Codes, Cpu, Encoder, Link, Model, Place, Pointer, Stretch};
use proptest::prelude::*;
use support::{Random, Shape, Tensors, spec};

fn bits(scores: &[f32]) -> Vec<u32> {
    scores.iter().map(|score| score.to_bits()).collect()
}

fn rows(codes: &Codes) -> Vec<Vec<i64>> {
    (0..codes.len()).map(|piece| codes.row(piece).map(i64::from).collect()).collect()
}

fn check(shape: &Shape, pieces: usize, longest: usize, seed: u64) {
    let tensors = support::random_tensors(shape, seed);
    let file = support::file(&tensors);
    let pieces = Random(seed).pieces(shape, pieces);
    let paragraphs = Random(seed).paragraphs(pieces.len(), longest);
    let sentences = Random(seed + 1).paragraphs(pieces.len(), 8);
    let expected = spec::encode(&tensors, &pieces, &paragraphs);
    for cpu in Cpu::available() {
        let model = Model::read(&file, cpu).unwrap();
        let mut encoder = Encoder::new(&model);
        let codes = encoder.encode(&pieces, &paragraphs);
        assert_eq!(rows(&codes), expected, "{cpu:?} {shape:?}");
        // Buffers that hold the last row do not leak into a shorter one.
        let half = &pieces[..pieces.len() / 2];
        let starts: Vec<u32> = paragraphs.iter().copied().filter(|&at| (at as usize) < half.len()).collect();
        let fresh = Encoder::new(&model).encode(half, &starts);
        assert_eq!(encoder.encode(half, &starts), fresh, "{cpu:?} {shape:?}");
        check_tags(&tensors, &model, &codes, &expected);
        check_links(&tensors, &model, &codes, &expected, seed);
        for depth in 1..shape.layers.len() {
            let repeats = support::branch_of(&tensors, depth);
            let branch = Branch::read(&support::file(&repeats), &model).unwrap();
            let (own, branched) = encoder.encode_with(&branch, &pieces, &paragraphs, &sentences);
            assert_eq!(own, codes, "{cpu:?} {shape:?}");
            let told = spec::branched(&tensors, &repeats, &pieces, &paragraphs, &sentences);
            let is_read: Vec<bool> = told.iter().map(Option::is_some).collect();
            assert_eq!(branched.is_read, is_read, "{cpu:?} {shape:?}");
            let told: Vec<Vec<i64>> =
                told.into_iter().map(|row| row.unwrap_or_else(|| vec![0; shape.width])).collect();
            assert_eq!(rows(&branched.codes), told, "{cpu:?} {shape:?}");
            check_branch(&repeats, &branch, &branched.codes, &told);
        }
    }
}

fn check_branch(tensors: &Tensors, branch: &Branch, codes: &Codes, expected: &[Vec<i64>]) {
    let all: Vec<u32> = (0..codes.len() as u32).collect();
    for (row, codes) in branch.turn_scores(codes, &all).iter().zip(expected) {
        assert_eq!(bits(row), bits(&spec::linear(tensors, "turns", codes)));
    }
    let (Some(first), Some(last)) = (expected.first(), expected.last()) else { return };
    let pieces = [0, codes.len() as u32 - 1];
    let place = Place { distance: 9, between: 2, paragraph: 0 };
    for (pointer, name) in [(Pointer::Begin, "begin"), (Pointer::End, "end"), (Pointer::Last, "last")] {
        let query = &branch.queries(pointer, codes, &pieces[..1])[0];
        let key = &branch.keys(pointer, codes, &pieces[1..])[0];
        let score = branch.score(pointer, query, key, place);
        let expected = spec::fit(tensors, &format!("pointer.{name}"), first, last, [9, 2]);
        assert_eq!(bits(&[score]), bits(&[expected]));
    }
}

fn check_tags(tensors: &Tensors, model: &Model, codes: &Codes, expected: &[Vec<i64>]) {
    let all: Vec<u32> = (0..codes.len() as u32).collect();
    for (row, codes) in model.tag_scores(codes, &all).iter().zip(expected) {
        assert_eq!(bits(row), bits(&spec::linear(tensors, "tags", codes)));
    }
    for (row, codes) in model.mention_scores(codes, &all).iter().zip(expected) {
        assert_eq!(bits(row), bits(&spec::linear(tensors, "mentions", codes)));
    }
}

fn check_links(tensors: &Tensors, model: &Model, codes: &Codes, expected: &[Vec<i64>], seed: u64) {
    if codes.is_empty() {
        return;
    }
    let mut random = Random(seed);
    let mut stretch = || {
        let (a, b) = (random.below(expected.len()) as u32, random.below(expected.len()) as u32);
        Stretch { first: a.min(b), last: a.max(b) }
    };
    let spans = [stretch(), stretch(), stretch()];
    let ends: Vec<Vec<i64>> = spans
        .iter()
        .map(|span| [&expected[span.first as usize][..], &expected[span.last as usize]].concat())
        .collect();
    let place = Place { distance: random.below(16) as u8, between: 2, paragraph: 1 };
    for (link, name) in [(Link::Cue, "cue"), (Link::Source, "source"), (Link::Same, "same")] {
        let queries = model.queries(link, codes, &spans);
        let keys = model.keys(link, codes, &spans);
        let unlinked = model.unlinked_scores(link, codes, &spans);
        for (i, from) in ends.iter().enumerate() {
            let expected = spec::linear(tensors, &format!("link.{name}.none"), from);
            assert_eq!(bits(&unlinked[i..=i]), bits(&expected));
            for (j, to) in ends.iter().enumerate() {
                let score = model.link_score(link, &queries[i], &keys[j], place);
                let expected = spec::link_score(tensors, name, from, to, [place.distance.into(), 2, 1]);
                assert_eq!(bits(&[score]), bits(&[expected]));
            }
        }
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let layers = prop::collection::vec((1..4_usize, (1..4_usize).prop_map(|panels| 32 * panels)), 1..4);
    (1..3_usize, 1..20_usize, layers).prop_map(|(width, pieces, layers)| Shape {
        width: 96 * width,
        pieces,
        layers,
    })
}

/// Miri takes a second for what else takes a millisecond.
const CASES: u32 = if cfg!(miri) { 1 } else { 32 };

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_paths_give_the_specification(
        shape in shapes(),
        pieces in 0..if cfg!(miri) { 4 } else { 40_usize },
        seed in any::<u64>(),
    ) {
        check(&shape, pieces, 20, seed);
    }
}

/// Several windows, none of them as long as may be.
#[test]
#[cfg_attr(miri, ignore = "too long for it")]
fn a_long_row() {
    check(&Shape { width: 96, pieces: 50, layers: vec![(1, 32), (2, 64)] }, 600, 254, 3);
}

/// What the other tests say of gates is of both kinds.
#[test]
#[cfg_attr(miri, ignore = "too long for it")]
fn some_gates_are_shut() {
    let shape = Shape { width: 192, pieces: 50, layers: vec![(1, 32), (2, 64)] };
    let tensors = support::random_tensors(&shape, 6);
    let (pieces, starts) = (Random(6).pieces(&shape, 250), Random(7).paragraphs(250, 8));
    let told = spec::branched(&tensors, &support::branch_of(&tensors, 1), &pieces, &[0], &starts);
    let open = told.iter().flatten().count();
    assert!((25..225).contains(&open), "{open} of 250 pieces");
}

/// A paragraph that is longer than a window: the middle of an overlap parts those who answer.
#[test]
#[cfg_attr(miri, ignore = "too long for it")]
fn a_long_paragraph() {
    let shape = Shape { width: 96, pieces: 50, layers: vec![(1, 32)] };
    let tensors = support::random_tensors(&shape, 5);
    let pieces = Random(5).pieces(&shape, 400);
    let [first, last] = [&pieces[..254], &pieces[190..]].map(|window| spec::window(&tensors, window));
    let expected = [&first[..222], &last[222 - 190..]].concat();
    for cpu in Cpu::available() {
        let model = Model::read(&support::file(&tensors), cpu).unwrap();
        assert_eq!(rows(&Encoder::new(&model).encode(&pieces, &[0])), expected, "{cpu:?}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "too long for it")]
fn a_wide_row() {
    check(&Shape { width: 384, pieces: 50, layers: vec![(12, 512)] }, 40, 40, 4);
}
