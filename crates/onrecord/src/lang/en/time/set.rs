//! Times that come again: `every day`, `each Friday`, `weekly`, `twice a year`, `on Mondays`, `every other week`,
//! `$3 million a year`.
//!
//! What it does not read: "on weekday mornings", "in the winters".

use super::atom::Sort;
use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Amount, Clock, Every, Repeated, Unit};

const EVERY: Option<&str> = Some("EVERY");

impl Words<'_, '_> {
    pub(super) fn repeated(self, at: usize) -> Read<Repeated> {
        self.every(at).or_else(|| self.rate(at)).or_else(|| self.adverb(at)).or_else(|| self.plural(at))
    }

    /// "every day", "each of the two weeks" never; "every other Friday", "every three weeks", "every morning".
    fn every(self, at: usize) -> Read<Repeated> {
        let atom = self.get(at)?;
        if atom.is(Class::Everyday) {
            // "everyday life" is no time.
            let is_adverb = !self.is_plain(at + 1);
            return is_adverb.then_some((repeated(Every::Length(Amount::ONE, Unit::Day)), at + 1));
        }
        let is_any = atom.is(Class::Any) && self.is_any(at + 1, &[Class::Unit]);
        if !atom.is(Class::Every) && !is_any {
            return None;
        }
        let (amount, next) = if self.is(at + 1, Class::Other) {
            (Amount::whole(2), at + 2)
        } else if let Some((nth, next)) = self.ordinal(at + 1).filter(|_| !self.is(at + 1, Class::Unit)) {
            (Amount::whole(u32::from(nth)), next)
        } else if let Some((count, next)) = self.amount(at + 1) {
            (count, next)
        } else {
            (Amount::ONE, at + 1)
        };
        let next = self.skip(next, Class::Full);
        let (every, end) = self.every_what(next, amount)?;
        let (clock, end) = match self.clock(self.skip(end, Class::At)) {
            Some((clock, behind)) => (Some(clock), behind),
            None => (None, end),
        };
        Some((Repeated { clock, ..repeated(every) }, end))
    }

    fn every_what(self, at: usize, amount: Amount) -> Read<Every> {
        let atom = self.get(at)?;
        if atom.text.eq_ignore_ascii_case("weekday") || atom.text.eq_ignore_ascii_case("weekdays") {
            return Some((Every::Length(amount, Unit::Workday), at + 1));
        }
        if atom.is(Class::Fortnight) {
            return Some((Every::Length(Amount::whole(2), Unit::Week), at + 1));
        }
        if let Some(unit) = atom.entry.unit().filter(|_| atom.is_any_of(&[Class::Unit, Class::Units])) {
            return Some((Every::Length(amount, unit), at + 1));
        }
        if let Some(weekday) = atom.entry.number(Class::Weekday).or(atom.entry.number(Class::Weekdays)) {
            return Some((Every::Weekday(weekday), at + 1));
        }
        if let Some(season) = atom.entry.season() {
            return Some((Every::Season(season), at + 1));
        }
        if let Some(month) = self.month(at) {
            return Some((Every::Month(month), at + 1));
        }
        atom.entry.part().map(|part| (Every::DayPart(part), at + 1))
    }

    /// "twice a week", "three times per month", "once every day"; "a year" and "per year" behind a number.
    fn rate(self, at: usize) -> Read<Repeated> {
        if let Some((times, next)) = self.times(at) {
            let unit = self.skip(self.skip(next, Class::A), Class::Per);
            if unit == next && !self.is(next, Class::Every) {
                return None;
            }
            let (every, end) = self.every_what(self.skip(unit, Class::Every), Amount::ONE)?;
            return Some((Repeated { times: Some(times), quant: None, ..repeated(every) }, end));
        }
        let unit = self.get(at + 1)?;
        let name = unit.entry.unit().filter(|_| unit.is(Class::Unit))?;
        let is_behind = self.is_any(
            at + 2,
            &[Class::Ago, Class::Later, Class::Earlier, Class::After, Class::Before, Class::And],
        );
        let is_rate = self.is(at, Class::Per) || self.is(at, Class::A) && !is_behind && self.counts(at);
        is_rate.then_some((Repeated { quant: None, ..repeated(Every::Length(Amount::ONE, name)) }, at + 2))
    }

    fn times(self, at: usize) -> Read<u32> {
        let atom = self.get(at)?;
        if let Some(times) = atom.entry.number(Class::Twice) {
            return Some((u32::from(times), at + 1));
        }
        let (times, next) = self.cardinal(at)?;
        self.is(next, Class::Times).then_some((times, next + 1))
    }

    /// Whether what stands before "a year" is counted by it: "$3 million a year", "40 flights a day".
    fn counts(self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        let is_number = |atom: &super::atom::Atom<'_>| {
            matches!(atom.kind, Sort::Digits(_))
                || atom.is_any_of(&[Class::Cardinal, Class::Tens, Class::Hundred, Class::Dozen])
                || matches!(atom.text, "million" | "billion" | "percent")
        };
        if is_number(before) || before.is_mark('%') || before.is(Class::Counted) {
            return true;
        }
        let is_plural = before.text.ends_with('s') && before.text.len() > 3 && !before.is_capital();
        is_plural
            && (2..=4)
                .any(|back| at.checked_sub(back).and_then(|place| self.get(place)).is_some_and(is_number))
    }

    /// "daily", "annual", "bi-monthly", "semiannual".
    fn adverb(self, at: usize) -> Read<Repeated> {
        let atom = self.get(at)?;
        if atom.is(Class::Prefix) && self.is_hyphen(at + 1) {
            let unit = self.get(at + 2)?.entry;
            let amount = if atom.text.eq_ignore_ascii_case("bi") {
                Amount::whole(2)
            } else {
                Amount::Thousandths(500)
            };
            let is_frequency = unit.is(Class::Frequency);
            return unit
                .unit()
                .filter(|_| is_frequency)
                .map(|unit| (repeated(Every::Length(amount, unit)), at + 3));
        }
        let prefixed = |prefix: &str| {
            let rest = atom.text.to_ascii_lowercase();
            let entry = super::lexicon::look_up(rest.strip_prefix(prefix)?);
            entry.unit().filter(|_| entry.is(Class::Frequency))
        };
        let small = !atom.is_capital() || self.before(at).is_none();
        if atom.is(Class::Prefixed) {
            if let Some(unit) = prefixed("semi") {
                return small.then_some((repeated(Every::Length(Amount::Thousandths(500), unit)), at + 1));
            }
            if let Some(unit) = prefixed("bi") {
                return small.then_some((repeated(Every::Length(Amount::whole(2), unit)), at + 1));
            }
        }
        let unit = atom.entry.unit().filter(|_| atom.is(Class::Frequency))?;
        // "Daily Telegraph": a name.
        let is_name = self.get(at + 1).is_some_and(|next| next.is_capital() && atom.is_capital());
        (small && !is_name).then_some((repeated(Every::Length(Amount::ONE, unit)), at + 1))
    }

    /// "Mondays", "on Friday mornings", "weekends".
    fn plural(self, at: usize) -> Read<Repeated> {
        let atom = self.get(at)?;
        let on = self.before(at).is_some_and(|before| before.is(Class::On));
        if let Some(weekday) = atom.entry.number(Class::Weekdays) {
            return Some((repeated(Every::Weekday(weekday)), at + 1));
        }
        if let Some(weekday) = atom.entry.number(Class::Weekday)
            && let Some(part) = self.get(at + 1).filter(|part| part.is(Class::Parts))
        {
            let clock = part.entry.part().map(Clock::Part);
            return Some((Repeated { clock, ..repeated(Every::Weekday(weekday)) }, at + 2));
        }
        let is_weekend = atom.text == "weekends" && on;
        is_weekend.then_some((repeated(Every::Length(Amount::ONE, Unit::Weekend)), at + 1))
    }

    fn is_plain(self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|atom| atom.kind == Sort::Word && atom.entry == super::lexicon::Entry::default())
    }
}

fn repeated(every: Every) -> Repeated {
    Repeated { every, clock: None, quant: EVERY, times: None }
}
