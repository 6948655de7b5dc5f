//! The bytes of an input, UTF-16 turned into UTF-8 on the way.
//!
//! In: any [`Read`]. Out: [`Opened`], which has looked at the head and still gives every byte. It never holds more
//! than the head and one chunk. Read on in [`crate::encoding`] and [`crate::jsonl`].

use std::io::{self, Chain, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use crate::kind::HEAD_BYTES;

/// An input whose head is known. Reading it gives all bytes, the head first, in UTF-8 if they were UTF-16.
pub(crate) struct Opened<R> {
    raw_head: Vec<u8>,
    transcoded: Option<Transcoded>,
    rest: Headed<Bytes<Headed<R>>>,
}

/// A reader whose first bytes were read and are given again.
type Headed<R> = Chain<Cursor<Vec<u8>>, R>;

/// The encoding that an input was turned into UTF-8 from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transcoded {
    pub(crate) from: &'static Encoding,
    pub(crate) ground: Ground,
}

/// How an encoding became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A byte order mark states it.
    Stated,
    /// The bytes look like it.
    Guessed,
}

impl<R: Read> Opened<R> {
    pub(crate) fn new(mut input: R) -> io::Result<Opened<R>> {
        let raw_head = head(&mut input)?;
        let transcoded = utf16(&raw_head);
        let raw = Cursor::new(raw_head.clone()).chain(input);
        let mut bytes = match transcoded {
            Some(Transcoded { from, .. }) => Bytes::Utf16(Utf16::new(from, raw)),
            None => Bytes::AsTheyAre(raw),
        };
        let head = head(&mut bytes)?;
        Ok(Opened { raw_head, transcoded, rest: Cursor::new(head).chain(bytes) })
    }

    /// The first bytes as they came.
    pub(crate) fn raw_head(&self) -> &[u8] {
        &self.raw_head
    }

    /// The first bytes, in UTF-8 if they were UTF-16.
    pub(crate) fn head(&self) -> &[u8] {
        self.rest.get_ref().0.get_ref()
    }

    /// The encoding that the bytes were turned into UTF-8 from.
    pub(crate) fn transcoded(&self) -> Option<Transcoded> {
        self.transcoded
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.rest.read(out)
    }
}

fn head<R: Read>(input: &mut R) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// UTF-16 is told by its byte order mark, else by its shape: of western text in it, every other byte is NUL.
fn utf16(head: &[u8]) -> Option<Transcoded> {
    match head {
        [0xff, 0xfe, ..] => return Some(Transcoded { from: UTF_16LE, ground: Ground::Stated }),
        [0xfe, 0xff, ..] => return Some(Transcoded { from: UTF_16BE, ground: Ground::Stated }),
        _ => {}
    }
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let most = |nuls: usize| nuls * 2 * 4 >= head.len() * 3;
    let from = match (nuls(0), nuls(1)) {
        (0, second) if second > 0 && most(second) => UTF_16LE,
        (first, 0) if first > 0 && most(first) => UTF_16BE,
        _ => return None,
    };
    Some(Transcoded { from, ground: Ground::Guessed })
}

enum Bytes<R> {
    AsTheyAre(R),
    Utf16(Utf16<R>),
}

impl<R: Read> Read for Bytes<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Bytes::AsTheyAre(input) => input.read(out),
            Bytes::Utf16(input) => input.read(out),
        }
    }
}

/// Stands for a broken unit of UTF-16. It never stands in UTF-8, so that whoever decodes the bytes next meets it:
/// the text as one U+FFFD that is counted, JSONL as a broken line.
const BROKEN: u8 = 0xff;
const CHUNK: usize = 16 << 10;

/// Turns UTF-16 into UTF-8, the byte order mark into U+FEFF.
struct Utf16<R> {
    input: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    ready: Vec<u8>,
    /// How much of `ready` was given away.
    given: usize,
    at_end: bool,
}

impl<R: Read> Utf16<R> {
    fn new(from: &'static Encoding, input: R) -> Utf16<R> {
        let decoder = from.new_decoder_without_bom_handling();
        Utf16 { input, decoder, raw: vec![0; CHUNK].into(), ready: Vec::new(), given: 0, at_end: false }
    }

    /// Makes the next chunk ready.
    fn fill(&mut self) -> io::Result<()> {
        let count = self.input.read(&mut self.raw)?;
        self.at_end = count == 0;
        self.ready.clear();
        self.given = 0;
        // A unit of two bytes makes at most three, and what the decoder kept of the last chunk at most four more.
        let mut decoded = vec![0; count * 2 + 16];
        let mut raw = &self.raw[..count];
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut decoded, self.at_end);
            self.ready.extend_from_slice(&decoded[..written]);
            raw = &raw[read..];
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.ready.push(BROKEN),
            }
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.at_end {
            self.fill()?;
        }
        let ready = &self.ready[self.given..];
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Encodes `text` in UTF-16, low byte first.
    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn check(input: &[u8], expected: &[u8]) {
        let mut found = Vec::new();
        Opened::new(input).unwrap().read_to_end(&mut found).unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn other_bytes_stay_as_they_are() {
        let long = "x“é👍”\r\n".repeat(5_000).into_bytes();
        check(&long, &long);
        check(b"", b"");
        check(b"\xff", b"\xff");
    }

    #[test]
    fn utf16_becomes_utf8() {
        let text = "\u{feff}“é👍,” said Ana Roz.\r\n".repeat(5_000);
        check(&utf16le(&text), text.as_bytes());
        let big_endian: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&big_endian, text.as_bytes());
        check(&utf16le("No mark, said Ana."), b"No mark, said Ana.");
    }

    #[test]
    fn broken_utf16_stays_broken() {
        let mut bytes = utf16le("\u{feff}ab");
        bytes.extend([0x00, 0xd8, b'c', 0, b'd']);
        check(&bytes, b"\xef\xbb\xbfab\xffc\xff");
    }
}
