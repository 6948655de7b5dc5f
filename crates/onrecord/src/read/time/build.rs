//! Expressions → rows. In: what the grammar of the language found in each sentence. Out: [`Timex`]es in order of
//! position, with their anchors, bounds and ranges. It decides nothing about words.

use jiff::civil::Date;

use super::anchor::{self, Anchors};
use super::resolve::{Resolved, in_unit, plus_amount, resolve};
use super::rule::maker_of;
use super::value::{Value, narrowed};
use super::{Anchor, Kind, Timex};
use crate::lang::en::time::{Reader, Tense, Told};
use crate::lang::time as told;
use crate::lang::time::{
    Amount, Base, Clock, Deixis, Family, From, Length, Meaning, Part, Place, Point, Reference, Repeated,
    Side, Unit,
};
use crate::text::Span;
use crate::{Document, Warning};

/// The times of a document, and what could not be read of them.
pub(super) fn times(document: &Document) -> (Vec<Timex>, Vec<Warning>) {
    let mut reader = Reader::default();
    let mut found = Vec::new();
    for (paragraph, sentences) in
        document.paragraphs().iter().map(|paragraph| &paragraph.sentences).enumerate()
    {
        for sentence in sentences.clone() {
            let tokens = &document.tokens()[document.sentences()[sentence].tokens.clone()];
            let last = tokens.last().map_or("", |token| &document.text()[token.span.range()]);
            let is_heading = sentences.len() == 1
                && tokens.len() <= HEADING
                && !last.ends_with(['.', '!', '?', ':', ';', '"', '”']);
            let place = anchor::Place { paragraph, sentence, is_heading };
            found.extend(reader.sentence(document.text(), tokens).into_iter().map(|told| (place, told)));
        }
    }
    let published = document.published().map(|published| published.day);
    let meanings = found.iter().map(|(_, told)| &told.expression.meaning);
    let mut rows = Rows {
        anchors: Anchors::new(published, meanings),
        list: Vec::new(),
        warnings: Vec::new(),
        open: Vec::new(),
    };
    for (place, told) in &found {
        rows.anchors.enter(*place, told.is_current);
        rows.add(told);
    }
    rows.finish()
}

/// So many tokens a heading has at most.
const HEADING: usize = 14;

struct Rows {
    anchors: Anchors,
    list: Vec<Row>,
    warnings: Vec<Warning>,
    /// Times that want an anchor and have none.
    open: Vec<Span>,
}

/// A row and the value that it was written from.
struct Row {
    timex: Timex,
    value: Value,
    /// Whether its year may move: the text does not state it.
    is_movable: bool,
}

impl Rows {
    fn add(&mut self, told: &Told) {
        let (span, family) = (told.expression.span, told.expression.family);
        match &told.expression.meaning {
            Meaning::Point(point) => self.point(span, family, point, told),
            Meaning::Length(length) => self.length(span, family, length, told),
            Meaning::Repeated(repeated) => self.repeated(span, family, repeated),
            Meaning::Range(..) => self.range(span, family),
        }
    }

    fn point(&mut self, span: Span, family: Family, point: &Point, told: &Told) {
        let resolved = resolve(&point.base, told.tense, &self.anchors);
        if resolved.is_open {
            self.open.push(span);
        }
        let value = resolved.value.clone().at(point.clock);
        let is_possible = value.is_possible();
        if !is_possible {
            let message = format!("the calendar has no day {value}");
            self.warnings.push(Warning::new("time_impossible", span, message));
        }
        let kind = if value.clock().is_some() { Kind::Time } else { Kind::Date };
        let now = self
            .anchors
            .published
            .filter(|_| value == Value::Reference(Reference::Present) && !self.anchors.is_history());
        let mut days = now.map(|now| (now, now)).or(value.days()).map(|days| narrowed(days, point.modifier));
        if let (Some((first, last)), Some(side), Some(now)) = (days, point.side, self.anchors.published) {
            // "earlier this month" ends now, if the month is this one.
            days = match side {
                Side::Earlier if first <= now && now <= last => Some((first, now)),
                Side::Later if first <= now && now <= last => Some((now, last)),
                _ => days,
            };
        }
        let is_stated = resolved.inferred.is_empty() && resolved.anchor.is_none();
        let timex = Timex {
            kind,
            value: is_possible.then(|| value.to_string()),
            modifier: point.modifier,
            anchor: resolved.anchor,
            parts: stated_parts(&value, &resolved),
            inferred: if is_stated { Vec::new() } else { vec!["value"] },
            unstated: resolved.inferred.clone(),
            ..row(span, family, days)
        };
        let index = self.list.len();
        if is_possible && !is_aside(&point.base) {
            // What a history tells of as planned does not take it there.
            let is_ahead = told.tense == Tense::Future && self.anchors.is_history();
            self.anchors.told(&value, index, told.is_aside || is_ahead);
        }
        self.list.push(Row { timex, value, is_movable: resolved.inferred.contains(&"year") });
    }

    fn length(&mut self, span: Span, family: Family, length: &Length, told: &Told) {
        // "in two weeks": a time to come, where the tense says so.
        if length.place == Place::Ahead
            && told.tense == Tense::Future
            && let [(amount @ Amount::Thousandths(_), unit)] = length.pieces[..]
            && unit >= Unit::Day
        {
            let from = From::Deixis(Deixis::Now);
            let base = Base::Offset { amount, unit, forward: true, from };
            let point = Point { modifier: length.modifier, ..Point::of(base) };
            return self.point(span, Family::Offset, &point, told);
        }
        let value = Value::Length(length.pieces.clone());
        let (days, anchor) = self.placed(length, told.tense);
        let timex = Timex {
            kind: Kind::Duration,
            value: Some(value.to_string()),
            modifier: length.modifier,
            anchor,
            parts: vec!["length"],
            ..row(span, family, days)
        };
        self.list.push(Row { timex, value, is_movable: false });
    }

    /// The days of a length that has a place: "the past three years", "the first two weeks of May".
    fn placed(&self, length: &Length, tense: Tense) -> (Option<(Date, Date)>, Option<Anchor>) {
        let shift = |day: Date, forward: bool| {
            length.pieces.iter().try_fold(day, |day, &(amount, unit)| match amount {
                Amount::Thousandths(thousandths) => plus_amount(day, thousandths, unit, forward),
                Amount::Some => None,
            })
        };
        if let [(Amount::Thousandths(count), Unit::Quarter)] = length.pieces[..]
            && let Some((day, anchor)) = self.anchors.day(Deixis::Now)
            && let Some(days) = quarters(day, count / 1000, &length.place)
        {
            return (Some(days), Some(anchor));
        }
        let within = |base: &Base| {
            let resolved = resolve(base, tense, &self.anchors);
            resolved.value.days().map(|days| (days, resolved.anchor))
        };
        match &length.place {
            Place::Nowhere | Place::Ahead => (None, None),
            Place::Before(from) => match self.anchors.day(*from) {
                Some((day, anchor)) => (shift(day, false).map(|first| (first, day)), Some(anchor)),
                None => (None, None),
            },
            // "the next two days" begin tomorrow, "within two days" now.
            Place::After(from) => match self.anchors.day(*from) {
                Some((day, anchor)) => {
                    let first = day.tomorrow().ok();
                    (first.zip(shift(day, true)).filter(|(first, last)| first <= last), Some(anchor))
                }
                None => (None, None),
            },
            Place::Within(from) => match self.anchors.day(*from).filter(|_| tense == Tense::Future) {
                Some((day, anchor)) => (shift(day, true).map(|last| (day, last)), Some(anchor)),
                None => (None, None),
            },
            Place::From(base) => match within(base) {
                Some(((first, _), anchor)) => (shift(first, true).map(|last| (first, last)), anchor),
                None => (None, None),
            },
            Place::Opening(base) => match within(base) {
                Some(((first, _), anchor)) => {
                    (shift(first, true).and_then(|end| Some((first, end.yesterday().ok()?))), anchor)
                }
                None => (None, None),
            },
            Place::Closing(base) => match within(base) {
                Some(((_, last), anchor)) => {
                    let start = last.tomorrow().ok().and_then(|end| shift(end, false));
                    (start.map(|start| (start, last)), anchor)
                }
                None => (None, None),
            },
        }
    }

    fn repeated(&mut self, span: Span, family: Family, repeated: &Repeated) {
        let value = Value::Repeated(repeated.every.clone(), repeated.clock);
        let timex = Timex {
            kind: Kind::Set,
            value: Some(value.to_string()),
            quant: repeated.quant,
            freq: repeated.times.map(|times| format!("{times}X")),
            parts: vec!["frequency"],
            ..row(span, family, None)
        };
        self.list.push(Row { timex, value, is_movable: false });
    }

    /// A range of the last two rows, which bound it.
    fn range(&mut self, span: Span, family: Family) {
        let Some(begin) = self.list.len().checked_sub(2) else { return };
        self.move_end(begin);
        let (first, last) = (&self.list[begin], &self.list[begin + 1]);
        let days = first.timex.earliest.zip(last.timex.latest).filter(|(first, last)| first <= last);
        let value = days.and_then(|_| length_between(&dated(first), &dated(last)));
        let timex = Timex {
            kind: Kind::Duration,
            value: value.as_ref().map(ToString::to_string),
            begin: Some(begin),
            end: Some(begin + 1),
            parts: vec!["begin", "end"],
            inferred: if value.is_some() { vec!["value"] } else { Vec::new() },
            ..row(span, family, days)
        };
        // After "the 1975–1976 season" the story stands in 1975.
        let is_year = matches!(first.value, Value::Date { part: Part::Year, .. });
        if is_year || self.anchors.is_in_heading() {
            self.anchors.told(&first.value, begin, false);
        }
        let value = value.unwrap_or(Value::Length(Vec::new()));
        self.list.push(Row { timex, value, is_movable: false });
    }

    /// "from October to March": an end whose year is not said comes after its beginning.
    fn move_end(&mut self, begin: usize) {
        let Some(first) = self.list[begin].timex.earliest else { return };
        let end = &mut self.list[begin + 1];
        let Value::Date { year: Some(year), part, clock } = end.value else { return };
        if !end.is_movable || end.timex.earliest.is_none_or(|last| first <= last) {
            return;
        }
        if end.timex.unstated.contains(&"day") {
            return self.move_day(begin, first);
        }
        let start = i32::from(first.year());
        let later = (start.max(year)..=start + 1).map(|year| Value::Date { year: Some(year), part, clock });
        let fits = |value: &Value| value.days().is_some_and(|(_, last)| last >= first);
        if let Some(value) = later.into_iter().find(fits) {
            let days = value.days();
            end.timex.value = Some(value.to_string());
            end.timex.earliest = days.map(|days| days.0);
            end.timex.latest = days.map(|days| days.1);
            self.anchors.told(&value, begin + 1, false);
            self.list[begin + 1].value = value;
        }
    }

    /// "from next Monday to Friday": the first such weekday after the beginning.
    fn move_day(&mut self, begin: usize, first: Date) {
        let end = &mut self.list[begin + 1];
        let Some(day) = end.timex.earliest else { return };
        let days = (i64::from((day - first).get_days())).rem_euclid(7);
        let Ok(day) = first.checked_add(jiff::Span::new().days(days)) else { return };
        let value = Value::day(day).at(end.value.clock());
        end.timex.value = Some(value.to_string());
        (end.timex.earliest, end.timex.latest) = (Some(day), Some(day));
        end.value = value;
    }

    /// The rows in order of position; what points at one points at its new place.
    fn finish(mut self) -> (Vec<Timex>, Vec<Warning>) {
        if let (Some(&span), None) = (self.open.first(), self.anchors.published) {
            let count = self.open.len();
            let message = format!("no publication date: {count} of the times have no day to be told from");
            self.warnings.push(Warning::new("time_without_anchor", span, message));
        }
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|&row| {
            let span = self.list[row].timex.span;
            (span.start, std::cmp::Reverse(span.end))
        });
        let mut places = vec![0; order.len()];
        for (place, &row) in order.iter().enumerate() {
            places[row] = place;
        }
        let rows = order.iter().map(|&row| {
            let mut timex = self.list[row].timex.clone();
            timex.begin = timex.begin.map(|row| places[row]);
            timex.end = timex.end.map(|row| places[row]);
            if let Some(Anchor::Time(row)) = timex.anchor {
                timex.anchor = Some(Anchor::Time(places[row]));
            }
            timex
        });
        (rows.collect(), self.warnings)
    }
}

/// Whole quarters of the calendar before or after the one that a day lies in.
fn quarters(day: Date, count: u64, place: &Place) -> Option<(Date, Date)> {
    let Value::Date { year: Some(year), part: Part::Quarter(quarter), .. } = in_unit(day, Unit::Quarter)
    else {
        return None;
    };
    let (first, last) = Value::part(year, Part::Quarter(quarter)).days()?;
    match place {
        Place::Before(Deixis::Now) => {
            Some((plus_amount(first, count * 1000, Unit::Quarter, false)?, first.yesterday().ok()?))
        }
        Place::After(Deixis::Now) => {
            let start = last.tomorrow().ok()?;
            Some((start, plus_amount(start, count * 1000, Unit::Quarter, true)?.yesterday().ok()?))
        }
        _ => None,
    }
}

/// A glance back ("twenty years earlier") does not move the story.
fn is_aside(base: &Base) -> bool {
    match base {
        Base::SameDay(_) | Base::Days(_) => true,
        Base::Step { by, .. } | Base::Calendar { year: Some(told::Year::Step(by, _)), .. } => *by < 0,
        Base::Offset { forward, .. } => !forward,
        _ => false,
    }
}

fn row(span: Span, family: Family, days: Option<(Date, Date)>) -> Timex {
    Timex {
        span,
        kind: Kind::Date,
        value: None,
        modifier: None,
        quant: None,
        freq: None,
        anchor: None,
        begin: None,
        end: None,
        earliest: days.map(|days| days.0),
        latest: days.map(|days| days.1),
        parts: Vec::new(),
        unstated: Vec::new(),
        inferred: Vec::new(),
        maker: maker_of(family),
    }
}

/// The parts of a value that the words themselves state.
fn stated_parts(value: &Value, resolved: &Resolved) -> Vec<&'static str> {
    let parts: &[&'static str] = match value {
        Value::Date { part, .. } => match part {
            Part::Year => &["year"],
            Part::Half(_) => &["year", "half"],
            Part::Quarter(_) => &["year", "quarter"],
            Part::Season(_) => &["year", "season"],
            Part::Month(_) => &["year", "month"],
            Part::Week(_) | Part::Weekend(_) => &["year", "week"],
            Part::Day(..) | Part::MonthDay(_) => &["year", "month", "day"],
        },
        Value::Decade(_) => &["decade"],
        Value::Century(_) => &["century"],
        Value::Fiscal(_) => &["year"],
        _ => &[],
    };
    let hour = value.clock().map(|clock| if matches!(clock, Clock::Part(_)) { "day part" } else { "hour" });
    parts.iter().copied().filter(|part| !resolved.inferred.contains(part)).chain(hour).collect()
}

/// A row's value, or its day where it says "now".
fn dated(row: &Row) -> Value {
    match (&row.value, row.timex.earliest) {
        (Value::Reference(_), Some(day)) => Value::day(day),
        (value, _) => value.clone(),
    }
}

/// How long it is from the one to the other, in the smaller of their units.
fn length_between(first: &Value, last: &Value) -> Option<Value> {
    let ((from, _), (to, _)) = (first.days()?, last.days()?);
    let grain = |value: &Value| match value {
        Value::Date { part: Part::Year, .. } | Value::Decade(_) | Value::Century(_) => Unit::Year,
        Value::Date { part: Part::Month(_) | Part::Quarter(_) | Part::Half(_) | Part::Season(_), .. } => {
            Unit::Month
        }
        _ => Unit::Day,
    };
    let is_hour = |value: &Value| matches!(value.clock(), Some(Clock::At { .. }));
    if is_hour(first) || is_hour(last) {
        return hours_between(first.clock()?, last.clock()?).filter(|_| from == to);
    }
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    let (count, unit) = match grain(first).min(grain(last)) {
        Unit::Year => (months / 12, Unit::Year),
        Unit::Month => (months, Unit::Month),
        _ => ((to - from).get_days(), Unit::Day),
    };
    Some(Value::Length(vec![(Amount::whole(u32::try_from(count).ok()?), unit)]))
}

fn hours_between(first: Clock, last: Clock) -> Option<Value> {
    let minutes = |clock: Clock| match clock {
        Clock::At { hour, minute, .. } => Some(u32::from(hour) * 60 + u32::from(minute.unwrap_or(0))),
        Clock::Part(_) => None,
    };
    let length = minutes(last)?.checked_sub(minutes(first)?)?;
    let pieces = [(length / 60, Unit::Hour), (length % 60, Unit::Minute)];
    let pieces =
        pieces.into_iter().filter(|&(count, _)| count > 0).map(|(count, unit)| (Amount::whole(count), unit));
    Some(Value::Length(pieces.collect())).filter(|_| length > 0)
}
