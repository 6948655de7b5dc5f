//! The way of `onrecord articles`: inputs, outcomes of intake, one line of JSON for each article.
//!
//! In: what the user asked for. Out: articles as intake made them, before anything was read. One article is held at a
//! time, so memory does not grow with the input. Characters that a terminal would obey are escapes, as in every JSON
//! of this command.

use std::io::{self, BufWriter, Write};

use onrecord::Article;
use onrecord_intake::{Item, Note, Place};
use serde::Serialize;

use crate::args;
use crate::format::Harmless;
use crate::input::{Entry, Inputs};
use crate::message::{Messages, Problem};

/// Prints what intake makes of the inputs.
pub(crate) fn run(args: &args::Articles, messages: &mut Messages) -> Result<(), Problem> {
    let inputs = Inputs::new(&args.paths.all()?, None)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for entry in inputs.entries() {
        let written = match entry {
            Entry::Article(item) => line(&mut out, &Line::of_item(&item)),
            Entry::Record(record) => match record.article() {
                Ok(article) => line(&mut out, &Line::of_article(&article, &record.place)),
                Err(error) => {
                    messages.refused(error);
                    Ok(())
                }
            },
            Entry::Refused(error) => {
                messages.refused(error);
                Ok(())
            }
            Entry::LeftOut(place, what) => {
                messages.warning(place, what);
                Ok(())
            }
            Entry::Problem(problem) => {
                messages.problem(&problem);
                Ok(())
            }
        };
        written.map_err(|error| Problem::stdout(&error))?;
    }
    out.flush().map_err(|error| Problem::stdout(&error))
}

/// An article as it is printed: the keys of JSONL, so that any line can be read again, and what is told about them.
#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    id: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    byline: Option<&'a str>,
    /// The keys whose value the input does not state.
    inferred: Vec<&'static str>,
    /// Where the article came from.
    place: String,
    /// When it was fetched.
    fetched: Option<&'a str>,
    /// What its bytes are.
    media_type: Option<&'a str>,
    encoding: Option<&'a str>,
    warnings: Vec<Warning<'a>>,
}

#[derive(Serialize)]
struct Warning<'a> {
    code: &'static str,
    message: &'a str,
}

impl<'a> Line<'a> {
    fn of_item(item: &'a Item) -> Line<'a> {
        let warning = |note: &'a Note| Warning { code: note.code, message: &note.message };
        Line {
            byline: item.byline.as_deref(),
            inferred: item.inferred.iter().map(|key| key.name()).collect(),
            fetched: item.fetched.as_deref(),
            media_type: Some(item.raw.media_type),
            encoding: Some(item.raw.encoding),
            warnings: item.notes.iter().map(warning).collect(),
            ..Line::of_article(&item.article, &item.place)
        }
    }

    fn of_article(article: &'a Article, place: &Place) -> Line<'a> {
        Line {
            text: &article.text,
            id: article.id.as_deref(),
            title: article.title.as_deref(),
            url: article.url.as_deref(),
            publisher: article.publisher.as_deref(),
            published: article.published.as_deref(),
            language: article.language.as_deref(),
            byline: None,
            inferred: Vec::new(),
            place: place.to_string(),
            fetched: None,
            media_type: None,
            encoding: None,
            warnings: Vec::new(),
        }
    }
}

fn line(out: &mut impl Write, line: &Line<'_>) -> io::Result<()> {
    let mut writer = serde_json::Serializer::with_formatter(&mut *out, Harmless);
    line.serialize(&mut writer)?;
    out.write_all(b"\n")
}
