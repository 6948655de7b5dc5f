//! Is it found why a source is not named?
//!
//! In: an article with its unnamed sources and the grounds stated for them, and its record. Out: [`Grounds`].
//!
//! A stated ground is right when a row of `speakers` of the kind `unnamed` is that source and its `reason` is that ground:
//! it is that source when `as_written`, the source of its attribution or a mention of its entity shares a visible
//! character with the marked description; it is that ground when the intersection over union of visible characters is at
//! least [`super::STRICT_IOU`]. Each marked ground is counted once, however many rows have it.

use std::ops::AddAssign;

use super::speaker::Share;
use super::{MIN_IOU, STRICT_IOU, Text, ratio};
use crate::Span;
use crate::corpus::people::{Article, Ground};
use crate::error::mistake::Mistake;
use crate::prediction::record::{Mention, Record, Speaker};

/// Counts of one article, or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Grounds that are right.
    pub right: Share,
    /// Grounds that are right but for their ends: half of the characters are shared.
    pub roughly: Share,
    /// Grounds that some row has, roughly, whoever speaks in it.
    pub found: Share,
    /// Of the grounds with a marked number that are right, those whose row has it too.
    pub number: Share,
    /// Of the rows with a reason, those that are roughly right for some marked ground.
    pub rows: Share,
}

/// A row of speakers with all that tells which source it is.
struct Row<'r> {
    speaker: &'r Speaker,
    reason: Vec<Span>,
    places: Vec<Span>,
}

impl Grounds {
    /// Compares one article.
    pub fn new(text: &Text, article: &Article, record: &Record, mistakes: &mut Vec<Mistake>) -> Grounds {
        let rows = rows(text, record);
        let mut grounds = Grounds::default();
        for ground in &article.grounds {
            let alike = |row: &&Row<'_>, least: f64| iou(text, &row.reason, ground.reason) >= least;
            let right = rows.iter().find(|row| alike(row, STRICT_IOU) && row.is(text, ground));
            grounds.right.count(right.is_some());
            grounds.roughly.count(rows.iter().any(|row| alike(&row, MIN_IOU) && row.is(text, ground)));
            grounds.found.count(rows.iter().any(|row| alike(&row, MIN_IOU)));
            if let (Some(number), Some(row)) = (ground.number, right) {
                grounds.number.count(row.speaker.number == Some(number));
            }
            if right.is_none() {
                let near =
                    rows.iter().filter(|row| row.reason.iter().any(|span| span.overlaps(ground.reason)));
                let read =
                    near.map(|row| format!("{} {:?}", row.speaker.kind, row.reason)).collect::<Vec<_>>();
                let mistake = Mistake::new("ground missed".into(), "", read.join("; "));
                mistakes.push(mistake.marked('s', ground.description).marked('g', ground.reason));
            }
        }
        for row in &rows {
            let is =
                |ground: &Ground| iou(text, &row.reason, ground.reason) >= MIN_IOU && row.is(text, ground);
            let right = article.grounds.iter().any(is);
            grounds.rows.count(right);
            if !right {
                let mistake = Mistake::new("ground surplus".into(), "", row.speaker.kind.as_str());
                mistakes.push(row.reason.iter().fold(mistake, |mistake, &span| mistake.marked('r', span)));
            }
        }
        grounds
    }
}

/// The rows that state a ground.
fn rows<'r>(text: &Text, record: &'r Record) -> Vec<Row<'r>> {
    let length = text.chars.len();
    let mut rows = Vec::new();
    for said in &record.attributions {
        for speaker in said.speakers.iter().filter(|speaker| !speaker.reason().is_empty()) {
            let mentions =
                record.entity(speaker.entity.as_deref()).map_or(&[][..], |entity| &entity.mentions);
            let mut places = said.attribution(length).source;
            places.extend(speaker.as_written());
            places.extend(mentions.iter().map(Mention::span));
            let mut reason = speaker.reason();
            reason.retain(|span| span.start < span.end && span.end <= length);
            rows.push(Row { speaker, reason, places });
        }
    }
    rows
}

impl Row<'_> {
    fn is(&self, text: &Text, ground: &Ground) -> bool {
        let shared = text.shared(&text.cover(&self.places), &text.cover(&[ground.description]));
        self.speaker.kind == "unnamed" && shared > 0
    }
}

fn iou(text: &Text, read: &[Span], gold: Span) -> f64 {
    let (read, gold) = (text.cover(read), text.cover(&[gold]));
    let shared = text.shared(&read, &gold);
    ratio(shared, read.visible() + gold.visible() - shared)
}

impl AddAssign for Grounds {
    fn add_assign(&mut self, other: Grounds) {
        for (sum, more) in [
            (&mut self.right, other.right),
            (&mut self.roughly, other.roughly),
            (&mut self.found, other.found),
            (&mut self.number, other.number),
            (&mut self.rows, other.rows),
        ] {
            sum.right += more.right;
            sum.of += more.of;
        }
    }
}
