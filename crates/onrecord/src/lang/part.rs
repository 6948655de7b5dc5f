//! Parts of speech, as far as readings need them.

/// What a word is in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// "leak", "leaks".
    Noun,
    /// "Ruiz", "Congress".
    Name,
    /// "she", "them"; "there" in "there was".
    Pronoun,
    /// "the", "this", "her", "some".
    Determiner,
    /// "'s" of "Ruiz's".
    Possessive,
    /// "late".
    Adjective,
    /// "lately", "not".
    Adverb,
    /// "up" in "set up".
    Particle,
    /// "of", "if", "because".
    Preposition,
    /// "to".
    To,
    /// "and".
    Conjunction,
    /// "would", "can".
    Modal,
    /// "left" in "she left".
    Past,
    /// "leaves" in "she leaves".
    Present,
    /// "leave" in "to leave".
    Base,
    /// "leaving".
    Gerund,
    /// "left" in "has left", "was left".
    Participle,
    /// "which", "who", "when".
    Relative,
    /// "three", "1994".
    Number,
    /// A mark, a sign, a cry.
    #[default]
    Other,
}

impl Part {
    /// All of them, by number.
    pub const ALL: [Part; 20] = [
        Part::Noun,
        Part::Name,
        Part::Pronoun,
        Part::Determiner,
        Part::Possessive,
        Part::Adjective,
        Part::Adverb,
        Part::Particle,
        Part::Preposition,
        Part::To,
        Part::Conjunction,
        Part::Modal,
        Part::Past,
        Part::Present,
        Part::Base,
        Part::Gerund,
        Part::Participle,
        Part::Relative,
        Part::Number,
        Part::Other,
    ];

    /// Whether the word carries tense: "left", "leaves", "would".
    pub(crate) fn is_finite(self) -> bool {
        matches!(self, Part::Modal | Part::Past | Part::Present)
    }

    /// Whether the word is a form of a verb.
    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Part::Past | Part::Present | Part::Base | Part::Gerund | Part::Participle)
    }

    /// Whether the word can head a noun phrase.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(self, Part::Noun | Part::Name | Part::Pronoun | Part::Number)
    }
}
