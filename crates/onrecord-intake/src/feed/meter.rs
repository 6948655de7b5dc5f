//! A reader that keeps what was read of an item, and ends a piece of XML that grows too long.
//!
//! In: any reader. Out: the same bytes; those of the item since [`Meter::record`]; an error where one tag or text is
//! over [`limits::FEED_ITEM_BYTES`].

use std::io::{self, BufRead, Read};

use crate::limits;

pub(super) struct Meter<B> {
    input: B,
    /// Bytes since the last piece began.
    piece: usize,
    /// The bytes of the item, and whether they are kept.
    kept: Vec<u8>,
    is_recording: bool,
}

impl<B: BufRead> Meter<B> {
    pub(super) fn new(input: B) -> Meter<B> {
        Meter { input, piece: 0, kept: Vec::new(), is_recording: false }
    }

    /// A new piece begins.
    pub(super) fn begin(&mut self) {
        self.piece = 0;
    }

    /// Keeps the bytes from the tag on that was read last.
    pub(super) fn record(&mut self, tag: &[u8]) {
        self.kept.clear();
        self.kept.push(b'<');
        self.kept.extend_from_slice(tag);
        self.kept.push(b'>');
        self.is_recording = true;
    }

    /// The bytes that were kept.
    pub(super) fn recorded(&mut self) -> Vec<u8> {
        self.is_recording = false;
        std::mem::take(&mut self.kept)
    }
}

impl<B: BufRead> Read for Meter<B> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<B: BufRead> BufRead for Meter<B> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let limit = limits::FEED_ITEM_BYTES.value;
        if self.piece > limit || self.kept.len() > limit {
            let message = format!("the item has over {limit} bytes; expected at most as many");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.piece += count;
        if self.is_recording
            && let Ok(buffer) = self.input.fill_buf()
        {
            self.kept.extend_from_slice(&buffer[..count.min(buffer.len())]);
        }
        self.input.consume(count);
    }
}
