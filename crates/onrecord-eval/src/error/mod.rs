//! What went wrong, and how often? Each missed gold attribution and each surplus prediction gets one class.
//!
//! In: a scored article. Out: an [`Entry`] for every gold attribution and every prediction, with content, that the
//! `attribution` measure leaves unmatched. It never changes a figure: the classes of a side and kind add up to what
//! the figures leave. Read on in [`listing`].
//!
//! The classes exclude each other: the first that holds is the one. “Fits” means that the contents reach
//! [`MIN_IOU`]; “touches”, that they share a visible character; “other” is the other side:
//! predictions for a missed gold attribution, gold attributions for a surplus prediction. Gold attributions without
//! content are not looked at, as in the figures.
//!
//! 1. `taken`: another fits, its source too, and it is matched with something else.
//! 2. `no source`: another fits; the prediction of the two has no source, the gold attribution has one.
//! 3. `wrong source`: another fits; the sources share no character, or only the gold attribution has none.
//!    In 2 and 3 the two are this one and the other that fits best, the earlier one of equals.
//! 4. `nested`: cue and content of the one lie in the content of an other, or the other way round; or, for a missed
//!    one, an attribution fits it that the program read inside another one and so does not count.
//! 5. `cue not found` (missed only): no prediction's cue touches its cue; where it has no cue, no prediction touches
//!    its content.
//! 6. `lost piece`: an other touches it, and the gold attribution of the two has several pieces of content, of which
//!    the prediction touches at least one and leaves at least one untouched.
//! 7. `boundary`: an other touches it. In 6 and 7 the other is the one with which it shares the most visible
//!    characters of content, the earlier one of equals.
//! 8. `other content`: the cues touch, the contents do not.
//! 9. `scare quote or title` (surplus only): nothing of the gold is there; all of the content stands in quotation
//!    marks, and it has at most five words, or each of its words of four letters or more begins with a capital.
//! 10. `no gold here` (surplus only): nothing of the gold is there.

pub mod listing;
pub mod mistake;

use std::fmt;
use std::ops::AddAssign;

use crate::Attribution;
use crate::score::{Kind, MIN_IOU, Scored, Text, Weighed};

/// Which side of the comparison has something that the other lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A gold attribution that was not found.
    Missed,
    /// A prediction that the gold does not have.
    Surplus,
}

/// What went wrong; see the [module](self).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the module defines them together, since their order matters")]
pub enum Class {
    Taken,
    NoSource,
    WrongSource,
    Nested,
    CueNotFound,
    LostPiece,
    Boundary,
    OtherContent,
    ScareQuoteOrTitle,
    NoGoldHere,
}

/// One error.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Whether it was missed or is surplus.
    pub side: Side,
    /// What went wrong.
    pub class: Class,
    /// The kind of the gold attribution or prediction that is in error.
    pub kind: Kind,
    /// The gold attribution or prediction that is in error.
    pub this: &'a Attribution,
    /// The one of the other side that the class was told by.
    pub other: Option<&'a Attribution>,
}

/// Counts of errors by side, class and kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorCounts([[[usize; 3]; 10]; 2]);

/// Classes everything that the `attribution` measure leaves unmatched: first what was missed, then what is surplus,
/// each in order of position. `nested` are the attributions that the program read inside others.
pub fn entries<'a>(text: &Text, scored: &'a Scored<'a>, nested: &'a [Attribution]) -> Vec<Entry<'a>> {
    let nested = Weighed::all(text, nested);
    let mut entries = Vec::new();
    for (index, gold) in scored.gold.iter().enumerate() {
        if scored.matched.iter().all(|pair| pair.gold != index) {
            let case = Case { text, side: Side::Missed, this: gold, others: &scored.predicted };
            entries.push(case.entry(&nested));
        }
    }
    for (index, prediction) in scored.predicted.iter().enumerate() {
        if scored.matched.iter().all(|pair| pair.predicted != index) {
            let case = Case { text, side: Side::Surplus, this: prediction, others: &scored.gold };
            entries.push(case.entry(&[]));
        }
    }
    entries
}

/// One error on its way to a class.
struct Case<'c, 'a> {
    text: &'c Text,
    side: Side,
    this: &'c Weighed<'a>,
    others: &'c [Weighed<'a>],
}

impl<'a> Case<'_, 'a> {
    fn entry(&self, nested: &[Weighed<'a>]) -> Entry<'a> {
        let (class, other) = self.fitting().or_else(|| self.nested(nested)).unwrap_or_else(|| self.apart());
        Entry {
            side: self.side,
            class,
            kind: self.this.kind,
            this: self.this.attribution,
            other: other.map(|other| other.attribution),
        }
    }

    /// Classes 1 to 3: an other fits.
    fn fitting(&self) -> Option<(Class, Option<&Weighed<'a>>)> {
        let fits = |other: &&Weighed<'_>| self.this.iou(other, self.text) >= MIN_IOU;
        let with_source = |other: &&Weighed<'_>| self.this.same_source(other, self.text);
        if let Some(other) = self.others.iter().filter(fits).find(with_source) {
            return Some((Class::Taken, Some(other)));
        }
        let best = first_max(self.others.iter().filter(fits), |other| self.this.iou(other, self.text))?;
        let (gold, predicted) = self.in_order(best);
        let unsourced = predicted.attribution.source.is_empty() && !gold.attribution.source.is_empty();
        Some((if unsourced { Class::NoSource } else { Class::WrongSource }, Some(best)))
    }

    /// Class 4: the one is reported within the other.
    fn nested<'s>(&'s self, nested: &[Weighed<'a>]) -> Option<(Class, Option<&'s Weighed<'a>>)> {
        let around = |other: &&Weighed<'_>| self.within(self.this, other) || self.within(other, self.this);
        if let Some(other) = self.others.iter().find(around) {
            return Some((Class::Nested, Some(other)));
        }
        let fits = nested.iter().any(|inner| self.this.iou(inner, self.text) >= MIN_IOU);
        fits.then_some((Class::Nested, None))
    }

    /// Classes 5 to 10: no other fits, and none is around or inside it.
    fn apart(&self) -> (Class, Option<&Weighed<'a>>) {
        let cue = self.others.iter().find(|other| self.text.shared(&self.this.cue, &other.cue) > 0);
        let shared = |other: &Weighed<'_>| self.text.shared(&self.this.content, &other.content);
        let nearest = first_max(self.others.iter().filter(|other| shared(other) > 0), |other| shared(other));
        let has_cue = !self.this.attribution.cue.is_empty();
        if self.side == Side::Missed && cue.is_none() && (has_cue || nearest.is_none()) {
            return (Class::CueNotFound, nearest);
        }
        if let Some(nearest) = nearest {
            let (gold, predicted) = self.in_order(nearest);
            let untouched = |piece| self.text.shared(&self.text.cover(&[piece]), &predicted.content) == 0;
            let lost = gold.attribution.content.iter().any(|&piece| untouched(piece));
            return (if lost { Class::LostPiece } else { Class::Boundary }, Some(nearest));
        }
        match cue {
            Some(other) => (Class::OtherContent, Some(other)),
            None if self.looks_like_a_name() => (Class::ScareQuoteOrTitle, None),
            None => (Class::NoGoldHere, None),
        }
    }

    /// This one and another as (gold, predicted).
    fn in_order<'s>(&'s self, other: &'s Weighed<'a>) -> (&'s Weighed<'a>, &'s Weighed<'a>) {
        match self.side {
            Side::Missed => (self.this, other),
            Side::Surplus => (other, self.this),
        }
    }

    /// Whether cue and content of `inner` lie in the content of `outer`.
    fn within(&self, inner: &Weighed<'_>, outer: &Weighed<'_>) -> bool {
        let lies = |cover| self.text.shared(cover, &outer.content) == cover.visible();
        inner.cue.visible() > 0 && lies(&inner.cue) && lies(&inner.content)
    }

    /// Whether a content in quotation marks has the length of a phrase or the capitals of a title.
    fn looks_like_a_name(&self) -> bool {
        let pieces = self.this.attribution.content.iter().flat_map(|&piece| self.text.words(piece));
        let words: Vec<&[char]> = pieces.collect();
        let titled = |word: &&[char]| word.len() < 4 || word[0].is_uppercase();
        self.this.kind == Kind::Direct && (words.len() <= 5 || words.iter().all(titled))
    }
}

/// The item with the greatest value, the first of them where several have it.
fn first_max<T, V: PartialOrd>(items: impl Iterator<Item = T>, value: impl Fn(&T) -> V) -> Option<T> {
    items.reduce(|best, item| if value(&item) > value(&best) { item } else { best })
}

impl Side {
    /// Both, in the order of tables.
    pub const ALL: [Side; 2] = [Side::Missed, Side::Surplus];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Side::Missed => "missed",
            Side::Surplus => "surplus",
        }
    }

    /// The classes it can have, in order.
    pub fn classes(self) -> impl Iterator<Item = Class> {
        let can = move |class: &Class| match self {
            Side::Missed => !matches!(class, Class::ScareQuoteOrTitle | Class::NoGoldHere),
            Side::Surplus => *class != Class::CueNotFound,
        };
        Class::ALL.into_iter().filter(can)
    }
}

impl Class {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Class; 10] = [
        Class::Taken,
        Class::NoSource,
        Class::WrongSource,
        Class::Nested,
        Class::CueNotFound,
        Class::LostPiece,
        Class::Boundary,
        Class::OtherContent,
        Class::ScareQuoteOrTitle,
        Class::NoGoldHere,
    ];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Taken => "taken",
            Class::NoSource => "no source",
            Class::WrongSource => "wrong source",
            Class::Nested => "nested",
            Class::CueNotFound => "cue not found",
            Class::LostPiece => "lost piece",
            Class::Boundary => "boundary",
            Class::OtherContent => "other content",
            Class::ScareQuoteOrTitle => "scare quote or title",
            Class::NoGoldHere => "no gold here",
        }
    }
}

impl ErrorCounts {
    /// Counts one error.
    pub fn add(&mut self, entry: &Entry<'_>) {
        self.0[entry.side as usize][entry.class as usize][entry.kind as usize] += 1;
    }

    /// The number of errors of a side, a class and a kind.
    pub fn of(&self, side: Side, class: Class, kind: Kind) -> usize {
        self.0[side as usize][class as usize][kind as usize]
    }
}

impl fmt::Display for ErrorCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for side in Side::ALL {
            for class in side.classes() {
                write!(f, "{:8} {:20}", side.name(), class.name())?;
                for kind in Kind::ALL {
                    write!(f, "  {} {:5}", kind.name(), self.of(side, class, kind))?;
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

impl AddAssign for ErrorCounts {
    fn add_assign(&mut self, other: ErrorCounts) {
        let theirs = other.0.as_flattened().as_flattened();
        for (sum, more) in self.0.as_flattened_mut().as_flattened_mut().iter_mut().zip(theirs) {
            *sum += more;
        }
    }
}
