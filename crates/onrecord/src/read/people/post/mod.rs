//! Who holds which post?
//!
//! In: a document and its entities. Out: posts, in order of position; each post of a person once, with all that is told of
//! it. A title before a name says nothing of time; what stands in a condition is nobody's, and says so.
//! Read on in `phrase` (what a noun phrase says of a post) and `tail` (what follows its head); `before`, `behind`, `letters`,
//! `clause` find such phrases beside a name; `merge` makes one row of what is one post.

mod view;
mod phrase;
mod tail;
mod before;
mod letters;
mod behind;
mod clause;
mod rule;
mod merge;

use super::{Entity, MentionKind};
use crate::Document;
use crate::lang::en::{self, Trait};
use crate::read::Maker;
use crate::text::{Kind, Span};
use phrase::{Opening, Phrase};
use rule::Rule;
use view::{Named, View};

/// A post that a person holds, held or is to hold: Popolo's membership.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Who: an index into [`super::Reading::entities`].
    pub person: usize,
    /// The mention of the person that it rests on; `None` where a name elsewhere tells who is meant.
    pub mention: Option<Span>,
    /// What the post is called; empty where no word names it ("Democrat of Ohio").
    pub title: Vec<Span>,
    /// What the post belongs to.
    pub organization: Option<Span>,
    /// Where it is held.
    pub area: Option<Span>,
    /// The party.
    pub party: Option<Span>,
    /// Whose aide, lawyer or nominee: an index into [`super::Reading::entities`].
    pub of_person: Option<usize>,
    /// What the text says of the time.
    pub status: Option<Status>,
    /// In what capacity.
    pub capacity: Option<Capacity>,
    /// Whether it is so: a post in a condition or a wish is nobody's.
    pub standing: Standing,
    /// The words that tell since when.
    pub since: Vec<Span>,
    /// The words that tell until when.
    pub until: Vec<Span>,
    /// The words that tell status, capacity and standing.
    pub told_by: Vec<Span>,
    /// Keys whose value the text does not state.
    pub inferred: Vec<&'static str>,
    /// What made it.
    pub maker: Maker,
}

/// What the text says of the time of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Held at the time of the article.
    Current,
    /// No longer held.
    Former,
    /// Not yet held.
    Future,
}

/// In what capacity a post is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// "acting".
    Acting,
    /// "interim".
    Interim,
    /// "-elect".
    Elect,
    /// "nominee".
    Nominee,
    /// "candidate".
    Candidate,
}

/// Whether something is so, as the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It happened, or is so.
    Happened,
    /// It is to come.
    Expected,
    /// It may be.
    Possible,
    /// It stands in a condition.
    Conditional,
    /// It is not so.
    Denied,
}

/// Reads the posts of people.
///
/// ```
/// let article = onrecord::Article::new("Former Mayor Ana Roz left. Ms. Roz, a lawyer, smiled.");
/// let (document, claims) = onrecord::Engine::new().claims(article);
/// for post in &claims.people.posts {
///     assert!(post.title.iter().all(|span| ["Mayor", "lawyer"].contains(&document.slice(*span))));
/// }
/// ```
pub fn read(document: &Document, entities: &[Entity]) -> Vec<Post> {
    let view = View::new(document, entities);
    let mut posts = Vec::new();
    let stray = |named: &Named| en::is_suffix(view.text()[named.span.range()].trim());
    for named in view.named.iter().filter(|named| view.is_person(named.entity) && !stray(named)) {
        let mut found = Found { view: &view, named, posts: &mut posts };
        match named.kind {
            MentionKind::Name => found.by_name(),
            MentionKind::Nominal => found.by_nominal(),
            MentionKind::Pronoun => found.by_clause(),
        }
    }
    share_plurals(&view, &mut posts);
    merge::merge(&view, posts)
}

/// A post, and the token behind the phrase that it was read from.
struct Row {
    post: Post,
    phrase: Phrase,
}

/// What is found beside one mention.
struct Found<'v, 'd, 'o> {
    view: &'v View<'d>,
    named: &'v Named,
    posts: &'o mut Vec<Row>,
}

impl Found<'_, '_, '_> {
    fn by_name(&mut self) {
        let view = self.view;
        let mut tokens = self.named.tokens.clone();
        if view.is_office(tokens.start) {
            tokens.start += 1;
        }
        if tokens.is_empty() {
            return;
        }
        let titles = before::titles(view, tokens.start);
        let owned = view.is_possessive(tokens.end);
        let behind = if owned { behind::Behind::default() } else { behind::read(view, tokens.end) };
        let lone = titles.is_empty();
        for (index, mut title) in titles.into_iter().enumerate() {
            if let Some(more) = behind.more.as_ref().filter(|_| index == 0) {
                title.party = title.party.or(more.party);
                title.area = title.area.or(more.area);
                title.organization = title.organization.or(more.organization);
            }
            self.push(Rule::BeforeName, title, Standing::Happened);
        }
        if lone {
            let told = behind
                .more
                .filter(|more| more.party.is_some() || (more.organization.is_some() && !behind.in_brackets));
            let bare = before::bare(view, tokens.start);
            if let Some(mut more) = told {
                let party = bare.and_then(|bare| bare.party);
                more.party = more.party.or(party);
                let rule = if behind.in_brackets { Rule::Parenthesis } else { Rule::Of };
                self.push(rule, more, Standing::Happened);
            } else if let Some(bare) = bare {
                self.push(Rule::Bare, bare, Standing::Happened);
            }
            for phrase in before::description(view, tokens.start, tokens.end) {
                self.push(Rule::Description, phrase, Standing::Happened);
            }
        }
        if behind.verb > tokens.end {
            for told in clause::subject(view, tokens.start, behind.verb) {
                self.push(Rule::Is, told.phrase, told.standing);
            }
        }
        for phrase in behind.appositions {
            self.push(Rule::Apposition, phrase, Standing::Happened);
        }
        for told in behind.relative {
            self.push(Rule::Relative, told.phrase, told.standing);
        }
        self.by_clause();
    }

    fn by_nominal(&mut self) {
        let (view, tokens) = (self.view, self.named.tokens.clone());
        let limit = view.sentence(tokens.start).end;
        let list = tail::phrases(view, tokens.start, limit);
        let nobody = list.first().is_none_or(|first| {
            let opened = match first.opening {
                Opening::Definite | Opening::Owner => true,
                Opening::Indefinite => first.of_person.is_some() || first.organization.is_some(),
                Opening::Bare | Opening::Nobody => false,
            };
            !opened || first.is_plural || first.head >= tokens.end || behind::is_vague(view, first)
        });
        // A description beside the name is read there.
        let beside = tokens.start > 0
            && view.is_kind(tokens.start - 1, Kind::Comma)
            && view
                .named_at(tokens.start.saturating_sub(2))
                .is_some_and(|named| named.entity == self.named.entity);
        // So is what a verb tells: "is the nominee", "as the nominee".
        let own = list.first().is_some_and(|first| first.of_person == Some(self.named.entity));
        let told = tokens.start > 0
            && (view.is_any(tokens.start - 1, &[Trait::Is, Trait::Was, Trait::Becomes, Trait::Now])
                || matches!(view.word(tokens.start - 1), "be" | "as"));
        if !nobody && !beside && !told && !own {
            for phrase in list {
                self.push(Rule::Nominal, phrase, Standing::Happened);
            }
        }
        self.by_clause();
    }

    fn by_clause(&mut self) {
        let (view, tokens) = (self.view, self.named.tokens.clone());
        if !view.is_possessive(tokens.end) {
            for told in clause::subject(view, tokens.start, tokens.end) {
                self.push(Rule::Is, told.phrase, told.standing);
            }
        }
        for told in clause::appointed(view, tokens.start, tokens.end) {
            self.push(Rule::As, told.phrase, told.standing);
        }
        let lead = before::without_honorific(view, tokens.start, view.sentence(tokens.start).start);
        for told in clause::as_before(view, lead) {
            self.push(Rule::As, told.phrase, told.standing);
        }
    }

    fn push(&mut self, rule: Rule, phrase: Phrase, standing: Standing) {
        let possible = phrase.is_possible && standing == Standing::Happened;
        let standing = if possible { Standing::Possible } else { standing };
        let mut inferred = Vec::new();
        if phrase.status.is_some() && phrase.told_by.is_empty() {
            inferred.push("status");
        }
        let imagined = standing != Standing::Happened && phrase.status.is_none();
        if imagined {
            inferred.push("standing");
        }
        let post = Post {
            person: self.named.entity,
            mention: Some(self.named.span),
            title: phrase.title.into_iter().collect(),
            organization: phrase.organization,
            area: phrase.area,
            party: phrase.party,
            of_person: phrase
                .of_person
                .filter(|&owner| owner != self.named.entity && self.view.is_person(owner)),
            status: phrase.status,
            capacity: phrase.capacity,
            standing,
            since: phrase.since.into_iter().collect(),
            until: phrase.until.into_iter().collect(),
            told_by: phrase.told_by.clone(),
            inferred,
            maker: rule.maker(),
        };
        self.posts.push(Row { post, phrase });
    }
}

/// As many names may share one plural title.
const MOST_NAMES: usize = 8;

/// "Senators Ana Roz and Tom Ek": the second name has the title of the first.
fn share_plurals(view: &View<'_>, posts: &mut Vec<Row>) {
    let mut shared = Vec::new();
    for row in posts
        .iter()
        .filter(|row| row.phrase.is_plural && row.post.maker.rule == Rule::BeforeName.maker().rule)
    {
        let mut at = row.phrase.end;
        for _ in 0..MOST_NAMES {
            while view.is(at, Trait::Honorific) {
                at += 1;
            }
            let Some(named) = view.person_at(at).filter(|named| named.kind == MentionKind::Name) else {
                break;
            };
            at = named.tokens.end;
            let behind = letters::read(view, at, view.sentence(at.saturating_sub(1)).end);
            at = behind.as_ref().map_or(at, |more| more.end);
            if named.entity != row.post.person {
                let mut post = row.post.clone();
                post.person = named.entity;
                post.mention = Some(named.span);
                post.area = behind.as_ref().and_then(|more| more.area);
                post.party = behind.as_ref().and_then(|more| more.party).or(row.phrase.party);
                shared.push((post, row.phrase.clone()));
            }
            while view.is_kind(at, Kind::Comma) || view.word(at) == "and" {
                at += 1;
            }
        }
    }
    posts.extend(shared.into_iter().map(|(post, phrase)| Row { post, phrase }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;
    use crate::read::people::{EntityKind, Mention};

    const MAKER: Maker = Maker { rule: "test", reads: "a name", score: 1.0 };

    /// Entities from a list of names: each place where one stands is a mention.
    fn people(text: &str, names: &[&str]) -> Vec<Entity> {
        let entity = |name: &&str| {
            let mentions: Vec<Mention> = text
                .match_indices(*name)
                .map(|(at, name)| Mention {
                    span: Span::new(at, at + name.len()),
                    kind: MentionKind::Name,
                    maker: MAKER,
                    joined_to: None,
                })
                .collect();
            let name = mentions.first().map(|mention| mention.span);
            Entity { kind: EntityKind::Person, name, gender: None, mentions }
        };
        names.iter().map(entity).collect()
    }

    /// The posts as "person: title, status, capacity".
    fn check(text: &str, names: &[&str], expected: &[&str]) {
        let document = Document::new(Article::new(text));
        let entities = people(text, names);
        let shown = |post: &Post| {
            let title: Vec<&str> = post.title.iter().map(|span| document.slice(*span)).collect();
            let name = entities[post.person].name.map(|span| document.slice(span)).unwrap_or_default();
            format!(
                "{name}: {}, {:?}, {:?}, {:?}",
                title.join(" "),
                post.status,
                post.capacity,
                post.standing
            )
        };
        let found: Vec<String> = read(&document, &entities).iter().map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_stands_beside_a_name() {
        check(
            "Former acting Attorney General Ana Roz met Tom Ek, a historian and author, on Monday.",
            &["Ana Roz", "Tom Ek"],
            &[
                "Ana Roz: Attorney General, Some(Former), Some(Acting), Happened",
                "Tom Ek: historian, Some(Current), None, Happened",
                "Tom Ek: author, Some(Current), None, Happened",
            ],
        );
        check(
            "Ana Roz would become mayor.",
            &["Ana Roz"],
            &["Ana Roz: mayor, Some(Future), None, Conditional"],
        );
        check(
            "Senators Ana Roz and Tom Ek",
            &["Ana Roz", "Tom Ek"],
            &["Ana Roz: Senator, None, None, Happened", "Tom Ek: Senator, None, None, Happened"],
        );
    }

    #[test]
    fn what_is_cut_short_or_odd() {
        for text in [
            "Roz",
            "(Roz",
            ", Roz",
            "’s Roz’s ’s",
            "of of Roz of",
            "Mayor Roz (D-",
            "Mayor Roz (D-é)",
            "as Roz as",
            "Roz, R-",
            "“Roz” is",
        ] {
            let document = Document::new(Article::new(text));
            let _ = read(&document, &people(text, &["Roz"]));
        }
    }

    #[test]
    fn five_thousand_names_are_read_in_linear_time() {
        let text = "Senator Ana Roz, the chairman of the board, said that she was president of the club and "
            .repeat(5_000);
        let document = Document::new(Article::new(text.as_str()));
        let posts = read(&document, &people(&text, &["Ana Roz"]));
        assert!((2..10).contains(&posts.len()), "{}", posts.len());
    }
}
