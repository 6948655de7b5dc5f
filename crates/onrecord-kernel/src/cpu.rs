//! Which instructions a model runs on.
//!
//! In: the processor, or a name. Out: [`Cpu`], which is proof that the processor has what the path needs.
//! It never changes a result, only how long it takes. Next: `plain.rs` and `x86.rs`, the paths themselves.

use crate::Error;
use crate::plain::Plain;
use crate::product::Work;
#[cfg(target_arch = "x86_64")]
use crate::x86;

/// The instructions that a model runs on. All give the same bits.
///
/// ```
/// use onrecord_kernel::Cpu;
///
/// assert!(Cpu::available().any(|cpu| cpu == Cpu::detect()));
/// assert_eq!(Cpu::named("plain").unwrap(), Cpu::PLAIN);
/// assert!(Cpu::named("abacus").unwrap_err().is_cpu());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cpu(Kind);

/// From slow to fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2(x86::Avx2),
    #[cfg(target_arch = "x86_64")]
    Vnni(x86::Vnni),
}

/// The names of all paths, on any processor.
const NAMES: [&str; 3] = ["plain", "avx2", "vnni"];

impl Cpu {
    /// What every processor can do.
    pub const PLAIN: Cpu = Cpu(Kind::Plain);

    /// The fastest that this processor has.
    pub fn detect() -> Cpu {
        Cpu::available().last().unwrap_or(Cpu::PLAIN)
    }

    /// All that this processor has, from slow to fast.
    pub fn available() -> impl Iterator<Item = Cpu> {
        #[cfg(target_arch = "x86_64")]
        let fast = [x86::Avx2::detect().map(Kind::Avx2), x86::Vnni::detect().map(Kind::Vnni)];
        #[cfg(not(target_arch = "x86_64"))]
        let fast: [Option<Kind>; 0] = [];
        [Cpu::PLAIN].into_iter().chain(fast.into_iter().flatten().map(Cpu))
    }

    /// The path with this name: `plain`, `avx2` or `vnni`.
    ///
    /// # Errors
    ///
    /// If there is no such path, or this processor cannot take it.
    pub fn named(name: &str) -> Result<Cpu, Error> {
        let known = NAMES.into_iter().find(|&known| known == name).ok_or_else(|| Error::unknown_cpu(name))?;
        Cpu::available().find(|cpu| cpu.name() == name).ok_or_else(|| Error::missing_cpu(known))
    }

    /// `plain`, `avx2` or `vnni`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Plain => NAMES[0],
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2(_) => NAMES[1],
            #[cfg(target_arch = "x86_64")]
            Kind::Vnni(_) => NAMES[2],
        }
    }

    /// Whether the path reads weights panel by panel.
    pub(crate) fn wants_panels(self) -> bool {
        self != Cpu::PLAIN
    }

    pub(crate) fn run(self, work: impl Work) {
        match self.0 {
            Kind::Plain => work.run(Plain),
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2(avx2) => avx2.run(work),
            #[cfg(target_arch = "x86_64")]
            Kind::Vnni(vnni) => vnni.run(work),
        }
    }
}
