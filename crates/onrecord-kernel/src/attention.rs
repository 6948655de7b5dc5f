//! Attention: each piece gathers values from the pieces of its window, or of its sentence.
//!
//! In: queries, keys and values as small whole numbers. Out: codes. A weight is a whole number of 127ths of the
//! largest one of its row, so that the weighed sum and the sum of the weights are exact in any order. It never
//! looks beyond them. Next: `number.rs` for the power of two that makes a weight of a score.

use std::ops::Range;

use crate::Cpu;
use crate::number::{Affine, code, float, power};
use crate::product::{CENTRE, Matrix, PANEL, Path, ROWS, whole_tiles};

/// Channels of a head.
pub(crate) const HEAD: usize = PANEL;

/// Queries, keys and values of one window, and room for what is made of them.
#[derive(Default)]
pub(crate) struct Attention {
    /// Pieces that see each other.
    parts: Vec<Part>,
    /// Of each piece its slot.
    slots: Vec<u32>,
    /// Slots of keys and values, over all parts.
    room: usize,
    /// Head by head, a row for each piece and whole tiles of them, each number 64 too large.
    queries: Vec<u8>,
    /// Head by head and part by part, a row for each slot.
    keys: Vec<[i8; HEAD]>,
    /// The same.
    values: Vec<[i8; HEAD]>,
    /// A tile of pieces with each slot of a part.
    scores: Vec<i32>,
    weights: Vec<u8>,
}

/// Pieces that see each other and no others: their keys and values stand in slots, whole panels of them.
struct Part {
    pieces: Range<usize>,
    /// The first of its slots.
    slot: usize,
    slots: usize,
}

impl Attention {
    /// Room for `heads` heads of the pieces of `parts`, which follow each other from 0 on.
    ///
    /// What stands in it from before does no harm: scores of slots without a piece are overwritten, so that their values
    /// weigh nothing, and rows behind the last piece are not read.
    pub(crate) fn make_room(&mut self, heads: usize, parts: &[Range<usize>]) {
        self.parts.clear();
        self.slots.clear();
        self.room = 0;
        for pieces in parts {
            let slots = pieces.len().next_multiple_of(PANEL);
            self.parts.push(Part { pieces: pieces.clone(), slot: self.room, slots });
            self.slots.extend((self.room as u32..).take(pieces.len()));
            self.room += slots;
        }
        self.keys.resize(heads * self.room, [0; HEAD]);
        self.values.resize(heads * self.room, [0; HEAD]);
        self.queries.resize(heads * self.rows() * HEAD, CENTRE);
        let widest = self.parts.iter().map(|part| part.slots).max().unwrap_or(0);
        self.scores.resize(ROWS * widest, 0);
        self.weights.resize(ROWS * widest, 0);
    }

    /// Rows of queries of a head: a tile may begin at any piece.
    fn rows(&self) -> usize {
        whole_tiles(self.slots.len()) + ROWS
    }

    /// One piece's query of one head, each number 64 too large.
    #[inline(always)]
    pub(crate) fn query(&mut self, head: usize, piece: usize) -> &mut [u8; HEAD] {
        let at = (head * self.rows() + piece) * HEAD;
        self.queries[at..].first_chunk_mut().expect("there is room for whole heads")
    }

    /// One piece's key of one head.
    #[inline(always)]
    pub(crate) fn key(&mut self, head: usize, piece: usize) -> &mut [i8; HEAD] {
        &mut self.keys[head * self.room + self.slots[piece] as usize]
    }

    /// One piece's value of one head.
    #[inline(always)]
    pub(crate) fn value(&mut self, head: usize, piece: usize) -> &mut [i8; HEAD] {
        &mut self.values[head * self.room + self.slots[piece] as usize]
    }

    /// Writes what one head gathered as codes, `HEAD` of each row of `codes`, which is `width` wide.
    #[inline(always)]
    pub(crate) fn gather<P: Path>(
        &mut self,
        (path, cpu): (P, Cpu),
        head: usize,
        softness: f32,
        affine: &Affine,
        (codes, width): (&mut [u8], usize),
    ) {
        let queries = &self.queries[head * self.rows() * HEAD..];
        let (scale, shift) = affine.panel(head);
        let mut sums = [[0; PANEL]; ROWS];
        for Part { pieces, slot, slots } in &self.parts {
            let (room, at) = (*slots, head * self.room + slot);
            let keys = Matrix::new(cpu, self.keys[at..][..room].as_flattened(), HEAD, CENTRE);
            let values = Matrix::of_columns(cpu, &self.values[at..][..room]);
            let scores = &mut self.scores[..ROWS * room];
            let weights = &mut self.weights[..ROWS * room];
            for first in pieces.clone().step_by(ROWS) {
                for panel in 0..keys.panels() {
                    path.sums(&keys, panel, &queries[first * HEAD..], &mut sums);
                    for (row, sums) in scores.chunks_exact_mut(room).zip(&sums) {
                        row[panel * PANEL..][..PANEL].copy_from_slice(sums);
                    }
                }
                let mut totals = [0; ROWS];
                let rows = scores.chunks_exact_mut(room).zip(weights.chunks_exact_mut(room));
                for ((scores, weights), total) in rows.zip(&mut totals) {
                    scores[pieces.len()..].fill(NO_SCORE);
                    *total = weigh(scores.as_chunks().0, weights.as_chunks_mut().0, softness);
                }
                path.sums(&values, 0, weights, &mut sums);
                for ((piece, sums), total) in (first..pieces.end).zip(&sums).zip(totals) {
                    let share = 1.0 / float(total);
                    let codes = &mut codes[piece * width + head * HEAD..][..HEAD];
                    for i in 0..HEAD {
                        codes[i] = code(float(sums[i]) * share, scale[i], shift[i]);
                    }
                }
            }
        }
    }
}

/// Lower than every score, by far enough that nothing is left of its weight: that of a piece that is not there.
const NO_SCORE: i32 = i32::MIN / 2;

/// Turns the scores of a row into weights, and gives their sum.
#[inline(always)]
fn weigh(scores: &[[i32; PANEL]], weights: &mut [[u8; PANEL]], softness: f32) -> i32 {
    let mut most = [i32::MIN; PANEL];
    for scores in scores {
        for (most, &score) in most.iter_mut().zip(scores) {
            *most = score.max(*most);
        }
    }
    let most = halve(most, i32::max);
    let mut sums = [0; PANEL];
    for (weights, scores) in weights.iter_mut().zip(scores) {
        for i in 0..PANEL {
            weights[i] = power(float(most - scores[i]) * softness);
            sums[i] += i32::from(weights[i]);
        }
    }
    halve(sums, |a, b| a + b)
}

/// All lanes in one, halves at a time: an iterator's own way is not compiled for the path that runs it.
#[inline(always)]
fn halve(mut lanes: [i32; PANEL], join: impl Fn(i32, i32) -> i32) -> i32 {
    let mut half = PANEL / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] = join(lanes[i], lanes[i + half]);
        }
        half /= 2;
    }
    lanes[0]
}
