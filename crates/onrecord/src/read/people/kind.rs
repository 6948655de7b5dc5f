//! Of what kind is a name?
//!
//! In: the names of an article, with the model's scores of every kind. Out: for each way of writing the scores of all places
//! where it stands, with what grammar adds: "in" before it, "Party" at its end, its place in a list, the surname of a person
//! who is named in full. Next: `agree.rs`, which takes the highest.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_kernel::MENTIONS;

use super::decode::{KINDS, Layer, kind, score};
use super::view::View;
use super::{EntityKind, border, name};
use crate::lang::en::name::{self as words, Part};

/// The kinds of the model's names; what is named otherwise (a law, a prize, a people) is no entity.
pub(super) const PERSON: usize = 0;
pub(super) const ORGANIZATION: usize = 1;
const PLACE: usize = 2;
pub(super) const KIND: [Option<EntityKind>; KINDS] =
    [Some(EntityKind::Person), Some(EntityKind::Organization), Some(EntityKind::Place), None];
/// What a surname gains that stands elsewhere behind a given name, in scores of the model.
const SURNAME: f32 = 4.0;
/// What a kind gains that a word of the name tells.
const TOLD: f32 = 1.0;
/// What the kind of place gains where "in" stands before a name, as a score.
const LOCATED: f32 = 2.0;
/// How much of the scores of a name those gain that stand in one list with it.
const LISTED: f32 = 0.15;
/// What a name gains that labels a turn of a transcript, as a score.
const LABEL: f32 = 1000.0;

/// The scores of each way of writing; `labels` are names by which a transcript tells who speaks.
pub(super) fn of_ways<'d>(
    view: &View<'d>,
    rows: &[[f32; MENTIONS]],
    found: &[Range<usize>],
    labels: &[Range<usize>],
) -> BTreeMap<&'d str, [f32; KINDS]> {
    let mut ways: BTreeMap<&str, [f32; KINDS]> = BTreeMap::new();
    for label in labels {
        ways.entry(view.slice(label)).or_default()[PERSON] += LABEL;
    }
    for (words, scores) in found.iter().zip(of_each(view, rows, found)) {
        let total = ways.entry(view.slice(words)).or_default();
        total.iter_mut().zip(scores).for_each(|(total, score)| *total += score);
    }
    for (way, total) in &mut ways {
        if let Some(kind) = kind_by_words(way) {
            gain(total, kind, TOLD);
        }
    }
    for pair in found.windows(2) {
        let is_body = kind(&ways[view.slice(&pair[0])]) == ORGANIZATION;
        if is_body && border::short_form(view, &pair[0]).as_ref() == Some(&pair[1]) {
            gain(ways.entry(view.slice(&pair[1])).or_default(), ORGANIZATION, TOLD);
        }
    }
    for way in short_bodies(&ways) {
        gain(ways.entry(way).or_default(), ORGANIZATION, SURNAME);
    }
    let surnames: Vec<String> = surnames(&ways);
    for (way, total) in &mut ways {
        if surnames.binary_search(&name::key(way)).is_ok() {
            gain(total, PERSON, SURNAME);
        }
    }
    ways
}

/// The scores of each name where it stands.
fn of_each(view: &View<'_>, rows: &[[f32; MENTIONS]], found: &[Range<usize>]) -> Vec<[f32; KINDS]> {
    let scores = |words| std::array::from_fn(|kind| score(rows, Layer::Names, words, kind));
    let own: Vec<[f32; KINDS]> = found.iter().map(scores).collect();
    let mut out = own.clone();
    for (at, words) in found.iter().enumerate() {
        if is_located(view, words) {
            out[at][PLACE] += LOCATED;
        }
        if found.get(at + 1).is_some_and(|next| is_listed(view, words, next)) {
            for kind in 0..KINDS {
                out[at][kind] += LISTED * own[at + 1][kind];
                out[at + 1][kind] += LISTED * own[at][kind];
            }
        }
    }
    out
}

/// Whether the words before a name say that it is a place: "in", "the city of".
fn is_located(view: &View<'_>, words: &Range<usize>) -> bool {
    let of = || words.start.checked_sub(2).and_then(|at| view.near(words.start, Some(at)));
    match view.before(words.start) {
        Some("of") => of().is_some_and(words::is_seat),
        Some(before) => words::is_before_place(before),
        None => false,
    }
}

/// Whether two names stand in one list: commas, "and" or "or" are all that is between.
fn is_listed(view: &View<'_>, words: &Range<usize>, next: &Range<usize>) -> bool {
    let joins = |at: usize| matches!(view.text(at), "," | "and" | "or" | "the" | "&" | "/" | ";");
    let mut between = words.end..next.start;
    (1..=3).contains(&between.len())
        && view.near(words.start, Some(next.start)).is_some()
        && between.all(joins)
}

/// Lifts a kind by so many times the largest score.
fn gain(total: &mut [f32; KINDS], kind: usize, times: f32) {
    total[kind] += times * total.iter().map(|score| score.abs()).fold(1.0, f32::max);
}

/// The kind that the words of a name tell: countries, "… Party", "Ministry of …", "… River".
fn kind_by_words(way: &str) -> Option<usize> {
    if words::is_land(way) {
        return Some(PLACE);
    }
    let head = way.split(" of ").next().unwrap_or(way);
    let last = head.rsplit(' ').next().filter(|last| *last != way && last.starts_with(char::is_uppercase))?;
    match words::part(last)? {
        Part::Body => Some(ORGANIZATION),
        Part::Place => Some(PLACE),
        _ => None,
    }
}

/// Single words that begin the name of one body or more and no name of a person.
fn short_bodies<'d>(ways: &BTreeMap<&'d str, [f32; KINDS]>) -> Vec<&'d str> {
    let mut of_bodies: Vec<&str> = Vec::new();
    let mut of_people: Vec<&str> = Vec::new();
    for (way, total) in ways.iter().filter(|(way, _)| way.contains(' ')) {
        match kind(total) {
            ORGANIZATION => of_bodies.extend(way.split(' ').next()),
            PERSON => of_people.extend(way.split(' ')),
            _ => {}
        }
    }
    of_bodies.sort_unstable();
    of_people.sort_unstable();
    let single = ways.keys().copied().filter(|way| !way.contains(' '));
    let is_short = |way: &&str| of_bodies.binary_search(way).is_ok() && of_people.binary_search(way).is_err();
    single.filter(is_short).collect()
}

/// The last words of names of people in full, as [`name::key`] has them.
fn surnames(ways: &BTreeMap<&str, [f32; KINDS]>) -> Vec<String> {
    let full = ways.iter().filter(|(way, total)| way.contains(' ') && kind(total) == PERSON);
    let mut surnames: Vec<String> = full.filter_map(|(way, _)| name::surname(way)).map(name::key).collect();
    surnames.sort_unstable();
    surnames.dedup();
    surnames
}
