//! The lists of the wire form as tables: one row of a list is one row of a table, its keys are the columns.
//!
//! In: nothing; this is data. Out: [`LISTS`], by which rows are checked, kept, read back, hashed and written as
//! columns, so that each key is named once. A key that a table has no column for stays in its column `more`, so that a
//! newer engine's rows are kept whole. Read on in [`crate::pack`] for how values are kept.

use serde_json::Value;

/// A list of the wire form and its table.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) name: &'static str,
    /// What the ids of its rows begin with, where they have one.
    pub(crate) prefix: Option<char>,
    pub(crate) columns: &'static [Column],
}

impl List {
    /// How many values a row has: its columns, then `more`.
    pub(crate) fn width(&self) -> usize {
        self.columns.len() + 1
    }

    /// The place of a column.
    pub(crate) fn column(&self, key: &str) -> usize {
        self.columns.iter().position(|column| column.key == key).expect("the shape names its columns")
    }
}

/// The place of a list among [`LISTS`].
pub(crate) fn list(name: &str) -> usize {
    LISTS.iter().position(|list| list.name == name).expect("the shape names its lists")
}

/// A key of the rows of a list.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) key: &'static str,
    /// What its values are made of. A file with typed columns has to know that before it sees one.
    pub(crate) shape: Shape,
}

/// What a value is made of, down to what is not made of anything else. Any of it may be null, but no element of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// One of few strings, such as a kind or a maker ([`crate::words`]).
    Word,
    /// The id of a row of the list of this name; with the key `id`, of the row itself.
    Id(&'static str),
    Real,
    Whole,
    List(&'static Shape),
    Object(Keys),
    /// A span with further keys beside its own ([`SPAN_KEYS`]).
    Span(Keys),
    /// The span of the row itself: its keys are keys of the row, all of them or none.
    Place,
}

/// The keys of an object, in the order in which they are kept: those first that are most often there.
pub(crate) type Keys = &'static [(&'static str, Shape)];

/// The keys that make a span.
pub(crate) const SPAN_KEYS: Keys = &[
    ("start", Shape::Whole),
    ("end", Shape::Whole),
    ("byte_start", Shape::Whole),
    ("byte_end", Shape::Whole),
    ("text", Shape::Text),
];

impl Shape {
    /// Whether a value is so, with every key that it has.
    pub(crate) fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null) | (Shape::Text | Shape::Word | Shape::Id(_), Value::String(_)) => true,
            (Shape::Real, Value::Number(number)) => number.as_f64().is_some(),
            (Shape::Whole, Value::Number(number)) => number.as_i64().is_some(),
            (Shape::List(element), Value::Array(values)) => {
                values.iter().all(|value| !value.is_null() && element.fits(value))
            }
            (Shape::Object(_) | Shape::Span(_), Value::Object(object)) => {
                let fits = |(key, value): (&String, &Value)| {
                    self.keys().any(|(own, shape)| own == key && shape.fits(value))
                };
                object.iter().all(fits)
            }
            _ => false,
        }
    }

    /// The keys of its objects.
    pub(crate) fn keys(self) -> impl Iterator<Item = (&'static str, Shape)> {
        let (own, more): (Keys, Keys) = match self {
            Shape::Object(keys) => (keys, &[]),
            Shape::Span(more) => (SPAN_KEYS, more),
            Shape::Place => (SPAN_KEYS, &[]),
            _ => (&[], &[]),
        };
        own.iter().chain(more).copied()
    }

    /// Whether it has no parts.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Shape::Text | Shape::Word | Shape::Id(_) | Shape::Real | Shape::Whole)
    }

    /// How many parts it has that have no parts.
    pub(crate) fn leaves(self) -> usize {
        match self {
            Shape::List(element) => element.leaves(),
            Shape::Object(_) | Shape::Span(_) | Shape::Place => {
                self.keys().map(|(_, shape)| shape.leaves()).sum()
            }
            _ => 1,
        }
    }

    /// Whether it is the pieces of one thing.
    pub(crate) fn is_spans(self) -> bool {
        self == SPANS
    }
}

/// Strings.
const TEXTS: Shape = Shape::List(&Shape::Text);

/// Keys of the row, or the like.
const WORDS: Shape = Shape::List(&Shape::Word);

const ENTITY_IDS: Shape = Shape::List(&Shape::Id("entities"));

const SPAN: Shape = Shape::Span(&[]);

/// The pieces of one thing.
pub(crate) const SPANS: Shape = Shape::List(&SPAN);

const MENTIONS: Shape = Shape::List(&Shape::Span(&[("kind", Shape::Word), ("maker", Shape::Word)]));

const SPEAKERS: Shape = Shape::List(&Shape::Object(&[
    ("entity", Shape::Id("entities")),
    ("kind", Shape::Word),
    ("as_written", SPAN),
    ("score", Shape::Real),
    ("maker", Shape::Word),
    ("number", Shape::Whole),
    ("reason", SPANS),
]));

/// The words that the values of a post rest on.
const EVIDENCE: Shape = Shape::Object(&[
    ("person", SPANS),
    ("title", SPANS),
    ("organization", SPANS),
    ("area", SPANS),
    ("party", SPANS),
    ("status", SPANS),
    ("since", SPANS),
    ("until", SPANS),
]);

/// One side of a link or a condition: an event, the words, or both.
const SIDE: Shape = Shape::Object(&[("event", Shape::Id("events")), ("spans", SPANS)]);

const SIDES: Shape = Shape::List(&SIDE);

const fn column(key: &'static str, shape: Shape) -> Column {
    Column { key, shape }
}

const fn text(key: &'static str) -> Column {
    column(key, Shape::Text)
}

const fn texts(key: &'static str) -> Column {
    column(key, TEXTS)
}

const fn word(key: &'static str) -> Column {
    column(key, Shape::Word)
}

const fn words(key: &'static str) -> Column {
    column(key, WORDS)
}

const fn id(key: &'static str, list: &'static str) -> Column {
    column(key, Shape::Id(list))
}

const fn real(key: &'static str) -> Column {
    column(key, Shape::Real)
}

const fn spans(key: &'static str) -> Column {
    column(key, SPANS)
}

/// The span of the row itself.
const fn place() -> Column {
    column("span", Shape::Place)
}

/// The article and what is said of its reading, as if articles were a list.
pub(crate) const ARTICLES: List = List {
    name: "articles",
    prefix: None,
    columns: &[
        text("publisher"),
        text("id"),
        text("text_sha256"),
        text("title"),
        text("url"),
        text("published"),
        text("language"),
        texts("inferred"),
        text("model"),
        texts("readings"),
        text("text"),
    ],
};

/// All lists, in the order of the wire form.
pub(crate) const LISTS: &[List] =
    &[ENTITIES, ATTRIBUTIONS, POSTS, TIMES, EVENTS, LINKS, CONDITIONS, WARNINGS];

const ENTITIES: List = List {
    name: "entities",
    prefix: Some('e'),
    columns: &[
        id("id", "entities"),
        word("kind"),
        text("name"),
        word("gender"),
        texts("ids"),
        column("mentions", MENTIONS),
    ],
};

const ATTRIBUTIONS: List = List {
    name: "attributions",
    prefix: Some('a'),
    columns: &[
        id("id", "attributions"),
        word("form"),
        spans("source"),
        spans("cue"),
        spans("content"),
        column("speakers", SPEAKERS),
        word("stance"),
        word("polarity"),
        spans("addressee"),
        column("about", ENTITY_IDS),
        id("inside", "attributions"),
        id("when", "times"),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const POSTS: List = List {
    name: "posts",
    prefix: Some('p'),
    columns: &[
        id("id", "posts"),
        id("person", "entities"),
        text("title"),
        text("organization"),
        text("area"),
        text("party"),
        id("of_person", "entities"),
        word("status"),
        word("capacity"),
        word("standing"),
        text("since"),
        text("until"),
        text("as_of"),
        id("duration", "times"),
        id("asserted_by", "attributions"),
        column("evidence", EVIDENCE),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const TIMES: List = List {
    name: "times",
    prefix: Some('t'),
    columns: &[
        id("id", "times"),
        place(),
        word("type"),
        text("value"),
        word("mod"),
        word("quant"),
        word("freq"),
        word("anchor"),
        id("begin", "times"),
        id("end_point", "times"),
        text("earliest"),
        text("latest"),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const EVENTS: List = List {
    name: "events",
    prefix: Some('v'),
    columns: &[
        id("id", "events"),
        word("kind"),
        spans("trigger"),
        spans("extent"),
        column("agents", ENTITY_IDS),
        word("act"),
        spans("object"),
        word("standing"),
        id("when", "times"),
        id("asserted_by", "attributions"),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const LINKS: List = List {
    name: "links",
    prefix: Some('l'),
    columns: &[
        id("id", "links"),
        word("kind"),
        column("from", SIDE),
        column("to", SIDE),
        spans("signal"),
        word("standing"),
        id("asserted_by", "attributions"),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const CONDITIONS: List = List {
    name: "conditions",
    prefix: Some('c'),
    columns: &[
        id("id", "conditions"),
        word("kind"),
        word("join"),
        column("if", SIDES),
        column("then", SIDES),
        spans("signal"),
        id("asserted_by", "attributions"),
        real("score"),
        word("maker"),
        words("inferred"),
    ],
};

const WARNINGS: List =
    List { name: "warnings", prefix: None, columns: &[word("code"), text("message"), place()] };

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_fits_with_every_key() {
        let check =
            |shape: Shape, value: Value, expected: bool| assert_eq!(shape.fits(&value), expected, "{value}");
        let span = json!({"start": 0, "end": 2, "byte_start": 0, "byte_end": 2, "text": "It"});
        check(SPANS, json!([]), true);
        check(SPANS, json!([span]), true);
        check(SPANS, json!([span, null]), false);
        check(SPANS, span.clone(), false);
        check(SIDE, json!({"event": null, "spans": [span]}), true);
        check(SIDE, json!({"event": "v1", "spans": [], "newer": 1}), false);
        check(TEXTS, json!(["e1", 2]), false);
        check(Shape::Whole, json!(1.5), false);
        check(Shape::Whole, json!(u64::MAX), false);
        check(Shape::Real, json!(1), true);
        check(Shape::Text, json!(1), false);
        check(Shape::Text, Value::Null, true);
    }

    /// The shape that a JSON Schema describes, as text; `-` where it allows nothing.
    fn described(schema: &Value, all: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str() {
            return described(&all["$defs"][name.rsplit('/').next().unwrap()], all);
        }
        if let Some(one) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
            return described(&one[0], all);
        }
        let types = &schema["type"];
        match types.as_str().or(types[0].as_str()) {
            Some("string") => "text".to_owned(),
            Some("number") => "real".to_owned(),
            Some("integer") => "whole".to_owned(),
            Some("array") => format!("[{}]", described(&schema["items"], all)),
            Some("object") => keys(
                schema["properties"]
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(key, value)| (key.as_str(), described(value, all))),
            ),
            _ => "-".to_owned(),
        }
    }

    fn written(shape: Shape) -> String {
        match shape {
            Shape::Text | Shape::Word | Shape::Id(_) => "text".to_owned(),
            Shape::Real => "real".to_owned(),
            Shape::Whole => "whole".to_owned(),
            Shape::List(element) => format!("[{}]", written(*element)),
            Shape::Object(_) | Shape::Span(_) | Shape::Place => {
                keys(shape.keys().map(|(key, shape)| (key, written(shape))))
            }
        }
    }

    fn keys<'a>(keys: impl Iterator<Item = (&'a str, String)>) -> String {
        let mut keys: Vec<String> = keys.map(|(key, shape)| format!("{key}: {shape}")).collect();
        keys.sort();
        format!("{{{}}}", keys.join(", "))
    }

    /// What is read has a column, and no column is of what no reading gives; of a reading that is not made yet, the
    /// schema says nothing.
    #[test]
    fn the_shapes_are_those_of_the_wire_form() {
        let schema: Value = serde_json::from_str(include_str!("../../../docs/record.schema.json")).unwrap();
        let mut compared = 0;
        for list in LISTS {
            let rows = described(&schema["properties"][list.name], &schema);
            if rows == "[-]" {
                continue;
            }
            let columns = list.columns.iter().flat_map(|column| match column.shape {
                Shape::Place => column.shape.keys().collect(),
                shape => vec![(column.key, shape)],
            });
            let columns = keys(columns.map(|(key, shape)| (key, written(shape))));
            assert_eq!(rows, format!("[{columns}]"), "{}", list.name);
            compared += 1;
        }
        assert!(compared >= 5, "{compared} lists are read");
        let of_record = ["model", "readings"];
        let columns = ARTICLES.columns.iter().filter(|column| !of_record.contains(&column.key));
        let columns = keys(columns.map(|column| (column.key, written(column.shape))));
        assert_eq!(described(&schema["properties"]["article"], &schema), columns);
        let known =
            ["onrecord", "article"].into_iter().chain(of_record).chain(LISTS.iter().map(|list| list.name));
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let keys = schema["properties"].as_object().unwrap().keys();
        assert_eq!(keys.collect::<Vec<_>>(), known);
    }
}
