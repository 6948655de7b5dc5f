//! Expressions beside each other: `from 2014 to 2016`, `July 1–3`, `August and September 1914`, `1915–17`.
//!
//! In: the expressions of a sentence. Out: the same, with what one tells of the other, and a range for each pair that
//! bounds one. A dash alone bounds ("1914–1918"), "and" only behind "between".

use super::lexicon::Class;
use super::words::Words;
use super::{Found, Meaning};
use crate::lang::time::{Base, Expression, Family, Part, Point, Year};

/// Joins neighbours.
pub(super) fn join(words: Words<'_, '_>, found: Vec<Found>) -> Vec<Found> {
    let found = add_pieces(words, found);
    let found = share_years(words, found);
    add_ranges(words, found)
}

/// The days, months and years that stand in their neighbour's light: the 4 in "4–7 May", the 17 in "1915–17".
fn add_pieces(words: Words<'_, '_>, found: Vec<Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::with_capacity(found.len());
    for this in found {
        if let Some(first) = piece_before(words, &this, all.last()) {
            all.push(first);
        }
        let second = piece_behind(words, &this);
        all.push(this);
        all.extend(second);
    }
    // A piece that was read as something of its own is not read twice.
    all.sort_by_key(|found| found.start);
    let mut end = 0;
    all.retain(|found| {
        let is_free = found.start >= end;
        end = end.max(found.end);
        is_free
    });
    all
}

/// "4–", "26 and", "between 3 and" before a day of a month; "499–" before a year with an era.
fn piece_before(words: Words<'_, '_>, this: &Found, last: Option<&Found>) -> Option<Found> {
    let joint = this.start.checked_sub(1)?;
    let is_joined = words.is_any(joint, &[Class::And, Class::Or, Class::To, Class::Through, Class::Until])
        || words.is_dash(joint);
    let free = last.map_or(0, |last| last.end);
    let (base, family) = calendar(this)?;
    let Base::Calendar { year, part } = base else { return None };
    if !is_joined {
        return None;
    }
    match part {
        Part::Day(month, _) if family == Family::Day && !words.is_any(this.start, &[Class::Month]) => {
            let mut start = joint.checked_sub(1)?;
            while start > free && words.day(start - 1).is_some_and(|(_, end)| end == joint) {
                start -= 1;
            }
            let (day, end) = words.day(start).filter(|_| start >= free)?;
            let start = if start > free && words.is(start - 1, Class::The) { start - 1 } else { start };
            let part = Part::Day(*month, day);
            (end == joint).then(|| point(Base::Calendar { year: *year, part }, family, start, joint))
        }
        Part::Year => {
            let Some(Year::Full(number)) = year else { return None };
            let start = joint.checked_sub(1).filter(|&start| start >= free)?;
            let first = words.digits(start, 4)?.cast_signed();
            let is_before = *number <= 0 && (1 - first) < *number
                || *number > 0 && words.get(start)?.text.len() == 4 && first < *number;
            let first = if *number <= 0 { 1 - first } else { first };
            let is_year = words.is_dash(joint) || *number <= 0;
            let base = Base::Calendar { year: Some(Year::Full(first)), part: Part::Year };
            (is_before && is_year).then(|| point(base, Family::Year, start, joint))
        }
        _ => None,
    }
}

/// "–3" behind "July 1", "and 5" behind "May 4", "–17" behind "1915", "to the seventeenth" behind "April the ninth".
fn piece_behind(words: Words<'_, '_>, this: &Found) -> Option<Found> {
    let (base, family) = calendar(this)?;
    let Base::Calendar { year, part } = base else { return None };
    let joint = this.end;
    let is_dash = words.is_dash(joint) || words.is_mark(joint, '/');
    let is_word = words.is_any(joint, &[Class::And, Class::To, Class::Through, Class::Until]);
    match part {
        Part::Day(month, first) if family == Family::Day && (is_dash || is_word) => {
            let (day, end) = words.day(words.skip(joint + 1, Class::The))?;
            let is_alone =
                is_dash || !words.is_word(end) || words.is_any(end, &[Class::And, Class::In, Class::At]);
            let (year, end) = words.year_behind(end).map_or((*year, end), |(year, end)| (Some(year), end));
            let month = if day > *first { *month } else { month % 12 + 1 };
            let is_later = day > *first || is_word && words.is(joint + 1, Class::The);
            let is_day = is_alone && is_later && words.month(end).is_none();
            is_day
                .then(|| point(Base::Calendar { year, part: Part::Day(month, day) }, family, joint + 1, end))
        }
        Part::Year if is_dash => {
            let Some(Year::Full(first @ 1000..)) = *year else { return None };
            let short = words
                .get(joint + 1)
                .filter(|atom| atom.text.len() == 2 && !atom.spaced)?
                .digits(2)?
                .cast_signed();
            let number = first / 100 * 100 + short;
            let base = Base::Calendar { year: Some(Year::Full(number)), part: Part::Year };
            (number > first).then(|| point(base, Family::Year, joint + 1, joint + 2))
        }
        _ => None,
    }
}

fn point(base: Base, family: Family, start: usize, end: usize) -> Found {
    Found { meaning: Meaning::Point(Point::of(base)), family, start, end }
}

fn calendar(found: &Found) -> Option<(&Base, Family)> {
    match &found.meaning {
        Meaning::Point(point) => Some((&point.base, found.family)),
        _ => None,
    }
}

/// "August and September 1914": the first takes the year of the second.
fn share_years(words: Words<'_, '_>, mut found: Vec<Found>) -> Vec<Found> {
    for index in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(index);
        let (first, second) = (&mut left[index - 1], &right[0]);
        let gap = first.end..second.start;
        let is_joined = gap.len() <= 2
            && !gap.is_empty()
            && gap.clone().all(|at| words.joins(at) || words.is(at, Class::The));
        let Some((Base::Calendar { year: Some(Year::Full(year)), part: later }, _)) = calendar(second) else {
            continue;
        };
        let (year, later) = (*year, *later);
        let Meaning::Point(Point { base: Base::Calendar { year: missing @ None, part }, .. }) =
            &mut first.meaning
        else {
            continue;
        };
        // "from the 13th to the 19th of October"
        if let (Part::MonthDay(day), Part::Day(month, _), true) = (*part, later, is_joined) {
            *part = Part::Day(month, day);
        }
        let is_part = later != Part::Year && *part != Part::Year;
        if is_joined && is_part {
            let year = if order(*part) > order(later)
                && words.is_any(gap.start, &[Class::To, Class::Until, Class::Through])
                || order(*part) > order(later) && words.is_dash(gap.start)
            {
                year - 1
            } else {
                year
            };
            *missing = Some(Year::Full(year));
        }
    }
    found
}

/// Where in the year a part begins, roughly.
fn order(part: Part) -> u16 {
    match part {
        Part::Month(month) => u16::from(month) * 32,
        Part::Day(month, day) => u16::from(month) * 32 + u16::from(day),
        Part::Season(season) => season as u16 * 96 + 64,
        _ => 0,
    }
}

/// Adds the range after each pair that bounds one.
fn add_ranges(words: Words<'_, '_>, found: Vec<Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::with_capacity(found.len());
    let mut bounded = false;
    for this in found {
        let range = all.last().filter(|_| !bounded).and_then(|first| range(words, first, &this));
        bounded = range.is_some();
        all.push(this);
        all.extend(range);
    }
    all
}

fn range(words: Words<'_, '_>, first: &Found, second: &Found) -> Option<Found> {
    let is_bound = |found: &Found| matches!(&found.meaning, Meaning::Point(point) if !matches!(point.base, Base::Reference(_)) || words.is(found.start, Class::Now));
    if !is_bound(first) || !is_bound(second) || first.end >= second.start {
        return None;
    }
    let opener = first.start.checked_sub(1).filter(|&at| words.is_any(at, &[Class::From, Class::Between]));
    let is_between = opener.is_some_and(|at| words.is(at, Class::Between));
    let gap = first.end..second.start;
    let joint = words.get(gap.start)?;
    let is_to = joint.is_any_of(&[Class::To, Class::Until, Class::Through]);
    let is_and = joint.is(Class::And) && is_between;
    let is_joined = gap.len() == 1 && (is_to || is_and || joint.is_dash());
    if !is_joined {
        return None;
    }
    // "1914–1918" in a heading or in brackets: both years are read, and what lasted so long, if anything, is not said.
    let is_year =
        |found: &Found| matches!(calendar(found), Some((Base::Calendar { part: Part::Year, .. }, _)));
    if opener.is_none() && joint.is_dash() && is_year(first) && is_year(second) {
        return None;
    }
    let start = opener.unwrap_or(first.start);
    let expression = |found: &Found| {
        let span = words.span(found.start, found.end);
        Box::new(Expression { span, meaning: found.meaning.clone(), family: found.family })
    };
    let meaning = Meaning::Range(expression(first), expression(second));
    Some(Found { meaning, family: Family::Range, start, end: second.end })
}
