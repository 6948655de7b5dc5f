//! PolNeAR, political news with attributions: who said, thought or wanted what.
//!
//! In: `data/SPLIT/text/*.txt`, `data/SPLIT/attributions/*.ann` and `data/metadata.tsv`. Out: [`Article`]s.
//! It never merges annotators: of an article that several people annotated, the first file by name is the gold.
//! The format of `.ann` files is that of brat, with two ways of its own: the pieces of one thing are marks of their
//! own (`Content`, `Content2`), and a mark may itself be in pieces (`115 290;300 310`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{About, Article, Split, open};
use crate::{Attribution, Error, Span};

/// Reads a split. `data` is the folder that holds `quotes/polnear`.
///
/// # Errors
///
/// When the corpus is not there, or a file cannot be read or breaks its format.
pub fn read(data: &Path, split: Split) -> Result<Vec<Article>, Error> {
    let root = data.join("quotes/polnear/data");
    let folder = root.join(split.name());
    if !folder.is_dir() {
        return Err(Error::no_corpus("PolNeAR", data));
    }
    let mut about = metadata(&root.join("metadata.tsv"), split)?;
    let mut articles = Vec::new();
    for (name, path) in gold_files(&folder.join("attributions"))? {
        let text = open(&folder.join("text").join(format!("{name}.txt")))?;
        let gold = attributions(&path, &open(&path)?)?;
        let about = about.remove(&name).unwrap_or_default();
        articles.push(Article { name, text, gold, about });
    }
    Ok(articles)
}

/// The text of one article alone.
///
/// # Errors
///
/// When it is not there.
pub fn text(data: &Path, split: Split, name: &str) -> Result<String, Error> {
    open(&data.join("quotes/polnear/data").join(split.name()).join("text").join(format!("{name}.txt")))
}

/// The first annotation file of each article, by the article's name.
fn gold_files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(|cause| Error::io("read", folder, cause))?;
    let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|cause| Error::io("read", folder, cause))?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ann"));
    paths.sort();
    let mut files = BTreeMap::new();
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.ok_or_else(|| Error::bad_name(&path))?;
        files.entry(without_annotator(stem).to_owned()).or_insert(path);
    }
    Ok(files)
}

/// Takes the annotator's four hexadecimal digits off a file name.
fn without_annotator(stem: &str) -> &str {
    let is_annotator = |id: &str| id.len() == 4 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match stem.rsplit_once('_') {
        Some((name, id)) if is_annotator(id) => name,
        _ => stem,
    }
}

/// Reads an annotation file: its marks (`T` lines), then the attributions that join them (`E` lines).
fn attributions(path: &Path, lines: &str) -> Result<Vec<Attribution>, Error> {
    let mut marks: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut events = Vec::new();
    for (number, line) in (1..).zip(lines.lines()) {
        let malformed = |expected| Error::malformed(path, number, expected, format!("`{line}`"));
        let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
        if is_id(id, 'T') {
            marks.insert(id, mark(rest).ok_or_else(|| malformed("`LABEL START END<tab>TEXT`"))?);
        } else if is_id(id, 'E') {
            events.push((rest, malformed("`ROLE:MARK` pairs")));
        }
    }
    let mut found = Vec::new();
    for (joined, error) in events {
        let attribution = join(joined, &marks).ok_or(error)?;
        if !attribution.is_empty() {
            found.push(attribution);
        }
    }
    // A stable sort: attributions that start together stay in the order of the file, which breaks ties in scoring.
    found.sort_by_key(Attribution::start);
    Ok(found)
}

fn is_id(id: &str, letter: char) -> bool {
    id.strip_prefix(letter)
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The pieces of a mark: `Content 115 290;300 310<tab>TEXT`.
fn mark(rest: &str) -> Option<Vec<Span>> {
    let (place, _text) = rest.split_once('\t')?;
    let (_label, pieces) = place.split_once(' ')?;
    pieces
        .split(';')
        .map(|piece| {
            let (start, end) = piece.trim().split_once(' ')?;
            Some(Span::new(start.parse().ok()?, end.trim_start().parse().ok()?))
        })
        .collect()
}

/// One attribution: `Attribution:T4 Content:T3 Content2:T9 Cue:T2 Source:T1`. A mark that the file lacks is no part.
fn join(joined: &str, marks: &BTreeMap<&str, Vec<Span>>) -> Option<Attribution> {
    let mut attribution = Attribution::default();
    for pair in joined.split_whitespace() {
        let (role, id) = pair.split_once(':')?;
        let Some(pieces) = marks.get(id) else { continue };
        let list = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Cue" => &mut attribution.cue,
            "Source" => &mut attribution.source,
            "Content" => &mut attribution.content,
            _ => continue,
        };
        list.extend(pieces);
    }
    for list in [&mut attribution.cue, &mut attribution.source, &mut attribution.content] {
        list.sort_unstable();
        list.dedup();
    }
    Some(attribution)
}

/// What the corpus says of the articles of one split, by name. Columns are found by their heading.
fn metadata(path: &Path, split: Split) -> Result<BTreeMap<String, About>, Error> {
    let table = open(path)?;
    let mut lines = table.lines();
    let heading: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &'static str| {
        let found = heading.iter().position(|&column| column == name);
        found.ok_or_else(|| {
            Error::malformed(path, 1, "a heading with the corpus's columns", format!("no `{name}`"))
        })
    };
    let compartment = column("compartment")?;
    let name = column("filename")?;
    let publisher = column("publisher")?;
    let date = column("publication_date")?;
    let title = column("title")?;
    let mut about = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell =
            |at: usize| cells.get(at).filter(|&&c| !c.is_empty() && c != "None").map(|&c| c.to_owned());
        if cells.get(compartment) == Some(&split.name()) {
            let row = About { publisher: cell(publisher), published: cell(date), title: cell(title) };
            about.insert(cell(name).unwrap_or_default(), row);
        }
    }
    Ok(about)
}

#[cfg(test)]
mod tests {
    use super::{Path, attributions, read, without_annotator};
    use crate::corpus::{Article, Split};
    use crate::{Error, Span};

    fn corpus() -> Vec<Article> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        read(&folder, Split::Dev).expect("the corpus of the tests is complete")
    }

    fn parse(lines: &str) -> Result<Vec<crate::Attribution>, Error> {
        attributions(Path::new("a.ann"), lines)
    }

    #[test]
    fn articles_come_in_order_of_their_names() {
        let articles = corpus();
        let names: Vec<&str> = articles.iter().map(|article| article.name.as_str()).collect();
        assert!(names.is_sorted() && names.len() == 5, "{names:?}");
        assert_eq!(articles[0].about.publisher.as_deref(), Some("gazette"));
        assert_eq!(articles[0].about.published.as_deref(), Some("2021-03-05"));
        assert_eq!(articles[2].gold, []);
    }

    #[test]
    fn the_first_annotator_is_the_gold() {
        // Annotator a0f1 marked ten attributions, b1c2 one.
        assert_eq!(corpus()[0].gold.len(), 10);
        assert_eq!(without_annotator("star_2021-03-08_mill_00ff"), "star_2021-03-08_mill");
        assert_eq!(without_annotator("star_2021-03-08_mill"), "star_2021-03-08_mill");
        assert_eq!(without_annotator("star_2021-03-08_cafes_00FF"), "star_2021-03-08_cafes_00FF");
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_count() {
        let notes = &corpus()[1];
        assert!(notes.text.starts_with("\u{feff}Notes") && notes.text.contains("\r\n"));
        let roz = notes.gold[0].source[0];
        let found: String = notes.text.chars().skip(roz.start).take(roz.end - roz.start).collect();
        assert_eq!(found, "Ana Roz\u{301}");
    }

    #[test]
    fn pieces_are_gathered_and_sorted() {
        let found = parse(
            "T1\tContent 30 40\tx\nT2\tContent 5 9;12 20\tx … x\nT3\tCue 21 25\tsaid\nT4\tAttribution 21 25\tsaid\n\
             E1\tAttribution:T4 Content:T1 Content2:T2 Cue:T3 Cue2:T3 Source:T9\n#1\tNote\tof an annotator",
        );
        let found = found.unwrap();
        assert_eq!(found[0].content, [Span::new(5, 9), Span::new(12, 20), Span::new(30, 40)]);
        assert_eq!((found[0].cue.as_slice(), found[0].source.len()), ([Span::new(21, 25)].as_slice(), 0));
    }

    #[test]
    fn an_event_without_known_marks_is_no_attribution() {
        assert_eq!(parse("E1\tAttribution:T1 Cue:T2").unwrap(), []);
    }

    #[test]
    fn ties_keep_the_order_of_the_file() {
        let found =
            parse("T1\tCue 7 9\tx\nT2\tSource 7 8\tx\nT3\tCue 1 2\tx\nE1\tCue:T1\nE2\tSource:T2\nE3\tCue:T3");
        let starts: Vec<(usize, bool)> =
            found.unwrap().iter().map(|one| (one.start(), one.cue.is_empty())).collect();
        assert_eq!(starts, [(1, false), (7, false), (7, true)]);
    }

    #[test]
    fn broken_lines_are_named() {
        for (lines, message) in [
            ("T1\tCue 7\tx", "`a.ann`, line 1: expected `LABEL START END<tab>TEXT`, found `T1\tCue 7\tx`"),
            ("\nE1\tCue", "`a.ann`, line 2: expected `ROLE:MARK` pairs, found `E1\tCue`"),
        ] {
            let error = parse(lines).unwrap_err();
            assert!(error.is_malformed());
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_folder_without_the_corpus_is_told() {
        let error = read(Path::new("nowhere"), Split::Train).unwrap_err();
        assert!(error.is_no_corpus());
        assert_eq!(error.to_string(), "no PolNeAR corpus in `nowhere`");
    }
}
