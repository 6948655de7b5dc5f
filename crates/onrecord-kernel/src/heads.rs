//! The heads: what is read off the codes.
//!
//! In: [`Codes`], the pieces that stand for words and spans. Out: scores of tags, and scores of links between spans.
//! It never chooses: the caller decodes. It never compares all spans with all: the caller says which pair.
//! Next: `train/README.md` says what the numbers of a [`Place`] count.

use crate::encoder::Codes;
use crate::model::Weights;
use crate::number::{float, signed_code};
use crate::product::{CENTRE, PANEL, Path, Product, Work, whole_tiles};
use crate::{Cpu, Error, Model};

/// None, then beginning and inside of source, cue and content.
pub const TAGS: usize = 7;

/// Two lists of tags: of names none, then beginning and inside of person, organization, place and other; of nouns the
/// same of person, people, organization and place.
pub const MENTIONS: usize = 18;

/// Numbers of a query or key.
const KEY: usize = 64;

/// Which spans a link joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// From a content to its cue.
    Cue,
    /// From a cue to its source.
    Source,
    /// From a mention of someone to another of the same.
    Same,
}

/// The first and the last piece of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first piece.
    pub first: u32,
    /// The last piece, not the one behind it.
    pub last: u32,
}

/// A span as one end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection([i8; KEY]);

/// How two spans stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Words between, in classes: 0 to 7, and 8 more if the second span stands first.
    pub distance: u8,
    /// Cues between, of mentions other mentions; at most 3.
    pub between: u8,
    /// Paragraphs between, at most 2.
    pub paragraph: u8,
}

impl Place {
    /// The class of so many words between two spans, of which the second stands before the first or behind it.
    pub fn distance(between: usize, before: bool) -> u8 {
        const LIMITS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
        let class = LIMITS.iter().filter(|&&limit| between > limit).count();
        (class + if before { LIMITS.len() + 1 } else { 0 }) as u8
    }
}

pub(crate) struct Heads {
    tags: Product,
    mentions: Product,
    cue: LinkHead,
    source: LinkHead,
    same: LinkHead,
}

struct LinkHead {
    fit: Fit,
    none: Product,
    paragraph: [f32; 3],
}

/// What tells how well one thing fits another: a query, a key, and how they stand to each other.
pub(crate) struct Fit {
    pub(crate) query: Product,
    pub(crate) key: Product,
    distance: [f32; 16],
    between: [f32; 4],
}

impl Heads {
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Heads, Error> {
        Ok(Heads {
            tags: weights.product("tags", [TAGS, weights.width], CENTRE)?,
            mentions: weights.product("mentions", [MENTIONS, weights.width], CENTRE)?,
            cue: LinkHead::read(weights, "link.cue")?,
            source: LinkHead::read(weights, "link.source")?,
            same: LinkHead::read(weights, "link.same")?,
        })
    }
}

impl LinkHead {
    fn read(weights: &Weights<'_>, name: &str) -> Result<LinkHead, Error> {
        Ok(LinkHead {
            fit: Fit::read(weights, name, 2)?,
            none: weights.product(&format!("{name}.none"), [1, 2 * weights.width], CENTRE)?,
            paragraph: table(weights, name, "paragraph")?,
        })
    }
}

impl Fit {
    /// The fit of things that are told by the codes of so many pieces.
    pub(crate) fn read(weights: &Weights<'_>, name: &str, pieces: usize) -> Result<Fit, Error> {
        let product =
            |part| weights.product(&format!("{name}.{part}"), [KEY, pieces * weights.width], CENTRE);
        Ok(Fit {
            query: product("query")?,
            key: product("key")?,
            distance: table(weights, name, "distance")?,
            between: table(weights, name, "between")?,
        })
    }

    /// The score of two, whatever paragraphs they stand in.
    pub(crate) fn score(&self, query: &Projection, key: &Projection, place: Place) -> f32 {
        /// 2⁻¹¹: queries and keys are 16 times what they stand for, and √64 is 8.
        const UNIT: f32 = 1.0 / 2048.0;
        let pairs = query.0.iter().zip(&key.0);
        let product: i32 = pairs.map(|(&q, &k)| i32::from(q) * i32::from(k)).sum();
        float(product) * UNIT
            + self.distance[usize::from(place.distance)]
            + self.between[usize::from(place.between)]
    }
}

fn table<const N: usize>(weights: &Weights<'_>, name: &str, part: &str) -> Result<[f32; N], Error> {
    let values = weights.file.float32(&format!("{name}.{part}"), &[N])?;
    Ok(values.try_into().expect("the shape was checked"))
}

impl Model {
    /// The scores of each tag for each of `pieces`, the first ones of words.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn tag_scores(&self, codes: &Codes, pieces: &[u32]) -> Vec<[f32; TAGS]> {
        word_scores(self.cpu, &self.heads.tags, codes, pieces)
    }

    /// The scores of the tags of names and nouns for each of `pieces`, the first ones of words.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn mention_scores(&self, codes: &Codes, pieces: &[u32]) -> Vec<[f32; MENTIONS]> {
        word_scores(self.cpu, &self.heads.mentions, codes, pieces)
    }

    /// The spans as that which a link goes from.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn queries(&self, link: Link, codes: &Codes, spans: &[Stretch]) -> Vec<Projection> {
        projections(self.cpu, &self.head(link).fit.query, codes, ends(spans))
    }

    /// The spans as that which a link goes to.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn keys(&self, link: Link, codes: &Codes, spans: &[Stretch]) -> Vec<Projection> {
        projections(self.cpu, &self.head(link).fit.key, codes, ends(spans))
    }

    /// For each of the spans the score of no link from it.
    ///
    /// # Panics
    ///
    /// If a piece lies beyond `codes`.
    pub fn unlinked_scores(&self, link: Link, codes: &Codes, spans: &[Stretch]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(spans.len());
        linear(self.cpu, &self.head(link).none, codes, ends(spans), |_, row| scores.push(row[0]));
        scores
    }

    /// The score of a link between two spans.
    ///
    /// # Panics
    ///
    /// If a number of `place` is beyond those it may have.
    pub fn link_score(&self, link: Link, query: &Projection, key: &Projection, place: Place) -> f32 {
        let head = self.head(link);
        head.fit.score(query, key, place) + head.paragraph[usize::from(place.paragraph)]
    }

    fn head(&self, link: Link) -> &LinkHead {
        match link {
            Link::Cue => &self.heads.cue,
            Link::Source => &self.heads.source,
            Link::Same => &self.heads.same,
        }
    }
}

/// The scores of a head for each of `pieces`.
pub(crate) fn word_scores<const N: usize>(
    cpu: Cpu,
    head: &Product,
    codes: &Codes,
    pieces: &[u32],
) -> Vec<[f32; N]> {
    let mut scores = Vec::with_capacity(pieces.len());
    linear(cpu, head, codes, pieces.iter().map(|&piece| [piece]), |_, row| {
        scores.push(*row.first_chunk().expect("whole panels hold all scores"));
    });
    scores
}

/// What things are as one end of a fit, each told by the codes of `N` pieces.
pub(crate) fn projections<const N: usize>(
    cpu: Cpu,
    product: &Product,
    codes: &Codes,
    of: impl Iterator<Item = [u32; N]>,
) -> Vec<Projection> {
    let mut projections = Vec::new();
    linear(cpu, product, codes, of, |_, row| {
        projections.push(Projection(std::array::from_fn(|o| signed_code(row[o], 127.0))));
    });
    projections
}

fn ends(spans: &[Stretch]) -> impl Iterator<Item = [u32; 2]> {
    spans.iter().map(|span| [span.first, span.last])
}

/// Rows of one batch.
const BATCH: usize = whole_tiles(96);

/// Gives each row of `product` as (number of the row, its outputs, filled up). A row's input is the codes of `N`
/// pieces side by side.
fn linear<const N: usize>(
    cpu: Cpu,
    product: &Product,
    codes: &Codes,
    rows: impl Iterator<Item = [u32; N]>,
    mut give: impl FnMut(usize, &[f32]),
) {
    let rows: Vec<[u32; N]> = rows.collect();
    let outputs = product.affine.scale.len();
    let mut inputs = vec![0; BATCH * product.matrix.inputs];
    let mut out = vec![0.0; BATCH * outputs];
    for (batch, rows) in rows.chunks(BATCH).enumerate() {
        let all = inputs.chunks_exact_mut(product.matrix.inputs / N);
        for (input, &piece) in all.zip(rows.as_flattened()) {
            input.copy_from_slice(codes.raw(piece as usize));
        }
        cpu.run(Linear { product, inputs: &inputs, count: rows.len(), out: &mut out });
        for (r, row) in out.chunks_exact(outputs).take(rows.len()).enumerate() {
            give(batch * BATCH + r, row);
        }
    }
}

/// One batch of rows times a matrix.
struct Linear<'a> {
    product: &'a Product,
    inputs: &'a [u8],
    count: usize,
    out: &'a mut [f32],
}

impl Work for Linear<'_> {
    #[inline(always)]
    fn run<P: Path>(self, path: P) {
        let Linear { product, inputs, count, out } = self;
        let outputs = product.affine.scale.len();
        product.matrix.each(path, inputs, count, |row, panel, sums| {
            let (scale, shift) = product.affine.panel(panel);
            let out = &mut out[row * outputs + panel * PANEL..][..PANEL];
            for i in 0..PANEL {
                out[i] = float(sums[i]) * scale[i] + shift[i];
            }
        });
    }
}
