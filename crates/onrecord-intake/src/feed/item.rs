//! One item of a feed, and the channel that it stands in.
//!
//! In: the pieces of XML of an item. Out: an [`Outcome`]. The text is that of `content:encoded` or Atom's `content`;
//! a description stands for it only where it is as long as an article. It never takes a link for more than an
//! address.

use onrecord::Article;

use crate::html;
use crate::html::meta::{host, is_address};
use crate::outcome::{Item, Key, Note, Outcome, Place, Raw};
use crate::{Error, Reason, date, note, plain};

/// What a feed says of all its items.
#[derive(Debug, Default)]
pub(super) struct Channel {
    title: Option<String>,
    language: Option<String>,
    is_atom: bool,
    buffer: String,
}

impl Channel {
    pub(super) fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        self.buffer.clear();
        if name == "feed" {
            self.is_atom = true;
            self.language = value(attributes, "xml:lang").map(str::to_owned);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.buffer.len() < LONGEST_FIELD {
            self.buffer.push_str(text);
        }
    }

    /// An element ends that lies `depth` elements deep.
    pub(super) fn end(&mut self, name: &str, depth: usize) {
        let text = field(&self.buffer);
        match name {
            "title" if depth <= 2 && self.title.is_none() => self.title = text,
            "language" | "dc:language" if self.language.is_none() => self.language = text,
            _ => {}
        }
        self.buffer.clear();
    }
}

/// The longest field that is no text of an article.
const LONGEST_FIELD: usize = 64 << 10;

/// A description with as many words is the article itself.
const ARTICLE_WORDS: usize = 120;

/// What was read of an item.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The elements inside the item that are open.
    open: Vec<String>,
    buffer: String,
    /// The markup that was rebuilt of XHTML inside the item.
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    is_permalink: bool,
    published: Option<String>,
    updated: Option<String>,
    bad_date: Option<String>,
    authors: Vec<String>,
    content: Option<Markup>,
    description: Option<Markup>,
    kind: String,
    is_cut_short: bool,
}

/// Text in the form that its element says.
#[derive(Debug)]
struct Markup {
    text: String,
    is_html: bool,
}

impl Draft {
    pub(super) fn cut_short(self) -> Draft {
        Draft { is_cut_short: true, ..self }
    }

    pub(super) fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        if self.is_inside_markup() {
            // XHTML that is not escaped: its tags are a part of the text.
            self.buffer.extend(["<", local(name), ">"]);
        } else {
            self.buffer.clear();
            self.kind = value(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        }
        if name == "link" && self.link.is_none() {
            let relation = value(attributes, "rel").unwrap_or("alternate");
            self.link = value(attributes, "href").filter(|_| relation == "alternate").map(str::to_owned);
        }
        if name == "guid" {
            self.is_permalink = value(attributes, "ispermalink") != Some("false");
        }
        self.open.push(name.to_owned());
    }

    pub(super) fn text(&mut self, text: &str) {
        // NUL ends strings in half of the programs that a record may go through, and XML has none.
        let text = &text.replace('\0', "\u{fffd}");
        if self.is_inside_markup() && self.open.last().is_some_and(|name| !is_markup(name)) {
            self.buffer.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        } else {
            self.buffer.push_str(text);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        self.open.pop();
        if self.is_inside_markup() {
            self.buffer.extend(["</", local(name), ">"]);
            return;
        }
        let text = std::mem::take(&mut self.buffer);
        let inside_author = self.open.last().is_some_and(|name| name == "author");
        match name {
            "title" => self.title = self.title.take().or_else(|| line(&text)),
            "link" => self.link = self.link.take().or_else(|| field(&text)),
            "guid" | "id" => self.id = field(&text),
            "pubdate" | "dc:date" | "published" | "issued" => self.date(&text, When::Published),
            "updated" | "modified" | "dcterms:modified" => self.date(&text, When::Updated),
            "dc:creator" | "name" if inside_author || name == "dc:creator" => {
                self.authors.extend(line(&text));
            }
            "author" if !text.trim().is_empty() => self.authors.extend(line(&text)),
            "content:encoded" | "content" | "body" | "xhtml:body" => {
                let is_html = name != "content" || self.kind != "text";
                self.content = self.content.take().or(Some(Markup { text, is_html }));
            }
            "description" | "summary" => {
                let is_html = name == "description" || self.kind != "text";
                self.description = self.description.take().or(Some(Markup { text, is_html }));
            }
            _ => {}
        }
    }

    fn is_inside_markup(&self) -> bool {
        self.open.iter().any(|name| is_markup(name))
    }

    fn date(&mut self, text: &str, when: When) {
        let date = date::iso(text);
        if date.is_none() {
            self.bad_date = Some(text.trim().chars().take(60).collect());
        }
        match when {
            When::Published => self.published = date.or(self.published.take()),
            When::Updated => self.updated = date.or(self.updated.take()),
        }
    }

    /// What the item gives.
    pub(super) fn outcome(self, place: Place, raw: Vec<u8>, channel: &Channel) -> Outcome {
        let mut notes = Vec::new();
        let body = self.content.as_ref().map(Markup::read).filter(|text| !text.is_empty());
        let described = || {
            let text = self.description.as_ref().map(Markup::read)?;
            (text.split_whitespace().count() >= ARTICLE_WORDS).then_some(text)
        };
        let Some(text) = body.or_else(described) else {
            let title = self.title.as_deref().unwrap_or("untitled");
            let message = format!("the item `{title}` holds no text of the article");
            return Outcome::Refused(Error::new(place, Reason::NoBody, message));
        };
        if self.is_cut_short {
            let message = "the feed ends inside the item";
            notes.push(Note { code: note::CUT_SHORT, message: message.into() });
        }
        if let Some(date) = &self.bad_date {
            let message = format!("`{date}` is given as the publication date and is no date");
            notes.push(Note { code: note::BAD_VALUE, message });
        }
        let permalink = self.id.clone().filter(|id| self.is_permalink && is_address(id));
        let url = self.link.filter(|link| is_address(link)).or(permalink);
        let mut inferred = Vec::new();
        let address = url.as_deref().and_then(host).map(str::to_owned);
        let published_by = channel.title.clone().or_else(|| {
            inferred.extend(address.is_some().then_some(Key::Publisher));
            address
        });
        let published = self.published.or_else(|| {
            inferred.extend(self.updated.is_some().then_some(Key::Published));
            self.updated
        });
        notes.extend(plain::no_letters(&text));
        let media_type = if channel.is_atom { "application/atom+xml" } else { "application/rss+xml" };
        Outcome::Article(Box::new(Item {
            article: Article {
                text,
                id: self.id,
                title: self.title,
                url,
                publisher: published_by,
                published,
                language: channel.language.clone(),
            },
            byline: (!self.authors.is_empty()).then(|| self.authors.join(", ")),
            fetched: None,
            inferred,
            notes,
            raw: Raw { bytes: raw, media_type, encoding: "UTF-8" },
            place,
        }))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Published,
    Updated,
}

impl Markup {
    fn read(&self) -> String {
        if self.is_html { html::fragment(&self.text) } else { self.text.trim().to_owned() }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Elements that may hold markup which is not escaped.
fn is_markup(name: &str) -> bool {
    matches!(name, "content" | "content:encoded" | "description" | "summary" | "body" | "xhtml:body")
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

fn field(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A line of text, in which many feeds escape twice.
fn line(text: &str) -> Option<String> {
    let text = html::fragment(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The value of an attribute.
pub(super) fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}
