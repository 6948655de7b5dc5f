//! What a word says of posts: that it is one, belongs to one, or tells its time, capacity, party or place.
//!
//! In: a word, or two, as they stand in the text. Out: its [`Traits`], from tables that are parsed once, on first use.
//! It knows no context: whether "chief" is a post or a part of one here, `read` decides.

use std::sync::LazyLock;

use super::rows;

/// What is known of a word; several may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(u64);

/// One thing that a word can be. `post.tsv` and `place.tsv` name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    /// A post or an occupation: "mayor", "historian".
    Head,
    /// A post over a place: what follows its "of" is an area.
    Area,
    /// A post whose name goes on with "of": "secretary of state".
    Held,
    /// A post that serves a person: "spokesman".
    Aide,
    /// Who is named for a post.
    Nominee,
    /// Who runs for a post.
    Candidate,
    /// A word that belongs to the title even with a capital: "deputy", "press".
    Part,
    /// A word that says what somebody is like: "longtime".
    Quality,
    Former,
    Future,
    Acting,
    Interim,
    /// Nobody holds it yet: "potential".
    Possible,
    /// A head that is a post only where a body, a place or a person stands beside it: "leader".
    Loose,
    /// A faith or an origin, with a capital or without: "Muslim".
    Creed,
    /// A word that no title holds: "several", "down".
    Apart,
    /// Who somebody is beside a post, before a name: "Navy veteran".
    Beside,
    /// A noun that puts a post in the past: "his years as".
    Ended,
    /// A verb that gives somebody a post: "tapped Roz as".
    Naming,
    /// "served as".
    Served,
    /// "became".
    Becomes,
    /// A verb that is a post: "heads".
    Heads,
    /// The same in the past.
    Headed,
    /// A verb that tells a post and does not name it: "leads".
    Leads,
    /// Such a verb in the past.
    Led,
    /// "has", "have".
    Has,
    /// A word before a description: ", then the mayor,".
    Aside,
    /// A preposition between a post and its body: "of".
    Within,
    /// One that may tell anything else: "in".
    Beyond,
    /// "until".
    Until,
    /// It opens what is imagined: "if".
    Condition,
    /// It makes a verb imagined: "would".
    Modal,
    Will,
    Was,
    Is,
    /// It may stand between a verb and a post: "is now the".
    Now,
    Not,
    Party,
    /// A party's member as a noun: "Democrat".
    Member,
    /// A party's letter: "D".
    Letter,
    /// A party by two words.
    PartyName,
    /// "Mr."
    Honorific,
    State,
    /// A state cut short: "Ore.", "OR".
    Short,
    Nation,
}

impl Traits {
    pub(crate) fn is(self, one: Trait) -> bool {
        self.0 & (1 << one as u64) != 0
    }

    pub(crate) fn is_any(self, list: &[Trait]) -> bool {
        list.iter().any(|&one| self.is(one))
    }
}

/// What a word is, whatever its case. A plural is what its singular is.
pub(crate) fn traits(word: &str) -> Traits {
    if word.len() > LONGEST {
        return Traits::default();
    }
    let mut traits = Traits(find(word).0 | find(&word.to_lowercase()).0);
    if let Some(length) = singular(word) {
        traits.0 |= find(&word[..length].to_lowercase()).0 & PLURAL;
    }
    traits
}

/// What two words are together.
pub(crate) fn traits_of_pair(first: &str, second: &str) -> Traits {
    if first.len() + second.len() > LONGEST {
        return Traits::default();
    }
    let pair = format!("{first}_{second}");
    Traits(find(&pair).0 | find(&pair.to_lowercase()).0)
}

/// How long the singular of a plural post is: "candidates" → 9. `None` where the word is no plural of a post.
pub(crate) fn singular(word: &str) -> Option<usize> {
    let stem = word.strip_suffix('s').filter(|stem| word.len() <= LONGEST && stem.len() > 2)?;
    let is_head = |word: &str| find(&word.to_lowercase()).is(Trait::Head);
    (!is_head(word) && is_head(stem)).then_some(stem.len())
}

/// A title as it is compared: in lower case, the abbreviations of offices written out, a party's or an evaluating word
/// left as it is.
pub(crate) fn spelled_out(word: &str) -> String {
    let lower = word.to_lowercase();
    let stem = lower.trim_end_matches('.');
    let long = SHORT.iter().find(|(short, _)| *short == stem);
    long.map_or(lower.clone(), |(_, long)| (*long).to_owned())
}

/// Whether a word says whose something is: "his".
pub(crate) fn is_owner(word: &str) -> bool {
    ["my", "your", "his", "her", "its", "our", "their"].iter().any(|owner| word.eq_ignore_ascii_case(owner))
}

/// Whether a word stands behind a name and a comma: "Jr."
pub(crate) fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Sr." | "Jr" | "Sr")
}

/// The letter of a party, however it is named: "GOP", "Republican", "R".
pub(crate) fn party_letter(party: &str) -> Option<char> {
    if party.eq_ignore_ascii_case("gop") {
        return Some('r');
    }
    party.chars().next().map(|c| c.to_ascii_lowercase())
}

/// Offices as they are cut short before a name.
const SHORT: &[(&str, &str)] = &[
    ("sen", "senator"),
    ("sens", "senator"),
    ("rep", "representative"),
    ("reps", "representative"),
    ("congressman", "representative"),
    ("congresswoman", "representative"),
    ("gov", "governor"),
    ("govs", "governor"),
    ("lt", "lieutenant"),
    ("gen", "general"),
    ("col", "colonel"),
    ("maj", "major"),
    ("capt", "captain"),
    ("sgt", "sergeant"),
    ("adm", "admiral"),
    ("cmdr", "commander"),
    ("del", "delegate"),
    ("advisor", "adviser"),
    ("prof", "professor"),
    ("vp", "president"),
];

/// Longer words are in no table; the bound keeps lower-casing cheap.
const LONGEST: usize = 32;

/// What a plural shares with its singular.
const PLURAL: u64 = 1 << Trait::Head as u64
    | 1 << Trait::Area as u64
    | 1 << Trait::Held as u64
    | 1 << Trait::Aide as u64
    | 1 << Trait::Nominee as u64
    | 1 << Trait::Candidate as u64;

static STATES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let pairs = rows(include_str!("state.tsv"));
    let mut table: Vec<_> = pairs
        .flat_map(|(state, short)| short.split(' ').map(move |short| (short, state.replace('_', " "))))
        .collect();
    table.sort_unstable();
    table
});

/// The state that is cut short so: "S.C." is South Carolina.
pub(crate) fn state(short: &str) -> Option<&'static str> {
    let table = &*STATES;
    table.binary_search_by_key(&short, |(short, _)| short).ok().map(|at| &*table[at].1)
}

/// Whether a word stands for the people of a country: "Mexicans".
pub(crate) fn is_people(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|one| one.ends_with(['n', 'i', 'k']) && find(one).is(Trait::Nation))
}

static TABLE: LazyLock<Vec<(&'static str, Traits)>> = LazyLock::new(|| {
    let files = rows(include_str!("post.tsv")).chain(rows(include_str!("place.tsv")));
    let mut table: Vec<_> = files
        .flat_map(|(class, words)| {
            let traits = Traits(1 << named(class) as u64);
            words.split(' ').map(move |word| (word, traits))
        })
        .collect();
    for (state, short) in rows(include_str!("state.tsv")) {
        table.push((state, Traits(1 << Trait::State as u64)));
        table.extend(short.split(' ').map(|short| (short, Traits(1 << Trait::Short as u64))));
    }
    table.sort_by_key(|&(word, _)| word);
    table.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.0 |= later.1.0;
        }
        same
    });
    table
});

fn find(word: &str) -> Traits {
    let table = &*TABLE;
    table.binary_search_by_key(&word, |&(w, _)| w).map_or(Traits::default(), |at| table[at].1)
}

fn named(class: &str) -> Trait {
    match class {
        "head" => Trait::Head,
        "area" => Trait::Area,
        "held" => Trait::Held,
        "aide" => Trait::Aide,
        "nominee" => Trait::Nominee,
        "candidate" => Trait::Candidate,
        "part" => Trait::Part,
        "quality" => Trait::Quality,
        "former" => Trait::Former,
        "future" => Trait::Future,
        "acting" => Trait::Acting,
        "interim" => Trait::Interim,
        "possible" => Trait::Possible,
        "loose" => Trait::Loose,
        "creed" => Trait::Creed,
        "apart" => Trait::Apart,
        "beside" => Trait::Beside,
        "ended" => Trait::Ended,
        "naming" => Trait::Naming,
        "served" => Trait::Served,
        "becomes" => Trait::Becomes,
        "heads" => Trait::Heads,
        "headed" => Trait::Headed,
        "led" => Trait::Led,
        "has" => Trait::Has,
        "aside" => Trait::Aside,
        "within" => Trait::Within,
        "beyond" => Trait::Beyond,
        "until" => Trait::Until,
        "leads" => Trait::Leads,
        "condition" => Trait::Condition,
        "modal" => Trait::Modal,
        "will" => Trait::Will,
        "was" => Trait::Was,
        "is" => Trait::Is,
        "now" => Trait::Now,
        "not" => Trait::Not,
        "party" => Trait::Party,
        "member" => Trait::Member,
        "letter" => Trait::Letter,
        "party-name" => Trait::PartyName,
        "honorific" => Trait::Honorific,
        "state" => Trait::State,
        "short" => Trait::Short,
        "nation" => Trait::Nation,
        other => unreachable!("post.tsv or place.tsv names the class {other:?}"),
    }
}
