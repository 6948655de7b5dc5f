//! The lists of the wire form as tables: one row of a list is one row of a table, its keys are the columns.
//!
//! In: nothing; this is data. Out: [`LISTS`], by which rows are checked, kept, read back, hashed and written as
//! columns, so that each key is named once. A key that a table has no column for stays in its column `more`, so that a
//! newer engine's rows are kept whole. Read on in [`crate::compact`] for how spans are written.

use serde_json::Value;

/// A list of the wire form and its table, which has the same name.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    /// Whether rows have an `id` of their own.
    pub(crate) has_ids: bool,
    /// Whether a search index refers to its rows, which then need a number of their own.
    pub(crate) is_searched: bool,
    /// Which keys name rows of which list.
    pub(crate) references: &'static [Reference],
}

/// A key of the rows of a list.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
    /// What its values are made of. A file with typed columns has to know that before it sees one.
    pub(crate) shape: Shape,
}

/// What a key holds. A value of another kind is kept in `more`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A string or null.
    Text,
    /// A number or null.
    Number,
    /// A list; empty is NULL.
    List,
    /// The mentions of an entity, each as a list that begins with its offsets ([`MENTION`]).
    Mentions,
    /// An object or null.
    Object,
    /// One of the four offsets of a row that stands at one place; its key is left out where it is NULL.
    Offset,
}

/// What a value is made of, down to what is not made of anything else. Any of it may be null, but no element of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Real,
    Whole,
    List(&'static Shape),
    Object(&'static [(&'static str, Shape)]),
}

impl Shape {
    /// Whether a value is so, with every key that it has.
    pub(crate) fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null) | (Shape::Text, Value::String(_)) => true,
            (Shape::Real, Value::Number(number)) => number.as_f64().is_some(),
            (Shape::Whole, Value::Number(number)) => number.as_i64().is_some(),
            (Shape::List(element), Value::Array(values)) => {
                values.iter().all(|value| !value.is_null() && element.fits(value))
            }
            (Shape::Object(keys), Value::Object(object)) => {
                let fits = |(key, value): (&String, &Value)| {
                    keys.iter().any(|(own, shape)| own == key && shape.fits(value))
                };
                object.iter().all(fits)
            }
            _ => false,
        }
    }

    /// How many parts it has that have no parts.
    pub(crate) fn leaves(self) -> usize {
        match self {
            Shape::Text | Shape::Real | Shape::Whole => 1,
            Shape::List(element) => element.leaves(),
            Shape::Object(keys) => keys.iter().map(|(_, shape)| shape.leaves()).sum(),
        }
    }

    /// Whether it is the pieces of one thing.
    pub(crate) fn is_spans(self) -> bool {
        self == SPANS
    }
}

/// Strings: ids of other rows, or keys.
const TEXTS: Shape = Shape::List(&Shape::Text);

const SPAN: Shape = Shape::Object(&[
    ("start", Shape::Whole),
    ("end", Shape::Whole),
    ("byte_start", Shape::Whole),
    ("byte_end", Shape::Whole),
    ("text", Shape::Text),
]);

/// The pieces of one thing.
const SPANS: Shape = Shape::List(&SPAN);

const MENTIONS: Shape = Shape::List(&Shape::Object(&[
    ("start", Shape::Whole),
    ("end", Shape::Whole),
    ("byte_start", Shape::Whole),
    ("byte_end", Shape::Whole),
    ("text", Shape::Text),
    ("kind", Shape::Text),
    ("maker", Shape::Text),
]));

const SPEAKERS: Shape = Shape::List(&Shape::Object(&[
    ("entity", Shape::Text),
    ("kind", Shape::Text),
    ("as_written", SPAN),
    ("number", Shape::Whole),
    ("reason", SPANS),
    ("score", Shape::Real),
    ("maker", Shape::Text),
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
const SIDE: Shape = Shape::Object(&[("event", Shape::Text), ("spans", SPANS)]);

const SIDES: Shape = Shape::List(&SIDE);

/// A path to ids of the rows of another list: `speakers[].entity`.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) path: &'static str,
    pub(crate) to: &'static str,
}

/// The keys of a mention beside its span, in the order in which they are kept.
pub(crate) const MENTION: [&str; 2] = ["kind", "maker"];

const fn text(key: &'static str) -> Column {
    Column { key, kind: Kind::Text, shape: Shape::Text }
}

const fn number(key: &'static str) -> Column {
    Column { key, kind: Kind::Number, shape: Shape::Real }
}

const fn texts(key: &'static str) -> Column {
    list(key, TEXTS)
}

const fn spans(key: &'static str) -> Column {
    list(key, SPANS)
}

const fn list(key: &'static str, shape: Shape) -> Column {
    Column { key, kind: Kind::List, shape }
}

const fn object(key: &'static str, shape: Shape) -> Column {
    Column { key, kind: Kind::Object, shape }
}

const fn offset(key: &'static str) -> Column {
    Column { key, kind: Kind::Offset, shape: Shape::Whole }
}

const fn to(path: &'static str, to: &'static str) -> Reference {
    Reference { path, to }
}

/// The article and what is said of its reading, as if articles were a list.
pub(crate) const ARTICLES: List = List {
    name: "articles",
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
    has_ids: false,
    is_searched: false,
    references: &[],
};

/// All lists, in the order of the wire form.
pub(crate) const LISTS: &[List] =
    &[ENTITIES, ATTRIBUTIONS, POSTS, TIMES, EVENTS, LINKS, CONDITIONS, WARNINGS];

const ENTITIES: List = List {
    name: "entities",
    columns: &[
        text("id"),
        text("kind"),
        text("name"),
        text("gender"),
        texts("ids"),
        Column { key: "mentions", kind: Kind::Mentions, shape: MENTIONS },
    ],
    has_ids: true,
    is_searched: true,
    references: &[],
};

const ATTRIBUTIONS: List = List {
    name: "attributions",
    columns: &[
        text("id"),
        text("form"),
        spans("source"),
        spans("cue"),
        spans("content"),
        list("speakers", SPEAKERS),
        text("stance"),
        text("polarity"),
        spans("addressee"),
        texts("about"),
        text("inside"),
        text("when"),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: true,
    references: &[
        to("speakers[].entity", "entities"),
        to("about[]", "entities"),
        to("inside", "attributions"),
        to("when", "times"),
    ],
};

const POSTS: List = List {
    name: "posts",
    columns: &[
        text("id"),
        text("person"),
        text("title"),
        text("organization"),
        text("area"),
        text("party"),
        text("of_person"),
        text("status"),
        text("capacity"),
        text("standing"),
        text("since"),
        text("until"),
        text("as_of"),
        text("duration"),
        text("asserted_by"),
        object("evidence", EVIDENCE),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: false,
    references: &[
        to("person", "entities"),
        to("of_person", "entities"),
        to("duration", "times"),
        to("asserted_by", "attributions"),
    ],
};

const TIMES: List = List {
    name: "times",
    columns: &[
        text("id"),
        offset("start"),
        offset("end"),
        offset("byte_start"),
        offset("byte_end"),
        text("type"),
        text("value"),
        text("mod"),
        text("quant"),
        text("freq"),
        text("anchor"),
        text("begin"),
        text("end_point"),
        text("earliest"),
        text("latest"),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: false,
    references: &[to("begin", "times"), to("end_point", "times")],
};

const EVENTS: List = List {
    name: "events",
    columns: &[
        text("id"),
        text("kind"),
        spans("trigger"),
        spans("extent"),
        texts("agents"),
        text("act"),
        spans("object"),
        text("standing"),
        text("when"),
        text("asserted_by"),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: false,
    references: &[to("agents[]", "entities"), to("when", "times"), to("asserted_by", "attributions")],
};

const LINKS: List = List {
    name: "links",
    columns: &[
        text("id"),
        text("kind"),
        object("from", SIDE),
        object("to", SIDE),
        spans("signal"),
        text("standing"),
        text("asserted_by"),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: false,
    references: &[to("from.event", "events"), to("to.event", "events"), to("asserted_by", "attributions")],
};

const CONDITIONS: List = List {
    name: "conditions",
    columns: &[
        text("id"),
        text("kind"),
        text("join"),
        list("if", SIDES),
        list("then", SIDES),
        spans("signal"),
        text("asserted_by"),
        number("score"),
        text("maker"),
        texts("inferred"),
    ],
    has_ids: true,
    is_searched: false,
    references: &[
        to("if[].event", "events"),
        to("then[].event", "events"),
        to("asserted_by", "attributions"),
    ],
};

const WARNINGS: List = List {
    name: "warnings",
    columns: &[
        text("code"),
        text("message"),
        offset("start"),
        offset("end"),
        offset("byte_start"),
        offset("byte_end"),
    ],
    has_ids: false,
    is_searched: false,
    references: &[],
};

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
            Shape::Text => "text".to_owned(),
            Shape::Real => "real".to_owned(),
            Shape::Whole => "whole".to_owned(),
            Shape::List(element) => format!("[{}]", written(*element)),
            Shape::Object(object) => keys(object.iter().map(|(key, shape)| (*key, written(*shape)))),
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
            let has_span = list.columns.iter().any(|column| column.kind == Kind::Offset);
            let text = has_span.then_some(("text", "text".to_owned()));
            let columns = list.columns.iter().map(|column| (column.key, written(column.shape)));
            assert_eq!(rows, format!("[{}]", keys(columns.chain(text))), "{}", list.name);
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
