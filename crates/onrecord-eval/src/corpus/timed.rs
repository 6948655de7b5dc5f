//! An article whose times people marked, whatever the corpus.

/// An article with the times that an annotator marked in it.
#[derive(Clone, Debug, Default)]
pub struct Timed {
    /// The name of the document, or the number of the case.
    pub name: String,
    /// The text that is read.
    pub text: String,
    /// The date or date-time that it is read against.
    pub published: Option<String>,
    /// What was marked, in order of position.
    pub gold: Vec<GoldTime>,
    /// How far the text was annotated, in bytes; what is read beyond is not counted.
    pub annotated: usize,
}

/// A time that was marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldTime {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Its values, any of which is right; none where the annotators gave none.
    pub values: Vec<String>,
    /// First and last day, where the corpus gives these instead of a value.
    pub days: Vec<(Option<String>, Option<String>)>,
}
