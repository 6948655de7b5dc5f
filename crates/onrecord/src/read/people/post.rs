//! Who holds which post?
//!
//! In: a document and its entities. Out: posts, in order of position.

use super::Entity;
use crate::Document;
use crate::read::Maker;
use crate::text::Span;

/// A post that a person holds, held or is to hold: Popolo's membership.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Who: an index into [`super::Reading::entities`].
    pub person: usize,
    /// The mention of the person that it rests on; `None` where a name elsewhere tells who is meant.
    pub mention: Option<Span>,
    /// What the post is called; empty where no word names it ("Democrat of Ohio").
    pub title: Vec<Span>,
    /// What the post belongs to.
    pub organization: Option<Span>,
    /// Where it is held.
    pub area: Option<Span>,
    /// The party.
    pub party: Option<Span>,
    /// Whose aide, lawyer or nominee: an index into [`super::Reading::entities`].
    pub of_person: Option<usize>,
    /// What the text says of the time.
    pub status: Option<Status>,
    /// In what capacity.
    pub capacity: Option<Capacity>,
    /// Whether it is so: a post in a condition or a wish is nobody's.
    pub standing: Standing,
    /// The words that tell since when.
    pub since: Vec<Span>,
    /// The words that tell until when.
    pub until: Vec<Span>,
    /// The words that tell status, capacity and standing.
    pub told_by: Vec<Span>,
    /// Keys whose value the text does not state.
    pub inferred: Vec<&'static str>,
    /// What made it.
    pub maker: Maker,
}

/// What the text says of the time of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Held at the time of the article.
    Current,
    /// No longer held.
    Former,
    /// Not yet held.
    Future,
}

/// In what capacity a post is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// "acting".
    Acting,
    /// "interim".
    Interim,
    /// "-elect".
    Elect,
    /// "nominee".
    Nominee,
    /// "candidate".
    Candidate,
}

/// Whether something is so, as the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It happened, or is so.
    Happened,
    /// It is to come.
    Expected,
    /// It may be.
    Possible,
    /// It stands in a condition.
    Conditional,
    /// It is not so.
    Denied,
}

/// Reads the posts of people.
pub fn read(_document: &Document, _entities: &[Entity]) -> Vec<Post> {
    Vec::new()
}
