//! Conditions without "if": "had she known", "without her", "I wish".
//!
//! In: a strand and the place of such a word. Out: a [`Found`], where what follows is told with "would" or "will", so
//! that "Had she known?" and "without a word" are none.

use super::extent::{consequent_end, pieces, tells_why, told_start, unmarked_end};
use super::{Found, Signals};
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::read::cause::clause::FAR;
use crate::read::cause::rule;
use crate::read::cause::view::Strand;
use crate::text::Kind;

pub(super) fn find(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    if strand.is(at, Class::Wish) {
        return wish(strand, at);
    }
    if strand.is(at, Class::Without) || strand.is(at, Class::But) && strand.is(at + 1, Class::For) {
        return without(strand, at);
    }
    if strand.is_any(at, &[Class::Had, Class::Were, Class::Should]) {
        return order(strand, at);
    }
    elsewhere(strand, at)
}

/// "In a perfect world, the pier would be open": it is not, since this is none.
fn elsewhere(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    let is_in = strand.part(at) == Part::Preposition && strand.is(at, Class::Of);
    let other = (at + 1..at + 4).find(|&at| strand.is(at, Class::Other))?;
    let is_world = strand.is(other + 1, Class::World);
    if !is_in || !is_world || strand.has_finite(strand.clause_start(0, at)..at) {
        return None;
    }
    let (end, then) = comma(strand, other + 2)?;
    let verb = strand.subject_verb(then)?;
    strand.is(verb, Class::Would).then(|| Found {
        signal: at..other + 2,
        antecedent: at..end,
        consequent: then..consequent_end(strand, then, strand.len()),
        maker: rule::WITHOUT,
        signals: Signals::Without,
    })
}

/// "had she known", "were it not for her", "should he resign".
fn order(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    let opens = at == 0
        || strand.is_mark(at - 1)
        || strand.is_any(at - 1, &[Class::And, Class::But, Class::Or, Class::That, Class::Say])
        || strand.part(at + 1) == Part::Pronoun
            && is_told_before(strand, at)
            && (!strand.is(at - 1, Class::Have) || strand.is(at + 2, Class::Be))
        || strand.part(at - 1) == Part::Name && strand.is(at + 1, Class::Opens) && is_told_before(strand, at)
        || !strand.is_part(at - 1, &[Part::Name, Part::Pronoun, Part::Relative, Part::Modal, Part::Base])
            && !strand.is(at - 1, Class::Have)
            && (strand.is(at + 1, Class::Opens)
                || is_subject_word(strand, at + 1) && is_told_before(strand, at));
    if !opens {
        return None;
    }
    let first = strand.skip_opening(0);
    let is_first =
        at <= first || !strand.has_finite(at.saturating_sub(FAR)..at) || strand.is(at - 1, Class::That);
    // Where the words behind a comma tell what would follow, the participle may be one that nobody knows.
    let is_told = || {
        is_subject_word(strand, at + 1) && comma(strand, at + 2).is_some_and(|end| is_modal(strand, end.1))
    };
    let subject_end = subject_end(strand, at).or_else(|| (is_first && is_told()).then_some(at + 2))?;
    let marked = comma(strand, subject_end);
    let marked = if is_first { marked.or_else(|| unmarked_end(strand, subject_end, true)) } else { marked };
    let (end, then) = match marked {
        Some(place) if is_first || is_modal(strand, place.1) => place,
        _ if is_first => return None,
        _ => {
            let end = consequent_end(strand, at, strand.len());
            let start = strand.skip_leading(told_start(strand, at));
            let told = (start..at).any(|at| strand.is_any(at, &[Class::Would, Class::Will]));
            return told.then(|| Found {
                signal: at..at + 1,
                antecedent: at..end,
                consequent: start..at,
                maker: rule::INVERTED,
                signals: Signals::Order,
            });
        }
    };
    let consequent = then..consequent_end(strand, then, strand.len());
    let told = consequent.clone().any(|at| strand.is_any(at, &[Class::Would, Class::Will]));
    let asks = strand.asks() && !strand.is_any(at, &[Class::Had]);
    (told && !asks || strand.is(at, Class::Should) && strand.part(then) == Part::Base).then(|| Found {
        signal: at..at + 1,
        antecedent: at..end,
        consequent,
        maker: rule::INVERTED,
        signals: Signals::Order,
    })
}

/// Whether "would" stands in the clause before "had": "would be open had staff stayed".
fn is_told_before(strand: &Strand<'_, '_>, at: usize) -> bool {
    let clause = (at.saturating_sub(40)..at).rev().take_while(|&at| !strand.is_kind(at, Kind::Semicolon));
    clause.into_iter().any(|at| strand.is(at, Class::Would))
}

fn is_subject_word(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is(at, Class::Opens)
        || strand.is_part(
            at,
            &[Part::Pronoun, Part::Determiner, Part::Name, Part::Noun, Part::Adjective, Part::Number],
        )
}

fn is_modal(strand: &Strand<'_, '_>, then: usize) -> bool {
    strand.is_any(then, &[Class::Would, Class::Will])
        || strand.subject_verb(then).is_some_and(|verb| strand.is_any(verb, &[Class::Would, Class::Will]))
}

/// How long the subject between "had" and its participle may be.
const SUBJECT: usize = 14;

/// The place behind the subject of a verb that stands before it, if the rest of the verb follows.
fn subject_end(strand: &Strand<'_, '_>, at: usize) -> Option<usize> {
    if !is_subject_word(strand, at + 1) || strand.is_mark(at + 1) {
        return None;
    }
    for place in at + 2..strand.len().min(at + SUBJECT) {
        let part = strand.part(place);
        let goes_on = if strand.is(at, Class::Had) {
            matches!(part, Part::Participle | Part::Past) || strand.is(place, Class::Not)
        } else if strand.is(at, Class::Were) {
            part == Part::To
                || strand.is(place, Class::Not)
                || place == at + 2 && strand.is(at + 1, Class::It) && part == Part::Determiner
                || matches!(part, Part::Gerund | Part::Participle | Part::Adjective)
        } else {
            part == Part::Base || strand.is(place, Class::Not)
        };
        if goes_on {
            return Some(place);
        }
        if part == Part::Modal || strand.is_kind(place, Kind::Semicolon) {
            return None;
        }
    }
    None
}

/// The comma behind which what follows begins.
fn comma(strand: &Strand<'_, '_>, first: usize) -> Option<(usize, usize)> {
    let is_break = |&at: &usize| strand.is_kind(at, Kind::Comma) || strand.is_kind(at, Kind::Dash);
    let ends = (first..strand.len().min(first + FAR)).filter(is_break);
    let ends = ends.map(|at| (at, strand.behind_then(strand.skip_marks(at)))).filter(|&(_, then)| {
        !strand.is_any(then, &[Class::And, Class::Or, Class::But])
            && (strand.begins_clause(then)
                || strand.part(then) == Part::Base
                || strand.is(then, Class::Would))
    });
    let ends: Vec<(usize, usize)> = ends.collect();
    let is_close = |&&(_, then): &&(usize, usize)| strand.is_close_clause(then);
    let told = ends.iter().find(|end| is_close(end) && is_modal(strand, end.1));
    told.or_else(|| ends.iter().find(is_close)).or(ends.first()).copied()
}

/// "Without her, the pier would be closed"; "But for her".
fn without(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    let behind = at + 1 + usize::from(strand.is(at, Class::But));
    let found = |antecedent, consequent| Found {
        signal: at..behind,
        antecedent,
        consequent,
        maker: rule::WITHOUT,
        signals: Signals::Without,
    };
    if (at.saturating_sub(FAR)..strand.len().min(at + FAR))
        .any(|at| strand.is_any(at, &[Class::If, Class::Unless]))
    {
        return None;
    }
    let joins = at > 1 && strand.is_any(at - 1, &[Class::But, Class::And]) && strand.is_mark(at - 2);
    if joins || !strand.has_finite(strand.clause_start(0, at)..at) {
        let (end, then) = comma(strand, behind).or_else(|| unmarked_end(strand, behind, true))?;
        let consequent = then..consequent_end(strand, then, strand.len());
        let verb = strand.subject_verb(then)?;
        return strand.is(verb, Class::Would).then(|| found(at..end, consequent));
    }
    if strand.is(at, Class::But) {
        return None;
    }
    let start = strand.skip_leading(told_start(strand, at));
    let told = (start..at).rev().find(|&at| strand.part(at).is_finite())?;
    let end = consequent_end(strand, at, strand.len());
    (strand.is(told, Class::Would) && !strand.is_kind(at - 1, Kind::Comma)).then(|| found(at..end, start..at))
}

/// "I wish the pier were open": what is wished is not so.
fn wish(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    let clause = strand.skip_that(at + 1);
    let is_verb = matches!(strand.part(at), Part::Present | Part::Past | Part::Base);
    let wishes = strand.begins_clause(clause) && (is_verb || strand.part(clause) == Part::Pronoun);
    if !wishes {
        return None;
    }
    let start = strand.skip_leading(strand.clause_start(0, at));
    let end = consequent_end(strand, at + 1, strand.len());
    let (pieces, _) = pieces(strand, start..end, Signals::Wish);
    Some(Found {
        signal: at..at + 1,
        antecedent: pieces.first().cloned()?,
        consequent: end..end,
        maker: rule::WISH,
        signals: Signals::Wish,
    })
}

/// "The board should have closed it": it did not, and nothing is told that would have followed.
pub(super) fn unreal(strand: &Strand<'_, '_>, at: usize) -> Option<Found> {
    if !strand.is(at, Class::Unreal) || !strand.is_own(at) {
        return None;
    }
    let mut have = at + 1;
    while strand.is(have, Class::Not) || strand.part(have) == Part::Adverb {
        have += 1;
    }
    let is_past = strand.is(have, Class::Have)
        && strand.is_part(have + 1, &[Part::Participle, Part::Past, Part::Adverb]);
    if !is_past {
        return None;
    }
    let start = strand.skip_leading(strand.start_of_clause(0, at));
    let end = consequent_end(strand, at, strand.len());
    // "…, so that nobody could": what for, and why, is no part of what was not done.
    let aims = |at: usize| {
        strand.is(at, Class::So) && (strand.is(at + 1, Class::That) || strand.begins_clause(at + 1))
            || tells_why(strand, at)
    };
    let end = (have + 2..end).find(|&at| aims(at)).unwrap_or(end);
    Some(Found {
        signal: at..have + 1,
        antecedent: start..end,
        consequent: end..end,
        maker: rule::UNREAL,
        signals: Signals::Wish,
    })
}
