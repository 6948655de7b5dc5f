//! What class a word belongs to, and what it introduces when it reports speech.

use std::sync::LazyLock;

use super::rows;

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    classes: u32,
    /// What it introduces alone.
    cue: u8,
    /// What it introduces together with a second word.
    pair: u8,
}

/// Classes of words; a word may belong to several.
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
    /// Speech, but only with a comma or colon between: `“…,” she began.`
    After,
}

impl Entry {
    pub(crate) fn is(self, class: Class) -> bool {
        self.classes & (1 << class as u32) != 0
    }

    pub(crate) fn introduces(self, what: Introduces) -> bool {
        self.cue & (1 << what as u8) != 0
    }

    /// What the pair introduces that it begins (see [`second_words`]).
    pub(crate) fn of_pair(self) -> Entry {
        Entry { cue: self.pair, ..self }
    }

    fn with(mut self, class: Class) -> Entry {
        self.classes |= 1 << class as u32;
        self
    }

    fn merge(&mut self, other: Entry) {
        self.classes |= other.classes;
        self.cue |= other.cue;
        self.pair |= other.pair;
    }
}

/// Looks a word up, as it stands in the text; the first letter's case matters only to months and names of days.
/// `next` is the word behind it, for cues of two words.
pub(crate) fn look_up(word: &str) -> Entry {
    let table = &*LEXICON;
    let find =
        |word: &str| table.binary_search_by_key(&word, |(w, _)| w).map_or(Entry::default(), |at| table[at].1);
    let mut entry = find(word);
    if word.len() <= LONGEST && word.starts_with(char::is_uppercase) {
        entry.merge(find(&word.to_lowercase()));
    }
    let adverb = word.len() > 4
        && word.ends_with("ly")
        && word.starts_with(char::is_lowercase)
        && !entry.is(Class::Cue);
    if adverb { entry.with(Class::Adverb) } else { entry }
}

/// The second words that make a cue of two words with this form, such as `out` for `pointed`.
pub(crate) fn second_words(first: &str) -> impl Iterator<Item = &'static str> {
    let table = &*PAIRS;
    let from = table.partition_point(|&(f, _)| f < first);
    table[from..].iter().take_while(move |&&(f, _)| f == first).map(|&(_, second)| second)
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
        "time" => Class::Time,
        "verb" => Class::Verb,
        "infinitive" => Class::Infinitive,
        "unit" => Class::Unit,
        "occasion" => Class::Occasion,
        "saying" => Class::Saying,
        "work" => Class::Work,
        "sentence" => Class::Sentence,
        other => unreachable!("word.tsv names the class {other:?}"),
    }
}

fn introduces_of(name: &str) -> Introduces {
    match name {
        "speech" => Introduces::Speech,
        "report" => Introduces::Clause,
        "name" => Introduces::Name,
        "after" => Introduces::After,
        other => unreachable!("cue.tsv names {other:?}"),
    }
}
