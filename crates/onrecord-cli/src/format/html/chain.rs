//! What led to what and what happened when, as pictures in the page.
//!
//! In: one article. Out: a list of conditions, and two sections with an SVG each: the chain in layers from left to right,
//! and the happenings that have a day in the order of their days. Each node opens its words in the text. A picture has no
//! script and no style of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use onrecord::Span;
use onrecord::read::cause::Standing;

use super::escape::{attribute, text};
use super::{Link, joined, put};
use crate::format::ReadArticle;
use crate::format::chain::{Chain, condition_kind};

const WIDTH: usize = 210;
const HEIGHT: usize = 46;
/// Between two layers, where the labels of edges stand, and between two boxes of a layer.
const ASIDE: usize = 140;
const BELOW: usize = 22;
const MARGIN: usize = 10;
/// Where the boxes of the timeline begin: before them stand the days.
const DAYS: usize = 130;
/// How many characters a line of a box and of an edge shows, and how many lines a box has.
const IN_BOX: usize = 30;
const ON_EDGE: usize = 22;
const LINES: usize = 2;

/// Both pictures; nothing where the article tells neither.
pub(super) fn sections(out: &mut String, article: &ReadArticle, link: Link) {
    let chain = Chain::new(article);
    if !chain.edges.is_empty() {
        out.push_str(
            "<section class=\"wide\" aria-labelledby=\"chain\">\n<h2 id=\"chain\">What led to what</h2>\n",
        );
        draw(out, &chain, article, link);
        out.push_str("</section>\n");
    }
    timeline(out, article, link);
}

/// The boxes in layers from left to right, each chain below the one before.
fn draw(out: &mut String, chain: &Chain, article: &ReadArticle, link: Link) {
    let rows = rows(chain);
    let places: Vec<(usize, usize)> = chain
        .nodes
        .iter()
        .zip(&rows)
        .map(|(node, row)| (MARGIN + node.layer * (WIDTH + ASIDE), MARGIN + row * (HEIGHT + BELOW)))
        .collect();
    let width = places.iter().map(|(x, _)| x + WIDTH + MARGIN).max().unwrap_or(0);
    let height = places.iter().map(|(_, y)| y + HEIGHT + MARGIN).max().unwrap_or(0);
    open(out, "chain", (width, height));
    out.push_str(
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\"></path></marker></defs>\n",
    );
    for edge in &chain.edges {
        let ((x1, y1), (x2, y2)) = (places[edge.from], places[edge.to]);
        let (x1, y1, y2) = (x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2);
        let class = if edge.closes { "edge closes" } else { "edge" };
        put(
            out,
            format_args!(
                "<path class=\"{class}\" marker-end=\"url(#arrow)\" d=\"M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}\">\
                 <title>{}: {}</title></path>\n",
                x1 + ASIDE / 2,
                x2.saturating_sub(ASIDE / 2),
                attribute(&edge.id),
                text(&edge.label),
            ),
        );
        // Where several edges end or begin, their labels stand at the end that is their own.
        let y = usize::midpoint(y1, y2);
        let (what, voice) = edge.label.split_once(" (").unwrap_or((&edge.label, ""));
        for (label, y) in [(what, y.saturating_sub(5)), (voice.trim_end_matches(')'), y + 12)] {
            let label = text(&cut(label, ON_EDGE));
            if !label.is_empty() {
                put(out, format_args!("<text class=\"edge\" x=\"{}\" y=\"{y}\">{label}</text>\n", x1 + 10));
            }
        }
    }
    for (node, &place) in chain.nodes.iter().zip(&places) {
        boxed(out, article, link, place, node.span, &node.label);
    }
    out.push_str("</svg></div>\n");
}

/// The row of each node: chains that share no node share no row.
fn rows(chain: &Chain) -> Vec<usize> {
    // The first node of the chain that each belongs to.
    let mut first: Vec<usize> = (0..chain.nodes.len()).collect();
    for edge in &chain.edges {
        let (one, other) = (first[edge.from], first[edge.to]);
        let (least, most) = (one.min(other), one.max(other));
        for of in first.iter_mut().filter(|of| **of == most) {
            *of = least;
        }
    }
    let mut rows = vec![0; chain.nodes.len()];
    let mut next = 0;
    for start in (0..chain.nodes.len()).filter(|&at| first[at] == at) {
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        for at in (start..chain.nodes.len()).filter(|&at| first[at] == start) {
            let row = used.entry(chain.nodes[at].layer).or_insert(next);
            rows[at] = *row;
            *row += 1;
        }
        next = used.into_values().max().unwrap_or(next);
    }
    rows
}

fn open(out: &mut String, id: &str, (width, height): (usize, usize)) {
    put(
        out,
        format_args!(
            "<div class=\"picture\"><svg role=\"img\" aria-labelledby=\"{id}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">\n"
        ),
    );
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
    let (start, end) = match link {
        Link::ToText => {
            let target = format!("#:~:text={}", encoded(article.document.slice(span)));
            (format!("<a href=\"{}\">", attribute(&target)), "</a>")
        }
        Link::None => (String::new(), ""),
    };
    put(
        out,
        format_args!(
            "{start}<rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"></rect><text>"
        ),
    );
    let lines = lines(label);
    for (line, nth) in lines.iter().zip(0..) {
        let y = y + HEIGHT / 2 + 4 + nth * 16 - (lines.len() - 1) * 8;
        put(out, format_args!("<tspan x=\"{}\" y=\"{y}\">{}</tspan>", x + 10, text(line)));
    }
    put(out, format_args!("<title>{}</title></text>{end}\n", text(label)));
}

/// A label in lines that fit a box; what does not fit is cut.
fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let fits = |line: &str| line.is_empty() || line.chars().count() + 1 + word.chars().count() <= IN_BOX;
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines.iter().map(|line| cut(line, IN_BOX + 1)).collect()
}

/// The first characters of a label.
fn cut(label: &str, most: usize) -> String {
    match label.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    }
}

/// The happenings with a day, oldest first, each with its day as the text tells it.
fn timeline(out: &mut String, article: &ReadArticle, link: Link) {
    let claims = &article.claims;
    let dated = claims.cause.events.iter().filter_map(|event| {
        let time = &claims.times.get(event.when?)?.timex;
        let is_told = matches!(event.standing, Standing::Happened | Standing::Ongoing | Standing::Expected);
        is_told.then_some((time.earliest?, time.value.as_deref()?, event))
    });
    let mut dated: Vec<_> = dated.collect();
    if dated.is_empty() {
        return;
    }
    dated.sort_by_key(|(day, _, event)| (*day, event.trigger));
    let height = 2 * MARGIN + dated.len() * (HEIGHT + BELOW) - BELOW;
    out.push_str(
        "<section class=\"wide\" aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">What happened when</h2>\n",
    );
    open(out, "timeline", (DAYS + WIDTH + MARGIN, height));
    put(out, format_args!("<path class=\"edge\" d=\"M115 {MARGIN} L115 {}\"></path>\n", height - MARGIN));
    for (row, (_, day, event)) in dated.iter().enumerate() {
        let y = MARGIN + row * (HEIGHT + BELOW);
        let expected = if event.standing == Standing::Expected { " ?" } else { "" };
        put(
            out,
            format_args!(
                "<text x=\"{MARGIN}\" y=\"{}\">{}{expected}</text>\n",
                y + HEIGHT / 2 + 4,
                text(&cut(day, 16))
            ),
        );
        let label: Vec<&str> = event.extent.iter().map(|&span| article.document.slice(span)).collect();
        let span = event.extent.first().copied().unwrap_or(event.trigger);
        boxed(out, article, link, (DAYS, y), span, &label.join(" … "));
    }
    out.push_str("</svg></div>\n</section>\n");
}

/// What was only an "if", with what would follow.
pub(super) fn conditions(out: &mut String, article: &ReadArticle) {
    let conditions = &article.claims.cause.conditions;
    if conditions.is_empty() {
        return;
    }
    out.push_str(
        "<section aria-labelledby=\"conditions\">\n<h2 id=\"conditions\">What was only an “if”</h2>\n<ol>\n",
    );
    for (condition, nth) in conditions.iter().zip(1..) {
        put(out, format_args!("<li id=\"row-c{nth}\"><p class=\"who\"><span class=\"id\">c{nth}</span> "));
        put(out, format_args!("<span class=\"note\">{}", condition_kind(condition.kind)));
        if let Some(index) = condition.asserted_by {
            put(out, format_args!("; said in <a href=\"#row-a{0}\">a{0}</a>", index + 1));
        }
        out.push_str("</span></p>\n");
        for (name, sides) in [("if", &condition.antecedents), ("then", &condition.consequents)] {
            for side in sides {
                let words = joined(article, &side.spans);
                put(out, format_args!("<p class=\"note\">{name}</p><blockquote>{words}</blockquote>\n"));
            }
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
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
