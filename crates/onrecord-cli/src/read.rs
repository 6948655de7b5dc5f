//! The way of `onrecord read`: inputs, articles, claims, pages, output.
//!
//! In: what the user asked for. Out: pages in the order of the inputs, whatever thread made them. Articles are read
//! in batches: while one is read by all threads, the next is fetched, so memory does not grow with the corpus.
//! A problem with one input is reported in its place and the run goes on. Read on in `input`, `format`, `output`.

use std::io::{self, IsTerminal as _};
use std::num::NonZeroUsize;
use std::path::Path;

use onrecord::read::people::roster::Roster;
use onrecord::{Article, Engine, Warning};
use onrecord_intake::{Note, Place};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::args;
use crate::engine::engine;
use crate::format::{self, Lines, ReadArticle, Rendered, Style};
use crate::input::{Entries, Entry, Inputs};
use crate::message::{Messages, Problem};
use crate::output::{Count, Name, Output};
use crate::people;

/// A batch ends with this many articles, or bytes of text, for each thread: enough work to share, and little to hold.
const BATCH_ARTICLES: usize = 16;
const BATCH_BYTES: usize = 1 << 20;

/// Reads what `args` names and writes it as `args` says.
pub(crate) fn run(args: &args::Read, messages: &mut Messages) -> Result<(), Problem> {
    let inputs = Inputs::new(&args.paths.all()?, args.out.as_deref())?;
    let mut entries = inputs.entries();
    let count = if inputs.are_several() || entries.has_two() { Count::Several } else { Count::One };
    // Before the output: a model that cannot be read leaves no empty folder behind.
    let engine = engine(&args.model)?;
    let roster = args.people.as_deref().map(|path| people::roster(path, messages)).transpose()?;
    let mut output = Output::new(args, count, &inputs)?;
    let pool = threads(args.reading.threads)?;
    if count == Count::Several && io::stderr().is_terminal() && !output.is_terminal() {
        messages.show_progress(inputs.count());
    }
    let reader = Reader {
        engine,
        roster,
        style: Style { format: args.format, text: args.text(), paint: output.paint() },
        args,
    };
    let mut articles = 0;
    let mut ties = Ties::default();
    let mut batch = take(&mut entries, &pool);
    while !batch.is_empty() {
        let read = || batch.into_par_iter().map(|entry| reader.read(entry)).collect::<Vec<Outcome>>();
        let (outcomes, next) = pool.install(|| rayon::join(read, || take(&mut entries, &pool)));
        for outcome in outcomes {
            articles += u64::from(matches!(outcome, Outcome::Read { .. }));
            ties.count(&outcome);
            tell(outcome, &mut output, messages)?;
        }
        messages.progress(entries.opened(), articles);
        batch = next;
    }
    if let Some(path) = &args.people {
        ties.tell(path, messages);
    }
    output.finish()
}

/// Who fitted several people of the list, over the whole run.
#[derive(Default)]
struct Ties {
    number: usize,
    /// Where the first stands.
    first: Option<String>,
}

impl Ties {
    fn count(&mut self, outcome: &Outcome) {
        if let Outcome::Read { name, ties, .. } = outcome {
            self.number += ties;
            if *ties > 0 && self.first.is_none() {
                self.first = Some(name.place.to_string());
            }
        }
    }

    fn tell(&self, list: &Path, messages: &Messages) {
        let Some(first) = &self.first else { return };
        let names = match self.number {
            1 => "one name fits".to_owned(),
            number => format!("{number} names fit"),
        };
        let told =
            format!("{names} several of the list and got no id, first in {first}; see `several_people_fit`");
        messages.warning(list.display(), told);
    }
}

/// The next batch; empty when there is nothing more.
fn take(entries: &mut Entries, pool: &ThreadPool) -> Vec<Entry> {
    let threads = pool.current_num_threads();
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_ARTICLES * threads && bytes < BATCH_BYTES * threads {
        let Some(entry) = entries.next() else { break };
        if let Entry::Article(item) = &entry {
            bytes += item.article.text.len();
        }
        batch.push(entry);
    }
    batch
}

/// What became of an entry.
enum Outcome {
    Read { name: Name, rendered: Rendered, warnings: Vec<String>, ties: usize },
    LeftOut(String, String),
    Refused(onrecord_intake::Error),
    Problem(Problem),
}

struct Reader<'a> {
    engine: Engine,
    roster: Option<Roster>,
    style: Style,
    args: &'a args::Read,
}

impl Reader<'_> {
    fn read(&self, entry: Entry) -> Outcome {
        match entry {
            Entry::Article(item) => self.article(item.article, item.notes, item.place),
            Entry::LeftOut(place, what) => Outcome::LeftOut(place, what),
            Entry::Record(record) => match record.article() {
                Ok(article) => self.article(article, Vec::new(), record.place),
                Err(error) => Outcome::Refused(error),
            },
            Entry::Refused(error) => Outcome::Refused(error),
            Entry::Problem(problem) => Outcome::Problem(problem),
        }
    }

    fn article(&self, mut article: Article, notes: Vec<Note>, place: Place) -> Outcome {
        article.published = article.published.or_else(|| self.args.reading.published.clone());
        article.title = article.title.or_else(|| self.args.reading.title.clone());
        let name = Name { id: article.id.clone(), place: place.clone() };
        let (document, mut claims) = self.engine.claims(article);
        if let Some(roster) = &self.roster {
            claims.link(&document, roster);
        }
        let ties = claims.warnings.iter().filter(|warning| warning.code == "several_people_fit").count();
        // A note of intake says of the input what a warning says of the text: the record carries both.
        let notes: Vec<Warning> = notes.into_iter().map(Warning::from).collect();
        let mut warnings: Vec<String> = notes.iter().map(|note| note.message.clone()).collect();
        if !format::carries_warnings(self.style.format) {
            warnings.extend(told(document.text(), &claims.warnings));
        }
        claims.warnings.extend(notes);
        claims.warnings.sort();
        let read = ReadArticle { place, document, claims };
        Outcome::Read { name, rendered: format::render(&read, self.style), warnings, ties }
    }
}

/// The first of the warnings, for formats that have no place for them, and how many more there are.
fn told(text: &str, warnings: &[Warning]) -> Option<String> {
    let (first, more) = warnings.split_first()?;
    let place = first.span.map_or(String::new(), |span| format!("at {}, ", Lines::new(text).place(span)));
    let more = match more.len() {
        0 => String::new(),
        n => format!(" (and {n} more, see `--format json`)"),
    };
    Some(format!("{place}{}{more}", first.message))
}

fn tell(outcome: Outcome, output: &mut Output<'_>, messages: &mut Messages) -> Result<(), Problem> {
    match outcome {
        Outcome::Read { name, rendered, warnings, .. } => {
            for warning in warnings {
                messages.warning(&name.place, warning);
            }
            output.write(&name, &rendered, messages)
        }
        Outcome::LeftOut(place, what) => {
            messages.warning(place, what);
            Ok(())
        }
        Outcome::Refused(error) => {
            messages.refused(error);
            Ok(())
        }
        Outcome::Problem(problem) => {
            messages.problem(&problem);
            Ok(())
        }
    }
}

/// The one pool of threads.
fn threads(number: Option<NonZeroUsize>) -> Result<ThreadPool, Problem> {
    let number = number.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(number).build();
    pool.map_err(|error| {
        Problem::new(format!("cannot start {number} threads: {error}")).hint("ask for fewer with `--threads`")
    })
}
