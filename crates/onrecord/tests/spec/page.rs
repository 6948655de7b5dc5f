//! A page of specifications: Markdown to tests.
//!
//! In: the text of a page. Out: a [`Test`] for each `##` heading, a broken one with what is wrong with it. It never
//! passes over a block: one that it does not know is an error, or a misspelt block would be no test.
//!
//! ````markdown
//! # What the page is about
//!
//! ## The cue stands before
//!
//! A sentence that says why the rows below are right.
//!
//! ```published 2024-05-08
//! ```
//! ```article
//! Dana Ruiz said, “We will open in May.”
//! ```
//! ```claims quote
//! direct source="Dana Ruiz" cue="said" content="“We will open in May.”"
//! ```
//! ````

use std::collections::BTreeSet;

use crate::row::{Reading, Row};

/// One heading of a page.
#[derive(Debug, PartialEq)]
pub(crate) struct Test {
    pub(crate) name: String,
    /// The line of the heading, from 1.
    pub(crate) line: usize,
    pub(crate) spec: Result<Spec, String>,
}

/// What an article says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spec {
    pub(crate) published: Option<String>,
    /// The lines of the block, without a line end after the last.
    pub(crate) article: String,
    pub(crate) claims: Vec<Claims>,
}

/// What one reading must give.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claims {
    pub(crate) reading: Reading,
    pub(crate) verdict: Verdict,
    pub(crate) rows: Vec<Row>,
}

/// Whether the engine reads it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    /// A known miss: the rows are right and the engine gives others.
    Wrong,
}

/// The tests of a page, in order.
pub(crate) fn tests(text: &str) -> Vec<Test> {
    let sections = sections(text);
    let mut names = BTreeSet::new();
    let mut tests: Vec<Test> = Vec::new();
    for section in sections {
        let spec = match section.name {
            "" if section.blocks.is_empty() => continue,
            "" => Err("a block stands before the first `##` heading".to_owned()),
            name if !names.insert(name) => Err("another test of this page has the same heading".to_owned()),
            _ => spec(&section),
        };
        tests.push(Test { name: section.name.to_owned(), line: section.line, spec });
    }
    if tests.is_empty() {
        tests.push(Test { name: String::new(), line: 1, spec: Err("the page has no `##` heading".into()) });
    }
    tests
}

/// A heading and what stands below it.
struct Section<'t> {
    name: &'t str,
    line: usize,
    /// Whether words stand before the first block.
    has_reason: bool,
    blocks: Vec<Block<'t>>,
}

/// A fenced block.
struct Block<'t> {
    info: &'t str,
    line: usize,
    body: Vec<&'t str>,
    closed: bool,
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let section = |name, line| Section { name, line, has_reason: false, blocks: Vec::new() };
    let mut sections = Vec::new();
    let mut current = section("", 1);
    let mut open: Option<(&str, Block<'_>)> = None;
    for (index, line) in text.split('\n').enumerate() {
        if let Some((fence, mut block)) = open.take() {
            if is_closing(line, fence) {
                block.closed = true;
                current.blocks.push(block);
            } else {
                block.body.push(line);
                open = Some((fence, block));
            }
        } else if let Some(fence) = fence(line) {
            let info = line.trim_start()[fence.len()..].trim();
            open = Some((fence, Block { info, line: index + 1, body: Vec::new(), closed: false }));
        } else if let Some(name) = line.strip_prefix("## ") {
            sections.push(std::mem::replace(&mut current, section(name.trim(), index + 1)));
        } else if current.blocks.is_empty() {
            current.has_reason |= !line.starts_with('#') && line.contains(char::is_alphabetic);
        }
    }
    current.blocks.extend(open.map(|(_, block)| block));
    sections.push(current);
    sections
}

/// The three or more back-ticks or tildes that a line starts with.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    (length >= 3).then(|| &line[..length])
}

/// A block ends at a fence of its own kind that is at least as long and has nothing after it.
fn is_closing(line: &str, opening: &str) -> bool {
    fence(line).is_some_and(|fence| fence.starts_with(opening) && line.trim() == fence)
}

fn spec(section: &Section<'_>) -> Result<Spec, String> {
    if !section.has_reason {
        return Err("no sentence says why, between the heading and the first block".into());
    }
    let mut spec = Spec::default();
    let mut article = None;
    for block in &section.blocks {
        let at = |message: String| format!("line {}: {message}", block.line);
        if !block.closed {
            return Err(at("the block is not closed".into()));
        }
        let words: Vec<&str> = block.info.split_whitespace().collect();
        match words[..] {
            ["published", date] if article.is_none() && spec.published.is_none() => {
                if block.body.iter().any(|line| !line.trim().is_empty()) {
                    return Err(at("the date stands after `published`; the block stays empty".into()));
                }
                spec.published = Some(date.to_owned());
            }
            ["article"] if article.is_none() => article = Some(block.body.join("\n")),
            ["claims", reading, ref marks @ ..] => {
                let Some(article) = &article else {
                    return Err(at("the article stands before its claims".into()));
                };
                let claims = claims(block, reading, marks, article)?;
                if spec.claims.iter().any(|other| other.reading == claims.reading) {
                    return Err(at(format!(
                        "a second block of {reading}; one block holds all rows of a reading"
                    )));
                }
                spec.claims.push(claims);
            }
            _ => {
                let message = format!(
                    "found the block `{}`; expected `published DATE`, `article` and `claims READING`, in this order",
                    block.info
                );
                return Err(at(message));
            }
        }
    }
    spec.article = article.ok_or("the test has no `article` block")?;
    if spec.claims.is_empty() {
        return Err("the test has no `claims` block".into());
    }
    Ok(spec)
}

fn claims(block: &Block<'_>, reading: &str, marks: &[&str], article: &str) -> Result<Claims, String> {
    let at = |line: usize, message: String| format!("line {line}: {message}");
    let reading = Reading::named(reading).map_err(|message| at(block.line, message))?;
    let mut verdict = Verdict::Right;
    let mut none = false;
    for &mark in marks {
        match mark {
            "wrong" => verdict = Verdict::Wrong,
            "none" => none = true,
            _ => return Err(at(block.line, format!("found `{mark}`; expected `none` or `wrong`"))),
        }
    }
    let mut rows = Vec::new();
    for (index, line) in block.body.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = Row::parse(reading, line).and_then(|row| row.occurs_in(article).map(|()| row));
        rows.push(row.map_err(|message| at(block.line + 1 + index, message))?);
    }
    match (none, rows.is_empty()) {
        (true, false) => Err(at(block.line, "`none` says that there is no row".into())),
        (false, true) => Err(at(block.line, "the block has no row; `none` says that there is none".into())),
        _ => Ok(Claims { reading, verdict, rows }),
    }
}
