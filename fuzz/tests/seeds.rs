//! The fuzz targets over their seeds, and over every way to cut and to break each seed, without a fuzzer.

use std::fs;
use std::path::Path;

#[test]
fn text() {
    over_seeds("text", onrecord_fuzz::text);
}

#[test]
fn intake() {
    over_seeds("intake", onrecord_fuzz::intake);
}

fn over_seeds(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    let mut count = 0;
    for seed in fs::read_dir(&folder).expect("the seeds are kept beside this test") {
        let bytes = fs::read(seed.expect("the folder can be listed").path()).expect("a seed can be read");
        body(&bytes);
        for at in 0..bytes.len() {
            body(&bytes[..at]);
            body(&bytes[at..]);
            // A byte that no UTF-8 text holds.
            body(&[&bytes[..at], b"\xFF", &bytes[at..]].concat());
        }
        count += 1;
    }
    assert!(count > 0, "{} holds no seed", folder.display());
}
