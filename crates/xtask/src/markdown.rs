//! Markdown, as far as the checks need it.
//!
//! In: the text of a `.md` file.
//! Out: its code spans, the targets of its links, and the heads of its fenced blocks, each with its line.
//! Never: the inside of a fenced block: an example may name what does not exist.
//! Next: `tidy/paths.rs`, `tidy/folders.rs` and `tidy/specs.rs`.

/// Something that a page names, on one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    pub(crate) text: &'t str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What stands between back-ticks.
    Code,
    /// The target of a link or a picture, without its title.
    Link,
    /// The words after the opening fence of a block.
    Fence,
}

/// The pieces of a page in the order in which they stand.
///
/// A code span that runs over a line's end is not seen: nothing that we look for holds a line break.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open: Option<&str> = None;
    for (index, content) in text.lines().enumerate() {
        let number = index + 1;
        let start = content.trim_start();
        let fence = fence(start);
        match (open, fence) {
            (None, Some(fence)) => {
                open = Some(fence);
                pieces.push(Piece { line: number, kind: Kind::Fence, text: start[fence.len()..].trim() });
            }
            (None, None) => line(content, number, &mut pieces),
            // A block ends at a fence of its own kind that is at least as long and has nothing after it.
            (Some(opening), Some(fence)) if fence.starts_with(opening) && start.trim_end() == fence => {
                open = None;
            }
            (Some(_), _) => {}
        }
    }
    pieces
}

/// The three or more back-ticks or tildes that `text` starts with.
fn fence(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(mark).len();
    // Back-ticks after back-ticks make a code span, not a block.
    let is_span = mark == '`' && text[length..].contains('`');
    (length >= 3 && !is_span).then(|| &text[..length])
}

fn line<'t>(text: &'t str, number: usize, pieces: &mut Vec<Piece<'t>>) {
    if let Some(target) = definition(text) {
        pieces.push(Piece { line: number, kind: Kind::Link, text: target });
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.find(['`', ']']) {
        rest = &rest[at..];
        if rest.starts_with('`') {
            let length = rest.len() - rest.trim_start_matches('`').len();
            let (marks, after) = rest.split_at(length);
            let Some(end) = closing(after, marks) else {
                rest = after;
                continue;
            };
            pieces.push(Piece { line: number, kind: Kind::Code, text: after[..end].trim() });
            rest = &after[end + length..];
        } else {
            rest = &rest[1..];
            if let Some(target) = linked(rest) {
                pieces.push(Piece { line: number, kind: Kind::Link, text: target });
            }
        }
    }
}

/// Where the run of back-ticks that equals `marks` starts in `text`.
fn closing(text: &str, marks: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('`')?;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        if run == marks.len() {
            return Some(at);
        }
        at += run;
    }
}

/// The target of `[label]: target`, which fills a line; a footnote's text is no target.
fn definition(text: &str) -> Option<&str> {
    let label = text.strip_prefix('[').filter(|label| !label.starts_with('^'))?;
    let (label, after) = label.split_once("]:")?;
    if label.contains(']') { None } else { target(after) }
}

/// The target of `](target "title")`, read from behind the bracket.
fn linked(text: &str) -> Option<&str> {
    target(text.strip_prefix('(')?.split(')').next()?)
}

/// A target without its pointed brackets and its title.
fn target(text: &str) -> Option<&str> {
    let target = text.trim();
    let target = match target.strip_prefix('<') {
        Some(pointed) => pointed.split('>').next()?,
        None => target.split_whitespace().next()?,
    };
    (!target.is_empty()).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, Kind, &str)]) {
        let found: Vec<_> = pieces(text).iter().map(|piece| (piece.line, piece.kind, piece.text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn code_spans() {
        check(
            "one `a/b.rs` and `` c`d ``, a lone ` mark",
            &[(1, Kind::Code, "a/b.rs"), (1, Kind::Code, "c`d")],
        );
    }

    #[test]
    fn links_and_definitions() {
        check(
            "[a](b.md#c \"title\") ![d](<e f.png>)\n[g]: h.md",
            &[(1, Kind::Link, "b.md#c"), (1, Kind::Link, "e f.png"), (2, Kind::Link, "h.md")],
        );
        check("see [`a.md`](docs/a.md)", &[(1, Kind::Code, "a.md"), (1, Kind::Link, "docs/a.md")]);
        check("as said in [1]: nowhere\n[^1]: a note", &[]);
        check("`a[0](b)`", &[(1, Kind::Code, "a[0](b)")]);
    }

    #[test]
    fn fenced_blocks_show_their_head_only() {
        check(
            "```claims quote\n`a/b.rs`\n```\n`c`",
            &[(1, Kind::Fence, "claims quote"), (4, Kind::Code, "c")],
        );
        check("````md\n```\n`a`\n```\n````\n`b`", &[(1, Kind::Fence, "md"), (6, Kind::Code, "b")]);
        check("~~~\n```\n~~~\n`b`", &[(1, Kind::Fence, ""), (4, Kind::Code, "b")]);
        check("```one``` line", &[(1, Kind::Code, "one")]);
    }
}
