//! The pages of an entity and of a post, and the speakers of a row.
//!
//! In: what was read about people. Out: which rule or model found each mention, and why it was joined to another.

use onrecord::read::people::{Entity, Mention};
use onrecord::{Document, Span};

use super::Page;
use crate::format::who;
use crate::terminal;

impl Page<'_> {
    /// Whom a row is given to, by what, and how sure that is.
    pub(super) fn speakers(&mut self, row: usize) {
        let people = &self.read.claims.people;
        for speaker in people.speakers.get(row).into_iter().flatten() {
            match speaker.as_written {
                Some(span) => self.span("speaker", span, ""),
                None => self.line(format_args!("  speaker  not stated")),
            }
            let who = speaker.entity.map_or("nobody that is mentioned".to_owned(), |entity| {
                format!("e{}, {}", entity + 1, called(self.document, &people.entities[entity]))
            });
            self.line(format_args!("           {who}; by {}, score {:.2}", speaker.maker, speaker.score));
            for &reason in &speaker.reason {
                self.span("reason", reason, "");
            }
        }
    }

    /// An entity: what is known of it, and its mentions.
    pub(super) fn entity(mut self, at: usize) -> String {
        let people = &self.read.claims.people;
        let entity = &people.entities[at];
        let name = called(self.document, entity);
        self.line(format_args!("e{}  {}  {name}\n", at + 1, who::kind(entity.kind)));
        let gender = entity.gender.map_or("the text does not tell", who::gender);
        self.line(format_args!("gender    {gender}"));
        let speaks = people.speakers.iter().enumerate();
        let speaks = speaks.filter(|(_, speakers)| speakers.iter().any(|speaker| speaker.entity == Some(at)));
        let rows = speaks.map(|(row, _)| self.read.claims.attributions[row].id.clone());
        self.list("speaks in", &rows.collect::<Vec<_>>());
        let posts = people.posts.iter().zip(1..).filter(|(post, _)| post.person == at);
        self.list("posts", &posts.map(|(_, number)| format!("p{number}")).collect::<Vec<_>>());
        self.line(format_args!("\nmentions, by line:column and characters"));
        for mention in &entity.mentions {
            self.mention(mention);
        }
        self.out
    }

    fn list(&mut self, label: &str, ids: &[String]) {
        let ids = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
        self.line(format_args!("{label:<9} {ids}"));
    }

    fn mention(&mut self, mention: &Mention) {
        self.span(who::mention(mention.kind), mention.span, "");
        self.line(format_args!("           by {}, which reads {}", mention.maker.rule, mention.maker.reads));
        if let Some(other) = mention.joined_to {
            let (place, words) = (self.lines.place(other), terminal::line(self.document.slice(other)));
            self.line(format_args!("           joined to {place} {words}"));
        }
    }

    /// A post: what made it, and what each value rests on.
    pub(super) fn post(mut self, at: usize) -> String {
        let people = &self.read.claims.people;
        let post = &people.posts[at];
        let person = &people.entities[post.person];
        let name = called(self.document, person);
        self.line(format_args!("p{}  {}", at + 1, terminal::line(&who::post(self.read, post))));
        self.line(format_args!("\nheld by   e{}, {name}", post.person + 1));
        self.line(format_args!("made by   {}", post.maker.rule));
        self.line(format_args!("reads     {}", post.maker.reads));
        self.line(format_args!("score     {:.2}: how sure its rows are, from 0 to 1", post.maker.score));
        self.line(format_args!("standing  {}", who::standing(post.standing)));
        let status = post.status.map_or("the text does not tell", who::status);
        self.line(format_args!("status    {status}"));
        if let Some(capacity) = post.capacity {
            self.line(format_args!("capacity  {}", who::capacity(capacity)));
        }
        if let Some(owner) = post.of_person {
            let owner_name = called(self.document, &people.entities[owner]);
            self.line(format_args!("of        e{}, {owner_name}", owner + 1));
        }
        self.line(format_args!("\nevidence, by line:column and characters"));
        let one = |span: Option<Span>| span.into_iter().collect::<Vec<_>>();
        let evidence = [
            ("person", one(post.mention.or(person.name))),
            ("title", post.title.clone()),
            ("of", one(post.organization)),
            ("area", one(post.area)),
            ("party", one(post.party)),
            ("told by", post.told_by.clone()),
            ("since", post.since.clone()),
            ("until", post.until.clone()),
        ];
        for (role, spans) in evidence {
            for span in spans {
                self.span(role, span, "");
            }
        }
        let inferred = if post.inferred.is_empty() { "nothing".to_owned() } else { post.inferred.join(", ") };
        self.line(format_args!("\ninferred  {inferred}"));
        self.out
    }
}

fn called(document: &Document, entity: &Entity) -> String {
    terminal::line(&who::called(document, entity))
}
