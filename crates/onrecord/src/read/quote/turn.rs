//! Whose turn is it? Paragraphs → attributions over the whole document.
//!
//! In: what `speech` read in each paragraph. Out: the document's attributions. Here speech crosses paragraphs: a
//! frame with a colon introduces the quotation below it, a quotation left open goes on in the next paragraph, a
//! quotation without a frame is the turn of whoever spoke last, which is inferred. What is quoted inside a
//! quotation is read here too, with the same rules.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::scope::View;
use super::speech::{self, Introduction};
use super::transcript::Label;
use super::{Attribution, Speaker, SpeakerKind, form, rule, stance};
use crate::lang::en::{self, Class};
use crate::text::{Kind, Quotation, Span};

/// The attributions of a document in the making, paragraph by paragraph.
#[derive(Default)]
pub(super) struct Turns {
    rows: Vec<Row>,
    /// The row whose content holds a quotation.
    row_of: BTreeMap<usize, usize>,
    /// What the paragraph before introduces.
    introduction: Option<Introduction>,
    /// Who spoke last, and in which paragraph.
    speaker: Option<(Span, usize)>,
    /// The row of the transcript's label above, whose turn goes on.
    label: Option<usize>,
}

/// Names under a quotation have few words.
const LONGEST_SIGNATURE: usize = 10;

struct Row {
    draft: Draft,
    depth: u8,
    /// The row that this one is reported within.
    inside: Option<usize>,
    /// Who speaks, where the row has no source.
    speaker: Option<Speaker>,
    /// Whether the row is left out: another took it up, or it holds no word.
    left_out: bool,
}

impl Row {
    fn new(view: &View<'_>, draft: Draft) -> Row {
        let left_out = !has_words(view, &draft);
        Row { draft, depth: 0, inside: None, speaker: None, left_out }
    }
}

impl Turns {
    /// Reads a paragraph that begins with a speaker's label.
    pub(super) fn labelled(&mut self, view: &View<'_>, paragraph: usize, label: &Label) {
        let quotes: Vec<usize> = outermost(view, paragraph).collect();
        self.label = Some(self.rows.len());
        self.introduction = None;
        let said = Draft::new(rule::TRANSCRIPT, vec![label.content], quotes);
        self.push(view, Draft { source: Some(label.name), cue: Some(label.colon), ..said });
        self.speaker = Some((label.name, paragraph));
    }

    /// Reads any other paragraph. `turn_goes_on`: whether it stands between two labels of a transcript.
    pub(super) fn paragraph(&mut self, view: &View<'_>, paragraph: usize, turn_goes_on: TurnGoesOn) {
        let span = view.document.paragraphs()[paragraph].span;
        let tokens = view.document.paragraphs()[paragraph].tokens.clone();
        if let (TurnGoesOn::Yes, Some(row)) = (turn_goes_on, self.label) {
            if view.token(tokens.start).kind == Kind::Word {
                self.rows[row].draft.content.push(span);
                return;
            }
            self.label = None;
        }
        if self.sign(view, paragraph) {
            return;
        }
        let quotes: Vec<usize> = outermost(view, paragraph).collect();
        let introduces = view.token(tokens.end - 1).kind == Kind::Colon;
        if quotes.is_empty() && !introduces {
            self.introduction = None;
            return;
        }
        let found = speech::read(view, tokens, &quotes);
        let base = self.rows.len();
        for mut draft in found.drafts {
            let inside = draft.inside.take().map(|at| base + at);
            self.take_up_open(view, &mut draft);
            self.push(view, draft).inside = inside;
        }
        self.without_frame(view, paragraph, &found.unattributed);
        self.introduction = found.introduces;
        let last = self.rows[base..]
            .iter()
            .rev()
            .filter(|row| row.inside.is_none())
            .find_map(|row| row.draft.source);
        if let Some(source) = last {
            self.spoke(view, source, paragraph);
        } else if self.rows.len() > base && self.speaker.is_some_and(|(_, at)| at + 1 == paragraph) {
            // A turn without a frame hands the speaker on to the next paragraph.
            self.speaker = self.speaker.map(|(source, _)| (source, paragraph));
        }
    }

    /// A paragraph that is a dash and a name signs the quotation above it.
    fn sign(&mut self, view: &View<'_>, paragraph: usize) -> bool {
        let tokens = view.document.paragraphs()[paragraph].tokens.clone();
        let name = tokens.start + 1..tokens.end;
        let is_name = view.token(tokens.start).kind == Kind::Dash
            && (1..=LONGEST_SIGNATURE).contains(&name.len())
            && view.word(name.start).starts_with(char::is_uppercase)
            && name.clone().all(|t| matches!(view.token(t).kind, Kind::Word | Kind::Comma | Kind::Number))
            && !name.clone().any(|t| view.entry(t).is(Class::Auxiliary) || view.entry(t).is(Class::Verb));
        let above = self.rows.last_mut().filter(|row| {
            let last = row.draft.quotes.last().map(|&quote| view.quotation(quote).paragraph + 1);
            row.draft.cue.is_none() && last == Some(paragraph)
        });
        let (true, Some(row)) = (is_name, above) else { return false };
        let date = |t: usize| {
            view.entry(t).is(Class::Time) || matches!(view.token(t).kind, Kind::Number | Kind::Comma)
        };
        let last = name.clone().rev().find(|&t| !date(t)).unwrap_or(name.start);
        row.draft.source = Some(view.token(name.start).span.cover(view.token(last).span));
        row.draft.cue = Some(view.token(tokens.start).span);
        row.draft.maker = rule::SIGNED;
        row.speaker = None;
        true
    }

    /// A quotation left open above, without a frame there, belongs to the frame that the last paragraph brings.
    fn take_up_open(&mut self, view: &View<'_>, draft: &mut Draft) {
        let Some(&first) = draft.quotes.first() else { return };
        let Some(before) = view.quotation(first).continues else { return };
        let Some(&row) = self.row_of.get(&before) else { return };
        if self.rows[row].draft.cue.is_none() {
            let above = &mut self.rows[row];
            above.left_out = true;
            draft.content.splice(0..0, above.draft.content.drain(..));
            draft.quotes.splice(0..0, above.draft.quotes.drain(..));
        }
    }

    /// Quotations that stand as sentences and have no frame in their paragraph.
    fn without_frame(&mut self, view: &View<'_>, paragraph: usize, quotes: &[usize]) {
        let mut before: Option<(usize, usize)> = None;
        for &quote in quotes {
            let quotation = view.quotation(quote);
            let joined =
                before.filter(|&(last, _)| only_space_between(view, last, quote)).map(|(_, row)| row);
            let continued = quotation.continues.and_then(|above| self.row_of.get(&above).copied());
            if let Some(row) = joined.or(continued) {
                self.rows[row].draft.content.push(quotation.span);
                self.rows[row].draft.quotes.push(quote);
                self.row_of.insert(quote, row);
                if let Some(source) = self.rows[row].draft.source {
                    self.spoke(view, source, paragraph);
                }
                before = Some((quote, row));
                continue;
            }
            let begins = quotation.span.start == view.document.paragraphs()[paragraph].span.start;
            let introduction = self.introduction.filter(|_| begins);
            if introduction.is_none() && !is_sentence(view, quotation) {
                continue;
            }
            before = Some((quote, self.rows.len()));
            let said = |maker| Draft::new(maker, vec![quotation.span], vec![quote]);
            if let Some(Introduction { source, cue }) = introduction {
                self.push(view, Draft { source, cue: Some(cue), ..said(rule::INTRODUCED) });
            } else {
                let speaker = Some(self.running(view, paragraph));
                self.push(view, said(rule::TURN)).speaker = speaker;
            }
        }
    }

    /// Notes who spoke. A pronoun stands for whoever spoke just before, if that has a name.
    fn spoke(&mut self, view: &View<'_>, source: Span, paragraph: usize) {
        let pronoun = en::look_up(view.document.slice(source)).is(Class::Personal);
        let named = self.speaker.filter(|&(before, at)| {
            pronoun && at + 1 >= paragraph && kind_of(view, before) == SpeakerKind::Named
        });
        self.speaker = Some((named.map_or(source, |(before, _)| before), paragraph));
    }

    /// The speaker of a turn without a frame: whoever spoke in this paragraph or the one before.
    fn running(&self, view: &View<'_>, paragraph: usize) -> Speaker {
        let last = self.speaker.filter(|&(_, at)| at + 1 >= paragraph).map(|(source, _)| source);
        Speaker { kind: last.map_or(SpeakerKind::Unstated, |span| kind_of(view, span)), as_written: last }
    }

    fn push(&mut self, view: &View<'_>, draft: Draft) -> &mut Row {
        self.row_of.extend(draft.quotes.iter().map(|&quote| (quote, self.rows.len())));
        self.rows.push(Row::new(view, draft));
        self.rows.last_mut().expect("a row was pushed")
    }

    /// Reads what is quoted inside the rows, then puts all rows in order.
    pub(super) fn finish(mut self, view: &View<'_>) -> Vec<Attribution> {
        let mut at = 0;
        while at < self.rows.len() {
            if !self.rows[at].left_out {
                self.nested(view, at);
            }
            at += 1;
        }
        let mut order: Vec<usize> = (0..self.rows.len()).filter(|&row| !self.rows[row].left_out).collect();
        order.sort_by_key(|&row| (first_byte(&self.rows[row].draft), self.rows[row].depth, row));
        let mut place = vec![0; self.rows.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        order.into_iter().map(|row| attribution(view, &self.rows[row], &place)).collect()
    }

    /// Reads the quotations inside the quotations of one row, or inside the words of a transcript's turn.
    fn nested(&mut self, view: &View<'_>, row: usize) {
        if self.rows[row].draft.maker == rule::TRANSCRIPT {
            for piece in self.rows[row].draft.content.clone() {
                let tokens = view.tokens_of(piece);
                let paragraph = view.document.paragraphs().partition_point(|p| p.span.end <= piece.start);
                let quotes: Vec<usize> =
                    outermost(view, paragraph).filter(|&q| piece.contains(view.quotation(q).span)).collect();
                if !quotes.is_empty() {
                    self.reported_inside(view, row, 0, speech::read(view, tokens, &quotes).drafts);
                }
            }
            return;
        }
        let depth = self.rows[row].depth + 1;
        for quote in self.rows[row].draft.quotes.clone() {
            let outer = view.quotation(quote);
            let children = children(view, quote);
            if children.is_empty() {
                continue;
            }
            let drafts = speech::read(view, view.tokens_of(outer.inner), &children).drafts;
            self.reported_inside(view, row, depth, drafts);
        }
    }

    /// Adds what was read inside a row.
    fn reported_inside(&mut self, view: &View<'_>, row: usize, depth: u8, drafts: Vec<Draft>) {
        let base = self.rows.len();
        for mut draft in drafts {
            let inside = draft.inside.take().map_or(row, |at| base + at);
            self.rows.push(Row { depth, inside: Some(inside), ..Row::new(view, draft) });
        }
    }
}

/// Whether a paragraph without a label belongs to the turn of the label above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TurnGoesOn {
    /// It stands between two labels.
    Yes,
    /// It does not.
    No,
}

fn outermost(view: &View<'_>, paragraph: usize) -> impl Iterator<Item = usize> {
    let quotations = view.document.quotations();
    let first = quotations.partition_point(|q| q.paragraph < paragraph);
    let own = quotations[first..].iter().take_while(move |q| q.paragraph == paragraph);
    own.enumerate().filter(|(_, q)| q.depth == 0).map(move |(at, _)| first + at)
}

fn children(view: &View<'_>, quote: usize) -> Vec<usize> {
    let quotations = view.document.quotations();
    let end = quotations[quote].span.end;
    let inside = quotations[quote + 1..].iter().take_while(|q| q.span.start < end);
    inside.enumerate().filter(|(_, q)| q.parent == Some(quote)).map(|(at, _)| quote + 1 + at).collect()
}

fn only_space_between(view: &View<'_>, left: usize, right: usize) -> bool {
    let (start, end) = (view.quotation(left).span.end, view.quotation(right).span.start);
    start <= end && view.document.slice(Span { start, end }).chars().all(char::is_whitespace)
}

/// Whether a quotation reads as a sentence: it has a few words, begins with a capital and ends with a stop.
fn is_sentence(view: &View<'_>, quotation: &Quotation) -> bool {
    let tokens = view.tokens_of(quotation.inner);
    let mut words = tokens.filter(|&t| matches!(view.token(t).kind, Kind::Word | Kind::Number));
    let first = words.next().is_some_and(|t| !view.word(t).starts_with(char::is_lowercase));
    first && words.nth(1).is_some()
}

/// Named, where a word with a capital stands there that is no pronoun; who else it is, is not read yet.
fn kind_of(view: &View<'_>, span: Span) -> SpeakerKind {
    let is_name = |t: usize| {
        let word = view.word(t);
        let capital = word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some();
        view.token(t).kind == Kind::Word
            && capital
            && !view.entry(t).is(Class::Pronoun)
            && !view.entry(t).is(Class::Determiner)
    };
    if view.tokens_of(span).any(is_name) { SpeakerKind::Named } else { SpeakerKind::Unstated }
}

/// Whether a content holds anything but marks and punctuation.
fn has_words(view: &View<'_>, draft: &Draft) -> bool {
    let is_word = |t: usize| match view.token(t).kind {
        Kind::Word | Kind::Number => true,
        // “👍” says something, “#” does not.
        Kind::Symbol => !view.word(t).is_ascii(),
        _ => false,
    };
    draft.content.iter().any(|&piece| view.tokens_of(piece).any(is_word))
}

fn first_byte(draft: &Draft) -> u32 {
    draft.content.iter().chain(&draft.source).chain(&draft.cue).map(|span| span.start).min().unwrap_or(0)
}

fn attribution(view: &View<'_>, row: &Row, place: &[usize]) -> Attribution {
    let Draft { source, cue, content, maker, rejected, .. } = &row.draft;
    let named =
        row.draft.antecedent.map(|span| Speaker { kind: kind_of(view, span), as_written: Some(span) });
    let inferred = if row.speaker.as_ref().is_some_and(|s| s.as_written.is_some()) {
        vec!["speakers"]
    } else {
        Vec::new()
    };
    let speakers: Vec<Speaker> = row.speaker.clone().or(named).into_iter().collect();
    let form = form::of(view.document, content, row.depth);
    let stance = stance(view.document, source.as_slice(), cue.as_slice(), form);
    Attribution {
        form,
        source: source.iter().copied().collect(),
        cue: cue.iter().copied().collect(),
        content: content.clone(),
        stance: stance.map(|(stance, _)| stance),
        polarity: stance.map(|(_, polarity)| polarity),
        speakers,
        inside: row.inside.map(|at| place[at]),
        inferred,
        maker: *maker,
        rejected: rejected.clone(),
    }
}
