//! Where clauses begin and end, as far as words and their parts show it.
//!
//! In: a [`Strand`] and a place. Out: places. It is no parser: a clause begins behind a comma or a conjunction where a
//! subject and a finite verb follow.

use std::ops::Range;

use super::view::Strand;
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::text::Kind;

/// How far a subject's verb may stand from its first word, in tokens.
const REACH: usize = 30;

/// How far a clause is followed, in tokens: longer ones are no prose, and the bound keeps reading linear.
pub(super) const FAR: usize = 160;

impl Strand<'_, '_> {
    /// Whether a range has a finite verb.
    pub(super) fn has_finite(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.part(at).is_finite())
    }

    /// The place behind marks, adverbs and `also` words that may stand before a clause.
    pub(super) fn skip_opening(&self, mut at: usize) -> usize {
        while at < self.len() {
            let is_mark = self.is_kind(at, Kind::Mark) || self.is_kind(at, Kind::Comma);
            let is_adverb = self.part(at) == Part::Adverb && !self.is(at, Class::Not);
            if !is_mark && !is_adverb {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a clause with a subject of its own begins at `at`.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        self.subject_verb(at).is_some()
    }

    /// Whether the clause that begins at `at` has its verb before the next comma.
    pub(super) fn is_close_clause(&self, at: usize) -> bool {
        let first = self.skip_opening(at);
        let verb = self.subject_verb(at).unwrap_or(first);
        !(first..verb).any(|at| self.is_kind(at, Kind::Comma) || self.is_kind(at, Kind::Dash))
    }

    /// The finite verb of the clause whose subject begins at `at`, if one begins there.
    pub(super) fn subject_verb(&self, at: usize) -> Option<usize> {
        let first = self.skip_opening(at);
        let opens = matches!(
            self.part(first),
            Part::Pronoun | Part::Determiner | Part::Name | Part::Noun | Part::Adjective | Part::Number
        ) || self.part(first) == Part::Relative && self.is_any(first, &[Class::Free])
            || self.is_any(first, &[Class::No, Class::There]);
        if !opens || self.is_mark(first) {
            return None;
        }
        let end = self.len().min(first + REACH);
        let mut has_head = false;
        let mut at = first;
        while at < end {
            let part = self.part(at);
            if part.is_finite() && has_head {
                return Some(at);
            }
            has_head |= part.is_nominal()
                || part == Part::Gerund
                || part == Part::Determiner
                || part == Part::Relative
                || part == Part::Adjective
                || self.is(at, Class::There);
            match self.kind(at) {
                // An apposition or a list: "Ruiz, the mayor, will".
                Some(Kind::Comma | Kind::Dash) if at > first => {}
                Some(Kind::Semicolon | Kind::Colon) => return None,
                _ => {}
            }
            if part == Part::Pronoun && self.part(at + 1) == Part::Base {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Where the clause begins whose verb stands at `verb`, not before `first`: behind "that" and "she said", behind the comma
    /// that ends what leads into it, at the verb itself where "and" joins it to another verb.
    pub(super) fn start_of_clause(&self, first: usize, verb: usize) -> usize {
        let first = first.max(verb.saturating_sub(FAR));
        let is_its = |place: usize| self.subject_verb(place) == Some(verb);
        let is_next =
            |place: usize| (place..verb).all(|at| self.part(at) == Part::Adverb && !self.is_mark(at));
        for place in (first..verb).rev() {
            let next = place + 1;
            let starts = match self.kind(place) {
                Some(Kind::Semicolon | Kind::Colon) => true,
                Some(Kind::Dash) => is_its(next),
                // "In 2010, the number would": but not behind an apposition, "Ruiz, the mayor, would".
                Some(Kind::Comma) => {
                    is_its(next) && self.is_close_clause(next) && !self.has_finite(first..place)
                }
                // "the levy, which would": the pronoun belongs to it. Without a comma it says which levy, and the clause
                // around it counts.
                _ if self.part(place) == Part::Relative && (is_next(next) || is_its(next)) => {
                    let around = (first..place).rev().find(|&at| self.part(at).is_finite());
                    return match around {
                        _ if place > first && self.is_kind(place - 1, Kind::Comma) => place,
                        Some(around) if place > first => self.start_of_clause(first, around),
                        _ => place,
                    };
                }
                _ if self.is_any(place, &[Class::And, Class::But, Class::Or, Class::So]) => {
                    let parts = place > first && self.is_kind(place - 1, Kind::Comma);
                    self.has_finite(first..place) && (is_next(next) || parts && is_its(next))
                }
                _ if self.is_any(place, &[Class::Aside, Class::That]) => is_its(next),
                _ => self.is(place, Class::Say) && self.part(place).is_verb() && is_its(next),
            };
            if starts {
                return next;
            }
        }
        first
    }

    /// The last place before `at` where a clause of its own begins, not before `first`.
    pub(super) fn clause_start(&self, first: usize, at: usize) -> usize {
        let first = first.max(at.saturating_sub(FAR));
        let mut start = first;
        for place in (first..at).rev() {
            let breaks = matches!(self.kind(place), Some(Kind::Semicolon | Kind::Colon))
                || self.is_kind(place, Kind::Dash) && self.has_finite(place..at);
            let joins = self.is_any(place, &[Class::But, Class::And, Class::So])
                && place > first
                && self.is_kind(place - 1, Kind::Comma)
                && self.begins_clause(place + 1);
            let says = self.is(place, Class::That)
                && (first..place).rev().take(6).find(|&at| self.part(at).is_verb()).is_some_and(|verb| {
                    self.is(verb, Class::Say) && (verb..place).all(|at| !self.is_mark(at))
                })
                && self.begins_clause(place + 1);
            if (breaks || joins || says) && self.has_finite(place..at) {
                start = place + 1;
                break;
            }
        }
        start
    }
}
