//! FollowTheMoney: what OpenAleph and Datashare read. It has posts and who held them, and no quotations.
//!
//! An article gives an `Article`, its people and organizations a `Person`, `Organization` and `Mention` each, its posts
//! an `Organization`, a `Position` and an `Occupancy`. All values are lists of strings. What did not happen (denied, conditional,
//! expected) is no occupancy.

use serde_json::{Map, Value, json};

use super::{Exported, plain_date};

pub(super) fn entities(article: &Exported) -> Vec<Value> {
    let mut entities = vec![document(article)];
    for entity in article.rows("entities") {
        let Some(schema) = schema(entity) else { continue };
        let Some(name) = entity["name"].as_str() else { continue };
        let id = article.id(entity);
        let gender = if schema == "Person" { super::gender(entity) } else { Value::Null };
        let url = article.url().into();
        entities.push(object(&id, schema, &[("name", name.into()), ("gender", gender), ("sourceUrl", url)]));
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
        ("fileName", of("id")),
        ("publishedAt", plain_date(&of("published")).into()),
        ("sourceUrl", article.url().into()),
        ("publisher", of("publisher")),
        ("language", language(&of("language")).into()),
        ("mimeType", "text/plain".into()),
        ("bodyText", of("text")),
    ];
    object(&article.key, "Article", &properties)
}

/// A language in the three letters that the schemata take; of two letters only that which is read here is known.
fn language(tag: &Value) -> Option<String> {
    let language = tag.as_str()?.split('-').next()?.to_ascii_lowercase();
    match language.as_str() {
        "en" => Some("eng".to_owned()),
        _ => (language.len() == 3 && language.bytes().all(|b| b.is_ascii_lowercase())).then_some(language),
    }
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
    let holder = article.person(&post["person"]);
    let (Some(title), Some(holder), true) = (post["title"].as_str(), holder, is_so) else {
        return Vec::new();
    };
    let id = article.id(post);
    let position = format!("{id}-post");
    let url = || Value::from(article.url());
    let organization = post["organization"].as_str().map(|name| {
        let id = format!("{id}-organization");
        object(&id, "Organization", &[("name", name.into()), ("sourceUrl", url())])
    });
    let organization_id = organization.as_ref().map_or(Value::Null, |entity| entity["id"].clone());
    let of = |key: &str| post[key].clone();
    let date = |key: &str| plain_date(&post[key]).map_or(Value::Null, Value::from);
    let status = match post["status"].as_str() {
        Some("current") => "current".into(),
        Some("former") => "ended".into(),
        _ => Value::Null,
    };
    let held = [
        object(
            &position,
            "Position",
            &[("name", title.into()), ("organization", organization_id), ("subnationalArea", of("area"))],
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
                ("sourceUrl", url()),
                ("summary", super::words(&post["evidence"]["title"]).into()),
            ],
        ),
    ];
    organization.into_iter().chain(held).collect()
}
