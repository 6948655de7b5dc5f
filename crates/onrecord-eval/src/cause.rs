//! The reading of links, scored.
//!
//! In: the data folder, and a folder of branches. Out: counts, `cause.csv`, and a listing of what is wrong. Each fifth of
//! the sentences is read with the branch that learned from the other four, so that no figure flatters. What the measures
//! mean stands in `eval/README.md`.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;

use onrecord::encode::{Encoder, model_on};
use onrecord::kernel::{Branch, Cpu};
use onrecord::read::cause::{Link, LinkKind};
use onrecord::{Article, Engine};

use crate::corpus::causal::{self, FOLDS, Sentence};
use crate::score::ratio;
use crate::table::Table;
use crate::{Error, Span};

/// The figures of all folds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scored {
    /// Sentences with a link: right, read, gold.
    sentences: [usize; 3],
    /// Spans, two for each link.
    spans: [usize; 3],
    /// Links with both spans right.
    links: [usize; 3],
    /// Links that a table tells, and those that a phrase does: near a right one, and all.
    makers: [[usize; 2]; 2],
}

/// Scores all folds; `list` gets every sentence that is not right, with its text. `folds` holds `links-0.model` and so on,
/// the branch that did not see the fold of that number.
///
/// # Errors
///
/// When the corpus or a branch cannot be read.
pub fn evaluate(data: &Path, folds: &Path, list: &mut dyn Write) -> Result<Scored, Error> {
    let sentences = causal::read(data)?;
    let mut scored = Scored::default();
    for fold in 0..FOLDS {
        let engine = engine(&folds.join(format!("links-{fold}.model")))?;
        for sentence in sentences.iter().filter(|sentence| sentence.fold == fold) {
            let document = engine.document(Article::new(sentence.text.clone()));
            let mut readings = engine.read(&document, engine.encode(&document).as_ref());
            let links = &mut readings.cause.links;
            links.retain(|link| !matches!(link.kind, LinkKind::Before | LinkKind::Replaces));
            scored.add(sentence, links, list);
        }
    }
    Ok(scored)
}

/// The shipped model with another branch.
fn engine(path: &Path) -> Result<Engine, Error> {
    let file = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
    let model = model_on(Cpu::detect());
    let branch = Branch::read(&file, &model).map_err(|error| Error::not_model(path, &error))?;
    let encoder = Encoder::new(model).map_err(|error| Error::not_model(path, &error))?;
    Ok(Engine::with_model(encoder.with_branch(branch)))
}

impl Scored {
    fn add(&mut self, sentence: &Sentence, links: &[Link], list: &mut dyn Write) {
        let text = &sentence.text;
        let gold: Vec<[Span; 2]> = sentence
            .relations
            .iter()
            .map(|pair| [pair.cause, pair.effect].map(|span| trimmed(text, span)))
            .collect();
        let whole = |spans: &[onrecord::Span]| {
            let (Some(first), Some(end)) = (spans.first(), spans.last()) else { return Span::new(0, 0) };
            trimmed(text, Span::new(first.start as usize, end.end as usize))
        };
        let found: Vec<[Span; 2]> =
            links.iter().map(|link| [whole(&link.from.spans), whole(&link.to.spans)]).collect();
        for (counts, right, size) in [
            (
                &mut self.sentences,
                usize::from(!gold.is_empty() && !found.is_empty()),
                [usize::from(!found.is_empty()), usize::from(!gold.is_empty())],
            ),
            (&mut self.spans, agreed(&gold, &found), [2 * found.len(), 2 * gold.len()]),
            (
                &mut self.links,
                gold.iter().filter(|pair| found.contains(pair)).count(),
                [found.len(), gold.len()],
            ),
        ] {
            counts[0] += right;
            counts[1] += size[0];
            counts[2] += size[1];
        }
        for (link, spans) in links.iter().zip(&found) {
            let is_near = gold.iter().any(|pair| near(pair[0], spans[0]) && near(pair[1], spans[1]));
            let counts = &mut self.makers[usize::from(link.maker.rule == "cause/phrase")];
            counts[0] += usize::from(is_near);
            counts[1] += 1;
        }
        if gold != found {
            let shown = |pairs: &[[Span; 2]]| -> String {
                pairs.iter().fold(String::new(), |mut out, [from, to]| {
                    let _ = write!(
                        out,
                        "\n    [{}] => [{}]",
                        &text[from.start..from.end],
                        &text[to.start..to.end]
                    );
                    out
                })
            };
            let _ =
                writeln!(list, "{}\t{text}\n  gold{}\n  read{}", sentence.name, shown(&gold), shown(&found));
        }
    }
}

/// Whether two spans share more than half of the characters that either has.
fn near(one: Span, other: Span) -> bool {
    let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let either = one.end.max(other.end) - one.start.min(other.start);
    2 * both > either
}

/// The most spans that agree in any pairing of links.
fn agreed(gold: &[[Span; 2]], read: &[[Span; 2]]) -> usize {
    let worth = |one: &[Span; 2], other: &[Span; 2]| {
        usize::from(one[0] == other[0]) + usize::from(one[1] == other[1])
    };
    // Pairs with two spans first, then those with one: sentences have few links.
    let (mut free, mut total) = (vec![true; read.len()], 0);
    let mut open: Vec<&[Span; 2]> = gold.iter().collect();
    for wanted in [2, 1] {
        open.retain(|one| {
            let found = (0..read.len()).find(|&at| free[at] && worth(one, &read[at]) == wanted);
            if let Some(at) = found {
                free[at] = false;
                total += wanted;
            }
            found.is_none()
        });
    }
    total
}

/// A span without the marks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let slice = &text[span.start..span.end];
    let is_edge =
        |c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '%' && c != '$' || "“”‘’".contains(c);
    let start = span.start + slice.len() - slice.trim_start_matches(is_edge).len();
    let end = span.start + slice.trim_end_matches(is_edge).len();
    Span::new(start.min(end.max(span.start)), end.max(span.start))
}

/// The table.
pub fn table(scored: &Scored) -> Table {
    let mut csv = String::from("corpus,split,measure,p,r,f1,right,read,gold\n");
    for (measure, [right, read, gold]) in [
        ("sentence has a link", scored.sentences),
        ("spans exact", scored.spans),
        ("links exact", scored.links),
    ] {
        let [p, r] = [read, gold].map(|whole| 100.0 * ratio(right, whole));
        let f1 = 100.0 * ratio(2 * right, read + gold);
        let _ = writeln!(
            csv,
            "Causal News Corpus V2,5 folds,{measure},{p:.2},{r:.2},{f1:.2},{right},{read},{gold}"
        );
    }
    for (maker, [right, read]) in ["cause/model", "cause/phrase"].iter().zip(scored.makers) {
        let p = 100.0 * ratio(right, read);
        let _ = writeln!(csv, "Causal News Corpus V2,5 folds,near by {maker},{p:.2},,,{right},{read},");
    }
    Table { name: "cause.csv", csv }
}
