//! Which words did the model mark as source, cue and content, and which of them belong together?
//!
//! In: scores of tags and links. Out: attributions as ranges of words. It knows no rule on quotation marks but one:
//! a content without them lies in the paragraph of its cue, and near it. Next: `join` puts these beside what the
//! rules on marks found.
//!
//! The best row of tags is found by the algorithm of Viterbi (1967), so that no span begins in its middle.

use std::ops::Range;

use onrecord_kernel::{Link, Place, TAGS};

use super::trim::trim;
use crate::Document;
use crate::encode::{Scores, State, Word};

/// Words between a content and its cue, or a cue and its source.
const FAR: usize = 150;
/// Words between a content without quotation marks and its cue.
const FAR_UNMARKED: usize = 25;
/// Paragraphs between two spans of one attribution.
const FAR_PARAGRAPHS: u32 = 2;
/// Scores below this bar a move.
const BARRED: f32 = -1e4;

/// An attribution in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagged {
    pub(super) source: Option<Range<usize>>,
    pub(super) cue: Range<usize>,
    pub(super) content: Vec<Range<usize>>,
}

/// Spans of words by role, in order.
#[derive(Default)]
struct Spans {
    sources: Vec<Range<usize>>,
    cues: Vec<Range<usize>>,
    contents: Vec<Range<usize>>,
}

/// Reads the attributions that the model marks, in order of their cues. A content that links to no cue is left out.
pub(super) fn read(document: &Document, scores: &dyn Scores) -> Vec<Tagged> {
    let words = scores.words();
    let (tags, moves) = scores.tags();
    let Spans { sources, cues, contents } = spans(&best(&tags, &moves, &fresh_starts(document, words)));
    let cue_of = links(scores, Link::Cue, &contents, &cues, &cues);
    let source_of = links(scores, Link::Source, &cues, &sources, &cues);
    let mut found: Vec<Tagged> = cues
        .iter()
        .zip(source_of)
        .map(|(cue, source)| Tagged {
            source: source.map(|at| sources[at].clone()),
            cue: cue.clone(),
            content: Vec::new(),
        })
        .collect();
    for (content, cue) in contents.into_iter().zip(cue_of) {
        if let Some(cue) = cue {
            found[cue].content.push(trim(document, words, content));
        }
    }
    for tagged in &mut found {
        keep_one_paragraph(tagged, words);
    }
    found.retain(|tagged| is_whole(tagged, words));
    found
}

/// Leaves the pieces of one paragraph: that of the cue, else that of the piece nearest to it. What stands in another is a
/// turn of its own, unless marks carry it on, which the rules see.
fn keep_one_paragraph(tagged: &mut Tagged, words: &[Word]) {
    let home = words[tagged.cue.start].paragraph;
    let paragraph = |piece: &Range<usize>| words[piece.start].paragraph;
    let nearest = tagged.content.iter().map(paragraph).min_by_key(|paragraph| paragraph.abs_diff(home));
    tagged.content.retain(|piece| Some(paragraph(piece)) == nearest);
}

/// Whether a row has all it needs. Without marks and without a source there is too little to go by: of such rows four in
/// five are wrong.
fn is_whole(tagged: &Tagged, words: &[Word]) -> bool {
    let is_marked = |content: &Range<usize>| !is_unmarked(content, words);
    !tagged.content.is_empty() && (tagged.source.is_some() || tagged.content.iter().any(is_marked))
}

fn is_unmarked(span: &Range<usize>, words: &[Word]) -> bool {
    words[span.clone()].iter().all(|word| word.state == State::Outside)
}

/// At which words no span goes on: where a paragraph begins, or a sentence outside of quotation marks.
fn fresh_starts(document: &Document, words: &[Word]) -> Vec<bool> {
    let mut sentences = document.sentences().iter().map(|sentence| sentence.span.start).peekable();
    let begins = |word: &Word| {
        let mut begins = word.start;
        while sentences.next_if(|&start| start <= word.span.start).is_some() {
            begins |= word.state != State::Inside;
        }
        begins
    };
    words.iter().map(begins).collect()
}

/// The tags that score best together. 0 is none; 1 and 2, 3 and 4, 5 and 6 begin and go on with source, cue, content.
fn best(scores: &[[f32; TAGS]], moves: &[[f32; TAGS]; TAGS], starts: &[bool]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let mut fresh = *moves;
    for row in &mut fresh {
        for tag in (2..TAGS).step_by(2) {
            row[tag] = BARRED;
        }
    }
    let mut total: [f32; TAGS] = std::array::from_fn(|tag| first[tag] + fresh[0][tag]);
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
    for (scores, &start) in scores.iter().zip(starts).skip(1) {
        let moves = if start { &fresh } else { moves };
        let mut from = [0; TAGS];
        let next = std::array::from_fn(|tag| {
            let mut most = total[0] + moves[0][tag];
            for before in 1..TAGS {
                let sum = total[before] + moves[before][tag];
                if sum > most {
                    (most, from[tag]) = (sum, before as u8);
                }
            }
            most + scores[tag]
        });
        total = next;
        back.push(from);
    }
    let mut tag = (1..TAGS).fold(0, |best, tag| if total[tag] > total[best] { tag } else { best });
    let mut tags = vec![tag];
    for from in back.iter().rev() {
        tag = usize::from(from[tag]);
        tags.push(tag);
    }
    tags.reverse();
    tags
}

fn spans(tags: &[usize]) -> Spans {
    let mut spans = Spans::default();
    for (at, &tag) in tags.iter().enumerate() {
        let of = match tag {
            1 | 2 => &mut spans.sources,
            3 | 4 => &mut spans.cues,
            5 | 6 => &mut spans.contents,
            _ => continue,
        };
        match of.last_mut() {
            Some(span) if tag % 2 == 0 && span.end == at => span.end += 1,
            _ => of.push(at..at + 1),
        }
    }
    spans
}

/// For each of `from` the best of `to` that lies near enough, if it beats having none.
fn links(
    scores: &dyn Scores,
    link: Link,
    from: &[Range<usize>],
    to: &[Range<usize>],
    cues: &[Range<usize>],
) -> Vec<Option<usize>> {
    let words = scores.words();
    let mut pairs = Vec::new();
    for (a, span) in from.iter().enumerate() {
        // Both lists are in order and without overlap, so that what is near stands together.
        let begin = to.partition_point(|other| other.end + FAR < span.start);
        let near = to[begin..].iter().take_while(|other| other.start <= span.end + FAR);
        for (b, other) in near.enumerate() {
            if is_near(link, span, other, words) {
                pairs.push((a, begin + b, place(span, other, cues, words)));
            }
        }
    }
    let (none, linked) = scores.links(link, from, to, &pairs);
    let mut best: Vec<(f32, Option<usize>)> = none.into_iter().map(|score| (score, None)).collect();
    for (&(a, b, _), score) in pairs.iter().zip(linked) {
        if score > best[a].0 {
            best[a] = (score, Some(b));
        }
    }
    best.into_iter().map(|(_, to)| to).collect()
}

fn is_near(link: Link, a: &Range<usize>, b: &Range<usize>, words: &[Word]) -> bool {
    let gap = a.start.max(b.start).saturating_sub(a.end.min(b.end));
    let paragraphs = words[a.start].paragraph.abs_diff(words[b.start].paragraph);
    if link == Link::Cue && is_unmarked(a, words) {
        return gap <= FAR_UNMARKED && paragraphs == 0;
    }
    gap < FAR && paragraphs <= FAR_PARAGRAPHS
}

/// How `b` lies to `a`, in the classes that the model was trained with (`train/README.md`).
fn place(a: &Range<usize>, b: &Range<usize>, cues: &[Range<usize>], words: &[Word]) -> Place {
    let before = b.start < a.start;
    let (left, right) = if before { (b, a) } else { (a, b) };
    let gap = right.start.saturating_sub(left.end);
    let ahead = cues.partition_point(|cue| cue.start < right.start);
    let behind = cues.partition_point(|cue| cue.start < left.end);
    let paragraphs = words[right.start].paragraph - words[left.start].paragraph;
    Place {
        distance: Place::distance(gap, before),
        between: ahead.saturating_sub(behind).min(3) as u8,
        paragraph: paragraphs.min(2) as u8,
    }
}
