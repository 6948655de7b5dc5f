//! Dates as English writes them out: text → day. Whether a date is meant, the caller knows.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `March 5, 2019` or `Sept. 5, 2019` at the start of `text`, with nothing but a bracket behind it.
pub(crate) fn month_day_year(text: &str) -> Option<Date> {
    let (name, rest) = text.split_once(' ')?;
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let month = 1 + MONTHS.iter().position(|m| *m == name || (name.len() >= 3 && m.starts_with(&name)))?;
    let (day, year) = rest.split_once(", ")?;
    let year = year.trim_end_matches([')', ' ']);
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month as i8, day.parse().ok()?).ok()
}
