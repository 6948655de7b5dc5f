//! What does the source do: say, believe, know, want, ask, doubt, deny? And does the cue say that it does not?
//!
//! In: a document, and the cue and source of an attribution, whoever found them. Out: [`Stance`] and [`Polarity`].
//! Of several words that could decide, the first does, unless it only leads to the next: "wants to say" wants,
//! "declined to say" and "went on to say" are about saying. Words that no table knows leave both open, where no marks
//! tell that something was said: an empty value is better than a guess.
//! It misses irony, and what a modal verb takes back: who "would say" something says it here.
//!
//! After R. Prasad and others, *The Penn Discourse Treebank 2.0 Annotation Manual* (2007), section 5.

use super::Form;
use crate::Document;
use crate::lang::en::{self, Class, Entry, Sense};
use crate::text::{Kind, Span};

/// What the source does with what is attributed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// To communicate it: said, called, according to.
    Say,
    /// To hold it true or likely: thinks, expects, in the view of.
    Believe,
    /// To know it for a fact, or to have come to know it: learned, found, remembers.
    Know,
    /// To want or intend it: hopes, plans, supports.
    Want,
    /// To ask it, or to ask it of others: asked, urged, ordered.
    Ask,
    /// To call it into question: doubts, is skeptical.
    Doubt,
    /// To say that it is not so: denied, rejects.
    Deny,
}

/// Whether a cue says that the source does what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// It does: said, denied.
    Positive,
    /// It does not: did not say, declined to say, no one believes.
    Negative,
}

/// The stance and the polarity of a cue; `None` where the cue is empty or its words tell neither.
///
/// A negation that stands before the cue or in its source counts, too.
///
/// ```
/// use onrecord::read::quote::{Form, Polarity, Stance, stance};
/// use onrecord::{Article, Document, Span};
///
/// let text = "The mayor has repeatedly declined to say whether the bridge is safe.";
/// let document = Document::new(Article::new(text));
/// let (source, cue) = (Span::new(0, 9), Span::new(10, 40));
/// assert_eq!(document.slice(cue), "has repeatedly declined to say");
/// let read = stance(&document, &[source], &[cue], Form::Indirect);
/// assert_eq!(read, Some((Stance::Say, Polarity::Negative)));
/// assert_eq!(stance(&document, &[source], &[], Form::Indirect), None);
/// ```
pub fn stance(document: &Document, source: &[Span], cue: &[Span], form: Form) -> Option<(Stance, Polarity)> {
    let words = Words { document };
    let tokens: Vec<usize> = cue.iter().flat_map(|&piece| words.of(piece)).collect();
    let first = *tokens.first()?;
    if !tokens.iter().any(|&t| words.is_word(t)) {
        // The colon behind a speaker's name and the dash before one say that these are the speaker's words.
        return Some((Stance::Say, Polarity::Positive));
    }
    let head = words.head(&tokens);
    let stance = head.stance.or((form != Form::Indirect).then_some(Stance::Say))?;
    let denied = head.denied || words.denied_before(first) || words.denied_by_source(source, first);
    let before = words.refusals_before(first);
    let negative = denied ^ ((head.refusals + before) % 2 == 1);
    Some((stance, if negative { Polarity::Negative } else { Polarity::Positive }))
}

/// What the words of a cue come to.
#[derive(Default)]
struct Head {
    stance: Option<Stance>,
    /// Whether a negation stands with it.
    denied: bool,
    /// How many words refuse what comes behind them: two of them undo each other, "never failed to say".
    refusals: usize,
}

/// How far before a cue its negation is looked for: "has not so far, or ever, said".
const REACH: usize = 6;

/// The tokens of a document as words.
#[derive(Clone, Copy)]
struct Words<'d> {
    document: &'d Document,
}

impl<'d> Words<'d> {
    /// The tokens of a span.
    fn of(self, span: Span) -> std::ops::Range<usize> {
        let tokens = self.document.tokens();
        let start = tokens.partition_point(|token| token.span.end <= span.start);
        start..tokens.partition_point(|token| token.span.start < span.end).max(start)
    }

    fn is_word(self, t: usize) -> bool {
        self.document.tokens().get(t).is_some_and(|token| token.kind == Kind::Word)
    }

    fn is_mark(self, t: usize) -> bool {
        self.document.tokens().get(t).is_some_and(|token| token.kind == Kind::Mark)
    }

    /// The word at `t`; empty where none stands.
    fn word(self, t: usize) -> &'d str {
        if self.is_word(t) { self.document.slice(self.document.tokens()[t].span) } else { "" }
    }

    fn entry(self, t: usize) -> Entry {
        en::look_up(self.word(t))
    }

    /// The sense of the word at `t`, or of the phrase that begins there. A phrase may go on behind the cue: what makes
    /// "called" ask is the "for" behind it, wherever the cue ends.
    fn sense(self, t: usize) -> Option<Sense> {
        let behind = (t + 1..self.document.tokens().len()).map(|t| self.word(t));
        en::sense(self.word(t), &behind.take_while(|word| !word.is_empty()))
    }

    /// What decides among the words of a cue.
    fn head(self, tokens: &[usize]) -> Head {
        let mut head = Head::default();
        let mut seen = 0;
        let last = tokens.last().copied().unwrap_or_default();
        for &t in tokens {
            if t < seen {
                continue;
            }
            if !self.is_word(t) {
                if head.stance.is_some() {
                    // "went on, as if he had not heard": another clause begins.
                    break;
                }
                continue;
            }
            let Some(sense) = self.sense(t) else {
                head.denied |= self.denies(t);
                continue;
            };
            seen = t + sense.words;
            let infinitive = sense.before_infinitive.filter(|_| self.infinitive(seen).is_some());
            head.stance = infinitive.or(sense.stance).or(head.stance);
            head.refusals += usize::from(sense.refuses);
            if leads(sense) && seen > last {
                // Where the cue is "declined" alone, the verb behind it still tells what was declined.
                let verb = self.infinitive(seen).and_then(|t| self.sense(t));
                head.stance = verb.and_then(|sense| sense.stance).or(head.stance);
            }
            if !sense.is_through {
                head.denied |= seen <= last && self.is_absence(seen, last);
                break;
            }
        }
        head
    }

    /// Whether the word at `t` denies: "not", but not that of "not only".
    fn denies(self, t: usize) -> bool {
        self.entry(t).is(Class::Negation) && !self.entry(t + 1).is(Class::Only)
    }

    /// Whether what was done is nothing: "said nothing", "voiced no opinion", but not "said no".
    fn is_absence(self, t: usize, last: usize) -> bool {
        let entry = self.entry(t);
        entry.is(Class::Absence) || (t < last && entry.is(Class::Negation) && entry.is(Class::Determiner))
    }

    /// The verb of the infinitive that begins at `t`: "to pay", "not to pay"; none in "to him" and "to the board".
    fn infinitive(self, t: usize) -> Option<usize> {
        let to = if self.denies(t) { t + 1 } else { t };
        let verb = to + 1 + usize::from(self.is_mark(to + 1));
        let noun = [Class::Determiner, Class::Pronoun, Class::Personal];
        let is_verb = self.word(verb).starts_with(char::is_lowercase) && !self.entry(verb).is_any(&noun);
        (self.entry(to).is(Class::To) && is_verb).then_some(verb)
    }

    /// Whether a negation stands before the cue that begins at `first`, with nothing but auxiliaries between.
    fn denied_before(self, first: usize) -> bool {
        self.leading(first).any(|t| self.denies(t) && self.sense(t).is_none())
    }

    /// How many words before the cue refuse it: "declined to" before "say".
    fn refusals_before(self, first: usize) -> usize {
        self.leading(first).filter(|&t| self.sense(t).is_some_and(leads)).count()
    }

    /// The words before `first` that can belong to its verb, from the nearest to the farthest.
    fn leading(self, first: usize) -> impl Iterator<Item = usize> {
        let joins = [Class::Auxiliary, Class::Adverb, Class::To, Class::Negation];
        let sentences = self.document.sentences();
        let sentence = sentences.partition_point(|sentence| sentence.tokens.end <= first);
        let start = sentences.get(sentence).map_or(first, |sentence| sentence.tokens.start.min(first));
        let nearest = (first.saturating_sub(REACH).max(start)..first).rev();
        nearest.take_while(move |&t| {
            self.is_word(t) && (self.entry(t).is_any(&joins) || self.sense(t).is_some_and(leads))
        })
    }

    /// Whether the source denies: "no one", "neither Ruiz nor Petrak", "nor did Ruiz".
    fn denied_by_source(self, source: &[Span], cue: usize) -> bool {
        let Some(&span) = source.first() else { return false };
        let start = self.of(span).start;
        let negation = self.entry(start).is(Class::Negation);
        negation || (start < cue && self.denied_before(start))
    }
}

/// Whether a word only leads to another and refuses it.
fn leads(sense: Sense) -> bool {
    sense.is_through && sense.refuses
}
