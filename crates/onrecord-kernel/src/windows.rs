//! Which pieces the encoder sees at once.
//!
//! In: how many pieces there are, and where paragraphs and sentences begin. Out: [`Window`]s that cover each piece once,
//! and the sentences in each. It never looks at a piece. Next: `encoder.rs`.

use std::ops::Range;

use crate::limits::{OVERLAP, WINDOW};

/// Pieces that the encoder sees together, and for which of them it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) sees: Range<usize>,
    pub(crate) answers: Range<usize>,
}

/// Whole paragraphs, as many as fit; a longer one is cut with an overlap of which each side answers for its half.
///
/// `paragraphs` are the first pieces of paragraphs, in order, the first of them 0.
pub(crate) fn windows(pieces: usize, paragraphs: &[u32]) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut begin = 0;
    let ends = paragraphs.iter().skip(1).map(|&piece| piece as usize).chain([pieces]);
    for (&left, right) in paragraphs.iter().zip(ends) {
        let left = left as usize;
        if right - begin <= WINDOW {
            continue;
        }
        if left > begin {
            windows.push(Window { sees: begin..left, answers: begin..left });
            begin = left;
        }
        let mut answered = begin;
        while right - begin > WINDOW {
            let end = begin + WINDOW;
            windows.push(Window { sees: begin..end, answers: answered..end - OVERLAP / 2 });
            begin = end - OVERLAP;
            answered = end - OVERLAP / 2;
        }
        if answered > begin {
            windows.push(Window { sees: begin..right, answers: answered..right });
            begin = right;
        }
    }
    if begin < pieces {
        windows.push(Window { sees: begin..pieces, answers: begin..pieces });
    }
    windows
}

/// The sentences in what a window sees, as far as it does, counted from its first piece.
///
/// `sentences` are the first pieces of sentences, in order.
pub(crate) fn parts(sees: &Range<usize>, sentences: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let sees = sees.clone();
    let inside = |limit: usize| sentences.partition_point(move |&piece| piece as usize <= limit);
    let cuts = sentences[inside(sees.start)..inside(sees.end - 1)].iter().map(|&piece| piece as usize);
    let begins = std::iter::once(sees.start).chain(cuts.clone());
    let ends = cuts.chain(std::iter::once(sees.end));
    begins.zip(ends).map(move |(begin, end)| begin - sees.start..end - sees.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_stay_together_while_they_fit() {
        let found = windows(300, &[0, 100, 254, 260]);
        let expected = [0..254, 254..300].map(|all| Window { sees: all.clone(), answers: all });
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_paragraph_is_cut() {
        let found = windows(400, &[0, 10]);
        let expected = [
            Window { sees: 0..10, answers: 0..10 },
            Window { sees: 10..264, answers: 10..232 },
            Window { sees: 200..400, answers: 232..400 },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_are_cut_where_the_window_is() {
        let found = |sees: Range<usize>| parts(&sees, &[0, 4, 9, 12]).collect::<Vec<_>>();
        assert_eq!(found(0..15), [0..4, 4..9, 9..12, 12..15]);
        assert_eq!(found(4..9), [0..5]);
        assert_eq!(found(5..11), [0..4, 4..6]);
    }

    proptest! {
        #[test]
        fn each_piece_is_answered_for_once(lengths in prop::collection::vec(1..700_usize, 0..12)) {
            let starts = lengths.iter().scan(0, |at, length| {
                let start = *at as u32;
                *at += length;
                Some(start)
            });
            let starts: Vec<u32> = starts.collect();
            let pieces = lengths.iter().sum();
            let found = windows(pieces, &starts);
            let answered: Vec<usize> = found.iter().flat_map(|window| window.answers.clone()).collect();
            prop_assert_eq!(answered, (0..pieces).collect::<Vec<_>>());
            for Window { sees, answers } in found {
                prop_assert!(sees.len() <= WINDOW && sees.start <= answers.start && answers.end <= sees.end);
            }
        }
    }
}
