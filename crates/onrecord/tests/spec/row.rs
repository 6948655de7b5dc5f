//! The form of a row: `direct source="Dana Ruiz" cue="said #2" content="“In May,” … “not before.”"`.
//!
//! In: a line of a page, or what the engine read. Out: a [`Row`], that reads and prints alike. Spans are written as
//! their text: ` … ` parts the pieces of one thing, and ` #2` at the end of a piece is the second time that the
//! article has it as a whole word. A back-slash takes its meaning from what follows it: `\"`, `\\`, `\#`, `\…`;
//! `\n` is a line end, `\r` a carriage return. `""` is no span, `none` no value.

use std::fmt;

/// The readings that a page can ask for. Design names more; a block for one that is not made is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Quote,
    Post,
    People,
    Speaker,
    Time,
    Event,
    Link,
    Condition,
}

/// One row: its leading word and the keys that are compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) head: String,
    pub(crate) keys: Vec<(&'static str, Value)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// The pieces of one thing.
    Spans(Vec<Piece>),
    /// A word as it is, such as `quote/cue-after`, `1` or `none`.
    Word(String),
}

/// A span by its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The how-manieth time, from 1. 0 is a span that cuts through a word, which no page can mean.
    pub(crate) time: usize,
}

/// How the value of a key is written.
#[derive(Clone, Copy, PartialEq)]
enum Writing {
    Spans,
    Word,
}

impl Reading {
    pub(crate) fn named(name: &str) -> Result<Reading, String> {
        match name {
            "quote" => Ok(Reading::Quote),
            "post" => Ok(Reading::Post),
            "people" => Ok(Reading::People),
            "speaker" => Ok(Reading::Speaker),
            "time" => Ok(Reading::Time),
            "event" => Ok(Reading::Event),
            "link" => Ok(Reading::Link),
            "condition" => Ok(Reading::Condition),
            _ => Err(format!(
                "found the reading `{name}`; expected `quote`, `people`, `speaker`, `post`, `time`, `event`, \
                 `link` or `condition`"
            )),
        }
    }

    /// The words that a row can begin with.
    fn heads(self) -> &'static [&'static str] {
        match self {
            Reading::Quote => &["direct", "mixed", "indirect"],
            Reading::Post => &["post"],
            Reading::People => &["person", "organization", "group", "place"],
            Reading::Speaker => &["named", "unnamed", "group", "organization", "document", "unstated"],
            Reading::Time => &["DATE", "TIME", "DURATION", "SET"],
            Reading::Event => &["event", "policy"],
            Reading::Link => &["cause", "enable", "prevent", "purpose", "before", "replaces"],
            Reading::Condition => &["if", "unless", "counterfactual"],
        }
    }

    fn keys(self) -> &'static [(&'static str, Writing)] {
        match self {
            Reading::Quote => &[
                ("source", Writing::Spans),
                ("cue", Writing::Spans),
                ("content", Writing::Spans),
                ("stance", Writing::Word),
                ("polarity", Writing::Word),
                ("speaker", Writing::Spans),
                ("inside", Writing::Word),
                ("when", Writing::Spans),
                ("inferred", Writing::Word),
                ("maker", Writing::Word),
            ],
            Reading::Time => &[
                ("text", Writing::Spans),
                ("value", Writing::Word),
                ("mod", Writing::Word),
                ("quant", Writing::Word),
                ("freq", Writing::Word),
                // Another time by its text, or `"published"`.
                ("anchor", Writing::Spans),
                ("begin", Writing::Spans),
                ("end", Writing::Spans),
                ("earliest", Writing::Word),
                ("latest", Writing::Word),
                ("inferred", Writing::Word),
                ("maker", Writing::Word),
            ],
            Reading::Event => &[
                ("trigger", Writing::Spans),
                ("extent", Writing::Spans),
                ("agents", Writing::Spans),
                ("object", Writing::Spans),
                ("standing", Writing::Word),
                ("act", Writing::Word),
                ("when", Writing::Spans),
                // The content of the attribution that says it.
                ("asserted_by", Writing::Spans),
                ("maker", Writing::Word),
            ],
            Reading::Link => &[
                ("from", Writing::Spans),
                ("to", Writing::Spans),
                // The triggers of the events at both ends.
                ("from_event", Writing::Spans),
                ("to_event", Writing::Spans),
                ("signal", Writing::Spans),
                ("standing", Writing::Word),
                ("asserted_by", Writing::Spans),
                ("maker", Writing::Word),
            ],
            Reading::Condition => &[
                // The pieces of all antecedents, of all consequences.
                ("if", Writing::Spans),
                ("then", Writing::Spans),
                ("if_event", Writing::Spans),
                ("then_event", Writing::Spans),
                ("join", Writing::Word),
                ("signal", Writing::Spans),
                ("asserted_by", Writing::Spans),
                ("maker", Writing::Word),
            ],
            Reading::Post => &[
                ("person", Writing::Spans),
                ("title", Writing::Spans),
                ("organization", Writing::Spans),
                ("area", Writing::Spans),
                ("party", Writing::Spans),
                ("of_person", Writing::Spans),
                ("status", Writing::Word),
                ("capacity", Writing::Word),
                ("standing", Writing::Word),
                ("since", Writing::Spans),
                ("until", Writing::Spans),
                ("told_by", Writing::Spans),
                ("inferred", Writing::Word),
                ("maker", Writing::Word),
            ],
            Reading::People => {
                &[("name", Writing::Spans), ("gender", Writing::Word), ("mentions", Writing::Spans)]
            }
            Reading::Speaker => &[
                ("source", Writing::Spans),
                ("content", Writing::Spans),
                ("speaker", Writing::Spans),
                ("as_written", Writing::Spans),
                ("number", Writing::Word),
                ("reason", Writing::Spans),
                ("addressee", Writing::Spans),
                ("about", Writing::Spans),
                ("inferred", Writing::Word),
                ("maker", Writing::Word),
            ],
        }
    }
}

impl Row {
    /// Reads a line.
    pub(crate) fn parse(reading: Reading, line: &str) -> Result<Row, String> {
        let line = line.trim();
        let (head, mut rest) = line.split_once(' ').unwrap_or((line, ""));
        if !reading.heads().contains(&head) {
            return Err(format!("found `{head}`; expected one of {}", list(reading.heads())));
        }
        let mut row = Row { head: head.to_owned(), keys: Vec::new() };
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Ok(row);
            }
            let Some((name, value)) = rest.split_once('=') else {
                return Err(format!("found `{rest}`; expected KEY=VALUE"));
            };
            let Some(&(key, writing)) = reading.keys().iter().find(|(key, _)| *key == name) else {
                let names: Vec<&str> = reading.keys().iter().map(|&(key, _)| key).collect();
                return Err(format!("found the key `{name}`; expected one of {}", list(&names)));
            };
            if row.key(key).is_some() {
                return Err(format!("`{key}` stands twice"));
            }
            let (value, after) = match writing {
                Writing::Spans => spans(key, value)?,
                Writing::Word => word(key, value)?,
            };
            row.keys.push((key, value));
            rest = after;
        }
    }

    pub(crate) fn key(&self, name: &str) -> Option<&Value> {
        self.keys.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Whether `found` has all that this row asks for; `inside` points at other rows and is compared elsewhere.
    pub(crate) fn fits(&self, found: &Row) -> bool {
        let same = |(key, value): &(&str, Value)| *key == "inside" || found.key(key) == Some(value);
        self.head == found.head && self.keys.iter().all(same)
    }

    /// Whether every span of the row stands in `article`.
    pub(crate) fn occurs_in(&self, article: &str) -> Result<(), String> {
        for (key, value) in &self.keys {
            let Value::Spans(pieces) = value else { continue };
            if *key == "anchor" && value.to_string() == "\"published\"" {
                continue;
            }
            for piece in pieces {
                let times = times(article, &piece.text).count();
                if piece.time == 0 || piece.time > times {
                    return Err(format!("{key}={value} asks for text that the article has {times} times"));
                }
            }
        }
        Ok(())
    }
}

impl Piece {
    /// The piece of `article` from byte `start` to `end`.
    pub(crate) fn of(article: &str, start: usize, end: usize) -> Piece {
        let text = &article[start..end];
        let time = times(article, text).position(|at| at == start).map_or(0, |index| index + 1);
        Piece { text: text.to_owned(), time }
    }
}

/// Where `text` stands in `article` without cutting through a word.
fn times<'t>(article: &'t str, text: &'t str) -> impl Iterator<Item = usize> + 't {
    let joins = |left: Option<char>, right: Option<char>| {
        left.is_some_and(char::is_alphanumeric) && right.is_some_and(char::is_alphanumeric)
    };
    article.char_indices().map(|(at, _)| at).filter(move |&at| {
        let (before, rest) = article.split_at(at);
        let Some(after) = rest.strip_prefix(text).filter(|_| !text.is_empty()) else { return false };
        !joins(before.chars().next_back(), text.chars().next())
            && !joins(text.chars().next_back(), after.chars().next())
    })
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Reads a bare word: the value and what stands after it.
fn word<'t>(key: &str, text: &'t str) -> Result<(Value, &'t str), String> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    if value.is_empty() || value.contains('"') {
        return Err(format!(
            "found `{value}` for `{key}`; expected a word without quotation marks, or `none`"
        ));
    }
    Ok((Value::Word(value.to_owned()), rest))
}

/// Reads pieces between straight quotation marks: the value and what stands after it.
fn spans<'t>(key: &str, text: &'t str) -> Result<(Value, &'t str), String> {
    let Some(text) = text.strip_prefix('"') else {
        return Err(format!("found no `\"` after `{key}=`; expected the text of spans in quotation marks"));
    };
    let mut pieces = Vec::new();
    let mut piece = Written::default();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                if !(pieces.is_empty() && piece.text.is_empty()) {
                    pieces.push(piece.finish(key)?);
                }
                return Ok((Value::Spans(pieces), &text[at + 1..]));
            }
            '\\' => match chars.next() {
                Some((_, 'n')) => piece.text.push('\n'),
                Some((_, 'r')) => piece.text.push('\r'),
                Some((_, c @ ('"' | '\\' | '#' | '…'))) => piece.text.push(c),
                _ => {
                    return Err(format!(
                        "a `\\` in `{key}` stands before none of `\"`, `\\`, `#`, `…`, `n`, `r`"
                    ));
                }
            },
            '…' if piece.text.ends_with(' ') && text[at + c.len_utf8()..].starts_with(' ') => {
                piece.text.pop();
                chars.next();
                pieces.push(std::mem::take(&mut piece).finish(key)?);
            }
            '#' if piece.text.ends_with(' ') => {
                piece.mark = Some(piece.text.len());
                piece.text.push('#');
            }
            _ => piece.text.push(c),
        }
    }
    Err(format!("the value of `{key}` has no closing `\"`"))
}

/// A piece while it is read.
#[derive(Default)]
struct Written {
    text: String,
    /// Where its last bare `#` stands.
    mark: Option<usize>,
}

impl Written {
    fn finish(mut self, key: &str) -> Result<Piece, String> {
        let mut time = 1;
        if let Some(mark) = self.mark
            && let Ok(number) = self.text[mark + 1..].parse()
        {
            time = number;
            self.text.truncate(mark - 1);
        }
        if self.text.is_empty() {
            return Err(format!("a piece of `{key}` is empty"));
        }
        Ok(Piece { text: self.text, time })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.head)?;
        self.keys.iter().try_for_each(|(key, value)| write!(f, " {key}={value}"))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Word(word) => f.write_str(word),
            Value::Spans(pieces) => {
                let pieces: Vec<String> = pieces.iter().map(Piece::to_string).collect();
                write!(f, "\"{}\"", pieces.join(" … "))
            }
        }
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text =
            self.text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        for special in [" #", " …"] {
            text = text.replace(special, &special.replace(' ', " \\"));
        }
        // A piece that begins with an ellipsis would part from the one before it.
        if text.starts_with('…') {
            text.insert(0, '\\');
        }
        f.write_str(&text)?;
        if self.time == 1 { Ok(()) } else { write!(f, " #{}", self.time) }
    }
}
