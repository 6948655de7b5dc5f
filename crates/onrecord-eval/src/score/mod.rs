//! How much of what people marked was found, and how much of what was found did they mark?
//!
//! In: a text, its gold attributions and the predicted ones. Out: [`Counts`], which add up over articles, and from
//! them [`Report`]. It never weighs articles: every figure is over all of them together.
//!
//! The measures:
//!
//! - `token`: every token (a run of word characters, or one other visible character) has one tag: cue, source,
//!   content or none. Where spans of several roles cover a token, the order is cue, source, content.
//! - `exact`: the set of spans of a role. `trimmed`: the same after taking quotation marks, white space and
//!   `. , ; : ! ?` off both ends.
//! - `attribution`: a prediction and a gold attribution match when the intersection over union (IoU) of the visible
//!   characters of their contents is at least [`MIN_IOU`] and their sources share a visible character, or neither
//!   has a source. Matching is one to one: best IoU first, then the earlier prediction, then the earlier gold.
//!   `content` ignores the source. `strict` wants [`STRICT_IOU`] and sources that are equal when trimmed.
//!   Gold attributions without content are left out; their number is reported.
//! - kinds: by the letters and digits of the content that stand inside quotation marks ([`marks`]): all are
//!   direct, none are indirect, else mixed. Recall of a kind is over the gold attributions of that kind, precision
//!   over the predictions of that kind.
//! - source accuracy: of the pairs matched on `content`, the share whose sources match, are equal when trimmed,
//!   and whose cues share a visible character.
//!
//! These are the definitions of the `score.py` beside this crate's tests, and the figures agree to the last digit;
//! a test holds the two together. Read on in [`text`], then [`counts`].

pub mod text;
pub mod marks;
pub mod matching;
pub mod counts;
pub mod report;
pub mod bootstrap;
pub mod coref;
pub mod names;
pub mod mention;
pub mod gap;
pub mod person;
pub mod calibration;
pub mod speaker;
pub mod post;
pub mod ground;
pub mod time;

pub use counts::Counts;
pub use marks::Kind;
pub use matching::{Matched, Weighed};
pub use report::Report;
pub use text::Text;

use crate::Attribution;

/// The least intersection over union of the contents of two attributions that match.
pub const MIN_IOU: f64 = 0.5;

/// The same for the `strict` measure.
pub const STRICT_IOU: f64 = 0.9;

/// What is known of one article after scoring it.
#[derive(Clone, Debug)]
pub struct Scored<'a> {
    /// The gold attributions that have content.
    pub gold: Vec<Weighed<'a>>,
    /// The predicted attributions that have content.
    pub predicted: Vec<Weighed<'a>>,
    /// The pairs that the `attribution` measure matches.
    pub matched: Vec<Matched>,
    /// All counts.
    pub counts: Counts,
}

/// Scores one article.
///
/// ```
/// use onrecord_eval::score::{Text, score};
/// use onrecord_eval::{Attribution, Span};
///
/// let text = Text::new("“We open in May,” said Dana Ruiz.");
/// let gold = [Attribution {
///     cue: vec![Span::new(18, 22)],
///     source: vec![Span::new(23, 32)],
///     content: vec![Span::new(0, 17)],
/// }];
/// let nothing = score(&text, &gold, &[]);
/// assert_eq!(nothing.matched.len(), 0);
/// let all = score(&text, &gold, &gold);
/// assert_eq!(all.matched.len(), 1);
/// ```
pub fn score<'a>(text: &Text, gold: &'a [Attribution], predicted: &'a [Attribution]) -> Scored<'a> {
    let mut counts = Counts::default();
    counts.tokens(text, gold, predicted);
    counts.spans(text, gold, predicted);
    counts.gold_without_content = gold.iter().filter(|attribution| attribution.content.is_empty()).count();

    let gold = Weighed::all(text, gold);
    let predicted = Weighed::all(text, predicted);
    let matched = counts.attributions(text, &gold, &predicted);
    Scored { gold, predicted, matched, counts }
}

/// The share of a part; nothing of nothing is 0, as in `score.py`.
#[expect(clippy::cast_precision_loss, reason = "counts of characters stay far below 2⁵³")]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
