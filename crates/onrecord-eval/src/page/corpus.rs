//! Pages with what should be found in them.
//!
//! In: the folder of corpora. Out: [`Gold`], in order of names: the pages of fundus, whose publishers' parsers give
//! text, headline and day; the pages of Readability.js, whose text is that program's own output.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;

use super::score::Shares;
use crate::Error;

/// A page and what should be found in it.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The name of the file.
    pub name: String,
    /// The page.
    pub html: Vec<u8>,
    /// The text of the article without its headline.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// The publication date.
    pub published: Option<String>,
}

/// What a parser of fundus finds.
#[derive(Deserialize)]
struct Fundus {
    body: Body,
    title: Option<String>,
    publishing_date: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    summary: Vec<String>,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    headline: Vec<String>,
    paragraphs: Vec<String>,
}

impl Fundus {
    fn text(&self) -> String {
        let sections = self.body.sections.iter();
        let lines = sections.flat_map(|section| section.headline.iter().chain(&section.paragraphs));
        self.body.summary.iter().chain(lines).map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}

/// The pages of fundus.
///
/// # Errors
///
/// When the corpus is not there or a file cannot be read.
pub fn fundus(data: &Path) -> Result<Vec<Gold>, Error> {
    let folder = data.join("html/fundus-parser-tests/tests/resources/parser/test_data");
    let mut pages = Vec::new();
    for country in names(&folder)? {
        let folder = folder.join(country);
        if !folder.is_dir() {
            continue;
        }
        let names = names(&folder)?;
        for (name, publisher) in names.iter().filter_map(|name| Some((name, name.strip_suffix(".json")?))) {
            let found: BTreeMap<String, Fundus> = json(&folder.join(name))?;
            let mut found: Vec<Fundus> = found.into_values().collect();
            let prefix = format!("{publisher}_");
            let mut own = Vec::new();
            for page in names.iter().filter(|name| name.starts_with(&prefix) && name.ends_with(".html.gz")) {
                own.push((page.trim_end_matches(".html.gz").to_owned(), unpacked(&folder.join(page))?));
            }
            pages.extend(matched(own, &mut found));
        }
    }
    Ok(pages)
}

/// The file names do not say which of a publisher's expected articles is on which page; the pages do. The pair that
/// agrees best goes first.
fn matched(mut pages: Vec<(String, Vec<u8>)>, found: &mut Vec<Fundus>) -> Vec<Gold> {
    let mut gold = Vec::new();
    let mut wholes: Vec<String> =
        pages.iter().map(|(_, html)| onrecord_intake::text_of_html(&String::from_utf8_lossy(html))).collect();
    while !pages.is_empty() && !found.is_empty() {
        let recall =
            |(page, article): (usize, usize)| Shares::new(&wholes[page], &found[article].text()).recall;
        let pairs = (0..pages.len()).flat_map(|page| (0..found.len()).map(move |article| (page, article)));
        let best =
            pairs.map(|pair| (recall(pair), pair)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, (page, article))) = best else { break };
        let (name, html) = pages.remove(page);
        wholes.remove(page);
        let fundus = found.remove(article);
        let text = fundus.text();
        gold.push(Gold { name, html, text, title: fundus.title, published: fundus.publishing_date });
    }
    gold.sort_by(|a, b| a.name.cmp(&b.name));
    gold
}

/// The pages of Readability.js.
///
/// # Errors
///
/// When the corpus is not there or is broken.
pub fn readability(data: &Path) -> Result<Vec<Gold>, Error> {
    #[derive(Deserialize)]
    struct Metadata {
        title: Option<String>,
    }
    let archive = data.join("html/mozilla-readability/mozilla-readability-test-pages.tar.gz");
    let mut folders: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for (path, bytes) in untarred(&unpacked(&archive)?) {
        let mut parts = path.rsplit('/');
        if let (Some(file), Some(page)) = (parts.next(), parts.next()) {
            folders.entry(page.to_owned()).or_default().insert(file.to_owned(), bytes);
        }
    }
    let mut pages = Vec::new();
    for (name, mut files) in folders {
        let (Some(html), Some(expected)) = (files.remove("source.html"), files.remove("expected.html"))
        else {
            continue;
        };
        let metadata = files.get("expected-metadata.json").and_then(|json| serde_json::from_slice(json).ok());
        let title = metadata.and_then(|Metadata { title }| title);
        let text = onrecord_intake::text_of_html(&String::from_utf8_lossy(&expected));
        pages.push(Gold { name, html, text, title, published: None });
    }
    Ok(pages)
}

fn names(folder: &Path) -> Result<Vec<String>, Error> {
    if !folder.is_dir() {
        return Err(Error::no_corpus("HTML", folder));
    }
    let entries = fs::read_dir(folder).map_err(|cause| Error::io("read", folder, cause))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Error> {
    let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
    let malformed =
        |cause: serde_json::Error| Error::malformed(path, cause.line(), "JSON", cause.to_string());
    serde_json::from_slice(&bytes).map_err(malformed)
}

fn unpacked(path: &Path) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(|cause| Error::io("open", path, cause))?;
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).map_err(|cause| Error::io("unpack", path, cause))?;
    Ok(bytes)
}

/// The files of a tar archive: a header of 512 bytes, then the content in blocks of 512.
fn untarred(tar: &[u8]) -> Vec<(String, Vec<u8>)> {
    const BLOCK: usize = 512;
    let field = |bytes: &[u8]| -> String {
        let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
        String::from_utf8_lossy(&bytes[..end]).trim().to_owned()
    };
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(header) = tar.get(at..at + BLOCK) {
        let Ok(size) = usize::from_str_radix(&field(&header[124..136]), 8) else { break };
        let start = at + BLOCK;
        if matches!(header[156], b'0' | 0)
            && let Some(content) = tar.get(start..start + size)
        {
            files.push((field(&header[..100]), content.to_vec()));
        }
        at = start + size.div_ceil(BLOCK) * BLOCK;
    }
    files
}
