//! WikiWars 1.0.4 (Mazur and Dale, 2010): histories of wars from Wikipedia, TIMEX2 in the text.
//!
//! In: `time/wikiwars-1.0.4/keyinline`. Out: the text without its tags, and the times that the tags marked.
//! Dev is the last six documents in the order of their names, train the others.
//!
//! TIMEX2's values are those of TIMEX3, but for three: a set bears the time that comes again ("XXXX-XX-XX", each day)
//! where TIMEX3 has its period ("P1D"); decades and centuries are units of length ("P2DE"); and a day that is not known
//! may be written out ("1943-07-XX"). [`crate::score::time`] takes the last two for the same as TIMEX3's; the first is
//! rewritten here.

use std::fs;
use std::path::Path;

use super::Split;
use super::timed::{GoldTime, Timed};
use crate::Error;

const CORPUS: &str = "WikiWars";
const DEV: usize = 6;

/// Reads a split.
///
/// # Errors
///
/// When the corpus is not there or cannot be read.
pub fn read(data: &Path, split: Split) -> Result<Vec<Timed>, Error> {
    let folder = data.join("time/wikiwars-1.0.4/keyinline");
    let entries = fs::read_dir(&folder).map_err(|_| Error::no_corpus(CORPUS, &folder))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    paths.sort();
    let dev = paths.split_off(paths.len().saturating_sub(DEV));
    let paths = match split {
        Split::Train => paths,
        Split::Dev => dev,
    };
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).map_err(|cause| Error::io("read", path, cause))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            Ok(document(name.unwrap_or_default().split('.').next().unwrap_or_default(), &text))
        })
        .collect()
}

fn document(name: &str, xml: &str) -> Timed {
    let part = |from: &str, to: &str| {
        xml.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(part, _)| part)
    };
    let published = attribute(part("<DATETIME>", "</DATETIME>"), "val");
    let mut timed = Timed { name: name.to_owned(), published, ..Timed::default() };
    let mut open: Vec<(usize, Option<String>)> = Vec::new();
    let mut rest = part("<TEXT>", "</TEXT>");
    while let Some(at) = rest.find('<') {
        timed.text.push_str(&unescaped(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        rest = &rest[end..];
        if tag.starts_with("<TIMEX2") {
            open.push((timed.text.len(), value(tag)));
        } else if tag == "</TIMEX2>"
            && let Some((start, value)) = open.pop()
        {
            let values = value.into_iter().collect();
            timed.gold.push(GoldTime { start, end: timed.text.len(), values, ..GoldTime::default() });
        }
    }
    timed.text.push_str(&unescaped(rest));
    timed.annotated = timed.text.len();
    timed.gold.sort_by_key(|gold| (gold.start, std::cmp::Reverse(gold.end)));
    timed
}

/// TIMEX2's value in the terms of TIMEX3.
fn value(tag: &str) -> Option<String> {
    let value = attribute(tag, "val").filter(|value| !value.is_empty())?;
    let is_set = attribute(tag, "set").is_some();
    let period = match value.as_str() {
        "XXXX-XX-XX" => "P1D",
        "XXXX-WXX" => "P1W",
        "XXXX-XX" => "P1M",
        "XXXX" => "P1Y",
        other => other,
    };
    Some(if is_set { period.to_owned() } else { value })
}

/// The value of an attribute of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[start..].find('"')?;
    Some(unescaped(&tag[start..start + length]))
}

/// The characters that XML's five entities stand for.
pub(super) fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_spans() {
        let xml = "<DATETIME> <TIMEX2 val=\"2009-12-19\">2009-12-19</TIMEX2> </DATETIME>\n<TEXT>\nIn \
                   <TIMEX2 val=\"1990\">1990</TIMEX2> A &amp; B met <TIMEX2 set=\"YES\" val=\"XXXX-XX-XX\">every \
                   day</TIMEX2>.</TEXT>";
        let timed = document("a", xml);
        assert_eq!(timed.text, "\nIn 1990 A & B met every day.");
        assert_eq!(timed.published.as_deref(), Some("2009-12-19"));
        let found: Vec<(&str, &str)> = timed
            .gold
            .iter()
            .map(|gold| (&timed.text[gold.start..gold.end], gold.values[0].as_str()))
            .collect();
        assert_eq!(found, [("1990", "1990"), ("every day", "P1D")]);
    }
}
