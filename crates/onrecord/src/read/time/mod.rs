//! When? Time expression → value, anchored to the publication date → [`Timex`].
//!
//! In: a document. Out: its times as TIMEX3 has them. A time that needs an anchor and has none keeps its `X` and says
//! so. It never reads a clock: the article's publication date is its only today.
//! The words stand in `lang`; here is the calendar. Read on in `anchor`, `resolve`, `value`.

mod value;
mod anchor;
mod resolve;
mod rule;
mod build;
mod said;

use jiff::civil::Date;

use super::{Maker, quote};
pub use crate::lang::time::Modifier;
use crate::text::Span;
use crate::{Document, Warning};

/// What was read about time.
///
/// ```
/// use onrecord::{Article, Engine};
///
/// let article = Article { published: Some("2024-05-08".into()), ..Article::new("The pier closed on Thursday.") };
/// let (_, claims) = Engine::by_rules().claims(article);
/// assert_eq!(claims.times[0].timex.value.as_deref(), Some("2024-05-02"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The times, in order of position; a range stands before what bounds it.
    pub times: Vec<Timex>,
    /// For each attribution the time at which it was said: an index into `times`.
    pub said: Vec<Option<usize>>,
    /// Times that could not be read to their end.
    pub warnings: Vec<Warning>,
}

/// A time expression, in the terms of TIMEX3 (TimeML 1.2.1).
///
/// ```
/// use onrecord::{Article, Engine, read::time::{Anchor, Kind}};
///
/// let article = Article { published: Some("2024-05-08".into()), ..Article::new("It opened in March.") };
/// let (document, claims) = Engine::by_rules().claims(article);
/// let march = &claims.times[0].timex;
/// assert_eq!(document.slice(march.span), "March");
/// assert_eq!(march.kind, Kind::Date);
/// assert_eq!(march.value.as_deref(), Some("2024-03"));
/// assert_eq!(march.anchor, Some(Anchor::Published));
/// assert_eq!(march.parts, ["month"]);
/// assert_eq!(march.unstated, ["year"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Where it stands, without the preposition before it; a range takes "from" and "between" with it.
    pub span: Span,
    /// What kind of time.
    pub kind: Kind,
    /// TIMEX3's value; `None` where the calendar has no such day.
    pub value: Option<String>,
    /// TIMEX3's `mod`.
    pub modifier: Option<Modifier>,
    /// TIMEX3's `quant` of a set.
    pub quant: Option<&'static str>,
    /// TIMEX3's `freq` of a set: how often in each.
    pub freq: Option<String>,
    /// What the value was told from; `None` where it needs nothing.
    pub anchor: Option<Anchor>,
    /// The time at which a range begins: an index into [`Reading::times`].
    pub begin: Option<usize>,
    /// The time at which a range ends.
    pub end: Option<usize>,
    /// The first day that it can mean.
    pub earliest: Option<Date>,
    /// The last day that it can mean.
    pub latest: Option<Date>,
    /// The parts of the value that the text states, such as `month`.
    pub parts: Vec<&'static str>,
    /// The parts that were concluded.
    pub unstated: Vec<&'static str>,
    /// Keys of the record whose value the text does not state.
    pub inferred: Vec<&'static str>,
    /// What made it.
    pub maker: Maker,
}

/// The kinds of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day or something larger.
    Date,
    /// An hour or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A time that comes again.
    Set,
}

/// What a value was told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day of publication.
    Published,
    /// Another time: an index into [`Reading::times`].
    Time(usize),
}

/// Reads the times of a document, and at which of them the attributions were said.
pub fn read(document: &Document, quotes: &quote::Reading) -> Reading {
    let (times, warnings) = build::times(document);
    let said = said::when(document, quotes, &times);
    Reading { times, said, warnings }
}
