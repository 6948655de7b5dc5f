//! FollowTheMoney: what OpenAleph and Datashare read. It has posts and who held them, and no quotations.
//!
//! An article gives an `Article`, its people and organizations a `Person`, `Organization` and `Mention` each, its posts
//! a `Position` and an `Occupancy`. All values are lists of strings. What did not happen (denied, conditional,
//! expected) is no occupancy.

use serde_json::{Map, Value, json};

use super::{Exported, plain_date};

pub(super) fn entities(article: &Exported) -> Vec<Value> {
    let mut entities = vec![document(article)];
    for entity in article.rows("entities") {
        let Some(schema) = schema(entity) else { continue };
        let Some(name) = entity["name"].as_str() else { continue };
        let id = article.id(entity);
        let gender = entity["gender"].clone();
        entities.push(object(
            &id,
            schema,
            &[("name", name.into()), ("gender", gender), ("sourceUrl", article.article("url").clone())],
        ));
        let mention = [
            ("document", Value::from(article.key.clone())),
            ("name", name.into()),
            ("detectedSchema", schema.into()),
            ("resolved", id.clone().into()),
        ];
        entities.push(object(&format!("{id}-mention"), "Mention", &mention));
    }
    for post in article.rows("posts") {
        entities.extend(occupancy(article, post));
    }
    entities
}

/// An entity: what has no value has no key.
fn object(id: &str, schema: &str, properties: &[(&str, Value)]) -> Value {
    let mut map = Map::new();
    for (key, value) in properties {
        if let Value::String(text) = value
            && !text.is_empty()
        {
            map.insert((*key).to_owned(), json!([text]));
        }
    }
    json!({"id": id, "schema": schema, "properties": map})
}

fn document(article: &Exported) -> Value {
    let of = |key: &str| article.article(key).clone();
    let title = if of("title").is_null() { of("id") } else { of("title") };
    let properties = [
        ("title", title),
        ("publishedAt", of("published")),
        ("sourceUrl", of("url")),
        ("publisher", of("publisher")),
        ("language", of("language")),
        ("mimeType", "text/plain".into()),
        ("bodyText", of("text")),
    ];
    object(&article.key, "Article", &properties)
}

fn schema(entity: &Value) -> Option<&'static str> {
    match entity["kind"].as_str()? {
        "person" => Some("Person"),
        "organization" => Some("Organization"),
        _ => None,
    }
}

fn occupancy(article: &Exported, post: &Value) -> Vec<Value> {
    let is_so = post["standing"].is_null() || post["standing"] == "happened" || post["standing"] == "ongoing";
    let holder = article.row("entities", &post["person"]).filter(|entity| schema(entity) == Some("Person"));
    let (Some(title), Some(holder), true) = (post["title"].as_str(), holder, is_so) else {
        return Vec::new();
    };
    let id = article.id(post);
    let position = format!("{id}-post");
    let of = |key: &str| post[key].clone();
    let date = |key: &str| plain_date(&post[key]).map_or(Value::Null, Value::from);
    let status = match post["status"].as_str() {
        Some("current") => "current".into(),
        Some("former") => "ended".into(),
        _ => Value::Null,
    };
    vec![
        object(
            &position,
            "Position",
            &[("name", title.into()), ("organization", of("organization")), ("subnationalArea", of("area"))],
        ),
        object(
            &id,
            "Occupancy",
            &[
                ("holder", article.id(holder).into()),
                ("post", position.clone().into()),
                ("startDate", date("since")),
                ("endDate", date("until")),
                ("status", status),
                ("sourceUrl", article.article("url").clone()),
                ("summary", super::words(&post["evidence"]["title"]).into()),
            ],
        ),
    ]
}
