//! The rows of `times`.
//!
//! In: times as they were read. Out: their keys, in the terms of TIMEX3. It decides nothing.

use serde::Serialize;

use super::CodePointSpan;
use super::record::Spans;
use crate::read::time;
use crate::record::{self, time_id};

/// One time expression, in the terms of TIMEX3 (TimeML 1.2.1).
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Time<'a> {
    /// `t1`, `t2` … in order of position.
    pub id: &'a str,
    /// Where it stands, without the preposition before it.
    #[serde(flatten)]
    pub span: CodePointSpan<'a>,
    /// What kind of time.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// The value, with `X` where nothing is known; null where the calendar has no such day.
    pub value: Option<&'a str>,
    /// What part of the value is meant, or how it is limited.
    #[serde(rename = "mod")]
    pub modifier: Option<Modifier>,
    /// Of a set: `EVERY`.
    pub quant: Option<&'static str>,
    /// Of a set: how often in each, as `2X`.
    pub freq: Option<&'a str>,
    /// What the value was told from: `published`, or the id of another time; null where it needs nothing or there is
    /// nothing to tell it from.
    pub anchor: Option<String>,
    /// The id of the time at which a range begins.
    pub begin: Option<String>,
    /// The id of the time at which a range ends: TIMEX3's `endPoint`, for `end` is where the expression ends.
    pub end_point: Option<String>,
    /// The first day that it can mean (ISO 8601); null where that is not known.
    pub earliest: Option<String>,
    /// The last day that it can mean.
    pub latest: Option<String>,
    /// How sure the row is: the share of its maker's rows that were right where that was measured (0 to 1).
    pub score: f64,
    /// What made the row.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// What kind of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TimeKind {
    /// A day or something larger.
    Date,
    /// An hour or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A time that comes again.
    Set,
}

/// TIMEX3's `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Modifier {
    /// Early in it.
    Start,
    /// In its middle.
    Mid,
    /// Late in it.
    End,
    /// About so much.
    Approx,
    /// Less than it.
    LessThan,
    /// More than it.
    MoreThan,
    /// At most so much.
    EqualOrLess,
    /// At least so much.
    EqualOrMore,
}

pub(super) fn row<'a>(row: &'a record::Time, spans: &Spans<'a>) -> Time<'a> {
    let timex = &row.timex;
    Time {
        id: &row.id,
        span: spans.one(timex.span),
        kind: kind(timex.kind),
        value: timex.value.as_deref(),
        modifier: timex.modifier.map(modifier),
        quant: timex.quant,
        freq: timex.freq.as_deref(),
        anchor: timex.anchor.map(|anchor| match anchor {
            time::Anchor::Published => "published".to_owned(),
            time::Anchor::Time(index) => time_id(index),
        }),
        begin: timex.begin.map(time_id),
        end_point: timex.end.map(time_id),
        earliest: timex.earliest.map(|day| day.to_string()),
        latest: timex.latest.map(|day| day.to_string()),
        score: (timex.maker.score * 100.0).round() / 100.0,
        maker: timex.maker.rule,
        inferred: timex.inferred.clone(),
    }
}

fn kind(kind: time::Kind) -> TimeKind {
    match kind {
        time::Kind::Date => TimeKind::Date,
        time::Kind::Time => TimeKind::Time,
        time::Kind::Duration => TimeKind::Duration,
        time::Kind::Set => TimeKind::Set,
    }
}

fn modifier(modifier: time::Modifier) -> Modifier {
    match modifier {
        time::Modifier::Start => Modifier::Start,
        time::Modifier::Mid => Modifier::Mid,
        time::Modifier::End => Modifier::End,
        time::Modifier::Approx => Modifier::Approx,
        time::Modifier::LessThan => Modifier::LessThan,
        time::Modifier::MoreThan => Modifier::MoreThan,
        time::Modifier::EqualOrLess => Modifier::EqualOrLess,
        time::Modifier::EqualOrMore => Modifier::EqualOrMore,
    }
}
