//! Is the end of an article read as well as its beginning?
//!
//! In: scored articles. Out: for each fifth of an article, how many attributions of either side begin there and how
//! many of them match by the measure `attribution`. It never splits an attribution: its first character of content
//! tells its fifth. A pair may stand in two fifths, where its two sides begin apart: recall goes by the gold,
//! precision by the prediction. Read on in [`crate::table`].

use std::ops::AddAssign;

use crate::score::counts::Tally;
use crate::score::{Scored, Text, Weighed};

/// Into how many parts of the same length an article is cut.
pub const PARTS: usize = 5;

/// The attributions of one article, or of many, by the fifth in which they begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Positions(pub [Tally; PARTS]);

impl Positions {
    /// Counts one article.
    pub fn of(text: &Text, scored: &Scored<'_>) -> Positions {
        let Scored { gold, predicted, matched, .. } = scored;
        let mut parts = [Tally::default(); PARTS];
        for attribution in gold {
            parts[part(attribution, text)].gold += 1;
        }
        for attribution in predicted {
            parts[part(attribution, text)].predicted += 1;
        }
        for pair in matched {
            parts[part(&gold[pair.gold], text)].found += 1;
            parts[part(&predicted[pair.predicted], text)].hits += 1;
        }
        Positions(parts)
    }
}

/// The part in which the content begins, counted from 0.
fn part(attribution: &Weighed<'_>, text: &Text) -> usize {
    let starts = attribution.attribution.content.iter().map(|piece| piece.start);
    let start = starts.min().expect("only attributions with content are weighed");
    PARTS * start / text.chars.len()
}

impl AddAssign for Positions {
    fn add_assign(&mut self, other: Positions) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum += more;
        }
    }
}
