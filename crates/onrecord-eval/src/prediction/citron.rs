//! Predictions from files, so that other programs and older versions can be scored beside the engine.
//!
//! In: a folder with a JSON file in the Citron format for each article, spans in code points. Out: a
//! [`Prediction`]. It never mends a span: those that do not fit the text are left out and counted.

use std::path::Path;
use std::{fs, io};

use serde::Deserialize;

use super::Prediction;
use crate::{Attribution, Error, Problems, Span};

/// Reads the predictions for the article `name` from `folder/NAME.json`; `None` where there is no such file.
///
/// # Errors
///
/// When the file cannot be read or is not JSON in the Citron format.
pub fn read(folder: &Path, name: &str, text: &[char]) -> Result<Option<Prediction>, Error> {
    let path = folder.join(format!("{name}.json"));
    let json = match fs::read_to_string(&path) {
        Ok(json) => json,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::io("read", &path, cause)),
    };
    let citron = serde_json::from_str(&json).map_err(|cause| Error::not_citron(&path, cause))?;
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

#[cfg(test)]
mod tests {
    use super::{Problems, from_json};
    use crate::Span;

    const TEXT: &str = "“Né,” she said.";

    #[track_caller]
    fn check(quote: &str, cue: &[(usize, usize)], content: &[(usize, usize)], problems: Problems) {
        let text: Vec<char> = TEXT.chars().collect();
        let citron = serde_json::from_str(&format!(r#"{{"quotes": [{quote}]}}"#)).unwrap();
        let found = from_json(citron, &text);
        let spans =
            |list: &[(usize, usize)]| list.iter().map(|&(start, end)| Span::new(start, end)).collect();
        let (cue, content): (Vec<Span>, Vec<Span>) = (spans(cue), spans(content));
        assert_eq!((&found.attributions[0].cue, &found.attributions[0].content), (&cue, &content));
        assert_eq!(found.problems, problems);
    }

    #[test]
    fn offsets_are_code_points() {
        let quote = r#"{"cue": {"start": 10, "end": 14, "text": "said"}, "sources": [],
                        "contents": [{"start": 0, "end": 5, "text": "“Né,”"}], "confidence": 0.5}"#;
        check(quote, &[(10, 14)], &[(0, 5)], Problems::default());
    }

    #[test]
    fn a_cue_may_be_in_pieces() {
        let pieces = r#""cues": [{"start": 10, "end": 14}, {"start": 6, "end": 9}, {"start": 6, "end": 9}]"#;
        check(
            &format!(r#"{{"cue": {{"start": 6, "end": 9}}, {pieces}}}"#),
            &[(6, 9), (10, 14)],
            &[],
            Problems::default(),
        );
        check(r#"{"cue": {"start": 6, "end": 9}, "cues": []}"#, &[(6, 9)], &[], Problems::default());
        check(r#"{"cue": null, "contents": null}"#, &[], &[], Problems::default());
    }

    #[test]
    fn spans_that_do_not_fit_are_counted() {
        let spans = r#"{"start": -1, "end": 3}, {"start": 4, "end": 4, "text": "x"}, {"start": 5, "end": 3}, {"start": 9, "end": 16}"#;
        check(&format!(r#"{{"contents": [{spans}]}}"#), &[], &[], Problems { outside: 4, text_differs: 0 });
        let differs = r#"{"contents": [{"start": 0, "end": 2, "text": "N"}]}"#;
        check(differs, &[], &[(0, 2)], Problems { outside: 0, text_differs: 1 });
    }
}
