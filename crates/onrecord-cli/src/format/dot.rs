//! The chain in the language of Graphviz.
//!
//! In: one article. Out: a `digraph` with a node for each happening and an edge for each link. Text of the article stands in
//! quoted strings alone, with quotation marks and back-slashes escaped.

use std::fmt::Write as _;

use super::ReadArticle;
use super::chain::Chain;
use crate::terminal;

pub(super) fn graph(article: &ReadArticle) -> String {
    let chain = Chain::new(article);
    let mut out = format!("digraph {} {{\n  rankdir=LR;\n  node [shape=box];\n", quoted(&article.heading()));
    let mut line = |line: std::fmt::Arguments<'_>| {
        writeln!(out, "  {line}").expect("writing to a string cannot fail");
    };
    for node in &chain.nodes {
        line(format_args!("{} [label={}];", quoted(&node.id), quoted(&node.label)));
    }
    for edge in &chain.edges {
        let (from, to) = (quoted(&chain.nodes[edge.from].id), quoted(&chain.nodes[edge.to].id));
        let closes = if edge.closes { ", style=dashed, constraint=false" } else { "" };
        line(format_args!(
            "{from} -> {to} [id={}, label={}{closes}];",
            quoted(&edge.id),
            quoted(&edge.label)
        ));
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", terminal::line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_escaped() {
        assert_eq!(super::quoted("a \"b\" \\c"), r#""a \"b\" \\c""#);
    }
}
