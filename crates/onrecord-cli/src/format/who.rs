//! Who speaks and who these people are, in the words that all pages share.
//!
//! In: what was read about people. Out: plain strings of the article and of this file; whoever shows them escapes them.
//! It says of a speaker only what the words of the source do not.

use onrecord::read::people::post::{Capacity, Post, Standing, Status};
use onrecord::read::people::{Entity, EntityKind, Gender, MentionKind, Speaker};
use onrecord::read::quote::{Attribution, Polarity, SpeakerKind, Stance};
use onrecord::{Document, Span};

use super::ReadArticle;

/// A speaker as a row tells of them.
pub(crate) struct Told {
    /// The entity, where a page can link to it.
    pub(crate) entity: Option<usize>,
    /// The resolved name, or what is known instead of one.
    pub(crate) who: String,
    /// The stated ground for not naming them.
    pub(crate) reason: Vec<Span>,
}

/// What is known of the speakers of the row of this index beyond the words of its source.
pub(crate) fn speakers(article: &ReadArticle, row: usize) -> Vec<Told> {
    let said = &article.claims.attributions[row].attribution;
    let speakers = article.claims.people.speakers.get(row).map_or(&[][..], Vec::as_slice);
    speakers.iter().filter_map(|speaker| told(article, said, speaker)).collect()
}

fn told(article: &ReadArticle, said: &Attribution, speaker: &Speaker) -> Option<Told> {
    let document = &article.document;
    let named = speaker.entity.and_then(|entity| article.claims.people.entities[entity].name);
    let who = match (named, speaker.kind) {
        (Some(name), _) => {
            let name = line(document.slice(name));
            let mut source = said.source.iter().chain(speaker.as_written.as_ref());
            if source.any(|&span| line(document.slice(span)).contains(&name)) {
                return None;
            }
            name
        }
        (None, SpeakerKind::Unnamed) => match speaker.number {
            Some(number) if number > 1 => format!("unnamed, {number} people"),
            _ => "unnamed".to_owned(),
        },
        _ => return None,
    };
    Some(Told { entity: speaker.entity, who, reason: speaker.reason.clone() })
}

/// A person whom a page lists.
pub(crate) struct Person<'a> {
    /// The number of the entity, from 0.
    pub(crate) at: usize,
    pub(crate) entity: &'a Entity,
    /// The posts with their numbers, from 0.
    pub(crate) posts: Vec<(usize, &'a Post)>,
}

/// The people with a name or a post.
pub(crate) fn people(article: &ReadArticle) -> Vec<Person<'_>> {
    let people = &article.claims.people;
    let mut posts = vec![Vec::new(); people.entities.len()];
    for (number, post) in people.posts.iter().enumerate() {
        posts[post.person].push((number, post));
    }
    let all = people.entities.iter().zip(posts).enumerate();
    let all = all.map(|(at, (entity, posts))| Person { at, entity, posts });
    all.filter(|one| is_named(one.entity) || one.entity.kind == EntityKind::Person && !one.posts.is_empty())
        .collect()
}

/// Whether an entity is a person with a name.
pub(crate) fn is_named(entity: &Entity) -> bool {
    entity.kind == EntityKind::Person && entity.name.is_some()
}

/// What an entity is called: its name, else the first noun that stands for it, else its first mention.
pub(crate) fn called(document: &Document, entity: &Entity) -> String {
    let noun = entity.mentions.iter().find(|mention| mention.kind == MentionKind::Nominal);
    let other = || noun.or(entity.mentions.first()).map(|mention| mention.span);
    entity.name.or_else(other).map_or_else(|| "nobody".to_owned(), |span| line(document.slice(span)))
}

/// A post in one line: what it is, then what is told of its time.
pub(crate) fn post(article: &ReadArticle, post: &Post) -> String {
    let document = &article.document;
    let text = |span: Span| line(document.slice(span));
    let pieces = |spans: &[Span]| spans.iter().copied().reduce(Span::cover).map(text);
    let owner = post.of_person.map(|owner| called(document, &article.claims.people.entities[owner]));
    let title = pieces(&post.title);
    let of = [owner, post.organization.map(text), post.area.map(text)].into_iter().flatten();
    let of = of.collect::<Vec<_>>().join(", ");
    let party = post.party.map(text);
    let mut what = match (title, party) {
        (Some(title), Some(party)) => format!("{title} ({party})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "member".to_owned(),
    };
    if !of.is_empty() {
        what = format!("{what} of {of}");
    }
    let mut told = vec![what];
    told.extend(post.capacity.map(|capacity| self::capacity(capacity).to_owned()));
    told.extend(post.status.map(|status| self::status(status).to_owned()));
    told.extend((post.standing != Standing::Happened).then(|| standing(post.standing).to_owned()));
    told.extend(pieces(&post.since));
    told.extend(pieces(&post.until));
    told.join("; ")
}

/// What a source does, and that it does not; nothing where the words do not tell.
pub(crate) fn stance(said: &Attribution) -> Option<String> {
    let stance = match said.stance? {
        Stance::Say => "say",
        Stance::Believe => "believe",
        Stance::Know => "know",
        Stance::Want => "want",
        Stance::Ask => "ask",
        Stance::Doubt => "doubt",
        Stance::Deny => "deny",
    };
    Some(match said.polarity {
        Some(Polarity::Negative) => format!("not {stance}"),
        _ => stance.to_owned(),
    })
}

/// A kind of entity as the record names it.
pub(crate) fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Place => "place",
    }
}

/// A kind of mention as the record names it.
pub(crate) fn mention(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}

/// A gender as the record names it.
pub(crate) fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Feminine => "feminine",
        Gender::Masculine => "masculine",
    }
}

/// A status as the record names it.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Current => "current",
        Status::Former => "former",
        Status::Future => "future",
    }
}

/// A capacity as the record names it.
pub(crate) fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Acting => "acting",
        Capacity::Interim => "interim",
        Capacity::Elect => "elect",
        Capacity::Nominee => "nominee",
        Capacity::Candidate => "candidate",
    }
}

/// A standing as the record names it.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Happened => "happened",
        Standing::Expected => "expected",
        Standing::Possible => "possible",
        Standing::Conditional => "conditional",
        Standing::Denied => "denied",
    }
}

/// White space of any kind and length as one blank.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
