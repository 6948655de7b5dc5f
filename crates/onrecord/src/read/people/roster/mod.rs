//! Whom of a list that the user gave does the article name?
//!
//! In: a list of people and bodies with their names and ids; who was read in an article. Out: for each entity the id of
//! the one row that fits, and a warning where several do: a tie stays open. A name fits as it is written, else without
//! regard to case and accents, else by initials and middle names. A bare surname never fits, a name that may deceive
//! (`look.rs`) only what has the same characters. What a look-up costs does not grow with the list.
//! Read on in `form` (which names are forms of one) and `index` (how they are found).

mod form;
mod index;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::look::doubt;
use super::name::Name;
use super::{Entity, EntityKind, MentionKind, Reading};
use crate::text::Span;
use crate::{Document, Warning};
pub use form::spaced;
use form::{equals, is_short_of};
use index::{Index, Key};

/// A row of a list: somebody with an id and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What the list calls them.
    pub id: String,
    /// A person or an organization.
    pub kind: EntityKind,
    /// The name and the aliases, with single blanks.
    pub names: Vec<String>,
}

/// A list of people and bodies, ready to be looked up.
///
/// ```
/// use onrecord::read::people::EntityKind::Person;
/// use onrecord::read::people::roster::{Listed, Roster};
///
/// let listed = Listed { id: "q7".into(), kind: Person, names: vec!["Ana Maria Roz".into()] };
/// let roster = Roster::new(vec![listed]);
/// let (document, mut claims) = onrecord::Engine::new().claims(onrecord::Article::new("Mayor Ana Roz left."));
/// claims.link(&document, &roster);
/// assert_eq!(claims.ids[0], ["q7"]);
/// ```
#[derive(Clone, Debug)]
pub struct Roster {
    rows: Vec<Listed>,
    /// Of each name in the index its row and its place there.
    names: Vec<(u32, u32)>,
    index: Index,
}

/// What an article's entities are in a list.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// For each entity its ids.
    pub ids: Vec<Vec<String>>,
    /// What stayed open: `several_people_fit`, `another_fits_better`.
    pub warnings: Vec<Warning>,
}

/// How well a name fits one of the list, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Written,
    Folded,
    Short,
}

/// As many rows that fit one name are looked at and told of.
const MOST_FITTING: usize = 10;
/// As many ids does a warning name.
const TOLD_IDS: usize = 3;

impl Roster {
    /// Makes a list ready. Rows of other kinds than person and organization fit nothing.
    pub fn new(rows: Vec<Listed>) -> Roster {
        let mut names = Vec::with_capacity(rows.len());
        let mut keys = Vec::with_capacity(2 * rows.len());
        let mut hasher = Key::default();
        for (row, listed) in rows.iter().enumerate() {
            let parsed: Vec<Name<'_>> = listed.names.iter().map(|name| Name::new(name)).collect();
            let is_mononym = parsed.iter().all(Name::is_single);
            for (nth, (written, name)) in listed.names.iter().zip(&parsed).enumerate() {
                let number = names.len() as u32;
                names.push((row as u32, nth as u32));
                keys.push((hasher.whole(listed.kind, written), number));
                // Somebody with a longer name is not known by a single word alone.
                if name.is_single() && !is_mononym && listed.kind == EntityKind::Person {
                    keys.pop();
                }
                if listed.kind == EntityKind::Person && !name.is_single() {
                    keys.extend(hasher.of_parts(name).map(|key| (key, number)));
                }
            }
        }
        Roster { names, index: Index::new(&keys), rows }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the list has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Looks up everyone who was read in a document.
    pub(crate) fn link(&self, document: &Document, people: &Reading) -> Linked {
        let mut hasher = Key::default();
        let fits: Vec<_> =
            people.entities.iter().map(|entity| self.entity(&mut hasher, document, entity)).collect();
        // A father and his son may both fit one row: then it is the one whom it fits better.
        let mut best: BTreeMap<u32, (Fit, usize)> = BTreeMap::new();
        for (at, (fit, rows)) in fits.iter().enumerate().filter_map(|(at, fit)| Some((at, fit.as_ref()?))) {
            if let [row] = rows[..] {
                let known = best.entry(row).or_insert((*fit, at));
                *known = (*known).min((*fit, at));
            }
        }
        let mut linked = Linked::default();
        for (entity, fit) in people.entities.iter().zip(&fits) {
            let mut ids = Vec::new();
            match fit {
                None => {}
                Some((fit, rows)) if rows.len() == 1 => {
                    let (better, other) = best[&rows[0]];
                    let id = &self.rows[rows[0] as usize].id;
                    if better == *fit {
                        ids.push(id.clone());
                    } else {
                        linked.warnings.extend(lesser(document, id, entity, &people.entities[other]));
                    }
                }
                Some((_, rows)) => linked.warnings.extend(self.tie(document, entity, rows)),
            }
            linked.ids.push(ids);
        }
        linked
    }

    /// The rows that fit an entity best, and how well.
    fn entity(&self, hasher: &mut Key, document: &Document, entity: &Entity) -> Option<(Fit, Vec<u32>)> {
        let names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let mut names: Vec<String> = names.map(|mention| spaced(document.slice(mention.span))).collect();
        names.sort_unstable();
        names.dedup();
        let full = entity.name.map(|span| spaced(document.slice(span)))?;
        let is_person = entity.kind == EntityKind::Person;
        if is_person && !Name::new(&full).is_single() {
            names.retain(|name| !Name::new(name).is_single());
        }
        for fit in [Fit::Written, Fit::Folded] {
            let mut rows = Vec::new();
            for name in &names {
                let key = hasher.whole(entity.kind, name);
                self.collect(&mut rows, key, entity.kind, |listed| {
                    if fit == Fit::Written { listed == name } else { equals(listed, name) }
                });
            }
            if !rows.is_empty() {
                return Some((fit, rows));
            }
        }
        let name = Name::new(&full);
        if !is_person || name.is_single() || doubt(&full).is_some() {
            return None;
        }
        let mut rows = Vec::new();
        for key in hasher.asked(&name) {
            self.collect(&mut rows, key, entity.kind, |listed| {
                doubt(listed).is_none() && is_short_of(&name, &Name::new(listed))
            });
        }
        (!rows.is_empty()).then_some((Fit::Short, rows))
    }

    /// Adds the rows under `key` with a name that fits.
    fn collect(&self, rows: &mut Vec<u32>, key: u64, kind: EntityKind, fits: impl Fn(&str) -> bool) {
        for &number in self.index.under(key) {
            let (row, nth) = self.names[number as usize];
            let listed = &self.rows[row as usize];
            if listed.kind == kind && !rows.contains(&row) && fits(&listed.names[nth as usize]) {
                rows.push(row);
                if rows.len() > MOST_FITTING {
                    return;
                }
            }
        }
    }

    fn tie(&self, document: &Document, entity: &Entity, rows: &[u32]) -> Option<Warning> {
        let name = entity.name?;
        let mut ids: Vec<&str> = rows.iter().map(|&row| self.rows[row as usize].id.as_str()).collect();
        ids.sort_unstable();
        let number = match ids.len() {
            number if number > MOST_FITTING => format!("more than {MOST_FITTING}"),
            number => number.to_string(),
        };
        let mut message = format!("“{}” fits {number} of the list: ", spaced(document.slice(name)));
        let more = if ids.len() > TOLD_IDS { ", …" } else { "" };
        ids.truncate(TOLD_IDS);
        write!(message, "{}{more}; none was taken", ids.join(", ")).expect("writing to a string cannot fail");
        Some(Warning::new("several_people_fit", name, message))
    }
}

fn lesser(document: &Document, id: &str, entity: &Entity, other: &Entity) -> Option<Warning> {
    let text = |span: Span| spaced(document.slice(span));
    let (name, better) = (entity.name?, other.name?);
    let message =
        format!("“{}” fits {id} less well than “{}” and is not taken for it", text(name), text(better));
    Some(Warning::new("another_fits_better", name, message))
}

#[cfg(test)]
mod tests {
    use super::super::Mention;
    use super::*;
    use crate::Article;
    use crate::read::Maker;

    const MAKER: Maker = Maker { rule: "people/sample", reads: "", score: 1.0 };

    fn listed(rows: &[(&str, &[&str])]) -> Roster {
        let row = |&(id, names): &(&str, &[&str])| Listed {
            id: id.to_owned(),
            kind: if id.starts_with('o') { EntityKind::Organization } else { EntityKind::Person },
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        Roster::new(rows.iter().map(row).collect())
    }

    /// Links entities that are called as `people` says, the fullest name first; `expected` has an id, a code, or nothing.
    fn check(rows: &[(&str, &[&str])], people: &[&[&str]], expected: &[&str]) {
        let mut text = String::new();
        let mut entities = Vec::new();
        for names in people {
            let mut mentions = Vec::new();
            for name in *names {
                let span = Span::new(text.len(), text.len() + name.len());
                mentions.push(Mention { span, kind: MentionKind::Name, maker: MAKER, joined_to: None });
                text += name;
                text += " left.\n";
            }
            let kind =
                if names[0].starts_with("The ") { EntityKind::Organization } else { EntityKind::Person };
            entities.push(Entity { kind, name: Some(mentions[0].span), gender: None, mentions });
        }
        let document = Document::new(Article::new(text));
        let names: Vec<Span> = entities.iter().filter_map(|entity| entity.name).collect();
        let linked = listed(rows).link(&document, &Reading { entities, ..Reading::default() });
        let told = linked.ids.iter().zip(names).map(|(ids, name)| {
            let warning = linked.warnings.iter().find(|warning| warning.span == Some(name));
            warning.map_or(ids.join(" "), |warning| warning.code.to_owned())
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{rows:?} {people:?}");
    }

    #[test]
    fn a_name_or_an_alias_fits_as_a_whole() {
        let rows: &[(&str, &[&str])] =
            &[("q1", &["Ana Roz", "Anna Rose"]), ("q2", &["Tom Ek"]), ("o1", &["The Port Board"])];
        check(rows, &[&["Ana Roz"]], &["q1"]);
        check(rows, &[&["Anna Rose", "Rose"], &["Tom Ek"]], &["q1", "q2"]);
        check(rows, &[&["The Port Board"], &["Port Board"]], &["o1", ""]);
        check(rows, &[&["ANA ROZ"], &["Tom\nEk"]], &["q1", "q2"]);
        check(&[("q1", &["Zoë Ångström", "Łucja Ångström"])], &[&["Zoe Angstrom"]], &["q1"]);
        check(&[("q1", &["Sean O'Neill"])], &[&["Seán O’Neill"]], &["q1"]);
        check(rows, &[&["Ana Rozek"], &["Bea Roz"], &["Roz Ana"]], &["", "", ""]);
    }

    #[test]
    fn what_is_written_alike_goes_first() {
        let rows: &[(&str, &[&str])] = &[("q1", &["Zoe Roz"]), ("q2", &["Zoë Roz"]), ("q3", &["Zoë M. Roz"])];
        check(rows, &[&["Zoë Roz"]], &["q2"]);
        check(rows, &[&["ZOE ROZ"]], &["several_people_fit"]);
        check(rows, &[&["Z. M. Roz"]], &["several_people_fit"]);
    }

    #[test]
    fn initials_and_middle_names_fit() {
        let rows: &[(&str, &[&str])] = &[("q1", &["Robert Scott Vance"])];
        for form in [
            "Robert Vance",
            "R. Vance",
            "R. Scott Vance",
            "Robert S. Vance",
            "R.S. Vance",
            "Scott Vance",
            "R Vance",
        ] {
            check(rows, &[&[form]], &["q1"]);
        }
        for other in
            ["Robert T. Vance", "Bob Vance", "S. Vance", "Robert Vancey", "Vance", "Robert", "Robert Scott"]
        {
            check(rows, &[&[other]], &[""]);
        }
        check(&[("q1", &["R. Vance"])], &[&["Robert Scott Vance"]], &["q1"]);
        check(&[("q1", &["Scott Vance"])], &[&["R. Scott Vance"]], &["q1"]);
        check(&[("q1", &["Jan van der Berg"])], &[&["J. van der Berg"]], &["q1"]);
        check(&[("q1", &["Ana Roz Jr."])], &[&["Ana Roz Sr."], &["A. Roz Jr."]], &["", "q1"]);
    }

    #[test]
    fn a_bare_surname_fits_nobody() {
        check(&[("q1", &["Ana Roz", "Roz"])], &[&["Roz"]], &[""]);
        check(&[("q1", &["Ana Roz"])], &[&["Roz"]], &[""]);
        // Who is known by one word only is called by it.
        check(&[("q1", &["Zizinho"])], &[&["Zizinho"]], &["q1"]);
        check(&[("q1", &["Zizinho"])], &[&["Ana Zizinho", "Zizinho"]], &[""]);
    }

    #[test]
    fn a_tie_stays_open() {
        let rows: &[(&str, &[&str])] = &[("q1", &["Ana Roz"]), ("q2", &["Ana Roz"]), ("q3", &["Ada Roz"])];
        check(rows, &[&["Ana Roz"], &["Ada Roz"]], &["several_people_fit", "q3"]);
        check(rows, &[&["A. Roz"]], &["several_people_fit"]);
        // The same row twice is no tie.
        check(&[("q1", &["Ana Roz", "Ana Roz", "ANA ROZ"])], &[&["Ana Roz"]], &["q1"]);
    }

    #[test]
    fn a_warning_names_some_of_many() {
        let ids: Vec<String> = (10..40).map(|id| format!("q{id}")).collect();
        let rows: Vec<(&str, &[&str])> = ids.iter().map(|id| (id.as_str(), &["Ana Roz"][..])).collect();
        let document = Document::new(Article::new("Ana Roz left."));
        let name = Span::new(0, 7);
        let mention = Mention { span: name, kind: MentionKind::Name, maker: MAKER, joined_to: None };
        let entity =
            Entity { kind: EntityKind::Person, name: Some(name), gender: None, mentions: vec![mention] };
        let linked = listed(&rows).link(&document, &Reading { entities: vec![entity], ..Reading::default() });
        let message = "“Ana Roz” fits more than 10 of the list: q10, q11, q12, …; none was taken";
        assert_eq!(linked.warnings[0].message, message);
    }

    #[test]
    fn who_fits_less_well_is_another() {
        check(
            &[("q1", &["Robert Vance"])],
            &[&["Robert Vance"], &["Robert Vance Jr."]],
            &["q1", "another_fits_better"],
        );
        // Two names that the list has of one person are one, whatever the article told apart.
        check(&[("q1", &["Ana Roz", "Anna Rose"])], &[&["Ana Roz"], &["Anna Rose"]], &["q1", "q1"]);
    }

    #[test]
    fn look_alikes_are_never_the_same() {
        let cyrillic = "An\u{430} Roz";
        check(
            &[("q1", &["Ana Roz"])],
            &[&[cyrillic], &["Ana\u{200b} Roz"], &["A. R\u{43e}z"]],
            &["", "", ""],
        );
        check(&[("q1", &[cyrillic])], &[&["Ana Roz"], &[cyrillic], &["AN\u{410} ROZ"]], &["", "q1", ""]);
    }

    #[test]
    fn an_empty_list_fits_nobody() {
        check(&[], &[&["Ana Roz"]], &[""]);
        check(&[("q1", &[])], &[&["Ana Roz"]], &[""]);
    }
}
