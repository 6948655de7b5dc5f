//! Why a model cannot be used.
//!
//! In: what was found and what was expected. Out: one opaque [`Error`] with questions, a line, and a hint.
//! It never names the file, which its reader knows. Next: `file.rs` and `model.rs` make most of them.

use std::fmt;

/// Why a model cannot be used.
///
/// `Display` is one line: what was found and what was expected. [`Error::hint`] says what to do.
///
/// ```
/// use onrecord_kernel::{Cpu, Model};
///
/// let error = Model::read(b"%PDF-1.7", Cpu::detect()).unwrap_err();
/// assert!(error.is_foreign());
/// assert_eq!(error.to_string(), "found no model file; expected one, which begins with the letters `onrecord`");
/// ```
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Foreign,
    Version { found: u32, expected: u32 },
    Length { found: usize, expected: u64 },
    Altered { found: [u8; 32], expected: [u8; 32] },
    Malformed { thing: String, found: String, expected: String },
    NotFinite { tensor: String, found: f32, at: usize },
    UnknownCpu { name: String },
    MissingCpu { name: &'static str },
}

impl Error {
    pub(crate) fn foreign() -> Error {
        Kind::Foreign.into()
    }

    pub(crate) fn version(found: u32, expected: u32) -> Error {
        Kind::Version { found, expected }.into()
    }

    pub(crate) fn length(found: usize, expected: u64) -> Error {
        Kind::Length { found, expected }.into()
    }

    pub(crate) fn altered(found: [u8; 32], expected: [u8; 32]) -> Error {
        Kind::Altered { found, expected }.into()
    }

    pub(crate) fn malformed(
        thing: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Error {
        Kind::Malformed { thing: thing.into(), found: found.into(), expected: expected.into() }.into()
    }

    pub(crate) fn not_finite(tensor: &str, found: f32, at: usize) -> Error {
        Kind::NotFinite { tensor: tensor.to_owned(), found, at }.into()
    }

    pub(crate) fn unknown_cpu(name: &str) -> Error {
        Kind::UnknownCpu { name: name.to_owned() }.into()
    }

    pub(crate) fn missing_cpu(name: &'static str) -> Error {
        Kind::MissingCpu { name }.into()
    }

    /// Whether the bytes are no model file at all.
    pub fn is_foreign(&self) -> bool {
        matches!(*self.0, Kind::Foreign)
    }

    /// Whether the file is a model file of another version.
    pub fn is_other_version(&self) -> bool {
        matches!(*self.0, Kind::Version { .. })
    }

    /// Whether the file is shorter, or longer, than its header says.
    pub fn is_cut(&self) -> bool {
        matches!(*self.0, Kind::Length { .. })
    }

    /// Whether the sha256 of the weights is not that of the header.
    pub fn is_altered(&self) -> bool {
        matches!(*self.0, Kind::Altered { .. })
    }

    /// Whether a tensor is missing, or is not of the kind, shape or content that the encoder needs.
    pub fn is_malformed(&self) -> bool {
        matches!(*self.0, Kind::Malformed { .. })
    }

    /// Whether a weight is infinite or no number.
    pub fn is_not_finite(&self) -> bool {
        matches!(*self.0, Kind::NotFinite { .. })
    }

    /// Whether a [`Cpu`](crate::Cpu) was asked for that does not exist, or that this processor is not.
    pub fn is_cpu(&self) -> bool {
        matches!(*self.0, Kind::UnknownCpu { .. } | Kind::MissingCpu { .. })
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match *self.0 {
            Kind::Foreign | Kind::Malformed { .. } | Kind::NotFinite { .. } => None,
            Kind::Version { .. } => Some("a model file goes with the release that it was made for"),
            Kind::Length { .. } | Kind::Altered { .. } => Some("fetch or copy the file again"),
            Kind::UnknownCpu { .. } => Some("leave it out, and the fastest that the processor has is taken"),
            Kind::MissingCpu { .. } => Some("`plain` runs on every processor and gives the same results"),
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error(Box::new(kind))
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Foreign => {
                f.write_str("found no model file; expected one, which begins with the letters `onrecord`")
            }
            Kind::Version { found, expected } => {
                write!(f, "found a model file of version {found}; expected version {expected}")
            }
            Kind::Length { found, expected } => {
                write!(f, "found {found} bytes of weights; expected {expected}")
            }
            Kind::Altered { found, expected } => {
                write!(f, "found weights with sha256 {}; expected {}", Hex(found), Hex(expected))
            }
            Kind::Malformed { thing, found, expected } => {
                write!(f, "{thing}: found {found}; expected {expected}")
            }
            Kind::NotFinite { tensor, found, at } => {
                write!(f, "tensor `{tensor}`: found {found} at place {at}; expected finite numbers")
            }
            Kind::UnknownCpu { name } => {
                write!(f, "found `{}` as processor; expected plain, avx2 or vnni", name.escape_debug())
            }
            Kind::MissingCpu { name } => {
                write!(f, "found a processor without {name}; expected one that has it")
            }
        }
    }
}

/// A sum, two lower-case digits a byte.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8; 32]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
