//! What led to what? Strands → [`Link`].
//!
//! In: the words of a sentence that one voice says, and what the branch of the model says of them (`guide.rs`). Out: links
//! between its clauses. A link turns at the word with which its right part begins: where the branch is sure enough, or a
//! phrase leaves no doubt. It never joins what two voices say.
//! Next: `policy.rs`.

pub(crate) mod guide;
mod phrase;

use std::ops::Range;

use guide::{Guide, Turn};
use phrase::Phrase;

use super::event::{Events, is_happening_noun};
use super::rule;
use super::standing;
use super::view::{Strand, View};
use super::{Link, LinkKind, Side, Standing};
use crate::encode::Scores;
use crate::lang::en::cause::Class;
use crate::lang::en::cause::signal::Tells;
use crate::lang::part::Part;
use crate::read::quote::Form;

/// How much likelier than none the first link of a sentence must be, in nats.
const FIRST: f32 = 0.0;
/// How many of its parts any other must be expected to have right, of one.
const WORTH: f32 = 0.3;
/// The most links of a branch that are compared in one sentence: more are no prose, and the bound keeps reading linear.
const MANY: usize = 64;

/// A link by places in its strand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    /// Empty where no word tells it.
    signal: Range<usize>,
    left: Range<usize>,
    right: Range<usize>,
    /// Whether the cause, the goal or what came first stands right.
    is_back: bool,
    tells: Tells,
    /// Whether a phrase made it.
    is_phrase: bool,
}

/// Reads the links of a document; their ends become events.
pub(super) fn read(view: &View<'_>, scores: Option<&dyn Scores>, events: &mut Events<'_, '_>) -> Vec<Link> {
    let guide = Guide::new(view, scores);
    let mut links = Vec::new();
    for sentence in 0..view.sentences().len() {
        for strand in view.strands(sentence, |_| true) {
            for found in find(&strand, &guide) {
                links.extend(link(&strand, &found, events));
            }
        }
    }
    links.sort_by_key(|link| (link.from.spans[0].min(link.to.spans[0]), link.from.spans[0]));
    links
}

/// The links of a strand, in order of the places where their right parts begin.
fn find(strand: &Strand<'_, '_>, guide: &Guide<'_>) -> Vec<Found> {
    let told = by_branch(strand, guide);
    let mut list = told.clone();
    let mut behind = 0;
    for at in 0..strand.len() {
        if let Some(found) = told.iter().find(|found| found.tells_at(at)) {
            behind = behind.max(found.signal.end);
            continue;
        }
        if at < behind || !strand.is_own(at) {
            continue;
        }
        let Some(phrase) = phrase::at(strand, at) else { continue };
        if let Some(found) = by_phrase(strand, guide, behind, &phrase) {
            behind = found.signal.end.max(at + 1);
            list.push(found);
        }
    }
    list.sort_by_key(|found| found.signal.start);
    list
}

impl Found {
    /// The cause, the goal or what came first.
    fn from(&self) -> &Range<usize> {
        if self.is_back { &self.right } else { &self.left }
    }

    /// The effect, the act or what came later.
    fn to(&self) -> &Range<usize> {
        if self.is_back { &self.left } else { &self.right }
    }

    /// Where the words stand that tell it.
    fn tells_at(&self, at: usize) -> bool {
        self.signal.contains(&at) || (self.left.end..self.right.start).contains(&at)
    }
}

/// What the branch is sure enough of, the surest first.
fn by_branch(strand: &Strand<'_, '_>, guide: &Guide<'_>) -> Vec<Found> {
    let places = (1..strand.len()).filter(|&at| !strand.is_mark(at));
    let mut candidates: Vec<Candidate> = places.filter_map(|at| Candidate::at(strand, guide, at)).collect();
    candidates.sort_by(|one, other| other.worth.total_cmp(&one.worth));
    candidates.truncate(MANY);
    let mut list: Vec<Found> = Vec::new();
    for Candidate { turn, worth, at, left, right } in candidates {
        if worth < WORTH && (!list.is_empty() || turn.margin < FIRST) {
            continue;
        }
        if !is_told_by(strand, guide, at) {
            continue;
        }
        let first = right.start;
        let left = phrase::without_lead(strand, left);
        let overlap =
            |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
        // The same link once more, turned at another of its words.
        let is_same = |found: &Found| {
            found.left == left && overlap(&found.right, &right)
                || found.right.end == right.end && overlap(&found.left, &left)
        };
        if list.iter().any(is_same) || is_asked(strand, &left) || is_asked(strand, &right) {
            continue;
        }
        let signal = phrase::between(strand, &left, first);
        let tells = match signal.tells {
            // "a year after": that is an order.
            Some(Tells::Before) if signal.is_order => continue,
            Some(Tells::Before) | None => Tells::Cause,
            Some(tells) => tells,
        };
        // "…, and the report prompted": two links side by side, and none between them.
        let is_and = signal.tells.is_none() && signal.words.len() == 1;
        if is_and
            && strand.is_any(signal.words.start, &[Class::And, Class::But])
            && (left.start..right.end).any(|at| phrase::at(strand, at).is_some())
        {
            continue;
        }
        let mut found =
            Found { signal: signal.words, left, right, is_back: turn.is_back, tells, is_phrase: false };
        follow_phrase(strand, &mut found);
        list.push(found);
    }
    list
}

/// A link that the branch may tell.
struct Candidate {
    turn: Turn,
    /// Which share of its parts is expected to be right.
    worth: f32,
    /// The word at which it turns.
    at: usize,
    left: Range<usize>,
    right: Range<usize>,
}

impl Candidate {
    fn at(strand: &Strand<'_, '_>, guide: &Guide<'_>, at: usize) -> Option<Candidate> {
        let turn = guide.turn(strand, at).filter(|turn| turn.probability > WORTH)?;
        // "in order to GOAL": the goal has its phrase.
        let first = phrase::goal(strand, at).unwrap_or(at);
        let (left, right) = (guide.left(strand, at, 0..first)?, guide.right(strand, at, strand.len())?);
        let worth = turn.probability * (left.probability + right.probability) / 2.0;
        Some(Candidate { turn, worth, at, left: left.range, right: first..right.range.end })
    }
}

/// A phrase that leaves no doubt knows better than the branch which part is the cause, and that it belongs to none.
fn follow_phrase(strand: &Strand<'_, '_>, found: &mut Found) {
    let sure = found.signal.clone().find_map(|at| phrase::at(strand, at));
    let Some(sure) = sure.filter(|sure| sure.front.is_none() && sure.tells == found.tells) else { return };
    found.is_back = sure.is_back;
    // "in protest against the cuts", "causing a delay": the protest and the causing are a part of what was led to.
    let is_part = |at| is_happening_noun(strand, at) || strand.part(at) == Part::Gerund;
    let right = &mut found.right;
    if !sure.signal.clone().any(is_part) && sure.right > right.start && sure.right < right.end {
        right.start = sure.right;
    }
}

/// Whether a link whose right part begins at `at` is told by the voice of the strand: the innermost whose content holds both
/// parts. What stands within quotation marks is never joined with what stands around them.
fn is_told_by(strand: &Strand<'_, '_>, guide: &Guide<'_>, at: usize) -> bool {
    let view = strand.view;
    let Some(voice) = view.words[strand.tokens[at]].voice else { return true };
    let said = &view.quotes[voice as usize];
    if strand.voice.is_some_and(|own| own != voice) {
        return false;
    }
    let reaches_out = || {
        let sentence = view.strand(strand.sentence, None);
        let at = sentence.tokens.iter().position(|&token| token == strand.tokens[at])?;
        let mut left = guide.left(&sentence, at, 0..at)?.range;
        let is_said = |at| said.content.iter().any(|content| content.contains(sentence.span_of(at)));
        Some(!left.all(is_said))
    };
    let is_around = said.form == Form::Indirect && reaches_out() == Some(true);
    is_around == strand.voice.is_none()
}

/// What a phrase tells that the branch passed over; `behind` is where the signal of the link before it ends.
fn by_phrase(strand: &Strand<'_, '_>, guide: &Guide<'_>, behind: usize, phrase: &Phrase) -> Option<Found> {
    let is_order = phrase.tells == Tells::Before;
    let right = phrase.right..guide.end(strand, phrase.right, guide::next_clause(strand, phrase.right));
    let left = phrase.front.clone().unwrap_or_else(|| {
        // A clause of its own behind the link before: "…, and the report prompted".
        let end = phrase.signal.start;
        let clause = if behind > 0 { strand.clause_start(behind, end + 1) } else { 0 };
        guide.begin(strand, phrase.right, clause.max(behind).min(end)..end)..end
    });
    let left = phrase::without_lead(strand, left);
    if [&left, &right].iter().any(|part| strand.trim((*part).clone()).is_empty()) {
        return None;
    }
    // "After that": which happening comes first, the order does not say.
    if is_order && [&left, &right].iter().any(|part| is_pointer(strand, (*part).clone())) {
        return None;
    }
    let Phrase { ref signal, is_back, tells, .. } = *phrase;
    Some(Found { signal: signal.clone(), left, right, is_back, tells, is_phrase: true })
}

/// Whether somebody asks what a part says: "whether the city had hidden the report".
fn is_asked(strand: &Strand<'_, '_>, part: &Range<usize>) -> bool {
    part.start > 0 && strand.is(part.start - 1, Class::Whether)
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
    let (mut from, mut to) = (side(found.from().clone())?, side(found.to().clone())?);
    // "before" turns round what comes first.
    if kind == LinkKind::Before && strand.is(found.signal.start, Class::Earlier) {
        std::mem::swap(&mut from, &mut to);
    }
    let standing = standing_of(strand, found, kind, (&from, &to), events);
    Some(Link {
        kind,
        signal: strand.spans(found.signal.clone()),
        standing,
        from,
        to,
        asserted_by: strand.voice.map(|voice| voice as usize),
        maker: if found.is_phrase { rule::PHRASE } else { rule::MODEL },
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
    let first = signal.clone().find(|&at| strand.part(at) != Part::Adverb).unwrap_or(signal.start);
    if first > 0 && !signal.is_empty() && strand.is(first - 1, Class::Not) {
        return Standing::Denied;
    }
    let is_between = found.left.start < signal.start && signal.start < found.right.start;
    if !found.is_back
        && is_between
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
