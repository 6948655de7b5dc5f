//! Times told from another: `last week`, `the following year`, `that day`, `this May`, `yesterday`, `the day before`.
//!
//! Without an article they are told from the day of writing ("last week"), with one from what was told before ("the
//! next week"). What it does not read: "the day before the election", whose day the text does not tell.

use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Amount, Base, Clock, Deixis, Family, From, Part, Point, Unit, What};

/// Which one of a kind, and told from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) by: i32,
    pub(super) from: Deixis,
    /// "the last", "the past": with a unit of time they are a length.
    pub(super) is_length: bool,
}

impl Words<'_, '_> {
    /// "next", "the following", "that same" …
    pub(super) fn step_word(self, at: usize) -> Read<Step> {
        let has_article = self.is(at, Class::The);
        let word = at + usize::from(has_article);
        let atom = self.get(word)?;
        let step = |by: i32, from: Deixis| Step { by, from, is_length: false };
        let told = if has_article { Deixis::Told } else { Deixis::Now };
        if atom.is(Class::Next) {
            return Some((step(1, told), word + 1));
        }
        if atom.is(Class::Last) || (atom.is(Class::Past) && has_article) {
            return Some((Step { by: -1, from: Deixis::Now, is_length: has_article }, word + 1));
        }
        if atom.is(Class::Previous) {
            return Some((step(-1, told), word + 1));
        }
        if atom.is(Class::Coming) {
            return Some((step(1, Deixis::Here), word + 1));
        }
        if atom.is(Class::Following) && has_article {
            return Some((step(1, Deixis::Told), word + 1));
        }
        if atom.is(Class::Current) {
            return Some((step(0, Deixis::Now), word + 1));
        }
        if atom.is(Class::Same) && has_article {
            return Some((step(0, Deixis::Told), word + 1));
        }
        if has_article {
            return None;
        }
        if atom.is(Class::This) {
            if self.is(word + 1, Class::Coming) {
                return Some((step(1, Deixis::Here), word + 2));
            }
            if self.is(word + 1, Class::Past) {
                return Some((step(-1, Deixis::Now), word + 2));
            }
            return Some((step(0, Deixis::Now), self.skip(word + 1, Class::Same)));
        }
        atom.is(Class::That).then(|| (step(0, Deixis::Told), self.skip(word + 1, Class::Same)))
    }

    /// What can be next: a unit, a weekday, a month, a season, a part of the day.
    fn steppable(self, at: usize) -> Read<What> {
        let atom = self.get(at)?;
        if atom.is(Class::Unit) {
            return Some((What::Unit(atom.entry.unit()?), at + 1));
        }
        if let Some(weekday) = atom.entry.number(Class::Weekday) {
            return Some((What::Weekday(weekday), at + 1));
        }
        if let Some(month) = self.month(at) {
            return Some((What::Month(month), at + 1));
        }
        if let Some(season) = atom.entry.season() {
            return Some((What::Season(season), at + 1));
        }
        self.day_part(at).map(|(part, end)| (What::DayPart(part), end))
    }

    /// "last week", "the next day", "this May", "that afternoon", "next week on Tuesday".
    pub(super) fn step(self, at: usize) -> Read<(Point, Family)> {
        let (step, next) = self.step_word(at)?;
        let (what, end) = self.steppable(next)?;
        // "The last year" is a length, "the last quarter" the one before this.
        let is_unit = matches!(what, What::Unit(unit) if unit != Unit::Quarter);
        if step.is_length && is_unit {
            return None;
        }
        // "to this day"
        let is_lasting = what == What::Unit(Unit::Day) && self.is(at, Class::This);
        let to = at.checked_sub(1).filter(|&to| self.is(to, Class::To));
        let is_open = |to: usize| self.before(to).is_none_or(|before| before.kind == super::atom::Sort::Mark);
        if is_lasting && to.is_some_and(|to| self.ends_day(end) || is_open(to)) {
            let now = Base::Reference(crate::lang::time::Reference::Present);
            return Some(((Point::of(now), Family::Vague), end));
        }
        if self.is(next, Class::Weekday) && !self.weekday_is_meant(next) {
            return None;
        }
        // "any benefit this may have": a month in small letters wants its year.
        if self.get(next).is_some_and(|atom| ["may", "march", "mar"].contains(&atom.text)) {
            return None;
        }
        let base = Base::Step { what, by: step.by, from: step.from };
        let (base, end) = self.within_week(what, step, end).unwrap_or((base, end));
        // "this Friday, May 5": the date tells the day.
        if matches!(what, What::Weekday(_))
            && let Some(((named, family), end)) = self.day_behind_weekday(end)
        {
            return Some(((Point::of(named), family), end));
        }
        Some(((Point::of(base), Family::Step), end))
    }

    /// The day in "next week on Tuesday", "next week Wednesday".
    fn within_week(self, what: What, step: Step, at: usize) -> Read<Base> {
        if what != What::Unit(Unit::Week) || step.by.abs() > 1 {
            return None;
        }
        let day = self.skip(at, Class::On);
        let weekday = self.get(day)?.entry.number(Class::Weekday)?;
        let week = Base::Step { what, by: step.by, from: step.from };
        Some((Base::Nth { nth: 1, what: What::Weekday(weekday), of: Box::new(week) }, day + 1))
    }

    /// "today", "yesterday", "tonight", "the day after tomorrow".
    pub(super) fn today(self, at: usize) -> Read<(Point, Family)> {
        if let Some((base, end)) = self.day_beside(at) {
            return Some(((Point::of(base), Family::Deictic), end));
        }
        let atom = self.get(at)?;
        if atom.is(Class::Tonight) {
            let clock = Some(Clock::Part(crate::lang::time::DayPart::Night));
            return Some(((Point { clock, ..Point::of(Base::Days(0)) }, Family::Deictic), at + 1));
        }
        let is_paper = self.get(at + 1).is_some_and(|next| next.is_capital() && next.is(Class::Paper))
            || self.before(at).is_some_and(|before| before.text == "USA");
        let is_today = atom.is(Class::Today) && !is_paper;
        let days = i32::from(atom.entry.value());
        is_today.then_some(((Point::of(Base::Days(days)), Family::Deictic), at + 1))
    }

    /// "the day before yesterday", "the day after", "the year before", "the day following".
    fn day_beside(self, at: usize) -> Read<Base> {
        let unit = self.get(at + 1).filter(|_| self.is(at, Class::The))?;
        let unit = unit.entry.unit().filter(|_| unit.is(Class::Unit))?;
        let side = self.get(at + 2)?;
        let forward = side.is(Class::After) || side.is(Class::Later);
        if !forward && !side.is_any_of(&[Class::Before, Class::Earlier]) {
            return None;
        }
        let is_same_unit = |days: i32| Base::Days(days);
        if let Some(day) = self.get(at + 3).filter(|day| day.is(Class::Today) && unit == Unit::Day) {
            let days = i32::from(day.entry.value());
            return Some((is_same_unit(if forward { days + 1 } else { days - 1 }), at + 4));
        }
        if let Some(((base, _), end)) = self.date(at + 3) {
            let from = From::Base(Box::new(base));
            return Some((Base::Offset { amount: Amount::ONE, unit, forward, from }, end));
        }
        let is_end = self.get(at + 3).is_none_or(|next| {
            next.kind == super::atom::Sort::Mark
                || next.is_any_of(&[Class::And, Class::Or, Class::In, Class::At])
        });
        let what = What::Unit(unit);
        let by = if forward { 1 } else { -1 };
        is_end.then_some((Base::Step { what, by, from: Deixis::Told }, at + 3))
    }

    /// "the first week of 2019", "the last day of May", "the third Monday in May", "the first Tuesday of next month".
    pub(super) fn nth(self, at: usize) -> Read<(Base, Family)> {
        let word = self.skip(at, Class::The);
        let (nth, next) = match self.ordinal(word) {
            Some((nth, next)) => (i8::try_from(nth).ok()?, next),
            None if self.is(word, Class::Last) => (-1, word + 1),
            None => return None,
        };
        let next = if self.is_hyphen(next) { next + 1 } else { next };
        let (what, end) = self.steppable(next)?;
        if !matches!(
            what,
            What::Unit(Unit::Day | Unit::Week | Unit::Weekend | Unit::Month) | What::Weekday(_)
        ) {
            return None;
        }
        if !self.is_any(end, &[Class::Of, Class::In]) {
            return None;
        }
        let (of, end) = self.container(end + 1)?;
        Some(((Base::Nth { nth, what, of: Box::new(of) }, Family::Nth), end))
    }

    /// "the week of April 10", "the week starting on February 4", "the weekend", "the weekend of Thanksgiving".
    pub(super) fn week_of(self, at: usize) -> Read<(Base, Family)> {
        let unit = self.skip(at, Class::The);
        if self.get(unit)?.text == "weekend" {
            return self.weekend_of(unit + 1).or_else(|| {
                let is_free = unit > at && !self.is(unit + 1, Class::Of);
                is_free.then_some(((Base::Weekend, Family::Step), unit + 1))
            });
        }
        let verb =
            self.get(unit + 1).filter(|_| unit > at && self.get(unit).is_some_and(|a| a.text == "week"))?;
        let next = match verb.text {
            "starting" | "beginning" | "commencing" => self.skip(unit + 2, Class::On),
            "of" => unit + 2,
            _ => return None,
        };
        let ((base, _), end) =
            self.numeric(next).or_else(|| self.date(next)).or_else(|| self.ordinal_day(next))?;
        let is_day = matches!(base, Base::Calendar { part: Part::Day(..) | Part::MonthDay(_), .. });
        let what = What::Unit(Unit::Week);
        is_day.then(|| ((Base::Nth { nth: 1, what, of: Box::new(base) }, Family::Nth), end))
    }

    /// The day with a name behind "weekend".
    fn weekend_of(self, at: usize) -> Read<(Base, Family)> {
        let ((of, _), end) = self.holiday(at + 1).filter(|_| self.is(at, Class::Of))?;
        let what = What::Unit(Unit::Weekend);
        Some(((Base::Nth { nth: 1, what, of: Box::new(of) }, Family::Holiday), end))
    }

    /// What a week or day is counted in: a month, a year, "next month", "the month".
    pub(super) fn container(self, at: usize) -> Read<Base> {
        if let Some(((point, _), end)) = self.step(at) {
            return Some((point.base, end));
        }
        if let Some(((base, _), end)) = self.quarter(at).or_else(|| self.season(at)).or_else(|| self.age(at))
        {
            return Some((base, end));
        }
        if let Some(((base, _), end)) = self.month_first(at).or_else(|| self.bare_year(at)) {
            return Some((base, end));
        }
        if let Some(month) = self.month(at) {
            return Some((Base::Calendar { year: None, part: Part::Month(month) }, at + 1));
        }
        let unit = self.get(at + 1).filter(|_| self.is(at, Class::The))?;
        let unit = unit.entry.unit().filter(|_| unit.is(Class::Unit))?;
        let what = What::Unit(unit);
        Some((Base::Step { what, by: 0, from: Deixis::Here }, at + 2))
    }
}
