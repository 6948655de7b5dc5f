//! English words about causes, conditions and what is real.
//!
//! In: a word, as it stands in the text. Out: its classes, from `word.tsv`, which is parsed once, on first use. A row
//! whose class begins with a capital in its first letter lists verbs by their plain form and holds for all forms of
//! them. It knows no context: whether "over" tells a cause here, `read/cause` decides.

mod lemma;
pub(crate) mod signal;

use std::sync::LazyLock;

use super::rows;

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry(u128);

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal,)*) => {
        /// Classes of words; a word may belong to several. `word.tsv` names them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $($(#[$doc])* $class,)* }

        const CLASSES: &[(&str, Class)] = &[$(($name, Class::$class),)*];
    };
}

classes! {
    /// "if".
    If "if",
    /// "unless".
    Unless "unless",
    /// "as", "even": before "if" it is none.
    NoIf "no-if",
    /// "only", "just", which belong to the "if" behind them.
    OnlyIf "only-if",
    /// It asks for what the clause behind "if" says: "ask", "sure", "unclear".
    Asks "asks",
    /// The same for verbs, in any form.
    AskVerb "Asks",
    /// "whether": what stands behind is asked.
    Whether "whether",
    /// "had", which can stand before its subject.
    Had "had",
    /// "were".
    Were "were",
    /// "should".
    Should "should",
    /// "would", "could", "might".
    Would "would",
    /// "will", "can", "may", "must".
    Will "will",
    /// "then".
    Then "then",
    /// "that".
    That "that",
    /// "not", "never".
    Not "not",
    /// "no", "nobody", "nothing": a denial in a noun.
    No "no",
    /// "for" in "if not for".
    For "for",
    /// "without".
    Without "without",
    /// "but" in "but for".
    But "but",
    /// "and".
    And "and",
    /// "or".
    Or "or",
    /// It opens a clause that says no more of the consequence: "which", "because".
    Aside "aside",
    /// "wish".
    Wish "Wish",
    /// "that way", "then": what comes follows from what stands in the sentence before.
    Way "way",
    /// Verbs that say nothing of a happening: "be", "have", "seem".
    State "State",
    /// Forms of "be".
    Be "be",
    /// Forms of "have".
    Have "have",
    /// Forms of "do".
    Do "do",
    /// Forms of "get".
    Get "get",
    /// What an infinitive behind it is not yet: "plan", "vow", "expect".
    Plan "Plan",
    /// The same of nouns and adjectives: "plans to", "ready to".
    Planned "planned",
    /// What an infinitive behind it does not come to: "fail", "refuse".
    Fail "Fail",
    /// The same of nouns and adjectives: "unable to".
    Failed "failed",
    /// What an infinitive behind it is bidden: "order", "tell", "urge".
    Bid "Bid",
    /// The same of nouns: "orders to".
    Bidden "bidden",
    /// What an infinitive behind it may be: "want", "try", "seem".
    Try "Try",
    /// The same of nouns and adjectives: "able to", "likely to".
    Likely "likely",
    /// A verb whose infinitive has its own standing: "begin", "manage", "continue".
    Come "Come",
    /// Verbs whose object or clause does not come: "prevent", "avoid".
    Prevent "Prevent",
    /// "instead of", "rather than", "without": what stands behind is not so.
    Instead "instead",
    /// "perhaps", "possibly": it may be so.
    Perhaps "perhaps",
    /// "will" as a full future: "will", "shall", "'ll".
    Shall "shall",
    /// "can", "may", "might", "could".
    May "may",
    /// "must", "should", "ought".
    Must "must",
    /// A noun that names a happening: "strike", "launch".
    Happening "happening",
    /// A word before a noun that says that it is to come: "planned", "upcoming".
    Coming "coming",
    /// A word before a noun that says that it may be: "possible", "alleged".
    Possible "possible",
    /// Verbs of thinking and saying under which a clause stands: "think", "say".
    Say "Say",
    /// Verbs that deny their clause: "deny".
    Deny "Deny",
    /// Verbs that want their clause or object: "want", "demand".
    Want "Want",
    /// A preposition that a noun phrase goes on with.
    Of "of",
    /// Verbs whose subject or object is still to come: "delay", "schedule", "request".
    Put "Put",
    /// "including".
    Including "including",
    /// "before", "until": what stands behind comes later.
    Earlier "earlier",
    /// Verbs of acts that bind: "order".
    Orders "Orders",
    /// "issue".
    Issue "Issue",
    /// "sign".
    Sign "Sign",
    /// Verbs that bring an act back: "reinstate".
    Revive "Revive",
    /// Verbs that put an act above another: "override".
    Override "Override",
    /// Verbs that undo an act: "rescind".
    Rescind "Rescind",
    /// "roll back", "reverse".
    RollBack "RollBack",
    /// Verbs that stop an act: "suspend".
    Blocks "Blocks",
    /// "extend".
    Extend "Extend",
    /// An act only with "back" behind it.
    NeedsBack "NeedsBack",
    /// An act only with "down" behind it.
    NeedsDown "NeedsDown",
    /// A noun of what binds: "order", "ban", "law".
    Instrument "instrument",
    /// "should", "could": with "have" and a participle they tell what was not done.
    Unreal "unreal",
    /// "so".
    So "so",
    /// "by", before who did it.
    By "by",
    /// "going", "used", "ought": an infinitive behind it is the verb.
    Going "going",
    /// "way", "case" in "that way", "in that case".
    Case "case",
    /// A relative word that opens a clause without a head: "what".
    Free "free",
    /// Behind "if" it makes none: "if any", "if not".
    IfAny "if-any",
    /// "ever", "anything".
    Ever "ever",
    /// "there".
    There "there",
    /// "it".
    It "it",
    /// A subject of one: "I", "he", "it".
    One "one",
    /// It stands for a clause: "if necessary".
    Needed "needed",
    /// The first word of "provided that", "as long as", "in case".
    Given "given",
    /// A word that opens a subject: "he", "the".
    Opens "opens",
    /// "than".
    Than "than",
    /// "perfect", "different" of a world that is not this one.
    Other "other",
    /// "world", "circumstances".
    World "world",
    /// A pronoun that is a subject and no object: "he".
    Subject "subject",
    /// What a long time is told in: a week after something, an effect of it has mostly been told of.
    Measure "measure",
    /// A word that opens a phrase of what is known: "the", "its".
    Definite "definite",
}

impl Entry {
    pub(crate) fn is(self, class: Class) -> bool {
        self.0 & (1 << class as u128) != 0
    }

    pub(crate) fn with(self, class: Class) -> Entry {
        Entry(self.0 | 1 << class as u128)
    }

    pub(crate) fn is_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.is(class))
    }
}

/// Whether a noun names a happening, as its ending shows: "replacement", "delivery" stands in the list.
pub(crate) fn names_happening(lower: &str) -> bool {
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    singular.len() > 6 && ENDINGS.iter().any(|ending| singular.ends_with(ending))
}

/// Whether a form is a past that no rule makes: "overrode".
pub(crate) fn is_past(lower: &str) -> bool {
    lemma::is_irregular(lower)
}

/// Whether a verb of the tables has this plain form: "agree".
pub(crate) fn is_verb(lower: &str) -> bool {
    find(lower, true) != Entry::default() || crate::lang::en::look_up(lower).is(crate::lang::en::Class::Base)
}

const ENDINGS: [&str; 7] = ["ation", "ition", "ction", "sion", "ement", "ution", "ption"];

/// Looks a word up, given in small letters.
pub(crate) fn look_up(lower: &str) -> Entry {
    let mut entry = find(lower, false);
    lemma::each(lower, |lemma| entry.0 |= find(lemma, true).0);
    entry
}

fn find(word: &str, is_lemma: bool) -> Entry {
    let table = &*TABLE;
    let at = table.binary_search_by(|row| row.0.cmp(word).then(row.1.cmp(&is_lemma)));
    at.map_or(Entry::default(), |at| table[at].2)
}

static TABLE: LazyLock<Vec<(&str, bool, Entry)>> = LazyLock::new(|| {
    let mut words: Vec<(&str, bool, Entry)> = Vec::new();
    for (class, list) in rows(include_str!("word.tsv")) {
        let known = CLASSES.iter().find(|(name, _)| *name == class);
        let (_, known) = known.unwrap_or_else(|| unreachable!("word.tsv names the class {class:?}"));
        let is_lemma = class.starts_with(char::is_uppercase);
        words.extend(list.split(' ').map(|word| (word, is_lemma, Entry(1 << *known as u128))));
    }
    words.sort_by_key(|&(word, is_lemma, _)| (word, is_lemma));
    words.dedup_by(|later, first| {
        let same = (later.0, later.1) == (first.0, first.1);
        first.2.0 |= if same { later.2.0 } else { 0 };
        same
    });
    words
});

#[cfg(test)]
mod tests {
    use super::{Class, look_up};

    #[test]
    fn forms_of_verbs() {
        for form in ["vow", "vows", "vowed", "vowing"] {
            assert!(look_up(form).is(Class::Plan), "{form}");
        }
        for form in ["denies", "denied", "denying", "deny"] {
            assert!(look_up(form).is(Class::Deny), "{form}");
        }
        assert!(look_up("sought").is(Class::Try) && look_up("planning").is(Class::Plan));
        assert!(!look_up("denim").is(Class::Deny));
    }
}
