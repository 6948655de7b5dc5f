//! The makers of events, links and conditions: their names, what they read, and how often they are right.
//!
//! Scores are shares that were counted: `near by` in `eval/condition.csv` and `eval/cause.csv`; that of verbs is how often
//! their standing is right in `eval/standing.csv`. Those of nouns and of what replaces what are guesses, for want of gold.

use crate::read::Maker;

pub(super) const FRONT: Maker =
    Maker { rule: "cause/if-before", reads: "If the court agrees, the pier will open.", score: 0.82 };
pub(super) const BACK: Maker =
    Maker { rule: "cause/if-behind", reads: "The pier will open if the court agrees.", score: 0.67 };
pub(super) const INVERTED: Maker =
    Maker { rule: "cause/inverted", reads: "Had the court agreed, the pier would be open.", score: 0.8 };
pub(super) const WITHOUT: Maker =
    Maker { rule: "cause/without", reads: "Without the court, the pier would be open.", score: 0.64 };
pub(super) const WISH: Maker = Maker { rule: "cause/wish", reads: "I wish the pier were open.", score: 0.83 };
pub(super) const VERB: Maker = Maker { rule: "cause/verb", reads: "The pier will open.", score: 0.83 };
pub(super) const NOUN: Maker = Maker { rule: "cause/noun", reads: "the opening of the pier", score: 0.7 };
pub(super) const PHRASE: Maker =
    Maker { rule: "cause/phrase", reads: "The leak led to a hearing.", score: 0.37 };
pub(super) const MODEL: Maker =
    Maker { rule: "cause/model", reads: "The mayor quit when the report came out.", score: 0.54 };
pub(super) const POLICY: Maker =
    Maker { rule: "cause/replaces", reads: "The board rescinded the ban.", score: 0.8 };
pub(super) const UNREAL: Maker =
    Maker { rule: "cause/unreal", reads: "The board should have closed the pier.", score: 0.45 };
