//! Products of codes with weights: their layout, and the walk over their tiles.
//!
//! In: int8 weights as the file has them, rows of codes from 0 to 127. Out: exact sums in i32, a tile at a time.
//! It never leaves a remainder: rows and outputs are filled up, outputs with zero weights. Next: `plain.rs` and
//! `x86.rs` compute one tile.

use std::borrow::Cow;

use crate::Cpu;
use crate::number::Affine;

/// Outputs of a tile; what outputs are filled up to, and what inputs are a multiple of.
pub(crate) const PANEL: usize = 32;
/// Rows of a tile.
pub(crate) const ROWS: usize = 12;
/// Inputs that a lane of 32 bits takes at once.
pub(crate) const QUAD: usize = 4;
/// What is added to the codes −64 … 63 to hold them without a sign: no sum of two products then overflows 16 bits.
pub(crate) const CENTRE: u8 = 64;
/// The largest code.
const TOP: i32 = 127;
/// Four products of a code and a weight of this size fit 16 bits.
const ALWAYS_FIT: u8 = 64;

/// The sums of one tile.
pub(crate) type Sums = [[i32; PANEL]; ROWS];
/// The weights of four inputs for the outputs of a panel.
pub(crate) type Quad = [[i8; QUAD]; PANEL];

/// Outputs after filling up.
pub(crate) fn padded(width: usize) -> usize {
    width.next_multiple_of(PANEL)
}

/// Rows after the last tile is filled up.
pub(crate) const fn whole_tiles(rows: usize) -> usize {
    rows.next_multiple_of(ROWS)
}

/// A matrix of weights, with the scale and shift of each output.
pub(crate) struct Product {
    pub(crate) matrix: Matrix,
    pub(crate) affine: Affine,
}

/// Weights, outputs filled up to whole panels; inputs are whole panels as they come.
pub(crate) struct Matrix {
    pub(crate) weights: Layout,
    /// −centre · Σ weights for each output: where its sum begins.
    pub(crate) begin: Vec<i32>,
    pub(crate) inputs: usize,
}

/// The order of the weights, chosen once for the processor that runs them.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "no path here reads panels"))]
pub(crate) enum Layout {
    /// Output by output, as in the file, and as wide as products are: for the plain path.
    Rows(Vec<i16>),
    /// Panel by panel, and in it four inputs at a time: for paths whose lanes sum four products.
    Panels(Panels),
}

/// Weights panel by panel.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "no path here reads panels"))]
pub(crate) struct Panels {
    pub(crate) quads: Vec<Quad>,
    /// For each two quads whether the sums of four products, two of each quad, fit 16 bits whatever the codes.
    /// Trained weights are mostly small, so most do, and AVX2 may then widen half as often.
    pub(crate) joined: Vec<bool>,
}

impl Matrix {
    /// Of `weights` (outputs, inputs), for codes that are `centre` too large.
    #[inline(always)]
    pub(crate) fn new(cpu: Cpu, weights: &[i8], inputs: usize, centre: u8) -> Matrix {
        assert!(inputs.is_multiple_of(PANEL), "inputs are whole panels");
        let mut rows = Cow::Borrowed(weights);
        if !(weights.len() / inputs).is_multiple_of(PANEL) {
            rows.to_mut().resize(padded(weights.len() / inputs) * inputs, 0);
        }
        let mut begin = vec![0; rows.len() / inputs];
        if centre != 0 {
            for (begin, row) in begin.iter_mut().zip(rows.chunks_exact(inputs)) {
                *begin = -i32::from(centre) * sum(row);
            }
        }
        let weights = if cpu.wants_panels() {
            Layout::Panels(Panels::new(&rows, inputs))
        } else {
            Layout::Rows(rows.iter().map(|&weight| i16::from(weight)).collect())
        };
        Matrix { weights, begin, inputs }
    }

    /// Of weights input by input, one panel of outputs, for codes as they are. No weight is beyond [`ALWAYS_FIT`].
    #[inline(always)]
    pub(crate) fn of_columns(cpu: Cpu, columns: &[[i8; PANEL]]) -> Matrix {
        let inputs = columns.len();
        assert!(inputs.is_multiple_of(PANEL), "inputs are whole panels");
        let weights = if cpu.wants_panels() {
            let mut quads: Vec<Quad> = vec![[[0; QUAD]; PANEL]; inputs / QUAD];
            for (quad, four) in quads.iter_mut().zip(columns.as_chunks::<QUAD>().0) {
                for o in 0..PANEL {
                    quad[o] = [four[0][o], four[1][o], four[2][o], four[3][o]];
                }
            }
            let joined = vec![true; quads.len() / 2];
            Layout::Panels(Panels { quads, joined })
        } else {
            let mut rows = vec![0; PANEL * inputs];
            for (o, row) in rows.chunks_exact_mut(inputs.max(1)).enumerate() {
                for (weight, column) in row.iter_mut().zip(columns) {
                    *weight = i16::from(column[o]);
                }
            }
            Layout::Rows(rows)
        };
        Matrix { weights, begin: vec![0; PANEL], inputs }
    }

    pub(crate) fn panels(&self) -> usize {
        self.begin.len() / PANEL
    }

    /// The sums of each output begin with these.
    #[inline(always)]
    pub(crate) fn begin(&self, panel: usize) -> &[i32; PANEL] {
        &self.begin.as_chunks().0[panel]
    }

    /// Gives the sums of each of `rows` rows, `PANEL` outputs at a time, as (row, panel, sums).
    ///
    /// `codes` holds whole tiles of rows. Panels are the outer loop: the weights of one stay in the nearest cache
    /// while the rows stream by.
    #[inline(always)]
    pub(crate) fn each<P: Path>(
        &self,
        path: P,
        codes: &[u8],
        rows: usize,
        mut give: impl FnMut(usize, usize, &[i32; PANEL]),
    ) {
        let mut sums = [[0; PANEL]; ROWS];
        for panel in 0..self.panels() {
            for first in (0..rows).step_by(ROWS) {
                path.sums(self, panel, &codes[first * self.inputs..], &mut sums);
                for (row, sums) in (first..rows).zip(&sums) {
                    give(row, panel, sums);
                }
            }
        }
    }
}

/// One way to compute the sums of a tile. A value of it is proof that the processor can.
pub(crate) trait Path: Copy {
    /// Of the first rows of `codes`, as many as a tile has, into `sums`, whatever stood there.
    fn sums(self, matrix: &Matrix, panel: usize, codes: &[u8], sums: &mut Sums);
}

/// Work over tiles, to be compiled for each path; [`Cpu::run`] chooses.
pub(crate) trait Work {
    fn run<P: Path>(self, path: P);
}

/// In a loop: an iterator's own way is not compiled for the path that runs it.
#[inline(always)]
fn sum(row: &[i8]) -> i32 {
    let mut sum = 0;
    for &weight in row {
        sum += i32::from(weight);
    }
    sum
}

impl Panels {
    #[inline(always)]
    fn new(rows: &[i8], inputs: usize) -> Panels {
        let mut quads: Vec<Quad> = vec![[[0; QUAD]; PANEL]; rows.len() / (PANEL * QUAD)];
        let panels = quads.chunks_exact_mut(inputs / QUAD).zip(rows.chunks_exact(PANEL * inputs));
        for (quads, outputs) in panels {
            for (o, row) in outputs.chunks_exact(inputs).enumerate() {
                for (quad, &four) in quads.iter_mut().zip(row.as_chunks().0) {
                    quad[o] = four;
                }
            }
        }
        let largest = rows.iter().map(|weight| weight.unsigned_abs()).max().unwrap_or(0);
        let joined = if largest <= ALWAYS_FIT {
            vec![true; quads.len() / 2]
        } else {
            quads.as_chunks().0.iter().map(fit_together).collect()
        };
        Panels { quads, joined }
    }
}

/// Whether 16 bits hold the products of each half of two quads with any codes, summed.
fn fit_together([first, second]: &[Quad; 2]) -> bool {
    let fits = |weights: [i8; 4]| {
        let sum =
            |of: fn(i32) -> bool| -> i32 { weights.into_iter().map(i32::from).filter(|&w| of(w)).sum() };
        TOP * sum(|w| w > 0) <= i16::MAX.into() && TOP * sum(|w| w < 0) >= i16::MIN.into()
    };
    first.iter().zip(second).all(|(a, b)| fits([a[0], a[1], b[0], b[1]]) && fits([a[2], a[3], b[2], b[3]]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All sums of a matrix, row by row.
    struct Collect<'a> {
        matrix: &'a Matrix,
        codes: &'a [u8],
        rows: usize,
        sums: &'a mut Vec<i32>,
    }

    impl Work for Collect<'_> {
        fn run<P: Path>(self, path: P) {
            let outputs = self.matrix.begin.len();
            self.sums.resize(self.rows * outputs, 0);
            self.matrix.each(path, self.codes, self.rows, |row, panel, sums| {
                self.sums[row * outputs + panel * PANEL..][..PANEL].copy_from_slice(sums);
            });
        }
    }

    /// A matrix whose weights and codes are given by their number.
    fn check([outputs, inputs, rows]: [usize; 3], weight: impl Fn(usize) -> i8, code: impl Fn(usize) -> u8) {
        let weights: Vec<i8> = (0..outputs * inputs).map(weight).collect();
        let codes: Vec<u8> = (0..whole_tiles(rows) * inputs).map(code).collect();
        let expected = |row: usize, output: usize| -> i64 {
            let product = |i: usize| {
                let code = i64::from(codes[row * inputs + i]) - i64::from(CENTRE);
                code * i64::from(weights[output * inputs + i])
            };
            (0..inputs).map(product).sum()
        };
        for cpu in Cpu::available() {
            let matrix = Matrix::new(cpu, &weights, inputs, CENTRE);
            let mut sums = Vec::new();
            cpu.run(Collect { matrix: &matrix, codes: &codes, rows, sums: &mut sums });
            for row in 0..rows {
                for output in 0..outputs {
                    let sum = sums[row * padded(outputs) + output];
                    assert_eq!(i64::from(sum), expected(row, output), "{cpu:?}, row {row}, output {output}");
                }
            }
        }
    }

    /// Miri takes a second for what else takes a millisecond.
    const CASES: u32 = if cfg!(miri) { 2 } else { 200 };
    const MOST: usize = if cfg!(miri) { 10 } else { 70 };

    proptest! {
        #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn random_sums(
            small in 0..4_u8,
            (outputs, panels, rows) in (1..MOST, 1..4_usize, 1..30_usize),
            seed in any::<u64>(),
        ) {
            let mix = |i: usize| (i as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            check([outputs, panels * PANEL, rows], |i| mix(i) as i8 >> small, |i| (mix(i) >> 9 & 127) as u8);
        }
    }

    /// The largest sums that there are.
    #[test]
    fn extreme_sums() {
        for weight in [i8::MIN, i8::MAX] {
            check([1, 96, 2], |_| weight, |_| 127);
            check([1, 96, 2], |i| if i % 2 == 0 { weight } else { !weight }, |_| 127);
        }
    }

    /// 127 · 258 fits 16 bits, 127 · 259 does not.
    #[test]
    fn sums_at_the_edge_of_16_bits() {
        for (weights, fits) in [
            ([64, 65, 64, 65], true),
            ([-64, -65, -64, -65], true),
            ([65, 65, 64, 65], false),
            ([-65, -65, -64, -65], false),
        ] {
            let [a, b, c, d] = weights;
            let mut pair = [[[0; QUAD]; PANEL]; 2];
            (pair[0][5], pair[1][5]) = ([0, 0, a, b], [0, 0, c, d]);
            assert_eq!(fit_together(&pair), fits, "{weights:?}");
            let weight = |i: usize| [a, b, 0, 0, c, d, 0, 0][i % 8];
            check([1, 32, 1], weight, |_| 127);
        }
    }
}
