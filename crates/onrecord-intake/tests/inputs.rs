//! Whole inputs, from bytes to articles: what is read, what is refused, and in which words.

use std::io::{self, Read};

use onrecord_intake::{Error, Item, Outcome, Part, Reason, articles, limits};

/// What each article or error of `input` says, a line each.
fn told(input: &[u8]) -> Vec<String> {
    articles("in", input)
        .map(|outcome| match outcome {
            Outcome::Article(item) => {
                let Item { article, notes, place, .. } = *item;
                let notes: Vec<_> = notes.iter().map(|note| format!(" [{}]", note.code)).collect();
                format!("{place} {}{}", shown(&article.text), notes.concat())
            }
            Outcome::Record(record) => format!("{} record {}", record.place, shown(&record.json)),
            Outcome::Refused(error) => format!("! {error}"),
        })
        .collect()
}

fn shown(text: &str) -> String {
    if text.len() > 60 { format!("{} bytes", text.len()) } else { format!("{text:?}") }
}

fn check(input: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(told(input.as_ref()), expected);
}

fn hint(input: &[u8]) -> Option<&'static str> {
    let error = articles("in", input).find_map(error).expect("the input has an error");
    error.hint()
}

fn error(outcome: Outcome) -> Option<Error> {
    match outcome {
        Outcome::Refused(error) => Some(error),
        Outcome::Article(_) | Outcome::Record(_) => None,
    }
}

fn item(outcome: Outcome) -> Option<Item> {
    match outcome {
        Outcome::Article(item) => Some(*item),
        Outcome::Record(_) | Outcome::Refused(_) => None,
    }
}

/// The one article of `input`.
fn only(input: impl Read + Send) -> Item {
    let mut outcomes = articles("in", input);
    let item = outcomes.next().and_then(item).expect("the input holds an article");
    assert!(outcomes.next().is_none());
    item
}

#[test]
fn plain_text() {
    check("\u{feff}“Yes,”\r\nsaid Ana.\r", &["in \"\\u{feff}“Yes,”\\r\\nsaid Ana.\\r\""]);
    check("", &["in \"\" [no_letters]"]);
    check("\u{feff}12.5% …\n", &["in \"\\u{feff}12.5% …\\n\" [no_letters]"]);
}

#[test]
fn jsonl_reads_on_after_a_broken_line() {
    let input = "{\"text\": \"a\"}\n\n[1]\n{\"text\": \"b\", oops}\r\n   \n{\"text\": \"c\"}";
    check(
        input,
        &[
            "in:1 \"a\"",
            "! in:3: found a list; expected a JSON object",
            "! in:4: broken JSON at byte 15 of the line: key must be a string",
            "in:6 \"c\"",
        ],
    );
}

#[test]
fn the_first_line_may_be_the_broken_one() {
    check(
        "{\"text\": \"a\n{\"text\": \"b\"}\n",
        &["! in:1: the line ends inside its JSON object; expected one object a line", "in:2 \"b\""],
    );
    check("{\"headline\": \"a\"}\n", &["! in:1: found no `text`; expected a string"]);
}

#[test]
fn json_in_another_shape() {
    check("{\n  \"text\": \"a\",\n  \"id\": 3\n}\n", &["in \"a\""]);
    check(
        "{\n  \"text\": \"a\",\n  \"id\": oops\n}\n",
        &["! in: broken JSON at line 3, byte 9: expected value"],
    );
    let list = b"[{\"text\": \"a\"}, {\"text\": \"b\"}]";
    check(list, &["! in: found a JSON list; expected text, HTML, JSONL, CSV, WARC, a feed or DOCX"]);
    assert_eq!(hint(list), Some("`jq -c '.[]' FILE` writes each object of a list on its own line"));
}

#[test]
fn records_pass_through() {
    let record = r#"{"onrecord":"1","article":{"id":"a"}}"#;
    check(
        format!("\u{feff}{record} \r\n{{\"text\": \"b\"}}\n"),
        &[
            "in:1 record \"{\\\"onrecord\\\":\\\"1\\\",\\\"article\\\":{\\\"id\\\":\\\"a\\\"}}\"",
            "in:2 \"b\"",
        ],
    );
}

#[test]
fn the_bytes_are_kept() {
    let raw = |input: &[u8]| articles("in", input).find_map(item).expect("an article").raw;
    let line = b"{\"text\": \"a\"}\r\n";
    let found = raw(line);
    assert_eq!(
        (&found.bytes[..], found.media_type, found.encoding),
        (&line[..], "application/json", "UTF-8")
    );
    let latin = b"\x93Yes,\x94 said Jos\xe9 Roz.";
    let found = raw(latin);
    assert_eq!(
        (&found.bytes[..], found.media_type, found.encoding),
        (&latin[..], "text/plain", "windows-1252")
    );
    let wide: Vec<u8> = "\u{feff}Yes, said Ana.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = raw(&wide);
    assert_eq!((found.bytes, found.encoding), (wide, "UTF-16LE"));
}

#[test]
fn utf16() {
    let jsonl = "\u{feff}{\"text\": \"“é👍”\"}\r\n{\"text\": \"b\"}\r\n";
    let mut bytes: Vec<u8> = jsonl.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&bytes, &["in:1 \"“é👍”\"", "in:2 \"b\""]);
    // A surrogate without its mate.
    bytes.splice(24..24, [0x00, 0xd8]);
    check(
        &bytes,
        &["! in:1: found a broken character at byte 17 of the line; expected JSON in UTF-8", "in:2 \"b\""],
    );
    let text = "\u{feff}“Yes,” said Ana.";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(bytes, &["in \"\\u{feff}“Yes,” said Ana.\" [not_utf8]"]);
}

#[test]
fn other_encodings() {
    check(b"\x93Yes,\x94 said Jos\xe9 Roz.", &["in \"“Yes,” said José Roz.\" [not_utf8]"]);
    check(
        b"\xe2\x80\x9cYes,\xe2\x80\x9d \xff said Ana.",
        &["in \"“Yes,” \u{fffd} said Ana.\" [broken_utf8]"],
    );
}

#[test]
fn binary_is_refused() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    check(png, &["! in: found a PNG picture; expected text, HTML, JSONL, CSV, WARC, a feed or DOCX"]);
    assert_eq!(hint(png), Some("the text of a picture has to be recognised first"));
    check(
        b"PK\x03\x04\x14\0",
        &[
            "! in: found a ZIP archive or an office document; expected text, HTML, JSONL, CSV, WARC, a feed or DOCX",
        ],
    );
    check(
        b"a\0\0\0b",
        &["! in: found binary data (a NUL byte); expected text, HTML, JSONL, CSV, WARC, a feed or DOCX"],
    );
    check(
        b"\xff\xfe\0\0a\0\0\0",
        &["! in: found UTF-32 text; expected text, HTML, JSONL, CSV, WARC, a feed or DOCX"],
    );
    check(
        b"\xff\xfea\0\0\0b\0",
        &["! in: found binary data (a NUL byte); expected text, HTML, JSONL, CSV, WARC, a feed or DOCX"],
    );
}

/// A NUL behind the head is a character of the text like any other.
#[test]
fn a_late_nul_stays() {
    let text = format!("{}\0.", "It rained. ".repeat(1_000));
    let item = only(text.as_bytes());
    assert_eq!(item.article.text, text);
}

#[test]
fn a_text_at_its_limit() {
    let limit = limits::TEXT_BYTES.value;
    let read = |size: usize| only(io::repeat(b'a').take(size as u64));
    let just = read(limit);
    assert_eq!((just.article.text.len(), just.notes.len()), (limit, 0));
    let over = read(limit + 1);
    assert_eq!(over.article.text.len(), limit);
    assert_eq!(over.notes[0].code, limits::TEXT_BYTES.code);
    let message = "the input has over 16777216 bytes; only the first 16777216 were taken";
    assert_eq!(over.notes[0].message, message);
}

/// A cut character is dropped, not broken.
#[test]
fn a_text_is_cut_between_characters() {
    let limit = limits::TEXT_BYTES.value;
    let bytes = io::repeat(b'a').take(limit as u64 - 1).chain("éa".as_bytes());
    let item = only(bytes);
    assert_eq!(item.article.text.len(), limit - 1);
    assert_eq!(item.notes.len(), 1);
}

#[test]
fn a_line_at_its_limit() {
    let limit = limits::LINE_BYTES.value;
    let line = |size: usize| {
        let (before, after) = (&b"{\"text\": \""[..], &b"\"}"[..]);
        let length = size - before.len() - after.len();
        before.chain(io::repeat(b'a').take(length as u64)).chain(after)
    };
    let next = &b"\n{\"text\": \"next\"}\n"[..];
    let read = |size: usize| articles("in", line(size).chain(next)).collect::<Vec<_>>();

    let [just, next] = read(limit).try_into().expect("two outcomes");
    assert_eq!(item(just).map(|item| item.article.text.len()), Some(limit - 12));
    let [over, after] = read(limit + 1).try_into().expect("two outcomes");
    let error_of_it = error(over).expect("the line is too long");
    assert_eq!(error_of_it.reason(), Reason::TooLarge);
    assert_eq!(error_of_it.to_string(), "in:1: the line has over 33554432 bytes; expected at most as many");
    for outcome in [next, after] {
        let item = item(outcome).expect("an article");
        assert_eq!((item.place.part(), item.article.text.as_str()), (Some(Part::Line(2)), "next"));
    }
    // The last line needs no end.
    assert_eq!(articles("in", line(limit)).filter_map(item).count(), 1);
    assert_eq!(articles("in", line(limit + 1)).filter_map(error).count(), 1);
}

#[test]
fn a_failing_reader_ends_it() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }

    let outcomes = |before: &'static [u8]| -> Vec<String> {
        let outcomes = articles("in", before.chain(Fails)).map(|outcome| match outcome {
            Outcome::Refused(error) => format!("{} {error}", error.reason()),
            other => item(other).expect("no record").place.to_string(),
        });
        outcomes.take(10).collect()
    };
    assert_eq!(outcomes(b""), ["unreadable in: the disk is gone"]);
    assert_eq!(outcomes(b"plain"), ["unreadable in: the disk is gone"]);
    let long = [&b"{\"text\": \"a\"}\n"[..], &b" ".repeat(10_000)].concat().leak();
    assert_eq!(outcomes(long), ["in:1", "unreadable in:2: the disk is gone"]);
}

/// What hostile inputs are made of: nothing is lost, nothing stops the lines behind.
#[test]
fn hostile_lines() {
    let good = |id: usize| {
        format!(
            "{{\"id\":\"{id}\",\"url\":\"http://e.example/{id}\",\"text\":\"\\\"Yes,\\\" said Ann Lee.\"}}\n"
        )
    };
    let bad: &[&[u8]] = &[
        &[&b"[".repeat(100_000)[..], b"\n"].concat(),
        b"{\"text\":\"\\ud800\",\"id\":1}\n",
        b"{\"text\":\"a\\u0000b\"}\n",
        b"{\"text\":1e400}\n",
        b"{\"text\":\"a\",\"text\":\"b\"}\n",
        b"{\"text\":\"\xff\xfe\"}\n",
        b"\xef\xbb\xbf{\"text\":\"bom\"}\n",
        b"   \n",
        b"{\"text\":\"no close\n",
        b"{\"date\":\"9999999-13-45\",\"text\":\"x\"}\r\n",
        b"{\"__proto__\":{\"x\":1},\"text\":\"x\"}\n",
        b"{\"id\":\"../../etc/passwd\",\"text\":\"x\"}\n",
        b"null\n",
        b"\"str\"\n",
    ];
    let mut input = Vec::new();
    for (id, line) in bad.iter().enumerate() {
        input.extend(good(id).into_bytes());
        input.extend_from_slice(line);
    }
    let found = told(&input);
    let good = "\"\\\"Yes,\\\" said Ann Lee.\"";
    assert_eq!(found.iter().filter(|line| line.ends_with(good)).count(), bad.len());
    let others: Vec<&str> = found.iter().map(String::as_str).filter(|line| !line.ends_with(good)).collect();
    assert_eq!(
        others,
        [
            "! in:2: found a list; expected a JSON object",
            "! in:4: broken JSON at byte 16 of the line: unexpected end of hex escape",
            "! in:6: found the character U+0000 in `text`; expected text without it",
            "! in:8: broken JSON at byte 13 of the line: number out of range",
            "! in:10: broken JSON at byte 18 of the line: duplicate field `text`",
            "! in:12: found a broken character at byte 10 of the line; expected JSON in UTF-8",
            "in:14 \"bom\"",
            "! in:18: the line ends inside its JSON object; expected one object a line",
            "in:20 \"x\"",
            "in:22 \"x\"",
            "in:24 \"x\"",
            "! in:26: found null; expected a JSON object",
            "! in:28: found a string; expected a JSON object",
        ]
    );
}
