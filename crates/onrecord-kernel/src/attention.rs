//! Attention: each piece gathers values from the pieces of its window.
//!
//! In: queries, keys and values as small whole numbers. Out: codes. A weight is a whole number of 127ths of the
//! largest one of its row, so that the weighed sum and the sum of the weights are exact in any order. It never
//! looks beyond the window. Next: `number.rs` for the power of two that makes a weight of a score.

use crate::Cpu;
use crate::number::{Affine, code, float, power};
use crate::product::{CENTRE, Matrix, PANEL, Path, ROWS, whole_tiles};

/// Channels of a head.
pub(crate) const HEAD: usize = PANEL;

/// Queries, keys and values of one window, and room for what is made of them.
#[derive(Default)]
pub(crate) struct Attention {
    pieces: usize,
    /// Head by head, in whole tiles of pieces, each number 64 too large.
    queries: Vec<u8>,
    /// Head by head, in whole panels of pieces.
    keys: Vec<i8>,
    /// Head by head, channel by channel, in whole panels of pieces.
    values: Vec<i8>,
    /// A tile of pieces with each piece.
    scores: Vec<i32>,
    weights: Vec<u8>,
}

impl Attention {
    /// Room for `heads` heads of `pieces` pieces, all of it zero.
    pub(crate) fn make_room(&mut self, heads: usize, pieces: usize) {
        self.pieces = pieces;
        let keys = self.keys_room();
        for (numbers, length) in [(&mut self.keys, keys), (&mut self.values, keys)] {
            numbers.clear();
            numbers.resize(heads * length * HEAD, 0);
        }
        self.queries.clear();
        self.queries.resize(heads * whole_tiles(pieces) * HEAD, CENTRE);
        self.scores.resize(ROWS * keys, 0);
        self.weights.clear();
        self.weights.resize(ROWS * keys, 0);
    }

    fn keys_room(&self) -> usize {
        self.pieces.next_multiple_of(PANEL)
    }

    /// One piece's query of one head, each number 64 too large.
    #[inline(always)]
    pub(crate) fn query(&mut self, head: usize, piece: usize) -> &mut [u8; HEAD] {
        let at = (head * whole_tiles(self.pieces) + piece) * HEAD;
        self.queries[at..].first_chunk_mut().expect("there is room for whole heads")
    }

    /// One piece's key of one head.
    #[inline(always)]
    pub(crate) fn key(&mut self, head: usize, piece: usize) -> &mut [i8; HEAD] {
        let at = (head * self.keys_room() + piece) * HEAD;
        self.keys[at..].first_chunk_mut().expect("there is room for whole heads")
    }

    /// Sets one piece's value of one head.
    #[inline(always)]
    pub(crate) fn set_value(&mut self, head: usize, piece: usize, value: [i8; HEAD]) {
        let room = self.keys_room();
        let channels = self.values[head * HEAD * room..].chunks_exact_mut(room);
        for (channel, number) in channels.zip(value) {
            channel[piece] = number;
        }
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
        let (pieces, room) = (self.pieces, self.keys_room());
        let keys = Matrix::new(cpu, &self.keys[head * room * HEAD..][..room * HEAD], HEAD, CENTRE);
        let values = Matrix::new(cpu, &self.values[head * HEAD * room..][..HEAD * room], room, 0);
        let queries = &self.queries[head * whole_tiles(pieces) * HEAD..];
        let (scale, shift) = affine.panel(head);
        let mut sums = [[0; PANEL]; ROWS];
        for first in (0..pieces).step_by(ROWS) {
            for panel in 0..keys.panels() {
                path.sums(&keys, panel, &queries[first * HEAD..], &mut sums);
                for (row, sums) in self.scores.chunks_exact_mut(room).zip(&sums) {
                    row[panel * PANEL..][..PANEL].copy_from_slice(sums);
                }
            }
            let mut totals = [0; ROWS];
            let rows = self.scores.chunks_exact_mut(room).zip(self.weights.chunks_exact_mut(room));
            for ((scores, weights), total) in rows.zip(&mut totals) {
                scores[pieces..].fill(NO_SCORE);
                *total = weigh(scores.as_chunks().0, weights.as_chunks_mut().0, softness);
            }
            path.sums(&values, 0, &self.weights, &mut sums);
            for ((piece, sums), total) in (first..pieces).zip(&sums).zip(totals) {
                let share = 1.0 / float(total);
                let codes = &mut codes[piece * width + head * HEAD..][..HEAD];
                for i in 0..HEAD {
                    codes[i] = code(float(sums[i]) * share, scale[i], shift[i]);
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
