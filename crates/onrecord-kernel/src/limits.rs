//! What a model file may hold at most, and how rows are cut.
//!
//! In: nothing. Out: constants. They never bound an article: a row of pieces has any length.
//! Next: `model.rs` checks them, `windows.rs` cuts.

/// Channels of a piece, and the inner channels of a layer. A sum of as many products of a code and a weight stays
/// far below 2³¹.
pub const WIDTH: usize = 2048;

/// Layers of the encoder.
pub const LAYERS: usize = 64;

/// Heads of attention of a layer.
pub const HEADS: usize = 64;

/// Pieces that the encoder sees at once.
pub const WINDOW: usize = 254;

/// Pieces that two windows of one paragraph share.
pub const OVERLAP: usize = 64;
