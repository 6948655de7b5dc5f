//! The properties of characters that words and pieces go by.
//!
//! In: a character. Out: what it does to a word ([`Kind`]), whether it is a letter or digit, whether a piece keeps it.
//! It never asks the standard library or a crate about a character that Unicode 14 does not assign
//! (`assigned.rs`), and knows the few whose properties changed since.
//! Next: `words.rs` and `fold.rs`, which ask.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

use super::assigned::is_assigned;

/// What a character does to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends a word and the line.
    LineEnd,
    /// Ends a word.
    Space,
    /// Ends a word and is one: punctuation, and the ideographs of Chinese, Japanese and Korean.
    Alone,
    /// A capital within a word.
    Upper,
    /// A small letter within a word.
    Lower,
    /// Anything else within a word: digits, letters without case, symbols, what Unicode 14 does not know.
    Plain,
}

pub(super) fn kind(c: char) -> Kind {
    if c.is_ascii() { kind_of_ascii(c as u8) } else { kind_of_other(c) }
}

/// The kind of an ASCII character.
pub(super) fn kind_of_ascii(byte: u8) -> Kind {
    const KINDS: [Kind; 128] = {
        let mut kinds = [Kind::Plain; 128];
        let mut byte = 0_u8;
        while byte < 128 {
            kinds[byte as usize] = match byte {
                b'\n' | b'\r' => Kind::LineEnd,
                // Unlike the standard library, Python counts the four separators of ASCII as white space.
                b'\t'..=b'\r' | 0x1c..=0x1f | b' ' => Kind::Space,
                b'A'..=b'Z' => Kind::Upper,
                b'a'..=b'z' => Kind::Lower,
                _ if byte.is_ascii_punctuation() => Kind::Alone,
                _ => Kind::Plain,
            };
            byte += 1;
        }
        kinds
    };
    KINDS[usize::from(byte)]
}

fn kind_of_other(c: char) -> Kind {
    if is_ideograph(c) {
        Kind::Alone
    } else if !is_assigned(c) {
        Kind::Plain
    } else if is_punctuation(c) {
        Kind::Alone
    } else if c.is_whitespace() {
        Kind::Space
    } else if c.is_uppercase() {
        Kind::Upper
    } else if is_lowercase(c) {
        Kind::Lower
    } else {
        Kind::Plain
    }
}

/// Python's `str.isalnum`: letters, marks not among them, and numbers of every kind.
pub(super) fn is_alphanumeric(c: char) -> bool {
    use Category::{
        DecimalNumber, LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, OtherNumber,
        TitlecaseLetter, UppercaseLetter,
    };
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_assigned(c)
        && matches!(
            get_general_category(c),
            UppercaseLetter
                | LowercaseLetter
                | TitlecaseLetter
                | ModifierLetter
                | OtherLetter
                | DecimalNumber
                | LetterNumber
                | OtherNumber
        )
}

/// Whether no piece ever holds it: control, format, private and unassigned characters, and the mark that a decoder
/// leaves for what it could not read.
pub(super) fn is_dropped(c: char) -> bool {
    use Category::{Control, Format, PrivateUse};
    c == char::REPLACEMENT_CHARACTER
        || !is_assigned(c)
        || matches!(get_general_category(c), Control | Format | PrivateUse)
}

/// Whether it is a mark that takes no room of its own, as accents do: category Mn.
pub(super) fn is_accent(c: char) -> bool {
    /// AHOM CONSONANT SIGN MEDIAL RA was one until Unicode 15.
    const MEDIAL_RA: char = '\u{1171e}';
    !c.is_ascii() && is_assigned(c) && (c == MEDIAL_RA || get_general_category(c) == Category::NonspacingMark)
}

fn is_punctuation(c: char) -> bool {
    use Category::{
        ClosePunctuation, ConnectorPunctuation, DashPunctuation, FinalPunctuation, InitialPunctuation,
        OpenPunctuation, OtherPunctuation,
    };
    matches!(
        get_general_category(c),
        ConnectorPunctuation
            | DashPunctuation
            | OpenPunctuation
            | ClosePunctuation
            | InitialPunctuation
            | FinalPunctuation
            | OtherPunctuation
    )
}

fn is_lowercase(c: char) -> bool {
    match c {
        // Small since a later version.
        '\u{10fc}' | '\u{a7f2}'..='\u{a7f4}' | '\u{ab69}' => false,
        // Without case since a later version.
        '\u{295}' => true,
        _ => c.is_lowercase(),
    }
}

/// The blocks that the tokenizer of BERT parts.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b920}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}
