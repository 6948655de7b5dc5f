//! The model that is part of this library.
//!
//! In: nothing. Out: an encoder, made once in a process. The weights come from `models/`, where their card tells what
//! they were trained on. It never gives one whose sum is not the one written here. Next: `encoding.rs`.

use std::sync::{Arc, LazyLock};

use onrecord_kernel::{Cpu, Model};

use super::{Encoder, encoding};

static FILE: &[u8] = include_bytes!("../../../../models/en-3.model");

/// What the file calls itself.
const NAME: &str = "en-3";
/// The sha256 of the weights, which the file's header must state and its bytes must have.
const SHA256: &str = "1a34b799bb61fddb050d7c72bb80bbabb4aabb1df64083eac4e4b6011a309a98";

static SHIPPED: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(shipped_on(Cpu::detect())));

/// The shipped model on the fastest path of this processor.
pub fn shipped() -> Arc<Encoder> {
    Arc::clone(&SHIPPED)
}

/// [`Encoder::id`] of the shipped model, without unpacking it.
///
/// ```
/// use onrecord::encode;
///
/// assert_eq!(encode::shipped_id(), encode::shipped().id());
/// ```
pub fn shipped_id() -> String {
    encoding::id(NAME, SHA256)
}

/// The shipped model on a path of choice. All give the same bits.
///
/// # Panics
///
/// If the library was built with other weights than it was written for.
pub fn shipped_on(cpu: Cpu) -> Encoder {
    let model = Model::read(FILE, cpu).expect("a test reads the shipped model");
    assert_eq!(model.sha256(), SHA256, "the shipped weights are those that were measured");
    Encoder::new(model).expect("a test reads the shipped vocabulary")
}
