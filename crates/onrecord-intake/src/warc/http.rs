//! What a response holds: status, media type, encoding, body.
//!
//! In: the block of a record. Out: [`Response`], its body with chunks joined and unpacked, or why it is no page. The
//! body is never longer than a page may be, and one byte.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::outcome::Note;
use crate::{Reason, limits, note};

/// A page as a server sent it.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) body: Vec<u8>,
    pub(super) charset: Option<String>,
}

/// Why a response is no page.
type Refusal = (Reason, String);

/// Reads the block of a record.
pub(super) fn read(block: &[u8], notes: &mut Vec<Note>) -> Result<Response, Refusal> {
    if !block.starts_with(b"HTTP/") {
        let message = if block.is_empty() { "the record is empty" } else { "found no response of HTTP" };
        return Err((Reason::Broken, message.into()));
    }
    let (head, body) = parted(block);
    let status = head.split(u8::is_ascii_whitespace).nth(1).unwrap_or_default();
    if !(status.len() == 3 && status.starts_with(b"2")) {
        return Err((Reason::NotOk, format!("the status is {}", shown(&String::from_utf8_lossy(status)))));
    }
    let mut media_type = None;
    let mut is_chunked = false;
    let mut packed = Vec::new();
    for (name, value) in fields(head) {
        match name.as_str() {
            "content-type" => media_type = media_type.or(Some(value)),
            "transfer-encoding" => is_chunked |= value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => {
                packed.extend(value.split(',').map(|one| one.trim().to_ascii_lowercase()));
            }
            _ => {}
        }
    }
    let charset = page_charset(media_type.as_deref())?;
    let body = if is_chunked { joined(body, notes) } else { body.to_vec() };
    let body = unpacked(body, &packed, notes)?;
    Ok(Response { body, charset })
}

/// The head with its status line, and what stands behind the empty line.
fn parted(block: &[u8]) -> (&[u8], &[u8]) {
    let end = block.windows(2).position(|two| two == b"\n\n").map(|at| (at, 2));
    let end_with_returns = block.windows(4).position(|four| four == b"\r\n\r\n").map(|at| (at, 4));
    match [end, end_with_returns].into_iter().flatten().min() {
        Some((at, length)) => (&block[..at], &block[at + length..]),
        None => (block, &[]),
    }
}

/// The fields of a header, names in lower case. A line that begins with a blank goes on with the one before; what has
/// no colon is none.
pub(super) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split(|&b| b == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// The encoding that a media type names; refused where it is none of a page.
fn page_charset(media_type: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(media_type) = media_type else { return Ok(None) };
    let mut parts = media_type.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "") {
        return Err((Reason::NotHtml, format!("the media type is `{}`", shown(&kind))));
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    Ok(charset)
}

/// A value of the archive in a message.
fn shown(value: &str) -> String {
    value.chars().take(60).collect()
}

/// The chunks of a body as one. Archives keep the header of bodies that they joined, so a body that does not begin
/// with a chunk is whole.
fn joined(body: &[u8], notes: &mut Vec<Note>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        let line = rest.iter().take(32).position(|&b| b == b'\n');
        let size = line.and_then(|end| {
            let digits = rest[..end].split(|&b| b == b';').next()?.trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(line), Some(size)) = (line, size) else { break };
        let chunk = &rest[line + 1..];
        if size == 0 {
            return out;
        }
        let there = size.min(chunk.len());
        out.extend_from_slice(&chunk[..there]);
        rest = chunk[there..]
            .strip_prefix(b"\r\n")
            .or(chunk[there..].strip_prefix(b"\n"))
            .unwrap_or(&chunk[there..]);
        if there < size {
            break;
        }
    }
    if out.is_empty() {
        out.extend_from_slice(body);
    } else {
        let message = "the body ends before its last chunk";
        notes.push(Note { code: note::CUT_SHORT, message: message.into() });
    }
    out
}

/// How often a body may be packed.
const LAYERS: usize = 3;

fn unpacked(body: Vec<u8>, packed: &[String], notes: &mut Vec<Note>) -> Result<Vec<u8>, Refusal> {
    let packed: Vec<&str> =
        packed.iter().map(String::as_str).filter(|name| !matches!(*name, "identity" | "")).collect();
    if packed.len() > LAYERS {
        return Err((
            Reason::Unsupported,
            format!("the body is packed {} times; expected at most {LAYERS}", packed.len()),
        ));
    }
    let mut body = body;
    for name in packed.into_iter().rev() {
        let (bytes, is_whole) = match name {
            // Some archives keep the header of bodies that they unpacked.
            "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => continue,
            "gzip" | "x-gzip" => inflated(MultiGzDecoder::new(&body[..])),
            "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => inflated(ZlibDecoder::new(&body[..])),
            "deflate" => inflated(DeflateDecoder::new(&body[..])),
            other => {
                return Err((Reason::Unsupported, format!("the body is packed with `{}`", shown(other))));
            }
        };
        if !is_whole {
            let message = "the packed body is broken; what could be unpacked was taken";
            notes.push(Note { code: note::CUT_SHORT, message: message.into() });
        }
        body = bytes;
    }
    Ok(body)
}

/// What can be unpacked, up to the limit of a page, and whether it was not broken.
fn inflated(decoder: impl Read) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let read: io::Result<usize> = decoder.take(limits::PAGE_BYTES.value as u64 + 1).read_to_end(&mut bytes);
    (bytes, read.is_ok())
}
