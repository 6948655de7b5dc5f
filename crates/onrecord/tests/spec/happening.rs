//! Events, links and conditions as rows: what they point at is written by its text.

use onrecord::read::cause::{EventKind, Side};
use onrecord::record::Claims;
use onrecord::{Document, Span};

use crate::row::{Piece, Row, Value};

pub(crate) fn events(document: &Document, claims: &Claims) -> Vec<Row> {
    let rows = claims.cause.events.iter().map(|event| {
        let agents = event.agents.iter().filter_map(|&entity| claims.people.entities[entity].name);
        let when = event.when.map(|index| claims.times[index].timex.span);
        Row {
            head: if event.kind == EventKind::Policy { "policy".into() } else { "event".into() },
            keys: vec![
                ("trigger", spans(document, [event.trigger])),
                ("extent", spans(document, event.extent.iter().copied())),
                ("agents", spans(document, agents)),
                ("object", spans(document, event.object.iter().copied())),
                ("standing", word(Some(format!("{:?}", event.standing)))),
                ("act", word(event.act.map(|act| format!("{act:?}")))),
                ("when", spans(document, when)),
                ("asserted_by", said(document, claims, event.asserted_by)),
                ("maker", word(Some(event.maker.rule.into()))),
            ],
        }
    });
    rows.collect()
}

pub(crate) fn links(document: &Document, claims: &Claims) -> Vec<Row> {
    let rows = claims.cause.links.iter().map(|link| Row {
        head: format!("{:?}", link.kind).to_lowercase(),
        keys: vec![
            ("from", spans(document, link.from.spans.iter().copied())),
            ("to", spans(document, link.to.spans.iter().copied())),
            ("from_event", triggers(document, claims, std::slice::from_ref(&link.from))),
            ("to_event", triggers(document, claims, std::slice::from_ref(&link.to))),
            ("signal", spans(document, link.signal.iter().copied())),
            ("standing", word(Some(format!("{:?}", link.standing)))),
            ("asserted_by", said(document, claims, link.asserted_by)),
            ("maker", word(Some(link.maker.rule.into()))),
        ],
    });
    rows.collect()
}

pub(crate) fn conditions(document: &Document, claims: &Claims) -> Vec<Row> {
    let all = |sides: &[Side]| spans(document, sides.iter().flat_map(|side| side.spans.iter().copied()));
    let rows = claims.cause.conditions.iter().map(|condition| Row {
        head: format!("{:?}", condition.kind).to_lowercase(),
        keys: vec![
            ("if", all(&condition.antecedents)),
            ("then", all(&condition.consequents)),
            ("if_event", triggers(document, claims, &condition.antecedents)),
            ("then_event", triggers(document, claims, &condition.consequents)),
            ("join", word(Some(format!("{:?}", condition.join)))),
            ("signal", spans(document, condition.signal.iter().copied())),
            ("asserted_by", said(document, claims, condition.asserted_by)),
            ("maker", word(Some(condition.maker.rule.into()))),
        ],
    });
    rows.collect()
}

fn triggers(document: &Document, claims: &Claims, sides: &[Side]) -> Value {
    spans(document, sides.iter().filter_map(|side| Some(claims.cause.events[side.event?].trigger)))
}

fn said(document: &Document, claims: &Claims, index: Option<usize>) -> Value {
    let content = index.map(|index| claims.attributions[index].attribution.content.iter().copied());
    spans(document, content.into_iter().flatten())
}

fn spans(document: &Document, list: impl IntoIterator<Item = Span>) -> Value {
    let piece = |span: Span| Piece::of(document.text(), span.start as usize, span.end as usize);
    Value::Spans(list.into_iter().map(piece).collect())
}

fn word(word: Option<String>) -> Value {
    Value::Word(word.map_or("none".into(), |word| snake(&word)))
}

/// `RollBack` is `roll_back`; a path stays as it is.
fn snake(word: &str) -> String {
    let parted = word.char_indices().flat_map(|(at, c)| {
        let gap = (at > 0 && c.is_uppercase()).then_some('_');
        gap.into_iter().chain(c.to_lowercase())
    });
    parted.collect()
}
