//! Which words name or stand for someone?
//!
//! In: the words, the attributions, and the model's scores of names and nouns. Out: [`Found`] mentions, in order of
//! position: names (the model, and what `agree.rs` makes of all of one article together), nouns (the model, and the heads of
//! sources, since who speaks is someone), pronouns (a closed class). It joins nothing. Next: `cluster.rs`.

use std::ops::Range;

use onrecord_kernel::MENTIONS;

use super::decode::{self, Layer};
use super::view::View;
use super::{EntityKind, Gender, MentionKind, agree};
use crate::encode::{Case, Scores};
use crate::lang::en::people::{self as words, Noun, Person, Pronoun, PronounGender};
use crate::lang::en::post::{self, Trait};
use crate::read::Maker;
use crate::read::quote::Attribution;

pub(super) const NAME: Maker =
    Maker { rule: "people/name", reads: "a name, wherever it stands", score: 0.85 };
pub(super) const NOUN: Maker =
    Maker { rule: "people/noun", reads: "the mayor, two officials, the company", score: 0.75 };
pub(super) const PRONOUN: Maker = Maker { rule: "people/pronoun", reads: "she, his, they, I", score: 0.9 };

/// A mention before anybody knows of whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) words: Range<usize>,
    pub(super) kind: MentionKind,
    /// What it stands for; of a pronoun only where the pronoun tells it.
    pub(super) of: Option<EntityKind>,
    pub(super) gender: Option<Gender>,
    pub(super) pronoun: Option<Pronoun>,
    pub(super) maker: Maker,
}

/// All mentions, in order; of those that begin together the longer first.
pub(super) fn find(view: &View<'_>, attributions: &[Attribution], scores: &dyn Scores) -> Vec<Found> {
    let rows = scores.mentions();
    let starts = |at: usize| view.words[at].start || view.begins_sentence(at);
    let names =
        agree::names(view, &rows, decode::spans(&rows, Layer::Names, starts), &labels(view, attributions));
    let mut found: Vec<Found> = names
        .into_iter()
        .map(|(words, of)| {
            let gender = view.title_before(&words).and_then(words::honorific_of_woman).map(gender);
            Found { words, kind: MentionKind::Name, of: Some(of), gender, pronoun: None, maker: NAME }
        })
        .collect();
    let names = found.len();
    let in_name = |found: &[Found], at: usize| {
        let name = found[..names].partition_point(|name| name.words.end <= at);
        name < names && found[name].words.start <= at
    };
    let pronouns: Vec<Found> =
        (0..view.words.len()).filter(|&at| !in_name(&found, at)).filter_map(|at| pronoun(view, at)).collect();
    let nouns = decode::spans(&rows, Layer::Nouns, starts);
    found.extend(nouns.into_iter().filter_map(|noun| self::noun(view, noun.words, noun.kind)));
    found.extend(pronouns);
    found.sort_by_key(|mention| mention.words.start);
    let people = plurals(view, &found);
    found.extend(people);
    found.sort_by_key(|mention| mention.words.start);
    let bodies: Vec<Found> = found.iter().filter_map(|name| body_of(view, name)).collect();
    found.extend(bodies);
    found.sort_by_key(|mention| mention.words.start);
    let sources: Vec<Found> =
        attributions.iter().filter_map(|said| source_noun(view, said, &rows, &found)).collect();
    found.extend(sources);
    // Of what stands at the same words a pronoun is the surest, then a name.
    let rank = |kind| {
        [MentionKind::Pronoun, MentionKind::Name, MentionKind::Nominal].iter().position(|&k| k == kind)
    };
    found.sort_by_key(|mention| (mention.words.start, usize::MAX - mention.words.end, rank(mention.kind)));
    found.dedup_by(|later, first| later.words == first.words);
    tell_genders(view, &mut found);
    found
}

/// Nouns for people that the model passed over: "visitors and residents", "teachers".
fn plurals(view: &View<'_>, found: &[Found]) -> Vec<Found> {
    let mut out = Vec::new();
    let mut free = 0;
    let mut rest = found.iter().peekable();
    for at in 0..view.words.len() {
        while let Some(mention) = rest.next_if(|mention| mention.words.start <= at) {
            free = free.max(mention.words.end);
        }
        let is_people = || {
            view.words[at].case == Case::Lower
                && view.text(at).ends_with(['s', 'n'])
                && kind_of_noun(view.text(at)) == Some(EntityKind::Group)
        };
        if at >= free && is_people() {
            out.extend(noun(view, at..at + 1, PEOPLE));
        }
    }
    out
}

/// People among the kinds of the model's nouns: a person, people, an organization, a place.
const PEOPLE: usize = 1;

/// What is called by the name of a person: "Ida Brandt's campaign", "the Brandt administration".
fn body_of(view: &View<'_>, name: &Found) -> Option<Found> {
    let head = name.words.end + view.possessive(&name.words);
    let is_person = name.kind == MentionKind::Name && name.of == Some(EntityKind::Person);
    let is_body = is_person && view.near(name.words.start, Some(head)).is_some_and(words::is_ones_body);
    is_body.then(|| Found {
        words: name.words.start..head + 1,
        of: Some(EntityKind::Organization),
        gender: None,
        ..name.clone()
    })
}

/// The gender of a name from the noun before it: "her husband, Walter Larch".
fn tell_genders(view: &View<'_>, found: &mut [Found]) {
    for at in 0..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let name = &mut rest[0];
        if name.kind != MentionKind::Name || name.of != Some(EntityKind::Person) || name.gender.is_some() {
            continue;
        }
        let start = name.words.start;
        let touches = |end: usize| end == start || end + 1 == start && view.text(end) == ",";
        let noun = before
            .iter()
            .rev()
            .take(4)
            .find(|noun| noun.kind == MentionKind::Nominal && touches(noun.words.end));
        name.gender = noun.and_then(|noun| noun.gender);
    }
}

/// The words by which a transcript names who speaks, in order.
fn labels(view: &View<'_>, attributions: &[Attribution]) -> Vec<Range<usize>> {
    let labelled =
        attributions.iter().filter(|said| matches!(said.maker.rule, "quote/transcript" | "quote/labelled"));
    let mut labels: Vec<_> = labelled.flat_map(|said| &said.source).map(|&span| view.within(span)).collect();
    labels.sort_unstable_by_key(|label| label.start);
    labels
}

/// The noun that heads a source in which nothing else is mentioned: "sources", "the commission".
fn source_noun(
    view: &View<'_>,
    said: &Attribution,
    rows: &[[f32; MENTIONS]],
    found: &[Found],
) -> Option<Found> {
    let source = view.within(*said.source.first()?);
    if source.is_empty() || words::is_relative(view.text(source.start)) {
        return None;
    }
    let ends = |&at: &usize| at > source.start && words::ends_noun(view.text(at));
    let end = source.clone().find(ends).unwrap_or(source.end);
    let words = source.start..end;
    let last = view.text(words.clone().next_back()?);
    let near = found.partition_point(|mention| mention.words.end + LONGEST_NOUN < words.start);
    let taken = found[near..]
        .iter()
        .take_while(|mention| mention.words.start < words.end)
        .any(|mention| mention.words.end == words.end || mention.words.contains(&(words.end - 1)));
    let is_noun = last.chars().all(|c| c.is_alphabetic() || c == '-') && words::is_actor(last);
    if taken || !is_noun || words.len() > LONGEST_NOUN {
        return None;
    }
    let is_name = |at: usize| {
        let text = view.text(at);
        let capital = view.is_capital(at)
            && !crate::lang::en::is_determiner(text)
            && words::party(text).is_none()
            && !post::is_people(text);
        capital || text == "." || words::is_title(text)
    };
    if words.clone().all(is_name) && !view.begins_sentence(words.end - 1) {
        let first =
            words.clone().rev().take_while(|&at| view.is_capital(at) && !words::is_title(view.text(at)));
        let name = first.last()?..words.end;
        let gender = view.title_before(&name).and_then(words::honorific_of_woman).map(gender);
        let of = Some(EntityKind::Person);
        return Some(Found { words: name, kind: MentionKind::Name, of, gender, pronoun: None, maker: NAME });
    }
    let kind = (0..decode::KINDS).rev().max_by(|&a, &b| {
        let of = |kind| decode::score(rows, Layer::Nouns, &(words.end - 1..words.end), kind);
        of(a).total_cmp(&of(b))
    });
    kind.and_then(|kind| noun(view, words, kind))
}

/// Words of the longest noun that is taken from a source.
const LONGEST_NOUN: usize = 8;

/// A noun; what is written, like a letter or a poll, is no one.
fn noun(view: &View<'_>, mut words: Range<usize>, kind: usize) -> Option<Found> {
    // What possesses it was parted from it.
    while words.len() > 1 && matches!(view.text(words.start), "'" | "’" | "s" | "of" | "," | "“" | "\"") {
        words.start += 1;
    }
    // Nor is the mark of a possessive part of it, or a title alone one.
    while words.len() > 1 && matches!(view.text(words.end - 1), "'" | "’" | "s" | "," | "and" | "or") {
        words.end -= 1;
    }
    let last = view.text(words.end - 1);
    let is_title = words.len() == 1 && words::is_title(last);
    if is_title
        || crate::lang::en::is_determiner(&last.to_lowercase())
        || !last.starts_with(char::is_alphabetic)
    {
        return None;
    }
    let of = match kind_of_noun(last) {
        Some(EntityKind::Group) => EntityKind::Group,
        Some(EntityKind::Person) => EntityKind::Person,
        Some(EntityKind::Organization) => EntityKind::Organization,
        _ => [EntityKind::Person, EntityKind::Group, EntityKind::Organization, EntityKind::Place][kind],
    };
    let one = words::tells_one(view.text(words.start));
    let of = if one && of == EntityKind::Group { EntityKind::Person } else { of };
    let gender = match words::noun(last) {
        Some(Noun::Document) => return None,
        Some(Noun::Feminine) => Some(Gender::Feminine),
        Some(Noun::Masculine) => Some(Gender::Masculine),
        _ => None,
    };
    let gender = gender.filter(|_| of == EntityKind::Person);
    Some(Found { words, kind: MentionKind::Nominal, of: Some(of), gender, pronoun: None, maker: NOUN })
}

/// One person or several, by the words of posts and occupations.
fn kind_of_noun(written: &str) -> Option<EntityKind> {
    let noun = written.to_lowercase();
    match words::noun(&noun) {
        Some(Noun::Feminine | Noun::Masculine | Noun::One) => return Some(EntityKind::Person),
        Some(Noun::Several) => return Some(EntityKind::Group),
        Some(Noun::Body) => return Some(EntityKind::Organization),
        _ => {}
    }
    if post::is_people(written) || post::singular(&noun).is_some() {
        return Some(EntityKind::Group);
    }
    post::traits(&noun).is(Trait::Head).then_some(EntityKind::Person)
}

fn pronoun(view: &View<'_>, at: usize) -> Option<Found> {
    let text = view.text(at);
    if text.len() > "yourselves".len() {
        return None;
    }
    let pronoun = words::pronoun(text)?;
    // "Norton I, emperor": a number.
    let behind = view.near(at, Some(at + 1));
    let is_number = text == "I"
        && at > 0
        && view.is_capital(at - 1)
        && !view.begins_sentence(at)
        && behind
            .is_none_or(|behind| !behind.starts_with(char::is_alphanumeric) && !matches!(behind, "'" | "’"));
    if is_number {
        return None;
    }
    let (of, gender) = match (pronoun.person, pronoun.gender) {
        (_, Some(PronounGender::Feminine)) => (Some(EntityKind::Person), Some(Gender::Feminine)),
        (_, Some(PronounGender::Masculine)) => (Some(EntityKind::Person), Some(Gender::Masculine)),
        (Person::First, _) if pronoun.plural => (Some(EntityKind::Group), None),
        (Person::First | Person::Second, _) => (Some(EntityKind::Person), None),
        (Person::Third, _) => (None, None),
    };
    Some(Found {
        words: at..at + 1,
        kind: MentionKind::Pronoun,
        of,
        gender,
        pronoun: Some(pronoun),
        maker: PRONOUN,
    })
}

pub(super) fn gender(of_woman: bool) -> Gender {
    if of_woman { Gender::Feminine } else { Gender::Masculine }
}
