//! The pieces of a vocabulary, letter by letter.
//!
//! In: the pieces, once. Out: the longest of them that a word begins with. Building takes time in the size of the
//! vocabulary, a look-up in that of the word.
//! It never hashes, so that nobody can choose a vocabulary that makes it slow. Next: `pieces.rs`, which asks.

use std::ops::Range;

use crate::Error;

/// A node for each beginning of a piece, breadth first: the children of a node lie side by side, in order of
/// their bytes.
///
/// Pieces that go on with a word are no tree of their own: they lie below the node of `##`. A hash map from piece
/// to id takes as many probes as the longest piece has letters for each piece found; a table of 256 children for
/// each node takes a hundred megabytes.
#[derive(Clone)]
pub(super) struct Vocabulary {
    nodes: Vec<Node>,
    /// The last byte of what each node stands for.
    bytes: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Node {
    /// The first child; those of the next node follow upon its last.
    children: u32,
    /// [`NO_PIECE`] where no piece ends here.
    id: u32,
}

const NO_PIECE: u32 = u32::MAX;
const ROOT: usize = 0;

/// A place in the vocabulary from which pieces are spelt.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

impl Vocabulary {
    /// Where the pieces of all words begin.
    pub(super) const START: Place = Place(ROOT);

    /// A vocabulary of `pieces`, whose places are their ids.
    pub(super) fn new<'v>(pieces: impl Iterator<Item = &'v str>) -> Result<Vocabulary, Error> {
        let mut sorted: Vec<(&[u8], u32)> =
            pieces.zip(0..NO_PIECE).map(|(piece, id)| (piece.as_bytes(), id)).collect();
        sorted.sort_unstable();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(Error::repeated_piece(pair[0].0, [pair[0].1, pair[1].1]));
        }
        let mut vocabulary = Vocabulary { nodes: Vec::new(), bytes: vec![0] };
        // The pieces below each node, and how many bytes they share.
        let mut below: Vec<(Range<usize>, usize)> = vec![(0..sorted.len(), 0)];
        let mut at = 0;
        while let Some((mut range, shared)) = below.get(at).cloned() {
            let ends_here = sorted[range.clone()].first().filter(|piece| piece.0.len() == shared);
            let id = ends_here.map_or(NO_PIECE, |piece| piece.1);
            range.start += usize::from(ends_here.is_some());
            vocabulary.nodes.push(Node { children: below.len() as u32, id });
            for group in sorted[range.clone()].chunk_by(|a, b| a.0[shared] == b.0[shared]) {
                vocabulary.bytes.push(group[0].0[shared]);
                below.push((range.start..range.start + group.len(), shared + 1));
                range.start += group.len();
            }
            at += 1;
        }
        vocabulary.nodes.push(Node { children: below.len() as u32, id: NO_PIECE });
        Ok(vocabulary)
    }

    /// The id of a piece.
    pub(super) fn id(&self, piece: &str) -> Option<u32> {
        let node = self.place(piece)?.0;
        Some(self.nodes[node].id).filter(|&id| id != NO_PIECE)
    }

    /// The place behind `prefix`, if a piece begins with it.
    pub(super) fn place(&self, prefix: &str) -> Option<Place> {
        prefix.bytes().try_fold(ROOT, |node, byte| self.child(node, byte)).map(Place)
    }

    /// The id of the longest piece that `word` begins with, spelt from `place`, and how many bytes it takes; at
    /// least one.
    pub(super) fn longest(&self, place: Place, word: &[u8]) -> Option<(u32, usize)> {
        let (mut node, mut longest) = (place.0, None);
        for (at, &byte) in word.iter().enumerate() {
            let Some(child) = self.child(node, byte) else { break };
            node = child;
            let id = self.nodes[node].id;
            if id != NO_PIECE {
                longest = Some((id, at + 1));
            }
        }
        longest
    }

    fn child(&self, node: usize, byte: u8) -> Option<usize> {
        let first = self.nodes[node].children as usize;
        let end = self.nodes[node + 1].children as usize;
        self.bytes[first..end].binary_search(&byte).ok().map(|child| first + child)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every beginning is tried, the longest first.
    fn slow(pieces: &[String], prefix: &str, word: &str) -> Option<(u32, usize)> {
        let mut ends = (1..=word.len()).rev().filter(|&end| word.is_char_boundary(end));
        ends.find_map(|end| {
            let id = pieces.iter().position(|piece| *piece == format!("{prefix}{}", &word[..end]))?;
            Some((id as u32, end))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn finds_the_longest(
            pieces in prop::collection::btree_set("(##)?[abé東]{0,4}", 0..40),
            word in "[abé東]{0,9}",
        ) {
            // In an order that is not the sorted one.
            let pieces: Vec<String> = pieces.into_iter().rev().collect();
            let vocabulary = Vocabulary::new(pieces.iter().map(String::as_str)).unwrap();
            for (id, piece) in pieces.iter().enumerate() {
                prop_assert_eq!(vocabulary.id(piece), Some(id as u32));
            }
            prop_assert_eq!(vocabulary.longest(Vocabulary::START, word.as_bytes()), slow(&pieces, "", &word));
            let continued = vocabulary.place("##").and_then(|place| vocabulary.longest(place, word.as_bytes()));
            prop_assert_eq!(continued, slow(&pieces, "##", &word));
        }
    }
}
