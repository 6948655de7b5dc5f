//! Which mentions of a source are those who speak?
//!
//! In: the words of a source, and the mentions. Out: the head of it, or two where two speak. It looks at the words before
//! the first comma, relative clause or preposition ("a spokesman for Mr. Trump"), and past what only possesses ("Gary
//! Johnson's doctor"). Next: `resolve.rs` and `speaker.rs`, which ask who these are.

use std::ops::Range;

use super::cluster::Cast;
use super::mention::Found;
use super::view::View;
use super::{EntityKind, MentionKind};
use crate::lang::en;
use crate::read::quote::Attribution;
use crate::text::Span;

/// The words that say who speaks: those that the reading of quotations points at, in place of a relative pronoun or of a
/// source that is missing, else the source.
pub(super) fn written(attribution: &Attribution) -> Vec<Span> {
    let pointed: Vec<Span> = attribution.speakers.iter().filter_map(|speaker| speaker.as_written).collect();
    if pointed.is_empty() { attribution.source.clone() } else { pointed }
}

/// The mentions that head a source, by number.
pub(super) fn heads(view: &View<'_>, cast: &Cast, source: &[Span]) -> Vec<usize> {
    let Some(words) = source.first().map(|&span| view.within(span)).filter(|words| !words.is_empty()) else {
        return Vec::new();
    };
    if words.len() == 1 && en::people::is_relative(view.text(words.start)) {
        return antecedent(view, cast, words.start).into_iter().collect();
    }
    let inside = mentions(&cast.found, &words);
    let tops: Vec<usize> = inside.into_iter().filter(|&at| is_top(view, &cast.found, at, &words)).collect();
    let core = core(view, &cast.found, &words, &tops);
    let in_core = |at: &&usize| cast.found[**at].words.start < core;
    let parts = coordinated(view, &cast.found, &words, core, &tops);
    if parts.len() > 1 {
        return parts;
    }
    let head = tops.iter().filter(in_core).max_by_key(|&&at| head_rank(&cast.found[at]));
    let head = head.or(tops.first()).copied();
    head.map(|head| named_behind(view, &cast.found, head, core, &tops).unwrap_or(head)).into_iter().collect()
}

/// The name that follows a noun and its comma: "Scott's niece, state Del. Marcia Price".
fn named_behind(view: &View<'_>, found: &[Found], head: usize, core: usize, tops: &[usize]) -> Option<usize> {
    if found[head].kind != MentionKind::Nominal || view.near(core - 1, Some(core)) != Some(",") {
        return None;
    }
    let next = tops.iter().copied().find(|&top| found[top].words.start > core)?;
    let between = core + 1..found[next].words.start;
    let is_title = |at: usize| view.is_capital(at) || matches!(view.text(at), "." | "state" | "former");
    let is_person = found[next].kind == MentionKind::Name && found[next].of == Some(EntityKind::Person);
    (is_person && between.len() <= 4 && between.clone().all(is_title)).then_some(next)
}

/// The words of a source up to its first comma, preposition, participle or relative clause.
pub(super) fn noun_core(view: &View<'_>, words: &Range<usize>) -> Range<usize> {
    let ends =
        |&at: &usize| at > words.start && (en::people::ends_noun(view.text(at)) || view.text(at) == "of");
    let mut core = words.start..words.clone().find(ends).unwrap_or(words.end);
    if core.len() > 1 && en::people::is_participle(view.text(core.end - 1)) && core.end < words.end {
        core.end -= 1;
    }
    core
}

/// Whether a source is something written: "a new poll", "the ad from his campaign".
pub(super) fn is_document(view: &View<'_>, source: Span) -> bool {
    let core = noun_core(view, &view.within(source));
    core.clone().next_back().is_some_and(|last| {
        let possessive = view.possessive(&core) > 0;
        en::people::noun(view.text(last)) == Some(en::people::Noun::Document)
            && !possessive
            && (!view.is_capital(last) || view.begins_sentence(last))
            || core.len() > 1 && en::people::noun(view.text(last)) == Some(en::people::Noun::Document)
    })
}

/// The mention that a relative pronoun goes on from: what ends before it, with at most a comma or a dash between.
fn antecedent(view: &View<'_>, cast: &Cast, relative: usize) -> Option<usize> {
    let first = cast.found.partition_point(|mention| mention.words.start + LONG < relative);
    let last = cast.found.partition_point(|mention| mention.words.start < relative);
    let ends = |at: &usize| {
        let end = cast.found[*at].words.end;
        let possessive = view.possessive(&cast.found[*at].words);
        let between =
            (end + possessive..relative).all(|at| !view.text(at).starts_with(char::is_alphanumeric));
        end <= relative && possessive == 0 && between && relative - end <= 3
    };
    (first..last).rev().find(ends)
}

/// Words of the longest mention before a relative pronoun.
const LONG: usize = 20;

/// Mentions that lie within words, in order.
pub(super) fn mentions(found: &[Found], words: &Range<usize>) -> Vec<usize> {
    let first = found.partition_point(|mention| mention.words.start < words.start);
    let all = (first..found.len()).take_while(|&at| found[at].words.start < words.end);
    all.filter(|&at| found[at].words.end <= words.end).collect()
}

/// A name stands above the noun that it ends ("Clinton spokesman Nick Merrill"), else what ends last.
fn head_rank(found: &Found) -> (usize, bool) {
    (found.words.end, found.kind == MentionKind::Name)
}

/// Whether a mention does more than possess what follows, or stand inside a longer one.
fn is_top(view: &View<'_>, found: &[Found], at: usize, source: &Range<usize>) -> bool {
    let own = &found[at].words;
    let possesses = view.possessive(own) > 0 && own.end + view.possessive(own) < source.end;
    let is_possessive =
        found[at].pronoun.is_some() && en::is_owner(view.text(own.start)) && own.end < source.end;
    let within = |other: &Found| {
        other.words.start <= own.start
            && own.end <= other.words.end
            && other.words != *own
            && own.end < other.words.end
    };
    let around = found[at.saturating_sub(4)..(at + 4).min(found.len())].iter().any(within);
    !possesses && !is_possessive && !around
}

/// Where the core of a source ends.
fn core(view: &View<'_>, found: &[Found], words: &Range<usize>, tops: &[usize]) -> usize {
    for at in words.start + 1..words.end {
        let text = view.text(at);
        let in_name = || tops.iter().any(|&top| found[top].words.contains(&at));
        let ends = match text {
            // "Secretary of State Rex Okafor": a name follows that the words before are the title of.
            "of" => !titled_name(view, found, at, words),
            "," | "(" | "-" | "—" | "–" => true,
            _ => en::people::ends_core(text),
        };
        if ends && !in_name() {
            return at;
        }
    }
    words.end
}

/// Whether "of" and one or two words with capitals stand right before the name of a person.
fn titled_name(view: &View<'_>, found: &[Found], of: usize, words: &Range<usize>) -> bool {
    let is_title = view.is_capital(of - 1);
    let person = |at: usize| {
        let first = found.partition_point(|mention| mention.words.start < at);
        found[first..]
            .iter()
            .take_while(|mention| mention.words.start == at)
            .any(|mention| mention.kind == MentionKind::Name && mention.of == Some(EntityKind::Person))
    };
    is_title
        && (of + 2..(of + 4).min(words.end))
            .any(|at| person(at) && (of + 1..at).all(|at| view.is_capital(at)))
}

/// Two mentions that "and" joins on one level.
fn coordinated(
    view: &View<'_>,
    found: &[Found],
    words: &Range<usize>,
    core: usize,
    tops: &[usize],
) -> Vec<usize> {
    let is_and = |at: &usize| matches!(view.text(*at), "and" | "&");
    let ands: Vec<usize> = (words.start..words.end).filter(is_and).collect();
    let Some(&and) = ands.iter().find(|&&and| {
        let open = !tops.iter().any(|&top| found[top].words.contains(&and));
        // Behind an apposition the comma before "and" closes it.
        open && (and < core || view.before(and) == Some(","))
    }) else {
        return Vec::new();
    };
    let left = tops.iter().copied().filter(|&top| found[top].words.end <= and.min(core));
    let left = left.max_by_key(|&top| head_rank(&found[top]));
    let begins = |top: &usize| {
        let start = found[*top].words.start;
        start > and && (and + 1..start).all(|at| is_modifier(view, at))
    };
    let right = tops.iter().copied().find(begins);
    match (left, right) {
        (Some(left), Some(right)) if is_actor(&found[left]) && is_actor(&found[right]) => vec![left, right],
        _ => Vec::new(),
    }
}

/// Whether a word may stand between "and" and the head of what follows.
fn is_modifier(view: &View<'_>, at: usize) -> bool {
    let text = view.text(at);
    view.is_capital(at) || en::is_determiner(text) || text.chars().all(|c| c.is_lowercase() || c == '.')
}

fn is_actor(found: &Found) -> bool {
    found.of != Some(EntityKind::Place) || found.kind == MentionKind::Name
}
