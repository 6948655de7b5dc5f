//! Dates in digits: `2019-08-01`, `10/1/2018`, `7/8/07`, `23.04.2022`, `2015-12`.
//!
//! The month stands first, as in America, unless it cannot. "3/4" alone is a fraction: two numbers are a date only
//! behind a word that asks for one.

use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Base, Family, Part, Year};

impl Words<'_, '_> {
    pub(super) fn numeric(self, at: usize) -> Read<(Base, Family)> {
        let first = self.get(at)?;
        let first_value = first.digits(8)?;
        if self.before(at).is_some_and(|before| {
            !first.spaced && (before.is_mark('.') || before.is_mark(':') || before.is_mark(','))
        }) {
            return None;
        }
        if first.text.len() == 8 {
            let (year, month, day) = (first_value / 10_000, first_value / 100 % 100, first_value % 100);
            let is_date =
                (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            return is_date.then(|| found(Year::Full(year.cast_signed()), month, day, at + 1));
        }
        let mark =
            self.get(at + 1).filter(|mark| !mark.spaced && matches!(mark.text, "/" | "-" | "." | "–"))?;
        let second = self.get(at + 2).filter(|second| !second.spaced)?;
        let second_value = second.digits(4)?;
        let third = self.get(at + 4).filter(|third| {
            self.get(at + 3).is_some_and(|other| other.text == mark.text && !other.spaced) && !third.spaced
        });
        let Some(third_value) = third.and_then(|third| third.digits(4)) else {
            return self.two_numbers(
                at,
                (first_value, first.text.len()),
                mark.text,
                (second_value, second.text.len()),
            );
        };
        let third = third?;
        let is_longer = self.get(at + 5).is_some_and(|next| next.is_mark('.') && !next.spaced)
            && self.get(at + 6).is_some_and(|next| !next.spaced && next.digits(9).is_some());
        if is_longer {
            return None;
        }
        if first.text.len() == 4 {
            return day_month(second_value, third_value)
                .map(|_| found(Year::Full(first_value.cast_signed()), second_value, third_value, at + 5));
        }
        let year = match third.text.len() {
            4 => Year::Full(third_value.cast_signed()),
            2 => Year::Short(third_value as u8),
            _ => return None,
        };
        // "11.12.2018" is how Europe writes the eleventh of December.
        let (month, day) = if first_value > 12 || (mark.text == "." && second_value <= 12) {
            (second_value, first_value)
        } else {
            (first_value, second_value)
        };
        day_month(month, day).map(|_| found(year, month, day, at + 5))
    }

    /// "12-2015", "2015-12", "10/1": a month and a year, or a month and a day where a word asks for them.
    fn two_numbers(
        self,
        at: usize,
        first: (u32, usize),
        mark: &str,
        second: (u32, usize),
    ) -> Read<(Base, Family)> {
        let month = |month: u32, year: u32, end: usize| {
            let part = Part::Month(month as u8);
            let is_year = (1500..2200).contains(&year);
            let year = Some(Year::Full(year.cast_signed()));
            let is_date = (1..=12).contains(&month) && is_year;
            is_date.then_some(((Base::Calendar { year, part }, Family::Numeric), end))
        };
        let goes_on = self
            .get(at + 3)
            .is_some_and(|next| !next.spaced && (next.is_dash() || next.is_mark('/') || next.is_mark('.')))
            && self.get(at + 4).is_some_and(|next| !next.spaced && next.digits(9).is_some());
        match (first.1, second.1) {
            // "2007-08" is a season of two years, "2007-12" a month.
            (4, 2) if mark == "-" && !goes_on && second.0 != (first.0 + 1) % 100 => {
                month(second.0, first.0, at + 3)
            }
            (1 | 2, 4) if mark != "." && !goes_on => month(first.0, second.0, at + 3),
            (1 | 2, 1 | 2) if mark == "/" => {
                let is_asked = self.before(at).is_some_and(|before| {
                    before.is_any_of(&[
                        Class::On,
                        Class::From,
                        Class::Since,
                        Class::Until,
                        Class::Between,
                        Class::Weekday,
                        Class::By,
                    ])
                });
                // "10/1-10/5": two of them tell each other.
                let pair = |dash: usize, other: usize| {
                    self.is_dash(dash)
                        && self.get(other).is_some_and(|number| number.digits(2).is_some())
                        && self.is_mark(other + 1, '/')
                        && self.get(other + 2).is_some_and(|number| number.digits(4).is_some())
                };
                let is_first = pair(at + 3, at + 4);
                let is_second = at >= 4
                    && self.is_dash(at - 1)
                    && self.is_mark(at - 3, '/')
                    && self.get(at - 4).is_some_and(|number| number.digits(2).is_some());
                let is_asked = is_asked || is_first || is_second;
                let (month, day) = if first.0 > 12 { (second.0, first.0) } else { (first.0, second.0) };
                let year = self.year_behind(at + 3);
                let (year, end) = year.map_or((None, at + 3), |(year, end)| (Some(year), end));
                let base = Base::Calendar { year, part: Part::Day(month as u8, day as u8) };
                (is_asked && day_month(month, day).is_some()).then_some(((base, Family::Numeric), end))
            }
            _ => None,
        }
    }
}

fn day_month(month: u32, day: u32) -> Option<(u32, u32)> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

fn found(year: Year, month: u32, day: u32, end: usize) -> ((Base, Family), usize) {
    let part = Part::Day(month as u8, day as u8);
    ((Base::Calendar { year: Some(year), part }, Family::Numeric), end)
}
