//! Any bytes, read as text; see [`onrecord_fuzz::text`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::text(bytes));
