//! Where are the reporting words, and whose are they? Sentence → [`Frame`]s.
//!
//! In: a sentence. Out: its frames in order: a cue with its auxiliaries, and the source before or behind it. There
//! is no parser underneath: a source is found by walking from its cue to the border of its clause. It never
//! decides what a frame reports; `speech` does.

use std::ops::Range;

use super::scope::{Ending, Sentence};
use crate::lang::en::{self, Class, Introduces};
use crate::text::Kind;

/// Reporting words and their source, as ranges of the sentence's items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// The reporting words with auxiliaries and adverbs.
    pub(super) cue: Range<usize>,
    /// The reporting word itself.
    pub(super) head: usize,
    /// Who reports.
    pub(super) source: Option<Range<usize>>,
    /// Whom a source that is a relative pronoun stands for: of "Ms. Roz, who said" it is "Ms. Roz".
    pub(super) antecedent: Option<Range<usize>>,
    /// The cue and a source that stands right beside it.
    pub(super) group: Range<usize>,
    /// How the cue reports.
    pub(super) mode: Mode,
    /// Whether the reporting is denied or refused: "did not say", "declined to say".
    pub(super) negated: bool,
}

/// How a cue reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A verb that introduces words as such, or a clause.
    Verb { speech: bool, clause: bool, after: bool },
    /// `according to`
    AccordingTo,
}

impl Frame {
    /// Whether the cue may follow words in quotation marks: "…," she said.
    pub(super) fn follows_speech(&self) -> bool {
        match self.mode {
            Mode::Verb { speech, clause, after } => speech || clause || after,
            Mode::AccordingTo => true,
        }
    }

    /// Whether it introduces words as such: "said".
    pub(super) fn speaks(&self) -> bool {
        matches!(self.mode, Mode::Verb { speech: true, .. })
    }

    /// Whether it only says what something is called: "called it a farce".
    pub(super) fn only_names(&self) -> bool {
        self.mode == Mode::Verb { speech: false, clause: false, after: false }
    }

    /// Whether it reports only where marks and commas say so: "…," she began.
    pub(super) fn needs_comma(&self) -> bool {
        self.mode == Mode::Verb { speech: false, clause: false, after: true }
    }
}

/// All frames of a sentence, in order.
pub(super) fn frames(sentence: &Sentence<'_, '_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for k in 0..sentence.len() {
        let floor = frames.last().map_or(0, |frame| frame.cue.end);
        if let Some(frame) = according_to(sentence, k).or_else(|| verb(sentence, k, floor)) {
            frames.push(frame);
        }
    }
    frames
}

fn according_to(sentence: &Sentence<'_, '_>, k: usize) -> Option<Frame> {
    if !(sentence.word(k).eq_ignore_ascii_case("according") && sentence.word(k + 1) == "to") {
        return None;
    }
    let end = noun_phrase_end(sentence, k + 2, Stretch::Long);
    let source = (end > k + 2).then_some(k + 2..end);
    Some(Frame { cue: k..k + 2, head: k, source, antecedent: None, group: k..end, mode: Mode::AccordingTo, negated: false })
}

fn verb(sentence: &Sentence<'_, '_>, k: usize, floor: usize) -> Option<Frame> {
    let (end, entry) = cue_at(sentence, k)?;
    let start = verb_group_start(sentence, k, floor);
    if !is_verb(sentence, k, start) {
        return None;
    }
    let mode = Mode::Verb {
        speech: entry.introduces(Introduces::Speech),
        clause: entry.introduces(Introduces::Clause),
        after: entry.introduces(Introduces::After),
    };
    let cue = start..end;
    if is_passive(sentence, &cue, k) {
        return None;
    }
    let bare_participle = sentence.is(k, Class::Participle) && !cue.clone().any(|i| sentence.is(i, Class::Auxiliary));
    let source = if bare_participle { None } else { source_beside(sentence, &cue, floor) };
    let subject = source.as_ref().map(|source| source.start);
    let negated = cue.clone().chain(subject).any(|i| en::is_negation(sentence.word(i)));
    let group = match &source {
        Some(source) => source.start.min(start)..source.end.max(end),
        None => cue.clone(),
    };
    let relative = source.as_ref().filter(|s| s.len() == 1 && sentence.is(s.start, Class::Relative));
    let antecedent = relative.and_then(|source| antecedent(sentence, source.start, floor));
    Some(Frame { cue, head: k, source, antecedent, group, mode, negated })
}

/// The end of the cue that begins at `k` and what it introduces.
pub(super) fn cue_at(sentence: &Sentence<'_, '_>, k: usize) -> Option<(usize, en::Entry)> {
    let entry = sentence.entry(k);
    if entry.is(Class::CueHead) {
        let first = sentence.word(k).to_lowercase();
        let second = sentence.word(k + 1);
        if !second.is_empty() && en::second_words(&first).any(|word| word == second) {
            return Some((k + 2, entry.of_pair()));
        }
    }
    entry.is(Class::Cue).then_some((k + 1, entry))
}

/// The first item of the verb group whose reporting word is at `k`: "has repeatedly said", "went on to say".
fn verb_group_start(sentence: &Sentence<'_, '_>, k: usize, floor: usize) -> usize {
    let mut start = k;
    while start > floor {
        let before = start - 1;
        let finite = sentence.is(k, Class::Base) || sentence.word(k).ends_with('s');
        let possessive = en::is_possessive(sentence.word(before)) && (finite || sentence.is(k, Class::NounLike));
        let joins = (sentence.is(before, Class::Auxiliary) && !possessive) || sentence.is(before, Class::Adverb);
        let infinitive = sentence.word(before) == "to" && before > floor;
        if joins {
            start = before;
        } else if infinitive && governs_infinitive(sentence, before - 1) {
            start = before - 1;
        } else {
            break;
        }
    }
    // An adverb that opens the group is the sentence's rather than the verb's where nothing stands before it.
    while start < k && start == 0 && sentence.is(start, Class::Adverb) {
        start += 1;
    }
    start
}

/// Whether a verb that takes an infinitive stands at `k`: declined, went on, continues.
fn governs_infinitive(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = sentence.entry(k);
    entry.is(Class::Infinitive) || entry.is(Class::Auxiliary) || entry.is(Class::Verb) || sentence.word(k) == "on"
}

/// Whether the reporting word is a verb here, rather than a noun or an adjective.
fn is_verb(sentence: &Sentence<'_, '_>, k: usize, group_start: usize) -> bool {
    let entry = sentence.entry(k);
    let past = sentence.word(k).ends_with(['d', 'n']);
    let infinitive = group_start > 0 && sentence.word(group_start - 1) == "to";
    let passive = past && (sentence.word(k + 1) == "by" || (group_start == k && k > 0 && sentence.is(k - 1, Class::Subordinator)));
    if infinitive || passive || en::is_all_capitals(sentence.word(k)) {
        return false;
    }
    if group_start < k {
        return true;
    }
    let Some(before) = k.checked_sub(1) else {
        // "Said Ruiz: …" opens a sentence; other forms there are imperatives, nouns or participles.
        let introduces = sentence.word(1) == "that" || sentence.is_quote(1) || sentence.is_quote(2);
        return sentence.word(k).eq_ignore_ascii_case("said") || (entry.is(Class::Participle) && introduces);
    };
    let noun_before = sentence.is(before, Class::Determiner)
        || en::is_possessive(sentence.word(before))
        || matches!(sentence.kind(before), Some(Kind::Open | Kind::Symbol));
    if noun_before && !sentence.is(before, Class::Relative) && sentence.word(before) != "this" {
        return false;
    }
    let preposition = sentence.is(before, Class::Preposition) && !sentence.is(before, Class::Coordinator);
    if entry.is(Class::Participle) {
        let bare = matches!(sentence.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Close) | None)
            || sentence.is_quote(k + 1)
            || sentence.is_quote(k + 2)
            || sentence.word(k + 1) == "that";
        return bare || sentence.word(before) == "by" || sentence.is(before, Class::Coordinator) || sentence.is(before, Class::Subordinator);
    }
    if preposition || sentence.word(before) == "to" {
        return false;
    }
    if entry.is(Class::NounLike) {
        let subject_before = sentence.is(before, Class::Pronoun)
            || sentence.is(before, Class::Relative)
            || (sentence.is_capital(before) && before > 0 || sentence.is_capital(before) && sentence.kind(k + 1) != Some(Kind::Word))
            || sentence.is_quote(before)
            || (sentence.kind(before) == Some(Kind::Word)
                && (sentence.word(k + 1) == "that" || sentence.is_quote(k + 1) || matches!(sentence.kind(k + 1), None | Some(Kind::Stop))))
            || matches!(sentence.kind(before), Some(Kind::Comma | Kind::Close));
        let of_noun = sentence.is(k + 1, Class::Preposition) && !sentence.is(k + 1, Class::Subordinator) && !sentence.is(before, Class::Pronoun);
        return subject_before && !of_noun && (sentence.word(k).starts_with(char::is_lowercase) || sentence.is_headline());
    }
    sentence.word(k).starts_with(char::is_lowercase) || !sentence.is_capital(before) || sentence.is_headline()
}

/// Whether the cue is a passive, whose source is not its subject: "was called".
fn is_passive(sentence: &Sentence<'_, '_>, cue: &Range<usize>, k: usize) -> bool {
    if sentence.is(k, Class::Participle) {
        return false;
    }
    let be = (cue.start..k).rev().find(|&i| sentence.is(i, Class::Auxiliary)).is_some_and(|i| en::is_form_of_be(sentence.word(i)));
    be && sentence.word(k).ends_with(['d', 'n', 't'])
}

/// The source right before or right behind a cue.
fn source_beside(sentence: &Sentence<'_, '_>, cue: &Range<usize>, floor: usize) -> Option<Range<usize>> {
    let (start, end) = (cue.start, cue.end);
    let behind_quotation = start == 0 || sentence.is_quote(start - 1) || (start > 1 && sentence.is_quote(start - 2));
    // ", said Ana Roz," between commas: the words before the first comma are no apposition.
    let behind_comma = start > 0
        && sentence.kind(start - 1) == Some(Kind::Comma)
        && sentence.is_capital(end)
        && !sentence.is(end, Class::Time)
        && !en::takes_addressee(sentence.word(end - 1));
    let after = |wanted: bool| if wanted { source_after(sentence, end) } else { None };
    let parted = |source: &Range<usize>| matches!(sentence.kind(source.end), None | Some(Kind::Comma | Kind::Stop));
    after(behind_comma).filter(parted).or_else(|| source_before(sentence, start, floor)).or_else(|| after(behind_quotation))
}

/// The source before a verb group that starts at `start`: the words back to the border of its clause.
fn source_before(sentence: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<Range<usize>> {
    let end = start;
    if end <= floor {
        return None;
    }
    if let Some(source) = source_from_quotation(sentence, start, floor) {
        return Some(source);
    }
    match sentence.kind(end - 1)? {
        Kind::Comma => {
            let mut from = end - 1;
            // An apposition or a relative clause between commas: go back over it, and over those before it.
            for _ in 0..4 {
                let comma = (floor..from).rev().find(|&i| !matches!(sentence.kind(i), Some(Kind::Word | Kind::Number | Kind::Symbol | Kind::Mark | Kind::Open | Kind::Close)))?;
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
            let phrase = without_lead(sentence, phrase, end);
            let end = without_tail(sentence, phrase, end);
            let is_noun = phrase < end && !(end - phrase == 1 && (sentence.is(phrase, Class::Adverb) || sentence.is(phrase, Class::Time)));
            is_noun.then_some(phrase..end)
        }
        _ => None,
    }
}

/// The source between a quotation that ends with a comma and the cue: all words between, appositions included.
/// `“…,” Ana Roz, 81, a baker in Almond, N.Y., said`
fn source_from_quotation(sentence: &Sentence<'_, '_>, start: usize, floor: usize) -> Option<Range<usize>> {
    let quote = (floor..start).rev().find(|&k| sentence.is_quote(k) && !is_nickname(sentence, k))?;
    let outside = sentence.kind(quote + 1) == Some(Kind::Comma);
    if sentence.ending(quote) == Ending::None && !outside {
        return None;
    }
    let from = quote + 1 + usize::from(outside || sentence.kind(quote + 1) == Some(Kind::Dash));
    let end = if sentence.kind(start - 1) == Some(Kind::Comma) { start - 1 } else { start };
    let first = sentence.entry(from);
    let leads = [Class::Coordinator, Class::Preposition, Class::Subordinator, Class::Participle, Class::Adverb, Class::Relative]
        .iter()
        .any(|&class| first.is(class));
    let broken = (from..end).any(|k| {
        matches!(sentence.kind(k), Some(Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Dash))
            || (sentence.is(k, Class::Pronoun) && k > from && k + 1 == end)
    });
    let phrase = frame_phrase(sentence, from, end);
    (!leads && !broken && from < end && phrase).then(|| from..without_tail(sentence, from, end))
}

/// Whether the words can be one phrase: a pronoun stands alone, and only commas part its clauses.
fn frame_phrase(sentence: &Sentence<'_, '_>, from: usize, end: usize) -> bool {
    let pronoun = en::is_personal_pronoun(sentence.word(from));
    if pronoun {
        return end - from == 1;
    }
    let first_comma = (from..end).find(|&k| sentence.kind(k) == Some(Kind::Comma)).unwrap_or(end);
    let verb = |k: usize| sentence.is(k, Class::Auxiliary) || sentence.is(k, Class::Verb);
    let relative = (from..first_comma).any(|k| sentence.is(k, Class::Relative));
    end - from <= 40 && (relative || !(from..first_comma).any(verb))
}

/// Who "who" is: the phrase before it.
fn antecedent(sentence: &Sentence<'_, '_>, relative: usize, floor: usize) -> Option<Range<usize>> {
    let parted = matches!(sentence.kind_before(relative), Some(Kind::Comma | Kind::Dash));
    let end = if parted { relative - 1 } else { relative };
    if end <= floor {
        return None;
    }
    let phrase = clause_start(sentence, end, floor);
    let phrase = without_lead(sentence, phrase, end);
    (phrase < end).then_some(phrase..end)
}

/// Whether the phrase can be the name or description that an apposition explains.
fn names_someone(sentence: &Sentence<'_, '_>, start: usize, end: usize) -> bool {
    let first = without_lead(sentence, start, end);
    first < end
        && (sentence.is_capital(first) || sentence.is(first, Class::Determiner) || sentence.is(first, Class::Pronoun) || first + 1 < end)
        && !(sentence.is(first, Class::Preposition) || sentence.is(first, Class::Participle))
        && !(first..end).any(|i| sentence.is(i, Class::Auxiliary) || sentence.is(i, Class::Verb))
}

/// Where the clause begins whose words end before `end`.
fn clause_start(sentence: &Sentence<'_, '_>, end: usize, floor: usize) -> usize {
    let mut start = end;
    while start > floor {
        let k = start - 1;
        let border = match sentence.kind(k) {
            Some(Kind::Word) => {
                let relative = sentence.is(k, Class::Relative) && k + 1 == end;
                let complement = sentence.word(k) == "that" && k + 1 < end && !sentence.is(k, Class::Time);
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
    if sentence.word(k) != "and" || k == 0 || k + 1 >= end {
        return false;
    }
    let left = sentence.is_capital(k - 1) || (sentence.kind(k - 1) == Some(Kind::Word) && sentence.word(k - 1).ends_with('s'));
    let right = !sentence.is(k + 1, Class::Pronoun) && !sentence.is(k + 1, Class::Adverb);
    let verbless = !(k.saturating_sub(6)..k).any(|i| sentence.is(i, Class::Auxiliary) || sentence.is(i, Class::Verb) || sentence.is(i, Class::Cue));
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
        if (entry.is(Class::Adverb) || entry.is(Class::Coordinator)) && !entry.is(Class::Pronoun) && !entry.is(Class::Determiner) {
            start += 1;
        } else if entry.is(Class::Time) && sentence.kind(start + 1) == Some(Kind::Word) && !en::is_possessive(sentence.word(start + 1)) {
            start += 1;
        } else if entry.is(Class::Preposition) {
            let limit = end.min(start + 12);
            let lead_end = (start + 1..limit)
                .find(|&i| {
                    let ends_lead = sentence.is(i, Class::Time) || sentence.is(i, Class::Occasion) || sentence.kind(i) == Some(Kind::Number);
                    let goes_on = sentence.is(i + 1, Class::Time) || sentence.kind(i + 1) == Some(Kind::Number) || sentence.is(i + 1, Class::Preposition) || sentence.is(i + 1, Class::Occasion) || en::is_possessive(sentence.word(i + 1));
                    ends_lead && !goes_on
                });
            match lead_end {
                Some(last) if last + 1 < end => start = last + 1,
                _ => return start,
            }
        } else {
            break;
        }
    }
    start
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

/// The source behind a cue: "said Dana Ruiz, the mayor, on Tuesday".
fn source_after(sentence: &Sentence<'_, '_>, start: usize) -> Option<Range<usize>> {
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
            !(first.is(Class::Preposition) || first.is(Class::Subordinator) || first.is(Class::Adverb) || first.is(Class::Time) || first.is(Class::Auxiliary) || first.is(Class::Coordinator) || first.is(Class::Participle))
                || first.is(Class::Determiner)
        }
        Some(Kind::Number) => true,
        _ => false,
    };
    if !opens || sentence.word(start) == "that" && sentence.is(start + 1, Class::Determiner) {
        return start;
    }
    if first.is(Class::Pronoun) && !sentence.is(start + 1, Class::Preposition) && sentence.kind(start + 1) != Some(Kind::Word) {
        return start + 1;
    }
    let personal = en::is_personal_pronoun(sentence.word(start));
    if personal {
        return start + 1;
    }
    let mut common = false;
    let mut apposition = false;
    let mut k = start;
    while k < sentence.len() {
        match sentence.kind(k) {
            Some(Kind::Word) => {
                if k > start && word_ends_phrase(sentence, k, common || apposition) {
                    break;
                }
                common |= !sentence.is_capital(k) && !sentence.is(k, Class::Determiner) && !en::is_possessive(sentence.word(k)) && !sentence.is(k, Class::Preposition);
            }
            Some(Kind::Comma) if stretch == Stretch::Long && continues_after_comma(sentence, k + 1) => apposition = true,
            Some(Kind::Number | Kind::Symbol | Kind::Open | Kind::Close) => {}
            Some(Kind::Mark) if sentence.word(k) == "'" || sentence.word(k) == "’" => {}
            None if sentence.is_quote(k) && is_nickname(sentence, k) => {}
            _ => break,
        }
        k += 1;
    }
    // A trailing comma, coordinator or preposition belongs to what follows.
    while k > start && (matches!(sentence.kind(k - 1), Some(Kind::Comma)) || sentence.is(k - 1, Class::Coordinator) || (sentence.is(k - 1, Class::Preposition) && !sentence.is_capital(k - 1))) {
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
        let of_place = matches!(sentence.word(k), "of" | "for") && !entry.is(Class::Subordinator);
        let occasion = (k + 1..k + 6).any(|i| sentence.is(i, Class::Occasion) || sentence.is(i, Class::Time));
        let two_part = entry.is(Class::Subordinator);
        return (!loose && !of_place) || occasion && sentence.word(k) != "of" || two_part && !loose;
    }
    if entry.is(Class::Subordinator) && !entry.is(Class::Relative) {
        return true;
    }
    entry.is(Class::Coordinator) && !(sentence.word(k) == "and" && (sentence.is_capital(k + 1) || sentence.is(k + 1, Class::Determiner)))
        || (entry.is(Class::Adverb) && !loose)
        || sentence.word(k) == "that"
        || (entry.is(Class::Participle) && !loose)
}

/// Whether a phrase goes on behind a comma: an apposition, a relative clause, an age, a state.
fn continues_after_comma(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = sentence.entry(k);
    match sentence.kind(k) {
        Some(Kind::Number) => true,
        Some(Kind::Word) => {
            let leads_on = entry.is(Class::Participle)
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
