//! The words of a document and who is named where.
//!
//! In: a document and its entities. Out: [`View`], which the rules ask by the index of a token. It decides nothing.

use std::ops::Range;

use crate::Document;
use crate::lang::en::{self, Class, Trait};
use crate::read::people::{Entity, EntityKind, MentionKind};
use crate::text::{Kind, Span, Token};

/// The document as the rules see it. Nothing here looks further than a few words: every question is answered in
/// constant time.
pub(super) struct View<'d> {
    document: &'d Document,
    tokens: &'d [Token],
    entities: &'d [Entity],
    /// All mentions that begin and end with a token, in order of position; the longer first.
    pub(super) named: Vec<Named>,
    /// For each token the index into `named` of the name or pronoun that covers it.
    owner: Vec<Option<u32>>,
    /// For each token the index into `named` of the noun phrase that ends before it.
    nominal: Vec<Option<u32>>,
    /// For each token the one behind the last of its sentence, and the first.
    sentence: Vec<(u32, u32)>,
}

/// A mention in tokens.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) entity: usize,
    pub(super) kind: MentionKind,
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
}

impl<'d> View<'d> {
    pub(super) fn new(document: &'d Document, entities: &'d [Entity]) -> View<'d> {
        let tokens = document.tokens();
        let mut named: Vec<Named> = Vec::new();
        for (entity, all) in entities.iter().enumerate() {
            for mention in &all.mentions {
                let start = tokens.partition_point(|token| token.span.end <= mention.span.start);
                let mut end = tokens.partition_point(|token| token.span.start < mention.span.end);
                // A name that was read too far, "Ana Roz of", ends before the small word.
                let small = |k: usize| en::look_up(document.slice(tokens[k].span)).is(Class::Preposition);
                while mention.kind == MentionKind::Name && end > start + 1 && small(end - 1) {
                    end -= 1;
                }
                if start < end {
                    let (kind, span) = (mention.kind, mention.span);
                    named.push(Named { entity, kind, span, tokens: start..end });
                }
            }
        }
        named.sort_by_key(|named| (named.tokens.start, usize::MAX - named.tokens.end, named.entity));
        let mut owner: Vec<Option<u32>> = vec![None; tokens.len()];
        for (index, one) in named.iter().enumerate().filter(|(_, one)| one.kind != MentionKind::Nominal) {
            for slot in one.tokens.clone().take(LONGEST_NAME) {
                owner[slot].get_or_insert(index as u32);
            }
        }
        let mut nominal: Vec<Option<u32>> = vec![None; tokens.len() + 1];
        for (index, one) in named.iter().enumerate().filter(|(_, one)| one.kind == MentionKind::Nominal) {
            nominal[one.tokens.end] = Some(index as u32);
        }
        let mut sentence = vec![(0, 0); tokens.len()];
        for one in document.sentences() {
            let bounds = (one.tokens.start as u32, one.tokens.end as u32);
            sentence[one.tokens.clone()].fill(bounds);
        }
        View { document, tokens, entities, named, owner, nominal, sentence }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn text(&self) -> &'d str {
        self.document.text()
    }

    /// The sentence of a token, as the range of its tokens.
    pub(super) fn sentence(&self, k: usize) -> Range<usize> {
        self.sentence.get(k).map_or(0..0, |&(start, end)| start as usize..end as usize)
    }

    pub(super) fn word(&self, k: usize) -> &'d str {
        self.tokens.get(k).map_or("", |token| self.document.slice(token.span))
    }

    pub(super) fn kind(&self, k: usize) -> Option<Kind> {
        self.tokens.get(k).map(|token| token.kind)
    }

    pub(super) fn is_kind(&self, k: usize, kind: Kind) -> bool {
        self.kind(k) == Some(kind)
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens.clone()).unwrap_or_default() {
            [] => Span::default(),
            [one] => one.span,
            [first, .., last] => first.span.cover(last.span),
        }
    }

    /// Whether the word at `k` is one of these, as a word of posts.
    pub(super) fn is(&self, k: usize, one: Trait) -> bool {
        en::traits(self.word(k)).is(one)
    }

    pub(super) fn is_any(&self, k: usize, list: &[Trait]) -> bool {
        en::traits(self.word(k)).is_any(list)
    }

    /// Whether the words at `k` and behind it are one of these together.
    pub(super) fn is_pair(&self, k: usize, one: Trait) -> bool {
        en::traits_of_pair(self.word(k), self.word(k + 1)).is(one)
    }

    /// Whether the word at `k` is of a class of words in general.
    pub(super) fn has(&self, k: usize, class: Class) -> bool {
        self.is_kind(k, Kind::Word) && en::look_up(self.word(k)).is(class)
    }

    pub(super) fn has_any(&self, k: usize, classes: &[Class]) -> bool {
        self.is_kind(k, Kind::Word) && en::look_up(self.word(k)).is_any(classes)
    }

    pub(super) fn is_capital(&self, k: usize) -> bool {
        self.word(k).starts_with(char::is_uppercase)
    }

    pub(super) fn is_possessive(&self, k: usize) -> bool {
        en::is_possessive(self.word(k))
    }

    /// The name or pronoun that covers the token.
    pub(super) fn named_at(&self, k: usize) -> Option<&Named> {
        self.owner.get(k).copied().flatten().map(|index| &self.named[index as usize])
    }

    /// Whom the noun phrase stands for that ends before `k`.
    pub(super) fn nominal_to(&self, k: usize) -> Option<usize> {
        self.nominal.get(k).copied().flatten().map(|index| self.named[index as usize].entity)
    }

    /// The same, if it is a name of this kind.
    pub(super) fn name_at(&self, k: usize, kind: EntityKind) -> Option<&Named> {
        self.named_at(k).filter(|named| named.kind == MentionKind::Name && self.kind_of(named.entity) == kind)
    }

    /// The person with a name whose name or pronoun covers the token.
    pub(super) fn person_at(&self, k: usize) -> Option<&Named> {
        self.named_at(k).filter(|named| self.is_person(named.entity))
    }

    /// Whether the word is the last of "secretary of state", which is in no name.
    pub(super) fn is_office(&self, k: usize) -> bool {
        k > 0 && self.has(k - 1, Class::Of) && self.word(k).eq_ignore_ascii_case("state")
    }

    /// Whether the entity is a person whom the article names.
    pub(super) fn is_person(&self, entity: usize) -> bool {
        self.kind_of(entity) == EntityKind::Person && self.entities[entity].name.is_some()
    }

    fn kind_of(&self, entity: usize) -> EntityKind {
        self.entities[entity].kind
    }
}

/// A name with more words is none; the bound keeps mentions that cover each other linear.
const LONGEST_NAME: usize = 40;
