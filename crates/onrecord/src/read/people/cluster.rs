//! Which names are names of one and the same?
//!
//! In: mentions. Out: [`Cast`]: an entity for each bearer of a name, with the mentions that name it. All names of the
//! article are seen at once, since headlines call people by surnames that the text gives in full later. Two people with
//! one surname stay two; a bare surname goes to the one whom the article is about, if honorifics do not tell.
//! Next: `resolve.rs`, which joins nouns and pronouns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::mention::Found;
use super::name::{self, Name};
use super::view::View;
use super::{Entity, EntityKind, Gender, Mention, MentionKind};
use crate::lang::en::people as words;
use crate::read::Maker;

pub(super) const SAME_NAME: Maker =
    Maker { rule: "people/same-name", reads: "Susan Collins … Ms. Collins … Collins", score: 0.95 };
pub(super) const SHORT_NAME: Maker =
    Maker { rule: "people/short-name", reads: "the Federal Trade Board … the F.T.B.", score: 0.85 };

/// Mentions and the entities that they were joined to.
pub(super) struct Cast {
    pub(super) found: Vec<Found>,
    /// Of each mention the entity.
    pub(super) entity: Vec<Option<usize>>,
    /// Of each mention the one that it was joined to.
    pub(super) joined: Vec<Option<usize>>,
    pub(super) people: Vec<Member>,
}

/// An entity while it grows.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) kind: EntityKind,
    pub(super) gender: Option<Gender>,
    pub(super) mentions: Vec<usize>,
}

impl Cast {
    /// A new entity of one mention.
    pub(super) fn introduce(&mut self, at: usize, kind: EntityKind) -> usize {
        let found = &self.found[at];
        self.people.push(Member { kind, gender: found.gender, mentions: Vec::new() });
        let entity = self.people.len() - 1;
        self.join(at, entity, None);
        entity
    }

    /// Joins a mention to an entity, because of another mention of it.
    pub(super) fn join(&mut self, at: usize, entity: usize, because: Option<(usize, Maker)>) {
        let member = &mut self.people[entity];
        member.mentions.push(at);
        // A pronoun says little of somebody who has a name: it may be joined wrongly. Those vote, in `resolve.rs`.
        if self.found[at].kind != MentionKind::Pronoun {
            member.gender = member.gender.or(self.found[at].gender);
        }
        self.entity[at] = Some(entity);
        if let Some((other, maker)) = because {
            self.joined[at] = Some(other);
            self.found[at].maker = maker;
        }
    }

    /// The entities, in order of their first mentions, and of each of `people` its number in that order.
    pub(super) fn entities(&self, view: &View<'_>) -> (Vec<Entity>, Vec<usize>) {
        let mut sorted: Vec<usize> = (0..self.people.len()).collect();
        sorted.sort_by_key(|&member| self.people[member].mentions.iter().min().copied());
        let mut order = vec![0; sorted.len()];
        for (number, &member) in sorted.iter().enumerate() {
            order[member] = number;
        }
        (sorted.into_iter().map(|member| self.entity(view, &self.people[member])).collect(), order)
    }

    fn entity(&self, view: &View<'_>, member: &Member) -> Entity {
        let mut at = member.mentions.clone();
        at.sort_unstable();
        let mention = |&at: &usize| {
            let found = &self.found[at];
            Mention {
                span: view.span(&found.words),
                kind: found.kind,
                maker: found.maker,
                joined_to: self.joined[at].map(|other| view.span(&self.found[other].words)),
            }
        };
        let mentions: Vec<Mention> = at.iter().map(mention).collect();
        let names = mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        // The fullest, of two the first.
        let name =
            names.map(|mention| mention.span).rev().max_by_key(|span| words_of(view.document.slice(*span)));
        Entity { kind: member.kind, name, gender: member.gender, mentions }
    }
}

/// Words of a name that say more than initials, then its length.
fn words_of(name: &str) -> (usize, usize) {
    (name.split_whitespace().filter(|word| word.len() > 2).count(), name.len())
}

/// Joins the names.
pub(super) fn names(view: &View<'_>, found: Vec<Found>) -> Cast {
    let count = found.len();
    let mut cast = Cast { found, entity: vec![None; count], joined: vec![None; count], people: Vec::new() };
    let named = |cast: &Cast, kind: EntityKind| -> Vec<usize> {
        let is = |&at: &usize| cast.found[at].kind == MentionKind::Name && cast.found[at].of == Some(kind);
        (0..count).filter(is).collect()
    };
    let people = named(&cast, EntityKind::Person);
    Persons::default().join(view, &mut cast, &people);
    for kind in [EntityKind::Organization, EntityKind::Place] {
        let bodies = named(&cast, kind);
        self::bodies(view, &mut cast, &bodies, kind);
    }
    cast
}

/// People by surname, and by given name.
#[derive(Default)]
struct Persons<'d> {
    by_surname: BTreeMap<String, Vec<(usize, Name<'d>)>>,
    by_given: BTreeMap<String, Vec<usize>>,
    /// Whom each surname that stands alone meant last.
    called: BTreeMap<String, usize>,
    /// How many mentions of each name them in full: those stand before all others, in order.
    full: Vec<usize>,
}

/// Bearers of one surname, the last, that a name is compared with: an article may list a thousand of one name.
const BEARERS: usize = 64;

impl<'d> Persons<'d> {
    fn join(&mut self, view: &View<'d>, cast: &mut Cast, names: &[usize]) {
        let name = |cast: &Cast, at: usize| Name::new(view.slice(&cast.found[at].words));
        let (single, full): (Vec<usize>, Vec<usize>) =
            names.iter().partition(|&&at| name(cast, at).is_single());
        for at in full {
            self.named(cast, at, name(cast, at));
        }
        self.full = cast.people.iter().map(|member| member.mentions.len()).collect();
        let leading = self.leading();
        for at in single {
            self.single(cast, at, &name(cast, at), &leading);
        }
    }

    fn named(&mut self, cast: &mut Cast, at: usize, name: Name<'d>) {
        let known = self.by_surname.entry(name::key(name.surname())).or_default();
        let fits = |(entity, other): &&mut (usize, Name<'d>)| {
            other.agrees(&name) && is_open(cast.people[*entity].gender, cast.found[at].gender)
        };
        let first = known.len().saturating_sub(BEARERS);
        if let Some((entity, longest)) = known[first..].iter_mut().find(fits) {
            if name.parts.len() > longest.parts.len() {
                *longest = name;
            }
            let before = cast.people[*entity].mentions.last().copied().map(|other| (other, SAME_NAME));
            cast.join(at, *entity, before);
            return;
        }
        let entity = cast.introduce(at, EntityKind::Person);
        let given = name::key(name.given());
        known.push((entity, name));
        self.by_given.entry(given).or_default().push(entity);
    }

    /// Of each surname that several bear the one who is named most often in full.
    fn leading(&self) -> BTreeMap<String, usize> {
        let most = |all: &Vec<(usize, Name<'d>)>| {
            all.iter().map(|&(entity, _)| entity).rev().max_by_key(|&entity| self.full[entity])
        };
        self.by_surname.iter().filter_map(|(surname, all)| Some((surname.clone(), most(all)?))).collect()
    }

    fn single(&mut self, cast: &mut Cast, at: usize, name: &Name<'d>, leading: &BTreeMap<String, usize>) {
        let written = name::key(name.surname());
        let gender = cast.found[at].gender;
        let open = |cast: &Cast, entity: usize| is_open(cast.people[entity].gender, gender);
        let known = self.by_surname.get(&written).into_iter().flatten().rev().take(BEARERS);
        let mut bearers: Vec<usize> = known.map(|(entity, _)| *entity).collect();
        bearers.reverse();
        let fitting: Vec<usize> = bearers.iter().copied().filter(|&entity| open(cast, entity)).collect();
        let told =
            fitting.iter().copied().find(|&entity| gender.is_some() && cast.people[entity].gender == gender);
        let leader = leading.get(&written).copied().filter(|entity| fitting.contains(entity));
        // Whom the surname meant before, else who was named in full last, unless the article is about another.
        let before = self.called.get(&written).copied().filter(|entity| fitting.contains(entity));
        let last = |&entity: &usize| self.last_before(cast, entity, at);
        let recent = fitting.iter().copied().max_by_key(last).filter(|entity| last(entity).is_some());
        let leader = before.or_else(|| match (leader, recent) {
            (Some(leader), Some(recent)) if !self.dominates(leader, recent) => Some(recent),
            (leader, _) => leader,
        });
        let by_given = self.by_given.get(&written).filter(|all| all.len() == 1 && bearers.is_empty());
        let entity = told.or(leader).or(fitting.first().copied()).or_else(|| by_given.map(|all| all[0]));
        if let Some(entity) = entity {
            let because = cast.people[entity].mentions.last().map(|&other| (other, SAME_NAME));
            cast.join(at, entity, because);
            self.called.insert(written, entity);
        } else {
            let entity = cast.introduce(at, EntityKind::Person);
            self.by_surname.entry(written).or_default().push((entity, name.clone()));
        }
    }

    fn full(&self, entity: usize) -> usize {
        self.full.get(entity).copied().unwrap_or_default()
    }

    /// Whether one is named in full so much more often that a bare surname means them wherever it stands.
    fn dominates(&self, one: usize, other: usize) -> bool {
        self.full(one) >= 3 * self.full(other)
    }

    /// The last mention of somebody before another mention.
    fn last_before(&self, cast: &Cast, entity: usize, at: usize) -> Option<usize> {
        let (full, single) = cast.people[entity].mentions.split_at(self.full(entity));
        let last = |part: &[usize]| part[..part.partition_point(|&mention| mention < at)].last().copied();
        last(full).max(last(single))
    }
}

/// Whether two genders do not contradict each other.
pub(super) fn is_open(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Words of the longest name that a part may stand for.
const LONGEST: usize = 16;

/// Organizations and places: one way of writing is one of them; so are an acronym, and a part that fits only one.
fn bodies(view: &View<'_>, cast: &mut Cast, names: &[usize], kind: EntityKind) {
    let mut ways: BTreeMap<Cow<'_, str>, Vec<usize>> = BTreeMap::new();
    for &at in names {
        ways.entry(words::canonical(view.slice(&cast.found[at].words))).or_default().push(at);
    }
    // The parts that names begin and end with, and their initials, each with those that have them.
    let mut short: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for way in ways.keys().map(|way| &**way).filter(|way| (1..LONGEST).contains(&way.matches(' ').count())) {
        let mut parts = vec![name::acronym(way)];
        parts.extend(way.match_indices(' ').map(|(at, _)| way[at + 1..].to_owned()));
        if kind == EntityKind::Organization {
            parts.extend(way.match_indices(' ').map(|(at, _)| way[..at].to_owned()));
        }
        for part in parts.into_iter().filter(|part| part.chars().count() > 1) {
            short.entry(part).or_default().push(way);
        }
    }
    let whole = |way: &str| -> Option<String> {
        let bare: String = way.chars().filter(|&c| c != '.').collect();
        let full = short.get(&bare).or_else(|| short.get(way))?;
        (full.len() == 1 && full[0] != way).then(|| full[0].to_owned())
    };
    let mut entity_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<(&str, &Vec<usize>)> = ways.iter().map(|(way, at)| (&**way, at)).collect();
    order.sort_by_key(|(way, at)| (usize::MAX - way.len(), at[0]));
    for (way, all) in order {
        let full = whole(way).and_then(|full| entity_of.get(&full).copied());
        for (nth, &at) in all.iter().enumerate() {
            let known = entity_of.get(way).copied().or(full);
            let entity = match known {
                Some(entity) => {
                    let maker = if nth == 0 { SHORT_NAME } else { SAME_NAME };
                    let because = cast.people[entity].mentions.last().map(|&other| (other, maker));
                    cast.join(at, entity, because);
                    entity
                }
                None => cast.introduce(at, kind),
            };
            entity_of.insert(way.to_owned(), entity);
        }
    }
}
