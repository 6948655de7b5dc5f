//! Times of day: `3:00 a.m.`, `noon`, `8 o'clock`, `18:00 UTC`, `6:40 p.m. (GMT+8)`, `5 p.m. Eastern time`.
//!
//! A zone is kept where its name fixes the distance from Greenwich. "Eastern time" does not: it changes with the
//! season, and no zone database is asked.

use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Clock, DayPart, Zone};

/// Whether the words alone make it a time, or a word like "at" must stand before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Surely,
    IfCued,
}

impl Words<'_, '_> {
    pub(super) fn clock(self, at: usize) -> Read<Clock> {
        let (hour, minute, second, mut end, told) = self.time_of_day(at)?;
        let zone = self.zone(end);
        let is_cued = self.before(at).is_some_and(|before| {
            before.is_any_of(&[
                Class::At,
                Class::By,
                Class::About,
                Class::Until,
                Class::From,
                Class::Between,
                Class::Since,
            ])
        });
        if told == Told::IfCued && !is_cued && zone.is_none() {
            return None;
        }
        let zone = zone.map(|(zone, behind)| {
            end = behind;
            zone
        });
        Some((Clock::At { hour, minute, second, zone: zone.flatten() }, end))
    }

    #[allow(clippy::type_complexity, reason = "the pieces of one time, read together and named at once")]
    fn time_of_day(self, at: usize) -> Option<(u8, Option<u8>, Option<u8>, usize, Told)> {
        let atom = self.get(at)?;
        if atom.is(Class::Noon) {
            let hour = u8::try_from(atom.entry.value()).ok()?;
            return Some((hour, Some(0), None, at + 1, Told::Surely));
        }
        if atom.text.len() == 4 && self.is_any(at + 1, &[Class::Hrs]) {
            let number = atom.digits(4)?;
            let (hour, minute) = ((number / 100) as u8, (number % 100) as u8);
            return (hour < 25 && minute < 60).then_some((hour, Some(minute), None, at + 2, Told::Surely));
        }
        let (hour, hour_end) = match atom.digits(2) {
            Some(hour) => (hour, at + 1),
            None => self.until(at + 1).cardinal(at).filter(|_| self.is_word(at))?,
        };
        let (minute, second, end) = self.minutes(hour_end);
        let is_half_day = self.is_any(end, &[Class::Am, Class::Pm]);
        if is_half_day && (1..=12).contains(&hour) {
            let hour = hour as u8 % 12 + if self.is(end, Class::Pm) { 12 } else { 0 };
            return Some((hour, minute, second, end + 1, Told::Surely));
        }
        if self.is(end, Class::OClock) && hour <= 12 {
            return Some((hour as u8, Some(0), None, end + 1, Told::Surely));
        }
        let is_whole = minute.is_some() && hour < 25 && atom.digits(2).is_some();
        let end = end + usize::from(is_whole && self.is(end, Class::Hrs));
        is_whole.then_some((hour as u8, minute, second, end, Told::IfCued))
    }

    /// ":30", ":08:31", ".30 pm".
    fn minutes(self, at: usize) -> (Option<u8>, Option<u8>, usize) {
        let two = |mark: usize, of: &[char]| {
            let digits = self.get(mark + 1).filter(|atom| atom.text.len() == 2)?.digits(2)?;
            let is_tight = self.is_tight(mark) && self.is_tight(mark + 1);
            let is_mark = of.iter().any(|&mark_char| self.is_mark(mark, mark_char));
            (digits < 60 && is_tight && is_mark).then_some(digits as u8)
        };
        let Some(minute) = two(at, &[':', '.']) else { return (None, None, at) };
        if self.is_mark(at, '.') && !self.is_any(at + 2, &[Class::Am, Class::Pm]) {
            return (None, None, at);
        }
        match two(at + 2, &[':']) {
            Some(second) => (Some(minute), Some(second), at + 4),
            None => (Some(minute), None, at + 2),
        }
    }

    /// The zone behind a time: its distance where the name tells it.
    fn zone(self, at: usize) -> Read<Option<Zone>> {
        let open = self.is_mark(at, '(');
        let name = at + usize::from(open);
        let atom = self.get(name)?;
        let is_upper = atom.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let closed = |end: usize| if open { self.is_mark(end, ')').then_some(end + 1) } else { Some(end) };
        if atom.is(Class::Zone) && is_upper {
            let (shift, end) = self.shift(name + 1);
            let minutes = atom.entry.value() + shift;
            return closed(end).map(|end| (Some(Zone(minutes)), end));
        }
        if atom.is(Class::ZoneName) {
            let standard = self.skip(name + 1, Class::Standard);
            let is_time = self.is(standard, Class::Time);
            let is_short = is_upper && atom.text.len() == 2;
            let end = standard + usize::from(is_time);
            return if is_time || is_short { closed(end).map(|end| (None, end)) } else { None };
        }
        None
    }

    /// "+8", "-0530" behind "GMT".
    fn shift(self, at: usize) -> (i16, usize) {
        let sign = if self.is_mark(at, '+') { 1 } else { -1 };
        let is_sign = self.is_mark(at, '+') || self.is_dash(at);
        match self.get(at + 1).and_then(|atom| atom.digits(4)).filter(|_| is_sign) {
            Some(hours) if hours <= 14 => (sign * (hours as u16).cast_signed() * 60, at + 2),
            Some(both) if both / 100 <= 14 && both % 100 < 60 => {
                (sign * ((both / 100 * 60 + both % 100) as u16).cast_signed(), at + 2)
            }
            _ => (0, at),
        }
    }

    /// A part of the day: "morning", "late night".
    pub(super) fn day_part(self, at: usize) -> Read<DayPart> {
        let part = self.get(at)?.entry.part()?;
        // "the early morning hours"
        let hours = self.is(at + 1, Class::Units) && self.get(at + 1)?.text == "hours";
        self.is(at, Class::Part).then_some((part, at + 1 + usize::from(hours)))
    }
}
