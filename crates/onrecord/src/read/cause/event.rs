//! What happens? Words of a strand → [`Event`].
//!
//! In: strands, people and times. Out: events that tell something: what other rows ask for, acts that bind, what has a
//! time, and what did not happen, or not yet. An event is found by its trigger, so that rows that speak of one happening
//! share it.
//! Next: `standing.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::view::{Strand, View};
use super::{Event, EventKind, Side, Standing, policy, rule, standing};
use crate::lang::en;
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::read::{people, time};
use crate::text::{Kind, Span};

/// How long a phrase or a clause may be, in tokens.
const LONGEST: usize = 60;

/// The events that were found so far.
pub(super) struct Events<'v, 'd> {
    view: &'v View<'d>,
    times: &'v [time::Timex],
    /// Mentions of entities, in order of position.
    mentions: Vec<(Span, usize)>,
    list: Vec<Event>,
    /// The event of each trigger, by its token.
    by_token: BTreeMap<usize, usize>,
    /// The events that a noun names, by that noun in the singular.
    by_noun: BTreeMap<String, Vec<usize>>,
}

impl<'v, 'd> Events<'v, 'd> {
    pub(super) fn new(view: &'v View<'d>, people: &'v people::Reading, time: &'v time::Reading) -> Self {
        let entities = people.entities.iter().enumerate();
        let mentions =
            entities.flat_map(|(index, entity)| entity.mentions.iter().map(move |m| (m.span, index)));
        let mut mentions: Vec<(Span, usize)> = mentions.collect();
        mentions.sort_unstable();
        Events {
            view,
            times: &time.times,
            mentions,
            list: Vec::new(),
            by_token: BTreeMap::new(),
            by_noun: BTreeMap::new(),
        }
    }

    /// The happening of a clause that stands in a condition; it counts as no more than that.
    pub(super) fn conditional(&mut self, strand: &Strand<'_, '_>, range: Range<usize>) -> Option<usize> {
        let trigger = main_word(strand, range.clone())?;
        // One of its own: "if the strike goes on" makes no known strike unreal.
        let index = self.known(strand, trigger).unwrap_or_else(|| self.new_at(strand, trigger, range));
        self.list[index].standing = Standing::Conditional;
        Some(index)
    }

    /// The happening that a range of words tells of.
    pub(super) fn of(&mut self, strand: &Strand<'_, '_>, range: Range<usize>) -> Option<usize> {
        let trigger = main_word(strand, range.clone())?;
        Some(self.at(strand, trigger, range))
    }

    /// The event whose trigger stands at `at`, or which the definite phrase there takes up: "The hearing" is a hearing that
    /// was told of before.
    pub(super) fn at(&mut self, strand: &Strand<'_, '_>, at: usize, extent: Range<usize>) -> usize {
        if let Some(index) = self.known(strand, at).or_else(|| self.taken_up(strand, at)) {
            self.by_token.insert(strand.tokens[at], index);
            return index;
        }
        self.new_at(strand, at, extent)
    }

    fn known(&self, strand: &Strand<'_, '_>, at: usize) -> Option<usize> {
        self.by_token.get(&strand.tokens[at]).copied()
    }

    /// The last event before `at` with the same noun, in the same voice or in the article's own. Nothing in the phrase may
    /// tell it apart: "the second hearing" is no hearing without a "second".
    fn taken_up(&self, strand: &Strand<'_, '_>, at: usize) -> Option<usize> {
        let opens = (at.saturating_sub(4)..at).rev().find(|&at| strand.is(at, Class::Definite))?;
        let tells = opens + 1..at;
        if strand.part(at) != Part::Noun || !tells.clone().all(|at| is_premodifier(strand, at)) {
            return None;
        }
        let (here, voice) = (strand.span_of(at), strand.voice.map(|voice| voice as usize));
        let same = self.by_noun.get(singular(strand.lower(at)))?;
        same.iter().copied().rfind(|&index| {
            let event = &self.list[index];
            let words = event.extent.iter().flat_map(|&span| self.view.within(span));
            let words: Vec<&str> = words.map(|at| self.view.words[at].lower.as_str()).collect();
            event.trigger.end <= here.start
                && event.standing != Standing::Conditional
                && (event.asserted_by.is_none() || event.asserted_by == voice)
                && tells.clone().all(|at| words.contains(&strand.lower(at)))
        })
    }

    fn new_at(&mut self, strand: &Strand<'_, '_>, at: usize, extent: Range<usize>) -> usize {
        let token = strand.tokens[at];
        let (subject, object) = sides(strand, at);
        let is_passive = is_passive(strand, at);
        let agents = if is_passive { by_agent(strand, at) } else { subject.clone() };
        let spans = strand.spans(extent);
        let done_to = if is_passive { subject } else { object };
        let act = policy::act(strand, at, &done_to);
        let event = Event {
            trigger: strand.span_of(at),
            kind: policy::kind(act),
            act,
            agents: self.agents(strand, agents),
            object: strand.spans(done_to),
            standing: standing::of(strand, at),
            when: self.when(strand.span_of(at), &spans),
            extent: spans,
            asserted_by: strand.view.words[token].voice.map(|voice| voice as usize),
            maker: if strand.part(at).is_verb() { rule::VERB } else { rule::NOUN },
        };
        let index = self.list.len();
        self.list.push(event);
        self.by_token.insert(token, index);
        if strand.part(at) == Part::Noun {
            self.by_noun.entry(singular(strand.lower(at)).to_owned()).or_default().push(index);
        }
        index
    }

    /// The standing of an event.
    pub(super) fn standing(&self, index: usize) -> Standing {
        self.list[index].standing
    }

    /// The entity that a noun phrase names: that of the mention around its head.
    fn agents(&self, strand: &Strand<'_, '_>, phrase: Range<usize>) -> Vec<usize> {
        let head = phrase.clone().take_while(|&at| strand.part(at) != Part::Preposition);
        let Some(head) = head.filter(|&at| strand.part(at).is_nominal()).last() else { return Vec::new() };
        let head = strand.span_of(head);
        let first = self.mentions.partition_point(|(span, _)| span.end < head.end.saturating_sub(200));
        let near = self.mentions[first..].iter().take_while(|(span, _)| span.start <= head.start);
        near.filter(|(span, _)| span.contains(head)).map(|&(_, entity)| entity).take(1).collect()
    }

    /// The time in an extent that stands nearest to the trigger.
    fn when(&self, trigger: Span, extent: &[Span]) -> Option<usize> {
        let whole = extent.first()?.cover(*extent.last()?);
        let first = self.times.partition_point(|time| time.span.start < whole.start);
        let within =
            self.times[first..].iter().enumerate().take_while(|(_, time)| time.span.end <= whole.end);
        let dated = within.filter(|(_, time)| matches!(time.kind, time::Kind::Date | time::Kind::Time));
        let distance = |span: Span| span.start.abs_diff(trigger.start);
        dated.min_by_key(|(index, time)| (distance(time.span), *index)).map(|(index, _)| first + index)
    }

    /// The events that tell something, in order of position. `sides` are those of all links and conditions; they are told
    /// the places of their events in it.
    ///
    /// A plain happening of the past that no row needs says no more than its sentence, and goes.
    pub(super) fn finish(self, sides: Vec<&mut Side>) -> Vec<Event> {
        let named: BTreeSet<usize> = sides.iter().filter_map(|side| side.event).collect();
        let is_kept = |index: usize, event: &Event| {
            named.contains(&index)
                || event.kind != EventKind::Event
                || event.when.is_some()
                || event.standing != Standing::Happened
        };
        let mut kept: Vec<(usize, Event)> =
            self.list.into_iter().enumerate().filter(|(index, event)| is_kept(*index, event)).collect();
        kept.sort_by_key(|(_, event)| event.trigger);
        let places: BTreeMap<usize, usize> = kept.iter().map(|&(index, _)| index).zip(0..).collect();
        for side in sides {
            side.event = side.event.map(|event| places[&event]);
        }
        kept.into_iter().map(|(_, event)| event).collect()
    }

    /// Finds every verb of an article that tells of a happening; states, and nouns that name a happening, where it did not
    /// come to that: nobody shall take them for what happened.
    pub(super) fn all(&mut self) {
        let view = self.view;
        for sentence in 0..view.sentences().len() {
            for strand in view.strands(sentence, |word| word.part.is_verb() || word.part == Part::Noun) {
                for at in (0..strand.len()).filter(|&at| strand.is_own(at)) {
                    let is_open =
                        || !matches!(standing::of(&strand, at), Standing::Happened | Standing::Ongoing);
                    let is_kept = match strand.part(at) {
                        Part::Noun => is_happening_noun(&strand, at) && is_open(),
                        part if part.is_verb() => {
                            is_main_verb(&strand, at) && (!is_state(&strand, at) || is_open())
                        }
                        _ => false,
                    };
                    if is_kept {
                        self.at(&strand, at, extent(&strand, at));
                    }
                }
            }
        }
    }
}

/// The singular of most nouns.
fn singular(noun: &str) -> &str {
    noun.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with('s')).unwrap_or(noun)
}

fn is_premodifier(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is_part(at, &[Part::Adjective, Part::Noun, Part::Name, Part::Number, Part::Participle])
}

/// Whether the noun at `at` names a happening and heads its phrase: "the sale", not "the sale price".
pub(super) fn is_happening_noun(strand: &Strand<'_, '_>, at: usize) -> bool {
    let lower = strand.lower(at);
    let named = strand.is(at, Class::Happening) || en::cause::names_happening(lower);
    named && strand.part(at + 1) != Part::Noun
}

fn is_state(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is_any(at, &[Class::State, Class::Be, Class::Have, Class::Do])
}

/// Whether the verb at `at` is the main one of its group.
fn is_main_verb(strand: &Strand<'_, '_>, at: usize) -> bool {
    let part = strand.part(at);
    // "the rising cost", "a closed pier".
    let is_attribute = matches!(part, Part::Participle | Part::Gerund)
        && at > 0
        && strand.is_part(at - 1, &[Part::Determiner, Part::Adjective, Part::Possessive])
        && strand.part(at + 1) == Part::Noun;
    !is_attribute && verb_head(strand, at) == at
}

/// The word that tells what happens in a range: the head of its first clause's verb, else a verb, else a noun.
fn main_word(strand: &Strand<'_, '_>, range: Range<usize>) -> Option<usize> {
    let range = strand.trim(range);
    let is_free = |at: usize| {
        let opened = (range.start..at).rev().take(12).find(|&at| {
            strand.part(at) == Part::Relative
                || strand.is_kind(at, Kind::Comma)
                || strand.part(at).is_finite()
        });
        !opened.is_some_and(|at| strand.part(at) == Part::Relative)
    };
    let finite = range.clone().find(|&at| strand.part(at).is_finite() && is_free(at));
    let finite = finite.or_else(|| range.clone().find(|&at| strand.part(at).is_finite()));
    if let Some(finite) = finite {
        let head = verb_head(strand, finite);
        return Some(predicate(strand, head, range.end));
    }
    let verb = range.clone().find(|&at| strand.part(at).is_verb());
    verb.map(|verb| verb_head(strand, verb))
        .or_else(|| {
            let nouns =
                range.clone().take_while(|&at| strand.part(at) != Part::Preposition || at == range.start);
            nouns.filter(|&at| strand.part(at).is_nominal()).last()
        })
        .or_else(|| range.clone().find(|&at| !strand.is_mark(at)))
}

/// The main verb of the group that begins with the verb at `at`: "would have to call" is "call".
pub(super) fn verb_head(strand: &Strand<'_, '_>, at: usize) -> usize {
    let mut head = at;
    for _ in 0..8 {
        let helps = strand.part(head) == Part::Modal
            || strand.is_any(head, &[Class::Be, Class::Have, Class::Do, Class::Get, Class::Going]);
        if !helps {
            break;
        }
        let mut next = head + 1;
        while strand.part(next) == Part::Adverb || strand.is(next, Class::Not) {
            next += 1;
        }
        // "had she known": the subject stands between.
        if next == head + 1 && strand.is_any(head, &[Class::Had, Class::Were, Class::Should]) {
            while next < head + 8
                && strand.is_part(
                    next,
                    &[Part::Pronoun, Part::Determiner, Part::Name, Part::Noun, Part::Adjective, Part::Adverb],
                )
            {
                next += 1;
            }
        }
        // A second verb with a tense of its own is no part of the group.
        let is_verb = strand.part(next).is_verb() && !strand.is_any(next, &[Class::Had, Class::Were]);
        let is_infinitive = strand.part(next) == Part::To && strand.part(next + 1) == Part::Base;
        if is_infinitive {
            head = next + 1;
        } else if is_verb && next < strand.len() {
            head = next;
        } else {
            break;
        }
    }
    head
}

/// Of "was late" the word that tells something: "late".
fn predicate(strand: &Strand<'_, '_>, head: usize, end: usize) -> usize {
    if !strand.is(head, Class::Be) {
        return head;
    }
    let words = head + 1..end.min(head + 6);
    let found = words.clone().find(|&at| strand.is_part(at, &[Part::Adjective, Part::Noun, Part::Name]));
    found.filter(|&found| (head + 1..found).all(|at| !strand.is_mark(at))).unwrap_or(head)
}

pub(super) fn is_passive(strand: &Strand<'_, '_>, at: usize) -> bool {
    strand.is_part(at, &[Part::Participle, Part::Past]) && {
        let helper = (0..at).rev().take(4).find(|&at| strand.part(at) != Part::Adverb);
        helper.is_some_and(|at| strand.is_any(at, &[Class::Be, Class::Get]))
    }
}

/// The subject before a verb and the object behind it.
pub(super) fn sides(strand: &Strand<'_, '_>, at: usize) -> (Range<usize>, Range<usize>) {
    let mut end = at;
    while end > 0 && {
        let before = end - 1;
        strand.is_part(before, &[Part::Adverb, Part::Modal, Part::To, Part::Relative])
            || strand
                .is_any(before, &[Class::Be, Class::Have, Class::Do, Class::Not, Class::Get, Class::Going])
    } {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && end - start < LONGEST && is_phrase(strand, start - 1) {
        start -= 1;
    }
    let is_phrasal = strand.part(at + 1) == Part::Particle
        || strand.part(at + 1) == Part::Adverb && strand.part(at + 2) == Part::Determiner;
    let from = at + 1 + usize::from(is_phrasal);
    let mut to = from;
    while to < strand.len().min(from + LONGEST)
        && (strand
            .is_part(to, &[Part::Determiner, Part::Adjective, Part::Possessive, Part::Number, Part::Gerund])
            || strand.part(to).is_nominal()
            || to > from
                && strand.is(to, Class::Of)
                && strand.part(to) == Part::Preposition
                && strand.lower(to) == "of")
    {
        to += 1;
    }
    (start..end, from..to)
}

fn is_phrase(strand: &Strand<'_, '_>, at: usize) -> bool {
    let part = strand.part(at);
    part.is_nominal()
        || matches!(part, Part::Determiner | Part::Adjective | Part::Possessive)
        || part == Part::Preposition && strand.is(at, Class::Of)
}

/// The noun phrase behind "by".
fn by_agent(strand: &Strand<'_, '_>, at: usize) -> Range<usize> {
    let by = (at + 1..strand.len().min(at + 6)).find(|&at| strand.is(at, Class::By));
    let Some(by) = by else { return at..at };
    let mut end = by + 1;
    while end < strand.len()
        && (strand.part(end).is_nominal()
            || strand.is_part(end, &[Part::Determiner, Part::Adjective, Part::Possessive]))
    {
        end += 1;
    }
    by + 1..end
}

/// What belongs to the verb at `at`: from its subject to the end of its clause.
pub(super) fn extent(strand: &Strand<'_, '_>, at: usize) -> Range<usize> {
    let (subject, _) = sides(strand, at);
    let last = strand.len().min(at + LONGEST);
    let end = (at + 1..last).find(|&next| {
        let is_mark = strand.is_mark(next) && !strand.is_kind(next, Kind::Symbol);
        let joins = strand.part(next) == Part::Conjunction && strand.part(next + 1).is_verb();
        is_mark
            || joins
            || strand.part(next) == Part::Relative
            || strand.part(next).is_finite() && next > at + 1
            || strand.is_any(next, &[Class::If, Class::Unless, Class::Aside])
    });
    subject.start..end.unwrap_or(last)
}
