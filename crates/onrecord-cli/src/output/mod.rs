//! Where does it go? Standard output, one file, or a folder with a file for each article or for each list of rows.
//!
//! In: pages, in order. Out: bytes in their place. A file appears whole or not at all, under a name that cannot
//! leave its folder. It never overwrites an input, and never decides what a page says. Read on in [`folder`],
//! [`tables`] and [`writer`].

mod name;
mod folder;
mod tables;
mod writer;

use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::args::{Format, Read};
use crate::format::{Paint, Rendered};
use crate::input::Inputs;
use crate::message::{Messages, Problem};
use crate::terminal;

use folder::Folder;
pub(crate) use name::Name;
pub(crate) use tables::Tables;
pub(crate) use writer::BEGUN;
use writer::Writer;

/// How many articles were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    One,
    Several,
}

/// Where the pages of a run go.
pub(crate) struct Output<'a> {
    inputs: &'a Inputs,
    format: Format,
    count: Count,
    sink: Sink,
}

enum Sink {
    Stream(Stream),
    Folder(Folder),
    Tables(Tables),
}

impl Output<'_> {
    /// Opens what `--out` names, for `count` articles.
    pub(crate) fn new<'a>(args: &Read, count: Count, inputs: &'a Inputs) -> Result<Output<'a>, Problem> {
        let format = args.format;
        if format == Format::Citron || format == Format::Brat {
            carries_text(args)?;
        }
        let sink = match args.out.as_deref().filter(|path| *path != Path::new("-")) {
            out if format == Format::Parquet => Sink::Tables(Tables::new(out, |path| inputs.hold(path))?),
            None if count == Count::Several && needs_folder(format) => return Err(no_folder(format)),
            None => Sink::Stream(Stream::new(Writer::stdout(), Frame::new(format, count))),
            Some(path) => match folder(path, format, count)? {
                Some(extension) => Sink::Folder(Folder::new(path, format, extension)?),
                None if inputs.hold(path) => return Err(overwrites(path)),
                None => Sink::Stream(Stream::new(Writer::file(path)?, Frame::new(format, count))),
            },
        };
        Ok(Output { inputs, format, count, sink })
    }

    /// Whether pages go to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_stdout() && io::stdout().is_terminal()
    }

    fn is_stdout(&self) -> bool {
        matches!(&self.sink, Sink::Stream(stream) if stream.writer.is_stdout())
    }

    /// Colours only where a terminal shows them and nobody forbade them.
    pub(crate) fn paint(&self) -> Paint {
        if self.is_stdout() && writer::shows_colours() { Paint::Colours } else { Paint::Plain }
    }

    /// Writes one page.
    pub(crate) fn write(&mut self, name: &Name, page: &Rendered, messages: &Messages) -> Result<(), Problem> {
        let is_terminal = self.is_terminal();
        match &mut self.sink {
            // The text format has made itself safe and holds colours; any other is markup that a terminal may obey.
            Sink::Stream(stream) if is_terminal && self.format != Format::Text => {
                stream.write(&terminal::visible(&page.body))
            }
            Sink::Stream(stream) => stream.write(&page.body),
            Sink::Folder(folder) => folder.write(name, page, self.inputs, messages),
            Sink::Tables(tables) => tables.add(page.record.as_ref().expect("a page for tables is a record")),
        }
    }

    /// Ends what was begun. Without it, a file that was begun is dropped.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        match self.sink {
            Sink::Stream(stream) => stream.finish(),
            Sink::Folder(folder) => folder.finish(),
            // One was asked for and failed: nothing is replaced.
            Sink::Tables(tables) if self.count == Count::One && tables.are_empty() => Ok(()),
            Sink::Tables(tables) => tables.finish(),
        }
    }
}

fn carries_text(args: &Read) -> Result<(), Problem> {
    match args.text() {
        onrecord::wire::Text::Keep => Ok(()),
        onrecord::wire::Text::Omit => {
            Err(Problem::new("citron and brat carry the article's text; `--no-text` leaves it out")
                .hint("take another format, or the text with it"))
        }
    }
}

/// Whether several articles in this format cannot stand in one stream.
fn needs_folder(format: Format) -> bool {
    matches!(format, Format::Html | Format::Brat)
}

fn no_folder(format: Format) -> Problem {
    let (name, file) = match format {
        Format::Brat => ("brat", "two files"),
        _ => ("html", "a page"),
    };
    Problem::new(format!("several articles as {name} need a folder to go to"))
        .hint(format!("`--out FOLDER` writes {file} for each"))
}

fn overwrites(path: &Path) -> Problem {
    Problem::new(format!("{}: is an input, and `--out` would overwrite it", path.display()))
        .hint("write to another place")
}

/// Where `path` stands for a folder that gets a file for each article, the extension of those files.
fn folder(path: &Path, format: Format, count: Count) -> Result<Option<&'static str>, Problem> {
    let is_named_so = path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let is_meant = count == Count::Several
        && (needs_folder(format) || format == Format::Citron && path.extension().is_none());
    if !is_named_so && !is_meant {
        return Ok(None);
    }
    if path.exists() && !path.is_dir() {
        return Err(Problem::new(format!("{}: expected a folder to write to, found a file", path.display()))
            .hint("name a folder; it is made where there is none"));
    }
    let name = match format {
        Format::Html => return Ok(Some("html")),
        Format::Brat => return Ok(Some("ann")),
        Format::Dot => return Ok(Some("dot")),
        Format::Json | Format::Citron => return Ok(Some("json")),
        Format::Jsonl => "jsonl",
        Format::Text => "text",
        Format::Parquet => "parquet",
    };
    Err(Problem::new(format!("{}: expected a file to write, found a folder", path.display()))
        .hint(format!("{name} goes to one file for all articles")))
}

/// What stands around and between pages in one stream.
#[derive(Clone, Copy)]
struct Frame {
    start: &'static str,
    between: &'static str,
    end: &'static str,
    /// What is written where there is no page at all; where one was asked for and failed, nothing is replaced.
    empty: Option<&'static str>,
}

impl Frame {
    fn new(format: Format, count: Count) -> Frame {
        let (start, between, end, empty) = match (format, count) {
            (Format::Json | Format::Citron, Count::Several) => ("[\n", ",\n", "\n]\n", "[]\n"),
            (Format::Json | Format::Citron, Count::One) => ("", "", "\n", ""),
            (Format::Jsonl, _) => ("", "\n", "\n", ""),
            (Format::Text, _) => ("", "\n\n", "", ""),
            (Format::Dot, _) => ("", "\n", "", ""),
            (Format::Html | Format::Brat | Format::Parquet, _) => ("", "", "", ""),
        };
        let empty = (count == Count::Several).then_some(empty);
        Frame { start, between, end, empty }
    }
}

/// All pages, one after the other.
struct Stream {
    writer: Writer,
    frame: Frame,
    is_begun: bool,
}

impl Stream {
    fn new(writer: Writer, frame: Frame) -> Stream {
        Stream { writer, frame, is_begun: false }
    }

    fn write(&mut self, page: &str) -> Result<(), Problem> {
        let before = if self.is_begun { self.frame.between } else { self.frame.start };
        self.is_begun = true;
        self.writer.write(before)?;
        self.writer.write(page)
    }

    fn finish(mut self) -> Result<(), Problem> {
        let end = if self.is_begun { Some(self.frame.end) } else { self.frame.empty };
        let Some(end) = end else { return Ok(()) };
        self.writer.write(end)?;
        self.writer.finish()
    }
}
