//! What does the model make of a document? [`Document`] → [`Encoding`].
//!
//! In: a document. Out: scores, which readings ask for: of tags of words, of links between spans. It never decides.
//! Next: `crate::read::quote`, which does.

use std::ops::Range;

use onrecord_kernel::{Branch, Branched, Codes, Link, MENTIONS, Model, Place, Pointer, Stretch, TAGS, TURNS};

use super::{Pieces, Word, WordPieces, Words};
use crate::{Document, Error};

/// A model with its vocabulary, and the branch that tells links if there is one. Threads share it.
#[derive(Debug)]
pub struct Encoder {
    model: Model,
    branch: Option<Branch>,
    pieces: WordPieces,
}

impl Encoder {
    /// Takes a model that the kernel has checked.
    ///
    /// # Errors
    ///
    /// If its vocabulary is none.
    pub fn new(model: Model) -> Result<Encoder, Error> {
        Ok(Encoder { pieces: WordPieces::new(model.vocabulary())?, model, branch: None })
    }

    /// The same with a branch, which must be one of its model.
    #[must_use]
    pub fn with_branch(self, branch: Branch) -> Encoder {
        Encoder { branch: Some(branch), ..self }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// `name@sha256`, the first twelve digits of it; with a branch, `+` and the same of that.
    pub fn id(&self) -> String {
        let model = id(self.model.name(), &self.model.sha256());
        match &self.branch {
            Some(branch) => format!("{model}+{}", id(branch.name(), &branch.sha256())),
            None => model,
        }
    }

    /// Encodes a document.
    pub fn encode<'a>(&'a self, document: &'a Document) -> Encoding<'a> {
        let words = Words::of(document);
        let pieces = self.pieces.pieces(&words);
        let first = pieces.first();
        let paragraphs: Vec<u32> =
            words.iter().zip(first).filter(|(word, _)| word.start).map(|(_, &piece)| piece).collect();
        let mut encoder = onrecord_kernel::Encoder::new(&self.model);
        let (codes, branch) = match &self.branch {
            Some(branch) => {
                let sentences = sentences(document, &words, first);
                let (codes, branched) =
                    encoder.encode_with(branch, pieces.as_slice(), &paragraphs, &sentences);
                (codes, Some((branch, branched)))
            }
            None => (encoder.encode(pieces.as_slice(), &paragraphs), None),
        };
        Encoding { model: &self.model, words, pieces, codes, branch }
    }
}

/// The first pieces of sentences; of what has no word of its own, those of the sentence behind it.
fn sentences(document: &Document, words: &[Word], first: &[u32]) -> Vec<u32> {
    let word = |start| words.partition_point(|word| word.span.end <= start);
    let starts = document.sentences().iter().map(|sentence| word(sentence.span.start));
    let mut pieces: Vec<u32> = starts.filter_map(|word| first.get(word).copied()).collect();
    pieces.dedup();
    pieces
}

/// What a record calls a model.
pub(super) fn id(name: &str, sha256: &str) -> String {
    format!("{name}@{}", &sha256[..12])
}

/// A document as the model sees it.
pub struct Encoding<'a> {
    model: &'a Model,
    words: Words<'a>,
    pieces: Pieces,
    codes: Codes,
    branch: Option<(&'a Branch, Branched)>,
}

/// What readings ask of a model; tests answer without one.
pub trait Scores {
    /// The words that the scores are about.
    fn words(&self) -> &[Word];

    /// For each word the score of each tag, and what each move from a tag (the row) to the next word's adds.
    fn tags(&self) -> (Vec<[f32; TAGS]>, [[f32; TAGS]; TAGS]);

    /// For each word the scores of the tags of names, then of those of nouns ([`MENTIONS`]).
    fn mentions(&self) -> Vec<[f32; MENTIONS]>;

    /// Links from spans of words to other spans: of each of `from` the score of none, then of each pair (an index into
    /// `from`, one into `to`).
    fn links(
        &self,
        link: Link,
        from: &[Range<usize>],
        to: &[Range<usize>],
        pairs: &[(usize, usize, Place)],
    ) -> (Vec<f32>, Vec<f32>);

    /// For each word the score of each turn ([`TURNS`]) of a link whose right part begins with it; `None` where no
    /// branch has read it: there is none, or it has shut the sentence out.
    fn turns(&self) -> Vec<Option<[f32; TURNS]>>;

    /// The scores of a pointer from a word to others of its sentence; `None` where no branch has read it.
    fn pointed(&self, pointer: Pointer, from: usize, to: &[(usize, Place)]) -> Option<Vec<f32>>;
}

impl Scores for Encoding<'_> {
    fn words(&self) -> &[Word] {
        &self.words
    }

    fn tags(&self) -> (Vec<[f32; TAGS]>, [[f32; TAGS]; TAGS]) {
        (self.model.tag_scores(&self.codes, self.pieces.first()), *self.model.moves())
    }

    fn mentions(&self) -> Vec<[f32; MENTIONS]> {
        self.model.mention_scores(&self.codes, self.pieces.first())
    }

    fn links(
        &self,
        link: Link,
        from: &[Range<usize>],
        to: &[Range<usize>],
        pairs: &[(usize, usize, Place)],
    ) -> (Vec<f32>, Vec<f32>) {
        let stretches = |spans: &[Range<usize>]| -> Vec<Stretch> {
            let stretch = |span: &Range<usize>| Stretch {
                first: self.pieces.of(span.start).start,
                last: self.pieces.of(span.end - 1).end - 1,
            };
            spans.iter().map(stretch).collect()
        };
        let (from, to) = (stretches(from), stretches(to));
        let queries = self.model.queries(link, &self.codes, &from);
        let keys = self.model.keys(link, &self.codes, &to);
        let score = |&(a, b, place): &(usize, usize, Place)| {
            self.model.link_score(link, &queries[a], &keys[b], place)
        };
        (self.model.unlinked_scores(link, &self.codes, &from), pairs.iter().map(score).collect())
    }

    fn turns(&self) -> Vec<Option<[f32; TURNS]>> {
        let first = self.pieces.first();
        let Some((branch, told)) = &self.branch else { return vec![None; first.len()] };
        let is_read = |piece: u32| told.is_read[piece as usize];
        let read: Vec<u32> = first.iter().copied().filter(|&piece| is_read(piece)).collect();
        let mut scores = branch.turn_scores(&told.codes, &read).into_iter();
        first.iter().map(|&piece| if is_read(piece) { scores.next() } else { None }).collect()
    }

    fn pointed(&self, pointer: Pointer, from: usize, to: &[(usize, Place)]) -> Option<Vec<f32>> {
        let (branch, told) = self.branch.as_ref()?;
        let from = self.pieces.of(from).start;
        if !told.is_read[from as usize] {
            return None;
        }
        let piece = |&(word, _): &(usize, Place)| {
            let pieces = self.pieces.of(word);
            if pointer == Pointer::Begin { pieces.start } else { pieces.end - 1 }
        };
        let pieces: Vec<u32> = to.iter().map(piece).collect();
        let query = &branch.queries(pointer, &told.codes, &[from])[0];
        let keys = branch.keys(pointer, &told.codes, &pieces);
        let score = |(key, &(_, place)): (_, &(usize, Place))| branch.score(pointer, query, key, place);
        Some(keys.iter().zip(to).map(score).collect())
    }
}
