//! What did people annotate? One module for each corpus.
//!
//! In: a folder under the data folder. Out: articles with their gold attributions, in order of their names.
//! It never opens a split that is held out. Read on in [`crate::prediction`].

pub mod polnear;
pub mod people;
pub mod crossner;
pub mod gum;
pub mod gap;
pub mod timed;
pub mod wikiwars;
pub mod meantime;
pub mod recognizers;
pub mod counterfactual;
pub mod causal;
mod csv;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Attribution, Error};

/// The folder of all corpora, given the value of `ONRECORD_DATA`.
///
/// # Errors
///
/// When there is no value.
pub fn folder(onrecord_data: Option<OsString>) -> Result<PathBuf, Error> {
    let named = onrecord_data.filter(|value| !value.is_empty());
    named.map(PathBuf::from).ok_or_else(Error::no_data)
}

/// An article with what an annotator marked in it.
#[derive(Clone, Debug)]
pub struct Article {
    /// The file name of the text, without its ending.
    pub name: String,
    /// The text, with every character kept.
    pub text: String,
    /// What was marked, in order of position, as it was marked: nothing is checked or mended yet.
    pub gold: Vec<Attribution>,
    /// What the corpus says of the article itself.
    pub about: About,
}

/// What the corpus says of an article. Fields that it leaves empty or gives as `None` are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Who published it.
    pub publisher: Option<String>,
    /// The publication date.
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
}

/// The text of a file.
fn open(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|cause| Error::io("read", path, cause))
}

/// A part of a corpus that may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// For writing rules and training.
    Train,
    /// For choosing between them; the committed tables are about this one.
    Dev,
}

impl Split {
    /// Its name, which is that of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Dev => "dev",
        }
    }
}
