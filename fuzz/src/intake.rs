//! What must hold of intake on any bytes.

use std::io::{self, Read};

use onrecord_intake::{Item, Outcome, Reason, articles, limits, note};

/// Makes articles of the bytes, in one piece and in many, and checks each outcome.
///
/// # Panics
/// When something does not hold.
pub fn intake(bytes: &[u8]) {
    let outcomes: Vec<Outcome> = articles("in", bytes).collect();
    assert!(outcomes.len() <= bytes.len() + 1, "more outcomes than bytes");
    for outcome in &outcomes {
        match outcome {
            Outcome::Article(item) => holds(item),
            Outcome::Record(record) => {
                serde_json::from_str::<serde_json::Value>(&record.json).expect("a record is JSON");
            }
            Outcome::Refused(error) => {
                assert!(error.to_string().starts_with("in"), "{error} does not name its input");
                assert_ne!(error.reason(), Reason::Panicked, "{error}");
            }
        }
    }
    let told = |outcome: &Outcome| format!("{outcome:?}");
    let in_pieces = articles("in", Pieces(bytes));
    assert!(
        outcomes.iter().map(told).eq(in_pieces.map(|outcome| told(&outcome))),
        "pieces give something else"
    );
}

/// An article says what was done, keeps what it was made of, and comes back from a line of JSON.
fn holds(item: &Item) {
    for note in &item.notes {
        let is_limit = limits::ALL.iter().any(|limit| limit.code == note.code);
        assert!(is_limit || note::ALL.contains(&note.code), "{} is no code", note.code);
    }
    assert!(item.inferred.is_sorted(), "{:?} are out of order", item.inferred);
    let text = &item.article.text;
    assert!(!item.raw.bytes.is_empty() || text.is_empty(), "a text of nothing");
    if text.contains('\0') || text.is_empty() {
        return;
    }
    let line =
        serde_json::json!({"text": text, "title": item.article.title, "url": item.article.url}).to_string();
    let again: Vec<Outcome> = articles("again", line.as_bytes()).collect();
    let [Outcome::Article(again)] = &again[..] else { panic!("{again:?} of one article") };
    assert_eq!(again.article.text, *text, "another text came back");
}

/// Gives a few bytes at a time.
struct Pieces<'b>(&'b [u8]);

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = out.len().min(7);
        self.0.read(&mut out[..count])
    }
}
