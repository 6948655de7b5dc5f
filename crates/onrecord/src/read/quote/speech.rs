//! What does each frame report? Sentence with quotations → [`Draft`]s.
//!
//! In: a stretch of text and the quotations in it. Out: attributions as spans. Frames are tried from the surest
//! place to the least sure: right behind a quotation, between commas, before a quotation. What no frame claims is
//! left to `turn`, or is no speech at all.

use std::ops::Range;

use super::frame::{self, Frame, Mode, Stretch};
use super::scope::{Ending, Sentence, View};
use super::{Rejected, rule, term};
use crate::lang::en::{self, Class};
use crate::read::Maker;
use crate::text::{Kind, Span};

/// An attribution in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) source: Option<Span>,
    /// Whom a source that is a relative pronoun stands for.
    pub(super) antecedent: Option<Span>,
    pub(super) cue: Option<Span>,
    pub(super) content: Vec<Span>,
    /// The quotations in its content.
    pub(super) quotes: Vec<usize>,
    pub(super) maker: Maker,
    pub(super) rejected: Vec<Rejected>,
    /// The draft of the same stretch that this one is reported within.
    pub(super) inside: Option<usize>,
}

/// A frame at the end of a paragraph that introduces what the next one quotes: "She continued:".
#[derive(Clone, Copy, Debug)]
pub(super) struct Introduction {
    pub(super) source: Option<Span>,
    pub(super) cue: Span,
}

/// What was read in one stretch of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) drafts: Vec<Draft>,
    /// Quotations that stand as a sentence of their own and that no frame claims.
    pub(super) unattributed: Vec<usize>,
    /// What its last words introduce.
    pub(super) introduces: Option<Introduction>,
}

/// Reads a stretch of tokens in which `quotes` are the outermost quotations.
pub(super) fn read(view: &View<'_>, tokens: Range<usize>, quotes: &[usize]) -> Found {
    let mut found = Found::default();
    let mut running = Running::Nobody;
    for sentence in view.sentences(tokens, quotes) {
        found.introduces = introduction(&sentence);
        if sentence.quotes().next().is_none() {
            if let Some(draft) = unmarked(&sentence) {
                running = Running::Latent(Box::new(draft));
            }
            continue;
        }
        let only_quotes = (0..sentence.len()).all(|k| sentence.is_quote(k) || sentence.kind(k) == Some(Kind::Stop));
        if only_quotes {
            running = go_on(&sentence, running, &mut found);
            continue;
        }
        let mut reader = Reader::new(&sentence);
        reader.read();
        let before = found.drafts.len();
        running = reader.running.map_or(Running::Nobody, |at| Running::Draft(before + at));
        for draft in &mut reader.drafts {
            draft.inside = draft.inside.map(|at| before + at);
        }
        found.unattributed.extend(reader.standing_alone());
        found.drafts.append(&mut reader.drafts);
    }
    found
}

/// What a sentence that ends with a colon introduces.
fn introduction(sentence: &Sentence<'_, '_>) -> Option<Introduction> {
    let last = sentence.len() - 1;
    if sentence.kind(last) != Some(Kind::Colon) || last == 0 {
        return None;
    }
    let frames = frame::frames(sentence);
    let Some(frame) = frames.iter().rev().find(|f| !f.negated && !f.only_names()) else {
        let source = subject(sentence, last)?;
        return Some(Introduction { source: Some(sentence.span(source)), cue: sentence.item_span(last) });
    };
    let first = frames.iter().find_map(|f| f.source.clone());
    let source = frame.source.clone().or(first).or_else(|| subject(sentence, frame.cue.start));
    Some(Introduction { source: source.map(|r| sentence.span(r)), cue: sentence.span(frame.cue.clone()) })
}

/// Whose speech goes on if the next sentence is nothing but a quotation.
enum Running {
    Nobody,
    /// That of an attribution.
    Draft(usize),
    /// That of an attribution without marks, which is kept only if a quotation follows it.
    Latent(Box<Draft>),
}

/// A sentence of quotations alone: they are pieces of the attribution that stands right before them.
fn go_on(sentence: &Sentence<'_, '_>, running: Running, found: &mut Found) -> Running {
    let at = match running {
        Running::Nobody => {
            found.unattributed.extend(sentence.quotes().map(|k| quote_index(sentence, k)));
            return Running::Nobody;
        }
        Running::Draft(at) => at,
        Running::Latent(draft) => {
            found.drafts.push(*draft);
            found.drafts.len() - 1
        }
    };
    for k in sentence.quotes() {
        found.drafts[at].content.push(sentence.item_span(k));
        found.drafts[at].quotes.push(quote_index(sentence, k));
    }
    Running::Draft(at)
}

/// The attribution of a sentence without quotations: `The plan is dead, Ruiz said.` and `Ruiz said the plan is dead.`
fn unmarked(sentence: &Sentence<'_, '_>) -> Option<Draft> {
    let mut reader = Reader::new(sentence);
    let at = reader.frames.iter().position(|f| f.speaks() && !f.negated && f.source.is_some())?;
    let frame = reader.frames[at].clone();
    let Range { start, end } = frame.group;
    let ends = matches!(sentence.kind(end), None | Some(Kind::Stop)) || sentence.is(end, Class::Preposition) || sentence.is(end, Class::Time);
    let content = if start > 1 && sentence.kind(start - 1) == Some(Kind::Comma) && ends {
        reader.free_start(start)..start - 1
    } else {
        let from = reader.content_start(&frame, sentence.len());
        from..reader.clause_end(from, sentence.len())
    };
    if content.is_empty() {
        return None;
    }
    reader.push_frame(rule::CLAUSE, &frame, vec![content]);
    reader.drafts.pop()
}

fn quote_index(sentence: &Sentence<'_, '_>, k: usize) -> usize {
    match sentence.items[k] {
        super::scope::Item::Quote(index, _) => index,
        super::scope::Item::Word(_) => unreachable!("only quotations are asked for their index"),
    }
}

struct Reader<'s, 'v, 'd> {
    sentence: &'s Sentence<'v, 'd>,
    frames: Vec<Frame>,
    /// For every item: whether an attribution's content holds it.
    claimed: Vec<bool>,
    /// For every frame: whether it made an attribution.
    used: Vec<bool>,
    drafts: Vec<Draft>,
    /// The attribution whose speech goes on if the next sentence is nothing but a quotation.
    running: Option<usize>,
}

impl<'s, 'v, 'd> Reader<'s, 'v, 'd> {
    fn new(sentence: &'s Sentence<'v, 'd>) -> Self {
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

    fn read(&mut self) {
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
        self.short_frame();
        self.colon();
        self.note_rejected();
    }

    /// `“…” ― Ana Roz`
    fn signed(&mut self) {
        let s = self.sentence;
        let Some(dash) = (1..s.len()).find(|&k| s.kind(k) == Some(Kind::Dash) && s.is_quote(k - 1)) else { return };
        let end = (dash + 1..s.len()).find(|&k| s.kind(k) == Some(Kind::Stop)).unwrap_or(s.len());
        let is_name = end > dash + 1
            && end - dash <= 12
            && s.is_capital(dash + 1)
            && (end == s.len() || end + 1 == s.len())
            && (dash + 1..end).all(|k| !s.is(k, Class::Auxiliary) && !s.is(k, Class::Verb) && !s.is_quote(k) && !s.is(k, Class::Pronoun))
            && !self.frames.iter().any(|f| f.head > dash);
        if is_name && (0..dash).all(|k| s.is_quote(k)) {
            self.push(rule::SIGNED, Some(dash + 1..end), Some(dash..dash + 1), vec![0..dash]);
        }
    }

    /// `Ruiz: “…”`
    fn labelled(&mut self) {
        let s = self.sentence;
        let Some(colon) = (1..s.len().min(20)).find(|&k| s.kind(k) == Some(Kind::Colon)) else { return };
        let label = s.is_capital(0)
            && s.is_quote(colon + 1)
            && (0..colon).all(|k| match s.kind(k) {
                Some(Kind::Word) => s.is_capital(k) || s.is(k, Class::Preposition) || s.is(k, Class::Determiner),
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
            let name_end = (1..colon).find(|&k| s.is(k, Class::Preposition) && s.word(k) != "of").unwrap_or(colon);
            let name_start = (0..name_end).rev().find(|&k| s.kind(k) == Some(Kind::Dash)).map_or(0, |dash| dash + 1);
            self.push(rule::LABELLED, Some(name_start..name_end), Some(colon..colon + 1), vec![colon + 1..end]);
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
        if !frame.follows_speech() && !(s.ending(last) == Ending::Comma && frame.source.is_some() && closes) {
            return;
        }
        if self.claimed[last] {
            return;
        }
        let comma_outside = s.kind(last + 1) == Some(Kind::Comma);
        if s.ending(last) == Ending::None && !comma_outside {
            return;
        }
        let content = self.content_up_to(last);
        if content.len() == 1 && content[0] == (last..last + 1) && term::is_term(s, last) && s.ending(last) == Ending::None {
            return;
        }
        self.used[at] = true;
        let rule = if frame.mode == Mode::AccordingTo { rule::ACCORDING_TO } else { rule::CUE_AFTER };
        self.push_frame(rule, &frame, content);
        self.more_after(&frame);
    }

    /// Quotations of the same sentence behind the frame: `“A,” said Ruiz on Monday, “B.”`
    fn more_after(&mut self, frame: &Frame) {
        let s = self.sentence;
        let draft = self.drafts.len() - 1;
        let next_frame = self.frames.iter().map(|f| f.group.start).find(|&start| start >= frame.group.end).unwrap_or(s.len());
        let next_quote = (frame.group.end..next_frame).find(|&k| s.is_quote(k) && !term::is_work_title(s, k));
        match next_quote {
            Some(k) if matches!(s.kind_before(k), Some(Kind::Comma | Kind::Colon | Kind::Dash)) || k == frame.group.end => {
                let end = self.quotes_joined_from(k);
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
        if self.used[at] || !frame.follows_speech() || frame.negated || frame.source.is_none() || s.is(frame.head, Class::Participle) {
            return;
        }
        if en::takes_addressee(s.word(frame.head)) {
            return;
        }
        let leads = frame.mode == Mode::AccordingTo && lead_only(s, 0, start);
        if !leads && start == 0 {
            return;
        }
        let parted = leads || s.kind(start - 1) == Some(Kind::Comma) || frame.mode == Mode::AccordingTo;
        let stop = matches!(s.kind(end), None | Some(Kind::Stop | Kind::Comma | Kind::Colon)) && !s.is_quote(end);
        if !parted || !stop {
            return;
        }
        let mut content = Vec::new();
        if !leads {
            let from = self.free_start(start);
            let to = if s.kind(start - 1) == Some(Kind::Comma) { start - 1 } else { start };
            if from >= to {
                return;
            }
            content.push(from..to);
        }
        if matches!(s.kind(end), Some(Kind::Comma | Kind::Colon)) {
            let introduces = !leads && s.is_quote(end + 1) && self.starts_upper(end + 1) && !content.iter().cloned().flatten().any(|k| s.is_quote(k));
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
            self.push_frame(rule, &frame, content);
            self.running = last_is_quote.then_some(self.drafts.len() - 1);
        }
    }

    /// `Ruiz said, “…”`, `Ruiz called it “a farce”`, `Ruiz said the plan was “a farce” for all.`
    fn cue_before(&mut self, k: usize) {
        let s = self.sentence;
        let Some(nearest) = self.nearest_before(k) else { return };
        let introduced = matches!(s.kind_before(k), Some(Kind::Colon))
            || (self.starts_upper(k) && k <= self.frames[nearest].cue.end + 1 && s.ending(k) != Ending::None);
        let at = if introduced { nearest } else { self.outermost(nearest, k) };
        let frame = self.frames[at].clone();
        let from = self.content_start(&frame, k);
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
        self.push_frame(rule, &frame, vec![from..to]);
        let ends = matches!(s.kind(to), None | Some(Kind::Stop)) && s.is_quote(to - 1) && !s.is_quote(to);
        self.running = ends.then_some(self.drafts.len() - 1);
        if at != nearest && self.frames[nearest].cue.start >= from {
            self.push_inner(nearest, k, to);
        }
    }

    /// The nearest frame before the quotation at `k` that can report it.
    fn nearest_before(&self, k: usize) -> Option<usize> {
        let s = self.sentence;
        for (at, frame) in self.frames.iter().enumerate().rev().filter(|(_, f)| f.head < k) {
            let end = frame.cue.end.max(frame.group.end);
            let barrier = (end..k).any(|i| matches!(s.kind(i), Some(Kind::Semicolon | Kind::Stop)) || self.claimed[i]);
            if barrier || frame.mode == Mode::AccordingTo || self.used[at] {
                return None;
            }
            let far = frame.only_names() && (k - frame.cue.end > 14 || term::is_work_title(s, k));
            let needs_comma = frame.needs_comma() && !matches!(s.kind_before(k), Some(Kind::Comma | Kind::Colon));
            if !frame.negated && !far && !needs_comma {
                return Some(at);
            }
        }
        None
    }

    /// The leftmost frame whose clause holds both the frame `nearest` and the quotation at `k`: of "Ruiz said the
    /// report called it “a farce”" it is "said".
    fn outermost(&self, nearest: usize, k: usize) -> usize {
        let s = self.sentence;
        (0..nearest)
            .find(|&at| {
                let frame = &self.frames[at];
                let Mode::Verb { speech, clause, .. } = frame.mode else { return false };
                let weak = !speech && s.word(frame.cue.end) != "that";
                let end = frame.cue.end;
                let barrier = (end..k).any(|i| {
                    matches!(s.kind(i), Some(Kind::Semicolon | Kind::Stop | Kind::Colon)) || self.claimed[i]
                });
                (speech || clause) && !weak && !frame.negated && !self.used[at] && !barrier && self.clause_border(at, k) >= k
            })
            .unwrap_or(nearest)
    }

    /// Whether the frame stands in a clause that leads another in: "While Roz said …, he said".
    fn leads(&self, at: usize) -> bool {
        let s = self.sentence;
        let subordinate = s.is(0, Class::Subordinator) || s.is(0, Class::Participle);
        subordinate || self.frames[at].antecedent.is_some()
    }

    /// Whether a frame reports speech and has a source of its own.
    fn speaks_for_itself(&self, at: usize) -> bool {
        self.frames[at].speaks() && self.frames[at].source.is_some()
    }

    /// Where the clause that the frame `at` reports is broken off by another frame of the article's own; `limit`
    /// where none does.
    fn clause_border(&self, at: usize, limit: usize) -> usize {
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
            let comma = s.kind(before) == Some(Kind::Comma) || s.ending(before) == Ending::Comma;
            let coordinated = s.is(before, Class::Coordinator);
            let bare = frame.source.is_none();
            let participle = s.is(frame.head, Class::Participle) && bare && (comma || coordinated || s.is_quote(before));
            let shares_subject = bare && coordinated && !s.is(frame.head, Class::Base);
            let speaks = self.speaks_for_itself(other);
            let own_clause = speaks && (coordinated || (comma && self.leads(at)));
            let named = frame.source.as_ref().is_some_and(|r| !en::is_personal_pronoun(s.word(r.start)));
            let time_clause = speaks && named && en::opens_time_clause(s.word(before));
            if participle || shares_subject || own_clause || time_clause || self.used[other] {
                return before + usize::from(!comma && !coordinated && !time_clause || s.is_quote(before));
            }
        }
        limit
    }

    /// `“…,” Ruiz demurred.` with a verb that no list has: a quotation that ends with a comma, a name or pronoun,
    /// and a verb in the past make a frame.
    fn short_frame(&mut self) {
        let s = self.sentence;
        for k in 0..s.len() {
            if !s.is_quote(k) || self.claimed[k] || s.ending(k) != Ending::Comma {
                continue;
            }
            let start = k + 1;
            let mut end = start;
            while end < s.len() && end - start < 5 && (s.is_capital(end) || en::is_personal_pronoun(s.word(end))) {
                end += 1;
            }
            let verb = s.word(end);
            let is_past = verb.ends_with("ed") && verb.len() > 4 || s.is(end, Class::Verb);
            if end > start && is_past && !self.frames.iter().any(|f| f.group.contains(&end)) {
                let content = self.content_up_to(k);
                self.push(rule::SHORT_FRAME, Some(start..end), Some(end..end + 1), content);
                self.running = Some(self.drafts.len() - 1);
            }
        }
    }

    /// `She turned to the crowd again: “…”`: a colon behind words that hold no cue.
    fn colon(&mut self) {
        let s = self.sentence;
        for k in 2..s.len() {
            let introduced = s.is_quote(k) && !self.claimed[k] && s.kind(k - 1) == Some(Kind::Colon);
            if !introduced || !self.starts_upper(k) || matches!(s.ending(k), Ending::None | Ending::Comma) {
                continue;
            }
            if let Some(source) = subject(s, k - 1) {
                let end = self.quotes_joined_from(k);
                self.push(rule::COLON, Some(source), Some(k - 1..k), vec![k..end]);
                self.running = Some(self.drafts.len() - 1);
            }
        }
    }

    /// The content that ends with the quotation at `last`: quotations alone are pieces, words before them make it
    /// one stretch.
    fn content_up_to(&self, last: usize) -> Vec<Range<usize>> {
        let s = self.sentence;
        let from = self.free_start(last);
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

    /// Whether the quotation begins speech of its own, whatever words stand before it: they end with a colon, or
    /// with a comma behind something that leads in, and it begins with a capital.
    fn starts_speech(&self, k: usize) -> bool {
        let s = self.sentence;
        let led_in = matches!(s.kind_before(k), Some(Kind::Colon | Kind::Comma | Kind::Dash));
        let coordinated = k > 0 && s.is(k - 1, Class::Coordinator);
        let inner = s.view.document.slice(s.view.quotation(quote_index(s, k)).inner);
        let capital = inner.trim_start().starts_with(char::is_uppercase);
        (led_in && capital) || (coordinated && k == 1)
    }

    /// The first item before `k` that no frame and no content holds, past what merely joins clauses.
    fn free_start(&self, k: usize) -> usize {
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

    /// Where the content of a cue before a quotation begins: behind an addressee and behind when and where.
    fn content_start(&self, frame: &Frame, k: usize) -> usize {
        let s = self.sentence;
        let from = match &frame.source {
            Some(source) if source.start >= frame.cue.end => source.end,
            _ => frame.cue.end,
        };
        if let Some(mark) = (from..k).rev().find(|&i| matches!(s.kind(i), Some(Kind::Colon))) {
            return mark + 1;
        }
        if s.kind_before(k) == Some(Kind::Comma) && self.starts_upper(k) {
            return k;
        }
        if let Some(that) = self.that_behind_address(frame, from, k) {
            return that;
        }
        let mut from = from;
        while from < k {
            if s.is(from, Class::Time) || s.kind(from) == Some(Kind::Comma) || (s.is(from, Class::Adverb) && en::is_adverb_of_saying(s.word(from))) {
                from += 1;
            } else if s.is(from, Class::Preposition) && !s.is(from, Class::Subordinator) && !frame.only_names() {
                let occasion = (from + 1..k.min(from + 8)).rev().find(|&i| s.is(i, Class::Occasion) || s.is(i, Class::Time));
                match occasion {
                    Some(last) => from = last + 1,
                    None => break,
                }
            } else {
                break;
            }
        }
        if en::takes_addressee(s.word(frame.head)) && from < k {
            from = self.behind_addressee(from, k);
        }
        from
    }

    /// The "that" behind whom and when: "told the council on Monday that". In "said his worry is that" it stands
    /// inside the content, which then begins before it.
    fn that_behind_address(&self, frame: &Frame, from: usize, k: usize) -> Option<usize> {
        let s = self.sentence;
        let that = (from..k.min(from + 16)).find(|&i| s.word(i) == "that")?;
        let first = s.entry(from);
        let addressed = en::takes_addressee(s.word(frame.head))
            || [Class::Preposition, Class::Time, Class::Adverb].iter().any(|&class| first.is(class))
            || s.kind(from) == Some(Kind::Comma);
        let verb = (from..that).any(|i| s.is(i, Class::Auxiliary) || s.is(i, Class::Verb));
        (that == from || (addressed && !verb)).then_some(that)
    }

    /// Behind the one who is told: "told the council that", "told reporters the plan", "told Roz on Monday she".
    fn behind_addressee(&self, from: usize, k: usize) -> usize {
        let s = self.sentence;
        if en::is_personal_pronoun(s.word(from)) {
            return from + 1;
        }
        let mut end = from;
        while end < k {
            let first = end == from;
            let new_phrase = !first
                && (s.is(end, Class::Determiner) || en::is_personal_pronoun(s.word(end)) || s.word(end) == "to")
                && !s.is(end - 1, Class::Preposition);
            let name_behind_noun = end > from + 1
                && s.is_capital(end)
                && s.kind(end - 1) == Some(Kind::Word)
                && !s.is_capital(end - 1)
                && !s.is(end - 1, Class::Preposition)
                && !s.is(end - 1, Class::Determiner);
            if new_phrase || name_behind_noun || s.kind(end) == Some(Kind::Comma) {
                break;
            }
            end += 1;
        }
        // Everything up to the quotation would be the addressee: then the quotation is the content.
        end
    }

    /// Whether a quotation stands at `k` that begins with a capital.
    fn starts_upper(&self, k: usize) -> bool {
        let s = self.sentence;
        if !s.is_quote(k) {
            return false;
        }
        let inner = s.view.document.slice(s.view.quotation(quote_index(s, k)).inner);
        inner.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    }

    /// Whether the quotation at `k` is all that its cue reports, rather than the first words of a clause.
    fn stands_whole(&self, k: usize) -> bool {
        let s = self.sentence;
        s.ending(k) != Ending::None || matches!(s.kind(k + 1), None | Some(Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon))
    }

    /// The end of the quotations that follow one another from `k` on, with nothing but "and" and commas between.
    fn quotes_joined_from(&self, k: usize) -> usize {
        let s = self.sentence;
        let mut end = k + 1;
        loop {
            let mut next = end;
            while next < s.len() && (s.kind(next) == Some(Kind::Comma) || matches!(s.word(next), "and" | "or")) {
                next += 1;
            }
            if !s.is_quote(next) || self.claimed[next] {
                return end;
            }
            end = next + 1;
        }
    }

    /// The end of a content that begins with words at `from` and holds the quotation at `k`.
    fn mixed_end(&self, at: usize, from: usize, k: usize) -> usize {
        let s = self.sentence;
        let border = self.clause_border(at, s.len()).max(k + 1);
        let end = self.without_marks_at_end(from, border);
        let last = (k..end).rev().find(|&i| s.is_quote(i)).unwrap_or(k);
        let breaks_off = s.kind(last + 1) == Some(Kind::Dash)
            || (s.ending(last) == Ending::Comma && last + 1 < end && opens_other_clause(s, last + 1));
        if breaks_off { last + 1 } else { end }
    }

    /// Where the clause from `from` on ends: before a stop at the end, or before the next frame in use.
    fn clause_end(&self, from: usize, limit: usize) -> usize {
        let used = self.frames.iter().enumerate().filter(|&(at, f)| self.used[at] && f.group.start > from);
        let end = used.map(|(_, f)| f.group.start).min().unwrap_or(limit).min(limit);
        self.without_marks_at_end(from, end)
    }

    fn without_marks_at_end(&self, from: usize, end: usize) -> usize {
        let s = self.sentence;
        let mut end = end;
        while end > from {
            let mark = matches!(s.kind(end - 1), Some(Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon));
            if !mark && !s.is(end - 1, Class::Coordinator) {
                break;
            }
            end -= 1;
        }
        end
    }

    fn push_frame(&mut self, maker: Maker, frame: &Frame, content: Vec<Range<usize>>) {
        let source = frame.source.clone().or_else(|| self.shared_source(frame));
        self.push(maker, source, Some(frame.cue.clone()), content);
        let antecedent = frame.antecedent.clone().map(|r| self.sentence.span(r));
        self.drafts.last_mut().expect("a draft was pushed").antecedent = antecedent;
    }

    /// The source of a cue that has none beside it: the first source before it, else the sentence's subject.
    fn shared_source(&self, frame: &Frame) -> Option<Range<usize>> {
        if frame.cue.start == 0 {
            // "Adding that it rained, Roz left": the subject stands behind the clause.
            let s = self.sentence;
            let comma = (frame.cue.end..s.len()).find(|&k| s.kind(k) == Some(Kind::Comma) || s.ending(k) == Ending::Comma)?;
            return subject_from(s, comma + 1, s.len());
        }
        let mut before = self.frames.iter().filter(|f| f.head < frame.head);
        before.find_map(|f| f.source.clone()).or_else(|| subject(self.sentence, frame.cue.start))
    }

    fn push(&mut self, maker: Maker, source: Option<Range<usize>>, cue: Option<Range<usize>>, content: Vec<Range<usize>>) {
        let s = self.sentence;
        let quotes = content.iter().flat_map(Clone::clone).filter(|&k| s.is_quote(k)).map(|k| quote_index(s, k)).collect();
        for k in content.iter().flat_map(Clone::clone) {
            self.claimed[k] = true;
        }
        self.drafts.push(Draft {
            source: source.map(|r| s.span(r)),
            antecedent: None,
            cue: cue.map(|r| s.span(r)),
            content: content.into_iter().map(|r| s.span(r)).collect(),
            quotes,
            maker,
            rejected: Vec::new(),
            inside: None,
        });
    }

    /// The frame that stands in the clause of the draft made last, as a row reported within it.
    fn push_inner(&mut self, at: usize, k: usize, end: usize) {
        let frame = self.frames[at].clone();
        let outer = self.drafts.len() - 1;
        let from = self.content_start(&frame, k);
        self.used[at] = true;
        self.push_frame(if frame.only_names() { rule::CALLED } else { rule::CLAUSE }, &frame, vec![from..end]);
        self.drafts[outer + 1].inside = Some(outer);
    }

    fn add_pieces(&mut self, draft: usize, items: Range<usize>) {
        for k in items {
            self.claimed[k] = true;
            if self.sentence.is_quote(k) {
                self.drafts[draft].content.push(self.sentence.item_span(k));
                self.drafts[draft].quotes.push(quote_index(self.sentence, k));
            }
        }
    }

    fn note_rejected(&mut self) {
        let heads: Vec<(usize, Span)> = self.frames.iter().enumerate().map(|(at, f)| (at, self.sentence.item_span(f.head))).collect();
        for (at, span) in heads {
            if self.used[at] {
                continue;
            }
            let why = if self.frames[at].negated { "the cue is denied" } else { "another cue stands nearer to the quotation" };
            for draft in &mut self.drafts {
                draft.rejected.push(Rejected { role: "cue", span, why });
            }
        }
    }

    /// Quotations that make a sentence of their own at the start of this one and that no frame claims.
    fn standing_alone(&self) -> Vec<usize> {
        let s = self.sentence;
        let first = (0..s.len()).take_while(|&k| s.is_quote(k));
        first.filter(|&k| !self.claimed[k] && matches!(s.ending(k), Ending::Stop | Ending::Question)).map(|k| quote_index(s, k)).collect()
    }
}

/// The quotation that stands right before `k`, with nothing but a comma or a dash between.
fn quote_right_before(s: &Sentence<'_, '_>, k: usize) -> Option<usize> {
    let before = k.checked_sub(1)?;
    if s.is_quote(before) {
        return Some(before);
    }
    let punctuation = matches!(s.kind(before), Some(Kind::Comma | Kind::Dash));
    (punctuation && before > 0 && s.is_quote(before - 1)).then(|| before - 1)
}

fn lead_only(s: &Sentence<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).all(|k| s.is(k, Class::Coordinator) || s.is(k, Class::Adverb) || s.kind(k) == Some(Kind::Comma))
}

/// Whether what stands at `k`, behind a frame's comma, is a clause of the article's own.
fn opens_other_clause(s: &Sentence<'_, '_>, k: usize) -> bool {
    let entry = s.entry(k);
    [Class::Relative, Class::Participle, Class::Coordinator, Class::Subordinator].iter().any(|&class| entry.is(class))
        || s.word(k).ends_with("ing")
}

/// The subject of a sentence: its first phrase that names someone, before `limit`.
fn subject(s: &Sentence<'_, '_>, limit: usize) -> Option<Range<usize>> {
    let dash = (0..limit.min(14)).find(|&k| s.kind(k) == Some(Kind::Dash));
    let date_line = dash.filter(|&dash| (0..dash).any(|k| en::is_all_capitals(s.word(k))));
    subject_from(s, date_line.map_or(0, |dash| dash + 1), limit)
}

/// The same from an item on.
fn subject_from(s: &Sentence<'_, '_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let next_comma = |k: usize| (k..limit).find(|&k| s.kind(k) == Some(Kind::Comma));
    let mut start = from;
    let mut led_in = false;
    while start < limit {
        let entry = s.entry(start);
        let leads = entry.is(Class::Preposition)
            || entry.is(Class::Subordinator)
            || entry.is(Class::Participle)
            || s.word(start).ends_with("ing");
        let place = led_in && next_comma(start).is_some_and(|comma| comma - start <= 2 && s.is_capital(start) && comma + 1 < limit && (s.is(comma + 1, Class::Preposition) || s.word(start).ends_with('.')));
        if s.is_quote(start)
            || s.kind(start) != Some(Kind::Word)
            || entry.is(Class::Coordinator)
            || entry.is(Class::Adverb)
            || entry.is(Class::Time)
        {
            start += 1;
        } else if (leads && !entry.is(Class::Determiner)) || place {
            start = next_comma(start)? + 1;
            led_in = true;
        } else {
            break;
        }
    }
    if start >= limit {
        return None;
    }
    let phrase = frame::noun_phrase_end(s, start, Stretch::Short).min(limit);
    let verb = (start + 1..phrase).find(|&k| {
        s.is(k, Class::Auxiliary)
            || s.is(k, Class::Verb)
            || (s.is(k, Class::Cue) && !s.is(k, Class::NounLike))
            || (s.word(k).ends_with("ed") && !s.is_capital(k))
    });
    let end = verb.unwrap_or(phrase);
    (end > start).then_some(start..end)
}
