//! Which posts are found, with the person who holds them?
//!
//! In: an article with its marked posts, and its record. Out: [`Posts`]. It looks at person, title, status and capacity.
//!
//! A row matches a marked post when its person's name [is clearly the same](super::person), status and capacity are
//! equal (null is a value like the others), and the titles are the same: both are null, or they share a character and
//! have the same head at the same place of the text. The head is the last word before the first comma, bracket, or one of
//! "of", "in", "on", "for", "to", "at", "with", "under", "from"; the word is taken whole where a span cuts it.
//! Matching is one to one: the titles that share the most first, then the earlier row, then the earlier marked post.
//!
//! The gold has the posts of people with a name. So a row whose person has none is set aside, and so is one that says
//! that the post is not held: in a condition, in a wish, denied (`standing`).

use std::ops::AddAssign;

use super::Text;
use super::counts::Tally;
use super::person::{Known, Sort};
use crate::Span;
use crate::corpus::people::{Article, Held};
use crate::error::mistake::Mistake;
use crate::prediction::record::{Post, Record};

/// Counts of one article, or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// By what must agree, in the order of [`MEASURES`].
    pub by_measure: [Tally; MEASURES.len()],
    /// By what the post is, as `post` counts; in the order of [`KINDS`].
    pub by_kind: [Tally; KINDS.len()],
    /// Rows that were not counted.
    pub set_aside: usize,
}

/// `post`: all four. `exact`: and the titles are the same to the character, when trimmed. `anywhere`: the heads of the
/// titles are the same word, wherever it stands. The others: only what they name.
pub const MEASURES: [&str; 6] = ["post", "exact", "anywhere", "person_title", "person", "title"];

/// A kind is a status, a capacity, or the lack of a title. Each side goes by its own.
pub const KINDS: [&str; 9] = [
    "current",
    "former",
    "future",
    "status_null",
    "nominee",
    "candidate",
    "acting",
    "capacity_null",
    "title_null",
];

/// A post of either side.
struct Weighed<'p> {
    person: &'p str,
    title: Vec<Span>,
    /// The place of the head, and the word.
    head: Option<(Span, String)>,
    status: Option<&'p str>,
    capacity: Option<&'p str>,
}

/// A row and a marked post: how much of their titles they share, and their numbers.
type Pair = (usize, usize, usize);

impl Posts {
    /// Compares one article.
    pub fn new(text: &Text, article: &Article, record: &Record, mistakes: &mut Vec<Mistake>) -> Posts {
        let gold: Vec<Weighed<'_>> = article.posts.iter().map(|held| Weighed::marked(text, held)).collect();
        let rows = record.posts.iter().filter(|post| is_held(post));
        let read: Vec<Weighed<'_>> = rows.filter_map(|post| Weighed::read(text, post, record)).collect();
        let people = record.entities.iter().filter(|entity| entity.kind == "person");
        let named = article.speakers.iter().flat_map(|spoken| &spoken.who).filter(|who| who.kind == "named");
        let known = Known::new(
            people
                .filter_map(|entity| entity.name.as_deref())
                .chain(gold.iter().map(|post| post.person))
                .chain(named.filter_map(|who| who.name.as_deref())),
        );
        let mut posts = Posts { set_aside: record.posts.len() - read.len(), ..Posts::default() };
        for (tally, measure) in posts.by_measure.iter_mut().zip(MEASURES) {
            let pairs = one_to_one(&read, &gold, |read, gold| agree(measure, read, gold, &known));
            *tally = Tally { predicted: read.len(), gold: gold.len(), hits: pairs.len(), found: pairs.len() };
        }
        let pairs = one_to_one(&read, &gold, |read, gold| agree("post", read, gold, &known));
        for (tally, kind) in posts.by_kind.iter_mut().zip(KINDS) {
            *tally = Tally {
                predicted: read.iter().filter(|post| post.is(kind)).count(),
                gold: gold.iter().filter(|post| post.is(kind)).count(),
                hits: pairs.iter().filter(|pair| read[pair.1].is(kind)).count(),
                found: pairs.iter().filter(|pair| gold[pair.2].is(kind)).count(),
            };
        }
        unmatched(&read, &gold, &pairs, &known, mistakes);
        posts
    }
}

/// Whether a row says that somebody holds, held or may come to hold the post.
fn is_held(post: &Post) -> bool {
    !matches!(post.standing.as_deref(), Some("conditional" | "denied" | "possible"))
}

fn agree(measure: &str, read: &Weighed<'_>, gold: &Weighed<'_>, known: &Known) -> bool {
    let person = || known.is_same(gold.person, read.person, Sort::Person);
    let manner = || read.status == gold.status && read.capacity == gold.capacity;
    let heads = || read.head.as_ref().map(|head| &head.1) == gold.head.as_ref().map(|head| &head.1);
    match measure {
        "post" => read.same_title(gold) && person() && manner(),
        "exact" => read.title == gold.title && person() && manner(),
        "anywhere" => heads() && person() && manner(),
        "person_title" => read.same_title(gold) && person(),
        "person" => person(),
        _ => read.same_title(gold),
    }
}

fn one_to_one(
    read: &[Weighed<'_>],
    gold: &[Weighed<'_>],
    agree: impl Fn(&Weighed<'_>, &Weighed<'_>) -> bool,
) -> Vec<Pair> {
    let mut candidates: Vec<Pair> = Vec::new();
    for (r, post) in read.iter().enumerate() {
        for (g, held) in gold.iter().enumerate() {
            if agree(post, held) {
                candidates.push((post.shared(held), r, g));
            }
        }
    }
    // Stable: what shares as much stays in the order of the loops.
    candidates.sort_by_key(|pair| usize::MAX - pair.0);
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in candidates {
        if pairs.iter().all(|other| other.1 != pair.1 && other.2 != pair.2) {
            pairs.push(pair);
        }
    }
    pairs
}

fn unmatched(
    read: &[Weighed<'_>],
    gold: &[Weighed<'_>],
    pairs: &[Pair],
    known: &Known,
    mistakes: &mut Vec<Mistake>,
) {
    let left_gold = gold.iter().enumerate().filter(|(g, _)| pairs.iter().all(|pair| pair.2 != *g));
    for (_, held) in left_gold {
        let near = read.iter().find(|post| post.same_title(held) && !held.title.is_empty());
        let class = match near {
            None => "post missed".to_owned(),
            Some(post) => format!("post missed {}", differs(post, held, known)),
        };
        mistakes.push(held.mistake(class, held.shown(), near.map_or(String::new(), Weighed::shown), 'g'));
    }
    let left_read = read.iter().enumerate().filter(|(r, _)| pairs.iter().all(|pair| pair.1 != *r));
    for (_, post) in left_read {
        let near = gold.iter().find(|held| post.same_title(held) && !held.title.is_empty());
        let class = match near {
            None => "post surplus".to_owned(),
            Some(held) => format!("post surplus {}", differs(post, held, known)),
        };
        mistakes.push(post.mistake(class, near.map_or(String::new(), Weighed::shown), post.shown(), 'r'));
    }
}

/// What two posts with the same title differ in.
fn differs(read: &Weighed<'_>, gold: &Weighed<'_>, known: &Known) -> &'static str {
    if !known.is_same(gold.person, read.person, Sort::Person) {
        "person"
    } else if read.status != gold.status {
        "status"
    } else if read.capacity != gold.capacity {
        "capacity"
    } else {
        "twice"
    }
}

impl<'p> Weighed<'p> {
    fn marked(text: &Text, held: &'p Held) -> Weighed<'p> {
        let title: Vec<Span> = held.title.into_iter().map(|span| text.trim(span)).collect();
        Weighed {
            person: &held.person,
            head: head(text, &title),
            title,
            status: held.status.as_deref(),
            capacity: held.capacity.as_deref(),
        }
    }

    fn read(text: &Text, post: &'p Post, record: &'p Record) -> Option<Weighed<'p>> {
        let person = record.entity(post.person.as_deref())?.name.as_deref()?;
        let mut title = post.title_spans();
        title.retain(|span| span.start < span.end && span.end <= text.chars.len());
        title.sort_unstable();
        for span in &mut title {
            *span = text.trim(*span);
        }
        title.retain(|span| span.start < span.end);
        Some(Weighed {
            person,
            head: head(text, &title),
            title,
            status: post.status.as_deref(),
            capacity: post.capacity.as_deref(),
        })
    }

    fn same_title(&self, other: &Weighed<'_>) -> bool {
        match (&self.head, &other.head) {
            (None, None) => true,
            (Some((here, _)), Some((there, _))) => here == there && self.shared(other) > 0,
            _ => false,
        }
    }

    /// How many characters the titles share.
    fn shared(&self, other: &Weighed<'_>) -> usize {
        let both = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
        self.title.iter().flat_map(|&a| other.title.iter().map(move |&b| both(a, b))).sum()
    }

    fn is(&self, kind: &str) -> bool {
        match kind {
            "status_null" => self.status.is_none(),
            "capacity_null" => self.capacity.is_none(),
            "title_null" => self.title.is_empty(),
            known => self.status == Some(known) || self.capacity == Some(known),
        }
    }

    fn shown(&self) -> String {
        let null = "null";
        let head = self.head.as_ref().map_or(null, |head| head.1.as_str());
        let (status, capacity) = (self.status.unwrap_or(null), self.capacity.unwrap_or(null));
        format!("{}, {head}, {status}, {capacity}", self.person)
    }

    fn mistake(&self, class: String, gold: String, read: String, mark: char) -> Mistake {
        self.title.iter().fold(Mistake::new(class, gold, read), |mistake, &span| mistake.marked(mark, span))
    }
}

/// Words that a title goes on behind, once its head is said.
const BEHIND: [&str; 9] = ["of", "in", "on", "for", "to", "at", "with", "under", "from"];

/// The head of a title, whole, and its place.
fn head(text: &Text, title: &[Span]) -> Option<(Span, String)> {
    let mut head: Option<Span> = None;
    for &token in text.tokens.iter().filter(|token| title.iter().any(|piece| piece.overlaps(**token))) {
        let word: String = text.slice(token).iter().flat_map(|c| c.to_lowercase()).collect();
        let ends = matches!(word.as_str(), "," | "(") || BEHIND.contains(&word.as_str());
        if ends && head.is_some() {
            break;
        }
        if word.chars().any(char::is_alphanumeric) {
            head = Some(token);
        }
    }
    head.map(|token| (token, text.slice(token).iter().flat_map(|c| c.to_lowercase()).collect()))
}

impl AddAssign for Posts {
    fn add_assign(&mut self, other: Posts) {
        for (sum, more) in self.by_measure.iter_mut().zip(other.by_measure) {
            *sum += more;
        }
        for (sum, more) in self.by_kind.iter_mut().zip(other.by_kind) {
            *sum += more;
        }
        self.set_aside += other.set_aside;
    }
}
