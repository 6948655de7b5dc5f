//! The words of a document as the readings of causes see them.
//!
//! In: a document and its attributions. Out: [`View`], each token with its class and part of speech, and [`Strand`], the
//! tokens of one sentence that one voice says. It never decides.
//! Next: `clause.rs`.

use std::ops::Range;

use super::repair::repair;
use crate::Document;
use crate::lang::en;
use crate::lang::en::cause::{Class, Entry};
use crate::lang::part::Part;
use crate::read::quote;
use crate::text::{Kind, Sentence, Span};

/// A token and what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Word<'d> {
    pub(crate) text: &'d str,
    pub(crate) lower: String,
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) part: Part,
    pub(crate) entry: Entry,
    /// The innermost attribution whose content it stands in.
    pub(crate) voice: Option<u32>,
}

/// A document by its tokens.
pub(crate) struct View<'d> {
    pub(crate) document: &'d Document,
    pub(crate) quotes: &'d [quote::Attribution],
    pub(crate) words: Vec<Word<'d>>,
}

/// Tokens of one sentence, in order: all of them, or those inside one content.
///
/// A content that a reporting frame cuts in two is one strand, so that “If we had the money,” Ruiz said, “we would build
/// it” is read as it was said.
pub(crate) struct Strand<'v, 'd> {
    pub(crate) view: &'v View<'d>,
    pub(crate) tokens: Vec<usize>,
    pub(crate) voice: Option<u32>,
    pub(crate) sentence: usize,
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document, quotes: &'d [quote::Attribution]) -> View<'d> {
        let mut words: Vec<Word<'d>> = document
            .tokens()
            .iter()
            .map(|token| {
                let text = document.slice(token.span);
                let lower = text.to_lowercase();
                let mut entry = en::cause::look_up(&lower);
                if en::look_up(text).is(en::Class::Cue) {
                    entry = entry.with(Class::Say);
                }
                Word {
                    text,
                    lower,
                    span: token.span,
                    kind: token.kind,
                    part: Part::Other,
                    entry,
                    voice: None,
                }
            })
            .collect();
        for sentence in document.sentences() {
            let range = sentence.tokens.clone();
            let texts: Vec<&str> = words[range.clone()].iter().map(|word| word.text).collect();
            let lower: Vec<&str> = words[range.clone()].iter().map(|word| word.lower.as_str()).collect();
            let parts = en::part::parts(&texts, &lower);
            let words = &mut words[range];
            for (word, part) in words.iter_mut().zip(parts) {
                word.part = part;
            }
            repair(words);
        }
        let mut view = View { document, quotes, words };
        view.paint();
        view
    }

    /// Tells each token its voice: longer contents first, so that those inside them win.
    fn paint(&mut self) {
        let length = |said: &quote::Attribution| said.content.iter().map(|span| span.len()).sum::<usize>();
        let mut order: Vec<usize> = (0..self.quotes.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(length(&self.quotes[index])));
        for index in order {
            for &span in &self.quotes[index].content {
                for at in self.within(span) {
                    self.words[at].voice = Some(index as u32);
                }
            }
        }
    }

    /// The tokens that lie within a span.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        first..end.max(first)
    }

    pub(crate) fn sentences(&self) -> &'d [Sentence] {
        self.document.sentences()
    }

    /// The voices of a sentence that say a word for which `wanted` holds, each with its strand.
    pub(crate) fn strands<'v>(
        &'v self,
        sentence: usize,
        wanted: impl Fn(&Word<'d>) -> bool,
    ) -> Vec<Strand<'v, 'd>> {
        let range = self.sentences()[sentence].tokens.clone();
        let mut voices: Vec<Option<u32>> = Vec::new();
        for word in self.words[range].iter().filter(|word| wanted(word)) {
            if !voices.contains(&word.voice) {
                voices.push(word.voice);
            }
        }
        voices.into_iter().map(|voice| self.strand(sentence, voice)).collect()
    }

    /// A sentence without the place and day before it: "PORT ALMOND, March 5 — The bridge".
    fn behind_dateline(&self, range: Range<usize>) -> Range<usize> {
        const LONGEST: usize = 14;
        let words = &self.words[range.clone()];
        let is_place =
            words.first().is_some_and(|word| word.text.chars().filter(|c| c.is_uppercase()).count() > 2);
        let dash = words.iter().take(LONGEST).position(|word| word.kind == Kind::Dash).filter(|_| is_place);
        let begins = |word: &Word<'_>| word.kind == Kind::Open || !word.text.starts_with(char::is_lowercase);
        let dash = dash.filter(|&dash| words.get(dash + 1).is_some_and(begins));
        let dash = dash.filter(|&dash| !words[..dash].iter().any(|word| word.part.is_finite()));
        range.start + dash.map_or(0, |dash| dash + 1)..range.end
    }

    /// What one voice says in a sentence.
    pub(crate) fn strand<'v>(&'v self, sentence: usize, voice: Option<u32>) -> Strand<'v, 'd> {
        let range = self.sentences()[sentence].tokens.clone();
        let tokens = match voice {
            None => self.behind_dateline(range).collect(),
            Some(voice) => {
                let contents = self.quotes[voice as usize].content.iter();
                let pieces = contents.map(|&span| self.within(span));
                let cut = |piece: Range<usize>| piece.start.max(range.start)..piece.end.min(range.end);
                pieces.flat_map(cut).collect()
            }
        };
        Strand { view: self, tokens, voice, sentence }
    }
}

impl<'d> Strand<'_, 'd> {
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn word(&self, at: usize) -> Option<&Word<'d>> {
        self.tokens.get(at).map(|&token| &self.view.words[token])
    }

    /// Up to `count` words of the sentence before the word at `at`, whoever says them.
    pub(crate) fn words_before(&self, at: usize, count: usize) -> &[Word<'d>] {
        let token = self.tokens[at];
        let first = self.view.sentences()[self.sentence].tokens.start;
        &self.view.words[token.saturating_sub(count).max(first)..token]
    }

    /// Whether the word at `at` is this strand's own, and not said by a voice within it.
    pub(crate) fn is_own(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.voice == self.voice)
    }

    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        self.word(at).is_some_and(|word| word.entry.is(class))
    }

    pub(crate) fn is_any(&self, at: usize, classes: &[Class]) -> bool {
        self.word(at).is_some_and(|word| word.entry.is_any(classes))
    }

    pub(crate) fn lower(&self, at: usize) -> &str {
        self.word(at).map_or("", |word| &word.lower)
    }

    pub(crate) fn part(&self, at: usize) -> Part {
        self.word(at).map_or(Part::Other, |word| word.part)
    }

    pub(crate) fn is_part(&self, at: usize, parts: &[Part]) -> bool {
        self.word(at).is_some_and(|word| parts.contains(&word.part))
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.word(at).map(|word| word.kind)
    }

    pub(crate) fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.kind(at) == Some(kind)
    }

    /// Whether it ends with a question mark.
    pub(crate) fn asks(&self) -> bool {
        self.len().checked_sub(1).is_some_and(|last| self.lower(last).contains('?'))
    }

    /// Neither word nor number.
    pub(crate) fn is_mark(&self, at: usize) -> bool {
        !matches!(self.kind(at), Some(Kind::Word | Kind::Number))
    }

    /// `range` without the marks at its ends; quotation marks and brackets stay where their mates do.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end.min(self.len()));
        while start < end && self.is_mark(start) && !self.is_kind(start, Kind::Symbol) {
            start += 1;
        }
        while start < end && self.is_mark(end - 1) && !self.is_kind(end - 1, Kind::Symbol) {
            if self.is_kind(end - 1, Kind::Close) && (start..end).any(|at| self.is_kind(at, Kind::Open)) {
                break;
            }
            end -= 1;
        }
        start..end.max(start)
    }

    /// The characters of a range: a piece for each run of tokens that touch, without marks at its ends.
    pub(crate) fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for at in self.trim(range) {
            match pieces.last_mut() {
                Some(piece) if self.tokens[at] == self.tokens[piece.end - 1] + 1 => piece.end = at + 1,
                _ => pieces.push(at..at + 1),
            }
        }
        let pieces = pieces.into_iter().map(|piece| self.trim(piece)).filter(|piece| !piece.is_empty());
        pieces.map(|piece| self.span_of(piece.start).cover(self.span_of(piece.end - 1))).collect()
    }

    pub(crate) fn span_of(&self, at: usize) -> Span {
        self.view.words[self.tokens[at]].span
    }

    /// The word before `at`, past quotation marks and adverbs.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&at| {
            !self.is_kind(at, Kind::Mark) && (self.part(at) != Part::Adverb || self.is(at, Class::NoIf))
        })
    }

    /// The place behind marks from `at` on.
    pub(crate) fn skip_marks(&self, at: usize) -> usize {
        (at..self.len()).find(|&at| !self.is_mark(at)).unwrap_or(self.len())
    }

    /// The place behind "then", if it stands here.
    pub(crate) fn behind_then(&self, at: usize) -> usize {
        if self.is(at, Class::Then) { self.skip_marks(at + 1) } else { at }
    }

    /// The place behind "that", if it stands here.
    pub(crate) fn skip_that(&self, at: usize) -> usize {
        at + usize::from(self.is(at, Class::That))
    }

    /// The place behind what leads into a sentence: "But", "In fact,", "Perhaps".
    pub(crate) fn skip_leading(&self, first: usize) -> usize {
        let mut at = self.skip_marks(first);
        while self.is_any(at, &[Class::But, Class::And, Class::Or, Class::So])
            || self.is(at, Class::That) && self.part(at) != Part::Determiner && self.begins_clause(at + 1)
            || self.part(at) == Part::Adverb && self.is_kind(at + 1, Kind::Comma)
        {
            at = self.skip_marks(at + 1);
        }
        at
    }

    /// The place behind "that way", "in that case".
    pub(crate) fn behind_way(&self, at: usize) -> Option<usize> {
        let is_way = |at: usize| self.is(at, Class::Case);
        (1..3).find(|&next| is_way(at + next)).map(|next| at + next + 1)
    }

    /// The place behind "provided that", "assuming".
    pub(crate) fn behind_given(&self, at: usize) -> Option<usize> {
        let next = self.skip_that(at + 1);
        let opens = at == 0 || self.is_mark(at - 1) || next > at + 1;
        (opens && self.begins_clause(next)).then_some(next)
    }

    /// Whether the mark at `at` closes a quotation that opened before `first`.
    pub(crate) fn closes_quotation(&self, at: usize, first: usize) -> bool {
        let (mark, first) = (self.span_of(at), self.span_of(first));
        let quotations = self.view.document.quotations();
        let near = quotations.partition_point(|quotation| quotation.inner.start <= first.start);
        quotations[near.saturating_sub(4)..near]
            .iter()
            .any(|quotation| quotation.inner.end == mark.start && quotation.inner.start <= first.start)
    }
}
