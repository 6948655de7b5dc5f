//! What does each frame report? Sentence → [`Draft`]s.
//!
//! In: a sentence with quotations. Out: attributions as spans. Rules are tried from the surest place to the least
//! sure: a name behind a dash or before a colon, a frame right behind a quotation, between commas, before a
//! quotation. What no rule claims is left to `turn`, or is no speech at all.

use std::ops::Range;

use super::draft::Draft;
use super::extent::opens_other_clause;
use super::frame::{self, Frame, Mode};
use super::scope::{Ending, Sentence};
use super::{rule, source, term};
use crate::lang::en::Class;
use crate::text::Kind;

/// The rules at work on one sentence.
pub(super) struct Reader<'s, 'v, 'd> {
    pub(super) sentence: &'s Sentence<'v, 'd>,
    pub(super) frames: Vec<Frame>,
    /// For every item: whether an attribution's content holds it.
    pub(super) claimed: Vec<bool>,
    /// For every frame: whether it made an attribution.
    pub(super) used: Vec<bool>,
    pub(super) drafts: Vec<Draft>,
    /// The attribution whose speech goes on if the next sentence is nothing but a quotation.
    pub(super) running: Option<usize>,
}

impl<'s, 'v, 'd> Reader<'s, 'v, 'd> {
    pub(super) fn new(sentence: &'s Sentence<'v, 'd>) -> Self {
        let frames = frame::frames(sentence);
        Reader {
            sentence,
            claimed: vec![false; sentence.len()],
            used: vec![false; frames.len()],
            frames,
            drafts: Vec::new(),
            running: None,
        }
    }

    pub(super) fn read(&mut self) {
        self.signed();
        self.labelled();
        for at in 0..self.frames.len() {
            self.cue_after(at);
        }
        for at in 0..self.frames.len() {
            self.cue_between(at);
        }
        for k in 0..self.sentence.len() {
            if self.sentence.is_quote(k) && !self.claimed[k] {
                self.cue_before(k);
            }
        }
        self.colon();
        self.note_rejected();
    }

    /// `“…” ― Ana Roz`
    fn signed(&mut self) {
        let s = self.sentence;
        let Some(dash) = (1..s.len()).find(|&k| s.is_kind(k, Kind::Dash) && s.is_quote(k - 1)) else {
            return;
        };
        let end = (dash + 1..s.len()).find(|&k| s.is_kind(k, Kind::Stop)).unwrap_or(s.len());
        let is_name = end > dash + 1
            && end - dash <= 12
            && s.is_capital(dash + 1)
            && (end == s.len() || end + 1 == s.len())
            && (dash + 1..end).all(|k| {
                let verb = s.is_finite(k) && !s.is(k, Class::Time);
                !verb && !s.is_quote(k) && !s.is(k, Class::Pronoun)
            })
            && !self.frames.iter().any(|f| f.head > dash);
        if is_name && (0..dash).all(|k| s.is_quote(k)) {
            let date =
                |k: usize| s.is(k, Class::Time) || matches!(s.kind(k), Some(Kind::Number | Kind::Comma));
            let name = (dash + 1..end).rev().find(|&k| !date(k)).map_or(end, |last| last + 1);
            self.push(rule::SIGNED, Some(dash + 1..name), Some(dash..dash + 1), &[0..dash]);
        }
    }

    /// `Ruiz: “…”`
    fn labelled(&mut self) {
        let s = self.sentence;
        let Some(colon) = (1..s.len().min(20)).find(|&k| s.is_kind(k, Kind::Colon)) else { return };
        let label = s.is_capital(0)
            && s.is_quote(colon + 1)
            && (0..colon).all(|k| match s.kind(k) {
                Some(Kind::Word) => s.is_capital(k) || s.is_any(k, &[Class::Preposition, Class::Determiner]),
                Some(Kind::Comma | Kind::Open | Kind::Close | Kind::Number) => true,
                Some(Kind::Dash) => k + 1 < colon,
                _ => false,
            })
            && !self.frames.iter().any(|f| f.head < colon)
            && !s.is(0, Class::Sentence)
            && !s.is(0, Class::Saying)
            && !s.is(0, Class::Work);
        if label {
            let end = self.quotes_joined_from(colon + 1);
            let name_end =
                (1..colon).find(|&k| s.is(k, Class::Preposition) && !s.is(k, Class::Of)).unwrap_or(colon);
            let name_start =
                (0..name_end).rev().find(|&k| s.is_kind(k, Kind::Dash)).map_or(0, |dash| dash + 1);
            self.push(rule::LABELLED, Some(name_start..name_end), Some(colon..colon + 1), &[colon + 1..end]);
            self.running = Some(self.drafts.len() - 1);
        }
    }

    /// `“…,” said Ruiz.` and `“…,” Ruiz said, “…”`
    fn cue_after(&mut self, at: usize) {
        let s = self.sentence;
        let frame = self.frames[at].clone();
        if frame.negated || frame.source.is_none() || s.is(frame.head, Class::Participle) || self.used[at] {
            return;
        }
        let Some(last) = quote_right_before(s, frame.group.start) else { return };
        let closes = matches!(s.kind(frame.group.end), None | Some(Kind::Stop | Kind::Comma));
        let may_follow = frame.follows_speech() || (s.ending(last) == Ending::Comma && closes);
        if !may_follow {
            return;
        }
        if self.claimed[last] {
            return;
        }
        let comma_outside = s.is_kind(last + 1, Kind::Comma);
        if s.ending(last) == Ending::None && !comma_outside {
            return;
        }
        let content = self.content_up_to(last);
        if self.leads_in(&frame, last, &content) {
            return;
        }
        // What is said "as Ruiz put it" is the quotation, no clause of the article's own around it.
        let as_put = last + 1 < frame.group.start && s.is(frame.group.start - 1, Class::As);
        if as_put && content.iter().flat_map(Clone::clone).any(|k| !s.is_quote(k)) {
            return;
        }
        let term = term::is_term(s, last) && s.ending(last) == Ending::None;
        let titled = frame.source.as_ref().is_some_and(|source| term::is_title_of(s, last, source));
        if content[..] == [last..last + 1] && (term || titled) {
            return;
        }
        self.used[at] = true;
        let rule = if frame.mode == Mode::AccordingTo { rule::ACCORDING_TO } else { rule::CUE_AFTER };
        self.push_frame(rule, &frame, &content);
        self.more_after(&frame);
    }

    /// Whether the words that end with the quotation at `last` only lead the frame in, which reports what stands
    /// behind it: `Though some call it “a joke,” Ruiz said the plan was sound.`
    fn leads_in(&self, frame: &Frame, last: usize, content: &[Range<usize>]) -> bool {
        let s = self.sentence;
        let asked_before = matches!(s.kind_before(last), Some(Kind::Comma | Kind::Colon))
            && s.ending(last) != Ending::Comma
            && self.frames.iter().any(|f| f.cue.end + 1 == last && f.follows_speech());
        if asked_before {
            return true;
        }
        let Some(first) = content.first().map(|items| items.start).filter(|&k| !s.is_quote(k)) else {
            return false;
        };
        let opener = [Class::Subordinator, Class::Preposition, Class::Participle, Class::Asked];
        let behind = frame.group.end;
        let goes_on = s.is_quote(behind)
            || s.is_any(behind, &[Class::That, Class::Determiner, Class::Personal])
            || s.is_capital(behind) && !s.is(behind, Class::Time);
        s.is_any(first, &opener) && goes_on || s.kind(behind) == Some(Kind::Colon)
    }

    /// Quotations of the same sentence behind the frame: `“A,” said Ruiz on Monday, “B.”`
    fn more_after(&mut self, frame: &Frame) {
        let s = self.sentence;
        let draft = self.drafts.len() - 1;
        let behind = frame.group.end + 1;
        if s.is_kind(frame.group.end, Kind::Comma) && s.is_finite(behind) {
            // “The worst,” Lind said, is over: the clause goes on behind the frame.
            let end = self.clause_end(behind, s.len());
            self.claimed[behind..end].fill(true);
            self.drafts[draft].content.push(s.span(behind..end));
            self.drafts[draft].quotes.extend(s.quotations(behind..end));
            return;
        }
        let next_frame = self
            .frames
            .iter()
            .map(|f| f.group.start)
            .find(|&start| start >= frame.group.end)
            .unwrap_or(s.len());
        let next_quote = (frame.group.end..next_frame).find(|&k| s.is_quote(k) && !term::is_work_title(s, k));
        match next_quote {
            Some(k)
                if matches!(
                    s.kind_before(k),
                    Some(Kind::Comma | Kind::Colon | Kind::Dash | Kind::Semicolon)
                ) || k == frame.group.end =>
            {
                let end = self.quotes_joined_from(k);
                let own_frame = self.frames.iter().any(|f| {
                    f.source.is_some()
                        && f.follows_speech()
                        && quote_right_before(s, f.group.start) == Some(end - 1)
                });
                if own_frame {
                    return;
                }
                self.add_pieces(draft, k..end);
                self.running = Some(draft);
            }
            Some(_) => self.running = None,
            None if !(next_frame..s.len()).any(|k| s.is_quote(k)) => self.running = Some(draft),
            None => {}
        }
    }

    /// `The plan, Ruiz said, is “a farce.”` and `The plan is “a farce” for all, according to Ruiz.`
    fn cue_between(&mut self, at: usize) {
        let s = self.sentence;
        let frame = self.frames[at].clone();
        let Range { start, end } = frame.group;
        if self.used[at]
            || !frame.follows_speech()
            || frame.negated
            || frame.source.is_none()
            || s.is(frame.head, Class::Participle)
        {
            return;
        }
        if s.is(frame.head, Class::Told) {
            return;
        }
        if self.reported_again(at) {
            return;
        }
        let leads = frame.mode == Mode::AccordingTo && lead_only(s, 0, start);
        if !leads && start == 0 {
            return;
        }
        let parted = leads || s.is_kind(start - 1, Kind::Comma) || frame.mode == Mode::AccordingTo;
        let stop =
            matches!(s.kind(end), None | Some(Kind::Stop | Kind::Comma | Kind::Colon)) && !s.is_quote(end);
        if !parted || !stop {
            return;
        }
        let mut content = Vec::new();
        if !leads {
            let from = self.free_start(start);
            let to = if s.is_kind(start - 1, Kind::Comma) { start - 1 } else { start };
            if from >= to {
                return;
            }
            content.push(from..to);
        }
        if matches!(s.kind(end), Some(Kind::Comma | Kind::Colon)) {
            let introduces = !leads
                && s.is_quote(end + 1)
                && self.starts_upper(end + 1)
                && !content.iter().cloned().flatten().any(|k| s.is_quote(k));
            if introduces {
                return;
            }
            let to = self.clause_end(end + 1, s.len());
            if end + 1 < to && !opens_other_clause(s, end + 1) {
                content.push(end + 1..to);
            }
        }
        let marked = content.iter().flat_map(Clone::clone).any(|k| s.is_quote(k));
        let free = content.iter().flat_map(Clone::clone).all(|k| !self.claimed[k]);
        if marked && free {
            self.used[at] = true;
            let rule = if frame.mode == Mode::AccordingTo { rule::ACCORDING_TO } else { rule::CUE_BETWEEN };
            let last_is_quote = content.last().is_some_and(|r| s.is_quote(r.end - 1));
            self.push_frame(rule, &frame, &content);
            self.inner_of(&content);
            self.running = last_is_quote.then_some(self.drafts.len() - 1);
        }
    }

    /// The frame inside the clause of the draft made last that reports a quotation there.
    fn inner_of(&mut self, content: &[Range<usize>]) {
        for range in content {
            let Some(k) = range.clone().find(|&k| self.sentence.is_quote(k)) else { continue };
            let inner = self.frames.iter().enumerate().rev().find(|&(at, frame)| {
                let holds = range.contains(&frame.group.start) && frame.head < k;
                holds && !self.used[at] && frame.source.is_some() && !frame.needs_comma()
            });
            if let Some((at, _)) = inner {
                self.push_inner(at, k, range.end);
            }
        }
    }

    /// `“…,” Ruiz said, according to The Lantern.`: what the paper reports is that Ruiz said it.
    fn reported_again(&mut self, at: usize) -> bool {
        let s = self.sentence;
        let frame = self.frames[at].clone();
        let behind_frame =
            |f: &Frame| f.group.end + 1 == frame.group.start && s.is_kind(f.group.end, Kind::Comma);
        let inner = (0..at).find(|&other| self.used[other] && behind_frame(&self.frames[other]));
        let (Mode::AccordingTo, Some(inner)) = (frame.mode, inner) else { return false };
        let end = self.frames[inner].group.end;
        let span = self.drafts.last().and_then(|draft| draft.content.first().copied());
        let Some(from) = span.and_then(|span| (0..end).find(|&k| s.item_span(k).start == span.start)) else {
            return false;
        };
        self.used[at] = true;
        self.push_frame(rule::ACCORDING_TO, &frame, &[from..end]);
        let outer = self.drafts.len() - 1;
        self.drafts[outer - 1].inside = Some(outer);
        true
    }

    /// `Ruiz said, “…”`, `Ruiz called it “a farce”`, `Ruiz said the plan was “a farce” for all.`
    fn cue_before(&mut self, k: usize) {
        let s = self.sentence;
        let Some(nearest) = self.nearest_before(k) else { return };
        let adjacent = k <= self.frames[nearest].cue.end + 1;
        let introduced = match s.kind_before(k) {
            Some(Kind::Colon) => true,
            Some(Kind::Comma) => adjacent && self.starts_upper(k) && s.ending(k) != Ending::None,
            _ => false,
        };
        let at = if introduced { nearest } else { self.outermost(nearest, k) };
        let frame = self.frames[at].clone();
        if self.read_by_a_person(&frame) {
            return;
        }
        let from = self.content_start(&frame, k);
        if from > k {
            return;
        }
        let is_direct = from == k;
        if (is_direct && term::is_term(s, k)) || (!frame.speaks() && term::is_work_title(s, k)) {
            return;
        }
        let is_whole = is_direct && self.stands_whole(k);
        let to = if is_whole { self.quotes_joined_from(k) } else { self.mixed_end(at, from, k) };
        if (from..to).any(|i| self.claimed[i]) {
            return;
        }
        self.used[at] = true;
        let rule = match (is_direct, frame.only_names()) {
            (true, false) => rule::CUE_BEFORE,
            (_, true) => rule::CALLED,
            (false, false) => rule::CLAUSE,
        };
        self.push_frame(rule, &frame, &[from..to]);
        let ends = matches!(s.kind(to), None | Some(Kind::Stop)) && s.is_quote(to - 1) && !s.is_quote(to);
        self.running = ends.then_some(self.drafts.len() - 1);
        if at != nearest && self.frames[nearest].cue.start >= from {
            self.push_inner(nearest, k, to);
        }
    }

    /// "She read “The Long Rain”": a person reads aloud only where a comma or colon says so.
    fn read_by_a_person(&self, frame: &Frame) -> bool {
        let s = self.sentence;
        let thing = |source: &Range<usize>| {
            let last = source.end - 1;
            !s.is_capital(last) && !s.is(last, Class::Personal)
        };
        s.is(frame.head, Class::Reads) && !frame.source.as_ref().is_some_and(thing)
    }

    /// `She turned to the crowd again: “…”`: a colon behind words that hold no cue.
    fn colon(&mut self) {
        let s = self.sentence;
        for k in 2..s.len() {
            let introduced = s.is_quote(k) && !self.claimed[k] && s.is_kind(k - 1, Kind::Colon);
            if !introduced || !self.starts_upper(k) || matches!(s.ending(k), Ending::None | Ending::Comma) {
                continue;
            }
            if let Some(source) = source::subject(s, k - 1) {
                let end = self.quotes_joined_from(k);
                self.push(rule::COLON, Some(source), Some(k - 1..k), &[k..end]);
                self.running = Some(self.drafts.len() - 1);
            }
        }
    }

    /// Quotations that make a sentence of their own at the start of this one and that no frame claims.
    pub(super) fn standing_alone(&self) -> Vec<usize> {
        let s = self.sentence;
        let first = (0..s.len()).take_while(|&k| s.is_quote(k));
        first
            .filter(|&k| !self.claimed[k] && matches!(s.ending(k), Ending::Stop | Ending::Question))
            .map(|k| s.quotation(k))
            .collect()
    }
}

/// The quotation that stands right before `k`, with nothing but a comma or a dash between.
fn quote_right_before(s: &Sentence<'_, '_>, k: usize) -> Option<usize> {
    let mut before = k.checked_sub(1)?;
    if s.is(before, Class::As) {
        // “…,” as Varga put it
        before = before.checked_sub(1)?;
    }
    if s.is_quote(before) {
        return Some(before);
    }
    let punctuation = matches!(s.kind(before), Some(Kind::Comma | Kind::Dash));
    (punctuation && before > 0 && s.is_quote(before - 1)).then(|| before - 1)
}

fn lead_only(s: &Sentence<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|k| s.is_any(k, &[Class::Coordinator, Class::Adverb]) || s.is_kind(k, Kind::Comma))
}
