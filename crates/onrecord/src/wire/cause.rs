//! The rows of `events`, `links` and `conditions`.
//!
//! In: happenings as they were read. Out: their keys. It decides nothing.

use serde::Serialize;

use super::CodePointSpan;
use super::people::entity_id;
use super::record::Spans;
use crate::read::cause;
use crate::record::{Claims, condition_id, event_id, link_id, row_id, time_id};

/// Something that happened, or did not.
///
/// What happened has a row where a link or a condition points at it, where it is an act that binds or undoes, or where
/// its clause names its time; what did not happen, or not yet, and what still goes on always has one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event<'a> {
    /// `v1`, `v2` … in order of position.
    pub id: String,
    /// What kind of happening.
    pub kind: EventKind,
    /// The word that names it.
    pub trigger: Vec<CodePointSpan<'a>>,
    /// What belongs to it: the clause, or the noun phrase.
    pub extent: Vec<CodePointSpan<'a>>,
    /// Ids of the entities that act.
    pub agents: Vec<String>,
    /// Of an act that binds or undoes, which one.
    pub act: Option<Act>,
    /// Whom or what it is done to.
    pub object: Vec<CodePointSpan<'a>>,
    /// Whether it happened.
    pub standing: EventStanding,
    /// The id of the time at which it happened, where its clause names it.
    pub when: Option<String>,
    /// The id of the innermost attribution that says it; null is the article's own voice.
    pub asserted_by: Option<String>,
    /// How sure the row is: the share of its maker's rows that were right where that was measured (0 to 1).
    pub score: f64,
    /// What made the row.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// What kind of happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EventKind {
    /// Any.
    Event,
    /// An act that binds, or undoes one that did.
    Policy,
}

/// Acts that bind and undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Act {
    /// It orders.
    Order,
    /// It issues.
    Issue,
    /// It signs.
    Sign,
    /// It brings back what was set aside.
    Revive,
    /// It puts itself above another.
    Override,
    /// It undoes.
    Rescind,
    /// It undoes in part.
    RollBack,
    /// It stops for now.
    Block,
    /// It prolongs.
    Extend,
}

/// How real something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EventStanding {
    /// It happened.
    Happened,
    /// It goes on.
    Ongoing,
    /// It is to come.
    Expected,
    /// Somebody was bidden to do it.
    Ordered,
    /// It may be so.
    Possible,
    /// It hangs on something else.
    Conditional,
    /// It did not happen.
    Denied,
}

/// What led to what.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link<'a> {
    /// `l1`, `l2` … in order of position.
    pub id: String,
    /// What kind of link.
    pub kind: LinkKind,
    /// The cause, the enabler, the preventer, the goal, the earlier, the act that replaces.
    pub from: Side<'a>,
    /// The effect, the act done for the goal, the later, what is replaced.
    pub to: Side<'a>,
    /// The words that tell it; empty where nothing but the order of the clauses does.
    pub signal: Vec<CodePointSpan<'a>>,
    /// Whether it holds.
    pub standing: EventStanding,
    /// The id of the innermost attribution that says it; null is the article's own voice.
    pub asserted_by: Option<String>,
    /// How sure the row is: the share of its maker's rows that were right where that was measured (0 to 1).
    pub score: f64,
    /// What made the row.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// What kind of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LinkKind {
    /// Cause and effect.
    Cause,
    /// What made it possible.
    Enable,
    /// What kept it from happening.
    Prevent,
    /// The goal, and what was done for it.
    Purpose,
    /// What came first.
    Before,
    /// The act that sets another aside.
    Replaces,
}

/// If → then.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Condition<'a> {
    /// `c1`, `c2` … in order of position.
    pub id: String,
    /// What kind of condition.
    pub kind: ConditionKind,
    /// Whether all antecedents must hold, or any.
    pub join: Join,
    /// What must hold, each with the word that says so.
    #[serde(rename = "if")]
    pub antecedents: Vec<Side<'a>>,
    /// What follows; empty for a wish.
    pub then: Vec<Side<'a>>,
    /// The words that make it a condition; empty where the order of the words does.
    pub signal: Vec<CodePointSpan<'a>>,
    /// The id of the innermost attribution that says it; null is the article's own voice.
    pub asserted_by: Option<String>,
    /// How sure the row is: the share of its maker's rows that were right where that was measured (0 to 1).
    pub score: f64,
    /// What made the row.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// A part of a condition, or one end of a link.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side<'a> {
    /// The id of the event that it tells of.
    pub event: Option<String>,
    /// The words.
    pub spans: Vec<CodePointSpan<'a>>,
}

/// What kind of condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConditionKind {
    /// "if the court agrees".
    If,
    /// "unless the court agrees".
    Unless,
    /// "if the court had agreed": it did not.
    Counterfactual,
}

/// How several antecedents belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Join {
    /// All must hold.
    All,
    /// One is enough.
    Any,
}

pub(super) fn events<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Event<'a>> {
    let rows = claims.cause.events.iter().enumerate();
    rows.map(|(index, event)| Event {
        id: event_id(index),
        kind: match event.kind {
            cause::EventKind::Event => EventKind::Event,
            cause::EventKind::Policy => EventKind::Policy,
        },
        act: event.act.map(act),
        trigger: vec![spans.one(event.trigger)],
        extent: spans.all(&event.extent),
        agents: event.agents.iter().map(|&entity| entity_id(entity)).collect(),
        object: spans.all(&event.object),
        standing: standing(event.standing),
        when: event.when.map(time_id),
        asserted_by: event.asserted_by.map(row_id),
        score: rounded(event.maker.score),
        maker: event.maker.rule,
        inferred: Vec::new(),
    })
    .collect()
}

fn act(act: cause::Act) -> Act {
    match act {
        cause::Act::Order => Act::Order,
        cause::Act::Issue => Act::Issue,
        cause::Act::Sign => Act::Sign,
        cause::Act::Revive => Act::Revive,
        cause::Act::Override => Act::Override,
        cause::Act::Rescind => Act::Rescind,
        cause::Act::RollBack => Act::RollBack,
        cause::Act::Block => Act::Block,
        cause::Act::Extend => Act::Extend,
    }
}

pub(super) fn links<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Link<'a>> {
    let rows = claims.cause.links.iter().enumerate();
    rows.map(|(index, link)| Link {
        id: link_id(index),
        kind: match link.kind {
            cause::LinkKind::Cause => LinkKind::Cause,
            cause::LinkKind::Enable => LinkKind::Enable,
            cause::LinkKind::Prevent => LinkKind::Prevent,
            cause::LinkKind::Purpose => LinkKind::Purpose,
            cause::LinkKind::Before => LinkKind::Before,
            cause::LinkKind::Replaces => LinkKind::Replaces,
        },
        from: side(&link.from, spans),
        to: side(&link.to, spans),
        signal: spans.all(&link.signal),
        standing: standing(link.standing),
        asserted_by: link.asserted_by.map(row_id),
        score: rounded(link.maker.score),
        maker: link.maker.rule,
        inferred: Vec::new(),
    })
    .collect()
}

pub(super) fn conditions<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Condition<'a>> {
    let rows = claims.cause.conditions.iter().enumerate();
    let sides = |list: &[cause::Side]| list.iter().map(|one| side(one, spans)).collect();
    rows.map(|(index, condition)| Condition {
        id: condition_id(index),
        kind: match condition.kind {
            cause::ConditionKind::If => ConditionKind::If,
            cause::ConditionKind::Unless => ConditionKind::Unless,
            cause::ConditionKind::Counterfactual => ConditionKind::Counterfactual,
        },
        join: match condition.join {
            cause::Join::All => Join::All,
            cause::Join::Any => Join::Any,
        },
        antecedents: sides(&condition.antecedents),
        then: sides(&condition.consequents),
        signal: spans.all(&condition.signal),
        asserted_by: condition.asserted_by.map(row_id),
        score: rounded(condition.maker.score),
        maker: condition.maker.rule,
        inferred: Vec::new(),
    })
    .collect()
}

fn side<'a>(side: &cause::Side, spans: &Spans<'a>) -> Side<'a> {
    Side { event: side.event.map(event_id), spans: spans.all(&side.spans) }
}

fn rounded(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

fn standing(standing: cause::Standing) -> EventStanding {
    match standing {
        cause::Standing::Happened => EventStanding::Happened,
        cause::Standing::Ongoing => EventStanding::Ongoing,
        cause::Standing::Expected => EventStanding::Expected,
        cause::Standing::Ordered => EventStanding::Ordered,
        cause::Standing::Possible => EventStanding::Possible,
        cause::Standing::Conditional => EventStanding::Conditional,
        cause::Standing::Denied => EventStanding::Denied,
    }
}
