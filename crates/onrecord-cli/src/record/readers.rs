//! Many readers, one after the other's turn: articles go in and come out in their order, read by several threads.
//!
//! In: jobs from a source that runs on a thread of its own. Out: what each gave, in the order of the jobs, so that a
//! record does not depend on the number of threads. The jobs under way are few, whatever the source holds. A reader
//! that panics costs its article; one that never comes back is given up, and another takes its place. Its time is
//! counted in ticks of this thread's waiting, so that a machine that sleeps does not count against an article. Where one
//! reader is enough to keep this thread busy, the others leave it the cores.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_store::{Key, Refusal};

/// The jobs under way for each thread: enough that none waits while the writer puts a batch on the disk.
const AHEAD: usize = 128;

/// The bytes of the jobs under way, however few they are then; one may be longer.
const AHEAD_BYTES: usize = 16 << 20;

/// How often the time of those who read is counted.
const TICK: Duration = Duration::from_millis(100);

/// The name of a reader's thread, whose panics are told in the ledger and not on the terminal.
const NAME: &str = "onrecord-reader";

/// What a source gives: a job for a reader with its budget, or something that is done already.
pub(super) enum Task<J, D> {
    Read(J, Label, Bounds),
    Done(D),
}

/// What a job may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) time: Duration,
    /// How long its input is.
    pub(super) bytes: usize,
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
    let room = Arc::new(Room::new(AHEAD * threads));
    let (jobs, waiting) = sync_channel::<Job<J>>(AHEAD * threads);
    let (results, outcomes) = sync_channel::<Numbered<R, D>>(2 * AHEAD * threads + 1);
    let pool = Pool {
        waiting: Arc::new(Mutex::new(waiting)),
        results,
        read: Arc::new(read),
        busy: Busy::default(),
        room: Arc::clone(&room),
    };
    (0..threads).for_each(|nth| pool.hire(nth > 0));
    let feeder = feed(source, Arc::clone(&room), jobs, pool.results.clone());
    let room = Closing(&room);
    let mut early = BTreeMap::new();
    let (mut next, mut last) = (0, None);
    let mut ticked = Instant::now();
    while last != Some(next) {
        let outcome = outcomes.try_recv().or_else(|_| {
            room.0.wait_for(true);
            let outcome = outcomes.recv_timeout(TICK);
            room.0.wait_for(false);
            outcome
        });
        match outcome {
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
            room.0.leave();
        }
    }
    // The source has closed what it held, before whoever called goes on.
    let _ = feeder.join();
    Ok(())
}

/// Takes jobs from the source as long as there is room, on a thread of its own.
fn feed<J: Send + 'static, R: Send + 'static, D: Send + 'static>(
    mut source: impl Iterator<Item = Task<J, D>> + Send + 'static,
    room: Arc<Room>,
    jobs: SyncSender<Job<J>>,
    results: SyncSender<Numbered<R, D>>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut count = 0;
        for task in source.by_ref() {
            let bytes = if let Task::Read(_, _, bounds) = &task { bounds.bytes } else { 0 };
            let is_heard = room.enter(bytes)
                && match task {
                    Task::Read(what, label, bounds) => {
                        jobs.send(Job { number: count, what, label, budget: bounds.time }).is_ok()
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

/// How many jobs are under way, and how long they are together. They leave in the order in which they came.
struct Room {
    most: usize,
    inside: Mutex<Inside>,
    left: Condvar,
    waited_for: Condvar,
}

#[derive(Default)]
struct Inside {
    each: VecDeque<usize>,
    bytes: usize,
    /// Whether whoever takes the outcomes has none.
    is_waited_for: bool,
    is_closed: bool,
}

impl Room {
    fn new(most: usize) -> Room {
        Room { most, inside: Mutex::default(), left: Condvar::new(), waited_for: Condvar::new() }
    }

    /// Waits until there is room for a job of so many bytes; false where no job is taken any more.
    fn enter(&self, bytes: usize) -> bool {
        let is_full = |inside: &mut Inside| {
            let is_too_long = !inside.each.is_empty() && inside.bytes + bytes > AHEAD_BYTES;
            !inside.is_closed && (inside.each.len() >= self.most || is_too_long)
        };
        let mut inside =
            self.left.wait_while(lock(&self.inside), is_full).unwrap_or_else(PoisonError::into_inner);
        inside.each.push_back(bytes);
        inside.bytes += bytes;
        !inside.is_closed
    }

    /// The first job is done with.
    fn leave(&self) {
        let mut inside = lock(&self.inside);
        inside.bytes -= inside.each.pop_front().unwrap_or(0);
        self.left.notify_one();
    }

    /// Says whether an outcome is waited for.
    fn wait_for(&self, is_waited_for: bool) {
        lock(&self.inside).is_waited_for = is_waited_for;
        if is_waited_for {
            self.waited_for.notify_all();
        }
    }

    /// Waits until an outcome is waited for.
    fn rest(&self) {
        let is_enough = |inside: &mut Inside| !inside.is_waited_for && !inside.is_closed;
        let woken = self.waited_for.wait_while(lock(&self.inside), is_enough);
        drop(woken.unwrap_or_else(PoisonError::into_inner));
    }
}

/// Closes a room, however the run ends.
struct Closing<'r>(&'r Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        lock(&self.0.inside).is_closed = true;
        self.0.left.notify_all();
        self.0.waited_for.notify_all();
    }
}

struct Pool<J, R, D> {
    waiting: Arc<Mutex<Receiver<Job<J>>>>,
    results: SyncSender<Numbered<R, D>>,
    read: Arc<Work<J, R>>,
    busy: Busy,
    room: Arc<Room>,
}

impl<J: Send + 'static, R: Send + 'static, D: Send + 'static> Pool<J, R, D> {
    /// Starts one more reader, which may be spare: it works while it is waited for. Where no thread can be started,
    /// those that are there go on.
    fn hire(&self, is_spare: bool) {
        let (waiting, results) = (Arc::clone(&self.waiting), self.results.clone());
        let (read, busy, room) = (Arc::clone(&self.read), Arc::clone(&self.busy), Arc::clone(&self.room));
        let reader = move || {
            loop {
                if is_spare {
                    room.rest();
                }
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
            self.hire(false);
        }
        late
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
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
            _ => Task::Read(number, label(), Bounds { time: budget, bytes: 1 << 20 }),
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

    const LONG: Duration = Duration::from_mins(1);

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
            let is_stuck = matches!(number, 2 | 3 | 4 | 15);
            loop {
                if !is_stuck {
                    return number;
                }
                thread::park();
            }
        };
        check(40, read, Duration::from_millis(400), |number| match number {
            2 | 3 | 4 | 15 => "budget_passed".to_owned(),
            number => plain(number),
        });
    }

    #[test]
    fn a_writer_that_fails_ends_the_run() {
        let endless = (0u64..).map(|number| {
            Task::<u64, u64>::Read(number, label(), Bounds { time: LONG, bytes: AHEAD_BYTES * 2 })
        });
        let mut left = 100;
        let take = |_| {
            left -= 1;
            if left == 0 { Err("full") } else { Ok(()) }
        };
        assert_eq!(run(2, endless, |number| number, take, || Ok(())), Err("full"));
    }
}
