//! Which blocks are the article?
//!
//! In: the blocks of a page and the text that the extractor found. Out: the text of the article. The extractor knows
//! where the article is; this decides block by block what belongs to it: paragraphs that it lost come back, captions,
//! related links and notices go. No rule names a site; each says which error it mends.

use std::collections::BTreeSet;

use super::blocks::Block;
use super::tree::{Id, Tree};

/// What is known of the page beside its blocks.
pub(super) struct Known<'a> {
    /// What the extractor found.
    pub(super) found: Option<&'a str>,
    /// The article's text as the page states it for machines.
    pub(super) stated: Option<&'a str>,
    /// The headlines that the page gives.
    pub(super) titles: &'a [String],
}

/// The text of the article; empty where there is none.
pub(super) fn text(tree: &Tree, blocks: &[Block], known: &Known<'_>) -> String {
    let found = Shingles::new(known.found.unwrap_or_default());
    let stated = Shingles::new(known.stated.unwrap_or_default());
    let marked: Vec<bool> = blocks.iter().map(|block| found.hold(&block.text) || stated.hold(&block.text)).collect();
    let Some(home) = home(tree, blocks, &marked) else { return String::new() };
    let titles: BTreeSet<String> = known.titles.iter().map(|title| letters(title)).collect();
    let mut out = String::new();
    for (block, &is_marked) in blocks.iter().zip(&marked) {
        let place = Place::new(tree, block.node, home);
        let is_text = if place.is_inside { is_marked || is_paragraph(tree, block) } else { false };
        if is_text && !place.is_aside && !titles.contains(&letters(&block.text)) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(&block.text);
        }
    }
    out
}

/// The lowest element that holds nearly all of what was marked.
fn home(tree: &Tree, blocks: &[Block], marked: &[bool]) -> Option<Id> {
    let mut weights = std::collections::BTreeMap::<Id, usize>::new();
    let mut all = 0;
    for (block, _) in blocks.iter().zip(marked).filter(|&(_, &is_marked)| is_marked) {
        all += block.text.len();
        *weights.entry(block.node).or_default() += block.text.len();
        for id in tree.above(block.node) {
            *weights.entry(id).or_default() += block.text.len();
        }
    }
    let depth = |id: Id| tree.above(id).count();
    weights.into_iter().filter(|&(_, weight)| weight * 10 >= all * 9 && all > 0).map(|(id, _)| id).max_by_key(|&id| depth(id))
}

/// Where a block stands, seen from the article's home.
struct Place {
    is_inside: bool,
    /// Whether something around it says that it is no part of the running text.
    is_aside: bool,
}

impl Place {
    fn new(tree: &Tree, node: Id, home: Id) -> Place {
        let mut place = Place { is_inside: false, is_aside: false };
        for id in std::iter::once(node).chain(tree.above(node)) {
            if id == home {
                place.is_inside = true;
                break;
            }
            place.is_aside |= is_aside(tree, id);
        }
        place
    }
}

fn is_aside(tree: &Tree, id: Id) -> bool {
    let Some(element) = tree.element(id) else { return false };
    if matches!(element.name(), "aside" | "nav" | "footer" | "figcaption" | "figure" | "form") {
        return true;
    }
    let named = [element.get("class"), element.get("id"), element.get("role")];
    named.into_iter().flatten().any(|name| names_aside(name))
}

/// Words in the names of elements that hold no running text.
const ASIDE: &[&str] = &[
    "caption", "related", "newsletter", "comments", "share", "sharing", "social", "promo", "advert", "sponsor", "recommend",
    "byline", "breadcrumb", "navigation", "toolbar", "subscribe", "signup", "paywall", "outbrain", "taboola", "complementary",
    "readmore", "credit", "copyright", "disclaimer", "tags", "cookie",
];

fn names_aside(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ASIDE.iter().any(|word| name.contains(word))
}

/// Whether a block that the extractor left out reads like a paragraph.
fn is_paragraph(tree: &Tree, block: &Block) -> bool {
    matches!(tree.name(block.node), "p" | "blockquote") && block.words() >= 5 && !block.is_linked()
}

/// The runs of a few words that a text holds.
struct Shingles(BTreeSet<u64>);

/// Long enough to be told apart, short enough for a heading.
const RUN: usize = 3;

impl Shingles {
    fn new(text: &str) -> Shingles {
        Shingles(text.lines().flat_map(|line| runs(line)).collect())
    }

    /// Whether nearly all of `text` stands in the text of which these are the runs.
    fn hold(&self, text: &str) -> bool {
        let runs = runs(text);
        let held = runs.iter().filter(|run| self.0.contains(run)).count();
        !runs.is_empty() && held * 5 >= runs.len() * 4
    }
}

/// The hashes of all runs of words; of a shorter text, its own.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<String> = text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => Vec::new(),
        length if length < RUN => vec![hash(&words)],
        _ => words.windows(RUN).map(hash).collect(),
    }
}

/// FNV-1a over the words.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Letters and digits alone, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
