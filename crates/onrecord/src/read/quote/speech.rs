//! Who said what in one stretch of text? Tokens and quotations → [`Draft`]s.
//!
//! In: a paragraph, or the inside of a quotation. Out: its attributions as spans, the quotations that stand without
//! a frame, and what its last words introduce. Sentences are read one by one by `report`; here a sentence that is
//! nothing but a quotation is joined to the speech before it.

use std::ops::Range;

use super::draft::Draft;
use super::report::Reader;
use super::scope::{Sentence, View};
use super::{frame, rule, source};
use crate::lang::en::Class;
use crate::text::{Kind, Span};

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
            } else if let Running::Draft(at) = running
                && brings_another(&sentence, found.drafts[at].source)
            {
                running = Running::Nobody;
            }
            continue;
        }
        let only_quotes =
            (0..sentence.len()).all(|k| sentence.is_quote(k) || sentence.kind(k) == Some(Kind::Stop));
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

/// Whether the subject of a sentence is a name that is no part of the source before it.
fn brings_another(sentence: &Sentence<'_, '_>, source: Option<Span>) -> bool {
    let (Some(source), Some(subject)) = (source, source::subject(sentence, sentence.len())) else {
        return false;
    };
    let is_name =
        |k: usize| sentence.is_capital(k) && !sentence.is_any(k, &[Class::Sentence, Class::Pronoun]);
    let known = sentence.view.document.slice(source);
    subject.clone().all(is_name) && !known.contains(sentence.word(subject.end - 1))
}

/// What a sentence that ends with a colon introduces.
fn introduction(sentence: &Sentence<'_, '_>) -> Option<Introduction> {
    let last = sentence.len() - 1;
    if sentence.kind(last) != Some(Kind::Colon) || last == 0 {
        return None;
    }
    let frames = frame::frames(sentence);
    let Some(frame) = frames.iter().rev().find(|f| !f.negated && !f.only_names()) else {
        let source = source::subject(sentence, last)?;
        return Some(Introduction { source: Some(sentence.span(source)), cue: sentence.item_span(last) });
    };
    let first = frames.iter().find_map(|f| f.source.clone());
    let source = frame.source.clone().or(first).or_else(|| source::subject(sentence, frame.cue.start));
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
            found.unattributed.extend(sentence.quotations(0..sentence.len()));
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
        found.drafts[at].quotes.push(sentence.quotation(k));
    }
    Running::Draft(at)
}

/// The attribution of a sentence without quotations: `The plan is dead, Ruiz said.` and `Ruiz said the plan is dead.`
fn unmarked(sentence: &Sentence<'_, '_>) -> Option<Draft> {
    let mut reader = Reader::new(sentence);
    let at = reader.frames.iter().position(|f| f.speaks() && !f.negated && f.source.is_some())?;
    let frame = reader.frames[at].clone();
    let Range { start, end } = frame.group;
    let ends = matches!(sentence.kind(end), None | Some(Kind::Stop))
        || sentence.is(end, Class::Preposition)
        || sentence.is(end, Class::Time);
    let content = if start > 1 && sentence.kind(start - 1) == Some(Kind::Comma) && ends {
        reader.free_start(start)..start - 1
    } else {
        let from = reader.content_start(&frame, sentence.len());
        from..reader.clause_end(from, sentence.len())
    };
    if content.is_empty() {
        return None;
    }
    reader.push_frame(rule::CLAUSE, &frame, &[content]);
    reader.drafts.pop()
}
