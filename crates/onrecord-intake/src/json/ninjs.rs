//! ninjs, the JSON of news agencies: versions 1, 2 and 3.
//!
//! In: the keys of an object that has no `text`. Out: an article, where the object is news in ninjs. Of several
//! bodies the one with paragraphs is taken: markup before plain text.

use serde::Deserialize;
use serde::de::IgnoredAny;

use onrecord::Article;

use super::given::Given;
use super::object::Read;
use crate::html;
use crate::html::meta::is_address;
use crate::outcome::Key;

/// The keys of ninjs.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Ninjs {
    uri: Given,
    headline: Given,
    headlines: Values,
    bodies: Values,
    body_text: Given,
    body_html: Given,
    body_xhtml: Given,
    #[serde(alias = "firstCreated")]
    firstcreated: Given,
    #[serde(alias = "versionCreated")]
    versioncreated: Given,
    #[serde(alias = "copyrightHolder")]
    copyrightholder: Given,
    language: Given,
    byline: Given,
    by: Given,
}

/// A list of values with their roles, or anything else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    List(Vec<Value>),
    Other(IgnoredAny),
}

impl Default for Values {
    fn default() -> Values {
        Values::List(Vec::new())
    }
}

#[derive(Deserialize)]
struct Value {
    #[serde(alias = "contentType", default)]
    contenttype: String,
    #[serde(default)]
    value: String,
}

/// What an object without `text` is.
pub(super) enum Told {
    Article(Box<Read>),
    /// News without its text.
    Bodiless,
    /// Something else.
    Other,
}

impl Ninjs {
    pub(super) fn told(self) -> Told {
        let uri = self.uri.text();
        let first = self.firstcreated.text();
        let version = self.versioncreated.text();
        let headlines = self.headlines.list().into_iter().map(|headline| headline.value);
        let title =
            self.headline.text().or_else(|| headlines.into_iter().find(|title| !title.trim().is_empty()));
        if uri.is_none() || (title.is_none() && first.is_none() && version.is_none()) {
            return Told::Other;
        }
        let markup = [self.body_html.text(), self.body_xhtml.text()].into_iter().flatten().next();
        let mut bodies = self.bodies.list();
        bodies.retain(|body| !body.value.trim().is_empty() && !body.value.contains('\0'));
        let is_markup = |body: &Value| body.contenttype.contains("html") || body.contenttype.contains("xml");
        let marked_up = bodies.iter().find(|body| is_markup(body)).map(|body| body.value.clone());
        let plain = bodies.into_iter().find(|body| !is_markup(body)).map(|body| body.value);
        let marked_up =
            markup.or(marked_up).map(|markup| html::fragment(&markup)).filter(|text| !text.is_empty());
        let Some(text) = marked_up.or_else(|| self.body_text.text()).or(plain) else { return Told::Bodiless };
        let inferred = if first.is_none() && version.is_some() { vec![Key::Published] } else { Vec::new() };
        let article = Article {
            text,
            url: uri.clone().filter(|uri| is_address(uri)),
            id: uri,
            title,
            publisher: self.copyrightholder.text(),
            published: first.or(version),
            language: self.language.text(),
        };
        Told::Article(Box::new(Read {
            article,
            byline: self.byline.text().or_else(|| self.by.text()),
            inferred,
        }))
    }
}

impl Values {
    fn list(self) -> Vec<Value> {
        match self {
            Values::List(values) => values,
            Values::Other(_) => Vec::new(),
        }
    }
}
