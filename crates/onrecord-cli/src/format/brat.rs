//! The standoff form of brat: `.ann` lines over a `.txt` that stays as it is.
//!
//! In: one article. Out: `T` lines for spans (code points, pieces parted by `;`), an `E` line for each row with a
//! cue, which is its trigger, `R` lines where there is none, `A` lines for the form and `#` lines with the row's id,
//! maker and score; then a `T` line for each mention and an `Equiv` line for those of one entity. It never writes a line break inside a line: brat reads them one by one.

use std::fmt::Write as _;

use onrecord::Span;
use onrecord::read::people::EntityKind;
use onrecord::record::Said;
use onrecord::text::Offsets;

use super::{ReadArticle, Voice, form, voice, who};

/// The `.ann` file of one article.
pub(super) fn standoff(article: &ReadArticle) -> String {
    let offsets = Offsets::new(article.document.text());
    let mut ann = Ann { article, offsets, out: String::new(), spans: 0, events: 0, relations: 0 };
    let rows = &article.claims.attributions;
    let contents: Vec<Option<String>> =
        rows.iter().zip(1..).map(|(said, number)| ann.row(said, number)).collect();
    // Told last, when every row has its lines: an outer row may stand after an inner one.
    for (said, content) in rows.iter().zip(&contents) {
        let outer = said.attribution.inside.and_then(|outer| contents.get(outer));
        ann.relation("Inside", content.as_deref(), outer.and_then(Option::as_deref));
    }
    for entity in 0..article.claims.people.entities.len() {
        ann.entity(entity, rows.len() + 1 + entity);
    }
    ann.out
}

struct Ann<'a> {
    article: &'a ReadArticle,
    offsets: Offsets<'a>,
    out: String,
    spans: usize,
    events: usize,
    relations: usize,
}

impl Ann<'_> {
    /// The lines of one row; gives the id of its content.
    fn row(&mut self, said: &Said, number: usize) -> Option<String> {
        let read = &said.attribution;
        let content = self.span("Content", &read.content);
        let source = self.span("Source", &read.source);
        let cue = self.span("Cue", &read.cue);
        let event = cue.map(|cue| self.event(&cue, content.as_deref(), source.as_deref()));
        if event.is_none() {
            self.relation("SourceOf", content.as_deref(), source.as_deref());
        }
        if let Voice::Inferred(span) = voice(said) {
            let speaker = self.span("Speaker", &[span]);
            self.relation("InferredSpeaker", content.as_deref(), speaker.as_deref());
        }
        if let Some(marked) = event.as_deref().or(content.as_deref()) {
            let form = form(read.form);
            let note = format!("{} {} {:.2}", said.id, read.maker.rule, read.maker.score);
            self.line(&format!("A{number}\tType {marked} {form}"));
            self.line(&format!("#{number}\tAnnotatorNotes {marked}\t{note}"));
        }
        content
    }

    /// The mentions of one entity, that they are of one, and what it is called.
    fn entity(&mut self, at: usize, number: usize) {
        let article = self.article;
        let entity = &article.claims.people.entities[at];
        let kind = match entity.kind {
            EntityKind::Person => "Person",
            EntityKind::Organization => "Organization",
            EntityKind::Group => "Group",
            EntityKind::Place => "Place",
        };
        let mentions: Vec<String> =
            entity.mentions.iter().filter_map(|mention| self.span(kind, &[mention.span])).collect();
        if mentions.len() > 1 {
            self.line(&format!("*\tEquiv {}", mentions.join(" ")));
        }
        if let Some(first) = mentions.first() {
            let ids = article.claims.ids.get(at).into_iter().flatten().map(|id| flat(id));
            let name = flat(&who::called(&article.document, entity));
            let note = [format!("e{}", at + 1), name].into_iter().chain(ids).collect::<Vec<_>>().join(" ");
            self.line(&format!("#{number}\tAnnotatorNotes {first}\t{note}"));
        }
    }

    /// A `T` line; the pieces of one thing are one discontinuous span.
    fn span(&mut self, kind: &str, pieces: &[Span]) -> Option<String> {
        let pieces: Vec<Span> = pieces.iter().copied().filter(|piece| !piece.is_empty()).collect();
        if pieces.is_empty() {
            return None;
        }
        self.spans += 1;
        let id = format!("T{}", self.spans);
        let places: Vec<String> = pieces
            .iter()
            .map(|piece| {
                format!("{} {}", self.offsets.code_point(piece.start), self.offsets.code_point(piece.end))
            })
            .collect();
        let texts: Vec<String> = self.article.pieces(&pieces).map(flat).collect();
        self.line(&format!("{id}\t{kind} {}\t{}", places.join(";"), texts.join(" ")));
        Some(id)
    }

    fn event(&mut self, cue: &str, content: Option<&str>, source: Option<&str>) -> String {
        self.events += 1;
        let id = format!("E{}", self.events);
        let mut line = format!("{id}\tQuotation:{cue}");
        for (role, argument) in [("Content", content), ("Source", source)] {
            if let Some(argument) = argument {
                write!(line, " {role}:{argument}").expect("writing to a string cannot fail");
            }
        }
        self.line(&line);
        id
    }

    fn relation(&mut self, kind: &str, from: Option<&str>, to: Option<&str>) {
        if let (Some(from), Some(to)) = (from, to) {
            self.relations += 1;
            let line = format!("R{}\t{kind} Arg1:{from} Arg2:{to}", self.relations);
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// The characters of a span, line breaks and control characters as spaces: one for one, so that lengths agree.
fn flat(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::format::sample;

    #[test]
    fn every_line_kind() {
        insta::assert_snapshot!(super::standoff(&sample::bridge()));
    }
}
