//! The JSON that users see: the only serde shapes of the engine.
//!
//! In: a document and its claims. Out: [`Record`], one object per article, and [`citron`], the JSON of BBC Citron.
//! Names here are promises: keys may be added, never renamed. Inner types are not serialisable, so that they may
//! change freely. `docs/record.md` and the JSON Schema are made from this folder.

mod record;
mod people;
mod time;
mod cause;
pub mod citron;

pub use cause::{Act, Condition, ConditionKind, Event, EventKind, EventStanding, Join, Link, LinkKind, Side};
pub use people::{
    Capacity, Entity, EntityKind, Evidence, Gender, Mention, MentionKind, Post, Speaker, SpeakerKind,
    Standing, Status,
};
pub use record::{
    Article, Attribution, CodePointSpan, Form, Polarity, Record, Stance, Text, VERSION, Warning,
};
pub use time::{Modifier, Time, TimeKind};
