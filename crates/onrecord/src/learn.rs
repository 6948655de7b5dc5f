//! What the small tables of weights are learned from: the features that the engine sees.
//!
//! In: words, as a [`crate::Document`] has them. Out: keys of features, and the form of a table. Nobody who reads articles
//! needs it; whoever makes a table must see what the engine sees.

pub use crate::lang::en::part::{is_mark, part_features};
pub use crate::lang::part::Part;
pub use crate::lang::weights::Weights;
