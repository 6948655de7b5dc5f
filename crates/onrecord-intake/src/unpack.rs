//! gzip and Zstandard: the bytes inside.
//!
//! In: packed bytes. Out: a reader of what they hold, or of each member of gzip apart, which web archives need. It
//! holds one window, finds the next member behind broken ones, and stops at what grows beyond all measure
//! ([`limits::UNPACKED_TIMES`]).

use std::io::{self, BufRead, BufReader, Chain, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::limits;
use crate::read::{Input, Opened};

/// How a member of gzip begins.
const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// The members of a gzip file. Reading gives the bytes of one member up to its end.
pub(crate) struct Members<'r> {
    state: State<'r>,
    unpacked: u64,
}

enum State<'r> {
    Between(Counted<'r>),
    /// The magic bytes were taken to find the member; its decoder is given them again.
    Inside(Box<GzDecoder<Chain<&'static [u8], Counted<'r>>>>),
    Over,
}

/// What stands before a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The member begins where the last one ended.
    Member,
    /// Bytes that are no member were passed over first.
    AfterGarbage,
    /// There is none.
    End,
}

impl<'r> Members<'r> {
    pub(crate) fn new(input: Input<'r>) -> Members<'r> {
        Members { state: State::Between(Counted { input: BufReader::new(input), count: 0 }), unpacked: 0 }
    }

    /// Goes to the next member, leaving what was not read of this one.
    pub(crate) fn next_member(&mut self) -> io::Result<Next> {
        let mut input = match std::mem::replace(&mut self.state, State::Over) {
            State::Between(input) => input,
            State::Inside(decoder) => decoder.into_inner().into_inner().1,
            State::Over => return Ok(Next::End),
        };
        let passed = to_magic(&mut input)?;
        let Some(passed) = passed else { return Ok(Next::End) };
        input.count = 0;
        self.unpacked = 0;
        self.state = State::Inside(Box::new(GzDecoder::new(MAGIC.chain(input))));
        Ok(if passed { Next::AfterGarbage } else { Next::Member })
    }
}

impl Read for Members<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let State::Inside(decoder) = &mut self.state else { return Ok(0) };
        let read = decoder.read(out);
        let packed = decoder.get_ref().get_ref().1.count;
        if let Ok(count) = read {
            self.unpacked += count as u64;
            if grows_too_much(packed, self.unpacked) {
                return Err(too_much());
            }
        }
        read
    }
}

/// Goes behind the next magic bytes; tells whether others than NUL were passed, or that there are none.
fn to_magic(input: &mut Counted<'_>) -> io::Result<Option<bool>> {
    let mut passed = false;
    let mut matched = 0;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let mut seen = 0;
        for &byte in buffer {
            seen += 1;
            if byte == MAGIC[matched] {
                matched += 1;
            } else {
                passed |= byte != 0 || matched > 0;
                matched = usize::from(byte == MAGIC[0]);
            }
            if matched == MAGIC.len() {
                input.consume(seen);
                return Ok(Some(passed));
            }
        }
        input.consume(seen);
    }
}

/// Counts the bytes that were taken.
struct Counted<'r> {
    input: BufReader<Input<'r>>,
    count: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.input.consume(count);
    }
}

/// Small inputs may grow as they like.
const FREE: u64 = 64 << 20;

fn grows_too_much(packed: u64, unpacked: u64) -> bool {
    unpacked > FREE && unpacked / limits::UNPACKED_TIMES.value as u64 > packed
}

fn too_much() -> io::Error {
    let times = limits::UNPACKED_TIMES.value;
    io::Error::new(io::ErrorKind::FileTooLarge, format!("unpacked, it is over {times} times as large"))
}

/// Whether a gzip file is a web archive, by the first bytes inside, and the file again.
pub(crate) fn holds_warc(opened: Opened<'_>) -> (bool, Input<'_>) {
    let mut first = [0; 7];
    let is_warc = GzDecoder::new(opened.raw_head()).read_exact(&mut first).is_ok() && first == *b"WARC/1.";
    (is_warc, Box::new(opened))
}

/// All members of a gzip file, one after the other.
pub(crate) fn gzip(input: Input<'_>) -> Input<'_> {
    Box::new(Joined { members: Members::new(input), is_begun: false })
}

struct Joined<'r> {
    members: Members<'r>,
    is_begun: bool,
}

impl Read for Joined<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.is_begun {
                let count = self.members.read(out)?;
                if count > 0 || out.is_empty() {
                    return Ok(count);
                }
            }
            self.is_begun = true;
            // What follows the members is padding, as gzip itself takes it.
            if self.members.next_member()? != Next::Member {
                return Ok(0);
            }
        }
    }
}

/// All frames of a Zstandard file, one after the other.
pub(crate) fn zstandard(input: Input<'_>) -> io::Result<Input<'_>> {
    let input = Counted { input: BufReader::new(input), count: 0 };
    let frame = StreamingDecoder::new(input).map_err(|error| broken(&error))?;
    Ok(Box::new(Frames { frame: Some(Box::new(frame)), unpacked: 0 }))
}

fn broken(error: &impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

struct Frames<'r> {
    frame: Option<Box<StreamingDecoder<Counted<'r>, ruzstd::decoding::FrameDecoder>>>,
    unpacked: u64,
}

impl Read for Frames<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = self.frame.as_mut() {
            let count = frame.read(out).map_err(|error| broken(&error))?;
            self.unpacked += count as u64;
            if grows_too_much(frame.get_ref().count, self.unpacked) {
                return Err(too_much());
            }
            if count > 0 || out.is_empty() {
                return Ok(count);
            }
            let Some(frame) = self.frame.take() else { break };
            let mut input = frame.into_inner();
            if !input.fill_buf()?.is_empty() {
                let frame = StreamingDecoder::new(input);
                let frame = frame.map_err(|error| broken(&error))?;
                self.frame = Some(Box::new(frame));
            }
        }
        Ok(0)
    }
}
