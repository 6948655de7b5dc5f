//! The reading of times, scored: three corpora, one table.
//!
//! In: the data folder. Out: counts for each corpus and split, `time.csv`, and a listing of what is wrong. It keeps no
//! text: listings are written as they are made. What the measures mean stands in `eval/README.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use onrecord::record::Claims;
use onrecord::{Article, Engine};

use crate::Error;
use crate::corpus::timed::Timed;
use crate::corpus::{Split, meantime, recognizers, wikiwars};
use crate::score::ratio;
use crate::score::time::{self, TimeCounts};
use crate::table::Table;

/// The figures of one corpus.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// Its name.
    pub corpus: &'static str,
    /// The split, or `all`.
    pub split: &'static str,
    /// The counts.
    pub counts: TimeCounts,
    /// Of Recognizers-Text: results that are met.
    pub resolved: Option<usize>,
}

/// Scores all corpora; `list` gets what is wrong, with its text.
///
/// # Errors
///
/// When a corpus cannot be read.
pub fn evaluate(data: &Path, split: Split, list: &mut dyn Write) -> Result<Vec<Scored>, Error> {
    // Times are read by rules; the model would change nothing but the time that this takes.
    let engine = Engine::by_rules();
    let mut all = Vec::new();
    let corpora = [("WikiWars", wikiwars::read(data, split)?), ("MEANTIME", meantime::read(data, split)?)];
    for (corpus, articles) in corpora {
        let mut counts = TimeCounts::default();
        for article in &articles {
            let claims = read(&engine, article);
            counts += time::score(article, &claims);
            let _ = listing(list, corpus, article, &claims);
        }
        all.push(Scored { corpus, split: split.name(), counts, resolved: None });
    }
    let (mut counts, mut resolved) = (TimeCounts::default(), 0);
    for article in recognizers::read(data)? {
        let claims = read(&engine, &article);
        counts += time::score(&article, &claims);
        for gold in &article.gold {
            let is_met = time::resolves(&article.text, gold, &claims);
            resolved += usize::from(is_met);
            if !is_met {
                let read: Vec<String> =
                    claims.times.iter().map(|time| shown(&article, &time.timex)).collect();
                let _ = writeln!(
                    list,
                    "Recognizers\t{}\t{}\tunmet\t{}\t{}\t{}",
                    article.name,
                    article.published.as_deref().unwrap_or("-"),
                    &article.text[gold.start..gold.end],
                    gold.values.join(" "),
                    read.join(" | "),
                );
            }
        }
    }
    all.push(Scored { corpus: "Recognizers-Text", split: "all", counts, resolved: Some(resolved) });
    Ok(all)
}

fn read(engine: &Engine, article: &Timed) -> Claims {
    let input = Article { published: article.published.clone(), ..Article::new(article.text.clone()) };
    engine.claims(input).1
}

fn shown(article: &Timed, timex: &onrecord::read::time::Timex) -> String {
    let text = &article.text[timex.span.range()];
    format!("{text} = {} ({})", timex.value.as_deref().unwrap_or("-"), timex.maker.rule)
}

/// How often each rule is right on train, where its rows may be looked at: rows and right ones.
///
/// # Errors
///
/// When a corpus cannot be read.
pub fn makers(data: &Path) -> Result<Table, Error> {
    let engine = Engine::by_rules();
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let articles = [wikiwars::read(data, Split::Train)?, meantime::read(data, Split::Train)?].concat();
    for article in &articles {
        let claims = read(&engine, article);
        let pairs = time::pair(article, &claims);
        let rule = |index: usize| claims.times[index].timex.maker.rule;
        for &other in &pairs.surplus {
            shares.entry(rule(other)).or_default().0 += 1;
        }
        for &(gold, other) in &pairs.paired {
            let share = shares.entry(rule(other)).or_default();
            share.0 += 1;
            share.1 += usize::from(time::is_right(&article.gold[gold], &claims.times[other].timex));
        }
    }
    let mut csv = String::from("maker,rows,right,share\n");
    for (rule, (rows, right)) in shares {
        let _ = writeln!(csv, "{rule},{rows},{right},{:.2}", 100.0 * ratio(right, rows));
    }
    Ok(Table { name: "time-makers.csv", csv })
}

/// Every time that is missed, surplus, or has another value.
fn listing(list: &mut dyn Write, corpus: &str, article: &Timed, claims: &Claims) -> io::Result<()> {
    let pairs = time::pair(article, claims);
    let gold = |index: usize| {
        let gold = &article.gold[index];
        format!("{} = {}", &article.text[gold.start..gold.end], gold.values.join(" "))
    };
    let around = |at: usize| {
        let from = article.text.floor_char_boundary(at.saturating_sub(60));
        let to = article.text.ceil_char_boundary((at + 60).min(article.text.len()));
        article.text[from..to].replace(['\n', '\t'], " ")
    };
    let name = &article.name;
    for &index in &pairs.missed {
        writeln!(list, "{corpus}\t{name}\tmissed\t{}\t\t{}", gold(index), around(article.gold[index].start))?;
    }
    for &index in &pairs.surplus {
        let timex = &claims.times[index].timex;
        writeln!(
            list,
            "{corpus}\t{name}\tsurplus\t\t{}\t{}",
            shown(article, timex),
            around(timex.span.start as usize)
        )?;
    }
    for &(index, other) in &pairs.paired {
        let timex = &claims.times[other].timex;
        if !time::is_right(&article.gold[index], timex) {
            let at = timex.span.start as usize;
            writeln!(
                list,
                "{corpus}\t{name}\tvalue\t{}\t{}\t{}",
                gold(index),
                shown(article, timex),
                around(at)
            )?;
        }
    }
    Ok(())
}

/// The table of some figures.
pub fn table(scored: &[Scored]) -> Table {
    let mut csv = String::from("corpus,split,measure,p,r,f1,tp,pred,gold\n");
    for Scored { corpus, split, counts, resolved } in scored {
        let measures = [("relaxed", counts.relaxed), ("strict", counts.strict), ("value", counts.value)];
        for (measure, right) in measures {
            let TimeCounts { predicted, gold, .. } = *counts;
            let [p, r] = [predicted, gold].map(|whole| 100.0 * ratio(right, whole));
            let f1 = 100.0 * ratio(2 * right, predicted + gold);
            let _ =
                writeln!(csv, "{corpus},{split},{measure},{p:.2},{r:.2},{f1:.2},{right},{predicted},{gold}");
        }
        if let Some(resolved) = *resolved {
            let share = 100.0 * ratio(resolved, counts.gold);
            let _ = writeln!(csv, "{corpus},{split},resolved,,{share:.2},,{resolved},,{}", counts.gold);
        }
    }
    Table { name: "time.csv", csv }
}
