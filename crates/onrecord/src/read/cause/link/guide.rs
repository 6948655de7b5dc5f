//! What the model's branch says of a strand: at which words links turn, and how far their parts reach.
//!
//! In: a strand and the scores of a model, if there is one. Out: how sure a link turns at a word, and where its parts
//! begin and end. Where no branch has read, nothing turns, and parts reach as far as their clauses. It never decides.

use std::ops::Range;

use libm::{expf, logf};
use onrecord_kernel::{Place, Pointer, TURNS};

use crate::encode::Scores;
use crate::lang::en::cause::Class;
use crate::read::cause::clause::FAR;
use crate::read::cause::view::{Strand, View};
use crate::text::{Kind, Span};

/// What the branch says of a document.
pub(crate) struct Guide<'a> {
    told: Option<Told<'a>>,
    /// How many marks stand among the words of the model before each.
    marks: Vec<u32>,
}

/// The scores that the branch gives, and of each word those of its turns, where it was read.
struct Told<'a> {
    scores: &'a dyn Scores,
    turns: Vec<Option<[f32; TURNS]>>,
}

/// How a link turns at a word: on which side the cause stands, how much likelier that is than no link, in nats, and how
/// likely any link is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    /// Whether the effect stands first.
    pub(crate) is_back: bool,
    pub(crate) margin: f32,
    pub(crate) probability: f32,
}

/// A part of a link, and how likely it reaches just so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reach {
    pub(crate) range: Range<usize>,
    pub(crate) probability: f32,
}

impl<'a> Guide<'a> {
    pub(crate) fn new(view: &View<'_>, scores: Option<&'a dyn Scores>) -> Guide<'a> {
        let told = scores.map(|scores| Told { scores, turns: scores.turns() });
        let mut count = 0;
        let mut marks = Vec::new();
        for word in told.iter().flat_map(|told| told.scores.words()) {
            marks.push(count);
            count += u32::from(!view.document.slice(word.span).chars().any(char::is_alphanumeric));
        }
        marks.push(count);
        Guide { told, marks }
    }

    /// The words of the model in a token.
    fn words(&self, token: Span) -> Option<Range<usize>> {
        let words = self.told.as_ref()?.scores.words();
        let first = words.partition_point(|word| word.span.end <= token.start);
        let end = words.partition_point(|word| word.span.start < token.end);
        (first < end).then_some(first..end)
    }

    /// How a link turns whose right part begins at `at`.
    pub(crate) fn turn(&self, strand: &Strand<'_, '_>, at: usize) -> Option<Turn> {
        let word = self.words(strand.span_of(at))?.start;
        let [none, on, back] = self.told.as_ref()?.turns[word]?;
        let (is_back, best) = (back > on, on.max(back));
        let probability = 1.0 - expf(none - log_sum([none, on, back]));
        Some(Turn { is_back, margin: best - none, probability })
    }

    /// The left part of a link whose right one begins at `at`: the best stretch `within`.
    pub(crate) fn left(&self, strand: &Strand<'_, '_>, at: usize, within: Range<usize>) -> Option<Reach> {
        let near = within.start.max(at.saturating_sub(FAR))..within.end.min(at);
        let begins = self.pointed(strand, Pointer::Begin, at, near.clone())?;
        let ends = self.pointed(strand, Pointer::End, at, near.clone())?;
        // The best beginning up to each place, then the best end behind its own; and the scores of all there are.
        let (mut best, mut begin): (Option<(f32, Range<usize>)>, Option<usize>) = (None, None);
        let (mut before, mut all) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for place in near.clone().filter(|&place| !strand.is_mark(place)) {
            let offset = place - near.start;
            if begin.is_none_or(|begin| begins[offset] > begins[begin]) {
                begin = Some(offset);
            }
            let first = begin.unwrap_or(offset);
            let score = begins[first] + ends[offset];
            if best.as_ref().is_none_or(|(least, _)| score > *least) {
                best = Some((score, near.start + first..place + 1));
            }
            before = log_sum([before, begins[offset]]);
            all = log_sum([all, before + ends[offset]]);
        }
        best.map(|(score, range)| Reach { range, probability: expf(score - all) })
    }

    /// Where the left part of such a link begins that ends with `within`.
    pub(crate) fn begin(&self, strand: &Strand<'_, '_>, at: usize, within: Range<usize>) -> usize {
        let near = within.start.max(at.saturating_sub(FAR))..within.end.min(at);
        match self.pointed(strand, Pointer::Begin, at, near.clone()) {
            Some(scores) => near.start + best(strand, near, &scores),
            None => strand.clause_start(within.start, within.end),
        }
    }

    /// The right part of a link that begins at `at`, not behind `limit`.
    pub(crate) fn right(&self, strand: &Strand<'_, '_>, at: usize, limit: usize) -> Option<Reach> {
        let near = at..limit.min(at + FAR);
        let scores = self.pointed(strand, Pointer::Last, at, near.clone())?;
        let last = best(strand, near, &scores);
        let probability = expf(scores[last] - log_sum(scores));
        Some(Reach { range: at..at + last + 1, probability })
    }

    /// Behind which word the right part ends that begins at `at`, not behind `limit`.
    pub(crate) fn end(&self, strand: &Strand<'_, '_>, at: usize, limit: usize) -> usize {
        self.right(strand, at, limit)
            .map_or_else(|| clause_end(strand, at).min(limit.min(at + FAR)), |right| right.range.end)
    }

    fn pointed(
        &self,
        strand: &Strand<'_, '_>,
        pointer: Pointer,
        from: usize,
        to: Range<usize>,
    ) -> Option<Vec<f32>> {
        let scores = self.told.as_ref()?.scores;
        let from = self.words(strand.span_of(from))?.start;
        let words: Option<Vec<(usize, Place)>> = to
            .map(|at| {
                let words = self.words(strand.span_of(at))?;
                let word = if pointer == Pointer::Begin { words.start } else { words.end - 1 };
                Some((word, self.place(from, word)))
            })
            .collect();
        scores.pointed(pointer, from, &words?)
    }

    /// How a word lies to another, in the classes that the branch was trained with.
    fn place(&self, from: usize, to: usize) -> Place {
        let before = to < from;
        let (left, right) = (from.min(to), from.max(to));
        let between = (left + 1..right).len();
        let marks = if between == 0 { 0 } else { self.marks[right] - self.marks[left + 1] };
        Place { distance: Place::distance(between, before), between: marks.min(3) as u8, paragraph: 0 }
    }
}

/// The logarithm of the sum of what these are the logarithms of. By `libm`, which gives the same bits everywhere.
fn log_sum(scores: impl IntoIterator<Item = f32, IntoIter: Clone>) -> f32 {
    let scores = scores.into_iter();
    let most = scores.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + logf(scores.map(|score| expf(score - most)).sum())
}

/// The offset of the best word in `range`; of equals the first.
fn best(strand: &Strand<'_, '_>, range: Range<usize>, scores: &[f32]) -> usize {
    let places = range.enumerate().filter(|&(_, at)| !strand.is_mark(at)).map(|(offset, _)| offset);
    places.reduce(|best, other| if scores[other] > scores[best] { other } else { best }).unwrap_or(0)
}

/// Where the clause ends that begins at `first`: before the mark behind which another begins.
fn clause_end(strand: &Strand<'_, '_>, first: usize) -> usize {
    let is_comma = |at: usize| strand.is_kind(at, Kind::Comma) && strand.begins_clause(at + 1);
    let end = next_clause(strand, first);
    (first + 1..end).find(|&at| is_comma(at)).unwrap_or(end)
}

/// Where a clause is joined to the one that begins at `first`: "…, and the report prompted".
pub(super) fn next_clause(strand: &Strand<'_, '_>, first: usize) -> usize {
    let joins = |&at: &usize| match strand.kind(at) {
        Some(Kind::Semicolon | Kind::Colon) => true,
        Some(Kind::Comma) => {
            strand.is_any(at + 1, &[Class::But, Class::And, Class::So]) && strand.begins_clause(at + 2)
        }
        _ => false,
    };
    (first + 1..strand.len().min(first + FAR)).find(joins).unwrap_or(strand.len())
}
