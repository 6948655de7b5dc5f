//! Where a sentence ends.
//!
//! In: the tokens of every paragraph. Out: [`Sentence`]s, none of which crosses a paragraph. Quotation marks decide
//! nothing here; readings that need a quotation in one piece join sentences again.
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
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("Gen. Okafor left the U.S. It rained."));
/// let sentence = &document.sentences()[0];
/// assert_eq!(document.slice(sentence.span), "Gen. Okafor left the U.S.");
/// assert_eq!(document.tokens()[sentence.tokens.clone()].len(), 5);
/// ```
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
                    let message =
                        format!("a sentence of over {} tokens was parted", limits::SENTENCE_TOKENS.value);
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

/// How many marks and brackets may stand between a stop and the next word. More are no prose, and the bound keeps
/// the search linear.
const MARKS_AT_END: usize = 8;

/// Whether a sentence ends with the token `at`, which is not the last of its paragraph (`end`).
fn ends_after(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let next = tokens[at + 1];
    let stop = match tokens[at].kind {
        Kind::Stop | Kind::Word => at,
        // A closing mark or bracket ends the sentence whose stop stands right before it.
        Kind::Mark | Kind::Close if closes(tokens, at) => stop_before(tokens, at),
        _ => return false,
    };
    // What closes right behind the stop still belongs to the sentence.
    if next.span.start == tokens[at].span.end && closes(tokens, at + 1) {
        return false;
    }
    let ends_with_stop = tokens[stop].kind == Kind::Stop;
    let reach = end.min(at + 1 + MARKS_AT_END);
    let follower =
        tokens[at + 1..reach].iter().find(|t| !matches!(t.kind, Kind::Mark | Kind::Open | Kind::Dash));
    let Some(follower) = follower else { return ends_with_stop };
    let follower = &text[follower.span.range()];
    match tokens[stop].kind {
        Kind::Stop => {
            let goes_on = matches!(next.kind, Kind::Comma | Kind::Semicolon | Kind::Colon);
            !goes_on && !follower.starts_with(char::is_lowercase)
        }
        Kind::Word => {
            let word = &text[tokens[stop].span.range()];
            word.ends_with('.') && en::may_end_sentence(word) && en::begins_sentence(follower)
        }
        _ => false,
    }
}

/// Whether the mark or bracket at `at` closes, by what stands behind it.
fn closes(tokens: &[Token], at: usize) -> bool {
    let touches_next = tokens.get(at + 1).is_some_and(|next| next.span.start == tokens[at].span.end);
    match tokens[at].kind {
        Kind::Close => true,
        Kind::Mark => !touches_next || matches!(tokens[at + 1].kind, Kind::Mark | Kind::Close),
        _ => false,
    }
}

/// The token before the marks and brackets that end at `at`.
fn stop_before(tokens: &[Token], at: usize) -> usize {
    let mut stop = at;
    while stop > 0 && at - stop < MARKS_AT_END && matches!(tokens[stop].kind, Kind::Mark | Kind::Close) {
        if tokens[stop - 1].span.end != tokens[stop].span.start {
            break;
        }
        stop -= 1;
    }
    stop
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
        check(
            "Mr. Okafor and Gen. Lee met. No. 5 won on Jan. 3.",
            &["Mr. Okafor and Gen. Lee met.", "No. 5 won on Jan. 3."],
        );
        check(
            "The F.B.I. agent met J. R. Roz of the U.S. Senate.",
            &["The F.B.I. agent met J. R. Roz of the U.S. Senate."],
        );
    }

    #[test]
    fn some_abbreviations_may() {
        check(
            "He left the U.S. The senate met at 5 p.m. It rained.",
            &["He left the U.S.", "The senate met at 5 p.m.", "It rained."],
        );
        check("She works at Almond Inc. He does not.", &["She works at Almond Inc.", "He does not."]);
    }

    #[test]
    fn sentences_end_inside_quotation_marks() {
        check(
            "“We go. We stay,” he said. “Why?” she asked.",
            &["“We go.", "We stay,” he said.", "“Why?” she asked."],
        );
        check("He said, “No.” She left.", &["He said, “No.”", "She left."]);
        check("She left. He said, “No.”", &["She left.", "He said, “No.”"]);
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
