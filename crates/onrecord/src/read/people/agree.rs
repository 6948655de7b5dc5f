//! What is a name, and of what kind, when all of one article are seen together?
//!
//! In: the names that the model marked, each with scores of every kind. Out: names with one kind for each way of writing,
//! and the same names where the model passed over them. A name that is spelled alike is taken for a name of the same kind:
//! news does not call a person and a city "Jordan" in one article without saying which.

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_kernel::MENTIONS;

use super::decode::{self, Layer, Tagged, score};
use super::kind::{self, KIND, PERSON};
use super::view::View;
use super::{EntityKind, border, name};
use crate::encode::Case;
use crate::lang::en;
use crate::lang::en::name::{self as words, Part};

/// Words of the longest name that is looked for elsewhere.
const LONGEST: usize = 6;

/// `labels` are words by which a transcript names who speaks.
pub(super) fn names(
    view: &View<'_>,
    rows: &[[f32; MENTIONS]],
    tagged: Vec<Tagged>,
    labels: &[Range<usize>],
) -> Vec<(Range<usize>, EntityKind)> {
    let mut tagged: Vec<Range<usize>> =
        tagged.into_iter().filter_map(|tagged| bare(view, tagged.words)).collect();
    tagged.retain(|words| {
        let label = labels.partition_point(|label| label.end <= words.start);
        labels.get(label).is_none_or(|label| label.start >= words.end)
    });
    tagged.extend(labels.iter().filter_map(|label| bare(view, label.clone())));
    tagged.sort_unstable_by_key(|words| words.start);
    let tagged = border::mend(view, rows, tagged);
    let mut found = tagged.clone();
    found.extend(overlooked(view, rows, &tagged));
    found.sort_unstable_by_key(|words| words.start);
    let labels: Vec<Range<usize>> = labels.iter().filter_map(|label| bare(view, label.clone())).collect();
    let ways = kind::of_ways(view, rows, &found, &labels);
    let kind_of = |words: &Range<usize>| KIND[decode::kind(&ways[view.slice(words)])];
    let common = common(view, &found);
    found.retain(|words| !en::post::is_people(view.slice(words)) && !common.contains(view.slice(words)));
    let found = found.into_iter().filter_map(|words| kind_of(&words).map(|kind| (words, kind)));
    found.collect()
}

/// Without article, titles before it and possessive behind it.
fn bare(view: &View<'_>, mut words: Range<usize>) -> Option<Range<usize>> {
    while !words.is_empty() {
        let first = view.text(words.start);
        let dotted = words.len() > 1 && view.text(words.start + 1) == ".";
        let titled =
            if dotted { en::people::is_title(&format!("{first}.")) } else { en::people::is_title(first) };
        // "Secretary of State Rex Okafor": the end of a title was taken for a part of the name.
        let of_department = words.len() > 2
            && en::people::is_department(first)
            && view.before(words.start) == Some("of")
            && words.start > 1
            && en::people::is_title(view.text(words.start - 2));
        if titled && words.len() > 1 + usize::from(dotted) {
            words.start += 1 + usize::from(dotted);
        } else if of_department
            || first == "The" && view.begins_sentence(words.start)
            || matches!(first, "the" | "a" | "an" | "'" | "’" | "\"" | "“" | ".")
        {
            words.start += 1;
        } else {
            break;
        }
    }
    if words.len() > 2 && matches!(view.text(words.end - 2), "'" | "’") && view.text(words.end - 1) == "s" {
        words.end -= 2;
    }
    while !words.is_empty() && matches!(view.text(words.end - 1), "'" | "’" | "\"" | "”" | "," | "-") {
        words.end -= 1;
    }
    // A title alone is a noun.
    let is_title = |at: usize| view.text(at) == "." || view.title(at).is_some();
    let has_letter = words.clone().any(|at| view.text(at).starts_with(char::is_alphabetic));
    (has_letter && !words.clone().all(is_title)).then_some(words)
}

/// Single words that are marked only where all words have a capital, and stand without one elsewhere: "Iodine is …".
fn common<'d>(view: &View<'d>, found: &[Range<usize>]) -> BTreeSet<&'d str> {
    let begins = |at: usize| {
        view.begins_sentence(at) || matches!(view.before(at), Some("“" | "\"" | "‘" | "'" | "''" | ":"))
    };
    let single = found.iter().filter(|words| words.len() == 1);
    let (first, other): (Vec<&Range<usize>>, Vec<&Range<usize>>) =
        single.partition(|words| begins(words.start));
    let mut common: BTreeSet<&str> = first.into_iter().map(|words| view.slice(words)).collect();
    for words in other {
        common.remove(view.slice(words));
    }
    let small: BTreeSet<&str> = (0..view.words.len())
        .filter(|&at| view.words[at].case == Case::Lower)
        .map(|at| view.text(at))
        .collect();
    common.retain(|way| small.contains(&*way.to_lowercase()));
    common
}

/// Whether a capital goes on behind a word, as in "Harker Motors": then it is no name by itself.
fn goes_on(view: &View<'_>, words: &Range<usize>) -> bool {
    let next = words.end;
    next < view.words.len()
        && view.is_capital(next)
        && !view.begins_sentence(next)
        && view.words[words.end - 1].span.end + 1 == view.words[next].span.start
        && matches!(words::part(view.text(next)), Some(Part::Body | Part::Place))
}

/// Names that are marked somewhere, and surnames of people, where they stand unmarked with a capital.
fn overlooked(view: &View<'_>, rows: &[[f32; MENTIONS]], tagged: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ways: BTreeSet<&str> = BTreeSet::new();
    for words in tagged.iter().filter(|words| words.len() <= LONGEST) {
        let way = view.slice(words);
        let scores = std::array::from_fn(|kind| score(rows, Layer::Names, words, kind));
        let is_person = decode::kind(&scores) == PERSON;
        ways.insert(way);
        if let Some(surname) = name::surname(way).filter(|surname| is_person && surname.len() > 2) {
            ways.insert(surname);
        }
    }
    let mut firsts: Vec<&str> = ways.iter().filter_map(|way| way.split_whitespace().next()).collect();
    firsts.dedup();
    let mut out = Vec::new();
    let mut marked = tagged.iter().peekable();
    let mut at = 0;
    while at < view.words.len() {
        while marked.next_if(|words| words.end <= at).is_some() {}
        if let Some(words) = marked.peek().filter(|words| words.contains(&at)) {
            at = words.end;
            continue;
        }
        let free = marked.peek().map_or(view.words.len(), |words| words.start);
        let may = view.is_capital(at) && firsts.binary_search(&view.text(at)).is_ok();
        let fits = |words: &Range<usize>| {
            words.end <= free
                && view.words[words.start].paragraph == view.words[words.end - 1].paragraph
                && ways.contains(view.slice(words))
                && !(words.len() == 1 && goes_on(view, words))
        };
        let longest = || (1..=LONGEST).rev().map(|length| at..at + length).find(fits);
        match may.then(longest).flatten() {
            Some(words) => {
                at = words.end;
                out.push(words);
            }
            None => at += 1,
        }
    }
    out
}
