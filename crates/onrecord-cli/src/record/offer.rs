//! From what intake gives to what a record takes: the seam between the two.
//!
//! In: an [`Entry`] of the inputs. Out: an [`Offer`]. Nothing else in this folder knows intake.

use onrecord::{Article, Warning};
use onrecord_intake::Item;
use onrecord_store::{Key, Raw, Refusal};

use crate::input::Entry;
use crate::message::Problem;

/// Something that may become a row of a record's ledger.
pub(super) enum Offer {
    /// An article that has to be read.
    Article(Box<Offered>),
    /// A record that was read elsewhere, as JSON, and where it stood.
    Record(String, String),
    /// What gave no article: where, why, and what to tell whoever waits, if that is a fault.
    Refused(String, Refusal, Option<Problem>),
    /// What was left out on purpose: where, and what.
    LeftOut(String, String),
    /// What could not even be opened.
    Problem(Problem),
}

/// An article that has to be read.
pub(super) struct Offered {
    pub(super) article: Article,
    /// The keys of the article whose value the input does not state.
    pub(super) inferred: Vec<&'static str>,
    pub(super) warnings: Vec<Warning>,
    pub(super) raw: Raw,
    pub(super) origin: String,
    pub(super) key: Key,
}

impl Offer {
    /// The offer of an entry; `published` and `title` stand in where the input has none.
    pub(super) fn new(entry: Entry, published: Option<&str>, title: Option<&str>) -> Offer {
        match entry {
            Entry::Article(item) => Offer::Article(Box::new(offered(*item, published, title))),
            Entry::Record(record) => Offer::Record(record.json, record.place.to_string()),
            Entry::Refused(error) => {
                let refusal = Refusal::new(error.reason().code(), error.message());
                let origin = error.place().to_string();
                let problem = error.reason().is_fault().then(|| Problem::from(error));
                Offer::Refused(origin, refusal, problem)
            }
            Entry::LeftOut(place, what) => Offer::LeftOut(place, what),
            Entry::Problem(problem) => Offer::Problem(problem),
        }
    }
}

fn offered(item: Item, published: Option<&str>, title: Option<&str>) -> Offered {
    let Item { mut article, inferred, notes, raw, place, .. } = item;
    article.published = article.published.or_else(|| published.map(str::to_owned));
    article.title = article.title.or_else(|| title.map(str::to_owned));
    let raw =
        Raw { bytes: raw.bytes, media_type: raw.media_type.to_owned(), encoding: raw.encoding.to_owned() };
    Offered {
        key: Key::of(&article),
        article,
        inferred: inferred.into_iter().map(onrecord_intake::Key::name).collect(),
        warnings: notes.into_iter().map(Warning::from).collect(),
        raw,
        origin: place.to_string(),
    }
}
