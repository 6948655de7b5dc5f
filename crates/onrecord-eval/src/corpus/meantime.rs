//! MEANTIME, English (Minard and others, 2016): Wikinews with TIMEX3, by tokens.
//!
//! In: `events/meantime-en/intra-doc_annotation`. Out: the text put together from its tokens, a line for the headline
//! and one for the date line, and the times that stand in it; times that the annotators added without a place in the
//! text are left out. Airbus is train, Apple is dev. Only the headline and the first five sentences were annotated.

use std::fs;
use std::path::Path;

use super::Split;
use super::timed::{GoldTime, Timed};
use super::wikiwars::{attribute, unescaped};
use crate::Error;

const CORPUS: &str = "MEANTIME";
/// Headline and date line are sentences 0 and 1; after them four of the text.
const LAST_SENTENCE: usize = 5;

/// Reads a split.
///
/// # Errors
///
/// When the corpus is not there or cannot be read.
pub fn read(data: &Path, split: Split) -> Result<Vec<Timed>, Error> {
    Ok(files(data, split)?.iter().map(|(name, text)| document(name, text)).collect())
}

/// An article with the happenings that were marked in it.
#[derive(Clone, Debug)]
pub struct Eventful {
    /// The article, with its times.
    pub article: Timed,
    /// Triggers in order of position, each with whether it happened.
    pub events: Vec<(std::ops::Range<usize>, Happened)>,
}

/// What the annotators say of a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It did.
    Yes,
    /// It did not, or not yet, or only may.
    No,
}

/// Reads the happenings of a split.
///
/// # Errors
///
/// When the corpus is not there or cannot be read.
pub fn events(data: &Path, split: Split) -> Result<Vec<Eventful>, Error> {
    Ok(files(data, split)?.iter().map(|(name, text)| eventful(name, text)).collect())
}

fn eventful(name: &str, xml: &str) -> Eventful {
    let article = document(name, xml);
    let tokens = tokens(xml, &mut Timed::default());
    let place = |id: &str| tokens.iter().find(|token| token.id == id);
    let mut events = Vec::new();
    for element in xml.split("<EVENT_MENTION ").skip(1) {
        let (tag, rest) = element.split_once('>').unwrap_or((element, ""));
        let body =
            if tag.ends_with('/') { "" } else { rest.split("</EVENT_MENTION>").next().unwrap_or_default() };
        let ids = body.split("<token_anchor").skip(1);
        let ids = ids.filter_map(|anchor| attribute(anchor.split('>').next()?, "t_id"));
        let anchors: Vec<&Placed> = ids.filter_map(|id| place(&id)).collect();
        let (Some(first), Some(last)) = (anchors.first(), anchors.last()) else { continue };
        let tag = format!(" {tag}");
        let is = |key: &str, value: &str| attribute(&tag, key).as_deref() == Some(value);
        let is_open = is("polarity", "NEG")
            || is("special_cases", "COND_MAIN_CLAUSE")
            || is("special_cases", "COND_IF_CLAUSE")
            || is("certainty", "POSSIBLE")
            || is("certainty", "PROBABLE")
            || is("time", "FUTURE");
        events.push((first.start..last.end, if is_open { Happened::No } else { Happened::Yes }));
    }
    events.retain(|(range, _)| range.end <= article.annotated);
    events.sort_by_key(|(range, _)| range.start);
    Eventful { article, events }
}

/// The files of a split, in order of their names.
fn files(data: &Path, split: Split) -> Result<Vec<(String, String)>, Error> {
    let topic = match split {
        Split::Train => "corpus_airbus",
        Split::Dev => "corpus_apple",
    };
    let folder = data.join("events/meantime-en/intra-doc_annotation").join(topic);
    let entries = fs::read_dir(&folder).map_err(|_| Error::no_corpus(CORPUS, &folder))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).map_err(|cause| Error::io("read", path, cause))?;
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
            Ok((name.unwrap_or_default(), text))
        })
        .collect()
}

/// A token's place in the text that is put together.
struct Placed {
    id: String,
    start: usize,
    end: usize,
}

fn document(name: &str, xml: &str) -> Timed {
    let mut timed = Timed { name: name.to_owned(), ..Timed::default() };
    let tokens = tokens(xml, &mut timed);
    let place = |id: &str| tokens.iter().find(|token| token.id == id);
    for element in xml.split("<TIMEX3 ").skip(1) {
        let (tag, rest) = element.split_once('>').unwrap_or((element, ""));
        let tag = format!(" {tag}");
        let body = if tag.ends_with('/') { "" } else { rest.split("</TIMEX3>").next().unwrap_or_default() };
        let anchors: Vec<&Placed> = body
            .split("<token_anchor")
            .skip(1)
            .filter_map(|anchor| place(&attribute(anchor.split('>').next()?, "t_id")?))
            .collect();
        let value = attribute(&tag, "value").filter(|value| !value.is_empty());
        if attribute(&tag, "functionInDocument").as_deref() == Some("CREATION_TIME")
            && timed.published.is_none()
        {
            timed.published.clone_from(&value);
        }
        let start = anchors.iter().map(|token| token.start).min();
        let end = anchors.iter().map(|token| token.end).max();
        if let (Some(start), Some(end)) = (start, end) {
            let values = value.into_iter().collect();
            timed.gold.push(GoldTime { start, end, values, ..GoldTime::default() });
        }
    }
    let annotated = timed.annotated;
    timed.gold.retain(|gold| gold.end <= annotated);
    timed.gold.sort_by_key(|gold| (gold.start, std::cmp::Reverse(gold.end)));
    // Where the annotators called no time that of creation, it is the date line's, the first of the text.
    let date_line = timed.gold.first().and_then(|gold| gold.values.first().cloned());
    timed.published = timed.published.or(date_line);
    timed
}

/// Puts the text together, and tells how far it was annotated.
fn tokens(xml: &str, timed: &mut Timed) -> Vec<Placed> {
    let mut tokens = Vec::new();
    let mut last_sentence = String::new();
    for element in xml.split("<token ").skip(1) {
        let Some((tag, rest)) = element.split_once('>') else { continue };
        let tag = format!(" {tag}");
        let word = unescaped(rest.split("</token>").next().unwrap_or_default());
        let sentence = attribute(&tag, "sentence").unwrap_or_default();
        let number: usize = sentence.parse().unwrap_or(usize::MAX);
        if sentence != last_sentence && !timed.text.is_empty() {
            timed.text.push(if number <= 2 { '\n' } else { ' ' });
        } else if needs_space(&timed.text, &word) {
            timed.text.push(' ');
        }
        let start = timed.text.len();
        timed.text.push_str(&word);
        last_sentence = sentence;
        if number <= LAST_SENTENCE {
            timed.annotated = timed.text.len();
        }
        let id = attribute(&tag, "t_id").unwrap_or_default();
        tokens.push(Placed { id, start, end: timed.text.len() });
    }
    tokens
}

/// How print sets the tokens that the corpus has apart.
fn needs_space(before: &str, word: &str) -> bool {
    let closes = word.starts_with([',', '.', ';', ':', '!', '?', ')', '%', '\'', '’']) || word == "n't";
    let opens = before.ends_with(['(', '$', '“', '#', '£', '€']);
    !before.is_empty() && !closes && !opens && !before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_text() {
        let xml = "<Document><token number=\"0\" sentence=\"0\" t_id=\"1\">Jets</token>\n\
            <token number=\"1\" sentence=\"1\" t_id=\"2\">May</token>\n<token sentence=\"1\" t_id=\"3\">5</token>\n\
            <token sentence=\"1\" t_id=\"4\">,</token>\n<token sentence=\"1\" t_id=\"5\">2009</token>\n\
            <Markables><TIMEX3 m_id=\"9\" value=\"2009-05-05\" functionInDocument=\"CREATION_TIME\" >\n\
            <token_anchor t_id=\"2\"/><token_anchor t_id=\"5\"/></TIMEX3><TIMEX3 m_id=\"8\" value=\"2009\" /></Markables>";
        let timed = document("a", xml);
        assert_eq!(timed.text, "Jets\nMay 5, 2009");
        assert_eq!(timed.published.as_deref(), Some("2009-05-05"));
        assert_eq!(timed.gold.len(), 1);
        assert_eq!(&timed.text[timed.gold[0].start..timed.gold[0].end], "May 5, 2009");
    }
}
