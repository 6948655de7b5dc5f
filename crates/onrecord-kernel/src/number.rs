//! The steps in floating point: each one product or one sum, rounded on its own.
//!
//! In: whole sums and the scales of a channel. Out: codes. Never a fused multiply-add, never a function of a
//! mathematical library: Rust does not contract, and rounding is done by a sum. Next: `encoder.rs`, `heads.rs`.

use crate::product::PANEL;

/// A scale and a shift for each channel, filled up with zeros.
pub(crate) struct Affine {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Affine {
    pub(crate) fn new(mut scale: Vec<f32>, mut shift: Vec<f32>, padded: usize) -> Affine {
        scale.resize(padded, 0.0);
        shift.resize(padded, 0.0);
        Affine { scale, shift }
    }

    /// The scales and shifts of the channels of one panel.
    #[inline(always)]
    pub(crate) fn panel(&self, panel: usize) -> (&[f32; PANEL], &[f32; PANEL]) {
        (&self.scale.as_chunks().0[panel], &self.shift.as_chunks().0[panel])
    }
}

/// A sum as float32: exact below 2²⁴, rounded to the nearest beyond.
#[inline(always)]
#[allow(clippy::cast_precision_loss, reason = "the specification asks for it")]
pub(crate) fn float(sum: i32) -> f32 {
    sum as f32
}

/// clamp(round half to even(x · scale + shift), 0, 127); 0 for what is no number.
///
/// From 2²³ on float32 holds only whole numbers, so adding it rounds as the standard says, and the number stands in
/// the low bits.
#[inline(always)]
pub(crate) fn code(x: f32, scale: f32, shift: f32) -> u8 {
    const ROUND: f32 = 8_388_608.0;
    let y = x * scale + shift;
    let y = if y > 0.0 { y } else { 0.0 };
    let y = if y < 127.0 { y } else { 127.0 };
    (y + ROUND).to_bits() as u8
}

/// clamp(round half to even(y), −127, 127); −127 for what is no number.
///
/// As in [`code`]; half of 2²³ more keeps the sum above it for negative numbers.
pub(crate) fn signed_code(y: f32) -> i8 {
    const ROUND: f32 = 12_582_912.0;
    let y = if y > -127.0 { y } else { -127.0 };
    let y = if y < 127.0 { y } else { 127.0 };
    ((y + ROUND).to_bits() as u8).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_even() {
        for (y, expected) in [
            (-0.5, 0),
            (0.5, 0),
            (0.500_000_06, 1),
            (1.5, 2),
            (2.5, 2),
            (126.5, 126),
            (126.6, 127),
            (127.0, 127),
            (127.5, 127),
            (f32::INFINITY, 127),
            (f32::NEG_INFINITY, 0),
            (f32::NAN, 0),
        ] {
            assert_eq!(code(y, 1.0, 0.0), expected, "{y}");
        }
        for (y, expected) in [
            (-0.5, 0),
            (-1.5, -2),
            (-2.5, -2),
            (-126.5, -126),
            (-127.4, -127),
            (f32::NEG_INFINITY, -127),
            (63.5, 64),
            (f32::INFINITY, 127),
            (f32::NAN, -127),
        ] {
            assert_eq!(signed_code(y), expected, "{y}");
        }
    }
}
