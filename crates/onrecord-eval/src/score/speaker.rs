//! Is it right who speaks?
//!
//! In: an article with its marked speakers, and its record. Out: [`Speakers`], over the attributions of the record that
//! match one of the gold on content, as [`super::matching`] pairs them. It never counts an attribution that was not
//! found: how many are is told by the tables of who said what.
//!
//! A row of `speakers` is right when its kind is that of a marked speaker and, where that has a name, its entity has a
//! name that [is clearly the same](super::person). An attribution is right when its rows and the marked speakers are as
//! many, and all rows are right. No row at all is wrong, also where the text does not say who speaks: then the record
//! says so.

use super::calibration::Bins;
use super::matching::{self, Weighed};
use super::person::{Known, Name, Sort};
use super::{Text, ratio};
use crate::corpus::people::{Article, Spoken, Who};
use crate::error::mistake::Mistake;
use crate::prediction::record::{Entity, Mention, Record, Said, Speaker};
use crate::{Attribution, Span};

/// From which score on a speaker counts as sure.
pub const SURE: f64 = 0.9;

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub right: usize,
    /// The whole.
    pub of: usize,
}

/// What is counted, each over the pairs that it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speakers {
    /// The gold attributions that were found, of all.
    pub matched: Share,
    /// By what the pair is about; see [`Speakers::GROUPS`].
    pub right: [Share; Speakers::GROUPS.len()],
    /// Of the attributions whose speakers all have a score of [`SURE`] and more.
    pub sure: Share,
    /// Of the rows whose entity has the marked person's name, those that have it to the word.
    pub to_the_word: Share,
    /// Of the rows that are rightly unnamed, those with the marked number.
    pub number: Share,
    /// The scores of the rows.
    pub bins: Bins,
    /// Rows without a score.
    pub unscored: usize,
}

/// How the rows of a pair and its marked speakers go together.
struct Paired<'p> {
    spoken: &'p Spoken,
    rows: &'p [Speaker],
    /// For each row the marked speaker that it is.
    is: Vec<Option<usize>>,
}

/// The names of an article.
struct Names<'t> {
    text: &'t Text,
    people: Known,
    organizations: Known,
}

impl Speakers {
    /// What the attributions are grouped by. A group may be part of another.
    pub const GROUPS: [&str; 12] = [
        "all",
        "pronoun",
        "relative",
        "no_source",
        "named",
        "unnamed",
        "group",
        "organization",
        "document",
        "unstated",
        "several",
        "held",
    ];

    /// Compares one article.
    pub fn add(&mut self, text: &Text, article: &Article, record: &Record, mistakes: &mut Vec<Mistake>) {
        self.bins.begin_article();
        let length = text.chars.len();
        let spans: Vec<Attribution> =
            record.attributions.iter().map(|said| said.attribution(length)).collect();
        let with_content = |given: &&Attribution| !given.content.is_empty();
        let said: Vec<&Said> = record
            .attributions
            .iter()
            .zip(&spans)
            .filter(|(_, given)| with_content(given))
            .map(|(said, _)| said)
            .collect();
        let marked: Vec<Attribution> =
            article.speakers.iter().map(|spoken| spoken.attribution.clone()).collect();
        let (read, gold) = (Weighed::all(text, &spans), Weighed::all(text, &marked));
        let names = Names::of(text, article, record);
        let candidates = matching::candidates(&read, &gold, text);
        let pairs = matching::one_to_one(&candidates, |_| true);
        self.matched.right += pairs.len();
        self.matched.of += gold.len();
        for pair in pairs {
            let (spoken, said) = (&article.speakers[pair.gold], said[pair.predicted]);
            let is = names.pair(&spoken.who, &said.speakers, record);
            let paired = Paired { spoken, rows: &said.speakers, is };
            self.count(&paired, record);
            self.group(text, &paired, said.is_held());
            if !paired.is_right() {
                mistakes.push(paired.mistake(record, said));
            }
        }
    }

    /// Counts what is about single rows.
    fn count(&mut self, paired: &Paired<'_>, record: &Record) {
        for (row, is) in paired.rows.iter().zip(&paired.is) {
            match row.score {
                Some(score) => self.bins.add(score, is.is_some()),
                None => self.unscored += 1,
            }
            let Some(who) = is.map(|at| &paired.spoken.who[at]) else { continue };
            if let Some(name) = who.name.as_deref().filter(|_| who.kind == "named") {
                let read = record.entity(row.entity.as_deref()).and_then(|entity| entity.name.as_deref());
                self.to_the_word.count(read.is_some_and(|read| Name::new(read) == Name::new(name)));
            }
            if let Some(number) = who.number.filter(|_| who.kind == "unnamed") {
                self.number.count(row.number == Some(number));
            }
        }
    }

    /// Counts the attribution in each group that it belongs to.
    fn group(&mut self, text: &Text, paired: &Paired<'_>, held: bool) {
        let Spoken { attribution, who } = paired.spoken;
        let right = paired.is_right();
        let source = source(text, &attribution.source);
        for (share, group) in self.right.iter_mut().zip(Speakers::GROUPS) {
            let belongs = match group {
                "all" => true,
                "held" => held,
                "pronoun" => PRONOUNS.contains(&source.as_str()),
                "relative" => RELATIVES.contains(&source.as_str()),
                "no_source" => attribution.source.is_empty(),
                "several" => who.len() > 1,
                kind => matches!(&who[..], [only] if only.kind == kind),
            };
            if belongs {
                share.count(right);
            }
        }
        if !paired.rows.is_empty() && paired.rows.iter().all(|row| row.score >= Some(SURE)) {
            self.sure.count(right);
        }
    }
}

/// Pronouns that stand for a speaker and do not join a relative clause to it.
const PRONOUNS: [&str; 23] = [
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "he", "him", "his", "she",
    "her", "hers", "it", "its", "they", "them", "their", "theirs",
];

/// Those that do.
const RELATIVES: [&str; 5] = ["who", "whom", "whose", "which", "that"];

/// The words of a source, in lower case.
fn source(text: &Text, pieces: &[Span]) -> String {
    let words = pieces.iter().flat_map(|&piece| text.slice(text.trim(piece)));
    words.flat_map(|c| c.to_lowercase()).collect()
}

impl Names<'_> {
    fn of<'t>(text: &'t Text, article: &Article, record: &Record) -> Names<'t> {
        let marked = |kind: &'static str| {
            let who = article.speakers.iter().flat_map(|spoken| &spoken.who);
            who.filter(move |who| who.kind == kind).filter_map(|who| who.name.as_deref())
        };
        let read = |is: fn(&str) -> bool| {
            let entities = record.entities.iter().filter(move |entity| is(&entity.kind));
            entities.filter_map(|entity| entity.name.as_deref())
        };
        let holders = article.posts.iter().map(|held| held.person.as_str());
        Names {
            text,
            people: Known::new(marked("named").chain(holders).chain(read(|kind| kind == "person"))),
            organizations: Known::new(
                marked("organization").chain(read(|kind| matches!(kind, "organization" | "place" | "group"))),
            ),
        }
    }

    /// For each row, the first marked speaker that it is and that no row before it was.
    fn pair(&self, who: &[Who], rows: &[Speaker], record: &Record) -> Vec<Option<usize>> {
        let mut taken = vec![false; who.len()];
        let pair = |row: &Speaker| {
            let entity = record.entity(row.entity.as_deref());
            let found = (0..who.len()).find(|&at| !taken[at] && self.is(&who[at], row, entity));
            if let Some(at) = found {
                taken[at] = true;
            }
            found
        };
        rows.iter().map(pair).collect()
    }

    fn is(&self, who: &Who, row: &Speaker, entity: Option<&Entity>) -> bool {
        let read = entity.and_then(|entity| entity.name.as_deref());
        who.kind == row.kind
            && match (&who.name, who.kind.as_str()) {
                (None, _) => true,
                (Some(name), "named") => {
                    read.is_some_and(|read| self.people.is_same(name, read, Sort::Person))
                }
                (Some(name), _) => match read {
                    Some(read) => self.organizations.is_same(name, read, Sort::Organization),
                    None => self.is_called(&Name::new(name), row, entity),
                },
            }
    }

    /// Whether what has no name in the record is called so somewhere.
    fn is_called(&self, name: &Name, row: &Speaker, entity: Option<&Entity>) -> bool {
        let mentions = entity.map_or(&[][..], |entity| &entity.mentions).iter().map(Mention::span);
        let mut places = mentions.chain(row.as_written()).filter(|span| span.end <= self.text.chars.len());
        places.any(|span| Name::new(&self.text.slice(span).iter().collect::<String>()) == *name)
    }
}

impl Paired<'_> {
    fn is_right(&self) -> bool {
        self.is.len() == self.spoken.who.len() && self.is.iter().all(Option::is_some)
    }

    fn mistake(&self, record: &Record, said: &Said) -> Mistake {
        let gold = self.spoken.who.iter().map(|who| {
            let name = who.name.as_deref().unwrap_or("");
            format!("{} {name}", who.kind)
        });
        let read = self.rows.iter().map(|row| {
            let entity = record.entity(row.entity.as_deref());
            let name = entity.map_or("no entity", |entity| entity.name.as_deref().unwrap_or("no name"));
            let score = row.score.map_or_else(|| "no score".to_owned(), |score| format!("{score:.2}"));
            format!("{} {name} ({score})", row.kind)
        });
        let join = |all: Vec<String>| if all.is_empty() { "none".to_owned() } else { all.join("; ") };
        let wanted = self.spoken.who.first().map_or("nobody", |who| who.kind.as_str());
        let class = match self.rows.first() {
            None => format!("speaker {wanted} missing"),
            Some(row) if self.rows.len() == self.spoken.who.len() && row.kind != wanted => {
                format!("speaker {wanted} read as {}", row.kind)
            }
            Some(_) if self.rows.len() != self.spoken.who.len() => {
                format!("speaker {wanted} number of speakers")
            }
            Some(_) => format!("speaker {wanted} other"),
        };
        let mut mistake = Mistake::new(class, join(gold.collect()), join(read.collect()));
        for &piece in &self.spoken.attribution.source {
            mistake = mistake.marked('s', piece);
        }
        for piece in said.attribution(usize::MAX).cue {
            mistake = mistake.marked('c', piece);
        }
        for &piece in &self.spoken.attribution.content {
            mistake = mistake.marked('q', piece);
        }
        mistake
    }
}

impl Share {
    /// One more of the whole.
    pub fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// The part by the whole.
    pub fn share(self) -> f64 {
        ratio(self.right, self.of)
    }
}
