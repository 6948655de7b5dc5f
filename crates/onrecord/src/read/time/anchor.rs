//! What a time is told from: the day of writing, or the time that was told of last.
//!
//! In: the document and the times before. Out: days to count from. It never looks at words.
//!
//! News is told from its day ("Thursday", "in March"), a history from its own story: there a month belongs to the year
//! that was told of last. Which of the two a text is, its full dates show.

use jiff::civil::Date;

use super::Anchor;
use super::value::{Value, date};
use crate::lang::time::{Base, Deixis, Meaning, Part, Year};

/// So many full dates in other years make a history, where they are this share of all, in tenths.
const HISTORY: (usize, usize) = (6, 5);
/// So many years a history moves on in one step.
const FAR: i32 = 10;

#[derive(Clone, Debug)]
pub(super) struct Anchors {
    pub(super) published: Option<Date>,
    /// Whether the text tells its story by its own dates.
    is_history: bool,
    place: Place,
    /// Whether what is read now is told as it stands on the day of writing.
    is_current: bool,
    day: Option<Mention<Date>>,
    month: Option<Mention<(i32, u8)>>,
    /// The year that was told of last, in passing or not.
    year: Option<Mention<i32>>,
    /// The year in which the story stands.
    story: Option<Mention<i32>>,
    /// A year far from the story's: a second one near it takes the story there.
    far: Option<i32>,
}

/// Where a time stands in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) paragraph: usize,
    pub(super) sentence: usize,
    /// A line of its own, without the mark that ends a sentence.
    pub(super) is_heading: bool,
}

/// A year that the story tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoryYear {
    pub(super) year: i32,
    pub(super) anchor: Anchor,
    /// The month in it that was told of last, if any.
    pub(super) month: Option<u8>,
    /// Whether it was told of in the same sentence.
    pub(super) is_near: bool,
}

#[derive(Clone, Copy, Debug)]
struct Mention<T> {
    what: T,
    row: usize,
    place: Place,
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
        let place = Place::default();
        Anchors {
            published,
            is_history,
            place,
            is_current: false,
            day: None,
            month: None,
            year: None,
            story: None,
            far: None,
        }
    }

    pub(super) fn enter(&mut self, place: Place, is_current: bool) {
        self.place = place;
        self.is_current = is_current;
    }

    pub(super) fn is_in_heading(&self) -> bool {
        self.place.is_heading
    }

    pub(super) fn is_history(&self) -> bool {
        self.is_history
    }

    /// Keeps what a row told, for those that follow; `is_aside`: it is named in passing.
    pub(super) fn told(&mut self, value: &Value, row: usize, is_aside: bool) {
        let Value::Date { year: Some(year), part, .. } = *value else { return };
        let place = self.place;
        self.year = Some(Mention { what: year, row, place });
        if self.leads(year, part, is_aside) {
            self.story = self.year;
            self.far = None;
        }
        if is_aside {
            return;
        }
        let first = value.days().map(|(first, _)| first);
        match part {
            Part::Day(month, _) => {
                self.month = Some(Mention { what: (year, month), row, place });
                self.day = first.map(|day| Mention { what: day, row, place });
            }
            Part::Month(month) => self.month = Some(Mention { what: (year, month), row, place }),
            _ => {}
        }
    }

    /// Whether a time takes the story along. A year alone that is far from the story is a look aside, until a second
    /// one follows it: "the file, opened in 2005, shows that on 4 August …".
    fn leads(&mut self, year: i32, part: Part, is_aside: bool) -> bool {
        if !self.is_history {
            return !is_aside;
        }
        let Some(story) = self.story else { return true };
        if self.place.is_heading {
            return true;
        }
        if part != Part::Year {
            return !is_aside;
        }
        let is_far = (year - story.what).abs() > FAR;
        let is_second = self.far.is_some_and(|far| (year - far).abs() <= FAR);
        if is_far {
            self.far = Some(year);
        }
        !is_aside && (!is_far || is_second)
    }

    /// The day that is meant by "the next day", "three days ago".
    pub(super) fn day(&self, from: Deixis) -> Option<(Date, Anchor)> {
        let told = self.day.filter(|day| self.is_meant(from, day.place));
        let told = told.map(|day| (day.what, Anchor::Time(day.row)));
        self.choose(from, told, self.published)
    }

    /// The month that is meant by "that month"; told by a day, too.
    pub(super) fn month(&self, from: Deixis) -> Option<((i32, u8), Anchor)> {
        let told = self.month.filter(|month| self.is_meant(from, month.place));
        let told = told.map(|month| (month.what, Anchor::Time(month.row)));
        let now = self.published.map(|day| (i32::from(day.year()), day.month().cast_unsigned()));
        self.choose(from, told, now)
    }

    /// The year that is meant by "that year".
    pub(super) fn year(&self, from: Deixis) -> Option<(i32, Anchor)> {
        let told = self.year.filter(|year| self.is_meant(from, year.place));
        let told = told.map(|year| (year.what, Anchor::Time(year.row)));
        let now = self.published.map(|day| i32::from(day.year()));
        self.choose(from, told, now)
    }

    /// "The end of the month" is told from what its own sentence told of, or from now; in a history from its story.
    fn is_meant(&self, from: Deixis, place: Place) -> bool {
        from != Deixis::Here || self.is_history || place.sentence == self.place.sentence
    }

    fn choose<T>(&self, from: Deixis, told: Option<(T, Anchor)>, now: Option<T>) -> Option<(T, Anchor)> {
        let now = now.map(|now| (now, Anchor::Published));
        match from {
            Deixis::Told if self.is_history => told,
            Deixis::Told | Deixis::Here => told.or(now),
            Deixis::Now if self.is_history => told.or(now),
            Deixis::Now => now,
        }
    }

    /// The year of a month or season that names none, where the story tells it: a history's last year, or another
    /// year than that of writing that was told of in this paragraph.
    pub(super) fn story_year(&self) -> Option<StoryYear> {
        let told = self.story?;
        let is_other = self.published.is_none_or(|day| i32::from(day.year()) != told.what);
        let is_here = told.place.paragraph == self.place.paragraph;
        let month = self
            .month
            .filter(|month| month.what.0 == told.what && month.row >= told.row)
            .map(|month| month.what.1);
        let is_near = is_here && told.place.sentence == self.place.sentence;
        (self.is_history || is_here && is_other && !self.is_current).then_some(StoryYear {
            year: told.what,
            anchor: Anchor::Time(told.row),
            month,
            is_near,
        })
    }

    /// The day, or the beginning of the year, that was told of last: "that same spring" behind "in 1975".
    pub(super) fn day_or_year(&self, from: Deixis) -> Option<(Date, Anchor)> {
        let is_told = from == Deixis::Told || self.is_history;
        let year = self.year.filter(|year| is_told && self.day.is_none_or(|day| year.row > day.row));
        let year = year.filter(|year| self.day.is_none_or(|day| i32::from(day.what.year()) != year.what));
        let start = year.and_then(|year| Some((date(year.what, 1, 1)?, Anchor::Time(year.row))));
        start.or_else(|| self.day(from))
    }

    /// The month of a day that names none: that of the story, if any.
    pub(super) fn story_month(&self) -> Option<((i32, u8), Anchor)> {
        let told = self.month?;
        (self.is_history || told.place.paragraph == self.place.paragraph)
            .then_some((told.what, Anchor::Time(told.row)))
    }

    /// The day of an hour that names none: the last one told of in this paragraph, or the day of writing.
    pub(super) fn story_day(&self) -> Option<(Date, Anchor)> {
        let told = self.day.filter(|day| self.is_history || day.place.paragraph == self.place.paragraph);
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
