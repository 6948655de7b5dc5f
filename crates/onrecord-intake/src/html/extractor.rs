//! The library that finds the main text, and the tree in the form that it reads.
//!
//! In: a [`Tree`]. Out: the text that the library takes for the article, for `choice` to weigh. It is given the tree
//! that was capped, without what nobody sees; a panic in it costs its opinion and no more.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::Options;

use super::blocks::is_unseen;
use super::tree::{Data, Id, ROOT, Tree};

/// What the library takes for the main text; `None` where it finds none.
pub(super) fn main_text(tree: &Tree) -> Option<String> {
    let html = seen(tree);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    // It holds no state that outlives the call.
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&html, &options)));
    found.ok()?.ok().map(|found| found.content_text).filter(|text| !text.trim().is_empty())
}

/// The page as HTML, less what nobody sees.
fn seen(tree: &Tree) -> String {
    enum Step {
        Enter(Id),
        Leave(Id),
    }
    let mut html = String::from("<!doctype html>");
    let mut stack = vec![Step::Enter(ROOT)];
    while let Some(step) = stack.pop() {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let is_entered = matches!(step, Step::Enter(_));
        match &tree.node(id).data {
            // Line ends inside a paragraph are no line ends of it.
            Data::Text(text) => escape(&text.replace(['\n', '\r', '\t'], " "), &mut html),
            Data::Element(element) if !is_entered => {
                html.extend(["</", element.name(), ">"]);
            }
            Data::Element(element) if is_unseen(element) => {}
            Data::Element(element) => {
                html.extend(["<", element.name()]);
                for (name, value) in element.attributes().filter(|(name, value)| is_kept(name, value)) {
                    html.extend([" ", name, "=\""]);
                    escape(value, &mut html);
                    html.push('"');
                }
                html.push('>');
                if !is_void(element.name()) {
                    stack.push(Step::Leave(id));
                    stack.extend(tree.node(id).children.iter().rev().map(|&child| Step::Enter(child)));
                }
            }
            Data::Other if id == ROOT => {
                stack.extend(tree.node(id).children.iter().rev().map(|&child| Step::Enter(child)));
            }
            Data::Other => {}
        }
    }
    html
}

/// What says something of an element; long values are data of programs.
fn is_kept(name: &str, value: &str) -> bool {
    value.len() <= 500
        && matches!(
            name,
            "class"
                | "id"
                | "itemprop"
                | "itemtype"
                | "role"
                | "href"
                | "rel"
                | "lang"
                | "data-component"
                | "data-testid"
                | "property"
                | "aria-label"
        )
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "hr" | "img" | "link" | "meta" | "source" | "track" | "wbr"
    )
}
