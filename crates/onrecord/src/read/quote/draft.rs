//! What does an attribution in the making hold? Methods of [`Reader`] that write one down.
//!
//! In: items that a rule has chosen. Out: a [`Draft`], which is spans and no longer items, and the items marked as
//! claimed. It chooses nothing but the source of a cue that has none beside it; `turn` reads on.

use std::ops::Range;

use super::frame::Frame;
use super::report::Reader;
use super::scope::Ending;
use super::{Rejected, rule, source};
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

impl Draft {
    pub(super) fn new(maker: Maker, content: Vec<Span>, quotes: Vec<usize>) -> Draft {
        Draft {
            source: None,
            antecedent: None,
            cue: None,
            content,
            quotes,
            maker,
            rejected: Vec::new(),
            inside: None,
        }
    }
}

/// How many rejected cues are kept for each row: enough to explain it, few enough for a sentence of a thousand cues.
const REJECTED_SHOWN: usize = 3;

impl Reader<'_, '_, '_> {
    /// What a frame reports, as a draft.
    pub(super) fn push_frame(&mut self, maker: Maker, frame: &Frame, content: &[Range<usize>]) {
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
            let comma = (frame.cue.end..s.len())
                .find(|&k| s.is_kind(k, Kind::Comma) || s.ending(k) == Ending::Comma)?;
            return source::subject_from(s, comma + 1, s.len());
        }
        let mut before = self.frames.iter().filter(|f| f.head < frame.head);
        before
            .find_map(|f| f.source.clone().filter(|_| f.antecedent.is_none()))
            .or_else(|| source::subject(self.sentence, frame.cue.start))
    }

    /// Some items as a draft.
    pub(super) fn push(
        &mut self,
        maker: Maker,
        source: Option<Range<usize>>,
        cue: Option<Range<usize>>,
        content: &[Range<usize>],
    ) {
        let s = self.sentence;
        let spans = content.iter().map(|items| s.span(items.clone())).collect();
        let quotes = content.iter().flat_map(|items| s.quotations(items.clone())).collect();
        for items in content {
            self.claimed[items.clone()].fill(true);
        }
        let source = source.map(|items| s.span(items));
        let cue = cue.map(|items| s.span(items));
        self.drafts.push(Draft { source, cue, ..Draft::new(maker, spans, quotes) });
    }

    /// The frame that stands in the clause of the draft made last, as a row reported within it.
    pub(super) fn push_inner(&mut self, at: usize, k: usize, end: usize) {
        let frame = self.frames[at].clone();
        let outer = self.drafts.len() - 1;
        let from = self.content_start(&frame, k);
        if from > k {
            return;
        }
        let whole = from == k && matches!(self.sentence.ending(k), Ending::Stop | Ending::Question);
        let end = if whole { k + 1 } else { end };
        self.used[at] = true;
        self.push_frame(if frame.only_names() { rule::CALLED } else { rule::CLAUSE }, &frame, &[from..end]);
        self.drafts[outer + 1].inside = Some(outer);
    }

    /// Adds the quotations among some items to a draft, each a piece of its own.
    pub(super) fn add_pieces(&mut self, draft: usize, items: Range<usize>) {
        let s = self.sentence;
        self.claimed[items.clone()].fill(true);
        let pieces = items.clone().filter(|&k| s.is_quote(k)).map(|k| s.item_span(k));
        self.drafts[draft].content.extend(pieces);
        self.drafts[draft].quotes.extend(s.quotations(items));
    }

    /// Notes the nearest cues that were weighed for each attribution and not taken.
    pub(super) fn note_rejected(&mut self) {
        let s = self.sentence;
        let unused: Vec<(Span, &Frame)> = self
            .frames
            .iter()
            .zip(&self.used)
            .filter(|&(_, &used)| !used)
            .map(|(f, _)| (s.item_span(f.head), f))
            .collect();
        for draft in &mut self.drafts {
            let Some(cue) = draft.cue else { continue };
            let mut nearest = unused.clone();
            nearest.sort_by_key(|(span, _)| span.start.abs_diff(cue.start));
            draft.rejected = nearest
                .into_iter()
                .take(REJECTED_SHOWN)
                .map(|(span, frame)| {
                    let why = if frame.negated {
                        "the cue is denied"
                    } else if draft.content.iter().any(|piece| piece.contains(span)) {
                        "the cue stands inside the content"
                    } else {
                        "another cue stands nearer to the quotation"
                    };
                    Rejected { role: "cue", span, why }
                })
                .collect();
        }
    }
}
