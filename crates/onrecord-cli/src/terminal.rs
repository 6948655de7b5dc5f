//! Text from outside that is safe to look at: what acts or hides is shown, never done.
//!
//! In: text of an article, a path, a message. Out: the same, with every character that a terminal would obey or an
//! eye would miss as a visible escape such as `\u{202e}`. It never changes a character that prints.
//! The joiners U+200C and U+200D stay: emoji and several scripts are not readable without them.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` acts on a terminal, reorders the text around it, or stands there unseen. Line ends and tabs do not
/// count: callers lay out lines themselves.
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\t' => false,
        c => c.is_control() || steers(c) || is_unseen(c),
    }
}

/// The marks and overrides of the bidirectional algorithm.
fn steers(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters of no width, fillers, and separators that some terminals obey.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
            | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// `text` with its lines kept, CRLF and CR as line ends.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            c if is_hidden(c) => push_escape(&mut out, c),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// `text` on one line: white space of any kind and length becomes one space.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&visible(word));
    }
    out
}

/// The visible escape of one character.
pub(crate) fn push_escape(out: &mut String, c: char) {
    write!(out, "\\u{{{:x}}}", u32::from(c)).expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_prints_stays() {
        for text in ["", "“Não,” said Zoë Ångström.\n\tNão.", "👩\u{200d}👩\u{200d}👧 𝒊 🇫🇷", "日本 العربية"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn what_acts_is_shown() {
        let check = |text: &str, expected: &str| assert_eq!(visible(text), expected);
        check("\u{1b}[2J\u{1b}]0;x\u{7}", "\\u{1b}[2J\\u{1b}]0;x\\u{7}");
        check("\u{9b}31m\u{7f}\0\u{85}", "\\u{9b}31m\\u{7f}\\u{0}\\u{85}");
        check("said \u{202e}eoD naJ\u{202c}.", "said \\u{202e}eoD naJ\\u{202c}.");
        check("J\u{200b}an D\u{ad}oe\u{e0061}", "J\\u{200b}an D\\u{ad}oe\\u{e0061}");
        check("a\r\nb\rc", "a\nb\nc");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" a\r\n b\u{2028}c\t\u{85}d\u{1b} "), "a b c d\\u{1b}");
    }
}
