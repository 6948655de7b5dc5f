//! The publication date: given from outside, or told by the text at its very start.
//!
//! Three forms are read: a line `date 2019-03-05 …`, a line that is an ISO date, and a date line with a place
//! (`LISBON, March 5, 2019 —`). The last is the day of writing, so the publication date is inferred from it. It reads
//! no clock: without a date the article has none.

use jiff::civil::Date;

use super::{Published, Span};
use crate::lang::en;
use crate::{Article, Warning};

/// How far into the text a date line may end, in bytes.
const REACH: usize = 200;

pub(super) fn published(article: &Article, text: &str, warnings: &mut Vec<Warning>) -> Option<Published> {
    if let Some(given) = &article.published {
        if let Some(day) = day_of(given) {
            return Some(Published { value: given.clone(), day, span: None, inferred: false });
        }
        let message = format!("publication date {given:?} is no ISO 8601 date; it was left out");
        warnings.push(Warning::new("published_unreadable", None, message));
    }
    from_text(text)
}

/// The day of an ISO 8601 date or date-time: the day that it names itself, whatever its time zone.
pub(crate) fn day_of(value: &str) -> Option<Date> {
    let (date, rest) = value.trim().split_at_checked(10)?;
    let rest_is_time = rest.is_empty()
        || rest.starts_with(['T', 't', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_iso =
        date.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if is_iso && rest_is_time { date.parse().ok() } else { None }
}

fn from_text(text: &str) -> Option<Published> {
    let start = text.len()
        - text.trim_start_matches(|c: char| c.is_whitespace() || super::token::is_ignorable(c)).len();
    let head = &text[start..text.floor_char_boundary(start + REACH)];
    let line = head.lines().next()?;
    stated_line(line, start).or_else(|| place_line(line, start))
}

/// `date 2019-03-05 …`, or the date alone on its line.
fn stated_line(line: &str, offset: usize) -> Option<Published> {
    let (label, rest) = match line.get(..4) {
        Some(word) if word.eq_ignore_ascii_case("date") => {
            let rest = line[4..].trim_start_matches([':', ' ', '\t']);
            (line.len() - rest.len(), rest)
        }
        _ => (0, line.trim_end()),
    };
    let value = if label > 0 { rest.split([' ', '\t']).next()? } else { rest };
    let day = day_of(value.trim_end_matches('.'))?;
    let span = Span::new(offset + label, offset + label + value.len());
    Some(Published { value: value.trim_end_matches('.').to_owned(), day, span: Some(span), inferred: false })
}

/// `LISBON, March 5, 2019 —` and `PORT ALMOND (March 5, 2019) -`.
fn place_line(line: &str, offset: usize) -> Option<Published> {
    let dash = line.char_indices().find(|&(i, c)| {
        matches!(c, '—' | '–' | '―')
            || (c == '-' && line[..i].ends_with([' ', '-']) && line[i + 1..].starts_with([' ', '-']))
    })?;
    let head = line[..dash.0].trim_end_matches(['-', ' ']);
    let place_end = head.find([',', '('])?;
    let place = &head[..place_end];
    let is_place = place.chars().any(char::is_alphabetic) && !place.chars().any(char::is_lowercase);
    if !is_place {
        return None;
    }
    let (at, day) = head.char_indices().find_map(|(i, c)| {
        let word_starts = c.is_alphabetic() && !head[..i].ends_with(char::is_alphabetic);
        if word_starts { en::month_day_year(&head[i..]).map(|day| (i, day)) } else { None }
    })?;
    let end = head.trim_end_matches([')', ' ']).len();
    let span = Span::new(offset + at, offset + end);
    Some(Published { value: day.to_string(), day, span: Some(span), inferred: true })
}

#[cfg(test)]
mod tests {
    use crate::{Article, Document};

    fn check(text: &str, expected: Option<(&str, bool)>) {
        let document = Document::new(Article::new(text));
        let found = document.published().map(|p| (p.value.as_str(), p.inferred));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_date_line_is_stated() {
        check("date 2019-03-05 LISBON\nIt rained.", Some(("2019-03-05", false)));
        check("Date: 2019-03-05\nIt rained.", Some(("2019-03-05", false)));
        check("\u{feff}2019-03-05\n\nIt rained.", Some(("2019-03-05", false)));
        check("2019-03-05T10:00:00Z\nIt rained.", Some(("2019-03-05T10:00:00Z", false)));
    }

    #[test]
    fn a_place_line_infers_it() {
        check("LISBON, March 5, 2019 — It rained.", Some(("2019-03-05", true)));
        check("PORT ALMOND, N.Y., Sept. 5, 2019 -- It rained.", Some(("2019-09-05", true)));
        check("LISBON (5 March 2019) – It rained.", None);
    }

    #[test]
    fn anything_else_is_no_date() {
        check("It rained on March 5, 2019 — again.", None);
        check("LISBON, March 5 — It rained.", None);
        check("2019-02-31\nIt rained.", None);
        check("2019-03-05 was a Tuesday.", None);
        check("", None);
    }

    #[test]
    fn the_given_date_wins() {
        let article =
            Article { published: Some("2020-01-02".into()), ..Article::new("2019-03-05\nIt rained.") };
        assert_eq!(Document::new(article).published().unwrap().value, "2020-01-02");
        let article =
            Article { published: Some("9999999-13-45".into()), ..Article::new("2019-03-05\nIt rained.") };
        let document = Document::new(article);
        assert_eq!(document.published().unwrap().value, "2019-03-05");
        assert_eq!(document.warnings()[0].code, "published_unreadable");
    }
}
