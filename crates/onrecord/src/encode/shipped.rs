//! The model that is part of this library.
//!
//! In: nothing. Out: an encoder, made once in a process. The weights come from `models/`, where their card tells what
//! they were trained on. It never gives one whose sum is not the one written here. Next: `encoding.rs`.

use std::sync::{Arc, LazyLock};

use onrecord_kernel::{Branch, Cpu, Model};

use super::{Encoder, encoding};

static FILE: &[u8] = include_bytes!("../../../../models/en-3.model");
static BRANCH: &[u8] = include_bytes!("../../../../models/links-1.model");

/// What the file calls itself.
const NAME: &str = "en-3";
/// The sha256 of the weights, which the file's header must state and its bytes must have.
const SHA256: &str = "1a34b799bb61fddb050d7c72bb80bbabb4aabb1df64083eac4e4b6011a309a98";
/// The same of the branch that tells links.
const BRANCH_NAME: &str = "links-1";
const BRANCH_SHA256: &str = "3d73b39cbd7e8a68298fcb3a63f07510db3466206715b7933d4b66bf08999048";

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
    format!("{}+{}", encoding::id(NAME, SHA256), encoding::id(BRANCH_NAME, BRANCH_SHA256))
}

/// The shipped model with its branch, on a path of choice. All give the same bits.
///
/// # Panics
///
/// If the library was built with other weights than it was written for.
pub fn shipped_on(cpu: Cpu) -> Encoder {
    let encoder =
        Encoder::new(model_on(cpu)).expect("a test reads the shipped vocabulary").with_shipped_branch();
    assert_eq!(encoder.id(), shipped_id(), "the shipped weights are those that were measured");
    encoder
}

/// The shipped model alone.
///
/// # Panics
///
/// As [`shipped_on`].
pub fn model_on(cpu: Cpu) -> Model {
    let model = Model::read(FILE, cpu).expect("a test reads the shipped model");
    assert_eq!(model.sha256(), SHA256, "the shipped weights are those that were measured");
    model
}

impl Encoder {
    /// The same with the shipped branch, if it is one of its model.
    #[must_use]
    pub fn with_shipped_branch(self) -> Encoder {
        match Branch::read(BRANCH, self.model()) {
            Ok(branch) => self.with_branch(branch),
            Err(_) => self,
        }
    }
}
