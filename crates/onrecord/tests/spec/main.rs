//! Runs the specifications under `spec/`: Markdown files that are tests.
//!
//! In: every `.md` file below `spec/` at the root of the repository. Out: one test for each `##` heading, named
//! `quote/direct: The cue stands before`, so that `cargo test --test spec quote/direct` runs a page and
//! `cargo test --test spec 'cue stands'` a test. It never rewrites a page: a failure shows the rows that were found in
//! the form of the page, to be pasted by whoever finds them right.
//! Read on in `page` (Markdown to tests), `row` (the form of a row), `cast` (people as rows), `happening` (events, links and conditions as rows), `check` (the engine against a page).

mod page;
mod row;
mod cast;
mod happening;
mod check;
mod own;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::from_args();
    let mut trials = own::trials();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let pages = pages(&root)?;
    if pages.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} holds no page", root.display())));
    }
    for path in pages {
        let text = fs::read_to_string(&path)?;
        let name = path.strip_prefix(&root).expect("the page was found below the root").with_extension("");
        let name = name.display().to_string().replace('\\', "/");
        trials.extend(page::tests(&text).into_iter().map(|test| trial(&name, test)));
    }
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

fn trial(page: &str, test: page::Test) -> Trial {
    let place = format!("spec/{page}.md:{}", test.line);
    Trial::test(format!("{page}: {}", test.name), move || {
        let outcome = test.spec.and_then(|spec| check::check(&spec));
        outcome.map_err(|message| format!("{place}: {message}").into())
    })
}

/// The pages below `folder`, sorted, so that every run lists the tests alike.
fn pages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    Ok(pages)
}
