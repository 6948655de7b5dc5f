//! The rules that make attributions: their names, what they read, and how often they are right.
//!
//! A score is the share of a rule's rows that match the gold of the training split of PolNeAR by the measure
//! `attribution` (half of the content and some of the source are shared), rounded to two decimals. The rows are those
//! that Citron's form can hold ([`crate::wire::citron::held`]). `cargo run --release -p onrecord-eval -- quote --write`
//! measures it and writes `eval/quote-makers.csv`; with `--check` in place of `--write` it fails on a score here that
//! is not the share there.
//!
//! - `quote/transcript`: the annotators left whole interviews unmarked, so its rows count in the articles where they
//!   marked a turn with its label. Its few rows where nobody speaks, such as a count of votes for each name, fall out
//!   with them: the share flatters it.
//! - `quote/signed` is not measured: it has fewer than 20 rows on the training split. Its score is a caution, below
//!   that of every rule that is measured.
//! - `quote/turn` is not measured: it has no cue, which Citron's form demands. Its score is a caution: its speaker is
//!   never stated, only inferred.

use crate::read::Maker;

/// `“…” ― Ana Roz`
pub(super) const SIGNED: Maker = Maker { rule: "quote/signed", score: 0.60 };
/// `Ruiz: “…”`
pub(super) const LABELLED: Maker = Maker { rule: "quote/labelled", score: 0.74 };
/// `“…,” said Ruiz.`
pub(super) const CUE_AFTER: Maker = Maker { rule: "quote/cue-after", score: 0.94 };
/// `The plan, Ruiz said, is “a farce.”`
pub(super) const CUE_BETWEEN: Maker = Maker { rule: "quote/cue-between", score: 0.81 };
/// `Ruiz said, “…”`
pub(super) const CUE_BEFORE: Maker = Maker { rule: "quote/cue-before", score: 0.81 };
/// `Ruiz said the plan was “a farce” for all.`
pub(super) const CLAUSE: Maker = Maker { rule: "quote/clause", score: 0.80 };
/// `Ruiz called it “a farce.”`
pub(super) const CALLED: Maker = Maker { rule: "quote/called", score: 0.65 };
/// `According to Ruiz, the plan is “a farce.”`
pub(super) const ACCORDING_TO: Maker = Maker { rule: "quote/according-to", score: 0.82 };
/// A paragraph that ends with a frame and a colon, and the quotation that begins the next.
pub(super) const INTRODUCED: Maker = Maker { rule: "quote/introduced", score: 0.85 };
/// A quotation without a frame: whoever spoke last goes on.
pub(super) const TURN: Maker = Maker { rule: "quote/turn", score: 0.50 };
/// `RUIZ: We will open in May.` as a paragraph of a transcript or an interview.
pub(super) const TRANSCRIPT: Maker = Maker { rule: "quote/transcript", score: 0.97 };
/// `She turned to the crowd again: “…”`
pub(super) const COLON: Maker = Maker { rule: "quote/colon", score: 0.64 };
