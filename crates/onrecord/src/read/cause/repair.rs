//! Parts of speech set right by what a clause needs.
//!
//! In: the words of a sentence with the parts that a small table gave them. Out: the same, with verbs where a clause would
//! have none: words that the table does not know are nouns to it ("the court agrees"). It looks at one clause at a time.

use super::view::Word;
use crate::lang::en;
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::text::Kind;

/// Sets the parts of one sentence right.
pub(super) fn repair(words: &mut [Word<'_>]) {
    for at in 0..words.len() {
        helped(words, at);
        named(words, at);
        if at > 0 && words[at].part == Part::Base && words[at - 1].lower == "to" {
            words[at - 1].part = Part::To;
        }
    }
    let mut first = 0;
    for at in 0..=words.len() {
        if at == words.len() || parts_clauses(&words[at]) {
            clause(&mut words[first..at]);
            first = at + 1;
        }
    }
}

/// "did not close", "to close the mine": what stands behind a helper is a verb.
fn helped(words: &mut [Word<'_>], at: usize) {
    let is_open = matches!(words[at].part, Part::Noun | Part::Adjective | Part::Adverb);
    if !is_open || words[at].entry.is(Class::Not) || words[at].text.starts_with(char::is_uppercase) {
        return;
    }
    let before =
        (0..at).rev().take(3).find(|&at| words[at].part != Part::Adverb && !words[at].entry.is(Class::Not));
    let Some(before) = before else { return };
    let next = words.get(at + 1).map_or(Part::Other, |next| next.part);
    let opens = matches!(next, Part::Determiner | Part::Pronoun);
    let is_adverb = words[at].part == Part::Adverb
        && !opens
        && words.get(at + 1).is_some_and(|next| next.kind == Kind::Word);
    if is_adverb {
        return;
    }
    if words[before].part == Part::Modal
        || words[before].entry.is(Class::Do) && words[before].part.is_finite()
    {
        words[at].part = Part::Base;
    } else if words[before].lower == "to" && before + 1 == at && opens {
        words[before].part = Part::To;
        words[at].part = Part::Base;
    }
}

/// "a hearing in May": a form in "-ing" behind an article, with no noun behind it, is the noun.
fn named(words: &mut [Word<'_>], at: usize) {
    let opens = |at: usize| words[at].part == Part::Determiner;
    let is_named = words[at].part == Part::Gerund
        && at > 0
        && (opens(at - 1) || words[at - 1].part == Part::Adjective && at > 1 && opens(at - 2))
        && !words.get(at + 1).is_some_and(|next| {
            next.part.is_nominal() || matches!(next.part, Part::Determiner | Part::Adjective | Part::Gerund)
        });
    if is_named {
        words[at].part = Part::Noun;
    }
}

fn parts_clauses(word: &Word<'_>) -> bool {
    !matches!(word.kind, Kind::Word | Kind::Number)
        || word.entry.is_any(&[
            Class::If,
            Class::Unless,
            Class::That,
            Class::Aside,
            Class::And,
            Class::Or,
            Class::But,
        ])
        || word.part == Part::Relative
}

/// Finds the verb of a clause that has none.
fn clause(words: &mut [Word<'_>]) {
    if words.iter().any(|word| word.part.is_finite() || word.part == Part::Base) {
        return;
    }
    let found = (1..words.len()).find(|&at| {
        let (before, word) = (&words[at - 1], &words[at]);
        if word.text.starts_with(char::is_uppercase) || !before.part.is_nominal() {
            return false;
        }
        let next = words.get(at + 1).map_or(Part::Other, |next| next.part);
        if matches!(next, Part::Noun | Part::Name) && word.part == Part::Noun {
            return false;
        }
        match word.part {
            _ if en::cause::is_past(&word.lower) => true,
            Part::Noun => {
                let is_plural = before.lower.ends_with('s');
                word.lower.ends_with('s') && !word.lower.ends_with("ss") && !is_plural
                    || is_plural && en::cause::is_verb(&word.lower)
            }
            Part::Participle => true,
            Part::Adjective => word.lower.ends_with("ed"),
            _ => false,
        }
    });
    let Some(at) = found else { return };
    let is_present = words[at].part == Part::Noun && !en::cause::is_past(&words[at].lower);
    words[at].part = if is_present { Part::Present } else { Part::Past };
}
