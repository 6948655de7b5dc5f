//! A page for browsers: one file, no script, nothing fetched.
//!
//! In: one article. Out: an HTML page whose Content-Security-Policy allows its own style sheet and nothing else.
//! Every character of the article passes through [`escape`]; no article text ever stands in a tag, a style or an
//! unquoted attribute. Read on in [`index`], the page that lists the pages of a folder.

mod chain;
mod escape;
mod index;
mod people;

use std::fmt::Write as _;
use std::sync::LazyLock;

use onrecord::wire::Text;
use onrecord::{Document, Span};
use sha2::{Digest as _, Sha256};

use super::marks::{Event, Mark, Of, Role, Sweep, marks_and_mentions};
use super::{Lines, ReadArticle, Voice, form, voice, who};
use escape::{attribute, text};

pub(crate) use index::{Entry, Index};

const CSS: &str = include_str!("style.css");

/// The one style sheet that the policy allows, by its digest.
static STYLE_SRC: LazyLock<String> = LazyLock::new(|| format!("sha256-{}", base64(&Sha256::digest(CSS))));

/// The page of one article.
pub(super) fn page(article: &ReadArticle, keep: Text) -> String {
    let heading = article.heading();
    let mut out = head(&format!("{heading}: who said what"));
    header(&mut out, article, &heading);
    out.push_str("<main>\n");
    let has_text = keep == Text::Keep;
    if has_text {
        body(&mut out, article);
    }
    out.push_str("<div class=\"side\">\n");
    let link = if has_text { Link::ToText } else { Link::None };
    rows(&mut out, article, link);
    people::section(&mut out, article, link);
    chain::conditions(&mut out, article);
    warnings(&mut out, article);
    out.push_str("</div>\n");
    chain::sections(&mut out, article, link);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Everything up to the body.
fn head(title: &str) -> String {
    let (policy, title) = (STYLE_SRC.as_str(), attribute(title));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{policy}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n"
    )
}

fn header(out: &mut String, article: &ReadArticle, heading: &str) {
    let given = article.document.article();
    put(out, format_args!("<header>\n<h1><bdi>{}</bdi></h1>\n", text(heading)));
    let mut facts = Vec::new();
    if let Some(publisher) = &given.publisher {
        facts.push(format!("<bdi>{}</bdi>", text(publisher)));
    }
    if let Some(published) = article.document.published() {
        let note = if published.inferred { " (inferred from the date line)" } else { "" };
        let value = text(&published.value);
        facts.push(format!("<time datetime=\"{}\">{value}</time>{note}", attribute(&published.value)));
    }
    if let Some(url) = &given.url {
        facts.push(link(url));
    }
    if !facts.is_empty() {
        put(out, format_args!("<p class=\"facts\">{}</p>\n", facts.join(" · ")));
    }
    out.push_str("</header>\n");
}

/// A link where the address is one of the web; anything else, such as `javascript:`, is shown and not linked.
fn link(url: &str) -> String {
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let shown = format!("<bdi>{}</bdi>", text(url));
    if is_web { format!("<a href=\"{}\" rel=\"noreferrer\">{shown}</a>", attribute(url)) } else { shown }
}

/// The article itself, a `<p>` for each paragraph.
fn body(out: &mut String, article: &ReadArticle) {
    let language = article.document.article().language.as_deref().unwrap_or("en");
    put(out, format_args!("<article lang=\"{}\" aria-label=\"the article\">\n", attribute(language)));
    let marks = marks_and_mentions(&article.claims);
    let mut sweep = Sweep::new(&marks);
    for block in blocks(&article.document) {
        out.push_str("<p dir=\"auto\">");
        sweep.block(block, |event| match event {
            Event::Open(mark) => open(out, article, mark),
            Event::Resume(mark) => put(out, format_args!("<bdi class=\"{}\">", class(mark.role))),
            Event::Text(span, _) => timed(out, article, span),
            Event::Close(_) => out.push_str("</bdi>"),
        });
        out.push_str("</p>\n");
    }
    out.push_str("</article>\n");
}

/// Some of the text, with the times in it marked; a range is told by its ends.
fn timed(out: &mut String, article: &ReadArticle, span: Span) {
    let times = &article.claims.times;
    let mut at = span.start;
    let first = times.partition_point(|time| time.timex.span.start + LONGEST_TIME < span.start);
    let inside = times[first..].iter().take_while(|time| time.timex.span.start < span.end);
    for time in inside.filter(|time| time.timex.begin.is_none()) {
        let start = time.timex.span.start.max(at);
        let end = time.timex.span.end.min(span.end);
        let Some(value) = time.timex.value.as_deref().filter(|_| start < end) else { continue };
        out.push_str(&text(article.document.slice(Span { start: at, end: start })));
        put(out, format_args!("<span class=\"time\" title=\"{}\">", attribute(value)));
        out.push_str(&text(article.document.slice(Span { start, end })));
        out.push_str("</span>");
        at = end;
    }
    out.push_str(&text(article.document.slice(Span { start: at, end: span.end })));
}

/// In bytes: no expression is longer, so that what reaches into a piece of the text begins no earlier.
const LONGEST_TIME: u32 = 400;

fn open(out: &mut String, article: &ReadArticle, mark: &Mark<'_>) {
    let (id, class) = (attribute(&mark.id()), class(mark.role));
    if let Of::Mention(entity, _) = mark.of {
        let name = attribute(&who::called(&article.document, &article.claims.people.entities[entity]));
        return put(out, format_args!("<bdi class=\"{class}\" id=\"{id}\" title=\"{name}\">"));
    }
    let label = format!("<a class=\"id\" href=\"#row-{id}\">{id}</a>");
    match (mark.is_anchor, mark.role) {
        (true, _) => put(out, format_args!("<bdi class=\"{class}\" id=\"{id}\">{label}")),
        (false, Role::Content) => put(out, format_args!("<bdi class=\"{class}\">{label}")),
        (false, _) => put(out, format_args!("<bdi class=\"{class}\" title=\"{class} of {id}\">")),
    }
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Content => "content",
        Role::Source => "source",
        Role::Cue => "cue",
        Role::Mention => "mention",
    }
}

/// The paragraphs, and whatever prints outside them: a text beyond the limit is not read, but shown.
fn blocks(document: &Document) -> Vec<Span> {
    let whole = document.text();
    let mut blocks: Vec<Span> = Vec::new();
    let mut gap_start = 0;
    let end = Span::new(whole.len(), whole.len());
    for paragraph in document.paragraphs().iter().map(|paragraph| paragraph.span).chain([end]) {
        let mut paragraph = paragraph;
        let gap = Span { start: gap_start, end: paragraph.start.max(gap_start) };
        gap_start = paragraph.end.max(gap_start);
        for line in printing_lines(whole, gap) {
            // What shares a line with a paragraph belongs to it, such as a mark that steers its direction.
            match blocks.last_mut() {
                Some(before) if line.start == before.end => before.end = line.end,
                _ if line.end == paragraph.start && !paragraph.is_empty() => paragraph.start = line.start,
                _ => blocks.push(line),
            }
        }
        if !paragraph.is_empty() {
            blocks.push(paragraph);
        }
    }
    blocks
}

/// The lines within `gap` that hold more than white space.
fn printing_lines(text: &str, gap: Span) -> impl Iterator<Item = Span> {
    let mut start = gap.range().start;
    let lines = text[gap.range()].split('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.range().end + 1;
        span
    });
    let prints = |c: char| !c.is_whitespace() && c != '\u{feff}';
    lines.filter(move |line| text[line.range()].contains(prints))
}

/// Whether the rows can point into the page's own text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    ToText,
    None,
}

fn rows(out: &mut String, article: &ReadArticle, link: Link) {
    out.push_str("<section aria-labelledby=\"rows\">\n<h2 id=\"rows\">Who said what</h2>\n");
    if article.claims.attributions.is_empty() {
        out.push_str("<p>Nobody is quoted.</p>\n</section>\n");
        return;
    }
    if link == Link::ToText {
        out.push_str(
            "<p class=\"key\">In the text: <span class=\"content\">what was said</span>, \
             <span class=\"source\">who said it</span>, <span class=\"cue\">the reporting words</span>.</p>\n",
        );
    }
    out.push_str("<ol>\n");
    for at in 0..article.claims.attributions.len() {
        row(out, article, at, link);
    }
    out.push_str("</ol>\n</section>\n");
}

fn row(out: &mut String, article: &ReadArticle, at: usize, link: Link) {
    let said = &article.claims.attributions[at];
    let read = &said.attribution;
    let id = attribute(&said.id);
    put(out, format_args!("<li id=\"row-{id}\"><p class=\"who\">"));
    match link {
        Link::ToText => put(out, format_args!("<a class=\"id\" href=\"#{id}\">{id}</a> ")),
        Link::None => put(out, format_args!("<span class=\"id\">{id}</span> ")),
    }
    match voice(said) {
        Voice::Source(source) => {
            put(out, format_args!("<bdi class=\"source\">{}</bdi>", joined(article, source)));
        }
        Voice::Inferred(span) => {
            put(
                out,
                format_args!(
                    "<bdi>{}</bdi> <span class=\"note\">(inferred)</span>",
                    joined(article, &[span])
                ),
            );
        }
        Voice::Unstated => out.push_str("<span class=\"note\">The text does not say who speaks</span>"),
    }
    if !read.cue.is_empty() {
        put(out, format_args!(" <bdi class=\"cue\">{}</bdi>", joined(article, &read.cue)));
    }
    out.push_str("</p>\n");
    people::speakers(out, article, at);
    put(out, format_args!("<blockquote><bdi>{}</bdi></blockquote>\n", joined(article, &read.content)));
    let (form, maker, score) = (form(read.form), read.maker.rule, read.maker.score);
    put(out, format_args!("<p class=\"note\">{form}"));
    if let Some(stance) = who::stance(read) {
        put(out, format_args!(", {stance}"));
    }
    if let Some(outer) = said.inside.as_deref().map(attribute) {
        put(out, format_args!(", inside <a href=\"#row-{outer}\">{outer}</a>"));
    }
    put(out, format_args!("; read by {}, score {score:.2}</p></li>\n", text(maker)));
}

fn joined(article: &ReadArticle, spans: &[Span]) -> String {
    article.pieces(spans).map(text).collect::<Vec<_>>().join(" … ")
}

fn warnings(out: &mut String, article: &ReadArticle) {
    if article.claims.warnings.is_empty() {
        return;
    }
    let lines = Lines::new(article.document.text());
    out.push_str("<section aria-labelledby=\"warnings\">\n<h2 id=\"warnings\">Warnings</h2>\n<ul>\n");
    for warning in &article.claims.warnings {
        let place = warning.span.map_or(String::new(), |span| format!("{}: ", lines.place(span)));
        let message = text(&warning.message);
        put(
            out,
            format_args!(
                "<li>{place}<bdi>{message}</bdi> <span class=\"note\">({})</span></li>\n",
                text(warning.code)
            ),
        );
    }
    out.push_str("</ul>\n</section>\n");
}

fn put(out: &mut String, part: std::fmt::Arguments<'_>) {
    out.write_fmt(part).expect("writing to a string cannot fail");
}

/// Base64 with padding (RFC 4648, section 4): how a policy names a digest.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().chain([0, 0].iter()).take(3).fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        for digit in 0..4 {
            let is_padding = digit > group.len();
            let value = bits >> (18 - 6 * digit) & 63;
            out.push(if is_padding { '=' } else { char::from(DIGITS[value as usize]) });
        }
    }
    out
}

#[cfg(test)]
mod tests;
