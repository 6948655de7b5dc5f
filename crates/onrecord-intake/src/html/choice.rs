//! Which blocks are the article?
//!
//! In: the blocks of a page and the text that the extractor found. Out: the text of the article. The extractor knows
//! where the article is; this decides block by block what belongs to it: paragraphs that it lost come back, captions,
//! related links and notices go. No rule names a site; each says which error it mends. Read on in `aside`
//! and `notice`.

use std::collections::{BTreeMap, BTreeSet};

use super::aside::{self, Mask};
use super::blocks::Block;
use super::notice;
use super::tree::{Id, Tree};

/// What is known of the page beside its blocks.
pub(super) struct Known<'a> {
    /// What the extractor found.
    pub(super) found: Option<&'a str>,
    /// The article's text as the page states it for machines.
    pub(super) stated: Option<&'a str>,
    /// The headlines that the page gives.
    pub(super) titles: &'a [String],
    /// The descriptions that the page gives.
    pub(super) descriptions: &'a [String],
    /// Who wrote it.
    pub(super) byline: Option<&'a str>,
}

/// The text of the article; empty where there is none.
pub(super) fn text(tree: &Tree, blocks: &[Block], known: &Known<'_>) -> String {
    let Some(choice) = Choice::new(tree, blocks, known) else { return String::new() };
    let taken: Vec<&Block> = (0..blocks.len()).filter(|&at| choice.takes(at)).map(|at| &blocks[at]).collect();
    let twins = Twins::new(tree, &taken);
    let shown = taken.iter().enumerate().filter(|&(at, _)| !twins.hold(at));
    shown.map(|(_, block)| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// What a page says twice, for narrow screens and wide ones: a paragraph that stands in two places, one of which holds
/// nothing else. What is said twice in one place, or in two among what is new, is read twice.
struct Twins {
    /// Of each long paragraph that was met before in another place, by its number: both places.
    repeated: BTreeMap<usize, [Option<Id>; 2]>,
    /// Places that hold a long paragraph that stands nowhere else.
    original: BTreeSet<Option<Id>>,
}

impl Twins {
    fn new(tree: &Tree, taken: &[&Block]) -> Twins {
        let mut places = BTreeMap::<String, Vec<(usize, Option<Id>)>>::new();
        for (at, block) in taken.iter().enumerate().filter(|(_, block)| block.words() >= REPEATED) {
            let place = tree.node(block.node).parent;
            places.entry(letters(&block.text)).or_default().push((at, place));
        }
        let mut twins = Twins { repeated: BTreeMap::new(), original: BTreeSet::new() };
        for stands in places.into_values() {
            let (_, first) = stands[0];
            let later = stands.into_iter().filter(|&(_, place)| place != first);
            let before = twins.repeated.len();
            twins.repeated.extend(later.map(|(at, place)| (at, [first, place])));
            if twins.repeated.len() == before {
                twins.original.insert(first);
            }
        }
        twins
    }

    fn hold(&self, at: usize) -> bool {
        self.repeated.get(&at).is_some_and(|places| !places.iter().all(|place| self.original.contains(place)))
    }
}

/// A paragraph with as many words is not said twice by chance.
const REPEATED: usize = 12;

struct Choice<'a> {
    tree: &'a Tree,
    blocks: &'a [Block],
    /// Which blocks the extractor, or the page itself, takes for the article.
    marked: Vec<bool>,
    /// How many paragraphs with marked text each element holds as its children.
    paragraphs: BTreeMap<Id, usize>,
    /// How many items with marked text each list holds.
    items: BTreeMap<Id, usize>,
    /// How many items of each list are links, and how many there are.
    links: BTreeMap<Id, (usize, usize)>,
    /// Whether most of the marked text stands in links.
    is_linked: bool,
    /// For each node inside the home, what around it says that it is no running text.
    asides: BTreeMap<Id, Mask>,
    /// What holds much of the article is not beside it, whatever its name says.
    ignored: Mask,
    /// The first block inside the home.
    first: usize,
    /// The block of the headline, where there is one before the home's text.
    headline: Option<usize>,
    titles: BTreeSet<String>,
    descriptions: Shingles,
    authors: Vec<String>,
}

impl<'a> Choice<'a> {
    fn new(tree: &'a Tree, blocks: &'a [Block], known: &Known<'_>) -> Option<Choice<'a>> {
        let found = Shingles::new(known.found.unwrap_or_default());
        let stated = Shingles::new(known.stated.unwrap_or_default());
        let marked: Vec<bool> =
            blocks.iter().map(|block| found.hold(&block.text) || stated.hold(&block.text)).collect();
        let (weights, all) = weights(tree, blocks, &marked);
        let depth = |id: Id| tree.above(id).count();
        // The lowest element that holds nearly all of what was marked.
        let homes = weights.iter().filter(|&(_, &weight)| weight * 10 >= all * 9).map(|(&id, _)| id);
        let homes = homes.filter(|&id| !aside::holds_none(tree, id));
        let home = homes.max_by_key(|&id| depth(id)).filter(|_| all > 0)?;
        let titles: BTreeSet<String> = known.titles.iter().map(|title| letters(title)).collect();
        let asides = aside::below(tree, home);
        let first = blocks
            .iter()
            .zip(&marked)
            .position(|(block, &is_marked)| is_marked && asides.contains_key(&block.node))?;
        let weighed = blocks.iter().zip(&marked).filter(|&(_, &is_marked)| is_marked);
        let weighed = weighed.filter_map(|(block, _)| Some((*asides.get(&block.node)?, block.text.len())));
        let ignored = aside::ignored(weighed, all);
        let linked = blocks.iter().zip(&marked).filter(|&(block, &is_marked)| is_marked && block.is_linked());
        let is_linked = linked.map(|(block, _)| block.text.len()).sum::<usize>() * 2 > all;
        let headline = blocks[..first].iter().rposition(|block| titles.contains(&letters(&block.text)));
        Some(Choice {
            tree,
            blocks,
            marked,
            paragraphs: children(tree, &weights, "p"),
            items: children(tree, &weights, "li"),
            links: links(tree, blocks),
            is_linked,
            asides,
            ignored,
            first,
            headline,
            titles,
            descriptions: Shingles::new(&known.descriptions.join("\n")),
            authors: known.byline.into_iter().flat_map(|names| names.split(", ")).map(letters).collect(),
        })
    }

    /// Whether a block belongs to the article.
    fn takes(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        if self.titles.contains(&letters(&block.text))
            || notice::is_notice(&block.text)
            || self.is_line_of_byline(at)
        {
            return false;
        }
        let mask = self.asides.get(&block.node).copied();
        if mask.is_some_and(|mask| mask & !self.ignored != 0) {
            return false;
        }
        if self.is_standfirst(at) {
            return true;
        }
        mask.is_some()
            && !self.is_link(at)
            && (self.marked[at]
                || self.is_lost_paragraph(at)
                || self.is_lost_item(at)
                || self.is_heading_between(at))
    }

    /// The extractor loses short items of a list: one of a list without links, of which it found others.
    fn is_lost_item(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let list = self.tree.node(block.node).parent;
        self.tree.name(block.node) == "li"
            && block.linked == 0
            && list.and_then(|list| self.items.get(&list)).is_some_and(|&count| count >= 1)
    }

    /// An item of a list of links, or a heading that is one, leads away from the article, unless all of it is links.
    fn is_link(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        if self.is_linked || !block.is_linked() || block.words() >= LINKED_WORDS {
            return false;
        }
        match self.tree.name(block.node) {
            "li" => {
                let list = self.tree.node(block.node).parent;
                list.and_then(|list| self.links.get(&list)).is_some_and(|&(links, all)| links * 2 > all)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => !self.is_heading_between(at),
            _ => false,
        }
    }

    /// The extractor loses a paragraph among others now and then: one that stands between its like.
    fn is_lost_paragraph(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let is_paragraph = matches!(self.tree.name(block.node), "p" | "blockquote");
        let parent = self.tree.node(block.node).parent;
        let has_siblings =
            parent.and_then(|parent| self.paragraphs.get(&parent)).is_some_and(|&count| count >= 2);
        is_paragraph && block.words() >= 3 && !block.is_linked() && has_siblings
    }

    /// A heading right before a paragraph of the article.
    fn is_heading_between(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let is_heading = matches!(self.tree.name(block.node), "h2" | "h3" | "h4");
        let next = self.blocks.get(at + 1).map(|next| next.node);
        let is_sibling =
            next.is_some_and(|next| self.tree.node(next).parent == self.tree.node(block.node).parent);
        is_heading && at > self.first && is_sibling && self.marked.get(at + 1) == Some(&true)
    }

    /// The standfirst often stands in the head of the page, outside of what holds the text: the page repeats it as its
    /// description, or names it so.
    fn is_standfirst(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let is_near = self.headline.map_or(at + STANDFIRST_NEAR >= self.first, |headline| at >= headline)
            && at <= self.first;
        if !is_near || block.words() < STANDFIRST_WORDS || block.is_linked() {
            return false;
        }
        let own = std::iter::once(block.node).chain(self.tree.above(block.node).take(2));
        self.descriptions.hold(&block.text) || own.into_iter().any(|id| aside::is_standfirst(self.tree, id))
    }

    /// Who wrote it, and when, above the text.
    fn is_line_of_byline(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        if at > self.first + BYLINE_NEAR || block.words() > BYLINE_WORDS {
            return false;
        }
        let own = letters(&block.text);
        let is_author =
            |name: &String| !name.is_empty() && own.contains(name.as_str()) && own.len() <= name.len() + 24;
        self.authors.iter().any(is_author) || notice::is_date_line(&block.text)
    }
}

/// A block of links with as many words may be a paragraph.
const LINKED_WORDS: usize = 40;
/// How far before the text a standfirst may stand, in blocks, where no headline is found.
const STANDFIRST_NEAR: usize = 6;
const STANDFIRST_WORDS: usize = 6;
/// How far into the text a line may stand that tells the author.
const BYLINE_NEAR: usize = 4;
const BYLINE_WORDS: usize = 12;

/// How many bytes of marked text lie below each element, and below all.
fn weights(tree: &Tree, blocks: &[Block], marked: &[bool]) -> (BTreeMap<Id, usize>, usize) {
    let mut weights = BTreeMap::<Id, usize>::new();
    let mut all = 0;
    for (block, _) in blocks.iter().zip(marked).filter(|&(_, &is_marked)| is_marked) {
        all += block.text.len();
        for id in std::iter::once(block.node).chain(tree.above(block.node)) {
            *weights.entry(id).or_default() += block.text.len();
        }
    }
    (weights, all)
}

/// How many children of one name, with marked text, each element holds.
fn children(tree: &Tree, weights: &BTreeMap<Id, usize>, name: &str) -> BTreeMap<Id, usize> {
    let mut counts = BTreeMap::new();
    let parents = weights.keys().filter(|&&id| tree.name(id) == name).filter_map(|&id| tree.node(id).parent);
    parents.for_each(|parent| *counts.entry(parent).or_default() += 1);
    counts
}

/// How many items of each list are links, and how many there are.
fn links(tree: &Tree, blocks: &[Block]) -> BTreeMap<Id, (usize, usize)> {
    let mut counts = BTreeMap::<Id, (usize, usize)>::new();
    for block in blocks.iter().filter(|block| tree.name(block.node) == "li") {
        if let Some(list) = tree.node(block.node).parent {
            let (links, all) = counts.entry(list).or_default();
            *links += usize::from(block.is_linked());
            *all += 1;
        }
    }
    counts
}

/// The runs of a few words that a text holds.
struct Shingles(BTreeSet<u64>);

/// Long enough to be told apart, short enough for a heading.
const RUN: usize = 3;

impl Shingles {
    /// Of each line, for short ones, and over all lines, for some are broken inside a paragraph.
    fn new(text: &str) -> Shingles {
        Shingles(text.lines().flat_map(runs).chain(runs(text)).collect())
    }

    /// Whether nearly all of `text` stands in the text of which these are the runs.
    fn hold(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let runs = runs(text);
        let held = runs.iter().filter(|run| self.0.contains(run)).count();
        !runs.is_empty() && held * 5 >= runs.len() * 4
    }
}

/// The hashes of all runs of words; of a shorter text, its own.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<String> =
        super::blocks::words(text).map(letters).filter(|word| !word.is_empty()).collect();
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
