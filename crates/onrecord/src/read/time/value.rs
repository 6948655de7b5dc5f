//! What a time is, as TIMEX3 writes it, and the days that it can mean.
//!
//! In: the parts of the calendar, filled as far as they are known. Out: `2024-05-07`, `1943-SU`, `2019-W20-WE`, `P3M`,
//! `PAST_REF`; `X` stands where nothing is known (TimeML 1.2.1, which follows ISO 8601 where that has a form). Decades,
//! centuries, years before Christ, seasons and parts of the day are TIMEX2's (`199`, `BC0490`, `SU`, `TNI`).

use std::fmt;

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::lang::time::{Amount, Clock, DayPart, Every, Modifier, Part, Reference, Season, Unit, Zone};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// `year` counts as astronomers do: 1 BC is 0.
    Date {
        year: Option<i32>,
        part: Part,
        clock: Option<Clock>,
    },
    /// A unit of which nothing is known, or a weekday in it.
    Blank {
        unit: Unit,
        weekday: Option<u8>,
        clock: Option<Clock>,
    },
    /// The first three digits of its years; -48 is the 470s BC.
    Decade(i32),
    /// The first two digits of its years; -4 is the fourth century BC.
    Century(i32),
    Fiscal(i32),
    Length(Vec<(Amount, Unit)>),
    Repeated(Every, Option<Clock>),
    Reference(Reference),
}

impl Value {
    pub(super) fn day(date: Date) -> Value {
        let part = Part::Day(date.month().cast_unsigned(), date.day().cast_unsigned());
        Value::Date { year: Some(i32::from(date.year())), part, clock: None }
    }

    pub(super) fn week(date: Date) -> Value {
        let week = date.iso_week_date();
        let part = Part::Week(week.week().cast_unsigned());
        Value::Date { year: Some(i32::from(week.year())), part, clock: None }
    }

    pub(super) fn weekend(date: Date) -> Value {
        let week = date.iso_week_date();
        let part = Part::Weekend(week.week().cast_unsigned());
        Value::Date { year: Some(i32::from(week.year())), part, clock: None }
    }

    pub(super) fn part(year: i32, part: Part) -> Value {
        Value::Date { year: Some(year), part, clock: None }
    }

    pub(super) fn at(self, hour: Option<Clock>) -> Value {
        match self {
            Value::Date { year, part, clock } => Value::Date { year, part, clock: hour.or(clock) },
            Value::Blank { unit, weekday, clock } => Value::Blank { unit, weekday, clock: hour.or(clock) },
            other => other,
        }
    }

    pub(super) fn clock(&self) -> Option<Clock> {
        match self {
            Value::Date { clock, .. } | Value::Blank { clock, .. } => *clock,
            _ => None,
        }
    }

    pub(super) fn year(&self) -> Option<i32> {
        match self {
            Value::Date { year, .. } => *year,
            _ => None,
        }
    }

    /// Whether the calendar has it: 31 February it has not.
    pub(super) fn is_possible(&self) -> bool {
        match *self {
            // 2000 has every day that a year can have.
            Value::Date { year, part: Part::Day(month, day), .. } => {
                date(year.unwrap_or(2000), month, day).is_some()
            }
            Value::Date { part: Part::Month(month), .. } => (1..=12).contains(&month),
            _ => true,
        }
    }

    /// The first and the last day that it covers; `None` where it has no place in the calendar.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        match *self {
            Value::Date { year, part, .. } => days_of(year?, part),
            Value::Decade(decade) => years(decade, 10),
            Value::Century(century) => years(century, 100),
            _ => None,
        }
    }
}

/// The days of a decade or century by its first digits.
fn years(first: i32, length: i32) -> Option<(Date, Date)> {
    let (first, last) = if first < 0 && length == 10 {
        // The 470s BC: 479 to 470 BC.
        ((first + 1) * 10 - 8, (first + 1) * 10 + 1)
    } else if first < 0 {
        (first * 100 + 1, first * 100 + 100)
    } else {
        (first * length, first * length + length - 1)
    };
    Some((date(first, 1, 1)?, date(last, 12, 31)?))
}

fn days_of(year: i32, part: Part) -> Option<(Date, Date)> {
    let months = |first: u8, count: u8| {
        let start = date(year, first, 1)?;
        let last = date(year, first + count - 1, 1)?;
        Some((start, last.last_of_month()))
    };
    match part {
        Part::Year => months(1, 12),
        Part::Half(half) => months(half.checked_sub(1)? * 6 + 1, 6),
        Part::Quarter(quarter) => months(quarter.checked_sub(1)? * 3 + 1, 3),
        Part::Month(month) => months(month, 1),
        Part::Day(month, day) => date(year, month, day).map(|day| (day, day)),
        Part::Week(week) => {
            let start = week_day(year, week, Weekday::Monday)?;
            Some((start, week_day(year, week, Weekday::Sunday)?))
        }
        Part::Weekend(week) => {
            let start = week_day(year, week, Weekday::Saturday)?;
            Some((start, week_day(year, week, Weekday::Sunday)?))
        }
        // By the months of the weather services; a winter has the year in which it begins.
        Part::Season(Season::Winter) => {
            let next = date(year + 1, 2, 1)?;
            Some((date(year, 12, 1)?, next.last_of_month()))
        }
        Part::Season(season) => months(season as u8 * 3 + 3, 3),
        Part::MonthDay(_) => None,
    }
}

pub(super) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn week_day(year: i32, week: u8, day: Weekday) -> Option<Date> {
    let week = ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, day).ok()?;
    // The last week of the year 9999 goes on beyond what a date can say.
    (week.year() < 9999).then(|| week.date())
}

/// The part of some days that a modifier leaves.
pub(super) fn narrowed((first, last): (Date, Date), modifier: Option<Modifier>) -> (Date, Date) {
    let length = (last - first).get_days();
    let shifted = |from: Date, days: i32| from.checked_add(jiff::Span::new().days(days)).unwrap_or(from);
    match modifier {
        Some(Modifier::Start) => (first, shifted(first, length / 2)),
        Some(Modifier::Mid) => (shifted(first, length / 4), shifted(last, -(length / 4))),
        Some(Modifier::End) => (shifted(last, -(length / 2)), last),
        _ => (first, last),
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Date { year, part, clock } => {
                match year {
                    Some(year @ ..=0) => write!(f, "BC{:04}", 1 - year)?,
                    Some(year) => write!(f, "{year:04}")?,
                    None => f.write_str("XXXX")?,
                }
                write_part(f, *part)?;
                write_clock(f, *clock)
            }
            Value::Blank { unit, weekday, clock } => {
                f.write_str(blank(*unit))?;
                if let Some(weekday) = weekday {
                    write!(f, "-{weekday}")?;
                }
                write_clock(f, *clock)
            }
            Value::Decade(decade @ ..0) => write!(f, "BC{:03}", -decade - 1),
            Value::Decade(decade) => write!(f, "{decade:03}"),
            Value::Century(century @ ..0) => write!(f, "BC{:02}", -century - 1),
            Value::Century(century) => write!(f, "{century:02}"),
            Value::Fiscal(year) => write!(f, "FY{year:04}"),
            Value::Length(pieces) => write_length(f, pieces),
            Value::Repeated(every, clock) => write_every(f, every, *clock),
            Value::Reference(Reference::Past) => f.write_str("PAST_REF"),
            Value::Reference(Reference::Present) => f.write_str("PRESENT_REF"),
            Value::Reference(Reference::Future) => f.write_str("FUTURE_REF"),
        }
    }
}

fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Workday => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

fn write_part(f: &mut fmt::Formatter<'_>, part: Part) -> fmt::Result {
    match part {
        Part::Year => Ok(()),
        Part::Half(half) => write!(f, "-H{half}"),
        Part::Quarter(quarter) => write!(f, "-Q{quarter}"),
        Part::Season(season) => write!(f, "-{}", season_name(season)),
        Part::Month(month) => write!(f, "-{month:02}"),
        Part::Week(week) => write!(f, "-W{week:02}"),
        Part::Weekend(week) => write!(f, "-W{week:02}-WE"),
        Part::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
        Part::MonthDay(day) => write!(f, "-XX-{day:02}"),
    }
}

fn season_name(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Fall => "FA",
        Season::Winter => "WI",
    }
}

fn write_clock(f: &mut fmt::Formatter<'_>, clock: Option<Clock>) -> fmt::Result {
    match clock {
        None => Ok(()),
        Some(Clock::Part(part)) => write!(f, "T{}", part_name(part)),
        Some(Clock::At { hour, minute, second, zone }) => {
            write!(f, "T{hour:02}:{:02}", minute.unwrap_or(0))?;
            if let Some(second) = second {
                write!(f, ":{second:02}")?;
            }
            match zone {
                None => Ok(()),
                Some(Zone(0)) => f.write_str("Z"),
                Some(Zone(minutes)) => {
                    let sign = if minutes < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
                }
            }
        }
    }
}

fn part_name(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "MO",
        DayPart::Afternoon => "AF",
        DayPart::Evening => "EV",
        DayPart::Night => "NI",
        DayPart::Daytime => "DT",
    }
}

fn write_every(f: &mut fmt::Formatter<'_>, every: &Every, clock: Option<Clock>) -> fmt::Result {
    match *every {
        Every::Length(Amount::ONE, Unit::Day) if clock.is_some() => f.write_str("XXXX-XX-XX")?,
        Every::Length(amount, unit) => write_length(f, &[(amount, unit)])?,
        Every::Weekday(weekday) => write!(f, "XXXX-WXX-{weekday}")?,
        Every::Month(month) => write!(f, "XXXX-{month:02}")?,
        Every::Season(season) => write!(f, "XXXX-{}", season_name(season))?,
        Every::DayPart(part) => write!(f, "T{}", part_name(part))?,
    }
    match every {
        Every::Length(Amount::ONE, Unit::Day) | Every::Weekday(_) => write_clock(f, clock),
        _ => Ok(()),
    }
}

/// ISO 8601's form; it has no quarters, decades and centuries, which become months and years where they are counted.
fn write_length(f: &mut fmt::Formatter<'_>, pieces: &[(Amount, Unit)]) -> fmt::Result {
    f.write_str("P")?;
    let mut in_hours = false;
    for &(amount, unit) in pieces {
        if unit <= Unit::Hour && !in_hours {
            f.write_str("T")?;
            in_hours = true;
        }
        let (scale, name) = match (unit, amount) {
            (Unit::Decade, Amount::Some) => (1, "DE"),
            (Unit::Century, Amount::Some) => (1, "CE"),
            (Unit::Decade, _) => (10, "Y"),
            (Unit::Century, _) => (100, "Y"),
            (Unit::Quarter, _) => (3, "M"),
            (Unit::Second, _) => (1, "S"),
            (Unit::Minute | Unit::Month, _) => (1, "M"),
            (Unit::Hour, _) => (1, "H"),
            (Unit::Day | Unit::Workday, _) => (1, "D"),
            (Unit::Weekend, _) => (1, "WE"),
            (Unit::Week, _) => (1, "W"),
            (Unit::Year, _) => (1, "Y"),
        };
        match amount {
            Amount::Some => f.write_str("X")?,
            Amount::Thousandths(thousandths) => write_number(f, thousandths.saturating_mul(scale))?,
        }
        f.write_str(name)?;
    }
    Ok(())
}

fn write_number(f: &mut fmt::Formatter<'_>, thousandths: u64) -> fmt::Result {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        return write!(f, "{whole}");
    }
    let decimals = format!("{rest:03}");
    write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
}
