//! How fast the encoder is on each path of this processor: `cargo run --release -p onrecord-kernel --example speed`.
//!
//! In: nothing; weights and pieces are random numbers. Out: a line for each width and path: million multiply-adds and
//! word pieces in a second of one thread, the best of many runs. Attention itself is not counted in the former.
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
    println!("layers  path   million multiply-adds/s  pieces/s");
    let thin = vec![(12, 512), (12, 448), (12, 384), (9, 320), (5, 192)];
    let thinner = vec![(7, 416), (11, 384), (8, 320), (7, 256), (5, 160)];
    let whole = (12, 1536);
    for layers in [thin, thinner, vec![(12, 384); 4], vec![whole; 2], vec![whole; 3], vec![whole; 6]] {
        let shape = Shape { width: 384, pieces: 30_000, layers };
        let file = support::file(&support::random_tensors(&shape, 1));
        let pieces = Random(2).pieces(&shape, PIECES);
        let paragraphs = Random(2).paragraphs(PIECES, 100);
        for cpu in Cpu::available() {
            let model = Model::read(&file, cpu).unwrap();
            let mut encoder = Encoder::new(&model);
            let first = encoder.encode(&pieces, &paragraphs);
            let seconds = (0..if cpu == Cpu::PLAIN { 3 } else { RUNS }).map(|_| {
                let begin = Instant::now();
                assert_eq!(
                    encoder.encode(&pieces, &paragraphs),
                    first,
                    "the same pieces give the same codes"
                );
                begin.elapsed().as_secs_f64()
            });
            let pieces = PIECES as f64 / seconds.fold(f64::INFINITY, f64::min);
            let products = |&(heads, inner): &(usize, usize)| shape.width * (128 * heads + 2 * inner);
            let products = shape.layers.iter().map(products).sum::<usize>() as f64;
            println!(
                "{:6}  {:5}  {:23.0}  {pieces:8.0}",
                shape.layers.len(),
                cpu.name(),
                pieces * products / 1e6
            );
        }
    }
}
