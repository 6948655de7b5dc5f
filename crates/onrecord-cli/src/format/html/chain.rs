//! What led to what and what happened when, as pictures in the page.
//!
//! In: one article. Out: two sections with an SVG each: the chain in layers from left to right, and the happenings that have
//! a day in the order of their days. Each node opens its words in the text. A picture has no script and no style of its own.

use std::fmt::Write as _;

use onrecord::Span;
use onrecord::read::cause::Standing;

use super::escape::{attribute, text};
use super::{Link, put};
use crate::format::ReadArticle;
use crate::format::chain::Chain;

const WIDTH: usize = 190;
const HEIGHT: usize = 44;
const GAP: usize = 40;
/// How many characters a box shows.
const SHOWN: usize = 26;

/// Both sections; nothing where the article tells neither.
pub(super) fn sections(out: &mut String, article: &ReadArticle, link: Link) {
    let chain = Chain::new(article);
    if !chain.edges.is_empty() {
        out.push_str("<section aria-labelledby=\"chain\">\n<h2 id=\"chain\">What led to what</h2>\n");
        draw(out, &chain, article, link);
        out.push_str("</section>\n");
    }
    timeline(out, article, link);
}

/// The boxes by layers, the edges between them.
fn draw(out: &mut String, chain: &Chain, article: &ReadArticle, link: Link) {
    let layers = chain.nodes.iter().map(|node| node.layer + 1).max().unwrap_or(0);
    let mut used = vec![0; layers];
    let places: Vec<(usize, usize)> = chain
        .nodes
        .iter()
        .map(|node| {
            let row = used[node.layer];
            used[node.layer] += 1;
            (10 + node.layer * (WIDTH + GAP * 2), 10 + row * (HEIGHT + GAP))
        })
        .collect();
    let width = 20 + layers * (WIDTH + GAP * 2);
    let height = 20 + used.iter().max().unwrap_or(&0) * (HEIGHT + GAP);
    put(
        out,
        format_args!(
            "<div class=\"picture\"><svg role=\"img\" aria-labelledby=\"chain\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        ),
    );
    for edge in &chain.edges {
        let ((x1, y1), (x2, y2)) = (places[edge.from], places[edge.to]);
        let (x1, y1, y2) = (x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2);
        let class = if edge.closes { "edge closes" } else { "edge" };
        put(
            out,
            format_args!(
                "<path class=\"{class}\" d=\"M{x1} {y1} L{x2} {y2}\"><title>{}: {}</title></path>\
                 <text class=\"edge\" x=\"{}\" y=\"{}\">{}</text>\n",
                attribute(&edge.id),
                text(&edge.label),
                usize::midpoint(x1, x2) - 30,
                usize::midpoint(y1, y2) - 4,
                text(edge.label.split([',', ' ']).next().unwrap_or_default()),
            ),
        );
    }
    for (node, &place) in chain.nodes.iter().zip(&places) {
        boxed(out, article, link, place, node.span, &node.label);
    }
    out.push_str("</svg></div>\n");
}

/// A box that opens the words that it stands for.
fn boxed(
    out: &mut String,
    article: &ReadArticle,
    link: Link,
    (x, y): (usize, usize),
    span: Span,
    label: &str,
) {
    let shown: String = label.chars().take(SHOWN).collect();
    let dots = if label.chars().count() > SHOWN { "…" } else { "" };
    let target = if link == Link::ToText {
        format!("#:~:text={}", encoded(article.document.slice(span)))
    } else {
        String::new()
    };
    let (open, close) = if target.is_empty() {
        (String::new(), "")
    } else {
        (format!("<a href=\"{}\">", attribute(&target)), "</a>")
    };
    put(
        out,
        format_args!(
            "{open}<rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"></rect>\
             <text x=\"{}\" y=\"{}\">{}{dots}<title>{}</title></text>{close}\n",
            x + 8,
            y + HEIGHT / 2 + 4,
            text(&shown),
            text(label),
        ),
    );
}

/// The happenings with a day, oldest first.
fn timeline(out: &mut String, article: &ReadArticle, link: Link) {
    let claims = &article.claims;
    let dated = claims.cause.events.iter().filter_map(|event| {
        let day = claims.times.get(event.when?)?.timex.earliest?;
        matches!(event.standing, Standing::Happened | Standing::Ongoing | Standing::Expected)
            .then_some((day, event))
    });
    let mut dated: Vec<_> = dated.collect();
    if dated.is_empty() {
        return;
    }
    dated.sort_by_key(|(day, event)| (*day, event.trigger));
    let height = 20 + dated.len() * (HEIGHT + 10);
    let width = 130 + WIDTH + 20;
    out.push_str("<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">What happened when</h2>\n");
    put(
        out,
        format_args!(
            "<div class=\"picture\"><svg role=\"img\" aria-labelledby=\"timeline\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        ),
    );
    put(out, format_args!("<path class=\"edge\" d=\"M115 10 L115 {}\"></path>\n", height - 10));
    for (row, (day, event)) in dated.iter().enumerate() {
        let y = 10 + row * (HEIGHT + 10);
        put(out, format_args!("<text x=\"10\" y=\"{}\">{day}</text>\n", y + HEIGHT / 2 + 4));
        let label: Vec<&str> = event.extent.iter().map(|&span| article.document.slice(span)).collect();
        let span = event.extent.first().copied().unwrap_or(event.trigger);
        boxed(out, article, link, (130, y), span, &label.join(" … "));
    }
    out.push_str("</svg></div>\n</section>\n");
}

/// A text fragment of an address (W3C): its first words, with all but letters and digits encoded.
fn encoded(words: &str) -> String {
    let first: Vec<&str> = words.split_whitespace().take(8).collect();
    first.join(" ").bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
        out
    })
}
