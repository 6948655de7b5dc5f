//! What a time expression can mean, in any language.
//!
//! In: nothing; a grammar of `lang` makes these, and [`crate::read::time`] finds the days. They keep what the words
//! say and nothing else: no year is added, no weekday becomes a date. Read on in `lang::en::time`.

use crate::text::Span;

/// A time expression as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) span: Span,
    pub(crate) meaning: Meaning,
    pub(crate) family: Family,
}

/// The families of expressions: each is a rule, with a name of its own in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    Day,
    Month,
    Year,
    Numeric,
    Weekday,
    Deictic,
    Step,
    Offset,
    Nth,
    Season,
    Age,
    Quarter,
    Holiday,
    Clock,
    DayPart,
    Duration,
    Set,
    Range,
    Vague,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A time that has a place in the calendar.
    Point(Point),
    /// A length of time.
    Length(Length),
    /// A time that comes again.
    Repeated(Repeated),
    /// From the one to the other; both are expressions of their own.
    Range(Box<Expression>, Box<Expression>),
}

/// A time that has a place in the calendar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) base: Base,
    pub(crate) clock: Option<Clock>,
    pub(crate) modifier: Option<Modifier>,
    /// "earlier this month", "later this year".
    pub(crate) side: Option<Side>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Base {
    /// Parts of the calendar as they are named: "May 5", "1994", "Q3", "the summer of that year".
    Calendar {
        year: Option<Year>,
        part: Part,
    },
    /// "Thursday"; beside a date it says nothing more.
    Weekday(u8),
    /// "the weekend".
    Weekend,
    /// "today", "yesterday": days from now.
    Days(i32),
    /// "last week", "the following year", "this May": the next of a kind, or the one before.
    Step {
        what: What,
        by: i32,
        from: Deixis,
    },
    /// "three days ago", "two weeks after May 13".
    Offset {
        amount: Amount,
        unit: Unit,
        forward: bool,
        from: From,
    },
    /// "the first week of 2019", "the third Monday of May".
    Nth {
        nth: i8,
        what: What,
        of: Box<Base>,
    },
    /// "the 1990s": the decade's first three digits; "the 19th century": the first two.
    Decade(i32),
    /// A decade whose century is not said: "the nineties".
    ShortDecade(u8),
    Century(i32),
    Holiday {
        holiday: Holiday,
        year: Option<Year>,
        step: i32,
    },
    /// A time of day alone: "at 5 p.m.", "that afternoon".
    SameDay(Deixis),
    /// A weekday and its number: "Wednesday the 13th" of a month that is not said.
    WeekdayOn(u8, u8),
    /// A day that the text does not mean to tell: "at night".
    AnyDay,
    Reference(Reference),
}

/// A year as it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// All of it, counted as astronomers do: 1 BC is 0.
    Full(i32),
    /// Its last two digits.
    Short(u8),
    Fiscal(i32),
    /// "last fiscal year".
    FiscalStep(i32),
    /// "of that year", "of last year".
    Step(i32, Deixis),
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Year,
    Half(u8),
    Quarter(u8),
    Season(Season),
    Month(u8),
    Week(u8),
    Weekend(u8),
    /// Month and day.
    Day(u8, u8),
    /// A day whose month is not said: "the 13th".
    MonthDay(u8),
}

/// What can be next or last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Unit(Unit),
    Weekday(u8),
    Month(u8),
    Season(Season),
    /// "last night", "that afternoon".
    DayPart(DayPart),
}

/// What an expression is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deixis {
    /// The day of writing: "last week", "three days ago".
    Now,
    /// The time that was told of last: "the next day", "two years later".
    Told,
    /// The time that the sentence told of, in a history that was told of last, else the day of writing: "the end of
    /// the year".
    Here,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum From {
    Deixis(Deixis),
    Base(Box<Base>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Earlier,
    Later,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    Part(DayPart),
    At { hour: u8, minute: Option<u8>, second: Option<u8>, zone: Option<Zone> },
}

/// Minutes east of Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone(pub(crate) i16);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// A day of work.
    Workday,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// How many: in thousandths, or "a few".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Thousandths(u64),
    Some,
}

/// TIMEX3's `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Early in it.
    Start,
    /// In its middle.
    Mid,
    /// Late in it.
    End,
    /// About so much.
    Approx,
    /// Less than it.
    LessThan,
    /// More than it.
    MoreThan,
    /// At most so much.
    EqualOrLess,
    /// At least so much.
    EqualOrMore,
}

/// A length of time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Length {
    /// From the larger unit to the smaller: "two years and three months".
    pub(crate) pieces: Vec<(Amount, Unit)>,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) place: Place,
}

/// Where in the calendar a length stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    Nowhere,
    /// "in two weeks": from now on, where the tense says so.
    Ahead,
    /// "the past three years".
    Before(Deixis),
    /// "the next two weeks": from tomorrow on.
    After(Deixis),
    /// "within two weeks", "within the next two weeks": from today on, where the tense says so.
    Within(Deixis),
    /// "for three days from Monday".
    From(Box<Base>),
    /// "the first ten months of 1915".
    Opening(Box<Base>),
    /// "the last two weeks of February".
    Closing(Box<Base>),
}

/// A time that comes again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Repeated {
    pub(crate) every: Every,
    pub(crate) clock: Option<Clock>,
    /// TIMEX3's `quant`: "EVERY".
    pub(crate) quant: Option<&'static str>,
    /// How often in each: twice a week.
    pub(crate) times: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Every {
    Length(Amount, Unit),
    Weekday(u8),
    Month(u8),
    Season(Season),
    DayPart(DayPart),
}

/// Days of the year that have names; [`crate::read::time`] knows when they fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// The same day each year.
    Fixed(u8, u8),
    /// The n-th weekday of a month; the last is -1. With days after it.
    Nth { nth: i8, weekday: u8, month: u8, after: i8 },
    /// Days from Easter Sunday.
    Easter(i8),
}

impl Point {
    pub(crate) fn of(base: Base) -> Point {
        Point { base, clock: None, modifier: None, side: None }
    }
}

impl Amount {
    pub(crate) const ONE: Amount = Amount::Thousandths(1000);

    pub(crate) fn whole(number: u32) -> Amount {
        Amount::Thousandths(u64::from(number) * 1000)
    }
}
