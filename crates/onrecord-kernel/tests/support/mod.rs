//! Model files made here: named tensors of random numbers, written as `train/README.md` says.
//!
//! In: a shape and a seed. Out: the tensors, and the bytes of their file. Never a number that depends on the machine.
//! Next: `spec.rs` computes with the tensors, the tests compare.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::cast_precision_loss, reason = "float32 is what is computed in")]

pub(crate) mod spec;

use std::collections::BTreeMap;

use onrecord_kernel::Piece;
use sha2::{Digest, Sha256};

/// The values of a tensor.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    Int8(Vec<i8>),
    Float32(Vec<f32>),
    Uint32(Vec<u32>),
    Bytes(Vec<u8>),
}

/// Shape and values by name.
pub(crate) type Tensors = BTreeMap<String, (Vec<u32>, Values)>;

/// What the random model is like.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// A multiple of 96.
    pub(crate) width: usize,
    pub(crate) pieces: usize,
    /// Heads and inner channels of each layer, the latter multiples of 32.
    pub(crate) layers: Vec<(usize, usize)>,
}

/// SplitMix64: the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Between −1 and 1.
    fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 8_388_608.0 - 1.0
    }

    fn floats(&mut self, shape: &[usize], middle: f32, spread: f32) -> (Vec<u32>, Values) {
        let count = shape.iter().product();
        let values = (0..count).map(|_| middle + spread * self.float()).collect();
        (sizes(shape), Values::Float32(values))
    }

    /// Whole numbers over all of their range, small ones more often, as training leaves them.
    fn weights(&mut self, shape: &[usize]) -> (Vec<u32>, Values) {
        let mut weight = |_| {
            (self.next().to_le_bytes()[..4].iter().map(|&byte| i32::from(byte)).sum::<i32>() / 4 - 128) as i8
        };
        let values = (0..shape.iter().product()).map(&mut weight).collect();
        (sizes(shape), Values::Int8(values))
    }

    fn bytes(&mut self, shape: &[usize], below: usize) -> (Vec<u32>, Values) {
        let values = (0..shape.iter().product()).map(|_| self.below(below) as u8).collect();
        (sizes(shape), Values::Bytes(values))
    }

    /// Where paragraphs of up to `longest` pieces begin.
    pub(crate) fn paragraphs(&mut self, pieces: usize, longest: usize) -> Vec<u32> {
        let mut starts = Vec::new();
        let mut at = 0;
        while at < pieces {
            starts.push(at as u32);
            at += 1 + self.below(longest);
        }
        starts
    }

    /// A row of pieces for a model of `shape`.
    pub(crate) fn pieces(&mut self, shape: &Shape, count: usize) -> Vec<Piece> {
        let piece = |_| Piece {
            id: self.below(shape.pieces) as u32,
            case: self.below(5) as u8,
            state: self.below(4) as u8,
            start: self.below(2) as u8,
        };
        (0..count).map(piece).collect()
    }
}

fn sizes(shape: &[usize]) -> Vec<u32> {
    shape.iter().map(|&size| size as u32).collect()
}

/// A model of random weights whose codes use all of their range.
pub(crate) fn random_tensors(shape: &Shape, seed: u64) -> Tensors {
    let mut random = Random(seed);
    let Shape { width, pieces, ref layers } = *shape;
    let mut tensors = Tensors::new();
    let mut put = |name: &str, tensor| tensors.insert(name.to_owned(), tensor);
    put("name", ([6].into(), Values::Bytes(b"random".into())));
    let vocabulary: Vec<String> = (0..pieces).map(|piece| piece.to_string()).collect();
    let vocabulary = vocabulary.join("\n").into_bytes();
    put("vocabulary", ([vocabulary.len() as u32].into(), Values::Bytes(vocabulary)));
    put("words", random.bytes(&[pieces, width / 3], 216));
    put("words.scale", random.floats(&[pieces], 0.3, 0.1));
    for (name, rows) in [("case", 5), ("state", 4), ("start", 2)] {
        put(name, random.floats(&[rows, width], 0.0, 0.5));
    }
    put("position", random.weights(&[256, width]));
    put("position.scale", random.floats(&[256], 0.01, 0.005));
    put(
        "edges",
        ([2].into(), Values::Uint32(vec![random.below(pieces) as u32, random.below(pieces) as u32])),
    );
    put("heads", (sizes(&[layers.len()]), Values::Uint32(layers.iter().map(|&(h, _)| h as u32).collect())));
    let mut affine = |random: &mut Random, name: &str, channels, scale: [f32; 2], shift: [f32; 2]| {
        put(&format!("{name}.scale"), random.floats(&[channels], scale[0], scale[1]));
        put(&format!("{name}.shift"), random.floats(&[channels], shift[0], shift[1]));
    };
    let (norm, coder) = ([[1.0, 0.5], [0.0, 0.5]], [[30.0, 10.0], [64.0, 20.0]]);
    // A sum of n random products is about 64 · 36 · √n large.
    let unit = |inputs: usize| 1.0 / (64.0 * 36.0 * (inputs as f32).sqrt());
    affine(&mut random, "norm", width, norm[0], norm[1]);
    affine(&mut random, "last", width, coder[0], coder[1]);
    for (i, &(heads, inner)) in layers.iter().enumerate() {
        let gathered = 32 * heads;
        for (part, channels, [scale, shift]) in [
            ("outer", width, coder),
            ("attention", 3 * gathered, [[60.0 * unit(width), 30.0 * unit(width)], [0.0, 20.0]]),
            ("mixed", gathered, [[2.0, 1.0], [64.0, 20.0]]),
            ("out", width, [[unit(gathered), unit(gathered)], [0.0, 0.2]]),
            ("norm1", width, norm),
            ("between", width, coder),
            ("up", inner, [[2.0 * unit(width), unit(width)], [0.0, 1.0]]),
            ("inner", inner, [[40.0, 20.0], [10.0, 10.0]]),
            ("down", width, [[unit(inner), unit(inner)], [0.0, 0.2]]),
            ("norm2", width, norm),
        ] {
            affine(&mut random, &format!("layer.{i}.{part}"), channels, scale, shift);
        }
    }
    for (i, &(heads, inner)) in layers.iter().enumerate() {
        put(&format!("layer.{i}.softness"), random.floats(&[heads], 0.0006, 0.0004));
        for (part, shape) in [
            ("attention", [96 * heads, width]),
            ("out", [width, 32 * heads]),
            ("up", [inner, width]),
            ("down", [width, inner]),
        ] {
            put(&format!("layer.{i}.{part}"), random.weights(&shape));
        }
    }
    let links = ["cue", "source", "same"];
    let of_links = links.iter().flat_map(|link| {
        [("query", 64), ("key", 64), ("none", 1)]
            .map(|(part, outputs)| (format!("link.{link}.{part}"), outputs, 2))
    });
    let heads = [("tags".to_owned(), 7, 1), ("mentions".to_owned(), 18, 1)];
    for (name, outputs, ends) in heads.into_iter().chain(of_links) {
        put(&name, random.weights(&[outputs, ends * width]));
        put(&format!("{name}.scale"), random.floats(&[outputs], 0.0, 64.0 * unit(width)));
        put(&format!("{name}.shift"), random.floats(&[outputs], 0.0, 8.0));
    }
    for link in links {
        for (part, count) in [("distance", 16), ("between", 4), ("paragraph", 3)] {
            put(&format!("link.{link}.{part}"), random.floats(&[count], 0.0, 2.0));
        }
    }
    put("moves", random.floats(&[7, 7], 0.0, 1.0));
    tensors
}

/// The gate's shift for a channel: few pieces of a random model open it.
const GATE: f32 = -9.0;

/// A branch whose layers repeat those behind the first `depth` ones of a model. Its gate shuts some sentences out.
pub(crate) fn branch_of(tensors: &Tensors, depth: usize) -> Tensors {
    let mut branch = Tensors::new();
    for (name, tensor) in tensors {
        let own = match name.split('.').collect::<Vec<_>>()[..] {
            ["layer", layer, ..] => match layer.parse::<usize>().unwrap().checked_sub(depth) {
                Some(own) => name.replacen(&format!("layer.{layer}"), &format!("layer.{own}"), 1),
                None => continue,
            },
            ["last", ..] => name.clone(),
            _ => continue,
        };
        branch.insert(own, tensor.clone());
    }
    let Values::Uint32(heads) = &tensors["heads"].1 else { panic!("heads are whole numbers") };
    let heads = heads[depth..].to_vec();
    let digits: Vec<String> =
        Sha256::digest(payload(tensors)).iter().map(|byte| format!("{byte:02x}")).collect();
    let base = digits.concat();
    let mut put = |name: &str, tensor| branch.insert(name.to_owned(), tensor);
    put("heads", (sizes(&[heads.len()]), Values::Uint32(heads)));
    put("depth", ([1].into(), Values::Uint32(vec![depth as u32])));
    put("base", (sizes(&[base.len()]), Values::Bytes(base.into_bytes())));
    put("name", ([6].into(), Values::Bytes(b"branch".into())));
    let width = tensors["last.scale"].0[0] as usize;
    let mut random = Random(depth as u64);
    put("first.scale", tensors["last.scale"].clone());
    put("first.shift", tensors["last.shift"].clone());
    put("gate", random.weights(&[1, width]));
    put("gate.scale", random.floats(&[1], 0.01, 0.0));
    put("gate.shift", random.floats(&[1], GATE * (width as f32).sqrt(), 0.0));
    put("turns", random.weights(&[3, width]));
    put("turns.scale", random.floats(&[3], 0.0, 0.01));
    put("turns.shift", random.floats(&[3], 0.0, 8.0));
    for pointer in ["begin", "end", "last"] {
        for part in ["query", "key"] {
            let name = format!("pointer.{pointer}.{part}");
            put(&name, random.weights(&[64, width]));
            put(&format!("{name}.scale"), random.floats(&[64], 0.0, 0.01));
            put(&format!("{name}.shift"), random.floats(&[64], 0.0, 8.0));
        }
        put(&format!("pointer.{pointer}.distance"), random.floats(&[16], 0.0, 2.0));
        put(&format!("pointer.{pointer}.between"), random.floats(&[4], 0.0, 2.0));
    }
    branch
}

/// The tensors one behind the other.
pub(crate) fn payload<'a>(
    tensors: impl IntoIterator<Item = (&'a String, &'a (Vec<u32>, Values))>,
) -> Vec<u8> {
    let mut payload = Vec::new();
    for (name, (shape, values)) in tensors {
        let (kind, bytes): (u8, Vec<u8>) = match values {
            Values::Int8(values) => (0, values.iter().map(|value| value.cast_unsigned()).collect()),
            Values::Float32(values) => (1, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
            Values::Uint32(values) => (2, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
            Values::Bytes(values) => (3, values.clone()),
        };
        payload.extend([kind, shape.len() as u8]);
        payload.extend((name.len() as u16).to_le_bytes());
        payload.extend(name.bytes());
        payload.extend(shape.iter().flat_map(|size| size.to_le_bytes()));
        payload.resize(payload.len().next_multiple_of(64), 0);
        payload.extend(bytes);
    }
    payload
}

/// A file of `count` tensors with a header that is right.
pub(crate) fn file_of(payload: &[u8], count: usize) -> Vec<u8> {
    let mut file = b"onrecord".to_vec();
    file.extend(2_u32.to_le_bytes());
    file.extend((count as u32).to_le_bytes());
    file.extend((payload.len() as u64).to_le_bytes());
    file.extend(Sha256::digest(payload));
    file.extend(payload);
    file
}

/// The bytes of the model file.
pub(crate) fn file(tensors: &Tensors) -> Vec<u8> {
    file_of(&payload(tensors), tensors.len())
}
