//! The word pieces of words.
//!
//! In: [`Words`], and the vocabulary of a model. Out: [`Pieces`]: rows for the encoder, and which of them each word
//! has. The longest piece that fits is taken from the left, again and again; a word that does not come out even is
//! unknown as a whole.
//! It never gives a word no piece, and never keeps anything between two texts. Next: [`onrecord_kernel::Encoder`].

use std::fmt;
use std::ops::Range;

use onrecord_kernel::Piece;

use super::Words;
use super::fold::Folder;
use super::vocabulary::{Place, Vocabulary};
use crate::Error;

/// The piece of words that no pieces spell.
const UNKNOWN: &str = "[UNK]";
/// Stands before pieces that go on with a word.
const CONTINUED: &str = "##";

/// The word pieces of a model; make it once and share it.
///
/// ```
/// use onrecord::encode::{WordPieces, Words};
///
/// let word_pieces = WordPieces::new("[UNK]\nharbour\n##s\ncafe").unwrap();
/// let ids = |text| word_pieces.pieces(&Words::read(text)).as_slice().iter().map(|piece| piece.id).collect::<Vec<_>>();
/// assert_eq!(ids("HARBOURS Café quay"), [1, 2, 3, 0]);
/// ```
#[derive(Clone)]
pub struct WordPieces {
    vocabulary: Vocabulary,
    unknown: u32,
    /// Where the pieces that go on with a word begin; nowhere if there are none.
    continued: Option<Place>,
}

impl WordPieces {
    /// Word pieces parted by `\n`, as [`onrecord_kernel::Model::vocabulary`] gives them: the number of the line, from
    /// 0, is the id.
    ///
    /// # Errors
    ///
    /// If a piece stands there twice, or `[UNK]` does not.
    pub fn new(vocabulary: &str) -> Result<WordPieces, Error> {
        let vocabulary = Vocabulary::new(vocabulary.split('\n'))?;
        let unknown = vocabulary.id(UNKNOWN).ok_or_else(|| Error::missing_piece(UNKNOWN))?;
        let continued = vocabulary.place(CONTINUED);
        Ok(WordPieces { vocabulary, unknown, continued })
    }

    /// The pieces of all words, one or more for each. It takes time in the length of the text.
    pub fn pieces(&self, words: &Words<'_>) -> Pieces {
        let mut folder = Folder::default();
        let mut pieces =
            Pieces { list: Vec::with_capacity(words.len() * 5 / 4), first: Vec::with_capacity(words.len()) };
        for word in words.iter() {
            let features = Piece {
                id: self.unknown,
                case: word.case as u8,
                state: word.state as u8,
                start: u8::from(word.start),
            };
            let first = pieces.list.len();
            pieces.first.push(first as u32);
            let spelt = folder
                .fold(words.slice(*word))
                .and_then(|folded| self.spell(folded, |id| pieces.list.push(Piece { id, ..features })));
            if spelt.is_none() {
                pieces.list.truncate(first);
                pieces.list.push(features);
            }
        }
        pieces
    }

    /// Gives the pieces of a folded word, or ends with `None` where none fits.
    fn spell(&self, mut word: &[u8], mut push: impl FnMut(u32)) -> Option<()> {
        let mut place = Vocabulary::START;
        loop {
            let (id, size) = self.vocabulary.longest(place, word)?;
            push(id);
            word = &word[size..];
            if word.is_empty() {
                return Some(());
            }
            place = self.continued?;
        }
    }
}

impl fmt::Debug for WordPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordPieces").field("unknown", &self.unknown).finish_non_exhaustive()
    }
}

/// The pieces of one text, and which of them each word has.
///
/// ```
/// use onrecord::encode::{WordPieces, Words};
///
/// let word_pieces = WordPieces::new("[UNK]\nboat\n##s\nsank").unwrap();
/// let pieces = word_pieces.pieces(&Words::read("Boats sank"));
/// assert_eq!(pieces.first(), [0, 2]);
/// assert_eq!((pieces.of(0), pieces.of(1)), (0..2, 2..3));
/// assert_eq!(pieces.as_slice()[1].case, 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    list: Vec<Piece>,
    first: Vec<u32>,
}

impl Pieces {
    /// The row of pieces, as [`onrecord_kernel::Encoder::encode`] takes it.
    pub fn as_slice(&self) -> &[Piece] {
        &self.list
    }

    /// For each word the number of its first piece, as [`onrecord_kernel::Model::tag_scores`] takes them.
    pub fn first(&self) -> &[u32] {
        &self.first
    }

    /// The numbers of the pieces of one word: never none.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn of(&self, word: usize) -> Range<u32> {
        let end = self.first.get(word + 1).map_or(self.list.len() as u32, |&next| next);
        self.first[word]..end
    }
}
