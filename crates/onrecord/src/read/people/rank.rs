//! How well does a mention fit a pronoun, or a noun?
//!
//! In: the model's score of the pair, and where both stand. Out: one number. News is written so that "he" is whoever the
//! sentence before was about, and "he said" whoever spoke last: what the model has seen of that in other prose is not
//! enough, so places count beside its score.

use super::mention::Found;
use super::same::Choices;
use super::view::View;
use super::{EntityKind, MentionKind};
use crate::read::quote::Attribution;

/// What each sign adds, in the units of the model's scores; chosen on GUM dev and GAP validation.
const SUBJECT: f32 = 1.2;
const SOURCE: f32 = 1.0;
const LAST_SOURCE: f32 = 3.0;
const SENTENCE: f32 = -0.5;
const SENTENCES: u32 = 6;
const QUOTED: f32 = -1.5;
const POSSESSIVE: f32 = -0.5;
const SINGLE_PRONOUN: f32 = 0.5;
/// For each name of a person between the two.
const BETWEEN: f32 = -1.0;
/// For "she" in "While she waited, Ida Brandt called".
const BEHIND: f32 = 2.0;
/// The model's score above none counts up to this.
const SURE: f32 = 8.0;

/// Where mentions stand that may head a source.
pub(super) struct Ranker<'v, 'd> {
    view: &'v View<'d>,
    /// Of each mention whether it heads a source, and the mention that heads the source before.
    source: Vec<Source>,
}

/// What a mention is to the sources.
#[derive(Clone, Copy, Default)]
struct Source {
    /// Whether it heads one.
    heads: bool,
    /// The mention that heads the source before.
    before: Option<usize>,
}

impl<'v, 'd> Ranker<'v, 'd> {
    /// `heads` are those of each attribution.
    pub(super) fn new(
        view: &'v View<'d>,
        attributions: &[Attribution],
        heads: &[Vec<usize>],
        count: usize,
    ) -> Self {
        let mut source = vec![Source::default(); count];
        let mut order: Vec<usize> = (0..attributions.len()).collect();
        order.sort_by_key(|&at| attributions[at].source.first().map(|span| span.start));
        let mut last: Option<usize> = None;
        for at in order {
            if let Some(&head) = heads[at].first().filter(|_| !attributions[at].source.is_empty()) {
                if !source[head].heads {
                    source[head] = Source { heads: true, before: last.filter(|&other| other < head) };
                }
                last = Some(head);
            }
        }
        Ranker { view, source }
    }

    /// The score of joining `at` to `other`, above joining it to none.
    pub(super) fn score(
        &self,
        found: &[Found],
        at: usize,
        other: usize,
        choices: &Choices,
        score: f32,
    ) -> f32 {
        let view = self.view;
        let (own, its) = (found[at].words.start, found[other].words.start);
        let mut total = (score - choices.none).clamp(-SURE, SURE);
        let apart = view.sentence(own).abs_diff(view.sentence(its)).min(SENTENCES);
        total += SENTENCE * f32::from(apart as u8);
        if is_subject(view, found, other) {
            total += SUBJECT;
        }
        if self.source[other].heads {
            total += SOURCE;
        }
        if self.source[at].before == Some(other)
            && view.words[own].paragraph - view.words[its.min(own)].paragraph <= 1
        {
            total += LAST_SOURCE;
        }
        if view.is_quoted(its) && !view.is_quoted(own) {
            total += QUOTED;
        }
        if view.possessive(&found[other].words) > 0 {
            total += POSSESSIVE;
        }
        if found[other].kind == MentionKind::Pronoun && found[other].gender == found[at].gender {
            total += SINGLE_PRONOUN;
        }
        if its > own {
            let is_next = apart == 0 && view.before(its) == Some(",");
            return if is_next { total + BEHIND } else { total };
        }
        total + BETWEEN * f32::from(people_between(found, other, at))
    }
}

/// How many names of people stand between two mentions, at most three.
fn people_between(found: &[Found], other: usize, at: usize) -> u8 {
    let is_person = |mention: &&Found| {
        mention.kind == MentionKind::Name
            && mention.of == Some(EntityKind::Person)
            && mention.words.start >= found[other].words.end
    };
    found[other + 1..at].iter().rev().take(LOOK_BACK).filter(is_person).take(3).count() as u8
}

/// Whether a mention is the first of its sentence that may act: places, and what stands around it, do not count.
fn is_subject(view: &View<'_>, found: &[Found], at: usize) -> bool {
    let own = &found[at].words;
    let sentence = view.sentence(own.start);
    let before =
        found[..at].iter().rev().take_while(|mention| view.sentence(mention.words.start) == sentence);
    before
        .take(LOOK_BACK)
        .all(|mention| mention.words.end > own.start || mention.of == Some(EntityKind::Place))
}

/// Mentions before one that are looked at for a subject.
const LOOK_BACK: usize = 12;
