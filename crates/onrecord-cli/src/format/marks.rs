//! Where do marks begin and end in the text? [`Claims`] → marks → events in order of position.
//!
//! In: the spans of all rows, which may nest, cross and repeat, and blocks of text (a paragraph, or all of it).
//! Out: events that open and close marks like well-formed brackets: what crosses is closed and opened again.
//! It never moves a span. `text` and `html` draw the events.

use onrecord::Span;
use onrecord::read::people::EntityKind;
use onrecord::record::{Claims, Said};

/// One piece of a row, or the mention of a person, as it is marked in the text.
#[derive(Clone, Debug)]
pub(crate) struct Mark<'a> {
    pub(crate) span: Span,
    pub(crate) role: Role,
    pub(crate) of: Of<'a>,
    /// Whether this piece is the one that a link to the row opens.
    pub(crate) is_anchor: bool,
}

/// What a mark belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of<'a> {
    Row(&'a Said),
    /// The numbers of an entity and of its mention, from 0.
    Mention(usize, usize),
}

/// What a piece is to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Content,
    Source,
    Cue,
    /// A mention of a person.
    Mention,
}

/// What happens next in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event<'m, 'a> {
    /// A mark begins.
    Open(&'m Mark<'a>),
    /// A mark goes on that was closed because it crosses another mark or the end of a block.
    Resume(&'m Mark<'a>),
    /// Characters under the marks that are open; the innermost is given.
    Text(Span, Option<Role>),
    /// The mark that was opened last ends, for good or to be resumed.
    Close(&'m Mark<'a>),
}

/// The marks of all rows, the outer before the inner.
pub(crate) fn marks(claims: &Claims) -> Vec<Mark<'_>> {
    sorted(claims.attributions.iter().flat_map(of_row).collect())
}

/// The marks of all rows and of all mentions of people.
pub(crate) fn marks_and_mentions(claims: &Claims) -> Vec<Mark<'_>> {
    let people = claims.people.entities.iter().enumerate();
    let people = people.filter(|(_, entity)| entity.kind == EntityKind::Person);
    let mentions = people.flat_map(|(entity, person)| {
        let mentions = person.mentions.iter().enumerate().filter(|(_, mention)| !mention.span.is_empty());
        mentions.map(move |(nth, mention)| Mark {
            span: mention.span,
            role: Role::Mention,
            of: Of::Mention(entity, nth),
            is_anchor: true,
        })
    });
    sorted(claims.attributions.iter().flat_map(of_row).chain(mentions).collect())
}

fn sorted(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.role));
    marks
}

impl Mark<'_> {
    /// `a1` of a row, `e1-2` of a mention.
    pub(crate) fn id(&self) -> String {
        match self.of {
            Of::Row(row) => row.id.clone(),
            Of::Mention(entity, nth) => format!("e{}-{}", entity + 1, nth + 1),
        }
    }
}

fn of_row(row: &Said) -> Vec<Mark<'_>> {
    let read = &row.attribution;
    let roles = [(Role::Content, &read.content), (Role::Source, &read.source), (Role::Cue, &read.cue)];
    let pieces = roles.into_iter().flat_map(|(role, spans)| spans.iter().map(move |&span| (role, span)));
    let pieces = pieces.filter(|(_, span)| !span.is_empty());
    pieces
        .enumerate()
        .map(|(i, (role, span))| Mark { span, role, of: Of::Row(row), is_anchor: i == 0 })
        .collect()
}

/// Walks through the blocks of a text once, in order of position.
pub(crate) struct Sweep<'m, 'a> {
    marks: &'m [Mark<'a>],
    /// The first mark that has not begun.
    next: usize,
    /// The marks that reach beyond the last block, outer first.
    open: Vec<&'m Mark<'a>>,
}

impl<'m, 'a> Sweep<'m, 'a> {
    /// A walk that stands before the first block.
    pub(crate) fn new(marks: &'m [Mark<'a>]) -> Sweep<'m, 'a> {
        Sweep { marks, next: 0, open: Vec::new() }
    }

    /// Tells what happens in the next block. Every mark is closed at its end.
    pub(crate) fn block(&mut self, block: Span, mut tell: impl FnMut(Event<'m, 'a>)) {
        self.open.retain(|mark| mark.span.end > block.start);
        for mark in &self.open {
            tell(Event::Resume(mark));
        }
        let mut at = block.start;
        while at < block.end {
            self.open_at(at, &mut tell);
            let end = self.next_change().map_or(block.end, |change| change.min(block.end));
            tell(Event::Text(Span { start: at, end }, self.open.last().map(|mark| mark.role)));
            at = end;
            if at < block.end {
                self.close_at(at, &mut tell);
            }
        }
        for mark in self.open.iter().rev() {
            tell(Event::Close(mark));
        }
    }

    /// Opens the marks that begin up to `at`, save those that lie wholly between two blocks.
    fn open_at(&mut self, at: u32, tell: &mut impl FnMut(Event<'m, 'a>)) {
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start <= at) {
            self.next += 1;
            if mark.span.end > at {
                tell(Event::Open(mark));
                self.open.push(mark);
            }
        }
    }

    /// Where the next mark begins or an open one ends.
    fn next_change(&self) -> Option<u32> {
        let begins = self.marks.get(self.next).map(|mark| mark.span.start);
        self.open.iter().map(|mark| mark.span.end).chain(begins).min()
    }

    /// Closes the marks that end at `at`; what stands inside them and goes on is closed and resumed.
    fn close_at(&mut self, at: u32, tell: &mut impl FnMut(Event<'m, 'a>)) {
        let Some(outermost) = self.open.iter().position(|mark| mark.span.end <= at) else { return };
        let closed = self.open.split_off(outermost);
        for mark in closed.iter().rev() {
            tell(Event::Close(mark));
        }
        for mark in closed.into_iter().filter(|mark| mark.span.end > at) {
            tell(Event::Resume(mark));
            self.open.push(mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::format::sample;

    /// Draws the marks of rows whose content is given as byte ranges, `|` between blocks.
    fn check(contents: &[(usize, usize)], blocks: &[(usize, usize)], expected: &str) {
        let text = "0123456789";
        let claims = sample::claims(contents);
        let marks = marks(&claims);
        let mut sweep = Sweep::new(&marks);
        let mut drawn = Vec::new();
        for &(start, end) in blocks {
            let mut out = String::new();
            sweep.block(Span::new(start, end), |event| match event {
                Event::Open(mark) => write!(out, "[{}", &mark.id()[1..]).unwrap(),
                Event::Resume(mark) => write!(out, "({}", &mark.id()[1..]).unwrap(),
                Event::Text(span, _) => write!(out, " {}", &text[span.range()]).unwrap(),
                Event::Close(_) => out.push(']'),
            });
            drawn.push(out);
        }
        assert_eq!(drawn.join("|"), expected, "{contents:?} in {blocks:?}");
    }

    #[test]
    fn marks_nest() {
        check(&[], &[(0, 10)], " 0123456789");
        check(&[(0, 10)], &[(0, 10)], "[1 0123456789]");
        check(&[(2, 8), (4, 6)], &[(0, 10)], " 01[1 23[2 45] 67] 89");
        check(&[(2, 4), (2, 8)], &[(0, 10)], " 01[2[1 23] 4567] 89");
        check(&[(2, 4), (2, 4), (4, 5)], &[(0, 10)], " 01[1[2 23]][3 4] 56789");
        check(&[(3, 3)], &[(0, 10)], " 0123456789");
    }

    #[test]
    fn what_crosses_is_resumed() {
        check(&[(1, 5), (3, 8)], &[(0, 10)], " 0[1 12[2 34]](2 567] 89");
        check(&[(0, 4), (1, 5), (2, 6)], &[(0, 10)], "[1 0[2 1[3 23]]](2(3 4]](3 5] 6789");
    }

    #[test]
    fn marks_stop_at_blocks() {
        check(&[(1, 7)], &[(0, 3), (5, 10)], " 0[1 12]|(1 56] 789");
        check(&[(1, 3)], &[(0, 3), (5, 10)], " 0[1 12]| 56789");
        check(&[(3, 5)], &[(0, 3), (5, 10)], " 012| 56789");
        check(&[(4, 6)], &[(0, 3), (5, 10)], " 012|[1 5] 6789");
    }
}
