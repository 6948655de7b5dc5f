//! Whom do nouns and pronouns stand for?
//!
//! In: mentions, of which the names are joined; attributions; the model's scores of pairs. Out: every mention joined to an
//! entity, or an entity of its own. Sure things first: appositions ("the union's chairman, Ida Brandt"), then one mention
//! after the other to the best that is left by number, gender and kind, if it beats having none. Inside a quotation "I" is
//! who speaks, and "he" is not. Next: `speaker.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cluster::{Cast, is_open};
use super::rank::Ranker;
use super::same::{Choices, choices};
use super::view::View;
use super::{EntityKind, Gender, MentionKind, post, source};
use crate::encode::Scores;
use crate::lang::en;
use crate::lang::en::people::{Person, PronounGender};
use crate::read::Maker;
use crate::read::quote::Attribution;

const APPOSITION: Maker =
    Maker { rule: "people/apposition", reads: "Ida Brandt, the union's chairman", score: 0.95 };
const IS: Maker = Maker { rule: "people/is", reads: "Brandt is the chairman", score: 0.9 };
const TITLE: Maker = Maker { rule: "people/title", reads: "Senator Collins … the senator", score: 0.85 };
const SAME_NOUN: Maker = Maker { rule: "people/same-noun", reads: "a clerk … the clerk", score: 0.7 };
const MODEL_NOUN: Maker = Maker { rule: "people/model/noun", reads: "Collins … the senator", score: 0.7 };
const MODEL_PRONOUN: Maker = Maker { rule: "people/model/pronoun", reads: "Collins … she", score: 0.8 };
const SPEAKER: Maker = Maker { rule: "people/quoted-i", reads: "“I know,” Collins said", score: 0.9 };
const VOICE: Maker = Maker { rule: "people/one-voice", reads: "I … my, of one voice", score: 0.8 };

/// What a pronoun needs above the score of none to be joined.
const PRONOUN_NEEDS: f32 = -2.0;
/// The same for "they" and "it", which often stand for no one.
const PLURAL_NEEDS: f32 = 0.0;
const NOUN_NEEDS: f32 = 0.0;

/// Joins what is not a name. Gives for each attribution the mentions that head its source.
pub(super) fn resolve(
    view: &View<'_>,
    attributions: &[Attribution],
    scores: &dyn Scores,
    cast: &mut Cast,
) -> Vec<Vec<usize>> {
    appositions(view, cast);
    titles(view, cast);
    let choices = choices(view, &cast.found, scores);
    let voices = Voices::new(view, attributions, cast);
    let ranker = Ranker::new(view, attributions, &voices.heads, cast.found.len());
    let mut resolver = Resolver { view, voices, ranker, nouns: BTreeMap::new(), spoken: BTreeMap::new() };
    // Once more: whom one gender bars from the first, the second may tell of another.
    resolver.genders(cast, &choices);
    resolver.genders(cast, &choices);
    for (at, choices) in choices.iter().enumerate() {
        if cast.entity[at].is_none() && resolver.waits_for(cast, at).is_none() {
            resolver.join(cast, at, choices);
        } else if let Some(entity) = cast.entity[at] {
            resolver.note(cast, at, entity);
        }
    }
    for at in 0..cast.found.len() {
        if let Some(voice) = resolver.waits_for(cast, at) {
            resolver.speak(cast, at, voice);
        }
    }
    resolver.voices.heads
}

/// Nouns beside a name, with a comma or a form of "be" between.
fn appositions(view: &View<'_>, cast: &mut Cast) {
    for at in 0..cast.found.len() {
        let Some(words) = open_noun(cast, at) else { continue };
        let before = (0..at).rev().take(3).find(|&other| {
            let end = cast.found[other].words.end;
            end + 1 == words.start && cast.found[other].of == Some(EntityKind::Person)
        });
        let behind = (at + 1..cast.found.len()).take(3).find(|&other| {
            let start = cast.found[other].words.start;
            let is_person = cast.found[other].of == Some(EntityKind::Person);
            is_person
                && cast.found[other].kind == MentionKind::Name
                && (start == words.end + 1 || start == titled(view, words.end))
        });
        let between = |at: usize| view.text(at);
        let definite =
            en::is_determiner(view.text(words.start)) || view.possessive(&(words.start..words.start + 1)) > 0;
        let joined = match (before, behind) {
            (Some(other), _) if between(words.start - 1) == "," && definite => Some((other, APPOSITION)),
            (Some(other), _) if matches!(between(words.start - 1), "is" | "was" | "became") => {
                Some((other, IS))
            }
            (_, Some(other)) if cast.found[other].words.start == titled(view, words.end) => {
                Some((other, APPOSITION))
            }
            (_, Some(other)) if between(words.end) == "," => Some((other, APPOSITION)),
            _ => None,
        };
        let Some((other, maker)) = joined else { continue };
        if !is_open(cast.found[at].gender, cast.found[other].gender) {
            continue;
        }
        if let Some(entity) = cast.entity[other] {
            cast.join(at, entity, Some((other, maker)));
        }
    }
}

/// Where a name begins behind a noun, past a title: "nominee" "Gov." "Ida Brandt".
fn titled(view: &View<'_>, end: usize) -> usize {
    let is_there = view.near(end - 1, Some(end)).is_some() && view.is_capital(end);
    end + Some(end).filter(|_| is_there).and_then(|end| view.title(end)).unwrap_or_default()
}

/// The words of a noun for a person that is joined to nobody yet.
fn open_noun(cast: &Cast, at: usize) -> Option<Range<usize>> {
    let noun = &cast.found[at];
    let is_person = noun.kind == MentionKind::Nominal && noun.of == Some(EntityKind::Person);
    (is_person && cast.entity[at].is_none()).then(|| noun.words.clone())
}

/// Of a title that more posts have nobody is meant: an article may list a parliament.
const HOLDERS: usize = 32;

/// Nouns that are the title of only one who has a name: "the Republican nominee".
fn titles(view: &View<'_>, cast: &mut Cast) {
    let (entities, order) = cast.entities(view);
    let mut member_of = vec![0; order.len()];
    for (member, &number) in order.iter().enumerate() {
        member_of[number] = member;
    }
    let posts = post::read(view.document, &entities);
    let mut holders: BTreeMap<String, Vec<&post::Post>> = BTreeMap::new();
    for post in &posts {
        let Some(head) = post.title.last().map(|&title| view.document.slice(title)) else { continue };
        let head = head.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
        holders.entry(en::post::spelled_out(&head)).or_default().push(post);
    }
    for at in 0..cast.found.len() {
        let Some(words) = open_noun(cast, at) else { continue };
        if !view.text(words.start).eq_ignore_ascii_case("the") {
            continue;
        }
        let said: Vec<&str> = (words.start + 1..words.end - 1).map(|at| view.text(at)).collect();
        let all = holders.get(&view.text(words.end - 1).to_lowercase()).filter(|all| all.len() <= HOLDERS);
        let holders = all.into_iter().flatten().filter(|post| holds(view, post, &said));
        let mut fitting: Vec<usize> = holders.map(|post| member_of[post.person]).collect();
        fitting.dedup();
        if let [member] = *fitting {
            let because = cast.people[member].mentions.first().map(|&other| (other, TITLE));
            cast.join(at, member, because);
        }
    }
}

/// Whether a post is what the words before a title say: its party, its time, its place, a part of its name.
fn holds(view: &View<'_>, post: &post::Post, said: &[&str]) -> bool {
    let spans =
        [post.organization, post.area, post.party].into_iter().flatten().chain(post.title.iter().copied());
    let whole = post.area.and_then(|area| en::post::state(view.document.slice(area)));
    let told: Vec<String> = spans
        .map(|span| view.document.slice(span))
        .chain(whole)
        .flat_map(|text| text.split([' ', '-', '\'', '’']))
        .map(str::to_lowercase)
        .collect();
    let party = post.party.and_then(|party| en::people::party(view.document.slice(party)));
    let is_former = post.status == Some(post::Status::Former);
    let fits = |word: &&str| match en::people::party(word) {
        Some(own) => party == Some(own),
        None if matches!(*word, "former" | "then") => is_former,
        None => told.contains(&word.to_lowercase()),
    };
    said.iter().all(fits) && (!is_former || said.iter().any(|word| matches!(*word, "former" | "then")))
}

/// Who speaks where: for each attribution the mentions that head its source.
struct Voices {
    heads: Vec<Vec<usize>>,
    /// Of each mention the innermost attribution whose content holds it.
    inside: Vec<Option<usize>>,
}

impl Voices {
    fn new(view: &View<'_>, attributions: &[Attribution], cast: &Cast) -> Voices {
        let mut inside: Vec<Option<usize>> = vec![None; cast.found.len()];
        let mut size = vec![usize::MAX; cast.found.len()];
        let mut heads = Vec::with_capacity(attributions.len());
        for (number, attribution) in attributions.iter().enumerate() {
            heads.push(source::heads(view, cast, &source::written(attribution)));
            for &piece in &attribution.content {
                for at in source::mentions(&cast.found, &view.within(piece)) {
                    if piece.len() < size[at] {
                        size[at] = piece.len();
                        inside[at] = Some(number);
                    }
                }
            }
        }
        Voices { heads, inside }
    }
}

struct Resolver<'v, 'd> {
    view: &'v View<'d>,
    voices: Voices,
    ranker: Ranker<'v, 'd>,
    /// Heads of nouns with the entity and the mention that had them last.
    nouns: BTreeMap<(String, EntityKind), (usize, usize)>,
    /// "I", "we" and "you" of each voice: the attribution, person and number; the entity and its last mention.
    spoken: BTreeMap<(Option<usize>, bool, bool), (usize, usize)>,
}

impl Resolver<'_, '_> {
    /// The gender of people with a name, by what most of the pronouns say that would be joined to them.
    fn genders(&self, cast: &mut Cast, choices: &[Choices]) {
        let mut votes: Vec<[u32; 2]> = vec![[0; 2]; cast.people.len()];
        let mut first: Vec<Option<Gender>> = vec![None; cast.people.len()];
        for (at, choices) in choices.iter().enumerate() {
            let Some(gender) = cast.found[at].gender.filter(|_| cast.found[at].pronoun.is_some()) else {
                continue;
            };
            let person = |kind| kind == EntityKind::Person;
            if let Some(entity) =
                self.best(cast, at, choices, person).and_then(|(other, _)| cast.entity[other])
            {
                votes[entity][usize::from(gender == Gender::Masculine)] += 1;
                first[entity] = first[entity].or(Some(gender));
            }
        }
        for ((member, [feminine, masculine]), first) in cast.people.iter_mut().zip(votes).zip(first) {
            let told = match () {
                () if feminine > 2 * masculine => Some(Gender::Feminine),
                () if masculine > 2 * feminine => Some(Gender::Masculine),
                // "She wrote; he drank" behind two names: the first pronoun goes to the first.
                () if masculine == feminine => first,
                () => None,
            };
            member.gender = member.gender.or(told);
        }
    }

    /// The attribution by whose speaker a mention is resolved, once all others are: "I" in a quotation.
    fn waits_for(&self, cast: &Cast, at: usize) -> Option<usize> {
        let pronoun = cast.found[at].pronoun.filter(|pronoun| pronoun.person != Person::Third)?;
        let voice = self.voices.inside[at]?;
        (pronoun.person == Person::First && self.view.is_quoted(cast.found[at].words.start)).then_some(voice)
    }

    /// Joins a first person of a quotation to who speaks; "we" of one voice stays one group.
    fn speak(&mut self, cast: &mut Cast, at: usize, voice: usize) {
        let plural = cast.found[at].pronoun.is_some_and(|pronoun| pronoun.plural);
        let heads = &self.voices.heads[voice];
        let speaker = heads.first().and_then(|&head| Some((cast.entity[head]?, head)));
        match speaker {
            Some((entity, head)) if !plural && heads.len() == 1 => {
                cast.join(at, entity, Some((head, SPEAKER)));
            }
            _ => {
                let who = speaker.map_or(usize::MAX - voice, |(entity, _)| entity);
                self.one_voice(cast, at, (Some(who), true, plural));
            }
        }
    }

    fn one_voice(&mut self, cast: &mut Cast, at: usize, voice: (Option<usize>, bool, bool)) {
        let kind = if voice.2 { EntityKind::Group } else { EntityKind::Person };
        let entity = match self.spoken.get(&voice) {
            Some(&(entity, last)) => {
                cast.join(at, entity, Some((last, VOICE)));
                entity
            }
            None => cast.introduce(at, kind),
        };
        self.spoken.insert(voice, (entity, at));
    }

    fn join(&mut self, cast: &mut Cast, at: usize, choices: &Choices) {
        match cast.found[at].pronoun {
            Some(pronoun) if pronoun.person != Person::Third => {
                let quoted = self.view.is_quoted(cast.found[at].words.start);
                let voice = self.voices.inside[at].filter(|_| quoted);
                let who = voice
                    .and_then(|voice| self.speaker(cast, voice))
                    .or(voice.map(|voice| usize::MAX - voice));
                self.one_voice(cast, at, (who, pronoun.person == Person::First, pronoun.plural));
            }
            Some(pronoun) => self.pronoun(cast, at, choices, pronoun.plural, pronoun.gender),
            None => self.noun(cast, at, choices),
        }
    }

    fn speaker(&self, cast: &Cast, voice: usize) -> Option<usize> {
        self.voices.heads[voice].first().and_then(|&head| cast.entity[head])
    }

    fn pronoun(
        &mut self,
        cast: &mut Cast,
        at: usize,
        choices: &Choices,
        plural: bool,
        gender: Option<PronounGender>,
    ) {
        let thing = gender == Some(PronounGender::Thing);
        let fits = |kind: EntityKind| match kind {
            EntityKind::Person => !plural && !thing,
            EntityKind::Group => plural,
            EntityKind::Organization => plural || thing,
            EntityKind::Place => thing,
        };
        let needs = if plural || thing { PLURAL_NEEDS } else { PRONOUN_NEEDS };
        match self.best(cast, at, choices, fits) {
            Some((other, score)) if score > needs => {
                let entity = cast.entity[other].expect("only joined mentions are candidates");
                cast.join(at, entity, Some((other, MODEL_PRONOUN)));
            }
            // Most often a thing: "wash them".
            _ if thing || self.view.text(cast.found[at].words.start) == "them" => {}
            _ => {
                let entity = cast.introduce(at, if plural { EntityKind::Group } else { EntityKind::Person });
                cast.people[entity].gender = cast.found[at].gender;
            }
        }
    }

    fn noun(&mut self, cast: &mut Cast, at: usize, choices: &Choices) {
        let kind = cast.found[at].of.unwrap_or(EntityKind::Person);
        let best = self.best(cast, at, choices, |other| other == kind);
        let words = cast.found[at].words.clone();
        let first = self.view.text(words.start).to_lowercase();
        let is_new = en::people::introduces(&first);
        let head = self.head(cast, at);
        let known = self.nouns.get(&(head, kind)).copied();
        let known = known.filter(|&(_, other)| {
            matches!(&*first, "the" | "this" | "that") && !self.differs(cast, at, other)
        });
        let entity = match (best, known) {
            (Some((other, score)), _) if score > NOUN_NEEDS && !is_new => {
                let entity = cast.entity[other].expect("only joined mentions are candidates");
                cast.join(at, entity, Some((other, MODEL_NOUN)));
                entity
            }
            (_, Some((entity, other))) => {
                cast.join(at, entity, Some((other, SAME_NOUN)));
                entity
            }
            _ => cast.introduce(at, kind),
        };
        self.note(cast, at, entity);
    }

    /// Keeps by which noun a mention may be taken up; a name of an organization by each of its words.
    fn note(&mut self, cast: &Cast, at: usize, entity: usize) {
        let kind = cast.people[entity].kind;
        match cast.found[at].kind {
            MentionKind::Nominal => {
                self.nouns.insert((self.head(cast, at), kind), (entity, at));
            }
            MentionKind::Name if kind == EntityKind::Organization && cast.found[at].words.len() > 1 => {
                let is_called = |&word: &usize| {
                    self.view.is_capital(word) || en::people::is_ones_body(self.view.text(word))
                };
                for word in cast.found[at].words.clone().filter(is_called) {
                    self.nouns.insert((self.view.text(word).to_lowercase(), kind), (entity, at));
                }
            }
            _ => {}
        }
    }

    /// Whether two nouns say different things before their heads: "the health minister", "the finance minister".
    fn differs(&self, cast: &Cast, one: usize, other: usize) -> bool {
        let before = |at: usize| -> Vec<&str> {
            let words = cast.found[at].words.start..cast.found[at].words.end - 1;
            words.map(|at| self.view.text(at)).filter(|text| !en::is_determiner(text)).collect()
        };
        let nouns = [one, other].iter().all(|&at| cast.found[at].kind == MentionKind::Nominal);
        let (one, other) = (before(one), before(other));
        nouns && !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word))
    }

    fn head(&self, cast: &Cast, at: usize) -> String {
        self.view.text(cast.found[at].words.end - 1).to_lowercase()
    }

    /// The best of those that are joined, fit by kind and gender, and are not the voice that speaks here.
    fn best(
        &self,
        cast: &Cast,
        at: usize,
        choices: &Choices,
        fits: impl Fn(EntityKind) -> bool,
    ) -> Option<(usize, f32)> {
        let own = &cast.found[at];
        let quoted = own.pronoun.is_some() && self.view.is_quoted(own.words.start);
        let voice = self.voices.inside[at].filter(|_| quoted).and_then(|voice| self.speaker(cast, voice));
        // "her" in "her husband, Walter Larch" is not the husband.
        let around =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|&other| other < cast.found.len());
        let mut around = around.filter(|&other| {
            own.pronoun.is_some()
                && cast.found[other].words.start == own.words.start
                && cast.found[other].maker == APPOSITION
        });
        let possessed = around.find_map(|other| cast.entity[other]);
        let may = |&(other, _): &(usize, f32)| {
            let Some(entity) = cast.entity[other] else { return false };
            let member = &cast.people[entity];
            let overlaps = cast.found[other].words.start < own.words.end
                && own.words.start < cast.found[other].words.end;
            fits(member.kind)
                && is_open(member.gender, own.gender)
                && voice != Some(entity)
                && !overlaps
                && possessed != Some(entity)
                && !(own.kind == MentionKind::Nominal && self.differs(cast, at, other))
        };
        let others = choices.others.iter().map(|&(other, score)| (other as usize, score));
        let fitting = others.filter(may);
        let ranked = fitting.map(|(other, score)| match own.pronoun {
            Some(_) => (other, self.ranker.score(&cast.found, at, other, choices, score)),
            None => (other, score - choices.none),
        });
        ranked.reduce(|best, other| if other.1 > best.1 { other } else { best })
    }
}
