//! May a name be taken for another that it is not?
//!
//! In: a name. Out: what about it deceives the eye: letters of two scripts, characters that show nothing or turn the
//! direction of the text. Such a name equals only what is written with the same characters; it is told of, and never
//! put right. A name that is foreign as a whole deceives nobody.

use std::collections::BTreeSet;
use std::fmt;

use super::{MentionKind, Reading};
use crate::{Document, Warning};

/// What deceives the eye in a name.
///
/// ```
/// use onrecord::read::people::look::{Doubt, doubt};
///
/// assert_eq!(doubt("Zoë O’Neill-Ångström"), None);
/// assert_eq!(doubt("Ана Роз"), None);
/// assert_eq!(doubt("D\u{430}na Ruiz"), Some(Doubt::Scripts("Latin", "Cyrillic")));
/// assert_eq!(doubt("Dana\u{200b} Ruiz"), Some(Doubt::Hidden('\u{200b}')));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Letters of two scripts.
    Scripts(&'static str, &'static str),
    /// A character that shows nothing, or steers the direction of the text around it.
    Hidden(char),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Scripts(one, other) => write!(f, "mixes {one} and {other} letters"),
            Doubt::Hidden(c) => write!(f, "holds U+{:04X}, which does not show", u32::from(*c)),
        }
    }
}

/// What deceives the eye in `name`, if anything does.
pub fn doubt(name: &str) -> Option<Doubt> {
    if name.is_ascii() && !name.contains(is_hidden) {
        return None;
    }
    if let Some(hidden) = name.chars().find(|&c| is_hidden(c)) {
        return Some(Doubt::Hidden(hidden));
    }
    let mut scripts = name.chars().filter_map(script);
    let first = scripts.next()?;
    scripts.find(|&other| other != first).map(|other| Doubt::Scripts(first, other))
}

/// A warning for each way of writing a name that may deceive.
pub(crate) fn warnings(document: &Document, people: &Reading) -> Vec<Warning> {
    let mentions = people.entities.iter().flat_map(|entity| &entity.mentions);
    let mut told = BTreeSet::new();
    mentions
        .filter(|mention| mention.kind == MentionKind::Name)
        .filter_map(|mention| {
            let name = document.slice(mention.span);
            let doubt = doubt(name).filter(|_| told.insert(name))?;
            let message =
                format!("the name “{name}” {doubt}; it may look like another and is joined to none");
            Some(Warning::new("name_looks_like", mention.span, message))
        })
        .collect()
}

/// Controls, characters of no width, marks of direction, selectors, fillers; white space is none of them.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        c if c.is_control() => true,
        c => matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        ),
    }
}

/// The script of a letter. Those whose letters look like Latin ones are told apart; all others count as one.
#[expect(clippy::match_same_arms, reason = "in the order of Unicode")]
fn script(c: char) -> Option<&'static str> {
    match c {
        'A'..='Z' | 'a'..='z' | 'ª' | 'º' => Some("Latin"),
        '×' | '÷' => None,
        '\u{c0}'..='\u{2af}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab6f}' => Some("Latin"),
        // Marks above and below letters, and letters that stand as marks.
        '\u{2b0}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => None,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some("Greek"),
        '\u{400}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => Some("Cyrillic"),
        '\u{531}'..='\u{588}' => Some("Armenian"),
        '\u{13a0}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => Some("Cherokee"),
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Some("fullwidth"),
        '\u{1d400}'..='\u{1d7cb}' => Some("mathematical"),
        c if c.is_alphabetic() => Some("other"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_deceives_is_doubted() {
        let check = |name: &str, expected: Option<Doubt>| assert_eq!(doubt(name), expected, "{name:?}");
        for plain in [
            "",
            "Ana Roz",
            "Łukasz Żółć",
            "Nguyễn Thị Minh",
            "J.R. O'Neill Jr.",
            "Ana\nRoz",
            "李小龍",
            "Ана Роз",
            "Ωνάσης",
        ] {
            check(plain, None);
        }
        check("Ana Roz\u{301}", None);
        check("АNA", Some(Doubt::Scripts("Cyrillic", "Latin")));
        check("Ana Ρoz", Some(Doubt::Scripts("Latin", "Greek")));
        check("Ａna", Some(Doubt::Scripts("fullwidth", "Latin")));
        check("\u{1d400}na", Some(Doubt::Scripts("mathematical", "Latin")));
        check("Ana 龍", Some(Doubt::Scripts("Latin", "other")));
        for hidden in ['\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{ad}', '\u{0}', '\u{e0041}'] {
            check(&format!("Ana{hidden} Roz"), Some(Doubt::Hidden(hidden)));
        }
    }
}
