//! What a word can be in a time expression.
//!
//! In: a word as it stands in the text. Out: its classes and its number, from `word.tsv`, which is parsed once, on
//! first use. It knows no context: whether "May" is a month here, the grammar decides.

use std::sync::LazyLock;

use crate::lang::en::rows;
use crate::lang::time::{DayPart, Season, Unit};

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    classes: u128,
    /// Its number: of a month, a weekday, a unit; days from today; minutes east of Greenwich.
    value: i16,
}

macro_rules! classes {
    ($($class:ident $name:literal,)*) => {
        /// Classes of words; a word may belong to several. `word.tsv` names them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($class,)* }

        const CLASSES: &[(&str, Class)] = &[$(($name, Class::$class),)*];
    };
}

classes! {
    Month "month", Weekday "weekday", Weekdays "weekdays", Unit "unit", Units "units", Fortnight "fortnight",
    Season "season", Part "part", Parts "parts", Cardinal "cardinal", Tens "tens", Hundred "hundred", Dozen "dozen",
    Ordinal "ordinal", Second "second", Decades "decades", Some "some", Couple "couple", NumberOf "number-of",
    A "a", The "the", Of "of", In "in", On "on", At "at", By "by", For "for", From "from", To "to", Until "until",
    Through "through", And "and", Or "or", Between "between", Since "since", After "after", Before "before",
    Following "following", During "during", Over "over", Per "per", Next "next", Coming "coming", Last "last",
    Previous "previous", Past "past", This "this", Current "current", That "that", Same "same", Ago "ago",
    Later "later", Earlier "earlier", Hence "hence", Every "every", Everyday "everyday", Any "any", Other "other",
    Today "today", Tonight "tonight", Now "now", Currently "currently", Recently "recently", Recent "recent",
    Future "future", Present "present", Moment "moment", Right "right", Early "early", Late "late", Mid "mid",
    Beginning "beginning", End "end", Rest "rest", Frequency "frequency", Prefix "prefix", Prefixed "prefixed", Holiday "holiday", Twice "twice",
    Times "times", Am "am", Pm "pm", Noon "noon", OClock "oclock", Hrs "hrs", Zone "zone", ZoneName "zone-name",
    Time "time", Standard "standard", Bc "bc", Ad "ad", About "about", Almost "almost", More "more", Less "less",
    Than "than", Least "least", Most "most", Up "up", Just "just", Half "half", Old "old", Long "long", Full "full",
    All "all", Fiscal "fiscal", Calendar "calendar", Business "business", Q "q", H "h", Fy "fy",
    OrdinalEnding "ordinal-ending", S "s", Ish "ish", Be "be", OpensYear "opens-year", OpensMonth "opens-month",
    Counted "counted", PastTense "past-tense", FutureTense "future-tense", Paper "paper", Event "event", Vague "vague",
}

const UNITS: &[(&str, Unit)] = &[
    ("second", Unit::Second),
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("workday", Unit::Workday),
    ("weekend", Unit::Weekend),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
];

const SEASONS: &[(&str, Season)] = &[
    ("spring", Season::Spring),
    ("summer", Season::Summer),
    ("fall", Season::Fall),
    ("winter", Season::Winter),
];

const PARTS: &[(&str, DayPart)] = &[
    ("morning", DayPart::Morning),
    ("afternoon", DayPart::Afternoon),
    ("evening", DayPart::Evening),
    ("night", DayPart::Night),
    ("daytime", DayPart::Daytime),
];

impl Entry {
    pub(super) fn is(self, class: Class) -> bool {
        self.classes & (1 << class as u128) != 0
    }

    pub(super) fn is_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.is(class))
    }

    pub(super) fn value(self) -> i16 {
        self.value
    }

    /// Its number, where it is small and belongs to the class.
    pub(super) fn number(self, class: Class) -> Option<u8> {
        if self.is(class) { u8::try_from(self.value).ok() } else { None }
    }

    pub(super) fn unit(self) -> Option<Unit> {
        let is_unit = self.is_any(&[Class::Unit, Class::Units, Class::Frequency]);
        named(UNITS, self.value).filter(|_| is_unit)
    }

    pub(super) fn season(self) -> Option<Season> {
        named(SEASONS, self.value).filter(|_| self.is(Class::Season))
    }

    pub(super) fn part(self) -> Option<DayPart> {
        named(PARTS, self.value).filter(|_| self.is_any(&[Class::Part, Class::Parts]))
    }
}

/// The thing with this number, from 1.
fn named<T: Copy>(table: &[(&str, T)], value: i16) -> Option<T> {
    table.get(usize::try_from(value - 1).ok()?).map(|&(_, thing)| thing)
}

/// Longer words are in no table.
const LONGEST: usize = 16;

/// Looks a word up, whatever its case and whether a full stop ends it.
pub(super) fn look_up(word: &str) -> Entry {
    let mut buffer = [0; LONGEST];
    let word = word.strip_suffix('.').unwrap_or(word).as_bytes();
    let Some(lower) = buffer.get_mut(..word.len()) else { return Entry::default() };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    let Some(&first) = lower.first() else { return Entry::default() };
    let table = &*LEXICON;
    let (start, end) = (table.starts[first as usize], table.starts[first as usize + 1]);
    let same = &table.words[start..end];
    same.binary_search_by(|(word, _)| word.as_bytes().cmp(lower)).map_or(Entry::default(), |at| same[at].1)
}

/// All words, sorted, and where those of each first byte start: most words of a text have no neighbour here.
struct Lexicon {
    words: Vec<(&'static str, Entry)>,
    starts: [usize; 257],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(&'static str, Entry)> = Vec::new();
    for (class, rest) in rows(include_str!("word.tsv")) {
        let (value, list) = rest.split_once('\t').expect("word.tsv has three columns");
        let value = value_of(value);
        let known = CLASSES.iter().find(|(name, _)| *name == class);
        let (_, known) = known.unwrap_or_else(|| unreachable!("word.tsv names the class {class:?}"));
        let entry = Entry { classes: 1 << *known as u128, value };
        words.extend(list.split(' ').map(|word| (word, entry)));
    }
    let holiday = Entry { classes: 1 << Class::Holiday as u128, value: 0 };
    words.extend(super::season::first_words().map(|word| (word, holiday)));
    words.sort_by_key(|&(word, _)| word);
    words.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.classes |= later.1.classes;
            first.1.value = if first.1.value == 0 { later.1.value } else { first.1.value };
        }
        same
    });
    let mut starts = [0; 257];
    for (byte, start) in starts.iter_mut().enumerate() {
        *start = words.partition_point(|(word, _)| usize::from(word.as_bytes()[0]) < byte);
    }
    Lexicon { words, starts }
});

fn value_of(text: &str) -> i16 {
    let tables = [position(UNITS, text), position(SEASONS, text), position(PARTS, text)];
    let place = tables.into_iter().flatten().next();
    place.or_else(|| text.parse().ok()).unwrap_or_else(|| unreachable!("word.tsv has the value {text:?}"))
}

fn position<T>(table: &[(&str, T)], name: &str) -> Option<i16> {
    table.iter().position(|(known, _)| *known == name).and_then(|at| i16::try_from(at + 1).ok())
}
