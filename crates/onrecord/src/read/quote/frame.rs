//! Where are the reporting words, and whose are they? Sentence → [`Frame`]s.
//!
//! In: a sentence. Out: its frames in order: a cue with its auxiliaries, and the source beside it ([`source`]).
//! It never decides what a frame reports; `report` does.

use std::ops::Range;

use super::scope::Sentence;
use super::source;
use crate::lang::en::{self, Class, Entry, Introduces};
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
    /// A verb, with what it introduces.
    Verb(Entry),
    /// `according to`
    AccordingTo,
}

impl Frame {
    fn introduces(&self, what: Introduces) -> bool {
        matches!(self.mode, Mode::Verb(entry) if entry.introduces(what))
    }

    /// Whether it introduces words as such: "said".
    pub(super) fn speaks(&self) -> bool {
        self.introduces(Introduces::Speech)
    }

    /// Whether a clause may be what it reports: "said", "believed".
    pub(super) fn takes_clause(&self) -> bool {
        self.speaks() || self.introduces(Introduces::Clause)
    }

    /// Whether the cue may follow words in quotation marks: "…," she said.
    pub(super) fn follows_speech(&self) -> bool {
        self.mode == Mode::AccordingTo || self.takes_clause() || self.introduces(Introduces::After)
    }

    /// Whether it only says what something is called: "called it a farce".
    pub(super) fn only_names(&self) -> bool {
        !self.follows_speech()
    }

    /// Whether it reports only where a comma or a colon says so: "…," she began.
    pub(super) fn needs_comma(&self) -> bool {
        self.introduces(Introduces::After) && !self.takes_clause()
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
    if !(en::is_according(sentence.word(k)) && sentence.is(k + 1, Class::To)) {
        return None;
    }
    let end = source::according_to_end(sentence, k + 2);
    let source = (end > k + 2).then_some(k + 2..end);
    Some(Frame {
        cue: k..k + 2,
        head: k,
        source,
        antecedent: None,
        group: k..end,
        mode: Mode::AccordingTo,
        negated: false,
    })
}

fn verb(sentence: &Sentence<'_, '_>, k: usize, floor: usize) -> Option<Frame> {
    let (mut end, entry) = cue_at(sentence, k)?;
    let to_say = sentence.is(end, Class::To) && sentence.is(end + 1, Class::Cue);
    let by_saying = sentence.is(end, Class::By) && sentence.is(end + 1, Class::Participle);
    if to_say || by_saying && begins_by(sentence, k) {
        // "went on to say" and "began by saying" are one cue, and its head is the last verb.
        return None;
    }
    let start = verb_group_start(sentence, k, floor);
    if !is_verb(sentence, k, start) {
        return None;
    }
    while en::is_adverb_of_saying(sentence.word(end)) && sentence.is(end, Class::Adverb) {
        end += 1;
    }
    let cue = start..end;
    if is_passive(sentence, &cue, k) {
        return None;
    }
    let bare_participle =
        sentence.is(k, Class::Participle) && (cue.start..k).all(|i| sentence.is(i, Class::Adverb));
    let source = if bare_participle { None } else { source::beside(sentence, &cue, floor) };
    let subject = source.as_ref().map(|source| source.start);
    let negated = cue.clone().chain(subject).any(|i| en::is_negation(sentence.word(i)));
    let group = match &source {
        Some(source) => source.start.min(start)..source.end.max(end),
        None => cue.clone(),
    };
    let relative = source.as_ref().filter(|s| s.len() == 1 && sentence.is(s.start, Class::Relative));
    let antecedent = relative.and_then(|source| source::antecedent(sentence, source.start, floor));
    Some(Frame { cue, head: k, source, antecedent, group, mode: Mode::Verb(entry), negated })
}

/// The end of the cue that begins at `k` and what it introduces.
fn cue_at(sentence: &Sentence<'_, '_>, k: usize) -> Option<(usize, en::Entry)> {
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
        let possessive =
            en::is_possessive(sentence.word(before)) && (finite || sentence.is(k, Class::NounLike));
        let joins =
            (sentence.is(before, Class::Auxiliary) && !possessive) || sentence.is(before, Class::Adverb);
        let infinitive = sentence.is(before, Class::To) && before > floor;
        let by_saying = sentence.is(before, Class::By) && sentence.is(k, Class::Participle) && before > floor;
        if joins || is_quoted_as(sentence, before, floor) {
            start = before;
        } else if by_saying && begins_by(sentence, before - 1) {
            start = before - 1;
        } else if infinitive && governs_infinitive(sentence, before - 1) {
            let pair = before - 1 > floor && sentence.is(before - 1, Class::On);
            start = before - 1 - usize::from(pair);
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

/// Whether a verb stands at `k` that says of speech how it goes: "began by saying", "responded by saying".
fn begins_by(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let verb = sentence.is(k, Class::Cue) || sentence.is(k, Class::Infinitive) || sentence.is(k, Class::Verb);
    verb && !sentence.is(k, Class::NounLike)
}

/// Whether the word at `k` is one of "quoted as" in "was quoted as saying".
fn is_quoted_as(sentence: &Sentence<'_, '_>, k: usize, floor: usize) -> bool {
    let quoted = if sentence.is(k, Class::As) { k.checked_sub(1) } else { Some(k) };
    let passive = |quoted: usize| quoted > floor && sentence.is(quoted - 1, Class::Auxiliary);
    quoted.is_some_and(|quoted| en::is_quoted(sentence.word(quoted)) && passive(quoted))
}

/// Whether a verb that takes an infinitive stands at `k`: declined, went on, continues.
fn governs_infinitive(sentence: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = sentence.entry(k);
    entry.is(Class::Infinitive)
        || entry.is(Class::Auxiliary)
        || entry.is(Class::Verb)
        || sentence.is(k, Class::On)
}

/// Whether the reporting word is a verb here, rather than a noun or an adjective.
fn is_verb(sentence: &Sentence<'_, '_>, k: usize, group_start: usize) -> bool {
    let entry = sentence.entry(k);
    let past = sentence.word(k).ends_with(['d', 'n']);
    let infinitive = group_start > 0 && sentence.is(group_start - 1, Class::To);
    // ", called “Admiral,”": a participle that names the noun before it.
    let names_noun = past
        && sentence.is_quote(k + 1)
        && k > 0
        && sentence.kind(k - 1) == Some(Kind::Comma)
        && !entry.introduces(Introduces::Speech);
    let passive = past
        && (names_noun
            || sentence.is(k + 1, Class::By)
            || (group_start == k && k > 0 && sentence.is(k - 1, Class::Subordinator)));
    if infinitive || passive || en::is_all_capitals(sentence.word(k)) {
        return false;
    }
    if group_start < k {
        return true;
    }
    let Some(before) = k.checked_sub(1) else {
        // "Said Ruiz: …" opens a sentence; other forms there are imperatives, nouns or participles.
        let introduces = sentence.is(1, Class::That) || sentence.is_quote(1) || sentence.is_quote(2);
        return en::is_said(sentence.word(k)) || (entry.is(Class::Participle) && introduces);
    };
    let noun_before = sentence.is(before, Class::Determiner)
        || en::is_possessive(sentence.word(before))
        || matches!(sentence.kind(before), Some(Kind::Open | Kind::Symbol));
    if noun_before && !sentence.is(before, Class::Relative) && !en::is_pronoun_too(sentence.word(before)) {
        return false;
    }
    let preposition = sentence.is(before, Class::Preposition) && !sentence.is(before, Class::Coordinator);
    if entry.is(Class::Participle) {
        let bare = matches!(sentence.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Close) | None)
            || sentence.is_quote(k + 1)
            || sentence.is_quote(k + 2)
            || sentence.is(k + 1, Class::That);
        return bare
            || sentence.is(before, Class::By)
            || sentence.is(before, Class::Coordinator)
            || sentence.is(before, Class::Subordinator);
    }
    if preposition || sentence.is(before, Class::To) {
        return false;
    }
    if entry.is(Class::NounLike) {
        let subject_before = sentence.is(before, Class::Pronoun)
            || (sentence.is_headline() && sentence.is_capital(before))
            || sentence.is(before, Class::Relative)
            || (sentence.is_capital(before) && before > 0
                || sentence.is_capital(before) && sentence.kind(k + 1) != Some(Kind::Word))
            || sentence.is_quote(before)
            || (sentence.kind(before) == Some(Kind::Word)
                && (sentence.is(k + 1, Class::That)
                    || sentence.is_quote(k + 2)
                    || sentence.is_quote(k + 1)
                    || matches!(sentence.kind(k + 1), None | Some(Kind::Stop))))
            || matches!(sentence.kind(before), Some(Kind::Comma | Kind::Close));
        let of_noun = sentence.is(k + 1, Class::Preposition)
            && !sentence.is(k + 1, Class::Subordinator)
            && !sentence.is(before, Class::Pronoun);
        return subject_before
            && !of_noun
            && (sentence.word(k).starts_with(char::is_lowercase) || sentence.is_headline());
    }
    sentence.word(k).starts_with(char::is_lowercase) || !sentence.is_capital(before) || sentence.is_headline()
}

/// Whether the cue is a passive, whose source is not its subject: "was called".
fn is_passive(sentence: &Sentence<'_, '_>, cue: &Range<usize>, k: usize) -> bool {
    if sentence.is(k, Class::Participle) {
        return false;
    }
    let be = (cue.start..k)
        .rev()
        .find(|&i| sentence.is(i, Class::Auxiliary))
        .is_some_and(|i| en::is_form_of_be(sentence.word(i)));
    be && sentence.word(k).ends_with(['d', 'n', 't'])
}
