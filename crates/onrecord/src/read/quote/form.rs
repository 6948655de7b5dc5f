//! How much of a content stands inside quotation marks?
//!
//! Letters and digits count, as in the kinds of the score table. For a row inside another the marks of its own
//! depth count: what is reported inside a quotation is not direct for that alone.

use super::Form;
use crate::Document;
use crate::text::Span;

/// The form of a content whose own marks stand `depth` quotations deep.
pub(super) fn of(document: &Document, content: &[Span], depth: u8) -> Form {
    let (mut inside, mut outside) = (false, false);
    let letters = content.iter().any(|&piece| document.slice(piece).contains(char::is_alphanumeric));
    // A content of signs alone (“👍”) is judged by its signs.
    let counts = |c: char| if letters { c.is_alphanumeric() } else { !c.is_whitespace() };
    let counted = |start: u32, end: u32| start < end && document.slice(Span { start, end }).contains(counts);
    for &piece in content {
        let mut at = piece.start;
        for quoted in quoted(document, piece, depth) {
            let (start, end) = (quoted.start.clamp(at, piece.end), quoted.end.clamp(at, piece.end));
            outside |= counted(at, start);
            inside |= counted(start, end);
            at = end;
        }
        outside |= counted(at, piece.end);
    }
    match (inside, outside) {
        (true, false) => Form::Direct,
        (true, true) => Form::Mixed,
        (false, _) => Form::Indirect,
    }
}

/// The quotations of one depth that share characters with a span. Of one depth they never overlap.
fn quoted(document: &Document, span: Span, depth: u8) -> impl Iterator<Item = Span> {
    let quotations = document.quotations();
    let mut first = quotations.partition_point(|q| q.span.start < span.start);
    // The quotation that holds the span's start is the one before, or one around that.
    let mut before = first.checked_sub(1);
    while let Some(index) = before {
        if quotations[index].depth == depth {
            first = index;
        }
        before = quotations[index].parent;
    }
    let until = quotations[first..].iter().take_while(move |q| q.span.start < span.end);
    until.filter(move |q| q.depth == depth).map(|q| q.span)
}
