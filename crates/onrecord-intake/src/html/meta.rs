//! What a page says of its article: headline, byline, publisher, address, day, language.
//!
//! In: a [`Tree`] and what came with the page. Out: [`Meta`], each value with whether the page states it. The order of
//! places is: JSON-LD, OpenGraph and other `meta`, the visible page, the address. It never goes by the name of a site.

use super::choice::letters;
use super::jsonld::{self, Stated};
use super::title::{LETTERS_OF_A_HEADLINE, Titles, confirmed, without_site};
use super::tree::{Element, Id, ROOT, Tree, squeezed};
use crate::date;
use crate::outcome::Key;

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    /// The keys whose value was concluded.
    pub(super) inferred: Vec<Key>,
    /// The article's text for machines.
    pub(super) body: Option<String>,
    /// Every headline that was found.
    pub(super) titles: Vec<String>,
    /// What the page says the article is about.
    pub(super) descriptions: Vec<String>,
    /// A date that is none.
    pub(super) bad_date: Option<String>,
}

/// Reads what the page says; `address` is where it was fetched.
pub(super) fn read(tree: &Tree, address: Option<&str>) -> Meta {
    let page = Page::new(tree);
    let stated = jsonld::read(tree);
    let mut meta = Meta { url: page.url(&stated).or_else(|| address.map(str::to_owned)), ..Meta::default() };
    let url = meta.url.clone().or_else(|| address.map(str::to_owned));
    page.publisher(&stated, url.as_deref(), &mut meta);
    page.title(&stated, &mut meta);
    page.published(&stated, url.as_deref(), &mut meta);
    meta.byline = page.byline(&stated);
    meta.language = page.language(&stated);
    let descriptions = ["description", "og:description", "twitter:description", "dcterms.abstract"];
    let said = descriptions.iter().filter_map(|name| page.content(&[name])).map(str::to_owned);
    meta.descriptions = said.chain(stated.description).collect();
    meta.body = stated.body;
    meta
}

/// The elements that say something, in the order of the page.
struct Page<'t> {
    tree: &'t Tree,
    /// `meta`: its name, property or the like in lower case, and its content.
    metas: Vec<(String, &'t str)>,
    headings: Vec<Id>,
    times: Vec<(Id, &'t Element)>,
    canonical: Option<&'t str>,
    head_title: Option<String>,
    html_language: Option<&'t str>,
    authors: Vec<Id>,
}

/// How many elements of a kind are looked at.
const MOST: usize = 500;

impl<'t> Page<'t> {
    fn new(tree: &'t Tree) -> Page<'t> {
        let mut page = Page {
            tree,
            metas: Vec::new(),
            headings: Vec::new(),
            times: Vec::new(),
            canonical: None,
            head_title: None,
            html_language: None,
            authors: Vec::new(),
        };
        for id in tree.below(ROOT) {
            let Some(element) = tree.element(id) else { continue };
            match element.name() {
                "meta" if page.metas.len() < MOST => page.meta(element),
                "link" if element.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    page.canonical = page.canonical.or(element.get("href"));
                }
                "title" if page.head_title.is_none() => {
                    let is_in_svg = tree.above(id).any(|id| tree.name(id) == "svg");
                    page.head_title = (!is_in_svg).then(|| tree.text(id)).filter(|title| !title.is_empty());
                }
                "html" => page.html_language = element.get("lang").or(element.get("xml:lang")),
                "h1" if page.headings.len() < MOST => page.headings.push(id),
                "time" if page.times.len() < MOST => page.times.push((id, element)),
                _ => {}
            }
            let is_author = element.get("rel") == Some("author") || element.get("itemprop") == Some("author");
            if is_author && element.name() != "link" && element.name() != "meta" && page.authors.len() < MOST
            {
                page.authors.push(id);
            }
            if element.get("itemprop") == Some("datePublished") && page.times.len() < MOST {
                page.times.push((id, element));
            }
        }
        page
    }

    fn meta(&mut self, element: &'t Element) {
        let Some(content) = element.get("content").filter(|content| !content.is_empty()) else { return };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = element.get(name) {
                self.metas.push((name.to_ascii_lowercase(), content));
            }
        }
    }

    /// The content of the first `meta` that has one of these names, in the order of the names.
    fn content(&self, names: &[&str]) -> Option<&'t str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(own, _)| own == name).map(|&(_, content)| content))
    }

    fn url(&self, stated: &Stated) -> Option<String> {
        let found = [self.canonical, self.content(&["og:url"]), stated.url.as_deref()];
        found.into_iter().flatten().find(|url| is_address(url)).map(str::to_owned)
    }

    fn publisher(&self, stated: &Stated, url: Option<&str>, meta: &mut Meta) {
        let site = self.content(&["og:site_name", "application-name"]);
        meta.publisher = stated.publisher.clone().or_else(|| site.map(squeezed));
        if meta.publisher.is_none() {
            meta.publisher = url.and_then(host).map(str::to_owned);
            if meta.publisher.is_some() {
                meta.inferred.push(Key::Publisher);
            }
        }
    }

    fn title(&self, stated: &Stated, meta: &mut Meta) {
        let headings: Vec<String> =
            self.headings.iter().map(|&id| self.tree.text(id)).filter(|text| !text.is_empty()).collect();
        let headline = stated.headline.as_deref().map(squeezed);
        let sites: Vec<&str> =
            [meta.publisher.as_deref(), self.content(&["og:site_name"])].into_iter().flatten().collect();
        let sure: Vec<String> = headings.iter().chain(&headline).map(|title| letters(title)).collect();
        let without = |title: &str| confirmed(without_site(&squeezed(title), &sites), &sure).to_owned();
        let of = |name: &str| self.content(&[name]).map(without);
        // A topic before the headline is cut off where the page and its data agree on the headline.
        let agreed = headline.as_ref().map(|headline| (headline, letters(headline))).filter(|(_, own)| {
            own.chars().count() >= LETTERS_OF_A_HEADLINE
                && headings.iter().any(|heading| letters(heading) == *own)
        });
        let without_topic = |title: String| match (&agreed, letters(&title)) {
            (Some((headline, own)), all) if all.contains(own) && all != *own => (*headline).clone(),
            _ => title,
        };
        let titles = Titles {
            open_graph: of("og:title").map(without_topic),
            headline: headline.as_deref().map(without),
            plain: ["headline", "dc.title", "title", "fulltitle"].into_iter().filter_map(of).collect(),
            twitter: of("twitter:title"),
        };
        let in_head = self.head_title.as_deref().map(without);
        // The page for readers comes last: its heading may be a topic or the paper's name.
        meta.title = titles.best().cloned().or_else(|| {
            let heading = headings.iter().find(|heading| {
                let heading = letters(heading);
                heading.chars().count() > 3
                    && in_head.as_ref().is_some_and(|title| letters(title).contains(&heading))
            });
            let found = heading.cloned().or(in_head.clone()).or_else(|| headings.first().cloned());
            meta.inferred.extend(found.is_some().then_some(Key::Title));
            found
        });
        meta.titles = titles.into_all().chain(in_head).chain(headings).collect();
    }

    fn published(&self, stated: &Stated, url: Option<&str>, meta: &mut Meta) {
        const NAMES: &[&str] = &[
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "datepublished",
            "og:published_time",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "published_time",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "dc.created",
            "date",
            "article:post_date",
            "last-modified-iso",
            "cxenseparse:recs:publishtime",
            "article.published",
            "originalpublicationdate",
            "rnews:datepublished",
        ];
        let said = stated.published.as_deref().into_iter().chain(self.content(NAMES));
        for value in said {
            match date::iso(value) {
                Some(date) => {
                    meta.published = Some(date);
                    return;
                }
                None => {
                    meta.bad_date = meta.bad_date.take().or_else(|| Some(value.chars().take(60).collect()));
                }
            }
        }
        let value = |(id, element): &(Id, &Element)| {
            let value = element.get("datetime").or(element.get("content")).map(str::to_owned);
            date::iso(&value.unwrap_or_else(|| self.tree.text(*id)))
        };
        let is_stated = |(_, element): &&(Id, &Element)| {
            element.get("itemprop") == Some("datePublished") || element.get("pubdate").is_some()
        };
        meta.published = self.times.iter().filter(is_stated).find_map(value);
        if meta.published.is_none() {
            meta.published = self.times.iter().find_map(value).or_else(|| url.and_then(date::of_url));
            if meta.published.is_some() {
                meta.inferred.push(Key::Published);
            }
        }
    }

    fn byline(&self, stated: &Stated) -> Option<String> {
        if !stated.authors.is_empty() {
            return Some(stated.authors.join(", "));
        }
        let names = [
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "byl",
            "twitter:creator",
        ];
        let said = names.iter().filter_map(|name| self.content(&[name]));
        let said = said.into_iter().find(|name| !is_address(name) && !name.starts_with('@')).map(squeezed);
        said.or_else(|| {
            let mut seen: Vec<String> = Vec::new();
            for &id in self.authors.iter().take(4) {
                let name = self.tree.text(id);
                if !name.is_empty() && name.len() < 80 && !seen.contains(&name) {
                    seen.push(name);
                }
            }
            (!seen.is_empty()).then(|| seen.join(", "))
        })
    }

    fn language(&self, stated: &Stated) -> Option<String> {
        let said = [
            self.html_language,
            stated.language.as_deref(),
            self.content(&["content-language", "language", "og:locale"]),
        ];
        said.into_iter().flatten().find_map(tag)
    }
}

/// A language tag of BCP 47, such as `en` or `en-GB`.
fn tag(value: &str) -> Option<String> {
    let value = value.replace('_', "-");
    let mut parts = value.split('-');
    let is_language = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let are_parts =
        parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_language && are_parts).then_some(value)
}

/// Whether a value is the address of a page.
pub(crate) fn is_address(value: &str) -> bool {
    host(value).is_some()
        && !value.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.starts_with('.')).then_some(host)
}
