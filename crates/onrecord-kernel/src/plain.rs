//! A tile of a product in plain Rust: what the other paths must give, and the path of processors without them.
//!
//! In: weights output by output, rows of codes. Out: their sums. It never needs more than the language.
//! Next: `x86.rs` computes the same.

use crate::product::{Layout, Matrix, PANEL, Path, ROWS, Sums};

/// The path that every processor has.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Path for Plain {
    #[inline(always)]
    fn sums(self, matrix: &Matrix, panel: usize, codes: &[u8], sums: &mut Sums) {
        let Layout::Rows(weights) = &matrix.weights else {
            unreachable!("weights are laid out for the path that runs them")
        };
        *sums = [*matrix.begin(panel); ROWS];
        let outputs = weights[panel * PANEL * matrix.inputs..].chunks_exact(matrix.inputs);
        for (o, weights) in outputs.take(PANEL).enumerate() {
            for (sums, codes) in sums.iter_mut().zip(codes.chunks_exact(matrix.inputs)) {
                sums[o] += dot(codes, weights);
            }
        }
    }
}

#[inline(always)]
fn dot(codes: &[u8], weights: &[i16]) -> i32 {
    codes.iter().zip(weights).map(|(&code, &weight)| i32::from(code) * i32::from(weight)).sum()
}
