//! A word as the vocabulary spells it: lower case, without accents or characters that show nothing.
//!
//! In: a word. Out: its folded characters in UTF-8, or nothing where none are left or too many. It stops at the
//! limit, so that a word of megabytes costs no memory and words cannot be made to cost more than their length.
//! It never allocates for a word once its buffers have grown. Next: `vocabulary.rs`, which looks the word up.
//!
//! The order is that of `train/text.py`: what is dropped goes first, then come canonical decomposition and order
//! (NFD), then accents go, then each character is put in lower case by itself.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use super::unicode::{is_accent, is_dropped};

/// Code points of a folded word. A longer one is one unknown piece, as the model was trained.
pub(super) const LONGEST_WORD: usize = 100;

/// Folds words, one after the other, and keeps the buffers.
#[derive(Default)]
pub(super) struct Folder {
    chars: Vec<char>,
    folded: Vec<u8>,
}

impl Folder {
    /// `word`, folded; `None` where nothing is left of it, or over [`LONGEST_WORD`] code points.
    pub(super) fn fold(&mut self, word: &str) -> Option<&[u8]> {
        self.folded.clear();
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            if word.len() > LONGEST_WORD {
                return None;
            }
            self.folded.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            self.decompose(word)?;
            let lower = self.chars.iter().flat_map(|c| c.to_lowercase());
            if lower.clone().count() > LONGEST_WORD {
                return None;
            }
            lower.for_each(|c| self.folded.extend(c.encode_utf8(&mut [0; 4]).bytes()));
        }
        (!self.folded.is_empty()).then_some(&self.folded)
    }

    /// NFD of what is kept of `word`, without accents. Characters of a class above 0 that stand side by side are
    /// sorted by class, and one of class 0 ends the run even where it is itself an accent.
    fn decompose(&mut self, word: &str) -> Option<()> {
        let chars = &mut self.chars;
        chars.clear();
        let mut run = 0;
        for c in word.chars().filter(|&c| !is_dropped(c)) {
            decompose_canonical(c, |c| {
                let class = canonical_combining_class(c);
                let accent = is_accent(c);
                if !accent {
                    let before = |other: &&char| canonical_combining_class(**other) > class;
                    let after =
                        if class == 0 { 0 } else { chars[run..].iter().rev().take_while(before).count() };
                    chars.insert(chars.len() - after, c);
                }
                if class == 0 {
                    run = chars.len();
                }
            });
            // Lower case never has fewer characters.
            if chars.len() > LONGEST_WORD {
                return None;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;
    use sha2::{Digest, Sha256};
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::encode::unicode::{Kind, is_alphanumeric, kind};

    fn fold(word: &str) -> String {
        let mut folder = Folder::default();
        String::from_utf8(folder.fold(word).unwrap_or_default().to_vec()).unwrap()
    }

    /// What `train/text.py` gives on Python 3.11, whose `unicodedata` is of Unicode 14: for each code point but the
    /// surrogates a line `f"{i:x} {kind} {int(c.isalnum())} {fold(c)}\n"`, kind being `alone` for `is_punctuation` or
    /// `is_ideograph`, else `space`, `upper`, `lower` or `plain`. It fails when a compiler or a crate with newer
    /// tables changes what a model reads.
    #[test]
    fn every_character_is_what_it_is_in_python() {
        let mut buffers = Folder::default();
        let mut lines = String::new();
        for c in '\0'..=char::MAX {
            let kind = match kind(c) {
                Kind::LineEnd | Kind::Space => "space",
                Kind::Alone => "alone",
                Kind::Upper => "upper",
                Kind::Lower => "lower",
                Kind::Plain => "plain",
            };
            let folded = buffers.fold(c.encode_utf8(&mut [0; 4])).unwrap_or_default();
            let folded = std::str::from_utf8(folded).unwrap();
            writeln!(lines, "{:x} {kind} {} {folded}", u32::from(c), u8::from(is_alphanumeric(c))).unwrap();
        }
        let digest: Vec<String> = Sha256::digest(lines).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest.concat(), "206428966fe236c9e7076188084727aea14cb7253f54b3c512e80536d583775e");
    }

    #[test]
    fn lower_case_without_accents() {
        let cases = [
            ("Zoë", "zoe"),
            ("Zoe\u{308}", "zoe"),
            ("ÅNGSTRÖM", "angstrom"),
            ("İpek", "ipek"),
            ("ΟΔΟΣ", "οδοσ"),
            ("straße", "straße"),
            ("ﬁt", "ﬁt"),
            ("한", "\u{1112}\u{1161}\u{11ab}"),
            ("A\u{200b}n\u{ad}n", "ann"),
            ("a\0b\u{fffd}", "ab"),
            ("\u{e000}\u{10ffff}\u{301}", ""),
        ];
        for (word, expected) in cases {
            assert_eq!(fold(word), expected, "{word:?}");
        }
    }

    #[test]
    fn what_is_dropped_does_not_count() {
        for letter in ["a", "é", "Z"] {
            assert_eq!(fold(&letter.repeat(LONGEST_WORD)).chars().count(), LONGEST_WORD);
            assert_eq!(fold(&letter.repeat(LONGEST_WORD + 1)), "");
        }
        assert_eq!(fold(&("e".repeat(LONGEST_WORD) + "\0")), "e".repeat(LONGEST_WORD));
        assert_eq!(fold(&("e".to_owned() + &"\u{301}".repeat(1_000_000))), "e");
    }

    /// Letters, marks that stay (Mc) and marks that go (Mn), of many classes.
    #[rustfmt::skip]
    const MARKED: &[char] = &[
        'a', 'É', 'ß', '\u{300}', '\u{316}', '\u{334}', '\u{345}', '\u{5b0}', '\u{93c}', '\u{302e}',
        '\u{302f}', '\u{1d165}', '\u{1d16d}', '\u{16ff0}', '\u{a953}', '\u{1b44}', '\u{905}', '\u{941}', '한', '\u{200d}',
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The steps as `train/text.py` writes them, one after the other.
        #[test]
        fn one_step_after_the_other(word in prop::collection::vec(prop::sample::select(MARKED), 0..100)) {
            let kept: String = word.iter().filter(|&&c| !is_dropped(c)).collect();
            let slow: String = kept.nfd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase).collect();
            let expected = if slow.chars().count() > LONGEST_WORD { "" } else { &slow };
            prop_assert_eq!(fold(&word.iter().collect::<String>()), expected);
        }
    }
}
