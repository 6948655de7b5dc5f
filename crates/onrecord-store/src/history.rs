//! The versions of an article, and what changed from one to the next in what was quoted.
//!
//! In: an article's id. Out: each version with its [`Change`]s. Quotations are compared by their words: one that is
//! gone and one that is new are one that was altered where they share most of them. It never compares the text around
//! them: what changed there is the business of a diff.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::erase::articles_of;
use crate::error::Kind;
use crate::keep::row_numbers;
use crate::{Error, Record};

/// A version of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The publisher, where it is known.
    pub publisher: Option<String>,
    /// 1 for the first that came.
    pub number: i64,
    /// The hash of its text.
    pub text_sha256: String,
    /// When it was published, as given.
    pub published: Option<String>,
    /// When it came into the record (ISO 8601, UTC).
    pub at: Option<String>,
    /// How many quotations it has.
    pub quotes: usize,
    /// What changed since the version before.
    pub changes: Vec<Change>,
}

/// What changed in what was quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New(Quote),
    /// It is gone.
    Gone(Quote),
    /// Its source or its words are others: before, after.
    Altered(Quote, Quote),
}

/// A quotation: who and what, in the words of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The words that name the source.
    pub source: String,
    /// What is attributed.
    pub content: String,
}

impl Record {
    /// The versions of the article with this id, first to last; those of each publisher where several have one.
    ///
    /// # Errors
    ///
    /// There is no such article, or the record cannot be read.
    pub fn history(&self, id: &str, publisher: Option<&str>) -> Result<Vec<Version>, Error> {
        let versions = versions(&self.connection, id, publisher).map_err(|error| self.error(error))?;
        if versions.is_empty() {
            return Err(Error::new(&self.path, Kind::Unknown { id: id.to_owned() }));
        }
        Ok(versions)
    }
}

fn versions(connection: &Connection, id: &str, publisher: Option<&str>) -> rusqlite::Result<Vec<Version>> {
    let mut before: BTreeMap<Option<String>, Vec<Quote>> = BTreeMap::new();
    let mut versions = Vec::new();
    for (number, publisher, _) in articles_of(connection, id, publisher)? {
        let quotes = quotes(connection, number)?;
        let changes = match before.get(&publisher) {
            Some(before) => changes(before, &quotes),
            None => Vec::new(),
        };
        let select = "SELECT a.publisher, a.version, a.text_sha256, a.published, l.at FROM articles AS a \
                      LEFT JOIN ledger AS l ON l.publisher = coalesce(a.publisher, '') AND l.id = a.id \
                      AND l.text_sha256 = a.text_sha256 WHERE a.article = ?1";
        versions.push(connection.query_row(select, [number], |row| {
            Ok(Version {
                publisher: row.get(0)?,
                number: row.get(1)?,
                text_sha256: row.get(2)?,
                published: row.get(3)?,
                at: row.get(4)?,
                quotes: quotes.len(),
                changes,
            })
        })?);
        before.insert(publisher, quotes);
    }
    versions.sort_by(|a, b| (&a.publisher, a.number).cmp(&(&b.publisher, b.number)));
    Ok(versions)
}

/// The quotations of an article, in order of position.
pub(crate) fn quotes(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Quote>> {
    let select = "SELECT coalesce(q.source, ''), coalesce(q.content, '') FROM quote_texts AS q \
                  WHERE q.row BETWEEN ?1 AND ?2 ORDER BY q.row";
    let mut select = connection.prepare_cached(select)?;
    let numbers = row_numbers(article);
    select
        .query_map([numbers.start(), numbers.end()], |row| {
            Ok(Quote { source: row.get(0)?, content: row.get(1)? })
        })?
        .collect()
}

/// What changed between two lists of quotations.
pub(crate) fn changes(before: &[Quote], after: &[Quote]) -> Vec<Change> {
    let mut gone = left_over(before, after);
    let mut changes: Vec<Change> = Vec::new();
    for new in left_over(after, before) {
        let closest = gone.iter().map(|old| shared(&old.content, &new.content)).enumerate();
        let closest = closest.max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        changes.push(match closest {
            Some((at, shared)) if shared >= ALTERED => Change::Altered(gone.remove(at), new),
            _ => Change::New(new),
        });
    }
    changes.extend(gone.into_iter().map(Change::Gone));
    changes
}

/// Half of the words are the same: the same quotation, altered.
const ALTERED: usize = 500;

/// The quotations of `list` that have no equal in `other`, each counted as often as it stands there.
fn left_over(list: &[Quote], other: &[Quote]) -> Vec<Quote> {
    let mut equal: BTreeMap<&Quote, usize> = BTreeMap::new();
    for quote in other {
        *equal.entry(quote).or_default() += 1;
    }
    let mut left = Vec::new();
    for quote in list {
        match equal.get_mut(quote) {
            Some(count) if *count > 0 => *count -= 1,
            _ => left.push(quote.clone()),
        }
    }
    left
}

/// How many of a thousand words two texts have in common, in either's order.
fn shared(a: &str, b: &str) -> usize {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (at, text) in [a, b].into_iter().enumerate() {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            counts.entry(word).or_default()[at] += 1;
        }
    }
    let common: usize = counts.values().map(|[a, b]| a.min(b)).sum();
    let all: usize = counts.values().map(|[a, b]| a.max(b)).sum();
    (common * 1_000).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote((source, content): &(&str, &str)) -> Quote {
        Quote { source: (*source).to_owned(), content: (*content).to_owned() }
    }

    fn check(before: &[(&str, &str)], after: &[(&str, &str)], expected: &[&str]) {
        let list = |list: &[(&str, &str)]| list.iter().map(quote).collect::<Vec<_>>();
        let found: Vec<String> = changes(&list(before), &list(after))
            .iter()
            .map(|change| match change {
                Change::New(new) => format!("+ {}: {}", new.source, new.content),
                Change::Gone(gone) => format!("- {}: {}", gone.source, gone.content),
                Change::Altered(old, new) => {
                    format!("{}: {} > {}: {}", old.source, old.content, new.source, new.content)
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_was_quoted_changes() {
        let before = [("Ruiz", "“We will open in May.”"), ("Ek", "the plan is brave")];
        check(&before, &before, &[]);
        check(&before, &before[..1], &["- Ek: the plan is brave"]);
        check(&before[..1], &before, &["+ Ek: the plan is brave"]);
        check(
            &before,
            &[("Ruiz", "“We will not open in May.”"), before[1]],
            &["Ruiz: “We will open in May.” > Ruiz: “We will not open in May.”"],
        );
        check(
            &before[..1],
            &[("Ek", "“We will open in May.”")],
            &["Ruiz: “We will open in May.” > Ek: “We will open in May.”"],
        );
        check(&[before[0], before[0]], &[before[0]], &["- Ruiz: “We will open in May.”"]);
    }
}
