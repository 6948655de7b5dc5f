//! What the engine could not read, cut or doubted: a code that programs test and a sentence that people read.
//!
//! Every step may give warnings and none fails. They stand beside the claims in [`crate::record`].

use crate::text::Span;

/// Something about this article that its reader should know.
///
/// ```
/// use onrecord::{Article, Document};
///
/// let document = Document::new(Article::new("“It rained."));
/// let warning = &document.warnings()[0];
/// assert_eq!(warning.code, "quotation_left_open");
/// assert_eq!(document.slice(warning.span.unwrap()), "“");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Where it stands, if it stands somewhere.
    pub span: Option<Span>,
    /// A stable code: lower case, underscores.
    pub code: &'static str,
    /// One line for people: lower case, no full stop.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Warning {
        Warning { span: span.into(), code, message: message.into() }
    }
}
