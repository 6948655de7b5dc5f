//! A tile of a product in plain Rust: what the other paths must give, and the path of processors without them.
//!
//! In: weights output by output, rows of codes. Out: their sums. It never needs more than the language.
//! Next: `x86.rs` computes the same.

use crate::product::{Input, Layout, PANEL, Path, Product, ROWS, Sums};

/// The path that every processor has.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Path for Plain {
    #[inline(always)]
    fn sums(self, product: &Product, panel: usize, input: &Input<'_>, row: usize) -> Sums {
        let Layout::Rows(weights) = &product.weights else {
            unreachable!("weights are laid out for the path that runs them")
        };
        let mut sums = [*product.begin(panel); ROWS];
        let outputs = weights[panel * PANEL * product.inputs()..].chunks_exact(product.inputs());
        for (o, weights) in outputs.take(PANEL).enumerate() {
            for (tap, weights) in weights.chunks_exact(product.width).enumerate() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    sums[o] += dot(input.row(row + r, tap), weights);
                }
            }
        }
        sums
    }
}

#[inline(always)]
fn dot(codes: &[u8], weights: &[i16]) -> i32 {
    codes.iter().zip(weights).map(|(&code, &weight)| i32::from(code) * i32::from(weight)).sum()
}
