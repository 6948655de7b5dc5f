//! schema.org in JSON-LD: marked speech as `Quotation`, what is told without marks as `Claim`, each in its
//! `NewsArticle`.

use serde_json::{Value, json};

use super::{Exported, without_nulls, words};

pub(super) const FRAME: [&str; 3] = ["{\"@context\":\"https://schema.org\",\"@graph\":[\n", ",\n", "\n]}\n"];

pub(super) fn statements(article: &Exported) -> Vec<Value> {
    let news = without_nulls(json!({
        "@type": "NewsArticle",
        "@id": article.address(),
        "headline": article.article("title"),
        "url": article.url(),
        "datePublished": article.article("published"),
        "inLanguage": article.article("language"),
        "publisher": match article.article("publisher").as_str() {
            Some(name) => json!({"@type": "Organization", "name": name}),
            None => Value::Null,
        },
    }));
    let said = article.rows("attributions").iter().map(|said| statement(article, said));
    std::iter::once(news).chain(said).collect()
}

fn statement(article: &Exported, said: &Value) -> Value {
    let place = json!({"@id": article.address()});
    let id = format!("urn:onrecord:{}", article.id(said));
    let text = words(&said["content"]);
    let creator = creator(article, said);
    without_nulls(if said["form"] == "indirect" {
        json!({"@type": "Claim", "@id": id, "text": text, "author": creator, "appearance": place})
    } else {
        json!({"@type": "Quotation", "@id": id, "text": text, "creator": creator, "isPartOf": place})
    })
}

/// Whoever is named by name; else the words that stand for the source.
fn creator(article: &Exported, said: &Value) -> Value {
    let speakers = said["speakers"].as_array().map_or(&[][..], Vec::as_slice);
    let named = speakers.iter().filter_map(|speaker| {
        let class = if speaker["kind"] == "organization" { "Organization" } else { "Person" };
        let name = &article.row("entities", &speaker["entity"])?["name"];
        name.is_string().then(|| json!({"@type": class, "name": name}))
    });
    let named: Vec<Value> = named.collect();
    if !named.is_empty() {
        return Value::Array(named);
    }
    match words(&said["source"]) {
        source if source.is_empty() => Value::Null,
        source => json!({"@type": "Person", "description": source}),
    }
}
