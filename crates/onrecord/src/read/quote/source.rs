//! Whose are the reporting words? Cue → the words that name its source.
//!
//! In: a sentence and a cue. Out: the noun phrase beside the cue, or the sentence's subject. There is no parser
//! underneath: a phrase is found by walking from the cue to the border of its clause, over appositions and
//! relative clauses. What looks like no phrase is no source: it never guesses to fill the field.

use std::ops::Range;

use super::phrase::{Stretch, continues_after_comma, is_nickname, noun_phrase_end};
use super::scope::{Ending, Sentence};
use crate::lang::en::Class;
use crate::text::Kind;

/// The source right before or right behind a cue.
pub(super) fn beside(s: &Sentence<'_, '_>, cue: &Range<usize>, floor: usize) -> Option<Range<usize>> {
    let (start, end) = (cue.start, cue.end);
    let parted_before = start > 1 && matches!(s.kind(start - 1), Some(Kind::Comma | Kind::Dash));
    let may_invert = start == 0 || s.is_quote(start - 1) || (parted_before && s.is_quote(start - 2));
    // ", said Ana Roz," between commas: the words before the first comma are no apposition.
    let behind_comma = start > 0
        && s.is_kind(start - 1, Kind::Comma)
        && s.is_capital(end)
        && !s.is(end, Class::Time)
        && !s.is(end - 1, Class::Told);
    let after = |wanted: bool| if wanted { after_cue(s, end) } else { None };
    // "who calls herself “the Hammer,” said the deal was dead": behind the cue stands what is said.
    let no_clause = |source: &Range<usize>| {
        !(source.start..=source.end).any(|k| s.is_finite(k)) || has_relative(s, source)
    };
    let parted = |source: &Range<usize>| matches!(s.kind(source.end), None | Some(Kind::Comma | Kind::Stop));
    after(behind_comma)
        .filter(parted)
        .or_else(|| before_cue(s, start, floor))
        .or_else(|| after(may_invert).filter(no_clause))
}

fn has_relative(s: &Sentence<'_, '_>, source: &Range<usize>) -> bool {
    source.clone().any(|k| s.is(k, Class::Relative))
}

/// The source before a verb group that starts at `end`: the words back to the border of its clause.
fn before_cue(s: &Sentence<'_, '_>, end: usize, floor: usize) -> Option<Range<usize>> {
    if end <= floor {
        return None;
    }
    behind_quotation(s, end, floor).or_else(|| match s.kind(end - 1)? {
        Kind::Comma => before_apposition(s, end - 1, floor),
        Kind::Word | Kind::Number | Kind::Close => clause_subject(s, end, floor),
        _ => None,
    })
}

/// How many appositions and relative clauses may stand between a name and its cue.
const MOST_APPOSITIONS: usize = 4;

/// The source that ends with an apposition or a relative clause: back over the commas to what it explains.
fn before_apposition(s: &Sentence<'_, '_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let within = |k: usize| {
        use Kind::{Close, Mark, Number, Open, Symbol, Word};
        matches!(s.kind(k), Some(Word | Number | Symbol | Mark | Open | Close))
    };
    let mut from = end;
    for _ in 0..MOST_APPOSITIONS {
        let comma = (floor..from).rev().find(|&k| !within(k)).filter(|&k| s.is_kind(k, Kind::Comma))?;
        let phrase = clause_start(s, comma, floor);
        if phrase < comma && names_someone(s, phrase, comma) {
            let phrase = without_lead(s, phrase, comma);
            let phrase = name_before_description(s, phrase, floor).unwrap_or(phrase);
            // "Munsen, speaking on the steps, said": the scene is no part of who he is.
            let end = if s.is(comma + 1, Class::InIng) { comma } else { end };
            // "Lunn, however, said": so is what joins the sentence to the one before.
            let aside = s.is(comma + 1, Class::Adverb) && comma + 2 == end;
            let end = if aside { comma } else { end };
            return (phrase < comma).then_some(phrase..end);
        }
        from = comma;
    }
    None
}

/// The start of the name that the description at `start` explains: "Ana Roz, the mayor".
fn name_before_description(s: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<usize> {
    let comma =
        start.checked_sub(1).filter(|&k| s.is_kind(k, Kind::Comma) && s.is(start, Class::Determiner))?;
    let name = clause_start(s, comma, floor);
    let is_name = |k: usize| {
        s.is_capital(k) && !s.is_any(k, &[Class::Time, Class::Adverb, Class::Sentence, Class::Preposition])
    };
    (name < comma && (name..comma).all(is_name)).then_some(name)
}

/// The source right before a cue: its clause without what leads it in and without a time at its end.
fn clause_subject(s: &Sentence<'_, '_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let start = clause_start(s, end, floor);
    // "The woman who", "In her diary that night she": the last word is the source, whatever stands before it.
    let last = end - 1;
    let nominative = s.is(last, Class::Personal) && s.is(last, Class::Pronoun);
    let relative = s.is(last, Class::Relative) && (last == start || !s.is(last, Class::That));
    if start < end && (nominative || relative) {
        return Some(last..end);
    }
    let start = without_lead(s, without_time_span(s, start, end), end);
    let end = without_tail(s, start, end);
    let adverbial = end == start + 1 && s.is_any(start, &[Class::Adverb, Class::Time]);
    (start < end && !adverbial).then_some(start..end)
}

/// The source between a quotation that ends with a comma and the cue: all words between, appositions included.
/// `“…,” Ana Roz, 81, a baker in Almond, N.Y., said`
fn behind_quotation(s: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<Range<usize>> {
    let quote = (floor..start).rev().find(|&k| s.is_quote(k) && !is_nickname(s, k))?;
    let outside = s.is_kind(quote + 1, Kind::Comma);
    if s.ending(quote) == Ending::None && !outside {
        return None;
    }
    let from = quote + 1 + usize::from(outside || s.is_kind(quote + 1, Kind::Dash));
    let end = if s.is_kind(start - 1, Kind::Comma) { start - 1 } else { start };
    let first = s.entry(from);
    let leads = first.is_any(&[
        Class::Coordinator,
        Class::Preposition,
        Class::Subordinator,
        Class::Participle,
        Class::Adverb,
        Class::Relative,
    ]);
    let broken = (from..end).any(|k| {
        matches!(s.kind(k), Some(Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Dash))
            || (s.is(k, Class::Pronoun) && k > from && k + 1 == end)
    });
    let is_source = !leads && !broken && from < end && is_one_phrase(s, from, end);
    is_source.then(|| from..without_tail(s, from, end))
}

/// Whether the words can be one phrase: a pronoun stands alone, and only commas part its clauses.
fn is_one_phrase(s: &Sentence<'_, '_>, from: usize, end: usize) -> bool {
    let pronoun = s.is(from, Class::Personal);
    if pronoun {
        return end - from == 1;
    }
    let first_comma = (from..end).find(|&k| s.is_kind(k, Kind::Comma)).unwrap_or(end);
    let verb = |k: usize| s.is_finite(k);
    let relative = (from..first_comma).any(|k| s.is(k, Class::Relative));
    end - from <= 40 && (relative || !(from..first_comma).any(verb))
}

/// Who "who" is: the phrase before it.
pub(super) fn antecedent(s: &Sentence<'_, '_>, relative: usize, floor: usize) -> Option<Range<usize>> {
    let parted = matches!(s.kind_before(relative), Some(Kind::Comma | Kind::Dash));
    let end = if parted { relative - 1 } else { relative };
    if end <= floor {
        return None;
    }
    let mut start = end;
    while start > floor && belongs_to_name(s, start - 1) {
        start -= 1;
        if s.is(start, Class::Determiner) {
            break;
        }
    }
    (start < end).then_some(start..end)
}

/// Whether the word at `k` can be a part of a name or a short description: no verb, no preposition but "of".
fn belongs_to_name(s: &Sentence<'_, '_>, k: usize) -> bool {
    let plain = s.is_kind(k, Kind::Word)
        && !s.is_any(
            k,
            &[
                Class::Auxiliary,
                Class::Verb,
                Class::Cue,
                Class::Preposition,
                Class::Coordinator,
                Class::Subordinator,
            ],
        )
        && !s.is(k, Class::InEd);
    plain || s.is(k, Class::Of) || s.is_possessive(k) || (s.is_capital(k) && k > 0)
}

/// Whether the phrase can be the name or description that an apposition explains.
fn names_someone(s: &Sentence<'_, '_>, start: usize, end: usize) -> bool {
    let first = without_lead(s, start, end);
    first < end
        && (s.is_capital(first) || s.is_any(first, &[Class::Determiner, Class::Pronoun]) || first + 1 < end)
        && !s.is_any(first, &[Class::Preposition, Class::Participle])
        && !(first..end).any(|i| s.is_finite(i))
}

/// Where the clause begins whose words end before `end`.
fn clause_start(s: &Sentence<'_, '_>, end: usize, floor: usize) -> usize {
    let mut start = end;
    while start > floor {
        let k = start - 1;
        let border = match s.kind(k) {
            Some(Kind::Word) => {
                let relative = s.is(k, Class::Relative) && k + 1 == end;
                // "said that Roz": a clause; "a ferry that sank": a part of the phrase; "which Roz": a clause again.
                let reported = k == 0
                    || !s.is_kind(k - 1, Kind::Word)
                    || s.is_any(k - 1, &[Class::Cue, Class::Preposition]);
                let new_subject = s.is(k, Class::Relative)
                    && !s.is(k, Class::That)
                    && k + 1 < end
                    && (s.is_any(k + 1, &[Class::Determiner, Class::Personal]) || s.is_capital(k + 1));
                let complement = (s.is(k, Class::That) && k + 1 < end && reported) || new_subject;
                s.is(k, Class::Subordinator)
                    || (s.is(k, Class::Coordinator) && !joins_nouns(s, k, end))
                    || (complement && !relative)
            }
            Some(Kind::Number | Kind::Symbol | Kind::Mark | Kind::Open | Kind::Close) => false,
            None => !is_nickname(s, k),
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
fn joins_nouns(s: &Sentence<'_, '_>, k: usize, end: usize) -> bool {
    if !s.is(k, Class::And) || k == 0 || k + 1 >= end {
        return false;
    }
    let left = s.is_capital(k - 1) || (s.is_kind(k - 1, Kind::Word) && s.is(k - 1, Class::InS));
    let right = !s.is(k + 1, Class::Pronoun) && !s.is(k + 1, Class::Adverb);
    let verbless = !(k.saturating_sub(6)..k).any(|i| s.is_finite(i) || s.is(i, Class::Cue));
    left && right && verbless
}

/// The phrase without what leads a clause in: "But", "On Tuesday", "In a statement".
fn without_lead(s: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let mut start = start;
    while start + 1 < end {
        let entry = s.entry(start);
        let joins = entry.is_any(&[Class::Adverb, Class::Coordinator])
            && !entry.is_any(&[Class::Pronoun, Class::Determiner]);
        let day = entry.is(Class::Time) && s.is_kind(start + 1, Kind::Word) && !s.is_possessive(start + 1);
        if joins || day {
            start += 1;
        } else if entry.is(Class::Preposition) {
            match adverbial_end(s, start, end) {
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
fn without_time_span(s: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let opened = start > 0 && s.is(start - 1, Class::Preposition);
    let unit = (start..end.min(start + 4)).find(|&k| s.is(k, Class::Unit));
    match unit {
        Some(unit) if opened && unit + 1 < end && !s.is(unit + 1, Class::Preposition) => unit + 1,
        _ => start,
    }
}

/// The end of a phrase of time or occasion that a preposition opens: "On Tuesday", "In a statement".
fn adverbial_end(s: &Sentence<'_, '_>, preposition: usize, end: usize) -> Option<usize> {
    let of_time = |k: usize| s.is_any(k, &[Class::Time, Class::Occasion]) || s.is_kind(k, Kind::Number);
    let goes_on = |k: usize| of_time(k) || s.is(k, Class::Preposition) || s.is_possessive(k);
    let reach = end.min(preposition + 12);
    let last = (preposition + 1..reach).find(|&k| of_time(k) && !goes_on(k + 1))?;
    Some(last + 1)
}

/// The phrase without a time at its end: "Ruiz on Tuesday".
fn without_tail(s: &Sentence<'_, '_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start + 1 && s.is(end - 1, Class::Time) {
        end -= 1;
        if end > start + 1 && s.is(end - 1, Class::Preposition) {
            end -= 1;
        }
    }
    end
}

/// The end of the source of `according to` that starts at `start`: to its first comma, or over an apposition between
/// commas: "According to Ana Roz, an aide, it rained."
pub(super) fn according_to_end(s: &Sentence<'_, '_>, start: usize) -> usize {
    let mut end = noun_phrase_end(s, start, Stretch::Short);
    if s.is(end, Class::Relative) {
        let parted = |k: usize| !matches!(s.kind(k), Some(Kind::Word | Kind::Number | Kind::Symbol));
        end = (end..s.len()).find(|&k| parted(k)).unwrap_or(s.len());
    }
    if !s.is_kind(end, Kind::Comma) || !continues_after_comma(s, end + 1) {
        return end;
    }
    let next = noun_phrase_end(s, end + 1, Stretch::Short);
    let verbless = !(end + 1..next).any(|k| s.is_finite(k) || s.is(k, Class::Cue));
    let closed = next == s.len() || matches!(s.kind(next), Some(Kind::Comma | Kind::Stop));
    if next > end + 1 && verbless && closed { next } else { end }
}

/// The source behind a cue: "said Dana Ruiz, the mayor, on Tuesday".
fn after_cue(s: &Sentence<'_, '_>, start: usize) -> Option<Range<usize>> {
    let end = noun_phrase_end(s, start, Stretch::Long);
    (end > start).then_some(start..end)
}

/// The subject of a sentence: its first phrase that names someone, before `limit`.
pub(super) fn subject(s: &Sentence<'_, '_>, limit: usize) -> Option<Range<usize>> {
    let dash = (0..limit.min(14)).find(|&k| s.is_kind(k, Kind::Dash));
    let date_line = dash.filter(|&dash| (0..dash).any(|k| s.is_all_capitals(k)));
    subject_from(s, date_line.map_or(0, |dash| dash + 1), limit)
}

/// The same from an item on.
pub(super) fn subject_from(s: &Sentence<'_, '_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let next_comma = |k: usize| (k..limit).find(|&k| s.is_kind(k, Kind::Comma));
    let mut start = from;
    let mut led_in = false;
    while start < limit {
        let entry = s.entry(start);
        let leads = entry.is_any(&[Class::Preposition, Class::Subordinator, Class::Participle])
            || s.is(start, Class::InIng);
        let place = led_in
            && next_comma(start).is_some_and(|comma| {
                comma - start <= 2
                    && s.is_capital(start)
                    && comma + 1 < limit
                    && (s.is(comma + 1, Class::Preposition) || s.word(start).ends_with('.'))
            });
        if s.is_quote(start)
            || !s.is_kind(start, Kind::Word)
            || entry.is_any(&[Class::Coordinator, Class::Adverb, Class::Time])
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
            || (s.is(k, Class::InEd) && !s.is_capital(k))
    });
    let end = verb.unwrap_or(phrase);
    (end > start).then_some(start..end)
}
