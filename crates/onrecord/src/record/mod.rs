//! Which rows does the record keep? [`Readings`] → [`Claims`].
//!
//! In: readings. Out: claims with an id, a score, a maker and evidence each. It decides nothing about language:
//! it numbers, orders and proves. A claim without evidence or maker cannot be made. Read on in [`crate::wire`].

use sha2::{Digest, Sha256};

use crate::read::people::roster::Roster;
use crate::read::quote::Attribution;
use crate::read::time::Timex;
use crate::read::{Readings, cause, people};
use crate::{Document, Warning};

/// The rows that one article gives.
///
/// ```
/// let article = onrecord::Article::new("“He told me, ‘Go,’” Ana Roz said.");
/// let (document, claims) = onrecord::Engine::new().claims(article);
/// let inner = claims.attribution("a2").unwrap();
/// assert_eq!(document.slice(inner.attribution.content[0]), "‘Go,’");
/// assert_eq!(inner.inside.as_deref(), Some("a1"));
/// ```
#[derive(Clone, Debug)]
pub struct Claims {
    /// The article's identifier: the caller's, else its url, else `text_sha256`.
    pub article_id: String,
    /// SHA-256 of the UTF-8 text, in lower-case hex.
    pub text_sha256: String,
    /// The model that read the article, as `name@sha256`; `None` where rules alone read it.
    pub model: Option<String>,
    /// Who said what, in order of position.
    pub attributions: Vec<Said>,
    /// Who is mentioned, who speaks, who holds which post: entity `e1` is the first, post `p1` the first.
    pub people: people::Reading,
    /// For each entity its ids in a list of people that the user gave, see [`Claims::link`]; empty without one.
    pub ids: Vec<Vec<String>>,
    /// Time expressions, in order of position.
    pub times: Vec<Time>,
    /// What happened, and what hangs on what: event `v1` is the first, link `l1`, condition `c1`. What they point at are
    /// indexes into the lists here.
    pub cause: cause::Reading,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

/// One row of who said what.
#[derive(Clone, Debug)]
pub struct Said {
    /// `a1`, `a2` … in order of position.
    pub id: String,
    /// What was read, with its maker.
    pub attribution: Attribution,
    /// The row that this one is reported within.
    pub inside: Option<String>,
    /// The time at which it was said.
    pub when: Option<String>,
}

/// One row of when.
#[derive(Clone, Debug)]
pub struct Time {
    /// `t1`, `t2` … in order of position.
    pub id: String,
    /// What was read, with its maker. What it points at are indexes into [`Claims::times`].
    pub timex: Timex,
}

impl Claims {
    /// The row with this id.
    pub fn attribution(&self, id: &str) -> Option<&Said> {
        self.attributions.iter().find(|said| said.id == id)
    }

    /// Looks everyone up in a list of people. What fits several stays open and becomes a warning.
    pub fn link(&mut self, document: &Document, roster: &Roster) {
        let linked = roster.link(document, &self.people);
        self.ids = linked.ids;
        self.warnings.extend(linked.warnings);
        self.warnings.sort();
    }

    /// The time with this id.
    pub fn time(&self, id: &str) -> Option<&Time> {
        self.times.iter().find(|time| time.id == id)
    }
}

/// Turns readings into claims. `model` is the one that helped to read.
pub fn claims(document: &Document, readings: &Readings, model: Option<String>) -> Claims {
    let article = document.article();
    let text_sha256 = hex(&Sha256::digest(article.text.as_bytes()));
    let article_id = article.id.as_ref().or(article.url.as_ref()).unwrap_or(&text_sha256).clone();
    let attributions = readings.quote.attributions.iter().enumerate().map(|(index, attribution)| Said {
        id: row_id(index),
        inside: attribution.inside.map(row_id),
        when: readings.time.said.get(index).copied().flatten().map(time_id),
        attribution: attribution.clone(),
    });
    let times = readings.time.times.iter().enumerate();
    let times = times.map(|(index, timex)| Time { id: time_id(index), timex: timex.clone() }).collect();
    let mut warnings = document.warnings().to_vec();
    warnings.extend(people::look::warnings(document, &readings.people));
    warnings.extend(readings.time.warnings.iter().cloned());
    warnings.sort();
    Claims {
        article_id,
        text_sha256,
        model,
        attributions: attributions.collect(),
        people: readings.people.clone(),
        ids: Vec::new(),
        times,
        cause: readings.cause.clone(),
        warnings,
    }
}

pub(crate) fn row_id(index: usize) -> String {
    format!("a{}", index + 1)
}

pub(crate) fn time_id(index: usize) -> String {
    format!("t{}", index + 1)
}

pub(crate) fn event_id(index: usize) -> String {
    format!("v{}", index + 1)
}

pub(crate) fn link_id(index: usize) -> String {
    format!("l{}", index + 1)
}

pub(crate) fn condition_id(index: usize) -> String {
    format!("c{}", index + 1)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}
