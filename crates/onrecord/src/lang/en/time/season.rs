//! Seasons, quarters, halves, decades, centuries and days with names: `the fall of 2001`, `Q3`, `the first half of
//! 2008`, `the 1990s`, `the 4th century BC`, `Christmas 1963`.
//!
//! What it does not read: feasts of other calendars than the Western one; "the fall" alone, which may be a defeat.

use std::sync::LazyLock;

use super::atom::Sort;
use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::en::rows;
use crate::lang::time::{Base, Family, Holiday, Part, Season, Unit, What, Year};

impl Words<'_, '_> {
    /// "the summer of 1918", "winter 1914–15", "in the spring", "winter".
    pub(super) fn season(self, at: usize) -> Read<(Base, Family)> {
        // "their 2014 summer offensive"
        if let Some((year, next)) = self.full_year(at).filter(|&(_, end)| end == at + 1)
            && let Some(season) =
                self.get(next).filter(|atom| !atom.is_capital()).and_then(|a| a.entry.season())
        {
            let part = Part::Season(season);
            return Some(((Base::Calendar { year: Some(year), part }, Family::Season), next + 1));
        }
        let word = self.skip(at, Class::The);
        let atom = self.get(word)?;
        let season = atom.entry.season()?;
        if let Some((year, end)) = self.year_behind(word + 1) {
            let end = self.second_winter_year(end);
            return Some((
                (Base::Calendar { year: Some(year), part: Part::Season(season) }, Family::Season),
                end,
            ));
        }
        let next = self.get(word + 1);
        // "the fall of Kabul", "Summer Olympics".
        if self.is(word + 1, Class::Of)
            || (atom.is_capital() && next.is_some_and(|next| next.kind == Sort::Word && next.is_capital()))
        {
            return None;
        }
        let is_plain = matches!(season, Season::Summer | Season::Winter) && !atom.is_capital();
        let is_cued = self.before(at).is_some_and(|before| {
            before.is_any_of(&[Class::OpensMonth, Class::And]) && !before.is(Class::To)
        });
        let is_season = is_plain
            || is_cued
                && (self.is(at, Class::The)
                    || season != Season::Fall
                    || self.is(at.wrapping_sub(1), Class::In));
        is_season.then_some((
            (Base::Calendar { year: None, part: Part::Season(season) }, Family::Season),
            word + 1,
        ))
    }

    /// A winter has two years: "the winter of 1914–15".
    fn second_winter_year(self, at: usize) -> usize {
        let is_second = self.is_hyphen(at) || self.is_mark(at, '/');
        let digits = self.get(at + 1).is_some_and(|atom| atom.text.len() == 2 && atom.digits(2).is_some());
        if is_second && digits { at + 2 } else { at }
    }

    /// "Q3", "2017 Q1", "the third quarter of 2013", "third-quarter", "the second half of 2008".
    pub(super) fn quarter(self, at: usize) -> Read<(Base, Family)> {
        if let Some((part, next)) = self.short_quarter(at) {
            let joined = if self.is_hyphen(next) { next + 1 } else { next };
            let (year, end) = self.year_behind(joined).map_or((None, next), |(year, end)| (Some(year), end));
            return Some(((Base::Calendar { year, part }, Family::Quarter), end));
        }
        if let Some((year, next)) = self.full_year(at) {
            let joined = if self.is_hyphen(next) { next + 1 } else { next };
            let (part, end) = self.short_quarter(joined)?;
            return Some(((Base::Calendar { year: Some(year), part }, Family::Quarter), end));
        }
        let word = self.skip(at, Class::The);
        let is_last = self.is_any(word, &[Class::Late, Class::Last]);
        let (nth, next) = match self.ordinal(word) {
            Some(read) => read,
            None if is_last => (0, word + 1),
            None => return None,
        };
        let next = if self.is_hyphen(next) { next + 1 } else { next };
        let part = match self.get(next)?.text {
            "quarter" | "quarters" if nth <= 4 => Part::Quarter(if is_last { 4 } else { nth }),
            "half" if nth <= 2 => Part::Half(if is_last { 2 } else { nth }),
            _ => return None,
        };
        // "the last quarter": of a year, or of a game.
        if let Some((year, end)) = self.year_behind(next + 1) {
            return Some(((Base::Calendar { year: Some(year), part }, Family::Quarter), end));
        }
        let of_year = self.is(next + 1, Class::Of)
            && self.is(next + 2, Class::The)
            && self.get(next + 3).is_some_and(|atom| atom.text == "year");
        if of_year {
            let year = Some(Year::Step(0, crate::lang::time::Deixis::Here));
            return Some(((Base::Calendar { year, part }, Family::Quarter), next + 4));
        }
        let is_quarter =
            matches!(part, Part::Quarter(_)) && self.ordinal(word).is_some() && !self.is(next + 1, Class::Of);
        is_quarter.then_some(((Base::Calendar { year: None, part }, Family::Quarter), next + 1))
    }

    /// "Q3", "H1".
    fn short_quarter(self, at: usize) -> Read<Part> {
        let (letter, digit) = (self.get(at)?, self.get(at + 1)?);
        let digit = digit.digits(1).filter(|_| !digit.spaced)? as u8;
        if letter.is(Class::Q) && (1..=4).contains(&digit) {
            return Some((Part::Quarter(digit), at + 2));
        }
        (letter.text == "H" && (1..=2).contains(&digit)).then_some((Part::Half(digit), at + 2))
    }

    /// "the 1990s", "'90s", "the nineties", "the 19th century", "the 470s BC".
    pub(super) fn age(self, at: usize) -> Read<(Base, Family)> {
        let word = self.skip(at, Class::The);
        self.decade(word).or_else(|| self.century(word)).map(|(base, end)| ((base, Family::Age), end))
    }

    fn decade(self, at: usize) -> Read<Base> {
        let atom = self.get(at)?;
        if let Some(tens) = atom.entry.number(Class::Decades) {
            let has_article = self.before(at).is_some_and(|before| {
                before.is_any_of(&[Class::The, Class::In, Class::Early, Class::Mid, Class::Late])
                    || before.is_dash()
            });
            return has_article.then_some((Base::ShortDecade(tens), at + 1));
        }
        let quote = usize::from(atom.text == "'" || atom.text == "’" || atom.text == "‘");
        let digits = self.get(at + quote)?;
        let apostrophe =
            usize::from(self.get(at + quote + 1).is_some_and(|mark| matches!(mark.text, "'" | "’")));
        let letter = at + quote + 1 + apostrophe;
        let is_decade = self.get(letter).is_some_and(|letter| matches!(letter.text, "s" | "'s" | "’s"));
        let number = digits.digits(4).filter(|number| number % 10 == 0 && is_decade)?;
        match digits.text.len() {
            2 => Some((Base::ShortDecade(number as u8), letter + 1)),
            // "the 1800s" is a century, but for "1900s"-like decades nobody means: ten years are read.
            3 | 4 if self.is(letter + 1, Class::Bc) => {
                Some((Base::Decade(-(number.cast_signed() / 10) - 1), letter + 2))
            }
            4 if number % 100 == 0 && number < 2000 => {
                Some((Base::Century(number.cast_signed() / 100), letter + 1))
            }
            4 => Some((Base::Decade(number.cast_signed() / 10), letter + 1)),
            _ => None,
        }
    }

    fn century(self, at: usize) -> Read<Base> {
        let (nth, next) = self.ordinal(at)?;
        let next = if self.is_hyphen(next) { next + 1 } else { next };
        let is_century = self.get(next)?.text.eq_ignore_ascii_case("century");
        let nth = i32::from(nth);
        if !is_century {
            return None;
        }
        if self.is(next + 1, Class::Bc) {
            return Some((Base::Century(-nth), next + 2));
        }
        Some((
            Base::Century(nth - 1),
            next + 1 + usize::from(self.is(next + 1, Class::Ad) && self.get(next + 1)?.is_capital()),
        ))
    }

    /// "Christmas 1963", "Thanksgiving", "next Easter".
    pub(super) fn holiday(self, at: usize) -> Read<(Base, Family)> {
        let step = self.step_word(at).filter(|(step, _)| !step.is_length);
        let (by, start) = step.map_or((0, at), |(step, end)| (step.by, end));
        let (holiday, end) = self.named_day(start)?;
        // "Labor Day weekend 2021"
        let is_weekend = self.get(end).is_some_and(|atom| atom.text.eq_ignore_ascii_case("weekend"));
        let end = end + usize::from(is_weekend);
        let (year, end) = self.year_behind(end).map_or((None, end), |(year, end)| (Some(year), end));
        let base = Base::Holiday { holiday, year, step: by };
        let base = if is_weekend {
            Base::Nth { nth: 1, what: What::Unit(Unit::Weekend), of: Box::new(base) }
        } else {
            base
        };
        Some(((base, Family::Holiday), end))
    }

    fn named_day(self, at: usize) -> Read<Holiday> {
        let first = self.get(at)?;
        let is_number = first.text == "9" && self.is_mark(at + 1, '/') && self.get(at + 2)?.text == "11";
        if !first.is(Class::Holiday) && !is_number {
            return None;
        }
        let table = &*HOLIDAYS;
        let lower = first.text.to_ascii_lowercase();
        let mut best = None;
        let from = table.partition_point(|(phrase, _)| phrase[0] < lower.as_str());
        for (phrase, holiday) in table[from..].iter().take_while(|(phrase, _)| phrase[0] == lower) {
            let fits = phrase
                .iter()
                .enumerate()
                .all(|(index, word)| self.get(at + index).is_some_and(|atom| straight(atom.text, word)));
            let is_long = best.is_none_or(|(_, end)| at + phrase.len() > end);
            if fits && is_long && (first.is_capital() || is_number || self.is_cued_small(at)) {
                best = Some((*holiday, at + phrase.len()));
            }
        }
        best
    }

    /// Names of days in small letters: "on earth day".
    fn is_cued_small(self, at: usize) -> bool {
        self.before(at).is_none_or(|before| {
            before.is_any_of(&[
                Class::On,
                Class::After,
                Class::Before,
                Class::The,
                Class::Next,
                Class::Previous,
                Class::For,
            ])
        })
    }
}

/// Whether a word is `word`, whatever its case and apostrophe.
fn straight(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word) || text.replace('’', "'").eq_ignore_ascii_case(word)
}

/// The phrases, as the atoms that they are split into, sorted.
static HOLIDAYS: LazyLock<Vec<(Vec<&'static str>, Holiday)>> = LazyLock::new(|| {
    let mut table = Vec::new();
    for (when, names) in rows(include_str!("holiday.tsv")) {
        let holiday = holiday_of(when);
        table.extend(names.split('\t').map(|name| (atoms_of(name), holiday)));
    }
    table.sort_by(|(left, _), (right, _)| left.cmp(right));
    table
});

/// The words that days' names begin with.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    HOLIDAYS.iter().map(|(phrase, _)| phrase[0]).filter(|word| word.starts_with(|c: char| c.is_alphabetic()))
}

/// A possessive ending is an atom of its own, as are a date's pieces.
fn atoms_of(name: &'static str) -> Vec<&'static str> {
    let mut atoms = Vec::new();
    for word in name.split(' ') {
        match word.find("'s").or_else(|| word.find('\'')).filter(|_| !word.starts_with("hallow")) {
            Some(at) => atoms.extend([&word[..at], &word[at..]]),
            None => match word.find('/') {
                Some(at) => atoms.extend([&word[..at], &word[at..=at], &word[at + 1..]]),
                None => atoms.push(word),
            },
        }
    }
    atoms
}

fn holiday_of(when: &str) -> Holiday {
    let mut pieces = when.split(['-', ' ']);
    let kind = pieces.next().unwrap_or_default();
    let numbers: Vec<i8> = when.split([' ']).skip(1).filter_map(|piece| piece.parse().ok()).collect();
    match (kind, numbers.as_slice()) {
        ("easter", &[days]) => Holiday::Easter(days),
        ("nth", &[nth, weekday, month, after]) => {
            Holiday::Nth { nth, weekday: weekday.cast_unsigned(), month: month.cast_unsigned(), after }
        }
        (month, []) => {
            let day = pieces.next().and_then(|day| day.parse().ok());
            Holiday::Fixed(month.parse().unwrap_or(1), day.unwrap_or(1))
        }
        _ => unreachable!("holiday.tsv has the day {when:?}"),
    }
}
