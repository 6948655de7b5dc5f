//! Which inputs are meant? Paths, folders and standard input, one article after the other.
//!
//! In: the paths of the command line. Out: [`Entries`], in the order of the command line and, below a folder, of
//! names; what cannot be read is an entry too. It holds one open file at a time, follows no link that was not named,
//! and never reads what this run writes. Read on in [`walk`], then in `onrecord-intake`: bytes to articles.

mod walk;

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use onrecord::Article;
use onrecord_intake::{Articles, Item, Note, Outcome, Place, Record};

use crate::message::Problem;
use walk::{Found, Walk};

/// What stands for standard input in messages and file names.
const STDIN: &str = "stdin";

/// The inputs of a run.
#[derive(Debug)]
pub(crate) struct Inputs {
    roots: Vec<Root>,
    /// The named files, by their one true path.
    files: BTreeSet<PathBuf>,
    /// Where the run writes.
    out: Option<PathBuf>,
}

#[derive(Clone, Debug)]
enum Root {
    Stdin,
    File(PathBuf),
    Folder(PathBuf),
}

/// What an input gave.
#[derive(Debug)]
pub(crate) enum Entry {
    /// An article.
    Article(Box<Item>),
    /// A record that was read elsewhere.
    Record(Box<Record>),
    /// A part of an input that gave no article, and why.
    Refused(onrecord_intake::Error),
    /// Something that was left out on purpose: where, and what.
    LeftOut(String, String),
    /// An input that could not be opened.
    Problem(Problem),
}

impl Inputs {
    /// Checks the paths; standard input where there are none.
    pub(crate) fn new(paths: &[PathBuf], out: Option<&Path>) -> Result<Inputs, Problem> {
        if paths.is_empty() && io::stdin().is_terminal() {
            return Err(Problem::new(
                "no article to read: no PATH is given and standard input is a terminal",
            )
            .hint("name a file or a folder, as in `onrecord read article.txt`, or pipe a text in"));
        }
        let stdin = [PathBuf::from("-")];
        let paths = if paths.is_empty() { &stdin } else { paths };
        if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(
                Problem::new("`-` is given twice, and standard input can be read once").hint("name it once")
            );
        }
        let out = out.map(true_path);
        let roots: Vec<Root> = paths.iter().map(|path| root(path)).collect();
        let mut files = BTreeSet::new();
        for root in &roots {
            match root {
                Root::File(path) => files.extend(path.canonicalize().ok()),
                Root::Folder(path) if out.as_ref() == Some(&true_path(path)) => {
                    let message = format!("{}: is read, and `--out` writes to it", path.display());
                    return Err(Problem::new(message).hint("name another folder with `--out`"));
                }
                Root::Stdin | Root::Folder(_) => {}
            }
        }
        Ok(Inputs { roots, files, out })
    }

    /// Whether more than one article is asked for, however many there turn out to be.
    pub(crate) fn are_several(&self) -> bool {
        self.roots.len() > 1 || matches!(self.roots.first(), Some(Root::Folder(_)))
    }

    /// Whether `path` is a file that was named to be read.
    pub(crate) fn hold(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|path| self.files.contains(&path))
    }

    /// The number of inputs, found by a walk of its own; for showing progress.
    pub(crate) fn count(&self) -> u64 {
        let count = |root: &Root| match root {
            Root::Stdin | Root::File(_) => 1,
            Root::Folder(path) => {
                Walk::new(path, self.out.clone()).filter(|found| matches!(found, Found::File(_))).count()
            }
        };
        self.roots.iter().map(count).sum::<usize>() as u64
    }

    /// The articles, from the first input on.
    pub(crate) fn entries(&self) -> Entries {
        let roots = self.roots.clone().into_iter();
        Entries {
            ahead: VecDeque::new(),
            articles: None,
            walk: None,
            roots,
            out: self.out.clone(),
            opened: 0,
        }
    }
}

/// The one true path of what may not be there yet: of as much as is there, and the rest as given.
fn true_path(path: &Path) -> PathBuf {
    let found = path.ancestors().find_map(|there| {
        let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
        Some((there, there.canonicalize().ok()?))
    });
    match found {
        Some((there, found)) => found.join(path.strip_prefix(there).unwrap_or(path)),
        None => path.to_owned(),
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn root(path: &Path) -> Root {
    if is_stdin(path) {
        Root::Stdin
    } else if path.is_dir() {
        Root::Folder(path.to_owned())
    } else {
        Root::File(path.to_owned())
    }
}

/// What the inputs hold, one article at a time.
pub(crate) struct Entries {
    /// What was looked at and not yet taken.
    ahead: VecDeque<Entry>,
    articles: Option<Articles<'static>>,
    walk: Option<Walk>,
    roots: std::vec::IntoIter<Root>,
    out: Option<PathBuf>,
    opened: u64,
}

impl Entries {
    /// Whether two more can be taken.
    pub(crate) fn has_two(&mut self) -> bool {
        while self.ahead.len() < 2 {
            match self.read_next() {
                Some(entry) => self.ahead.push_back(entry),
                None => return false,
            }
        }
        true
    }

    /// The number of inputs that were opened.
    pub(crate) fn opened(&self) -> u64 {
        self.opened
    }

    fn read_next(&mut self) -> Option<Entry> {
        loop {
            if let Some(read) = self.articles.as_mut().and_then(Iterator::next) {
                return Some(match read {
                    Outcome::Article(item) => Entry::Article(item),
                    Outcome::Record(record) => Entry::Record(record),
                    Outcome::Refused(error) => Entry::Refused(error),
                });
            }
            self.articles = None;
            let root = match self.walk.as_mut().and_then(Iterator::next) {
                Some(Found::File(path)) => Root::File(path),
                Some(Found::Other(entry)) => return Some(entry),
                None => self.roots.next()?,
            };
            if let Root::Folder(path) = root {
                self.walk = Some(Walk::new(&path, self.out.clone()));
                continue;
            }
            self.opened += 1;
            match open(&root) {
                Ok(articles) => self.articles = Some(articles),
                Err(problem) => return Some(Entry::Problem(problem)),
            }
        }
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        self.ahead.pop_front().or_else(|| self.read_next())
    }
}

fn open(root: &Root) -> Result<Articles<'static>, Problem> {
    match root {
        Root::Stdin => Ok(onrecord_intake::articles(STDIN, io::stdin())),
        Root::File(path) | Root::Folder(path) => {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|error| Problem::reading(&name, &error))?;
            Ok(onrecord_intake::articles(&name, file))
        }
    }
}

/// The one article of an input, for commands that take no more.
pub(crate) fn one_article(path: &Path) -> Result<(Article, Vec<Note>, Place), Problem> {
    let name = path.display();
    let mut entries = match root(path) {
        Root::Folder(_) => {
            return Err(
                Problem::new(format!("{name}: expected one article, found a folder")).hint("name one file")
            );
        }
        _ => Inputs::new(&[path.to_owned()], None)?.entries(),
    };
    let has_more = entries.has_two();
    match entries.next() {
        Some(Entry::Article(_) | Entry::Record(_)) if has_more => {
            Err(Problem::new(format!("{name}: expected one article, found several"))
                .hint("pass the line that you mean: `sed -n 1p FILE | onrecord explain - a1`"))
        }
        Some(Entry::Article(item)) => Ok((item.article, item.notes, item.place)),
        Some(Entry::Problem(problem)) => Err(problem),
        Some(Entry::Refused(error)) => Err(error.into()),
        Some(Entry::Record(record)) => match record.article() {
            Ok(article) => Ok((article, Vec::new(), record.place)),
            Err(error) => Err(error.into()),
        },
        Some(Entry::LeftOut(..)) | None => {
            Err(Problem::new(format!("{name}: expected one article, found none")))
        }
    }
}
