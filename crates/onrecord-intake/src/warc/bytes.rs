//! The bytes of a web archive, in the segments that it is packed in.
//!
//! In: a reader, or the members of gzip. Out: headers, blocks, and the way to the next record. A segment is a member,
//! or the whole of an archive that is not packed; a record lies in one segment. It holds what was asked for and one
//! chunk. A member that is broken ends where it breaks.

use std::io::{self, Read};

use crate::read::Input;
use crate::unpack::{Members, Next};

/// How a record begins.
const MAGIC: &[u8] = b"WARC/1.";
const CHUNK: usize = 64 << 10;

/// The bytes of a web archive.
pub(super) struct Segments<'r> {
    input: Form<'r>,
    buffer: Vec<u8>,
    /// What of `buffer` was taken.
    at: usize,
    is_segment_over: bool,
}

enum Form<'r> {
    Plain(Input<'r>),
    Packed(Members<'r>),
}

/// What stands at the border of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Record,
    Other,
    /// A record, behind bytes between two members of gzip that are none.
    AfterGarbage,
    End,
}

impl<'r> Segments<'r> {
    pub(super) fn plain(input: Input<'r>) -> Segments<'r> {
        Segments { input: Form::Plain(input), buffer: Vec::new(), at: 0, is_segment_over: false }
    }

    pub(super) fn packed(members: Members<'r>) -> Segments<'r> {
        // The first member is still to be gone to.
        Segments { input: Form::Packed(members), buffer: Vec::new(), at: 0, is_segment_over: true }
    }

    /// Passes over line ends, and from one segment to the next; tells what stands there.
    pub(super) fn go_to_record(&mut self) -> io::Result<Found> {
        loop {
            while matches!(self.peek(1)?, [b'\r' | b'\n']) {
                self.at += 1;
            }
            if self.peek(MAGIC.len())? == MAGIC {
                return Ok(Found::Record);
            }
            if !self.peek(1)?.is_empty() {
                return Ok(Found::Other);
            }
            match self.next_segment()? {
                Next::Member => {}
                Next::AfterGarbage => return Ok(Found::AfterGarbage),
                Next::End => return Ok(Found::End),
            }
        }
    }

    /// The lines up to the empty one; `None` where there are more than `limit` bytes of them.
    pub(super) fn header(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut length = 0;
        loop {
            let seen = self.peek(length + CHUNK.min(limit))?;
            if let Some(end) = end_of_header(&seen[length.saturating_sub(3)..]) {
                let end = length.saturating_sub(3) + end;
                return Ok((end <= limit).then(|| self.cut(end)));
            }
            if seen.len() > limit {
                return Ok(None);
            }
            if seen.len() == length {
                // The segment ends inside the header.
                return Ok(Some(self.cut(length)));
            }
            length = seen.len();
        }
    }

    /// The next `count` bytes, fewer where the segment ends.
    pub(super) fn take(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let there = self.peek(count)?.len();
        Ok(self.cut(there))
    }

    /// Gives back what was taken last.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.at = 0;
    }

    /// Whether a record or the segment may end here: line ends, then a record or nothing.
    pub(super) fn is_at_end_of_record(&mut self) -> io::Result<bool> {
        let seen = self.peek(MAGIC.len() + 8)?;
        let ends = seen.iter().take_while(|&&b| matches!(b, b'\r' | b'\n')).count();
        let rest = &seen[ends..];
        Ok(rest.is_empty() || (ends > 0 && MAGIC.starts_with(&rest[..rest.len().min(MAGIC.len())])))
    }

    /// All bytes up to the next record of the segment or its end; `None` where there are more than `limit`.
    pub(super) fn take_to_record(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            let seen = self.peek(searched + CHUNK)?;
            if let Some(at) = next_record(seen, searched) {
                return Ok((at <= limit).then(|| self.cut(at)));
            }
            if seen.len() > limit {
                self.skip_to_record()?;
                return Ok(None);
            }
            if seen.len() == searched {
                return Ok(Some(self.cut(searched)));
            }
            searched = seen.len();
        }
    }

    /// Goes to the next record of the segment or its end.
    pub(super) fn skip_to_record(&mut self) -> io::Result<()> {
        // What stands here may be the record that is given up.
        self.at += self.peek(1)?.len();
        loop {
            let seen = self.peek(CHUNK)?;
            if let Some(at) = next_record(seen, 0) {
                self.at += at;
                return Ok(());
            }
            if seen.len() < CHUNK {
                self.at += seen.len();
                return Ok(());
            }
            self.at += seen.len() - MAGIC.len() - 1;
        }
    }

    fn next_segment(&mut self) -> io::Result<Next> {
        match &mut self.input {
            Form::Plain(_) => Ok(Next::End),
            Form::Packed(members) => {
                let next = members.next_member()?;
                self.is_segment_over = next == Next::End;
                self.buffer.clear();
                self.at = 0;
                Ok(next)
            }
        }
    }

    /// The next `count` bytes without taking them, fewer where the segment ends.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.at > 0 && self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        while self.buffer.len() - self.at < count && !self.is_segment_over {
            let length = self.buffer.len();
            let wanted = (count - (length - self.at)).clamp(CHUNK, 1 << 20);
            self.buffer.resize(length + wanted, 0);
            let into = &mut self.buffer[length..];
            let read = match &mut self.input {
                Form::Plain(input) => input.read(into),
                Form::Packed(members) => members.read(into),
            };
            let read = match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.buffer.truncate(length);
                    continue;
                }
                Err(error) if self.is_damage(&error) => 0,
                other => other.inspect_err(|_| self.is_segment_over = true)?,
            };
            self.is_segment_over = read == 0;
            self.buffer.truncate(length + read);
        }
        let there = &self.buffer[self.at..];
        Ok(&there[..there.len().min(count)])
    }

    /// Whether an error says that a member is broken, and not that the archive cannot be read.
    fn is_damage(&self, error: &io::Error) -> bool {
        use io::ErrorKind::{FileTooLarge, InvalidData, InvalidInput, UnexpectedEof};
        matches!(self.input, Form::Packed(_))
            && matches!(error.kind(), FileTooLarge | InvalidData | InvalidInput | UnexpectedEof)
    }

    fn cut(&mut self, count: usize) -> Vec<u8> {
        let taken = self.buffer[self.at..self.at + count].to_vec();
        self.at += count;
        taken
    }
}

/// Where a header ends: behind its empty line.
fn end_of_header(bytes: &[u8]) -> Option<usize> {
    let ends = bytes.iter().enumerate().filter(|&(_, &b)| b == b'\n');
    ends.map(|(at, _)| at).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// Where the next record begins: at the start of a line, `from` some bytes back on.
fn next_record(bytes: &[u8], from: usize) -> Option<usize> {
    let from = from.saturating_sub(MAGIC.len() + 1);
    let mut starts = bytes[from..].windows(MAGIC.len() + 1);
    let at = starts.position(|window| window[0] == b'\n' && window[1..] == *MAGIC)?;
    Some(from + at + 1)
}
