//! Lengths of time and what is counted by them: `three decades`, `over two and a half years`, `the past month`, `a few
//! days earlier`, `two weeks after May 13`, `27-year`, `year-long`.
//!
//! Ages are no times ("the 18-year-old", "24 years old"). "Two days after the vote" gives the length alone: the text
//! does not tell the day.

use super::atom::{Atom, Sort};
use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::{Amount, Base, Deixis, Family, From, Length, Meaning, Modifier, Place, Point, Unit};

impl Words<'_, '_> {
    /// A length, or the time that it leads to.
    pub(super) fn length(self, at: usize) -> Read<(Meaning, Family)> {
        if let Some(read) = self.long(at) {
            return Some(read);
        }
        let (modifier, start) = self.comparison(at);
        if let Some((place, start)) = self.placed(start) {
            let placed = self.placed_length(start, place, modifier);
            if placed.is_some() {
                return placed;
            }
        }
        let (pieces, end) =
            self.pieces(start).or_else(|| self.bare_units(at)).or_else(|| self.the_years(at))?;
        if self.is_age(end) {
            return None;
        }
        if let Some((base, end)) = self.start_behind(at, end) {
            let length = Length { pieces, modifier, place: Place::From(Box::new(base)) };
            return Some(((Meaning::Length(length), Family::Duration), end));
        }
        self.offset(&pieces, modifier, at, end).or_else(|| {
            let place = self.place_around(at, end);
            Some(((Meaning::Length(Length { pieces, modifier, place }), Family::Duration), end))
        })
    }

    /// "in two weeks", "within two weeks", "the two coming weeks".
    fn place_around(self, at: usize, end: usize) -> Place {
        let before = |class: Class| self.before(at).is_some_and(|before| before.is(class));
        let within = self.before(at).is_some_and(|before| before.text.eq_ignore_ascii_case("within"));
        let inside = |classes: &[Class]| (at + 1..end).any(|word| self.is_any(word, classes));
        if within {
            Place::Within(Deixis::Now)
        } else if before(Class::In) {
            Place::Ahead
        } else if inside(&[Class::Next, Class::Coming]) {
            Place::After(Deixis::Now)
        } else {
            Place::Nowhere
        }
    }

    /// The day behind "for three days from", "lasting two weeks, from".
    fn start_behind(self, at: usize, end: usize) -> Read<Base> {
        let lasts = self.before(at).is_some_and(|before| {
            before.is(Class::For) || ["lasting", "lasted", "lasts", "last"].contains(&before.text)
        });
        let from = self.skip_mark(end, ',');
        if !lasts || !self.is(from, Class::From) {
            return None;
        }
        self.fixed_day(from + 1)
    }

    /// "more than", "at least", "about", "nearly" before an amount; the place behind.
    pub(super) fn comparison(self, at: usize) -> (Option<Modifier>, usize) {
        let word = |class: Class, offset: usize| self.is(at + offset, class);
        if word(Class::More, 0) && word(Class::Than, 1)
            || word(Class::Over, 0) && self.amount(at + 1).is_some()
        {
            return (Some(Modifier::MoreThan), at + 1 + usize::from(word(Class::Than, 1)));
        }
        if word(Class::Less, 0) && (word(Class::Than, 1) || self.amount(at + 1).is_some()) {
            return (Some(Modifier::LessThan), at + 1 + usize::from(word(Class::Than, 1)));
        }
        if word(Class::At, 0) && word(Class::Least, 1) {
            return (Some(Modifier::EqualOrMore), at + 2);
        }
        if word(Class::At, 0) && word(Class::Most, 1) || word(Class::Up, 0) && word(Class::To, 1) {
            return (Some(Modifier::EqualOrLess), at + 2);
        }
        if word(Class::Almost, 0) {
            return (Some(Modifier::LessThan), at + 1);
        }
        // "some twenty days", not "some days".
        if word(Class::About, 0) && !(self.is_some(at) && word(Class::Units, 1)) {
            return (Some(Modifier::Approx), at + 1);
        }
        if word(Class::A, 0) && word(Class::More, 1) && word(Class::Than, 2) {
            return (Some(Modifier::MoreThan), at + 3);
        }
        (None, at + usize::from(word(Class::Just, 0)))
    }

    /// The units and their amounts, from the larger to the smaller.
    fn pieces(self, at: usize) -> Read<Vec<(Amount, Unit)>> {
        let (first, mut end) = self.piece(at)?;
        let mut pieces = vec![first];
        while pieces.len() < 4 {
            let comma = self.skip_mark(end, ',');
            let next = self.skip(comma, Class::And);
            let Some((piece, behind)) = self.piece(next) else { break };
            let is_article = self.is(next, Class::A) || self.is(next, Class::Half);
            let last = pieces[pieces.len() - 1].1;
            let goes_down = piece.1 < last && last <= Unit::Year && !is_article;
            let is_offset = self.is_any(behind, &[Class::Ago, Class::Later, Class::Earlier]);
            if !goes_down
                || (next > end && is_offset && pieces.len() == 1 && !self.is_any(end, &[Class::And]))
            {
                break;
            }
            pieces.push(piece);
            end = behind;
        }
        Some((pieces, end))
    }

    /// "three years", "a full day", "27-year", "two bloody weeks", "one year and a half", "3h".
    fn piece(self, at: usize) -> Read<(Amount, Unit)> {
        let (amount, next) = self.amount(at)?;
        let hyphen = self.is_hyphen(next);
        let mut unit = if hyphen { next + 1 } else { next };
        unit = self.skip(unit, Class::Of);
        for _ in 0..2 {
            let is_filler = self.is_any(
                unit,
                &[Class::Full, Class::Calendar, Class::Past, Class::Coming, Class::Next, Class::Previous],
            );
            unit += usize::from(is_filler && !hyphen);
        }
        if self.is(unit, Class::Business) && self.is_any(unit + 1, &[Class::Unit, Class::Units]) {
            return Some(((amount, Unit::Workday), unit + 2));
        }
        let is_article = self.is(at, Class::A) && amount == Amount::ONE;
        if is_article && self.is_any(unit, &[Class::Units, Class::Second]) {
            return None;
        }
        // "three quarters of the troops": as a time a quarter wants "last" or "next" before it.
        let is_placed = at.checked_sub(1).is_some_and(|before| {
            self.is_any(before, &[Class::Last, Class::Past, Class::Next, Class::Coming])
        });
        if self.get(unit).is_some_and(|atom| atom.text.starts_with("quarter")) && !is_placed {
            return None;
        }
        let (unit, scale, end) = self.unit(unit, amount)?;
        let amount = match (amount, scale) {
            (Amount::Thousandths(thousandths), scale) => {
                Amount::Thousandths(thousandths.saturating_mul(scale))
            }
            (Amount::Some, _) => Amount::Some,
        };
        match (self.fraction_behind(end), amount) {
            (Some((more, end)), Amount::Thousandths(whole)) => {
                Some(((Amount::Thousandths(whole + more), unit), end))
            }
            _ => Some(((amount, unit), end)),
        }
    }

    /// A unit behind an amount, and how many of it the word says.
    fn unit(self, at: usize, amount: Amount) -> Option<(Unit, u64, usize)> {
        let atom = self.get(at)?;
        if atom.is(Class::Fortnight) {
            return Some((Unit::Week, 2, at + 1));
        }
        // "the second day", "half a second": as a unit "second" needs an amount in digits or words.
        if atom.is(Class::Second) {
            return Some((Unit::Second, 1, at + 1));
        }
        if let Some(unit) = atom.entry.unit().filter(|_| atom.is_any_of(&[Class::Unit, Class::Units])) {
            let is_one = amount == Amount::ONE || matches!(amount, Amount::Thousandths(..1000));
            let is_name = atom.is_capital() && !atom.text.ends_with('s');
            return (!is_name || is_one).then_some((unit, 1, at + 1));
        }
        let tight = self.is_tight(at) && self.get(at.checked_sub(1)?)?.digits(4).is_some();
        (tight && atom.text == "h").then_some((Unit::Hour, 1, at + 1))
    }

    /// "years", "decades" without an amount, where a word before or behind makes them a length.
    fn bare_units(self, at: usize) -> Read<Vec<(Amount, Unit)>> {
        let atom = self.get(at)?;
        let unit = atom.entry.unit().filter(|_| atom.is(Class::Units))?;
        let is_offset =
            self.is_any(at + 1, &[Class::Ago, Class::Later, Class::Earlier, Class::After, Class::Before]);
        let is_cued = self.before(at).is_some_and(|before| {
            before.is_any_of(&[Class::For, Class::In, Class::Over, Class::During, Class::And, Class::Or])
        });
        let is_of = self.is(at + 1, Class::Of);
        let is_small = !atom.is_capital() || self.before(at).is_none_or(|before| before.kind == Sort::Mark);
        let is_time = unit != Unit::Second && unit != Unit::Quarter && is_small;
        // "after days of talks"
        let is_led = self.before(at).is_some_and(|before| {
            before.is_any_of(&[Class::After, Class::During]) || before.text.eq_ignore_ascii_case("within")
        });
        let is_whole = is_of && (unit >= Unit::Week || is_led && unit >= Unit::Hour);
        (is_time && (is_cued && !is_of || is_offset || is_whole))
            .then(|| (vec![(Amount::Some, unit)], at + 1))
    }

    /// "over the years", "through the decades".
    fn the_years(self, at: usize) -> Read<Vec<(Amount, Unit)>> {
        let unit = self.get(at + 1).filter(|unit| unit.is(Class::Units) && self.is(at, Class::The))?;
        let is_cued = self.before(at).is_some_and(|before| before.is_any_of(&[Class::Over, Class::Through]));
        let unit = unit.entry.unit().filter(|unit| is_cued && *unit >= Unit::Day)?;
        Some((vec![(Amount::Some, unit)], at + 2))
    }

    fn is_age(self, at: usize) -> bool {
        let old = if self.is_hyphen(at) { at + 1 } else { at };
        let is_old = self.is(old, Class::Old) || self.is(old, Class::Of) && self.is(old + 1, Class::Old);
        is_old || (self.is_hyphen(at) && self.get(at + 1).is_some_and(|atom| atom.text.starts_with("old")))
    }

    /// "year-long", "all day", "the decade-long".
    fn long(self, at: usize) -> Read<(Meaning, Family)> {
        let length = |amount: Amount, unit: Unit| {
            let length = Length { pieces: vec![(amount, unit)], modifier: None, place: Place::Nowhere };
            (Meaning::Length(length), Family::Duration)
        };
        let atom = self.get(at)?;
        if let Some(read) = self.nth_unit(at) {
            return Some(read);
        }
        if let Some(unit) =
            atom.entry.unit().filter(|_| self.is_hyphen(at + 1) && self.is(at + 2, Class::Long))
        {
            let amount = if atom.is(Class::Units) { Amount::Some } else { Amount::ONE };
            return Some((length(amount, unit), at + 3));
        }
        if atom.is(Class::All) {
            let unit = self.get(at + 1).filter(|unit| unit.is(Class::Unit) && !self.is_hyphen(at + 1))?;
            return Some((length(Amount::ONE, unit.entry.unit()?), at + 2));
        }
        None
    }

    /// "the first year of the war", "her second week as mayor": a length whose place the text does not tell.
    fn nth_unit(self, at: usize) -> Read<(Meaning, Family)> {
        let word = self.skip(at, Class::The);
        if word == at && !self.before(at).is_some_and(Atom::is_owner) {
            return None;
        }
        let (_, next) = self.ordinal(word)?;
        let next = self.skip(next, Class::Full);
        let unit = self.get(next)?;
        let is_small = !unit.is_capital() && !self.is_hyphen(next + 1);
        let name = unit.entry.unit().filter(|_| unit.is(Class::Unit) && is_small)?;
        let is_long = matches!(name, Unit::Hour | Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
        // "the third year in a row", "the second year running" count times, not length.
        let goes_on = self.get(next + 1).is_none_or(|word| {
            word.kind == Sort::Mark
                || word.is_any_of(&[Class::Of, Class::After, Class::Since, Class::And])
                || ["as", "alone", "when", "at", "under", "without"].contains(&word.text)
        });
        let is_row = self.is(next + 1, Class::In);
        if !is_long || !goes_on || is_row {
            return None;
        }
        let length = Length { pieces: vec![(Amount::ONE, name)], modifier: None, place: Place::Nowhere };
        Some(((Meaning::Length(length), Family::Duration), next + 1))
    }

    /// "the past", "the next", "the first" before a length.
    fn placed(self, at: usize) -> Read<Place> {
        let has_article = self.is(at, Class::The);
        let word = at + usize::from(has_article);
        let atom = self.get(word)?;
        if atom.is_any_of(&[Class::Last, Class::Past]) {
            return Some((Place::Before(Deixis::Now), word + 1));
        }
        if atom.is(Class::Previous) {
            return Some((Place::Before(Deixis::Told), word + 1));
        }
        if atom.is_any_of(&[Class::Next, Class::Coming]) {
            let within = self.before(at).is_some_and(|before| before.text.eq_ignore_ascii_case("within"));
            let from = Deixis::Now;
            return Some((if within { Place::Within(from) } else { Place::After(from) }, word + 1));
        }
        if atom.is(Class::Following) && has_article {
            return Some((Place::After(Deixis::Told), word + 1));
        }
        let is_first = atom.entry.number(Class::Ordinal) == Some(1);
        (is_first && has_article).then(|| (Place::Opening(Box::new(Base::Days(0))), word + 1))
    }

    fn placed_length(self, at: usize, place: Place, modifier: Option<Modifier>) -> Read<(Meaning, Family)> {
        let atom = self.get(at)?;
        let (pieces, end) = match self.pieces(at) {
            // "for the last three months and two days ago": the second leads elsewhere.
            Some((pieces, end)) if pieces.len() > 1 && self.is(end, Class::Ago) => {
                let (piece, end) = self.piece(at)?;
                (vec![piece], end)
            }
            Some((pieces, end)) if !self.is(at, Class::A) => (pieces, end),
            _ => {
                let is_first = matches!(place, Place::Opening(_));
                let is_last = self.before(at)?.is_any_of(&[Class::Last, Class::Past]);
                let has_article = is_last && at >= 2 && self.is(at - 2, Class::The);
                if let Some(fortnight) = self.unit(at, Amount::ONE).filter(|_| atom.is(Class::Fortnight)) {
                    (vec![(Amount::whole(2), fortnight.0)], fortnight.2)
                } else {
                    let unit = atom.entry.unit()?;
                    let is_one = atom.is(Class::Unit) && has_article;
                    let is_some = atom.is(Class::Units);
                    // "the last week of August" is a week of the calendar.
                    let is_nth =
                        self.is_any(at + 1, &[Class::Of, Class::In]) && self.container(at + 2).is_some();
                    if is_first || !(is_one || is_some) || (is_one && is_nth) {
                        return None;
                    }
                    (vec![(if is_one { Amount::ONE } else { Amount::Some }, unit)], at + 1)
                }
            }
        };
        if self.is_age(end) {
            return None;
        }
        let is_part = self.is_any(end, &[Class::Of, Class::In]);
        let (place, end) = match (place, self.container(end + 1).filter(|_| is_part)) {
            (Place::Opening(_), Some((base, behind))) => (Place::Opening(Box::new(base)), behind),
            (Place::Before(_), Some((base, behind))) => (Place::Closing(Box::new(base)), behind),
            (Place::Opening(_), None) => (Place::Nowhere, end),
            (place, _) => (place, end),
        };
        let length = Length { pieces, modifier, place };
        Some(((Meaning::Length(length), Family::Duration), end))
    }

    /// "three days ago", "a few months later", "two weeks after May 13", "4 months from tomorrow".
    fn offset(
        self,
        pieces: &[(Amount, Unit)],
        modifier: Option<Modifier>,
        at: usize,
        end: usize,
    ) -> Read<(Meaning, Family)> {
        let &(amount, unit) = pieces.first()?;
        let point = |forward: bool, from: From, end: usize| {
            let base = Base::Offset { amount, unit, forward, from };
            let point = Point { modifier, ..Point::of(base) };
            Some(((Meaning::Point(point), Family::Offset), end))
        };
        let word = self.get(end)?;
        if word.is(Class::Ago) {
            return point(false, From::Deixis(Deixis::Now), end + 1);
        }
        if word.is_any_of(&[Class::Later, Class::Hence]) {
            let from = if word.is(Class::Later) { Deixis::Told } else { Deixis::Now };
            return point(true, From::Deixis(from), end + 1);
        }
        if word.is(Class::Earlier) {
            return point(false, From::Deixis(Deixis::Told), end + 1);
        }
        // "Two years before, they had met": from what was told last.
        let is_alone = self.get(end + 1).is_none_or(|next| {
            matches!(next.text, "," | "." | ";" | ":" | ")" | "had") && next.entry.unit().is_none()
        });
        if word.is(Class::Before) && is_alone {
            return point(false, From::Deixis(Deixis::Told), end + 1);
        }
        if word.is_any_of(&[Class::From, Class::After, Class::Before]) {
            let forward = !word.is(Class::Before);
            if word.is(Class::From) && self.is(end + 1, Class::Now) {
                return point(true, From::Deixis(Deixis::Now), end + 2);
            }
            if let Some((base, behind)) = self.fixed_day(end + 1) {
                return point(forward, From::Base(Box::new(base)), behind);
            }
            let is_told = self.is(end + 1, Class::That) && !self.is_word(end + 2) && !word.is(Class::From);
            return if is_told { point(forward, From::Deixis(Deixis::Told), end + 2) } else { None };
        }
        // "in two weeks' time"
        let is_time = self.get(end)?.text.starts_with(['\'', '’']) && self.is(end + 1, Class::Time);
        if is_time && self.before(at).is_some_and(|before| before.is(Class::In)) {
            return point(true, From::Deixis(Deixis::Now), end + 2);
        }
        None
    }

    /// A day that another is counted from.
    fn fixed_day(self, at: usize) -> Read<Base> {
        if let Some(((point, _), end)) = self.today(at).filter(|((point, _), _)| point.clock.is_none()) {
            return Some((point.base, end));
        }
        if let Some(((base, _), end)) = self
            .numeric(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.date(at))
            .or_else(|| self.holiday(at))
        {
            return Some((base, end));
        }
        let ((point, _), end) = self.step(at)?;
        let is_day = matches!(point.base, Base::Step { what: crate::lang::time::What::Weekday(_), .. });
        is_day.then_some((point.base, end))
    }
}
