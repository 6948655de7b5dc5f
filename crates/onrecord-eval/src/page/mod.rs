//! How well are pages of HTML read: the article's text, its headline and its day?
//!
//! In: real pages with what people or their publishers' own parsers found in them. Out: figures for onrecord and for
//! the bare extractor that it builds on, from one run, as `eval/html.csv`. No word of a page enters the table.
//! Read on in [`corpus`], then [`score`].

pub mod corpus;
pub mod score;

use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord_intake::Outcome;

use crate::table::Table;
use corpus::Gold;
use score::{Shares, Sum};

/// What a program made of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The article's text; empty where it found none.
    pub text: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its publication date or date-time (ISO 8601).
    pub published: Option<String>,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Intake.
    Onrecord,
    /// The `trafilatura` crate with its fallbacks, on the page as it is.
    Bare,
}

impl Reader {
    /// Both, in the order of the table.
    pub const ALL: [Reader; 2] = [Reader::Onrecord, Reader::Bare];

    /// The name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Reader::Onrecord => "onrecord",
            Reader::Bare => "trafilatura",
        }
    }

    /// Reads a page.
    pub fn read(self, html: &[u8]) -> Read {
        match self {
            Reader::Onrecord => by_onrecord(html),
            Reader::Bare => by_trafilatura(html),
        }
    }
}

fn by_onrecord(html: &[u8]) -> Read {
    let mut outcomes = onrecord_intake::articles("page", html);
    match outcomes.next() {
        Some(Outcome::Article(item)) => {
            let article = item.article;
            Read { text: article.text, title: article.title, published: article.published }
        }
        _ => Read::default(),
    }
}

fn by_trafilatura(html: &[u8]) -> Read {
    let html = String::from_utf8_lossy(html);
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&html, &options)));
    let Ok(Ok(found)) = found else { return Read::default() };
    Read {
        text: found.content_text,
        title: Some(found.metadata.title).filter(|title| !title.is_empty()),
        published: found.metadata.date.map(|date| date.to_string()),
    }
}

/// The figures of one reader on one set of pages.
pub struct Figures {
    /// The name of the set.
    pub set: &'static str,
    /// Who read.
    pub reader: Reader,
    /// The sums over its pages.
    pub sum: Sum,
}

/// Reads every page of a set with every reader, and tells of each page's shares.
pub fn figures(
    set: &'static str,
    pages: &[Gold],
    mut tell: impl FnMut(&Gold, Reader, &Read, Shares),
) -> Vec<Figures> {
    let mut all: Vec<Figures> =
        Reader::ALL.into_iter().map(|reader| Figures { set, reader, sum: Sum::default() }).collect();
    for page in pages {
        for figures in &mut all {
            let read = figures.reader.read(&page.html);
            let shares = Shares::new(&read.text, &page.text);
            figures.sum.add(page, &read, shares);
            tell(page, figures.reader, &read, shares);
        }
    }
    all
}

/// The table of pages.
pub fn table(figures: &[Figures]) -> Table {
    let head = "set,reader,pages,precision,recall,f1,titles,title,dates,day,instant\n";
    let csv = std::iter::once(head.to_owned()).chain(figures.iter().map(line)).collect();
    Table { name: "html.csv", csv }
}

fn line(Figures { set, reader, sum }: &Figures) -> String {
    let (precision, recall, f1) = sum.rates();
    let (pages, name) = (sum.pages, reader.name());
    let found = [sum.titles, sum.title, sum.dates, sum.day, sum.instant].map(|count| count.to_string());
    format!("{set},{name},{pages},{precision:.4},{recall:.4},{f1:.4},{}\n", found.join(","))
}
