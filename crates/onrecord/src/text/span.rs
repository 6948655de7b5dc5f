//! Byte ranges of the original text.

/// A half-open range of UTF-8 bytes of [`Article::text`](crate::Article::text), on character boundaries.
///
/// Bytes are the one unit inside the engine: they slice in constant time. Code points are counted only where a
/// record leaves it ([`crate::text::Offsets`]). `u32` halves the size of every token; texts are capped far below
/// 4 GiB ([`crate::limits::ARTICLE_BYTES`]).
///
/// ```
/// # use onrecord::Span;
/// let span = Span::new(3, 7);
/// assert_eq!(span.len(), 4);
/// assert!(span.contains(Span::new(4, 6)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range that slices a `str`.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
