//! The encoder: look-up, the layers, and the codes behind them.
//!
//! In: a row of pieces. Out: [`Codes`], and a branch's beside them. The row is read in windows; the buffers never grow
//! beyond one. It never looks at what a piece is. Next: `windows.rs` cuts, `attention.rs` joins pieces, `product.rs`
//! has the sums, `number.rs` the steps between them, `heads.rs` what is read off the codes.

use std::ops::Range;

use crate::Cpu;
use crate::attention::{Attention, HEAD};
use crate::branch::Branch;
use crate::model::{DIGITS, Embedding, Layer, Model};
use crate::number::{Affine, activate, code, float, normalise, signed_code};
use crate::product::{CENTRE, PANEL, Path, Product, Work, whole_tiles};
use crate::windows::{Window, parts, windows};

/// Queries, keys and values are whole numbers up to this.
const SIGNED: f32 = 63.0;

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
    /// Row by row, each 64 too large.
    rows: Vec<u8>,
    width: usize,
}

impl Codes {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.rows.len() / self.width
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
        self.raw(piece).iter().map(|&code| code.wrapping_sub(CENTRE).cast_signed())
    }

    pub(crate) fn raw(&self, piece: usize) -> &[u8] {
        &self.rows[piece * self.width..][..self.width]
    }
}

/// What a branch found: codes of the pieces that it read to the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branched {
    /// 0 throughout where the gate was shut.
    pub codes: Codes,
    /// For each piece whether the gate let its sentence through.
    pub is_read: Vec<bool>,
}

impl Branched {
    /// Adds the pieces of a window that answer; `read` are those that were read to the end, with their codes.
    fn extend<'a>(&mut self, answers: &Range<usize>, read: impl Iterator<Item = (usize, &'a [u8])>) {
        let (width, begin) = (self.codes.width, self.is_read.len());
        self.is_read.resize(begin + answers.len(), false);
        self.codes.rows.resize((begin + answers.len()) * width, CENTRE);
        for (piece, codes) in read.filter(|(piece, _)| answers.contains(piece)) {
            let at = begin + piece - answers.start;
            self.is_read[at] = true;
            self.codes.rows[at * width..][..width].copy_from_slice(codes);
        }
    }
}

/// Runs a model over rows of pieces, one after the other, and keeps the buffers. One for each thread.
pub struct Encoder<'m> {
    model: &'m Model,
    buffers: Buffers,
}

/// Room for one window.
#[derive(Default)]
struct Buffers {
    pieces: Vec<Piece>,
    /// A row of floats for each piece: what the layers add to.
    stream: Vec<f32>,
    /// What the stream was where a branch leaves it.
    fork: Vec<f32>,
    /// What a product reads.
    codes: Vec<u8>,
    /// The inner channels of a layer.
    inner: Vec<u8>,
    attention: Attention,
    /// Pieces that see each other.
    parts: Vec<Range<usize>>,
    /// Where the parts of a branch stood before those were left out that its gate shuts.
    places: Vec<Range<usize>>,
    /// For each piece whether the gate opens.
    opens: Vec<bool>,
}

impl<'m> Encoder<'m> {
    /// An encoder of `model` with empty buffers.
    pub fn new(model: &'m Model) -> Encoder<'m> {
        Encoder { model, buffers: Buffers::default() }
    }

    /// The codes of a row of pieces, of any length. `paragraphs` are the first pieces of paragraphs, in order: the
    /// encoder sees whole paragraphs, as many at once as fit, and a longer one in parts that overlap.
    ///
    /// # Panics
    ///
    /// If a piece has an id beyond the vocabulary, or a feature beyond those of [`Piece`]; if there are pieces and the
    /// first paragraph does not begin with the first, or a later one not behind the one before.
    pub fn encode(&mut self, pieces: &[Piece], paragraphs: &[u32]) -> Codes {
        self.run(pieces, paragraphs, None).0
    }

    /// [`Encoder::encode`], and what a branch finds. `sentences` are the first pieces of sentences, in order: the branch
    /// sees one at a time, as far as the encoder does.
    ///
    /// # Panics
    ///
    /// As [`Encoder::encode`]; if the branch was read for another model; if sentences are out of order.
    pub fn encode_with(
        &mut self,
        branch: &Branch,
        pieces: &[Piece],
        paragraphs: &[u32],
        sentences: &[u32],
    ) -> (Codes, Branched) {
        assert_eq!(branch.base, self.model.sha256, "a branch runs on its own model");
        assert!(sentences.is_sorted_by(|a, b| a < b), "sentences stand in order");
        self.run(pieces, paragraphs, Some((branch, sentences)))
    }

    fn run(
        &mut self,
        pieces: &[Piece],
        paragraphs: &[u32],
        branch: Option<(&Branch, &[u32])>,
    ) -> (Codes, Branched) {
        let model = self.model;
        let ordered = paragraphs.is_sorted_by(|a, b| a < b);
        let whole = if pieces.is_empty() {
            paragraphs.is_empty()
        } else {
            paragraphs.first() == Some(&0)
                && paragraphs.last().is_some_and(|&last| (last as usize) < pieces.len())
        };
        assert!(ordered && whole, "paragraphs begin at pieces, in order, the first at the first");
        let room = pieces.len() * model.width;
        let empty = |room| Codes { rows: Vec::with_capacity(room), width: model.width };
        let mut codes = empty(room);
        let mut branched = Branched { codes: empty(branch.map_or(0, |_| room)), is_read: Vec::new() };
        for Window { sees, answers } in windows(pieces.len(), paragraphs) {
            let framed = &mut self.buffers.pieces;
            framed.clear();
            framed.push(Piece { id: model.edges[0], ..Piece::default() });
            framed.extend_from_slice(&pieces[sees.clone()]);
            framed.push(Piece { id: model.edges[1], ..Piece::default() });
            self.buffers.places.clear();
            let branch = branch.map(|(branch, sentences)| {
                self.buffers.places.extend(parts(&sees, sentences));
                branch
            });
            let answers = answers.start - sees.start..answers.end - sees.start;
            let out = (&mut codes, &mut branched);
            model.cpu.run(Pass { model, branch, answers, buffers: &mut self.buffers, out });
        }
        (codes, branched)
    }
}

/// One window, from pieces to the codes of those that answer: the model's and the branch's.
struct Pass<'a> {
    model: &'a Model,
    branch: Option<&'a Branch>,
    /// Which pieces' codes are told.
    answers: Range<usize>,
    buffers: &'a mut Buffers,
    out: (&'a mut Codes, &'a mut Branched),
}

/// The layers that a window goes through: the model's to where the branch leaves it, and behind that; the branch's
/// first, and the rest.
#[derive(Clone, Copy)]
enum Stage {
    Below,
    Above,
    First,
    Rest,
}

impl Work for Pass<'_> {
    #[inline(always)]
    fn run<P: Path>(self, path: P) {
        let Pass { model, branch, answers, buffers, out: (out, branched) } = self;
        let Buffers { pieces, stream, fork, codes, inner, attention, parts, places, opens } = buffers;
        let width = model.width;
        stream.resize(pieces.len() * width, 0.0);
        embed(&model.embedding, pieces, stream, width);
        let (below, above) = model.layers.split_at(branch.map_or(model.layers.len(), |branch| branch.depth));
        let (first, rest) = branch.map_or((&[][..], &[][..]), |branch| branch.layers.split_at(1));
        let stages = [Stage::Below, Stage::Above, Stage::First, Stage::Rest];
        parts.clear();
        parts.push(0..pieces.len());
        // One place that runs layers: they are long, and the compiler takes a second one out of the path's reach.
        for stage in stages.into_iter().take(if branch.is_some() { 4 } else { 2 }) {
            let layers = match stage {
                Stage::Below => below,
                Stage::Above => above,
                Stage::First => first,
                Stage::Rest => rest,
            };
            let rows = stream.len() / width;
            let widest = layers.iter().map(|layer| layer.out.matrix.inputs).chain([width]).max();
            codes.resize(whole_tiles(rows) * widest.unwrap_or(0), 0);
            let one = One { path, cpu: model.cpu, parts, rows, width };
            for layer in layers {
                one.attend(layer, stream, codes, attention);
                one.feed(layer, stream, codes, inner);
            }
            match (stage, branch) {
                (Stage::Below, Some(_)) => {
                    // A branch sees no edges.
                    fork.clear();
                    fork.extend_from_slice(&stream[width..stream.len() - width]);
                }
                (Stage::Above, _) => {
                    encode_rows(&model.last, stream, codes);
                    out.rows
                        .extend_from_slice(&codes[(1 + answers.start) * width..][..answers.len() * width]);
                    std::mem::swap(stream, fork);
                    parts.clone_from(places);
                }
                (Stage::First, Some(branch)) => {
                    encode_rows(&branch.first, stream, codes);
                    opens.clear();
                    opens.resize(rows, false);
                    branch.gate.matrix.each(path, codes, rows, |row, _, sums| {
                        opens[row] =
                            float(sums[0]) * branch.gate.affine.scale[0] + branch.gate.affine.shift[0] > 0.0;
                    });
                    keep(opens, places, parts, stream, width);
                }
                (Stage::Rest, Some(branch)) => {
                    encode_rows(&branch.last, stream, codes);
                    let read = places.iter().cloned().flatten().zip(codes.chunks_exact(width));
                    branched.extend(&answers, read);
                }
                _ => {}
            }
        }
    }
}

/// Leaves of the places, and of the rows of the stream, those of sentences in which the gate opens; `parts` are where
/// these now stand.
fn keep(
    opens: &[bool],
    places: &mut Vec<Range<usize>>,
    parts: &mut Vec<Range<usize>>,
    stream: &mut Vec<f32>,
    width: usize,
) {
    places.retain(|place| opens[place.clone()].contains(&true));
    parts.clear();
    let mut rows = 0;
    for place in places.iter() {
        stream.copy_within(place.start * width..place.end * width, rows * width);
        parts.push(rows..rows + place.len());
        rows += place.len();
    }
    stream.truncate(rows * width);
}

/// What the steps of a layer share.
struct One<'a, P> {
    path: P,
    cpu: Cpu,
    parts: &'a [Range<usize>],
    rows: usize,
    width: usize,
}

impl<P: Path> One<'_, P> {
    #[inline(always)]
    fn attend(&self, layer: &Layer, stream: &mut [f32], codes: &mut [u8], attention: &mut Attention) {
        let heads = layer.softness.len();
        attention.make_room(heads, self.parts);
        encode_rows(&layer.outer, stream, codes);
        layer.attention.matrix.each(self.path, codes, self.rows, |row, panel, sums| {
            let (scale, shift) = layer.attention.affine.panel(panel);
            let number = |i: usize| signed_code(float(sums[i]) * scale[i] + shift[i], SIGNED);
            let numbers: [i8; PANEL] = std::array::from_fn(number);
            match panel / heads {
                0 => {
                    let query = numbers.map(|number| number.cast_unsigned().wrapping_add(CENTRE));
                    *attention.query(panel, row) = query;
                }
                1 => *attention.key(panel - heads, row) = numbers,
                _ => *attention.value(panel - 2 * heads, row) = numbers,
            }
        });
        for (head, &softness) in layer.softness.iter().enumerate() {
            attention.gather((self.path, self.cpu), head, softness, &layer.mixed, (codes, heads * HEAD));
        }
        self.add(&layer.out, &layer.norm1, stream, codes);
    }

    #[inline(always)]
    fn feed(&self, layer: &Layer, stream: &mut [f32], codes: &mut [u8], inner: &mut Vec<u8>) {
        encode_rows(&layer.between, stream, codes);
        let width = layer.down.matrix.inputs;
        inner.resize(whole_tiles(self.rows) * width, 0);
        layer.up.matrix.each(self.path, codes, self.rows, |row, panel, sums| {
            let (scale, shift) = layer.up.affine.panel(panel);
            let (inner_scale, inner_shift) = layer.inner.panel(panel);
            let out: &mut [u8; PANEL] = part(inner, row * width + panel * PANEL);
            for i in 0..PANEL {
                let x = activate(float(sums[i]) * scale[i] + shift[i]);
                out[i] = code(x, inner_scale[i], inner_shift[i]);
            }
        });
        self.add(&layer.down, &layer.norm2, stream, inner);
    }

    /// Adds a product of codes to the stream, and normalises that.
    #[inline(always)]
    fn add(&self, product: &Product, norm: &Affine, stream: &mut [f32], codes: &[u8]) {
        product.matrix.each(self.path, codes, self.rows, |row, panel, sums| {
            let (scale, shift) = product.affine.panel(panel);
            let stream: &mut [f32; PANEL] = part(stream, row * self.width + panel * PANEL);
            for i in 0..PANEL {
                stream[i] += float(sums[i]) * scale[i] + shift[i];
            }
        });
        // A loop, because `for_each` is not compiled for the path that runs it.
        for row in stream.chunks_exact_mut(self.width) {
            normalise(row, norm);
        }
    }
}

#[inline(always)]
fn embed(tables: &Embedding, pieces: &[Piece], stream: &mut [f32], width: usize) {
    fn row<T>(table: &[T], row: usize, width: usize) -> &[T] {
        &table[row * width..][..width]
    }
    for (at, (piece, stream)) in pieces.iter().zip(stream.chunks_exact_mut(width)).enumerate() {
        let id = piece.id as usize;
        let (scale, position_scale) = (tables.scale[id], tables.position_scale[at]);
        let word = row(&tables.words, id, width / DIGITS);
        for (stream, &byte) in stream.as_chunks_mut().0.iter_mut().zip(word) {
            *stream = LEVELS[usize::from(byte)];
        }
        let position = row(&tables.position, at, width);
        let case = row(&tables.case, piece.case.into(), width);
        let state = row(&tables.state, piece.state.into(), width);
        let start = row(&tables.start, piece.start.into(), width);
        for (i, stream) in stream.iter_mut().enumerate() {
            *stream =
                *stream * scale + f32::from(position[i]) * position_scale + case[i] + state[i] + start[i];
        }
        normalise(stream, &tables.norm);
    }
}

/// The three numbers of each byte of the word table: digits in base 6, 0 for −5 to 5 for 5.
pub(crate) const LEVELS: [[f32; DIGITS]; 216] = {
    const DIGIT: [f32; 6] = [-5.0, -3.0, -1.0, 1.0, 3.0, 5.0];
    let mut levels = [[0.0; DIGITS]; 216];
    let mut byte = 0;
    while byte < 216 {
        levels[byte] = [DIGIT[byte / 36], DIGIT[byte / 6 % 6], DIGIT[byte % 6]];
        byte += 1;
    }
    levels
};

/// Each row of the stream as codes.
#[inline(always)]
fn encode_rows(affine: &Affine, stream: &[f32], codes: &mut [u8]) {
    let width = affine.scale.len();
    let affine = || affine.scale.as_chunks::<PANEL>().0.iter().zip(affine.shift.as_chunks::<PANEL>().0);
    for (stream, codes) in stream.chunks_exact(width).zip(codes.chunks_exact_mut(width)) {
        let panels = stream.as_chunks::<PANEL>().0.iter().zip(codes.as_chunks_mut::<PANEL>().0);
        for ((stream, codes), (scale, shift)) in panels.zip(affine()) {
            for i in 0..PANEL {
                codes[i] = code(stream[i], scale[i], shift[i]);
            }
        }
    }
}

/// The part of a panel that begins at `at`.
#[inline(always)]
fn part<T>(of: &mut [T], at: usize) -> &mut [T; PANEL] {
    of[at..].first_chunk_mut().expect("rows are whole panels")
}
