//! W3C Web Annotations: each attribution as one annotation, found again by position and by its words.
//!
//! A target has a `TextPositionSelector` (code points) and a `TextQuoteSelector` (the words, and what stands around
//! them), so that a page that was laid out anew still finds it.

use serde_json::{Value, json};

use super::{Exported, words};

pub(super) const FRAME: [&str; 3] = [
    "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[\n",
    ",\n",
    "\n]}\n",
];

/// How many characters before and behind the words tell them from the same words elsewhere.
const AROUND: usize = 32;

pub(super) fn annotations(article: &Exported) -> Vec<Value> {
    article.rows("attributions").iter().map(|said| annotation(article, said)).collect()
}

fn annotation(article: &Exported, said: &Value) -> Value {
    let speaker = said["speakers"].as_array().and_then(|speakers| speakers.first());
    let entity = speaker.and_then(|speaker| article.row("entities", &speaker["entity"]));
    let name = entity
        .and_then(|entity| entity["name"].as_str())
        .map_or_else(|| words(&said["source"]), str::to_owned);
    let mut bodies = Vec::new();
    for (value, purpose) in
        [(name.as_str(), "identifying"), (said["form"].as_str().unwrap_or_default(), "classifying")]
    {
        if !value.is_empty() {
            bodies.push(
                json!({"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}),
            );
        }
    }
    let pieces = said["content"].as_array().map_or(&[][..], Vec::as_slice);
    let targets: Vec<Value> = pieces.iter().map(|piece| target(article, piece)).collect();
    json!({
        "id": format!("urn:onrecord:{}", article.id(said)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        "target": targets,
    })
}

fn target(article: &Exported, piece: &Value) -> Value {
    let [prefix, exact, suffix] = selector(article.text(), piece);
    json!({
        "type": "SpecificResource",
        "source": article.address(),
        "selector": [
            {"type": "TextPositionSelector", "start": piece["start"], "end": piece["end"]},
            {"type": "TextQuoteSelector", "prefix": prefix, "exact": exact, "suffix": suffix},
        ],
    })
}

/// What stands before a piece of the text, the piece, and what stands behind it.
fn selector<'t>(text: &'t str, piece: &Value) -> [&'t str; 3] {
    let at = |key: &str| piece[key].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let (start, end) = (at("byte_start"), at("byte_end"));
    let (before, behind) = (&text[..start], &text[end..]);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    [&before[from..], &text[start..end], &behind[..to]]
}
