//! The engine itself, in this process.
//!
//! In: a text, and nothing else, as `onrecord read FILE --format citron` gets it. Out: the same rows as that command
//! writes; [`citron::held`] alone decides which. It never hands the engine what the corpus knows of the article.

use onrecord::record::Said;
use onrecord::text::Offsets;
use onrecord::wire::citron;
use onrecord::{Article, Engine};

use super::Prediction;
use crate::{Attribution, Span};

/// Reads one article.
pub fn read(engine: &Engine, text: &str) -> Prediction {
    let (document, claims) = engine.claims(Article::new(text));
    let offsets = Offsets::new(document.text());
    let scored: Vec<&Said> = citron::held(&claims).collect();
    let nested = claims.attributions.iter().filter(|said| scored.iter().all(|other| other.id != said.id));
    let mut prediction = Prediction {
        makers: scored.iter().map(|said| said.attribution.maker).collect(),
        nested: nested.map(|said| in_code_points(said, &offsets)).collect(),
        attributions: scored.into_iter().map(|said| in_code_points(said, &offsets)).collect(),
        ..Prediction::default()
    };
    let length = text.chars().count();
    for attribution in prediction.attributions.iter_mut().chain(&mut prediction.nested) {
        *attribution = std::mem::take(attribution).admit(length, &mut prediction.problems);
    }
    prediction
}

fn in_code_points(said: &Said, offsets: &Offsets<'_>) -> Attribution {
    let point = |byte| offsets.code_point(byte) as usize;
    let convert = |spans: &[onrecord::Span]| {
        spans.iter().map(|span| Span::new(point(span.start), point(span.end))).collect()
    };
    let read = &said.attribution;
    Attribution { cue: convert(&read.cue), source: convert(&read.source), content: convert(&read.content) }
}
