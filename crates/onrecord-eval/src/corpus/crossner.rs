//! CrossNER, sentences of Wikipedia with names: here those on politics.
//!
//! In: `ner/crossner-politics/ner_data/politics/dev.txt`, a word and its label a line. Out: [`Names`]. The corpus has
//! words and no text, so the text is put together as it would be printed. It never opens another split.

use std::path::Path;

use super::open;
use crate::{Error, Span};

/// A text with the names that people marked in it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// What it is called in listings.
    pub name: String,
    /// The text.
    pub text: String,
    /// The names, in order of position.
    pub marked: Vec<Marked>,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// `person`, `organization` or `place`; `None` where the corpus says that it is something else.
    pub kind: Option<&'static str>,
    /// Where it stands.
    pub span: Span,
}

/// How many sentences [`texts`] puts into one.
pub const SENTENCES: usize = 12;

const CORPUS: &str = "ner/crossner-politics/ner_data/politics/dev.txt";

/// The sentences, each by itself. `data` is the folder that holds `ner/crossner-politics`.
///
/// # Errors
///
/// When the corpus is not there or breaks its format.
pub fn sentences(data: &Path) -> Result<Vec<Names>, Error> {
    let path = data.join(CORPUS);
    if !path.is_file() {
        return Err(Error::no_corpus("CrossNER", data));
    }
    parse(&path, &open(&path)?)
}

/// The sentences, some in each text, a paragraph each.
pub fn texts(sentences: &[Names]) -> Vec<Names> {
    let join = |sentences: &[Names]| {
        let mut text = Names { name: sentences[0].name.clone(), ..Names::default() };
        for sentence in sentences {
            if !text.text.is_empty() {
                text.text.push('\n');
            }
            let by = text.text.chars().count();
            text.text.push_str(&sentence.text);
            text.marked.extend(sentence.marked.iter().map(|&Marked { kind, span }| Marked {
                kind,
                span: Span::new(by + span.start, by + span.end),
            }));
        }
        text
    };
    sentences.chunks(SENTENCES).map(join).collect()
}

fn parse(path: &Path, lines: &str) -> Result<Vec<Names>, Error> {
    let mut sentences = Vec::new();
    let mut words: Vec<(&str, &str)> = Vec::new();
    for (number, line) in (1..).zip(lines.lines().chain([""])) {
        if !line.trim().is_empty() {
            let malformed = || Error::malformed(path, number, "`WORD<tab>LABEL`", format!("`{line}`"));
            words.push(line.rsplit_once('\t').ok_or_else(malformed)?);
        } else if !words.is_empty() {
            let (text, spans) = put_together(words.iter().map(|(word, _)| *word));
            let name = format!("crossner-politics-{}", sentences.len());
            sentences.push(Names { name, text, marked: marked(&words, &spans) });
            words.clear();
        }
    }
    Ok(sentences)
}

/// The spans of labels `B-KIND I-KIND …`; a span begins at each `B`, and at an `I` that follows another kind.
fn marked(words: &[(&str, &str)], spans: &[Span]) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    let mut open: Option<&str> = None;
    for (&(_, label), &span) in words.iter().zip(spans) {
        let Some((place, kind)) = label.split_once('-') else {
            open = None;
            continue;
        };
        match marked.last_mut() {
            Some(last) if place == "I" && open == Some(kind) => last.span.end = span.end,
            _ => marked.push(Marked { kind: measured(kind), span }),
        }
        open = Some(kind);
    }
    marked
}

/// What a label of the corpus is called in the record. Elections, events and the rest are none of the three.
fn measured(label: &str) -> Option<&'static str> {
    match label {
        "person" | "politician" => Some("person"),
        "organisation" | "politicalparty" => Some("organization"),
        "location" | "country" => Some("place"),
        _ => None,
    }
}

/// Words to text as it would be printed, and where each stands.
fn put_together<'w>(words: impl Iterator<Item = &'w str>) -> (String, Vec<Span>) {
    let (mut text, mut length, mut spans) = (String::new(), 0, Vec::new());
    let (mut glued, mut quoting) = (true, false);
    for word in words {
        let mut closes = closes(word);
        if word == "\"" {
            (closes, quoting) = (quoting, !quoting);
        }
        if !glued && !closes {
            text.push(' ');
            length += 1;
        }
        let end = length + word.chars().count();
        spans.push(Span::new(length, end));
        text.push_str(word);
        length = end;
        glued = matches!(word, "(" | "[" | "``" | "$") || word == "\"" && quoting;
    }
    (text, spans)
}

/// Whether a word stands without a blank behind the one before it.
fn closes(word: &str) -> bool {
    matches!(
        word,
        "." | ","
            | ";"
            | ":"
            | "!"
            | "?"
            | ")"
            | "]"
            | "%"
            | "''"
            | "’"
            | "'"
            | "n't"
            | "'s"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
    )
}

#[cfg(test)]
mod tests {
    use super::{Names, Path, parse, texts};

    const LINES: &str = "Ana\tB-politician\nRoz\tI-politician\n(\tO\nCivic\tB-politicalparty\nUnion\tI-politicalparty\n)\tO\n\
        's\tO\n\"\tO\nGroße\tB-country\nMark\tB-location\n\"\tO\n.\tO\n\n2001\tB-election\nvote\tI-election\n\
        Roz\tI-person\n\n";

    fn names() -> Vec<Names> {
        parse(Path::new("dev.txt"), LINES).unwrap()
    }

    /// Checks the texts of the names, each after its kind.
    #[track_caller]
    fn check(names: &Names, text: &str, marked: &[(Option<&str>, &str)]) {
        let chars: Vec<char> = names.text.chars().collect();
        let found: Vec<(Option<&str>, String)> = names
            .marked
            .iter()
            .map(|name| (name.kind, chars[name.span.start..name.span.end].iter().collect()))
            .collect();
        let expected: Vec<(Option<&str>, String)> =
            marked.iter().map(|&(kind, text)| (kind, text.to_owned())).collect();
        assert_eq!((names.text.as_str(), found), (text, expected));
    }

    #[test]
    fn words_make_a_text() {
        let names = names();
        assert_eq!(names.len(), 2);
        let place = Some("place");
        check(
            &names[0],
            "Ana Roz (Civic Union)'s \"Große Mark\".",
            &[
                (Some("person"), "Ana Roz"),
                (Some("organization"), "Civic Union"),
                (place, "Große"),
                (place, "Mark"),
            ],
        );
        check(&names[1], "2001 vote Roz", &[(None, "2001 vote"), (Some("person"), "Roz")]);
    }

    #[test]
    fn sentences_are_joined_as_paragraphs() {
        let texts = texts(&names());
        let marked = [
            (Some("person"), "Ana Roz"),
            (Some("organization"), "Civic Union"),
            (Some("place"), "Große"),
            (Some("place"), "Mark"),
            (None, "2001 vote"),
            (Some("person"), "Roz"),
        ];
        check(&texts[0], "Ana Roz (Civic Union)'s \"Große Mark\".\n2001 vote Roz", &marked);
    }

    #[test]
    fn a_line_without_a_label_is_told() {
        let error = parse(Path::new("dev.txt"), "Ana\tO\nRoz").unwrap_err();
        assert_eq!(error.to_string(), "`dev.txt`, line 2: expected `WORD<tab>LABEL`, found `Roz`");
    }
}
