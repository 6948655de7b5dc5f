//! Where does a content begin and end? Methods of [`Reader`].
//!
//! In: a frame and a quotation. Out: the items that the frame reports, and which frame reports a quotation where
//! several could. It claims nothing; `report` does.

use std::ops::Range;

use super::frame::{Frame, Mode};
use super::report::Reader;
use super::scope::{Ending, Sentence};
use super::term;
use crate::lang::en::Class;
use crate::text::Kind;

impl Reader<'_, '_, '_> {
    /// The nearest frame before the quotation at `k` that can report it.
    pub(super) fn nearest_before(&self, k: usize) -> Option<usize> {
        let s = self.sentence;
        for (at, frame) in self.frames.iter().enumerate().rev().filter(|(_, f)| f.head < k) {
            let end = frame.cue.end.max(frame.group.end);
            let barrier =
                (end..k).any(|i| matches!(s.kind(i), Some(Kind::Semicolon | Kind::Stop)) || self.claimed[i]);
            if barrier || frame.mode == Mode::AccordingTo || self.used[at] {
                return None;
            }
            let far = frame.only_names() && (k - frame.cue.end > 14 || term::is_work_title(s, k));
            let needs_comma =
                frame.needs_comma() && !matches!(s.kind_before(k), Some(Kind::Comma | Kind::Colon));
            let opener = [Class::That, Class::Relative, Class::Subordinator];
            let no_finding = frame.finds() && !s.is_any(frame.cue.end, &opener);
            if !far && !needs_comma && !no_finding {
                return Some(at);
            }
        }
        None
    }

    /// The leftmost frame whose clause holds both the frame `nearest` and the quotation at `k`: of "Ruiz said the
    /// report called it “a farce”" it is "said".
    pub(super) fn outermost(&self, nearest: usize, k: usize) -> usize {
        let s = self.sentence;
        (0..nearest)
            .find(|&at| {
                let frame = &self.frames[at];
                let weak = !frame.speaks() && !s.is(frame.cue.end, Class::That);
                let end = frame.cue.end;
                let barrier = (end..k).any(|i| {
                    matches!(s.kind(i), Some(Kind::Semicolon | Kind::Stop | Kind::Colon)) || self.claimed[i]
                });
                // "The judge, quoting the statute, said": what stands inside another frame's source reports for itself.
                let in_source =
                    self.frames[nearest].source.as_ref().is_some_and(|s| s.start <= frame.cue.start);
                frame.takes_clause()
                    && !(weak || in_source || barrier || self.used[at])
                    && self.clause_border(at, k) >= k
            })
            .unwrap_or(nearest)
    }

    /// Where the clause that the frame `at` reports is broken off by another frame of the article's own; `limit`
    /// where none does.
    pub(super) fn clause_border(&self, at: usize, limit: usize) -> usize {
        let s = self.sentence;
        for other in at + 1..self.frames.len() {
            let frame = &self.frames[other];
            let start = frame.group.start;
            if start >= limit {
                break;
            }
            if start <= self.frames[at].cue.end {
                continue;
            }
            let before = start - 1;
            let comma = s.is_kind(before, Kind::Comma) || s.ending(before) == Ending::Comma;
            let coordinated = s.is(before, Class::Coordinator);
            let bare = frame.source.is_none();
            let participle =
                s.is(frame.head, Class::Participle) && bare && (comma || coordinated || s.is_quote(before));
            let shares_subject = bare && coordinated && !s.is(frame.head, Class::Base);
            let speaks = self.speaks_for_itself(other);
            let own_clause = speaks && (coordinated || (comma && self.leads(at)));
            let named = frame.source.as_ref().is_some_and(|r| !s.is(r.start, Class::Personal));
            let time_clause = speaks && named && s.is(before, Class::When);
            if participle || shares_subject || own_clause || time_clause || self.used[other] {
                return before + usize::from(!comma && !coordinated && !time_clause || s.is_quote(before));
            }
        }
        limit
    }

    /// Whether a frame reports speech and has a source of its own.
    fn speaks_for_itself(&self, at: usize) -> bool {
        self.frames[at].speaks() && self.frames[at].source.is_some()
    }

    /// Whether the frame stands in a clause that leads another in: "While Roz said …, he said".
    fn leads(&self, at: usize) -> bool {
        let s = self.sentence;
        let subordinate = s.is_any(0, &[Class::Subordinator, Class::Participle]);
        subordinate || self.frames[at].antecedent.is_some()
    }

    /// Where the content of a cue before a quotation begins: behind an addressee and behind when and where.
    pub(super) fn content_start(&self, frame: &Frame, k: usize) -> usize {
        let s = self.sentence;
        let from = match &frame.source {
            Some(source) if source.start >= frame.cue.end => source.end,
            _ => frame.cue.end,
        };
        if let Some(mark) = (from..k).rev().find(|&i| s.is_kind(i, Kind::Colon)) {
            return mark + 1;
        }
        let other = self.frames.iter().any(|f| f.cue.start >= frame.cue.end && f.head < k);
        if s.kind_before(k) == Some(Kind::Comma) && self.starts_upper(k) && !other {
            return k;
        }
        if let Some(that) = self.that_behind_address(frame, from, k) {
            return that;
        }
        let mut from = from;
        while from < k {
            if s.is(from, Class::Time) || s.is_kind(from, Kind::Comma) || s.is(from, Class::BehindCue) {
                from += 1;
            } else if s.is(from, Class::Preposition)
                && !s.is(from, Class::Subordinator)
                && !frame.only_names()
            {
                let occasion =
                    (from + 1..k.min(from + 8)).rev().find(|&i| s.is_any(i, &[Class::Occasion, Class::Time]));
                match occasion {
                    Some(last) => from = last + 1,
                    None => break,
                }
            } else {
                break;
            }
        }
        if s.is(frame.head, Class::Told) && from < k {
            from = self.behind_addressee(from, k);
        }
        from
    }

    /// The "that" behind whom and when: "told the council on Monday that". In "said his worry is that" it stands
    /// inside the content, which then begins before it.
    fn that_behind_address(&self, frame: &Frame, from: usize, k: usize) -> Option<usize> {
        let s = self.sentence;
        let that = (from..k.min(from + 16)).find(|&i| s.is(i, Class::That))?;
        let first = s.entry(from);
        let addressed = s.is(frame.head, Class::Told)
            || first.is_any(&[Class::Preposition, Class::Time, Class::Adverb])
            || s.is_kind(from, Kind::Comma);
        let verb = (from..that).any(|i| s.is_finite(i));
        (that == from || (addressed && !verb)).then_some(that)
    }

    /// Behind the one who is told: "told the council that", "told reporters the plan", "told Roz on Monday she".
    fn behind_addressee(&self, from: usize, k: usize) -> usize {
        let s = self.sentence;
        if s.is(from, Class::Personal) {
            return from + 1;
        }
        let mut end = from;
        while end < k {
            let first = end == from;
            let new_phrase = !first
                && s.is_any(end, &[Class::Determiner, Class::Personal, Class::To])
                && !s.is(end - 1, Class::Preposition);
            let name_behind_noun = end > from + 1
                && s.is_capital(end)
                && s.is_kind(end - 1, Kind::Word)
                && !s.is_capital(end - 1)
                && !s.is(end - 1, Class::Preposition)
                && !s.is(end - 1, Class::Determiner);
            if new_phrase || name_behind_noun || s.is_kind(end, Kind::Comma) {
                break;
            }
            end += 1;
        }
        // Everything up to the quotation would be the addressee: then the quotation is the content.
        end
    }

    /// The content that ends with the quotation at `last`: quotations alone are pieces, words before them make it
    /// one stretch.
    pub(super) fn content_up_to(&self, last: usize) -> Vec<Range<usize>> {
        let s = self.sentence;
        let from = self.free_start(last);
        if let Some(first) = self.parted_by_dashes(from, last) {
            return vec![first..first + 1, last..last + 1];
        }
        let words = (from..last).any(|k| matches!(s.kind(k), Some(Kind::Word | Kind::Number)));
        if words && !self.starts_speech(last) {
            return vec![from..last + 1];
        }
        let mut first = last;
        while first > from && s.is_quote(first - 1) {
            first -= 1;
        }
        if first < last { (first..=last).map(|k| k..k + 1).collect() } else { vec![last..last + 1] }
    }

    /// The quotation that the one at `last` goes on with, where only words between dashes part them.
    fn parted_by_dashes(&self, from: usize, last: usize) -> Option<usize> {
        let s = self.sentence;
        let first = (from..last).rev().find(|&k| s.is_quote(k))?;
        let dash = |k: usize| s.is_kind(k, Kind::Dash);
        (first == from && last > first + 2 && dash(first + 1) && dash(last - 1)).then_some(first)
    }

    /// Whether the quotation begins speech of its own, whatever words stand before it: they end with a colon, or
    /// with a comma behind something that leads in, and it begins with a capital.
    fn starts_speech(&self, k: usize) -> bool {
        let s = self.sentence;
        let led_in = matches!(s.kind_before(k), Some(Kind::Colon | Kind::Comma | Kind::Dash));
        let coordinated = k > 0 && s.is(k - 1, Class::Coordinator);
        let inner = s.inner(k);
        let capital = inner.trim_start().starts_with(char::is_uppercase);
        (led_in && capital) || (coordinated && k == 1)
    }

    /// The first item before `k` that no frame and no content holds, past what merely joins clauses.
    pub(super) fn free_start(&self, k: usize) -> usize {
        let s = self.sentence;
        let mut from = (0..k).rev().find(|&i| self.claimed[i]).map_or(0, |i| i + 1);
        for (at, frame) in self.frames.iter().enumerate() {
            if self.used[at] && frame.group.end <= k {
                from = from.max(frame.group.end);
            }
        }
        while from < k {
            let lead = matches!(s.kind(from), Some(Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon))
                || (s.is(from, Class::Coordinator) && !s.is_quote(from));
            if !lead {
                break;
            }
            from += 1;
        }
        from
    }

    /// Whether a quotation stands at `k` that begins with a capital.
    pub(super) fn starts_upper(&self, k: usize) -> bool {
        let s = self.sentence;
        if !s.is_quote(k) {
            return false;
        }
        let inner = s.inner(k);
        inner
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    }

    /// Whether the quotation at `k` is all that its cue reports, rather than the first words of a clause.
    pub(super) fn stands_whole(&self, k: usize) -> bool {
        let s = self.sentence;
        let next_act = s.is(k + 1, Class::Coordinator)
            && (s.is(k + 2, Class::Cue) || s.is_finite(k + 2) || s.is(k + 2, Class::InEd));
        let parted =
            matches!(s.kind(k + 1), None | Some(Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon));
        s.ending(k) != Ending::None || (parted && !s.is_quote(k + 1)) || next_act
    }

    /// The end of the quotations that follow one another from `k` on, with nothing but "and" and commas between.
    pub(super) fn quotes_joined_from(&self, k: usize) -> usize {
        let s = self.sentence;
        let mut end = k + 1;
        loop {
            let mut next = end;
            while next < s.len() && (s.is_kind(next, Kind::Comma) || s.is(next, Class::And)) {
                next += 1;
            }
            if !s.is_quote(next) || self.claimed[next] {
                return end;
            }
            end = next + 1;
        }
    }

    /// The end of a content that begins with words at `from` and holds the quotation at `k`.
    pub(super) fn mixed_end(&self, at: usize, from: usize, k: usize) -> usize {
        let s = self.sentence;
        let border = self.clause_border(at, s.len()).max(k + 1);
        let end = self.without_marks_at_end(from, border);
        let relative = self.frames[at].antecedent.is_some();
        if relative && s.ending(k) == Ending::Comma {
            // "who calls herself “the Hammer,” said": the comma closes the clause of "who".
            return k + 1;
        }
        let joined = self.quotes_joined_from(k);
        if self.frames[at].only_names() && s.is(joined, Class::Coordinator) {
            // "called it “a wake-up call” and cut the forecast": the next act is the source's own.
            return joined;
        }
        let last = (k..end).rev().find(|&i| s.is_quote(i)).unwrap_or(k);
        let breaks_off = s.is_kind(last + 1, Kind::Dash)
            || (s.ending(last) == Ending::Comma
                && last + 1 < end
                && (relative || opens_other_clause(s, last + 1)));
        if breaks_off { last + 1 } else { end }
    }

    /// Where the clause from `from` on ends: before a stop at the end, or before the next frame in use.
    pub(super) fn clause_end(&self, from: usize, limit: usize) -> usize {
        let used = self.frames.iter().enumerate().filter(|&(at, f)| self.used[at] && f.group.start > from);
        let end = used.map(|(_, f)| f.group.start).min().unwrap_or(limit).min(limit);
        self.without_marks_at_end(from, end)
    }

    pub(super) fn without_marks_at_end(&self, from: usize, end: usize) -> usize {
        let s = self.sentence;
        let mut end = end;
        while end > from {
            let mark = matches!(
                s.kind(end - 1),
                Some(Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon)
            );
            if !mark && !s.is(end - 1, Class::Coordinator) {
                break;
            }
            end -= 1;
        }
        end
    }
}

/// Whether what stands at `k`, behind a frame's comma, is a clause of the article's own.
pub(super) fn opens_other_clause(s: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = s.entry(k);
    entry.is_any(&[Class::Relative, Class::Participle, Class::Coordinator, Class::Subordinator])
        || s.is(k, Class::InIng)
}
