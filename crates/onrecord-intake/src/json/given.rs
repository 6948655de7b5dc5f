//! The value of a key of JSON, with messages that name the key.
//!
//! In: any JSON value. Out: [`Given`], then the string that was expected or a [`Broken`]. It never converts, but for
//! a whole number that is an identifier.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Broken;

/// The value of a key, whatever its type, so that a message can name the key.
#[derive(Debug, Default)]
pub(crate) enum Given {
    #[default]
    Missing,
    Null,
    String(String),
    Integer(String),
    /// Anything else, by its name.
    Other(&'static str),
}

impl Given {
    pub(crate) fn required(self, key: &str) -> Result<String, Broken> {
        match self {
            Given::String(value) => clean(key, value),
            Given::Missing => {
                Err(Broken { message: format!("found no `{key}`; expected a string"), hint: None })
            }
            other => Err(other.mismatch(key, "a string")),
        }
    }

    pub(crate) fn optional(self, key: &str) -> Result<Option<String>, Broken> {
        match self {
            Given::Missing | Given::Null => Ok(None),
            Given::String(value) if value.is_empty() => Ok(None),
            Given::String(value) => clean(key, value).map(Some),
            other => Err(other.mismatch(key, "a string")),
        }
    }

    /// Databases number their rows: a whole number is an identifier as good as its digits.
    pub(crate) fn identifier(self, key: &str) -> Result<Option<String>, Broken> {
        match self {
            Given::Integer(digits) => Ok(Some(digits)),
            Given::Other(_) => Err(self.mismatch(key, "a string or a whole number")),
            other => other.optional(key),
        }
    }

    /// The string, where it is one that a reader sees something in. It stays silent about all else, for keys that
    /// other programs give other shapes.
    pub(crate) fn text(self) -> Option<String> {
        match self {
            Given::String(value) if !value.trim().is_empty() && !value.contains('\0') => Some(value),
            _ => None,
        }
    }

    fn mismatch(&self, key: &str, expected: &str) -> Broken {
        let found = match self {
            Given::Missing => "nothing",
            Given::Null => "null",
            Given::String(_) => "a string",
            Given::Integer(_) => "a number",
            Given::Other(name) => name,
        };
        Broken { message: format!("found {found} for `{key}`; expected {expected}"), hint: None }
    }
}

/// NUL ends strings in half of the programs that a record may go through.
fn clean(key: &str, value: String) -> Result<String, Broken> {
    if value.contains('\0') {
        let message = format!("found the character U+0000 in `{key}`; expected text without it");
        return Err(Broken { message, hint: None });
    }
    Ok(value)
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Given, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Given;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_str<E>(self, value: &str) -> Result<Given, E> {
                Ok(Given::String(value.to_owned()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Given, E> {
                Ok(Given::Integer(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Given, E> {
                Ok(Given::Integer(value.to_string()))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
                Ok(Given::Other("a number that is not whole or over 64 bits"))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Given, E> {
                Ok(Given::Other(if value { "true" } else { "false" }))
            }

            fn visit_unit<E>(self) -> Result<Given, E> {
                Ok(Given::Null)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Given::Other("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Given, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Given::Other("an object"))
            }
        }

        deserializer.deserialize_any(Any)
    }
}
