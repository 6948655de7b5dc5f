//! Many readers, one after the other's turn: articles go in and come out in their order, read by several threads.
//!
//! In: jobs from a source that runs on a thread of its own. Out: what each gave, in the order of the jobs, so that a
//! record does not depend on the number of threads. The jobs under way are few, whatever the source holds. A reader
//! that panics costs its article; one that never comes back is given up, and another takes its place. Its time is
//! counted in ticks of this thread's waiting, so that a machine that sleeps does not count against an article.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_store::{Key, Refusal};

/// The jobs under way for each thread: enough that none waits for the writer, few enough to hold.
const AHEAD: usize = 16;

/// How often the time of those who read is counted.
const TICK: Duration = Duration::from_millis(100);

/// The name of a reader's thread, whose panics are told in the ledger and not on the terminal.
const NAME: &str = "onrecord-reader";

/// What a source gives: a job for a reader with its budget, or something that is done already.
pub(super) enum Task<J, D> {
    Read(J, Label, Duration),
    Done(D),
}

/// What a job is about, for when reading it fails.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) key: Key,
    pub(super) origin: String,
}

/// What became of a job.
pub(super) enum Outcome<R, D> {
    Read(R),
    /// The reader failed on it.
    Failed(Label, Refusal),
    Done(D),
}

type Work<J, R> = dyn Fn(J) -> R + Send + Sync;
type Numbered<R, D> = (u64, Message<R, D>);

enum Message<R, D> {
    Outcome(Outcome<R, D>),
    /// The source is at its end: so many jobs there were.
    End,
}

/// A job on its way to a reader.
struct Job<J> {
    number: u64,
    what: J,
    label: Label,
    budget: Duration,
}

/// Who reads what, and how much of the budget is left.
type Under = BTreeMap<u64, (Duration, Label)>;
type Busy = Arc<Mutex<Under>>;

/// Reads what `source` gives with `threads` readers, and hands what becomes of each job to `take`, in order. It ends
/// with the source, or when `take` fails.
pub(super) fn run<J, R, D, E>(
    threads: usize,
    source: impl Iterator<Item = Task<J, D>> + Send + 'static,
    read: impl Fn(J) -> R + Send + Sync + 'static,
    mut take: impl FnMut(Outcome<R, D>) -> Result<(), E>,
    mut idle: impl FnMut() -> Result<(), E>,
) -> Result<(), E>
where
    J: Send + 'static,
    R: Send + 'static,
    D: Send + 'static,
{
    silence_readers();
    let (room, taken) = sync_channel::<()>(AHEAD * threads);
    let (jobs, waiting) = sync_channel::<Job<J>>(AHEAD * threads);
    let (results, outcomes) = sync_channel::<Numbered<R, D>>(2 * AHEAD * threads + 1);
    let pool =
        Pool { waiting: Arc::new(Mutex::new(waiting)), results, read: Arc::new(read), busy: Busy::default() };
    (0..threads).for_each(|_| pool.hire());
    let feeder = feed(source, room, jobs, pool.results.clone());
    let mut early = BTreeMap::new();
    let (mut next, mut last) = (0, None);
    let mut ticked = Instant::now();
    while last != Some(next) {
        match outcomes.recv_timeout(TICK) {
            Ok((number, Message::End)) => last = Some(number),
            Ok((number, Message::Outcome(outcome))) => drop(early.insert(number, outcome)),
            Err(RecvTimeoutError::Timeout) => idle()?,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if ticked.elapsed() >= TICK {
            ticked = Instant::now();
            let late = pool.tick().into_iter();
            early.extend(late.map(|(number, label)| (number, Outcome::Failed(label, too_slow()))));
        }
        while let Some(outcome) = early.remove(&next) {
            take(outcome)?;
            next += 1;
            // There is room for one more.
            let _ = taken.recv();
        }
    }
    // The source has closed what it held, before whoever called goes on.
    let _ = feeder.join();
    Ok(())
}

/// Takes jobs from the source as long as there is room, on a thread of its own.
fn feed<J: Send + 'static, R: Send + 'static, D: Send + 'static>(
    mut source: impl Iterator<Item = Task<J, D>> + Send + 'static,
    room: SyncSender<()>,
    jobs: SyncSender<Job<J>>,
    results: SyncSender<Numbered<R, D>>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut count = 0;
        for task in source.by_ref() {
            let is_heard = room.send(()).is_ok()
                && match task {
                    Task::Read(job, label, budget) => {
                        jobs.send(Job { number: count, what: job, label, budget }).is_ok()
                    }
                    Task::Done(done) => results.send((count, Message::Outcome(Outcome::Done(done)))).is_ok(),
                };
            if !is_heard {
                return;
            }
            count += 1;
        }
        drop(source);
        let _ = results.send((count, Message::End));
    })
}

struct Pool<J, R, D> {
    waiting: Arc<Mutex<Receiver<Job<J>>>>,
    results: SyncSender<Numbered<R, D>>,
    read: Arc<Work<J, R>>,
    busy: Busy,
}

impl<J: Send + 'static, R: Send + 'static, D: Send + 'static> Pool<J, R, D> {
    /// Starts one more reader. Where no thread can be started, those that are there go on.
    fn hire(&self) {
        let (waiting, results) = (Arc::clone(&self.waiting), self.results.clone());
        let (read, busy) = (Arc::clone(&self.read), Arc::clone(&self.busy));
        let reader = move || {
            loop {
                let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(Job { number, what: job, label, budget }) = job else { return };
                lock(&busy).insert(number, (budget, label.clone()));
                let outcome = match panic::catch_unwind(AssertUnwindSafe(|| read(job))) {
                    Ok(given) => Outcome::Read(given),
                    Err(cause) => Outcome::Failed(label, panicked(cause.as_ref())),
                };
                // Whoever was given up has been replaced, and what it says is late.
                if lock(&busy).remove(&number).is_none()
                    || results.send((number, Message::Outcome(outcome))).is_err()
                {
                    return;
                }
            }
        };
        let _ = thread::Builder::new().name(NAME.to_owned()).spawn(reader);
    }

    /// Counts one tick for all who read; gives the jobs whose budget is used up, and hires for each.
    fn tick(&self) -> Vec<(u64, Label)> {
        let mut busy = lock(&self.busy);
        for (left, _) in busy.values_mut() {
            *left = left.saturating_sub(TICK);
        }
        let late: Vec<(u64, Label)> =
            busy.extract_if(.., |_, (left, _)| left.is_zero()).map(|(n, (_, l))| (n, l)).collect();
        drop(busy);
        for _ in &late {
            self.hire();
        }
        late
    }
}

fn lock(busy: &Busy) -> std::sync::MutexGuard<'_, Under> {
    busy.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A panic's words may quote an article.
fn silence_readers() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(NAME) {
            told(info);
        }
    }));
}

/// The longest part of a panic's words that is kept.
const WORDS: usize = 200;

fn panicked(cause: &(dyn std::any::Any + Send)) -> Refusal {
    let words =
        cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    let words: String = words.unwrap_or("without words").chars().take(WORDS).collect();
    Refusal::new("reader_panicked", format!("the reader failed: {words}"))
}

fn too_slow() -> Refusal {
    Refusal::new("budget_passed", "the reader did not come back in time")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the numbers below `count` with `read` on three threads; what became of each, in order.
    fn check(count: u64, read: fn(u64) -> u64, budget: Duration, expected: impl Fn(u64) -> String) {
        let source = (0..count).map(move |number| match number % 10 {
            9 => Task::Done(number),
            _ => Task::Read(number, label(), budget),
        });
        let mut found = Vec::new();
        let take = |outcome| {
            found.push(match outcome {
                Outcome::Read(number) => format!("read {number}"),
                Outcome::Failed(_, refusal) => refusal.reason,
                Outcome::Done(number) => format!("done {number}"),
            });
            Ok::<(), ()>(())
        };
        run(3, source, read, take, || Ok(())).unwrap();
        assert_eq!(found, (0..count).map(expected).collect::<Vec<_>>());
    }

    fn label() -> Label {
        Label { key: Key::new(None, "a", ""), origin: "a.txt".to_owned() }
    }

    const LONG: Duration = Duration::from_secs(60);

    fn plain(number: u64) -> String {
        if number % 10 == 9 { format!("done {number}") } else { format!("read {number}") }
    }

    #[test]
    fn what_comes_out_stands_in_order() {
        let read = |number: u64| {
            thread::sleep(Duration::from_micros(number * 7919 % 300));
            number
        };
        check(500, read, LONG, plain);
        check(0, read, LONG, plain);
    }

    #[test]
    fn a_panic_costs_its_article() {
        let read = |number: u64| if number.is_multiple_of(5) { panic!("“odd”") } else { number };
        check(60, read, LONG, |number| match number {
            number if number % 10 == 9 => plain(number),
            number if number.is_multiple_of(5) => "reader_panicked".to_owned(),
            number => plain(number),
        });
    }

    #[test]
    fn whoever_does_not_come_back_is_replaced() {
        let read = |number: u64| {
            while number == 2 || number == 3 || number == 4 || number == 15 {
                thread::park();
            }
            number
        };
        check(40, read, Duration::from_millis(400), |number| match number {
            2 | 3 | 4 | 15 => "budget_passed".to_owned(),
            number => plain(number),
        });
    }

    #[test]
    fn a_writer_that_fails_ends_the_run() {
        let endless = (0u64..).map(|number| Task::<u64, u64>::Read(number, label(), LONG));
        let mut left = 100;
        let take = |_| {
            left -= 1;
            if left == 0 { Err("full") } else { Ok(()) }
        };
        assert_eq!(run(2, endless, |number| number, take, || Ok(())), Err("full"));
    }
}
