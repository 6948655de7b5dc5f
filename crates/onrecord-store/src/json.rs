//! JSON in one spelling: no white space, keys sorted. Which order `serde_json` writes depends on how it was built,
//! and hashes must not.

use serde_json::Value;

/// The value in the one spelling.
pub(crate) fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    let mut between = "";
    match value {
        Value::Array(values) => {
            out.push('[');
            for value in values {
                out.push_str(between);
                write(value, out);
                between = ",";
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for key in keys {
                out.push_str(between);
                string(key, out);
                out.push(':');
                write(&object[key], out);
                between = ",";
            }
            out.push('}');
        }
        Value::String(text) => string(text, out),
        plain => out.push_str(&plain.to_string()),
    }
}

/// Adds a string with its marks.
pub(crate) fn string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("a string is JSON"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn one_spelling() {
        let value = json!({"b": "é\n\"", "a": [1, 0.5, null, true, {}]});
        assert_eq!(super::canonical(&value), r#"{"a":[1,0.5,null,true,{}],"b":"é\n\""}"#);
    }
}
