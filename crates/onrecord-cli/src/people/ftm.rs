//! FollowTheMoney: an entity a line, `{"id", "schema", "properties": {"name": [], "alias": []}}`.
//!
//! In: the lines. Out: people and bodies; what is neither, such as a position, is passed over. A `weakAlias` is no name:
//! it says itself that it fits many.

use onrecord::read::people::EntityKind;
use onrecord::read::people::roster::Listed;
use serde::Deserialize;

use super::{Broken, Row, row};

const HINT: &str =
    "a line is such: `{\"id\": \"q7\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Ana Roz\"]}}`";

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    name: Vec<String>,
    #[serde(default)]
    alias: Vec<String>,
}

/// Whether the first line is an entity of FollowTheMoney, be it a broken one.
pub(super) fn is_ftm(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.trim_start().starts_with('{') && first.contains("\"schema\"")
}

pub(super) fn rows(text: &str) -> Result<Vec<Row>, Broken> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let mut rows = Vec::new();
    for (line, number) in lines {
        let entity: Entity = serde_json::from_str(line).map_err(|error| broken(&error, number, HINT))?;
        let Some(kind) = kind(&entity.schema) else { continue };
        let names = entity.properties.name.into_iter().chain(entity.properties.alias).collect();
        rows.push(row(number, Listed { id: entity.id, kind, names }, HINT)?);
    }
    Ok(rows)
}

/// What a schema is, if it can be named in an article as somebody who acts.
pub(super) fn kind(schema: &str) -> Option<EntityKind> {
    match schema.to_ascii_lowercase().as_str() {
        "person" => Some(EntityKind::Person),
        "organization" | "organisation" | "company" | "publicbody" => Some(EntityKind::Organization),
        _ => None,
    }
}

/// What is wrong with JSON that stands in `line`, without the place that serde counts from there.
pub(super) fn broken(error: &serde_json::Error, line: usize, hint: &'static str) -> Broken {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    let what = if error.is_data() { "" } else { "broken JSON: " };
    Broken::new(line, format!("{what}{message}"), hint)
}
