//! What does a quotation mark's glyph say, and what stands around it?
//!
//! In: the tokens of one paragraph. Out: its [`Marks`] in order, with what only a look ahead can tell. It decides
//! nothing: `quotation` pairs the marks.

use super::quotation::Glyph;
use super::{Kind, Paragraph, Span, Token};
use crate::lang::en;

/// A mark and what stands around it.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of what stands around a mark")]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) glyph: Glyph,
    /// What the glyph itself says.
    pub(super) shape: Shape,
    /// Nothing, white space, an opening bracket, a dash or another mark stands before it, and something after.
    pub(super) may_open: bool,
    /// Something stands before it.
    pub(super) may_close: bool,
    /// The next character continues a word.
    pub(super) touches_word_after: bool,
    /// The character before ends a clause, or what follows does.
    pub(super) closes_clause: bool,
    /// The paragraph begins with it.
    pub(super) leads_paragraph: bool,
    /// It stands for letters that are left out: '90s, 'em.
    pub(super) elided: bool,
    /// It stands behind a digit and before a space or a hyphen, as the sign for inches does.
    pub(super) may_be_inch: bool,
    /// It can be nothing else: no word goes on after it, and it is no possessive.
    surely_closes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Opening,
    Closing,
    Either,
}

/// The marks of one paragraph.
pub(super) struct Marks {
    pub(super) list: Vec<Mark>,
    starts_with_mark: bool,
    /// For every mark: whether a single mark that surely closes comes later, before the next that opens.
    pub(super) closed_later: Vec<bool>,
    /// For every mark: whether the next double mark opens, or none comes.
    pub(super) opens_next: Vec<bool>,
    /// For every mark: how many more closing-shaped double marks than opening ones stand at or after it.
    pub(super) surplus_closers: Vec<i32>,
    /// Whether straight double marks come in an odd number, so that one of them is no quotation mark.
    pub(super) odd_straight: bool,
}

impl Marks {
    pub(super) fn new(text: &str, tokens: &[Token], paragraph: &Paragraph) -> Marks {
        let tokens = &tokens[paragraph.tokens.clone()];
        let starts_with_mark = tokens.first().is_some_and(|t| t.kind == Kind::Mark);
        let marks = tokens.iter().filter(|t| t.kind == Kind::Mark);
        let list: Vec<Mark> = marks.map(|t| Mark::new(text, t.span, paragraph.span)).collect();
        let mut closed_later = vec![false; list.len()];
        let mut surplus_closers = vec![0; list.len()];
        let mut opens_next = vec![true; list.len()];
        let (mut later, mut surplus, mut opens) = (false, 0, true);
        for (at, mark) in list.iter().enumerate().rev() {
            closed_later[at] = later;
            opens_next[at] = opens;
            if mark.glyph == Glyph::Double {
                opens = mark.shape == Shape::Opening || (mark.may_open && !mark.may_close);
            }
            surplus += match (mark.glyph, mark.shape) {
                (Glyph::Double, Shape::Closing) if !mark.touches_word_after => 1,
                (Glyph::Double, Shape::Opening) => -1,
                _ => 0,
            };
            surplus_closers[at] = surplus;
            match mark.glyph {
                Glyph::Single if mark.elided => {}
                Glyph::Single if mark.surely_closes => later = true,
                Glyph::Single if mark.may_open && mark.touches_word_after => later = false,
                Glyph::Single => {}
                _ => later = false,
            }
        }
        let straight = list.iter().filter(|m| m.glyph == Glyph::Double && m.shape == Shape::Either).count();
        let odd_straight = straight % 2 == 1;
        Marks { list, starts_with_mark, closed_later, opens_next, surplus_closers, odd_straight }
    }

    /// Whether the first mark is a straight one without a mate in a paragraph of curly ones: page layouts leave such
    /// marks before block quotations.
    pub(super) fn first_is_stray(&self, text: &str) -> bool {
        let Some((first, rest)) = self.list.split_first() else { return false };
        let straight = |mark: &Mark| &text[mark.span.range()] == "\"";
        let curly = |mark: &Mark| mark.glyph == Glyph::Double && mark.shape != Shape::Either;
        straight(first) && rest.iter().any(curly) && !rest.iter().any(straight)
    }

    /// Whether the paragraph goes on with a quotation that it does not open again: its first double mark closes.
    pub(super) fn lacks_opening(&self) -> bool {
        let first = self.list.iter().find(|mark| mark.glyph == Glyph::Double);
        !self.starts_with_mark
            && first.is_some_and(|mark| mark.may_close && !mark.may_open && !mark.touches_word_after)
    }
}

impl Mark {
    fn new(text: &str, span: Span, paragraph: Span) -> Mark {
        let mark = &text[span.range()];
        let before = text[paragraph.start as usize..span.start as usize].chars().next_back().unwrap_or(' ');
        let after = text[span.end as usize..paragraph.end as usize].chars().next().unwrap_or(' ');
        let (glyph, shape) = match mark {
            "“" | "„" | "``" | "‟" | "‘‘" => (Glyph::Double, Shape::Opening),
            "”" | "´´" | "’’" => (Glyph::Double, Shape::Closing),
            "«" | "‹" => (Glyph::Guillemet, Shape::Opening),
            "»" | "›" => (Glyph::Guillemet, Shape::Closing),
            "‘" | "‚" | "‛" | "`" => (Glyph::Single, Shape::Opening),
            "’" | "´" => (Glyph::Single, Shape::Closing),
            "'" => (Glyph::Single, Shape::Either),
            _ => (Glyph::Double, Shape::Either),
        };
        let is_gap = |c: char| c.is_whitespace() || super::token::is_ignorable(c);
        let leans = |c: char| matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '―' | '/' | ':' | '…');
        let is_mark = |c: char| {
            matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '`' | '„' | '‚' | '‹' | '›')
        };
        let gap_after = is_gap(after) || matches!(after, ',' | ';' | '.' | '!' | '?' | ')' | ']' | '}');
        let gap_before = is_gap(before);
        let closes_clause = matches!(before, ',' | '.' | '!' | '?' | '…' | '—' | '-')
            || matches!(after, ',' | '.' | ';' | '!' | '?' | ')');
        let possessive = matches!(before, 's' | 'S') && !closes_clause;
        Mark {
            span,
            glyph,
            shape,
            may_open: (gap_before || leans(before) || is_mark(before)) && !gap_after
                || (gap_before && after == '.'),
            may_close: !gap_before,
            touches_word_after: after.is_alphanumeric(),
            closes_clause,
            leads_paragraph: span.start == paragraph.start,
            elided: glyph == Glyph::Single
                && en::is_elision(&text[span.end as usize..paragraph.end as usize]),
            may_be_inch: mark == "\"" && before.is_ascii_digit() && matches!(after, ' ' | '-'),
            surely_closes: !gap_before && !after.is_alphanumeric() && !possessive,
        }
    }
}
