//! The lists of the wire form as tables: one row of a list is one row of a table, its keys are the columns.
//!
//! In: nothing; this is data. Out: [`LISTS`], by which rows are checked, kept, read back, hashed and written as
//! columns, so that each key is named once. A key that a table has no column for stays in its column `more`, so that a
//! newer engine's rows are kept whole. Read on in [`crate::compact`] for how spans are written.

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

/// What a value is made of, down to what is not made of anything else. Any of it may be null.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Text,
    Real,
    Whole,
    List(&'static Shape),
    Object(&'static [(&'static str, Shape)]),
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
