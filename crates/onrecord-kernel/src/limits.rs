//! What a model file may hold at most, and how rows are cut.
//!
//! In: nothing. Out: constants. They never bound an article: a row of pieces has any length.
//! Next: `model.rs` checks them, `encoder.rs` cuts by [`CHUNK`].

/// Channels of a piece. Sums over three taps of as many products stay far below 2³¹.
pub const WIDTH: usize = 1024;

/// Blocks of the encoder.
pub const BLOCKS: usize = 64;

/// Pieces between two taps of a convolution. Buffers hold as many rows of padding at each end.
pub const DILATION: usize = 1024;

/// Pieces of a row that are encoded at once, besides the overlap: enough that the overlap costs little, few enough
/// that the buffers stay near the core.
pub const CHUNK: usize = 2048;
