//! Rust source as tokens.
//!
//! In: the text of a `.rs` file.
//! Out: its tokens without the parts that are compiled for tests alone, and the lines those parts fill.
//! Never: a guess by regular expression; a comment or a string that looks like code is neither.
//! Next: `tidy/words.rs`, `tidy/shapes.rs` and `tidy/sizes.rs` read these tokens.

use std::ops::RangeInclusive;
use std::str::FromStr as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of a file that reach a user, and where its tests stand.
pub(crate) struct Source {
    pub(crate) tokens: TokenStream,
    pub(crate) test_lines: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Splits `text` into product code and tests; `Err` tells the line that is not Rust.
    pub(crate) fn parse(text: &str) -> Result<Source, usize> {
        let tokens = TokenStream::from_str(text).map_err(|error| error.span().start().line)?;
        let mut test_lines = Vec::new();
        let tokens = without_tests(tokens, &mut test_lines);
        Ok(Source { tokens, test_lines })
    }
}

/// Whether the whole file is compiled for tests alone.
pub(crate) fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').any(|part| matches!(part, "tests" | "benches"))
}

/// The line on which a token starts, from 1.
pub(crate) fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

/// Leaves out each item under `#[cfg(test)]` or `#[test]`, to the end of its body or its semicolon.
fn without_tests(stream: TokenStream, test_lines: &mut Vec<RangeInclusive<usize>>) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_test = is_punct(&token, '#') && tokens.peek().is_some_and(is_test_attribute);
        if is_test {
            let start = line(&token);
            let mut end = start;
            for token in tokens.by_ref() {
                end = token.span().end().line;
                let is_body =
                    matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                if is_body || is_punct(&token, ';') {
                    break;
                }
            }
            test_lines.push(start..=end);
        } else if let TokenTree::Group(group) = token {
            let mut inner = Group::new(group.delimiter(), without_tests(group.stream(), test_lines));
            inner.set_span(group.span());
            kept.push(TokenTree::Group(inner));
        } else {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

pub(crate) fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_test_attribute(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let text: String = group.stream().to_string().split_whitespace().collect();
    group.delimiter() == Delimiter::Bracket
        && (text == "test" || text == "cfg(test)" || text.starts_with("cfg(all(test,"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kept: &str, test_lines: &[RangeInclusive<usize>]) {
        let source = Source::parse(text).expect("the example is Rust");
        assert_eq!(source.tokens.to_string(), TokenStream::from_str(kept).unwrap().to_string());
        assert_eq!(source.test_lines, test_lines);
    }

    #[test]
    fn tests_are_left_out_and_their_lines_told() {
        check("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n", "fn a() {}", &[2..=5]);
        check("#[cfg(test)]\nmod tests;\nfn a() {}\n", "fn a() {}", &[1..=2]);
        check("mod a {\n    #[test]\n    fn b() {}\n    fn c() {}\n}", "mod a { fn c() {} }", &[2..=3]);
        check("#[cfg(all(test, unix))]\nfn a() -> [u8; 3] {}\nfn b() {}", "fn b() {}", &[1..=2]);
    }

    #[test]
    fn other_conditions_are_kept() {
        check("#[cfg(not(test))]\nfn a() {}", "#[cfg(not(test))] fn a() {}", &[]);
        check("#[cfg(unix)]\nfn a() {} // #[cfg(test)]", "#[cfg(unix)] fn a() {}", &[]);
    }

    #[test]
    fn what_is_not_rust_tells_its_line() {
        assert_eq!(Source::parse("fn a() {}\nfn b( {}\n").err(), Some(2));
    }

    #[test]
    fn test_files_are_known_by_their_place() {
        assert!(is_test_file("crates/onrecord/tests/spec.rs"));
        assert!(is_test_file("crates/onrecord/src/text/tests.rs"));
        assert!(!is_test_file("crates/onrecord/src/text/tokens.rs"));
    }
}
