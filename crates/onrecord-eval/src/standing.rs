//! The standing of happenings, scored.
//!
//! In: the data folder. Out: counts, `standing.csv`, and a listing of what is wrong. A trigger that the annotators marked
//! has the standing of the event whose trigger it shares a character with; where there is none, it happened. What the
//! measures mean stands in `eval/README.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use onrecord::read::cause::Standing;
use onrecord::record::Claims;
use onrecord::{Article, Engine};

use crate::Error;
use crate::corpus::Split;
use crate::corpus::meantime::{self, Eventful, Happened};
use crate::score::ratio;
use crate::table::Table;

/// The figures of one split.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Triggers by what they are and what they were read as; `None` where no event was read.
    counts: BTreeMap<(bool, Option<&'static str>), usize>,
}

/// Scores a split; `list` gets every trigger that is not right, with its text.
///
/// # Errors
///
/// When the corpus cannot be read.
pub fn evaluate(engine: &Engine, data: &Path, split: Split, list: &mut dyn Write) -> Result<Scored, Error> {
    let mut scored = Scored::default();
    for eventful in meantime::events(data, split)? {
        let article = &eventful.article;
        let input = Article { published: article.published.clone(), ..Article::new(article.text.clone()) };
        let (_, claims) = engine.claims(input);
        scored.add(&eventful, &claims, list);
    }
    Ok(scored)
}

impl Scored {
    fn add(&mut self, eventful: &Eventful, claims: &Claims, list: &mut dyn Write) {
        let text = &eventful.article.text;
        for (range, happened) in &eventful.events {
            let meets = |event: &&onrecord::read::cause::Event| {
                let trigger = event.trigger.range();
                trigger.start < range.end && range.start < trigger.end
            };
            let event = claims.cause.events.iter().find(meets);
            let name = event.map(|event| name(event.standing));
            let is_open = *happened == Happened::No;
            if is_open != name.is_some_and(is_open_name) {
                let from = text.floor_char_boundary(range.start.saturating_sub(110));
                let to = text.ceil_char_boundary((range.end + 60).min(text.len()));
                let around =
                    format!("{}[{}]{}", &text[from..range.start], &text[range.clone()], &text[range.end..to]);
                let gold = if is_open { "not" } else { "happened" };
                let _ = writeln!(list, "{gold}\t{}\t{}", name.unwrap_or("-"), around.replace('\n', " "));
            }
            *self.counts.entry((is_open, name)).or_default() += 1;
        }
    }
}

fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Happened => "happened",
        Standing::Ongoing => "ongoing",
        Standing::Expected => "expected",
        Standing::Ordered => "ordered",
        Standing::Possible => "possible",
        Standing::Conditional => "conditional",
        Standing::Denied => "denied",
    }
}

/// Whether what has this standing did not happen, or not yet.
fn is_open_name(name: &str) -> bool {
    !["happened", "ongoing"].contains(&name)
}

/// The table of a split.
pub fn table(split: Split, scored: &Scored) -> Table {
    let mut csv = String::from("corpus,split,measure,p,r,f1,right,read,gold\n");
    let count = |wanted: &dyn Fn(bool, bool) -> bool| -> usize {
        let counts = scored.counts.iter();
        let read = |name: Option<&str>| name.is_some_and(is_open_name);
        counts.filter(|((gold, name), _)| wanted(*gold, read(*name))).map(|(_, count)| count).sum()
    };
    let split = split.name();
    for (measure, class) in [("not happened", true), ("happened", false)] {
        let right = count(&|gold, read| gold == class && read == class);
        let (read, gold) = (count(&|_, read| read == class), count(&|gold, _| gold == class));
        let [p, r] = [read, gold].map(|whole| 100.0 * ratio(right, whole));
        let f1 = 100.0 * ratio(2 * right, read + gold);
        let _ = writeln!(csv, "MEANTIME,{split},{measure},{p:.2},{r:.2},{f1:.2},{right},{read},{gold}");
    }
    for ((gold, name), number) in &scored.counts {
        let gold = if *gold { "not happened" } else { "happened" };
        let _ = writeln!(csv, "MEANTIME,{split},{gold} read as {},,,,{number},,", name.unwrap_or("no event"));
    }
    Table { name: "standing.csv", csv }
}
