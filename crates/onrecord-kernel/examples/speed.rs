//! How fast the encoder is on each path of this processor: `cargo run --release -p onrecord-kernel --example speed`.
//!
//! In: nothing; weights and pieces are random numbers. Out: a line for each width and path: million multiply-adds and
//! word pieces in a second of processor time, of one thread, for eight blocks. Never a result that is not one.
//! Next: `src/encoder.rs`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::time::Instant;

use onrecord_kernel::{Cpu, Encoder, Model};
use support::{Random, Shape};

/// Pieces of an article of about 800 words.
const PIECES: usize = 1000;
/// Runs last at least as long, in seconds.
const SECONDS: f64 = 1.0;

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
            let (mut rounds, begin) = (0, processor_seconds());
            while processor_seconds() - begin < SECONDS {
                assert_eq!(encoder.encode(&pieces), first, "the same pieces give the same codes");
                rounds += 1;
            }
            let pieces = f64::from(rounds * PIECES as u32) / (processor_seconds() - begin);
            let products = (shape.dilations.len() * 4 * width * width) as f64;
            println!("{width:5}  {:5}  {:23.0}  {pieces:8.0}", cpu.name(), pieces * products / 1e6);
        }
    }
}

/// Seconds this process has run on a processor; where the system does not tell, seconds that have passed.
fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds: Option<f64> = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(since_start, |nanoseconds| nanoseconds / 1e9)
}

fn since_start() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}
