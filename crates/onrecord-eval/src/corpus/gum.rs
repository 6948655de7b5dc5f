//! GUM, English of many kinds in which everything that is mentioned was marked, nested and linked.
//!
//! In: `multi/gum/splits.md` and `multi/gum/dep/*.conllu`, whose column MISC has `Entity=`. Out: the [`Document`]s of
//! dev that the scores are about, with the people in them. A word of a contraction stands where its letters do, else
//! where the whole contraction does. It never opens another split.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Split, open};
use crate::{Error, Span};

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// The text, a line for each paragraph.
    pub text: String,
    /// Mentions of people, in order of position.
    pub people: Vec<Mention>,
}

/// A mention of a person, or of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Who is meant: the same for all mentions of one.
    pub entity: String,
    /// What its last needed word is: `name`, `nominal`, `pronoun` or `other`.
    pub kind: &'static str,
    /// Where it stands, with all that belongs to it.
    pub span: Span,
    /// The words that make it this mention: the corpus's minimal span.
    pub least: Vec<Span>,
}

/// The kinds of text that are scored: those in which somebody writes about people.
const GENRES: [&str; 8] = ["academic", "bio", "essay", "letter", "news", "textbook", "voyage", "whow"];

/// The documents of dev. `data` is the folder that holds `multi/gum`.
///
/// # Errors
///
/// When the corpus is not there, or a file breaks its format.
pub fn read(data: &Path) -> Result<Vec<Document>, Error> {
    let root = data.join("multi/gum");
    if !root.is_dir() {
        return Err(Error::no_corpus("GUM", data));
    }
    let splits = open(&root.join("splits.md"))?;
    let mut documents = Vec::new();
    for name in dev(&splits) {
        let path = root.join("dep").join(format!("{name}.conllu"));
        documents.push(document(&path, name, &open(&path)?)?);
    }
    Ok(documents)
}

/// A document with the class of each word.
#[derive(Clone, Debug)]
pub struct Classed {
    /// The text, a line for each paragraph.
    pub text: String,
    /// Its words, in order of position.
    pub words: Vec<ClassedWord>,
}

/// A word and its class.
#[derive(Clone, Debug)]
pub struct ClassedWord {
    /// Its first byte.
    pub start: usize,
    /// Its tag, of the Penn Treebank.
    pub class: String,
}

/// The kinds of text whose licence lets weights be made of them.
const FREE_GENRES: [&str; 10] =
    ["academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"];

/// The documents of a split with the class of each word.
///
/// # Errors
///
/// When the corpus is not there, or a file breaks its format.
pub fn classed(data: &Path, split: Split) -> Result<Vec<Classed>, Error> {
    let root = data.join("multi/gum");
    if !root.is_dir() {
        return Err(Error::no_corpus("GUM", data));
    }
    let splits = open(&root.join("splits.md"))?;
    let mut documents = Vec::new();
    for name in listed(&splits, split, &FREE_GENRES) {
        let path = root.join("dep").join(format!("{name}.conllu"));
        let lines = open(&path)?;
        let (text, words) = words(&path, &lines)?;
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let words = words.iter().filter_map(|word| {
            Some(ClassedWord { start: *bytes.get(word.span.start)?, class: word.tag.to_owned() })
        });
        documents.push(Classed { words: words.collect(), text });
    }
    Ok(documents)
}

/// The names of the scored documents of dev, sorted.
fn dev(splits: &str) -> Vec<&str> {
    listed(splits, Split::Dev, &GENRES)
}

/// The names of the documents of a split in some genres, sorted.
fn listed<'s>(splits: &'s str, split: Split, genres: &[&str]) -> Vec<&'s str> {
    let heading = format!("## {}", split.name());
    let lines = splits.lines().skip_while(|line| *line != heading).skip(1);
    let listed = lines.take_while(|line| !line.starts_with("## "));
    let mut names: Vec<&str> = listed.filter_map(|line| line.trim().strip_prefix("* ")).collect();
    names.retain(|name| name.split('_').nth(1).is_some_and(|genre| genres.contains(&genre)));
    names.sort_unstable();
    names
}

/// A syntactic word.
struct Word<'l> {
    line: usize,
    span: Span,
    class: &'l str,
    /// Of the Penn Treebank.
    tag: &'l str,
    entity: &'l str,
}

fn document(path: &Path, name: &str, lines: &str) -> Result<Document, Error> {
    let (text, words) = words(path, lines)?;
    Ok(Document { name: name.to_owned(), text, people: people(path, &words)? })
}

/// The text as it is put together, in code points.
#[derive(Default)]
struct Printed {
    chars: Vec<char>,
    /// The next word follows without a blank.
    glued: bool,
    /// The number of the last word of a contraction, and where the contraction stands.
    contraction: (usize, Span),
}

impl Printed {
    fn new() -> Printed {
        Printed { glued: true, ..Printed::default() }
    }

    fn paragraph(&mut self) {
        if self.chars.last().is_some_and(|&c| c != '\n') {
            self.chars.push('\n');
        }
        self.glued = true;
    }

    fn append(&mut self, form: &str) -> Span {
        if !self.glued {
            self.chars.push(' ');
        }
        let start = self.chars.len();
        self.chars.extend(form.chars());
        Span::new(start, self.chars.len())
    }

    /// Where a word of the open contraction stands.
    fn part(&self, form: &str) -> Span {
        let whole = self.contraction.1;
        let form: Vec<char> = form.chars().collect();
        let found =
            self.chars[whole.start..whole.end].windows(form.len().max(1)).position(|part| part == form);
        found.map_or(whole, |at| Span::new(whole.start + at, whole.start + at + form.len()))
    }
}

fn words<'l>(path: &Path, lines: &'l str) -> Result<(String, Vec<Word<'l>>), Error> {
    let (mut printed, mut words) = (Printed::new(), Vec::new());
    for (line, row) in (1..).zip(lines.lines()) {
        if row.starts_with("# newpar") {
            printed.paragraph();
        }
        let cells: Vec<&str> = row.split('\t').collect();
        let [id, form, _, class, tag, .., misc] = cells[..] else { continue };
        if id.contains('.') {
            continue;
        }
        let number = |digits: &str| {
            let expected = "the number of a word";
            digits.parse::<usize>().map_err(|_| Error::malformed(path, line, expected, format!("`{digits}`")))
        };
        let glued = misc.split('|').any(|pair| pair == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            printed.contraction = (number(last)?, printed.append(form));
            printed.glued = glued;
            continue;
        }
        let in_contraction = number(id)? <= printed.contraction.0;
        let span = if in_contraction { printed.part(form) } else { printed.append(form) };
        let entity = misc.split('|').find_map(|pair| pair.strip_prefix("Entity=")).unwrap_or_default();
        words.push(Word { line, span, class, tag, entity });
        if !in_contraction {
            printed.glued = glued;
        } else if number(id)? == printed.contraction.0 {
            printed.contraction = (0, Span::default());
        }
    }
    Ok((printed.chars.into_iter().collect(), words))
}

/// An entity's bracket `(ID-KIND-INFSTAT-SALIENCE-CENTERING-MINSPAN-…`, and the word at which it stands.
struct Opened<'l> {
    at: usize,
    kind: &'l str,
    least: &'l str,
}

fn people(path: &Path, words: &[Word<'_>]) -> Result<Vec<Mention>, Error> {
    let mut opened: BTreeMap<&str, Vec<Opened<'_>>> = BTreeMap::new();
    let mut people = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let malformed =
            || Error::malformed(path, word.line, "brackets of entities", format!("`{}`", word.entity));
        for bracket in brackets(word.entity) {
            let fields: Vec<&str> = bracket.trim_matches(['(', ')']).split('-').collect();
            if bracket.starts_with('(') {
                let [_, kind, _, _, _, least, ..] = fields[..] else { return Err(malformed()) };
                opened.entry(fields[0]).or_default().push(Opened { at, kind, least });
            }
            if bracket.ends_with(')') {
                let open = opened.get_mut(fields[0]).and_then(Vec::pop).ok_or_else(malformed)?;
                if open.kind == "person" {
                    people.push(mention(fields[0], &open, &words[open.at..=at]).ok_or_else(malformed)?);
                }
            }
        }
    }
    people.sort_by_key(|mention| (mention.span.start, usize::MAX - mention.span.end));
    Ok(people)
}

/// `(1-person(2-place)1)` → `(1-person`, `(2-place)`, `1)`.
fn brackets(entity: &str) -> Vec<&str> {
    let mut brackets = Vec::new();
    let mut from = 0;
    for (at, c) in entity.char_indices() {
        if c == '(' && from < at {
            brackets.push(&entity[from..at]);
            from = at;
        } else if c == ')' {
            brackets.push(&entity[from..=at]);
            from = at + 1;
        }
    }
    if from < entity.len() {
        brackets.push(&entity[from..]);
    }
    brackets
}

/// The mention of some words; `least` numbers the needed ones from 1.
fn mention(entity: &str, open: &Opened<'_>, words: &[Word<'_>]) -> Option<Mention> {
    let needed = open.least.split(',').map(|number| words.get(number.parse::<usize>().ok()?.checked_sub(1)?));
    let needed: Vec<&Word<'_>> = needed.collect::<Option<_>>()?;
    let kind = match needed.last()?.class {
        "PROPN" => "name",
        "NOUN" => "nominal",
        "PRON" => "pronoun",
        _ => "other",
    };
    let span = Span::new(words.first()?.span.start, words.last()?.span.end);
    Some(Mention {
        entity: entity.to_owned(),
        kind,
        span,
        least: needed.iter().map(|word| word.span).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Document, Path, Span, brackets, dev, document};

    fn gum(lines: &str) -> Document {
        let rows: Vec<String> = lines
            .lines()
            .map(|line| match line.split(' ').collect::<Vec<_>>()[..] {
                [id, form, class, misc] => format!("{id}\t{form}\tx\t{class}\tx\tx\tx\tx\tx\t{misc}"),
                _ => line.to_owned(),
            })
            .collect();
        document(Path::new("a.conllu"), "a", &rows.join("\n")).unwrap()
    }

    const LINES: &str = "# newpar\n1 Dr. PROPN Entity=(1-person-new-s-cf-1,2-coref-Ana_Roz\n2 Roz PROPN Entity=1)\n\
        3-4 didn't _ SpaceAfter=No\n3 did AUX _\n4 n't PART _\n5 . PUNCT _\n# newpar\n\
        1 Her PRON Entity=(2-person-new-s-cf-3-coref(1-person-giv-s-cf-1-ana)\n2 elder ADJ _\n3 son NOUN Entity=2)\n\
        4 in ADP _\n5 Ulm PROPN SpaceAfter=No|Entity=(3-place-new-s-cf-1-sgl)";

    #[test]
    fn people_and_what_makes_them() {
        let document = gum(LINES);
        assert_eq!(document.text, "Dr. Roz didn't.\nHer elder son in Ulm");
        let found: Vec<_> =
            document.people.iter().map(|m| (m.entity.as_str(), m.kind, m.span, m.least.as_slice())).collect();
        let at = Span::new;
        assert_eq!(
            found,
            [
                ("1", "name", at(0, 7), [at(0, 3), at(4, 7)].as_slice()),
                ("2", "nominal", at(16, 29), [at(26, 29)].as_slice()),
                ("1", "pronoun", at(16, 19), [at(16, 19)].as_slice()),
            ]
        );
    }

    #[test]
    fn words_of_a_contraction_stand_where_their_letters_do() {
        let document = gum("1-2 we'll _ _\n1 we PRON Entity=(1-person-acc-s-cf-1-ana)\n2 'll AUX _\n\
            3-4 thatsa _ _\n3 that PRON _\n4 is PRON Entity=(2-person-acc-s-cf-1-ana)");
        let spans: Vec<Span> = document.people.iter().map(|m| m.span).collect();
        assert_eq!(spans, [Span::new(0, 2), Span::new(6, 12)]);
    }

    #[test]
    fn brackets_open_and_close() {
        assert_eq!(brackets("1)(2-a(3-b)4)2)"), ["1)", "(2-a", "(3-b)", "4)", "2)"]);
    }

    #[test]
    fn only_dev_and_only_some_genres() {
        let splits = "# Splits\n\n## dev\n\n  * GUM_whow_b\n  * GUM_news_a\n  * GUM_vlog_a\n\n## test\n\n  * GUM_news_c\n";
        assert_eq!(dev(splits), ["GUM_news_a", "GUM_whow_b"]);
    }
}
