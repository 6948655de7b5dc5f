//! The real `onrecord` in a folder of its own: what goes in, what comes out, and what it says when it cannot.
//!
//! Every test runs the binary through [`command::Folder`]. Snapshots hold whole outputs, so that a change of reading
//! shows as a diff that a person reads and signs.
#![cfg(test)]

/// Compares with the snapshot `name`; the snapshot holds the output and nothing of the test's code.
macro_rules! assert_snapshot {
    ($name:literal, $output:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, $output);
        })
    };
}

mod command;
mod record;
mod formats;
mod messages;
mod reference;
mod inputs;
mod outputs;
mod tables;
mod terminal;
mod determinism;
mod html;
mod people;
mod hostile;
mod articles;
mod keeping;
