//! A JSON Schema as a page for people.
//!
//! In: a schema as schemars makes it: objects and enumerations under `$defs`, doc comments as `description`.
//! Out: one section for each, the root first, the others in the order in which they are first named.
//! Never: a key that is not in the schema, or one of the schema's that is not on the page.
//! Next: `crates/onrecord/src/wire/` holds the shapes and every sentence of the page.

use std::fmt::Write as _;

use serde_json::Value;

pub(super) fn page(schema: &Value) -> String {
    let title = text(schema, "title");
    let mut page = format!(
        "# {title}\n\n{}\n\nMade by `cargo xtask docs` from the shapes in `crates/onrecord/src/wire/`; \
         `record.schema.json` is the same as a JSON Schema.\n",
        description(schema)
    );
    section(&mut page, schema);
    for name in names(schema) {
        let shape = &schema["$defs"][&name];
        let _ = write!(page, "\n## {name}\n\n{}\n", description(shape));
        section(&mut page, shape);
    }
    page
}

/// The table of an object's keys or of an enumeration's values.
fn section(page: &mut String, shape: &Value) {
    let keys = keys(shape);
    if !keys.is_empty() {
        page.push_str("\n| key | type | meaning |\n|---|---|---|\n");
        for (key, value, presence) in keys {
            let _ = writeln!(page, "| `{key}` | {} | {}{presence} |", kind(value), cell(&description(value)));
        }
    }
    let values = variants(shape);
    if !values.is_empty() {
        page.push_str("\n| value | meaning |\n|---|---|\n");
        for (value, meaning) in values {
            let _ = writeln!(page, "| `{value}` | {} |", cell(&meaning));
        }
    }
}

/// The keys of an object and of the objects laid flat into it.
///
/// `required` keeps the order of the code, `properties` need not: so the keys that are always there come first, in
/// order, then the others.
fn keys(shape: &Value) -> Vec<(&str, &Value, &'static str)> {
    let mut keys = Vec::new();
    let properties = shape["properties"].as_object();
    let required: Vec<&str> = array(shape, "required").iter().filter_map(Value::as_str).collect();
    keys.extend(required.iter().map(|&key| (key, &shape["properties"][key], "")));
    let others = properties.into_iter().flatten().filter(|(key, _)| !required.contains(&key.as_str()));
    keys.extend(others.map(|(key, value)| (key.as_str(), value, " May be absent.")));
    keys
}

/// The values of an enumeration with what each means; values without a comment stand in one list.
fn variants(shape: &Value) -> Vec<(&str, String)> {
    let commented =
        array(shape, "oneOf").iter().filter_map(|one| Some((one["const"].as_str()?, description(one))));
    let plain = array(shape, "enum").iter().filter_map(|value| Some((value.as_str()?, String::new())));
    commented.chain(plain).collect()
}

/// The names under `$defs`, in the order in which a reader of the page meets them.
fn names(schema: &Value) -> Vec<String> {
    let mut names = Vec::new();
    named(schema, &mut names);
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        named(&schema["$defs"][&name], &mut names);
        next += 1;
    }
    names
}

fn named(shape: &Value, names: &mut Vec<String>) {
    for (_, value, _) in keys(shape) {
        references(value, names);
    }
}

/// Adds the names that `value` refers to, at any depth.
fn references(value: &Value, names: &mut Vec<String>) {
    if let Some(name) = reference(value).filter(|name| !names.iter().any(|known| known == name)) {
        names.push(name.to_owned());
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| references(value, names)),
        Value::Object(values) => values.values().for_each(|value| references(value, names)),
        _ => {}
    }
}

/// The type of a value in words: `string or null`, `list of [Span](#span)`.
fn kind(value: &Value) -> String {
    if let Some(name) = reference(value) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(constant) = value["const"].as_str() {
        return format!("`{constant}`");
    }
    let alternatives = array(value, "anyOf");
    if !alternatives.is_empty() {
        return alternatives.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let named: Vec<&str> = match &value["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => vec!["anything"],
    };
    let items = || format!("list of {}", kind(&value["items"]));
    let kinds = named.into_iter().map(|name| if name == "array" { items() } else { name.to_owned() });
    kinds.collect::<Vec<_>>().join(" or ")
}

fn reference(value: &Value) -> Option<&str> {
    value["$ref"].as_str()?.strip_prefix("#/$defs/")
}

fn array<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn description(value: &Value) -> String {
    text(value, "description").to_owned()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// One line that stays inside its cell.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_of_a_small_schema() {
        let schema = json!({
            "title": "Record",
            "description": "What is on record.",
            "required": ["rows", "id"],
            "properties": {
                "id": {"type": ["string", "null"], "description": "Its id."},
                "note": {"type": "string", "description": "A word on it,\n`a|b`."},
                "rows": {"type": "array", "items": {"$ref": "#/$defs/Row"}, "description": "Its rows."},
            },
            "$defs": {
                "Form": {"description": "A form.", "oneOf": [{"const": "direct", "description": "All letters."}]},
                "Row": {
                    "description": "One row.",
                    "required": ["form"],
                    "properties": {"form": {"anyOf": [{"$ref": "#/$defs/Form"}, {"type": "null"}], "description": "How."}},
                },
            },
        });
        let expected = "# Record\n\nWhat is on record.\n\n\
            Made by `cargo xtask docs` from the shapes in `crates/onrecord/src/wire/`; \
            `record.schema.json` is the same as a JSON Schema.\n\n\
            | key | type | meaning |\n|---|---|---|\n\
            | `rows` | list of [Row](#row) | Its rows. |\n\
            | `id` | string or null | Its id. |\n\
            | `note` | string | A word on it, `a\\|b`. May be absent. |\n\n\
            ## Row\n\nOne row.\n\n\
            | key | type | meaning |\n|---|---|---|\n\
            | `form` | [Form](#form) or null | How. |\n\n\
            ## Form\n\nA form.\n\n\
            | value | meaning |\n|---|---|\n\
            | `direct` | All letters. |\n";
        assert_eq!(page(&schema), expected);
    }

    #[test]
    fn every_shape_of_a_schema_is_on_its_page() {
        let schema = super::super::record_schema();
        let page = page(&schema);
        let shapes = schema["$defs"].as_object().expect("the record has parts");
        for (name, shape) in shapes {
            assert!(page.contains(&format!("\n## {name}\n")), "{name} has no section");
            for (key, _, _) in keys(shape) {
                assert!(page.contains(&format!("\n| `{key}` | ")), "{name}.{key} has no row");
            }
        }
    }
}
