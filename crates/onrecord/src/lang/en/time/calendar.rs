//! Dates that name their parts: `May 5, 2019`, `the 5th of May`, `Nov. 8`, `June of 1992`, `1994`, `490 BC`.
//!
//! What it does not read: days of the Roman calendar, years of other calendars, "the fifteenth" without a month but
//! behind "on". Whether a bare "May" or "2000" is a time at all is asked in `cue`.

use super::atom::Sort;
use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Base, Deixis, Family, Part, Unit, What, Year};

impl Words<'_, '_> {
    /// A month and what stands with it, in any order.
    pub(super) fn date(self, at: usize) -> Read<(Base, Family)> {
        self.month_first(at).or_else(|| self.day_first(at)).or_else(|| self.year_first(at))
    }

    pub(super) fn month(self, at: usize) -> Option<u8> {
        self.get(at)?.entry.number(Class::Month)
    }

    /// "May 5, 2019", "May the 5th", "May 2019", "May of that year", "May".
    pub(super) fn month_first(self, at: usize) -> Read<(Base, Family)> {
        let month = self.month(at)?;
        let next = self.past_separator(at + 1);
        // "By the end of May the Second Squadron was there."
        let ordinal = self.skip(next, Class::The);
        let is_name = self.get(ordinal).is_some_and(|atom| atom.is(Class::Second) || atom.is(Class::Ordinal))
            && self.get(ordinal + 1).is_some_and(|atom| {
                atom.kind == Sort::Word && !atom.is_any_of(&[Class::Of, Class::And, Class::To, Class::In])
            });
        if let Some((day, end)) = self.day(ordinal).filter(|_| !is_name) {
            let year = self.year_behind(end);
            let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
            return Some(((Base::Calendar { year, part: Part::Day(month, day) }, Family::Day), end));
        }
        // "September-2020-23"
        if let Some((Year::Full(year), end)) = self.year_behind(at + 1) {
            let day = self.separated(end).and_then(|next| self.day(next)).filter(|_| self.is_hyphen(end));
            if let Some((day, end)) = day {
                let year = Some(Year::Full(year));
                return Some(((Base::Calendar { year, part: Part::Day(month, day) }, Family::Day), end));
            }
        }
        if let Some((year, end)) = self.year_behind(at + 1) {
            return Some((
                (Base::Calendar { year: Some(year), part: Part::Month(month) }, Family::Month),
                end,
            ));
        }
        let bare = Base::Calendar { year: None, part: Part::Month(month) };
        self.month_is_meant(at).then_some(((bare, Family::Month), at + 1))
    }

    /// "5 May 2019", "the 5th of May", "05-Aug-2016", "23-2020-September".
    fn day_first(self, at: usize) -> Read<(Base, Family)> {
        let start = self.skip(at, Class::The);
        if self.before(start).is_some_and(|before| before.is_mark('$')) {
            return None;
        }
        let (day, end) = self.day(start)?;
        let is_ordinal = end > start + 1 || !self.get(start)?.text.starts_with(|c: char| c.is_ascii_digit());
        let mut next = self.past_separator(end);
        // "the 15th day of June"
        if is_ordinal && self.get(next).is_some_and(|atom| atom.text == "day") {
            next += 1;
        }
        next = self.skip(next, Class::Of);
        // "the 28th of that month", "the 3rd of this month"
        if next > end
            && is_ordinal
            && let Some((step, unit)) = self.step_word(next)
            && self.get(unit)?.text == "month"
        {
            let (nth, what) = (i8::try_from(day).ok()?, What::Unit(Unit::Day));
            let of = Base::Step { what: What::Unit(Unit::Month), by: step.by, from: step.from };
            return Some(((Base::Nth { nth, what, of: Box::new(of) }, Family::Day), unit + 1));
        }
        if let Some(month) = self.month(next).filter(|_| self.month_behind_day(next, end)) {
            let (year, end) =
                self.year_behind(next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
            return Some(((Base::Calendar { year, part: Part::Day(month, day) }, Family::Day), end));
        }
        let year = self.get(next)?.digits(4).filter(|_| self.is_hyphen(end))?;
        let month = self.month(next + 2).filter(|_| self.is_hyphen(next + 1))?;
        let part = Part::Day(month, day);
        Some(((Base::Calendar { year: Some(Year::Full(year.cast_signed())), part }, Family::Day), next + 3))
    }

    /// "30 may agree" and "6 march on": such words need a capital or a mark.
    fn month_behind_day(self, month: usize, behind_day: usize) -> bool {
        let Some(atom) = self.get(month) else { return false };
        let is_verb = ["may", "march", "mar"].contains(&atom.text);
        !is_verb || atom.is_capital() || month > behind_day || self.year_behind(month + 1).is_some()
    }

    /// "2019/aug/01", "2020/23/Sep", "2019 May 5".
    fn year_first(self, at: usize) -> Read<(Base, Family)> {
        let year = self.get(at)?.digits(4).filter(|_| self.get(at).is_some_and(|a| a.text.len() == 4))?;
        let next = self.separated(at + 1)?;
        let (month, day, end) =
            if let (Some(month), Some(last)) = (self.month(next), self.separated(next + 1)) {
                let (day, end) = self.day(last)?;
                (month, day, end)
            } else {
                let (day, end) = self.day(next)?;
                let last = self.separated(end)?;
                (self.month(last)?, day, last + 1)
            };
        let part = Part::Day(month, day);
        Some(((Base::Calendar { year: Some(Year::Full(year.cast_signed())), part }, Family::Day), end))
    }

    /// Behind a slash or hyphen that parts a date's pieces.
    fn separated(self, at: usize) -> Option<usize> {
        let is_mark = self.is_mark(at, '/') || self.is_hyphen(at);
        is_mark.then_some(at + 1)
    }

    fn past_separator(self, at: usize) -> usize {
        let is_tight = self.is_tight(at) && self.is_tight(at + 1);
        if is_tight && (self.is_mark(at, '/') || self.is_dash(at)) { at + 1 } else { at }
    }

    /// A day of a month, as a number or an ordinal, that is no time of day and counts nothing.
    pub(super) fn day(self, at: usize) -> Read<u8> {
        if let Some((day, end)) = self.ordinal(at) {
            return (1..=31).contains(&day).then_some((day, end));
        }
        if let Some(day) = self.digits(at, 2) {
            let is_clock = self.is_any(at + 1, &[Class::Pm, Class::OClock])
                || (self.is(at + 1, Class::Am) && !self.is(at + 1, Class::A))
                || (self.is_mark(at + 1, ':') && self.is_tight(at + 1) && self.is_tight(at + 2));
            return (!is_clock && (1..=31).contains(&day)).then_some((day as u8, at + 1));
        }
        let (day, end) = self.until(at + 3).cardinal(at).filter(|_| self.is_word(at))?;
        (1..=31).contains(&day).then_some((day as u8, end))
    }

    /// The year behind a month, a day or a season: "2019", ", 2019", "of 2019", "'19", "of that year".
    pub(super) fn year_behind(self, at: usize) -> Read<Year> {
        let comma = self.skip_mark(at, ',');
        if let Some(read) = self.full_year(comma) {
            return Some(read);
        }
        let next = self.past_separator(at);
        if next > at
            && let Some(read) = self.full_year(next)
        {
            return Some(read);
        }
        let joined = if self.is_any(comma, &[Class::Of, Class::In]) { comma + 1 } else { comma };
        if let Some(read) = self.full_year(joined).or_else(|| self.year_in_words(joined).map(full)) {
            return Some(read);
        }
        if joined > comma {
            let short =
                self.digits(joined, 2).filter(|_| self.get(joined).is_some_and(|a| a.text.len() == 2));
            if let Some(short) = short.filter(|_| self.is(comma, Class::Of)) {
                return Some((Year::Short(short as u8), joined + 1));
            }
            return self.year_step(joined);
        }
        self.year_step(joined)
    }

    /// "that year", "the same year", "last year", "the following year", of a day or month in it.
    fn year_step(self, at: usize) -> Read<Year> {
        let (step, end) = self.step_word(at)?;
        let is_year = self.get(end).is_some_and(|atom| atom.text == "year");
        is_year.then_some((Year::Step(step.by, step.from), end + 1))
    }

    /// Four digits, or fewer with an era.
    pub(super) fn full_year(self, at: usize) -> Read<Year> {
        if self.is(at, Class::Ad) || (self.is(at, Class::Bc) && self.is_word(at)) {
            let number = self.digits(at + 1, 4).filter(|&number| number > 0)?.cast_signed();
            let year = if self.is(at, Class::Bc) { 1 - number } else { number };
            return Some((Year::Full(year), at + 2));
        }
        let atom = self.get(at)?;
        if atom.is_mark('\'') || atom.is_mark('’') || atom.is_mark('‘') {
            let short = self.get(at + 1).filter(|next| !next.spaced && next.text.len() == 2)?.digits(2)?;
            let is_decade = self.is(at + 2, Class::S) && self.is_tight(at + 2);
            return (!is_decade).then_some((Year::Short(short as u8), at + 2));
        }
        let number = self.digits(at, 4)?.cast_signed();
        if self.is(at + 1, Class::Bc) && number > 0 {
            return Some((Year::Full(1 - number), at + 2));
        }
        if self.is(at + 1, Class::Ad) && number > 0 && self.get(at + 1)?.is_capital() {
            return Some((Year::Full(number), at + 2));
        }
        let is_decade = self.is(at + 1, Class::S) && self.is_tight(at + 1);
        (atom.text.len() == 4 && !is_decade).then_some((Year::Full(number), at + 1))
    }

    /// A year alone.
    pub(super) fn bare_year(self, at: usize) -> Read<(Base, Family)> {
        let named = self.skip(at, Class::The);
        if self.get(named).is_some_and(|atom| atom.text.eq_ignore_ascii_case("year")) {
            let number = self.skip(named + 1, Class::Of);
            let (year, end) = self.full_year(number).or_else(|| self.year_in_words(number).map(full))?;
            return Some(((Base::Calendar { year: Some(year), part: Part::Year }, Family::Year), end));
        }
        let read = self.full_year(at).or_else(|| {
            let is_cued = self.before(at).is_some_and(|atom| atom.is(Class::In));
            self.year_in_words(at).filter(|_| is_cued).map(full)
        });
        let (year, end) = read?;
        let has_era = matches!(year, Year::Full(..=0)) || end > at + 1 && self.is_any(end - 1, &[Class::Ad]);
        let base = Base::Calendar { year: Some(year), part: Part::Year };
        (has_era || self.year_is_meant(at, end)).then_some(((base, Family::Year), end))
    }

    /// "week 10", "week 3 of 2018".
    pub(super) fn numbered_week(self, at: usize) -> Read<(Base, Family)> {
        let is_week = self.get(at)?.text == "week";
        let week = self.digits(at + 1, 2).filter(|week| (1..=53).contains(week) && is_week)?;
        let (year, end) = self.year_behind(at + 2).map_or((None, at + 2), |(year, end)| (Some(year), end));
        Some(((Base::Calendar { year, part: Part::Week(week as u8) }, Family::Nth), end))
    }

    /// "the fiscal year 2018", "FY2018", "this fiscal year".
    pub(super) fn fiscal_year(self, at: usize) -> Read<(Base, Family)> {
        let fiscal = |year: i32| Base::Calendar { year: Some(Year::Fiscal(year)), part: Part::Year };
        if self.is(at, Class::Fy) {
            let number = self.get(at + 1)?.digits(4)?.cast_signed();
            let number = if number < 100 { 2000 + number } else { number };
            return Some(((fiscal(number), Family::Year), at + 2));
        }
        let step = self.step_word(at);
        let next = step.map_or(self.skip(at, Class::The), |(_, end)| end);
        if !self.is_any(next, &[Class::Fiscal, Class::Calendar]) {
            return None;
        }
        let named = next + usize::from(self.get(next + 1).is_some_and(|atom| atom.text == "year"));
        let is_fiscal = self.is(next, Class::Fiscal);
        if let Some((year, end)) = self.full_year(named + 1) {
            let Year::Full(number) = year else { return None };
            let base = if is_fiscal {
                fiscal(number)
            } else {
                Base::Calendar { year: Some(year), part: Part::Year }
            };
            return Some(((base, Family::Year), end));
        }
        // "the fiscal year" is this one.
        let by = step.map(|(step, _)| step.by).or((next > at).then_some(0)).filter(|_| named > next)?;
        let year = if is_fiscal { Year::FiscalStep(by) } else { Year::Step(by, Deixis::Now) };
        Some(((Base::Calendar { year: Some(year), part: Part::Year }, Family::Year), named + 1))
    }
}

fn full((year, end): (i32, usize)) -> (Year, usize) {
    (Year::Full(year), end)
}
