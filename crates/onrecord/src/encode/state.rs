//! Which words stand inside double quotation marks.
//!
//! In: the words of a text. Out: their [`State`]s. A mark opens or closes by what is open before it and what stands
//! right behind it, nothing else, and what a paragraph leaves open ends with it.
//! It never looks back, and never at single marks. Next: `pieces.rs` hands the states to the model.

use super::unicode::is_alphanumeric;
use super::words::{State, Word};

/// A double mark, by what its shape says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `“` `«` `„`
    Opening,
    /// `”` `»`
    Closing,
    /// `"`, and two apostrophes or back-ticks that touch: nothing.
    Straight,
}

/// Sets the states of all words.
pub(super) fn mark(text: &str, words: &mut [Word]) {
    let mut inside = false;
    let mut at = 0;
    while at < words.len() {
        inside &= !words[at].start;
        let around = if inside { State::Inside } else { State::Outside };
        let Some((mark, size)) = mark_at(text, &words[at..]) else {
            words[at].state = around;
            at += 1;
            continue;
        };
        let next = text[words[at + size - 1].span.end as usize..].chars().next();
        let before_word = next.is_some_and(is_alphanumeric);
        // A mark that faces the wrong way changes nothing.
        let stays = match mark {
            Mark::Opening => inside && before_word,
            Mark::Closing => !inside && !before_word,
            Mark::Straight => false,
        };
        let state = match (stays, inside) {
            (true, _) => around,
            (false, true) => State::Closing,
            (false, false) => State::Opening,
        };
        inside ^= !stays;
        for word in &mut words[at..at + size] {
            word.state = state;
        }
        at += size;
    }
}

/// The double mark that the first of `words` is or begins, and how many words it takes.
fn mark_at(text: &str, words: &[Word]) -> Option<(Mark, usize)> {
    let word = words.first()?.span;
    let rest = &text[word.start as usize..];
    // Most words, told by one byte.
    if rest.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    match &rest[..word.len()] {
        "“" | "«" | "„" => Some((Mark::Opening, 1)),
        "”" | "»" => Some((Mark::Closing, 1)),
        "\"" => Some((Mark::Straight, 1)),
        // Marks are words of their own, hence the next one is the second of the pair.
        "'" if rest.starts_with("''") => Some((Mark::Straight, 2)),
        "`" if rest.starts_with("``") => Some((Mark::Straight, 2)),
        _ => None,
    }
}
