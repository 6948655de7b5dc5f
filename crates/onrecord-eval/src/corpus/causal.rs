//! Causal News Corpus, version 2 (Tan and others, 2023): sentences of the news with causes and effects.
//!
//! In: `causality/causal-news-corpus/data/V2/train_subtask2_grouped.csv`. Out: [`Sentence`]s. Its folds go by the SHA-256
//! of the article's name.

use std::path::Path;

use super::counterfactual::fold;
use super::{csv, open};
use crate::{Error, Span};

/// A sentence with its relations.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its name.
    pub name: String,
    /// Which of five parts it belongs to.
    pub fold: u32,
    /// Its text.
    pub text: String,
    /// Causes and effects, in bytes.
    pub relations: Vec<Relation>,
}

/// A cause and its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The cause.
    pub cause: Span,
    /// The effect.
    pub effect: Span,
}

/// How many parts the sentences have.
pub const FOLDS: u32 = 5;

const CORPUS: &str = "causality/causal-news-corpus/data/V2/train_subtask2_grouped.csv";

/// Reads the corpus.
///
/// # Errors
///
/// When it is not there or breaks its format.
pub fn read(data: &Path) -> Result<Vec<Sentence>, Error> {
    let path = data.join(CORPUS);
    if !path.is_file() {
        return Err(Error::no_corpus("Causal News Corpus", data));
    }
    let rows = csv::rows(&open(&path)?);
    let rows = (1..).zip(&rows).skip(1);
    rows.map(|(number, row)| {
        let [_, article, _, _, name, text, pairs, _] = &row[..] else {
            let expected = "eight cells";
            return Err(Error::malformed(&path, number, expected, format!("{} cells", row.len())));
        };
        let relations = quoted(pairs).iter().filter_map(|marked| relation(text, marked)).collect();
        Ok(Sentence { name: name.clone(), fold: fold(article), text: text.clone(), relations })
    })
    .collect()
}

/// The strings of a list as Python writes it.
fn quoted(list: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut chars = list.chars();
    while let Some(mark) = chars.find(|&c| c == '\'' || c == '"') {
        let mut string = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n') => string.push('\n'),
                    Some('x') => {
                        let code: String = chars.by_ref().take(2).collect();
                        string.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                    }
                    Some('u') => {
                        let code: String = chars.by_ref().take(4).collect();
                        string.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                    }
                    Some(c) => string.push(c),
                    None => break,
                },
                c if c == mark => break,
                c => string.push(c),
            }
        }
        strings.push(string);
    }
    strings
}

/// The spans of a sentence that has them marked by tags.
fn relation(text: &str, marked: &str) -> Option<Relation> {
    let (mut at, mut rest) = (0, marked);
    let (mut opened, mut spans) = ([None; 2], [None; 2]);
    while let Some(c) = rest.chars().next() {
        let tag = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')).filter(|(tag, _)| {
            let name = tag.trim_start_matches('/');
            name.len() == 4 && (name.starts_with("ARG") || name.starts_with("SIG"))
        });
        if let Some((tag, behind)) = tag {
            let which = usize::from(!tag.ends_with('0'));
            if let Some(start) = opened[which].filter(|_| tag.starts_with("/ARG")) {
                spans[which] = Some(Span::new(start, at));
            } else if tag.starts_with("ARG") {
                opened[which] = Some(at);
            }
            rest = behind;
            continue;
        }
        if !text[at..].starts_with(c) {
            return None;
        }
        at += c.len_utf8();
        rest = &rest[c.len_utf8()..];
    }
    Some(Relation { cause: spans[0]?, effect: spans[1]? })
}

#[cfg(test)]
mod tests {
    use super::{Relation, Span, quoted, relation};

    #[test]
    fn tags_become_spans() {
        let list = r#"["<ARG1>They 'left'</ARG1> <SIG0>as</SIG0> <ARG0>it rained</ARG0> .", 'x']"#;
        let strings = quoted(list);
        assert_eq!(strings.len(), 2);
        let relation = relation("They 'left' as it rained .", &strings[0]);
        assert_eq!(relation, Some(Relation { cause: Span::new(15, 24), effect: Span::new(0, 11) }));
    }
}
