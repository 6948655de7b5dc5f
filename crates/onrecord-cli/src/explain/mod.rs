//! Why does the record say so? One row: what made it, what it rests on, what was rejected.
//!
//! In: an article and the id of a row, of an entity or of a post. Out: a page of plain text. It reads the article as
//! `onrecord read` does and shows what the engine kept; it never reasons anew. Read on in `people`.

mod cause;
mod people;

use std::fmt::Write as _;
use std::io::{self, Write as _};

use onrecord::read::quote::Attribution;
use onrecord::read::time::Anchor;
use onrecord::record::{Claims, Time};
use onrecord::text::Offsets;
use onrecord::{Document, Span};

use crate::args::Explain;
use crate::engine::engine;
use crate::format::{Lines, ReadArticle, form, who};
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
    let read = ReadArticle { place, document, claims };
    let Some(page) = page(&read, &args.id) else {
        return Err(unknown(&args.id, &read.place.to_string(), &read.claims));
    };
    io::stdout().lock().write_all(page.as_bytes()).map_err(|error| Problem::stdout(&error))
}

/// The page of the row, the entity or the post with this id.
fn page(read: &ReadArticle, id: &str) -> Option<String> {
    let page = Page::new(read);
    if let Some(at) = read.claims.attributions.iter().position(|said| said.id == id) {
        return Some(page.row(at));
    }
    if let Some(time) = read.claims.time(id) {
        return Some(page.time(time, &read.claims));
    }
    let number = |kind: char, count: usize| -> Option<usize> {
        let at = id.strip_prefix(kind)?.parse::<usize>().ok()?.checked_sub(1)?;
        (at < count && id[1..] == (at + 1).to_string()).then_some(at)
    };
    let people = &read.claims.people;
    if let Some(at) = number('e', people.entities.len()) {
        return Some(page.entity(at));
    }
    if let Some(at) = number('p', people.posts.len()) {
        return Some(page.post(at));
    }
    let cause = &read.claims.cause;
    if let Some(at) = number('v', cause.events.len()) {
        return Some(page.event(at));
    }
    if let Some(at) = number('l', cause.links.len()) {
        return Some(page.link(at));
    }
    number('c', cause.conditions.len()).map(|at| page.condition(at))
}

fn unknown(id: &str, place: &str, claims: &Claims) -> Problem {
    let numbered = |kind: char, count: usize| (1..=count).map(|n| format!("{kind}{n}")).collect::<Vec<_>>();
    let ids = match id.chars().next() {
        Some('e') => numbered('e', claims.people.entities.len()),
        Some('p') => numbered('p', claims.people.posts.len()),
        Some('v') => numbered('v', claims.cause.events.len()),
        Some('l') => numbered('l', claims.cause.links.len()),
        Some('c') => numbered('c', claims.cause.conditions.len()),
        Some('t') => claims.times.iter().map(|time| time.id.clone()).collect(),
        _ => claims.attributions.iter().map(|said| said.id.clone()).collect(),
    };
    let there_is = match ids.as_slice() {
        [] => "the article has none".to_owned(),
        [only] => format!("there is {only}"),
        ids if ids.len() <= LISTED_IDS => format!("there are {}", ids.join(", ")),
        [first, .., last] => format!("there are {first} to {last}"),
    };
    Problem::not_found(format!("{place}: no row `{id}`; {there_is}"))
        .hint("`onrecord read` shows rows, people and posts with their ids")
}

struct Page<'a> {
    read: &'a ReadArticle,
    document: &'a Document,
    lines: Lines<'a>,
    offsets: Offsets<'a>,
    out: String,
}

impl<'a> Page<'a> {
    fn new(read: &'a ReadArticle) -> Page<'a> {
        let document = &read.document;
        let text = document.text();
        Page { read, document, lines: Lines::new(text), offsets: Offsets::new(text), out: String::new() }
    }

    fn row(mut self, at: usize) -> String {
        let said = &self.read.claims.attributions[at];
        let read = &said.attribution;
        let inside = said.inside.as_ref().map_or(String::new(), |outer| format!(", inside {outer}"));
        self.line(format_args!("{}  {}{inside}", said.id, form(read.form)));
        self.line(format_args!("\nmade by   {}", read.maker.rule));
        self.line(format_args!("reads     {}", read.maker.reads));
        self.line(format_args!("score     {:.2}: how sure its rows are, from 0 to 1", read.maker.score));
        if let Some(stance) = who::stance(read) {
            self.line(format_args!("stance    {stance}"));
        }
        self.line(format_args!("\nevidence, by line:column and characters"));
        for (role, spans) in [("source", &read.source), ("cue", &read.cue), ("content", &read.content)] {
            for &span in spans {
                self.span(role, span, "");
            }
        }
        if self.read.claims.people.speakers.get(at).is_none() {
            self.unresolved(read);
        }
        self.speakers(at);
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

    /// The speakers as the rules on quotations know them, where nobody read who people are.
    fn unresolved(&mut self, read: &Attribution) {
        for speaker in &read.speakers {
            match speaker.as_written {
                Some(span) if !read.source.contains(&span) => self.span("speaker", span, ""),
                Some(_) => {}
                None => self.line(format_args!("  speaker  not stated")),
            }
        }
    }

    fn time(mut self, row: &Time, claims: &Claims) -> String {
        let read = &row.timex;
        let value = read.value.as_deref().unwrap_or("no such day");
        let kind = format!("{:?}", read.kind).to_uppercase();
        self.line(format_args!("{}  {kind} {value}", row.id));
        self.line(format_args!("\nmade by   {}", read.maker.rule));
        self.line(format_args!("reads     {}", read.maker.reads));
        self.line(format_args!("score     {:.2}: how sure its rows are, from 0 to 1", read.maker.score));
        self.line(format_args!("\nevidence, by line:column and characters"));
        self.span("time", read.span, "");
        for (role, index) in [("begin", read.begin), ("end", read.end)] {
            if let Some(other) = index.and_then(|index| claims.times.get(index)) {
                self.span(role, other.timex.span, &other.id);
            }
        }
        match read.anchor {
            None => self.line(format_args!("\nanchor    none")),
            Some(Anchor::Published) => {
                let day =
                    self.document.published().map_or(String::new(), |published| published.day.to_string());
                self.line(format_args!("\nanchor    the day of publication, {day}"));
            }
            Some(Anchor::Time(index)) => {
                let id = claims.times.get(index).map_or("", |time| time.id.as_str());
                self.line(format_args!("\nanchor    {id}, the time told of before"));
            }
        }
        let list = |parts: &[&str]| if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") };
        self.line(format_args!("stated    {}", list(&read.parts)));
        self.line(format_args!("inferred  {}", list(&read.unstated)));
        if let (Some(first), Some(last)) = (read.earliest, read.latest) {
            self.line(format_args!("days      {first} to {last}"));
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
        let page = |row: usize| Page::new(&article).row(row);
        insta::assert_snapshot!([page(0), page(1), page(3)].join("----\n"));
    }
}
