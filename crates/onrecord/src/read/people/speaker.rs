//! Who speaks, to whom, and about whom?
//!
//! In: attributions and the cast. Out: for each attribution its speakers, the words that name whom it is said to, and whom
//! its content names. A source of its own decides; where there is none, the running speaker that the quotation reading
//! inferred. Next: [`crate::record`].

use std::collections::BTreeMap;

use super::cluster::Cast;
use super::ground::{self, Ground};
use super::view::View;
use super::{Entity, EntityKind, MentionKind, Speaker, source};
use crate::lang::en::people::{self as words, Noun};
use crate::read::quote::{Attribution, SpeakerKind};
use crate::text::Span;

/// For each attribution its speakers. `heads` are the mentions that head its source; `order` gives the number of each
/// member of the cast in `entities`.
pub(super) fn speakers(
    view: &View<'_>,
    attributions: &[Attribution],
    heads: &[Vec<usize>],
    cast: &Cast,
    order: &[usize],
    entities: &[Entity],
) -> Vec<Vec<Speaker>> {
    let grounds = Grounds::new(view, cast);
    let is_described =
        |entity: &Entity| entity.mentions.iter().any(|mention| mention.kind == MentionKind::Nominal);
    let described = entities.iter().map(is_described).collect();
    let reader = Reader { view, cast, order, entities, described, grounds };
    attributions.iter().zip(heads).map(|(attribution, heads)| reader.of(attribution, heads)).collect()
}

struct Reader<'a, 'd> {
    view: &'a View<'d>,
    cast: &'a Cast,
    order: &'a [usize],
    entities: &'a [Entity],
    /// Of each entity whether a noun stands for it.
    described: Vec<bool>,
    grounds: Grounds,
}

/// The stated grounds, and the first that is told of each member of the cast, and in each sentence of nobody.
struct Grounds {
    all: Vec<Ground>,
    of: BTreeMap<usize, usize>,
    inside: BTreeMap<u32, usize>,
}

impl Grounds {
    fn new(view: &View<'_>, cast: &Cast) -> Grounds {
        let all = ground::grounds(view, cast);
        let (mut of, mut inside) = (BTreeMap::new(), BTreeMap::new());
        for (number, ground) in all.iter().enumerate() {
            match ground.of {
                Some(mention) => cast.entity[mention].map(|member| *of.entry(member).or_insert(number)),
                None => Some(*inside.entry(ground.sentence).or_insert(number)),
            };
        }
        Grounds { all, of, inside }
    }

    /// The first ground that stands in a source, or is told of a member, or of nobody in a sentence.
    fn first(&self, source: &[Span], member: Option<usize>, sentence: u32) -> Option<Span> {
        let within = source.iter().filter_map(|span| {
            let next = self.all.partition_point(|ground| ground.span.start < span.start);
            self.all.get(next).filter(|ground| span.contains(ground.span)).map(|_| next)
        });
        let of = member.and_then(|member| self.of.get(&member).copied());
        let here = self.inside.get(&sentence).copied();
        within.chain(of).chain(here).min().map(|number| self.all[number].span)
    }
}

impl Reader<'_, '_> {
    fn of(&self, attribution: &Attribution, heads: &[usize]) -> Vec<Speaker> {
        let written = source::written(attribution);
        if written.is_empty() {
            return vec![unstated(None)];
        }
        let mut speakers = self.written(&written, heads);
        // Who spoke before goes on.
        if attribution.source.is_empty() {
            for speaker in &mut speakers {
                speaker.score *= attribution.maker.score;
                speaker.maker = "speaker/running";
            }
        }
        speakers
    }

    fn written(&self, source: &[Span], heads: &[usize]) -> Vec<Speaker> {
        if heads.is_empty() || source::is_document(self.view, source[0]) {
            return vec![self.without_mention(source)];
        }
        let mut speakers: Vec<Speaker> = heads.iter().map(|&head| self.speaker(head, source)).collect();
        if let ([head], [speaker]) = (heads, &mut *speakers) {
            speaker.as_written = Some(self.description(*head, source));
        }
        speakers
    }

    /// A noun with what describes it, up to a comma or a relative clause: "two officials briefed on the talks".
    fn description(&self, head: usize, source: &[Span]) -> Span {
        let found = &self.cast.found[head];
        let own = self.view.span(&found.words);
        let Some(all) =
            source.iter().find(|span| span.contains(own)).filter(|_| found.kind == MentionKind::Nominal)
        else {
            return own;
        };
        let source = self.view.within(*all);
        let ends = |&at: &usize| {
            let text = self.view.text(at);
            matches!(text, "," | ";" | "(" | "—" | "–" | "whose") || words::is_relative(text)
        };
        let end = (found.words.end..source.end).find(ends).unwrap_or(source.end);
        self.view.span(&(found.words.start..end.max(found.words.end)))
    }

    fn speaker(&self, head: usize, source: &[Span]) -> Speaker {
        let found = &self.cast.found[head];
        let as_written = Some(self.view.span(&found.words));
        let Some(entity) = self.cast.entity[head].map(|member| self.order[member]) else {
            return unstated(as_written);
        };
        let who = &self.entities[entity];
        let by_name = who.name.is_some();
        let kind = match who.kind {
            EntityKind::Person if by_name => SpeakerKind::Named,
            EntityKind::Person if found.kind == MentionKind::Nominal => SpeakerKind::Unnamed,
            EntityKind::Person if self.described[entity] => SpeakerKind::Unnamed,
            EntityKind::Person => SpeakerKind::Unstated,
            EntityKind::Organization | EntityKind::Place => SpeakerKind::Organization,
            EntityKind::Group => self.group(head),
        };
        let number = match kind {
            SpeakerKind::Unnamed if who.kind == EntityKind::Person => Some(1),
            SpeakerKind::Unnamed => self.number(head),
            _ => None,
        };
        let (score, maker) = self.sureness(head, by_name, who.kind);
        let reason = if kind == SpeakerKind::Unnamed { self.reason(head, source) } else { Vec::new() };
        Speaker { entity: Some(entity), kind, as_written, number, reason, score, maker }
    }

    /// "two officials" are people whom the reporter knows, "some officials" and "critics" a class.
    fn group(&self, head: usize) -> SpeakerKind {
        let words = &self.cast.found[head].words;
        let last = self.view.text(words.end - 1);
        let vague = words.clone().any(|at| {
            words::noun(self.view.text(at)) == Some(Noun::Vague)
                || matches!(self.view.text(at), "percent" | "%" | "of")
        });
        let known = self.number(head).is_some() || words::noun(last) == Some(Noun::Unnamed);
        if known && !vague { SpeakerKind::Unnamed } else { SpeakerKind::Group }
    }

    fn number(&self, head: usize) -> Option<u32> {
        let words = &self.cast.found[head].words;
        let before = words.clone();
        before.into_iter().map(|at| self.view.text(at)).find_map(words::number).filter(|&number| number > 0)
    }

    /// How often speakers that are told in this way are right, on dev (`eval/calibration.csv`).
    fn sureness(&self, head: usize, by_name: bool, kind: EntityKind) -> (f64, &'static str) {
        let found = &self.cast.found[head];
        match (found.kind, by_name, kind) {
            (MentionKind::Name, _, EntityKind::Person) => (0.97, "speaker/name"),
            (MentionKind::Name, _, _) => (0.8, "speaker/name"),
            (MentionKind::Nominal, true, _) => (0.6, "speaker/noun"),
            (MentionKind::Nominal, false, _) => (0.6, "speaker/unnamed"),
            (MentionKind::Pronoun, true, _) => (0.88, "speaker/pronoun"),
            (MentionKind::Pronoun, false, _) => (0.3, "speaker/pronoun"),
        }
    }

    /// The ground that stands in the source or is told of the same people.
    fn reason(&self, head: usize, source: &[Span]) -> Vec<Span> {
        let member = self.cast.entity[head];
        let own = self.view.sentence(self.cast.found[head].words.start);
        self.grounds.first(source, member, own).into_iter().collect()
    }

    /// A source in which nobody is mentioned who could speak: a document, a share of people, a pronoun for no one.
    fn without_mention(&self, source: &[Span]) -> Speaker {
        let words = self.view.within(source[0]);
        let core = source::noun_core(self.view, &words);
        let is_share = |text: &str| {
            matches!(text, "percent" | "majority" | "%") || words::noun(text) == Some(Noun::Vague)
        };
        let mut texts = core.clone().map(|at| self.view.text(at));
        let last = core.clone().next_back().map(|at| self.view.text(at)).unwrap_or_default();
        let kind = if source::is_document(self.view, source[0]) {
            SpeakerKind::Document
        } else if texts.any(is_share)
            || last.eq_ignore_ascii_case("those")
            || last.len() > 4 && last.ends_with('s')
        {
            SpeakerKind::Group
        } else if words::is_somebody(last) {
            SpeakerKind::Unnamed
        } else {
            SpeakerKind::Unstated
        };
        let number = (kind == SpeakerKind::Unnamed).then_some(1);
        let (score, maker) =
            if kind == SpeakerKind::Document { (0.85, "speaker/document") } else { (0.5, "speaker/noun") };
        Speaker { kind, number, score, maker, ..unstated(Some(source[0])) }
    }
}

fn unstated(as_written: Option<Span>) -> Speaker {
    Speaker {
        entity: None,
        kind: SpeakerKind::Unstated,
        as_written,
        number: None,
        reason: Vec::new(),
        score: 0.6,
        maker: "speaker/unstated",
    }
}

/// For each attribution the words behind its cue that name whom it is said to: "told the BBC", "urged Ms. Okafor".
pub(super) fn addressees(view: &View<'_>, attributions: &[Attribution], cast: &Cast) -> Vec<Vec<Span>> {
    let of = |attribution: &Attribution| -> Option<Span> {
        let cue = view.within(*attribution.cue.last()?);
        // "said to the judge": the hearer stands behind "to".
        let to = view.near(cue.start, Some(cue.end)) == Some("to");
        if !to && !cue.clone().any(|at| words::takes_hearer(view.text(at))) {
            return None;
        }
        let begin = cue.end + usize::from(to);
        let first = cast.found.partition_point(|mention| mention.words.start < begin);
        let mut near = cast.found[first..].iter().take_while(|mention| mention.words.start <= begin + 3);
        let told = near.find(|mention| (begin..mention.words.start).all(|at| is_part(view, at)))?;
        let span = view.span(&(told_start(view, begin, told.words.start)..told.words.end));
        // "urged Ms. Okafor to resign": the content may begin with whom it is said to.
        let behind = view.near(told.words.start, Some(told.words.end));
        let begins = |piece: &Span| piece.start >= span.start && piece.start <= view.span(&told.words).start;
        let content = attribution
            .content
            .iter()
            .any(|piece| piece.overlaps(span) && !(begins(piece) && behind == Some("to")));
        let source = attribution.source.iter().any(|piece| piece.overlaps(span));
        (!content && !source).then_some(span)
    };
    attributions.iter().map(|attribution| of(attribution).into_iter().collect()).collect()
}

/// Whether a word may stand between a cue and the name of whom it is said to.
fn is_part(view: &View<'_>, at: usize) -> bool {
    crate::lang::en::is_determiner(view.text(at))
        || view.is_capital(at)
        || matches!(view.text(at), "." | "to")
}

fn told_start(view: &View<'_>, from: usize, name: usize) -> usize {
    (from..name).find(|&at| is_part(view, at) && view.text(at) != "to").unwrap_or(name)
}

/// For each attribution whom its content names, in order.
pub(super) fn about(
    view: &View<'_>,
    attributions: &[Attribution],
    cast: &Cast,
    order: &[usize],
) -> Vec<Vec<usize>> {
    let of = |attribution: &Attribution| {
        let inside =
            attribution.content.iter().flat_map(|&piece| source::mentions(&cast.found, &view.within(piece)));
        let named = inside.filter(|&at| cast.found[at].kind == MentionKind::Name);
        let mut about: Vec<usize> =
            named.filter_map(|at| cast.entity[at].map(|member| order[member])).collect();
        about.sort_unstable();
        about.dedup();
        about
    };
    attributions.iter().map(of).collect()
}
