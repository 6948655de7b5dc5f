//! Who speaks, which posts people hold, and why sources are not named, as it was marked for this project.
//!
//! In: `people-gold.jsonl` beside the score tables, and the texts of PolNeAR that it names. Out: [`Article`]s.
//! It never holds text: that file has offsets and names.

use std::path::Path;

use serde::Deserialize;

use super::{Split, open, polnear};
use crate::{Attribution, Error, Span};

/// An article with what was marked in it.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Its name.
    pub name: String,
    /// The text.
    pub text: String,
    /// Who says what; on dev alone.
    pub speakers: Vec<Spoken>,
    /// Who holds which post; on dev alone.
    pub posts: Vec<Held>,
    /// Why sources are not named; on train alone.
    pub grounds: Vec<Ground>,
}

/// An attribution, and who speaks.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// Its content and source.
    pub attribution: Attribution,
    /// Who speaks: one, or several together.
    pub who: Vec<Who>,
}

/// Someone who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Who {
    /// What kind of speaker, as in the record.
    pub kind: String,
    /// The fullest name in the article of a person or an organization.
    pub name: Option<String>,
    /// How many unnamed people, where the text tells it.
    pub number: Option<u32>,
}

/// A post that somebody with a name holds, held or may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The fullest name in the article.
    pub person: String,
    /// Where its title stands; `None` where no word names the post.
    pub title: Option<Span>,
    /// `current`, `former`, `future`, or not said.
    pub status: Option<String>,
    /// `acting`, `interim`, `elect`, `nominee`, `candidate`, or held outright.
    pub capacity: Option<String>,
}

/// An unnamed source and the stated ground for not naming it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Where the source is described.
    pub description: Span,
    /// The stated ground.
    pub reason: Span,
    /// How many people, where the text tells it.
    pub number: Option<u32>,
}

/// Reads what `gold` holds about articles of `split`. `data` is the folder that holds `quotes/polnear`.
///
/// # Errors
///
/// When the file or a text is not there, or breaks its format.
pub fn read(data: &Path, gold: &Path, split: Split) -> Result<Vec<Article>, Error> {
    let mut articles = Vec::new();
    for (number, line) in (1..).zip(open(gold)?.lines()) {
        let row: Row = serde_json::from_str(line).map_err(|cause| {
            Error::malformed(gold, number, "an article with what was marked in it", cause.to_string())
        })?;
        // Each line is about dev or about train, and says so by what it holds.
        if row.grounds.is_some() == (split == Split::Train) {
            let text = polnear::text(data, split, &row.article)?;
            articles.push(row.article(text));
        }
    }
    Ok(articles)
}

#[derive(Deserialize)]
struct Row {
    article: String,
    #[serde(default)]
    speakers: Vec<SpokenRow>,
    #[serde(default)]
    posts: Vec<HeldRow>,
    grounds: Option<Vec<GroundRow>>,
}

type Ends = (usize, usize);

#[derive(Deserialize)]
struct SpokenRow {
    content: Vec<Ends>,
    source: Vec<Ends>,
    who: Vec<Who>,
}

#[derive(Deserialize)]
struct HeldRow {
    person: String,
    title: Option<Ends>,
    status: Option<String>,
    capacity: Option<String>,
}

#[derive(Deserialize)]
struct GroundRow {
    description: Ends,
    reason: Ends,
    number: Option<u32>,
}

impl Row {
    fn article(self, text: String) -> Article {
        let span = |(start, end): Ends| Span::new(start, end);
        let all = |pieces: Vec<Ends>| pieces.into_iter().map(span).collect();
        let spoken = |SpokenRow { content, source, who }| {
            let attribution = Attribution { content: all(content), source: all(source), cue: Vec::new() };
            Spoken { attribution, who }
        };
        let held = |HeldRow { person, title, status, capacity }| {
            let title = title.map(span);
            Held { person, title, status, capacity }
        };
        let ground = |GroundRow { description, reason, number }| {
            let (description, reason) = (span(description), span(reason));
            Ground { description, reason, number }
        };
        Article {
            name: self.article,
            text,
            speakers: self.speakers.into_iter().map(spoken).collect(),
            posts: self.posts.into_iter().map(held).collect(),
            grounds: self.grounds.unwrap_or_default().into_iter().map(ground).collect(),
        }
    }
}
