//! Who are these people, and which posts do they hold? Names, nouns and pronouns → [`Entity`], [`Speaker`], [`Post`].
//!
//! In: a document, its attributions, and what a model makes of its words. Out: everyone who is mentioned, each with all
//! mentions; who speaks in each attribution; who holds which post. It never guesses to fill a field: what the text leaves
//! open stays open, and a gender is told only where a pronoun, an honorific or a noun tells it.
//! Read on in [`crate::record`].

mod view;
mod mention;
mod decode;
mod border;
mod agree;
mod name;
mod cluster;
mod same;
mod source;
mod rank;
mod resolve;
mod ground;
mod grow;
mod kind;
mod speaker;
pub mod post;
pub mod look;
pub mod roster;

pub use post::Post;

use super::{Maker, quote};
use crate::Document;
use crate::encode::Scores;
use crate::text::Span;

/// What was read about people.
///
/// ```
/// let article = onrecord::Article::new("Mayor Ana Roz met Tom Ek. “It rained,” Ms. Roz said.");
/// let (document, claims) = onrecord::Engine::new().claims(article);
/// let roz = &claims.people.entities[0];
/// assert_eq!(document.slice(roz.name.unwrap()), "Ana Roz");
/// assert_eq!(roz.mentions.len(), 2);
/// assert_eq!(claims.people.speakers[0][0].entity, Some(0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Everyone who is mentioned, in order of the first mention.
    pub entities: Vec<Entity>,
    /// For each attribution, in the order of [`quote::Reading::attributions`], who speaks.
    pub speakers: Vec<Vec<Speaker>>,
    /// For each attribution the words that name whom it is said to.
    pub addressees: Vec<Vec<Span>>,
    /// For each attribution whom its content names: indices into `entities`, in order.
    pub about: Vec<Vec<usize>>,
    /// Who held which post, in order of position.
    pub posts: Vec<Post>,
}

/// Someone or something that is mentioned: a person, an organization, a group, a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name in the article, without honorific or title; `None` where nobody names it.
    pub name: Option<Span>,
    /// As pronouns, honorifics and nouns tell it.
    pub gender: Option<Gender>,
    /// All mentions, in order of position.
    pub mentions: Vec<Mention>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityKind {
    /// One human being.
    Person,
    /// A body with a name or an office: a company, a party, a court.
    Organization,
    /// Several people as one: "residents", "some Democrats".
    Group,
    /// A country, a town, a building.
    Place,
}

/// A gender, as the text shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "she", "Mrs.", "the woman".
    Feminine,
    /// "he", "Mr.", "the man".
    Masculine,
}

/// A span that names or stands for an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The name alone, a noun with what belongs to it, or a pronoun.
    pub span: Span,
    /// Which of the three.
    pub kind: MentionKind,
    /// What found it, or joined it to the others.
    pub maker: Maker,
    /// The mention that it was joined to, if the maker looked for one.
    pub joined_to: Option<Span>,
}

/// How a mention names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// "Susan Collins".
    Name,
    /// "the senator".
    Nominal,
    /// "she".
    Pronoun,
}

/// Who speaks in an attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// An index into [`Reading::entities`]; `None` where no entity stands for the speaker.
    pub entity: Option<usize>,
    /// What kind of speaker.
    pub kind: quote::SpeakerKind,
    /// The words that name the speaker.
    pub as_written: Option<Span>,
    /// How many people speak, where the text tells it.
    pub number: Option<u32>,
    /// The stated ground for not naming the speaker.
    pub reason: Vec<Span>,
    /// How sure this is (0 to 1).
    pub score: f64,
    /// What decided it.
    pub maker: &'static str,
}

/// Reads who is mentioned and who speaks.
pub fn read(document: &Document, quote: &quote::Reading, scores: &dyn Scores) -> Reading {
    let view = view::View::new(document, scores.words());
    let mentions = mention::find(&view, &quote.attributions, scores);
    let mut cast = cluster::names(&view, mentions);
    let heads = resolve::resolve(&view, &quote.attributions, scores, &mut cast);
    let (entities, order) = cast.entities(&view);
    let said = &quote.attributions;
    Reading {
        speakers: speaker::speakers(&view, said, &heads, &cast, &order, &entities),
        addressees: speaker::addressees(&view, said, &cast),
        about: speaker::about(&view, said, &cast, &order),
        posts: post::read(document, &entities),
        entities,
    }
}
