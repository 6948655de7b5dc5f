//! People and speakers as rows: `person name="Dana Ruiz" mentions="Dana Ruiz … she"`, `named speaker="Dana Ruiz"`.
//!
//! In: what the engine read about people. Out: a [`Row`] for each entity, and one for each speaker of each attribution.
//! An entity stands in a row as its name, and where nobody names it as its first mention.

use onrecord::read::people::{Entity, EntityKind, Gender, Speaker};
use onrecord::read::quote::SpeakerKind;
use onrecord::record::Claims;
use onrecord::{Document, Span};

use crate::row::{Piece, Row, Value};

/// The row of someone who is mentioned.
pub(crate) fn entity(document: &Document, entity: &Entity) -> Row {
    let head = match entity.kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Place => "place",
    };
    let gender = match entity.gender {
        Some(Gender::Feminine) => "feminine",
        Some(Gender::Masculine) => "masculine",
        None => "none",
    };
    let mentions: Vec<Span> = entity.mentions.iter().map(|mention| mention.span).collect();
    Row {
        head: head.into(),
        keys: vec![
            ("name", spans(document, entity.name.as_slice())),
            ("gender", Value::Word(gender.into())),
            ("mentions", spans(document, &mentions)),
        ],
    }
}

/// The rows of all speakers: two for an attribution that two make.
pub(crate) fn speakers(document: &Document, record: &Claims) -> Vec<Row> {
    let of = |attribution: usize| {
        let speakers = record.people.speakers[attribution].iter();
        speakers.map(move |speaker| self::speaker(document, record, attribution, speaker))
    };
    (0..record.people.speakers.len()).flat_map(of).collect()
}

fn speaker(document: &Document, record: &Claims, attribution: usize, speaker: &Speaker) -> Row {
    let said = &record.attributions[attribution].attribution;
    let people = &record.people;
    let called = |entity: usize| {
        let entity = &people.entities[entity];
        entity.name.or(entity.mentions.first().map(|mention| mention.span))
    };
    let who: Vec<Span> = speaker.entity.and_then(called).into_iter().collect();
    let about: Vec<Span> = people.about[attribution].iter().filter_map(|&entity| called(entity)).collect();
    let inferred = if said.inferred.is_empty() { "none".to_owned() } else { said.inferred.join(",") };
    let head = match speaker.kind {
        SpeakerKind::Named => "named",
        SpeakerKind::Unnamed => "unnamed",
        SpeakerKind::Group => "group",
        SpeakerKind::Organization => "organization",
        SpeakerKind::Document => "document",
        SpeakerKind::Unstated => "unstated",
    };
    Row {
        head: head.into(),
        keys: vec![
            ("source", spans(document, &said.source)),
            ("content", spans(document, &said.content)),
            ("speaker", spans(document, &who)),
            ("as_written", spans(document, speaker.as_written.as_slice())),
            (
                "number",
                Value::Word(speaker.number.map_or_else(|| "none".into(), |number| number.to_string())),
            ),
            ("reason", spans(document, &speaker.reason)),
            ("addressee", spans(document, &people.addressees[attribution])),
            ("about", spans(document, &about)),
            ("inferred", Value::Word(inferred)),
            ("maker", Value::Word(speaker.maker.into())),
        ],
    }
}

fn spans(document: &Document, list: &[Span]) -> Value {
    let piece = |span: &Span| Piece::of(document.text(), span.start as usize, span.end as usize);
    Value::Spans(list.iter().map(piece).collect())
}
