//! Numbers in digits and words: `twenty-one`, `1,200`, `the 21st`, `two and a half`, `a few`.
//!
//! What it does not read: Roman numbers, fractions in words but for halves and quarters.

use super::lexicon::Class;
use super::words::{Read, Words};
use crate::lang::time::Amount;

/// Seven words are the longest number that counts units of time: "one thousand two hundred and thirty five".
const LONGEST: usize = 9;

impl Words<'_, '_> {
    /// A whole number.
    pub(super) fn cardinal(self, at: usize) -> Read<u32> {
        if let Some(value) = self.get(at)?.digits(9) {
            let is_tail = self.is_tight(at)
                && self.before(at).is_some_and(|before| before.is_mark(':') || before.is_mark('.'));
            if is_tail {
                return None;
            }
            return Some(self.grouped(at, value));
        }
        let (mut sum, mut group, mut end, mut last) = (0_u32, 0_u32, at, u32::MAX);
        while end < at + LONGEST {
            let joined = if end > at && self.is_hyphen(end) { end + 1 } else { end };
            let joined = if end > at && last >= 100 { self.skip(joined, Class::And) } else { joined };
            let Some(word) = self.get(joined) else { break };
            let value = u32::try_from(word.entry.value()).unwrap_or(0);
            let fits = if word.is(Class::Cardinal) {
                last == u32::MAX || last >= 100 || (last % 10 == 0 && (20..100).contains(&last) && value < 10)
            } else if word.is(Class::Tens) {
                last == u32::MAX || last >= 100
            } else {
                word.is(Class::Hundred) && (1..1000).contains(&group)
            };
            if !fits || word.entry.is(Class::Unit) {
                break;
            }
            if word.is(Class::Hundred) && value == 1000 {
                sum += group * 1000;
                group = 0;
            } else if word.is(Class::Hundred) {
                group *= 100;
            } else {
                group += value;
            }
            last = value;
            end = joined + 1;
        }
        (end > at).then_some((sum + group, end))
    }

    /// "1,200,000": the groups behind the first.
    fn grouped(self, at: usize, first: u32) -> (u32, usize) {
        let (mut value, mut end) = (first, at + 1);
        while let Some(group) = self.get(end + 1).filter(|group| group.text.len() == 3 && !group.spaced) {
            if !(self.is_mark(end, ',') && self.is_tight(end)) {
                break;
            }
            let Some(digits) = group.digits(3) else { break };
            value = value.saturating_mul(1000).saturating_add(digits);
            end += 2;
        }
        (value, end)
    }

    /// "first", "21st", "twenty-first", "the 3 rd" never.
    pub(super) fn ordinal(self, at: usize) -> Read<u8> {
        let word = self.get(at)?;
        if let Some(value) = word.digits(2) {
            let is_ordinal = self.is(at + 1, Class::OrdinalEnding) && self.is_tight(at + 1);
            return is_ordinal.then_some((value as u8, at + 2));
        }
        if let Some(value) = word.entry.number(Class::Ordinal).or(word.entry.number(Class::Second)) {
            return Some((value, at + 1));
        }
        let tens = word.entry.number(Class::Tens)?;
        let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        let one = self.get(next)?.entry;
        let one = one.number(Class::Ordinal).or(one.number(Class::Second)).filter(|&one| one < 10)?;
        Some((tens + one, next + 1))
    }

    /// How many of a unit: "three", "2.5", "two and a half", "half a", "a", "a few", "several".
    pub(super) fn amount(self, at: usize) -> Read<Amount> {
        let word = self.get(at)?;
        if word.is(Class::Half) || word.text == "½" {
            let next = self.skip(if self.is_hyphen(at + 1) { at + 2 } else { at + 1 }, Class::A);
            return Some((Amount::Thousandths(500), next));
        }
        if word.is(Class::A) && !word.is(Class::Cardinal) {
            return self.article(at + 1);
        }
        if word.is(Class::Some) || self.is_some(at) && self.is(at + 1, Class::Units) {
            return Some((Amount::Some, at + 1));
        }
        let (whole, end) = self.cardinal(at)?;
        if let Some((thousandths, end)) = self.fraction(end) {
            return Some((Amount::Thousandths(u64::from(whole) * 1000 + thousandths), end));
        }
        if self.is(end, Class::Dozen) {
            return Some((Amount::whole(whole.saturating_mul(12)), end + 1));
        }
        // "two or three years", "12 to 18 months", "five-to-seven-year": the first is not known to be meant.
        Some((Amount::whole(whole), end))
    }

    pub(super) fn is_some(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| atom.text.eq_ignore_ascii_case("some"))
    }

    /// What "a" counts: "a few", "a couple of", "a dozen", "a half", or one.
    fn article(self, at: usize) -> Read<Amount> {
        if self.is(at, Class::Some) {
            return Some((Amount::Some, at + 1));
        }
        if self.is(at, Class::Couple) {
            return Some((Amount::whole(2), self.skip(at + 1, Class::Of)));
        }
        if self.is(at, Class::Dozen) {
            return Some((Amount::whole(12), at + 1));
        }
        if self.is(at, Class::NumberOf) && self.is(at + 1, Class::Of) {
            return Some((Amount::Some, at + 2));
        }
        if self.is(at, Class::Half) {
            return Some((Amount::Thousandths(500), if self.is_hyphen(at + 1) { at + 2 } else { at + 1 }));
        }
        if self.is_any(at, &[Class::Hundred]) {
            let hundred = self.get(at)?.entry.value();
            return Some((Amount::whole(u32::try_from(hundred).unwrap_or(100)), at + 1));
        }
        Some((Amount::ONE, at))
    }

    /// What stands behind a whole number: ".5", "and a half", "-and-a-half", "½".
    fn fraction(self, at: usize) -> Read<u64> {
        if self.is_mark(at, '.') && self.is_tight(at) && self.is_tight(at + 1) {
            let digits = self.get(at + 1)?;
            let value = digits.digits(3)?;
            let scale = 10_u64.pow(3 - digits.text.len() as u32);
            return Some((u64::from(value) * scale, at + 2));
        }
        if self.get(at)?.text == "½" {
            return Some((500, at + 1));
        }
        let step = |at: usize| if self.is_hyphen(at) { at + 1 } else { at };
        let and = step(at);
        if !self.is(and, Class::And) {
            return None;
        }
        let part = step(self.skip(step(and + 1), Class::A));
        if self.is(part, Class::Half) {
            return Some((500, step(part + 1)));
        }
        let is_quarter = self.get(part)?.text == "quarter" && part > and + 1;
        is_quarter.then_some((250, part + 1))
    }

    /// The half or quarter behind a unit: "one hour and a half".
    pub(super) fn fraction_behind(self, at: usize) -> Read<u64> {
        let is_and = self.is(at, Class::And);
        if is_and { self.fraction(at) } else { None }
    }

    /// A year in words: "nineteen ninety six", "two thousand and five", "seventeen hundred thirty three".
    pub(super) fn year_in_words(self, at: usize) -> Read<i32> {
        let teens = self.get(at)?.entry;
        if !teens.is_any(&[Class::Cardinal, Class::Tens]) {
            return None;
        }
        let (whole, end) = self.cardinal(at)?;
        if (1000..2200).contains(&whole) && end > at + 1 {
            return Some((whole.cast_signed(), end));
        }
        let century = u32::from(u8::try_from(teens.value()).ok()?);
        let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        let (rest, end) = self.until(at + 5).cardinal(next)?;
        ((16..=20).contains(&century) && (10..100).contains(&rest) && self.is_word(next))
            .then_some(((century * 100 + rest).cast_signed(), end))
    }
}
