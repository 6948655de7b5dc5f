//! Which acts bind, and which undo? Events → [`Act`], [`Link`]s of kind `replaces`.
//!
//! In: the verb of an event and its object. Out: the act, where the object is an order, a law, a ban or the like. Acts that
//! set something aside get a link to it: to the event that made it, where the article tells of one before.

use std::collections::BTreeMap;
use std::ops::Range;

use super::view::{Strand, View};
use super::{Act, Event, EventKind, Link, LinkKind, Side, rule};
use crate::lang::en;
use crate::lang::en::cause::Class;
use crate::text::Span;

/// The act of the verb at `at`, if its object can be bound or undone.
pub(super) fn act(strand: &Strand<'_, '_>, at: usize, object: &Range<usize>) -> Option<Act> {
    if !strand.part(at).is_verb() {
        return None;
    }
    let particle = strand.lower(at + 1);
    let act = [
        (Class::RollBack, Act::RollBack),
        (Class::Rescind, Act::Rescind),
        (Class::Override, Act::Override),
        (Class::Revive, Act::Revive),
        (Class::Blocks, Act::Block),
        (Class::Extend, Act::Extend),
        (Class::Sign, Act::Sign),
        (Class::Issue, Act::Issue),
        (Class::Orders, Act::Order),
    ];
    let (_, act) = act.into_iter().find(|(class, _)| strand.is(at, *class))?;
    // "rolled back", "struck down": the verb alone says nothing.
    let act = match act {
        Act::RollBack if strand.is(at, Class::NeedsBack) && particle != "back" => return None,
        Act::Rescind if strand.is(at, Class::NeedsDown) && particle != "down" => return None,
        act => act,
    };
    let binds = object.clone().any(|at| strand.is(at, Class::Instrument));
    let names = |at: usize| strand.is(at, Class::Happening) || en::cause::names_happening(strand.lower(at));
    let orders = act == Act::Order && object.clone().any(names);
    (binds || orders).then_some(act)
}

/// What the acts of an article set aside, in order of position.
pub(super) fn replaced(view: &View<'_>, events: &[Event]) -> Vec<Link> {
    // The last act on each thing, by its noun.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut links = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let Some(act) = event.act else { continue };
        let Some(noun) = thing(view, &event.object) else { continue };
        if matches!(act, Act::Override | Act::Rescind | Act::RollBack) {
            links.push(Link {
                kind: LinkKind::Replaces,
                from: Side { event: Some(index), spans: vec![event.trigger] },
                to: Side { event: last.get(&noun).copied(), spans: event.object.clone() },
                signal: vec![event.trigger],
                standing: event.standing,
                asserted_by: event.asserted_by,
                maker: rule::POLICY,
            });
        }
        last.insert(noun, index);
    }
    links
}

/// The noun that an act is about: the last that names an instrument.
fn thing(view: &View<'_>, object: &[Span]) -> Option<String> {
    let words = object.iter().flat_map(|&span| view.within(span));
    let named = words.filter(|&at| view.words[at].entry.is(Class::Instrument));
    named.max().map(|at| view.words[at].lower.trim_end_matches('s').to_owned())
}

/// The kind of an event.
pub(super) fn kind(act: Option<Act>) -> EventKind {
    if act.is_some() { EventKind::Policy } else { EventKind::Event }
}
