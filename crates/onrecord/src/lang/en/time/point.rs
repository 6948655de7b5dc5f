//! A whole point of time, from the pieces that the other files read: a part of a period ("the end of May", "mid-July",
//! "early Tuesday"), a day and its hour ("Monday at 5 p.m."), a weekday and its date ("Tuesday, May 5").

use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Base, Clock, Deixis, Family, Modifier, Part, Point, Reference, Side, Unit, What};

impl Words<'_, '_> {
    pub(super) fn point(self, at: usize) -> Read<(Point, Family)> {
        if let Some((modifier, next)) = self.part_of(at) {
            let read = self.core(next).or_else(|| self.whole_period(next));
            if let Some(((mut point, family), end)) = read {
                point.modifier = point.modifier.or(Some(modifier));
                return Some(((point, family), end));
            }
        }
        if let Some((side, next)) = self.side(at)
            && let Some(((mut point, family), end)) = self.step(next).or_else(|| self.whole_period(next))
        {
            point.side = Some(side);
            return Some(((point, family), end));
        }
        self.period_end(at).or_else(|| self.core(at))
    }

    /// "early", "mid-", "late in", "the end of", "the beginning of", "the middle part of".
    fn part_of(self, at: usize) -> Read<Modifier> {
        let word = self.skip(at, Class::The);
        let word = word + usize::from(word > at && self.get(word).is_some_and(|atom| atom.text == "very"));
        let atom = self.get(word)?;
        let modifier = if atom.is_any_of(&[Class::Early, Class::Beginning]) {
            Modifier::Start
        } else if atom.is(Class::Mid) {
            Modifier::Mid
        } else if atom.is_any_of(&[Class::Late, Class::End]) {
            Modifier::End
        } else {
            return None;
        };
        let mut next = word + 1;
        if self.is_hyphen(next) {
            return Some((modifier, next + 1));
        }
        if atom.is_any_of(&[Class::Beginning, Class::End]) {
            return self.is(next, Class::Of).then_some((modifier, next + 1));
        }
        // "the early part of the next decade", "the middle of August", "early in 1862", "early on Tuesday".
        next += usize::from(self.get(next).is_some_and(|part| part.text == "part" || part.text == "parts"));
        next += usize::from(self.is_any(next, &[Class::Of, Class::In, Class::On]));
        Some((modifier, next))
    }

    /// "month's end", "the year's end".
    fn period_end(self, at: usize) -> Read<(Point, Family)> {
        let word = self.skip(at, Class::The);
        let ((mut point, family), next) = self.whole_period(word).filter(|&(_, end)| end == word + 1)?;
        let is_end = self.get(next)?.text.ends_with('s')
            && self.get(next)?.text.starts_with(['\'', '’'])
            && self.get(next + 1)?.text == "end";
        point.modifier = Some(Modifier::End);
        is_end.then_some(((point, family), next + 2))
    }

    /// "earlier this month", "later in the year", "later that day".
    fn side(self, at: usize) -> Read<Side> {
        let atom = self.get(at)?;
        let side = if atom.is(Class::Later) && atom.text.eq_ignore_ascii_case("later") {
            Side::Later
        } else if atom.is(Class::Earlier) && atom.text.eq_ignore_ascii_case("earlier") {
            Side::Earlier
        } else {
            return None;
        };
        Some((side, self.skip(self.skip(at + 1, Class::In), Class::On)))
    }

    /// "the month", "the year" behind "the end of".
    fn whole_period(self, at: usize) -> Read<(Point, Family)> {
        let word = self.skip(at, Class::The);
        let atom = self.get(word)?;
        let is_small = !atom.is_capital();
        let unit = atom.entry.unit().filter(|unit| atom.is(Class::Unit) && *unit >= Unit::Day && is_small)?;
        let base = Base::Step { what: What::Unit(unit), by: 0, from: Deixis::Here };
        Some(((Point::of(base), Family::Step), word + 1))
    }

    /// A point without a part of it before.
    fn core(self, at: usize) -> Read<(Point, Family)> {
        self.hour_first(at)
            .or_else(|| self.part_first(at))
            .or_else(|| self.day_first_then_hour(at))
            .or_else(|| self.vague(at))
    }

    /// "5 p.m. Thursday", "11 a.m. on 11 November 1918", "noon", "at 10:30".
    fn hour_first(self, at: usize) -> Read<(Point, Family)> {
        let (clock, end) = self.clock(at)?;
        let comma = self.skip_mark(end, ',');
        // "5 p.m. on Thursday", "2 in the afternoon".
        let day = self.skip(self.skip(comma, Class::On), Class::Of);
        if let Some(((point, _), behind)) =
            self.plain_day(day).filter(|((point, _), _)| point.clock.is_none())
        {
            return Some(((Point { clock: Some(clock), ..point }, Family::Clock), behind));
        }
        if let Some(((point, _), behind)) = self.step(end)
            && let Base::Step { what: What::DayPart(_), .. } = point.base
        {
            return Some(((Point { clock: Some(clock), ..point }, Family::Clock), behind));
        }
        Some(((Point { clock: Some(clock), ..Point::of(Base::SameDay(Deixis::Told)) }, Family::Clock), end))
    }

    /// "the morning of April 19", "the early morning hours of 30 April", "in the morning".
    fn part_first(self, at: usize) -> Read<(Point, Family)> {
        let word = self.skip(at, Class::The);
        let early = self.skip(word, Class::Early);
        let (part, end) = self.day_part(early)?;
        let clock = Some(Clock::Part(part));
        let modifier = (early > word).then_some(Modifier::Start);
        if self.is(end, Class::Of)
            && let Some(((point, _), behind)) = self.plain_day(end + 1)
        {
            return Some(((Point { clock, modifier, ..point }, Family::DayPart), behind));
        }
        let is_cued = self.before(at).is_some_and(|before| before.is(Class::In)) && word > at;
        let is_mere = matches!(self.get(early)?.text, "morning" | "afternoon" | "evening");
        let base = Base::SameDay(Deixis::Told);
        (is_cued && is_mere).then_some(((Point { clock, modifier, ..Point::of(base) }, Family::DayPart), end))
    }

    /// A day or larger, and the hour or part of the day behind it.
    fn day_first_then_hour(self, at: usize) -> Read<(Point, Family)> {
        let ((mut point, mut family), mut end) = self.plain(at)?;
        if point.clock.is_some() || !is_day(&point.base) {
            return Some(((point, family), end));
        }
        let late = end + usize::from(self.is_any(end, &[Class::Early, Class::Late]));
        if let Some((part, behind)) = self.day_part(late) {
            point.clock = Some(Clock::Part(part));
            point.modifier = match self.get(end) {
                Some(word) if word.is(Class::Early) => Some(Modifier::Start),
                Some(word) if word.is(Class::Late) => Some(Modifier::End),
                _ => None,
            };
            family = Family::DayPart;
            end = behind;
        }
        let comma = self.skip_mark(end, ',');
        let hour = self.skip(self.skip(comma, Class::At), Class::By);
        if let Some((clock, behind)) = self.clock(hour).filter(|_| !self.is(comma, Class::By)) {
            return Some(((Point { clock: Some(clock), ..point }, Family::Clock), behind));
        }
        Some(((point, family), end))
    }

    /// A day that an hour or a part of the day belongs to.
    fn plain_day(self, at: usize) -> Read<(Point, Family)> {
        self.plain(at).filter(|((point, _), _)| is_day(&point.base))
    }

    /// Dates, weekdays, steps and periods, the longer before the shorter.
    fn plain(self, at: usize) -> Read<(Point, Family)> {
        let of =
            |read: Read<(Base, Family)>| read.map(|((base, family), end)| ((Point::of(base), family), end));
        of(self.numeric(at))
            .or_else(|| of(self.weekday(at)))
            .or_else(|| of(self.nth(at)))
            .or_else(|| of(self.week_of(at)))
            .or_else(|| of(self.numbered_week(at)))
            .or_else(|| of(self.quarter(at)))
            .or_else(|| of(self.fiscal_year(at)))
            .or_else(|| of(self.holiday(at)))
            .or_else(|| of(self.date(at)))
            .or_else(|| self.today(at))
            .or_else(|| self.step(at))
            .or_else(|| of(self.season(at)))
            .or_else(|| of(self.age(at)))
            .or_else(|| of(self.bare_year(at)))
            .or_else(|| of(self.day_alone(at)))
    }

    /// "Tuesday, May 5, 2019", "Friday 7/6", "Monday the 24th", "Thursday".
    pub(super) fn weekday(self, at: usize) -> Read<(Base, Family)> {
        let weekday = self.get(at)?.entry.number(Class::Weekday)?;
        if let Some(read) = self.day_behind_weekday(at + 1) {
            return Some(read);
        }
        // "Wednesday the 13th", "Wed 13th".
        let number = self.skip(at + 1, Class::The);
        if let Some((day, end)) = self.ordinal(number).filter(|&(day, _)| (1..=31).contains(&day))
            && self.get(number)?.text.starts_with(|c: char| c.is_ascii_digit())
            && self.ends_day(end)
        {
            return Some(((Base::WeekdayOn(weekday, day), Family::Weekday), end));
        }
        // "Tuesday of next week"
        if self.is(at + 1, Class::Of)
            && let Some(((point, _), end)) = self.step(at + 2)
        {
            let what = What::Weekday(weekday);
            return Some(((Base::Nth { nth: 1, what, of: Box::new(point.base) }, Family::Step), end));
        }
        self.weekday_is_meant(at).then_some(((Base::Weekday(weekday), Family::Weekday), at + 1))
    }

    /// The date behind a weekday: ", May 5, 2019", "7/6".
    pub(super) fn day_behind_weekday(self, at: usize) -> Read<(Base, Family)> {
        let next = self.skip_mark(at, ',');
        let is_day = |base: &Base| matches!(base, Base::Calendar { part: Part::Day(..), .. });
        self.numeric(next).or_else(|| self.date(next)).filter(|((base, _), _)| is_day(base))
    }

    /// "the 18th", wherever it stands.
    pub(super) fn ordinal_day(self, at: usize) -> Read<(Base, Family)> {
        let (day, end) =
            self.get(at).filter(|_| self.is(at, Class::The)).and_then(|_| self.ordinal(at + 1))?;
        let base = Base::Calendar { year: None, part: Part::MonthDay(day) };
        ((1..=31).contains(&day) && self.ends_day(end)).then_some(((base, Family::Day), end))
    }

    /// Whether nothing stands here that an ordinal would count: no noun.
    pub(super) fn ends_day(self, at: usize) -> bool {
        self.get(at).is_none_or(|next| {
            next.kind == super::atom::Sort::Mark
                || next.is_any_of(&[Class::And, Class::To, Class::Until, Class::At, Class::The])
                || next.is_any_of(&[Class::Be, Class::PastTense, Class::FutureTense])
                || ["he", "she", "it", "they", "we", "i", "when", "but"].contains(&next.text)
        })
    }

    /// "on the 13th", "the 20th".
    fn day_alone(self, at: usize) -> Read<(Base, Family)> {
        let word = self.skip(at, Class::The);
        let (day, end) = self.ordinal(word)?;
        let is_on = self.before(at).is_some_and(|before| {
            before.is_any_of(&[Class::On, Class::By, Class::Until, Class::From, Class::To])
        });
        // "on 29th" is a day as well, "from 3rd to 1st" a place.
        let is_on = is_on && (word > at || self.before(at).is_some_and(|before| before.is(Class::On)));
        let is_written = self.get(word)?.text.starts_with(|c: char| c.is_ascii_digit());
        // "on the 17th day" and "on the 38th parallel" go on with a noun.
        (is_on && is_written && self.ends_day(end) && (1..=31).contains(&day))
            .then_some(((Base::Calendar { year: None, part: Part::MonthDay(day) }, Family::Day), end))
    }

    /// "now", "recently", "in the past", "at the moment", "in recent years".
    fn vague(self, at: usize) -> Read<(Point, Family)> {
        let atom = self.get(at)?;
        let reference =
            |which: Reference, end: usize| Some(((Point::of(Base::Reference(which)), Family::Vague), end));
        let next = self.get(at + 1);
        if atom.is(Class::Right) && next.is_some_and(|next| next.is(Class::Now)) {
            return reference(Reference::Present, at + 2);
        }
        if (atom.is(Class::Now) && !self.is_hyphen(at + 1)) || atom.is(Class::Currently) {
            return reference(Reference::Present, at + 1);
        }
        // "to date", "these days", "at present-day prices", "for the time being"
        let is_text = |at: usize, text: &str| self.get(at).is_some_and(|a| a.text.eq_ignore_ascii_case(text));
        if atom.text.eq_ignore_ascii_case("these") && is_text(at + 1, "days") {
            return reference(Reference::Present, at + 2);
        }
        if is_text(at, "date")
            && self.before(at).is_some_and(|before| before.is(Class::To))
            && self.ends_day(at + 1)
        {
            return reference(Reference::Present, at + 1);
        }
        let joint = at + 1 + usize::from(self.is_hyphen(at + 1));
        if atom.is(Class::Present) && is_text(joint, "day") {
            return reference(Reference::Present, joint + 1);
        }
        if atom.is(Class::The)
            && self.is(at + 1, Class::Time)
            && is_text(at + 2, "being")
            && self.before(at).is_some_and(|before| before.is(Class::For))
        {
            return reference(Reference::Present, at + 3);
        }
        // "at that time", "by this time", "at the time."
        if let Some(read) = self.that_time(at) {
            return Some(read);
        }
        // "for the month", "for the day."
        if atom.is(Class::The)
            && self.before(at).is_some_and(|before| before.is(Class::For))
            && self.ends_day(at + 2)
            && let Some(read) = self.whole_period(at).filter(|&(_, end)| end == at + 2)
        {
            return Some(read);
        }
        // "at night" is no night of its own.
        if atom.text == "night"
            && self.before(at).is_some_and(|before| before.is_any_of(&[Class::At, Class::By]))
            && !self.is_hyphen(at + 1)
        {
            let clock = Some(Clock::Part(crate::lang::time::DayPart::Night));
            return Some(((Point { clock, ..Point::of(Base::AnyDay) }, Family::DayPart), at + 1));
        }
        if atom.is(Class::Recently) {
            return reference(Reference::Past, at + 1);
        }
        if atom.is(Class::Recent) && next.is_some_and(|next| next.is(Class::Units)) {
            return reference(Reference::Past, at + 2);
        }
        let before = self.before(at);
        let is_behind = |class: Class| before.is_some_and(|before| before.is(class));
        if atom.is(Class::Present) && is_behind(Class::At) {
            return reference(Reference::Present, at + 1);
        }
        if !atom.is(Class::The) {
            return None;
        }
        let word = at
            + 1
            + usize::from(
                next.is_some_and(|next| matches!(next.text, "near" | "present" | "distant" | "foreseeable")),
            );
        let ends = |end: usize| {
            self.get(end).is_none_or(|next| {
                next.kind == super::atom::Sort::Mark
                    || next.is_any_of(&[Class::And, Class::Be, Class::PastTense])
            })
        };
        let noun = self.get(word)?;
        let coming = self.is(word, Class::Coming) && self.is(word + 1, Class::Units);
        if coming {
            return reference(Reference::Future, word + 2);
        }
        if noun.is(Class::Moment) && is_behind(Class::At) {
            return reference(Reference::Present, word + 1);
        }
        let cued = before.is_some_and(|before| {
            before.is_any_of(&[Class::In, Class::For, Class::Of, Class::From, Class::Until])
        });
        if noun.text == "future" && cued {
            return reference(Reference::Future, word + 1);
        }
        if noun.text == "past" && cued && ends(word + 1) {
            return reference(Reference::Past, word + 1);
        }
        let is_present = noun.text == "present" && cued && ends(word + 1);
        if is_present { reference(Reference::Present, word + 1) } else { None }
    }
}

impl Words<'_, '_> {
    /// "at that time", "by this time", "at the time": behind a preposition, for "this time" may mean once more.
    fn that_time(self, at: usize) -> Read<(Point, Family)> {
        let opener = self.get(at)?;
        let is_time = self.get(at + 1).is_some_and(|atom| atom.text == "time");
        let is_led = self.before(at).is_some_and(|before| {
            before.is_any_of(&[
                Class::At,
                Class::By,
                Class::During,
                Class::About,
                Class::Since,
                Class::Until,
                Class::From,
            ])
        });
        let is_meant = opener.is_any_of(&[Class::This, Class::That])
            || opener.is(Class::The) && self.before(at)?.is(Class::At) && self.ends_day(at + 2);
        if !is_time || !is_led || !is_meant {
            return None;
        }
        let is_now = opener.is(Class::This) && self.before(at)?.is(Class::At);
        let reference = if is_now { Reference::Present } else { Reference::Past };
        Some(((Point::of(Base::Reference(reference)), Family::Vague), at + 2))
    }
}

/// Whether it is a day, so that an hour may belong to it.
fn is_day(base: &Base) -> bool {
    match base {
        Base::Calendar { part, .. } => matches!(part, Part::Day(..) | Part::MonthDay(_)),
        Base::Weekday(_) | Base::Days(_) | Base::Holiday { .. } | Base::SameDay(_) => true,
        Base::Step { what, .. } | Base::Nth { what, .. } => {
            matches!(what, What::Weekday(_) | What::Unit(Unit::Day))
        }
        Base::Offset { unit, .. } => *unit == Unit::Day,
        _ => false,
    }
}
