//! The plain form of a verb.
//!
//! In: a form, in small letters. Out: all plain forms that it can have: "planning" is of "planning", "plann", "planne"
//! and "plan". Who asks looks them up in a list of verbs, where three of the four are not found.

use std::sync::LazyLock;

use crate::lang::en::rows;

/// Longer words are in no list.
const LONGEST: usize = 24;

/// Calls `found` with each.
pub(super) fn each(form: &str, mut found: impl FnMut(&str)) {
    if form.len() > LONGEST || !form.is_ascii() {
        return;
    }
    found(form);
    let table = &*IRREGULAR;
    let first = table.partition_point(|row| row.0 < form);
    for (_, lemma) in table[first..].iter().take_while(|row| row.0 == form) {
        found(lemma);
    }
    if let Some(stem) = form.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')) {
        found(stem);
        if let Some(stem) = stem.strip_suffix('e') {
            found(stem);
            with_y(stem, &mut found);
        }
    }
    for ending in ["ed", "ing"] {
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
        found(stem);
        with(stem, "e", &mut found);
        with_y(stem, &mut found);
        let mut ends = stem.bytes().rev();
        if let (Some(last), Some(other)) = (ends.next(), ends.next())
            && last == other
        {
            found(&stem[..stem.len() - 1]);
        }
    }
}

/// Whether a form is one that no rule makes, and not the plain one: "overrode".
pub(super) fn is_irregular(form: &str) -> bool {
    let table = &*IRREGULAR;
    let at = table.partition_point(|row| row.0 < form);
    table.get(at).is_some_and(|row| row.0 == form && row.1 != form)
}

/// "den-i" is "deny".
fn with_y(stem: &str, found: &mut impl FnMut(&str)) {
    if let Some(stem) = stem.strip_suffix('i') {
        with(stem, "y", found);
    }
}

fn with(stem: &str, ending: &str, found: &mut impl FnMut(&str)) {
    let mut buffer = [0; LONGEST + 1];
    let length = stem.len() + ending.len();
    buffer[..stem.len()].copy_from_slice(stem.as_bytes());
    buffer[stem.len()..length].copy_from_slice(ending.as_bytes());
    if let Ok(word) = std::str::from_utf8(&buffer[..length]) {
        found(word);
    }
}

static IRREGULAR: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut forms: Vec<(&str, &str)> = rows(include_str!("irregular.tsv"))
        .flat_map(|(lemma, forms)| forms.split(' ').map(move |form| (form, lemma)))
        .collect();
    forms.sort_unstable();
    forms
});
