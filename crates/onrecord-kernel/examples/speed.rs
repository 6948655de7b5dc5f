//! How fast the encoder is on each path of this processor: `cargo run --release -p onrecord-kernel --example speed`.
//!
//! In: nothing; weights and pieces are random numbers. Out: a line for each width and path: million multiply-adds and
//! word pieces in a second of processor time, of one thread, for eight blocks, the best of many runs. Never a result that is not one.
//! Next: `src/encoder.rs`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a program for people"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use onrecord_kernel::{Cpu, Encoder, Model};
use support::{Random, Shape};

/// Pieces of an article of about 800 words.
const PIECES: usize = 1000;
/// The fastest counts: it is the one that nothing else on the machine interrupted, so its time is the processor's.
const RUNS: u32 = 60;

fn main() {
    println!("width  path   million multiply-adds/s  pieces/s");
    for width in [192, 256] {
        let shape = Shape { width, pieces: 30_000, dilations: [1, 2, 4, 8, 16, 1, 2, 4].into() };
        let file = support::file(&support::random_tensors(&shape, 1));
        let pieces = Random(2).pieces(&shape, PIECES);
        for cpu in Cpu::available() {
            let model = Model::read(&file, cpu).unwrap();
            let mut encoder = Encoder::new(&model);
            let first = encoder.encode(&pieces);
            let seconds = (0..RUNS).map(|_| {
                let begin = Instant::now();
                assert_eq!(encoder.encode(&pieces), first, "the same pieces give the same codes");
                begin.elapsed().as_secs_f64()
            });
            let pieces = PIECES as f64 / seconds.fold(f64::INFINITY, f64::min);
            let products = (shape.dilations.len() * 4 * width * width) as f64;
            println!("{width:5}  {:5}  {:23.0}  {pieces:8.0}", cpu.name(), pieces * products / 1e6);
        }
    }
}
