//! The article for people at a terminal, or in a pipe: marked in place, the rows below.
//!
//! In: one article. Out: plain text. Marks are brackets, one shape for each role, so that nothing rests on colour:
//! `[a1 content]`, `{a1 source}`, `<a1 cue>`. Nothing of the article acts on the terminal (`terminal`).

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};
use onrecord::record::Said;
use onrecord::wire::Text;
use onrecord::{Document, Span};

use super::marks::{Event, Role, Sweep, marks};
use super::{Lines, ReadArticle, Style, Voice, chain, form, joined, voice, who};
use crate::terminal;

/// Whether colours are added to the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Plain,
    Colours,
}

/// The whole page: heading, text, rows, warnings.
pub(super) fn page(article: &ReadArticle, style: Style) -> String {
    let mut page = Page { out: String::new(), paint: style.paint };
    page.heading(article);
    if style.text == Text::Keep {
        page.text(article);
    }
    page.rows(article);
    page.people(article);
    page.times(article);
    page.conditions(article);
    page.links(article);
    page.warnings(article);
    page.out
}

struct Page {
    out: String,
    paint: Paint,
}

impl Page {
    fn heading(&mut self, article: &ReadArticle) {
        let place = article.place.to_string();
        let title = article.title();
        self.styled(Ansi::new().bold(), &terminal::line(title.unwrap_or(&place)));
        self.out.push('\n');
        let given = article.document.article();
        let published = article.document.published().map(|published| {
            let note = if published.inferred { " (inferred from the date line)" } else { "" };
            format!("{}{note}", published.value)
        });
        let place = title.is_some().then_some(place.as_str());
        let facts = [place, given.publisher.as_deref(), published.as_deref(), given.url.as_deref()];
        let facts: Vec<String> = facts.into_iter().flatten().map(terminal::line).collect();
        if !facts.is_empty() {
            self.dim(&facts.join(", "));
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn text(&mut self, article: &ReadArticle) {
        let block = shown(&article.document);
        if block.is_empty() {
            return;
        }
        let marks = marks(&article.claims);
        Sweep::new(&marks).block(block, |event| match event {
            Event::Open(mark) => {
                self.dim(&format!("{}{} ", brackets(mark.role).0, mark.id()));
            }
            Event::Resume(mark) => self.dim(&format!("{}{}… ", brackets(mark.role).0, mark.id())),
            Event::Text(span, role) => {
                let text = terminal::visible(article.document.slice(span));
                self.styled(role.map_or(Ansi::new(), colour), &text);
            }
            Event::Close(mark) => self.dim(brackets(mark.role).1),
        });
        self.out.push_str("\n\n");
    }

    fn rows(&mut self, article: &ReadArticle) {
        let rows = &article.claims.attributions;
        match rows.len() {
            0 => self.out.push_str("nobody is quoted\n"),
            1 => self.dim("1 row: [content] {source} <cue>\n"),
            n => self.dim(&format!("{n} rows: [content] {{source}} <cue>\n")),
        }
        for (at, said) in rows.iter().enumerate() {
            self.row(article, at, said);
        }
    }

    fn row(&mut self, article: &ReadArticle, at: usize, said: &Said) {
        let read = &said.attribution;
        self.out.push('\n');
        self.styled(Ansi::new().bold(), &said.id);
        write!(self.out, "  {}", form(read.form)).expect("writing to a string cannot fail");
        if let Some(stance) = who::stance(read) {
            write!(self.out, ", {stance}").expect("writing to a string cannot fail");
        }
        if let Some(outer) = &said.inside {
            write!(self.out, ", inside {outer}").expect("writing to a string cannot fail");
        }
        self.out.push('\n');
        match voice(said) {
            Voice::Source(source) => self.field("source", Role::Source, &joined(article.pieces(source))),
            Voice::Inferred(span) => {
                let name = terminal::line(article.document.slice(span));
                self.plain_field("source", &format!("none of its own; the speaker is inferred: {name}"));
            }
            Voice::Unstated => self.plain_field("source", "none; the text does not say who speaks"),
        }
        for told in who::speakers(article, at) {
            self.field("speaker", Role::Source, &terminal::line(&told.who));
            if !told.reason.is_empty() {
                self.plain_field("reason", &joined(article.pieces(&told.reason)));
            }
        }
        if !read.cue.is_empty() {
            self.field("cue", Role::Cue, &joined(article.pieces(&read.cue)));
        }
        for (i, piece) in article.pieces(&read.content).enumerate() {
            self.field(if i == 0 { "content" } else { "" }, Role::Content, &terminal::line(piece));
        }
    }

    /// Who they are: a line for each person, and one for each post.
    fn people(&mut self, article: &ReadArticle) {
        let people = who::people(article);
        match people.len() {
            0 => return,
            1 => self.dim("\n1 person\n\n"),
            n => self.dim(&format!("\n{n} people\n\n")),
        }
        for who::Person { at, entity, posts } in people {
            self.styled(Ansi::new().bold(), &format!("e{}", at + 1));
            let name = terminal::line(&who::called(&article.document, entity));
            let ids = article.claims.ids.get(at).map_or(String::new(), |ids| ids.join(" "));
            let ids = if ids.is_empty() { ids } else { format!("  {}", terminal::line(&ids)) };
            writeln!(self.out, "  {name}{ids}").expect("writing to a string cannot fail");
            for (number, post) in posts {
                self.plain_field(&format!("p{}", number + 1), &terminal::line(&who::post(article, post)));
            }
        }
    }

    /// A line for each time: where it stands, its value, its words.
    fn times(&mut self, article: &ReadArticle) {
        let lines = Lines::new(article.document.text());
        for (index, row) in article.claims.times.iter().enumerate() {
            self.out.push_str(if index == 0 { "\n" } else { "" });
            self.styled(Ansi::new().bold(), &row.id);
            let span = row.timex.span;
            let value = row.timex.value.as_deref().unwrap_or("no such day");
            let words = terminal::line(article.document.slice(span));
            writeln!(self.out, "  {value}  {words} ({})", lines.place(span))
                .expect("writing to a string cannot fail");
        }
    }

    /// What was only an "if": the antecedents, then what follows.
    fn conditions(&mut self, article: &ReadArticle) {
        for (index, condition) in article.claims.cause.conditions.iter().enumerate() {
            self.out.push('\n');
            self.styled(Ansi::new().bold(), &format!("c{}", index + 1));
            let kind = chain::condition_kind(condition.kind);
            writeln!(self.out, "  {kind}").expect("writing to a string cannot fail");
            for (name, sides) in [("if", &condition.antecedents), ("then", &condition.consequents)] {
                for side in sides {
                    self.plain_field(name, &joined(article.pieces(&side.spans)));
                }
            }
            if let Some(index) = condition.asserted_by {
                self.plain_field("said in", &format!("a{}", index + 1));
            }
        }
    }

    /// What led to what.
    fn links(&mut self, article: &ReadArticle) {
        for (index, link) in article.claims.cause.links.iter().enumerate() {
            self.out.push('\n');
            self.styled(Ansi::new().bold(), &format!("l{}", index + 1));
            writeln!(self.out, "  {}, {}", chain::kind(link.kind), chain::standing(link.standing))
                .expect("writing to a string cannot fail");
            self.plain_field("from", &joined(article.pieces(&link.from.spans)));
            self.plain_field("to", &joined(article.pieces(&link.to.spans)));
            if let Some(index) = link.asserted_by {
                self.plain_field("said in", &format!("a{}", index + 1));
            }
        }
    }

    fn warnings(&mut self, article: &ReadArticle) {
        let lines = Lines::new(article.document.text());
        for (i, warning) in article.claims.warnings.iter().enumerate() {
            self.out.push_str(if i == 0 { "\n" } else { "" });
            let place = warning.span.map_or(String::new(), |span| format!("{} ", lines.place(span)));
            self.styled(Ansi::new().bold(), "warning");
            let message = terminal::line(&warning.message);
            writeln!(self.out, "  {place}{message} ({})", warning.code)
                .expect("writing to a string cannot fail");
        }
    }

    fn field(&mut self, label: &str, role: Role, value: &str) {
        self.label(label);
        self.styled(colour(role), value);
        self.out.push('\n');
    }

    fn plain_field(&mut self, label: &str, value: &str) {
        self.label(label);
        self.out.push_str(value);
        self.out.push('\n');
    }

    fn label(&mut self, label: &str) {
        self.dim(&format!("    {label:<8} "));
    }

    fn dim(&mut self, text: &str) {
        self.styled(Ansi::new().dimmed(), text);
    }

    fn styled(&mut self, style: Ansi, text: &str) {
        match self.paint {
            Paint::Plain => self.out.push_str(text),
            Paint::Colours => {
                write!(self.out, "{style}{text}{style:#}").expect("writing to a string cannot fail");
            }
        }
    }
}

/// The text without the white space and the byte order mark at its ends.
fn shown(document: &Document) -> Span {
    let text = document.text();
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let end = text.trim_end_matches(is_blank).len();
    Span::new(start.min(end), end)
}

fn brackets(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Content => ("[", "]"),
        Role::Source => ("{", "}"),
        Role::Cue => ("<", ">"),
        Role::Mention => ("", ""),
    }
}

fn colour(role: Role) -> Ansi {
    match role {
        Role::Content => AnsiColor::Green.on_default(),
        Role::Source => AnsiColor::Cyan.on_default().bold(),
        Role::Cue => AnsiColor::Yellow.on_default(),
        Role::Mention => Ansi::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Format;
    use crate::format::sample;

    fn style(text: Text, paint: Paint) -> Style {
        Style { format: Format::Text, text, paint }
    }

    #[test]
    fn everything_is_shown_without_colour() {
        insta::assert_snapshot!(page(&sample::bridge(), style(Text::Keep, Paint::Plain)));
    }

    #[test]
    fn colours_add_nothing_but_colours() {
        let article = sample::bridge();
        let coloured = page(&article, style(Text::Keep, Paint::Colours));
        assert!(coloured.contains("\u{1b}[32m“Not before.”\u{1b}[0m"));
        let plain = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(plain, page(&article, style(Text::Keep, Paint::Plain)));
    }

    #[test]
    fn the_text_can_be_left_out() {
        let page = page(&sample::bridge(), style(Text::Omit, Paint::Plain));
        assert!(!page.contains("PORT ALMOND"));
        assert!(page.contains("source   Mayor Dana Ruiz"));
    }
}
