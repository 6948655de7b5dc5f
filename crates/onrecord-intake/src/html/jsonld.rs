//! What a page states for machines in JSON-LD, by the words of schema.org.
//!
//! In: the scripts of a page. Out: [`Stated`]: the properties of its article. A script that is no JSON, or is nested
//! too deep, is passed over; nothing is fetched.

use serde_json::Value;

use super::tree::{Data, ROOT, Tree};

/// The properties of the article that a page is about.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authors: Vec<String>,
}

/// The longest script that is parsed: a value takes many times its bytes of memory.
const LONGEST: usize = 1 << 20;

/// Reads every script of the page that holds JSON-LD.
pub(super) fn read(tree: &Tree) -> Stated {
    let mut stated = Stated::default();
    for id in tree.below(ROOT) {
        let Some(element) = tree.element(id).filter(|element| element.name() == "script") else { continue };
        let is_json = element.get("type").is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
        });
        if !is_json {
            continue;
        }
        for &child in &tree.node(id).children {
            if let Data::Text(text) = &tree.node(child).data
                && text.len() <= LONGEST
                && let Some(value) = parse(text)
            {
                stated.take(&value);
            }
        }
    }
    stated
}

/// Comments of old habit may stand around the JSON, and line ends inside its strings.
fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let text = text
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// How many objects of one script are looked at.
const OBJECTS: usize = 5_000;

impl Stated {
    /// Takes what the objects in `value` say; the first that says something wins.
    fn take(&mut self, value: &Value) {
        let mut queue = std::collections::VecDeque::from([value]);
        let mut seen = 0;
        while let Some(value) = queue.pop_front() {
            seen += 1;
            if seen > OBJECTS {
                return;
            }
            match value {
                Value::Array(values) => queue.extend(values),
                Value::Object(object) => {
                    if is_article(value) {
                        self.take_article(value);
                    }
                    // A list of other articles is none of this page's.
                    let inner = object.iter().filter(|(key, _)| {
                        matches!(
                            key.as_str(),
                            "@graph"
                                | "mainEntity"
                                | "mainEntityOfPage"
                                | "liveBlogUpdate"
                                | "hasPart"
                                | "itemReviewed"
                                | "about"
                                | "review"
                        ) && !(key.as_str() == "liveBlogUpdate" || key.as_str() == "hasPart")
                    });
                    queue.extend(inner.map(|(_, value)| value));
                }
                _ => {}
            }
        }
    }

    fn take_article(&mut self, value: &Value) {
        let set = |own: &mut Option<String>, new: Option<String>| {
            if own.is_none() {
                *own = new;
            }
        };
        set(&mut self.headline, string(&value["headline"]).or_else(|| string(&value["name"])));
        set(&mut self.published, string(&value["datePublished"]).or_else(|| string(&value["dateCreated"])));
        set(
            &mut self.url,
            string(&value["url"])
                .or_else(|| string(&value["mainEntityOfPage"]))
                .or_else(|| string(&value["mainEntityOfPage"]["@id"])),
        );
        set(&mut self.publisher, named(&value["publisher"]).into_iter().next());
        set(
            &mut self.language,
            string(&value["inLanguage"]).or_else(|| string(&value["inLanguage"]["alternateName"])),
        );
        set(&mut self.body, string(&value["articleBody"]));
        set(&mut self.description, string(&value["description"]));
        if self.authors.is_empty() {
            self.authors = named(&value["author"]);
        }
    }
}

/// schema.org's kinds of articles; a page can have several kinds.
fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            kind.ends_with("Article")
                || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report" | "Review" | "Recipe")
        })
    };
    match &value["@type"] {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(values) => values.first()?.as_str()?,
        _ => return None,
    };
    let text = unescaped(text.trim());
    (!text.is_empty()).then_some(text)
}

/// The names of persons or organizations.
fn named(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![unescaped(name.trim())],
        Value::Object(object) => object.get("name").map(named).unwrap_or_default(),
        Value::Array(values) => values
            .iter()
            .take(20)
            .flat_map(|value| match value {
                Value::Array(_) => Vec::new(),
                value => named_one(value),
            })
            .collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|name| !name.is_empty())
    .collect()
}

fn named_one(value: &Value) -> Vec<String> {
    let name = match value {
        Value::String(name) => Some(name),
        value => match &value["name"] {
            Value::String(name) => Some(name),
            _ => None,
        },
    };
    name.map(|name| unescaped(name.trim())).into_iter().collect()
}

/// With `&` and `;`.
const LONGEST_ENTITY: usize = 12;

/// Many write the entities of HTML into JSON, where they mean nothing.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST_ENTITY).position(|b| b == b';');
        if let Some((c, end)) = end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return number.ok().and_then(char::from_u32).filter(|c| !c.is_control());
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "shy" => '\u{ad}',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        _ => return None,
    })
}
