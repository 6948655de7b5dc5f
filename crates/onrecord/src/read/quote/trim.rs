//! Which words at the ends of a content does nobody count to it?
//!
//! In: a content as the model marked it. Out: the content without a comma, a conjunction or half a pair of marks at its
//! ends. It never cuts in the middle, and leaves a content of nothing else as it is. Next: `join`.

use std::ops::Range;

use crate::Document;
use crate::encode::{State, Word};
use crate::lang::en::{self, Class};

/// The content without what belongs to the sentence around it.
pub(super) fn trim(document: &Document, words: &[Word], content: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = content.clone();
    let text = |at: usize| document.slice(words[at].span);
    while start < end
        && (words[start].state == State::Closing || matches!(text(start), "," | ";" | ":" | ")"))
    {
        start += 1;
    }
    let opened = (start..end).find(|&at| text(at) == "(");
    while start < end {
        let last = end - 1;
        let entry = en::look_up(text(last));
        let opens = words[last].state == State::Opening;
        let dangles = matches!(text(last), "," | ";" | ":" | "(") || entry.is(Class::Coordinator);
        let relative = entry.is(Class::Relative) && last > start && text(last - 1) == ",";
        let closes = text(last) == ")" && opened.is_none_or(|at| at >= last);
        if !(opens || dangles || relative || closes) {
            break;
        }
        end = last;
    }
    if start < end { start..end } else { content }
}
