//! What hangs on what? Strands → [`Condition`].
//!
//! In: the words of a sentence that one voice says. Out: conditions with their antecedents and consequences. It finds
//! the signal, then where the antecedent ends, then which clause follows from it; `extent.rs` has the places. A
//! consequence that goes on in the next sentence ("That way, …") joins the condition before it.
//! Next: `event.rs`.

mod extent;
mod inverted;
mod kind;

use std::ops::Range;

use super::event::Events;
use super::view::{Strand, View};
use super::{Condition, Join, Side};
use crate::lang::en::cause::Class;
use crate::read::Maker;
use crate::text::Span;

/// A condition by places in its strand.
pub(super) struct Found {
    pub(super) signal: Range<usize>,
    pub(super) antecedent: Range<usize>,
    pub(super) consequent: Range<usize>,
    pub(super) maker: Maker,
    pub(super) signals: Signals,
}

/// By what a condition is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signals {
    If,
    Unless,
    /// "had she known".
    Order,
    /// "without her", "but for her", "if not for her".
    Without,
    Wish,
}

/// Classes of the words that a condition can hang on.
const SIGNALS: &[Class] = &[
    Class::If,
    Class::Unless,
    Class::Had,
    Class::Were,
    Class::Should,
    Class::Without,
    Class::Wish,
    Class::But,
    Class::Given,
    Class::Of,
];

/// Reads the conditions of a document; their parts become events.
pub(super) fn read(view: &View<'_>, events: &mut Events<'_, '_>) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    // The sentence, voice and number of the condition that the next sentence may go on with.
    let mut last: Option<(usize, Option<u32>, usize)> = None;
    for sentence in 0..view.sentences().len() {
        for strand in view.strands(sentence, |_| true) {
            if let Some((before, voice, index)) = last
                && before + 1 == sentence
                && voice == strand.voice
                && let Some(range) = goes_on(&strand)
            {
                let side = side(&strand, range, events);
                conditions[index].consequents.push(side);
                last = Some((sentence, voice, index));
            }
            let found = find(&strand);
            for found in &found {
                conditions.push(condition(&strand, found, events));
            }
            if found.iter().any(|found| !found.consequent.is_empty()) {
                last = Some((sentence, strand.voice, conditions.len() - 1));
            }
        }
    }
    conditions.sort_by_key(position);
    // A part that a voice of its own says is no second condition.
    let is_part = |at: usize| {
        let near = at.saturating_sub(NEAR)..conditions.len().min(at + NEAR);
        conditions[at].consequents.is_empty()
            && near
                .into_iter()
                .any(|other| other != at && holds(&conditions[other], position(&conditions[at])))
    };
    let parts: Vec<bool> = (0..conditions.len()).map(is_part).collect();
    conditions
        .into_iter()
        .zip(parts)
        .filter(|(_, is_part)| !is_part)
        .map(|(condition, _)| condition)
        .collect()
}

/// How far apart in the list a condition and a part of it may stand.
const NEAR: usize = 4;

/// Whether one of the antecedents begins where `span` does, or around it.
fn holds(condition: &Condition, span: Span) -> bool {
    !condition.consequents.is_empty()
        && condition.antecedents.iter().flat_map(|side| &side.spans).any(|other| other.contains(span))
}

fn position(condition: &Condition) -> Span {
    condition.antecedents[0].spans[0]
}

/// The conditions of a strand, in order of their signals.
fn find(strand: &Strand<'_, '_>) -> Vec<Found> {
    let mut list: Vec<Found> = Vec::new();
    let mut done = 0;
    for at in 0..strand.len() {
        if at < done || !strand.is_own(at) || !strand.is_any(at, SIGNALS) {
            continue;
        }
        let found = if strand.is_any(at, &[Class::If, Class::Unless, Class::Given]) {
            extent::of_signal(strand, at)
        } else {
            inverted::find(strand, at)
        };
        let Some(found) = found else { continue };
        if found.antecedent.is_empty() || strand.spans(found.antecedent.clone()).is_empty() {
            continue;
        }
        done = found.antecedent.end;
        list.push(found);
    }
    if list.is_empty() {
        list.extend((0..strand.len()).find_map(|at| inverted::unreal(strand, at)));
    }
    list
}

fn condition(strand: &Strand<'_, '_>, found: &Found, events: &mut Events<'_, '_>) -> Condition {
    let kind = kind::of(strand, found);
    let (pieces, join) = extent::pieces(strand, found.antecedent.clone(), found.signals);
    let antecedents = pieces.into_iter().map(|piece| side(strand, piece, events)).collect();
    let consequents = if strand.spans(found.consequent.clone()).is_empty() {
        Vec::new()
    } else {
        vec![side(strand, found.consequent.clone(), events)]
    };
    let is_order = found.signals == Signals::Order;
    Condition {
        kind,
        join,
        antecedents,
        consequents,
        signal: if is_order { Vec::new() } else { strand.spans(found.signal.clone()) },
        asserted_by: strand.voice.map(|voice| voice as usize),
        maker: found.maker,
    }
}

/// A part of a condition. Whatever happens in it only may.
fn side(strand: &Strand<'_, '_>, range: Range<usize>, events: &mut Events<'_, '_>) -> Side {
    Side { event: events.conditional(strand, range.clone()), spans: strand.spans(range) }
}

/// "That way, the mayor could veto it": what follows from the condition in the sentence before.
fn goes_on(strand: &Strand<'_, '_>) -> Option<Range<usize>> {
    let first = strand.skip_marks(0);
    let first = first + usize::from(strand.is_any(first, &[Class::And, Class::But]));
    if !strand.is(first, Class::Way) {
        return None;
    }
    let is_one = strand.is(first, Class::Then);
    let behind = if is_one { first + 1 } else { strand.behind_way(first)? };
    let behind = strand.skip_marks(behind);
    let verb = strand.subject_verb(behind)?;
    let end = extent::consequent_end(strand, behind, strand.len());
    (verb < end && strand.is_any(verb, &[Class::Would, Class::Will])).then_some(behind..end)
}
