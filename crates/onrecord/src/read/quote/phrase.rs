//! How far does a noun phrase reach?
//!
//! In: the item that a phrase begins with. Out: the item behind its end. There is no parser underneath: the phrase
//! runs until a word comes that no noun phrase holds. It knows nothing of cues; `source` reads on.

use super::scope::Sentence;
use crate::lang::en::Class;
use crate::text::Kind;

/// How far a noun phrase may stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// To its first comma.
    Short,
    /// Over appositions and relative clauses.
    Long,
}

/// The end of the noun phrase that starts at `start`; `start` itself where none does.
pub(super) fn noun_phrase_end(s: &Sentence<'_, '_>, start: usize, stretch: Stretch) -> usize {
    let first = s.entry(start);
    let opens = match s.kind(start) {
        Some(Kind::Word) => {
            !(first.is_any(&[
                Class::Preposition,
                Class::Subordinator,
                Class::Adverb,
                Class::Time,
                Class::Auxiliary,
                Class::Coordinator,
                Class::Participle,
            ])) || first.is(Class::Determiner)
        }
        Some(Kind::Number) => true,
        _ => false,
    };
    if !opens || s.is(start, Class::That) && s.is(start + 1, Class::Determiner) {
        return start;
    }
    if first.is(Class::Pronoun) && !s.is(start + 1, Class::Preposition) && !s.is_kind(start + 1, Kind::Word) {
        return start + 1;
    }
    let personal = s.is(start, Class::Personal);
    if personal {
        return start + 1;
    }
    let mut common = false;
    let mut apposition = false;
    let mut relative = false;
    let mut k = start;
    while k < s.len() {
        match s.kind(k) {
            Some(Kind::Word) => {
                if k > start && !relative && word_ends_phrase(s, k, common || apposition) {
                    break;
                }
                common |= !s.is_capital(k)
                    && !s.is(k, Class::Determiner)
                    && !s.is_possessive(k)
                    && !s.is(k, Class::Preposition);
            }
            Some(Kind::Comma) if stretch == Stretch::Long && continues_after_comma(s, k + 1) => {
                apposition = true;
                relative = s.is(k + 1, Class::Relative);
            }
            Some(Kind::Number | Kind::Symbol | Kind::Open | Kind::Close) => {}
            Some(Kind::Mark) if s.is_possessive(k) => {}
            None if s.is_quote(k) && is_nickname(s, k) => {}
            _ => break,
        }
        k += 1;
    }
    // A trailing comma, coordinator or preposition belongs to what follows.
    while k > start
        && (s.is_kind(k - 1, Kind::Comma)
            || s.is(k - 1, Class::Coordinator)
            || (s.is(k - 1, Class::Preposition) && !s.is_capital(k - 1)))
    {
        k -= 1;
    }
    k
}

/// Whether the word at `k`, inside a noun phrase, belongs to what comes behind the phrase. `loose`: the phrase has
/// a common noun or an apposition, which take prepositions of their own ("a voter in Ohio").
fn word_ends_phrase(s: &Sentence<'_, '_>, k: usize, loose: bool) -> bool {
    let entry = s.entry(k);
    if entry.is(Class::Time) {
        return !s.is_possessive(k + 1);
    }
    if entry.is(Class::Preposition) && !entry.is(Class::Coordinator) {
        let of_place = entry.is(Class::Of);
        let occasion = (k + 1..k + 6).any(|i| s.is_any(i, &[Class::Occasion, Class::Time]));
        let two_part = entry.is(Class::Subordinator);
        return (!loose && !of_place) || occasion && !entry.is(Class::Of) || two_part && !loose;
    }
    if entry.is(Class::Subordinator) && !entry.is(Class::Relative) {
        return true;
    }
    entry.is(Class::Coordinator)
        && !(s.is(k, Class::And) && (s.is_capital(k + 1) || s.is(k + 1, Class::Determiner)))
        || (entry.is(Class::Adverb) && !loose)
        || s.is(k, Class::That)
        || (entry.is(Class::Participle) && !loose)
}

/// Whether a phrase goes on behind a comma: an apposition, a relative clause, an age, a state.
pub(super) fn continues_after_comma(s: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = s.entry(k);
    match s.kind(k) {
        Some(Kind::Number) => true,
        Some(Kind::Word) => {
            let leads_on = s.is_finite(k)
                || entry.is_any(&[Class::Participle, Class::Coordinator, Class::Time, Class::Adverb])
                || entry.is(Class::Subordinator) && !entry.is(Class::Relative)
                || (entry.is(Class::Preposition) && !entry.is(Class::Relative))
                || (entry.is(Class::Cue) && !entry.is(Class::NounLike))
                || s.is(k, Class::InIng)
                || s.is(k, Class::Personal);
            !leads_on || entry.is_any(&[Class::Relative, Class::Determiner])
        }
        _ => false,
    }
}

/// Whether the quotation at `k` stands inside a name: `Joe “Fingers” Diaz`.
pub(super) fn is_nickname(s: &Sentence<'_, '_>, k: usize) -> bool {
    k > 0 && s.is_capital(k - 1) && s.is_capital(k + 1)
}
