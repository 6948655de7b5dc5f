//! The bytes of an input, and of UTF-16 the same text in UTF-8.
//!
//! In: any [`Read`]. Out: [`Opened`], which has looked at the head and still gives every byte. It never holds more
//! than the head and one chunk. Read on in [`crate::encoding`] and [`crate::jsonl`].

use std::io::{self, Chain, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use onrecord::limits::Limit;

use crate::kind::HEAD_BYTES;
use crate::outcome::Note;

/// The bytes of an input, whatever they come from.
pub(crate) type Input<'r> = Box<dyn Read + Send + 'r>;

/// An input whose head is known. Reading it gives all bytes as they came, the head first.
pub(crate) struct Opened<'r> {
    utf16: Option<Utf16>,
    utf8_head: Vec<u8>,
    bytes: Headed<'r>,
}

/// A reader whose first bytes were read and are given again.
type Headed<'r> = Chain<Cursor<Vec<u8>>, Input<'r>>;

/// How an input is known to be UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utf16 {
    pub(crate) order: &'static Encoding,
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

impl<'r> Opened<'r> {
    pub(crate) fn new(mut input: Input<'r>) -> io::Result<Opened<'r>> {
        let head = head(&mut input)?;
        let utf16 = utf16(&head);
        let utf8_head = match utf16 {
            Some(Utf16 { order, .. }) => utf8_of(order, &head),
            None => head.clone(),
        };
        Ok(Opened { utf16, utf8_head, bytes: Cursor::new(head).chain(input) })
    }

    /// The first bytes as they came.
    pub(crate) fn raw_head(&self) -> &[u8] {
        self.bytes.get_ref().0.get_ref()
    }

    /// The first bytes, in UTF-8 if they are UTF-16.
    pub(crate) fn head(&self) -> &[u8] {
        &self.utf8_head
    }

    /// Whether the bytes are UTF-16.
    pub(crate) fn utf16(&self) -> Option<Utf16> {
        self.utf16
    }

    /// All bytes, in UTF-8 if they are UTF-16; a broken unit is a byte that no UTF-8 has.
    pub(crate) fn into_utf8(self) -> Input<'r> {
        match self.utf16 {
            Some(Utf16 { order, .. }) => Box::new(Transcoder::new(order, self.bytes)),
            None => Box::new(self.bytes),
        }
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(out)
    }
}

/// Reads up to `limit` bytes and one more, which tells that there is more.
pub(crate) fn up_to(input: &mut impl Read, limit: Limit) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit.value as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Cuts `bytes` at `limit`, with a note that `what` was cut.
pub(crate) fn cut(bytes: &mut Vec<u8>, limit: Limit, what: &str) -> Option<Note> {
    if bytes.len() <= limit.value {
        return None;
    }
    bytes.truncate(limit.value);
    let message = format!("{what} has over {0} bytes; only the first {0} were taken", limit.value);
    Some(Note { code: limit.code, message })
}

/// UTF-16 in UTF-8, a broken unit as a byte that no UTF-8 has.
pub(crate) fn utf8_of(order: &'static Encoding, bytes: &[u8]) -> Vec<u8> {
    let mut utf8 = Vec::new();
    let read = Transcoder::new(order, bytes).read_to_end(&mut utf8);
    debug_assert!(read.is_ok(), "reading from memory cannot fail");
    utf8
}

/// Bytes of an encoding in UTF-8, what is broken as U+FFFD.
pub(crate) fn transcoded<'r>(encoding: &'static Encoding, input: impl Read + Send + 'r) -> Input<'r> {
    Box::new(Transcoder { broken: "\u{fffd}".as_bytes(), ..Transcoder::new(encoding, input) })
}

fn head(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// UTF-16 is told by its byte order mark, else by its shape: of western text in it, every other byte is NUL.
fn utf16(head: &[u8]) -> Option<Utf16> {
    match head {
        [0xff, 0xfe, ..] => return Some(Utf16 { order: UTF_16LE, ground: Ground::Stated }),
        [0xfe, 0xff, ..] => return Some(Utf16 { order: UTF_16BE, ground: Ground::Stated }),
        _ => {}
    }
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let most = |nuls: usize| nuls * 2 * 4 >= head.len() * 3;
    let order = match (nuls(0), nuls(1)) {
        (0, second) if second > 0 && most(second) => UTF_16LE,
        (first, 0) if first > 0 && most(first) => UTF_16BE,
        _ => return None,
    };
    Some(Utf16 { order, ground: Ground::Guessed })
}

/// Stands for a broken unit of UTF-16. It never stands in UTF-8, so that whoever decodes the bytes next meets it:
/// the text as one U+FFFD that is counted, JSONL as a broken line.
const BROKEN: &[u8] = b"\xff";
const CHUNK: usize = 16 << 10;

/// Turns an encoding, mostly UTF-16, into UTF-8, the byte order mark into U+FEFF.
struct Transcoder<R> {
    input: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    ready: Vec<u8>,
    /// How much of `ready` was given away.
    given: usize,
    at_end: bool,
    /// What stands for a broken unit.
    broken: &'static [u8],
}

impl<R: Read> Transcoder<R> {
    fn new(order: &'static Encoding, input: R) -> Transcoder<R> {
        let decoder = order.new_decoder_without_bom_handling();
        Transcoder {
            input,
            decoder,
            raw: vec![0; CHUNK].into(),
            ready: Vec::new(),
            given: 0,
            at_end: false,
            broken: BROKEN,
        }
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
                DecoderResult::Malformed(..) => self.ready.extend_from_slice(self.broken),
            }
        }
    }
}

impl<R: Read> Read for Transcoder<R> {
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
        Opened::new(Box::new(input)).unwrap().into_utf8().read_to_end(&mut found).unwrap();
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
