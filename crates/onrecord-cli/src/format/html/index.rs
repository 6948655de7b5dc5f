//! The page that lists the pages of a folder.
//!
//! In: an [`Entry`] for each article, one at a time. Out: `index.html`, piece by piece, so that a folder of any size
//! fits in memory.

use super::{ReadArticle, attribute, head, text};

/// What the index says of one article.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    heading: String,
    published: String,
    rows: usize,
    warnings: usize,
}

impl Entry {
    pub(crate) fn new(article: &ReadArticle) -> Entry {
        let published =
            article.document.published().map_or(String::new(), |published| published.value.clone());
        let claims = &article.claims;
        let heading = article.heading().into_owned();
        Entry { heading, published, rows: claims.attributions.len(), warnings: claims.warnings.len() }
    }
}

/// The pieces of the index.
pub(crate) struct Index;

impl Index {
    /// Everything before the first article.
    pub(crate) fn start() -> String {
        let table = "<header>\n<h1>Who said what</h1>\n</header>\n<main class=\"index\">\n<table>\n<thead><tr>\
            <th scope=\"col\">Article</th><th scope=\"col\">Published</th><th scope=\"col\">Rows</th>\
            <th scope=\"col\">Warnings</th></tr></thead>\n<tbody>\n";
        head("Who said what") + table
    }

    /// One article, whose page is the file `name` in the same folder.
    pub(crate) fn entry(name: &str, entry: &Entry) -> String {
        let Entry { heading, published, rows, warnings } = entry;
        let (href, heading, published) = (attribute(&path_segment(name)), text(heading), text(published));
        format!(
            "<tr><td><a href=\"{href}\"><bdi>{heading}</bdi></a></td><td>{published}</td>\
             <td>{rows}</td><td>{warnings}</td></tr>\n"
        )
    }

    /// Everything after the last article.
    pub(crate) fn end() -> &'static str {
        "</tbody>\n</table>\n</main>\n</body>\n</html>\n"
    }
}

/// A file name as a relative reference (RFC 3986): `./` keeps a colon from looking like a scheme.
fn path_segment(name: &str) -> String {
    use std::fmt::Write as _;
    name.bytes().fold("./".to_owned(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_segment() {
        assert_eq!(path_segment("a b#c?d%é:.html"), "./a%20b%23c%3Fd%25%C3%A9%3A.html");
        assert_eq!(path_segment("javascript:x.html"), "./javascript%3Ax.html");
    }

    #[test]
    fn an_entry_links_its_page() {
        let article = crate::format::sample::bridge();
        let entry = Index::entry("bridge.html", &Entry::new(&article));
        let expected = "<tr><td><a href=\"./bridge.html\"><bdi>Bridge &amp; &lt;tunnel&gt;</bdi></a></td>\
            <td>2019-03-05</td><td>4</td><td>1</td></tr>\n";
        assert_eq!(entry, expected);
    }
}
