//! Each limit of the formats, just below and just above.
#![cfg(test)]

use std::io::{self, Read, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_intake::{Outcome, Reason, articles, limits};

/// The codes of the notes of the first article, or its reason.
fn first(input: impl Read + Send) -> Result<Vec<&'static str>, Reason> {
    match articles("in", input).next().expect("an outcome") {
        Outcome::Article(item) => Ok(item.notes.iter().map(|note| note.code).collect()),
        Outcome::Record(record) => panic!("{record:?}"),
        Outcome::Refused(error) => Err(error.reason()),
    }
}

const PAGE: &str =
    "<html><body><article><p>“It rained,” Ana Roz said, and the rain went on all over the harbour.</p>";

fn page(more: &str) -> String {
    format!("{PAGE}{more}")
}

#[test]
fn bytes_of_a_page() {
    let limit = limits::PAGE_BYTES.value;
    let sized = |size: usize| page(&format!("<!--{}-->", "-".repeat(size - PAGE.len() - 7)));
    assert_eq!(first(sized(limit).as_bytes()), Ok(vec![]));
    assert_eq!(first(sized(limit + 1).as_bytes()), Ok(vec![limits::PAGE_BYTES.code]));
}

#[test]
fn depth_of_a_page() {
    // html, body, article and the document stand around what is nested.
    let limit = limits::PAGE_DEPTH.value;
    let nested = |depth: usize| page(&format!("{}x{}", "<div>".repeat(depth), "</div>".repeat(depth)));
    assert_eq!(first(nested(limit - 4).as_bytes()), Ok(vec![]));
    assert_eq!(first(nested(limit + 1).as_bytes()), Ok(vec![limits::PAGE_DEPTH.code]));
}

#[test]
fn nodes_of_a_page() {
    // The document, its four elements and the text of the paragraph.
    let limit = limits::PAGE_NODES.value;
    let many = |count: usize| page(&"<br>".repeat(count));
    assert_eq!(first(many(limit - 20).as_bytes()), Ok(vec![]));
    assert_eq!(first(many(limit + 1).as_bytes()), Ok(vec![limits::PAGE_NODES.code]));
}

#[test]
fn attributes_of_a_tag() {
    let limit = limits::TAG_ATTRIBUTES.value;
    let many = |count: usize| {
        let attributes: Vec<String> = (0..count).map(|n| format!(" a{n}=1")).collect();
        page(&format!("<p{}>x", attributes.concat()))
    };
    assert_eq!(first(many(limit).as_bytes()), Ok(vec![]));
    assert_eq!(first(many(limit + 1).as_bytes()), Ok(vec![limits::TAG_ATTRIBUTES.code]));
}

fn record(header: &str, body: &[u8]) -> Vec<u8> {
    let block = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", body].concat();
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\n{header}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

#[test]
fn bytes_of_a_record() {
    let limit = limits::RECORD_BYTES.value;
    let overhead = 44;
    let sized = |size: usize| {
        let padding = " ".repeat(size - overhead - PAGE.len());
        record("", page(&padding).as_bytes())
    };
    // The page itself is cut at its own, smaller limit.
    assert_eq!(first(&sized(limit)[..]), Ok(vec![limits::PAGE_BYTES.code]));
    assert_eq!(first(&sized(limit + 64)[..]), Err(Reason::TooLarge));
}

#[test]
fn header_of_a_record() {
    let limit = limits::RECORD_HEADER_BYTES.value;
    let field = |length: usize| format!("X: {}\r\n", "a".repeat(length));
    assert_eq!(first(&record(&field(limit - 200), PAGE.as_bytes())[..]), Ok(vec![]));
    let over = [record(&field(limit), PAGE.as_bytes()), record("", PAGE.as_bytes())].concat();
    assert_eq!(first(&over[..]), Err(Reason::TooLarge));
    let articles = articles("in", &over[..]).filter(|outcome| matches!(outcome, Outcome::Article(_)));
    assert_eq!(articles.count(), 1, "the next record is found");
}

fn feed(content: &str) -> String {
    format!("<rss><channel><item><content:encoded>{content}</content:encoded></item></channel></rss>")
}

#[test]
fn bytes_of_an_item() {
    let limit = limits::FEED_ITEM_BYTES.value;
    let sized = |size: usize| feed(&format!("It rained.{}", " ".repeat(size)));
    assert_eq!(first(sized(limit - 100_000).as_bytes()), Ok(vec![]));
    assert_eq!(first(sized(limit + 100_000).as_bytes()), Err(Reason::TooLarge));
}

#[test]
fn depth_of_a_feed() {
    let limit = limits::FEED_DEPTH.value;
    let nested = |depth: usize| feed(&format!("{}It rained.{}", "<b>".repeat(depth), "</b>".repeat(depth)));
    assert_eq!(first(nested(limit - 10).as_bytes()), Ok(vec![]));
    assert_eq!(first(nested(limit + 1).as_bytes()), Err(Reason::TooLarge));
}

#[test]
fn a_row_at_its_limit() {
    let limit = limits::LINE_BYTES.value;
    let table = |size: usize| {
        let head = &b"id,text\n1,"[..];
        head.chain(io::repeat(b'a').take(size as u64)).chain(&b"\n"[..])
    };
    assert_eq!(first(table(limit - 20_000)), Ok(vec![]));
    assert_eq!(first(table(limit + 20_000)), Err(Reason::TooLarge));
}

/// Nothing but a bomb packs so well.
#[test]
fn what_grows_too_much() {
    let packed = |megabytes: usize| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(b"{\"text\": \"a\"}\n").unwrap();
        for _ in 0..megabytes {
            encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        encoder.finish().unwrap()
    };
    let reasons = |input: &[u8]| -> Vec<Reason> {
        let refused = articles("in", input).filter_map(|outcome| match outcome {
            Outcome::Refused(error) => Some(error.reason()),
            _ => None,
        });
        refused.collect()
    };
    // One line of blanks is too long; below 64 MiB no ratio is asked.
    assert_eq!(reasons(&packed(30)), []);
    assert_eq!(reasons(&packed(60)), [Reason::TooLarge]);
    assert_eq!(reasons(&packed(80)), [Reason::TooLarge]);
}

#[test]
fn every_limit_has_its_code() {
    let mut codes: Vec<&str> = limits::ALL.iter().map(|limit| limit.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), limits::ALL.len());
}
