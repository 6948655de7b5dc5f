//! `train/README.md` word for word: one number at a time, no padding, no tiles, sums in i64.
//!
//! In: tensors. Out: codes and scores. It never shares a line with what it tests. Next: `tests/paths.rs`.

use std::ops::Range;

use onrecord_kernel::Piece;

use super::{Tensors, Values};

fn int8<'a>(tensors: &'a Tensors, name: &str) -> &'a [i8] {
    match &tensors[name].1 {
        Values::Int8(values) => values,
        other => panic!("{name} is {other:?}"),
    }
}

fn float32<'a>(tensors: &'a Tensors, name: &str) -> &'a [f32] {
    match &tensors[name].1 {
        Values::Float32(values) => values,
        other => panic!("{name} is {other:?}"),
    }
}

fn clamp_round(x: f32, least: f32, most: f32) -> i64 {
    x.round_ties_even().clamp(least, most) as i64
}

fn code(tensors: &Tensors, name: &str, row: &[f32]) -> Vec<i64> {
    let (scale, shift) =
        (float32(tensors, &format!("{name}.scale")), float32(tensors, &format!("{name}.shift")));
    let channel = |c: usize| {
        let product = row[c] * scale[c];
        clamp_round(product + shift[c], 0.0, 127.0)
    };
    (0..row.len()).map(channel).collect()
}

/// Σ weights · inputs for each output.
fn sums(tensors: &Tensors, name: &str, inputs: &[i64]) -> Vec<f32> {
    let outputs = int8(tensors, name).chunks(inputs.len());
    let sum =
        |weights: &[i8]| weights.iter().zip(inputs).map(|(&weight, &input)| i64::from(weight) * input).sum();
    outputs.map(|weights| -> i64 { sum(weights) }).map(|sum| sum as f32).collect()
}

pub(crate) fn linear(tensors: &Tensors, name: &str, inputs: &[i64]) -> Vec<f32> {
    let (scale, shift) =
        (float32(tensors, &format!("{name}.scale")), float32(tensors, &format!("{name}.shift")));
    let output = |(o, sum): (usize, f32)| {
        let product = sum * scale[o];
        product + shift[o]
    };
    sums(tensors, name, inputs).into_iter().enumerate().map(output).collect()
}

/// The codes, −64 to 63, of each piece. No paragraph is longer than a window.
pub(crate) fn encode(tensors: &Tensors, pieces: &[Piece], paragraphs: &[u32]) -> Vec<Vec<i64>> {
    let windows = windows(pieces.len(), paragraphs).into_iter();
    windows.flat_map(|window| self::window(tensors, &pieces[window])).collect()
}

/// What is seen together.
fn windows(pieces: usize, paragraphs: &[u32]) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let mut begin = 0;
    while begin < pieces {
        let ends = paragraphs.iter().map(|&start| start as usize).chain([pieces]);
        let end = ends.rev().find(|&end| end <= begin + 254).unwrap();
        assert!(end > begin, "a paragraph is longer than a window");
        windows.push(begin..end);
        begin = end;
    }
    windows
}

/// The codes of pieces that are seen together.
pub(crate) fn window(tensors: &Tensors, pieces: &[Piece]) -> Vec<Vec<i64>> {
    let mut stream = begun(tensors, pieces);
    through(tensors, &mut stream, 0..layers(tensors));
    stream[1..=pieces.len()].iter().map(|x| centred(tensors, "last", x)).collect()
}

/// What a branch tells of each piece: its codes, or none where the gate is shut.
pub(crate) fn branched(
    tensors: &Tensors,
    branch: &Tensors,
    pieces: &[Piece],
    paragraphs: &[u32],
    sentences: &[u32],
) -> Vec<Option<Vec<i64>>> {
    let depth = whole(branch, "depth")[0] as usize;
    let mut told = Vec::new();
    for window in windows(pieces.len(), paragraphs) {
        let mut stream = begun(tensors, &pieces[window.clone()]);
        through(tensors, &mut stream, 0..depth);
        let inner = &stream[1..=window.len()];
        let mut begin = 0;
        for end in 1..=window.len() {
            if end < window.len() && !sentences.contains(&((window.start + end) as u32)) {
                continue;
            }
            let mut sentence = inner[begin..end].to_vec();
            through(branch, &mut sentence, 0..1);
            let opens = |x: &Vec<f32>| linear(branch, "gate", &centred(branch, "first", x))[0] > 0.0;
            let is_open = sentence.iter().any(opens);
            through(branch, &mut sentence, 1..layers(branch));
            told.extend(sentence.iter().map(|x| is_open.then(|| centred(branch, "last", x))));
            begin = end;
        }
    }
    told
}

fn whole(tensors: &Tensors, name: &str) -> Vec<u32> {
    match &tensors[name].1 {
        Values::Uint32(values) => values.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

fn layers(tensors: &Tensors) -> usize {
    whole(tensors, "heads").len()
}

fn centred(tensors: &Tensors, name: &str, x: &[f32]) -> Vec<i64> {
    code(tensors, name, x).into_iter().map(|code| code - 64).collect()
}

/// Pieces between the edges, before the first layer.
fn begun(tensors: &Tensors, pieces: &[Piece]) -> Vec<Vec<f32>> {
    let edge = |at: usize| Piece { id: whole(tensors, "edges")[at], ..Piece::default() };
    let framed = [&[edge(0)], pieces, &[edge(1)]].concat();
    framed.iter().enumerate().map(|(at, &piece)| embed(tensors, at, piece)).collect()
}

/// The stream behind some layers.
fn through(tensors: &Tensors, stream: &mut [Vec<f32>], which: Range<usize>) {
    let heads = whole(tensors, "heads");
    for i in which {
        let name = |part: &str| format!("layer.{i}.{part}");
        let qkv: Vec<Vec<i64>> = stream
            .iter()
            .map(|x| linear(tensors, &name("attention"), &code(tensors, &name("outer"), x)))
            .map(|row| row.into_iter().map(|y| clamp_round(y, -63.0, 63.0)).collect())
            .collect();
        let mixed = attend(&qkv, heads[i] as usize, float32(tensors, &name("softness")));
        for (x, mixed) in stream.iter_mut().zip(mixed) {
            let out = linear(tensors, &name("out"), &code(tensors, &name("mixed"), &mixed));
            add(tensors, &name("norm1"), x, &out);
            let up = linear(tensors, &name("up"), &code(tensors, &name("between"), x));
            let up: Vec<f32> = up.into_iter().map(activate).collect();
            let down = linear(tensors, &name("down"), &code(tensors, &name("inner"), &up));
            add(tensors, &name("norm2"), x, &down);
        }
    }
}

fn embed(tensors: &Tensors, at: usize, piece: Piece) -> Vec<f32> {
    let Values::Bytes(words) = &tensors["words"].1 else { panic!("words are bytes") };
    let bytes = tensors["words"].0[1] as usize;
    let (id, width) = (piece.id as usize, 3 * bytes);
    let channel = |c: usize| {
        let digit = words[id * bytes + c / 3] / [36, 6, 1][c % 3] % 6;
        let word = (2.0 * f32::from(digit) - 5.0) * float32(tensors, "words.scale")[id];
        let table = |name: &str, row: usize| float32(tensors, name)[row * width + c];
        let position =
            f32::from(int8(tensors, "position")[at * width + c]) * float32(tensors, "position.scale")[at];
        let sum = word + position;
        let sum = sum + table("case", piece.case.into());
        let sum = sum + table("state", piece.state.into());
        sum + table("start", piece.start.into())
    };
    normal(tensors, "norm", &(0..width).map(channel).collect::<Vec<_>>())
}

/// x becomes the normal of x + more.
fn add(tensors: &Tensors, norm: &str, x: &mut Vec<f32>, more: &[f32]) {
    let sum: Vec<f32> = x.iter().zip(more).map(|(x, more)| x + more).collect();
    *x = normal(tensors, norm, &sum);
}

fn normal(tensors: &Tensors, name: &str, x: &[f32]) -> Vec<f32> {
    let each = 1.0 / x.len() as f32;
    let mean = total(x) * each;
    let centred: Vec<f32> = x.iter().map(|x| x - mean).collect();
    let squares: Vec<f32> = centred.iter().map(|x| x * x).collect();
    let spread = 1.0 / (total(&squares) * each + 1e-12).sqrt();
    let (scale, shift) =
        (float32(tensors, &format!("{name}.scale")), float32(tensors, &format!("{name}.shift")));
    (0..x.len()).map(|c| (centred[c] * spread) * scale[c] + shift[c]).collect()
}

fn total(x: &[f32]) -> f32 {
    let mut lanes: Vec<f32> =
        (0..32).map(|j| x.iter().skip(j).step_by(32).fold(0.0, |sum, x| sum + x)).collect();
    while lanes.len() > 1 {
        let half = lanes.len() / 2;
        lanes = (0..half).map(|j| lanes[j] + lanes[j + half]).collect();
    }
    lanes[0]
}

/// For each piece what each head gathers, 32 numbers a head.
fn attend(qkv: &[Vec<i64>], heads: usize, softness: &[f32]) -> Vec<Vec<f32>> {
    let gather = |row: &Vec<i64>| {
        let mut mixed = Vec::new();
        for (head, softness) in softness.iter().enumerate() {
            let part = |of: &'_ [i64], which: usize| of[(which * heads + head) * 32..][..32].to_vec();
            let dot = |other: &Vec<i64>| -> i64 {
                part(row, 0).iter().zip(part(other, 1)).map(|(q, k)| q * k).sum()
            };
            let scores: Vec<i64> = qkv.iter().map(dot).collect();
            let most = scores.iter().max().unwrap();
            let weights: Vec<i64> =
                scores.iter().map(|score| power((most - score) as f32 * softness)).collect();
            let sum = weights.iter().sum::<i64>() as f32;
            for c in 0..32 {
                let gathered: i64 =
                    qkv.iter().zip(&weights).map(|(other, weight)| weight * part(other, 2)[c]).sum();
                mixed.push(gathered as f32 * (1.0 / sum));
            }
        }
        mixed
    };
    qkv.iter().map(gather).collect()
}

fn power(lacks: f32) -> i64 {
    let lacks = lacks.min(15.0);
    let whole = lacks.round_ties_even();
    let f = lacks - whole;
    let near = (30.815_393 * f - 89.338_27) * f + 127.0;
    let scale = (0..whole as i64).fold(1.0, |scale, _| scale / 2.0);
    clamp_round(near * scale, 0.0, 127.0)
}

fn activate(x: f32) -> f32 {
    let y = x.clamp(-3.05, 3.05);
    let z = y * y;
    let curve = ((-1.513_513e-4 * z + 4.452_504e-3) * z - 5.225_596_4e-2) * z + 3.865_800_5e-1;
    x * (curve * y + 0.5)
}

/// The score of a link from `from` to `to`, each the codes of its first and last piece.
pub(crate) fn link_score(tensors: &Tensors, link: &str, from: &[i64], to: &[i64], place: [usize; 3]) -> f32 {
    let score = fit(tensors, &format!("link.{link}"), from, to, [place[0], place[1]]);
    score + float32(tensors, &format!("link.{link}.paragraph"))[place[2]]
}

/// How well two spans fit, whatever paragraphs they stand in.
pub(crate) fn fit(tensors: &Tensors, name: &str, from: &[i64], to: &[i64], place: [usize; 2]) -> f32 {
    let whole = |part: &str, inputs: &[i64]| -> Vec<i64> {
        let numbers = linear(tensors, &format!("{name}.{part}"), inputs);
        numbers.into_iter().map(|x| clamp_round(x, -127.0, 127.0)).collect()
    };
    let product: i64 = whole("query", from).iter().zip(whole("key", to)).map(|(q, k)| q * k).sum();
    let score = product as f32 / 2048.0;
    let score = score + float32(tensors, &format!("{name}.distance"))[place[0]];
    score + float32(tensors, &format!("{name}.between"))[place[1]]
}
