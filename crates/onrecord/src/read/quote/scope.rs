//! A stretch of text as the rules see it: words, and quotations as single items.
//!
//! In: a paragraph, or the inside of a quotation. Out: its sentences as lists of [`Item`]s. A quotation counts as
//! one item here, so that "A," said X, "B." is one sentence whatever stands inside the marks.

use std::ops::Range;

use crate::lang::en::{self, Class, Entry};
use crate::text::{Kind, Quotation, Span, Token};
use crate::{Document, limits};

/// A document with what the lexicon knows of each token.
pub(super) struct View<'d> {
    pub(super) document: &'d Document,
    entries: Vec<Entry>,
    /// For every token: whether a sentence ends with it.
    ends_sentence: Vec<bool>,
}

/// A token, or a quotation with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token: its index.
    Word(usize),
    /// A quotation: its index, and its tokens.
    Quote(usize, Range<usize>),
}

impl<'d> View<'d> {
    pub(super) fn new(document: &'d Document) -> View<'d> {
        let tokens = document.tokens();
        let entries = tokens.iter().map(|token| match token.kind {
            Kind::Word => en::look_up(document.slice(token.span)),
            _ => Entry::default(),
        });
        let mut ends_sentence = vec![false; tokens.len()];
        for sentence in document.sentences() {
            ends_sentence[sentence.tokens.end - 1] = true;
        }
        View { document, entries: entries.collect(), ends_sentence }
    }

    pub(super) fn token(&self, at: usize) -> Token {
        self.document.tokens()[at]
    }

    pub(super) fn word(&self, at: usize) -> &'d str {
        self.document.slice(self.token(at).span)
    }

    pub(super) fn entry(&self, at: usize) -> Entry {
        self.entries[at]
    }

    pub(super) fn quotation(&self, index: usize) -> &'d Quotation {
        &self.document.quotations()[index]
    }

    /// The tokens of a span.
    pub(super) fn tokens_of(&self, span: Span) -> Range<usize> {
        let tokens = self.document.tokens();
        let first = tokens.partition_point(|t| t.span.start < span.start);
        first..tokens.partition_point(|t| t.span.start < span.end)
    }

    /// The sentences of a stretch of tokens in which `quotes` (in order, none inside another) are single items.
    pub(super) fn sentences(&self, tokens: Range<usize>, quotes: &[usize]) -> Vec<Sentence<'_, 'd>> {
        let mut sentences = Vec::new();
        let mut items = Vec::new();
        let mut quotes = quotes.iter().copied().peekable();
        let mut at = tokens.start;
        while at < tokens.end {
            let quote = quotes.next_if(|&q| self.quotation(q).span.start <= self.token(at).span.start);
            let item = match quote {
                Some(index) => Item::Quote(index, self.tokens_of(self.quotation(index).span)),
                None => Item::Word(at),
            };
            at = match &item {
                Item::Quote(_, inner) => inner.end.max(at + 1).min(tokens.end),
                Item::Word(_) => at + 1,
            };
            let next_is_quote = at < tokens.end
                && quotes.peek().is_some_and(|&q| self.quotation(q).span.start <= self.token(at).span.start);
            let next = if next_is_quote { Next::Quotation } else { Next::Token(at) };
            // The document's own cut is of no help where it falls inside a quotation.
            let too_long = items.len() + 1 >= limits::SENTENCE_TOKENS.value;
            let ends = at >= tokens.end || too_long || self.ends_after(&item, next, items.last());
            items.push(item);
            if ends {
                sentences.push(Sentence::new(self, std::mem::take(&mut items)));
            }
        }
        sentences
    }

    /// Whether a sentence ends after an item; `before` is the item before it.
    fn ends_after(&self, item: &Item, next: Next, before: Option<&Item>) -> bool {
        let ending = match item {
            Item::Word(at) => return self.ends_sentence[*at],
            Item::Quote(..) => self.ending(item),
        };
        match (ending, next) {
            (Ending::None | Ending::Comma, _) => false,
            (_, Next::Quotation) => true,
            (Ending::Stop | Ending::Question, Next::Token(next)) => {
                let starts_anew = matches!(self.token(next).kind, Kind::Word | Kind::Number | Kind::Open)
                    && !self.word(next).starts_with(char::is_lowercase);
                let led_in = matches!(before, Some(&Item::Word(at)) if matches!(self.token(at).kind, Kind::Colon | Kind::Comma));
                starts_anew && (led_in || !self.frame_follows(next, ending))
            }
        }
    }

    /// Whether the words from `at` on are the frame of the quotation before them: "Why?" Mayor Ruiz asked.
    fn frame_follows(&self, at: usize, ending: Ending) -> bool {
        let reach = if ending == Ending::Question { 20 } else { 6 };
        for here in at..(at + reach).min(self.entries.len()) {
            let mut entry = self.entry(here);
            let pair = entry.is(Class::CueHead)
                && here + 1 < self.entries.len()
                && en::is_pair(self.word(here), self.word(here + 1));
            if pair {
                entry = entry.of_pair();
            }
            let reports =
                [en::Introduces::Speech, en::Introduces::After].iter().any(|&what| entry.introduces(what));
            if reports && (entry.is(Class::Cue) || pair) && !entry.is(Class::NounLike) {
                let last = self.entries.len() - 1;
                return ending == Ending::Question || self.token((here + 1).min(last)).kind == Kind::Stop;
            }
            if matches!(self.token(here).kind, Kind::Stop | Kind::Colon | Kind::Semicolon | Kind::Dash)
                || entry.is(Class::Auxiliary)
            {
                return false;
            }
        }
        false
    }

    /// How the words of a quotation end, or the mark behind it.
    pub(super) fn ending(&self, item: &Item) -> Ending {
        let Item::Quote(index, tokens) = item else { return Ending::None };
        let quotation = self.quotation(*index);
        let inner = tokens
            .clone()
            .rev()
            .find(|&t| self.token(t).span.end <= quotation.inner.end && self.token(t).kind != Kind::Mark);
        let Some(last) = inner else { return Ending::None };
        match self.token(last).kind {
            Kind::Stop if self.word(last).contains(['?', '!']) => Ending::Question,
            Kind::Stop if self.word(last).starts_with("..") || self.word(last).starts_with('…') => {
                Ending::Question
            }
            Kind::Stop => Ending::Stop,
            Kind::Comma => Ending::Comma,
            Kind::Dash => Ending::Question,
            Kind::Word if self.word(last).ends_with('.') && !quotation.closed => Ending::Stop,
            Kind::Word if self.word(last).ends_with('.') => Ending::Question,
            _ => Ending::None,
        }
    }
}

/// What follows an item.
#[derive(Clone, Copy)]
enum Next {
    Quotation,
    /// A token: its index.
    Token(usize),
}

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a comma: its sentence goes on.
    Comma,
    /// With a full stop.
    Stop,
    /// With a question mark, an exclamation mark, an ellipsis or a dash, after which a frame may stand.
    Question,
    /// With none of them: it is a part of a clause.
    None,
}

/// A sentence in which quotations are single items.
pub(super) struct Sentence<'v, 'd> {
    pub(super) view: &'v View<'d>,
    pub(super) items: Vec<Item>,
    headline: bool,
}

impl<'v, 'd> Sentence<'v, 'd> {
    fn new(view: &'v View<'d>, items: Vec<Item>) -> Self {
        let mut sentence = Sentence { view, items, headline: false };
        let long = (0..sentence.len())
            .filter(|&k| sentence.kind(k) == Some(Kind::Word) && sentence.word(k).len() >= 4);
        let (count, capitals) = long
            .fold((0, 0), |(count, capitals), k| (count + 1, capitals + usize::from(sentence.is_capital(k))));
        sentence.headline = count >= 3 && capitals * 5 >= count * 4;
        sentence
    }

    /// Whether it is written as headlines are, with a capital on every long word.
    pub(super) fn is_headline(&self) -> bool {
        self.headline
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn quotes(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.items.len()).filter(|&k| self.is_quote(k))
    }

    pub(super) fn is_quote(&self, k: usize) -> bool {
        matches!(self.items.get(k), Some(Item::Quote(..)))
    }

    /// The quotations among some items: their indices in the document.
    pub(super) fn quotations(&self, items: Range<usize>) -> impl Iterator<Item = usize> + use<'_, 'v, 'd> {
        self.items[items].iter().filter_map(|item| match item {
            Item::Quote(index, _) => Some(*index),
            Item::Word(_) => None,
        })
    }

    /// The quotation at `k`: its index in the document.
    ///
    /// # Panics
    /// When a word stands there.
    pub(super) fn quotation(&self, k: usize) -> usize {
        match self.items[k] {
            Item::Quote(index, _) => index,
            Item::Word(_) => unreachable!("only quotations are asked for their index"),
        }
    }

    /// The words of the quotation at `k`, without its marks.
    pub(super) fn inner(&self, k: usize) -> &'d str {
        self.view.document.slice(self.view.quotation(self.quotation(k)).inner)
    }

    /// The kind of the token at `k`; `None` beyond the end and for a quotation.
    pub(super) fn kind(&self, k: usize) -> Option<Kind> {
        match self.items.get(k)? {
            Item::Word(at) => Some(self.view.token(*at).kind),
            Item::Quote(..) => None,
        }
    }

    /// The kind of the token before `k`.
    pub(super) fn kind_before(&self, k: usize) -> Option<Kind> {
        self.kind(k.checked_sub(1)?)
    }

    pub(super) fn entry(&self, k: usize) -> Entry {
        match self.items.get(k) {
            Some(Item::Word(at)) => self.view.entry(*at),
            _ => Entry::default(),
        }
    }

    /// Whether a token of this kind stands at `k`.
    pub(super) fn is_kind(&self, k: usize, kind: Kind) -> bool {
        self.kind(k) == Some(kind)
    }

    /// Whether a word of this class stands at `k`.
    pub(super) fn is(&self, k: usize, class: Class) -> bool {
        self.entry(k).is(class)
    }

    /// Whether a word of one of these classes stands at `k`.
    pub(super) fn is_any(&self, k: usize, classes: &[Class]) -> bool {
        self.entry(k).is_any(classes)
    }

    /// Whether a possessive ending stands at `k`.
    pub(super) fn is_possessive(&self, k: usize) -> bool {
        en::is_possessive(self.word(k))
    }

    /// Whether a word in capitals stands at `k`.
    pub(super) fn is_all_capitals(&self, k: usize) -> bool {
        en::is_all_capitals(self.word(k))
    }

    /// The word at `k`; empty beyond the end and for a quotation.
    pub(super) fn word(&self, k: usize) -> &'d str {
        match self.items.get(k) {
            Some(Item::Word(at)) => self.view.word(*at),
            _ => "",
        }
    }

    /// Whether a finite verb stands at `k` that reports nothing. "'s" is one behind a pronoun only.
    pub(super) fn is_finite(&self, k: usize) -> bool {
        let possessive = self.is_possessive(k) && !(k > 0 && self.is(k - 1, Class::Pronoun));
        (self.is(k, Class::Auxiliary) && !possessive) || self.is(k, Class::Verb)
    }

    /// Whether a word stands at `k` that begins with a capital.
    pub(super) fn is_capital(&self, k: usize) -> bool {
        self.is_kind(k, Kind::Word) && self.word(k).starts_with(char::is_uppercase)
    }

    /// The span from the first to the last of some items.
    pub(super) fn span(&self, items: Range<usize>) -> Span {
        self.item_span(items.start).cover(self.item_span(items.end - 1))
    }

    pub(super) fn item_span(&self, k: usize) -> Span {
        match &self.items[k] {
            Item::Word(at) => self.view.token(*at).span,
            Item::Quote(index, _) => self.view.quotation(*index).span,
        }
    }

    pub(super) fn ending(&self, k: usize) -> Ending {
        self.view.ending(&self.items[k])
    }
}

#[cfg(test)]
mod tests {
    use super::{Sentence, View};
    use crate::{Article, Document, limits};

    #[test]
    fn sentences_cut_inside_quotations_stay_short() {
        let document = Document::new(Article::new("said Roz, that “a b” ".repeat(600)));
        let quotes: Vec<usize> = (0..document.quotations().len()).collect();
        let view = View::new(&document);
        let longest = view.sentences(0..document.tokens().len(), &quotes).iter().map(Sentence::len).max();
        assert_eq!(longest, Some(limits::SENTENCE_TOKENS.value));
    }
}
