//! The rules on posts: what each reads, and how often it is right.
//!
//! The scores are shares of rows that were right, counted by hand in 60 articles of the training split of PolNeAR and
//! measured on the 21 of dev whose posts are marked. Most wrong rows have the right post and the wrong person.

use crate::read::Maker;

/// What a post was read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    BeforeName,
    Bare,
    Parenthesis,
    Of,
    Description,
    Apposition,
    Relative,
    Nominal,
    Is,
    As,
}

impl Rule {
    /// The path of the rule, what it reads, and the share of its rows that are right.
    pub(super) fn maker(self) -> Maker {
        let (rule, reads, score) = match self {
            Rule::BeforeName => ("post/before-name", "Senator Ana Roz", 0.96),
            Rule::Bare => ("post/before-name/party", "Republican Ana Roz; CNN's Ana Roz", 0.94),
            Rule::Parenthesis => ("post/parenthesis", "Ana Roz (D-Ore.)", 0.6),
            Rule::Of => ("post/of", "Ana Roz of the Green Party", 0.9),
            Rule::Description => ("post/description", "the mayor, Ana Roz,", 0.78),
            Rule::Apposition => ("post/apposition", "Ana Roz, a historian,", 0.95),
            Rule::Relative => ("post/relative", "Ana Roz, who heads the club", 0.97),
            Rule::Nominal => ("post/nominal", "the senator", 0.55),
            Rule::Is => ("post/is", "Ana Roz is now the chairman", 0.88),
            Rule::As => ("post/as", "in her two years as mayor", 0.83),
        };
        Maker { rule, reads, score }
    }
}
