//! Is that the same person, by name?
//!
//! In: a name that people gave as the fullest in an article, and the name that the record gives. Out: yes or no.
//! It never knows more than the article: "Joe" is not "Joseph", and no surname is rare.
//!
//! Names are compared by their words: runs of letters and digits in lower case, without apostrophes, without "the" in
//! front; single letters in a row are one word ("U.S.", "US"). The record's name fits when
//!
//! - its words are the same;
//! - or they are some of the words, in their order ("Clinton" for "Hillary Clinton"), or all of them and besides only
//!   single letters and "Jr", "Sr", "II", "III", "IV" ("Donald J. Trump" for "Donald Trump");
//! - or, for organizations, one is made of the first letters of the other ("EU", "the European Union").
//!
//! In the last two cases it must be clear who is meant: the record's name fits no name that the gold or the record has
//! for somebody else of the article.

/// A name as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Vec<String>);

/// The names of all that there are of one sort in an article.
#[derive(Clone, Debug, Default)]
pub struct Known(Vec<Name>);

/// What bears the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// People.
    Person,
    /// Organizations, and what speaks like one.
    Organization,
}

impl Name {
    /// A name.
    pub fn new(name: &str) -> Name {
        let letters: String =
            name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).flat_map(char::to_lowercase).collect();
        let given = letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words: Vec<String> = Vec::new();
        let mut after_letter = false;
        for word in given {
            let is_letter = word.chars().count() == 1;
            match words.last_mut() {
                Some(last) if is_letter && after_letter => last.push_str(word),
                _ => words.push(word.to_owned()),
            }
            after_letter = is_letter;
        }
        if words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        Name(words)
    }

    /// Whether `read` may stand for this fullest name, were there nobody else.
    fn fits(&self, read: &Name, sort: Sort) -> bool {
        let (full, read) = (&self.0, &read.0);
        if read.is_empty() || full.is_empty() {
            return false;
        }
        let additions = |rest: Vec<&String>| rest.into_iter().all(|word| is_addition(word));
        left_over(full, read).is_some()
            || left_over(read, full).is_some_and(additions)
            || sort == Sort::Organization && (is_short(read, full) || is_short(full, read))
    }
}

impl Known {
    /// Those names.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Known {
        Known(names.map(Name::new).collect())
    }

    /// Whether the record's name `read` is clearly that of whom the gold calls `full`.
    pub fn is_same(&self, full: &str, read: &str, sort: Sort) -> bool {
        let (full, read) = (Name::new(full), Name::new(read));
        let somebody_else = |known: &&Name| !full.fits(known, sort) && !known.fits(&full, sort);
        full == read
            || full.fits(&read, sort)
                && !self.0.iter().filter(somebody_else).any(|other| other.fits(&read, sort))
    }
}

/// Whether a word adds nothing to a name that could make it another's.
fn is_addition(word: &str) -> bool {
    word.chars().count() == 1 || matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

/// The words of `long` that are not in `short`; `None` where `short` is not in `long`, in order.
fn left_over<'w>(long: &'w [String], short: &[String]) -> Option<Vec<&'w String>> {
    let mut wanted = short.iter().peekable();
    let rest = long.iter().filter(|word| wanted.next_if_eq(word).is_none()).collect();
    wanted.peek().is_none().then_some(rest)
}

/// Whether `short` is one word, made of the first letters of `long`; small words may be left out.
fn is_short(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    let initials = |words: &mut dyn Iterator<Item = &String>| -> String {
        words.filter_map(|word| word.chars().next()).collect()
    };
    let large = |word: &&String| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "on" | "in");
    long.len() > 1
        && (initials(&mut long.iter()) == *short || initials(&mut long.iter().filter(large)) == *short)
}

#[cfg(test)]
mod tests {
    use super::{Known, Sort};

    /// Checks whether a name of the record is that of the gold's, among all names of the article.
    #[track_caller]
    fn check(sort: Sort, known: &[&str], full: &str, read: &str, same: bool) {
        assert_eq!(Known::new(known.iter().copied()).is_same(full, read, sort), same, "{full} / {read}");
    }

    #[test]
    fn people() {
        let known = ["Ana Roz", "Tomas Roz", "Ben O’Hara Ek", "Li"];
        for (full, read, same) in [
            ("Ana Roz", "Ana Roz", true),
            ("ANA ROZ", "Ana  Roz", true),
            ("Ana Roz", "Ana M. Roz", true),
            ("Ana Roz", "Ana Roz Jr.", true),
            ("Ana Roz", "Ana", true),
            ("Ana Roz", "Roz", false),
            ("Ana Roz", "Tomas Roz", false),
            ("Ana Roz", "Mia Roz", false),
            ("Ana Roz", "Roz Ana", false),
            ("Ana Roz", "", false),
            ("Ben O’Hara Ek", "O'Hara Ek", true),
            ("Ben O’Hara Ek", "Ek", true),
            ("Li", "Li", true),
            ("Li", "Mei Li", false),
            ("Robert C. \"Bobby\" Oak", "Bobby Oak", true),
            ("Robert C. \"Bobby\" Oak", "Bob Oak", false),
        ] {
            check(Sort::Person, &known, full, read, same);
        }
    }

    #[test]
    fn a_fuller_name_of_the_same_is_nobody_else() {
        check(Sort::Person, &["Ana Roz", "Ana M. Roz", "Roz", "Roz family doctor"], "Ana Roz", "Roz", false);
        check(Sort::Person, &["Ana Roz", "Ana M. Roz", "Roz"], "Ana Roz", "Roz", true);
    }

    #[test]
    fn organizations() {
        let known = ["Bureau of River Pilots", "U.S. Harbor Court", "the Harbor League"];
        for (full, read, same) in [
            ("Bureau of River Pilots", "BRP", true),
            ("Bureau of River Pilots", "B.O.R.P.", true),
            ("FBI", "Federal Bureau of Ink", true),
            ("U.S. Harbor Court", "US Harbor Court", true),
            ("U.S. Harbor Court", "Harbor Court", true),
            ("U.S. Harbor Court", "Harbor", false),
            ("the Harbor League", "Harbor League", true),
            ("Mexico", "Mexico City", false),
        ] {
            check(Sort::Organization, &known, full, read, same);
        }
        check(Sort::Person, &[], "Ana Roz", "AR", false);
    }
}
