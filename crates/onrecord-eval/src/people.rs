//! Names, mentions, who is who, speakers, posts and the scores of rows: corpora, read by an engine and compared.
//!
//! In: the corpora's folder, and an engine. Out: what is counted, one type for each command; `list` is handed each
//! mistake as it is found. It never keeps a text. Read on in [`crate::table::people`].

use std::path::Path;

use onrecord::Engine;

use crate::corpus::crossner::{self, Names as Marked};
use crate::corpus::people::Article;
use crate::corpus::{self, Split};
use crate::error::mistake::{Mistake, Shown};
use crate::prediction::record::{self, Record, Said};
use crate::score::calibration::Bins;
use crate::score::gap::Gap;
use crate::score::ground::Grounds;
use crate::score::mention::Mentions;
use crate::score::names::Names;
use crate::score::post::Posts;
use crate::score::speaker::Speakers;
use crate::score::{self, Text};
use crate::{Attribution, Error, Problems, Span};

/// What is done with a mistake.
pub type List<'l> = dyn FnMut(Shown<'_>) + 'l;

/// Names of CrossNER, and mentions of GUM.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    /// Each sentence read by itself.
    pub sentences: Names,
    /// The same sentences, some in each text.
    pub texts: Names,
    /// All documents together.
    pub mentions: Mentions,
}

/// Who is who, in GUM and GAP.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// The documents by name.
    pub documents: Vec<(String, Mentions)>,
    /// All passages.
    pub gap: Gap,
}

/// Who speaks, and why it is not said.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// On articles of dev.
    pub speakers: Speakers,
    /// On articles of train.
    pub grounds: Grounds,
}

/// Whether scores mean what they say.
#[derive(Clone, Debug, Default)]
pub struct Calibrated {
    /// Attributions of dev, right by the measure `attribution`.
    pub attributions: Bins,
    /// Rows of speakers, where the attribution was found.
    pub speakers: Bins,
    /// Rows of speakers without a score.
    pub unscored: usize,
}

/// Where the corpora and the marked people stand.
#[derive(Clone, Copy, Debug)]
pub struct Folders<'f> {
    /// The folder of all corpora.
    pub data: &'f Path,
    /// The file of marked people.
    pub gold: &'f Path,
}

/// Finds names and mentions.
///
/// # Errors
///
/// When a corpus is not there or broken.
pub fn found(
    engine: &Engine,
    Folders { data, .. }: Folders<'_>,
    list: &mut List<'_>,
) -> Result<Found, Error> {
    let sentences = crossner::sentences(data)?;
    let mut found = Found { sentences: names(engine, &sentences, list)?, ..Found::default() };
    // Mistakes in the joined texts are mostly the same ones.
    found.texts = names(engine, &crossner::texts(&sentences), &mut |_| {})?;
    for document in corpus::gum::read(data)? {
        let record = record::read(engine, &document.text)?;
        let mut mistakes = Vec::new();
        found.mentions += Mentions::new(&document.people, &record, &mut mistakes, &mut Vec::new());
        hand_out(&document.name, &Text::new(&document.text), &mistakes, list);
    }
    Ok(found)
}

fn names(engine: &Engine, texts: &[Marked], list: &mut List<'_>) -> Result<Names, Error> {
    let mut names = Names::default();
    for Marked { name, text, marked } in texts {
        let record = record::read(engine, text)?;
        let mut mistakes = Vec::new();
        names += Names::new(marked, &record, &mut mistakes);
        hand_out(name, &Text::new(text), &mistakes, list);
    }
    Ok(names)
}

/// Finds who is who.
///
/// # Errors
///
/// When a corpus is not there or broken.
pub fn linked(
    engine: &Engine,
    Folders { data, .. }: Folders<'_>,
    list: &mut List<'_>,
) -> Result<Linked, Error> {
    let mut linked = Linked::default();
    for document in corpus::gum::read(data)? {
        let record = record::read(engine, &document.text)?;
        let mut mistakes = Vec::new();
        let mentions = Mentions::new(&document.people, &record, &mut Vec::new(), &mut mistakes);
        hand_out(&document.name, &Text::new(&document.text), &mistakes, list);
        linked.documents.push((document.name, mentions));
    }
    for passage in corpus::gap::read(data)? {
        let record = record::read(engine, &passage.text)?;
        let mut mistakes = Vec::new();
        linked.gap += Gap::new(&passage, &record, &mut mistakes);
        hand_out(&passage.name, &Text::new(&passage.text), &mistakes, list);
    }
    Ok(linked)
}

/// Finds who speaks, and the stated grounds.
///
/// # Errors
///
/// When a corpus is not there or broken.
pub fn spoken(engine: &Engine, folders: Folders<'_>, list: &mut List<'_>) -> Result<Spoken, Error> {
    let mut spoken = Spoken::default();
    for article in articles(folders, Split::Dev)? {
        let (text, record) = (Text::new(&article.text), record::read(engine, &article.text)?);
        let mut mistakes = Vec::new();
        spoken.speakers.add(&text, &article, &record, &mut mistakes);
        hand_out(&article.name, &text, &mistakes, list);
    }
    for article in articles(folders, Split::Train)? {
        let (text, record) = (Text::new(&article.text), record::read(engine, &article.text)?);
        let mut mistakes = Vec::new();
        spoken.grounds += Grounds::new(&text, &article, &record, &mut mistakes);
        hand_out(&article.name, &text, &mistakes, list);
    }
    Ok(spoken)
}

/// Finds posts.
///
/// # Errors
///
/// When a corpus is not there or broken.
pub fn held(engine: &Engine, folders: Folders<'_>, list: &mut List<'_>) -> Result<Posts, Error> {
    let mut posts = Posts::default();
    for article in articles(folders, Split::Dev)? {
        let (text, record) = (Text::new(&article.text), record::read(engine, &article.text)?);
        let mut mistakes = Vec::new();
        posts += Posts::new(&text, &article, &record, &mut mistakes);
        hand_out(&article.name, &text, &mistakes, list);
    }
    Ok(posts)
}

/// Compares scores with how often rows are right. Lists the attributions that are wrong though sure.
///
/// # Errors
///
/// When a corpus is not there or broken.
pub fn calibrated(engine: &Engine, folders: Folders<'_>, list: &mut List<'_>) -> Result<Calibrated, Error> {
    let Spoken { speakers, .. } = spoken(engine, folders, &mut |_| {})?;
    let mut calibrated =
        Calibrated { speakers: speakers.bins, unscored: speakers.unscored, ..Calibrated::default() };
    for article in corpus::polnear::read(folders.data, Split::Dev)? {
        let (text, record) = (Text::new(&article.text), record::read(engine, &article.text)?);
        let mut mistakes = Vec::new();
        calibrated.attributions.begin_article();
        for (said, content, right) in held_rows(&text, article.gold, &record) {
            // Without a score a row says that it is right.
            let score = said.score.unwrap_or(1.0);
            calibrated.attributions.add(score, right);
            if !right && score >= score::speaker::SURE {
                let class = format!("attribution wrong though sure {}", said.maker);
                let mistake = Mistake::new(class, "", format!("score {score:.2}"));
                mistakes.push(content.iter().fold(mistake, |mistake, &piece| mistake.marked('q', piece)));
            }
        }
        hand_out(&article.name, &text, &mistakes, list);
    }
    Ok(calibrated)
}

/// The attributions that the form of Citron holds, with their contents, and whether they match by the measure
/// `attribution`.
fn held_rows<'r>(
    text: &Text,
    gold: Vec<Attribution>,
    record: &'r Record,
) -> Vec<(&'r Said, Vec<Span>, bool)> {
    let length = text.chars.len();
    let admit = |attribution: Attribution| attribution.admit(length, &mut Problems::default());
    let gold: Vec<Attribution> = gold.into_iter().map(admit).collect();
    let held = record.attributions.iter().filter(|said| said.is_held());
    let (said, read): (Vec<&Said>, Vec<Attribution>) = held
        .map(|said| (said, said.attribution(length)))
        .filter(|(_, attribution)| !attribution.content.is_empty())
        .unzip();
    let matched = score::score(text, &gold, &read).matched;
    let is_matched = |at| matched.iter().any(|pair| pair.predicted == at);
    let rows = said.into_iter().zip(&read).enumerate();
    rows.map(|(at, (said, attribution))| (said, attribution.content.clone(), is_matched(at))).collect()
}

fn articles(Folders { data, gold }: Folders<'_>, split: Split) -> Result<Vec<Article>, Error> {
    corpus::people::read(data, gold, split)
}

fn hand_out(article: &str, text: &Text, mistakes: &[Mistake], list: &mut List<'_>) {
    for mistake in mistakes {
        list(Shown { article, text, mistake });
    }
}
