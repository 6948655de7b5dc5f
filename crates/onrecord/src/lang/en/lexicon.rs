//! What class a word belongs to, and what it introduces when it reports speech.
//!
//! In: a word as it stands in the text. Out: its [`Entry`], from tables that are parsed once, on first use. It knows
//! no context: whether "reports" is a verb here, `read` decides.

use std::sync::LazyLock;

use super::rows;

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    classes: u64,
    /// What it introduces alone.
    cue: u8,
    /// What it introduces together with a second word.
    pair: u8,
}

/// Classes of words; a word may belong to several. `word.tsv` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Pronoun,
    Relative,
    Determiner,
    Preposition,
    Coordinator,
    Subordinator,
    Auxiliary,
    Adverb,
    /// "that", which opens the clause that is reported.
    That,
    /// "to", before an infinitive or a name.
    To,
    /// "and", "or": they may join two nouns.
    And,
    /// "of", "for": they may go on with a name.
    Of,
    /// "by", before an agent.
    By,
    /// "as", before what something is called.
    As,
    /// "on", the second word of "went on".
    On,
    /// A word in -ly that is no adverb: "family".
    NoAdverb,
    /// "asked", which is a passive where nobody stands before it: "the mayor, asked about".
    Asked,
    Time,
    /// A finite verb that reports nothing.
    Verb,
    /// A verb form that takes an infinitive: declined to, went on to.
    Infinitive,
    /// A unit of time: "two hours".
    Unit,
    /// What something is said in or on: an interview, a statement.
    Occasion,
    /// A noun or verb that says of a quotation that it is a term, not speech.
    Saying,
    /// A thing that has a title.
    Work,
    /// A capitalised word that begins sentences.
    Sentence,
    /// A pronoun that stands for a whole source. Told by its case, too: "US" is none.
    Personal,
    /// A determiner that stands as a pronoun just as well: "this says".
    Demonstrative,
    /// A word that denies the verb it stands with, or refuses it.
    Negation,
    /// A word that stands for a thing that there is none of: "said nothing".
    Absence,
    /// A word that takes back a negation before it: "not only".
    Only,
    /// A form of "be" or "get", which make the passive.
    Be,
    /// It opens a clause of time, which has a speaker of its own: "after Ruiz told".
    When,
    /// An adverb that may stand between a cue and its content: "said again that".
    BehindCue,
    /// "according", of "according to".
    According,
    /// The first word of "quoted as saying".
    Quoted,
    /// A reporting word that may open a sentence before its source: "Said Ruiz:".
    Said,
    /// A reporting word that takes the one who is told: "told reporters that".
    Told,
    /// A reporting word whose source is a thing: a sign reads, a person reads a sign.
    Reads,
    /// How a transcript names a speaker without a name: "Q".
    Label,
    /// What an apostrophe cuts short at its front: "'em".
    Elided,
    /// A word in `-ing`, whatever it is.
    InIng,
    /// A word in `-ed`.
    InEd,
    /// A word in `-s`.
    InS,
    /// A word that ends as past participles do: called, known, sent.
    PastLike,
    /// A title or honorific before a name.
    Title,
    /// A form of a verb that reports.
    Cue,
    /// Such a form that is as often a noun or an adjective.
    NounLike,
    /// Such a form in `-ing`.
    Participle,
    /// The plain form of such a verb.
    Base,
    /// The first word of a cue of two words.
    CueHead,
}

/// What a verb introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Introduces {
    /// Words in quotation marks, as such.
    Speech,
    /// A clause.
    Clause,
    /// What something is called.
    Name,
    /// A clause, but only one that "that" or "how" opens: "the study shows that".
    Finding,
    /// Speech, but only with a comma or colon between: `“…,” she began.`
    After,
}

impl Entry {
    pub(crate) fn is(self, class: Class) -> bool {
        self.classes & (1 << class as u64) != 0
    }

    pub(crate) fn is_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.is(class))
    }

    pub(crate) fn introduces(self, what: Introduces) -> bool {
        self.cue & (1 << what as u8) != 0
    }

    /// What the pair introduces that it begins (see [`is_pair`]).
    pub(crate) fn of_pair(self) -> Entry {
        Entry { cue: self.pair, ..self }
    }

    fn with(mut self, class: Class) -> Entry {
        self.classes |= 1 << class as u64;
        self
    }

    fn without(mut self, class: Class) -> Entry {
        self.classes &= !(1 << class as u64);
        self
    }

    fn merge(&mut self, other: Entry) {
        self.classes |= other.classes;
        self.cue |= other.cue;
        self.pair |= other.pair;
    }
}

/// Looks a word up as it stands in the text. A capital hides no class but that of personal pronouns, which stand in
/// the table in both cases.
pub(crate) fn look_up(word: &str) -> Entry {
    let mut entry = find(word);
    if word.len() <= LONGEST && word.starts_with(char::is_uppercase) {
        let told_by_case = [Class::Personal, Class::Negation, Class::Be, Class::Told];
        let lower = find(&word.to_lowercase());
        entry.merge(told_by_case.into_iter().fold(lower, Entry::without));
    }
    let in_ly = word.ends_with("ly") && !entry.is(Class::NoAdverb);
    let plain = word.len() > 4 && word.starts_with(char::is_lowercase) && !entry.is(Class::Cue);
    if in_ly && (plain || entry.is(Class::Adverb)) {
        entry = entry.with(Class::Adverb).with(Class::BehindCue);
    }
    entry.merge(by_ending(word));
    entry
}

/// What a word's ending alone tells.
fn by_ending(word: &str) -> Entry {
    let endings: [(Class, &[&str]); 5] = [
        (Class::Negation, &["n't", "n’t"]),
        (Class::InIng, &["ing"]),
        (Class::InEd, &["ed"]),
        (Class::InS, &["s"]),
        (Class::PastLike, &["d", "n", "t"]),
    ];
    let known = endings.into_iter().filter(|(_, ends)| ends.iter().any(|end| word.ends_with(end)));
    known.fold(Entry::default(), |entry, (class, _)| entry.with(class))
}

fn find(word: &str) -> Entry {
    let table = &*LEXICON;
    table.binary_search_by_key(&word, |&(w, _)| w).map_or(Entry::default(), |at| table[at].1)
}

/// Whether the two words are one cue, such as "pointed out".
pub(crate) fn is_pair(first: &str, second: &str) -> bool {
    PAIRS.binary_search(&(first.to_lowercase().as_str(), second)).is_ok()
}

/// Longer words are in no table; the bound keeps lower-casing cheap.
const LONGEST: usize = 24;

static LEXICON: LazyLock<Vec<(&'static str, Entry)>> = LazyLock::new(build);

static PAIRS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut pairs: Vec<_> = rows(include_str!("cue.tsv"))
        .filter_map(|(_, rest)| rest.split_once('\t'))
        .flat_map(|(_, forms)| forms.split(", "))
        .filter_map(|form| form.split_once(' '))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
});

fn build() -> Vec<(&'static str, Entry)> {
    let mut table: Vec<(&'static str, Entry)> = Vec::new();
    for (class, words) in rows(include_str!("word.tsv")) {
        let entry = Entry::default().with(class_of(class));
        table.extend(words.split(' ').map(|word| (word, entry)));
    }
    for (_, words) in rows(include_str!("title.tsv")) {
        table.extend(words.split(' ').map(|word| (word, Entry::default().with(Class::Title))));
    }
    for (_, rest) in rows(include_str!("cue.tsv")) {
        let (introduces, forms) = rest.split_once('\t').expect("cue.tsv has three columns");
        let cue = introduces.split(' ').fold(0, |cue, what| cue | (1 << introduces_of(what) as u8));
        table.extend(forms.split(", ").enumerate().map(|(at, form)| {
            let (word, entry) = cue_entry(form, cue);
            (word, if at == 0 { entry.with(Class::Base) } else { entry })
        }));
    }
    table.sort_by_key(|&(word, _)| word);
    table.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.merge(later.1);
        }
        same
    });
    table
}

fn cue_entry(form: &'static str, cue: u8) -> (&'static str, Entry) {
    let (form, noun_like) = form.strip_suffix('*').map_or((form, false), |form| (form, true));
    if let Some((head, _)) = form.split_once(' ') {
        let entry = Entry { pair: cue, ..Entry::default() }.with(Class::CueHead);
        return (head, if head.ends_with("ing") { entry.with(Class::Participle) } else { entry });
    }
    let mut entry = Entry { cue, ..Entry::default() }.with(Class::Cue);
    if noun_like {
        entry = entry.with(Class::NounLike);
    }
    if form.len() > 4 && form.ends_with("ing") {
        entry = entry.with(Class::Participle);
    }
    (form, entry)
}

fn class_of(name: &str) -> Class {
    match name {
        "pronoun" => Class::Pronoun,
        "relative" => Class::Relative,
        "determiner" => Class::Determiner,
        "preposition" => Class::Preposition,
        "coordinator" => Class::Coordinator,
        "subordinator" => Class::Subordinator,
        "auxiliary" => Class::Auxiliary,
        "adverb" => Class::Adverb,
        "that" => Class::That,
        "to" => Class::To,
        "and" => Class::And,
        "of" => Class::Of,
        "by" => Class::By,
        "as" => Class::As,
        "on" => Class::On,
        "no-adverb" => Class::NoAdverb,
        "asked" => Class::Asked,
        "time" => Class::Time,
        "verb" => Class::Verb,
        "infinitive" => Class::Infinitive,
        "unit" => Class::Unit,
        "occasion" => Class::Occasion,
        "saying" => Class::Saying,
        "work" => Class::Work,
        "sentence" => Class::Sentence,
        "personal" => Class::Personal,
        "demonstrative" => Class::Demonstrative,
        "negation" => Class::Negation,
        "absence" => Class::Absence,
        "only" => Class::Only,
        "be" => Class::Be,
        "when" => Class::When,
        "behind-cue" => Class::BehindCue,
        "according" => Class::According,
        "quoted" => Class::Quoted,
        "said" => Class::Said,
        "told" => Class::Told,
        "reads" => Class::Reads,
        "label" => Class::Label,
        "elided" => Class::Elided,
        other => unreachable!("word.tsv names the class {other:?}"),
    }
}

fn introduces_of(name: &str) -> Introduces {
    match name {
        "speech" => Introduces::Speech,
        "report" => Introduces::Clause,
        "name" => Introduces::Name,
        "finding" => Introduces::Finding,
        "after" => Introduces::After,
        other => unreachable!("cue.tsv names {other:?}"),
    }
}
