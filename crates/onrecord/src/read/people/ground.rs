//! Why is a source not named?
//!
//! In: the words of a document. Out: the stated grounds, each with the mention of whom it is said: "spoke on condition of
//! anonymity because they were not authorized to speak". A ground runs from the words that tell it to the end of its clause.
//! Next: `speaker.rs`.

use std::ops::Range;

use super::cluster::Cast;
use super::view::View;
use super::{EntityKind, MentionKind};
use crate::lang::en;
use crate::text::Span;

/// A stated ground for not naming someone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ground {
    pub(super) span: Span,
    /// Of whom: a mention.
    pub(super) of: Option<usize>,
    /// The sentence that it stands in.
    pub(super) sentence: u32,
}

/// All stated grounds, in order.
pub(super) fn grounds(view: &View<'_>, cast: &Cast) -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    let mut at = 0;
    while at < view.words.len() {
        let Some(length) = begins(view, at) else {
            at += 1;
            continue;
        };
        let words = at..end(view, at, at + length);
        grounds.push(Ground { span: view.span(&words), of: of(view, cast, at), sentence: view.sentence(at) });
        at = words.end;
    }
    grounds
}

/// How many words tell that somebody is not named, if they begin here.
fn begins(view: &View<'_>, at: usize) -> Option<usize> {
    let phrase = en::people::anonymity(view.text(at))?;
    let fits = |words: &&&[&str]| {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| view.near(at, Some(at + i)).is_some_and(|text| text.eq_ignore_ascii_case(word)))
    };
    phrase.iter().find(fits).map(|words| words.len())
}

/// The end of the clause: a stop, a semicolon, a bracket, a quotation mark, or a comma with the main verb behind it.
fn end(view: &View<'_>, start: usize, mut at: usize) -> usize {
    while at < view.words.len() && view.sentence(at) == view.sentence(start) {
        let text = view.text(at);
        let closes =
            matches!(text, ";" | "(" | ")" | "“" | "”" | "\"" | "—" | "–") || en::ends_sentence(text);
        if closes && !view.is_inside_word(at) {
            return at;
        }
        if text == "," && !goes_on(view, at) {
            return at;
        }
        at += 1;
    }
    at
}

/// Whether a ground goes on behind a comma: ", because …", ", as he …", "sensitive, private talks".
fn goes_on(view: &View<'_>, comma: usize) -> bool {
    let Some(next) = view.near(comma, Some(comma + 1)) else { return false };
    en::people::gives_ground(next) && !matches!(view.near(comma, Some(comma + 2)), Some("did"))
}

/// The mention of whom it is said: the last person without a name before it, in its sentence.
fn of(view: &View<'_>, cast: &Cast, at: usize) -> Option<usize> {
    let end = cast.found.partition_point(|mention| mention.words.start < at);
    let here = cast.found[..end].iter().enumerate().rev();
    let mut here = here.take_while(|(_, mention)| view.sentence(mention.words.start) == view.sentence(at));
    let is_unnamed = |words: &Range<usize>| view.possessive(words) == 0;
    here.find(|(_, mention)| {
        mention.kind == MentionKind::Nominal
            && matches!(mention.of, Some(EntityKind::Person | EntityKind::Group))
            && is_unnamed(&mention.words)
    })
    .map(|(at, _)| at)
}
