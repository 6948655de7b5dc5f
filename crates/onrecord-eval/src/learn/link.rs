//! Links, from the Causal News Corpus.
//!
//! In: sentences with their relations. Out: the three tables that the engine reads links by.

use onrecord::learn::{self, Place, Tables, Turn, Weights};
use onrecord::{Article, Document};

use super::{Perceptron, Softmax, best_of};
use crate::Span;
use crate::corpus::causal::{Relation, Sentence};

/// How often all examples are seen.
const PASSES: usize = 12;
/// Rows of smaller weights are left out.
const LEAST: u8 = 2;
/// How much a turn is favoured over none where it is one: more are found so, and more are wrong.
const FAVOUR: f32 = 1.9;

/// A place in a document, its turn, and where its parts are.
struct Example {
    places: Vec<(Vec<u32>, Turn)>,
    begins: Vec<(learn::Choice, usize)>,
    ends: Vec<(learn::Choice, usize)>,
}

/// Learns the tables.
pub fn learn<'s>(sentences: impl Iterator<Item = &'s Sentence>) -> [Vec<u8>; 3] {
    let examples: Vec<Example> = sentences.map(example).collect();
    let mut turn = Softmax::new(Turn::ALL.len());
    let (mut begin, mut end) = (Perceptron::new(1), Perceptron::new(1));
    for _ in 0..PASSES {
        for example in &examples {
            for (features, truth) in &example.places {
                turn.learn(features, *truth as usize);
            }
            rank(&mut begin, &example.begins);
            rank(&mut end, &example.ends);
        }
    }
    turn.shift(bias(), 0, -FAVOUR);
    [turn.table(6), begin.table(LEAST), end.table(LEAST)]
}

/// The feature that every place has.
fn bias() -> u32 {
    learn::bias()
}

/// The tables as the engine reads them.
pub fn tables(bytes: &[Vec<u8>; 3]) -> Tables {
    let [turn, begin, end] = [0, 1, 2].map(|at| Weights::read(&bytes[at]));
    Tables { turn, begin, end }
}

fn rank(perceptron: &mut Perceptron, choices: &[(learn::Choice, usize)]) {
    for (choice, truth) in choices {
        perceptron.tick();
        let scores: Vec<i32> = choice.iter().map(|(_, features)| perceptron.scores(features)[0]).collect();
        let guess = best_of(&scores);
        if guess != *truth {
            perceptron.reward(&choice[*truth].1, 0, 1);
            perceptron.reward(&choice[guess].1, 0, -1);
        }
    }
}

fn example(gold: &Sentence) -> Example {
    let document = Document::new(Article::new(gold.text.clone()));
    let mut example = Example { places: Vec::new(), begins: Vec::new(), ends: Vec::new() };
    for (number, sentence) in learn::sentences(&document).iter().enumerate() {
        let mut turns = vec![Turn::None; sentence.places.len()];
        for relation in &gold.relations {
            let Some(found) = locate(sentence, *relation) else { continue };
            let Some(index) = sentence.places.iter().position(|place| found.fits(place)) else { continue };
            turns[index] = found.turn;
            let place = &sentence.places[index];
            if found.turn != Turn::Front {
                let choice = learn::begins(&document, number, place.at, found.turn);
                let truth = choice.iter().position(|(place, _)| *place == found.begin);
                example.begins.extend(truth.map(|truth| (choice, truth)));
            }
            let choice = learn::ends(&document, number, place.at, found.right, found.turn);
            let truth = choice.iter().position(|(place, _)| *place == found.end);
            example.ends.extend(truth.map(|truth| (choice, truth)));
        }
        let places = sentence.places.iter().zip(turns);
        example.places.extend(places.map(|(place, turn)| (place.features.clone(), turn)));
    }
    example
}

/// Where a relation turns, by tokens.
struct Located {
    turn: Turn,
    at: usize,
    begin: usize,
    right: usize,
    end: usize,
}

impl Located {
    fn fits(&self, place: &Place) -> bool {
        place.at == self.at
    }
}

fn locate(sentence: &learn::Sentence, relation: Relation) -> Option<Located> {
    let tokens = |span: Span| {
        let first = sentence.tokens.iter().position(|token| token.end as usize > span.start)?;
        let last = sentence.tokens.iter().rposition(|token| (token.start as usize) < span.end)?;
        let mut range = first..last + 1;
        while range.start < range.end && sentence.marks[range.start] {
            range.start += 1;
        }
        while range.start < range.end && sentence.marks[range.end - 1] {
            range.end -= 1;
        }
        (!range.is_empty()).then_some(range)
    };
    let (cause, effect) = (tokens(relation.cause)?, tokens(relation.effect)?);
    let (left, right) = if effect.start < cause.start { (&effect, &cause) } else { (&cause, &effect) };
    let is_back = effect.start < cause.start;
    if left.end > right.start {
        return None;
    }
    let gap = (left.end..right.start).find(|&at| !sentence.marks[at]);
    // "After CAUSE, EFFECT": a word that turns it stands in front.
    let ahead = left.start.checked_sub(1).filter(|&at| !sentence.marks[at]);
    if !is_back
        && gap.is_none()
        && sentence.marks.get(left.end) == Some(&true)
        && let Some(at) = ahead
        && let Some(place) =
            sentence.places.iter().rev().find(|place| place.at <= at && place.at + place.words == left.start)
    {
        return Some(Located {
            turn: Turn::Front,
            at: place.at,
            begin: left.start,
            right: right.start,
            end: right.end,
        });
    }
    let turn = match (is_back, gap) {
        (true, Some(_)) => Turn::Back,
        (true, None) => Turn::BackInside,
        (false, Some(_)) => Turn::On,
        (false, None) => Turn::OnInside,
    };
    // Of several words between them the one that a phrase begins with, else the first that a link can turn at.
    let between = || sentence.places.iter().filter(|place| (left.end..right.start).contains(&place.at));
    let place = between().find(|place| place.is_phrase).or_else(|| between().next());
    let gap = gap.map(|gap| place.map_or(gap, |place| place.at));
    Some(Located {
        turn,
        at: gap.unwrap_or(right.start),
        begin: left.start,
        right: right.start,
        end: right.end,
    })
}
