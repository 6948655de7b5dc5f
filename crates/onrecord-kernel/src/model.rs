//! The weights, checked, in the layout that the processor wants.
//!
//! In: a model file. Out: [`Model`]: shared by threads, never changed. Nothing in it is believed that was not
//! compared: names, kinds, shapes, sizes, finite floats. Widths are filled up with channels of zero weights, so
//! that the products know no remainders. Next: `product.rs` lays out the weights, `encoder.rs` runs them.

use std::fmt;

use crate::file::{File, Kind};
use crate::heads::{Heads, TAGS};
use crate::number::Affine;
use crate::product::{CENTRE, Product, padded};
use crate::{Cpu, Error, limits};

/// A checked model, ready to run; threads share it.
pub struct Model {
    pub(crate) cpu: Cpu,
    pub(crate) width: usize,
    pub(crate) embedding: Embedding,
    pub(crate) blocks: Vec<Block>,
    pub(crate) last: Affine,
    pub(crate) heads: Heads,
    name: String,
    vocabulary: String,
    sha256: [u8; 32],
    moves: [[f32; TAGS]; TAGS],
}

/// The tables that a piece is looked up in. The largest, `words`, is not padded.
pub(crate) struct Embedding {
    pub(crate) words: Vec<i8>,
    pub(crate) scale: Vec<f32>,
    pub(crate) case: Vec<f32>,
    pub(crate) state: Vec<f32>,
    pub(crate) start: Vec<f32>,
}

/// One step of the encoder: a convolution over three pieces `dilation` apart, and a product back to the stream.
pub(crate) struct Block {
    pub(crate) dilation: usize,
    pub(crate) before: Affine,
    pub(crate) conv: Product,
    pub(crate) out: Product,
}

impl Model {
    /// Reads a model file and lays its weights out for `cpu`.
    ///
    /// # Errors
    ///
    /// If the file is no model file, of another version, cut or altered, or does not hold what the encoder needs.
    pub fn read(file: &[u8], cpu: Cpu) -> Result<Model, Error> {
        let file = File::read(file)?;
        let [pieces, width] = file.shape("words", Kind::Int8)?;
        at_most("width", width, limits::WIDTH)?;
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
            blocks: weights.blocks()?,
            last: weights.affine("last", width)?,
            heads: Heads::read(&weights)?,
            name: file.text("name")?.to_owned(),
            vocabulary: vocabulary.to_owned(),
            sha256: file.sha256,
            moves: square(&file.float32("moves", &[TAGS, TAGS])?),
        })
    }

    /// What the model calls itself, such as `en-1`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sha256 of the weights: all of the file behind its header.
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// The word pieces, parted by `\n`: the number of the line, from 0, is the id.
    pub fn vocabulary(&self) -> &str {
        &self.vocabulary
    }

    /// What the move from one tag (the row) to the next word's (the column) adds to the scores.
    pub fn moves(&self) -> &[[f32; TAGS]; TAGS] {
        &self.moves
    }

    /// How many pieces to each side a code depends on.
    pub fn reach(&self) -> usize {
        self.blocks.iter().map(|block| block.dilation).sum()
    }

    /// The channels of a row as the kernel holds it.
    pub(crate) fn padded(&self) -> usize {
        padded(self.width)
    }

    pub(crate) fn widest(&self) -> usize {
        self.blocks.iter().map(|block| block.dilation).max().unwrap_or(0)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("name", &self.name)
            .field("width", &self.width)
            .field("blocks", &self.blocks.len())
            .field("cpu", &self.cpu)
            .finish_non_exhaustive()
    }
}

/// A file on its way into a model.
pub(crate) struct Weights<'a> {
    pub(crate) file: &'a File<'a>,
    cpu: Cpu,
    width: usize,
}

impl Weights<'_> {
    /// The product `name`, whose input is `taps` codes of a piece side by side, each `centre` too large.
    pub(crate) fn product(
        &self,
        name: &str,
        outputs: usize,
        taps: usize,
        centre: u8,
    ) -> Result<Product, Error> {
        let weights = self.file.int8(name, &[outputs, taps * self.width])?;
        Ok(Product::new(self.cpu, &weights, self.width, taps, centre, self.affine(name, outputs)?))
    }

    pub(crate) fn affine(&self, name: &str, channels: usize) -> Result<Affine, Error> {
        let part = |part| self.file.float32(&format!("{name}.{part}"), &[channels]);
        Ok(Affine::new(part("scale")?, part("shift")?, padded(channels)))
    }

    fn embedding(&self, pieces: usize) -> Result<Embedding, Error> {
        let table = |name, rows| self.file.float32(name, &[rows, self.width]);
        Ok(Embedding {
            words: self.file.int8("words", &[pieces, self.width])?,
            scale: self.file.float32("words.scale", &[pieces])?,
            case: table("case", 5)?,
            state: table("state", 4)?,
            start: table("start", 2)?,
        })
    }

    fn blocks(&self) -> Result<Vec<Block>, Error> {
        let [count] = self.file.shape("dilations", Kind::Uint32)?;
        at_most("blocks", count, limits::BLOCKS)?;
        let dilations = self.file.uint32("dilations", &[count])?;
        dilations.iter().enumerate().map(|(i, &dilation)| self.block(i, dilation as usize)).collect()
    }

    fn block(&self, i: usize, dilation: usize) -> Result<Block, Error> {
        at_most("dilation", dilation, limits::DILATION)?;
        let name = format!("block.{i}.conv");
        let weights = self.file.int8(&name, &[self.width, 3, self.width])?;
        let affine = self.affine(&name, self.width)?;
        Ok(Block {
            dilation,
            before: self.affine(&format!("block.{i}.before"), self.width)?,
            conv: Product::new(self.cpu, &weights, self.width, 3, CENTRE, affine),
            out: self.product(&format!("block.{i}.out"), self.width, 1, 0)?,
        })
    }
}

fn at_most(thing: &str, found: usize, limit: usize) -> Result<(), Error> {
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
