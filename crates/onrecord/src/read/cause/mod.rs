//! What happened, what led to what, and what was only an "if"? Words, attributions, times → [`Event`], [`Link`],
//! [`Condition`].
//!
//! In: a document, and what was read of speech, people and times. Out: events that tell something, with their standing,
//! and the links and conditions that hold between them. It never joins what one speaker says to what another does, and
//! never takes for happened what stands in a condition, a wish or a denial. Read on in [`crate::record`].

mod repair;
pub(crate) mod view;
mod clause;
mod event;
mod standing;
mod condition;
pub(crate) mod link;
mod policy;
mod rule;

use super::{Maker, people, quote, time};
use crate::Document;
use crate::encode::Scores;
use crate::text::Span;

/// What was read about happenings.
///
/// ```
/// let article = onrecord::Article::new("If the court agrees, the pier will open.");
/// let (document, claims) = onrecord::Engine::by_rules().claims(article);
/// let condition = &claims.cause.conditions[0];
/// assert_eq!(document.slice(condition.antecedents[0].spans[0]), "If the court agrees");
/// assert_eq!(document.slice(condition.consequents[0].spans[0]), "the pier will open");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The happenings that tell something, in order of position: a plain one of the past has no row unless another row
    /// points at it, it binds or undoes, or its clause names its time.
    pub events: Vec<Event>,
    /// What led to what, in order of position.
    pub links: Vec<Link>,
    /// What was only an "if", in order of position.
    pub conditions: Vec<Condition>,
}

/// Something that happened, or did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The word that names it.
    pub trigger: Span,
    /// What belongs to it: the clause, or the noun phrase.
    pub extent: Vec<Span>,
    /// Who acts: indices into [`people::Reading::entities`].
    pub agents: Vec<usize>,
    /// Whom or what it is done to.
    pub object: Vec<Span>,
    /// What kind of happening.
    pub kind: EventKind,
    /// Of an act that binds or undoes, which one.
    pub act: Option<Act>,
    /// Whether it happened.
    pub standing: Standing,
    /// When: an index into [`time::Reading::times`].
    pub when: Option<usize>,
    /// Who says so: an index into [`quote::Reading::attributions`]; `None` is the article's own voice.
    pub asserted_by: Option<usize>,
    /// What made it.
    pub maker: Maker,
}

/// The kinds of happenings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Any.
    Event,
    /// An act that binds, or undoes one that did.
    Policy,
}

/// Acts that bind and undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// "ordered".
    Order,
    /// "issued".
    Issue,
    /// "signed".
    Sign,
    /// "reinstated".
    Revive,
    /// "overrode".
    Override,
    /// "rescinded".
    Rescind,
    /// "rolled back".
    RollBack,
    /// "blocked".
    Block,
    /// "extended".
    Extend,
}

/// How real something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// "left".
    Happened,
    /// "is leaving".
    Ongoing,
    /// "will leave", "plans to leave".
    Expected,
    /// "was told to leave".
    Ordered,
    /// "may leave".
    Possible,
    /// "if she leaves".
    Conditional,
    /// "did not leave", "failed to leave".
    Denied,
}

/// A part of a condition or one end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// An index into [`Reading::events`].
    pub event: Option<usize>,
    /// The words.
    pub spans: Vec<Span>,
}

/// Cause → effect, act and goal, earlier and later.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What kind of link.
    pub kind: LinkKind,
    /// The cause, the enabler, the preventer, the goal, the earlier, the act that replaces.
    pub from: Side,
    /// The effect, the act done for the goal, the later, what is replaced.
    pub to: Side,
    /// The words that tell it; none where nothing but the order of the clauses does.
    pub signal: Vec<Span>,
    /// Whether it holds.
    pub standing: Standing,
    /// Who says so: an index into [`quote::Reading::attributions`]; `None` is the article's own voice.
    pub asserted_by: Option<usize>,
    /// What made it.
    pub maker: Maker,
}

/// The kinds of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// "led to".
    Cause,
    /// "let".
    Enable,
    /// "kept from".
    Prevent,
    /// "in order to".
    Purpose,
    /// "after".
    Before,
    /// "rescinded".
    Replaces,
}

/// If → then.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What kind of condition.
    pub kind: ConditionKind,
    /// Whether all antecedents must hold, or any.
    pub join: Join,
    /// What must hold, with the word that says so.
    pub antecedents: Vec<Side>,
    /// What follows; empty for a wish.
    pub consequents: Vec<Side>,
    /// The words that make it a condition; none where the order of the words does.
    pub signal: Vec<Span>,
    /// Who says so: an index into [`quote::Reading::attributions`]; `None` is the article's own voice.
    pub asserted_by: Option<usize>,
    /// What made it.
    pub maker: Maker,
}

/// The kinds of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// "if the court agrees".
    If,
    /// "unless the court agrees".
    Unless,
    /// "if the court had agreed": it did not.
    Counterfactual,
}

/// How several antecedents belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// All must hold.
    All,
    /// One is enough.
    Any,
}

/// Reads what happened and what hangs on what.
pub fn read(
    document: &Document,
    quote: &quote::Reading,
    people: &people::Reading,
    time: &time::Reading,
    scores: Option<&dyn Scores>,
) -> Reading {
    let view = view::View::new(document, &quote.attributions);
    let mut found = event::Events::new(&view, people, time);
    let mut conditions = condition::read(&view, &mut found);
    let mut links = link::read(&view, scores, &mut found);
    found.all();
    let of_conditions =
        conditions.iter_mut().flat_map(|c| c.antecedents.iter_mut().chain(&mut c.consequents));
    let of_links = links.iter_mut().flat_map(|link| [&mut link.from, &mut link.to]);
    let events = found.finish(of_conditions.chain(of_links).collect());
    links.extend(policy::replaced(&view, &events));
    links.sort_by_key(|link| (link.from.spans[0].min(link.to.spans[0]), link.from.spans[0]));
    Reading { events, links, conditions }
}
