//! The words of a document as the readings of people see them.
//!
//! In: a document and the words of the model. Out: [`View`], which answers what stands where. It never decides.
//! Next: `mention.rs`.

use std::ops::Range;

use crate::Document;
use crate::encode::{Case, Word};
use crate::lang::en;
use crate::text::Span;

/// A document by the words of the model, which are those that mentions are made of.
pub(super) struct View<'d> {
    pub(super) document: &'d Document,
    pub(super) words: &'d [Word],
    /// Of each word the number of its sentence.
    sentences: Vec<u32>,
    /// Of each word whether it stands inside a quotation.
    quoted: Vec<bool>,
}

impl<'d> View<'d> {
    pub(super) fn new(document: &'d Document, words: &'d [Word]) -> View<'d> {
        let mut sentences = Vec::with_capacity(words.len());
        let mut at = 0;
        for word in words {
            while document.sentences().get(at + 1).is_some_and(|next| next.span.start <= word.span.start) {
                at += 1;
            }
            sentences.push(at as u32);
        }
        let mut quoted = vec![false; words.len()];
        for quotation in document.quotations() {
            let first = words.partition_point(|word| word.span.start < quotation.inner.start);
            for (word, quoted) in words[first..].iter().zip(&mut quoted[first..]) {
                if word.span.end > quotation.inner.end {
                    break;
                }
                *quoted = true;
            }
        }
        View { document, words, sentences, quoted }
    }

    /// The characters of a word.
    pub(super) fn text(&self, at: usize) -> &'d str {
        self.document.slice(self.words[at].span)
    }

    /// The word at `at`, if it stands in the same paragraph as the one that is asked from.
    pub(super) fn near(&self, from: usize, at: Option<usize>) -> Option<&'d str> {
        let at = at.filter(|&at| at < self.words.len())?;
        (self.words[at].paragraph == self.words[from].paragraph).then(|| self.text(at))
    }

    /// The word before one, in its paragraph.
    pub(super) fn before(&self, at: usize) -> Option<&'d str> {
        self.near(at, at.checked_sub(1))
    }

    /// The word behind the last of a range, in its paragraph.
    pub(super) fn behind(&self, range: &Range<usize>) -> Option<&'d str> {
        self.near(range.end - 1, Some(range.end))
    }

    /// From the first to the last character of a range of words.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.words[range.start].span.cover(self.words[range.end - 1].span)
    }

    /// The characters of a range of words.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'d str {
        self.document.slice(self.span(range))
    }

    /// The words that lie within a span.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        first..end.max(first)
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        matches!(self.words[at].case, Case::Title | Case::Upper)
            || self.words[at].case == Case::Mixed && self.text(at).starts_with(char::is_uppercase)
    }

    /// Whether a word begins its sentence.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        at == 0 || self.sentences[at - 1] != self.sentences[at]
    }

    /// The number of the sentence of a word.
    pub(super) fn sentence(&self, at: usize) -> u32 {
        self.sentences[at]
    }

    /// Whether a word stands inside a quotation.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quoted[at]
    }

    /// The number of words that the possessive behind a range takes: `'` and `s` are two words for the model.
    pub(super) fn possessive(&self, range: &Range<usize>) -> usize {
        let Some(mark) = self.behind(range) else { return 0 };
        if !matches!(mark, "'" | "’")
            || self.words[range.end].span.start != self.words[range.end - 1].span.end
        {
            return 0;
        }
        let s = self.near(range.end, Some(range.end + 1));
        let touches = s.is_some() && self.words[range.end + 1].span.start == self.words[range.end].span.end;
        match s {
            Some("s" | "S") if touches => 2,
            _ if self.text(range.end - 1).ends_with(['s', 'S']) => 1,
            _ => 0,
        }
    }

    /// Whether the word before a range is an honorific or a title; `Mr.` is two words for the model.
    pub(super) fn title_before(&self, range: &Range<usize>) -> Option<&'d str> {
        let before = self.before(range.start)?;
        let at = if before == "." { range.start.checked_sub(2)? } else { range.start - 1 };
        let end = self.words[range.start - 1].span.end as usize;
        let title = &self.document.text()[self.words[at].span.start as usize..end];
        en::people::is_title(title).then_some(title)
    }

    /// How many words the title takes that begins at a word; `Gov.` is two words for the model.
    pub(super) fn title(&self, at: usize) -> Option<usize> {
        let text = self.text(at);
        if en::people::is_title(text) {
            return Some(1);
        }
        let stop = self.near(at, Some(at + 1)) == Some(".");
        (stop && en::people::is_title(&format!("{text}."))).then_some(2)
    }

    /// Whether a word touches the words on both sides: the stop in "Ph.D", the hyphen in "sea-wall".
    pub(super) fn is_inside_word(&self, at: usize) -> bool {
        let touches = |left: usize, right: usize| self.words[left].span.end == self.words[right].span.start;
        at > 0 && at + 1 < self.words.len() && touches(at - 1, at) && touches(at, at + 1)
    }
}
