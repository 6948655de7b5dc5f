//! Phrases that tell of causes.
//!
//! In: the words from a place on, in small letters. Out: the longest phrase of `signal.tsv` that they begin with. It knows
//! no context: whether "over" tells a cause here, `read/cause/link` decides.

use std::sync::LazyLock;

use super::lemma;
use crate::lang::en::rows;

/// A phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signal {
    /// How many words it has.
    pub(crate) words: usize,
    pub(crate) stands: Stands,
    pub(crate) tells: Tells,
}

/// How cause and effect stand around a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// The cause stands behind it.
    Behind,
    /// The effect stands behind it.
    Onward,
    /// The goal stands behind it, and the phrase belongs to the goal.
    Goal,
    /// Only where the words around it say so.
    Weak,
}

/// What a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tells {
    Cause,
    Enable,
    Prevent,
    Purpose,
    Before,
}

struct Row {
    words: Vec<&'static str>,
    is_verb: bool,
    stands: Stands,
    tells: Tells,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |(phrase, rest): (&'static str, &'static str)| {
        let (stands, tells) =
            rest.split_once('\t').unwrap_or_else(|| unreachable!("signal.tsv has three columns"));
        Row {
            words: phrase.trim_start_matches(['*', '&']).split(' ').collect(),
            is_verb: phrase.starts_with('*'),
            stands: match stands {
                "behind" => Stands::Behind,
                "onward" => Stands::Onward,
                "goal" => Stands::Goal,
                _ => Stands::Weak,
            },
            tells: match tells {
                "enable" => Tells::Enable,
                "prevent" => Tells::Prevent,
                "purpose" => Tells::Purpose,
                "before" => Tells::Before,
                _ => Tells::Cause,
            },
        }
    };
    let mut table: Vec<Row> = rows(include_str!("signal.tsv")).map(row).collect();
    table.sort_by(|a, b| a.words[0].cmp(b.words[0]).then(b.words.len().cmp(&a.words.len())));
    table
});

/// The longest phrase that `words` begin with.
pub(crate) fn signal<'w>(words: impl Fn(usize) -> &'w str) -> Option<Signal> {
    let first = words(0);
    let plain = find(first, false, &words);
    let mut best = plain;
    lemma::each(first, |lemma| {
        let verb = find(lemma, true, &words);
        if verb.map_or(0, |verb| verb.words) > best.map_or(0, |best| best.words) {
            best = verb;
        }
    });
    best
}

fn find<'w>(first: &str, is_verb: bool, words: &impl Fn(usize) -> &'w str) -> Option<Signal> {
    let table = &*TABLE;
    let start = table.partition_point(|row| row.words[0] < first);
    let same = table[start..].iter().take_while(|row| row.words[0] == first);
    let row = same
        .filter(|row| row.is_verb == is_verb)
        .find(|row| row.words.iter().enumerate().skip(1).all(|(at, word)| words(at) == *word))?;
    Some(Signal { words: row.words.len(), stands: row.stands, tells: row.tells })
}

#[cfg(test)]
mod tests {
    use super::{Stands, Tells, signal};

    fn check(words: &[&str], expected: Option<(usize, Stands, Tells)>) {
        let found = signal(|at| words.get(at).copied().unwrap_or(""));
        assert_eq!(found.map(|found| (found.words, found.stands, found.tells)), expected, "{words:?}");
    }

    #[test]
    fn the_longest_phrase() {
        check(&["because", "of", "it"], Some((2, Stands::Behind, Tells::Cause)));
        check(&["because", "it"], Some((1, Stands::Behind, Tells::Cause)));
        check(&["led", "to", "it"], Some((2, Stands::Onward, Tells::Cause)));
        check(&["preventing", "it"], Some((1, Stands::Onward, Tells::Prevent)));
        check(&["led", "it"], None);
    }
}
