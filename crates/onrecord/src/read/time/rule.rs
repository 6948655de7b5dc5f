//! The makers of times: their names, what they read, and how often they are right.
//!
//! A score is the share of a maker's rows whose span meets one in the gold and whose value is the same, rounded to two
//! decimals; `eval/time-makers.csv` has the counts.

use crate::lang::time::Family;
use crate::read::Maker;

const fn maker(rule: &'static str, reads: &'static str, score: f64) -> Maker {
    Maker { rule, reads, score }
}

pub(super) const fn maker_of(family: Family) -> Maker {
    match family {
        Family::Day => maker("time/day", "May 5, 2019; the 5th of May; on the 13th", 0.98),
        Family::Month => maker("time/month", "May 2019; in June", 0.93),
        Family::Year => maker("time/year", "in 1994; 490 BC; fiscal year 2018", 1.0),
        Family::Numeric => maker("time/numeric", "2019-05-05; 5/5/2019", 0.9),
        Family::Weekday => maker("time/weekday", "Thursday", 0.7),
        Family::Deictic => maker("time/today", "today; yesterday; the day after tomorrow", 0.8),
        Family::Step => maker("time/step", "last week; the following year; that day", 0.74),
        Family::Offset => maker("time/offset", "three days ago; two years later", 0.55),
        Family::Nth => maker("time/nth", "the first week of 2019; the last Friday of May", 0.6),
        Family::Season => maker("time/season", "the summer of 1918; in winter", 0.69),
        Family::Age => maker("time/age", "the 1990s; the 19th century", 0.9),
        Family::Quarter => maker("time/quarter", "Q3; the third quarter; the first half of 2008", 0.7),
        Family::Holiday => maker("time/holiday", "Christmas 1963; Labor Day", 0.6),
        Family::Clock => maker("time/clock", "5 p.m. Thursday; 18:00 UTC", 0.7),
        Family::DayPart => maker("time/day-part", "Monday morning; the night of May 5", 0.7),
        Family::Duration => maker("time/duration", "three years; the past month; for decades", 0.91),
        Family::Set => maker("time/set", "every day; twice a week; annual", 0.7),
        Family::Range => maker("time/range", "from 2014 to 2016; July 1–3", 0.6),
        Family::Vague => maker("time/vague", "now; recently; in the future; at that time", 0.76),
    }
}
