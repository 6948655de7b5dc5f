//! Why does the record say so? One row: what made it, what it rests on, what was rejected.
//!
//! In: an article and a row's id. Out: a page of plain text. It reads the article as `onrecord read` does and shows
//! what the engine kept; it never reasons anew.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use onrecord::record::{Claims, Said};
use onrecord::text::Offsets;
use onrecord::{Document, Span};

use crate::args::Explain;
use crate::engine::engine;
use crate::format::{Lines, form};
use crate::input;
use crate::message::{Messages, Problem};
use crate::terminal;

/// The most ids that a message lists.
const LISTED_IDS: usize = 12;

/// Explains one row of one article.
pub(crate) fn run(args: &Explain, messages: &mut Messages) -> Result<(), Problem> {
    let (article, notes, place) = input::one_article(&args.article)?;
    for note in &notes {
        messages.warning(&place, note);
    }
    let (document, claims) = engine(&args.model)?.claims(article);
    let Some(said) = claims.attribution(&args.id) else {
        return Err(unknown(&args.id, &place.to_string(), &claims));
    };
    let page = Page::new(&document).row(said);
    io::stdout().lock().write_all(page.as_bytes()).map_err(|error| Problem::stdout(&error))
}

fn unknown(id: &str, place: &str, claims: &Claims) -> Problem {
    let ids: Vec<&str> = claims.attributions.iter().map(|said| said.id.as_str()).collect();
    let there_is = match ids.as_slice() {
        [] => "the article has no rows".to_owned(),
        [only] => format!("there is {only}"),
        ids if ids.len() <= LISTED_IDS => format!("there are {}", ids.join(", ")),
        [first, .., last] => format!("there are {first} to {last}"),
    };
    Problem::not_found(format!("{place}: no row `{id}`; {there_is}"))
        .hint("`onrecord read` shows the rows with their ids")
}

struct Page<'a> {
    document: &'a Document,
    lines: Lines<'a>,
    offsets: Offsets<'a>,
    out: String,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document) -> Page<'a> {
        let text = document.text();
        Page { document, lines: Lines::new(text), offsets: Offsets::new(text), out: String::new() }
    }

    fn row(mut self, said: &Said) -> String {
        let read = &said.attribution;
        let inside = said.inside.as_ref().map_or(String::new(), |outer| format!(", inside {outer}"));
        self.line(format_args!("{}  {}{inside}", said.id, form(read.form)));
        self.line(format_args!("\nmade by   {}", read.maker.rule));
        self.line(format_args!("reads     {}", read.maker.reads));
        self.line(format_args!("score     {:.2}: how sure its rows are, from 0 to 1", read.maker.score));
        self.line(format_args!("\nevidence, by line:column and characters"));
        for (role, spans) in [("source", &read.source), ("cue", &read.cue), ("content", &read.content)] {
            for &span in spans {
                self.span(role, span, "");
            }
        }
        for speaker in &read.speakers {
            match speaker.as_written {
                Some(span) if !read.source.contains(&span) => self.span("speaker", span, ""),
                Some(_) => {}
                None => self.line(format_args!("  speaker  not stated")),
            }
        }
        if read.inferred.is_empty() {
            self.line(format_args!("\ninferred  nothing"));
        } else {
            self.line(format_args!("\ninferred  {}", read.inferred.join(", ")));
        }
        if read.rejected.is_empty() {
            self.line(format_args!("rejected  nothing else was considered"));
        } else {
            self.line(format_args!("\nrejected"));
        }
        for rejected in &read.rejected {
            self.span(rejected.role, rejected.span, rejected.why);
        }
        self.out
    }

    fn span(&mut self, role: &str, span: Span, why: &str) {
        let place = self.lines.place(span);
        let characters =
            format!("{}..{}", self.offsets.code_point(span.start), self.offsets.code_point(span.end));
        let text = terminal::line(self.document.slice(span));
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        self.line(format_args!("  {role:<8} {place:<8} {characters:<12} {text}{why}"));
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.out, "{line}").expect("writing to a string cannot fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample;

    #[test]
    fn everything_that_was_kept_is_shown() {
        let article = sample::bridge();
        let page = |row: usize| Page::new(&article.document).row(&article.claims.attributions[row]);
        insta::assert_snapshot!([page(0), page(1), page(3)].join("----\n"));
    }
}
