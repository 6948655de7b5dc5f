//! Popolo JSON: `{"persons": [{"id", "name", "other_names": [{"name"}]}], "organizations": […]}`, or a list of persons.
//!
//! In: the whole text. Out: its persons and organizations. Each is parsed by itself, so that a message can name the line
//! it begins in.

use onrecord::read::people::EntityKind;
use onrecord::read::people::roster::Listed;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::ftm::broken;
use super::{Broken, Row, row};

const HINT: &str = "Popolo is such: `{\"persons\": [{\"id\": \"q7\", \"name\": \"Ana Roz\"}]}`";

#[derive(Deserialize)]
struct File<'t> {
    #[serde(borrow)]
    persons: Option<Vec<&'t RawValue>>,
    #[serde(borrow)]
    organizations: Option<Vec<&'t RawValue>>,
}

#[derive(Deserialize)]
struct Somebody {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    other_names: Option<Vec<OtherName>>,
}

#[derive(Deserialize)]
struct OtherName {
    #[serde(default)]
    name: Option<String>,
}

pub(super) fn rows(text: &str) -> Result<Vec<Row>, Broken> {
    let whole = |error: serde_json::Error| broken(&error, error.line(), HINT);
    let file = if text.trim_start().starts_with('[') {
        File { persons: Some(serde_json::from_str(text).map_err(whole)?), organizations: None }
    } else {
        serde_json::from_str(text).map_err(whole)?
    };
    if file.persons.is_none() && file.organizations.is_none() {
        return Err(Broken::new(1, "found neither `persons` nor `organizations`", HINT));
    }
    let people = file.persons.into_iter().flatten().map(|raw| (raw, EntityKind::Person));
    let bodies = file.organizations.into_iter().flatten().map(|raw| (raw, EntityKind::Organization));
    let mut lines = Lines { text, at: 0, line: 1 };
    people.chain(bodies).map(|(raw, kind)| somebody(raw.get(), lines.of(raw.get()), kind)).collect()
}

fn somebody(raw: &str, line: usize, kind: EntityKind) -> Result<Row, Broken> {
    let read: Somebody = serde_json::from_str(raw)
        .map_err(|error| broken(&error, line + error.line().saturating_sub(1), HINT))?;
    let id = match read.id {
        Value::String(id) => id,
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    };
    let others = read.other_names.into_iter().flatten().filter_map(|other| other.name);
    row(line, Listed { id, kind, names: read.name.into_iter().chain(others).collect() }, HINT)
}

/// The lines in which pieces of a text begin; a piece before the last one is counted from the start.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, piece: &str) -> usize {
        let at = piece.as_ptr() as usize - self.text.as_ptr() as usize;
        if at < self.at {
            (self.at, self.line) = (0, 1);
        }
        self.line += self.text[self.at..at].matches('\n').count();
        self.at = at;
        self.line
    }
}
