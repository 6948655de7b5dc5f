//! English stands in `lang/` alone.
//!
//! In: the engine's product code outside `lang/` and `wire/`, as tokens, and any other file beside it.
//! Out: a problem for each list of six or more words: an array, a call or a macro (`matches!`), the patterns of a `match`,
//! a chain of comparisons, or one string whose lines or alternatives (`a|b`) are words.
//! Never: a message or a doc comment; what an arm gives back (`Kind::Named => "named"`).
//! Next: `tidy/shapes.rs`.
//!
//! Six, because a rule may name a word or two where it stands, and a list begins where one would look for it elsewhere.
//! The names of the record in `wire/` are words of the format, in no language.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

use super::{ENGINE, Problem, engine_files};
use crate::rust::{Source, is_punct, line};
use crate::tree::{Tree, extension_of};

const LIST: usize = 6;
const ELSEWHERE: &[&str] = &["lang/", "wire/"];

pub(super) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in engine_files(tree, ELSEWHERE) {
        // What is not Rust is told by `tidy/sizes.rs`.
        let Ok(source) = Source::parse(&file.text) else { continue };
        let mut found = Vec::new();
        lists(source.tokens, &mut found);
        problems.extend(found.into_iter().map(|(line, words)| {
            Problem::at(
                &file.path,
                line,
                format!("lists {words} words; such a list belongs in {ENGINE}lang/"),
            )
        }));
    }
    let beside = tree.files().iter().filter(|file| {
        let below = file.path.strip_prefix(ENGINE);
        below.is_some_and(|below| !below.starts_with("lang/")) && extension_of(&file.path) != Some("rs")
    });
    problems
        .extend(beside.map(|file| Problem::of(&file.path, format!("is data; it belongs in {ENGINE}lang/"))));
    problems
}

/// Finds the outermost lists of `stream`: the line on which each starts, and its words.
fn lists(stream: TokenStream, found: &mut Vec<(usize, usize)>) {
    for token in stream {
        match &token {
            TokenTree::Group(group) => {
                let words = match group.delimiter() {
                    Delimiter::Brace => patterns(group.stream()),
                    _ => literals(group.stream()),
                };
                if words >= LIST {
                    found.push((line(&token), words));
                } else {
                    lists(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) if words_within(literal) >= LIST => {
                found.push((line(&token), words_within(literal)));
            }
            _ => {}
        }
    }
}

/// The words among the literals of an array, a tuple or a call, at any depth but that of a block.
fn literals(stream: TokenStream) -> usize {
    let words = stream.into_iter().map(|token| match token {
        TokenTree::Literal(literal) => usize::from(is_word(&literal)),
        TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => literals(group.stream()),
        _ => 0,
    });
    words.sum()
}

/// The most words that stand in pattern or comparison position in one statement of a block.
fn patterns(stream: TokenStream) -> usize {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let (mut most, mut words) = (0, 0);
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let after = tokens.get(index + 1);
        match token {
            // The marks of `a | b`, `a || b`, `a => b`, `a if b`, `a == b`; an arm's value follows `>`, not `=`.
            TokenTree::Literal(literal) if is_word(literal) => {
                let joins = |token: &TokenTree| is_punct(token, '|') || is_punct(token, '=');
                let guards = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "if");
                let stands =
                    before.is_some_and(joins) || after.is_some_and(|after| joins(after) || guards(after));
                words += usize::from(stands);
            }
            // `Some("a") =>` and `("a", "b") =>`.
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Parenthesis
                    && after.is_some_and(|after| is_punct(after, '=') || is_punct(after, '|')) =>
            {
                words += literals(group.stream());
            }
            token if is_punct(token, ';') => words = 0,
            _ => {}
        }
        most = most.max(words);
    }
    most
}

/// The words of one string that is a list: of lines, or of a pattern's alternatives.
fn words_within(literal: &Literal) -> usize {
    let text = literal.to_string();
    let Some(content) = content(&text) else { return 0 };
    let pieces = || content.split(['|', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    if pieces().all(is_worded) { pieces().count() } else { 0 }
}

fn is_word(literal: &Literal) -> bool {
    content(&literal.to_string()).is_some_and(is_worded)
}

/// What stands between the quotation marks of a string, its escapes as written.
fn content(literal: &str) -> Option<&str> {
    let start = literal.find('"')?;
    let end = literal.rfind('"')?;
    literal.get(start + 1..end)
}

/// One to three words of letters, small but for their first, as "said", "according to", "Mr.", "o'clock" or "Jan".
fn is_worded(text: &str) -> bool {
    let words = text.split([' ', '-', '\'', '’', '.']).filter(|word| !word.is_empty());
    let is_lower =
        |word: &str| word.chars().skip(1).all(char::is_lowercase) && word.starts_with(char::is_alphabetic);
    text.trim() == text && (1..=3).contains(&words.clone().count()) && words.clone().all(is_lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_finds;

    const PATH: &str = "crates/onrecord/src/read/quote/cue.rs";

    fn check_code(code: &str, expected: &[&str]) {
        assert_finds(check, &[(PATH, code)], expected);
    }

    #[test]
    fn lists_of_six() {
        let six = ["crates/onrecord/src/read/quote/cue.rs:1: lists 6 words; such a list belongs in \
                    crates/onrecord/src/lang/"];
        check_code(r#"const A: &[&str] = &["said", "told", "according to", "Mr.", "Jan", "o'clock"];"#, &six);
        check_code(
            r#"const A: &[(&str, u8)] = &[("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 1)];"#,
            &six,
        );
        check_code(r#"fn a(b: &str) -> bool { matches!(b, "a" | "b" | "c" | "d" | "e" | "f") }"#, &six);
        check_code(
            r#"fn a(b: &str) -> u8 { match b { "a" | "b" | "c" => 1, "d" if x => 2, "e" | "f" => 3, _ => 4 } }"#,
            &six,
        );
        check_code(
            r#"fn a() -> u8 { match b { Some("a") => 1, Some("b" | "c") => 2, Some("d" | "e" | "f") => 3 } }"#,
            &six,
        );
        check_code(
            r#"fn a() -> bool { b == "a" || b == "b" || b == "c" || b == "d" || b == "e" || b == "f" }"#,
            &six,
        );
        check_code(r#"const A: &str = "said|told|added|wrote|asked|noted";"#, &six);
        check_code("const A: &str = r#\"said\ntold\nadded\nwrote\nasked\nnoted\n\"#;", &six);
    }

    #[test]
    fn what_is_no_list() {
        check_code(r#"const A: &[&str] = &["said", "told", "added", "wrote", "asked"];"#, &[]);
        check_code(r#"const A: &[&str] = &["a_b", "c1", "d::e", "f", "“", "DATE", "TIME", "SET"];"#, &[]);
        check_code(
            r#"fn a(b: K) -> &'static str { match b { A => "a", B => "b", C => "c", D => "d", E => "e", F => "f" } }"#,
            &[],
        );
        check_code(r#"fn a() { b == "a"; b == "b"; b == "c"; b == "d"; b == "e"; b == "f"; }"#, &[]);
        check_code(r#"const A: &str = "the text is too long by a few words";"#, &[]);
        check_code(
            "/// One of `said`, `told`, `added`.\nfn a() {} // \"a\", \"b\", \"c\", \"d\", \"e\", \"f\"",
            &[],
        );
    }

    #[test]
    fn lang_and_wire_and_tests_may_list() {
        let list = r#"const A: &[&str] = &["a", "b", "c", "d", "e", "f"];"#;
        let test = format!("#[cfg(test)] mod tests {{ {list} }}");
        assert_finds(
            check,
            &[
                ("crates/onrecord/src/lang/en/verbs.rs", list),
                ("crates/onrecord/src/lang/en/verbs.txt", ""),
                ("crates/onrecord/src/wire/mod.rs", list),
                ("crates/onrecord/tests/spec.rs", list),
                ("crates/onrecord-cli/src/main.rs", list),
                (PATH, &test),
            ],
            &[],
        );
    }

    #[test]
    fn data_beside_the_code() {
        assert_finds(
            check,
            &[("crates/onrecord/src/read/verbs.txt", "said\n")],
            &["crates/onrecord/src/read/verbs.txt: is data; it belongs in crates/onrecord/src/lang/"],
        );
    }
}
