//! Where a sentence ends.
//!
//! A stop ends a sentence unless the next word goes on in lower case. Stops of abbreviations are part of their
//! word (see [`super::token`]), so only those that can end a sentence ("Inc.", "U.S.", "a.m.") are weighed
//! again: they do when a word follows that begins sentences. Closing marks and brackets belong to the sentence
//! that they close, inside a quotation as outside.

use std::ops::Range;

use super::{Kind, Paragraph, Span, Token};
use crate::lang::en;
use crate::{Warning, limits};

/// A sentence of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The paragraph: an index.
    pub paragraph: usize,
}

/// Splits every paragraph into sentences, and tells it which are its own.
pub(super) fn split(
    text: &str,
    tokens: &[Token],
    paragraphs: &mut [Paragraph],
    warnings: &mut Vec<Warning>,
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (paragraph, part) in paragraphs.iter_mut().enumerate() {
        let first_sentence = sentences.len();
        let mut first = part.tokens.start;
        for at in part.tokens.clone() {
            let too_long = at + 1 - first >= limits::SENTENCE_TOKENS.value && at + 1 < part.tokens.end;
            if at + 1 == part.tokens.end || too_long || ends_after(text, tokens, at, part.tokens.end) {
                let span = tokens[first].span.cover(tokens[at].span);
                if too_long {
                    let message = format!("a sentence of over {} tokens was parted", limits::SENTENCE_TOKENS.value);
                    warnings.push(Warning::new(limits::SENTENCE_TOKENS.code, span, message));
                }
                sentences.push(Sentence { span, tokens: first..at + 1, paragraph });
                first = at + 1;
            }
        }
        part.sentences = first_sentence..sentences.len();
    }
    sentences
}

/// Whether a sentence ends with the token `at`, which is not the last of its paragraph (`end`).
fn ends_after(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let token = tokens[at];
    let next = tokens[at + 1];
    let closes = |t: Token, after: Token| match t.kind {
        Kind::Close => true,
        Kind::Mark => t.span.end != after.span.start || matches!(after.kind, Kind::Mark | Kind::Close),
        _ => false,
    };
    let stop = match token.kind {
        Kind::Stop => at,
        Kind::Word => at,
        // A closing mark or bracket ends the sentence whose stop stands right before it.
        Kind::Mark | Kind::Close if closes(token, next) => {
            let mut stop = at;
            while stop > 0 && matches!(tokens[stop].kind, Kind::Mark | Kind::Close) && tokens[stop - 1].span.end == tokens[stop].span.start {
                stop -= 1;
            }
            stop
        }
        _ => return false,
    };
    // What closes right behind the stop still belongs to the sentence.
    if next.span.start == token.span.end && closes(next, tokens.get(at + 2).copied().filter(|_| at + 2 < end).unwrap_or(next)) {
        return false;
    }
    let follower = tokens[at + 1..end].iter().find(|t| !matches!(t.kind, Kind::Mark | Kind::Open | Kind::Dash));
    let Some(follower) = follower else { return tokens[stop].kind == Kind::Stop };
    let follower = &text[follower.span.range()];
    match tokens[stop].kind {
        Kind::Stop => !follower.starts_with(char::is_lowercase) && !matches!(tokens[at + 1].kind, Kind::Comma | Kind::Semicolon | Kind::Colon),
        Kind::Word => {
            let word = &text[tokens[stop].span.range()];
            word.ends_with('.') && en::may_end_sentence(word) && en::begins_sentence(follower)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Document};

    fn check(text: &str, expected: &[&str]) {
        let document = Document::new(Article::new(text));
        let found: Vec<&str> = document.sentences().iter().map(|s| document.slice(s.span)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Mr. Okafor and Gen. Lee met. No. 5 won on Jan. 3.", &["Mr. Okafor and Gen. Lee met.", "No. 5 won on Jan. 3."]);
        check("The F.B.I. agent met J. R. Roz of the U.S. Senate.", &["The F.B.I. agent met J. R. Roz of the U.S. Senate."]);
    }

    #[test]
    fn some_abbreviations_may() {
        check("He left the U.S. The senate met at 5 p.m. It rained.", &["He left the U.S.", "The senate met at 5 p.m.", "It rained."]);
        check("She works at Almond Inc. He does not.", &["She works at Almond Inc.", "He does not."]);
    }

    #[test]
    fn sentences_end_inside_quotation_marks() {
        check("“We go. We stay,” he said. “Why?” she asked.", &["“We go.", "We stay,” he said.", "“Why?” she asked."]);
        check("He said, “No.” She left.", &["He said, “No.”", "She left."]);
        check("(He left.) She stayed.", &["(He left.)", "She stayed."]);
    }

    #[test]
    fn ellipses_and_runs_of_stops() {
        check("Well... maybe. What?! No… He left.", &["Well... maybe.", "What?!", "No…", "He left."]);
    }

    #[test]
    fn numbers_keep_their_point() {
        check("It cost 3.5 million. 2016 was worse.", &["It cost 3.5 million.", "2016 was worse."]);
    }
}
