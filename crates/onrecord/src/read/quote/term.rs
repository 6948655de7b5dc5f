//! Which quotations are no speech: titles, nicknames, slogans, terms.
//!
//! In: a quotation in its sentence. Out: whether its marks say "this is a name" rather than "this was said".

use std::ops::Range;

use super::scope::{Ending, Item, Sentence};
use crate::lang::en::Class;
use crate::text::Kind;

/// Whether the quotation at `k` is a term: no cue may take it as speech.
pub(super) fn is_term(s: &Sentence<'_, '_>, k: usize) -> bool {
    is_nickname(s, k) || is_named(s, k) || is_work_title(s, k)
}

/// Whether the quotation at `k` is the title of a work or a programme: `her novel “The Long Rain”`, `on “Talk Now”`.
pub(super) fn is_work_title(s: &Sentence<'_, '_>, k: usize) -> bool {
    if !is_title_case(s, k) || k == 0 {
        return false;
    }
    let before = k - 1;
    // "her second book, “The Salt Road,” says": an apposition.
    let apposition = s.is_kind(before, Kind::Comma)
        && (before.saturating_sub(4)..before).any(|i| s.is(i, Class::Work))
        && (before.saturating_sub(4)..before).all(|i| !s.is(i, Class::Cue) && !s.is_finite(i));
    let possessive = s.is_possessive(before);
    apposition || possessive || s.is_any(before, &[Class::Work, Class::Preposition, Class::Determiner])
}

/// Whether the quotation at `k` is the title of what `source` names behind it: `“The Salt Road,” her second book`.
pub(super) fn is_title_of(s: &Sentence<'_, '_>, k: usize, source: &Range<usize>) -> bool {
    is_title_case(s, k) && source.start > k && s.is(source.end - 1, Class::Work)
}

/// `Joe “Fingers” Diaz`
fn is_nickname(s: &Sentence<'_, '_>, k: usize) -> bool {
    k > 0
        && s.is_capital(k - 1)
        && s.is_capital(k + 1)
        && words(s, k).len() <= 3
        && s.ending(k) == Ending::None
}

/// `the so-called “slow lane”`, `the word “never”`
fn is_named(s: &Sentence<'_, '_>, k: usize) -> bool {
    k > 0 && s.is(k - 1, Class::Saying) && !s.is(k - 1, Class::Cue)
}

/// Whether every long word begins with a capital.
fn is_title_case(s: &Sentence<'_, '_>, k: usize) -> bool {
    let words = words(s, k);
    let long = words.iter().filter(|word| word.chars().count() >= 4);
    !words.is_empty()
        && words.len() <= 10
        && words[0].starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && long.clone().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
        && (long.count() > 0 || words.len() > 1)
}

fn words<'d>(s: &Sentence<'_, 'd>, k: usize) -> Vec<&'d str> {
    let Item::Quote(_, tokens) = &s.items[k] else { return Vec::new() };
    // A title has few words: the bound keeps a long quotation cheap.
    let tokens =
        tokens.clone().take(16).filter(|&t| matches!(s.view.token(t).kind, Kind::Word | Kind::Number));
    tokens.map(|t| s.view.word(t)).collect()
}
