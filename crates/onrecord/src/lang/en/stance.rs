//! What a reporting word does, and what it is before an infinitive.
//!
//! In: a word as it stands in the text, and the words behind it. Out: its [`Sense`], from `stance.tsv`, which is parsed
//! once, on first use, and from the verbs of `cue.tsv`. It knows no cue: which of several words is its head, `read` decides.

use std::sync::LazyLock;

use super::lexicon::{Introduces, is_pair, look_up};
use super::rows;
use crate::read::quote::Stance;

/// What a word or phrase does as a reporting word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sense {
    /// How many words it has.
    pub(crate) words: usize,
    /// Its stance; `None` where it has none of its own: "failed to".
    pub(crate) stance: Option<Stance>,
    /// Its stance before an infinitive, where that is another: who "vows that" says, who "vows to" wants.
    pub(crate) before_infinitive: Option<Stance>,
    /// Whether a reporting word behind it decides: "declined to say" is about saying.
    pub(crate) is_through: bool,
    /// Whether the word itself refuses what it is about: "declined", "opposes".
    pub(crate) refuses: bool,
}

/// The sense of the word or the longest phrase that `first` begins; `behind` are the words after it.
pub(crate) fn sense<'w>(first: &str, behind: &(impl Iterator<Item = &'w str> + Clone)) -> Option<Sense> {
    if first.len() > LONGEST {
        return None;
    }
    let first = first.to_lowercase();
    let table = &*TABLE;
    let from = table.partition_point(|row| row.first.as_str() < first.as_str());
    let own = table[from..].iter().take_while(|row| row.first == first);
    let found = own.filter(|row| follows(row.rest, behind.clone())).max_by_key(|row| row.sense.words);
    found.map(|row| row.sense).or_else(|| plain(&first, behind.clone().next()))
}

/// A verb of `cue.tsv` without a row: one that takes speech or a name says.
fn plain(first: &str, second: Option<&str>) -> Option<Sense> {
    let entry = look_up(first);
    let second = second.unwrap_or_default();
    let (words, entry) = if is_pair(first, second) { (2, entry.of_pair()) } else { (1, entry) };
    let says = [Introduces::Speech, Introduces::Name].iter().any(|&what| entry.introduces(what));
    says.then_some(Sense { words, stance: Some(Stance::Say), ..Sense::default() })
}

/// Whether the words that stand behind begin with those of a phrase.
fn follows<'w>(rest: &str, mut behind: impl Iterator<Item = &'w str>) -> bool {
    rest.split_whitespace().all(|word| behind.next().is_some_and(|next| next.eq_ignore_ascii_case(word)))
}

/// Longer words are in no table; the bound keeps lower-casing cheap.
const LONGEST: usize = 24;

/// One form of a word or phrase.
struct Row {
    first: String,
    /// The words behind the first.
    rest: &'static str,
    sense: Sense,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(build);

fn build() -> Vec<Row> {
    let mut table: Vec<(bool, Row)> = Vec::new();
    for (word, columns) in rows(include_str!("stance.tsv")) {
        let mut columns = columns.split('\t');
        let stance = columns.next().expect("stance.tsv has a stance");
        let infinitive = columns.next().expect("stance.tsv has a column on infinitives");
        let (first, rest) = word.split_once(' ').unwrap_or((word, ""));
        let refused = stance.strip_prefix("not ");
        let sense = Sense {
            words: 1 + rest.split_whitespace().count(),
            stance: stance_of(refused.unwrap_or(stance)),
            before_infinitive: if infinitive == "through" { None } else { stance_of(infinitive) },
            is_through: infinitive == "through",
            refuses: refused.is_some(),
        };
        let listed = columns.next().into_iter().flat_map(|forms| forms.split(", "));
        // Forms of a phrase differ in their first word alone.
        let listed: Vec<&str> = listed.map(|form| form.split(' ').next().unwrap_or(form)).collect();
        table.push((true, Row { first: first.to_owned(), rest, sense }));
        table.extend(forms(first, &listed).into_iter().map(|first| (false, Row { first, rest, sense })));
    }
    // What a row is about stands before what another row has as a form.
    table.sort_by(|(own, row), (other_own, other)| {
        (&row.first, row.rest, !own).cmp(&(&other.first, other.rest, !other_own))
    });
    table.dedup_by(|(_, later), (_, first)| (&later.first, later.rest) == (&first.first, first.rest));
    table.into_iter().map(|(_, row)| row).collect()
}

fn stance_of(name: &str) -> Option<Stance> {
    match name {
        "say" => Some(Stance::Say),
        "believe" => Some(Stance::Believe),
        "know" => Some(Stance::Know),
        "want" => Some(Stance::Want),
        "ask" => Some(Stance::Ask),
        "doubt" => Some(Stance::Doubt),
        "deny" => Some(Stance::Deny),
        "-" => None,
        other => unreachable!("stance.tsv names the stance {other:?}"),
    }
}

/// The forms of a word besides itself: those listed, and those that rules make.
fn forms(word: &str, listed: &[&str]) -> Vec<String> {
    let before_y = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    let silent = word.strip_suffix('e').filter(|stem| !stem.ends_with('e'));
    let mut forms: Vec<String> = listed.iter().map(|&form| form.to_owned()).collect();
    forms.push(match before_y {
        Some(stem) => format!("{stem}ies"),
        None if hisses => format!("{word}es"),
        None => format!("{word}s"),
    });
    forms.push(match silent {
        Some(stem) if stem.ends_with('i') => format!("{}ying", &stem[..stem.len() - 1]),
        Some(stem) => format!("{stem}ing"),
        None => format!("{word}ing"),
    });
    // "thought" stands for "thinked"; "goes" and "putting" stand for no past.
    if listed.iter().all(|form| form.ends_with("ing") || form.ends_with('s')) {
        forms.push(match (before_y, word.ends_with('e')) {
            (Some(stem), _) => format!("{stem}ied"),
            (None, true) => format!("{word}d"),
            (None, false) => format!("{word}ed"),
        });
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(words: &str) -> Option<Stance> {
        let mut words = words.split(' ');
        sense(words.next().unwrap(), &words).and_then(|sense| sense.stance)
    }

    #[test]
    fn forms_are_known() {
        for (words, expected) in [
            ("said", Stance::Say),
            ("Says", Stance::Say),
            ("pointed out", Stance::Say),
            ("denies", Stance::Deny),
            ("denied", Stance::Deny),
            ("denying", Stance::Deny),
            ("wishes", Stance::Want),
            ("planning", Stance::Want),
            ("found", Stance::Know),
            ("foresaw", Stance::Believe),
            ("opinions", Stance::Believe),
            ("fears", Stance::Believe),
            ("called", Stance::Say),
            ("called for", Stance::Ask),
            ("convinced", Stance::Believe),
            ("convinces", Stance::Ask),
            ("made it clear", Stance::Say),
        ] {
            assert_eq!(stance(words), Some(expected), "{words}");
        }
        for unknown in ["founded", "seed", "the", "went", "thinked"] {
            assert_eq!(stance(unknown), None, "{unknown}");
        }
    }

    /// A verb that reports what somebody thinks or wants, and that `stance.tsv` forgot, would be null in every record.
    #[test]
    fn every_verb_that_takes_a_clause_has_a_stance() {
        for (lemma, columns) in rows(include_str!("cue.tsv")) {
            let (introduces, forms) = columns.split_once('\t').unwrap();
            // What only follows marks ("she smiled") says there and nowhere else.
            if introduces == "after" {
                continue;
            }
            for form in forms.split(", ") {
                let form = form.trim_end_matches('*');
                let mut words = form.split(' ');
                let sense = sense(words.next().unwrap(), &words);
                let known = sense.is_some_and(|sense| sense.stance.is_some() || sense.is_through);
                assert!(known, "{lemma}: {form}");
            }
        }
    }

    #[test]
    fn no_word_has_two_rows() {
        let mut words: Vec<&str> = rows(include_str!("stance.tsv")).map(|(word, _)| word).collect();
        words.sort_unstable();
        for pair in words.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}
