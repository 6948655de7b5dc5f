//! Names of files that articles ask for: safe on any file system, one article each.
//!
//! In: an article's id or the name of its input, which may be hostile. Out: a stem without folders, of a fair
//! length, that no other article of the run has. It keeps a good name as it is: `a.txt` gives `a`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use onrecord_intake::Place;

use crate::terminal;

/// The longest stem in bytes: with an extension and a number it fits every common file system.
const LONGEST: usize = 200;

/// What an article is called.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) id: Option<String>,
    pub(crate) place: Place,
}

impl Name {
    /// The stem that the article asks for: its input's, or its id where the input holds many.
    pub(crate) fn stem(&self) -> String {
        let stem =
            Path::new(self.place.name()).file_stem().map_or(Cow::Borrowed(""), |stem| stem.to_string_lossy());
        match (self.place.part(), &self.id) {
            (None, _) => safe(&stem),
            (Some(_), Some(id)) => safe(id),
            (Some(part), None) => safe(&format!("{stem}-{}", part.number())),
        }
    }
}

/// The names that are taken.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// In lower case: some file systems do not tell the cases apart.
    taken: BTreeSet<String>,
    /// The next number to try after a stem, so that a thousand articles with one name do not try a million.
    numbers: BTreeMap<String, u64>,
}

impl Names {
    /// Keeps `stem` from any article.
    pub(crate) fn reserve(&mut self, stem: &str) {
        self.taken.insert(stem.to_lowercase());
    }

    /// `stem`, or the first of `stem-2`, `stem-3` … that is free.
    pub(crate) fn take(&mut self, stem: &str) -> String {
        if self.taken.insert(stem.to_lowercase()) {
            return stem.to_owned();
        }
        let number = self.numbers.entry(stem.to_lowercase()).or_insert(2);
        loop {
            let numbered = format!("{stem}-{number}");
            *number += 1;
            if self.taken.insert(numbered.to_lowercase()) {
                return numbered;
            }
        }
    }
}

/// `name` with what could leave the folder, act or hide as `-`.
fn safe(name: &str) -> String {
    let is_unsafe = |c: char| terminal::is_hidden(c) || c.is_control() || "/\\:*?\"<>|\u{fffd}".contains(c);
    let mut name: String = name.chars().map(|c| if is_unsafe(c) { '-' } else { c }).collect();
    while name.len() > LONGEST {
        name.pop();
    }
    // A leading dot hides a file, a trailing one or a space is lost on some systems.
    let name = name.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    match name {
        "" => "article".to_owned(),
        name if is_device(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

/// Names that stand for a device on Windows, with any extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let is_port =
        |kind| stem.strip_prefix(kind).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_name_stays() {
        for name in ["a", "nyt_0123", "My article (2)", "São Paulo", "a.b", "2019-03-05"] {
            assert_eq!(safe(name), name);
        }
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        let check = |name: &str, expected: &str| assert_eq!(safe(name), expected, "{name:?}");
        check("../../etc/passwd", "etc-passwd");
        check("..", "article");
        check("", "article");
        check("C:\\a", "C--a");
        check("https://e.example/a?b=1", "https---e.example-a-b=1");
        check("a\0b\n\u{202e}c", "a-b--c");
        check(".hidden", "hidden");
        check("nul.txt", "_nul.txt");
        check("COM1", "_COM1");
        check("a. ", "a");
        assert_eq!(safe(&"é".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        names.reserve("index");
        let found: Vec<String> =
            ["a", "A", "a-2", "a", "index", "b"].iter().map(|name| names.take(name)).collect();
        assert_eq!(found, ["a", "A-2", "a-2-2", "a-3", "index-2", "b"]);
    }
}
