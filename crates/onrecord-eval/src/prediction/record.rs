//! The record of an article, as far as the scores of people, speakers and posts look at it.
//!
//! In: a text, which the engine reads, or the JSON that it wrote. Out: [`Record`], spans in code points. It takes the
//! wire form and nothing behind it, since that is what users get; a key that is not there is an empty list or null.

use onrecord::{Article, Engine, wire};
use serde::Deserialize;
use serde_json::Value;

use crate::{Attribution, Error, Problems, Span};

/// What the record says of one article.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Record {
    /// People, organizations, groups and places.
    pub entities: Vec<Entity>,
    /// Who said what.
    pub attributions: Vec<Said>,
    /// Who held which post.
    pub posts: Vec<Post>,
}

/// Someone or something.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// The fullest name in the article.
    pub name: Option<String>,
    /// Where it is meant.
    pub mentions: Vec<Mention>,
}

/// A place at which an entity is meant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// `name`, `nominal` or `pronoun`.
    pub kind: String,
}

/// Code points of the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Place {
    start: usize,
    end: usize,
}

/// An attribution.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    source: Vec<Place>,
    cue: Vec<Place>,
    content: Vec<Place>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The attribution that this one is reported within.
    pub inside: Option<String>,
    /// How sure the row is.
    pub score: Option<f64>,
    /// What made it.
    pub maker: String,
}

/// Someone who speaks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Speaker {
    /// The id of the entity.
    pub entity: Option<String>,
    /// What kind of speaker.
    pub kind: String,
    as_written: Option<Place>,
    /// How many people.
    pub number: Option<u32>,
    reason: Vec<Place>,
    /// How sure it is that this one speaks.
    pub score: Option<f64>,
}

/// A post that somebody holds, held or may hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Post {
    /// The id of the entity that holds it.
    pub person: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Whether it is held now.
    pub status: Option<String>,
    /// In which way it is held.
    pub capacity: Option<String>,
    /// Whether it is so at all.
    pub standing: Option<String>,
    evidence: Evidence,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Evidence {
    title: Vec<Place>,
}

/// Has an engine read a text, and nothing else.
///
/// # Errors
///
/// When what the engine writes is no record.
pub fn read(engine: &Engine, text: &str) -> Result<Record, Error> {
    let (document, claims) = engine.claims(Article::new(text));
    let written = serde_json::to_value(wire::Record::new(&document, &claims, wire::Text::Omit));
    written.and_then(serde_json::from_value).map_err(Error::not_record)
}

impl Record {
    /// A record as JSON.
    ///
    /// # Errors
    ///
    /// When it has a key of these with a value of another type.
    pub fn from_json(json: Value) -> Result<Record, Error> {
        serde_json::from_value(json).map_err(Error::not_record)
    }

    /// The entity with this id.
    pub fn entity(&self, id: Option<&str>) -> Option<&Entity> {
        self.entities.iter().find(|entity| Some(entity.id.as_str()) == id)
    }
}

impl Place {
    /// The span.
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

impl Mention {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.place.span()
    }
}

impl Said {
    /// The spans alone, as scores of attributions take them.
    pub fn attribution(&self, length: usize) -> Attribution {
        let spans = |places: &[Place]| places.iter().map(|place| place.span()).collect();
        let all =
            Attribution { cue: spans(&self.cue), source: spans(&self.source), content: spans(&self.content) };
        all.admit(length, &mut Problems::default())
    }

    /// Whether the form of Citron holds it, so that the tables of who said what are about it.
    pub fn is_held(&self) -> bool {
        self.inside.is_none() && !self.cue.is_empty()
    }
}

impl Speaker {
    /// The words that name the speaker.
    pub fn as_written(&self) -> Option<Span> {
        self.as_written.map(Place::span)
    }

    /// The stated ground for not naming the speaker.
    pub fn reason(&self) -> Vec<Span> {
        self.reason.iter().map(|place| place.span()).collect()
    }
}

impl Post {
    /// Where its title stands.
    pub fn title_spans(&self) -> Vec<Span> {
        self.evidence.title.iter().map(|place| place.span()).collect()
    }
}
