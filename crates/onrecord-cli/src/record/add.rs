//! `onrecord add`: articles in, once, for good.
//!
//! In: inputs of any kind. Out: rows in the record, `ack ID` for what is on the disk, a problem for each input that
//! gave no article. One thread fetches, several read, this one writes; a run that was cut off is run again, and passes
//! over what is kept before it is read. Read on in [`super::readers`], then in `onrecord-store`.

use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Duration;

use onrecord::limits::ARTICLE_BYTES;
use onrecord::wire::{Record as Wire, Text};
use onrecord::{Article, Engine};
use onrecord_store::{Given, Kept, Key, Models, Record, Refusal, Standing, Writer};

use super::offer::{Offer, Offered};
use super::readers::{self, Bounds, Label, Outcome, Task};
use crate::args;
use crate::engine::engine;
use crate::input::{Entries, Inputs};
use crate::message::{Messages, Problem};
use crate::terminal;

/// The time that an article may take, and as much for each 256 KiB of it: some thousand times what news takes, and
/// several times what the worst text does.
const BUDGET: Duration = Duration::from_mins(1);

/// How much more memory a byte of text takes that is to be read than one of a record that was: two of the longest texts
/// are not read at once.
const READING: usize = 12;

/// Adds what `args` names.
pub(crate) fn run(args: &args::Add, messages: &mut Messages) -> Result<(), Problem> {
    let path = super::path(&args.record);
    let inputs = Inputs::new(&args.paths.all()?, Some(&path))?;
    let engine = engine(&args.model)?;
    let own = engine.claims(Article::new("")).1.model;
    let models = Models::only(own.into_iter().chain(args.accept_model.iter().cloned()));
    let writer = Writer::open(&path)?;
    let source = Source::new(args, inputs.entries(), &path)?;
    let acks = args.acks.then(Vec::new);
    let mut adding = Adding { writer, spent: spent(), acks, counts: Counts::default(), messages };
    let threads = args
        .reading
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    let shared = std::cell::RefCell::new(&mut adding);
    readers::run(
        threads,
        source,
        move |job| read(&engine, &models, job),
        |outcome| shared.borrow_mut().take(outcome),
        || shared.borrow_mut().settle(),
    )?;
    adding.end(&path)
}

/// The inputs as tasks. What is in the record already needs no reader.
struct Source {
    entries: Entries,
    record: Record,
    published: Option<String>,
    title: Option<String>,
    again: bool,
}

/// What a reader gets.
enum Job {
    Article(Box<Offered>),
    Record { json: String, origin: String },
}

/// What is done without a reader.
enum Done {
    Known(Key, Standing),
    Offer(Offer),
    Problem(Problem),
}

impl Source {
    fn new(args: &args::Add, entries: Entries, path: &Path) -> Result<Source, Problem> {
        let record = Record::open(path)?;
        let (published, title) = (args.reading.published.clone(), args.reading.title.clone());
        Ok(Source { entries, record, published, title, again: args.again })
    }
}

impl Iterator for Source {
    type Item = Task<Job, Done>;

    fn next(&mut self) -> Option<Task<Job, Done>> {
        let entry = self.entries.next()?;
        Some(match Offer::new(entry, self.published.as_deref(), self.title.as_deref()) {
            Offer::Article(offered) => match self.record.standing(&offered.key) {
                Ok(Standing::New | Standing::Failed) => task(offered),
                Ok(Standing::Parked) if self.again => task(offered),
                Ok(standing) => Task::Done(Done::Known(offered.key, standing)),
                Err(error) => Task::Done(Done::Problem(error.into())),
            },
            Offer::Record(json, origin) => {
                let label = Label { key: Key::of_place(&origin), origin: origin.clone() };
                let bounds = Bounds { time: BUDGET, bytes: json.len() };
                Task::Read(Job::Record { json, origin }, label, bounds)
            }
            other => Task::Done(Done::Offer(other)),
        })
    }
}

fn task(offered: Box<Offered>) -> Task<Job, Done> {
    let read = offered.article.text.len().min(ARTICLE_BYTES.value);
    let bytes = READING * read + offered.raw.bytes.len();
    let time = BUDGET * (1 + (read >> 18) as u32);
    let label = Label { key: offered.key.clone(), origin: offered.origin.clone() };
    Task::Read(Job::Article(offered), label, Bounds { time, bytes })
}

/// What a reader gives.
struct Read {
    /// What the ledger goes by where reading failed.
    origin: String,
    given: Result<Box<Given>, Refusal>,
}

fn read(engine: &Engine, models: &Models, job: Job) -> Read {
    match job {
        Job::Article(offered) => {
            let origin = offered.origin.clone();
            Read { origin, given: article(engine, *offered).map(Box::new) }
        }
        Job::Record { json, origin } => Read { origin, given: Given::new(&json, models).map(Box::new) },
    }
}

fn article(engine: &Engine, offered: Offered) -> Result<Given, Refusal> {
    let Offered { article, inferred, warnings, raw, .. } = offered;
    let (document, mut claims) = engine.claims(article);
    claims.warnings.extend(warnings);
    claims.warnings.sort();
    let mut wire = Wire::new(&document, &claims, Text::Keep);
    wire.article.inferred = union(wire.article.inferred, inferred);
    let json = serde_json::to_string(&wire).expect("the wire form has string keys and no failing value");
    // A long text's rows take many times its bytes.
    drop(wire);
    drop((document, claims));
    Ok(Given::new(&json, &Models::any())?.with_raw(raw))
}

/// What is in either list, the first one's in front.
fn union(mut keys: Vec<&'static str>, others: Vec<&'static str>) -> Vec<&'static str> {
    let new: Vec<&'static str> = others.into_iter().filter(|key| !keys.contains(key)).collect();
    keys.extend(new);
    keys
}

/// The writer's side of a run.
struct Adding<'m> {
    writer: Writer,
    /// Where articles go that were kept.
    spent: Sender<Box<Given>>,
    /// What is acknowledged with the next commit, where that was asked for.
    acks: Option<Vec<String>>,
    counts: Counts,
    messages: &'m mut Messages,
}

/// A thread that frees what it gets: with many small rows that takes a twentieth of the writer's time.
fn spent() -> Sender<Box<Given>> {
    let (spent, articles) = std::sync::mpsc::channel();
    std::thread::spawn(move || articles.into_iter().for_each(drop));
    spent
}

#[derive(Default)]
struct Counts {
    added: u64,
    versions: u64,
    unchanged: u64,
    refused: u64,
    failed: u64,
    erased: u64,
}

impl Adding<'_> {
    fn take(&mut self, outcome: Outcome<Read, Done>) -> Result<(), Problem> {
        match outcome {
            Outcome::Read(Read { origin, given }) => match given {
                Ok(given) => {
                    self.keep(&given, &origin)?;
                    let _ = self.spent.send(given);
                }
                Err(refusal) => self.refuse(&origin, &refusal, None)?,
            },
            Outcome::Failed(label, refusal) => self.fail(&label, &refusal)?,
            Outcome::Done(Done::Known(key, standing)) => self.known(&key, standing),
            Outcome::Done(Done::Offer(Offer::Refused(origin, refusal, problem))) => {
                self.refuse(&origin, &refusal, problem)?;
            }
            Outcome::Done(Done::Offer(Offer::LeftOut(place, what))) => self.messages.warning(place, what),
            Outcome::Done(Done::Offer(Offer::Problem(problem)) | Done::Problem(problem)) => {
                self.messages.problem(&problem);
            }
            Outcome::Done(Done::Offer(Offer::Article(_) | Offer::Record(..))) => {}
        }
        if self.writer.is_due() { self.commit() } else { Ok(()) }
    }

    fn keep(&mut self, given: &Given, origin: &str) -> Result<(), Problem> {
        match self.writer.keep(given, origin)? {
            Kept::Version(1) => self.counts.added += 1,
            Kept::Version(_) => self.counts.versions += 1,
            Kept::Unchanged => self.counts.unchanged += 1,
            Kept::Erased => {
                self.counts.erased += 1;
                return Ok(());
            }
        }
        self.acknowledge(given.id());
        Ok(())
    }

    fn known(&mut self, key: &Key, standing: Standing) {
        match standing {
            Standing::Kept => {
                self.counts.unchanged += 1;
                self.acknowledge(key.id());
            }
            Standing::Erased => self.counts.erased += 1,
            _ => {
                self.counts.failed += 1;
                self.messages.warning(
                    key.id(),
                    "is parked, because reading it failed before; `--again` tries it anew",
                );
            }
        }
    }

    /// An id of several lines is still one acknowledgement.
    fn acknowledge(&mut self, id: &str) {
        if let Some(acks) = &mut self.acks {
            acks.push(terminal::line(id));
        }
    }

    fn refuse(&mut self, origin: &str, refusal: &Refusal, problem: Option<Problem>) -> Result<(), Problem> {
        self.writer.refuse(origin, refusal)?;
        self.counts.refused += 1;
        let own = || Problem::new(format!("{origin}: {}", refusal.message));
        let is_own = onrecord_store::REASONS.iter().any(|(reason, _)| *reason == refusal.reason);
        match problem {
            Some(problem) => self.messages.problem(&problem),
            None if is_own => self.messages.problem(&own()),
            None => {}
        }
        Ok(())
    }

    fn fail(&mut self, label: &Label, refusal: &Refusal) -> Result<(), Problem> {
        let standing = self.writer.fail(&label.key, refusal, &label.origin)?;
        self.counts.failed += 1;
        let problem = Problem::new(format!("{}: {}", label.origin, refusal.message));
        self.messages.problem(&problem.hint(match standing {
            Standing::Parked => "it is parked: `--again` tries it anew",
            _ => "the next `onrecord add` tries it once more",
        }));
        Ok(())
    }

    /// Nothing came for a while: what there is need not wait for more.
    fn settle(&mut self) -> Result<(), Problem> {
        if self.writer.is_due() { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), Problem> {
        self.writer.commit()?;
        let Some(acks) = &mut self.acks else { return Ok(()) };
        let mut stdout = io::stdout().lock();
        let mut lines = String::new();
        for id in acks.drain(..) {
            lines.extend(["ack ", &id, "\n"]);
        }
        let written = stdout.write_all(lines.as_bytes()).and_then(|()| stdout.flush());
        written.map_err(|error| Problem::stdout(&error))
    }

    fn end(mut self, path: &Path) -> Result<(), Problem> {
        self.commit()?;
        self.writer.finish()?;
        self.messages.said(path.display(), self.counts.summary());
        Ok(())
    }
}

impl Counts {
    /// "3 articles added, 1 unchanged".
    fn summary(&self) -> String {
        let counted = [
            (self.added, "added"),
            (self.versions, "added as new versions"),
            (self.unchanged, "unchanged"),
            (self.refused, "refused"),
            (self.failed, "failed or parked"),
            (self.erased, "erased before and left out"),
        ];
        let counted = counted.iter().enumerate().filter(|(at, (count, _))| *at == 0 || *count > 0);
        counted.map(|(_, (count, what))| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }
}
