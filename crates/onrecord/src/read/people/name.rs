//! Are two names of people names of one person?
//!
//! In: names as they are written. Out: whether they may be of the same. Names are compared letter by letter: those that
//! only look alike (letters of another script, characters that show nothing) are never the same.

use crate::lang::en::people as words;

/// The parts of a person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name<'d> {
    /// Given names, initials and surname, without stops.
    pub(super) parts: Vec<&'d str>,
    pub(super) suffix: Option<&'d str>,
}

impl<'d> Name<'d> {
    pub(super) fn new(written: &'d str) -> Name<'d> {
        let mut parts: Vec<&str> = written
            .split([' ', '\u{a0}', ',', '.', '\n', '\t', '"', '“', '”'])
            .filter(|part| !part.is_empty())
            .collect();
        let suffix = parts.pop_if(|last| words::is_suffix(last));
        if parts.is_empty() {
            parts.extend(suffix);
        }
        Name { parts, suffix }
    }

    /// The last part, by which news calls people.
    pub(super) fn surname(&self) -> &'d str {
        self.parts.last().copied().unwrap_or_default()
    }

    pub(super) fn given(&self) -> &'d str {
        self.parts.first().copied().unwrap_or_default()
    }

    pub(super) fn is_single(&self) -> bool {
        self.parts.len() < 2
    }

    /// Whether two names in full may be of one person: one ends as the other does, or their first names agree.
    pub(super) fn agrees(&self, other: &Name<'_>) -> bool {
        if key(self.surname()) != key(other.surname())
            || self.suffix.is_some() && other.suffix.is_some() && self.suffix != other.suffix
        {
            return false;
        }
        let (short, long) = if self.parts.len() <= other.parts.len() {
            (&self.parts, &other.parts)
        } else {
            (&other.parts, &self.parts)
        };
        is_end(long, short)
            || is_same_given(self.given(), other.given())
            || self.parts.len() == 2 && other.parts.len() > 2 && is_same_given(self.given(), other.parts[1])
            || other.parts.len() == 2 && self.parts.len() > 2 && is_same_given(other.given(), self.parts[1])
    }
}

/// A part of a name as it is compared: headlines and transcripts write names in capitals.
pub(super) fn key(part: &str) -> String {
    let capitals =
        part.chars().filter(|c| c.is_alphabetic()).count() > 3 && !part.chars().any(char::is_lowercase);
    if !capitals {
        return part.to_owned();
    }
    let mut chars = part.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

fn is_end(long: &[&str], short: &[&str]) -> bool {
    long[long.len() - short.len()..].iter().zip(short).all(|(one, other)| key(one) == key(other))
}

/// Whether two given names are one: the same, an initial, or a nickname.
pub(super) fn is_same_given(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    key(one) == key(other) || initial(one, other) || initial(other, one) || words::is_nickname(one, other)
}

/// The surname of a name in full; none of a single word.
pub(super) fn surname(written: &str) -> Option<&str> {
    let name = Name::new(written);
    (!name.is_single()).then(|| name.surname())
}

/// The initials of the capitalised words of a name: "FBI".
pub(super) fn acronym(written: &str) -> String {
    let words = written.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
    words.filter_map(|word| word.chars().next()).collect()
}
