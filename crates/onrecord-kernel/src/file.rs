//! The model file: a header, then named tensors.
//!
//! In: the bytes of a file. Out: [`File`], which gives each tensor by name once its kind and shape are what the
//! caller expects. It never believes a size before it has seen as many bytes, and never gives a float that is not
//! finite. Next: `model.rs` asks for the tensors.

use std::collections::BTreeMap;
use std::str;

use sha2::{Digest, Sha256};

use crate::Error;

const MAGIC: &[u8; 8] = b"onrecord";
const VERSION: u32 = 2;
/// The values of each tensor begin at a multiple of this, counted from the payload's start.
const ALIGN: usize = 64;
/// No tensor of the encoder has more.
const DIMENSIONS: usize = 4;

/// What a file holds.
pub(crate) struct File<'a> {
    pub(crate) sha256: [u8; 32],
    tensors: BTreeMap<&'a str, Tensor<'a>>,
}

struct Tensor<'a> {
    kind: Kind,
    shape: Vec<usize>,
    values: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int8,
    Float32,
    Uint32,
    Bytes,
}

impl<'a> File<'a> {
    pub(crate) fn read(file: &'a [u8]) -> Result<File<'a>, Error> {
        let mut header = Reader { bytes: file, at: 0 };
        if header.array() != Some(*MAGIC) {
            return Err(Error::foreign());
        }
        let cut = || Error::malformed("header", format!("{} bytes", file.len()), "56");
        let version = header.u32().ok_or_else(cut)?;
        if version != VERSION {
            return Err(Error::version(version, VERSION));
        }
        let count = header.u32().ok_or_else(cut)?;
        let length = header.array().map(u64::from_le_bytes).ok_or_else(cut)?;
        let expected: [u8; 32] = header.array().ok_or_else(cut)?;
        let payload = &file[header.at..];
        if payload.len() as u64 != length {
            return Err(Error::length(payload.len(), length));
        }
        let sha256: [u8; 32] = Sha256::digest(payload).into();
        if sha256 != expected {
            return Err(Error::altered(sha256, expected));
        }
        Ok(File { sha256, tensors: tensors(payload, count)? })
    }

    /// The shape of a tensor of `kind` with `N` dimensions, none of them 0.
    pub(crate) fn shape<const N: usize>(&self, name: &str, kind: Kind) -> Result<[usize; N], Error> {
        let tensor = self.tensor(name, kind)?;
        match <[usize; N]>::try_from(tensor.shape.as_slice()) {
            Ok(shape) if !shape.contains(&0) => Ok(shape),
            _ => Err(malformed(name, tensor.told(), format!("{N} dimensions that are not 0"))),
        }
    }

    pub(crate) fn int8(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        let values = self.values(name, Kind::Int8, shape)?;
        Ok(values.iter().map(|&byte| byte.cast_signed()).collect())
    }

    pub(crate) fn uint32(&self, name: &str, shape: &[usize]) -> Result<Vec<u32>, Error> {
        let (values, _) = self.values(name, Kind::Uint32, shape)?.as_chunks();
        Ok(values.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect())
    }

    pub(crate) fn float32(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let (values, _) = self.values(name, Kind::Float32, shape)?.as_chunks();
        let values: Vec<f32> = values.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(Error::not_finite(name, values[at], at)),
            None => Ok(values),
        }
    }

    pub(crate) fn bytes(&self, name: &str, shape: &[usize]) -> Result<&'a [u8], Error> {
        self.values(name, Kind::Bytes, shape)
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'a str, Error> {
        let tensor = self.tensor(name, Kind::Bytes)?;
        str::from_utf8(tensor.values).map_err(|_| malformed(name, "bytes that are not UTF-8", "UTF-8"))
    }

    fn values(&self, name: &str, kind: Kind, shape: &[usize]) -> Result<&'a [u8], Error> {
        let tensor = self.tensor(name, kind)?;
        if tensor.shape == shape {
            Ok(tensor.values)
        } else {
            Err(malformed(name, tensor.told(), told(kind, shape)))
        }
    }

    fn tensor(&self, name: &str, kind: Kind) -> Result<&Tensor<'a>, Error> {
        match self.tensors.get(name) {
            Some(tensor) if tensor.kind == kind => Ok(tensor),
            Some(tensor) => Err(malformed(name, tensor.told(), format!("values of kind {kind:?}"))),
            None => Err(malformed(name, "nothing", format!("values of kind {kind:?}"))),
        }
    }
}

impl Tensor<'_> {
    fn told(&self) -> String {
        told(self.kind, &self.shape)
    }
}

/// A kind and shape in a message: `Int8 [24, 3, 24]`.
fn told(kind: Kind, shape: &[usize]) -> String {
    format!("{kind:?} {shape:?}")
}

fn malformed(name: &str, found: impl Into<String>, expected: impl Into<String>) -> Error {
    Error::malformed(format!("tensor `{name}`"), found, expected)
}

fn tensors(payload: &[u8], count: u32) -> Result<BTreeMap<&str, Tensor<'_>>, Error> {
    let mut reader = Reader { bytes: payload, at: 0 };
    let mut tensors = BTreeMap::new();
    // Their number is not believed: it only bounds a loop that ends with the bytes.
    for number in 0..count {
        let thing = || format!("tensor {} of {count}", number + 1);
        let (name, tensor) = reader.tensor().ok_or_else(|| {
            Error::malformed(thing(), "a header that is not one, or goes beyond the file", "one within it")
        })?;
        let name = str::from_utf8(name)
            .map_err(|_| Error::malformed(thing(), "a name that is not UTF-8", "a name in UTF-8"))?;
        if tensors.last_key_value().is_some_and(|(&before, _)| before >= name) {
            return Err(malformed(
                name,
                "the name behind itself or a later one",
                "names in the order of their bytes",
            ));
        }
        tensors.insert(name, tensor);
    }
    if reader.at != payload.len() {
        let rest = format!("{} bytes behind the last tensor", payload.len() - reader.at);
        return Err(Error::malformed("weights", rest, "none"));
    }
    Ok(tensors)
}

/// Bytes, and how many of them are read.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..)?.get(..length)?;
        self.at += length;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn tensor(&mut self) -> Option<(&'a [u8], Tensor<'a>)> {
        let [kind, dimensions, low, high] = self.array()?;
        let kind = match kind {
            0 => Kind::Int8,
            1 => Kind::Float32,
            2 => Kind::Uint32,
            3 => Kind::Bytes,
            _ => return None,
        };
        let dimensions = usize::from(dimensions);
        if dimensions > DIMENSIONS {
            return None;
        }
        let name = self.take(usize::from(u16::from_le_bytes([low, high])))?;
        let shape: Vec<usize> =
            (0..dimensions).map(|_| self.u32().map(|size| size as usize)).collect::<Option<_>>()?;
        let size = match kind {
            Kind::Int8 | Kind::Bytes => 1,
            Kind::Float32 | Kind::Uint32 => 4,
        };
        let length = shape.iter().try_fold(size, |product: usize, &size| product.checked_mul(size))?;
        self.take(self.at.next_multiple_of(ALIGN) - self.at)?;
        Some((name, Tensor { kind, shape, values: self.take(length)? }))
    }
}
