//! A folder with a file for each article, and an index where the format has one.
//!
//! In: pages and the names that they ask for. Out: files in one folder. It never writes outside of it.

use std::fs;
use std::path::{Path, PathBuf};

use super::name::{Name, Names};
use super::overwrites;
use super::writer::Writer;
use crate::args::Format;
use crate::format::{Index, Rendered};
use crate::input::Inputs;
use crate::message::{Messages, Problem};

/// A file for each article.
pub(super) struct Folder {
    path: PathBuf,
    extension: &'static str,
    names: Names,
    index: Option<Writer>,
}

impl Folder {
    /// Makes the folder where there is none.
    pub(super) fn new(path: &Path, format: Format, extension: &'static str) -> Result<Folder, Problem> {
        fs::create_dir_all(path).map_err(|error| Problem::writing(path.display(), &error))?;
        let mut names = Names::default();
        let mut index = None;
        if format == Format::Html {
            names.reserve("index");
            let mut writer = Writer::file_in_folder(&path.join("index.html"))?;
            writer.write(&Index::start())?;
            index = Some(writer);
        }
        Ok(Folder { path: path.to_owned(), extension, names, index })
    }

    /// Writes the files of one article.
    pub(super) fn write(
        &mut self,
        name: &Name,
        page: &Rendered,
        inputs: &Inputs,
        messages: &Messages,
    ) -> Result<(), Problem> {
        let wanted = name.stem();
        let stem = self.names.take(&wanted);
        if stem != wanted {
            let message = format!("written as {stem}.{}, since {wanted} is taken", self.extension);
            messages.warning(&name.place, message);
        }
        let file = format!("{stem}.{}", self.extension);
        if let Some(text) = &page.companion {
            self.write_file(&format!("{stem}.txt"), text, inputs)?;
        }
        self.write_file(&file, &page.body, inputs)?;
        match (&mut self.index, &page.entry) {
            (Some(index), Some(entry)) => index.write(&Index::entry(&file, entry)),
            _ => Ok(()),
        }
    }

    fn write_file(&self, name: &str, text: &str, inputs: &Inputs) -> Result<(), Problem> {
        let path = self.path.join(name);
        if inputs.hold(&path) {
            // Standoff beside the text it is about: the text is there already.
            let is_same = fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes());
            return if is_same { Ok(()) } else { Err(overwrites(&path)) };
        }
        let mut writer = Writer::file_in_folder(&path)?;
        writer.write(text)?;
        writer.finish()
    }

    /// Ends the index.
    pub(super) fn finish(self) -> Result<(), Problem> {
        let Some(mut index) = self.index else { return Ok(()) };
        index.write(Index::end())?;
        index.finish()
    }
}
