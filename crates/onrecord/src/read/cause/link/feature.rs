//! What the tables of links look at: places, features, and the choice among beginnings and ends.
//!
//! In: a strand and a place. Out: keys of features, places. The same functions serve whoever learns the tables
//! (`crate::learn`).

use super::Turn;
use crate::lang::en::cause::signal::{self, Signal, Stands, Tells};
use crate::lang::part::Part;
use crate::lang::weights::{Weights, key};
use crate::read::cause::view::Strand;
use crate::text::Kind;

/// How far back a part of a link may begin, and how far on it may end, in tokens.
const REACH: usize = 80;

/// The places at which a link can turn: before a word that can join two clauses or phrases.
pub(crate) fn places<'s>(strand: &'s Strand<'_, '_>) -> impl Iterator<Item = usize> + 's {
    (0..strand.len()).filter(|&at| {
        let part = strand.part(at);
        let joins = matches!(
            part,
            Part::Preposition
                | Part::To
                | Part::Relative
                | Part::Conjunction
                | Part::Gerund
                | Part::Participle
        );
        let is_phrase = signal(strand, at).is_some_and(|signal| {
            signal.words > 1 || signal.stands != Stands::Weak || part.is_verb() || part == Part::Adverb
        });
        !strand.is_mark(at) && (joins || is_phrase || at > 0 && is_break(strand, at - 1))
    })
}

/// The phrase that begins at `at`.
pub(crate) fn signal(strand: &Strand<'_, '_>, at: usize) -> Option<Signal> {
    signal::signal(|ahead| strand.lower(at + ahead))
}

fn is_break(strand: &Strand<'_, '_>, at: usize) -> bool {
    matches!(strand.kind(at), Some(Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon | Kind::Open))
}

/// The feature that every place has.
pub(crate) fn bias() -> u32 {
    key(64, &[])
}

/// How a link turns at `at`.
pub(crate) fn turn(strand: &Strand<'_, '_>, at: usize, signal: Option<Signal>, out: &mut Vec<u32>) {
    let word = |at: usize| strand.lower(at);
    let before = at.checked_sub(1);
    let (left, right) = (before.map_or("^", word), word(at + 1));
    let (this, far) = (word(at), before.and_then(|at| at.checked_sub(1)).map_or("^", word));
    let part = |at: usize| strand.part(at).tag();
    let left_part = before.map_or("^", part);
    let verb = before.and_then(|before| (0..=before).rev().take(15).find(|&at| strand.part(at).is_verb()));
    let verb = verb.map_or("-", word);
    let next_verb =
        (at + 1..strand.len().min(at + 12)).find(|&at| strand.part(at).is_verb()).map_or("-", word);
    let noun = (at + 1..strand.len().min(at + 6)).find(|&at| strand.part(at) == Part::Noun).map_or("-", word);
    let left_noun =
        before.and_then(|before| (0..=before).rev().take(4).find(|&at| strand.part(at) == Part::Noun));
    let left_noun = left_noun.map_or("-", word);
    let told = signal.map_or("-", |signal| match (signal.stands, signal.tells) {
        (Stands::Behind, _) => "b",
        (Stands::Onward, _) => "o",
        (Stands::Goal, _) => "g",
        (Stands::Weak, Tells::Before) => "wb",
        (Stands::Weak, Tells::Purpose) => "wp",
        (Stands::Weak, _) => "w",
    });
    let finite = strand.has_finite(at.saturating_sub(REACH)..at);
    let on = strand.has_finite(at + 1..strand.len().min(at + 10));
    let clause = match (finite, on) {
        (true, true) => "ff",
        (true, false) => "f-",
        (false, true) => "-f",
        (false, false) => "--",
    };
    let comma = before.is_some_and(|before| is_break(strand, before));
    let comma = if comma { "," } else { "-" };
    let mut feature = |template: u8, says: &[&str]| out.push(key(64 + template, says));
    feature(0, &[]);
    feature(1, &[this]);
    feature(2, &[this, right]);
    feature(3, &[left, this]);
    feature(4, &[this, part(at + 1)]);
    feature(5, &[this, verb]);
    feature(6, &[this, next_verb]);
    feature(7, &[this, noun]);
    feature(8, &[this, left_noun]);
    feature(9, &[this, clause, comma]);
    feature(10, &[part(at), left_part, part(at + 1), comma]);
    feature(11, &[verb, part(at)]);
    feature(12, &[next_verb, part(at), comma]);
    feature(13, &[told, clause, comma]);
    feature(14, &[told, part(at), part(at + 1)]);
    feature(15, &[far, left, this]);
    feature(16, &[this, right, word(at + 2)]);
    feature(17, &[this, left_part, part(at + 1), part(at + 2)]);
    feature(18, &[ending(this), part(at), clause, comma]);
    feature(19, &[noun, part(at)]);
    feature(20, &[left_noun, part(at)]);
}

fn ending(word: &str) -> &str {
    word.char_indices().rev().nth(2).map_or(word, |(at, _)| &word[at..])
}

const TURNS: [&str; 6] = ["0", "1", "2", "3", "4", "5"];

/// Where the left part can begin: at the start, and behind a word or mark that can part clauses.
pub(crate) fn begins(strand: &Strand<'_, '_>, at: usize) -> Vec<usize> {
    let first = at.saturating_sub(REACH);
    let places = (first..at).filter(|&place| {
        let Some(before) = place.checked_sub(1) else { return true };
        if strand.is_mark(place) {
            return false;
        }
        strand.is_mark(before)
            || matches!(
                strand.part(before),
                Part::Preposition | Part::Relative | Part::Conjunction | Part::To
            )
            || strand.part(before).is_verb()
            || strand.part(place).is_verb() && !strand.part(before).is_verb()
            || strand.part(place) == Part::To
            || strand.part(place) == Part::Determiner
    });
    places.collect()
}

/// What a beginning is weighed by.
pub(crate) fn begin(strand: &Strand<'_, '_>, at: usize, place: usize, turn: Turn, out: &mut Vec<u32>) {
    let word = |at: usize| strand.lower(at);
    let part = |at: usize| strand.part(at).tag();
    let before = place.checked_sub(1);
    let (left, left_part) = (before.map_or("^", word), before.map_or("^", part));
    let has_subject = if strand.begins_clause(place) { "s" } else { "-" };
    let finite = (place..at).filter(|&at| strand.part(at).is_finite()).count();
    let earlier = strand.has_finite(place.saturating_sub(REACH)..place);
    let finite = ["0", "1", "2", "3"][finite.min(3)];
    let earlier = if earlier { "e" } else { "-" };
    let commas = (place..at).filter(|&at| is_break(strand, at)).count();
    let commas = ["0", "1", "2", "3"][commas.min(3)];
    let length = bucket(at - place);
    let turn = TURNS[turn as usize];
    let this = word(at);
    let verb = (0..place).rev().take(4).find(|&at| strand.part(at).is_verb()).map_or("-", word);
    let mut feature = |template: u8, says: &[&str]| out.push(key(96 + template, says));
    feature(1, &[left, turn]);
    feature(2, &[left_part, part(place), turn]);
    feature(3, &[has_subject, finite, earlier]);
    feature(4, &[has_subject, finite, commas, turn]);
    feature(5, &[length, finite]);
    feature(6, &[left, part(place), finite]);
    feature(7, &[left_part, part(place), part(place + 1)]);
    feature(8, &[commas, length]);
    feature(9, &[left, has_subject]);
    feature(10, &[finite, this]);
    feature(11, &[verb, has_subject]);
    feature(12, &[word(place), left_part]);
    feature(13, &[earlier, finite, left]);
    feature(14, &[left, if before.is_none() { "^" } else { earlier }, this]);
    feature(15, &[length, this]);
    feature(16, &[before.and_then(|at| at.checked_sub(1)).map_or("^", word), left, has_subject]);
}

fn bucket(length: usize) -> &'static str {
    match length {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        13..=20 => "20",
        21..=35 => "35",
        _ => "60",
    }
}

/// Where the right part can end: before a word or mark that can part clauses, and at the end.
pub(crate) fn ends(strand: &Strand<'_, '_>, first: usize) -> Vec<usize> {
    let last = strand.len().min(first + REACH);
    let places = (first + 1..=last).filter(|&place| {
        if strand.is_mark(place - 1) {
            return false;
        }
        place == strand.len()
            || strand.is_mark(place)
            || matches!(strand.part(place), Part::Preposition | Part::Relative | Part::Conjunction | Part::To)
            || strand.part(place).is_verb()
            || strand.part(place).is_finite()
    });
    places.collect()
}

/// What an end is weighed by.
pub(crate) fn end(
    strand: &Strand<'_, '_>,
    at: usize,
    first: usize,
    place: usize,
    turn: Turn,
    out: &mut Vec<u32>,
) {
    let word = |at: usize| if at < strand.len() { strand.lower(at) } else { "$" };
    let part = |at: usize| if at < strand.len() { strand.part(at).tag() } else { "$" };
    let finite = (first..place).filter(|&at| strand.part(at).is_finite()).count();
    let finite = ["0", "1", "2", "3"][finite.min(3)];
    let verbs = (first..place).filter(|&at| strand.part(at).is_verb()).count();
    let verbs = ["0", "1", "2", "3"][verbs.min(3)];
    let commas = (first..place).filter(|&at| is_break(strand, at)).count();
    let commas = ["0", "1", "2", "3"][commas.min(3)];
    let rest = place..strand.len().min(place + REACH);
    let goes_on = rest.clone().any(|at| !strand.is_mark(at));
    let rest = if !goes_on {
        "$"
    } else if strand.has_finite(rest) {
        "f"
    } else {
        "-"
    };
    let next = if place < strand.len() && strand.is_mark(place) { strand.skip_marks(place) } else { place };
    let clause = if strand.begins_clause(next) { "s" } else { "-" };
    let length = bucket(place - first);
    let turn = TURNS[turn as usize];
    let this = word(at);
    let mut feature = |template: u8, says: &[&str]| out.push(key(128 + template, says));
    feature(1, &[word(place), turn]);
    feature(2, &[part(place - 1), part(place), turn]);
    feature(3, &[rest, finite, commas]);
    feature(4, &[word(place), word(next)]);
    feature(5, &[length, verbs, turn]);
    feature(6, &[rest, clause, part(place)]);
    feature(7, &[word(place), finite, verbs]);
    feature(8, &[part(place), part(place + 1), finite]);
    feature(9, &[this, finite, word(place)]);
    feature(10, &[word(place - 1)]);
    feature(11, &[word(next), clause, commas]);
    feature(12, &[this, rest, length]);
    feature(13, &[commas, length, turn]);
    feature(14, &[word(place), part(next), commas]);
    feature(15, &[part(next), part(next + 1), word(place)]);
}

/// The best place for the left part to begin.
pub(super) fn best_begin(
    strand: &Strand<'_, '_>,
    at: usize,
    turn: Turn,
    table: &Weights,
    features: &mut Vec<u32>,
) -> Option<usize> {
    best(begins(strand, at), table, features, |place, out| begin(strand, at, place, turn, out))
}

/// The best place for the right part to end.
pub(super) fn best_end(
    strand: &Strand<'_, '_>,
    at: usize,
    first: usize,
    turn: Turn,
    table: &Weights,
    features: &mut Vec<u32>,
) -> Option<usize> {
    best(ends(strand, first), table, features, |place, out| end(strand, at, first, place, turn, out))
}

fn best(
    places: Vec<usize>,
    table: &Weights,
    features: &mut Vec<u32>,
    weigh: impl Fn(usize, &mut Vec<u32>),
) -> Option<usize> {
    let score = |place: usize, features: &mut Vec<u32>| {
        features.clear();
        weigh(place, features);
        let mut score = [0];
        for &feature in features.iter() {
            table.add(feature, &mut score);
        }
        score[0]
    };
    let scored = places.into_iter().map(|place| (score(place, features), place));
    // Of equals the first: `max_by_key` would take the last.
    scored.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, place)| place)
}

/// The comma that ends a cause before its effect.
pub(crate) fn front_end(strand: &Strand<'_, '_>, first: usize) -> Option<usize> {
    let commas =
        || (first + 1..strand.len().min(first + REACH)).filter(|&at| strand.is_kind(at, Kind::Comma));
    let begins = |&at: &usize| strand.begins_clause(strand.skip_marks(at));
    commas()
        .filter(begins)
        .find(|&at| strand.is_close_clause(strand.skip_marks(at)))
        .or_else(|| commas().find(begins))
}
