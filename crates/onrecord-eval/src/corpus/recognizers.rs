//! Microsoft's Recognizers-Text, the English cases of its `DateTimeModel`: a sentence, a reference date, what is in it.
//!
//! In: `time/recognizers-text-specs/Specs/DateTime/English/DateTimeModel.json`. Out: an article for each case; of the
//! results only those of the types date, daterange, duration and set, for the others are times of day.
//! All cases that are here may be looked at.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::timed::{GoldTime, Timed};
use crate::Error;

const CORPUS: &str = "Recognizers-Text";
const TYPES: [&str; 4] = ["date", "daterange", "duration", "set"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    context: Option<Context>,
    #[serde(default)]
    results: Vec<Found>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    type_name: String,
    start: Option<usize>,
    end: Option<usize>,
    resolution: Option<Resolution>,
}

#[derive(Deserialize)]
struct Resolution {
    #[serde(default)]
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    timex: Option<String>,
    #[serde(rename = "value")]
    day: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

/// Reads the cases.
///
/// # Errors
///
/// When the corpus is not there or is malformed.
pub fn read(data: &Path) -> Result<Vec<Timed>, Error> {
    let path = data.join("time/recognizers-text-specs/Specs/DateTime/English/DateTimeModel.json");
    let text = fs::read_to_string(&path).map_err(|_| Error::no_corpus(CORPUS, &path))?;
    let cases: Result<Vec<Case>, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let cases =
        cases.map_err(|error| Error::malformed(&path, error.line(), "a list of cases", error.to_string()))?;
    Ok(cases.iter().enumerate().map(|(number, case)| timed(number, case)).collect())
}

fn timed(number: usize, case: &Case) -> Timed {
    let reference = case.context.as_ref().and_then(|context| context.reference_date_time.clone());
    let byte = |point: usize| case.input.char_indices().nth(point).map_or(case.input.len(), |(at, _)| at);
    let scored = case
        .results
        .iter()
        .filter(|found| TYPES.iter().any(|name| found.type_name.strip_prefix("datetimeV2.") == Some(name)));
    let gold = scored.filter_map(|found| {
        let (start, end) = (byte(found.start?), byte(found.end? + 1));
        let values = found.resolution.as_ref().map_or(&[][..], |resolution| resolution.values.as_slice());
        let names = values.iter().flat_map(|value| [value.timex.clone(), value.day.clone()]);
        let days = values.iter().filter(|value| value.start.is_some() || value.end.is_some());
        Some(GoldTime {
            start,
            end,
            values: names.flatten().filter(|value| value != "not resolved").collect(),
            days: days.map(|value| (value.start.clone(), value.end.clone())).collect(),
        })
    });
    Timed {
        name: format!("case-{number:03}"),
        published: reference,
        gold: gold.collect(),
        annotated: case.input.len(),
        text: case.input.clone(),
    }
}
