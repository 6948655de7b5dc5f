//! How is it shown? [`ReadArticle`] → the text of a page, a record, a file.
//!
//! In: one article with its claims. Out: [`Rendered`], the same bytes on every run and thread. A format decides
//! nothing about reading and opens no file. Read on in [`marks`], then in the format at hand; `output` writes.

mod marks;
pub(crate) mod chain;
pub(crate) mod who;
mod text;
mod html;
mod json;
mod brat;
mod dot;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

use onrecord::read::quote::{Form, SpeakerKind};
use onrecord::record::{Claims, Said};
use onrecord::text::Offsets;
use onrecord::wire::Text;
use onrecord::{Document, Span};
use onrecord_intake::Place;
use serde_json::Value;

use crate::args::Format;
use crate::terminal;

pub(crate) use html::Index;
pub(crate) use json::Harmless;
pub(crate) use text::Paint;

/// One article that was read.
#[derive(Debug)]
pub(crate) struct ReadArticle {
    pub(crate) place: Place,
    pub(crate) document: Document,
    pub(crate) claims: Claims,
}

/// How one article is to be shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) text: Text,
    pub(crate) paint: Paint,
}

/// One article as it will be written.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) body: String,
    /// What stands beside it: brat's text.
    pub(crate) companion: Option<String>,
    /// What the index of a folder of pages says of it.
    pub(crate) entry: Option<html::Entry>,
    /// The record, where it goes into tables.
    pub(crate) record: Option<Value>,
}

/// Shows one article.
pub(crate) fn render(article: &ReadArticle, style: Style) -> Rendered {
    match style.format {
        Format::Text => Rendered { body: text::page(article, style), ..Rendered::default() },
        Format::Json => {
            Rendered { body: json::record(article, style.text, json::Layout::Pretty), ..Rendered::default() }
        }
        Format::Jsonl => {
            Rendered { body: json::record(article, style.text, json::Layout::Compact), ..Rendered::default() }
        }
        Format::Citron => Rendered { body: json::citron(article), ..Rendered::default() },
        Format::Html => Rendered {
            body: html::page(article, style.text),
            entry: Some(html::Entry::new(article)),
            ..Rendered::default()
        },
        Format::Dot => Rendered { body: dot::graph(article), ..Rendered::default() },
        Format::Brat => Rendered {
            body: brat::standoff(article),
            companion: Some(article.document.text().to_owned()),
            ..Rendered::default()
        },
        Format::Parquet => Rendered { record: Some(json::value(article, style.text)), ..Rendered::default() },
    }
}

/// Whether a format can say what stayed unclear; what it cannot say is told on standard error.
pub(crate) fn carries_warnings(format: Format) -> bool {
    match format {
        Format::Text | Format::Json | Format::Jsonl | Format::Html | Format::Parquet => true,
        Format::Citron | Format::Brat | Format::Dot => false,
    }
}

impl ReadArticle {
    /// What stands above the article: its headline, or the name of its file. A page is shown to others, whom the
    /// folders of this machine do not concern.
    pub(crate) fn heading(&self) -> Cow<'_, str> {
        if let Some(title) = self.title() {
            return Cow::Borrowed(title);
        }
        let name = Path::new(self.place.name())
            .file_name()
            .map_or(Cow::Borrowed(self.place.name()), OsStr::to_string_lossy);
        match self.place.part() {
            Some(part) => Cow::Owned(format!("{name}:{part}")),
            None => name,
        }
    }

    /// The headline, where there is one.
    pub(crate) fn title(&self) -> Option<&str> {
        self.document.article().title.as_deref().map(str::trim).filter(|title| !title.is_empty())
    }

    /// The characters of the pieces of one thing, in order.
    pub(crate) fn pieces<'a>(&'a self, spans: &'a [Span]) -> impl Iterator<Item = &'a str> {
        spans.iter().map(|&span| self.document.slice(span))
    }
}

/// Whom a row gives its content to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice<'a> {
    /// The words of the text that name the source.
    Source(&'a [Span]),
    /// No source of its own: who speaks was concluded from words that stand elsewhere.
    Inferred(Span),
    /// The text does not say.
    Unstated,
}

pub(crate) fn voice(said: &Said) -> Voice<'_> {
    let read = &said.attribution;
    if !read.source.is_empty() {
        return Voice::Source(&read.source);
    }
    let mut named = read.speakers.iter().filter(|speaker| speaker.kind != SpeakerKind::Unstated);
    named.find_map(|speaker| speaker.as_written).map_or(Voice::Unstated, Voice::Inferred)
}

/// The form as the record names it.
pub(crate) fn form(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
    }
}

/// Where a span stands, for people: line and column from 1, the column in characters.
pub(crate) struct Lines<'t> {
    starts: Vec<u32>,
    offsets: Offsets<'t>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Lines<'t> {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect();
        Lines { starts, offsets: Offsets::new(text) }
    }

    /// `3:14`.
    pub(crate) fn place(&self, span: Span) -> String {
        let line = self.starts.partition_point(|&start| start <= span.start);
        let column = self.offsets.code_point(span.start) - self.offsets.code_point(self.starts[line - 1]) + 1;
        format!("{line}:{column}")
    }
}

/// Pieces on one line, ` … ` between them.
pub(crate) fn joined<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let gap = if out.is_empty() { "" } else { " … " };
        write!(out, "{gap}{}", terminal::line(piece)).expect("writing to a string cannot fail");
    }
    out
}

#[cfg(test)]
pub(crate) mod sample;
