//! The weights, checked, in the layout that the processor wants.
//!
//! In: a model file. Out: [`Model`]: shared by threads, never changed. Nothing in it is believed that was not
//! compared: names, kinds, shapes, sizes, finite floats. Widths are filled up with channels of zero weights, so
//! that the products know no remainders. Next: `product.rs` lays out the weights, `encoder.rs` runs them.

use std::fmt;

use crate::attention::HEAD;
use crate::encoder::LEVELS;
use crate::error::Hex;
use crate::file::{File, Kind};
use crate::heads::{Heads, TAGS};
use crate::number::Affine;
use crate::product::{Matrix, PANEL, Product, padded};
use crate::{Cpu, Error, limits};

/// A checked model, ready to run; threads share it.
pub struct Model {
    pub(crate) cpu: Cpu,
    pub(crate) width: usize,
    pub(crate) embedding: Embedding,
    pub(crate) layers: Vec<Layer>,
    pub(crate) last: Affine,
    pub(crate) heads: Heads,
    /// The pieces that begin and end each window.
    pub(crate) edges: [u32; 2],
    name: String,
    vocabulary: String,
    pub(crate) sha256: [u8; 32],
    moves: [[f32; TAGS]; TAGS],
}

/// Numbers that a byte of the word table holds.
pub(crate) const DIGITS: usize = 3;

/// The tables that a piece is looked up in.
pub(crate) struct Embedding {
    /// Three numbers a byte.
    pub(crate) words: Vec<u8>,
    pub(crate) scale: Vec<f32>,
    pub(crate) position: Vec<i8>,
    pub(crate) position_scale: Vec<f32>,
    pub(crate) case: Vec<f32>,
    pub(crate) state: Vec<f32>,
    pub(crate) start: Vec<f32>,
    pub(crate) norm: Affine,
}

/// One layer: attention, then two products with an activation between; each adds to the stream and normalises it.
pub(crate) struct Layer {
    pub(crate) outer: Affine,
    /// Queries of all heads, then keys, then values.
    pub(crate) attention: Product,
    /// What a score of each head is multiplied with, to be the power of two that the weight lacks.
    pub(crate) softness: Vec<f32>,
    pub(crate) mixed: Affine,
    pub(crate) out: Product,
    pub(crate) norm1: Affine,
    pub(crate) between: Affine,
    pub(crate) up: Product,
    pub(crate) inner: Affine,
    pub(crate) down: Product,
    pub(crate) norm2: Affine,
}

impl Model {
    /// Reads a model file and lays its weights out for `cpu`.
    ///
    /// # Errors
    ///
    /// If the file is no model file, of another version, cut or altered, or does not hold what the encoder needs.
    pub fn read(file: &[u8], cpu: Cpu) -> Result<Model, Error> {
        let file = File::read(file)?;
        let [pieces, width] = file.shape("words", Kind::Bytes)?;
        let width = width * DIGITS;
        at_most("width", width, limits::WIDTH)?;
        whole_panels("width", width)?;
        let weights = Weights { file: &file, cpu, width };
        let vocabulary = file.text("vocabulary")?;
        let lines = vocabulary.split('\n').count();
        if lines != pieces {
            return Err(Error::malformed(
                "vocabulary",
                format!("{lines} lines"),
                format!("{pieces}, a line for each word piece"),
            ));
        }
        Ok(Model {
            cpu,
            width,
            embedding: weights.embedding(pieces)?,
            layers: weights.layers()?,
            last: weights.affine("last", width)?,
            heads: Heads::read(&weights)?,
            edges: weights.edges(pieces)?,
            name: file.text("name")?.to_owned(),
            vocabulary: vocabulary.to_owned(),
            sha256: file.sha256,
            moves: square(&file.float32("moves", &[TAGS, TAGS])?),
        })
    }

    /// What the model calls itself, such as `en-3`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sha256 of the weights, all of the file behind its header, in lower-case hex.
    pub fn sha256(&self) -> String {
        Hex(&self.sha256).to_string()
    }

    /// The word pieces, parted by `\n`: the number of the line, from 0, is the id.
    pub fn vocabulary(&self) -> &str {
        &self.vocabulary
    }

    /// What the move from one tag (the row) to the next word's (the column) adds to the scores.
    pub fn moves(&self) -> &[[f32; TAGS]; TAGS] {
        &self.moves
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("name", &self.name)
            .field("width", &self.width)
            .field("layers", &self.layers.len())
            .field("cpu", &self.cpu)
            .finish_non_exhaustive()
    }
}

/// A file on its way into a model.
pub(crate) struct Weights<'a> {
    pub(crate) file: &'a File<'a>,
    pub(crate) cpu: Cpu,
    pub(crate) width: usize,
}

impl Weights<'_> {
    /// The product `name` of so many outputs and inputs, whose codes are `centre` too large.
    pub(crate) fn product(&self, name: &str, shape: [usize; 2], centre: u8) -> Result<Product, Error> {
        let weights = self.file.int8(name, &shape)?;
        let [outputs, inputs] = shape;
        Ok(Product {
            matrix: Matrix::new(self.cpu, &weights, inputs, centre),
            affine: self.affine(name, outputs)?,
        })
    }

    pub(crate) fn affine(&self, name: &str, channels: usize) -> Result<Affine, Error> {
        let part = |part| self.file.float32(&format!("{name}.{part}"), &[channels]);
        Ok(Affine::new(part("scale")?, part("shift")?, padded(channels)))
    }

    fn embedding(&self, pieces: usize) -> Result<Embedding, Error> {
        let table = |name, rows| self.file.float32(name, &[rows, self.width]);
        let words = self.file.bytes("words", &[pieces, self.width / DIGITS])?;
        if let Some(byte) = words.iter().find(|&&byte| usize::from(byte) >= LEVELS.len()) {
            return Err(Error::malformed(
                "tensor `words`",
                byte.to_string(),
                "0 to 215, three digits in base 6",
            ));
        }
        Ok(Embedding {
            words: words.to_vec(),
            scale: self.file.float32("words.scale", &[pieces])?,
            position: self.file.int8("position", &[limits::WINDOW + 2, self.width])?,
            position_scale: self.file.float32("position.scale", &[limits::WINDOW + 2])?,
            case: table("case", 5)?,
            state: table("state", 4)?,
            start: table("start", 2)?,
            norm: self.affine("norm", self.width)?,
        })
    }

    fn edges(&self, pieces: usize) -> Result<[u32; 2], Error> {
        let edges: Vec<u32> = self.file.uint32("edges", &[2])?;
        match edges.iter().find(|&&edge| edge as usize >= pieces) {
            Some(edge) => {
                Err(Error::malformed("tensor `edges`", edge.to_string(), format!("below {pieces}")))
            }
            None => Ok([edges[0], edges[1]]),
        }
    }

    pub(crate) fn layers(&self) -> Result<Vec<Layer>, Error> {
        let [count] = self.file.shape("heads", Kind::Uint32)?;
        at_most("layers", count, limits::LAYERS)?;
        let heads = self.file.uint32("heads", &[count])?;
        heads.iter().enumerate().map(|(i, &heads)| self.layer(i, heads as usize)).collect()
    }

    fn layer(&self, i: usize, heads: usize) -> Result<Layer, Error> {
        at_most("heads", heads, limits::HEADS)?;
        let name = |part| format!("layer.{i}.{part}");
        let (width, gathered) = (self.width, heads * HEAD);
        let [inner, _] = self.file.shape(&name("up"), Kind::Int8)?;
        at_most("inner channels", inner, limits::WIDTH)?;
        whole_panels("inner channels", inner)?;
        Ok(Layer {
            outer: self.affine(&name("outer"), width)?,
            attention: self.product(&name("attention"), [3 * gathered, width], 0)?,
            softness: self.file.float32(&name("softness"), &[heads])?,
            mixed: self.affine(&name("mixed"), gathered)?,
            out: self.product(&name("out"), [width, gathered], 0)?,
            norm1: self.affine(&name("norm1"), width)?,
            between: self.affine(&name("between"), width)?,
            up: self.product(&name("up"), [inner, width], 0)?,
            inner: self.affine(&name("inner"), inner)?,
            down: self.product(&name("down"), [width, inner], 0)?,
            norm2: self.affine(&name("norm2"), width)?,
        })
    }
}

fn whole_panels(thing: &str, found: usize) -> Result<(), Error> {
    if found.is_multiple_of(PANEL) {
        Ok(())
    } else {
        Err(Error::malformed(thing, found.to_string(), format!("a multiple of {PANEL}")))
    }
}

pub(crate) fn at_most(thing: &str, found: usize, limit: usize) -> Result<(), Error> {
    if (1..=limit).contains(&found) {
        Ok(())
    } else {
        Err(Error::malformed(thing, found.to_string(), format!("1 to {limit}")))
    }
}

fn square(values: &[f32]) -> [[f32; TAGS]; TAGS] {
    let (rows, _) = values.as_chunks();
    rows.try_into().expect("the shape was checked")
}
