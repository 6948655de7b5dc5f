//! The makers of attributions, rules and model: their names, what they read, and how often they are right.
//!
//! A score is the share of a maker's rows that match the gold of PolNeAR by the measure `attribution` (half of the
//! content and some of the source are shared), rounded to two decimals. The rows are those that Citron's form can
//! hold ([`crate::wire::citron::held`]). `cargo run --release -p onrecord-eval -- quote --write` measures it and
//! writes `eval/quote-makers.csv`; with `--check` in place of `--write` it fails on a score here that is not the
//! share there.
//!
//! - The rules are measured on the training split, read by rules alone ([`crate::Engine::by_rules`]): the model has
//!   seen the gold of that split, and takes from the rules there what they get wrong.
//! - `quote/model/…` is measured on the dev split, read by the whole program. The model was chosen on that split, so
//!   that its scores flatter it a little.
//! - `quote/model/direct` is not measured: it has fewer than 20 rows on the dev split. Its score is a caution, below
//!   that of the model's other rows.
//! - `quote/transcript`: the annotators left whole interviews unmarked, so its rows count in the articles where they
//!   marked a turn with its label. Its few rows where nobody speaks, such as a count of votes for each name, fall out
//!   with them: the share flatters it.
//! - `quote/signed` is not measured: it has fewer than 20 rows on the training split. Its score is a caution, below
//!   that of every rule that is measured.
//! - `quote/turn` is not measured: it has no cue, which Citron's form demands. Its score is a caution: its speaker is
//!   never stated, only inferred.

use crate::read::Maker;

pub(super) const SIGNED: Maker = Maker { rule: "quote/signed", reads: "“…” ― Ana Roz", score: 0.60 };
pub(super) const LABELLED: Maker = Maker { rule: "quote/labelled", reads: "Ruiz: “…”", score: 0.74 };
pub(super) const CUE_AFTER: Maker =
    Maker { rule: "quote/cue-after", reads: "“…,” said Ruiz", score: 0.95 };
pub(super) const CUE_BETWEEN: Maker =
    Maker { rule: "quote/cue-between", reads: "The plan, Ruiz said, is “a farce.”", score: 0.82 };
pub(super) const CUE_BEFORE: Maker =
    Maker { rule: "quote/cue-before", reads: "Ruiz said, “…”", score: 0.83 };
pub(super) const CLAUSE: Maker =
    Maker { rule: "quote/clause", reads: "Ruiz said the plan was “a farce” for all", score: 0.81 };
pub(super) const CALLED: Maker =
    Maker { rule: "quote/called", reads: "Ruiz called it “a farce.”", score: 0.69 };
pub(super) const ACCORDING_TO: Maker =
    Maker { rule: "quote/according-to", reads: "According to Ruiz, the plan is “a farce.”", score: 0.82 };
pub(super) const INTRODUCED: Maker = Maker {
    rule: "quote/introduced",
    reads: "a frame and a colon that end a paragraph, and the quotation that begins the next",
    score: 0.88,
};
pub(super) const TURN: Maker = Maker {
    rule: "quote/turn",
    reads: "a quotation without a frame: whoever spoke last goes on",
    score: 0.50,
};
pub(super) const TRANSCRIPT: Maker = Maker {
    rule: "quote/transcript",
    reads: "a paragraph of a transcript or an interview: RUIZ: We will open in May.",
    score: 0.97,
};
pub(super) const COLON: Maker =
    Maker { rule: "quote/colon", reads: "She turned to the crowd again: “…”", score: 0.66 };
pub(super) const MODEL_DIRECT: Maker =
    Maker { rule: "quote/model/direct", reads: "what the model marks, all of it inside marks", score: 0.71 };
pub(super) const MODEL_MIXED: Maker = Maker {
    rule: "quote/model/mixed",
    reads: "Ruiz feared that the plan would prove “a farce” for all",
    score: 0.82,
};
pub(super) const MODEL_INDIRECT: Maker =
    Maker { rule: "quote/model/indirect", reads: "Ruiz doubts that the pier will open", score: 0.72 };
