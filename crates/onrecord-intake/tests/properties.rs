//! What holds for every input: no panic, nothing changed, nothing hung on how the bytes arrive.

use std::io::{self, Read};

use onrecord_intake::{Item, Outcome, Part, articles};
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

/// The same cases in every run; a change of the seed finds new ones, and what fails is kept beside this file.
fn config() -> ProptestConfig {
    let failures = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(3),
        failure_persistence: Some(Box::new(failures)),
        ..ProptestConfig::default()
    }
}

/// What an input gives, as text.
fn told(input: impl Read + Send) -> Vec<String> {
    let outcomes = articles("in", input).map(|outcome| match outcome {
        Outcome::Refused(error) => format!("{error} {} {:?}", error.reason(), error.hint()),
        other => format!("{other:?}"),
    });
    outcomes.collect()
}

/// The articles of an input that holds nothing else.
fn items(input: &[u8]) -> Vec<Item> {
    let items = articles("in", input).map(|outcome| match outcome {
        Outcome::Article(item) => *item,
        other => panic!("{other:?}"),
    });
    items.collect()
}

/// Gives its bytes in pieces of these sizes, over and over, with interruptions between them.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    next: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.next % self.sizes.len()];
        self.next += 1;
        if size == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = size.min(out.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(count);
        out[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

/// Bytes that are near to something: pieces of JSON, marks of encodings, texts, noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => "\\PC{0,20}".prop_map(String::into_bytes),
        2 => any::<Vec<u8>>(),
        4 => prop::sample::select(vec![
            &b"{\"text\": \""[..], b"\"}", b"\n", b"\r\n", b"{}", b"[", b"]", b", \"id\": 7", b"null", b"\\u0000", b"\\ud83d",
            b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"a\0b\0", b"\x00\xd8", b"\xe2\x80", b"\x93Yes,\x94 caf\xe9",
            b"%PDF-", b"<html>", b"\x1f\x8b", b"<p>It rained.", b"<div class=\"related\">", b"</div>", b"<!--", b"<script>", b"<h1>",
            b"<meta charset=utf-16>", b"<rss><channel>", b"<item><title>", b"<content:encoded>", b"<![CDATA[", b"</item>", b"&lt;", b"<!DOCTYPE",
            b"id,text\n", b"\"", b";", b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 20\r\n\r\n", b"\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n\r\n", b"Transfer-Encoding: chunked\r\n", b"5\r\n", b"PK\x03\x04",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\x28\xb5\x2f\xfd", b"{\"uri\": \"urn:1\", \"headline\": \"",
        ]).prop_map(<[u8]>::to_vec),
        1 => (any::<u8>(), 0_usize..20_000).prop_map(|(byte, count)| vec![byte; count]),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    /// Every input ends, in articles and errors that name it.
    #[test]
    fn nothing_panics(bytes in bytes()) {
        let mut outcomes = 0;
        for outcome in articles("in", &bytes[..]) {
            outcomes += 1;
            // No outcome is made of nothing.
            prop_assert!(outcomes <= bytes.len() + 1);
            match outcome {
                Outcome::Article(item) => {
                    prop_assert_eq!(item.place.name(), "in");
                    prop_assert!(item.place.part().is_none() || !item.article.text.contains('\0'));
                    prop_assert!(!item.raw.bytes.is_empty() || item.article.text.is_empty());
                }
                Outcome::Record(record) => prop_assert_eq!(record.place.name(), "in"),
                Outcome::Refused(error) => prop_assert!(error.to_string().starts_with("in")),
            }
        }
    }

    #[test]
    fn pieces_do_not_matter(bytes in bytes(), sizes in prop::collection::vec(0_usize..9_000, 1..5)) {
        prop_assume!(sizes.iter().any(|&size| size > 0));
        let pieces = Pieces { bytes: &bytes, sizes: &sizes, next: 0 };
        prop_assert_eq!(told(pieces), told(&bytes[..]));
    }

    #[test]
    fn text_stays_as_it_is(text in "\u{feff}?[^\0-\u{7}\u{e}-\u{1f}\u{7f}{\\[]\\PC{0,200}(\r\n|[\u{85}\u{a0}\u{fffd}\u{200b}👍“]){0,9}") {
        let known = ["%PDF", "PK", "BZh", "GIF8", "PAR1", "7z", "SQL", "<", "\u{feff}<", "WARC"];
        prop_assume!(!known.iter().any(|start| text.starts_with(start)));
        let items = items(text.as_bytes());
        prop_assert_eq!(items.len(), 1);
        prop_assert_eq!(&items[0].article.text, &text);
        prop_assert!(items[0].notes.iter().all(|note| note.code == "no_letters"));
    }

    /// Whatever a JSON writer writes comes back.
    #[test]
    fn json_comes_back(texts in prop::collection::vec(any::<String>(), 1..5), id in any::<Option<i64>>()) {
        let text = |text: &String| text.replace('\0', "");
        let lines = texts.iter().map(|value| format!("{}\n", serde_json::json!({ "text": text(value), "id": id })));
        let input: String = lines.collect();
        let items = items(input.as_bytes());
        prop_assert_eq!(items.len(), texts.len());
        for (index, item) in items.iter().enumerate() {
            prop_assert_eq!(&item.article.text, &text(&texts[index]));
            prop_assert_eq!(&item.article.id, &id.map(|id| id.to_string()));
            prop_assert_eq!(item.place.part(), Some(Part::Line(index as u64 + 1)));
        }
    }
}
