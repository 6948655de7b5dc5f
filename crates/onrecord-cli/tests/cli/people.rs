//! Lists of people: who gets an id, what stays open, and what ends the run before anything is read.

use std::fmt::Write as _;

use crate::command::Folder;
use crate::record;

const ARTICLE: &str =
    "“It rained,” said Ana Roz. Ana Roz left on Monday.\n\n“It did not,” said Tom Ek. Tom Ek stayed.\n";

/// The ids that `list` gives to those who have a name, as `NAME ID`, and the codes of what stays open.
fn linked(list: &str) -> Vec<String> {
    let folder = Folder::new();
    folder.write("a.txt", ARTICLE);
    folder.write("list", list);
    let json = folder.run(&["read", "--format", "json", "--people", "list", "a.txt"]);
    assert_eq!(json.code, 0, "{}", json.stderr);
    let record = record::of_json(&json.text()).remove(0);
    let mut told = Vec::new();
    for entity in record["entities"].as_array().unwrap() {
        let ids = entity["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
        told.extend(ids.map(|id| format!("{} {id}", entity["name"].as_str().unwrap())));
    }
    told.extend(
        record["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|w| w["code"].as_str().unwrap().to_owned())
            .filter(|code| code != "time_without_anchor"),
    );
    told
}

#[test]
fn every_kind_of_list_gives_ids() {
    let check = |list: &str, expected: &[&str]| assert_eq!(linked(list), expected, "{list}");
    check("id,name\nq1,Ana Roz\nq2,Tom Ek\nq3,Ida Ost\n", &["Ana Roz q1", "Tom Ek q2"]);
    check("id;name;aliases\nq1;Anna Rose;A. M. R.|ANA ROZ\n", &["Ana Roz q1"]);
    check(
        "{\"persons\": [{\"id\": 7, \"name\": \"Ana M. Roz\"}, {\"id\": \"q2\", \"name\": \"Ek\"}]}",
        &["Ana Roz 7"],
    );
    check(
        "{\"id\": \"q2\", \"schema\": \"Person\", \"properties\": {\"name\": [\"T. Ek\"]}}\n",
        &["Tom Ek q2"],
    );
    check("id,name\nq1,Ana Roz\nq2,Ana Roz\nq3,Tom Ek\n", &["Tom Ek q3", "several_people_fit"]);
    check("id,name\nq1,Roz\n", &[]);
}

#[test]
fn what_is_said_of_a_list() {
    let folder = Folder::new();
    folder.write("a.txt", ARTICLE);
    let person = r#"{"id": "q1", "schema": "Person", "properties": {"name": ["Ana Roz"]}}"#;
    let lists = [
        ("tie.csv", "id,name\nq1,Ana Roz\nq2,Ana Roz\n".to_owned()),
        ("alike.csv", "id,name\nq1,An\u{430} Roz\nq2,Tom\u{200b} Ek\nq3,\u{202e}Roz Ana\n".to_owned()),
        ("nobody.csv", "id,name\n".to_owned()),
        ("empty.csv", String::new()),
        ("headless.csv", "q1,Ana Roz\nq2,Tom Ek\n".to_owned()),
        ("nameless.csv", "id,full name\nq1,Ana Roz\n".to_owned()),
        ("broken.csv", "id,name\nq1,Ana Roz\nq2,Tom,Ek\n".to_owned()),
        ("open.csv", "id,name\nq1,\"Ana Roz\nq2,Tom Ek\n".to_owned()),
        ("twice.csv", "id,name\nq1,Ana Roz\nq2,Tom Ek\nq1,Ida Ost\n".to_owned()),
        (
            "broken.json",
            "{\"persons\": [\n  {\"id\": \"q1\", \"name\": \"Ana Roz\"},\n  {\"id\": \"q2\", \"name\": }\n]}"
                .to_owned(),
        ),
        ("other.json", "{\"people\": []}".to_owned()),
        ("broken.ftm", format!("{person}\n{{\"id\": \"q2\", \"schema\"\n")),
        ("twice.ftm", format!("{person}\n\n{person}\n")),
    ];
    let mut told = String::new();
    for (name, list) in lists.iter().map(|(name, list)| (*name, Some(list))).chain([("gone.csv", None)]) {
        if let Some(list) = list {
            folder.write(name, list);
        }
        // Nothing is read, and no folder made, where the list is wrong.
        let run = folder.run(&[
            "read",
            "--people",
            name,
            "--format",
            "jsonl",
            "--out",
            &format!("{name}.out"),
            "a.txt",
        ]);
        let read = if folder.path(&format!("{name}.out")).exists() { "read" } else { "nothing read" };
        writeln!(told, "$ onrecord read --people {name} a.txt\n{}[{}, {read}]\n", run.stderr, run.code)
            .unwrap();
        assert_eq!(run.code == 0, read == "read", "{name}");
    }
    assert_snapshot!("people_lists", told);
}

#[test]
fn a_name_that_may_deceive_is_told_and_joined_to_nobody() {
    let folder = Folder::new();
    let text = "“It rained,” said Ana Roz. Ana Roz left.\n\n“It did not,” said An\u{430} Roz. An\u{430} Roz stayed.\n";
    folder.write("a.txt", text);
    folder.write("list.csv", "id,name\nq1,Ana Roz\n");
    let output = folder.stdout(&["read", "--format", "json", "--people", "list.csv", "a.txt"]);
    let record = record::of_json(&output).remove(0);
    let entities = record["entities"].as_array().unwrap();
    let with_id: Vec<&str> = entities
        .iter()
        .filter(|entity| !entity["ids"].as_array().unwrap().is_empty())
        .map(|entity| entity["name"].as_str().unwrap())
        .collect();
    assert_eq!(with_id, ["Ana Roz"]);
    for entity in entities {
        let names = entity["mentions"].as_array().unwrap().iter().filter(|mention| mention["kind"] == "name");
        let mut scripts: Vec<bool> = names.map(|name| name["text"].as_str().unwrap().is_ascii()).collect();
        scripts.dedup();
        assert!(scripts.len() < 2, "{entity}");
    }
    let codes =
        record["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap());
    assert_eq!(codes.collect::<Vec<_>>(), ["name_looks_like"]);
}

/// Long enough that a look-up which walked through the list would show.
#[test]
fn a_long_list() {
    let folder = Folder::new();
    folder.write("a.txt", ARTICLE);
    let mut list = String::from("id,name,aliases\n");
    for n in 0..50_000_u32 {
        writeln!(list, "q{n},Ida{} Ost{},I. O. {n}", n % 1_000, n / 1_000).unwrap();
    }
    list += "r1,Ana Roz,\n";
    folder.write("list.csv", list);
    let json = folder.stdout(&["read", "--format", "json", "--people", "list.csv", "a.txt"]);
    assert!(json.contains("\"r1\""), "the last row is found");
}
