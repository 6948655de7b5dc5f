//! What a time is told from: the day of writing, or the time that was told of last.
//!
//! In: the document and the times before. Out: days to count from. It never looks at words.
//!
//! News is told from its day ("Thursday", "in March"), a history from its own story: there a month belongs to the year
//! that was told of last. Which of the two a text is, its full dates show.

use jiff::civil::Date;

use super::Anchor;
use super::value::Value;
use crate::lang::time::{Base, Deixis, Meaning, Part, Year};

/// So many full dates in other years make a history, where they are this share of all, in tenths.
const HISTORY: (usize, usize) = (6, 5);

#[derive(Clone, Debug)]
pub(super) struct Anchors {
    pub(super) published: Option<Date>,
    /// Whether the text tells its story by its own dates.
    is_history: bool,
    paragraph: usize,
    day: Option<Mention<Date>>,
    month: Option<Mention<(i32, u8)>>,
    year: Option<Mention<i32>>,
}

#[derive(Clone, Copy, Debug)]
struct Mention<T> {
    what: T,
    row: usize,
    paragraph: usize,
}

impl Anchors {
    pub(super) fn new<'m>(published: Option<Date>, meanings: impl Iterator<Item = &'m Meaning>) -> Anchors {
        let years = meanings.filter_map(full_year);
        let (mut near, mut far) = (0, 0);
        for year in years {
            let is_far = published.is_none_or(|published| (year - i32::from(published.year())).abs() > 1);
            if is_far { far += 1 } else { near += 1 }
        }
        let is_history = match published {
            None => far > 0,
            Some(_) => far >= HISTORY.0 && far * 10 >= (far + near) * HISTORY.1,
        };
        Anchors { published, is_history, paragraph: 0, day: None, month: None, year: None }
    }

    pub(super) fn enter(&mut self, paragraph: usize) {
        self.paragraph = paragraph;
    }

    pub(super) fn is_history(&self) -> bool {
        self.is_history
    }

    /// Keeps what a row told, for those that follow.
    pub(super) fn told(&mut self, value: &Value, row: usize) {
        let Value::Date { year: Some(year), part, .. } = *value else { return };
        let paragraph = self.paragraph;
        self.year = Some(Mention { what: year, row, paragraph });
        let first = value.days().map(|(first, _)| first);
        match part {
            Part::Day(month, _) => {
                self.month = Some(Mention { what: (year, month), row, paragraph });
                self.day = first.map(|day| Mention { what: day, row, paragraph });
            }
            Part::Month(month) => self.month = Some(Mention { what: (year, month), row, paragraph }),
            _ => {}
        }
    }

    /// The day that is meant by "the next day", "three days ago".
    pub(super) fn day(&self, from: Deixis) -> Option<(Date, Anchor)> {
        let told = self.day.map(|day| (day.what, Anchor::Time(day.row)));
        self.choose(from, told, self.published)
    }

    /// The month that is meant by "that month"; told by a day, too.
    pub(super) fn month(&self, from: Deixis) -> Option<((i32, u8), Anchor)> {
        let told = self.month.map(|month| (month.what, Anchor::Time(month.row)));
        let now = self.published.map(|day| (i32::from(day.year()), day.month().cast_unsigned()));
        self.choose(from, told, now)
    }

    /// The year that is meant by "that year".
    pub(super) fn year(&self, from: Deixis) -> Option<(i32, Anchor)> {
        let told = self.year.map(|year| (year.what, Anchor::Time(year.row)));
        let now = self.published.map(|day| i32::from(day.year()));
        self.choose(from, told, now)
    }

    fn choose<T>(&self, from: Deixis, told: Option<(T, Anchor)>, now: Option<T>) -> Option<(T, Anchor)> {
        let now = now.map(|now| (now, Anchor::Published));
        match from {
            Deixis::Told if self.is_history => told,
            Deixis::Told => told.or(now),
            Deixis::Now if self.is_history => told.or(now),
            Deixis::Now => now,
        }
    }

    /// The year of a month or season that names none, where the story tells it: a history's last year, or another
    /// year than that of writing that was told of in this paragraph.
    pub(super) fn story_year(&self) -> Option<(i32, Anchor)> {
        let told = self.year?;
        let is_other = self.published.is_none_or(|day| i32::from(day.year()) != told.what);
        let is_here = told.paragraph == self.paragraph;
        (self.is_history || is_here && is_other).then_some((told.what, Anchor::Time(told.row)))
    }

    /// The month of a day that names none: that of the story, if any.
    pub(super) fn story_month(&self) -> Option<((i32, u8), Anchor)> {
        let told = self.month?;
        (self.is_history || told.paragraph == self.paragraph).then_some((told.what, Anchor::Time(told.row)))
    }

    /// The day of an hour that names none: the last one told of in this paragraph, or the day of writing.
    pub(super) fn story_day(&self) -> Option<(Date, Anchor)> {
        let told = self.day.filter(|day| self.is_history || day.paragraph == self.paragraph);
        let told = told.map(|day| (day.what, Anchor::Time(day.row)));
        told.or_else(|| self.published.filter(|_| !self.is_history).map(|day| (day, Anchor::Published)))
    }
}

fn full_year(meaning: &Meaning) -> Option<i32> {
    match meaning {
        Meaning::Point(point) => match point.base {
            Base::Calendar { year: Some(Year::Full(year)), .. } => Some(year),
            _ => None,
        },
        _ => None,
    }
}
