//! A whole split, scored: what the tables and the command are made from.
//!
//! In: articles with their gold, and a program to read them. Out: counts for each article and for all of them, and
//! the errors. It never keeps the text of an article: listings are handed out one by one, as they are made.
//! Read on in [`crate::table`].

use std::convert::Infallible;

use onrecord::Engine;

use crate::corpus::Article;
use crate::error::{self, ErrorCounts, listing::Listing};
use crate::maker::Makers;
use crate::position::Positions;
use crate::prediction::{self, Prediction};
use crate::score::report::Scope;
use crate::score::{self, Counts, Report, Text};
use crate::{Attribution, Problems};

/// The result of a split.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// One for each article, in order.
    pub articles: Vec<ArticleCounts>,
    /// The errors of all of them.
    pub errors: ErrorCounts,
    /// How often each maker is right, where the predictions say what made them.
    pub makers: Makers,
    /// How much is found in each part of an article.
    pub positions: Positions,
    /// What was scored.
    pub scope: Scope,
}

/// The result of one article.
#[derive(Clone, Debug)]
pub struct ArticleCounts {
    /// Its name.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
}

impl Evaluation {
    /// Scores what an engine reads in some articles.
    pub fn of_engine(engine: &Engine, articles: &[Article]) -> Evaluation {
        let mut evaluation = Evaluation::default();
        for article in articles {
            let prediction = prediction::engine::read(engine, &article.text);
            let text = Text::new(&article.text);
            let Ok(()) = evaluation.add(article, &text, Some(prediction), |_| Ok::<(), Infallible>(()));
        }
        evaluation
    }

    /// Scores one more article. `prediction` is `None` where the program gave nothing at all for it. `list` is
    /// handed the article's errors.
    ///
    /// # Errors
    ///
    /// Those of `list`; scoring has none.
    pub fn add<E>(
        &mut self,
        article: &Article,
        text: &Text,
        prediction: Option<Prediction>,
        list: impl FnOnce(Listing<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if prediction.is_none() {
            self.scope.missing.push(format!("{}.json", article.name));
        }
        let Prediction { attributions, makers, nested, problems } = prediction.unwrap_or_default();
        let gold: Vec<Attribution> = article
            .gold
            .iter()
            .map(|attribution| attribution.clone().admit(text.chars.len(), &mut self.scope.gold))
            .collect();
        self.scope.predicted += problems;
        self.scope.articles += 1;
        let scored = score::score(text, &gold, &attributions);
        self.articles.push(ArticleCounts { name: article.name.clone(), counts: scored.counts });
        self.makers.add(text, &makers, &attributions, &scored);
        self.positions += Positions::of(text, &scored);
        let entries = error::entries(text, &scored, &nested);
        for entry in &entries {
            self.errors.add(entry);
        }
        list(Listing { article: &article.name, text, entries: &entries })
    }

    /// The counts of all articles together.
    pub fn counts(&self) -> Counts {
        let mut sum = Counts::default();
        for article in &self.articles {
            sum += article.counts;
        }
        sum
    }

    /// The figures of all articles together.
    pub fn report(&self) -> Report {
        Report::new(&self.counts())
    }
}

impl std::ops::AddAssign for Problems {
    fn add_assign(&mut self, other: Problems) {
        self.outside += other.outside;
        self.text_differs += other.text_differs;
    }
}
