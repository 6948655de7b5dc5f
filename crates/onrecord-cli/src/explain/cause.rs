//! One happening, one link, one condition with all that was kept of it.

use onrecord::Span;
use onrecord::read::Maker;
use onrecord::read::cause::{Join, Side};

use super::Page;
use crate::format::chain;

impl Page<'_> {
    pub(super) fn event(mut self, at: usize) -> String {
        let event = &self.read.claims.cause.events[at];
        let standing = chain::standing(event.standing);
        self.line(format_args!("v{}  {standing}", at + 1));
        self.made(event.maker);
        self.span("trigger", event.trigger, "");
        self.all("extent", &event.extent);
        self.all("object", &event.object);
        if let Some(time) = event.when.and_then(|index| self.read.claims.times.get(index)) {
            self.span("when", time.timex.span, &time.id);
        }
        self.asserted(event.asserted_by)
    }

    pub(super) fn link(mut self, at: usize) -> String {
        let link = &self.read.claims.cause.links[at];
        let standing = chain::standing(link.standing);
        self.line(format_args!("l{}  {}, {standing}", at + 1, chain::kind(link.kind)));
        self.made(link.maker);
        self.side("from", &link.from);
        self.side("to", &link.to);
        self.all("signal", &link.signal);
        self.asserted(link.asserted_by)
    }

    pub(super) fn condition(mut self, at: usize) -> String {
        let condition = &self.read.claims.cause.conditions[at];
        let join = match condition.join {
            Join::All => "all of it must hold",
            Join::Any => "one of it is enough",
        };
        self.line(format_args!("c{}  {}; {join}", at + 1, chain::condition_kind(condition.kind)));
        self.made(condition.maker);
        condition.antecedents.iter().for_each(|side| self.side("if", side));
        condition.consequents.iter().for_each(|side| self.side("then", side));
        self.all("signal", &condition.signal);
        self.asserted(condition.asserted_by)
    }

    fn made(&mut self, maker: Maker) {
        self.line(format_args!("\nmade by   {}", maker.rule));
        self.line(format_args!("reads     {}", maker.reads));
        self.line(format_args!("score     {:.2}: how sure its rows are, from 0 to 1", maker.score));
        self.line(format_args!("\nevidence, by line:column and characters"));
    }

    fn all(&mut self, role: &str, spans: &[Span]) {
        for &span in spans {
            self.span(role, span, "");
        }
    }

    fn side(&mut self, role: &str, side: &Side) {
        let event = side.event.map_or(String::new(), |event| format!("v{}", event + 1));
        side.spans.iter().for_each(|&span| self.span(role, span, &event));
    }

    fn asserted(mut self, by: Option<usize>) -> String {
        match by {
            Some(index) => self.line(format_args!("\nsaid in   a{}", index + 1)),
            None => self.line(format_args!("\nsaid by   the article itself")),
        }
        self.out
    }
}
