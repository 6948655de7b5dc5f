//! What English words say of the names that they stand in.
//!
//! In: a word as it stands in the text, or a name. Out: what it tells. It knows no context.

use std::sync::LazyLock;

use super::rows;

/// What a word does in a name, as `name.tsv` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What bodies are called by: "Party".
    Body,
    /// What places are called by: "River".
    Place,
    /// "of", which goes on with a name.
    Linker,
    Article,
    /// "van", inside the names of people.
    Particle,
    /// "Queen", which news never parts from a name of one word.
    Royal,
    /// What has a place's name behind "of": "mayor".
    Seat,
    Country,
    /// A part of a country: "Bavaria".
    Region,
}

static PARTS: LazyLock<Vec<(&str, Part)>> = LazyLock::new(|| {
    let classed = |(class, words): (&str, &'static str)| {
        let part = match class {
            "body" => Part::Body,
            "place" => Part::Place,
            "linker" => Part::Linker,
            "article" => Part::Article,
            "particle" => Part::Particle,
            "seat" => Part::Seat,
            "royal" => Part::Royal,
            "country" => Part::Country,
            "region" => Part::Region,
            other => unreachable!("name.tsv names the class {other:?}"),
        };
        words.split(' ').map(move |word| (word, part))
    };
    let mut table: Vec<_> = rows(include_str!("name.tsv")).flat_map(classed).collect();
    table.sort_by_key(|&(word, _)| word);
    table
});

/// What a word does in a name; "Party" is looked up as "party".
pub(crate) fn part(word: &str) -> Option<Part> {
    find(word).or_else(|| {
        find(&word.to_lowercase()).filter(|part| matches!(part, Part::Body | Part::Place | Part::Seat))
    })
}

/// Whether a name is that of a country or of a part of one.
pub(crate) fn is_land(name: &str) -> bool {
    let part = find(name).or_else(|| find(&name.replace(' ', "_")));
    matches!(part, Some(Part::Country | Part::Region))
}

/// Whether the name behind a word is that of a place: "in".
pub(crate) fn is_before_place(word: &str) -> bool {
    matches!(word, "in" | "In" | "near" | "Near" | "across" | "throughout")
}

/// Ends of nouns that stand for no thing.
const ABSTRACT: [&str; 13] =
    ["ce", "cy", "ics", "ing", "ism", "ment", "re", "sion", "ss", "th", "tion", "ty", "ure"];

/// Whether two words have one form: "Liberals and Democrats", "Democracy and Socialism", "England and Wales".
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let form = |text: &str| match text {
        _ if is_land(text) => Some(0),
        _ if ABSTRACT.iter().any(|end| text.ends_with(end)) => Some(1),
        _ => text.ends_with('s').then_some(2),
    };
    form(one).is_some() && form(one) == form(other)
}

/// Whether a body has a field, or two: "Ministry of Trade and Industry".
pub(crate) fn is_department(word: &str) -> bool {
    matches!(word, "Committee" | "Department" | "Faculty" | "Institute" | "Ministry")
}

/// Whether a place stands behind "of" and this word: "the mayor of".
pub(crate) fn is_seat(word: &str) -> bool {
    matches!(part(word), Some(Part::Seat | Part::Place))
}

fn find(word: &str) -> Option<Part> {
    let table = &*PARTS;
    table.binary_search_by_key(&word, |&(w, _)| w).ok().map(|at| table[at].1)
}
