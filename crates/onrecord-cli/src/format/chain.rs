//! What led to what, as a graph: nodes, edges, layers.
//!
//! In: one article. Out: [`Chain`], which the formats draw. Nodes are the happenings that links join, edges the links, each
//! with whoever asserts it. A cycle stays: the edge that closes it is marked and bears no layer, so that drawing ends.

use std::collections::BTreeMap;

use onrecord::Span;
use onrecord::read::cause::{ConditionKind, Link, LinkKind, Side, Standing};

use super::{ReadArticle, joined, who};
use crate::terminal;

/// A graph of happenings.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// A happening.
#[derive(Debug)]
pub(crate) struct Node {
    /// `v1` of an event, `l1-from` of words without one.
    pub(crate) id: String,
    pub(crate) label: String,
    /// The first of its words.
    pub(crate) span: Span,
    /// How many edges lead to it at most.
    pub(crate) layer: usize,
}

/// A link.
#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) id: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Its kind, its standing where it did not happen, and who says so.
    pub(crate) label: String,
    /// Whether it closes a cycle.
    pub(crate) closes: bool,
}

/// The most links that are drawn.
pub(crate) const MOST: usize = 200;

impl Chain {
    pub(crate) fn new(article: &ReadArticle) -> Chain {
        let mut chain = Chain::default();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, link) in article.claims.cause.links.iter().enumerate().take(MOST) {
            let id = format!("l{}", index + 1);
            let from = chain.node(article, &mut known, &link.from, &format!("{id}-from"));
            let to = chain.node(article, &mut known, &link.to, &format!("{id}-to"));
            chain.edges.push(Edge { id, from, to, label: label(article, link), closes: false });
        }
        chain.mark_cycles();
        chain.layer();
        chain
    }

    fn node(
        &mut self,
        article: &ReadArticle,
        known: &mut BTreeMap<String, usize>,
        side: &Side,
        otherwise: &str,
    ) -> usize {
        let id = side.event.map_or_else(|| otherwise.to_owned(), |event| format!("v{}", event + 1));
        if let Some(&node) = known.get(&id) {
            return node;
        }
        let label = joined(article.pieces(&side.spans));
        let span = side.spans.first().copied().unwrap_or_default();
        self.nodes.push(Node { id: id.clone(), label, span, layer: 0 });
        known.insert(id, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// Marks edges that lead back to a node on the way to them. No recursion: a chain may be long.
    fn mark_cycles(&mut self) {
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (index, edge) in self.edges.iter().enumerate() {
            out[edge.from].push(index);
        }
        // 0 unseen, 1 on the way, 2 done.
        let mut state = vec![0_u8; self.nodes.len()];
        for start in 0..self.nodes.len() {
            let mut way = if state[start] == 0 { vec![(start, 0)] } else { Vec::new() };
            while let Some((node, next)) = way.last_mut() {
                state[*node] = 1;
                let Some(&edge) = out[*node].get(*next) else {
                    state[*node] = 2;
                    way.pop();
                    continue;
                };
                *next += 1;
                let to = self.edges[edge].to;
                match state[to] {
                    0 => way.push((to, 0)),
                    1 => self.edges[edge].closes = true,
                    _ => {}
                }
            }
        }
    }

    /// Longest ways from the nodes that nothing leads to.
    fn layer(&mut self) {
        for _ in 0..self.nodes.len() {
            let mut moved = false;
            for edge in self.edges.iter().filter(|edge| !edge.closes && edge.from != edge.to) {
                let least = self.nodes[edge.from].layer + 1;
                if self.nodes[edge.to].layer < least {
                    self.nodes[edge.to].layer = least;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
    }
}

fn label(article: &ReadArticle, link: &Link) -> String {
    let kind = kind(link.kind);
    let standing = match link.standing {
        Standing::Happened | Standing::Ongoing => String::new(),
        other => format!(", {}", standing(other)),
    };
    let voice = link.asserted_by.map_or(String::new(), |index| {
        let source = &article.claims.attributions[index].attribution.source;
        let told = who::speakers(article, index);
        let who =
            told.first().map_or_else(|| joined(article.pieces(source)), |told| terminal::line(&told.who));
        let parted = if who.is_empty() { "" } else { ", " };
        format!(" (a{}{parted}{who})", index + 1)
    });
    format!("{kind}{standing}{voice}")
}

/// The kind as the record names it.
pub(crate) fn kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Cause => "cause",
        LinkKind::Enable => "enable",
        LinkKind::Prevent => "prevent",
        LinkKind::Purpose => "purpose",
        LinkKind::Before => "before",
        LinkKind::Replaces => "replaces",
    }
}

/// The kind as the record names it.
pub(crate) fn condition_kind(kind: ConditionKind) -> &'static str {
    match kind {
        ConditionKind::If => "if",
        ConditionKind::Unless => "unless",
        ConditionKind::Counterfactual => "counterfactual",
    }
}

/// The standing as the record names it.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Happened => "happened",
        Standing::Ongoing => "ongoing",
        Standing::Expected => "expected",
        Standing::Ordered => "ordered",
        Standing::Possible => "possible",
        Standing::Conditional => "conditional",
        Standing::Denied => "denied",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(nodes: usize, edges: &[(usize, usize)], closing: &[usize], layers: &[usize]) {
        let node =
            |at: usize| Node { id: at.to_string(), label: String::new(), span: Span::new(0, 0), layer: 0 };
        let edge = |&(from, to): &(usize, usize)| Edge {
            id: String::new(),
            from,
            to,
            label: String::new(),
            closes: false,
        };
        let mut chain =
            Chain { nodes: (0..nodes).map(node).collect(), edges: edges.iter().map(edge).collect() };
        chain.mark_cycles();
        chain.layer();
        let found: Vec<usize> = (0..edges.len()).filter(|&at| chain.edges[at].closes).collect();
        assert_eq!(found, closing);
        assert_eq!(chain.nodes.iter().map(|node| node.layer).collect::<Vec<_>>(), layers);
    }

    #[test]
    fn layers_and_cycles() {
        check(3, &[(0, 1), (1, 2), (0, 2)], &[], &[0, 1, 2]);
        check(3, &[(0, 1), (1, 2), (2, 0)], &[2], &[0, 1, 2]);
        check(1, &[(0, 0)], &[0], &[0]);
    }
}
