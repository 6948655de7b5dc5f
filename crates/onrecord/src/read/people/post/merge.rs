//! Which rows are one post? "Senator Roz", "the senator", "Sen. Ana Roz (D-Ore.)" → one row with all that is told.
//!
//! In: rows as the rules found them. Out: posts, in order of position, each post of a person once.

use std::collections::BTreeMap;

use super::view::View;
use super::{Capacity, Post, Row, Rule, Standing, Status};
use crate::lang::en;
use crate::text::Span;

pub(super) fn merge(view: &View<'_>, rows: Vec<Row>) -> Vec<Post> {
    let mut rows: Vec<Post> = rows.into_iter().map(|row| row.post).collect();
    // What a noun alone tells comes last: it rests on whom the noun stands for.
    let nominal = Rule::Nominal.maker().rule;
    rows.sort_by_key(|post| (post.maker.rule == nominal, place(post), post.person));
    let mut kept = Kept::default();
    for post in rows {
        let words = words(view, &post);
        let alone = post.maker.rule == nominal;
        match kept.same(&words, &post) {
            Some(index) => fill(&mut kept.rows[index].1, &post),
            None if words.is_empty() && kept.has_body(view, &post) => {}
            None if alone && (kept.is_anothers(&words, &post) || kept.is_at_odds(view, &post)) => {}
            None => kept.push(words, post),
        }
    }
    let mut posts: Vec<Post> = kept.rows.into_iter().map(|(_, post)| post).collect();
    posts.sort_by_key(|post| (place(post), post.person));
    posts
}

/// The rows that are kept, with the words of their titles.
#[derive(Default)]
struct Kept {
    rows: Vec<(Vec<String>, Post)>,
    /// The rows of each person; few, for a title is kept once.
    of_person: BTreeMap<usize, Vec<usize>>,
    /// The rows of each last word of a title.
    of_head: BTreeMap<String, Vec<usize>>,
}

impl Kept {
    fn push(&mut self, words: Vec<String>, post: Post) {
        self.of_person.entry(post.person).or_default().push(self.rows.len());
        if let Some(head) = head(&words) {
            self.of_head.entry(head.clone()).or_default().push(self.rows.len());
        }
        self.rows.push((words, post));
    }

    fn same(&self, words: &[String], post: &Post) -> Option<usize> {
        let mine = self.of_person.get(&post.person)?;
        mine.iter().copied().take(MOST).find(|&index| is_same(&self.rows[index], words, post))
    }

    /// Whether a post without a title only tells a body that another row of the person tells.
    fn has_body(&self, view: &View<'_>, post: &Post) -> bool {
        let text = |span: Span| &view.text()[span.range()];
        let mine = self.of_person.get(&post.person).map(Vec::as_slice).unwrap_or_default();
        let mut bodies = mine.iter().take(MOST).filter_map(|&index| self.rows[index].1.organization);
        post.party.is_none()
            && post.organization.is_some_and(|body| bodies.any(|other| text(other) == text(body)))
    }

    /// Whether a noun names the post of somebody else: "the governor", where another is called governor.
    fn is_anothers(&self, words: &[String], post: &Post) -> bool {
        let others = head(words).and_then(|head| self.of_head.get(head));
        others.is_some_and(|others| {
            others.iter().take(MOST).any(|&index| is_same(&self.rows[index], words, post))
        })
    }

    /// Whether a noun is of another party than its person: "the Republican" for a Democrat.
    fn is_at_odds(&self, view: &View<'_>, post: &Post) -> bool {
        let letter = |span: Span| en::party_letter(&view.text()[span.range()]);
        let Some(party) = post.party.and_then(letter) else { return false };
        let mine = self.of_person.get(&post.person).map(Vec::as_slice).unwrap_or_default();
        let mut known = mine.iter().take(MOST).filter_map(|&index| self.rows[index].1.party.and_then(letter));
        known.any(|known| known != party)
    }
}

/// A person has no more posts than this in one article, or they are kept as they stand.
const MOST: usize = 64;

/// Where a post is told.
fn place(post: &Post) -> u32 {
    let spans = post.title.iter().copied().chain(post.party).chain(post.organization).chain(post.area);
    spans.map(|span| span.start).min().unwrap_or_default()
}

/// The words of the title, as they are compared.
fn words(view: &View<'_>, post: &Post) -> Vec<String> {
    let text = view.text();
    let title = post.title.iter().flat_map(|span| text[span.range()].split([' ', '-', '\n']));
    title.filter(|word| !word.is_empty()).map(en::spelled_out).collect()
}

fn is_same((words, kept): &(Vec<String>, Post), other: &[String], post: &Post) -> bool {
    if is_imagined(kept.standing) != is_imagined(post.standing) {
        return false;
    }
    let time = kept.status.is_none() || post.status.is_none() || kept.status == post.status;
    let capacity = kept.capacity == post.capacity || named(kept.capacity) == named(post.capacity);
    if words.is_empty() || other.is_empty() {
        // Only a party, a place or a body is told: the same one, or nothing new.
        return words.is_empty()
            && other.is_empty()
            && kept.organization.is_some() == post.organization.is_some();
    }
    let shorter =
        |few: &[String], many: &[String]| head(few) == head(many) && few.iter().all(|w| many.contains(w));
    let subset = shorter(words, other) || shorter(other, words);
    time && capacity && subset
}

/// The last word of a title before "of" and the like.
fn head(words: &[String]) -> Option<&String> {
    let joins = |word: &String| matches!(word.as_str(), "of" | "for" | "on" | "in" | "to");
    let end = words.iter().skip(1).position(joins).map_or(words.len(), |at| at + 1);
    words[..end].last()
}

fn named(capacity: Option<Capacity>) -> bool {
    matches!(capacity, Some(Capacity::Nominee | Capacity::Candidate))
}

fn is_imagined(standing: Standing) -> bool {
    matches!(standing, Standing::Conditional | Standing::Possible | Standing::Denied)
}

/// Takes over what the row that was kept does not tell.
fn fill(kept: &mut Post, post: &Post) {
    if kept.status.is_none() && post.status.is_some() && post.status != Some(Status::Future) {
        kept.status = post.status;
        kept.told_by.extend(post.told_by.iter().copied());
        kept.inferred.extend(post.inferred.iter().copied());
    }
    kept.organization = kept.organization.or(post.organization);
    kept.area = kept.area.or(post.area);
    kept.party = kept.party.or(post.party);
    kept.of_person = kept.of_person.or(post.of_person);
    if kept.since.is_empty() {
        kept.since.clone_from(&post.since);
    }
    if kept.until.is_empty() {
        kept.until.clone_from(&post.until);
    }
}
