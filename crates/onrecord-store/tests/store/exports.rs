//! The forms of other programs: each key is one that its standard names, each id one that is there.

use onrecord_store::Format;
use serde_json::Value;

use crate::made::{Made, full};

fn export(format: Format, view: &str) -> Result<String, String> {
    let mut text = String::new();
    let write = |piece: &str| {
        text.push_str(piece);
        Ok::<(), onrecord_store::Error>(())
    };
    Made::of(&[full()]).open().export(format, view, write).map_err(|error| error.to_string())?;
    Ok(text)
}

fn json(format: Format) -> Value {
    let text = export(format, "").unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// No object holds a key that is not in `known`.
fn check_keys(object: &Value, known: &[&str]) {
    for key in object.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "{key} in {object}");
    }
}

#[test]
fn csv() {
    let text = export(Format::Csv, "people").unwrap();
    assert!(
        text.starts_with("name,gender,articles,mentions,quotes,posts,first_published,last_published\r\n"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 3);
    assert!(export(Format::Csv, "texts; DROP TABLE texts").unwrap_err().starts_with("no view"));
}

#[test]
fn follow_the_money() {
    // The schemata of followthemoney: Article, Person, Mention, Position, Occupancy.
    let known: &[(&str, &[&str])] = &[
        ("Article", &["title", "publishedAt", "sourceUrl", "publisher", "language", "mimeType", "bodyText"]),
        ("Person", &["name", "gender", "sourceUrl"]),
        ("Organization", &["name", "sourceUrl"]),
        ("Mention", &["document", "name", "detectedSchema", "resolved"]),
        ("Position", &["name", "organization", "subnationalArea"]),
        ("Occupancy", &["holder", "post", "startDate", "endDate", "status", "sourceUrl", "summary"]),
    ];
    let text = export(Format::Ftm, "").unwrap();
    let entities: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    for entity in &entities {
        check_keys(entity, &["id", "schema", "properties"]);
        let schema = entity["schema"].as_str().unwrap();
        let (_, keys) = known.iter().find(|(name, _)| *name == schema).unwrap();
        check_keys(&entity["properties"], keys);
        for (key, values) in entity["properties"].as_object().unwrap() {
            assert!(values.as_array().unwrap().iter().all(Value::is_string), "{key}");
            if ["holder", "post", "document", "resolved"].contains(&key.as_str()) {
                assert!(ids.contains(&values[0].as_str().unwrap()), "{values}");
            }
        }
    }
    let held = entities.iter().find(|entity| entity["schema"] == "Occupancy").unwrap();
    assert_eq!(held["properties"]["endDate"][0], "2019");
    assert_eq!(held["properties"]["status"][0], "ended");
}

#[test]
fn popolo() {
    let known: &[(&str, usize, &[&str])] = &[
        ("persons", 2, &["id", "name", "gender", "sources"]),
        ("organizations", 1, &["id", "name", "sources"]),
        ("posts", 1, &["id", "label", "role", "organization_id", "area", "sources"]),
        (
            "memberships",
            1,
            &[
                "id",
                "label",
                "role",
                "person_id",
                "post_id",
                "organization_id",
                "on_behalf_of_id",
                "start_date",
                "end_date",
                "sources",
            ],
        ),
        (
            "speeches",
            0,
            &["id", "creator_id", "attribution_text", "text", "type", "date", "title", "sources"],
        ),
    ];
    let file = json(Format::Popolo);
    for (class, count, keys) in known {
        let members = file[*class].as_array().unwrap();
        assert_eq!(members.len(), *count, "{class}");
        for member in members {
            check_keys(member, keys);
        }
    }
    let membership = &file["memberships"][0];
    assert_eq!(membership["end_date"], "2019");
    assert_eq!(membership["start_date"], Value::Null, "a missing date has no key");
    for (key, class) in [("person_id", "persons"), ("post_id", "posts"), ("organization_id", "organizations")]
    {
        assert!(
            file[class].as_array().unwrap().iter().any(|member| member["id"] == membership[key]),
            "{key}"
        );
    }
}

#[test]
fn web_annotation() {
    let page = json(Format::WebAnnotation);
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let text: Vec<char> = crate::made::RUIZ.chars().collect();
    for annotation in page["items"].as_array().unwrap() {
        check_keys(annotation, &["id", "type", "motivation", "body", "target"]);
        for target in annotation["target"].as_array().unwrap() {
            let [position, quote] = target["selector"].as_array().unwrap().as_slice() else {
                panic!("{target}")
            };
            let at = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
            let exact: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(quote["exact"], exact);
            let around = ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap()).concat();
            assert_eq!(crate::made::RUIZ.matches(&around).count(), 1, "{around}");
        }
    }
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
}

#[test]
fn schema_org() {
    let file = json(Format::SchemaOrg);
    assert_eq!(file["@context"], "https://schema.org");
    let graph = file["@graph"].as_array().unwrap();
    let types: Vec<&str> = graph.iter().map(|thing| thing["@type"].as_str().unwrap()).collect();
    assert_eq!(types, ["NewsArticle", "Quotation", "Claim"]);
    assert_eq!(graph[1]["creator"][0]["name"], "Dana Ruiz");
    assert_eq!(graph[1]["isPartOf"]["@id"], graph[0]["@id"]);
    assert_eq!(graph[2]["author"]["description"], "Two officials");
}
