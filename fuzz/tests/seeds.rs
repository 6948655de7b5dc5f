//! The fuzz targets over their seeds, and over every way to cut and to break each seed, without a fuzzer.

use std::fs;
use std::path::Path;

#[test]
fn text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/text");
    let mut count = 0;
    for seed in fs::read_dir(&folder).expect("the seeds are kept beside this test") {
        let bytes = fs::read(seed.expect("the folder can be listed").path()).expect("a seed can be read");
        onrecord_fuzz::text(&bytes);
        for at in 0..bytes.len() {
            onrecord_fuzz::text(&bytes[..at]);
            onrecord_fuzz::text(&bytes[at..]);
            // A byte that no UTF-8 text holds.
            onrecord_fuzz::text(&[&bytes[..at], b"\xFF", &bytes[at..]].concat());
        }
        count += 1;
    }
    assert!(count > 0, "{} holds no seed", folder.display());
}
