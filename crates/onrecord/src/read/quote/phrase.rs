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
    if !opens_noun_phrase(s, start) {
        return start;
    }
    // A quotation behind a pronoun has no kind, as the sentence's end has none.
    let alone = !s.is(start + 1, Class::Preposition) && !s.is_kind(start + 1, Kind::Word);
    // "said her husband": the pronoun is a possessive there.
    let function = [
        Class::Preposition,
        Class::Adverb,
        Class::Time,
        Class::Subordinator,
        Class::Coordinator,
        Class::That,
    ];
    let owner =
        s.is(start, Class::Determiner) && s.is_kind(start + 1, Kind::Word) && !s.is_any(start + 1, &function);
    if (s.is(start, Class::Personal) && !owner) || (s.is(start, Class::Pronoun) && alone) {
        return start + 1;
    }
    let mut head = Head::Name;
    let mut relative = false;
    let mut k = start;
    while k < s.len() {
        match s.kind(k) {
            Some(Kind::Word) => {
                if k > start && !relative && word_ends_phrase(s, k, head) {
                    break;
                }
                let names = s.is_capital(k) || s.is_possessive(k);
                if !names && !s.is_any(k, &[Class::Determiner, Class::Preposition]) {
                    head = Head::Description;
                }
            }
            Some(Kind::Comma) if stretch == Stretch::Long && continues_after_comma(s, k + 1) => {
                head = Head::Description;
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

/// What a noun phrase has held so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// Nothing but names and what may stand before them.
    Name,
    /// A common noun or an apposition, which take prepositions of their own: "a voter in Ohio".
    Description,
}

fn opens_noun_phrase(s: &Sentence<'_, '_>, k: usize) -> bool {
    let other = s.is_any(
        k,
        &[
            Class::Preposition,
            Class::Subordinator,
            Class::Adverb,
            Class::Time,
            Class::Auxiliary,
            Class::Coordinator,
            Class::Participle,
        ],
    );
    let word = s.is_kind(k, Kind::Word) && (!other || s.is(k, Class::Determiner));
    // "said that the plan": a clause begins, not a phrase.
    let clause = s.is(k, Class::That) && s.is(k + 1, Class::Determiner);
    (word && !clause) || s.is_kind(k, Kind::Number)
}

/// Whether the word at `k`, inside a noun phrase, belongs to what comes behind the phrase.
fn word_ends_phrase(s: &Sentence<'_, '_>, k: usize, head: Head) -> bool {
    let entry = s.entry(k);
    if entry.is(Class::Time) {
        return !s.is_possessive(k + 1);
    }
    if entry.is(Class::Preposition) && !entry.is(Class::Coordinator) {
        let of = entry.is(Class::Of);
        let occasion = (k + 1..k + 6).any(|i| s.is_any(i, &[Class::Occasion, Class::Time]));
        return match head {
            Head::Name => !of || entry.is(Class::Subordinator),
            Head::Description => !of && occasion,
        };
    }
    let opens_clause = entry.is(Class::Subordinator) && !entry.is(Class::Relative);
    let next_noun = s.is_capital(k + 1) || s.is(k + 1, Class::Determiner);
    // "a pollster and strategist": in a description a common noun follows, no verb.
    let next_verb = s.is_finite(k + 1) || s.is_any(k + 1, &[Class::Cue, Class::Adverb, Class::Pronoun]);
    let next_common = head == Head::Description && s.is_kind(k + 1, Kind::Word) && !next_verb;
    let joins_clause = entry.is(Class::Coordinator) && !(entry.is(Class::And) && (next_noun || next_common));
    let behind_name = head == Head::Name && entry.is_any(&[Class::Adverb, Class::Participle]);
    opens_clause || joins_clause || behind_name || entry.is(Class::That)
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
