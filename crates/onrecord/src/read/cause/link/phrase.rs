//! The phrases that tell links: where one stands, and what it says of the words around it.
//!
//! In: a strand and a place. Out: [`Phrase`], with the place where the right part begins; or the signal between two parts
//! that somebody else found. It knows the words of `lang` and their places, and no scores.

use std::ops::Range;

use crate::lang::en::cause::Class;
use crate::lang::en::cause::signal::{self, Signal, Stands, Tells};
use crate::lang::part::Part;
use crate::read::cause::event::is_happening_noun;
use crate::read::cause::view::Strand;
use crate::text::Kind;

/// How far a cause in front of its effect may reach, in tokens.
const REACH: usize = 80;
/// The longest signal that no phrase is, in words.
const LONGEST: usize = 4;

/// A phrase and the parts around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its words, with helpers and measures before it: "had sparked", "a year after".
    pub(super) signal: Range<usize>,
    /// Where the right part begins.
    pub(super) right: usize,
    /// The left part, where the phrase stands in front of it.
    pub(super) front: Option<Range<usize>>,
    /// Whether the cause, or the earlier part, stands right.
    pub(super) is_back: bool,
    pub(super) tells: Tells,
}

/// The words that tell a link, and what they tell.
pub(super) struct Told {
    pub(super) words: Range<usize>,
    pub(super) tells: Option<Tells>,
    /// Whether it says how long after: no cause.
    pub(super) is_order: bool,
}

/// The phrase that begins at `at`, if it says by itself how the parts stand.
pub(super) fn at(strand: &Strand<'_, '_>, at: usize) -> Option<Phrase> {
    if strand.is_mark(at) {
        return None;
    }
    let signal = signal(strand, at)?;
    let is_front = !strand.has_finite(strand.clause_start(0, at)..at);
    let is_verb = strand.part(at).is_verb();
    let is_back = match signal.stands {
        Stands::Behind | Stands::Goal => true,
        // "the power to prevent": who has it prevents nothing yet.
        Stands::Onward if is_verb && (at == 0 || strand.part(at - 1) != Part::To) => false,
        Stands::Weak if signal.tells == Tells::Before && tells_order(strand, at) => true,
        Stands::Onward | Stands::Weak => return None,
    };
    let behind = at + signal.words;
    if is_back && is_front && signal.stands != Stands::Goal && !is_verb {
        let comma = front_end(strand, behind)?;
        let right = strand.skip_marks(comma);
        let front = Some(behind..comma);
        return (right < strand.len()).then_some(Phrase {
            signal: at..behind,
            right,
            front,
            is_back: false,
            tells: signal.tells,
        });
    }
    let right = if signal.stands == Stands::Goal { at } else { strand.skip_marks(behind) };
    let first = start(strand, at);
    (right < strand.len() && first > 0).then_some(Phrase {
        signal: first..behind,
        right,
        front: None,
        is_back,
        tells: signal.tells,
    })
}

/// A left part without the words at its end that lead on: "and", "which", "to".
pub(super) fn without_lead(strand: &Strand<'_, '_>, left: Range<usize>) -> Range<usize> {
    let leads = |at: usize| {
        strand.is_mark(at)
            || strand.is_part(at, &[Part::Relative, Part::To, Part::Conjunction])
            || strand.is_any(at, &[Class::And, Class::But, Class::Or, Class::That])
    };
    let end = (left.start..left.end).rev().find(|&at| !leads(at)).map_or(left.end, |at| at + 1);
    left.start..end
}

/// The signal of a link between a left part and the right one that begins at `right`: the words between, else a phrase
/// with which the right part begins, else one right before the left part.
pub(super) fn between(strand: &Strand<'_, '_>, left: &Range<usize>, right: usize) -> Told {
    let gap = strand.trim(left.end..right);
    for at in gap.clone() {
        if let Some(signal) = signal(strand, at).filter(|signal| at + signal.words <= gap.end) {
            let words = start(strand, at).max(gap.start)..at + signal.words;
            let is_order = measure(strand, at) < at;
            return Told { words, tells: Some(signal.tells), is_order };
        }
    }
    if !gap.is_empty() {
        let is_short = gap.len() <= LONGEST && !gap.clone().any(|at| strand.is_mark(at));
        return Told { words: if is_short { gap } else { right..right }, tells: None, is_order: false };
    }
    if let Some(signal) = signal(strand, right) {
        return Told { words: right..right + signal.words, tells: Some(signal.tells), is_order: false };
    }
    let front = (left.start.saturating_sub(6)..left.start).find_map(|at| {
        let signal = signal(strand, at).filter(|signal| at + signal.words == left.start)?;
        Some(Told { words: at..left.start, tells: Some(signal.tells), is_order: false })
    });
    front.unwrap_or(Told { words: right..right, tells: None, is_order: false })
}

/// Where the phrase of a goal begins that `at` stands in: "in order to settle" from "to" on.
pub(super) fn goal(strand: &Strand<'_, '_>, at: usize) -> Option<usize> {
    (at.saturating_sub(5)..at).find(|&first| {
        signal(strand, first).is_some_and(|signal| signal.stands == Stands::Goal && first + signal.words > at)
    })
}

fn signal(strand: &Strand<'_, '_>, at: usize) -> Option<Signal> {
    signal::signal(|ahead| strand.lower(at + ahead))
}

/// Where the signal of the phrase at `at` begins: "had sparked", "allegedly over", "a year after".
fn start(strand: &Strand<'_, '_>, at: usize) -> usize {
    let is_verb = strand.part(at).is_verb();
    let is_helper = |at: usize| {
        strand.part(at) == Part::Adverb && !strand.is_mark(at)
            || strand.is(at, Class::NoIf) && strand.lower(at) == "even"
            || is_verb
                && (strand.part(at) == Part::Modal
                    || strand.is_any(at, &[Class::Be, Class::Have, Class::Do, Class::Not]))
    };
    let mut start = measure(strand, at);
    while start > 0 && at - start < 4 && is_helper(start - 1) {
        start -= 1;
    }
    start
}

/// Where the measure before `at` begins: "a year" of "a year after", "shortly" of "shortly after"; `at` where there is none.
fn measure(strand: &Strand<'_, '_>, at: usize) -> usize {
    if at == 0 || !strand.is(at - 1, Class::Measure) {
        return at;
    }
    let counts = |at: usize| {
        strand.is_part(at, &[Part::Determiner, Part::Number, Part::Adjective]) && !strand.is_mark(at)
    };
    let first = at.saturating_sub(5);
    (first..at - 1).rev().take_while(|&at| counts(at)).last().unwrap_or(at - 1)
}

/// Whether "after" stands between two clauses, or before both.
fn tells_order(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.part(at + 1) == Part::Gerund
        || strand.begins_clause(at + 1)
        || strand.part(at + 1) == Part::Determiner
            && (at + 2..at + 6).take_while(|&at| !strand.is_mark(at)).any(|at| is_happening_noun(strand, at))
}

/// The comma that ends a cause before its effect.
fn front_end(strand: &Strand<'_, '_>, first: usize) -> Option<usize> {
    let commas =
        || (first + 1..strand.len().min(first + REACH)).filter(|&at| strand.is_kind(at, Kind::Comma));
    let begins = |&at: &usize| strand.begins_clause(strand.skip_marks(at));
    commas()
        .filter(begins)
        .find(|&at| strand.is_close_clause(strand.skip_marks(at)))
        .or_else(|| commas().find(begins))
}
