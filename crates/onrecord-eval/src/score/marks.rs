//! What stands inside quotation marks, and so: direct, mixed or indirect?
//!
//! In: code points. Out: a flag for each. It is a plain rule of its own, on purpose not the engine's: a scorer that
//! shared the engine's eye for marks would share its mistakes.
//!
//! Double marks (straight, curly, guillemets, two apostrophes) pair within a paragraph, which is a line; one that is
//! left open runs to the end of its paragraph, since a quotation continued in the next one opens again there.
//! Single marks count outside double ones: they open after a non-word character before a letter, and close after a
//! visible character before a non-word character, in the same paragraph. Read on in [`super::matching`].

use super::Text;
use super::text::{is_alphanumeric, is_letter, is_space};
use crate::Span;

/// How much of the content stands inside quotation marks, by its letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

impl Kind {
    /// All of them, in the order of tables.
    pub const ALL: [Kind; 3] = [Kind::Direct, Kind::Mixed, Kind::Indirect];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Indirect => "indirect",
        }
    }

    /// The kind of a content.
    pub fn of(content: &[Span], text: &Text) -> Kind {
        let (mut all, mut marked) = (0, 0);
        for at in content.iter().flat_map(|span| span.start..span.end) {
            if is_alphanumeric(text.chars[at]) {
                all += 1;
                marked += usize::from(text.marked[at]);
            }
        }
        match marked {
            0 => Kind::Indirect,
            _ if marked == all => Kind::Direct,
            _ => Kind::Mixed,
        }
    }
}

/// One flag for each code point: does it stand inside quotation marks, the marks included?
pub fn inside(chars: &[char]) -> Vec<bool> {
    let mut marked = vec![false; chars.len()];
    let mut start = 0;
    for paragraph in chars.split(|&c| c == '\n') {
        let flags = &mut marked[start..start + paragraph.len()];
        double(paragraph, flags);
        single(paragraph, flags);
        start += paragraph.len() + 1;
    }
    marked
}

const OPENING: [char; 2] = ['“', '«'];
const CLOSING: [char; 2] = ['”', '»'];

/// Flags what stands inside double marks of one paragraph.
fn double(paragraph: &[char], marked: &mut [bool]) {
    let mut open = None;
    let mut at = 0;
    while at < paragraph.len() {
        let length = double_mark(&paragraph[at..]);
        if length > 0 {
            let mark = paragraph[at];
            let before_word = paragraph.get(at + length).is_some_and(|&c| is_alphanumeric(c));
            match open {
                None if !CLOSING.contains(&mark) || before_word => open = Some(at),
                Some(start) if !OPENING.contains(&mark) || !before_word => {
                    marked[start..at + length].fill(true);
                    open = None;
                }
                _ => {}
            }
        }
        at += length.max(1);
    }
    if let Some(start) = open {
        marked[start..].fill(true);
    }
}

/// The length of the double mark at the start: 1, 2 for two apostrophes, 0 for none.
fn double_mark(chars: &[char]) -> usize {
    match chars {
        ['“' | '«' | '”' | '»' | '"', ..] => 1,
        ['\'', '\'', ..] => 2,
        _ => 0,
    }
}

/// Flags what stands inside single marks of one paragraph, outside double ones.
fn single(paragraph: &[char], marked: &mut [bool]) {
    let mut open = None;
    for at in 0..paragraph.len() {
        if marked[at] {
            open = None;
            continue;
        }
        let before = if at > 0 { paragraph[at - 1] } else { ' ' };
        let after = paragraph.get(at + 1).copied().unwrap_or(' ');
        match (paragraph[at], open) {
            ('\'' | '‘', None) if !is_alphanumeric(before) && is_letter(after) => open = Some(at),
            ('\'' | '’', Some(start)) if !is_space(before) && !is_alphanumeric(after) => {
                marked[start..=at].fill(true);
                open = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    /// Checks what stands inside quotation marks; what does not is written as `·`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let chars: Vec<char> = text.chars().collect();
        let flags = inside(&chars);
        let found: String =
            chars.iter().zip(flags).map(|(&c, marked)| if marked { c } else { '·' }).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pairs() {
        check("“Go,” he said. \"No.\" «Si» x", "“Go,”··········\"No.\"·«Si»··");
        check("''It is the voters' choice,'' he", "''It is the voters' choice,''···");
        check("a “Mostly False.“ b", "··“Mostly False.“··");
        check("", "");
    }

    #[test]
    fn an_open_mark_runs_to_the_end_of_its_paragraph() {
        check("a “b c\nd” e", "··“b c·····");
        check("“a\n“b,” c", "“a·“b,”··");
    }

    #[test]
    fn a_closing_mark_opens_only_before_a_word() {
        check("a ” b", "·····");
        check("a ”b” c", "··”b”··");
    }

    #[test]
    fn single_marks_are_not_apostrophes() {
        check("It's the '90s, and voters' fears grew.", "······································");
        check("a 'b c' d ‘it’s’ e", "··'b c'···‘it’s’··");
        check("“a 'b” c'", "“a 'b”···");
    }
}
