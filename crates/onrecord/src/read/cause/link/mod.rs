//! What led to what? Strands → [`Link`].
//!
//! In: the words of a sentence that one voice says. Out: links between its clauses. Each word that can part a cause from
//! an effect is weighed by a small table of weights, with the phrases that tell a cause for sure beside it; then the
//! place where the one begins and the other ends is chosen among a few (`feature.rs` has both). It never joins what two
//! voices say. A head on the encoder can take the place of [`Tables`]: it has to give a turn for each place.
//! Next: `policy.rs`.

pub(crate) mod feature;

use std::ops::Range;
use std::sync::LazyLock;

use super::event::Events;
use super::rule;
use super::standing;
use super::view::{Strand, View};
use super::{Link, LinkKind, Side, Standing};
use crate::lang::en::cause::Class;
use crate::lang::en::cause::signal::{Signal, Stands, Tells};
use crate::lang::part::Part;
use crate::lang::weights::Weights;
use crate::text::Kind;

/// How cause and effect stand around a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// No link turns here.
    None,
    /// EFFECT | signal | CAUSE.
    Back,
    /// ACT | "to" GOAL: the signal, if there is one, belongs to the goal.
    BackInside,
    /// CAUSE | signal | EFFECT.
    On,
    /// CAUSE | "killing" EFFECT: the signal belongs to the effect.
    OnInside,
    /// Signal | CAUSE, EFFECT.
    Front,
}

impl Turn {
    /// All of them, by number.
    pub const ALL: [Turn; 6] =
        [Turn::None, Turn::Back, Turn::BackInside, Turn::On, Turn::OnInside, Turn::Front];
}

/// What decides: of each place how it turns, where the left part begins, where the right one ends.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Weights of the six turns.
    pub turn: Weights,
    /// Weights of a beginning.
    pub begin: Weights,
    /// Weights of an end.
    pub end: Weights,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    turn: Weights::read(include_bytes!("../../../lang/en/cause/turn.bin")),
    begin: Weights::read(include_bytes!("../../../lang/en/cause/begin.bin")),
    end: Weights::read(include_bytes!("../../../lang/en/cause/end.bin")),
});

/// A link by places in its strand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) turn: Turn,
    pub(crate) signal: Range<usize>,
    pub(crate) cause: Range<usize>,
    pub(crate) effect: Range<usize>,
    pub(crate) tells: Tells,
    pub(crate) is_sure: bool,
}

/// Reads the links of a document; their ends become events.
pub(super) fn read(view: &View<'_>, events: &mut Events<'_, '_>, tables: &Tables) -> Vec<Link> {
    let mut links = Vec::new();
    for sentence in 0..view.sentences().len() {
        for strand in view.strands(sentence, |_| true) {
            for found in find(&strand, tables) {
                links.extend(link(&strand, &found, events));
            }
        }
    }
    links.sort_by_key(|link| (link.from.spans[0].min(link.to.spans[0]), link.from.spans[0]));
    links
}

/// The links of a strand, in order of the places where they turn.
pub(crate) fn find(strand: &Strand<'_, '_>, tables: &Tables) -> Vec<Found> {
    let mut list: Vec<Found> = Vec::new();
    let mut features = Vec::new();
    let mut behind = 0;
    for at in feature::places(strand) {
        if at < behind || !strand.is_own(at) {
            continue;
        }
        let signal = feature::signal(strand, at);
        let (turn, is_sure) = turn(strand, at, signal, tables, &mut features);
        let turn = (turn, is_sure);
        let Some(found) = resolve(strand, (behind, at), signal, turn, tables, &mut features) else {
            continue;
        };
        behind = found.signal.end.max(at + 1);
        list.push(found);
    }
    list
}

/// How a link turns at `at`: as the table says, or as a phrase does that leaves no doubt.
fn turn(
    strand: &Strand<'_, '_>,
    at: usize,
    signal: Option<Signal>,
    tables: &Tables,
    features: &mut Vec<u32>,
) -> (Turn, bool) {
    // "talk about a date".
    let is_topic = at > 0 && strand.is(at, Class::About) && strand.is(at - 1, Class::Topic);
    if is_topic && signal.is_none() {
        return (Turn::None, false);
    }
    features.clear();
    feature::turn(strand, at, signal, features);
    let mut scores = [0; Turn::ALL.len()];
    for &feature in features.iter() {
        tables.turn.add(feature, &mut scores);
    }
    let best = (0..scores.len()).rev().max_by_key(|&turn| scores[turn]).unwrap_or(0);
    let learned = Turn::ALL[best];
    let sure = signal.and_then(|signal| by_phrase(strand, at, signal));
    sure.map_or((learned, false), |sure| (sure, true))
}

fn by_phrase(strand: &Strand<'_, '_>, at: usize, signal: Signal) -> Option<Turn> {
    let opens = !strand.has_finite(strand.clause_start(0, at)..at);
    match signal.stands {
        Stands::Behind if opens && !strand.part(at).is_verb() => Some(Turn::Front),
        Stands::Behind => Some(Turn::Back),
        Stands::Goal => Some(Turn::BackInside),
        Stands::Onward if strand.part(at).is_verb() => Some(Turn::On),
        Stands::Onward | Stands::Weak => None,
    }
}

/// Where cause and effect stand around `at`; `behind` is where the signal of the link before it ends.
fn resolve(
    strand: &Strand<'_, '_>,
    (behind, at): (usize, usize),
    signal: Option<Signal>,
    (turn, is_sure): (Turn, bool),
    tables: &Tables,
    features: &mut Vec<u32>,
) -> Option<Found> {
    let is_before = signal.is_some_and(|signal| signal.tells == Tells::Before);
    // "after" tells an order where it tells no cause.
    let (turn, is_order) = match turn {
        Turn::None if is_before => (order(strand, at)?, true),
        // "until": no cause stands behind it; "a year after": how long after is told of an order.
        _ if is_before && (strand.is(at, Class::Earlier) || measure(strand, at) < at) => {
            (order(strand, at)?, true)
        }
        Turn::None => return None,
        turn => (turn, false),
    };
    let words = signal.map_or(1, |signal| signal.words);
    // "in which", "during which".
    let is_relative =
        signal.is_none() && strand.part(at) == Part::Preposition && strand.part(at + 1) == Part::Relative;
    let words = words + usize::from(is_relative);
    let right = if matches!(turn, Turn::BackInside | Turn::OnInside) { at } else { at + words };
    let mut tells = signal.map_or(Tells::Cause, |signal| signal.tells);
    if !is_order && tells == Tells::Before {
        tells = Tells::Cause;
    }
    // "had sparked", "allegedly over": helpers and adverbs before a signal belong to it.
    let opened = signal_start(strand, at, turn);
    let found = |cause: Range<usize>, effect: Range<usize>| {
        let parts = [&cause, &effect].map(|part| !strand.trim(part.clone()).is_empty());
        let signal = if matches!(turn, Turn::Front) { at } else { opened }..at + words;
        // "After that": which happening comes first, the order does not say.
        let is_told = !is_before || [&cause, &effect].iter().all(|part| !is_pointer(strand, (*part).clone()));
        (parts == [true, true] && is_told).then_some(Found {
            turn,
            signal,
            cause,
            effect,
            tells,
            is_sure: is_sure || is_order,
        })
    };
    if turn == Turn::Front {
        let comma = feature::front_end(strand, right)?;
        let end = feature::best_end(strand, at, comma + 1, turn, &tables.end, features)?;
        return found(right..comma, comma + 1..end);
    }
    let left = feature::best_begin(strand, at, turn, &tables.begin, features)?;
    // A clause of its own behind the link before: "…, and the report prompted".
    let clause = if behind > 0 { strand.clause_start(behind, at + 1) } else { 0 };
    let left = if clause > behind { left.max(clause) } else { left }..opened;
    let right = right..feature::best_end(strand, at, right, turn, &tables.end, features)?;
    match turn {
        Turn::Back | Turn::BackInside => found(right, left),
        _ => found(left, right),
    }
}

fn signal_start(strand: &Strand<'_, '_>, at: usize, turn: Turn) -> usize {
    let is_verb = strand.part(at).is_verb() && matches!(turn, Turn::On | Turn::Back);
    let is_helper = |at: usize| {
        strand.part(at) == Part::Adverb && !strand.is_mark(at)
            || strand.is(at, Class::NoIf) && strand.lower(at) == "even"
            || is_verb
                && (strand.part(at) == Part::Modal
                    || strand.is_any(at, &[Class::Be, Class::Have, Class::Do, Class::Not]))
    };
    let mut start = measure(strand, at);
    while start > 0 && at - start < 4 && matches!(turn, Turn::On | Turn::Back) && is_helper(start - 1) {
        start -= 1;
    }
    start
}

/// Where the measure before `at` begins: "a year" of "a year after", "shortly" of "shortly after"; `at` where there is none.
fn measure(strand: &Strand<'_, '_>, at: usize) -> usize {
    if at == 0 || !strand.is(at - 1, Class::Measure) {
        return at;
    }
    let counts = |at: usize| {
        strand.is_part(at, &[Part::Determiner, Part::Number, Part::Adjective]) && !strand.is_mark(at)
    };
    let first = at.saturating_sub(5);
    (first..at - 1).rev().take_while(|&at| counts(at)).last().unwrap_or(at - 1)
}

/// "after" between two clauses, or before both.
fn order(strand: &Strand<'_, '_>, at: usize) -> Option<Turn> {
    let opens = !strand.has_finite(strand.clause_start(0, at)..at);
    let tells = strand.part(at + 1) == Part::Gerund
        || strand.begins_clause(at + 1)
        || strand.part(at + 1) == Part::Determiner
            && !strand.is_mark(at + 2)
            && !strand.is_kind(at + 2, Kind::Number);
    match tells {
        false => None,
        true if opens => Some(Turn::Front),
        true => Some(Turn::Back),
    }
}

/// Whether a part is one word that points at another: "that", "it".
fn is_pointer(strand: &Strand<'_, '_>, part: Range<usize>) -> bool {
    let part = strand.trim(part);
    part.len() == 1 && strand.is_part(part.start, &[Part::Pronoun, Part::Determiner, Part::Relative])
}

fn link(strand: &Strand<'_, '_>, found: &Found, events: &mut Events<'_, '_>) -> Option<Link> {
    let kind = match found.tells {
        Tells::Cause => LinkKind::Cause,
        Tells::Enable => LinkKind::Enable,
        Tells::Prevent => LinkKind::Prevent,
        Tells::Purpose => LinkKind::Purpose,
        Tells::Before => LinkKind::Before,
    };
    let mut side = |range: Range<usize>| {
        let spans = strand.spans(range.clone());
        (!spans.is_empty()).then(|| Side { event: events.of(strand, range), spans })
    };
    let (mut from, mut to) = (side(found.cause.clone())?, side(found.effect.clone())?);
    // "before" turns round what comes first.
    if kind == LinkKind::Before && strand.is(found.signal.start, Class::Earlier) {
        std::mem::swap(&mut from, &mut to);
    }
    let standing = standing_of(strand, found, kind, (&from, &to), events);
    let is_named =
        strand.is_any(found.signal.start, &[Class::Named]) || found.is_sure || found.signal.len() > 1;
    Some(Link {
        kind,
        signal: if is_named || feature::signal(strand, found.signal.start).is_some() {
            strand.spans(found.signal.clone())
        } else {
            Vec::new()
        },
        standing,
        from,
        to,
        asserted_by: strand.voice.map(|voice| voice as usize),
        maker: if found.is_sure { rule::PHRASE } else { rule::TURN },
    })
}

/// Whether the link itself holds: "not because", "could lead to", "did not call it to lose it".
fn standing_of(
    strand: &Strand<'_, '_>,
    found: &Found,
    kind: LinkKind,
    ends: (&Side, &Side),
    events: &Events<'_, '_>,
) -> Standing {
    let signal = found.signal.clone();
    let at = signal.clone().find(|&at| strand.part(at) != Part::Adverb).unwrap_or(signal.start);
    if at > 0 && strand.is(at - 1, Class::Not) {
        return Standing::Denied;
    }
    if found.turn == Turn::On
        && let Some(verb) = signal.rev().find(|&at| strand.part(at).is_verb())
    {
        return standing::of(strand, verb);
    }
    let standing = |side: &Side| side.event.map(|event| events.standing(event));
    // The goal of an act that was not done for it; the act itself may have been done.
    if kind == LinkKind::Purpose {
        return standing(ends.1).unwrap_or(Standing::Happened);
    }
    let open = |standing: &Standing| matches!(standing, Standing::Possible | Standing::Conditional);
    let of_effect = standing(ends.1).filter(|it| open(it) || *it == Standing::Expected);
    of_effect.or_else(|| standing(ends.0).filter(open)).unwrap_or(Standing::Happened)
}
