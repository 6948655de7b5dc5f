//! Whether a word that may be a time is one here: "May said", "March on Washington", "2000 people", "the Sun".
//!
//! A capital, the word before and the word behind tell. In doubt a bare word is no time: a time that is missed costs
//! less than a minister who becomes a month.

use super::atom::{Atom, Sort};
use super::lexicon::Class;
use super::words::Words;

/// What makes a year something: "making 1985 the worst year".
const MAKERS: [&str; 6] = ["make", "makes", "made", "making", "declared", "called"];

impl Atom<'_> {
    /// A month's name that is a verb or a name just as well.
    pub(super) fn is_any_ambiguous_month(&self) -> bool {
        ["may", "march", "mar", "jan", "june", "april", "august", "jun", "apr", "aug", "sep", "dec"]
            .iter()
            .any(|name| self.text.eq_ignore_ascii_case(name))
    }
}

impl Words<'_, '_> {
    /// Whether a month's name alone is a month.
    pub(super) fn month_is_meant(self, at: usize) -> bool {
        let Some(atom) = self.get(at) else { return false };
        if !atom.is_any_ambiguous_month() {
            let is_short =
                atom.text.len() <= 4 && !atom.text.ends_with('.') && !atom.text.eq_ignore_ascii_case("july");
            return atom.is_capital() && !is_short || self.month_is_cued(at);
        }
        // In small letters "may" and "march" are verbs but behind few words.
        let is_verb = ["may", "march", "mar"].contains(&atom.text);
        let is_clear = |before: &Atom<'_>| {
            before.is_any_of(&[Class::In, Class::Of, Class::Since, Class::Early, Class::Late, Class::Mid])
        };
        self.month_is_cued(at)
            && (!is_verb || self.before(at).is_some_and(is_clear) && !self.opens_phrase(at + 1))
    }

    fn month_is_cued(self, at: usize) -> bool {
        // "November to February 2017", "May–August": the other month tells.
        let is_joint = self.is_any(at + 1, &[Class::To, Class::Until, Class::Through, Class::And, Class::Or])
            || self.is_dash(at + 1);
        let is_capital = self.get(at).is_some_and(Atom::is_capital);
        if is_joint
            && self.month(at + 2).is_some()
            && is_capital
            && self.get(at + 2).is_some_and(Atom::is_capital)
        {
            return true;
        }
        let Some(before) = self.before(at) else { return false };
        // "mid-June"
        if before.is_dash() && self.is(at.wrapping_sub(2), Class::Mid) {
            return true;
        }
        if before.is(Class::OpensMonth) {
            return !self.names_person(at);
        }
        // "the March election", "its May meeting"; not "the March on Washington", "Prime Minister May said".
        let opens = before.is_any_of(&[Class::The, Class::A, Class::S])
            || before.text.ends_with("'s")
            || before.text.ends_with("’s");
        opens && self.get(at).is_some_and(Atom::is_capital) && self.is_plain_noun(at + 1)
            // "May and June", "March or April", "April–June".
            || (before.is_any_of(&[Class::And, Class::Or, Class::To, Class::Until, Class::Through]) || before.is_dash())
                && is_capital && self.is_month_or_date(at)
            || before.is_mark('(') && self.is_mark(at + 1, ')')
    }

    /// A month or a day of one stands before the joining word.
    fn is_month_or_date(self, at: usize) -> bool {
        (2..=4).any(|back| at.checked_sub(back).is_some_and(|place| self.month(place).is_some()))
    }

    /// "in August Wilson's": a name goes on.
    fn names_person(self, at: usize) -> bool {
        let next = self.get(at + 1);
        next.is_some_and(|next| {
            next.kind == Sort::Word
                && next.is_capital()
                && next.spaced
                && next.entry == super::lexicon::Entry::default()
        }) && self.get(at + 2).is_some_and(|atom| atom.text.starts_with(['\'', '’']))
    }

    pub(super) fn is_plain_noun(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| {
            atom.kind == Sort::Word
                && !atom.is_capital()
                && !atom.is_any_of(&[
                    Class::On,
                    Class::Of,
                    Class::To,
                    Class::In,
                    Class::Through,
                    Class::And,
                    Class::Be,
                    Class::PastTense,
                ])
        })
    }

    /// A word behind "in may" or "in march" that makes it no month: "in march order" stays open, "in may cases".
    fn opens_phrase(self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|atom| atom.kind == Sort::Word && atom.entry == super::lexicon::Entry::default())
    }

    /// Whether a number of four digits alone is a year.
    pub(super) fn year_is_meant(self, at: usize, end: usize) -> bool {
        let Some(atom) = self.get(at) else { return false };
        let Some(year) = atom.digits(4) else { return self.short_year_is_meant(at) };
        if !(1000..=2199).contains(&year) || self.is_any(end, &[Class::Counted, Class::Units, Class::Hundred])
        {
            return false;
        }
        if self.is_mark(end, '%')
            || (self.is_mark(end, '.') || self.is_mark(end, ','))
                && self.is_tight(end + 1)
                && self.digits_at(end + 1)
        {
            return false;
        }
        let Some(before) = self.before(at) else {
            // A heading, or the beginning of a sentence.
            let is_heading = self.get(end).is_none_or(|next| next.kind == Sort::Mark);
            return is_heading || year >= 1800 && !self.is_plural(end);
        };
        let is_mid = before.is_dash() && self.is(at.wrapping_sub(2), Class::Mid);
        if before.kind == Sort::Mark && !atom.spaced && !is_mid {
            return self.is_marked_year(at, end);
        }
        let is_recent = (1700..=2100).contains(&year);
        if before.is_any_of(&[Class::Early, Class::Late, Class::Mid]) || is_mid {
            return true;
        }
        // "planned for 1976", "about 1910", "into 1923", "Olympics 2012, held in": numbers may be counts, so that
        // nothing that could be counted may follow.
        let is_end = self.get(end).is_none_or(|next| {
            next.kind == Sort::Mark && !next.is_mark('-') && !next.is_mark('%')
                || next.is_any_of(&[
                    Class::And,
                    Class::Or,
                    Class::To,
                    Class::In,
                    Class::By,
                    Class::At,
                    Class::On,
                ])
                || next.is_any_of(&[Class::Be, Class::PastTense, Class::FutureTense])
                || ["as", "but", "with", "when", "after", "before"].contains(&next.text)
        });
        let is_led =
            before.is_any_of(&[Class::For, Class::About]) || before.text == "into" || before.text == "not";
        // "WWDC 2005" names a meeting by its letters and its year.
        let is_acronym = before.text.len() >= 3
            && before.text.chars().all(char::is_uppercase)
            && (1950..2050).contains(&year);
        if is_recent && is_end && (is_led || before.is(Class::Event) || is_acronym) {
            return true;
        }
        // "2018 or later"
        if is_recent && self.is(end, Class::Or) && self.is_any(end + 1, &[Class::Later, Class::Earlier]) {
            return true;
        }
        // "later than 2020"
        let is_than = before.is(Class::Than)
            && at.checked_sub(2).is_some_and(|place| self.is_any(place, &[Class::Later, Class::Earlier]));
        if is_recent && is_than {
            return true;
        }
        // "a secret 1902 pact", "making 1985 the worst year", "so 1987 saw little".
        let is_noun = self.is_plain_noun(end) && !self.is_plural(end);
        let opener = at.checked_sub(2).and_then(|place| self.get(place));
        let is_named = before.kind == Sort::Word && before.entry == super::lexicon::Entry::default();
        let is_plain = is_named && !before.is_capital();
        let is_described = is_plain
            && is_noun
            && opener.is_some_and(|opener| opener.is_any_of(&[Class::The, Class::A]) || opener.is_owner());
        let is_object = MAKERS.contains(&before.text) && self.is(end, Class::The);
        if is_recent && (is_described || is_object) {
            return true;
        }
        if before.is(Class::OpensYear) {
            return !before.is(Class::To) && !before.is(Class::Of) || is_recent && !self.is_plural(end);
        }
        let opens = before.is_any_of(&[Class::The, Class::A, Class::This, Class::That, Class::S])
            || before.is_owner();
        if opens {
            let is_quoted = self.get(end).is_some_and(|next| next.text.starts_with(['"', '“', '‘']));
            return is_recent && (self.is_word(end) || is_quoted || self.get(end).is_none());
        }
        is_recent
            && (before.is_mark(',') && self.is_year_before(at)
                || self.is_month_before(at)
                || before.is_dash() && self.is_year_before(at))
    }

    /// "(1994)", "1990–1994", "1990/91": the mark tells, or the year on its other side.
    fn is_marked_year(self, at: usize, end: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        if before.is_mark('(') || before.is_mark('[') {
            return self.is_mark(end, ')')
                || self.is_mark(end, ']')
                || self.is_dash(end)
                || self.is_mark(end, ',')
                || self.is_mark(end, ';');
        }
        let is_quote = before.text.starts_with(['“', '"', '\'', '‘']);
        (before.is_dash() || before.is_mark('/') || before.is_mark('~')) && self.is_year_before(at)
            || is_quote && self.is_word(end)
            || before.is_mark('=')
    }

    fn digits_at(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| matches!(atom.kind, Sort::Digits(_)))
    }

    /// A year stands before the mark before this place.
    fn is_year_before(self, at: usize) -> bool {
        at >= 2
            && self.get(at - 2).is_some_and(|atom| {
                atom.text.len() == 4 && atom.digits(4).is_some_and(|year| (1000..2200).contains(&year))
            })
    }

    fn is_month_before(self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.month(before).is_some())
    }

    fn short_year_is_meant(self, at: usize) -> bool {
        self.before(at).is_some_and(|before| before.is(Class::OpensYear) || before.is(Class::The))
    }

    /// "2000 troops": a plural that is counted.
    fn is_plural(self, at: usize) -> bool {
        self.get(at).is_some_and(|atom| {
            atom.kind == Sort::Word
                && !atom.is_capital()
                && atom.text.ends_with('s')
                && atom.text.len() > 3
                && !atom.is_any_of(&[Class::Be, Class::PastTense, Class::OpensYear, Class::FutureTense])
                && !matches!(atom.text, "has" | "does" | "this" | "is" | "was")
        })
    }

    /// Whether a weekday's name is that day.
    pub(super) fn weekday_is_meant(self, at: usize) -> bool {
        let Some(atom) = self.get(at) else { return false };
        let next = self.get(at + 1);
        // "the Sunday Times", "Saturday Night Live", "Friday Harbor" stays open.
        if next.is_some_and(|next| {
            next.is_capital() && next.is(Class::Paper) && atom.is_capital() && !next.is(Class::Part)
        }) || self.get(at + 2).is_some_and(|live| live.is(Class::Paper) && live.is_capital())
            && self.is(at + 1, Class::Part)
        {
            return false;
        }
        let before = self.before(at);
        // "Super Tuesday", "Bloody Sunday": the day of an event, which the calendar does not tell.
        if at >= 1
            && before.is_some_and(|before| {
                before.is_capital()
                    && before.entry == super::lexicon::Entry::default()
                    && before.kind == Sort::Word
                    && (before.text == "Super"
                        || before.text == "Bloody"
                        || before.text == "Black"
                        || before.text == "Ruby"
                        || before.text == "Sheffield")
            })
        {
            return false;
        }
        // "The Sun on Sunday", "The Mail on Sunday".
        let paper = at.checked_sub(2).and_then(|paper| self.get(paper));
        let is_paper = paper.is_some_and(|paper| paper.is(Class::Paper) && paper.is_capital());
        if is_paper && before.is_some_and(|before| before.is(Class::On)) {
            return false;
        }
        if atom.text.trim_end_matches('.').len() > 5 {
            return true;
        }
        let is_cued = before.is_some_and(|before| {
            before.is_any_of(&[
                Class::On,
                Class::Next,
                Class::Last,
                Class::This,
                Class::Every,
                Class::By,
                Class::Until,
                Class::Coming,
            ])
        });
        let goes_on = next.is_some_and(|next| {
            next.is_any_of(&[Class::Month, Class::Part, Class::Cardinal, Class::At])
                || matches!(next.kind, Sort::Digits(_))
        }) || self.is_mark(at + 1, ',') && self.month(at + 2).is_some();
        let is_name = atom.text == "Sun" && before.is_some_and(|before| before.is(Class::The));
        (is_cued || goes_on) && !is_name
    }
}

impl Atom<'_> {
    pub(super) fn is_any_of(&self, classes: &[Class]) -> bool {
        self.entry.is_any(classes)
    }
}
