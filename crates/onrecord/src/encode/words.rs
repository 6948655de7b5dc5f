//! The words of a text, as a model counts them.
//!
//! In: the text. Out: [`Words`]: spans, the paragraph of each, the case of its letters, whether it stands in
//! quotation marks, whether it begins a paragraph. One pass, and one over the words for the marks (`state.rs`).
//! It never changes the text and knows no language.
//! Next: `pieces.rs`.

use std::ops::Deref;

use super::state;
use super::unicode::{Kind, kind, kind_of_ascii};
use crate::text::Paragraph;
use crate::{Document, Span, limits};

/// A word, and what is known of it before any model runs.
///
/// ```
/// use onrecord::encode::{Case, State, Words};
///
/// let words = Words::read("The F.B.I.\n\n\"Yes\"");
/// let yes = words[8];
/// assert_eq!(words.slice(yes), "Yes");
/// assert_eq!((yes.paragraph, yes.case, yes.state, yes.start), (1, Case::Title, State::Inside, false));
/// assert!(words[7].start);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// The number of its paragraph, from 0. A line end parts paragraphs; lines of white space do not count.
    pub paragraph: u32,
    /// The case of its letters.
    pub case: Case,
    /// How it stands to double quotation marks.
    pub state: State,
    /// Whether it is the first of its paragraph.
    pub start: bool,
}

/// The case of the letters of a word; its number is what the model knows it by.
///
/// ```
/// use onrecord::encode::{Case, Words};
///
/// let words = Words::read("1999 ex-Mayor McRae NATO I");
/// let cases: Vec<Case> = words.iter().map(|word| word.case).collect();
/// assert_eq!(cases[0], Case::None);
/// assert_eq!(cases[1..4], [Case::Lower, Case::None, Case::Title]);
/// assert_eq!(cases[4..], [Case::Mixed, Case::Upper, Case::Title]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No letter has case.
    None = 0,
    /// No capital.
    Lower = 1,
    /// One capital, and it is the first letter.
    Title = 2,
    /// Two capitals or more, and nothing else.
    Upper = 3,
    /// Any other mixture.
    Mixed = 4,
}

/// How a word stands to double quotation marks; its number is what the model knows it by.
///
/// Every paragraph begins outside. These are no [`Quotation`](crate::text::Quotation)s, which are paired with more
/// care: a model learns from all articles at once, and what is told to it must be simple enough to be told the same
/// way twice.
///
/// ```
/// use onrecord::encode::{State, Words};
///
/// let states = |text| Words::read(text).iter().map(|word| word.state).collect::<Vec<_>>();
/// assert_eq!(states("“Yes” no"), [State::Opening, State::Inside, State::Closing, State::Outside]);
/// // Two apostrophes or back-ticks that touch are two words and one mark.
/// assert_eq!(states("''Yes"), [State::Opening, State::Opening, State::Inside]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Outside.
    Outside = 0,
    /// Inside.
    Inside = 1,
    /// A mark that opens.
    Opening = 2,
    /// A mark that closes.
    Closing = 3,
}

/// The words of one text, in order; a slice of [`Word`]s.
///
/// Like [`Document`](crate::Document), which warns of it, it reads up to
/// [`limits::ARTICLE_BYTES`](crate::limits::ARTICLE_BYTES).
///
/// ```
/// let words = onrecord::encode::Words::read("It isn't 東京.");
/// let texts: Vec<&str> = words.iter().map(|word| words.slice(*word)).collect();
/// assert_eq!(texts, ["It", "isn", "'", "t", "東", "京", "."]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words<'t> {
    /// Kept beside the words, so that nobody cuts one text by the words of another.
    text: &'t str,
    list: Vec<Word>,
}

impl<'t> Words<'t> {
    /// White space parts words; each punctuation mark and each ideograph is a word of its own.
    pub fn read(text: &'t str) -> Words<'t> {
        Words::scan(text, &[])
    }

    /// As [`Words::read`], but a line end inside a paragraph of the document parts nothing: the lines of wrapped text
    /// are one paragraph, as an unwrapped one is to the model.
    pub fn of(document: &'t Document) -> Words<'t> {
        Words::scan(document.text(), document.paragraphs())
    }

    fn scan(text: &'t str, paragraphs: &[Paragraph]) -> Words<'t> {
        let text = &text[..text.floor_char_boundary(limits::ARTICLE_BYTES.value)];
        let mut scanner = Scanner::new(text.len());
        let mut paragraphs = paragraphs.iter().peekable();
        let mut at = 0;
        while at < text.len() {
            let byte = text.as_bytes()[at];
            let (kind, size) = if byte.is_ascii() { (kind_of_ascii(byte), 1) } else { wide(text, at) };
            let kind = match kind {
                Kind::LineEnd => {
                    while paragraphs.next_if(|paragraph| paragraph.span.end as usize <= at).is_some() {}
                    let inside =
                        paragraphs.peek().is_some_and(|paragraph| (paragraph.span.start as usize) < at);
                    if inside { Kind::Space } else { kind }
                }
                kind => kind,
            };
            match kind {
                Kind::Upper | Kind::Lower | Kind::Plain => scanner.letters.add(kind),
                Kind::LineEnd | Kind::Space | Kind::Alone => scanner.end(at, kind, size),
            }
            at += size;
        }
        scanner.end(at, Kind::LineEnd, 0);
        let mut list = scanner.list;
        state::mark(text, &mut list);
        Words { text, list }
    }

    /// The characters of a word.
    ///
    /// # Panics
    /// When the word was read from another text.
    pub fn slice(&self, word: Word) -> &'t str {
        &self.text[word.span.range()]
    }
}

impl Deref for Words<'_> {
    type Target = [Word];

    fn deref(&self) -> &[Word] {
        &self.list
    }
}

/// The kind and the size of the character at `at`.
fn wide(text: &str, at: usize) -> (Kind, usize) {
    text[at..].chars().next().map_or((Kind::Plain, 1), |c| (kind(c), c.len_utf8()))
}

/// What has been read so far, and the word that is still open.
struct Scanner {
    list: Vec<Word>,
    /// Where the open word begins, or would.
    begin: usize,
    letters: Letters,
    paragraph: u32,
    /// Whether the paragraph still waits for its first word.
    start: bool,
}

impl Scanner {
    fn new(bytes: usize) -> Scanner {
        let list = Vec::with_capacity(bytes / 5);
        Scanner { list, begin: 0, letters: Letters::default(), paragraph: 0, start: true }
    }

    /// Ends the open word, if there is one, before the character at `at`, which is no part of it.
    fn end(&mut self, at: usize, kind: Kind, size: usize) {
        if self.begin < at {
            let case = std::mem::take(&mut self.letters).case();
            self.push(Span::new(self.begin, at), case);
        }
        self.begin = at + size;
        match kind {
            Kind::Alone => self.push(Span::new(at, at + size), Case::None),
            Kind::LineEnd if !self.start => {
                self.start = true;
                self.paragraph += 1;
            }
            _ => {}
        }
    }

    fn push(&mut self, span: Span, case: Case) {
        let start = std::mem::take(&mut self.start);
        self.list.push(Word { span, paragraph: self.paragraph, case, state: State::Outside, start });
    }
}

/// The letters with case of a word.
#[derive(Default)]
struct Letters {
    upper: u32,
    lower: u32,
    /// Whether the first is a capital.
    leads: bool,
}

impl Letters {
    fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Upper => {
                self.leads |= self.upper + self.lower == 0;
                self.upper += 1;
            }
            Kind::Lower => self.lower += 1,
            _ => {}
        }
    }

    fn case(&self) -> Case {
        match (self.upper, self.lower) {
            (0, 0) => Case::None,
            (0, _) => Case::Lower,
            (1, _) if self.leads => Case::Title,
            (_, 0) => Case::Upper,
            _ => Case::Mixed,
        }
    }
}
