//! An attribution as the scores see it: who, the reporting words, what, in code points.
//!
//! In: spans as a corpus or a program gave them. Out: the same, sorted, each once, none outside the text; what was
//! left out is counted in [`Problems`]. It never mends a span. Read on in [`crate::corpus`].

/// A half-open range of Unicode code points of an article.
///
/// The engine counts bytes; corpora and the Citron format count code points, and so does everything here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}

/// Source, cue and content, each in pieces. Any of them may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The reporting words.
    pub cue: Vec<Span>,
    /// The words that name the source.
    pub source: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
}

/// The parts of an attribution. Where several cover a token, the earlier one here counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The reporting words.
    Cue,
    /// The words that name the source.
    Source,
    /// What is attributed.
    Content,
}

/// What was wrong with the spans of one side. Nothing is left out without being counted here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Spans left out because they are empty or reach outside the text.
    pub outside: usize,
    /// Spans whose own text is not what stands there in the article. They are kept.
    pub text_differs: usize,
}

impl Span {
    /// The span from `start` up to `end`, in code points.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both hold some character.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Attribution {
    /// The pieces of one part.
    pub fn pieces(&self, role: Role) -> &[Span] {
        match role {
            Role::Cue => &self.cue,
            Role::Source => &self.source,
            Role::Content => &self.content,
        }
    }

    /// Whether it has no piece at all.
    pub fn is_empty(&self) -> bool {
        self.cue.is_empty() && self.source.is_empty() && self.content.is_empty()
    }

    /// The first code point of the first piece.
    pub fn start(&self) -> usize {
        let pieces = self.cue.iter().chain(&self.source).chain(&self.content);
        pieces.map(|piece| piece.start).min().unwrap_or(0)
    }

    /// Sorts the pieces, keeps each once, and leaves out those that a text of `length` code points cannot hold.
    #[must_use]
    pub fn admit(mut self, length: usize, problems: &mut Problems) -> Attribution {
        for pieces in [&mut self.cue, &mut self.source, &mut self.content] {
            let given = pieces.len();
            pieces.retain(|piece| piece.start < piece.end && piece.end <= length);
            problems.outside += given - pieces.len();
            pieces.sort_unstable();
            pieces.dedup();
        }
        self
    }
}

impl Role {
    /// All of them, in order of precedence.
    pub const ALL: [Role; 3] = [Role::Cue, Role::Source, Role::Content];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Cue => "cue",
            Role::Source => "source",
            Role::Content => "content",
        }
    }
}
