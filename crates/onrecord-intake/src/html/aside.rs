//! Elements that stand beside the running text: captions, related links, boxes.
//!
//! In: a tree. Out: for each node, what around it says that it is beside the text. Names are hints and no more: where
//! much of what was found for the article stands inside elements of one name, that name says nothing on this page.

use std::collections::BTreeMap;

use super::tree::{Id, Tree};

/// A bit for each reason to take an element for one beside the text.
pub(super) type Mask = u128;

/// Elements that are beside the text by their kind.
const KINDS: &[&str] = &["aside", "nav", "footer", "figcaption", "figure", "form", "table", "caption"];

/// Kinds that hold no article, however much stands in them.
const NEVER: &[&str] = &["nav", "footer"];

/// Words in the names of elements that hold no running text.
const WORDS: &[&str] = &[
    "caption",
    "related",
    "newsletter",
    "comment",
    "share",
    "sharing",
    "social",
    "promo",
    "advert",
    "sponsor",
    "recommend",
    "byline",
    "breadcrumb",
    "navigation",
    "toolbar",
    "subscri",
    "signup",
    "paywall",
    "outbrain",
    "taboola",
    "complementary",
    "readmore",
    "read-more",
    "credit",
    "copyright",
    "disclaimer",
    "tags",
    "cookie",
    "consent",
    "embed",
    "teaser",
    "infobox",
    "twitter-tweet",
    "instagram-media",
    "tiktok",
    "factbox",
    "author",
    "bio",
    "gallery",
    "slideshow",
    "timestamp",
    "dateline",
    "playlist",
    "widget",
    "affiliate",
    "most-read",
    "more-on",
    "also-like",
    "trending",
    "popular",
    "legend",
    "contentinfo",
];

/// Words in the names of elements that hold a standfirst.
const STANDFIRST: &[&str] = &[
    "standfirst",
    "lede",
    "lead",
    "summary",
    "intro",
    "dek",
    "subtitle",
    "subhead",
    "sub-head",
    "excerpt",
    "abstract",
    "strapline",
];

/// What stands around each node below `home`, and in it.
pub(super) fn below(tree: &Tree, home: Id) -> BTreeMap<Id, Mask> {
    let mut masks = BTreeMap::from([(home, 0)]);
    for id in tree.below(home).skip(1) {
        if tree.element(id).is_some() {
            let around = tree.node(id).parent.and_then(|parent| masks.get(&parent)).copied().unwrap_or(0);
            masks.insert(id, around | own(tree, id));
        }
    }
    masks
}

/// The reasons that say nothing on this page: `marked` has each marked block's reasons and its bytes.
pub(super) fn ignored(marked: impl Iterator<Item = (Mask, usize)>, all: usize) -> Mask {
    let mut weights = [0_usize; Mask::BITS as usize];
    for (mask, bytes) in marked {
        for (bit, weight) in weights.iter_mut().enumerate() {
            *weight += if mask & (1 << bit) == 0 { 0 } else { bytes };
        }
    }
    let can_hold = |bit: usize| KINDS.get(bit).is_none_or(|kind| !NEVER.contains(kind));
    let much = weights.iter().enumerate().filter(|&(bit, &weight)| weight * MUCH > all && can_hold(bit));
    much.fold(0, |mask, (bit, _)| mask | (1 << bit))
}

/// One part in so many of what was found is much.
const MUCH: usize = 5;

/// Whether an element holds no article, by its kind or that of what it stands in.
pub(super) fn holds_none(tree: &Tree, id: Id) -> bool {
    std::iter::once(id).chain(tree.above(id)).any(|id| NEVER.contains(&tree.name(id)))
}

/// Whether an element is named as one that holds a standfirst.
pub(super) fn is_standfirst(tree: &Tree, id: Id) -> bool {
    names(tree, id).any(|name| STANDFIRST.iter().any(|word| holds(&name, word)))
}

fn own(tree: &Tree, id: Id) -> Mask {
    let kind = KINDS.iter().position(|kind| *kind == tree.name(id)).map_or(0, |bit| 1 << bit);
    names(tree, id).fold(kind, |mask, name| {
        let words = WORDS.iter().enumerate().filter(|(_, word)| holds(&name, word));
        words.fold(mask, |mask, (bit, _)| mask | (1 << (KINDS.len() + bit)))
    })
}

/// The names of an element, in lower case; what is longer than a name is data.
fn names(tree: &Tree, id: Id) -> impl Iterator<Item = String> {
    const LONGEST: usize = 300;
    let element = tree.element(id);
    let attributes = ["class", "id", "role", "itemprop", "data-testid", "data-component"];
    let values = attributes.into_iter().filter_map(move |name| element?.get(name));
    values.filter(|value| value.len() <= LONGEST).map(str::to_ascii_lowercase)
}

/// Whether a name holds a word, or words that begin with it.
fn holds(name: &str, word: &str) -> bool {
    name.match_indices(word).any(|(at, _)| !name[..at].ends_with(|c: char| c.is_ascii_lowercase()))
}
