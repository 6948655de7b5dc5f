//! What the user asked for: the one place that names flags.
//!
//! In: the command line. Out: [`Args`], or an answer to print. It checks what can be checked without reading a file.
//! The help texts here are the manual: `onrecord man` and the completions are made from them.

use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::error::ErrorKind;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::civil::DateTime;
use onrecord::limits::Limit;

use crate::message::{Messages, Problem};

/// Read news articles offline and keep the record: who said what, and the characters each row rests on.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version = VERSION.as_str(), arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles and show who said what
    ///
    /// Inputs are told apart by their content: plain text, HTML, JSONL with `text` and any of `id`, `title`, `url`,
    /// `publisher`, `published` and `language`, CSV with a column `text`, WARC, RSS and Atom, ninjs, DOCX; packed with
    /// gzip or Zstandard, too. Nothing is fetched. An input that cannot be read is reported, the others are read, and
    /// the exit code is 2. An article in which nobody is quoted is no failure.
    Read(Read),
    /// Print what was made of inputs: one article a line, as JSON
    ///
    /// Inputs are told apart as for `read`. Each line has the article's keys, the keys that the input does not state
    /// (`inferred`), where it came from, and warnings; it can be read again.
    Articles(Articles),
    /// Show what one row rests on, what made it, and what was rejected
    Explain(Explain),
    /// Add articles to the record, each once, wholly or not at all
    ///
    /// Inputs are those of `read`, and records that were read elsewhere (`read --format jsonl`), which are checked:
    /// every span, every hash, the model. What is in the record is passed over, so a run that was cut off is simply
    /// run again. An article whose text changed is kept as a new version. What gives no article is noted with its
    /// reason.
    Add(Add),
    /// Check that the record is what was written
    ///
    /// Hashes every text, cuts out every span, follows every reference. Exits with 1 if anything is not as it was.
    Verify(Verify),
    /// Print one hash of what the record holds, whatever the order in which it came
    Digest(RecordFile),
    /// Take an article out for good, with every byte of its text; it does not come back
    Erase(Erase),
    /// Show the versions of an article, and what changed in what was quoted
    History(History),
    /// Read what is kept anew, and say what changed
    ///
    /// Without `--all`, what another model than the present one read.
    Reread(Reread),
    /// Ask the record in SQL
    ///
    /// One statement that reads. The views `quotes`, `people`, `posts_held`, `sources_by_publisher` and `causes` are
    /// made for it.
    Sql(Sql),
    /// Write the latest version of every article in a form that other programs read
    Export(Export),
    /// List every limit, with what happens beyond it
    Limits,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// The command that the page is about; without it, `onrecord` itself
        command: Option<String>,
    },
}

/// Which inputs.
#[derive(Debug, Group)]
pub(crate) struct Paths {
    /// Files and folders to read, `-` for standard input
    ///
    /// Without any, standard input is read. Folders are read with everything below them, in order of name; hidden
    /// files and symbolic links in them are left out, and said to be.
    #[arg(value_name = "PATH")]
    named: Vec<PathBuf>,
    /// Read the files and folders that FILE names, one a line, after those named here; `-` for standard input
    #[arg(long = "paths-from", value_name = "FILE")]
    list: Option<PathBuf>,
}

/// What holds for inputs that do not say it themselves, and how many are read at once.
#[derive(Debug, Group)]
pub(crate) struct Reading {
    /// The publication date of inputs that have none of their own: an ISO 8601 date or date-time
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<String>,
    /// The headline of inputs that have none of their own
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// The number of articles that are read at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, Group)]
pub(crate) struct Articles {
    #[command(flatten)]
    pub(crate) paths: Paths,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ArticleFormat::Jsonl, value_name = "FORMAT")]
    format: ArticleFormat,
}

/// How to print articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ArticleFormat {
    /// One article a line
    Jsonl,
}

#[derive(Debug, Group)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) paths: Paths,
    /// How to show what was read
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Give people and organizations the ids that they have in FILE
    ///
    /// FILE is a table with the columns `id` and `name` (and `aliases`, with `;` between them), Popolo JSON, or
    /// FollowTheMoney JSON lines, told by content. Who fits exactly one row gets its id, by the name in full or an
    /// alias, whatever the case and the accents, by initials and middle names; a bare surname fits nobody. Who fits
    /// several gets none, and a warning.
    #[arg(long, value_name = "FILE")]
    pub(crate) people: Option<PathBuf>,
    /// Write to PATH instead of standard output
    ///
    /// A PATH that is a folder, or ends in `/`, gets a file for each article (html, json, citron, brat); it is made
    /// where there is none. So does any PATH for several inputs as html or brat, and as citron where PATH has no
    /// extension. Parquet always goes to a folder, with a file for each list of rows. A file is written whole or not
    /// at all.
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Leave out the articles' own text
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    pub(crate) model: Model,
}

/// Which record.
#[derive(Debug, Group)]
pub(crate) struct RecordFile {
    /// The record [default: the environment's ONRECORD_RECORD, else record.db in the current folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) paths: Paths,
    #[command(flatten)]
    pub(crate) record: RecordFile,
    /// Print `ack ID` for each article once it is on the disk
    #[arg(long)]
    pub(crate) acks: bool,
    /// Try once more what is parked because reading it failed
    #[arg(long)]
    pub(crate) again: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Take records that this model read, too; may be given several times
    #[arg(long, value_name = "NAME@SHA256")]
    pub(crate) accept_model: Vec<String>,
    #[command(flatten)]
    pub(crate) model: Model,
}

/// Which of several articles with one id.
#[derive(Debug, Group)]
pub(crate) struct Whose {
    /// The article's publisher, where several have an article with this id
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
}

#[derive(Debug, Group)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) record: RecordFile,
    /// Check the file as well: every page, every search index
    #[arg(long)]
    pub(crate) deep: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Erase {
    /// The article's id
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    #[command(flatten)]
    pub(crate) whose: Whose,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

#[derive(Debug, Group)]
pub(crate) struct History {
    /// The article's id
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) whose: Whose,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

#[derive(Debug, Group)]
pub(crate) struct Reread {
    /// Read all articles, whatever model read them
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) record: RecordFile,
    #[command(flatten)]
    pub(crate) model: Model,
}

#[derive(Debug, Group)]
pub(crate) struct Sql {
    /// The statement
    pub(crate) statement: String,
    /// How to write the rows
    #[arg(long, value_enum, default_value_t = SqlFormat::Csv, value_name = "FORMAT")]
    pub(crate) format: SqlFormat,
    /// The most rows that are written
    #[arg(long, value_name = "N", default_value_t = onrecord_store::limits::QUERY_ROWS.value)]
    pub(crate) rows: usize,
    /// The longest that the statement may run
    #[arg(long, value_name = "N", default_value_t = onrecord_store::limits::QUERY_SECONDS.value as u64)]
    pub(crate) seconds: u64,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

/// How to write the rows of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SqlFormat {
    /// A line of names, then a line for each row
    Csv,
    /// An object a line
    Jsonl,
}

#[derive(Debug, Group)]
pub(crate) struct Export {
    /// The form
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,
    /// For csv: the view to write
    #[arg(long, value_name = "VIEW", default_value = "quotes")]
    pub(crate) view: String,
    /// For parquet: the folder to write to; it is made where there is none
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

/// A form to write a record in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// The wire form, an article a line
    Jsonl,
    /// A view as CSV
    Csv,
    /// A Parquet file for each list of rows, and one of the articles
    Parquet,
    /// FollowTheMoney entities, one a line
    Ftm,
    /// Popolo persons, organizations, posts, memberships and speeches
    Popolo,
    /// A page of W3C Web Annotations
    WebAnnotation,
    /// schema.org in JSON-LD
    SchemaOrg,
}

/// With which model to read.
#[derive(Debug, Group)]
pub(crate) struct Model {
    /// Read with the model in FILE instead of the one that is part of the command
    #[arg(long = "model", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The instructions to run the model on: plain, avx2 or vnni; all give the same
    #[arg(long, value_name = "NAME", hide = true)]
    pub(crate) cpu: Option<String>,
}

#[derive(Debug, Group)]
pub(crate) struct Explain {
    /// The article's file, `-` for standard input
    pub(crate) article: PathBuf,
    /// The id of a row, a person or a post, such as `a1`, `e1`, `p1`
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) model: Model,
}

/// How to show what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The article with sources, cues and contents marked, and the rows below
    Text,
    /// The record: one object for one article, an array for several and for folders
    Json,
    /// The record of one article a line
    Jsonl,
    /// A page for browsers, self-contained and without script; several inputs need a folder to go to
    Html,
    /// The JSON of BBC Citron, without what is reported within something reported
    Citron,
    /// The standoff files of brat; several inputs need a folder to go to
    Brat,
    /// What led to what, as a graph for Graphviz; one graph for each article
    Dot,
    /// Tables for programs that count: a Parquet file for each list of rows; needs a folder to go to
    Parquet,
}

impl Paths {
    /// All paths, in order.
    pub(crate) fn all(&self) -> Result<Vec<PathBuf>, Problem> {
        let Some(list) = &self.list else { return Ok(self.named.clone()) };
        let read = match list.as_os_str().to_str() {
            Some("-") => io::read_to_string(io::stdin()),
            _ => fs::read_to_string(list),
        };
        let read = read.map_err(|error| Problem::reading(list.display(), &error))?;
        let listed = read.lines().map(|line| line.trim_end_matches('\r')).filter(|line| !line.is_empty());
        let paths: Vec<PathBuf> = self.named.iter().cloned().chain(listed.map(PathBuf::from)).collect();
        if paths.is_empty() {
            return Err(Problem::new(format!("{}: expected paths, one a line, found none", list.display())));
        }
        Ok(paths)
    }
}

impl Read {
    pub(crate) fn text(&self) -> onrecord::wire::Text {
        if self.no_text { onrecord::wire::Text::Omit } else { onrecord::wire::Text::Keep }
    }
}

/// The versions that a bug report needs: the command, the wire form, the model.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let (command, wire) = (env!("CARGO_PKG_VERSION"), onrecord::wire::VERSION);
    let model = onrecord::encode::shipped_id();
    format!("{command}\nwire {wire}\nmodel {model}")
});

/// Prints help or the version, or says what is wrong with the command line.
pub(crate) fn answer(answer: &clap::Error) -> ExitCode {
    match answer.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let written = answer.print().map_err(|error| Problem::stdout(&error));
            let code = u8::try_from(answer.exit_code()).unwrap_or(2);
            if written.is_ok() { ExitCode::from(code) } else { Messages::new().end(written.err().as_ref()) }
        }
        _ => Messages::new().end(Some(&usage(answer))),
    }
}

/// What clap found, in the form of every other message: its first paragraph, then its tips or where to look.
fn usage(error: &clap::Error) -> Problem {
    let text = error.render().to_string();
    let (message, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let problem = Problem::new(message.strip_prefix("error: ").unwrap_or(message));
    let tips: Vec<&str> = rest.lines().filter_map(|line| line.trim_start().strip_prefix("tip: ")).collect();
    problem.hint(if tips.is_empty() { "`--help` lists what there is".to_owned() } else { tips.join("; ") })
}

/// A publication date is kept as given; the engine reads its day, and jiff the rest of it.
fn published(value: &str) -> Result<String, String> {
    let article = onrecord::Article { published: Some(value.to_owned()), ..onrecord::Article::default() };
    let has_day = onrecord::Document::new(article).published().is_some();
    let is_whole = value.parse::<DateTime>().is_ok() || value.parse::<Timestamp>().is_ok();
    if has_day && is_whole {
        return Ok(value.to_owned());
    }
    Err("expected an ISO 8601 date or date-time, such as 2019-03-05 or 2019-03-05T18:30:00Z".to_owned())
}

/// The most threads that a run may ask for.
pub(crate) const THREADS: Limit = Limit {
    code: "too_many_threads",
    value: 1_024,
    unit: "threads",
    why: "more is refused: no machine reads faster by it, and starting a million takes one down",
};

fn threads(value: &str) -> Result<NonZeroUsize, String> {
    let number = value.parse().ok().filter(|number: &NonZeroUsize| number.get() <= THREADS.value);
    number.ok_or_else(|| format!("expected a whole number from 1 to {}", THREADS.value))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_flags_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn threads_have_a_limit() {
        assert_eq!(threads("1").map(NonZeroUsize::get), Ok(1));
        assert_eq!(threads("1024").map(NonZeroUsize::get), Ok(1_024));
        for bad in ["0", "1025", "-1", "1.5", "many", "", "99999999999999999999"] {
            assert!(threads(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_publication_date_is_a_date() {
        for good in [
            "2019-03-05",
            "2019-03-05T18:30:00Z",
            "2019-03-05T18:30:00+01:00",
            "2019-03-05T18:30",
            "2020-02-29",
        ] {
            assert_eq!(published(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "yesterday",
            "5 March 2019",
            "2019-02-29",
            "2019-3-5",
            "20190305",
            "2019-03-05T25:00",
            "2019-03-05x",
            "9999999-13-45",
        ] {
            assert!(published(bad).is_err(), "{bad:?}");
        }
    }
}
