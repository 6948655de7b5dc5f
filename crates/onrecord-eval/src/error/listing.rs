//! The errors one by one, for whoever writes the rules.
//!
//! In: the errors of an article. Out: lines that name the article, the class, the spans and their text. They hold
//! the text of the corpus: they go to standard output or to a file that the user names, never into the project.

use std::fmt;

use unicode_general_category::{GeneralCategory, get_general_category};

use super::{Entry, Side};
use crate::score::Text;
use crate::{Attribution, Span};

/// The errors of one article, as text.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'l> {
    /// The article's name.
    pub article: &'l str,
    /// Its text.
    pub text: &'l Text,
    /// Its errors.
    pub entries: &'l [Entry<'l>],
}

/// How many characters of the text stand before and after what an error is about.
const AROUND: usize = 120;

/// Longer stretches of text lose their middle.
const LONGEST: usize = 600;

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Entry { side, class, kind, this, other } in self.entries {
            let (kind, class, start) = (kind.name(), class.name(), this.start());
            writeln!(f, "{}: {kind}: {class}: {} {start}", side.name(), self.article)?;
            let (gold, read) = match side {
                Side::Missed => (Some(*this), *other),
                Side::Surplus => (*other, Some(*this)),
            };
            self.attribution(f, "gold", gold)?;
            self.attribution(f, "read", read)?;
            self.context(f, this)?;
            writeln!(f)?;
        }
        Ok(())
    }
}

impl Listing<'_> {
    fn attribution(
        &self,
        f: &mut fmt::Formatter<'_>,
        label: &str,
        attribution: Option<&Attribution>,
    ) -> fmt::Result {
        let Some(attribution) = attribution else { return Ok(()) };
        write!(f, "  {label} ")?;
        let parts =
            [("source", &attribution.source), ("cue", &attribution.cue), ("content", &attribution.content)];
        for (name, pieces) in parts {
            write!(f, " {name}")?;
            if pieces.is_empty() {
                write!(f, " none")?;
            }
            for &piece in pieces {
                write!(f, " {}..{} [{}]", piece.start, piece.end, shown(self.text, piece))?;
            }
        }
        writeln!(f)
    }

    /// The text around an attribution, with its parts marked: `{s …}`, `{c …}`, `{q …}`.
    fn context(&self, f: &mut fmt::Formatter<'_>, this: &Attribution) -> fmt::Result {
        let parts = [("{s ", &this.source), ("{c ", &this.cue), ("{q ", &this.content)];
        let mut marked: Vec<(Span, &str)> =
            parts.iter().flat_map(|(mark, pieces)| pieces.iter().map(|&piece| (piece, *mark))).collect();
        marked.sort_unstable();
        context(f, self.text, &marked)
    }
}

/// The text around some places, in order of position, with a mark before each and `}` behind it.
pub(super) fn context(
    f: &mut fmt::Formatter<'_>,
    text: &Text,
    marked: &[(Span, impl AsRef<str>)],
) -> fmt::Result {
    let start = marked.iter().map(|(piece, _)| piece.start).min().unwrap_or(0);
    let end = marked.iter().map(|(piece, _)| piece.end).max().unwrap_or(0);
    let mut at = start.saturating_sub(AROUND);
    write!(f, "  text  …")?;
    for (piece, mark) in marked {
        // Pieces of PolNeAR do not overlap; where others do, the later one is cut.
        let piece = Span::new(piece.start.max(at), piece.end.max(at));
        let between = shown(text, Span::new(at, piece.start));
        write!(f, "{between}{}{}}}", mark.as_ref(), shown(text, piece))?;
        at = piece.end;
    }
    let end = (end + AROUND).min(text.chars.len());
    writeln!(f, "{}…", shown(text, Span::new(at, end)))
}

/// The text of a span on one line: line ends as `¶`, other control characters and those that steer the direction of
/// writing as `�`.
fn shown(text: &Text, span: Span) -> String {
    let chars = text.slice(span);
    let show = |&c: &char| match c {
        '\n' => '¶',
        c => match get_general_category(c) {
            GeneralCategory::Control | GeneralCategory::Format => char::REPLACEMENT_CHARACTER,
            _ => c,
        },
    };
    if chars.len() <= LONGEST {
        return chars.iter().map(show).collect();
    }
    let (head, tail) = (&chars[..LONGEST / 2], &chars[chars.len() - LONGEST / 2..]);
    head.iter().map(show).chain(" … ".chars()).chain(tail.iter().map(show)).collect()
}
