//! A page as a tree: html5ever's reading of it in one vector.
//!
//! In: decoded HTML. Out: [`Tree`], whose nodes are numbers. It holds no more than [`limits::PAGE_NODES`] nodes, is no
//! deeper than [`limits::PAGE_DEPTH`] elements, and never runs, fetches or repairs anything on its own. The parser is
//! quadratic in depth and in the attributes of one tag: `attributes` caps these before it, the sink here caps the
//! depth. Read on in `blocks`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult};

use crate::limits;

/// A node of a tree.
pub(super) type Id = usize;

/// The document node.
pub(super) const ROOT: Id = 0;

/// A page.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The codes of the limits that cut something.
    pub(super) cut: Vec<limits::Limit>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<Id>,
    pub(super) children: Vec<Id>,
    pub(super) data: Data,
}

#[derive(Debug)]
pub(super) enum Data {
    Element(Element),
    Text(StrTendril),
    /// The document, comments, what stands inside `template`.
    Other,
}

#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Tree {
    /// Parses a page.
    pub(super) fn new(html: &str) -> Tree {
        let builder = TreeBuilder::new(Sink::default(), TreeBuilderOpts::default());
        let tokenizer = Tokenizer::new(Capped { builder, dropped: Cell::new(0) }, TokenizerOpts::default());
        let queue = BufferQueue::default();
        // In pieces, so that a limit stops it soon. A script or a name of an encoding pauses it; neither is heeded.
        let mut rest = html;
        while !rest.is_empty() && !tokenizer.sink.builder.sink.is_full() {
            let (piece, later) = rest.split_at(rest.floor_char_boundary(PIECE));
            rest = later;
            queue.push_back(StrTendril::from_slice(piece));
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].data {
            Data::Element(element) => Some(element),
            Data::Text(_) | Data::Other => None,
        }
    }

    /// The name of an element, `""` for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// All nodes below `id` and itself, in the order of the page.
    pub(super) fn below(&self, id: Id) -> Below<'_> {
        Below { tree: self, stack: vec![id] }
    }

    /// The nodes above `id`, from its parent up.
    pub(super) fn above(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.nodes[id].parent, |&id| self.nodes[id].parent)
    }

    /// The text below `id` with white space as single spaces.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        for id in self.below(id) {
            match &self.nodes[id].data {
                Data::Text(piece) => text.push_str(piece),
                _ if self.name(id) == "br" => text.push(' '),
                _ => {}
            }
        }
        squeezed(&text)
    }
}

/// How much the tokenizer is given at once.
const PIECE: usize = 4 << 10;

/// White space as single spaces, none at the ends.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The value of an attribute, without white space around it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|&(own, _)| own == name).map(|(_, value)| value.trim())
    }
}

/// A walk over a tree, which can leave out what is below a node.
pub(super) struct Below<'t> {
    tree: &'t Tree,
    stack: Vec<Id>,
}

impl Iterator for Below<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.stack.pop()?;
        self.stack.extend(self.tree.nodes[id].children.iter().rev());
        Some(id)
    }
}

/// What html5ever writes into. The parser holds it by shared reference, so its parts are cells.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// Whether the element that was added last is as deep as one may be.
    is_deep: Cell<bool>,
    was_deep: Cell<bool>,
}

impl Default for Sink {
    fn default() -> Sink {
        let root = Node { parent: None, children: Vec::new(), data: Data::Other };
        Sink { nodes: RefCell::new(vec![root]), is_deep: Cell::new(false), was_deep: Cell::new(false) }
    }
}

impl Sink {
    fn is_full(&self) -> bool {
        self.nodes.borrow().len() >= limits::PAGE_NODES.value
    }

    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: None, children: Vec::new(), data });
        nodes.len() - 1
    }

    /// Puts `child` before the child at `at` of `parent`, or at its end.
    fn insert(&self, parent: Id, at: Option<usize>, child: NodeOrText<Id>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let before = {
                    let nodes = self.nodes.borrow();
                    let children = &nodes[parent].children;
                    at.unwrap_or(children.len()).checked_sub(1).map(|at| children[at])
                };
                let mut nodes = self.nodes.borrow_mut();
                if let Some(Data::Text(own)) = before.map(|before| &mut nodes[before].data) {
                    own.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Data::Text(text))
            }
        };
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        match at {
            Some(at) => nodes[parent].children.insert(at, child),
            None => nodes[parent].children.push(child),
        }
        if matches!(nodes[child].data, Data::Element(_)) {
            let above = std::iter::successors(nodes[child].parent, |&id| nodes[id].parent);
            self.is_deep.set(above.take(limits::PAGE_DEPTH.value).count() == limits::PAGE_DEPTH.value);
        }
    }

    fn detach(&self, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[child].parent.take() {
            // From the end: what moves was mostly added last.
            if let Some(at) = nodes[parent].children.iter().rposition(|&id| id == child) {
                nodes[parent].children.remove(at);
            }
        }
    }
}

/// The name of an element, as html5ever asks for it.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        let mut cut = Vec::new();
        if self.is_full() {
            cut.push(limits::PAGE_NODES);
        }
        if self.was_deep.get() {
            cut.push(limits::PAGE_DEPTH);
        }
        Tree { nodes: self.nodes.into_inner(), cut }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match &self.nodes.borrow()[*target].data {
            Data::Element(element) => Name(element.name.clone()),
            Data::Text(_) | Data::Other => {
                Name(QualName::new(None, Namespace::default(), LocalName::default()))
            }
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Id {
        let id = self.add(Data::Element(Element { name, attributes }));
        if flags.template {
            // What stands inside it is no part of the page; it hangs below it so that its depth is counted.
            let inside = self.add(Data::Other);
            self.insert(id, None, NodeOrText::AppendNode(inside));
        }
        id
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        self.nodes.borrow()[*target].children.first().copied().unwrap_or(*target)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(child) = child {
            self.detach(child);
        }
        let found = {
            let nodes = self.nodes.borrow();
            nodes[*sibling]
                .parent
                .map(|parent| (parent, nodes[parent].children.iter().rposition(|&id| id == *sibling)))
        };
        if let Some((parent, at)) = found {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Data::Element(element) = &mut nodes[*target].data {
            for attribute in attributes {
                if element.attributes.len() < limits::TAG_ATTRIBUTES.value
                    && element.attributes.iter().all(|own| own.name != attribute.name)
                {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for &child in &children {
            nodes[child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

/// Keeps start tags from the parser while the element that is open is as deep as one may be, and their end tags.
struct Capped {
    builder: TreeBuilder<Id, Sink>,
    /// How many elements were not opened and not closed.
    dropped: Cell<usize>,
}

impl TokenSink for Capped {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        let sink = &self.builder.sink;
        if sink.is_full() && !matches!(token, Token::EOFToken) {
            return TokenSinkResult::Continue;
        }
        match &token {
            Token::TagToken(Tag { kind: TagKind::StartTag, self_closing, .. }) if sink.is_deep.get() => {
                sink.was_deep.set(true);
                if !self_closing {
                    self.dropped.set(self.dropped.get() + 1);
                }
                return TokenSinkResult::Continue;
            }
            Token::TagToken(Tag { kind: TagKind::EndTag, .. }) => {
                if let Some(less) = self.dropped.get().checked_sub(1) {
                    self.dropped.set(less);
                    return TokenSinkResult::Continue;
                }
                sink.is_deep.set(false);
            }
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
