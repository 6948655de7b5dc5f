//! Are two names of people forms of one?
//!
//! In: names as they are written. Out: whether they are the same without regard to case and accents, or one is a shorter
//! form of the other. Stricter than `name.rs`, which knows that both stand in one article: middle names must not differ,
//! and nicknames tell too little, since a list has aliases.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::super::look::doubt;
use super::super::name::Name;

/// Whether two names are the same as a whole.
pub(super) fn equals(one: &str, other: &str) -> bool {
    doubt(one).is_none() && doubt(other).is_none() && folded(one) == folded(other)
}

/// Whether two names may be forms of one: the surnames are the same, a given name is the same or an initial of the
/// other, and middle names, where both have some, do not differ.
pub(super) fn is_short_of(one: &Name<'_>, other: &Name<'_>) -> bool {
    let suffix = |name: &Name<'_>| name.suffix.map(|suffix| folded(suffix.trim_end_matches('.')));
    if let (Some(one), Some(other)) = (suffix(one), suffix(other))
        && one != other
    {
        return false;
    }
    let parts = |name: &Name<'_>| name.parts.iter().map(|part| folded(part)).collect::<Vec<_>>();
    let (mut short, mut long) = (parts(one), parts(other));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    // "R. Scott Vance" is called Scott Vance.
    let second =
        long.len() > 2 && short.len() < long.len() && short[0] == long[1] && short[0].chars().count() > 1;
    is_form(&short, &long) || second && is_form(&short, &long[1..])
}

fn is_form(short: &[String], long: &[String]) -> bool {
    let ([short @ .., one], [long @ .., other]) = (short, long) else { return false };
    one == other && !short.is_empty() && short.iter().zip(long).all(|(one, other)| is_same_given(one, other))
}

/// Whether two folded given names are the same, or one is the initial of the other.
fn is_same_given(one: &str, other: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || initial(one, other) || initial(other, one)
}

/// A name with its white space as single blanks.
pub fn spaced(name: &str) -> String {
    let name = name.trim();
    // Most names are so already.
    let is_blank = |c: char| c != ' ' && c.is_whitespace();
    if !name.contains("  ") && !name.contains(is_blank) {
        return name.to_owned();
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In lower case, without accents, with one kind of apostrophe and hyphen. Letters of other scripts stay what they are.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold_into(&mut out, name);
    out
}

pub(super) fn fold_into(out: &mut String, name: &str) {
    if name.is_ascii() {
        let start = out.len();
        out.push_str(name);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in name.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '’' | 'ʼ' => out.push('\''),
            '‐' | '‑' => out.push('-'),
            c => out.push(c),
        }
    }
}
