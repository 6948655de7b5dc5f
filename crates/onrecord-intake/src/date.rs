//! Dates as pages, feeds and tables write them, in ISO 8601.
//!
//! In: a value that should be a date. Out: the same date or date-time in ISO 8601, with the offset that it states.
//! It never guesses the day of a value that can be read two ways (`1/2/03`).

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime::BrokenDownTime;

/// The years in which news was written on a page.
const YEARS: std::ops::RangeInclusive<i16> = 1700..=2200;

/// A date in ISO 8601; `None` where the value is none.
pub(crate) fn iso(value: &str) -> Option<String> {
    let value = value.trim();
    if value.len() > LONGEST || !value.is_ascii() {
        return None;
    }
    stamp(value).or_else(|| rfc2822(value)).or_else(|| words(value))
}

/// The longest way in which a date is written.
const LONGEST: usize = 60;

/// `2023-04-28T17:40:08.000+0000` and the like.
fn stamp(value: &str) -> Option<String> {
    let digits = value.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let length = if digits.is_some() { 8 } else { 10 };
    let day = value.get(..length)?.parse::<Date>().ok()?;
    let rest = &value[length..];
    if !YEARS.contains(&day.year()) {
        return None;
    }
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']).trim();
    if rest.is_empty() {
        return Some(day.to_string());
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    // Fractions of a second and what follows a dot of a clock are no news.
    let clock = clock.split('.').next().unwrap_or(clock);
    let time = match clock.len() {
        5 => format!("{clock}:00"),
        8 => clock.to_owned(),
        _ => return Some(day.to_string()),
    };
    let time = format!("{day}T{time}").parse::<DateTime>().ok()?;
    Some(format!("{time}{}", offset(zone.trim()).unwrap_or_default()))
}

/// An offset as ISO 8601 writes it: `Z`, `+01:00`.
fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some("Z".to_owned());
    }
    let sign = zone.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (&digits[..], "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    (hours <= "14" && minutes < "60").then(|| format!("{sign}{hours}:{minutes}"))
}

/// `Fri, 28 Apr 2023 17:40:08 GMT`
fn rfc2822(value: &str) -> Option<String> {
    static PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let zoned = PARSER.parse_zoned(value).ok()?;
    let (time, offset) = (zoned.datetime(), zoned.offset());
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let zone = match minutes.abs() {
        0 => "Z".to_owned(),
        minutes => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    };
    YEARS.contains(&time.year()).then(|| format!("{time}{zone}"))
}

/// `April 28, 2023`, `28 April 2023`, `Apr 28, 2023`.
fn words(value: &str) -> Option<String> {
    let value = value.trim_end_matches('.');
    for form in [
        "%B %d, %Y",
        "%d %B %Y",
        "%b %d, %Y",
        "%d %b %Y",
        "%A, %B %d, %Y",
        "%A, %d %B %Y",
        "%Y/%m/%d",
        "%d.%m.%Y",
    ] {
        let date = BrokenDownTime::parse(form, value).ok().and_then(|parts| parts.to_date().ok());
        if let Some(date) = date.filter(|date| YEARS.contains(&date.year())) {
            return Some(date.to_string());
        }
    }
    None
}

/// The day in a path such as `/2023/04/28/`, `/2023-04-28-` or `/20230428/`.
pub(crate) fn of_url(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        let lengths = (year.len(), month.len(), day.len());
        let date = (lengths == (4, 2, 2)).then(|| format!("{year}-{month}-{day}").parse::<Date>().ok())??;
        (1990..2100).contains(&date.year()).then(|| date.to_string())
    };
    let apart = parts.windows(3).find_map(|parts| day(parts[0], parts[1], parts[2]));
    let joined = || {
        let mut eight = parts.iter().filter(|part| part.len() == 8);
        eight.find_map(|part| day(&part[..4], &part[4..6], &part[6..]))
    };
    apart.or_else(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_they_are_written() {
        for (value, expected) in [
            ("2023-04-28", "2023-04-28"),
            (" 2023-04-28T17:40:08Z ", "2023-04-28T17:40:08Z"),
            ("2023-04-28T17:40:08.123+0200", "2023-04-28T17:40:08+02:00"),
            ("2023-04-28 17:40", "2023-04-28T17:40:00"),
            ("2023-04-28T17:40:08 GMT", "2023-04-28T17:40:08Z"),
            ("20230428T174008", "2023-04-28"),
            ("Fri, 28 Apr 2023 17:40:08 GMT", "2023-04-28T17:40:08Z"),
            ("Mon, 28 Apr 2023 17:40:08 -0430", "2023-04-28T17:40:08-04:30"),
            ("April 28, 2023", "2023-04-28"),
            ("28 April 2023", "2023-04-28"),
            ("Apr 28, 2023", "2023-04-28"),
            ("2023/04/28", "2023-04-28"),
            ("28.04.2023", "2023-04-28"),
        ] {
            assert_eq!(iso(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for value in
            ["", "99999-99-99", "2023-02-31", "9999999-13-45", "1/2/03", "yesterday", "0001-01-01", "März"]
        {
            assert_eq!(iso(value), None, "{value}");
        }
        assert_eq!(iso(&"2".repeat(100_000)), None);
    }

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://e.example/2023/04/28/a-story.html", Some("2023-04-28")),
            ("https://e.example/world-20230428-12", Some("2023-04-28")),
            ("https://e.example/a-2023-04-28?x=2022-01-01", Some("2023-04-28")),
            ("https://e.example/2023/13/28/", None),
            ("https://e.example/article/99123", None),
        ] {
            assert_eq!(of_url(url).as_deref(), expected, "{url}");
        }
    }
}
