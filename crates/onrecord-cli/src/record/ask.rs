//! What is asked of a record: whether it is sound, what it holds; and taking an article out.
//!
//! In: a record. Out: lines on standard output, and an exit code: 1 where a check failed. It reads, but for `erase`.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use onrecord_store::sql::{Bounds, Given, Value};
use onrecord_store::{Change, Depth, Format, Quote, Record, Version, Writer, csv_cell, csv_line};

use crate::args;
use crate::message::{Messages, Problem};
use crate::output::Tables;
use crate::terminal;

/// `onrecord verify`.
pub(crate) fn verify(args: &args::Verify, messages: &mut Messages) -> Result<(), Problem> {
    let path = super::path(&args.record);
    let record = super::open(&args.record)?;
    let depth = if args.deep { Depth::Bytes } else { Depth::Rows };
    let mut out = String::new();
    let report = record.verify(depth, |finding| {
        out.push_str(&terminal::line(&format!("{}: {}", finding.place, finding.message)));
        out.push('\n');
    })?;
    print(&out)?;
    let (articles, rows) = (report.articles, report.rows);
    match report.findings {
        0 => {
            messages.said(path.display(), format!("sound: {articles} articles, {rows} rows"));
            Ok(())
        }
        found => Err(Problem::not_found(format!(
            "{}: {found} things are not as they were written",
            path.display()
        ))
        .hint("take a copy from before; what is not named above can be relied on")),
    }
}

/// `onrecord digest`.
pub(crate) fn digest(args: &args::RecordFile) -> Result<(), Problem> {
    print(&format!("{}\n", super::open(args)?.digest()?))
}

/// `onrecord erase`.
pub(crate) fn erase(args: &args::Erase, messages: &mut Messages) -> Result<(), Problem> {
    let path = super::path(&args.record);
    // Asking first: a writer would make a record where there is none.
    super::open(&args.record)?;
    let mut writer = Writer::open(&path)?;
    for id in &args.ids {
        let versions = writer.erase(id, args.whose.publisher.as_deref())?;
        let what = if versions == 1 { "1 version".to_owned() } else { format!("{versions} versions") };
        messages.said(path.display(), format!("erased `{id}`, {what}"));
    }
    writer.finish()?;
    Ok(())
}

/// `onrecord history`.
pub(crate) fn history(args: &args::History) -> Result<(), Problem> {
    let versions = super::open(&args.record)?.history(&args.id, args.whose.publisher.as_deref())?;
    print(&versions.iter().map(version).collect::<String>())
}

fn version(version: &Version) -> String {
    let of = |what: &str, value: &Option<String>| {
        value.as_ref().map_or(String::new(), |value| format!(", {what} {}", terminal::line(value)))
    };
    let Version { number, quotes, text_sha256, .. } = version;
    let from = version.publisher.as_ref().map_or(String::new(), |name| format!("{}, ", terminal::line(name)));
    let (published, at) = (of("published", &version.published), of("kept", &version.at));
    let mut page =
        format!("{from}version {number}{published}{at}: {quotes} quotations, text {}\n", &text_sha256[..12]);
    version.changes.iter().for_each(|quote| page.push_str(&change(quote)));
    page
}

/// A change in what was quoted, on a line or two.
pub(super) fn change(change: &Change) -> String {
    let line = |mark: &str, Quote { source, content }: &Quote| {
        let source = if source.is_empty() { String::new() } else { format!("{}: ", terminal::line(source)) };
        format!("  {mark} {source}{}\n", terminal::line(content))
    };
    match change {
        Change::New(new) => line("+", new),
        Change::Gone(gone) => line("-", gone),
        Change::Altered(old, new) => line("<", old) + &line(">", new),
    }
}

/// `onrecord sql`.
pub(crate) fn sql(args: &args::Sql, messages: &mut Messages) -> Result<(), Problem> {
    let record = super::open(&args.record)?;
    let bounds = Bounds { rows: args.rows, seconds: args.seconds };
    let out = RefCell::new(Out::new());
    let columns = RefCell::new(Vec::new());
    let given = record.query(
        &args.statement,
        bounds,
        |names| {
            columns.replace(names.iter().map(|name| (*name).to_owned()).collect());
            match args.format {
                args::SqlFormat::Csv => out.borrow_mut().write(&csv_line(columns.borrow().iter().cloned())),
                args::SqlFormat::Jsonl => Ok(()),
            }
        },
        |row| {
            let line = match args.format {
                args::SqlFormat::Csv => csv_line(row.iter().map(csv_cell)),
                args::SqlFormat::Jsonl => object(&columns.borrow(), row),
            };
            out.borrow_mut().write(&line)
        },
    )?;
    let out = out.into_inner();
    out.finish()?;
    if given == Given::First {
        messages
            .warning("sql", format!("only the first {} rows were written; `--rows N` gives more", args.rows));
    }
    Ok(())
}

fn object(columns: &[String], row: &[Value<'_>]) -> String {
    let value = |value: &Value<'_>| match value {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => (*text).into(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()).into(),
    };
    let object: serde_json::Map<_, _> = columns.iter().cloned().zip(row.iter().map(value)).collect();
    serde_json::Value::Object(object).to_string() + "\n"
}

/// `onrecord export`.
pub(crate) fn export(args: &args::Export) -> Result<(), Problem> {
    let format = match args.format {
        args::ExportFormat::Parquet => return tables(&super::open(&args.record)?, args.out.as_deref()),
        args::ExportFormat::Jsonl => Format::Jsonl,
        args::ExportFormat::Csv => Format::Csv,
        args::ExportFormat::Ftm => Format::Ftm,
        args::ExportFormat::Popolo => Format::Popolo,
        args::ExportFormat::WebAnnotation => Format::WebAnnotation,
        args::ExportFormat::SchemaOrg => Format::SchemaOrg,
    };
    if args.out.is_some() {
        return Err(Problem::new("`--out` is for parquet; every other format goes to standard output")
            .hint("`> FILE` writes it to a file"));
    }
    let record = super::open(&args.record)?;
    let mut out = Out::new();
    record.export(format, &args.view, |piece| out.write(piece))?;
    out.finish()
}

/// A Parquet file for each list of rows.
fn tables(record: &Record, folder: Option<&Path>) -> Result<(), Problem> {
    let mut tables = Tables::new(folder, |_| false)?;
    record.records(|article, record| tables.add_as(article, record))?;
    tables.finish()
}

/// Standard output for much: in pieces, and harmless where a terminal shows it.
struct Out {
    stdout: io::BufWriter<io::StdoutLock<'static>>,
    is_terminal: bool,
}

impl Out {
    fn new() -> Out {
        let stdout = io::stdout();
        Out { is_terminal: stdout.is_terminal(), stdout: io::BufWriter::new(stdout.lock()) }
    }

    fn write(&mut self, text: &str) -> Result<(), Problem> {
        let shown = if self.is_terminal { terminal::visible(text) } else { text.into() };
        self.stdout.write_all(shown.as_bytes()).map_err(|error| Problem::stdout(&error))
    }

    fn finish(mut self) -> Result<(), Problem> {
        self.stdout.flush().map_err(|error| Problem::stdout(&error))
    }
}

pub(super) fn print(text: &str) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| Problem::stdout(&error))
}
