//! The forms of other programs: each key is one that its standard names, each id one that is there.

use onrecord_store::Format;
use serde_json::{Value, json};

use crate::made::{Made, empty, full, said, span, with};

fn export(format: Format, view: &str, records: &[Value]) -> Result<String, String> {
    let mut text = String::new();
    let write = |piece: &str| {
        text.push_str(piece);
        Ok::<(), onrecord_store::Error>(())
    };
    Made::of(records).open().export(format, view, write).map_err(|error| error.to_string())?;
    Ok(text)
}

/// The values of an export, the lines of one that has lines.
fn values(format: Format, records: &[Value]) -> Vec<Value> {
    let text = export(format, "", records).unwrap();
    let parse = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    if format == Format::Ftm { text.lines().map(parse).collect() } else { vec![parse(&text)] }
}

fn json(format: Format) -> Value {
    values(format, &records()).remove(0)
}

/// Records with what an export could trip over: nobody's name, no address, an address that is none, a day told.
fn records() -> Vec<Value> {
    let text = "“We will open,” Ana Roz said on 6 May 2024. The mayor saw it.";
    let mut told = said("b", text, &[("Ana Roz", "“We will open,”")]);
    let speaker = |entity: Value| json!([{"entity": entity, "kind": "named", "as_written": span(text, "Ana Roz", 1), "number": null, "reason": []}]);
    told["attributions"][0]["speakers"] = speaker("e1".into());
    told["attributions"][0]["when"] = "t1".into();
    told["times"] = json!([with(
        span(text, "6 May 2024", 1),
        json!({"id": "t1", "type": "DATE", "value": "2024-05-06",
        "mod": null, "quant": null, "freq": null, "anchor": null, "begin": null, "end_point": null,
        "earliest": "2024-05-06", "latest": "2024-05-06", "score": 0.9, "maker": "time/date", "inferred": []})
    )]);
    let entity = |id: &str, kind: &str, name: Value, words: &str| {
        let mention = with(span(text, words, 1), json!({"kind": "name", "maker": "people/name"}));
        json!({"id": id, "kind": kind, "name": name, "gender": "feminine", "ids": [], "mentions": [mention]})
    };
    told["entities"] = json!([
        entity("e1", "person", "Ana Roz".into(), "Ana Roz"),
        entity("e2", "person", Value::Null, "The mayor")
    ]);
    let post = |id: &str, person: &str, standing: &str| {
        json!({"id": id, "person": person, "title": "mayor", "organization": null, "area": null, "party": null,
            "of_person": null, "status": null, "capacity": null, "standing": standing, "since": "201X",
            "until": "2019~", "as_of": null, "duration": null, "asserted_by": null,
            "evidence": {"title": [span(text, "mayor", 1)]}, "score": 0.5, "maker": "post/title", "inferred": []})
    };
    told["posts"] =
        json!([post("p1", "e1", "happened"), post("p2", "e2", "happened"), post("p3", "e1", "denied")]);
    told["article"]["url"] = "see <the paper>".into();
    told["article"]["published"] = "2024-05-08T10:00:00+02:00".into();
    told["article"]["language"] = "en-GB".into();
    let mut unnamed = told.clone();
    unnamed["article"]["id"] = "c".into();
    unnamed["article"]["url"] = Value::Null;
    unnamed["attributions"][0]["speakers"] = speaker("e2".into());
    vec![full(), told, unnamed, empty("d", "")]
}

fn validator(schema: &str) -> jsonschema::Validator {
    let schema = serde_json::from_str(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// An export of any records holds to the standard, and with `broken` changed it would not.
fn check(format: Format, schema: &str, broken: &[(&str, Value)]) {
    let validator = validator(schema);
    let text = "“We will open in May,” said Mayor Dana Ruiz. “Not before.” He told me, ‘Go.’";
    let (document, claims) = onrecord::Engine::by_rules().claims(onrecord::Article::new(text));
    let read = onrecord::wire::Record::new(&document, &claims, onrecord::wire::Text::Keep);
    for records in [records(), vec![serde_json::to_value(read).unwrap()], Vec::new()] {
        for value in values(format, &records) {
            let problems: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(problems.is_empty(), "{problems:?} in {value}");
        }
    }
    for (pointer, value) in broken {
        let mut one = values(format, &records()).remove(0);
        *one.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        assert!(!validator.is_valid(&one), "{pointer}");
    }
}

/// Each id is of one thing, and what names another thing names one that is there.
fn check_references(things: &[&Value], id: &str, references: &[&str]) {
    let mut ids: Vec<&str> = things.iter().map(|thing| thing[id].as_str().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is there twice");
    let mut checked = 0;
    for thing in things {
        for reference in references.iter().filter_map(|pointer| thing.pointer(pointer)) {
            assert!(ids.binary_search(&reference.as_str().unwrap()).is_ok(), "{reference} in {thing}");
            checked += 1;
        }
    }
    assert!(checked > 0, "nothing was checked");
}

#[test]
fn csv() {
    let text = export(Format::Csv, "people", &[full()]).unwrap();
    assert!(
        text.starts_with("name,gender,articles,mentions,quotes,posts,first_published,last_published\r\n"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 3);
    assert!(export(Format::Csv, "texts; DROP TABLE texts", &[full()]).unwrap_err().starts_with("no view"));
}

#[test]
fn follow_the_money() {
    let schema = include_str!("schemas/ftm.json");
    check(
        Format::Ftm,
        schema,
        &[("/schema", "Newspaper".into()), ("/properties/fileName", json!([])), ("/id", "a b".into())],
    );
    let entities = values(Format::Ftm, &records());
    let of =
        |class: &str| -> Vec<&Value> { entities.iter().filter(|entity| entity["schema"] == class).collect() };
    let properties =
        ["holder", "post", "document", "resolved", "organization"].map(|key| format!("/properties/{key}/0"));
    let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
    check_references(&entities.iter().collect::<Vec<_>>(), "id", &properties);
    let held = of("Occupancy");
    assert_eq!(held[0]["properties"]["endDate"][0], "2019");
    assert_eq!(held[0]["properties"]["status"][0], "ended");
    assert_eq!(held.len(), 3, "what is denied is no occupancy, and nobody without a name is a holder");
    assert_eq!(of("Organization")[0]["properties"]["name"][0], "City Harbor");
    assert_eq!(of("Article")[1]["properties"]["sourceUrl"], Value::Null, "what is no address is none");
    assert_eq!(of("Article")[1]["properties"]["language"][0], "eng");
    let roz = of("Person").into_iter().find(|person| person["properties"]["name"][0] == "Ana Roz").unwrap();
    assert_eq!(roz["properties"]["gender"][0], "female");
}

#[test]
fn popolo() {
    let schema = include_str!("schemas/popolo.json");
    check(
        Format::Popolo,
        schema,
        &[
            ("/memberships/0/end_date", "May".into()),
            ("/persons/0/sources/0", json!({"note": "no url"})),
            ("/posts", Value::Null),
        ],
    );
    let file = json(Format::Popolo);
    let classes = ["persons", "organizations", "posts", "memberships", "speeches"];
    let count = |class: &str| file[class].as_array().unwrap().len();
    assert_eq!(classes.map(count), [4, 1, 5, 3, 2]);
    let all: Vec<&Value> = classes.iter().flat_map(|class| file[*class].as_array().unwrap()).collect();
    let references = ["/person_id", "/post_id", "/organization_id", "/on_behalf_of_id", "/creator_id"];
    check_references(&all, "id", &references);
    let membership = &file["memberships"][0];
    assert_eq!(membership["end_date"], "2019");
    assert_eq!(membership["start_date"], Value::Null, "a missing date has no key");
    let speech = &file["speeches"][0];
    assert_eq!(speech["date"], "2024-05-06", "the day on which it was said, not that of publication");
    assert!(speech["sources"][0]["url"].as_str().unwrap().starts_with("urn:sha256:"));
    assert_eq!(
        file["speeches"][1]["creator_id"],
        Value::Null,
        "nobody without a name is a person of the file"
    );
}

#[test]
fn web_annotation() {
    let schema = include_str!("schemas/web-annotation.json");
    check(
        Format::WebAnnotation,
        schema,
        &[
            ("/items/0/motivation", "quoting".into()),
            ("/items/0/target/0/source", "see the paper".into()),
            ("/items/0/target", json!([])),
            ("/@context", Value::Null),
        ],
    );
    let page = json(Format::WebAnnotation);
    check_references(&page["items"].as_array().unwrap().iter().collect::<Vec<_>>(), "id", &["/id"]);
    let records = records();
    let mut targets = 0;
    for annotation in page["items"].as_array().unwrap() {
        for target in annotation["target"].as_array().unwrap() {
            let [position, quote] = target["selector"].as_array().unwrap().as_slice() else {
                panic!("{target}")
            };
            let around = ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap()).concat();
            let mut texts = records.iter().map(|record| record["article"]["text"].as_str().unwrap());
            let text = texts.find(|text| text.contains(&around)).unwrap_or_else(|| panic!("{around}"));
            assert_eq!(text.matches(&around).count(), 1, "{around}");
            let at = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
            let exact: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
            assert_eq!(quote["exact"], exact);
            targets += 1;
        }
    }
    assert_eq!(targets, 4);
}

#[test]
fn schema_org() {
    let schema = include_str!("schemas/schema-org.json");
    check(
        Format::SchemaOrg,
        schema,
        &[
            ("/@graph/0/@type", "Newspaper".into()),
            ("/@graph/1/isPartOf", Value::Null),
            ("/@graph/2/author", json!([])),
            ("/@graph/0/url", "see the paper".into()),
        ],
    );
    let file = json(Format::SchemaOrg);
    let graph = file["@graph"].as_array().unwrap();
    let types: Vec<&str> = graph.iter().map(|thing| thing["@type"].as_str().unwrap()).collect();
    let expected = [
        "NewsArticle",
        "Quotation",
        "Claim",
        "NewsArticle",
        "Quotation",
        "NewsArticle",
        "Quotation",
        "NewsArticle",
    ];
    assert_eq!(types, expected);
    assert_eq!(graph[1]["creator"][0]["name"], "Dana Ruiz");
    assert_eq!(graph[1]["isPartOf"]["@id"], graph[0]["@id"]);
    assert_eq!(graph[2]["author"]["description"], "Two officials");
}
