//! What English words say of people: pronouns, honorifics, nouns with a gender, nicknames.
//!
//! In: a word as it stands in the text. Out: what it tells. It knows no context.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::lexicon::{Class, look_up};
use super::rows;

/// What a pronoun says of whom it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pronoun {
    pub(crate) person: Person,
    pub(crate) gender: Option<PronounGender>,
    pub(crate) plural: bool,
}

/// The grammatical person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    First,
    Second,
    Third,
}

/// What the third person singular tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PronounGender {
    Feminine,
    Masculine,
    Thing,
}

/// Classes of nouns, as `person.tsv` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    Feminine,
    Masculine,
    /// One person, of either gender: "a neighbor".
    One,
    /// People as one: "the couple".
    Several,
    /// A body that is no name: "police".
    Body,
    /// People whom reporters know and do not name: "a source".
    Unnamed,
    /// A word before a noun that makes it a class of people: "some".
    Vague,
    /// What is written and says something.
    Document,
    /// Who is told something and has no name.
    Hearer,
}

/// What a word is as a pronoun.
pub(crate) fn pronoun(word: &str) -> Option<Pronoun> {
    use Person::{First, Second, Third};
    use PronounGender::{Feminine, Masculine, Thing};
    // "US" is a country, "HE" a shout.
    if word.len() > 1 && word.chars().all(char::is_uppercase) {
        return None;
    }
    let (person, gender, plural) = match &*word.to_lowercase() {
        "i" | "me" | "my" | "mine" | "myself" => (First, None, false),
        "we" | "us" | "our" | "ours" | "ourselves" => (First, None, true),
        "you" | "your" | "yours" | "yourself" | "yourselves" => (Second, None, false),
        "he" | "him" | "his" | "himself" => (Third, Some(Masculine), false),
        "she" | "her" | "hers" | "herself" => (Third, Some(Feminine), false),
        "it" | "its" | "itself" => (Third, Some(Thing), false),
        "they" | "them" | "their" | "theirs" | "themselves" => (Third, None, true),
        _ => return None,
    };
    (word != "i").then_some(Pronoun { person, gender, plural })
}

/// Whether a word is an honorific or a title before a name.
pub(crate) fn is_title(word: &str) -> bool {
    look_up(word).is(Class::Title)
}

/// Whether two words are a title of which a body's name before them does not own the first: "House" "Majority Leader".
pub(crate) fn is_title_pair(first: &str, second: &str) -> bool {
    match second {
        "Secretary" => matches!(first, "Press" | "Foreign" | "Defense" | "Treasury"),
        "Leader" => matches!(first, "Majority" | "Minority" | "Opposition"),
        "Whip" => matches!(first, "Majority" | "Minority" | "Chief"),
        "General" => matches!(first, "Attorney" | "Secretary" | "Director" | "Surgeon"),
        "President" => first == "Vice",
        "Minister" => matches!(first, "Prime" | "Foreign" | "Finance" | "Interior" | "Defense" | "Defence"),
        "Director" => matches!(first, "Communications" | "Executive" | "Managing"),
        _ => false,
    }
}

/// Whether an honorific is that of a woman (true) or a man (false).
pub(crate) fn honorific_of_woman(title: &str) -> Option<bool> {
    match title {
        "Mrs." | "Mrs" | "Ms." | "Ms" | "Miss" | "Lady" | "Dame" | "Madam" | "Queen" | "Princess"
        | "Sister" | "Congresswoman" | "Chairwoman" | "Spokeswoman" | "Councilwoman" => Some(true),
        "Mr." | "Mr" | "Sir" | "Lord" | "King" | "Prince" | "Father" | "Fr." | "Brother" | "Congressman"
        | "Chairman" | "Spokesman" | "Councilman" | "Pope" => Some(false),
        _ => None,
    }
}

static NOUNS: LazyLock<Vec<(&str, Noun)>> = LazyLock::new(|| {
    let classed = |(class, words): (&str, &'static str)| {
        let noun = match class {
            "feminine" => Noun::Feminine,
            "masculine" => Noun::Masculine,
            "one" => Noun::One,
            "several" => Noun::Several,
            "body" => Noun::Body,
            "unnamed" => Noun::Unnamed,
            "vague" => Noun::Vague,
            "document" => Noun::Document,
            "hearer" => Noun::Hearer,
            other => unreachable!("person.tsv names the class {other:?}"),
        };
        words.split(' ').map(move |word| (word, noun))
    };
    let mut table: Vec<_> = rows(include_str!("person.tsv")).flat_map(classed).collect();
    table.sort_by_key(|&(word, _)| word);
    table
});

/// The class of a noun; none has two.
pub(crate) fn noun(word: &str) -> Option<Noun> {
    let word = word.to_lowercase();
    let table = &*NOUNS;
    table.binary_search_by_key(&word.as_str(), |&(w, _)| w).ok().map(|at| table[at].1)
}

static NICKNAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let pairs = rows(include_str!("nickname.tsv"));
    let mut table: Vec<_> =
        pairs.flat_map(|(name, short)| short.split(' ').map(move |short| (name, short))).collect();
    table.sort_unstable();
    table
});

/// Whether one given name is a short form of the other: "William" and "Bill".
pub(crate) fn is_nickname(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let known = |name: &str, short: &str| NICKNAMES.binary_search(&(name, short)).is_ok();
    known(&one, &other) || known(&other, &one)
}

/// Whether a word behind "Secretary of" is what the secretary heads.
pub(crate) fn is_department(word: &str) -> bool {
    matches!(
        word,
        "State"
            | "Defense"
            | "Defence"
            | "Labor"
            | "Commerce"
            | "Education"
            | "Energy"
            | "Agriculture"
            | "War"
            | "Transportation"
            | "Health"
            | "Justice"
    )
}

/// Whether the last word of a name tells its bearers of one name apart: "Jr.", "III".
pub(crate) fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "2nd" | "3rd")
}

/// The number that a word tells: "two", "12".
pub(crate) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let word = word.to_lowercase();
    WORDS.iter().position(|&known| known == word).map(|at| at as u32).or_else(|| word.parse().ok())
}

/// Whether a body is called by the name before this word: "the Brandt campaign".
pub(crate) fn is_ones_body(word: &str) -> bool {
    matches!(word, "administration" | "campaign")
}

/// A name as all ways to write it have it: those of countries, and "Brandt's campaign" as "Brandt campaign".
pub(crate) fn canonical(name: &str) -> Cow<'_, str> {
    let body = name.rsplit_once(' ').filter(|(_, head)| is_ones_body(head));
    let of = body.and_then(|(of, head)| Some((of.strip_suffix("'s").or(of.strip_suffix("’s"))?, head)));
    if let Some((of, head)) = of {
        return Cow::Owned(format!("{of} {head}"));
    }
    Cow::Borrowed(match name {
        "US" | "U.S." | "USA" | "U.S.A." | "United States of America" | "America" => "United States",
        "UK" | "U.K." | "Britain" | "Great Britain" => "United Kingdom",
        "EU" | "E.U." => "European Union",
        "UN" | "U.N." => "United Nations",
        "F.B.I." => "FBI",
        "C.I.A." => "CIA",
        _ => name,
    })
}

/// The ways to say that somebody is not named, that begin with a word.
pub(crate) fn anonymity(first: &str) -> Option<&'static [&'static [&'static str]]> {
    const ON: &[&[&str]] = &[
        &["on", "the", "condition", "of", "anonymity"],
        &["on", "condition", "of", "anonymity"],
        &["on", "the", "condition", "that", "they", "not", "be"],
        &["on", "condition", "they", "not", "be"],
        &["on", "condition", "that"],
        &["on", "the", "condition", "that"],
        &["on", "condition", "he", "not", "be"],
        &["on", "condition", "she", "not", "be"],
    ];
    const NOT: &[&[&str]] = &[
        &["not", "to", "be", "named"],
        &["not", "to", "be", "identified"],
        &["not", "authorized", "to", "speak"],
        &["not", "authorized", "to", "discuss"],
        &["not", "authorised", "to", "speak"],
        &["not", "allowed", "to", "speak"],
    ];
    const ASKED: &[&[&str]] = &[
        &["asked", "not", "to", "be", "named"],
        &["asked", "not", "to", "be", "identified"],
        &["asking", "not", "to", "be", "named"],
        &["asking", "not", "to", "be", "identified"],
        &["asked", "for", "anonymity"],
    ];
    const REQUESTED: &[&[&str]] = &[&["requested", "anonymity"], &["requesting", "anonymity"]];
    const INSISTED: &[&[&str]] = &[&["insisted", "on", "anonymity"], &["insisting", "on", "anonymity"]];
    const DECLINED: &[&[&str]] = &[
        &["declined", "to", "be", "named"],
        &["declined", "to", "be", "identified"],
        &["declined", "to", "give"],
        &["declining", "to", "be", "named"],
    ];
    const ANONYMITY: &[&[&str]] =
        &[&["anonymity", "to"], &["anonymously", "to"], &["anonymously", "because"]];
    match &*first.to_ascii_lowercase() {
        "on" => Some(ON),
        "not" => Some(NOT),
        "asked" | "asking" => Some(ASKED),
        "requested" | "requesting" => Some(REQUESTED),
        "insisted" | "insisting" => Some(INSISTED),
        "declined" | "declining" => Some(DECLINED),
        "anonymity" | "anonymously" => Some(ANONYMITY),
        _ => None,
    }
}

/// Whether a reporting word names whom it is said to behind it: "told reporters".
pub(crate) fn takes_hearer(word: &str) -> bool {
    look_up(word).is(Class::Told)
        || matches!(
            word,
            "urged"
                | "urges"
                | "urging"
                | "asked"
                | "asks"
                | "asking"
                | "called"
                | "ordered"
                | "orders"
                | "begged"
                | "advises"
                | "advising"
                | "warns"
                | "warning"
                | "tweeted"
                | "thanked"
                | "reminding"
                | "implored"
                | "pressed"
                | "pressing"
                | "challenged"
                | "instructed"
                | "notified"
                | "convinced"
                | "persuaded"
        )
}

/// Whether a word ends the noun that heads a source: "a spokesman for", "officials who".
pub(crate) fn ends_noun(word: &str) -> bool {
    let entry = look_up(word);
    matches!(word, "," | "(" | "—" | "–" | "familiar" | "close" | "briefed")
        || entry.is(Class::Relative)
        || entry.is(Class::Preposition)
        || entry.is(Class::Coordinator)
}

/// Whether a noun can stand for people or a body: not a document, a pronoun, a number.
pub(crate) fn is_actor(word: &str) -> bool {
    let entry = look_up(word);
    let closed = [
        Class::Pronoun,
        Class::Personal,
        Class::Relative,
        Class::Demonstrative,
        Class::Determiner,
        Class::Adverb,
    ];
    noun(word) != Some(Noun::Document)
        && !closed.iter().any(|&class| entry.is(class))
        && number(word).is_none()
        && !matches!(
            word,
            "percent" | "majority" | "who" | "which" | "others" | "one" | "some" | "many" | "most" | "all"
        )
}

/// Whether a word is a pronoun that goes on from a noun.
pub(crate) fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "that" | "whom" | "Who" | "Which")
}

/// A party by one letter, whatever it is called: "GOP", "Republican" and "R" are one.
pub(crate) fn party(word: &str) -> Option<char> {
    match word {
        "Democratic" | "Democrat" | "Democrats" | "D" | "Dem" => Some('d'),
        "Republican" | "Republicans" | "GOP" | "G.O.P." | "R" | "Rep" => Some('r'),
        "Libertarian" | "L" => Some('l'),
        "Green" | "G" => Some('g'),
        "Conservative" | "Tory" => Some('c'),
        "Labour" | "Labor" => Some('w'),
        _ => None,
    }
}

/// Whether a word stands for one person whom nobody knows.
pub(crate) fn is_somebody(word: &str) -> bool {
    matches!(&*word.to_lowercase(), "someone" | "somebody" | "one")
}

/// Whether a word that ends a noun goes on from it as a participle: "a study released by".
pub(crate) fn is_participle(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"))
}

/// Whether a word behind a comma goes on with a ground: ", because they feared".
pub(crate) fn gives_ground(word: &str) -> bool {
    matches!(word, "because" | "since" | "citing" | "fearing" | "for" | "given" | "as" | "saying")
}

/// Whether a noun that begins with a word is one person or thing: "a", "another".
pub(crate) fn tells_one(word: &str) -> bool {
    matches!(&*word.to_lowercase(), "a" | "an" | "another" | "one")
}

/// Whether a noun that begins with a word, in lower case, has not been told of before: "some".
pub(crate) fn introduces(word: &str) -> bool {
    matches!(word, "a" | "an" | "another" | "some" | "many" | "several" | "two" | "three" | "other")
}

/// Whether what heads a source stands before a word: "a spokesman for", "officials who".
pub(crate) fn ends_core(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "whose"
            | "which"
            | "that"
            | "for"
            | "from"
            | "with"
            | "in"
            | "at"
            | "on"
            | "to"
            | "by"
            | "about"
            | "near"
            | "close"
            | "familiar"
            | "briefed"
    )
}
