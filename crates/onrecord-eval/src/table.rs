//! The committed score tables: a change of quality shows as a diff.
//!
//! In: what was [measured](Figures). Out: seven CSV files, written or compared with those that are there; those of people
//! are made in [`people`].
//! They never hold a word of the corpus, only names of articles and figures. What the columns mean stands in
//! `eval/README.md`.

pub mod people;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Error;
use crate::error::Side;
use crate::evaluation::Evaluation;
use crate::maker::{Measured, Share};
use crate::position::Positions;
use crate::score::bootstrap::{self, Interval};
use crate::score::report::{Rates, Row};
use crate::score::{Counts, Kind, Report, ratio};

/// One file of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its file name.
    pub name: &'static str,
    /// Its content.
    pub csv: String,
}

/// A committed table that is not what was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub path: PathBuf,
    /// The first line that differs, counted from 1.
    pub line: usize,
    /// That line as committed, where there is one.
    pub committed: Option<String>,
    /// That line as computed, where there is one.
    pub computed: Option<String>,
}

/// What the tables of who said what are made from.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'f> {
    /// Dev, read by the whole program.
    pub whole: &'f Evaluation,
    /// Dev, read by the rules alone.
    pub by_rules: &'f Evaluation,
    /// How often each maker is right.
    pub makers: &'f Measured,
}

/// The tables of who said what.
pub fn quote(Figures { whole, by_rules, makers }: Figures<'_>) -> [Table; 7] {
    [
        Table { name: "quote.csv", csv: figures(whole) },
        Table { name: "quote-rules.csv", csv: figures(by_rules) },
        Table { name: "quote-articles.csv", csv: articles(whole) },
        Table { name: "quote-outlets.csv", csv: outlets(whole) },
        Table { name: "quote-positions.csv", csv: positions(whole.positions) },
        Table { name: "quote-errors.csv", csv: errors(whole) },
        Table { name: "quote-makers.csv", csv: shares(makers) },
    ]
}

impl Table {
    /// Writes it into a folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(self.name);
        fs::write(&path, &self.csv).map_err(|cause| Error::io("write", &path, cause))
    }

    /// It as people read it: the cells of a column below each other.
    pub fn aligned(&self) -> String {
        let rows: Vec<Vec<&str>> = self.csv.lines().map(|row| row.split(',').collect()).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.len()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        let mut aligned = String::new();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            line(&mut aligned, format_args!("{}", cells.collect::<Vec<_>>().join("  ").trim_end()));
        }
        aligned
    }

    /// Compares it with the one in a folder. One that is not there differs in its first line.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn compare(&self, folder: &Path) -> Result<Option<Difference>, Error> {
        let path = folder.join(self.name);
        let committed = match fs::read_to_string(&path) {
            Ok(csv) => csv,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(Error::io("read", &path, cause)),
        };
        let (mut theirs, mut ours) = (committed.lines(), self.csv.lines());
        for line in 1.. {
            let (committed, computed) = (theirs.next(), ours.next());
            if committed != computed {
                let (committed, computed) = (committed.map(str::to_owned), computed.map(str::to_owned));
                return Ok(Some(Difference { path, line, committed, computed }));
            }
            if committed.is_none() {
                break;
            }
        }
        Ok(None)
    }
}

/// One row for each measure and kind.
fn figures(evaluation: &Evaluation) -> String {
    let counts = evaluation.counts();
    let of_articles: Vec<Counts> = evaluation.articles.iter().map(|article| article.counts).collect();
    let intervals = bootstrap::intervals(&of_articles);
    let mut csv = String::from("measure,kind,p,r,f1,tp,pred,gold,f1_low,f1_high\n");
    for Row { measure, key, rates } in Report::new(&counts).rows {
        let interval = intervals.iter().find(|interval| measure == "attribution" && interval.key == key);
        let (low, high) = interval
            .map_or_else(Default::default, |&Interval { low, high, .. }| (percent(low), percent(high)));
        line(&mut csv, format_args!("{measure},{key},{},{low},{high}", cells(rates)));
    }
    let sources = counts.source;
    let shares =
        [("overlap", sources.overlap), ("equal", sources.equal), ("cue_overlap", sources.cue_overlap)];
    for (key, count) in shares {
        let pairs = sources.pairs;
        let share = if pairs == 0 { String::new() } else { percent(ratio(count, pairs)) };
        line(&mut csv, format_args!("source_accuracy,{key},{share},,,{count},{pairs},{pairs},,"));
    }
    csv
}

/// One row for each article.
fn articles(evaluation: &Evaluation) -> String {
    let mut csv = String::from("article,gold,pred,matched,f1\n");
    for article in &evaluation.articles {
        let all = article.counts.attribution.all;
        let report = Report::new(&article.counts);
        let rates = report.rates("attribution", "all").filter(|rates| rates.gold + rates.predicted > 0);
        let f1 = rates.map_or_else(String::new, |rates| percent(rates.f1));
        line(&mut csv, format_args!("{},{},{},{},{f1}", article.name, all.gold, all.predicted, all.found));
    }
    csv
}

/// One row for each outlet and kind.
fn outlets(evaluation: &Evaluation) -> String {
    let mut by_outlet: BTreeMap<&str, Counts> = BTreeMap::new();
    for article in &evaluation.articles {
        *by_outlet.entry(outlet(&article.name)).or_default() += article.counts;
    }
    let mut csv = String::from("outlet,kind,p,r,f1,tp,pred,gold\n");
    for (outlet, counts) in by_outlet {
        let rows = Report::new(&counts).rows;
        for Row { key, rates, .. } in rows.into_iter().filter(|row| row.measure == "attribution") {
            line(&mut csv, format_args!("{outlet},{key},{}", cells(rates)));
        }
    }
    csv
}

/// Who published an article: in PolNeAR its name says it, before the date.
fn outlet(name: &str) -> &str {
    name.split_once('_').map_or(name, |(outlet, _)| outlet)
}

/// One row for each part of an article.
fn positions(Positions(parts): Positions) -> String {
    let mut csv = String::from("fifth,p,r,f1,tp,pred,gold\n");
    for (fifth, &tally) in (1..).zip(&parts) {
        line(&mut csv, format_args!("{fifth},{}", cells(Rates::new(tally))));
    }
    csv
}

/// One row for each side and class.
fn errors(evaluation: &Evaluation) -> String {
    let mut csv = String::from("side,class,direct,mixed,indirect,all\n");
    for side in Side::ALL {
        for class in side.classes() {
            let [direct, mixed, indirect] = Kind::ALL.map(|kind| evaluation.errors.of(side, class, kind));
            let (side, class, all) = (side.name(), class.name(), direct + mixed + indirect);
            line(&mut csv, format_args!("{side},{class},{direct},{mixed},{indirect},{all}"));
        }
    }
    csv
}

/// One row for each maker that has rows.
fn shares(makers: &Measured) -> String {
    let mut csv = String::from("maker,split,rows,right,share,score\n");
    for (split, rule, Share { rows, right, score }) in makers.shares() {
        let (split, share) = (split.name(), percent(ratio(right, rows)));
        line(&mut csv, format_args!("{rule},{split},{rows},{right},{share},{score}"));
    }
    csv
}

/// The cells `p,r,f1,tp,pred,gold`.
fn cells(Rates { precision, recall, f1, found, predicted, gold }: Rates) -> String {
    let (p, r, f1) = (percent(precision), percent(recall), percent(f1));
    format!("{p},{r},{f1},{found},{predicted},{gold}")
}

/// Two digits after the point: enough to see one attribution of dev come or go.
fn percent(share: f64) -> String {
    format!("{:.2}", 100.0 * share)
}

fn line(csv: &mut String, cells: std::fmt::Arguments<'_>) {
    writeln!(csv, "{cells}").expect("writing to a string cannot fail");
}
