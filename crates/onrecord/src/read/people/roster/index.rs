//! How is a name found among a million?
//!
//! In: the keys of all names. Out: the names under a key, and a few that are not: whoever asks compares. A name of a
//! person stands under its first given name with the surname, under the second, and under the initial.

use std::hash::{DefaultHasher, Hasher as _};

use super::super::EntityKind;
use super::super::name::Name;
use super::form::fold_into;

/// Makes keys, and keeps its buffer.
#[derive(Default)]
pub(super) struct Key {
    buffer: String,
}

impl Key {
    pub(super) fn whole(&mut self, kind: EntityKind, name: &str) -> u64 {
        let kind = u8::from(kind != EntityKind::Person);
        self.of(kind, [name, ""])
    }

    fn pair(&mut self, given: &str, surname: &str) -> u64 {
        self.of(2, [given, surname])
    }

    fn initial(&mut self, given: &str, surname: &str) -> u64 {
        let initial = given.chars().next().map_or(0, char::len_utf8);
        self.of(3, [&given[..initial], surname])
    }

    /// The keys under which a name of several parts stands: both given names with the surname, the initial with it.
    pub(super) fn of_parts(&mut self, name: &Name<'_>) -> impl Iterator<Item = u64> {
        let (given, surname) = (name.given(), name.surname());
        let second = second_given(name).map(|second| self.pair(second, surname));
        let initial = (given.chars().count() > 1).then(|| self.initial(given, surname));
        [Some(self.pair(given, surname)), second, initial].into_iter().flatten()
    }

    /// The keys under which a name that is another form of `name` may stand.
    pub(super) fn asked(&mut self, name: &Name<'_>) -> Vec<u64> {
        let (given, surname) = (name.given(), name.surname());
        let mut keys = vec![self.pair(given, surname)];
        keys.extend(second_given(name).map(|second| self.pair(second, surname)));
        if given.chars().count() > 1 {
            let first = given.chars().next().map(String::from).unwrap_or_default();
            keys.push(self.pair(&first, surname));
        } else {
            keys.push(self.initial(given, surname));
        }
        keys
    }

    /// The same in every process: this hasher has no random key. Nothing of its order is ever seen.
    fn of(&mut self, tag: u8, parts: [&str; 2]) -> u64 {
        self.buffer.clear();
        for part in parts {
            fold_into(&mut self.buffer, part);
            self.buffer.push('\n');
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(self.buffer.as_bytes());
        hasher.write_u8(tag);
        hasher.finish()
    }
}

/// Names by the first bits of their keys: a map that is filled once, at two words for each entry.
#[derive(Clone, Debug)]
pub(super) struct Index {
    shift: u32,
    /// Where each bucket begins in `numbers`, and where the last ends.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Index {
    pub(super) fn new(keys: &[(u64, u32)]) -> Index {
        let bits = keys.len().max(2).ilog2() + 1;
        let shift = u64::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (key, _) in keys {
            starts[(key >> shift) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; keys.len()];
        for (key, number) in keys {
            let at = &mut next[(key >> shift) as usize];
            numbers[*at as usize] = *number;
            *at += 1;
        }
        Index { shift, starts, numbers }
    }

    /// The names with this key, and a few others.
    pub(super) fn under(&self, key: u64) -> &[u32] {
        let bucket = (key >> self.shift) as usize;
        &self.numbers[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

/// The second given name, where it is written out: "R. Scott Vance" is called Scott.
fn second_given<'d>(name: &Name<'d>) -> Option<&'d str> {
    (name.parts.len() > 2).then(|| name.parts[1]).filter(|second| second.chars().count() > 1)
}
