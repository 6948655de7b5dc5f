//! Why a part of an input gave no article: one list, for messages and for the rows of a ledger.
//!
//! A code never changes its meaning and is never taken out; a new one may come.

use std::fmt;

/// Why a part of an input gave no article.
///
/// ```
/// use onrecord_intake::Reason;
///
/// assert_eq!(Reason::NoBody.code(), "no_body");
/// assert!(!Reason::NoBody.is_fault());
/// assert_eq!(Reason::of_code("too_large"), Some(Reason::TooLarge));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// `unreadable`: the system could not read the input. It ends the input.
    Unreadable,
    /// `unsupported`: a kind that is not read, such as a picture, a PDF document or a ZIP archive; XML that
    /// declares entities; JSON that is not one object a line. It ends the input.
    Unsupported,
    /// `broken`: not what it says it is. A broken line, row or record costs itself and no more.
    Broken,
    /// `too_large`: over one of the limits that `onrecord limits` lists, where a part of it would be no article.
    TooLarge,
    /// `no_body`: it names an article and holds none of its text, such as a feed's item with a link alone.
    NoBody,
    /// `not_html`: a response of a web archive that is no page, such as a picture.
    NotHtml,
    /// `not_ok`: a response of a web archive whose status says that it is not the page: moved, not found.
    NotOk,
    /// `no_response`: the records of a web archive that are no responses, such as requests; counted, one row for
    /// them all.
    NoResponse,
    /// `panicked`: a bug of onrecord. It costs the article that met it.
    Panicked,
}

impl Reason {
    /// All reasons.
    pub const ALL: &[Reason] = &[
        Reason::Unreadable,
        Reason::Unsupported,
        Reason::Broken,
        Reason::TooLarge,
        Reason::NoBody,
        Reason::NotHtml,
        Reason::NotOk,
        Reason::NoResponse,
        Reason::Panicked,
    ];

    /// The stable code: lower case, underscores.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Unreadable => "unreadable",
            Reason::Unsupported => "unsupported",
            Reason::Broken => "broken",
            Reason::TooLarge => "too_large",
            Reason::NoBody => "no_body",
            Reason::NotHtml => "not_html",
            Reason::NotOk => "not_ok",
            Reason::NoResponse => "no_response",
            Reason::Panicked => "panicked",
        }
    }

    /// The reason with this code.
    pub fn of_code(code: &str) -> Option<Reason> {
        Reason::ALL.iter().copied().find(|reason| reason.code() == code)
    }

    /// Whether something is wrong with the input or with onrecord, so that a run should not count as done. Feeds
    /// without bodies and pictures in web archives are as they should be.
    pub fn is_fault(self) -> bool {
        match self {
            Reason::Unreadable
            | Reason::Unsupported
            | Reason::Broken
            | Reason::TooLarge
            | Reason::Panicked => true,
            Reason::NoBody | Reason::NotHtml | Reason::NotOk | Reason::NoResponse => false,
        }
    }

    /// Whether the same bytes may do better at another time: a disk came back, a bug was mended.
    pub fn may_pass(self) -> bool {
        matches!(self, Reason::Unreadable | Reason::Panicked)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
