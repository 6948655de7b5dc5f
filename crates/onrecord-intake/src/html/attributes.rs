//! Fewer attributes: the parser compares each attribute of a tag with all before it.
//!
//! In: HTML. Out: the same, in which no tag has more than [`limits::TAG_ATTRIBUTES`] attributes. It looks for tags as
//! a person would skim them: what stands in scripts, styles and comments is passed over, and of a page without such
//! a tag nothing is copied.

use std::borrow::Cow;

use crate::limits;

/// Takes out the attributes of each tag beyond the limit.
pub(super) fn capped(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(start) = find(bytes, at, b'<') {
        let tag = Tag::new(bytes, start);
        if let Some(surplus) = tag.surplus {
            out.push_str(&html[kept..surplus]);
            kept = tag.end;
        }
        at = tag.next;
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// What begins with `<`. All places are those of ASCII characters or the end.
struct Tag {
    /// Where the first attribute over the limit begins.
    surplus: Option<usize>,
    /// Its `>`, or the end of the page.
    end: usize,
    /// Where to look for the next tag.
    next: usize,
}

impl Tag {
    fn new(bytes: &[u8], start: usize) -> Tag {
        let rest = &bytes[start + 1..];
        if rest.starts_with(b"!--") {
            let end = find_all(bytes, start + 4, b"-->");
            return Tag { surplus: None, end, next: end };
        }
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return Tag { surplus: None, end: start + 1, next: start + 1 };
        }
        let name_end = bytes[start..]
            .iter()
            .position(|&b| b.is_ascii_whitespace() || b == b'>' || b == b'/')
            .map_or(bytes.len(), |length| start + length);
        let (surplus, end) = attributes(bytes, name_end);
        let name = &bytes[start + 1..name_end];
        let raw = [&b"script"[..], b"style", b"textarea", b"title", b"xmp", b"iframe", b"noscript"]
            .into_iter()
            .find(|raw| raw.eq_ignore_ascii_case(name));
        let next = match raw {
            Some(b"noscript") | None => end,
            Some(raw) => closing(bytes, end, raw),
        };
        Tag { surplus, end, next }
    }
}

/// Where the first attribute over the limit begins, and where the tag ends.
fn attributes(bytes: &[u8], from: usize) -> (Option<usize>, usize) {
    let mut at = from;
    let mut count = 0;
    let mut surplus = None;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => break,
            b if b.is_ascii_whitespace() || b == b'/' => at += 1,
            b'=' => at = value_end(bytes, at + 1),
            _ => {
                count += 1;
                if count > limits::TAG_ATTRIBUTES.value && surplus.is_none() {
                    surplus = Some(at);
                }
                at = position(bytes, at, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
            }
        }
    }
    (surplus, at.min(bytes.len()))
}

/// Where the value after a `=` ends.
fn value_end(bytes: &[u8], from: usize) -> usize {
    let at = position(bytes, from, |b| !b.is_ascii_whitespace());
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => (position(bytes, at + 1, |b| b == quote) + 1).min(bytes.len()),
        _ => position(bytes, at, |b| b.is_ascii_whitespace() || b == b'>'),
    }
}

fn position(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    let from = from.min(bytes.len());
    bytes[from..].iter().position(|&b| is(b)).map_or(bytes.len(), |at| from + at)
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    Some(position(bytes, from, |b| b == byte)).filter(|&at| at < bytes.len())
}

fn find_all(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    let from = from.min(bytes.len());
    bytes[from..].windows(what.len()).position(|window| window == what).map_or(bytes.len(), |at| from + at)
}

/// Where the end tag of `name` begins.
fn closing(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(start) = find(bytes, at, b'<') {
        let rest = &bytes[start + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name))
        {
            return start + 1;
        }
        at = start + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(count: usize) -> String {
        let attributes: Vec<String> = (0..count).map(|n| format!(" a{n}=\"<b>\"")).collect();
        format!("<p>1</p><p{}>2</p><i id=x>3</i>", attributes.concat())
    }

    #[test]
    fn at_the_limit() {
        let limit = limits::TAG_ATTRIBUTES.value;
        assert_eq!(capped(&tag(limit)), tag(limit));
        let cut = capped(&tag(limit + 1)).into_owned();
        assert_eq!(cut.replace("\"<b>\" >", "\"<b>\">"), tag(limit));
    }

    #[test]
    fn what_is_no_tag_stays() {
        let words = " word".repeat(limits::TAG_ATTRIBUTES.value + 9);
        for html in [
            format!("<script>if (a <b{words}) x()</script><p>é</p>"),
            format!("<!-- <b{words}> --><p>é</p>"),
            format!("1 < 2{words} é"),
            format!("<p title='{words}'>é"),
            String::from("<p a=\"no end é"),
            String::from("<"),
        ] {
            assert_eq!(capped(&html), html);
        }
    }
}
