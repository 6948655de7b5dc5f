//! Any bytes, told by their content; see [`onrecord_fuzz::intake`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::intake(bytes));
