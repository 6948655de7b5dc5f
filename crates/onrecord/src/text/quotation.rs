//! Which marks open and close a quotation, and which are apostrophes?
//!
//! Marks pair inside a paragraph. Glyphs say little in print ("straight" marks open and close alike, a curly
//! closing mark is typed for an opening one, two apostrophes stand for a double mark), so what stands around a
//! mark decides, then the glyph, then what is open. A double mark left open runs to the end of its paragraph;
//! the next paragraph takes it up when it begins with an opening mark of the same family. A single mark that
//! finds no mate is an apostrophe.
//!
//! In: tokens and paragraphs; `mark` tells what stands around each mark. Out: [`Quotation`]s. It never asks what a
//! quotation means: speech, title or irony, [`crate::read::quote`] decides.

use super::mark::{Mark, Marks, Shape};
use super::{Paragraph, Span, Token};
use crate::Warning;
use crate::limits;

/// What stands between two quotation marks.
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("“He told me, ‘Go,’ and I went,” she said."));
/// let [outer, inner] = document.quotations() else { panic!("two quotations") };
/// assert_eq!(document.slice(inner.span), "‘Go,’");
/// assert_eq!((outer.depth, inner.depth, inner.parent), (0, 1, Some(0)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing one, both included; to the end of the paragraph where none closes.
    pub span: Span,
    /// Without the marks.
    pub inner: Span,
    /// The family of its marks.
    pub glyph: Glyph,
    /// Whether a mark closes it.
    pub closed: bool,
    /// How many quotations it stands inside.
    pub depth: u8,
    /// The quotation that it stands in: an index into [`super::Document::quotations`].
    pub parent: Option<usize>,
    /// The quotation of the paragraph before that it takes up: an index.
    pub continues: Option<usize>,
    /// The paragraph: an index.
    pub paragraph: usize,
}

/// A family of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// “ ” " '' `` „ ‟ ″
    Double,
    /// ‘ ’ ' ‚ `
    Single,
    /// « » ‹ ›
    Guillemet,
}

/// Finds the quotations of every paragraph.
pub(super) fn find(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    warnings: &mut Vec<Warning>,
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = found.len();
        let marks = Marks::new(text, tokens, paragraph);
        let mut pairing =
            Pairing { text, paragraph: index, end: paragraph.span.end, open: Vec::new(), found, warnings };
        if left_open.is_some() && marks.lacks_opening() {
            pairing
                .open(Span::new(paragraph.span.start as usize, paragraph.span.start as usize), Glyph::Double);
        }
        for at in 0..marks.list.len() {
            pairing.meet(&marks, at);
        }
        let still_open = pairing.finish();
        found = pairing.found;
        let left_mark = left_open.map(|before: usize| &text[mark_of(&found[before]).range()]);
        if let (Some(before), Some(next)) = (left_open, found.get_mut(first))
            && next.span.start == paragraph.span.start
            && next.glyph != Glyph::Single
            && left_mark.is_some_and(|mark| {
                next.inner.start == next.span.start || mark == &text[mark_of(next).range()]
            })
        {
            next.continues = Some(before);
        } else if let Some(before) = left_open {
            let message = "a quotation mark is not closed; the quotation was ended with its paragraph";
            warnings.push(Warning::new("quotation_left_open", mark_of(&found[before]), message));
        }
        left_open = still_open;
    }
    if let Some(last) = left_open {
        let message = "a quotation mark is not closed; the quotation was ended with the text";
        warnings.push(Warning::new("quotation_left_open", mark_of(&found[last]), message));
    }
    found
}

fn mark_of(quotation: &Quotation) -> Span {
    Span { start: quotation.span.start, end: quotation.inner.start }
}

/// The pairing of one paragraph's marks.
struct Pairing<'a> {
    text: &'a str,
    paragraph: usize,
    end: u32,
    /// Quotations that are open, outermost first: indices into `found`.
    open: Vec<usize>,
    found: Vec<Quotation>,
    warnings: &'a mut Vec<Warning>,
}

impl Pairing<'_> {
    fn meet(&mut self, marks: &Marks, at: usize) {
        let mark = marks.list[at];
        if at == 0 && marks.first_is_stray(self.text) {
            let message = "a quotation mark has no mate of its kind; it was passed over";
            self.warnings.push(Warning::new("quotation_mark_unpaired", mark.span, message));
            return;
        }
        if mark.may_be_inch && marks.odd_straight {
            return;
        }
        match mark.glyph {
            Glyph::Single => self.meet_single(mark, marks.closed_later[at], marks.opens_next[at]),
            Glyph::Double => self.meet_double(mark, marks.surplus_closers[at]),
            Glyph::Guillemet => self.meet_guillemet(mark),
        }
    }

    fn meet_single(&mut self, mark: Mark, closed_later: bool, opens_next: bool) {
        let top_is_single = self.top().is_some_and(|q| q.glyph == Glyph::Single);
        if top_is_single && mark.may_close && !mark.touches_word_after && mark.shape != Shape::Opening {
            let possessive =
                !mark.closes_clause && self.before(mark.span).ends_with(['s', 'S']) && closed_later;
            if !possessive {
                self.close(mark.span);
            }
            return;
        }
        // A single mark typed for a double one: it stands behind a sentence's end, and the next double mark opens.
        let after = &self.text[mark.span.end as usize..self.end as usize];
        let mistyped = self.top().is_some_and(|q| q.glyph == Glyph::Double)
            && opens_next
            && mark.shape == Shape::Closing
            && mark.may_close
            && self.before(mark.span).ends_with([',', '.', '!', '?'])
            && (after.is_empty() || after.starts_with(' '));
        if mistyped {
            self.close(mark.span);
            return;
        }
        let opens = mark.may_open && mark.shape != Shape::Closing && !mark.elided;
        if opens && !top_is_single && (closed_later || mark.shape == Shape::Opening || self.top().is_some()) {
            self.open(mark.span, Glyph::Single);
        }
    }

    fn meet_double(&mut self, mark: Mark, surplus_closers: i32) {
        let opened = self.open.iter().rposition(|&q| self.found[q].glyph == Glyph::Double);
        let reads_as_opening = match mark.shape {
            Shape::Opening => !mark.may_close || mark.may_open || mark.touches_word_after || opened.is_none(),
            Shape::Closing => mark.may_open && !mark.may_close && mark.touches_word_after,
            Shape::Either => mark.may_open && (opened.is_none() || !mark.may_close),
        };
        match (opened, reads_as_opening) {
            (None, true) => self.open(mark.span, Glyph::Double),
            (None, false) if mark.may_open || mark.leads_paragraph => self.open(mark.span, Glyph::Double),
            (None, false) if mark.shape == Shape::Either && mark.touches_word_after => {
                self.open(mark.span, Glyph::Double);
            }
            (None, false) => {
                if !self.before(mark.span).ends_with(|c: char| c.is_ascii_digit()) {
                    let message = "a closing quotation mark has no opening one; it was passed over";
                    self.warnings.push(Warning::new("quotation_mark_unpaired", mark.span, message));
                }
            }
            (Some(level), false) => {
                self.drop_from(level + 1);
                self.close(mark.span);
            }
            (Some(level), true) => {
                let still_open = self.open.iter().filter(|&&q| self.found[q].glyph == Glyph::Double).count();
                let nests = mark.shape == Shape::Opening
                    && usize::try_from(surplus_closers).is_ok_and(|n| n >= still_open);
                if !nests {
                    self.end_before(level, mark.span);
                }
                self.open(mark.span, Glyph::Double);
            }
        }
    }

    fn meet_guillemet(&mut self, mark: Mark) {
        let opened = self.open.iter().rposition(|&q| self.found[q].glyph == Glyph::Guillemet);
        match opened {
            Some(level) if mark.may_close || !mark.touches_word_after => {
                self.drop_from(level + 1);
                self.close(mark.span);
            }
            _ => self.open(mark.span, Glyph::Guillemet),
        }
    }

    fn top(&self) -> Option<&Quotation> {
        self.open.last().map(|&q| &self.found[q])
    }

    fn before(&self, mark: Span) -> &str {
        &self.text[..mark.start as usize]
    }

    fn open(&mut self, mark: Span, glyph: Glyph) {
        if self.open.len() >= limits::QUOTATION_DEPTH.value {
            let message =
                format!("more than {} quotations inside one another", limits::QUOTATION_DEPTH.value);
            if self.warnings.last().is_none_or(|w| w.code != limits::QUOTATION_DEPTH.code) {
                self.warnings.push(Warning::new(limits::QUOTATION_DEPTH.code, mark, message));
            }
            return;
        }
        self.found.push(Quotation {
            span: Span { start: mark.start, end: self.end },
            inner: Span { start: mark.end, end: self.end },
            glyph,
            closed: false,
            depth: self.open.len() as u8,
            parent: self.open.last().copied(),
            continues: None,
            paragraph: self.paragraph,
        });
        self.open.push(self.found.len() - 1);
    }

    fn close(&mut self, mark: Span) {
        if let Some(index) = self.open.pop() {
            let quotation = &mut self.found[index];
            quotation.span.end = mark.end;
            quotation.inner.end = mark.start;
            quotation.closed = true;
        }
    }

    /// Ends an unclosed quotation, and what is open inside it, just before a mark that opens another.
    fn end_before(&mut self, level: usize, mark: Span) {
        self.drop_from(level + 1);
        if let Some(index) = self.open.pop() {
            let quotation = &mut self.found[index];
            let end = self.text[..mark.start as usize].trim_end().len() as u32;
            quotation.span.end = end.max(quotation.inner.start);
            quotation.inner.end = quotation.span.end;
            let message = "a quotation mark is not closed before the next one opens";
            self.warnings.push(Warning::new("quotation_left_open", mark_of(quotation), message));
        }
    }

    /// Forgets single marks from this level on: without a mate they are apostrophes.
    fn drop_from(&mut self, level: usize) {
        while self.open.len() > level {
            let index = self.open.pop().expect("the loop's condition holds an element");
            self.forget(index);
        }
    }

    /// Takes an open quotation out of the list; those inside it move one level up.
    fn forget(&mut self, index: usize) {
        let parent = self.found.remove(index).parent;
        for quotation in &mut self.found[index..] {
            quotation.depth -= 1;
            quotation.parent = match quotation.parent {
                Some(p) if p == index => parent,
                Some(p) if p > index => Some(p - 1),
                other => other,
            };
        }
    }

    /// Ends the paragraph: the outermost quotation in double marks stays, ended with the paragraph, and is told;
    /// every other open mark is an apostrophe.
    fn finish(&mut self) -> Option<usize> {
        let level = self.open.iter().position(|&q| self.found[q].glyph != Glyph::Single);
        self.drop_from(level.map_or(0, |level| level + 1));
        let kept = self.open.pop();
        self.drop_from(0);
        kept.zip(level).map(|(index, singles_around)| index - singles_around)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Document};

    /// Every quotation with its depth; `…` for one that nothing closes, `^` for one that takes up another.
    fn check(text: &str, expected: &[&str]) {
        let document = Document::new(Article::new(text));
        let found: Vec<String> = document
            .quotations()
            .iter()
            .map(|q| {
                let continues = if q.continues.is_some() { "^" } else { "" };
                let open = if q.closed { "" } else { "…" };
                format!("{}{continues}{}{open}", q.depth, document.slice(q.inner))
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_family_pairs() {
        check("“We go,” he said.", &["0We go,"]);
        check("\"We go,\" he said. \"Now.\"", &["0We go,", "0Now."]);
        check("''We go,'' he said.", &["0We go,"]);
        check("``We go,'' he said.", &["0We go,"]);
        check("«We go», he said. „We stay“, she said.", &["0We go", "0We stay"]);
        check("'We go,' he said. ‘We don’t,’ she said.", &["0We go,", "0We don’t,"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The '90s weren't the workers' best years, nor the Smiths'.", &[]);
        check("Rock 'n' roll and 'em all", &[]);
        check("‘The voters’ choice counts,’ she said.", &["0The voters’ choice counts,"]);
        check("5'10\" tall and 6\" wide", &[]);
    }

    #[test]
    fn quotations_stand_inside_one_another() {
        check(
            "“He told me, ‘Go home,’ and I went,” she said.",
            &["0He told me, ‘Go home,’ and I went,", "1Go home,"],
        );
        check("\"He said 'no.'\"", &["0He said 'no.'", "1no."]);
        check("“He called it “a farce” twice,” she said.", &["0He called it “a farce” twice,", "1a farce"]);
    }

    #[test]
    fn a_quotation_runs_on_over_paragraphs() {
        check("“One.\n\n“Two.\n\n“Three,” he said.", &["0One.…", "0^Two.…", "0^Three,"]);
        check("“One.\n\nTwo,” he said.", &["0One.…", "0^Two,"]);
        check("“One.\n\nNothing here.", &["0One.…"]);
    }

    #[test]
    fn odd_counts_harm_one_quotation_only() {
        check("“One. “Two,” he said. “Three.”", &["0One.…", "0Two,", "0Three."]);
        check("One,” he said. “Two.”", &["0Two."]);
        check("”One,” he said.", &["0One,"]);
        check("\"One, he said. \"Two,\" she said.", &["0One, he said.…", "0Two,"]);
    }
}
