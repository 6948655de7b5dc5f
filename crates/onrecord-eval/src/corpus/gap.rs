//! GAP, passages of Wikipedia in which a pronoun means one of two names, or neither.
//!
//! In: `coref/gap/gap-validation.tsv`. Out: [`Passage`]s. It never uses the page that a passage was taken from.

use std::path::Path;

use super::open;
use crate::{Error, Span};

/// A passage with a pronoun and two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its name.
    pub name: String,
    /// The text.
    pub text: String,
    /// Where the pronoun stands.
    pub pronoun: Span,
    /// Whether the pronoun is one of women.
    pub feminine: bool,
    /// Where each name stands, and whether the pronoun means it.
    pub names: [(Span, bool); 2],
}

const CORPUS: &str = "coref/gap/gap-validation.tsv";
const EXPECTED: &str = "`ID, Text, Pronoun, its offset, A, its offset, TRUE or FALSE, B, …`";

/// The validation part. `data` is the folder that holds `coref/gap`.
///
/// # Errors
///
/// When the corpus is not there or breaks its format.
pub fn read(data: &Path) -> Result<Vec<Passage>, Error> {
    let path = data.join(CORPUS);
    if !path.is_file() {
        return Err(Error::no_corpus("GAP", data));
    }
    parse(&path, &open(&path)?)
}

fn parse(path: &Path, lines: &str) -> Result<Vec<Passage>, Error> {
    let rows = (1..).zip(lines.lines()).skip(1);
    rows.map(|(number, line)| {
        passage(line).ok_or_else(|| {
            let name = line.split('\t').next().unwrap_or_default();
            Error::malformed(path, number, EXPECTED, format!("another row `{name}`"))
        })
    })
    .collect()
}

fn passage(line: &str) -> Option<Passage> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, text, pronoun, at, a, a_at, a_meant, b, b_at, b_meant, _url] = cells[..] else { return None };
    let place = |words: &str, at: &str| {
        let start: usize = at.parse().ok()?;
        let end = start + words.chars().count();
        let there = text.chars().skip(start).take(end - start);
        there.eq(words.chars()).then_some(Span::new(start, end))
    };
    let feminine = match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" => true,
        "he" | "him" | "his" => false,
        _ => return None,
    };
    let meant = |cell: &str| match cell.to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    Some(Passage {
        name: id.to_owned(),
        text: text.to_owned(),
        pronoun: place(pronoun, at)?,
        feminine,
        names: [(place(a, a_at)?, meant(a_meant)?), (place(b, b_at)?, meant(b_meant)?)],
    })
}

#[cfg(test)]
mod tests {
    use super::{Passage, Path, Span, parse};

    const HEADING: &str =
        "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n";

    #[test]
    fn offsets_are_code_points() {
        let row = "v-1\tZoë met \"Ana Roz. Her boat sank.\tHer\t18\tZoë\t0\tFALSE\tAna Roz\t9\tTRUE\tu\n";
        let passage = Passage {
            name: "v-1".into(),
            text: "Zoë met \"Ana Roz. Her boat sank.".into(),
            pronoun: Span::new(18, 21),
            feminine: true,
            names: [(Span::new(0, 3), false), (Span::new(9, 16), true)],
        };
        assert_eq!(parse(Path::new("gap.tsv"), &format!("{HEADING}{row}")).unwrap(), [passage]);
    }

    #[test]
    fn a_name_that_does_not_stand_there_is_told() {
        let row = "v-1\tAna met Roz. She sang.\tShe\t13\tAna\t1\tFALSE\tRoz\t8\tTRUE\tu";
        let error = parse(Path::new("gap.tsv"), &format!("{HEADING}{row}")).unwrap_err();
        assert!(error.is_malformed() && error.to_string().starts_with("`gap.tsv`, line 2: "), "{error}");
    }
}
