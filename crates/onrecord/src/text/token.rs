//! Words, numbers and marks.
//!
//! In: the spans of paragraphs. Out: [`Token`]s, the units that every later step counts in. Characters that show
//! nothing belong to no token's end. Whether a mark opens, closes or is an apostrophe is told by [`super::quotation`].
//!
//! A word keeps its inner hyphens and apostrophes ("vice-president", "didn't"); what stands for a verb or a
//! possessive after it is a word of its own ("She" "'s"). A full stop belongs to its abbreviation ("Gen.",
//! "F.B.I."), so that only real ends of sentences are tokens of kind [`Kind::Stop`].

use super::{Paragraph, Span};
use crate::lang::en;

/// A word, number or mark.
///
/// ```
/// use onrecord::{Article, Document, text::Kind};
///
/// let document = Document::new(Article::new("She didn't say."));
/// let words: Vec<&str> = document.tokens().iter().map(|token| document.slice(token.span)).collect();
/// assert_eq!(words, ["She", "didn't", "say", "."]);
/// assert_eq!(document.tokens()[3].kind, Kind::Stop);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with inner apostrophes, hyphens and the stops of abbreviations.
    Word,
    /// Digits, with inner stops and commas.
    Number,
    /// A quotation mark or an apostrophe: [`super::Quotation`] tells which.
    Mark,
    /// `.` `!` `?` `…` or a run of them.
    Stop,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash between words: `—`, `–`, `―`, `--`, or a hyphen with space around it.
    Dash,
    /// `(` `[` `{`
    Open,
    /// `)` `]` `}`
    Close,
    /// Any other character.
    Symbol,
}

/// Splits paragraphs into tokens.
pub(super) fn split(text: &str, lines: &[Span]) -> (Vec<Token>, Vec<Paragraph>) {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut paragraphs = Vec::with_capacity(lines.len());
    for &span in lines {
        let first = tokens.len();
        Scanner { text, at: span.start as usize, end: span.end as usize, tokens: &mut tokens }.run();
        if tokens.len() > first {
            paragraphs.push(Paragraph { span, tokens: first..tokens.len(), sentences: 0..0 });
        }
    }
    (tokens, paragraphs)
}

/// Characters that show nothing and may stand anywhere: zero-width, bidi controls, tags, variation selectors.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c) || is_ignorable(c)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Longer runs of letters and stops are no initials; the bound keeps the scan linear.
const LONGEST_INITIALS: usize = 16;

struct Scanner<'t, 'o> {
    text: &'t str,
    at: usize,
    end: usize,
    tokens: &'o mut Vec<Token>,
}

impl Scanner<'_, '_> {
    fn run(mut self) {
        while let Some(c) = self.peek(self.at) {
            if c.is_whitespace() || is_ignorable(c) || is_combining(c) {
                self.at += c.len_utf8();
            } else if c.is_numeric() {
                self.number();
            } else if c.is_alphanumeric() {
                self.word();
            } else {
                self.mark(c);
            }
        }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn push(&mut self, end: usize, kind: Kind) {
        self.tokens.push(Token { span: Span::new(self.at, end), kind });
        self.at = end;
    }

    /// `1,200.5`, `2016`, `46th`, `90s`; a digit that begins a word makes it a number.
    fn number(&mut self) {
        let mut end = self.at;
        while let Some(c) = self.peek(end) {
            let next = end + c.len_utf8();
            let joins = matches!(c, '.' | ',' | '-' | ':') && self.peek(next).is_some_and(char::is_numeric);
            let hyphen = c == '-' && self.peek(next).is_some_and(char::is_alphanumeric);
            if !is_word(c) && !joins && !hyphen {
                break;
            }
            end = next;
        }
        let end = self.without_ignorable(end);
        self.push(end, Kind::Number);
    }

    fn word(&mut self) {
        if let Some(length) = en::dotted_abbreviation(&self.text[self.at..self.end]) {
            self.push(self.at + length, Kind::Word);
            return;
        }
        let mut end = self.at;
        let mut clitic = None;
        while let Some(c) = self.peek(end) {
            let next = end + c.len_utf8();
            let follower = self.peek(next);
            if is_apostrophe(c) && follower.is_some_and(char::is_alphabetic) {
                clitic = en::is_clitic(self.rest_of_word(next)).then_some(end);
                if clitic.is_some() {
                    break;
                }
            } else if c == '.' {
                let stop_is_inner = follower.is_some_and(|f| f.is_lowercase() || f.is_numeric())
                    || (follower.is_some_and(char::is_alphabetic)
                        && end - self.at < LONGEST_INITIALS
                        && is_initials(self.text[self.at..end].rsplit('-').next().unwrap_or_default()));
                if !stop_is_inner {
                    break;
                }
            } else if !(is_word(c)
                || (matches!(c, '-' | '‑' | '&' | '/') && follower.is_some_and(char::is_alphanumeric)))
            {
                break;
            }
            end = next;
        }
        let end = self.without_ignorable(end);
        let word = &self.text[self.at..end];
        let keeps_stop = self.peek(end) == Some('.')
            && clitic.is_none()
            && self.peek(end + 1) != Some('.')
            && keeps_stop(word, &self.text[end + 1..self.end]);
        self.push(end + usize::from(keeps_stop), Kind::Word);
        if clitic == Some(end) {
            let apostrophe = self.peek(end).map_or(0, char::len_utf8);
            let end = end + apostrophe + self.rest_of_word(end + apostrophe).len();
            self.push(end, Kind::Word);
        }
    }

    /// The letters from `at` on, for words that are short: enough to know a clitic.
    fn rest_of_word(&self, at: usize) -> &str {
        let rest = &self.text[at..self.end];
        let mut chars = rest.char_indices().take(4);
        let end = chars.find(|&(_, c)| !is_word(c)).map(|(i, _)| i);
        &rest[..end.unwrap_or_else(|| rest.char_indices().nth(4).map_or(rest.len(), |(i, _)| i))]
    }

    fn without_ignorable(&self, end: usize) -> usize {
        let word = &self.text[self.at..end];
        self.at + word.trim_end_matches(is_ignorable).len()
    }

    fn mark(&mut self, c: char) {
        let next = self.at + c.len_utf8();
        let kind = match c {
            '“' | '”' | '„' | '‟' | '"' | '″' | '＂' | '«' | '»' | '‹' | '›' | '‚' | '‛' => {
                Kind::Mark
            }
            '\'' | '‘' | '’' | '`' | '´' => {
                let doubled = self.peek(next) == Some(c)
                    && !(self.closes_here() && self.peek(next + c.len_utf8()) == Some(c));
                self.push(if doubled { next + c.len_utf8() } else { next }, Kind::Mark);
                return;
            }
            '.' | '!' | '?' | '…' => {
                let rest = self.text[self.at..self.end].trim_start_matches(['.', '!', '?', '…']);
                self.push(self.end - rest.len(), Kind::Stop);
                return;
            }
            '-' | '—' | '–' | '―' | '‒' => {
                let rest = self.text[self.at..self.end].trim_start_matches(['-', '—', '–', '―', '‒']);
                self.push(self.end - rest.len(), Kind::Dash);
                return;
            }
            ',' => Kind::Comma,
            ':' => Kind::Colon,
            ';' => Kind::Semicolon,
            '(' | '[' | '{' => Kind::Open,
            ')' | ']' | '}' => Kind::Close,
            _ => Kind::Symbol,
        };
        self.push(next, kind);
    }

    /// Whether a mark here stands at the end of something: of three apostrophes the first then closes alone.
    fn closes_here(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(|c| !c.is_whitespace())
    }
}

/// Whether a full stop behind a word belongs to it: initials, abbreviations, and those behind a hyphen ("D-Wis.").
fn keeps_stop(word: &str, after: &str) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    (is_initials(last) && word != "I") || en::keeps_stop(last, after)
}

/// `U`, `F.B`, `a.m`: single letters parted by stops.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
        && (word.contains('.') || word.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (tokens, _) = split(text, &[Span::new(0, text.len())]);
        let found: Vec<&str> = tokens.iter().map(|t| &text[t.span.range()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_keep_their_inner_marks() {
        check("The vice-president didn't say so.", &["The", "vice-president", "didn't", "say", "so", "."]);
        check("She's the mayor’s aide", &["She", "'s", "the", "mayor", "’s", "aide"]);
        check("AT&T and a.m. and 3.5", &["AT&T", "and", "a.m.", "and", "3.5"]);
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check(
            "Gen. J. R. Okafor of the F.B.I. left.",
            &["Gen.", "J.", "R.", "Okafor", "of", "the", "F.B.I.", "left", "."],
        );
        check(
            "Rep. Roz (D-Wis.) and Sen. Ek (R-N.C.)",
            &["Rep.", "Roz", "(", "D-Wis.", ")", "and", "Sen.", "Ek", "(", "R-N.C.", ")"],
        );
        check("the U.S. Senate", &["the", "U.S.", "Senate"]);
        check("It rained.Then", &["It", "rained", ".", "Then"]);
        check("example.org is up", &["example.org", "is", "up"]);
    }

    #[test]
    fn marks() {
        check(
            "''Yes,'' he said -- “no…”",
            &["''", "Yes", ",", "''", "he", "said", "--", "“", "no", "…", "”"],
        );
        check("``Yes,''", &["``", "Yes", ",", "''"]);
        check("''He said 'no.'''", &["''", "He", "said", "'", "no", ".", "'", "''"]);
    }

    #[test]
    fn invisible_characters_belong_to_no_end() {
        check("J\u{200b}an\u{2069} Doe\u{feff}.", &["J\u{200b}an", "Doe", "."]);
        check("\u{202e}eoD naJ\u{202c}", &["eoD", "naJ"]);
        check("Zoe\u{308} said", &["Zoe\u{308}", "said"]);
    }
}
