//! Time grows with the size of an article, whatever it holds. With the model a few shapes must do: it takes a hundred
//! times as long as the rules.
//!
//! Each shape has drawn a rule into looking back or ahead too far, here or elsewhere. Ten times the size may take
//! twenty-five times as long: twelve is what is asked for, a rule that looks at every pair takes a hundred, and the
//! room between is for a busy machine.

use std::fs;
use std::time::{Duration, Instant};

use onrecord::encode::{WordPieces, Words};
use onrecord::{Article, Engine};

const SMALL: usize = 20_000;
const GROWTH: u32 = 25;
/// What is too short to be told from the clock's own steps.
const FLOOR: Duration = Duration::from_millis(4);

/// What no article of this size takes, optimised or not; ten times its size would hold up the tests.
const CEILING: Duration = Duration::from_millis(500);

/// What is said over and over.
#[rustfmt::skip]
const SHAPES: &[(&str, &str)] = &[
    ("opening marks", "“"),
    ("closing marks", "”"),
    ("opening marks before words", "“word "),
    ("straight marks", "\""),
    ("straight marks around words", "\"word\" "),
    ("apostrophes", "'"),
    ("curly apostrophes", "’"),
    ("apostrophes in words", "don't 'tis "),
    ("alternating marks", "“”"),
    ("mixed marks", "“‘\"'«„"),
    ("alternating single marks before words", "‘word ’word "),
    ("back-ticks", "``"),
    ("one word", "a"),
    ("hyphens", "a-"),
    ("initials", "A.B."),
    ("digits", "1,"),
    ("combining characters", "\u{301}"),
    ("combining characters out of order", "\u{1d165}\u{302e}\u{301}\u{316}"),
    ("control characters", "a\0"),
    ("zero-width characters", "\u{200b}"),
    ("emoji", "👩‍👩‍👧‍👦"),
    ("brackets", "("),
    ("bracketed marks", "(“[“"),
    ("dots and dashes", ". . . -- ... U.S. St. "),
    ("commas", "Ann Lee, "),
    ("said", "said "),
    ("said a name", "said Ann Lee said "),
    ("names", "Ann Lee "),
    ("titles", "Mr. Gen. Mayor "),
    ("pronouns", "He said she said they said it was his. "),
    ("that", "said that she said that "),
    ("according to", "according to Ann, according to "),
    ("relative clauses", "Ann, who said Bob, who said "),
    ("a line", "The minister said \"we will act\" on Monday and "),
    ("speech", "“Yes,” said Ann. "),
    ("speech without a source", "“Yes.” "),
    ("speech without a source in paragraphs", "“Yes.”\n\n"),
    ("speech with letters outside", "“Yes” and no, "),
    ("cues without speech", "Ann said. "),
    ("marks left open in paragraphs", "“Yes.\n\n"),
    ("one mark in paragraphs", "Ann said \"yes.\n\n"),
    ("transcript", "ANN: Yes.\n"),
    ("a long transcript turn", "ANN LEE: \n“Yes” \n"),
    ("questions and answers", "Q. Why?\nA. Because.\n"),
    ("signed", "“Yes.”\n— Ann Lee\n"),
    ("nested", "“‘Yes,’ she said,” he said. "),
    ("lines", "\n"),
    ("carriage returns", "\r"),
    ("short lines", "a\n"),
    ("white space", " "),
    ("dates", "On May 5, 2019, it rained. "),
    ("days", "May 5, "),
    ("months and dashes", "May–"),
    ("years", "in 1994 and "),
    ("numbers in words", "twenty "),
    ("numbers of days", "two and a half years and "),
    ("hours", "5 p.m. "),
    ("ranges", "from 2014 to 2016 to "),
    ("days of days", "this Friday the 3rd of that month of this Friday "),
    ("lengths from days", "for three days from Monday for two weeks from "),
    ("feasts and weekends", "the weekend of Labor Day weekend of "),
    ("years that may be", "a secret 1902 making 1985 the "),
    ("steps", "the end of the next week of the "),
    ("weekdays", "Thursday, "),
];

#[test]
fn time_grows_with_size() {
    let mut slow = Vec::new();
    for &(name, piece) in SHAPES {
        check(name, |size| piece.repeat(size / piece.len() + 1), &mut slow);
    }
    check(
        "marks inside one another",
        |size| "“‘".repeat(size / 12) + "x" + &"’”".repeat(size / 12),
        &mut slow,
    );
    check("marks to the middle", |size| "“a ".repeat(size / 10) + &"b” ".repeat(size / 10), &mut slow);
    check("a new name each time", |size| numbered("Mr Name{}son met “Ms Name{}son”. ", size), &mut slow);
    check("a new speaker each time", |size| numbered("“Yes,” said Ann N{}son. “No.” ", size), &mut slow);
    check("speech, its source far behind", |size| "“Yes.” ".repeat(size / 11) + "Ann said.", &mut slow);
    check(
        "speech, its source far before",
        |size| format!("Ann said. {}", "“Yes.”\n".repeat(size / 11)),
        &mut slow,
    );
    assert!(slow.is_empty(), "over {GROWTH} times as long for ten times the size:\n{}", slow.join("\n"));
}

/// Ten times the size from a tenth of the size: what the model reads beside the rules.
#[test]
fn time_grows_with_size_beside_a_model() {
    let engine = Engine::new();
    for piece in ["said that she said that ", "“Yes,” said Ann. ", "Ann, who said Bob, who said ", "\" "]
    {
        let read = |size: usize| {
            let start = Clock::now();
            let read = engine.claims(Article::new(piece.repeat(size / piece.len())));
            let time = start.elapsed();
            drop(read);
            time
        };
        let (small, large) = (read(SMALL / 4), read(10 * SMALL / 4));
        assert!(large < small.max(FLOOR) * GROWTH, "{piece:?}: {small:?}, {large:?}");
    }
}

/// Ten times the people, each with a name of their own: who is who must not look at every pair.
#[test]
fn time_grows_with_names() {
    let engine = Engine::new();
    let mut slow = Vec::new();
    for &(name, piece) in PEOPLE {
        let read = |people: usize| {
            let text: String = (0..people).map(|number| piece.replace("{}", &lettered(number))).collect();
            let start = Clock::now();
            let (_, claims) = engine.claims(Article::new(text));
            (start.elapsed(), claims.people.entities.len())
        };
        let ((small, _), (large, entities)) = (read(FEW), read(10 * FEW));
        if large > small.max(FLOOR) * GROWTH {
            slow.push(format!("{name}: {small:?}, {large:?} for {entities} entities"));
        }
    }
    assert!(slow.is_empty(), "over {GROWTH} times as long for ten times the names:\n{}", slow.join("\n"));
}

const FEW: usize = 500;

/// What is said of each of the people.
#[rustfmt::skip]
const PEOPLE: &[(&str, &str)] = &[
    ("names in full", "Mayor Ann Ko{} met reporters. "),
    ("one surname", "Ms. Ko{} Lee sang. Lee won. "),
    ("one first name", "Ann Ko{} sang. Ann won. "),
    ("one who is named over and over", "Ann Lee sang. Lee won. She{} left. "),
    ("titles", "Senator Ann Ko{} sang. The senator won. "),
    ("companies", "The Ko{} Steel Company (K.S.C.) sued Ko{}. "),
    ("grounds", "An aide to Ko{} spoke on condition of anonymity, and said it rained. "),
    ("turns", "ANN KO{}: We won.\n"),
];

/// A number in letters, as names have them: 0 is "ba", 27 "cb".
fn lettered(mut number: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.push(char::from(b"bcdfgklmnprstv"[number % 14]));
        letters.push(char::from(b"aeiou"[number / 14 % 5]));
        number /= 70;
        if number == 0 {
            return letters;
        }
    }
}

/// A pattern over and over, with a number in place of each `{}`.
fn numbered(pattern: &str, size: usize) -> String {
    (0..size / pattern.len()).map(|number| pattern.replace("{}", &number.to_string())).collect()
}

fn check(name: &str, text: impl Fn(usize) -> String, slow: &mut Vec<String>) {
    let small = shortest(&text(SMALL), FLOOR);
    if small > CEILING {
        slow.push(format!("{name}: {small:?} for {SMALL} bytes alone"));
        return;
    }
    let bound = small.max(FLOOR) * GROWTH;
    let large = shortest(&text(10 * SMALL), bound);
    if large > bound {
        slow.push(format!("{name}: {small:?}, {large:?}"));
    }
}

/// The shortest of up to three runs, or the first that is within `enough`: what else the machine does only ever adds
/// to it.
fn shortest(text: &str, enough: Duration) -> Duration {
    let mut shortest = time(text);
    for _ in 0..2 {
        if shortest > enough {
            shortest = shortest.min(time(text));
        }
    }
    shortest
}

fn time(text: &str) -> Duration {
    let article = Article::new(text);
    let word_pieces = WordPieces::new("a\n##a\n##aa\n[UNK]").expect("there is a piece for unknown words");
    let start = Clock::now();
    let read = (Engine::by_rules().claims(article), word_pieces.pieces(&Words::read(text)));
    let time = start.elapsed();
    drop(read);
    time
}

/// The processor time of this thread where the system tells it, else the time of day.
enum Clock {
    Processor(Duration),
    Wall(Instant),
}

impl Clock {
    fn now() -> Clock {
        processor_time().map_or_else(|| Clock::Wall(Instant::now()), Clock::Processor)
    }

    fn elapsed(&self) -> Duration {
        match self {
            Clock::Processor(start) => {
                processor_time().map_or(Duration::ZERO, |now| now.saturating_sub(*start))
            }
            Clock::Wall(start) => start.elapsed(),
        }
    }
}

/// Linux: the first number is the nanoseconds that this thread has run.
fn processor_time() -> Option<Duration> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
