//! The steps in floating point: each one product or one sum, rounded on its own.
//!
//! In: whole sums and the scales of a channel. Out: codes. Never a fused multiply-add, never a function of a
//! mathematical library: Rust does not contract, rounding is done by a sum, and roots and quotients are exact by the
//! standard. Next: `encoder.rs`, `attention.rs`, `heads.rs`.

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

/// clamp(round half to even(y), −most, most); −most for what is no number.
///
/// As in [`code`]; half of 2²³ more keeps the sum above it for negative numbers.
#[inline(always)]
pub(crate) fn signed_code(y: f32, most: f32) -> i8 {
    const ROUND: f32 = 12_582_912.0;
    let y = if y > -most { y } else { -most };
    let y = if y < most { y } else { most };
    ((y + ROUND).to_bits() as u8).cast_signed()
}

/// 127 · 2⁻ʸ, nearly, rounded half to even; 127 for negative y and what is no number.
///
/// Adding 1.5 · 2²³ rounds y and leaves the whole number in the low bits; a parabola does the rest.
#[inline(always)]
pub(crate) fn power(y: f32) -> u8 {
    const CUT: f32 = 15.0;
    const CURVE: [f32; 2] = [-89.338_27, 30.815_393];
    const WHOLE: f32 = 12_582_912.0;
    const ROUND: f32 = 8_388_608.0;
    let y = if y > 0.0 { y } else { 0.0 };
    let y = if y < CUT { y } else { CUT };
    let whole = y + WHOLE;
    let f = y - (whole - WHOLE);
    let [a, b] = CURVE;
    let near = (b * f + a) * f + 127.0;
    let exponent = (127 + WHOLE.to_bits()).wrapping_sub(whole.to_bits());
    (near * f32::from_bits(exponent << 23) + ROUND).to_bits() as u8
}

/// x · Φ(x), nearly: Φ by a polynomial in x cut at ±3.05.
#[inline(always)]
pub(crate) fn activate(x: f32) -> f32 {
    const REACH: f32 = 3.05;
    const CURVE: [f32; 4] = [0.386_580_05, -0.052_255_964, 0.004_452_504, -0.000_151_351_3];
    let cut = if x > -REACH { x } else { -REACH };
    let cut = if cut < REACH { cut } else { REACH };
    let square = cut * cut;
    let [first, third, fifth, seventh] = CURVE;
    x * ((((seventh * square + fifth) * square + third) * square + first) * cut + 0.5)
}

/// Brings a row to mean 0 and variance 1, then × scale + shift.
#[inline(always)]
#[allow(clippy::cast_precision_loss, reason = "widths are small")]
pub(crate) fn normalise(row: &mut [f32], affine: &Affine) {
    const EPSILON: f32 = 1e-12;
    let each = 1.0 / row.len() as f32;
    let mean = total(row, |x| x) * each;
    for x in row.iter_mut() {
        *x -= mean;
    }
    let spread = 1.0 / (total(row, |x| x * x) * each + EPSILON).sqrt();
    let affine = affine.scale.as_chunks::<PANEL>().0.iter().zip(affine.shift.as_chunks::<PANEL>().0);
    for (row, (scale, shift)) in row.as_chunks_mut::<PANEL>().0.iter_mut().zip(affine) {
        // A row of its own: the compiler otherwise fears that one channel is another's scale, and takes one at a time.
        let mut out = *row;
        for i in 0..PANEL {
            out[i] = (row[i] * spread) * scale[i] + shift[i];
        }
        *row = out;
    }
}

/// A sum in the one order that is specified: lane j takes j, j + 32, … in turn, then lanes are added by halves.
#[inline(always)]
fn total(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; PANEL];
    for part in row.as_chunks::<PANEL>().0 {
        for (lane, &x) in lanes.iter_mut().zip(part) {
            *lane += of(x);
        }
    }
    let mut half = PANEL / 2;
    while half > 0 {
        let (low, high) = lanes.split_at_mut(half);
        for (low, high) in low.iter_mut().zip(high) {
            *low += *high;
        }
        half /= 2;
    }
    lanes[0]
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
            assert_eq!(signed_code(y, 127.0), expected, "{y}");
        }
    }
}
