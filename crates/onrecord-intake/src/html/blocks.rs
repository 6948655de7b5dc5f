//! The blocks of a page: what a reader sees as a paragraph, a heading, an item of a list.
//!
//! In: a [`Tree`]. Out: its [`Block`]s in order, with what surrounds each. Scripts, comments, hidden elements and
//! controls give none. It decides nothing about which blocks are the article; read on in `choice`.

use super::tree::{Data, Element, Id, ROOT, Tree};

/// A run of text between two borders of blocks.
#[derive(Debug)]
pub(super) struct Block {
    /// The text, white space as single spaces, line breaks of the page as line ends.
    pub(super) text: String,
    /// The block element that holds it.
    pub(super) node: Id,
    /// How many of its bytes stand inside links.
    pub(super) linked: usize,
}

impl Block {
    /// Whether most of it is links.
    pub(super) fn is_linked(&self) -> bool {
        self.linked * 2 > self.text.len()
    }

    pub(super) fn words(&self) -> usize {
        words(&self.text).count()
    }
}

/// The words of a text: what stands between blanks, and each character of a script that sets none.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|word| {
        word.split_inclusive(is_word).flat_map(|part| {
            let last = part.char_indices().next_back().filter(|&(at, c)| at > 0 && is_word(c));
            let (before, own) = part.split_at(last.map_or(part.len(), |(at, _)| at));
            [before, own].into_iter().filter(|part| !part.is_empty())
        })
    })
}

/// Whether a character is as good as a word: ideographs and kana.
fn is_word(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The blocks below the root.
pub(super) fn blocks(tree: &Tree) -> Vec<Block> {
    let mut walk = Walk::default();
    let mut stack = vec![Step::Enter(ROOT)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(id) => match &tree.node(id).data {
                Data::Text(text) => walk.push(text),
                Data::Element(element) if is_unseen(element) => walk.gap(element),
                Data::Element(element) => {
                    walk.enter(id, element);
                    stack.push(Step::Leave(id));
                    stack.extend(tree.node(id).children.iter().rev().map(|&child| Step::Enter(child)));
                }
                Data::Other if id == ROOT => {
                    stack.extend(tree.node(id).children.iter().rev().map(|&child| Step::Enter(child)));
                }
                Data::Other => {}
            },
            Step::Leave(id) => {
                if let Some(element) = tree.element(id) {
                    walk.leave(element);
                }
            }
        }
    }
    walk.flush();
    walk.blocks
}

enum Step {
    Enter(Id),
    Leave(Id),
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    /// The block elements that are open.
    open: Vec<Id>,
    text: String,
    linked: usize,
    links: usize,
}

impl Walk {
    fn enter(&mut self, id: Id, element: &Element) {
        match element.name() {
            "a" => self.links += 1,
            "br" => self.line_end(),
            name if is_block(name) => {
                self.flush();
                self.open.push(id);
            }
            _ => {}
        }
    }

    fn leave(&mut self, element: &Element) {
        match element.name() {
            "a" => self.links -= 1,
            name if is_block(name) => {
                self.flush();
                self.open.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let before = self.text.len();
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        for (at, word) in text.split_whitespace().enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.space();
        }
        let added = self.text.len() - before;
        self.linked += if self.links > 0 { added } else { 0 };
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Two in a row part blocks, as they part paragraphs for the eye.
    fn line_end(&mut self) {
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        if self.text.ends_with('\n') {
            self.flush();
        } else if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// What is not seen may part words.
    fn gap(&mut self, element: &Element) {
        if is_block(element.name()) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let text = self.text.trim_end();
        if !text.is_empty() {
            let (text, node) = (text.to_owned(), self.open.last().copied().unwrap_or(ROOT));
            self.blocks.push(Block { text, node, linked: self.linked });
        }
        self.text.clear();
        self.linked = 0;
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "caption"
            | "video"
            | "audio"
            | "iframe"
    )
}

/// Whether a reader of the page does not see what an element holds, or sees a control in it.
pub(super) fn is_unseen(element: &Element) -> bool {
    let is_unseen_kind = matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "button"
            | "select"
            | "textarea"
            | "input"
            | "dialog"
            | "map"
            | "datalist"
            | "frameset"
            | "noframes"
            | "rp"
            | "rt"
    );
    is_unseen_kind
        || element.get("hidden").is_some_and(|value| value != "until-found")
        || element.get("aria-hidden") == Some("true")
        || element.get("style").is_some_and(hides)
}

/// Whether a style hides its element.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => value.eq_ignore_ascii_case("none"),
            "visibility" => value.eq_ignore_ascii_case("hidden"),
            "font-size" => matches!(value, "0" | "0px" | "0em" | "0%"),
            "opacity" => value == "0",
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn words() {
        for (text, expected) in [
            ("It rained, she said.", &["It", "rained,", "she", "said."][..]),
            ("ab中文c 1日", &["ab", "中", "文", "c", "1", "日"]),
            ("한국 신문", &["한국", "신문"]),
            (" ", &[]),
        ] {
            assert_eq!(super::words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
