//! A nested value as flat columns with levels, as Dremel has it and Parquet after it.
//!
//! In: values of a [`Shape`]. Out: one [`Leaf`] for each part of it that has no parts: its values, and for each value
//! (or its absence) two levels: how many of the optional and repeated things around it are there, and at which list a
//! new element begins. Source: Melnik et al., "Dremel" (2010), sections 4.1 and 4.2. The depth of recursion is that of
//! the shape, which is written in this crate.

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;
use serde_json::Value;

use crate::shape::Shape;

/// What one flat column waits with.
pub(super) struct Leaf {
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Values,
}

enum Values {
    Texts(Vec<ByteArray>),
    Reals(Vec<f64>),
    Wholes(Vec<i64>),
}

/// Where a value stands among those around it.
#[derive(Clone, Copy)]
pub(super) struct Level {
    /// How many optional and repeated things are there, up to this one.
    definition: i16,
    /// The list at which a new element begins; 0 is a new row.
    repetition: i16,
    /// How many lists are around it.
    lists: i16,
}

/// The level of a row.
pub(super) const ROW: Level = Level { definition: 0, repetition: 0, lists: 0 };

/// The flat columns of a shape, in the order of its keys.
pub(super) fn leaves(shape: Shape) -> Vec<Leaf> {
    let leaf = |values| vec![Leaf { definitions: Vec::new(), repetitions: Vec::new(), values }];
    match shape {
        Shape::Text | Shape::Word | Shape::Id(_) => leaf(Values::Texts(Vec::new())),
        Shape::Real => leaf(Values::Reals(Vec::new())),
        Shape::Whole => leaf(Values::Wholes(Vec::new())),
        Shape::List(element) => leaves(*element),
        Shape::Object(_) | Shape::Span(_) | Shape::Place => {
            shape.keys().flat_map(|(_, shape)| leaves(shape)).collect()
        }
    }
}

/// Adds a value that may be null, or its absence; gives the bytes that it takes.
pub(super) fn optional(shape: Shape, value: &Value, at: Level, leaves: &mut [Leaf]) -> usize {
    match value {
        Value::Null => absent(at, leaves),
        value => present(shape, value, Level { definition: at.definition + 1, ..at }, leaves),
    }
}

/// Adds a value that is there and fits.
pub(super) fn present(shape: Shape, value: &Value, at: Level, leaves: &mut [Leaf]) -> usize {
    match shape {
        Shape::Text | Shape::Word | Shape::Id(_) | Shape::Real | Shape::Whole => leaves[0].push(value, at),
        Shape::Object(_) | Shape::Span(_) | Shape::Place => {
            let mut bytes = 0;
            let mut rest = leaves;
            for (key, shape) in shape.keys() {
                let (own, others) = rest.split_at_mut(shape.leaves());
                bytes += optional(shape, value.get(key).unwrap_or(&Value::Null), at, own);
                rest = others;
            }
            bytes
        }
        Shape::List(element) => {
            let elements = value.as_array().map_or(&[][..], Vec::as_slice);
            if elements.is_empty() {
                return absent(at, leaves);
            }
            let inner = Level { definition: at.definition + 1, lists: at.lists + 1, ..at };
            let add = |(place, value): (usize, &Value)| {
                let repetition = if place == 0 { at.repetition } else { inner.lists };
                present(*element, value, Level { repetition, ..inner }, leaves)
            };
            elements.iter().enumerate().map(add).sum()
        }
    }
}

fn absent(at: Level, leaves: &mut [Leaf]) -> usize {
    for leaf in leaves.iter_mut() {
        leaf.definitions.push(at.definition);
        leaf.repetitions.push(at.repetition);
    }
    leaves.len() * LEVELS
}

/// The bytes of the two levels of a value.
const LEVELS: usize = 2 * size_of::<i16>();

impl Leaf {
    fn push(&mut self, value: &Value, at: Level) -> usize {
        self.definitions.push(at.definition);
        self.repetitions.push(at.repetition);
        let fits = "only values that fit their shape are added";
        LEVELS
            + match &mut self.values {
                Values::Texts(texts) => {
                    let text = value.as_str().expect(fits);
                    texts.push(ByteArray::from(text));
                    text.len() + size_of::<ByteArray>()
                }
                Values::Reals(reals) => {
                    reals.push(value.as_f64().expect(fits));
                    size_of::<f64>()
                }
                Values::Wholes(wholes) => {
                    wholes.push(value.as_i64().expect(fits));
                    size_of::<i64>()
                }
            }
    }

    /// Writes what waits as a column of a group, and waits anew.
    pub(super) fn write(&mut self, mut out: SerializedColumnWriter<'_>) -> Result<()> {
        let (definitions, repetitions) = (Some(&self.definitions[..]), Some(&self.repetitions[..]));
        match &self.values {
            Values::Texts(texts) => out.typed::<ByteArrayType>().write_batch(texts, definitions, repetitions),
            Values::Reals(reals) => out.typed::<DoubleType>().write_batch(reals, definitions, repetitions),
            Values::Wholes(wholes) => out.typed::<Int64Type>().write_batch(wholes, definitions, repetitions),
        }?;
        self.definitions.clear();
        self.repetitions.clear();
        match &mut self.values {
            Values::Texts(texts) => texts.clear(),
            Values::Reals(reals) => reals.clear(),
            Values::Wholes(wholes) => wholes.clear(),
        }
        out.close()
    }
}
