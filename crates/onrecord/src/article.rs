//! The input: one article as it was handed over.
//!
//! In: what intake or the caller knows. Out: the same, unchanged. It never looks into the text; [`crate::text`]
//! does.

/// One article: its text and what is known about it from outside the text.
///
/// ```
/// let article = onrecord::Article { published: Some("2024-05-08".into()), ..onrecord::Article::new("Text.") };
/// assert_eq!(article.text, "Text.");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The decoded text with every character kept, line ends and byte order mark included.
    pub text: String,
    /// The caller's own identifier.
    pub id: Option<String>,
    /// The headline, where the text does not hold it.
    pub title: Option<String>,
    /// Where the article stands.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The publication date or date-time, as given (ISO 8601).
    pub published: Option<String>,
    /// The language as a BCP 47 tag, as given.
    pub language: Option<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(text: impl Into<String>) -> Article {
        Article { text: text.into(), ..Article::default() }
    }
}
