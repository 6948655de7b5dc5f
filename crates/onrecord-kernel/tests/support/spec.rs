//! `train/README.md` word for word: one number at a time, no padding, no tiles, sums in i64.
//!
//! In: tensors. Out: codes and scores. It never shares a line with what it tests. Next: `tests/paths.rs`.

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

fn centred(tensors: &Tensors, name: &str, rows: &[Vec<f32>]) -> Vec<Vec<i64>> {
    rows.iter().map(|row| code(tensors, name, row).into_iter().map(|code| code - 64).collect()).collect()
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

/// The codes, −64 to 63, of each piece.
pub(crate) fn encode(tensors: &Tensors, pieces: &[Piece]) -> Vec<Vec<i64>> {
    let width = tensors["words"].0[1] as usize;
    let table = |name: &str, row: u8, c: usize| float32(tensors, name)[usize::from(row) * width + c];
    let mut stream: Vec<Vec<f32>> = Vec::new();
    for piece in pieces {
        let id = piece.id as usize;
        let channel = |c: usize| {
            let word =
                f32::from(int8(tensors, "words")[id * width + c]) * float32(tensors, "words.scale")[id];
            let sum = word + table("case", piece.case, c);
            let sum = sum + table("state", piece.state, c);
            sum + table("start", piece.start, c)
        };
        stream.push((0..width).map(channel).collect());
    }
    let Values::Uint32(dilations) = &tensors["dilations"].1 else { panic!("dilations are whole numbers") };
    for (i, &dilation) in dilations.iter().enumerate() {
        let u = centred(tensors, &format!("block.{i}.before"), &stream);
        let at = |t: usize, tap: usize| {
            let row = (t + tap * dilation as usize).checked_sub(dilation as usize)?;
            u.get(row).cloned()
        };
        for (t, stream) in stream.iter_mut().enumerate() {
            let inputs: Vec<i64> =
                (0..3).flat_map(|tap| at(t, tap).unwrap_or_else(|| vec![0; width])).collect();
            let conv = format!("block.{i}.conv");
            let m = code(tensors, &conv, &sums(tensors, &conv, &inputs));
            let out = linear(tensors, &format!("block.{i}.out"), &m);
            stream.iter_mut().zip(out).for_each(|(h, out)| *h += out);
        }
    }
    centred(tensors, "last", &stream)
}

/// The score of a link from `from` to `to`, each the codes of its first and last piece.
pub(crate) fn link_score(tensors: &Tensors, link: &str, from: &[i64], to: &[i64], place: [usize; 3]) -> f32 {
    let whole = |part: &str, inputs: &[i64]| -> Vec<i64> {
        let numbers = linear(tensors, &format!("link.{link}.{part}"), inputs);
        numbers.into_iter().map(|x| clamp_round(x, -127.0, 127.0)).collect()
    };
    let product: i64 = whole("query", from).iter().zip(whole("key", to)).map(|(q, k)| q * k).sum();
    let score = product as f32 / 2048.0;
    let score = score + float32(tensors, &format!("link.{link}.distance"))[place[0]];
    let score = score + float32(tensors, &format!("link.{link}.between"))[place[1]];
    score + float32(tensors, &format!("link.{link}.paragraph"))[place[2]]
}
