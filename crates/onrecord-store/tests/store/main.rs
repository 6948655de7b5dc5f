//! A record in a folder of its own: what goes in, what comes out, and what a fault does to it.
#![cfg(test)]

mod made;
mod keeping;
mod refusing;
mod views;
mod erasing;
mod faults;
mod exports;
mod columns;
mod orders;
mod plain;
