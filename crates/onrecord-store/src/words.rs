//! Words that stand in many rows, such as kinds and makers, as numbers.
//!
//! In: a word. Out: its number, by which rows name it, and back. Which words have one belongs to the version of the
//! schema: the table `words` of a record has the same. Any other word is kept as it is, so a word that is missing here
//! costs some bytes and nothing else. Words are added behind the last, with a new step of [`crate::schema`].

use std::collections::HashMap;
use std::sync::LazyLock;

/// The words by their numbers, from 1; the frequent ones first, whose numbers are short.
pub(crate) const WORDS: &[&str] = &[
    "event", "cause/verb", "happened", "name", "nominal", "pronoun", "positive", "say", "people/noun",
    "people/same-name", "people/name", "group", "named", "people/model/pronoun", "speaker/name", "indirect",
    "quote/model/indirect", "denied", "DATE", "organization", "expected", "person", "direct", "cause",
    "quote/cue-after", "cause/turn", "cause/noun", "speaker/unnamed", "people/model/noun", "place", "published",
    "people/same-noun", "conditional", "possible", "speaker/pronoun", "mixed", "quote/model/mixed", "cause/phrase",
    "people/quoted-i", "people/pronoun", "time/weekday", "people/one-voice", "time/year", "all", "if",
    "post/before-name", "quote/cue-before", "unnamed", "cause/if-behind", "negative", "time/month", "purpose",
    "former", "masculine", "document", "speaker/document", "time/step", "ongoing", "ordered", "post/relative",
    "time/offset", "feminine", "ask", "DURATION", "time/season", "current", "time/duration", "want", "time/vague",
    "people/short-name", "post/apposition", "TIME", "speaker/noun", "people/apposition", "before", "believe",
    "cause/if-before", "know", "unstated", "time/clock", "time/day-part", "time/day", "nominee", "SET", "time/set",
    "post/nominal", "policy", "people/title", "time/today", "time/holiday", "post/is", "post/before-name/party",
    "speaker/unstated", "quote/signed", "doubt", "time/age", "candidate", "post/description", "quote/model/direct",
    "deny", "END", "replaces", "cause/replaces", "counterfactual", "time/range", "prevent", "quote/transcript",
    "enable", "MORE_THAN", "issue", "START", "quote/turn", "post/parenthesis", "people/is", "speaker/running",
    "LESS_THAN", "order", "quote/introduced", "quote/clause", "quote/called", "unless", "cause/unreal", "future",
    "roll_back", "rescind", "post/as", "override", "post/of", "quote/colon", "MID", "sign", "any", "time/numeric",
    "APPROX", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "cause/inverted", "cause/wish", "quote/labelled", "extend", "interim",
    "acting", "elect", "cause/without", "quote/cue-between", "revive", "block", "quote/according-to", "post",
    "people/sample", "time/nth", "time/quarter", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "value", "status",
    "speakers", "standing", "since", "until", "title", "language", "publisher", "url",
];

static NUMBERS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| (1..).zip(WORDS).map(|(n, word)| (*word, n)).collect());

/// The number of a word that has one.
pub(crate) fn number(word: &str) -> Option<u16> {
    NUMBERS.get(word).copied()
}

/// The word with a number.
pub(crate) fn word(number: i64) -> Option<&'static str> {
    WORDS.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_number() {
        for (at, expected) in (1..).zip(WORDS) {
            assert_eq!(word(at), Some(*expected));
            assert_eq!(number(expected).map(i64::from), Some(at), "{expected} stands there twice");
        }
        assert_eq!((word(0), word(-1), word(10_000), number("no word")), (None, None, None, None));
    }
}
