//! A page of HTML: its article, and what the page says of it.
//!
//! In: the bytes of a page and what came with them. Out: one [`Outcome`]. Nothing on the page runs and nothing is
//! fetched; what the article is made of are the characters that a reader of the page sees. Read on in `tree` (the
//! page), `meta` (what it says of the article), `blocks`, `extractor` and `choice` (the text).

mod attributes;
mod tree;
mod jsonld;
mod title;
pub(crate) mod meta;
mod blocks;
mod extractor;
mod choice;
mod aside;
mod notice;

use onrecord::Article;

use crate::outcome::{Item, Key, Note, Outcome, Place, Raw};
use crate::read::{Opened, Utf16};
use crate::{Error, Reason, encoding, limits, note, plain, read};
use choice::Known;
use tree::Tree;

/// A page as it came.
pub(crate) struct Page<'a> {
    pub(crate) bytes: Vec<u8>,
    /// The encoding that the server named.
    pub(crate) charset: Option<&'a str>,
    /// Whether the bytes look like UTF-16.
    pub(crate) utf16: Option<Utf16>,
    /// Where it was fetched, and when.
    pub(crate) address: Option<&'a str>,
    pub(crate) fetched: Option<String>,
    /// What is known of the bytes.
    pub(crate) notes: Vec<Note>,
}

/// Reads an input that is one page.
pub(crate) fn whole(place: Place, mut opened: Opened<'_>) -> Outcome {
    let utf16 = opened.utf16();
    match read::up_to(&mut opened, limits::PAGE_BYTES) {
        Ok(bytes) => {
            let page = Page { bytes, charset: None, utf16, address: None, fetched: None, notes: Vec::new() };
            article(place, page)
        }
        Err(error) => Outcome::Refused(Error::io(place, error)),
    }
}

/// The article of a page.
pub(crate) fn article(place: Place, page: Page<'_>) -> Outcome {
    let Page { mut bytes, charset, utf16, address, fetched, mut notes } = page;
    notes.extend(read::cut(&mut bytes, limits::PAGE_BYTES, "the page"));
    let decoded = encoding::of_page(&bytes, charset, utf16, &mut notes);
    let Extract { text, meta, cut } = extract(&decoded.text, address);
    notes.extend(cut.iter().map(|limit| Note {
        code: limit.code,
        message: format!("the page has more than {} {}", limit.value, limit.unit),
    }));
    if let Some(value) = meta.bad_date {
        let message = format!("`{value}` is given as the publication date and is no date");
        notes.push(Note { code: note::BAD_VALUE, message });
    }
    if text.is_empty() {
        let message = "the page holds no text of an article";
        return Outcome::Refused(Error::new(place, Reason::NoBody, message));
    }
    notes.extend(plain::no_letters(&text));
    let mut inferred = meta.inferred;
    inferred.push(Key::Text);
    inferred.sort_unstable();
    Outcome::Article(Box::new(Item {
        article: Article {
            text,
            id: None,
            title: meta.title,
            url: meta.url,
            publisher: meta.publisher,
            published: meta.published,
            language: meta.language,
        },
        byline: meta.byline,
        fetched,
        inferred,
        notes,
        raw: Raw { bytes, media_type: "text/html", encoding: decoded.encoding.name() },
        place,
    }))
}

struct Extract {
    text: String,
    meta: meta::Meta,
    cut: Vec<limits::Limit>,
}

fn extract(html: &str, address: Option<&str>) -> Extract {
    let capped = attributes::capped(html);
    let mut cut = Vec::new();
    if matches!(capped, std::borrow::Cow::Owned(_)) {
        cut.push(limits::TAG_ATTRIBUTES);
    }
    let tree = Tree::new(&capped);
    cut.extend_from_slice(&tree.cut);
    let meta = meta::read(&tree, address);
    let blocks = blocks::blocks(&tree);
    let found = extractor::main_text(&tree);
    let known = Known {
        found: found.as_deref(),
        stated: meta.body.as_deref(),
        titles: &meta.titles,
        descriptions: &meta.descriptions,
        byline: meta.byline.as_deref(),
    };
    Extract { text: choice::text(&tree, &blocks, &known), meta, cut }
}

/// The text of a piece of HTML that is all article, such as the content of a feed's item: no block is left out.
pub(crate) fn fragment(html: &str) -> String {
    let tree = Tree::new(&attributes::capped(html));
    let texts: Vec<String> = blocks::blocks(&tree).into_iter().map(|block| block.text).collect();
    texts.join("\n\n")
}
