//! Paragraphs that begin with a speaker's name and a colon: transcripts and interviews.
//!
//! In: a document. Out: its labels by paragraph. A colon alone proves nothing ("Delegate update: …"), so a label
//! is believed when it is a name in capitals or `Q` and `A`, or comes again, and when it is not the only one.

use std::collections::BTreeMap;

use super::scope::View;
use crate::lang::en::{self, Class};
use crate::text::{Kind, Span};

/// The label of one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) name: Span,
    pub(super) colon: Span,
    /// What is said, without a mark that the whole transcript stands in.
    pub(super) content: Span,
}

/// Labels have few words.
const LONGEST_LABEL: usize = 6;

/// The labels of a document's transcript, by paragraph; none where it has no transcript.
pub(super) fn labels(view: &View<'_>) -> BTreeMap<usize, Label> {
    let mut labels = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for paragraph in 0..view.document.paragraphs().len() {
        if let Some(label) = label(view, paragraph) {
            *names.entry(view.document.slice(label.name)).or_default() += 1;
            labels.insert(paragraph, label);
        }
    }
    labels.retain(|_, label| {
        let name = view.document.slice(label.name);
        en::is_speaker_label(name) || names[name] > 1
    });
    if labels.len() < 2 { BTreeMap::new() } else { labels }
}

fn label(view: &View<'_>, paragraph: usize) -> Option<Label> {
    let tokens = view.document.paragraphs()[paragraph].tokens.clone();
    let opening = view.token(tokens.start).kind == Kind::Mark;
    let first = tokens.start + usize::from(opening);
    let colon =
        (first..tokens.end.min(first + LONGEST_LABEL)).find(|&t| view.token(t).kind == Kind::Colon)?;
    let is_name = colon > first
        && (first..colon).all(|t| {
            view.token(t).kind == Kind::Word
                && view.word(t).starts_with(char::is_uppercase)
                && !view.entry(t).is(Class::Saying)
                && !view.entry(t).is(Class::Work)
                && !view.entry(t).is(Class::Time)
        });
    let begins = view.token(colon + 1 - usize::from(colon + 1 >= tokens.end));
    let quoted = begins.kind == Kind::Mark;
    if !is_name || colon + 1 >= tokens.end || quoted {
        return None;
    }
    let closing = opening && view.token(tokens.end - 1).kind == Kind::Mark && tokens.end - 1 > colon + 1;
    let last = tokens.end - 1 - usize::from(closing);
    let name = view.token(first).span.cover(view.token(colon - 1).span);
    let content = view.token(colon + 1).span.cover(view.token(last).span);
    Some(Label { name, colon: view.token(colon).span, content })
}
