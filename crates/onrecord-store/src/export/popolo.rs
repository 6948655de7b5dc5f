//! Popolo: persons, organizations, posts, memberships and speeches, with Popolo's own names.
//!
//! `since` is `start_date`, `until` `end_date`, `party` `on_behalf_of_id`, `title` `role`. Each row names the article it
//! comes from in `sources`. What did not happen is no membership.

use serde_json::{Value, json};

use super::{Exported, gender, plain_date, without_nulls, words};

type Members = fn(&Exported) -> Vec<Value>;

/// The lists of a Popolo file, with what each article gives to them.
pub(super) const CLASSES: &[(&str, Members)] = &[
    ("persons", persons),
    ("organizations", organizations),
    ("posts", posts),
    ("memberships", memberships),
    ("speeches", speeches),
];

fn sources(article: &Exported) -> Value {
    let note = match article.url() {
        Some(_) => article.article("publisher"),
        None => article.article("id"),
    };
    json!([{"url": article.address(), "note": note}])
}

fn of_kind<'a>(article: &'a Exported, kind: &'static str) -> impl Iterator<Item = &'a Value> {
    article.rows("entities").iter().filter(move |entity| entity["kind"] == kind && entity["name"].is_string())
}

fn persons(article: &Exported) -> Vec<Value> {
    let person = |entity: &Value| {
        without_nulls(json!({
            "id": article.id(entity), "name": entity["name"], "gender": gender(entity), "sources": sources(article),
        }))
    };
    of_kind(article, "person").map(person).collect()
}

/// Named organizations, and those that stand in posts alone.
fn organizations(article: &Exported) -> Vec<Value> {
    let named = of_kind(article, "organization").map(|entity| {
        without_nulls(json!({"id": article.id(entity), "name": entity["name"], "sources": sources(article)}))
    });
    let of_posts = held(article).into_iter().flat_map(|post| {
        ["organization", "party"].into_iter().filter_map(|key| {
            let name = post[key].as_str()?;
            Some(json!({"id": organization(article, post, key), "name": name, "sources": sources(article)}))
        })
    });
    named.chain(of_posts).collect()
}

fn organization(article: &Exported, post: &Value, key: &str) -> Value {
    if post[key].is_string() { format!("{}-{key}", article.id(post)).into() } else { Value::Null }
}

fn held(article: &Exported) -> Vec<&Value> {
    let is_so = |post: &&Value| {
        let standing = &post["standing"];
        (standing.is_null() || *standing == "happened" || *standing == "ongoing") && post["title"].is_string()
    };
    article.rows("posts").iter().filter(is_so).collect()
}

fn posts(article: &Exported) -> Vec<Value> {
    let post = |post: &&Value| {
        without_nulls(json!({
            "id": format!("{}-post", article.id(post)),
            "label": post["title"],
            "role": post["title"],
            "organization_id": organization(article, post, "organization"),
            "area": match post["area"].as_str() { Some(name) => json!({"name": name}), None => Value::Null },
            "sources": sources(article),
        }))
    };
    held(article).iter().map(post).collect()
}

fn memberships(article: &Exported) -> Vec<Value> {
    let membership = |post: &&Value| {
        let person = article.id(article.person(&post["person"])?);
        Some(without_nulls(json!({
            "id": article.id(post),
            "label": post["title"],
            "role": post["title"],
            "person_id": person,
            "post_id": format!("{}-post", article.id(post)),
            "organization_id": organization(article, post, "organization"),
            "on_behalf_of_id": organization(article, post, "party"),
            "start_date": plain_date(&post["since"]),
            "end_date": plain_date(&post["until"]),
            "sources": sources(article),
        })))
    };
    held(article).iter().filter_map(membership).collect()
}

fn speeches(article: &Exported) -> Vec<Value> {
    let speech = |said: &Value| {
        let entity = said["speakers"].as_array().and_then(|speakers| speakers.first());
        let creator = entity.and_then(|speaker| article.person(&speaker["entity"]));
        // The day of publication is not the day on which it was said.
        let day = article.row("times", &said["when"]).and_then(|time| plain_date(&time["value"]));
        without_nulls(json!({
            "id": article.id(said),
            "creator_id": creator.map(|creator| article.id(creator)),
            "attribution_text": words(&said["source"]),
            "text": words(&said["content"]),
            "type": "speech",
            "date": day.filter(|day| day.len() == "2019-03-05".len()),
            "title": article.article("title"),
            "sources": sources(article),
        }))
    };
    article.rows("attributions").iter().filter(|said| said["form"] == "direct").map(speech).collect()
}
