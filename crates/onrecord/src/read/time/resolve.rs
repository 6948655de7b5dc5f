//! Which day is meant? What the words say, and an anchor → a [`Value`].
//!
//! In: a [`Base`], the tense of its clause, the [`Anchors`]. Out: a value, what it was told from, and which of its
//! parts the text does not state. It never guesses without an anchor: then the value keeps its `X`.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use super::Anchor;
use super::anchor::{Anchors, StoryYear};
use super::value::{Value, date};
use crate::lang::en::time::Tense;
use crate::lang::time::{Amount, Base, Deixis, From, Holiday, Part, Reference, Unit, What, Year};

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) value: Value,
    pub(super) anchor: Option<Anchor>,
    /// Parts of the value that the text does not state.
    pub(super) inferred: Vec<&'static str>,
    /// Whether an anchor was wanted and there is none.
    pub(super) is_open: bool,
}

const DAY: &[&str] = &["year", "month", "day"];

impl Resolved {
    fn stated(value: Value) -> Resolved {
        Resolved { value, anchor: None, inferred: Vec::new(), is_open: false }
    }

    fn from(value: Value, anchor: Anchor, inferred: &[&'static str]) -> Resolved {
        Resolved { value, anchor: Some(anchor), inferred: inferred.to_vec(), is_open: false }
    }

    fn open(value: Value) -> Resolved {
        Resolved { value, anchor: None, inferred: Vec::new(), is_open: true }
    }

    fn blank(unit: Unit) -> Resolved {
        Resolved::open(Value::Blank { unit, weekday: None, clock: None })
    }
}

/// Finds what `base` means.
pub(super) fn resolve(base: &Base, tense: Tense, anchors: &Anchors) -> Resolved {
    match base {
        Base::Calendar { year, part } => calendar(*year, *part, tense, anchors),
        Base::Weekday(weekday) => bare_weekday(*weekday, tense, anchors),
        Base::Weekend => weekend(tense, anchors),
        Base::Days(days) => days_from_now(*days, anchors),
        Base::Step { what, by, from } => step(*what, *by, *from, anchors),
        Base::Offset { amount, unit, forward, from } => {
            offset((*amount, *unit), *forward, from, tense, anchors)
        }
        Base::Nth { nth, what, of } => nth_of(*nth, *what, of, tense, anchors),
        Base::Decade(decade) => Resolved::stated(Value::Decade(*decade)),
        Base::ShortDecade(tens) => short_decade(*tens, anchors),
        Base::Century(century) => Resolved::stated(Value::Century(*century)),
        Base::Holiday { holiday, year, step } => holiday_of(*holiday, *year, *step, tense, anchors),
        Base::SameDay(_) => match anchors.story_day() {
            Some((day, anchor)) => Resolved::from(Value::day(day), anchor, DAY),
            None => Resolved::blank(Unit::Day),
        },
        Base::WeekdayOn(weekday, day) => weekday_on(*weekday, *day, tense, anchors),
        Base::AnyDay => Resolved::stated(Value::Blank { unit: Unit::Day, weekday: None, clock: None }),
        Base::Reference(reference) => Resolved::stated(Value::Reference(*reference)),
    }
}

fn calendar(year: Option<Year>, part: Part, tense: Tense, anchors: &Anchors) -> Resolved {
    match year {
        Some(Year::Full(year)) => Resolved::stated(Value::part(year, part)),
        Some(Year::Fiscal(year)) => Resolved::stated(Value::Fiscal(year)),
        Some(Year::FiscalStep(by)) => {
            match anchors.year(Deixis::Now).filter(|(year, _)| is_told(year + by)) {
                Some((year, anchor)) => Resolved::from(Value::Fiscal(year + by), anchor, &["year"]),
                None => Resolved::blank(Unit::Year),
            }
        }
        Some(Year::Short(short)) => short_year(short, part, anchors),
        Some(Year::Step(by, from)) => match anchors.year(from).filter(|(year, _)| is_told(year + by)) {
            Some((year, anchor)) => Resolved::from(Value::part(year + by, part), anchor, &["year"]),
            None => Resolved::open(Value::Date { year: None, part, clock: None }),
        },
        None => without_year(part, tense, anchors),
    }
}

/// "'99", "7/8/07": the year nearest to the story's.
fn short_year(short: u8, part: Part, anchors: &Anchors) -> Resolved {
    let (near, anchor) = match anchors.year(Deixis::Now) {
        Some((year, anchor)) => (year, Some(anchor)),
        None => (if short < 50 { 2000 } else { 1999 }, None),
    };
    let century = near.div_euclid(100) * 100;
    let short = i32::from(short);
    let candidates = [century - 100 + short, century + short, century + 100 + short];
    // News tells more of the past than of what comes in more than twenty years.
    let is_known = |year: &i32| anchors.is_history() || *year <= near + 20;
    let year = candidates.into_iter().filter(is_known).min_by_key(|year| (year - near).abs()).unwrap_or(near);
    Resolved { anchor, inferred: vec!["century"], ..Resolved::stated(Value::part(year, part)) }
}

/// A month, a day, a season whose year is not said.
fn without_year(part: Part, tense: Tense, anchors: &Anchors) -> Resolved {
    if let Part::MonthDay(day) = part {
        return month_day(day, tense, anchors);
    }
    let starts = |year: i32| Value::part(year, part).days().map(|(first, _)| first);
    let by_day = anchors.published.map(|published| {
        let this = i32::from(published.year());
        // "week 10" is this year's.
        let is_week = matches!(part, Part::Week(_));
        let years = if is_week { [this; 3] } else { [this - 1, this, this + 1] };
        (by_tense(published, tense, years, starts).unwrap_or(this), published)
    });
    let story = anchors.story_year().filter(|_| tense != Tense::Future || anchors.is_history());
    // In news a date a few weeks off is told from its day, whatever year was told of in another sentence.
    let is_close = by_day.is_some_and(|(year, published)| {
        starts(year).is_some_and(|start| (published - start).get_days().abs() <= CLOSE)
    });
    if let Some(story) = story.filter(|story| anchors.is_history() || story.is_near || !is_close) {
        let year = if anchors.is_history() { moved_on(story, part) } else { story.year };
        return Resolved::from(Value::part(year, part), story.anchor, &["year"]);
    }
    match by_day {
        Some((year, _)) => Resolved::from(Value::part(year, part), Anchor::Published, &["year"]),
        None => Resolved::open(Value::Date { year: None, part, clock: None }),
    }
}

/// So many days are near the day of publication.
const CLOSE: i32 = 45;

/// A story goes on: after December, January is the next year's.
fn moved_on(story: StoryYear, part: Part) -> i32 {
    let (Some(told), Part::Month(month) | Part::Day(month, _)) = (story.month, part) else {
        return story.year;
    };
    match i16::from(month) - i16::from(told) {
        ..=-8 => story.year + 1,
        10.. => story.year - 1,
        _ => story.year,
    }
}

/// "Wednesday the 13th": of the months near, the one in which the day is that weekday.
fn weekday_on(weekday: u8, day: u8, tense: Tense, anchors: &Anchors) -> Resolved {
    let blank = Resolved::open(Value::Date { year: None, part: Part::MonthDay(day), clock: None });
    let near = anchors.story_month().map(|((year, month), anchor)| (date(year, month, 1), anchor));
    let near = near.or(Some((anchors.published, Anchor::Published)));
    let Some((Some(from), anchor)) = near else { return blank };
    let fits = |by: i32| {
        let month = plus_months(from.first_of_month(), by)?;
        let day = date(i32::from(month.year()), month.month().cast_unsigned(), day)?;
        (day.weekday().to_monday_one_offset() == i8::try_from(weekday).ok()?).then_some(day)
    };
    let ahead = (0..=12).filter_map(fits).find(|day| *day >= from || anchor != Anchor::Published);
    let back = (0..=12).filter_map(|by: i32| fits(-by)).find(|day| *day <= from);
    let chosen = match tense {
        Tense::Past => back.or(ahead),
        Tense::Future => ahead.or(back),
        Tense::Unknown => {
            [back, ahead].into_iter().flatten().min_by_key(|day| (from - *day).get_days().abs())
        }
    };
    chosen.map_or(blank, |day| Resolved::from(Value::day(day), anchor, DAY))
}

/// Of some candidates in order, the last one that has begun, the first that has not, or the nearest.
fn by_tense<T: Copy, const N: usize>(
    now: Date,
    tense: Tense,
    candidates: [T; N],
    starts: impl Fn(T) -> Option<Date>,
) -> Option<T> {
    let known = || candidates.into_iter().filter_map(|candidate| Some((candidate, starts(candidate)?)));
    let chosen = match tense {
        Tense::Past => known().filter(|(_, start)| *start <= now).last(),
        Tense::Future => known().find(|(_, start)| *start >= now),
        Tense::Unknown => None,
    };
    let nearest = || known().min_by_key(|(_, start)| (now - *start).get_days().abs());
    chosen.or_else(nearest).map(|(candidate, _)| candidate)
}

/// "on the 13th".
fn month_day(day: u8, tense: Tense, anchors: &Anchors) -> Resolved {
    if let Some(((year, month), anchor)) = anchors.story_month() {
        return Resolved::from(Value::part(year, Part::Day(month, day)), anchor, &["year", "month"]);
    }
    let Some(published) = anchors.published else {
        return Resolved::open(Value::Date { year: None, part: Part::MonthDay(day), clock: None });
    };
    let months = [-1, 0, 1].map(|by: i32| plus_months(published.first_of_month(), by));
    let starts = |month: Option<Date>| {
        month.and_then(|month| date(i32::from(month.year()), month.month().cast_unsigned(), day))
    };
    let found = by_tense(published, tense, months, starts).and_then(starts);
    match found {
        Some(day) => Resolved::from(Value::day(day), Anchor::Published, &["year", "month"]),
        None => Resolved::open(Value::Date { year: None, part: Part::MonthDay(day), clock: None }),
    }
}

/// "Thursday": the last one, unless the tense says the next.
fn bare_weekday(weekday: u8, tense: Tense, anchors: &Anchors) -> Resolved {
    let blank = Resolved::open(Value::Blank { unit: Unit::Week, weekday: Some(weekday), clock: None });
    let Some(published) = anchors.published else { return blank };
    let ahead =
        (i64::from(weekday) - 1 - i64::from(published.weekday().to_monday_zero_offset())).rem_euclid(7);
    let days = if tense == Tense::Future || ahead == 0 { ahead } else { ahead - 7 };
    match plus(published, days.days()) {
        Some(day) => Resolved::from(Value::day(day), Anchor::Published, DAY),
        None => blank,
    }
}

/// "the weekend": the last one that has begun, unless the tense says the next.
fn weekend(tense: Tense, anchors: &Anchors) -> Resolved {
    let Some(published) = anchors.published else { return Resolved::blank(Unit::Weekend) };
    let is_begun = published.weekday().to_monday_one_offset() >= 6;
    let days = if is_begun || tense != Tense::Past { 0 } else { -7 };
    match plus(published, days.days()) {
        Some(day) => Resolved::from(Value::weekend(day), Anchor::Published, inferred_of(Unit::Weekend)),
        None => Resolved::blank(Unit::Weekend),
    }
}

fn days_from_now(days: i32, anchors: &Anchors) -> Resolved {
    // A history's "today" is the time of which it tells, or of whom it quotes: not the day of writing.
    if anchors.is_history() {
        let now = Resolved::stated(Value::Reference(Reference::Present));
        return if days == 0 { now } else { Resolved { is_open: false, ..Resolved::blank(Unit::Day) } };
    }
    match anchors.published.and_then(|day| plus(day, i64::from(days).days())) {
        Some(day) => Resolved::from(Value::day(day), Anchor::Published, DAY),
        None => Resolved::blank(Unit::Day),
    }
}

/// "last week", "the next day", "this May", "that afternoon".
fn step(what: What, by: i32, from: Deixis, anchors: &Anchors) -> Resolved {
    match what {
        What::Unit(unit) => unit_step(unit, by, from, anchors),
        What::DayPart(part) => {
            let clock = Some(crate::lang::time::Clock::Part(part));
            // "last night" is yesterday's, "this morning" is today's.
            let mut resolved = unit_step(Unit::Day, by, from, anchors);
            resolved.value = resolved.value.at(clock);
            resolved
        }
        What::Weekday(weekday) => {
            let Some((day, anchor)) = anchors.day(from) else {
                return Resolved::open(Value::Blank {
                    unit: Unit::Week,
                    weekday: Some(weekday),
                    clock: None,
                });
            };
            let monday = plus(day, (-i64::from(day.weekday().to_monday_zero_offset())).days());
            let in_week = |weeks: i64| {
                monday.and_then(|monday| plus(monday, (weeks * 7 + i64::from(weekday) - 1).days()))
            };
            let chosen = match by {
                0 => in_week(0),
                1.. if from == Deixis::Now => in_week(1),
                1.. => in_week(0).filter(|chosen| *chosen > day).or_else(|| in_week(1)),
                _ => in_week(0).filter(|chosen| *chosen < day).or_else(|| in_week(-1)),
            };
            chosen.map_or_else(
                || Resolved::blank(Unit::Day),
                |day| Resolved::from(Value::day(day), anchor, DAY),
            )
        }
        What::Month(month) => part_step(Part::Month(month), by, from, anchors),
        What::Season(season) => part_step(Part::Season(season), by, from, anchors),
    }
}

/// "last May", "this summer", "next fall": that part of the year which is before, now, or after.
fn part_step(part: Part, by: i32, from: Deixis, anchors: &Anchors) -> Resolved {
    let Some((day, anchor)) = anchors
        .day_or_year(from)
        .or_else(|| anchors.year(from).and_then(|(year, anchor)| Some((date(year, 1, 1)?, anchor))))
    else {
        return Resolved::open(Value::Date { year: None, part, clock: None });
    };
    let this = i32::from(day.year());
    let days = |year: i32| Value::part(year, part).days();
    let year = match by {
        0 => this,
        1.. => [this, this + 1]
            .into_iter()
            .find(|&year| days(year).is_some_and(|(first, _)| first > day))
            .unwrap_or(this + 1),
        _ => [this, this - 1, this - 2]
            .into_iter()
            .find(|&year| days(year).is_some_and(|(_, last)| last < day))
            .unwrap_or(this - 1),
    };
    Resolved::from(Value::part(year, part), anchor, &["year"])
}

/// Whether a year can be written with four digits.
fn is_told(year: i32) -> bool {
    (-9998..=9999).contains(&year)
}

fn unit_step(unit: Unit, by: i32, from: Deixis, anchors: &Anchors) -> Resolved {
    let found = match unit {
        Unit::Year | Unit::Decade | Unit::Century => anchors.year(from).and_then(|(year, anchor)| {
            let value = match unit {
                Unit::Decade => Value::Decade(age(year, 10) + by),
                Unit::Century => Value::Century(age(year, 100) + by),
                _ => Value::part(year + by, Part::Year),
            };
            let years = match unit {
                Unit::Decade => 10,
                Unit::Century => 100,
                _ => 1,
            };
            is_told(year + by.saturating_mul(years)).then_some((value, anchor))
        }),
        Unit::Month | Unit::Quarter => anchors.month(from).and_then(|((year, month), anchor)| {
            let months = if unit == Unit::Quarter { by * 3 } else { by };
            let first = plus_months(date(year, month, 1)?, months)?;
            let part = match unit {
                Unit::Quarter => Part::Quarter((first.month().cast_unsigned() - 1) / 3 + 1),
                _ => Part::Month(first.month().cast_unsigned()),
            };
            Some((Value::part(i32::from(first.year()), part), anchor))
        }),
        _ => anchors.day(from).and_then(|(day, anchor)| {
            let days = if matches!(unit, Unit::Week | Unit::Weekend) { 7 } else { 1 };
            let day = plus(day, (i64::from(by) * days).days())?;
            Some((in_unit(day, unit), anchor))
        }),
    };
    match found {
        Some((value, anchor)) => Resolved::from(value, anchor, inferred_of(unit)),
        None => Resolved::blank(unit),
    }
}

fn inferred_of(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Year | Unit::Decade | Unit::Century => &["year"],
        Unit::Month => &["year", "month"],
        Unit::Quarter => &["year", "quarter"],
        Unit::Week | Unit::Weekend => &["year", "week"],
        _ => DAY,
    }
}

/// The first digits of a year's decade or century; before Christ they count down to -1, the years 9 to 1 BC.
fn age(year: i32, length: i32) -> i32 {
    if year > 0 { year / length } else { -((1 - year) / length) - 1 }
}

/// The unit that a day lies in.
pub(super) fn in_unit(day: Date, unit: Unit) -> Value {
    let year = i32::from(day.year());
    match unit {
        Unit::Century => Value::Century(age(year, 100)),
        Unit::Decade => Value::Decade(age(year, 10)),
        Unit::Year => Value::part(year, Part::Year),
        Unit::Quarter => Value::part(year, Part::Quarter((day.month().cast_unsigned() - 1) / 3 + 1)),
        Unit::Month => Value::part(year, Part::Month(day.month().cast_unsigned())),
        Unit::Week => Value::week(day),
        Unit::Weekend => Value::weekend(day),
        _ => Value::day(day),
    }
}

/// "three days ago", "two years later", "two weeks after May 13".
fn offset(
    (amount, unit): (Amount, Unit),
    forward: bool,
    from: &From,
    tense: Tense,
    anchors: &Anchors,
) -> Resolved {
    let reference = if forward { Reference::Future } else { Reference::Past };
    let base = match from {
        From::Deixis(deixis) => deictic_start(unit, *deixis, anchors),
        From::Base(base) => {
            let start = resolve(base, tense, anchors);
            let unit = match start.value {
                Value::Date { part: Part::Day(..), .. } => Unit::Day,
                Value::Date { part: Part::Month(_), .. } => Unit::Month,
                _ => Unit::Year,
            };
            start.value.days().map(|(first, _)| (first, start.anchor, unit))
        }
    };
    let Amount::Thousandths(thousandths) = amount else {
        let anchor = base.and_then(|(_, anchor, _)| anchor);
        return Resolved { anchor, ..Resolved::stated(Value::Reference(reference)) };
    };
    let found = base.and_then(|(start, anchor, grain)| {
        let day = plus_amount(start, thousandths, unit, forward)?;
        Some((in_unit(day, grain), anchor))
    });
    match found {
        Some((value, anchor)) => {
            Resolved { anchor, inferred: inferred_of(unit).to_vec(), ..Resolved::stated(value) }
        }
        None => Resolved::blank(unit),
    }
}

/// Where an offset starts that is told from now or from the last time, and in which units it counts.
fn deictic_start(unit: Unit, deixis: Deixis, anchors: &Anchors) -> Option<(Date, Option<Anchor>, Unit)> {
    let day = anchors.day(deixis).map(|(day, anchor)| (day, Some(anchor)));
    let month = || {
        anchors.month(deixis).and_then(|((year, month), anchor)| Some((date(year, month, 1)?, Some(anchor))))
    };
    let year = || anchors.year(deixis).and_then(|(year, anchor)| Some((date(year, 1, 1)?, Some(anchor))));
    let (start, anchor) = match unit {
        Unit::Year | Unit::Decade | Unit::Century => year(),
        Unit::Month | Unit::Quarter => month(),
        _ => day,
    }?;
    // A decade ago is a year ten years back.
    let grain = if unit >= Unit::Year { Unit::Year } else { unit };
    Some((start, anchor, grain))
}

/// Some units from a day; half a year is six months, half of anything smaller is left out.
pub(super) fn plus_amount(day: Date, thousandths: u64, unit: Unit, forward: bool) -> Option<Date> {
    let whole = i64::try_from(thousandths / 1000).ok()?;
    let months = i64::try_from(thousandths.checked_mul(12)? / 1000).ok()?;
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Span::new(),
        Unit::Day => Span::new().try_days(whole).ok()?,
        Unit::Workday => return plus_workdays(day, whole, forward),
        Unit::Week | Unit::Weekend => Span::new().try_days(whole.checked_mul(7)?).ok()?,
        Unit::Month => Span::new().try_months(whole).ok()?,
        Unit::Quarter => Span::new().try_months(whole.checked_mul(3)?).ok()?,
        Unit::Year => Span::new().try_months(months).ok()?,
        Unit::Decade => Span::new().try_months(months.checked_mul(10)?).ok()?,
        Unit::Century => Span::new().try_months(months.checked_mul(100)?).ok()?,
    };
    plus(day, if forward { span } else { -span })
}

/// Days that are no Saturday and no Sunday.
fn plus_workdays(day: Date, count: i64, forward: bool) -> Option<Date> {
    let weeks = Span::new().try_days(count.div_euclid(5).checked_mul(7)?).ok()?;
    let mut day = plus(day, if forward { weeks } else { -weeks })?;
    let is_free = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut rest = count.rem_euclid(5);
    while rest > 0 {
        day = if forward { day.tomorrow() } else { day.yesterday() }.ok()?;
        rest -= i64::from(!is_free(day));
    }
    Some(day)
}

fn plus(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

fn plus_months(day: Date, months: i32) -> Option<Date> {
    plus(day, Span::new().try_months(i64::from(months)).ok()?)
}

/// "the first week of 2019", "the last day of May", "Tuesday of next week".
fn nth_of(nth: i8, what: What, of: &Base, tense: Tense, anchors: &Anchors) -> Resolved {
    let container = resolve(of, tense, anchors);
    let found = container.value.days().and_then(|days| nth_within(nth, what, days));
    match found {
        Some(value) => Resolved { value, ..container },
        None => match what {
            What::Weekday(weekday) => Resolved {
                value: Value::Blank { unit: Unit::Week, weekday: Some(weekday), clock: None },
                ..container
            },
            What::Unit(unit) => {
                Resolved { value: Value::Blank { unit, weekday: None, clock: None }, ..container }
            }
            _ => container,
        },
    }
}

fn nth_within(nth: i8, what: What, (first, last): (Date, Date)) -> Option<Value> {
    let index = i64::from(nth) - 1;
    let within = |day: Date| (first <= day && day <= last).then_some(day);
    let day = match what {
        What::Unit(Unit::Day) if nth < 0 => last,
        What::Unit(Unit::Day) => plus(first, index.days()).and_then(within)?,
        What::Unit(Unit::Week) if first == last => return Some(Value::week(first)),
        What::Unit(Unit::Week) => {
            // ISO 8601's rule, for months as for years: the first week has four days in it.
            let start = if nth < 0 {
                plus(last, (-3).days())?
            } else {
                plus(plus(first, 3.days())?, (index * 7).days()).and_then(within)?
            };
            return Some(Value::week(start));
        }
        What::Unit(Unit::Month) => {
            let month =
                if nth < 0 { last } else { plus_months(first, i32::from(nth) - 1).and_then(within)? };
            return Some(in_unit(month, Unit::Month));
        }
        // The weekend of a feast: the one before it where it is a Monday, as Labor Day is.
        What::Unit(Unit::Weekend) if first == last => {
            let back = if first.weekday() == Weekday::Monday { -2 } else { 0 };
            return Some(Value::weekend(plus(first, back.days())?));
        }
        What::Unit(Unit::Weekend) => {
            let saturday = nth_weekday(nth, 6, (first, last))?;
            return Some(Value::weekend(saturday));
        }
        What::Weekday(weekday) => nth_weekday(nth, weekday, (first, last))?,
        _ => return None,
    };
    Some(Value::day(day))
}

fn nth_weekday(nth: i8, weekday: u8, (first, last): (Date, Date)) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let day = if nth < 0 {
        let back = i64::from(last.weekday().since(wanted));
        plus(last, (-back).days())?
    } else {
        let ahead = i64::from(wanted.since(first.weekday()));
        plus(first, (ahead + (i64::from(nth) - 1) * 7).days())?
    };
    (first <= day && day <= last).then_some(day)
}

/// "the nineties": the last ones that have begun.
fn short_decade(tens: u8, anchors: &Anchors) -> Resolved {
    let (year, anchor) = match anchors.year(Deixis::Now) {
        Some((year, anchor)) => (year, Some(anchor)),
        None => (1999, None),
    };
    let century = year.div_euclid(100) * 100 + i32::from(tens);
    let start = if century > year { century - 100 } else { century };
    Resolved { anchor, inferred: vec!["century"], ..Resolved::stated(Value::Decade(start.div_euclid(10))) }
}

fn holiday_of(holiday: Holiday, year: Option<Year>, step: i32, tense: Tense, anchors: &Anchors) -> Resolved {
    if let Some(year) = year {
        let of = calendar(Some(year), Part::Year, tense, anchors);
        let day = of.value.year().and_then(|year| day_of(holiday, year));
        return match day {
            Some(day) => Resolved { value: Value::day(day), ..of },
            None => Resolved::blank(Unit::Day),
        };
    }
    let fixed = match holiday {
        Holiday::Fixed(month, day) => {
            Resolved::open(Value::Date { year: None, part: Part::Day(month, day), clock: None })
        }
        _ => Resolved::blank(Unit::Day),
    };
    let told = anchors.story_year().filter(|_| tense != Tense::Future && step == 0);
    if let Some(StoryYear { year, anchor, .. }) = told {
        return day_of(holiday, year).map_or(fixed, |day| Resolved::from(Value::day(day), anchor, &["year"]));
    }
    let Some((now, anchor)) = anchors.day(Deixis::Now) else { return fixed };
    let this = i32::from(now.year());
    let years = [this - 1, this, this + 1];
    let day = match step {
        0 => by_tense(now, tense, years, |year| day_of(holiday, year)).and_then(|year| day_of(holiday, year)),
        1.. => years.into_iter().filter_map(|year| day_of(holiday, year)).find(|day| *day > now),
        _ => years.into_iter().filter_map(|year| day_of(holiday, year)).rfind(|day| *day < now),
    };
    day.map_or(fixed, |day| Resolved::from(Value::day(day), anchor, &["year"]))
}

/// When a holiday falls.
fn day_of(holiday: Holiday, year: i32) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, day) => date(year, month, day),
        Holiday::Nth { nth, weekday, month, after } => {
            let first = date(year, month, 1)?;
            let day = nth_weekday(nth, weekday, (first, first.last_of_month()))?;
            plus(day, i64::from(after).days())
        }
        Holiday::Easter(days) => plus(easter(year)?, i64::from(days).days()),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    date(year, u8::try_from(sum / 31).ok()?, u8::try_from(sum % 31 + 1).ok()?)
}
