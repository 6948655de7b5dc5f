//! English: every word and pattern that the readings need, as tables and the questions asked of them.
//!
//! In: a word, as it stands in the text. Out: what is known of it. Tables are TSV files beside this one, each
//! with its origin; they are parsed once, on first use.

pub(crate) mod cause;
mod date;
mod lexicon;
pub(crate) mod name;
pub(crate) mod part;
pub(crate) mod people;
pub(crate) mod post;
mod stance;
pub(crate) mod time;

pub(crate) use date::month_day_year;
pub(crate) use lexicon::{Class, Entry, Introduces, is_pair, look_up};
pub(crate) use post::{
    Trait, Traits, is_owner, is_suffix, party_letter, singular, spelled_out, traits, traits_of_pair,
};
pub(crate) use stance::{Sense, sense};

use std::sync::LazyLock;

/// Whether an abbreviation can be the last word of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Abbreviation {
    /// A name follows it.
    BeforeName,
    /// A number follows it; before anything else it is a word of its own.
    BeforeNumber,
    /// It may stand anywhere.
    Anywhere,
}

static ABBREVIATIONS: LazyLock<Vec<(&str, Abbreviation)>> = LazyLock::new(|| {
    let mut table: Vec<_> = rows(include_str!("abbreviation.tsv"))
        .flat_map(|(class, words)| {
            let kind = match class {
                "name" => Abbreviation::BeforeName,
                "number" => Abbreviation::BeforeNumber,
                "any" => Abbreviation::Anywhere,
                other => unreachable!("abbreviation.tsv names the class {other:?}"),
            };
            words.split(' ').map(move |word| (word, kind))
        })
        .collect();
    table.sort_by_key(|&(word, _)| word);
    table
});

/// Whether a full stop behind `word` belongs to it as an abbreviation; `after` is the text behind the stop.
pub(crate) fn keeps_stop(word: &str, after: &str) -> bool {
    match abbreviation(word) {
        Some(Abbreviation::BeforeNumber) => after.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        Some(_) => true,
        None => false,
    }
}

/// The length of an abbreviation with a stop inside that `text` begins with, where its letters alone do not show it:
/// "Ph.D."
pub(crate) fn dotted_abbreviation(text: &str) -> Option<usize> {
    ["Ph.D.", "Ed.D."].iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

fn abbreviation(word: &str) -> Option<Abbreviation> {
    let table = &*ABBREVIATIONS;
    table.binary_search_by_key(&word, |&(w, _)| w).ok().map(|at| table[at].1)
}

/// Whether an abbreviation, given with its stop, can end a sentence.
pub(crate) fn may_end_sentence(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let one_initial = word.chars().count() == 1;
    !one_initial && !matches!(abbreviation(word), Some(Abbreviation::BeforeName | Abbreviation::BeforeNumber))
}

/// Whether a word that begins with a capital is one that begins sentences, rather than a name.
pub(crate) fn begins_sentence(word: &str) -> bool {
    look_up(word).is(Class::Sentence)
}

/// Whether a mark ends a sentence.
pub(crate) fn ends_sentence(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…")
}

/// Whether a word opens a noun phrase.
pub(crate) fn is_determiner(word: &str) -> bool {
    look_up(word).is(Class::Determiner) || look_up(&word.to_lowercase()).is(Class::Determiner)
}

/// Whether a word is a possessive ending.
pub(crate) fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'S" | "’S" | "'" | "’")
}

/// Whether a word is written in capitals, as the place of a date line is.
pub(crate) fn is_all_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether the words before a colon are how a transcript names a speaker.
pub(crate) fn is_speaker_label(label: &str) -> bool {
    is_all_capitals(label) || look_up(label).is(Class::Label)
}

/// Whether the letters after an apostrophe are a verb or the possessive: `She's`, `they're`.
pub(crate) fn is_clitic(letters: &str) -> bool {
    matches!(letters, "s" | "S" | "re" | "ve" | "ll" | "d" | "m")
}

/// Whether what follows an apostrophe makes a word with its front cut off: `'em`, `'90s`.
pub(crate) fn is_elision(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    (digits == 2 && after[2..].starts_with(['s', ' ', ',', '.']))
        || look_up(&after[..letters]).is(Class::Elided)
}

/// The rows of a table: a class or lemma, and what stands behind the first tab. Lines with `#` are remarks.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}
