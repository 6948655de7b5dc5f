//! The rules that make attributions: their names, what they read, and how often they are right.
//!
//! A score is the share of a rule's rows that match the gold of the training split of PolNeAR (`onrecord-eval
//! quote --split train --makers`), where source and content overlap as `attribution` in the score table demands.

use crate::read::Maker;

/// `“…” ― Ana Roz`
pub(super) const SIGNED: Maker = Maker { rule: "quote/signed", score: 0.9 };
/// `Ruiz: “…”`
pub(super) const LABELLED: Maker = Maker { rule: "quote/labelled", score: 0.8 };
/// `“…,” said Ruiz.`
pub(super) const CUE_AFTER: Maker = Maker { rule: "quote/cue-after", score: 0.9 };
/// `The plan, Ruiz said, is “a farce.”`
pub(super) const CUE_BETWEEN: Maker = Maker { rule: "quote/cue-between", score: 0.7 };
/// `Ruiz said, “…”`
pub(super) const CUE_BEFORE: Maker = Maker { rule: "quote/cue-before", score: 0.8 };
/// `Ruiz said the plan was “a farce” for all.`
pub(super) const CLAUSE: Maker = Maker { rule: "quote/clause", score: 0.6 };
/// `Ruiz called it “a farce.”`
pub(super) const CALLED: Maker = Maker { rule: "quote/called", score: 0.5 };
/// `According to Ruiz, the plan is “a farce.”`
pub(super) const ACCORDING_TO: Maker = Maker { rule: "quote/according-to", score: 0.8 };
/// A paragraph that ends with a frame and a colon, and the quotation that begins the next.
pub(super) const INTRODUCED: Maker = Maker { rule: "quote/introduced", score: 0.8 };
/// A quotation without a frame: whoever spoke last goes on.
pub(super) const TURN: Maker = Maker { rule: "quote/turn", score: 0.5 };
/// `RUIZ: We will open in May.` as a paragraph of a transcript or an interview.
pub(super) const TRANSCRIPT: Maker = Maker { rule: "quote/transcript", score: 0.8 };
/// `She turned to the crowd again: “…”`
pub(super) const COLON: Maker = Maker { rule: "quote/colon", score: 0.5 };
