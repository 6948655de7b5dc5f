//! What did the program read? Predictions, from files.
//!
//! In: a folder with a JSON file in the Citron format for each article. Out: [`Attribution`]s in code points.
//! It never looks at the gold. Read on in [`crate::score`].

use std::path::Path;
use std::{fs, io};

use serde::Deserialize;

use crate::{Attribution, Error, Problems, Span};

/// What a program read in one article.
#[derive(Clone, Debug, Default)]
pub struct Prediction {
    /// The attributions that are scored.
    pub attributions: Vec<Attribution>,
    /// Attributions reported within another one. They are not scored; the report of errors looks at them.
    pub nested: Vec<Attribution>,
    /// Spans that did not fit the text.
    pub problems: Problems,
}

/// Reads the predictions for the article `name` from `folder/NAME.json`; `None` where there is no such file.
///
/// # Errors
///
/// When the file cannot be read or is not JSON in the Citron format.
pub fn from_citron(folder: &Path, name: &str, text: &[char]) -> Result<Option<Prediction>, Error> {
    let path = folder.join(format!("{name}.json"));
    let json = match fs::read_to_string(&path) {
        Ok(json) => json,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::unreadable(&path, cause)),
    };
    let citron = serde_json::from_str(&json).map_err(|error| {
        Error::malformed(&path, None, "predictions in the JSON of Citron", error.to_string())
    })?;
    Ok(Some(from_json(citron, text)))
}

/// The Citron format, of which only the spans are read: `confidence`, `coreferences` and all else may stand there.
#[derive(Deserialize)]
struct Citron {
    quotes: Vec<Quote>,
}

#[derive(Deserialize)]
struct Quote {
    cue: Option<Place>,
    /// Not in Citron's own files: a cue in several pieces.
    cues: Option<Vec<Place>>,
    sources: Option<Vec<Place>>,
    contents: Option<Vec<Place>>,
}

#[derive(Deserialize)]
struct Place {
    start: i64,
    end: i64,
    text: Option<String>,
}

fn from_json(citron: Citron, text: &[char]) -> Prediction {
    let mut prediction = Prediction::default();
    for quote in citron.quotes {
        let cues = quote.cues.filter(|cues| !cues.is_empty());
        let given = Attribution {
            cue: spans(
                cues.unwrap_or_else(|| quote.cue.into_iter().collect()),
                text,
                &mut prediction.problems,
            ),
            source: spans(quote.sources.unwrap_or_default(), text, &mut prediction.problems),
            content: spans(quote.contents.unwrap_or_default(), text, &mut prediction.problems),
        };
        prediction.attributions.push(given.admit(text.len(), &mut prediction.problems));
    }
    prediction
}

fn spans(places: Vec<Place>, text: &[char], problems: &mut Problems) -> Vec<Span> {
    let mut spans = Vec::with_capacity(places.len());
    for place in places {
        let (Ok(start), Ok(end)) = (usize::try_from(place.start), usize::try_from(place.end)) else {
            problems.outside += 1;
            continue;
        };
        let there = text.get(start..end);
        if let (Some(given), Some(there)) = (place.text, there)
            && start < end
            && !given.chars().eq(there.iter().copied())
        {
            problems.text_differs += 1;
        }
        spans.push(Span::new(start, end));
    }
    spans
}
