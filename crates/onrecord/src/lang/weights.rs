//! Small tables of whole weights: of each feature a row with a number for each class.
//!
//! In: the bytes of a table, and features as 64-bit keys. Out: sums. A table is a count of classes, then the sorted
//! keys, then the rows, little-endian. Keys are hashes: of a few ten thousand, two that collide are rare and cost little.
//! Whole numbers, so that every machine decides alike.

/// A table of weights.
#[derive(Clone, Debug)]
pub struct Weights {
    classes: usize,
    /// Of each first ten bits of a key, where its keys begin.
    starts: Vec<u32>,
    keys: Vec<u32>,
    rows: Vec<i8>,
}

const BITS: u32 = 10;

impl Weights {
    /// Reads a table. Bytes that are none give a table without a row.
    pub fn read(bytes: &[u8]) -> Weights {
        let classes = bytes.first().map_or(1, |&classes| usize::from(classes).max(1));
        let rest = bytes.get(1..).unwrap_or_default();
        let count = rest.len() / (4 + classes);
        let (keys, rows) = rest.split_at(4 * count);
        let keys: Vec<u32> = keys
            .chunks_exact(4)
            .map(|key| key.iter().rev().fold(0, |whole, &byte| whole << 8 | u32::from(byte)))
            .collect();
        let starts = (0..=1 << BITS)
            .map(|first: u64| keys.partition_point(|&key| u64::from(key) >> (32 - BITS) < first) as u32);
        Weights {
            classes,
            starts: starts.collect(),
            rows: rows[..count * classes].iter().map(|&byte| byte.cast_signed()).collect(),
            keys,
        }
    }

    /// The bytes of a table; `rows` are by key, each with a number for every class.
    pub fn write(classes: u8, rows: &std::collections::BTreeMap<u32, Vec<i8>>) -> Vec<u8> {
        let mut bytes = vec![classes];
        bytes.extend(rows.keys().flat_map(|key| key.to_le_bytes()));
        bytes.extend(rows.values().flatten().map(|&weight| weight.cast_unsigned()));
        bytes
    }

    /// Adds the rows of a feature to `scores`, if there is one.
    pub fn add(&self, key: u32, scores: &mut [i32]) {
        let first = (key >> (32 - BITS)) as usize;
        let (start, end) = (self.starts[first] as usize, self.starts[first + 1] as usize);
        if let Ok(at) = self.keys[start..end].binary_search(&key) {
            let row = &self.rows[(start + at) * self.classes..][..self.classes];
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += i32::from(weight);
            }
        }
    }
}

/// The key of a feature: which one it is, and what it says (FNV-1a, folded).
pub(crate) fn key(template: u8, words: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ u64::from(template);
    let mut mix = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    mix(0xfe);
    for word in words {
        word.bytes().for_each(&mut mix);
        mix(0xff);
    }
    ((hash >> 32) ^ hash) as u32
}
