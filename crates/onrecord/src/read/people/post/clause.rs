//! What a clause says of its subject: "Roz is now the chairman", "who heads the club", "when she was mayor", "Roz as mayor".
//!
//! In: where the subject ends. Out: phrases, each with the time that its verb tells and whether it is so. What is
//! imagined, "would become", "if he became", is told as such.

use super::behind;
use super::phrase::{Opening, Phrase};
use super::tail;
use super::view::View;
use super::{Capacity, Standing, Status};
use crate::lang::en::{self, Class, Trait};
use crate::read::people::EntityKind;
use crate::text::{Kind, Span};

/// A phrase that a clause tells.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) phrase: Phrase,
    pub(super) standing: Standing,
}

/// The verb of a clause: what it says of time, and where the words behind it begin.
#[derive(Clone, Copy)]
struct Verb {
    status: Option<Status>,
    standing: Standing,
    /// The verb names the post itself: "heads".
    title: Option<Span>,
    /// The verb tells a post that it does not name: "leads".
    leads: bool,
    end: usize,
}

/// As many words may stand between a subject and the post.
const REACH: usize = 6;

/// What "who" tells of the name before it; `at` is the relative pronoun.
pub(super) fn relative(view: &View<'_>, at: usize, limit: usize) -> Vec<Told> {
    if !view.word(at).eq_ignore_ascii_case("who") {
        return Vec::new();
    }
    if let Some(phrase) = works(view, at + 1, limit) {
        return vec![Told { phrase, standing: Standing::Happened }];
    }
    told(view, at, at + 1, limit)
}

/// "who works on defense policy at the Harbor Institute": a body, and no word for the post.
fn works(view: &View<'_>, at: usize, limit: usize) -> Option<Phrase> {
    let status = match view.word(at) {
        "works" | "teaches" => Status::Current,
        "worked" | "taught" => Status::Former,
        _ => return None,
    };
    let reach = limit.min(at + REACH + 2);
    let joins = |k: usize| matches!(view.word(k), "at" | "for");
    let start = (at + 1..reach).take_while(|&k| view.is_kind(k, Kind::Word)).find(|&k| joins(k))? + 1;
    let name = if view.has(start, Class::Determiner) { start + 1 } else { start };
    let body = view.name_at(name, EntityKind::Organization)?;
    let told_by = vec![view.span(at..at + 1)];
    let organization = Some(body.span);
    let end = body.tokens.end;
    Some(Phrase {
        organization,
        status: Some(status),
        told_by,
        start: at,
        end,
        head: at,
        ..Phrase::default()
    })
}

/// What the clause tells whose subject ends before `at`.
pub(super) fn subject(view: &View<'_>, start: usize, at: usize) -> Vec<Told> {
    let sentence = view.sentence(start);
    let mut list = told(view, start, at, sentence.end);
    // "Roz led the Giants": only "who" makes a post of it.
    list.retain(|told| told.phrase.title.is_some());
    list
}

fn told(view: &View<'_>, start: usize, at: usize, limit: usize) -> Vec<Told> {
    let Some(verb) = verb(view, at, limit) else { return Vec::new() };
    // "either Ek or Roz will be president".
    if start > 0 && view.word(start - 1) == "or" {
        return Vec::new();
    }
    let imagined = verb.standing == Standing::Happened && is_imagined(view, start);
    let standing = if imagined { Standing::Conditional } else { verb.standing };
    if let Some(title) = verb.title {
        let mut phrase =
            Phrase { title: Some(title), start: at, end: verb.end, head: verb.end - 1, ..Phrase::default() };
        phrase.status = verb.status;
        phrase.told_by = vec![title];
        let body = body(view, &mut phrase, limit);
        return if body { vec![Told { phrase, standing }] } else { Vec::new() };
    }
    if verb.leads {
        return leads(view, at, &verb, limit).map(|phrase| Told { phrase, standing }).into_iter().collect();
    }
    if let Some(running) = running(view, verb.end, limit) {
        return vec![Told { phrase: running, standing }];
    }
    let mut list = tail::phrases(view, verb.end, limit);
    let bad = list.first().is_none_or(|first| {
        let loose = view.is(first.head, Trait::Loose) && first.opening == Opening::Indefinite;
        first.opening == Opening::Nobody || first.is_plural || loose || behind::is_vague(view, first)
    });
    // "is a president who": of a kind, not a post; "was mayor when": a post.
    if bad || !ends_well(view, list.last().map_or(0, |last| last.end), limit) {
        return Vec::new();
    }
    let words = view.span(at..verb.end);
    for phrase in &mut list {
        if phrase.until.is_some() {
            phrase.status = Some(Status::Former);
        }
        if phrase.status.is_none() {
            phrase.status = verb.status;
            phrase.told_by.push(words);
        }
    }
    list.into_iter().map(|phrase| Told { phrase, standing }).collect()
}

/// Whether a description may end before `k`: no noun follows it.
fn ends_well(view: &View<'_>, k: usize, limit: usize) -> bool {
    k >= limit
        || !view.is_kind(k, Kind::Word)
        || super::phrase::is_function(view, k)
        || view.has_any(k, &[Class::To, Class::Adverb, Class::InIng, Class::InEd])
}

/// Reads the verb at `at`.
fn verb(view: &View<'_>, at: usize, limit: usize) -> Option<Verb> {
    // A quotation may begin behind the subject: Roz “is the only candidate”.
    let at = if view.is_kind(at, Kind::Mark) { at + 1 } else { at };
    let reach = limit.min(at + REACH).min(view.len());
    let mut verb = Verb { status: None, standing: Standing::Happened, title: None, leads: false, end: at };
    let mut seen = false;
    while verb.end < reach {
        match main_verb(view, verb, at, seen) {
            Ok(verb) => return Some(verb),
            Err(same) => verb = same,
        }
        match auxiliary(view, &mut verb, at) {
            Some(is_be) => seen |= is_be,
            None => break,
        }
        verb.end += 1;
    }
    seen.then_some(verb)
}

/// The verb with the main verb at its end, if one stands there that tells a post; else the verb as it was.
fn main_verb(view: &View<'_>, mut verb: Verb, at: usize, seen: bool) -> Result<Verb, Verb> {
    let k = verb.end;
    let word = view.word(k);
    let traits = en::traits(word);
    if traits.is(Trait::Served) && view.word(k + 1) == "as" {
        verb.status.get_or_insert(if word == "serves" { Status::Current } else { Status::Former });
        verb.end = k + 2;
    } else if traits.is(Trait::Heads) && !seen {
        verb.status = Some(Status::Current);
        verb = named(view, verb, k);
    } else if traits.is(Trait::Leads) && !seen && k == at {
        let past = traits.is(Trait::Led);
        verb.status.get_or_insert(if past { Status::Former } else { Status::Current });
        verb = Verb { leads: true, end: k + 1, ..verb };
    } else if traits.is(Trait::Headed) {
        verb.status = Some(Status::Former);
        verb = named(view, verb, k);
    } else if traits.is(Trait::Naming) && seen {
        // "was named chairman": since then.
        if verb.standing == Standing::Happened {
            verb.status = None;
        }
        verb.end = k + 1 + usize::from(view.word(k + 1) == "as");
    } else {
        return Err(verb);
    }
    Ok(verb)
}

/// Reads the auxiliary or adverb at the end of the verb, and moves the end to its last word. `None` where there is none;
/// else whether it says that somebody is something.
fn auxiliary(view: &View<'_>, verb: &mut Verb, at: usize) -> Option<bool> {
    let k = verb.end;
    let word = view.word(k);
    let traits = en::traits(word);
    let cut_short = word.ends_with("n't") || word.ends_with("n’t");
    if traits.is(Trait::Not) || cut_short {
        if view.word(k + 1) == "longer" {
            verb.status = Some(Status::Former);
            verb.end = k + 1;
        } else {
            verb.standing = Standing::Denied;
        }
        return Some(cut_short);
    }
    if traits.is(Trait::Modal) || (word == "to" && k == at) {
        // "let Roz become mayor", "for Roz to be mayor", "Roz would be mayor".
        verb.standing = Standing::Conditional;
        verb.status = Some(Status::Future);
    } else if traits.is(Trait::Will) {
        verb.standing = Standing::Expected;
        verb.status = Some(Status::Future);
    } else if traits.is(Trait::Was) {
        verb.status.get_or_insert(if word == "been" { Status::Current } else { Status::Former });
        return Some(true);
    } else if word == "became" {
        verb.status = None;
        return Some(true);
    } else if traits.is_any(&[Trait::Is, Trait::Becomes]) {
        verb.status.get_or_insert(Status::Current);
        return Some(true);
    } else if word == "had" {
        verb.status = Some(Status::Former);
    } else if !traits.is_any(&[Trait::Now, Trait::Has]) {
        return None;
    }
    Some(false)
}

/// "heads", "chaired": the verb without its ending names the post.
fn named(view: &View<'_>, verb: Verb, k: usize) -> Verb {
    let word = view.word(k);
    let span = view.span(k..k + 1);
    let cut = if word.ends_with("ed") { 2 } else { 1 };
    // "chaired" → "chair", "heads" → "head".
    let title = Span { start: span.start, end: span.end - cut };
    Verb { title: Some(title), end: k + 1, ..verb }
}

/// The body that a verb such as "heads" has as its object.
fn body(view: &View<'_>, phrase: &mut Phrase, limit: usize) -> bool {
    let before = phrase.end;
    tail::body(view, phrase, limit);
    phrase.end > before
}

/// "who led Roz's transition team", "who runs the Harbor Museum": a body, and no word for the post.
fn leads(view: &View<'_>, at: usize, verb: &Verb, limit: usize) -> Option<Phrase> {
    let mut phrase =
        Phrase { start: at, end: verb.end, head: verb.end - 1, status: verb.status, ..Phrase::default() };
    phrase.told_by = vec![view.span(at..verb.end)];
    let first = if view.has(verb.end, Class::Determiner) { verb.end + 1 } else { verb.end };
    let owner =
        view.person_at(first).filter(|named| view.is_possessive(named.tokens.end)).map(|named| named.entity);
    let named = view.name_at(first, EntityKind::Organization).is_some();
    if !(named || owner.is_some()) || !body(view, &mut phrase, limit) {
        return None;
    }
    phrase.of_person = owner;
    Some(phrase)
}

/// "is running for governor".
fn running(view: &View<'_>, k: usize, limit: usize) -> Option<Phrase> {
    if view.word(k) != "running" || view.word(k + 1) != "for" {
        return None;
    }
    let list = tail::phrases(view, k + 2, limit);
    let mut phrase = list.into_iter().next()?;
    phrase.capacity = Some(Capacity::Candidate);
    phrase.status = Some(Status::Current);
    phrase.told_by.push(view.span(k..k + 2));
    Some(phrase)
}

/// Whether the clause whose subject starts at `start` stands behind "if" and the like.
fn is_imagined(view: &View<'_>, start: usize) -> bool {
    let floor = view.sentence(start).start.max(start.saturating_sub(14));
    (floor..start).rev().take_while(|&k| view.is_kind(k, Kind::Word)).any(|k| view.is(k, Trait::Condition))
}

/// "tapped Roz as her running mate", "the departure of Roz as mayor", "in her two years as mayor"; `at` is behind the
/// name or pronoun that starts at `start`.
pub(super) fn appointed(view: &View<'_>, start: usize, at: usize) -> Vec<Told> {
    let sentence = view.sentence(start);
    let reach = sentence.end.min(at + REACH);
    let Some(between) = (at..reach).find(|&k| !view.is_kind(k, Kind::Word) || view.word(k) == "as") else {
        return Vec::new();
    };
    let floor = sentence.start.max(start.saturating_sub(4));
    let ends = |range: std::ops::Range<usize>| range.into_iter().find(|&k| view.is(k, Trait::Ended));
    let direct = between == at;
    let naming = direct.then(|| (floor..start).rev().take(2).find(|&k| view.is(k, Trait::Naming))).flatten();
    let ended = ends(at..between).or_else(|| direct.then(|| ends(floor..start)).flatten());
    let ended = ended.filter(|_| naming.is_none());
    let from = match (view.word(between) == "as", naming) {
        (true, Some(_)) => between + 1,
        (true, None) if ended.is_some() => between + 1,
        // "named Roz chairman".
        (false, _) | (true, None) => return Vec::new(),
    };
    let mut list = tail::phrases(view, from, sentence.end);
    if list.first().is_none_or(|first| first.opening == Opening::Nobody || first.is_plural) {
        return Vec::new();
    }
    for phrase in &mut list {
        if let Some(k) = ended {
            phrase.status.get_or_insert(Status::Former);
            phrase.told_by.push(view.span(k..k + 1));
        }
    }
    let modal = |k: usize| view.is_any(k, &[Trait::Modal, Trait::Condition]);
    let imagined = naming.is_some_and(|naming| (floor.max(naming.saturating_sub(3))..naming).any(modal));
    let standing = if imagined { Standing::Conditional } else { Standing::Happened };
    list.into_iter().map(|phrase| Told { phrase, standing }).collect()
}

/// "As the senior Democrat in the delegation, Roz": `start` is where the name starts.
pub(super) fn as_before(view: &View<'_>, start: usize) -> Vec<Told> {
    let sentence = view.sentence(start);
    let floor = sentence.start.max(start.saturating_sub(18));
    let Some(comma) = start.checked_sub(1).filter(|&k| k > floor && view.is_kind(k, Kind::Comma)) else {
        return Vec::new();
    };
    let opens = |k: usize| {
        view.word(k) == "As" || (view.word(k) == "as" && k > floor && view.is_kind(k - 1, Kind::Comma))
    };
    let Some(at) = (floor..comma).find(|&k| opens(k)) else { return Vec::new() };
    let mut list = tail::phrases(view, at + 1, comma);
    if list.last().is_none_or(|last| last.end != comma) {
        return Vec::new();
    }
    for phrase in &mut list {
        if phrase.opening == Opening::Definite {
            phrase.status.get_or_insert(Status::Current);
        }
    }
    list.into_iter().map(|phrase| Told { phrase, standing: Standing::Happened }).collect()
}
