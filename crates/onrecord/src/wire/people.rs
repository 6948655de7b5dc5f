//! Entities, speakers and posts as the record shows them.
//!
//! In: what was read about people. Out: rows whose keys design and `docs/record.md` name. It decides nothing.

use serde::Serialize;

use super::record::{CodePointSpan, Spans};
use crate::read::people::{self, post};
use crate::read::quote;
use crate::read::time::Timex;
use crate::record::Claims;

/// Someone or something that is mentioned.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entity<'a> {
    /// `e1`, `e2` … in order of the first mention.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name in the article, without honorific or title; null where nobody names it.
    pub name: Option<&'a str>,
    /// As pronouns, honorifics and nouns of the text tell it; null where they do not.
    pub gender: Option<Gender>,
    /// Ids in a list of people that the user gave.
    pub ids: Vec<&'a str>,
    /// All mentions, in order of position.
    pub mentions: Vec<Mention<'a>>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EntityKind {
    /// One human being.
    Person,
    /// A body with a name or an office.
    Organization,
    /// Several people as one.
    Group,
    /// A country, a town, a building.
    Place,
}

/// A gender, as the text shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Gender {
    /// "she", "Mrs.", "the woman".
    Feminine,
    /// "he", "Mr.", "the man".
    Masculine,
}

/// A span that names or stands for an entity.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention<'a> {
    /// Where it stands.
    #[serde(flatten)]
    pub span: CodePointSpan<'a>,
    /// How it names the entity.
    pub kind: MentionKind,
    /// What found it, or joined it to the others.
    pub maker: &'static str,
}

/// How a mention names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MentionKind {
    /// The name alone, without honorific, title or apposition.
    Name,
    /// A noun with what belongs to it, up to its first comma or relative clause.
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// Someone who speaks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Speaker<'a> {
    /// The id of the entity; null where no entity stands for the speaker.
    pub entity: Option<String>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// The words that name the speaker.
    pub as_written: Option<CodePointSpan<'a>>,
    /// How many people speak, where the text says so.
    pub number: Option<u32>,
    /// The stated ground for not naming the speaker.
    pub reason: Vec<CodePointSpan<'a>>,
    /// How sure it is that this is the speaker (0 to 1).
    pub score: f64,
    /// What decided it.
    pub maker: &'static str,
}

/// What kind of speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SpeakerKind {
    /// A person with a name.
    Named,
    /// Particular people whom the reporter knows and does not name.
    Unnamed,
    /// A class of people.
    Group,
    /// A body that speaks.
    Organization,
    /// A report, a filing, a law.
    Document,
    /// The text does not say who speaks.
    Unstated,
}

/// Who held which post: a membership of Popolo.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Post<'a> {
    /// `p1`, `p2` … in order of position.
    pub id: String,
    /// The id of the person.
    pub person: String,
    /// What the post is called; null where no word names it ("Democrat of Ohio").
    pub title: Option<&'a str>,
    /// What it belongs to.
    pub organization: Option<&'a str>,
    /// Where it is held.
    pub area: Option<&'a str>,
    /// The party.
    pub party: Option<&'a str>,
    /// The id of the person whose aide, lawyer or nominee this is.
    pub of_person: Option<String>,
    /// What the text says of the time; a title before a name says nothing and leaves it null.
    pub status: Option<Status>,
    /// In what capacity it is held.
    pub capacity: Option<Capacity>,
    /// Whether it is so: a post in a condition, a wish or a denial is nobody's.
    pub standing: Standing,
    /// Since when (EDTF); null is unknown.
    pub since: Option<&'a str>,
    /// Until when (EDTF); null is unknown, never "still held".
    pub until: Option<&'a str>,
    /// The day for which it is said (EDTF).
    pub as_of: Option<&'a str>,
    /// The id of the time that tells how long.
    pub duration: Option<&'a str>,
    /// The attribution that says so; null is the article's own voice.
    pub asserted_by: Option<&'a str>,
    /// The words that each value rests on.
    pub evidence: Evidence<'a>,
    /// How sure the row is (0 to 1).
    pub score: f64,
    /// What made it.
    pub maker: &'static str,
    /// Keys of this object whose value the text does not state.
    pub inferred: Vec<&'static str>,
}

/// The words that the values of a post rest on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence<'a> {
    /// Of the person.
    pub person: Vec<CodePointSpan<'a>>,
    /// Of the title.
    pub title: Vec<CodePointSpan<'a>>,
    /// Of the organization.
    pub organization: Vec<CodePointSpan<'a>>,
    /// Of the area.
    pub area: Vec<CodePointSpan<'a>>,
    /// Of the party.
    pub party: Vec<CodePointSpan<'a>>,
    /// Of the status, the capacity and the standing.
    pub status: Vec<CodePointSpan<'a>>,
    /// Of the beginning.
    pub since: Vec<CodePointSpan<'a>>,
    /// Of the end.
    pub until: Vec<CodePointSpan<'a>>,
}

/// What the text says of the time of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// It is held at the time of the article.
    Current,
    /// It is no longer held.
    Former,
    /// It is not yet held.
    Future,
}

/// In what capacity a post is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Standing {
    /// It happened, or is so.
    Happened,
    /// It goes on.
    Ongoing,
    /// It is to come.
    Expected,
    /// It was ordered.
    Ordered,
    /// It may be.
    Possible,
    /// It stands in a condition.
    Conditional,
    /// It is not so.
    Denied,
}

/// What an entity of this index is called.
pub(super) fn entity_id(index: usize) -> String {
    format!("e{}", index + 1)
}

pub(super) fn entities<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Entity<'a>> {
    let entities = claims.people.entities.iter().enumerate();
    entities
        .map(|(index, entity)| Entity {
            id: entity_id(index),
            kind: match entity.kind {
                people::EntityKind::Person => EntityKind::Person,
                people::EntityKind::Organization => EntityKind::Organization,
                people::EntityKind::Group => EntityKind::Group,
                people::EntityKind::Place => EntityKind::Place,
            },
            name: entity.name.map(|span| spans.one(span).text),
            gender: entity.gender.map(|gender| match gender {
                people::Gender::Feminine => Gender::Feminine,
                people::Gender::Masculine => Gender::Masculine,
            }),
            ids: claims.ids.get(index).into_iter().flatten().map(String::as_str).collect(),
            mentions: entity.mentions.iter().map(|mention| self::mention(mention, spans)).collect(),
        })
        .collect()
}

fn mention<'a>(mention: &people::Mention, spans: &Spans<'a>) -> Mention<'a> {
    let kind = match mention.kind {
        people::MentionKind::Name => MentionKind::Name,
        people::MentionKind::Nominal => MentionKind::Nominal,
        people::MentionKind::Pronoun => MentionKind::Pronoun,
    };
    Mention { span: spans.one(mention.span), kind, maker: mention.maker.rule }
}

pub(super) fn speaker<'a>(speaker: &people::Speaker, spans: &Spans<'a>) -> Speaker<'a> {
    Speaker {
        entity: speaker.entity.map(entity_id),
        kind: kind(speaker.kind),
        as_written: speaker.as_written.map(|span| spans.one(span)),
        number: speaker.number,
        reason: spans.all(&speaker.reason),
        score: rounded(speaker.score),
        maker: speaker.maker,
    }
}

/// A speaker as the rules on quotations know it, where nobody read who people are.
pub(super) fn unresolved<'a>(
    speaker: &quote::Speaker,
    maker: &'static str,
    spans: &Spans<'a>,
    score: f64,
) -> Speaker<'a> {
    Speaker {
        entity: None,
        kind: kind(speaker.kind),
        as_written: speaker.as_written.map(|span| spans.one(span)),
        number: None,
        reason: Vec::new(),
        score: rounded(score),
        maker,
    }
}

fn kind(kind: quote::SpeakerKind) -> SpeakerKind {
    match kind {
        quote::SpeakerKind::Named => SpeakerKind::Named,
        quote::SpeakerKind::Unnamed => SpeakerKind::Unnamed,
        quote::SpeakerKind::Group => SpeakerKind::Group,
        quote::SpeakerKind::Organization => SpeakerKind::Organization,
        quote::SpeakerKind::Document => SpeakerKind::Document,
        quote::SpeakerKind::Unstated => SpeakerKind::Unstated,
    }
}

pub(super) fn posts<'a>(claims: &'a Claims, spans: &Spans<'a>) -> Vec<Post<'a>> {
    let posts = claims.people.posts.iter().enumerate();
    posts.map(|(index, post)| self::post(index, post, claims, spans)).collect()
}

/// The day, month or year that words tell, as EDTF has it.
fn day<'a>(claims: &'a Claims, told: &[crate::Span]) -> Option<&'a Timex> {
    told.iter().find_map(|span| {
        let first = claims.times.partition_point(|time| time.timex.span.start < span.start);
        let times = claims.times[first..].iter().map(|time| &time.timex);
        let mut within = times.take_while(|time| time.span.start < span.end);
        within.find(|time| time.value.as_deref().is_some_and(is_edtf))
    })
}

/// Whether a TIMEX3 value is a day, a month or a year of EDTF; weeks, seasons and what has no digits are not.
fn is_edtf(value: &str) -> bool {
    let mut parts = value.split('-');
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let year = parts.next().is_some_and(|year| digits(&year.replace('X', "0"), 4));
    year && value.len() <= 10 && parts.all(|part| digits(part, 2))
}

fn post<'a>(index: usize, post: &'a post::Post, claims: &'a Claims, spans: &Spans<'a>) -> Post<'a> {
    let reading = &claims.people;
    let (since, until) = (day(claims, &post.since), day(claims, &post.until));
    let guessed = |key, time: Option<&Timex>| time.filter(|time| !time.inferred.is_empty()).map(|_| key);
    let inferred = post.inferred.iter().copied();
    let inferred = inferred.chain(guessed("since", since)).chain(guessed("until", until)).collect();
    let cover = |list: &[crate::Span]| list.iter().copied().reduce(crate::Span::cover);
    let text = |list: &[crate::Span]| cover(list).map(|span| spans.one(span).text);
    let one = |span: Option<crate::Span>| spans.all(span.as_slice());
    let person = &reading.entities[post.person];
    Post {
        id: format!("p{}", index + 1),
        person: entity_id(post.person),
        title: text(&post.title),
        organization: text(post.organization.as_slice()),
        area: text(post.area.as_slice()),
        party: text(post.party.as_slice()),
        of_person: post.of_person.map(entity_id),
        status: post.status.map(|status| match status {
            post::Status::Current => Status::Current,
            post::Status::Former => Status::Former,
            post::Status::Future => Status::Future,
        }),
        capacity: post.capacity.map(|capacity| match capacity {
            post::Capacity::Acting => Capacity::Acting,
            post::Capacity::Interim => Capacity::Interim,
            post::Capacity::Elect => Capacity::Elect,
            post::Capacity::Nominee => Capacity::Nominee,
            post::Capacity::Candidate => Capacity::Candidate,
        }),
        standing: match post.standing {
            post::Standing::Happened => Standing::Happened,
            post::Standing::Expected => Standing::Expected,
            post::Standing::Possible => Standing::Possible,
            post::Standing::Conditional => Standing::Conditional,
            post::Standing::Denied => Standing::Denied,
        },
        since: since.and_then(|time| time.value.as_deref()),
        until: until.and_then(|time| time.value.as_deref()),
        as_of: None,
        duration: None,
        asserted_by: None,
        evidence: Evidence {
            person: one(post.mention.or(person.name)),
            title: spans.all(&post.title),
            organization: one(post.organization),
            area: one(post.area),
            party: one(post.party),
            status: spans.all(&post.told_by),
            since: spans.all(&post.since),
            until: spans.all(&post.until),
        },
        score: rounded(post.maker.score),
        maker: post.maker.rule,
        inferred,
    }
}

fn rounded(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::is_edtf;

    #[track_caller]
    fn check(value: &str, expected: bool) {
        assert_eq!(is_edtf(value), expected, "{value}");
    }

    #[test]
    fn days_months_and_years_are_edtf() {
        for value in ["2010", "2010-07", "2010-07-31", "XXXX-07", "201X"] {
            check(value, true);
        }
        for value in ["201", "2010-W07", "2010-SU", "P2Y", "PAST_REF", "2010-07-31T10", ""] {
            check(value, false);
        }
    }
}
