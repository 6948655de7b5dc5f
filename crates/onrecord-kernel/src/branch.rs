//! A branch: a few layers more on what the lower layers of a model make of a text, with heads of their own.
//!
//! In: a branch file, which has the form of a model file, and the model that it was trained on. Out: [`Branch`], and the
//! scores that its heads read off its codes: the turn of each word, and where a pointer goes from a word. Behind its first
//! layer a gate shuts sentences out that tell no link, which most do not.
//! It never runs on another model than its own. Next: `encoder.rs` runs it.

use crate::encoder::Codes;
use crate::error::Hex;
use crate::file::File;
use crate::heads::{Fit, Place, Projection, projections, word_scores};
use crate::model::{Layer, Model, Weights, at_most};
use crate::number::Affine;
use crate::product::{CENTRE, Product};
use crate::{Cpu, Error};

/// No link; a link whose cause stands left of its effect; one whose cause stands right of it.
pub const TURNS: usize = 3;

/// From the word with which the right part of a link begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// To the first word of the left part.
    Begin,
    /// To the last word of the left part.
    End,
    /// To the last word of the right part.
    Last,
}

/// A checked branch, ready to run; threads share it.
pub struct Branch {
    pub(crate) cpu: Cpu,
    /// How many layers of the model come before its own.
    pub(crate) depth: usize,
    pub(crate) layers: Vec<Layer>,
    /// What the gate reads, behind the first of its layers.
    pub(crate) first: Affine,
    /// Whether a sentence is worth the other layers.
    pub(crate) gate: Product,
    pub(crate) last: Affine,
    turns: Product,
    pointers: [Fit; 3],
    /// The sha256 of the model's weights.
    pub(crate) base: [u8; 32],
    name: String,
    sha256: [u8; 32],
}

impl Branch {
    /// Reads a branch file for `model`, and lays its weights out for the same processor.
    ///
    /// # Errors
    ///
    /// If the file is no model file, of another version, cut or altered, or is no branch of this model.
    pub fn read(file: &[u8], model: &Model) -> Result<Branch, Error> {
        let file = File::read(file)?;
        let (base, expected) = (file.text("base")?, model.sha256());
        if base != expected {
            return Err(Error::malformed("base", base, format!("{expected}, the model's")));
        }
        let [depth] = file.uint32("depth", &[1])?[..] else { unreachable!("the shape was checked") };
        at_most("depth", depth as usize, model.layers.len())?;
        let (cpu, width) = (model.cpu, model.width);
        let weights = Weights { file: &file, cpu, width };
        Ok(Branch {
            cpu,
            depth: depth as usize,
            layers: weights.layers()?,
            first: weights.affine("first", width)?,
            gate: weights.product("gate", [1, width], CENTRE)?,
            last: weights.affine("last", width)?,
            turns: weights.product("turns", [TURNS, width], CENTRE)?,
            pointers: [
                Fit::read(&weights, "pointer.begin", 1)?,
                Fit::read(&weights, "pointer.end", 1)?,
                Fit::read(&weights, "pointer.last", 1)?,
            ],
            base: model.sha256,
            name: file.text("name")?.to_owned(),
            sha256: file.sha256,
        })
    }

    /// What the branch calls itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sha256 of the weights, all of the file behind its header, in lower-case hex.
    pub fn sha256(&self) -> String {
        Hex(&self.sha256).to_string()
    }

    /// The scores of each turn for each of `pieces`, the first ones of words.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn turn_scores(&self, codes: &Codes, pieces: &[u32]) -> Vec<[f32; TURNS]> {
        word_scores(self.cpu, &self.turns, codes, pieces)
    }

    /// Words as that which a pointer goes from, by their first pieces.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn queries(&self, pointer: Pointer, codes: &Codes, pieces: &[u32]) -> Vec<Projection> {
        projections(
            self.cpu,
            &self.pointers[pointer as usize].query,
            codes,
            pieces.iter().map(|&piece| [piece]),
        )
    }

    /// Words as that which a pointer goes to: by their first pieces for [`Pointer::Begin`], else by their last.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn keys(&self, pointer: Pointer, codes: &Codes, pieces: &[u32]) -> Vec<Projection> {
        projections(
            self.cpu,
            &self.pointers[pointer as usize].key,
            codes,
            pieces.iter().map(|&piece| [piece]),
        )
    }

    /// The score of a pointer from one word to another; its `place` counts marks between, and no paragraphs.
    ///
    /// # Panics
    ///
    /// If a number of `place` is beyond those it may have.
    pub fn score(&self, pointer: Pointer, query: &Projection, key: &Projection, place: Place) -> f32 {
        self.pointers[pointer as usize].score(query, key, place)
    }
}

impl std::fmt::Debug for Branch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Branch")
            .field("name", &self.name)
            .field("depth", &self.depth)
            .field("layers", &self.layers.len())
            .finish_non_exhaustive()
    }
}
