//! A tile of a product on x86-64: AVX2, and AVX-512 with VNNI. All `unsafe` of the project is in this file.
//!
//! In: weights panel by panel, rows of codes from 0 to 127. Out: the sums that `plain.rs` gives, bit for bit.
//! It never runs an instruction that the processor lacks: a value of [`Avx2`] or [`Vnni`] is made only where they
//! were found. It never overflows: AVX2 adds two products of a code and a weight in 16 bits, at most 2 · 127 · 128 =
//! 32,512, and four only where `Panels::joined` tells that they fit; VNNI adds them in 32 bits.
//! Next: the tests of `product.rs` compare the sums of all paths on random shapes, `tests/paths.rs` whole models.
//! Miri runs the former, in minutes, on AVX2, and so reaches each `unsafe` of that path:
//!
//! ```text
//! RUSTFLAGS=-Ctarget-feature=+avx2 MIRIFLAGS=-Zmiri-disable-isolation \
//!     cargo +nightly miri test --package onrecord-kernel --lib
//! ```
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi16, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_storeu_si256, _mm512_dpbusd_epi32,
    _mm512_loadu_si512, _mm512_set1_epi32, _mm512_storeu_si512,
};

use crate::product::{Layout, Matrix, PANEL, Path, QUAD, Quad, ROWS, Sums, Work};

/// Proof that the processor has AVX2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Avx2(());

impl Avx2 {
    pub(crate) fn detect() -> Option<Avx2> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }

    /// Runs `work` compiled for AVX2.
    pub(crate) fn run(self, work: impl Work) {
        #[target_feature(enable = "avx2")]
        fn run(path: Avx2, work: impl Work) {
            work.run(path);
        }
        // SAFETY: `self` was made where the processor was found to have AVX2.
        unsafe { run(self, work) }
    }
}

impl Path for Avx2 {
    #[inline(always)]
    fn sums(self, matrix: &Matrix, panel: usize, codes: &[u8], sums: &mut Sums) {
        // SAFETY: `self` was made where the processor was found to have AVX2.
        unsafe { avx2(matrix, panel, codes, sums) }
    }
}

/// Proof that the processor has AVX-512 with byte and word instructions and VNNI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vnni(());

impl Vnni {
    pub(crate) fn detect() -> Option<Vnni> {
        let found = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni");
        found.then_some(Vnni(()))
    }

    /// Runs `work` compiled for AVX-512 with VNNI.
    pub(crate) fn run(self, work: impl Work) {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
        fn run(path: Vnni, work: impl Work) {
            work.run(path);
        }
        // SAFETY: `self` was made where the processor was found to have all four.
        unsafe { run(self, work) }
    }
}

impl Path for Vnni {
    #[inline(always)]
    fn sums(self, matrix: &Matrix, panel: usize, codes: &[u8], sums: &mut Sums) {
        // SAFETY: `self` was made where the processor was found to have both.
        unsafe { vnni(matrix, panel, codes, sums) }
    }
}

/// Rows whose sums, sixteen outputs each, leave room in sixteen registers for four of weights and two of codes.
const FEW: usize = 4;

#[target_feature(enable = "avx2")]
fn avx2(matrix: &Matrix, panel: usize, codes: &[u8], sums: &mut Sums) {
    let (tiles, _) = sums.as_chunks_mut();
    for (tile, sums) in tiles.iter_mut().enumerate() {
        for half in 0..2 {
            avx2_tile(matrix, panel, half, &codes[tile * FEW * matrix.inputs..], sums);
        }
    }
}

#[target_feature(enable = "avx2")]
fn avx2_tile(matrix: &Matrix, panel: usize, half: usize, codes: &[u8], out: &mut [[i32; PANEL]; FEW]) {
    let begin: &[[i32; 8]] = matrix.begin(panel)[16 * half..].as_chunks().0;
    let mut sums = [[load(&begin[0]), load(&begin[1])]; FEW];
    let ones = _mm256_set1_epi16(1);
    let (quads, joined) = weights(matrix, panel);
    let corner = Corner::<FEW>::new(codes, matrix.inputs);
    for (i, (pair, &joined)) in quads.as_chunks::<2>().0.iter().zip(joined).enumerate() {
        let first: &[[[i8; 4]; 8]] = pair[0][16 * half..].as_chunks().0;
        let second: &[[[i8; 4]; 8]] = pair[1][16 * half..].as_chunks().0;
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are as many sums as rows, and as many quads of weights as of codes.
            let codes = unsafe { [corner.four(r, 2 * i), corner.four(r, 2 * i + 1)] };
            let codes = [_mm256_set1_epi32(codes[0]), _mm256_set1_epi32(codes[1])];
            for (half, sum) in sums.iter_mut().enumerate() {
                let first = _mm256_maddubs_epi16(codes[0], load(&first[half]));
                let second = _mm256_maddubs_epi16(codes[1], load(&second[half]));
                *sum = if joined {
                    _mm256_add_epi32(*sum, _mm256_madd_epi16(_mm256_add_epi16(first, second), ones))
                } else {
                    let sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(first, ones));
                    _mm256_add_epi32(sum, _mm256_madd_epi16(second, ones))
                }
            }
        }
    }
    for (out, sums) in out.iter_mut().zip(sums) {
        let eights: &mut [[i32; 8]] = out.as_chunks_mut().0;
        store(&mut eights[2 * half], sums[0]);
        store(&mut eights[2 * half + 1], sums[1]);
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
fn vnni(matrix: &Matrix, panel: usize, codes: &[u8], out: &mut Sums) {
    let begin: &[[i32; 16]] = matrix.begin(panel).as_chunks().0;
    let mut sums = [[load512(&begin[0]), load512(&begin[1])]; ROWS];
    let (quads, _) = weights(matrix, panel);
    let corner = Corner::<ROWS>::new(codes, matrix.inputs);
    for (i, quad) in quads.iter().enumerate() {
        let outputs: &[[[i8; 4]; 16]] = quad.as_chunks().0;
        let weights = [load512(&outputs[0]), load512(&outputs[1])];
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are as many sums as rows, and as many quads of weights as of codes.
            let codes = _mm512_set1_epi32(unsafe { corner.four(r, i) });
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm512_dpbusd_epi32(*sum, codes, weights);
            }
        }
    }
    for (out, sums) in out.iter_mut().zip(sums) {
        let halves: &mut [[i32; 16]] = out.as_chunks_mut().0;
        store512(&mut halves[0], sums[0]);
        store512(&mut halves[1], sums[1]);
    }
}

/// The weights of a panel, four inputs at a time, and which two of them may be joined.
#[inline(always)]
fn weights(matrix: &Matrix, panel: usize) -> (&[Quad], &[bool]) {
    let Layout::Panels(panels) = &matrix.weights else {
        unreachable!("weights are laid out for the path that runs them")
    };
    let count = matrix.inputs / QUAD;
    (&panels.quads[panel * count..][..count], &panels.joined[panel * count / 2..][..count / 2])
}

/// The codes of `N` rows, checked once for the loop that reads them.
#[derive(Clone, Copy)]
struct Corner<'a, const N: usize> {
    /// `N * width` of them.
    codes: &'a [u8],
    width: usize,
}

impl<'a, const N: usize> Corner<'a, N> {
    #[inline(always)]
    fn new(codes: &'a [u8], width: usize) -> Corner<'a, N> {
        Corner { codes: &codes[..N * width], width }
    }

    /// Four codes in the order of their bytes.
    ///
    /// # Safety
    ///
    /// `row` is below `N`, `quad` below `width / QUAD`.
    #[inline(always)]
    unsafe fn four(self, row: usize, quad: usize) -> i32 {
        debug_assert!(row < N && quad < self.width / QUAD);
        // SAFETY: with such a row and quad the four bytes lie within the `N * width` that the slice was cut to, and a
        // read of this kind asks for no alignment.
        unsafe { self.codes.as_ptr().add(row * self.width + QUAD * quad).cast::<i32>().read_unaligned() }
    }
}

/// 32 bytes in a register.
#[inline]
#[target_feature(enable = "avx2")]
fn load<T: Plain32>(from: &T) -> __m256i {
    // SAFETY: `T` is 32 bytes that are whole numbers, and this load asks for no alignment.
    unsafe { _mm256_loadu_si256(std::ptr::from_ref(from).cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(to: &mut [i32; 8], from: __m256i) {
    // SAFETY: the array is 32 bytes, any of which is an `i32`'s, and this store asks for no alignment.
    unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), from) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load512<T: Plain64>(from: &T) -> __m512i {
    // SAFETY: `T` is 64 bytes that are whole numbers, and this load asks for no alignment.
    unsafe { _mm512_loadu_si512(std::ptr::from_ref(from).cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store512(to: &mut [i32; 16], from: __m512i) {
    // SAFETY: the array is 64 bytes, any of which is an `i32`'s, and this store asks for no alignment.
    unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), from) }
}

/// 32 bytes of whole numbers.
trait Plain32 {}
impl Plain32 for [i32; 8] {}
impl Plain32 for [[i8; 4]; 8] {}

/// 64 bytes of whole numbers.
trait Plain64 {}
impl Plain64 for [i32; 16] {}
impl Plain64 for [[i8; 4]; 16] {}
