//! The encoder: look-up, the blocks, and the codes behind them.
//!
//! In: a row of pieces. Out: [`Codes`]. A long row is encoded in chunks with as many pieces more on each side as the
//! blocks reach, which gives the codes of the whole row; the buffers never grow beyond a chunk. It never looks at what
//! a piece is. Next: `product.rs` for the sums, `number.rs` for the steps between them, `heads.rs` for what is read
//! off the codes.

use crate::limits;
use crate::model::{Embedding, Model};
use crate::number::{Affine, code, float};
use crate::product::{CENTRE, Input, PANEL, Path, Work, whole_tiles};

/// A word piece and what is known of its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The line of the vocabulary, from 0.
    pub id: u32,
    /// 0 no letters with case, 1 lower, 2 title, 3 upper, 4 mixed.
    pub case: u8,
    /// 0 outside quotation marks, 1 inside, 2 the opening mark, 3 the closing mark.
    pub state: u8,
    /// 1 in the first word of a paragraph, 0 elsewhere.
    pub start: u8,
}

/// What the encoder found: for each piece a row of whole numbers from −64 to 63.
///
/// A piece takes about as many bytes as the model is wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// Row by row, filled up, each 64 too large.
    rows: Vec<u8>,
    width: usize,
    padded: usize,
}

impl Codes {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.rows.len() / self.padded
    }

    /// Whether there is no piece.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The numbers of one piece.
    ///
    /// # Panics
    ///
    /// If there is no such piece.
    pub fn row(&self, piece: usize) -> impl ExactSizeIterator<Item = i8> {
        self.raw(piece)[..self.width].iter().map(|&code| code.wrapping_sub(CENTRE).cast_signed())
    }

    pub(crate) fn raw(&self, piece: usize) -> &[u8] {
        &self.rows[piece * self.padded..][..self.padded]
    }
}

/// Runs a model over rows of pieces, one after the other, and keeps the buffers. One for each thread.
pub struct Encoder<'m> {
    model: &'m Model,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    /// A row of floats for each piece: what the blocks add to.
    stream: Vec<f32>,
    /// Codes before a convolution, between rows of padding.
    codes: Vec<u8>,
    /// Codes behind a convolution.
    middle: Vec<u8>,
}

impl<'m> Encoder<'m> {
    /// An encoder of `model` with empty buffers.
    pub fn new(model: &'m Model) -> Encoder<'m> {
        Encoder { model, buffers: Buffers::default() }
    }

    /// The codes of a row of pieces, of any length.
    ///
    /// # Panics
    ///
    /// If a piece has an id beyond the vocabulary, or a feature beyond those of [`Piece`].
    pub fn encode(&mut self, pieces: &[Piece]) -> Codes {
        self.encode_by(limits::CHUNK, pieces)
    }

    fn encode_by(&mut self, chunk: usize, pieces: &[Piece]) -> Codes {
        let (model, reach) = (self.model, self.model.reach());
        let padded = model.padded();
        let mut rows = Vec::with_capacity(pieces.len() * padded);
        for start in (0..pieces.len()).step_by(chunk) {
            let end = pieces.len().min(start + chunk);
            let (from, to) = (start.saturating_sub(reach), pieces.len().min(end + reach));
            model.cpu.run(Chunk { model, pieces: &pieces[from..to], buffers: &mut self.buffers });
            rows.extend_from_slice(&self.buffers.middle[(start - from) * padded..(end - from) * padded]);
        }
        Codes { rows, width: model.width, padded }
    }
}

/// One chunk, from pieces to the codes that are left in `middle`.
struct Chunk<'a> {
    model: &'a Model,
    pieces: &'a [Piece],
    buffers: &'a mut Buffers,
}

impl Work for Chunk<'_> {
    #[inline(always)]
    fn run<P: Path>(self, path: P) {
        let Chunk { model, pieces, buffers } = self;
        let (width, padding, count) = (model.padded(), model.widest(), pieces.len());
        buffers.make_room(width, padding, count);
        let Buffers { stream, codes, middle } = buffers;
        embed(&model.embedding, pieces, stream, model.width, width);
        for block in &model.blocks {
            encode_rows(&block.before, stream, &mut codes[padding * width..]);
            let around = &codes[(padding - block.dilation) * width..];
            let input = Input { codes: around, width, step: block.dilation };
            block.conv.each(path, &input, count, |row, panel, sums| {
                let (scale, shift) = block.conv.affine.panel(panel);
                let out: &mut [u8; PANEL] = part(middle, row * width + panel * PANEL);
                for i in 0..PANEL {
                    out[i] = code(float(sums[i]), scale[i], shift[i]);
                }
            });
            let input = Input { codes: middle, width, step: 0 };
            block.out.each(path, &input, count, |row, panel, sums| {
                let (scale, shift) = block.out.affine.panel(panel);
                let stream: &mut [f32; PANEL] = part(stream, row * width + panel * PANEL);
                for i in 0..PANEL {
                    stream[i] += float(sums[i]) * scale[i] + shift[i];
                }
            });
        }
        encode_rows(&model.last, stream, middle);
    }
}

impl Buffers {
    /// Room for `count` rows, whole tiles of them, with `padding` rows at both ends of `codes`.
    fn make_room(&mut self, width: usize, padding: usize, count: usize) {
        self.stream.clear();
        self.stream.resize(count * width, 0.0);
        self.codes.clear();
        self.codes.resize((padding + whole_tiles(count) + padding) * width, CENTRE);
        self.middle.resize(whole_tiles(count) * width, 0);
    }
}

fn embed(tables: &Embedding, pieces: &[Piece], stream: &mut [f32], width: usize, padded: usize) {
    fn row<T>(table: &[T], row: usize, width: usize) -> &[T] {
        &table[row * width..][..width]
    }
    for (piece, stream) in pieces.iter().zip(stream.chunks_exact_mut(padded)) {
        let id = piece.id as usize;
        let word = row(&tables.words, id, width);
        let case = row(&tables.case, piece.case.into(), width);
        let state = row(&tables.state, piece.state.into(), width);
        let start = row(&tables.start, piece.start.into(), width);
        let scale = tables.scale[id];
        for (i, stream) in stream[..width].iter_mut().enumerate() {
            *stream = f32::from(word[i]) * scale + case[i] + state[i] + start[i];
        }
    }
}

/// Each row of the stream as codes.
#[inline(always)]
fn encode_rows(affine: &Affine, stream: &[f32], codes: &mut [u8]) {
    let width = affine.scale.len();
    for (stream, codes) in stream.chunks_exact(width).zip(codes.chunks_exact_mut(width)) {
        for i in 0..width {
            codes[i] = code(stream[i], affine.scale[i], affine.shift[i]);
        }
    }
}

/// The part of a panel that begins at `at`.
#[inline(always)]
fn part<T>(of: &mut [T], at: usize) -> &mut [T; PANEL] {
    of[at..].first_chunk_mut().expect("rows are whole panels")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Cpu;

    const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");

    fn pieces() -> impl Strategy<Value = Vec<Piece>> {
        let piece = (0..100_u32, 0..5_u8, 0..4_u8, 0..2_u8);
        let piece = piece.prop_map(|(id, case, state, start)| Piece { id, case, state, start });
        prop::collection::vec(piece, 0..200)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        #[cfg_attr(miri, ignore = "minutes a row; the tests of `product` reach each `unsafe`")]
        fn chunks_give_the_codes_of_the_whole_row(pieces in pieces(), chunk in 1..40_usize) {
            let file = std::fs::read(TINY).unwrap();
            for cpu in Cpu::available() {
                let model = Model::read(&file, cpu).unwrap();
                let mut encoder = Encoder::new(&model);
                let whole = encoder.encode_by(pieces.len().max(1), &pieces);
                prop_assert_eq!(whole.len(), pieces.len());
                prop_assert_eq!(encoder.encode_by(chunk, &pieces), whole);
            }
        }
    }
}
