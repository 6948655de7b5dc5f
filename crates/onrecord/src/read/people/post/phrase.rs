//! What does a noun phrase say of a post? "the former New Mexico governor" → governor, former, New Mexico.
//!
//! In: where a phrase ends, or begins. Out: a [`Phrase`]: its title, and what stands around the title. There is no
//! parser underneath: a phrase is read from its head to the left, as long as words belong to the title, then as long
//! as they tell a place, a party, a body, a person or a time. `tail` reads what follows the head.

use super::view::View;
use super::{Capacity, Status};
use crate::lang::en::{self, Class, Trait};
use crate::read::people::{EntityKind, MentionKind};
use crate::text::{Kind, Span};

/// A post as one phrase tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase {
    /// The words of the title; `None` where only a party, a place or a body is told.
    pub(super) title: Option<Span>,
    pub(super) organization: Option<Span>,
    pub(super) area: Option<Span>,
    pub(super) party: Option<Span>,
    pub(super) of_person: Option<usize>,
    pub(super) status: Option<Status>,
    pub(super) capacity: Option<Capacity>,
    /// The words that tell status and capacity.
    pub(super) told_by: Vec<Span>,
    pub(super) since: Option<Span>,
    pub(super) until: Option<Span>,
    /// What opens it.
    pub(super) opening: Opening,
    /// Its tokens, from the first that was read to behind the last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The first word of the title, and the last before its "of".
    pub(super) first: usize,
    pub(super) head: usize,
    /// Several people hold it: "senators".
    pub(super) is_plural: bool,
    /// Nobody holds it yet, if ever: "a potential nominee".
    pub(super) is_possible: bool,
}

/// What opens a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opening {
    /// Nothing: "Senator", "president of the club".
    #[default]
    Bare,
    /// "the", "this".
    Definite,
    /// "a", "an".
    Indefinite,
    /// "his", "Roz's".
    Owner,
    /// "no", "any", "every": nobody in particular.
    Nobody,
}

/// Phrases are read no further than this; the bound keeps long runs of words linear.
const REACH: usize = 14;

/// The phrase whose head ends before `end`, read to the left, not beyond `floor`.
pub(super) fn before(view: &View<'_>, end: usize, floor: usize) -> Option<Phrase> {
    let floor = floor.max(end.saturating_sub(REACH));
    let last = end.checked_sub(1).filter(|&last| last >= floor)?;
    let first = head_start(view, last, floor)?;
    let mut phrase = Phrase { start: first, end, head: last, ..Phrase::default() };
    let mut start = first;
    while start > floor && belongs_to_title(view, start - 1, start, floor) {
        start -= 1;
    }
    let cut = en::singular(view.word(last));
    let span = view.span(start..end);
    let end_byte = cut.map_or(span.end, |length| view.span(last..end).start + length as u32);
    // "Sens." is cut short already.
    phrase.is_plural = cut.is_some() || view.word(last).ends_with("s.");
    phrase.first = start;
    phrase.title = Some(Span { start: span.start, end: end_byte });
    phrase.start = start;
    let head = en::traits(view.word(last));
    let pair =
        last.checked_sub(1).map(|k| en::traits_of_pair(view.word(k), view.word(last))).unwrap_or_default();
    if head.is(Trait::Nominee) {
        phrase.capacity = Some(Capacity::Nominee);
    } else if head.is(Trait::Candidate) || pair.is(Trait::Candidate) {
        phrase.capacity = Some(Capacity::Candidate);
    } else if view.word(last).ends_with("-elect") {
        phrase.capacity = Some(Capacity::Elect);
    }
    if phrase.capacity.is_some() {
        phrase.told_by.push(view.span(last..end));
    }
    around(view, &mut phrase, floor);
    Some(phrase)
}

/// Where the head of a title begins that ends with the token `last`.
fn head_start(view: &View<'_>, last: usize, floor: usize) -> Option<usize> {
    if !view.is_kind(last, Kind::Word)
        || (view.name_at(last, EntityKind::Person).is_some() && !view.is_office(last))
    {
        return None;
    }
    let paired = last > floor && view.is_pair(last - 1, Trait::Head);
    if paired {
        return Some(last - 1);
    }
    if view.is(last, Trait::Head) {
        return Some(last);
    }
    // "Secretary of Homeland Security", "chief of staff", "editor in chief".
    let reach = floor.max(last.saturating_sub(7));
    let joins = |k: usize| view.has(k, Class::Of) || view.word(k) == "in";
    let of = (reach + 1..last).rev().find(|&k| joins(k))?;
    let joins = |k: usize| k < last && k > of && matches!(view.word(k), "and" | "the");
    // "Secretary of State Ana Roz": the office's word, whatever name it was read into.
    let office = |k: usize| view.is_office(k);
    let person = |k: usize| view.person_at(k).is_some() && !office(k);
    let noun = |k: usize| view.is_kind(k, Kind::Word) && !is_function(view, k) && !person(k);
    let inner = (of + 1..=last).all(|k| noun(k) || joins(k));
    let takes = view.is(of - 1, Trait::Held) && view.has(of, Class::Of)
        || (view.is(of - 1, Trait::Head)
            && view.word(of) == "in"
            && view.word(last).eq_ignore_ascii_case("chief"))
        || (view.word(of - 1).eq_ignore_ascii_case("speaker") && view.word(last) == "House");
    (inner && takes).then_some(of - 1)
}

/// Whether the word at `k` is a part of the title that starts behind it, at `start`.
fn belongs_to_title(view: &View<'_>, k: usize, start: usize, floor: usize) -> bool {
    if !view.is_kind(k, Kind::Word) || view.named_at(k).is_some() || view.is_possessive(k) {
        return false;
    }
    let word = view.word(k);
    let traits = en::traits(word);
    let pair = view.is_pair(k, Trait::Part) || (k > floor && view.is_pair(k - 1, Trait::Part));
    if traits.is(Trait::Part) || pair {
        return true;
    }
    let tells = traits.is_any(&[
        Trait::Quality,
        Trait::Former,
        Trait::Future,
        Trait::Acting,
        Trait::Interim,
        Trait::Possible,
        Trait::Honorific,
    ]);
    let function = is_function(view, k) || view.has(k, Class::Determiner);
    // "thanked President": a verb stands before a title with a capital.
    let lower = word.starts_with(char::is_lowercase) && !view.is_capital(start);
    !tells && !function && lower && !is_head(view, k)
}

/// Whether the word ends a title of its own: "candidate Gov."
fn is_head(view: &View<'_>, k: usize) -> bool {
    view.is(k, Trait::Head) && !view.is(k, Trait::Part)
}

/// Whether the word belongs to no noun phrase, or ends one.
pub(super) fn is_function(view: &View<'_>, k: usize) -> bool {
    let classes = [
        Class::Preposition,
        Class::Coordinator,
        Class::Subordinator,
        Class::Relative,
        Class::Auxiliary,
        Class::Personal,
        Class::Verb,
        Class::Time,
    ];
    if view.is_any(k, &[Trait::Quality, Trait::Former, Trait::Acting, Trait::Interim]) {
        return false;
    }
    let is_cue = view.has(k, Class::Cue) && !view.has(k, Class::NounLike);
    view.has_any(k, &classes)
        || view.is(k, Trait::Apart)
        || is_cue
        || (view.has(k, Class::Adverb) && !view.is_capital(k))
}

/// Reads what stands to the left of the title, up to what opens the phrase.
fn around(view: &View<'_>, phrase: &mut Phrase, floor: usize) {
    while phrase.start > floor {
        let k = phrase.start - 1;
        let taken = if view.is_possessive(k) {
            owner(view, phrase, k, floor)
        } else if opens(view, phrase, k) {
            return;
        } else {
            quality(view, phrase, k, floor) || proper(view, phrase, k, floor)
        };
        if !taken {
            return;
        }
    }
}

/// Whether the word opens the phrase, which it then does.
fn opens(view: &View<'_>, phrase: &mut Phrase, k: usize) -> bool {
    let word = view.word(k);
    phrase.opening = if word.eq_ignore_ascii_case("the") || view.has(k, Class::Demonstrative) {
        Opening::Definite
    } else if word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an") {
        Opening::Indefinite
    } else if let Some(named) = view.person_at(k).filter(|named| named.kind == MentionKind::Pronoun) {
        phrase.of_person = Some(named.entity);
        Opening::Owner
    } else if view.has(k, Class::Determiner) {
        let nobody = view.has(k, Class::Negation) || !view.has(k, Class::Personal) && !en::is_owner(word);
        if nobody { Opening::Nobody } else { Opening::Owner }
    } else {
        return false;
    };
    phrase.start = k;
    true
}

/// A word that tells a time, a capacity or a quality.
fn quality(view: &View<'_>, phrase: &mut Phrase, k: usize, floor: usize) -> bool {
    let traits = en::traits(view.word(k));
    let capital = view.is_capital(k);
    if traits.is(Trait::Party) && capital && view.name_at(k, EntityKind::Person).is_none() {
        phrase.party.get_or_insert(view.span(k..k + 1));
        phrase.start = k;
        return true;
    }
    if view.named_at(k).is_some() {
        return false;
    }
    if traits.is(Trait::Former) {
        phrase.status = Some(Status::Former);
    } else if traits.is(Trait::Future) {
        phrase.status = Some(Status::Future);
    } else if traits.is(Trait::Acting) {
        phrase.capacity = Some(Capacity::Acting);
    } else if traits.is(Trait::Interim) {
        phrase.capacity = Some(Capacity::Interim);
    } else if traits.is(Trait::Possible) {
        phrase.is_possible = true;
    } else {
        let number = view.word(k).starts_with(|c: char| c.is_ascii_digit());
        let plain = view.is_kind(k, Kind::Word)
            && !capital
            && !view.is_capital(phrase.first)
            && !is_function(view, k)
            && !is_head(view, k);
        // "Nobel Prize-winning": so are the names before it.
        let joined = capital && ends_lower(view.word(k));
        let taken = is_trait(view, k) || number || plain || joined;
        if taken {
            phrase.start = k;
        }
        while joined
            && phrase.start > floor
            && view.is_capital(phrase.start - 1)
            && !is_function(view, phrase.start - 1)
        {
            phrase.start -= 1;
        }
        return taken;
    }
    phrase.told_by.push(view.span(k..k + 1));
    phrase.start = k;
    true
}

/// Whether a word with a capital ends with a small one: "Prize-winning", "Boston-based".
fn ends_lower(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(_, last)| last.len() > 3 && last.starts_with(char::is_lowercase))
}

/// Whether the word says what somebody is like; with a capital only where a sentence begins: "White House" is none.
fn is_trait(view: &View<'_>, k: usize) -> bool {
    let begins = || k == view.sentence(k).start && view.named_at(k).is_none();
    view.is(k, Trait::Creed) || (view.is(k, Trait::Quality) && (!view.is_capital(k) || begins()))
}

/// "Roz's", "the State Department's", "the court's" before the title; `k` is the possessive ending.
fn owner(view: &View<'_>, phrase: &mut Phrase, k: usize, floor: usize) -> bool {
    let Some(last) = k.checked_sub(1).filter(|&last| last >= floor) else { return false };
    phrase.opening = Opening::Owner;
    phrase.start = last;
    if view.is_capital(last) || view.named_at(last).is_some() {
        phrase.start = k;
        return proper(view, phrase, last, floor);
    }
    if !view.is_kind(last, Kind::Word) || is_function(view, last) {
        return false;
    }
    // "the president's aides": a noun that stands for somebody.
    match view.nominal_to(k).filter(|&entity| view.is_person(entity)) {
        Some(entity) => phrase.of_person = phrase.of_person.or(Some(entity)),
        None if is_head(view, last) => {}
        None => phrase.organization = phrase.organization.or(Some(view.span(last..last + 1))),
    }
    true
}

/// A name that ends at `k`: a place, a party, a person or a body.
fn proper(view: &View<'_>, phrase: &mut Phrase, k: usize, floor: usize) -> bool {
    let state = en::traits(view.word(k)).is(Trait::State);
    if let Some(named) = view.person_at(k).filter(|named| named.tokens.len() > 1 || !state) {
        if phrase.of_person.is_none() && named.kind == MentionKind::Name {
            phrase.of_person = Some(named.entity);
            phrase.start = named.tokens.start.max(floor);
            let start = phrase.start;
            if start > floor && view.is(start - 1, Trait::Honorific) {
                phrase.start = start - 1;
            }
            return true;
        }
        return false;
    }
    let is_name = |k: usize| {
        view.is_kind(k, Kind::Word)
            && view.is_capital(k)
            && (view.person_at(k).is_none() || state)
            && !is_function(view, k)
            && !view.has(k, Class::Determiner)
            && !view.is_any(k, &[Trait::Former, Trait::Party, Trait::Honorific, Trait::Acting])
            && !is_trait(view, k)
            && !is_head(view, k)
    };
    // "RT America host": the place is a part of a body's name.
    let body =
        |start: usize| start > floor && is_name(start - 1) && !is_place(en::traits(view.word(start - 1)));
    let two = k > floor && is_place(en::traits_of_pair(view.word(k - 1), view.word(k)));
    let start = if two { k - 1 } else { k };
    if (two || is_place(en::traits(view.word(k)))) && !body(start) {
        phrase.area.get_or_insert(view.span(start..k + 1));
        phrase.start = start;
        return true;
    }
    if !is_name(k) {
        return false;
    }
    let is_whole = |k: usize| view.name_at(k, EntityKind::Place).map(|named| named.tokens.start);
    if let Some(start) = is_whole(k) {
        phrase.area.get_or_insert(view.span(start.max(floor)..k + 1));
        phrase.start = start.max(floor);
        return true;
    }
    let joins = |k: usize| k > floor && matches!(view.word(k), "and" | "&" | "of" | "for") && is_name(k - 1);
    let mut start = k;
    while start > floor
        && (is_name(start - 1)
            || (joins(start - 1) && view.name_at(start - 1, EntityKind::Organization).is_some()))
    {
        let next = start - 1;
        let state =
            is_place(en::traits(view.word(next))) && view.name_at(next, EntityKind::Organization).is_none();
        if state && !body(next) {
            break;
        }
        start = next;
    }
    phrase.organization.get_or_insert(view.span(start..k + 1));
    phrase.start = start;
    true
}

pub(super) fn is_place(traits: en::Traits) -> bool {
    traits.is_any(&[Trait::State, Trait::Nation, Trait::Short])
}

/// The phrase that starts at `start` and ends before `limit`: its head and what is before it.
pub(super) fn from(view: &View<'_>, start: usize, limit: usize) -> Option<Phrase> {
    let limit = limit.min(view.len()).min(start + REACH);
    let mut head = None;
    let mut k = start;
    while k < limit {
        let word = view.is_kind(k, Kind::Word) || view.is_possessive(k) || view.is_kind(k, Kind::Number);
        let person = view.person_at(k).is_some() && !is_owned(view, k, limit);
        let opening = k == start && (view.has(k, Class::Determiner) || view.person_at(k).is_some());
        let is_head = view.is(k, Trait::Head) && !opening;
        if !word || person || (!opening && !is_head && !view.is_possessive(k) && is_function(view, k)) {
            break;
        }
        if view.is(k, Trait::Head) || (k > start && view.is_pair(k - 1, Trait::Head)) {
            head = Some(k);
        }
        k += 1;
    }
    let head = head?;
    // A head with nouns behind it is no head: "a governor race". A verb may follow it.
    let behind = head + 1;
    let is_verb = |k: usize| {
        view.has_any(k, &[Class::InEd, Class::InIng, Class::InS, Class::Cue, Class::Adverb])
            && !view.is_capital(k)
    };
    if behind < k && !is_verb(behind) {
        return None;
    }
    let phrase = before(view, behind, start)?;
    (phrase.start == start).then_some(phrase)
}

/// Whether a name at `k` stands before a noun that it says more of: "a Clinton adviser", "Clinton's adviser".
fn is_owned(view: &View<'_>, k: usize, limit: usize) -> bool {
    let end = view.named_at(k).map_or(k + 1, |named| named.tokens.end);
    let pronoun = view.named_at(k).is_some_and(|named| named.kind == MentionKind::Pronoun);
    let noun = |k: usize| view.is_kind(k, Kind::Word) && !is_function(view, k) && !view.is_capital(k);
    let title = |k: usize| view.is_any(k, &[Trait::Head, Trait::Part]);
    end < limit
        && (view.is_possessive(end)
            || noun(end)
            || title(end)
            || (pronoun && en::is_owner(view.word(k)) && end < limit))
}
