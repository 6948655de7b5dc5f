//! Who they are, and who speaks in a row.
//!
//! In: one article. Out: the list of people with their posts and links to their mentions; the resolved speakers of a row
//! with a link to that list. Every character of the article passes through `escape`.

use onrecord::read::people::post::Post;

use super::escape::text;
use super::{Link, ReadArticle, joined, put, who};

/// The people of the article; nothing where nobody was read.
pub(super) fn section(out: &mut String, article: &ReadArticle, link: Link) {
    let people = who::people(article);
    if people.is_empty() {
        return;
    }
    out.push_str("<section aria-labelledby=\"people\">\n<h2 id=\"people\">Who they are</h2>\n<ol>\n");
    for who::Person { at, entity, posts } in people {
        let id = format!("e{}", at + 1);
        let name = text(&who::called(&article.document, entity));
        put(out, format_args!("<li id=\"row-{id}\"><p class=\"who\">"));
        match link {
            Link::ToText => put(out, format_args!("<a class=\"id\" href=\"#{id}-1\">{id}</a> ")),
            Link::None => put(out, format_args!("<span class=\"id\">{id}</span> ")),
        }
        put(out, format_args!("<bdi class=\"source\">{name}</bdi>"));
        for listed in article.claims.ids.get(at).into_iter().flatten() {
            put(out, format_args!(" <bdi class=\"note\">{}</bdi>", text(listed)));
        }
        out.push_str("</p>\n");
        self::posts(out, article, &posts);
        if link == Link::ToText {
            mentions(out, article, at);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

fn posts(out: &mut String, article: &ReadArticle, posts: &[(usize, &Post)]) {
    if posts.is_empty() {
        return;
    }
    out.push_str("<ul class=\"posts\">\n");
    for &(number, post) in posts {
        let (id, what) = (number + 1, text(&who::post(article, post)));
        put(out, format_args!("<li><span class=\"id\">p{id}</span> <bdi>{what}</bdi></li>\n"));
    }
    out.push_str("</ul>\n");
}

/// A link to each mention, which shows its words.
fn mentions(out: &mut String, article: &ReadArticle, entity: usize) {
    let mentions = article.claims.people.entities[entity].mentions.iter().zip(1..);
    let links: Vec<String> = mentions
        .map(|(mention, nth)| {
            let words = joined(article, &[mention.span]);
            format!("<a href=\"#e{}-{nth}\"><bdi>{words}</bdi></a>", entity + 1)
        })
        .collect();
    put(out, format_args!("<p class=\"note\">{}</p>\n", links.join(", ")));
}

/// The speakers of a row, where the record knows more than its source says.
pub(super) fn speakers(out: &mut String, article: &ReadArticle, row: usize) {
    for told in who::speakers(article, row) {
        let name = text(&told.who);
        out.push_str("<p class=\"note\">speaker: ");
        match told.entity.filter(|&entity| who::is_named(&article.claims.people.entities[entity])) {
            Some(entity) => put(out, format_args!("<a href=\"#row-e{}\"><bdi>{name}</bdi></a>", entity + 1)),
            None => put(out, format_args!("<bdi>{name}</bdi>")),
        }
        if !told.reason.is_empty() {
            put(out, format_args!("; the ground given: <bdi>{}</bdi>", joined(article, &told.reason)));
        }
        out.push_str("</p>\n");
    }
}
