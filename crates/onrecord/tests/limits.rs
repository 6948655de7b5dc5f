//! Each limit of the engine, just below and just above: what is over it is told, and nothing else is lost.

use onrecord::limits::{self, Limit};
use onrecord::{Article, Document};

/// Whether an article is told to be over `limit`.
fn is_over(limit: Limit, text: String) -> bool {
    let document = Document::new(Article::new(text));
    document.warnings().iter().any(|warning| warning.code == limit.code)
}

fn check(limit: Limit, text: impl Fn(usize) -> String) {
    assert!(!is_over(limit, text(limit.value)), "{limit:?} is told of an article at it");
    assert!(is_over(limit, text(limit.value + 1)), "{limit:?} is not told of an article over it");
}

/// One line of blanks: what is read costs more than what is counted.
#[test]
fn the_bytes_of_an_article() {
    let limit = limits::ARTICLE_BYTES;
    let text = |size: usize| format!("{}It rained.", " ".repeat(size - 10));
    check(limit, text);
    // What is over it is kept and not read, the whole of a character that it would cut.
    let text = text(limit.value - 2) + "a“b";
    let document = Document::new(Article::new(text.clone()));
    assert_eq!(document.text(), text);
    let read: Vec<&str> =
        document.paragraphs().iter().map(|paragraph| document.slice(paragraph.span)).collect();
    assert_eq!(read, ["It rained.a"]);
}

#[test]
fn the_tokens_of_a_sentence() {
    check(limits::SENTENCE_TOKENS, |tokens| "word ".repeat(tokens));
    let document = Document::new(Article::new("word ".repeat(limits::SENTENCE_TOKENS.value + 1)));
    let tokens: Vec<usize> = document.sentences().iter().map(|sentence| sentence.tokens.len()).collect();
    assert_eq!(tokens, [limits::SENTENCE_TOKENS.value, 1]);
}

#[test]
fn the_depth_of_quotations() {
    let nested = |depth: usize| {
        let open = "«He said, ".repeat(depth);
        format!("She said, {open}it rained.{}", "»".repeat(depth))
    };
    check(limits::QUOTATION_DEPTH, nested);
    let document = Document::new(Article::new(nested(limits::QUOTATION_DEPTH.value)));
    assert_eq!(document.quotations().len(), limits::QUOTATION_DEPTH.value);
}

/// A limit without a test here would be a promise that nobody checks.
#[test]
fn every_limit_is_tested() {
    let tested = [limits::ARTICLE_BYTES, limits::SENTENCE_TOKENS, limits::QUOTATION_DEPTH];
    assert_eq!(limits::ALL, tested);
}
