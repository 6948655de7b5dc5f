//! Whose are the reporting words? Cue → the words that name its source.
//!
//! In: a sentence and a cue. Out: the noun phrase beside the cue, or the sentence's subject. There is no parser
//! underneath: a phrase is found by walking from the cue to the border of its clause, over appositions and
//! relative clauses. What looks like no phrase is no source: it never guesses to fill the field.

use std::ops::Range;

use super::scope::{Ending, Sentence};
use crate::lang::en::{self, Class};
use crate::text::Kind;

/// The source right before or right behind a cue.
pub(super) fn beside(sentence: &Sentence<'_, '_>, cue: &Range<usize>, floor: usize) -> Option<Range<usize>> {
    let (start, end) = (cue.start, cue.end);
    let parted_before = start > 1 && matches!(sentence.kind(start - 1), Some(Kind::Comma | Kind::Dash));
    let may_invert =
        start == 0 || sentence.is_quote(start - 1) || (parted_before && sentence.is_quote(start - 2));
    // ", said Ana Roz," between commas: the words before the first comma are no apposition.
    let behind_comma = start > 0
        && sentence.kind(start - 1) == Some(Kind::Comma)
        && sentence.is_capital(end)
        && !sentence.is(end, Class::Time)
        && !en::takes_addressee(sentence.word(end - 1));
    let after = |wanted: bool| if wanted { after_cue(sentence, end) } else { None };
    let parted =
        |source: &Range<usize>| matches!(sentence.kind(source.end), None | Some(Kind::Comma | Kind::Stop));
    after(behind_comma)
        .filter(parted)
        .or_else(|| before_cue(sentence, start, floor))
        .or_else(|| after(may_invert))
}

/// The source before a verb group that starts at `start`: the words back to the border of its clause.
fn before_cue(sentence: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<Range<usize>> {
    let end = start;
    if end <= floor {
        return None;
    }
    if let Some(source) = behind_quotation(sentence, start, floor) {
        return Some(source);
    }
    match sentence.kind(end - 1)? {
        Kind::Comma => {
            let mut from = end - 1;
            // An apposition or a relative clause between commas: go back over it, and over those before it.
            for _ in 0..4 {
                let comma = (floor..from).rev().find(|&i| {
                    !matches!(
                        sentence.kind(i),
                        Some(
                            Kind::Word | Kind::Number | Kind::Symbol | Kind::Mark | Kind::Open | Kind::Close
                        )
                    )
                })?;
                if sentence.kind(comma) != Some(Kind::Comma) {
                    return None;
                }
                let phrase = clause_start(sentence, comma, floor);
                if phrase < comma && names_someone(sentence, phrase, comma) {
                    let phrase = without_lead(sentence, phrase, comma);
                    return (phrase < comma).then_some(phrase..end - 1);
                }
                from = comma;
            }
            None
        }
        Kind::Word | Kind::Number | Kind::Close => {
            let phrase = clause_start(sentence, end, floor);
            if end - phrase == 1 && sentence.is(phrase, Class::Relative) {
                return Some(phrase..end);
            }
            let phrase = without_lead(sentence, without_time_span(sentence, phrase, end), end);
            let end = without_tail(sentence, phrase, end);
            let is_noun = phrase < end
                && !(end - phrase == 1
                    && (sentence.is(phrase, Class::Adverb) || sentence.is(phrase, Class::Time)));
            is_noun.then_some(phrase..end)
        }
        _ => None,
    }
}

/// The source between a quotation that ends with a comma and the cue: all words between, appositions included.
/// `“…,” Ana Roz, 81, a baker in Almond, N.Y., said`
fn behind_quotation(sentence: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<Range<usize>> {
    let quote = (floor..start).rev().find(|&k| sentence.is_quote(k) && !is_nickname(sentence, k))?;
    let outside = sentence.kind(quote + 1) == Some(Kind::Comma);
    if sentence.ending(quote) == Ending::None && !outside {
        return None;
    }
    let from = quote + 1 + usize::from(outside || sentence.kind(quote + 1) == Some(Kind::Dash));
    let end = if sentence.kind(start - 1) == Some(Kind::Comma) { start - 1 } else { start };
    let first = sentence.entry(from);
    let leads = [
        Class::Coordinator,
        Class::Preposition,
        Class::Subordinator,
        Class::Participle,
        Class::Adverb,
        Class::Relative,
    ]
    .iter()
    .any(|&class| first.is(class));
    let broken = (from..end).any(|k| {
        matches!(sentence.kind(k), Some(Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Dash))
            || (sentence.is(k, Class::Pronoun) && k > from && k + 1 == end)
    });
    let is_source = !leads && !broken && from < end && is_one_phrase(sentence, from, end);
    is_source.then(|| from..without_tail(sentence, from, end))
}

/// Whether the words can be one phrase: a pronoun stands alone, and only commas part its clauses.
fn is_one_phrase(sentence: &Sentence<'_, '_>, from: usize, end: usize) -> bool {
    let pronoun = en::is_personal_pronoun(sentence.word(from));
    if pronoun {
        return end - from == 1;
    }
    let first_comma = (from..end).find(|&k| sentence.kind(k) == Some(Kind::Comma)).unwrap_or(end);
    let verb = |k: usize| sentence.is_finite(k);
    let relative = (from..first_comma).any(|k| sentence.is(k, Class::Relative));
    end - from <= 40 && (relative || !(from..first_comma).any(verb))
}

/// Who "who" is: the phrase before it.
pub(super) fn antecedent(sentence: &Sentence<'_, '_>, relative: usize, floor: usize) -> Option<Range<usize>> {
    let parted = matches!(sentence.kind_before(relative), Some(Kind::Comma | Kind::Dash));
    let end = if parted { relative - 1 } else { relative };
    if end <= floor {
        return None;
    }
    let mut start = end;
    while start > floor && belongs_to_name(sentence, start - 1) {
        start -= 1;
        if sentence.is(start, Class::Determiner) {
            break;
        }
    }
    (start < end).then_some(start..end)
}

/// Whether the word at `k` can be a part of a name or a short description: no verb, no preposition but "of".
fn belongs_to_name(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let plain = sentence.kind(k) == Some(Kind::Word)
        && ![
            Class::Auxiliary,
            Class::Verb,
            Class::Cue,
            Class::Preposition,
            Class::Coordinator,
            Class::Subordinator,
        ]
        .iter()
        .any(|&class| sentence.is(k, class))
        && !sentence.word(k).ends_with("ed");
    plain
        || sentence.is(k, Class::Of)
        || en::is_possessive(sentence.word(k))
        || (sentence.is_capital(k) && k > 0)
}

/// Whether the phrase can be the name or description that an apposition explains.
fn names_someone(sentence: &Sentence<'_, '_>, start: usize, end: usize) -> bool {
    let first = without_lead(sentence, start, end);
    first < end
        && (sentence.is_capital(first)
            || sentence.is(first, Class::Determiner)
            || sentence.is(first, Class::Pronoun)
            || first + 1 < end)
        && !(sentence.is(first, Class::Preposition) || sentence.is(first, Class::Participle))
        && !(first..end).any(|i| sentence.is_finite(i))
}

/// Where the clause begins whose words end before `end`.
fn clause_start(sentence: &Sentence<'_, '_>, end: usize, floor: usize) -> usize {
    let mut start = end;
    while start > floor {
        let k = start - 1;
        let border = match sentence.kind(k) {
            Some(Kind::Word) => {
                let relative = sentence.is(k, Class::Relative) && k + 1 == end;
                let complement = sentence.is(k, Class::That) && k + 1 < end && !sentence.is(k, Class::Time);
                sentence.is(k, Class::Subordinator)
                    || (sentence.is(k, Class::Coordinator) && !joins_nouns(sentence, k, end))
                    || (complement && !relative)
            }
            Some(Kind::Number | Kind::Symbol | Kind::Mark | Kind::Open | Kind::Close) => false,
            None => !is_nickname(sentence, k),
            _ => true,
        };
        if border {
            break;
        }
        start = k;
    }
    start
}

/// Whether a coordinator joins two nouns of one source rather than two clauses.
fn joins_nouns(sentence: &Sentence<'_, '_>, k: usize, end: usize) -> bool {
    if !sentence.is(k, Class::And) || k == 0 || k + 1 >= end {
        return false;
    }
    let left = sentence.is_capital(k - 1)
        || (sentence.kind(k - 1) == Some(Kind::Word) && sentence.word(k - 1).ends_with('s'));
    let right = !sentence.is(k + 1, Class::Pronoun) && !sentence.is(k + 1, Class::Adverb);
    let verbless = !(k.saturating_sub(6)..k).any(|i| sentence.is_finite(i) || sentence.is(i, Class::Cue));
    left && right && verbless
}

fn is_nickname(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    k > 0 && sentence.is_capital(k - 1) && sentence.is_capital(k + 1)
}

/// The phrase without what leads a clause in: "But", "On Tuesday", "In a statement".
fn without_lead(sentence: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let mut start = start;
    while start + 1 < end {
        let entry = sentence.entry(start);
        let joins = (entry.is(Class::Adverb) || entry.is(Class::Coordinator))
            && !(entry.is(Class::Pronoun) || entry.is(Class::Determiner));
        let day = entry.is(Class::Time)
            && sentence.kind(start + 1) == Some(Kind::Word)
            && !en::is_possessive(sentence.word(start + 1));
        if joins || day {
            start += 1;
        } else if entry.is(Class::Preposition) {
            match adverbial_end(sentence, start, end) {
                Some(behind) if behind < end => start = behind,
                _ => return start,
            }
        } else {
            break;
        }
    }
    start
}

/// The phrase without a span of time that a preposition before it opens: "[After] two hours the judge".
fn without_time_span(sentence: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let opened = start > 0 && sentence.is(start - 1, Class::Preposition);
    let unit = (start..end.min(start + 4)).find(|&k| sentence.is(k, Class::Unit));
    match unit {
        Some(unit) if opened && unit + 1 < end && !sentence.is(unit + 1, Class::Preposition) => unit + 1,
        _ => start,
    }
}

/// The end of a phrase of time or occasion that a preposition opens: "On Tuesday", "In a statement".
fn adverbial_end(sentence: &Sentence<'_, '_>, preposition: usize, end: usize) -> Option<usize> {
    let of_time = |k: usize| {
        sentence.is(k, Class::Time)
            || sentence.is(k, Class::Occasion)
            || sentence.kind(k) == Some(Kind::Number)
    };
    let goes_on =
        |k: usize| of_time(k) || sentence.is(k, Class::Preposition) || en::is_possessive(sentence.word(k));
    let reach = end.min(preposition + 12);
    let last = (preposition + 1..reach).find(|&k| of_time(k) && !goes_on(k + 1))?;
    Some(last + 1)
}

/// The phrase without a time at its end: "Ruiz on Tuesday".
fn without_tail(sentence: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start + 1 && sentence.is(end - 1, Class::Time) {
        end -= 1;
        if end > start + 1 && sentence.is(end - 1, Class::Preposition) {
            end -= 1;
        }
    }
    end
}

/// The end of the source of `according to` that starts at `start`: to its first comma, or over an apposition between
/// commas: "According to Ana Roz, an aide, it rained."
pub(super) fn according_to_end(sentence: &Sentence<'_, '_>, start: usize) -> usize {
    let mut end = noun_phrase_end(sentence, start, Stretch::Short);
    if sentence.is(end, Class::Relative) {
        let parted = |k: usize| !matches!(sentence.kind(k), Some(Kind::Word | Kind::Number | Kind::Symbol));
        end = (end..sentence.len()).find(|&k| parted(k)).unwrap_or(sentence.len());
    }
    if sentence.kind(end) != Some(Kind::Comma) || !continues_after_comma(sentence, end + 1) {
        return end;
    }
    let next = noun_phrase_end(sentence, end + 1, Stretch::Short);
    let verbless = !(end + 1..next).any(|k| sentence.is_finite(k) || sentence.is(k, Class::Cue));
    let closed = next == sentence.len() || matches!(sentence.kind(next), Some(Kind::Comma | Kind::Stop));
    if next > end + 1 && verbless && closed { next } else { end }
}

/// The source behind a cue: "said Dana Ruiz, the mayor, on Tuesday".
fn after_cue(sentence: &Sentence<'_, '_>, start: usize) -> Option<Range<usize>> {
    let end = noun_phrase_end(sentence, start, Stretch::Long);
    (end > start).then_some(start..end)
}

/// How far a noun phrase may stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// To its first comma.
    Short,
    /// Over appositions and relative clauses.
    Long,
}

/// The end of the noun phrase that starts at `start`; `start` itself where none does.
pub(super) fn noun_phrase_end(sentence: &Sentence<'_, '_>, start: usize, stretch: Stretch) -> usize {
    let first = sentence.entry(start);
    let opens = match sentence.kind(start) {
        Some(Kind::Word) => {
            !(first.is(Class::Preposition)
                || first.is(Class::Subordinator)
                || first.is(Class::Adverb)
                || first.is(Class::Time)
                || first.is(Class::Auxiliary)
                || first.is(Class::Coordinator)
                || first.is(Class::Participle))
                || first.is(Class::Determiner)
        }
        Some(Kind::Number) => true,
        _ => false,
    };
    if !opens || sentence.is(start, Class::That) && sentence.is(start + 1, Class::Determiner) {
        return start;
    }
    if first.is(Class::Pronoun)
        && !sentence.is(start + 1, Class::Preposition)
        && sentence.kind(start + 1) != Some(Kind::Word)
    {
        return start + 1;
    }
    let personal = en::is_personal_pronoun(sentence.word(start));
    if personal {
        return start + 1;
    }
    let mut common = false;
    let mut apposition = false;
    let mut relative = false;
    let mut k = start;
    while k < sentence.len() {
        match sentence.kind(k) {
            Some(Kind::Word) => {
                if k > start && !relative && word_ends_phrase(sentence, k, common || apposition) {
                    break;
                }
                common |= !sentence.is_capital(k)
                    && !sentence.is(k, Class::Determiner)
                    && !en::is_possessive(sentence.word(k))
                    && !sentence.is(k, Class::Preposition);
            }
            Some(Kind::Comma) if stretch == Stretch::Long && continues_after_comma(sentence, k + 1) => {
                apposition = true;
                relative = sentence.is(k + 1, Class::Relative);
            }
            Some(Kind::Number | Kind::Symbol | Kind::Open | Kind::Close) => {}
            Some(Kind::Mark) if en::is_possessive(sentence.word(k)) => {}
            None if sentence.is_quote(k) && is_nickname(sentence, k) => {}
            _ => break,
        }
        k += 1;
    }
    // A trailing comma, coordinator or preposition belongs to what follows.
    while k > start
        && (matches!(sentence.kind(k - 1), Some(Kind::Comma))
            || sentence.is(k - 1, Class::Coordinator)
            || (sentence.is(k - 1, Class::Preposition) && !sentence.is_capital(k - 1)))
    {
        k -= 1;
    }
    k
}

/// Whether the word at `k`, inside a noun phrase, belongs to what comes behind the phrase. `loose`: the phrase has
/// a common noun or an apposition, which take prepositions of their own ("a voter in Ohio").
fn word_ends_phrase(sentence: &Sentence<'_, '_>, k: usize, loose: bool) -> bool {
    let entry = sentence.entry(k);
    if entry.is(Class::Time) {
        return !en::is_possessive(sentence.word(k + 1));
    }
    if entry.is(Class::Preposition) && !entry.is(Class::Coordinator) {
        let of_place = entry.is(Class::Of);
        let occasion = (k + 1..k + 6).any(|i| sentence.is(i, Class::Occasion) || sentence.is(i, Class::Time));
        let two_part = entry.is(Class::Subordinator);
        return (!loose && !of_place) || occasion && !entry.is(Class::Of) || two_part && !loose;
    }
    if entry.is(Class::Subordinator) && !entry.is(Class::Relative) {
        return true;
    }
    entry.is(Class::Coordinator)
        && !(sentence.is(k, Class::And)
            && (sentence.is_capital(k + 1) || sentence.is(k + 1, Class::Determiner)))
        || (entry.is(Class::Adverb) && !loose)
        || sentence.is(k, Class::That)
        || (entry.is(Class::Participle) && !loose)
}

/// Whether a phrase goes on behind a comma: an apposition, a relative clause, an age, a state.
fn continues_after_comma(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = sentence.entry(k);
    match sentence.kind(k) {
        Some(Kind::Number) => true,
        Some(Kind::Word) => {
            let leads_on = sentence.is_finite(k)
                || entry.is(Class::Participle)
                || entry.is(Class::Coordinator)
                || entry.is(Class::Time)
                || entry.is(Class::Adverb)
                || entry.is(Class::Subordinator) && !entry.is(Class::Relative)
                || (entry.is(Class::Preposition) && !entry.is(Class::Relative))
                || (entry.is(Class::Cue) && !entry.is(Class::NounLike))
                || sentence.word(k).ends_with("ing")
                || en::is_personal_pronoun(sentence.word(k));
            !leads_on || entry.is(Class::Relative) || entry.is(Class::Determiner)
        }
        _ => false,
    }
}

/// The subject of a sentence: its first phrase that names someone, before `limit`.
pub(super) fn subject(s: &Sentence<'_, '_>, limit: usize) -> Option<Range<usize>> {
    let dash = (0..limit.min(14)).find(|&k| s.kind(k) == Some(Kind::Dash));
    let date_line = dash.filter(|&dash| (0..dash).any(|k| en::is_all_capitals(s.word(k))));
    subject_from(s, date_line.map_or(0, |dash| dash + 1), limit)
}

/// The same from an item on.
pub(super) fn subject_from(s: &Sentence<'_, '_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let next_comma = |k: usize| (k..limit).find(|&k| s.kind(k) == Some(Kind::Comma));
    let mut start = from;
    let mut led_in = false;
    while start < limit {
        let entry = s.entry(start);
        let leads = entry.is(Class::Preposition)
            || entry.is(Class::Subordinator)
            || entry.is(Class::Participle)
            || s.word(start).ends_with("ing");
        let place = led_in
            && next_comma(start).is_some_and(|comma| {
                comma - start <= 2
                    && s.is_capital(start)
                    && comma + 1 < limit
                    && (s.is(comma + 1, Class::Preposition) || s.word(start).ends_with('.'))
            });
        if s.is_quote(start)
            || s.kind(start) != Some(Kind::Word)
            || entry.is(Class::Coordinator)
            || entry.is(Class::Adverb)
            || entry.is(Class::Time)
        {
            start += 1;
        } else if (leads && !entry.is(Class::Determiner)) || place {
            start = next_comma(start)? + 1;
            led_in = true;
        } else {
            break;
        }
    }
    if start >= limit {
        return None;
    }
    let phrase = noun_phrase_end(s, start, Stretch::Short).min(limit);
    let verb = (start + 1..phrase).find(|&k| {
        s.is_finite(k)
            || (s.is(k, Class::Cue) && !s.is(k, Class::NounLike))
            || (s.word(k).ends_with("ed") && !s.is_capital(k))
    });
    let end = verb.unwrap_or(phrase);
    (end > start).then_some(start..end)
}
