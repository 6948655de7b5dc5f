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
    /// Whether the reporting is denied or refused: "did not say", "declined to say". Such a frame reports what stands
    /// behind it alone: words before it are the article's own.
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
        self.speaks() || self.introduces(Introduces::Clause) || self.finds()
    }

    /// Whether it reports only a clause that says it is one: "the study shows that".
    pub(super) fn finds(&self) -> bool {
        self.introduces(Introduces::Finding) && !self.introduces(Introduces::Clause) && !self.speaks()
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
pub(super) fn frames(s: &Sentence<'_, '_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for k in 0..s.len() {
        // A source may reach back over a participle between commas: "The judge, quoting the statute, said".
        // and over a relative clause: "The woman who found the body told".
        let bounds = |f: &&Frame| f.source.as_ref().is_some_and(|r| !s.is(r.start, Class::Relative));
        let floor = frames.iter().rev().find(bounds).map_or(0, |frame| frame.cue.end);
        if let Some(frame) = according_to(s, k).or_else(|| verb(s, k, floor)) {
            frames.push(frame);
        }
    }
    frames
}

fn according_to(s: &Sentence<'_, '_>, k: usize) -> Option<Frame> {
    if !(s.is(k, Class::According) && s.is(k + 1, Class::To)) {
        return None;
    }
    let end = source::according_to_end(s, k + 2);
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

fn verb(s: &Sentence<'_, '_>, k: usize, floor: usize) -> Option<Frame> {
    let (mut end, entry) = cue_at(s, k)?;
    let to_say = s.is(end, Class::To) && s.is(end + 1, Class::Cue);
    let by_saying = s.is(end, Class::By) && s.is(end + 1, Class::Participle);
    if to_say || by_saying && begins_by(s, k) {
        // "went on to say" and "began by saying" are one cue, and its head is the last verb.
        return None;
    }
    let start = verb_group_start(s, k, floor);
    if !is_verb(s, k, start) {
        return None;
    }
    while s.is(end, Class::BehindCue) {
        end += 1;
    }
    let cue = start..end;
    if is_passive(s, &cue, k) {
        return None;
    }
    let bare_participle = s.is(k, Class::Participle) && (cue.start..k).all(|i| s.is(i, Class::Adverb));
    let source = if bare_participle { None } else { source::beside(s, &cue, floor) };
    // "Neither Ruiz nor Petrak said": what denies stands in the source or right before it.
    let subject = source.iter().flat_map(|source| source.start.saturating_sub(1)..=source.start);
    let negated = cue.clone().chain(subject).any(|i| s.is(i, Class::Negation) && !s.is(i + 1, Class::Only));
    let group = match &source {
        Some(source) => source.start.min(start)..source.end.max(end),
        None => cue.clone(),
    };
    let relative = source.as_ref().filter(|source| source.len() == 1 && s.is(source.start, Class::Relative));
    let antecedent = relative.and_then(|source| source::antecedent(s, source.start, floor));
    Some(Frame { cue, head: k, source, antecedent, group, mode: Mode::Verb(entry), negated })
}

/// The end of the cue that begins at `k` and what it introduces.
fn cue_at(s: &Sentence<'_, '_>, k: usize) -> Option<(usize, Entry)> {
    let entry = s.entry(k);
    if entry.is(Class::CueHead) && en::is_pair(s.word(k), s.word(k + 1)) {
        return Some((k + 2, entry.of_pair()));
    }
    entry.is(Class::Cue).then_some((k + 1, entry))
}

/// The first item of the verb group whose reporting word is at `k`: "has repeatedly said", "went on to say".
fn verb_group_start(s: &Sentence<'_, '_>, k: usize, floor: usize) -> usize {
    let mut start = k;
    while start > floor {
        let before = start - 1;
        let finite = s.is(k, Class::Base) || s.is(k, Class::InS);
        let possessive = s.is_possessive(before) && (finite || s.is(k, Class::NounLike));
        let joins = (s.is(before, Class::Auxiliary) && !possessive) || s.is(before, Class::Adverb);
        let infinitive = s.is(before, Class::To) && before > floor;
        let by_saying = s.is(before, Class::By) && s.is(k, Class::Participle) && before > floor;
        if joins || is_quoted_as(s, before, floor) {
            start = before;
        } else if by_saying && begins_by(s, before - 1) {
            start = before - 1;
        } else if infinitive && governs_infinitive(s, before - 1) {
            let pair = before - 1 > floor && s.is(before - 1, Class::On);
            start = before - 1 - usize::from(pair);
        } else {
            break;
        }
    }
    // An adverb that opens the group is the sentence's rather than the verb's where nothing stands before it.
    let sentence_adverb = start == 0 && k > 0 && s.is(0, Class::Adverb);
    start + usize::from(sentence_adverb)
}

/// Whether a verb stands at `k` that says of speech how it goes: "began by saying", "responded by saying".
fn begins_by(s: &Sentence<'_, '_>, k: usize) -> bool {
    let verb = s.is_any(k, &[Class::Cue, Class::Infinitive, Class::Verb]);
    verb && !s.is(k, Class::NounLike)
}

/// Whether the word at `k` is one of "quoted as" in "was quoted as saying".
fn is_quoted_as(s: &Sentence<'_, '_>, k: usize, floor: usize) -> bool {
    let quoted = if s.is(k, Class::As) { k.checked_sub(1) } else { Some(k) };
    let passive = |quoted: usize| quoted > floor && s.is(quoted - 1, Class::Auxiliary);
    quoted.is_some_and(|quoted| s.is(quoted, Class::Quoted) && passive(quoted))
}

/// Whether a verb that takes an infinitive stands at `k`: declined, went on, continues.
fn governs_infinitive(s: &Sentence<'_, '_>, k: usize) -> bool {
    s.is_any(k, &[Class::Infinitive, Class::Auxiliary, Class::Verb, Class::On])
}

/// Whether the reporting word is a verb here, rather than a noun or an adjective.
fn is_verb(s: &Sentence<'_, '_>, k: usize, group_start: usize) -> bool {
    let infinitive = group_start > 0 && s.is(group_start - 1, Class::To);
    if infinitive || s.is_all_capitals(k) || is_bare_passive(s, k, group_start) {
        return false;
    }
    if group_start < k {
        return true;
    }
    let Some(before) = k.checked_sub(1) else { return opens_sentence(s) };
    if makes_noun(s, before) {
        return false;
    }
    if s.is(k, Class::Participle) {
        let parted = matches!(s.kind(before), Some(Kind::Comma | Kind::Dash | Kind::Close));
        let colon = matches!(s.kind(k + 1), Some(Kind::Comma | Kind::Colon));
        let quotes = s.is_quote(before) || s.is_quote(k + 1) || (colon && s.is_quote(k + 2));
        let joined = s.is_any(before, &[Class::By, Class::Coordinator, Class::Subordinator]);
        return parted || quotes || joined || s.is(k + 1, Class::That);
    }
    let preposition = s.is(before, Class::Preposition) && !s.is(before, Class::Coordinator);
    if preposition || s.is(before, Class::To) {
        return false;
    }
    let lower = s.word(k).starts_with(char::is_lowercase) || s.is_headline();
    if s.is(k, Class::NounLike) {
        let of_noun = s.is(k + 1, Class::Preposition)
            && !s.is(k + 1, Class::Subordinator)
            && !s.is(before, Class::Pronoun);
        // "that demand was", "a short answer": what a verb follows or an article leads to is a noun.
        let led = s.is(k, Class::Base)
            && !s.is(k, Class::Reads)
            && !s.is(before, Class::Pronoun)
            && article_before(s, k);
        let object = s.is(before, Class::Cue) && !s.is(before, Class::NounLike);
        return lower && !of_noun && !led && !object && !s.is_finite(k + 1) && has_subject(s, k, before);
    }
    lower || !s.is_capital(before)
}

/// Whether an article stands a few words before `k`.
fn article_before(s: &Sentence<'_, '_>, k: usize) -> bool {
    (k.saturating_sub(3)..k).any(|i| s.is(i, Class::Determiner) && !s.is(i, Class::Demonstrative))
}

/// Whether the reporting word is a participle of the passive without its auxiliary: "called for by", "if asked".
fn is_bare_passive(s: &Sentence<'_, '_>, k: usize, group_start: usize) -> bool {
    // "a kitten called “Admiral”": a participle that names the noun before it; the verb has an object first.
    let names_noun = s.is_quote(k + 1) && !s.entry(k).introduces(Introduces::Speech);
    // "the mayor, asked about it, said"; "an officer accused of lying".
    let pair = en::is_pair(s.word(k), s.word(k + 1));
    let asked = s.is(k, Class::Asked)
        && s.kind_before(k) == Some(Kind::Comma)
        && s.is_any(k + 1, &[Class::Preposition, Class::Subordinator]);
    let no_object = group_start == k
        && !pair
        && !s.entry(k).introduces(Introduces::Speech)
        && s.is(k + 1, Class::Preposition)
        && !s.is(k + 1, Class::Subordinator);
    let in_short_clause = group_start == k && k > 0 && s.is(k - 1, Class::Subordinator);
    let by_agent = s.is(k + 1, Class::By) && !s.is(k + 2, Class::Occasion);
    s.is(k, Class::PastLike) && (names_noun || in_short_clause || by_agent || asked || no_object)
}

/// Whether the sentence's first word is a verb of saying: "Said Ruiz: …". Other forms there are imperatives, nouns
/// or participles.
fn opens_sentence(s: &Sentence<'_, '_>) -> bool {
    let introduces = s.is(1, Class::That) || s.is_quote(1) || s.is_quote(2);
    s.is(0, Class::Said) || (s.is(0, Class::Participle) && introduces)
}

/// Whether the word at `k` makes the next one a noun: an article, a possessive, a bracket.
fn makes_noun(s: &Sentence<'_, '_>, k: usize) -> bool {
    let before_noun = s.is(k, Class::Determiner)
        || s.is_possessive(k)
        || matches!(s.kind(k), Some(Kind::Open | Kind::Symbol));
    before_noun && !s.is_any(k, &[Class::Relative, Class::Demonstrative])
}

/// Whether what stands right `before` the form at `k`, which may be a noun, is its subject: "Ruiz calls", not
/// "phone calls".
fn has_subject(s: &Sentence<'_, '_>, k: usize, before: usize) -> bool {
    let name = s.is_capital(before) && (before > 0 || s.is_headline() || !s.is_kind(k + 1, Kind::Word));
    let quotes = s.is_quote(k + 1) || s.is_quote(k + 2);
    let ends = k + 1 == s.len() || s.is_kind(k + 1, Kind::Stop);
    let noun = s.is_kind(before, Kind::Word) && (quotes || ends || s.is(k + 1, Class::That));
    let parted = matches!(s.kind(before), Some(Kind::Comma | Kind::Close));
    name || noun || parted || s.is_quote(before) || s.is_any(before, &[Class::Pronoun, Class::Relative])
}

/// Whether the cue is a passive, whose source is not its subject: "was called".
fn is_passive(s: &Sentence<'_, '_>, cue: &Range<usize>, k: usize) -> bool {
    if s.is(k, Class::Participle) {
        return false;
    }
    let be = (cue.start..k).rev().find(|&i| s.is(i, Class::Auxiliary)).is_some_and(|i| s.is(i, Class::Be));
    be && s.is(k, Class::PastLike)
}
