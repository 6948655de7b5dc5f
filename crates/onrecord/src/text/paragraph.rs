//! Where a paragraph begins and ends.
//!
//! In: the text. Out: the spans of its paragraphs, to which [`super::token`] and [`super::sentence`] add their parts.
//! It never looks at words.
//!
//! News comes with a paragraph a line, or with lines that were wrapped at a width and paragraphs parted by blank
//! lines. The second kind is told by its shape: every line inside a block is so long that the next line's first
//! word would not have fitted, and most of them break off amid a sentence.

use std::ops::Range;

use super::Span;

/// A paragraph that holds at least one token.
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("It rained. Nobody left.\nIt is dry."));
/// let first = &document.paragraphs()[0];
/// assert_eq!(document.slice(first.span), "It rained. Nobody left.");
/// assert_eq!(document.sentences()[first.sentences.clone()].len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first to its last character that is no white space.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentences.
    pub sentences: Range<usize>,
}

/// The widest column at which plain text is wrapped by habit.
const WIDEST_WRAP: usize = 100;
/// The narrowest: shorter lines are verse, lists or addresses.
const NARROWEST_WRAP: usize = 40;

/// The spans of the paragraphs, without white space at either end.
pub(super) fn split(text: &str) -> Vec<Span> {
    let lines = lines(text);
    if is_wrapped(text, &lines) { join_blocks(&lines) } else { lines.into_iter().flatten().collect() }
}

/// The trimmed lines; `None` for a blank one.
fn lines(text: &str) -> Vec<Option<Span>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        lines.push(trim(text, start..at));
        start = at + c.len_utf8();
        if c == '\r' && chars.next_if(|&(_, c)| c == '\n').is_some() {
            start += 1;
        }
    }
    lines.push(trim(text, start..text.len()));
    lines
}

fn trim(text: &str, range: Range<usize>) -> Option<Span> {
    let is_blank = |c: char| c.is_whitespace() || super::token::is_ignorable(c);
    let line = &text[range.clone()];
    let rest = line.trim_start_matches(is_blank);
    let start = range.start + line.len() - rest.len();
    let kept = rest.trim_end_matches(is_blank).len();
    (kept > 0).then(|| Span::new(start, start + kept))
}

/// Whether the line ends inside blocks come from wrapping at a width.
fn is_wrapped(text: &str, lines: &[Option<Span>]) -> bool {
    let columns = |line: Span| text[line.range()].chars().count();
    let widest = lines.iter().flatten().map(|&line| line.len()).max().unwrap_or(0);
    if widest > WIDEST_WRAP * 4 {
        return false;
    }
    let widest = lines.iter().flatten().map(|&line| columns(line)).max().unwrap_or(0);
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&widest) {
        return false;
    }
    let (mut inner_ends, mut full, mut amid) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [Some(line), Some(next)] = *pair else { continue };
        let first_word = text[next.range()].split_whitespace().next().unwrap_or("").chars().count();
        inner_ends += 1;
        full += usize::from(columns(line) + 1 + first_word > widest);
        amid += usize::from(!text[line.range()].ends_with(['.', '!', '?', ':', '"', '”', '\'', '’']));
    }
    inner_ends > 0 && full * 10 >= inner_ends * 9 && amid * 2 >= inner_ends
}

/// Joins the lines between blank ones.
fn join_blocks(lines: &[Option<Span>]) -> Vec<Span> {
    lines
        .split(Option::is_none)
        .filter_map(|block| Some(block.first().copied()??.cover(block.last().copied()??)))
        .collect()
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = super::split(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check("One.\nTwo.\n\nThree.", &["One.", "Two.", "Three."]);
        check("One.\r\nTwo.\rThree.\u{2028}Four.\u{85}", &["One.", "Two.", "Three.", "Four."]);
    }

    #[test]
    fn white_space_belongs_to_no_paragraph() {
        check("\u{feff}  One.\u{a0}\n \n\u{200b}\n", &["One."]);
        check("", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped = "The council of Port Almond met on Monday evening to\nhear the engineers who had inspected the old bridge\n\
                       over the river.\n\nNobody spoke against the plan.\n";
        let found = super::split(wrapped);
        assert_eq!(found.len(), 2);
        assert!(wrapped[found[0].range()].ends_with("river."));
    }

    #[test]
    fn short_lines_are_not_joined() {
        check(
            "A list of the people who spoke at the meeting:\nAnn Lee\nBo Ek\n",
            &["A list of the people who spoke at the meeting:", "Ann Lee", "Bo Ek"],
        );
    }
}
