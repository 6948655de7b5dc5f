//! A text as scoring sees it: code points, tokens, visible characters.
//!
//! In: the article's text. Out: what every measure needs of it, computed once. The classes of characters are those
//! of Python's `str`, since the figures must agree with those of a Python program: a word character is a letter, a
//! number or `_`, so a combining accent is none, although Rust's `is_alphanumeric` counts many of them.
//! Read on in [`super::marks`].

use unicode_general_category::{GeneralCategory, get_general_category};

use super::marks;
use crate::Span;

/// A text, taken apart for scoring.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its code points.
    pub chars: Vec<char>,
    /// Its tokens: runs of word characters, and every other visible character by itself.
    pub tokens: Vec<Span>,
    /// For each code point: does it stand inside quotation marks?
    pub marked: Vec<bool>,
    /// The number of visible characters before each code point, and before the end.
    visible: Vec<usize>,
}

/// The visible characters of some spans: which, and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Sorted, and no two share a character.
    spans: Vec<Span>,
    visible: usize,
}

impl Text {
    /// Takes a text apart.
    pub fn new(text: &str) -> Text {
        let chars: Vec<char> = text.chars().collect();
        let mut visible = Vec::with_capacity(chars.len() + 1);
        visible.push(0);
        for (index, &c) in chars.iter().enumerate() {
            visible.push(visible[index] + usize::from(!is_space(c)));
        }
        Text { tokens: tokens(&chars), marked: marks::inside(&chars), chars, visible }
    }

    /// The characters of a span.
    pub fn slice(&self, span: Span) -> &[char] {
        &self.chars[span.start..span.end]
    }

    /// The words that begin in a span.
    pub fn words(&self, span: Span) -> impl Iterator<Item = &[char]> {
        let first = self.tokens.partition_point(|token| token.start < span.start);
        let tokens = self.tokens[first..].iter().take_while(move |token| token.start < span.end);
        tokens.map(|&token| self.slice(token)).filter(|token| is_word(token[0]))
    }

    /// The number of visible characters of a span.
    pub fn visible(&self, span: Span) -> usize {
        self.visible[span.end] - self.visible[span.start]
    }

    /// Takes quotation marks, white space and punctuation off both ends of a span.
    pub fn trim(&self, span: Span) -> Span {
        let Span { mut start, mut end } = span;
        while start < end && TRIMMED.contains(&self.chars[start]) {
            start += 1;
        }
        while end > start && TRIMMED.contains(&self.chars[end - 1]) {
            end -= 1;
        }
        Span { start, end }
    }

    /// The visible characters of spans that may share some.
    pub fn cover(&self, spans: &[Span]) -> Cover {
        let mut sorted = spans.to_vec();
        sorted.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        let visible = joined.iter().map(|&span| self.visible(span)).sum();
        Cover { spans: joined, visible }
    }

    /// The number of visible characters that two covers share.
    pub fn shared(&self, a: &Cover, b: &Cover) -> usize {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(left), Some(right)) = (a.spans.get(i), b.spans.get(j)) {
            let both = Span { start: left.start.max(right.start), end: left.end.min(right.end) };
            if both.start < both.end {
                shared += self.visible(both);
            }
            if left.end < right.end { i += 1 } else { j += 1 }
        }
        shared
    }
}

impl Cover {
    /// The number of visible characters.
    pub fn visible(&self) -> usize {
        self.visible
    }
}

/// What [`Text::trim`] takes off.
const TRIMMED: [char; 18] =
    [' ', '\t', '\r', '\n', '"', '\'', '“', '”', '‘', '’', '«', '»', '.', ',', ';', ':', '!', '?'];

fn tokens(chars: &[char]) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let mut in_word = false;
    for (index, &c) in chars.iter().enumerate() {
        let word = is_word(c);
        match tokens.last_mut() {
            Some(last) if word && in_word => last.end = index + 1,
            _ if !is_space(c) => tokens.push(Span::new(index, index + 1)),
            _ => {}
        }
        in_word = word;
    }
    tokens
}

/// Python's `\w`.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || is_alphanumeric(c)
}

/// Python's `str.isalnum`: the general categories L and N.
pub(super) fn is_alphanumeric(c: char) -> bool {
    use GeneralCategory::{DecimalNumber, LetterNumber, OtherNumber};
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_letter(c) || matches!(get_general_category(c), DecimalNumber | LetterNumber | OtherNumber)
}

/// Python's `str.isalpha`: the general category L.
pub(super) fn is_letter(c: char) -> bool {
    use GeneralCategory::{LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter};
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
    )
}

/// Python's `str.isspace`: Unicode's white space and the four separators of ASCII.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::{Text, is_alphanumeric, is_space, is_word};

    #[track_caller]
    fn check(text: &str, tokens: &[&str]) {
        let text = Text::new(text);
        let found: Vec<String> =
            text.tokens.iter().map(|&token| text.slice(token).iter().collect()).collect();
        assert_eq!(found, tokens);
    }

    #[test]
    fn tokens_are_words_and_single_marks() {
        check("Don’t say “no”…", &["Don", "’", "t", "say", "“", "no", "”", "…"]);
        check("a_1 3½ U.S.\u{a0}--", &["a_1", "3½", "U", ".", "S", ".", "-", "-"]);
        check("", &[]);
        check(" \u{1c}\r\n", &[]);
    }

    #[test]
    fn a_combining_mark_is_a_token() {
        check("Roz\u{301}a", &["Roz", "\u{301}", "a"]);
    }

    #[test]
    fn classes_are_those_of_python() {
        // Rust counts these as alphanumeric, since they are alphabetic; Python goes by the general category.
        for c in ['\u{345}', '\u{93f}', 'Ⓐ'] {
            assert!(c.is_alphanumeric() && !is_alphanumeric(c) && !is_word(c), "{c:?}");
        }
        assert!(['é', 'ß', '中', 'ª', '٣', 'Ⅷ', '½', '²'].into_iter().all(is_alphanumeric));
        assert!(['\u{1c}', '\u{1f}', '\u{85}', '\u{a0}', '\u{2028}', '\u{3000}'].into_iter().all(is_space));
        assert!(!['\u{200b}', '\u{feff}', '\u{180e}'].into_iter().any(is_space));
    }
}
