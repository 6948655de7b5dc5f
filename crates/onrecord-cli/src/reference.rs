//! What the command says of itself: limits, completions, manual pages.
//!
//! In: the tables of limits and the flags in `args`. Out: text on standard output. No sentence about a flag or a
//! limit stands here; each stands where the thing is defined.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::{self, Args};
use crate::message::Problem;
use crate::people;

/// Every limit of the command, of intake and of the engine, in the order in which they are met.
pub(crate) fn limits() -> Result<(), Problem> {
    let own = [args::THREADS, people::BYTES];
    let limits = own.iter().chain(onrecord_intake::limits::ALL).chain(onrecord::limits::ALL);
    let limits: Vec<_> = limits.chain(onrecord_store::limits::ALL).collect();
    let code = limits.iter().map(|limit| limit.code.len()).max().unwrap_or(0);
    let value = limits.iter().map(|limit| grouped(limit.value).len()).max().unwrap_or(0);
    let unit = limits.iter().map(|limit| limit.unit.len()).max().unwrap_or(0);
    let rows = limits.iter().map(|limit| {
        let number = grouped(limit.value);
        format!("{:code$}  {number:>value$} {:unit$}  {}\n", limit.code, limit.unit, limit.why)
    });
    print(rows.collect::<String>().as_bytes())
}

/// 16777216 as `16,777,216`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Completions for `shell`.
pub(crate) fn completions(shell: Shell) -> Result<(), Problem> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "onrecord", &mut out);
    print(&out)
}

/// The manual page of `onrecord`, or of one of its commands.
pub(crate) fn man(command: Option<&str>) -> Result<(), Problem> {
    let page = match command {
        Some(name) => named(name)?,
        None => Args::command(),
    };
    let mut out = Vec::new();
    let source = concat!("onrecord ", env!("CARGO_PKG_VERSION"));
    let made = Man::new(page.version(env!("CARGO_PKG_VERSION"))).source(source).render(&mut out);
    made.map_err(|error| Problem::stdout(&error))?;
    print(&out)
}

fn named(name: &str) -> Result<clap::Command, Problem> {
    let mut all = Args::command();
    all.build();
    let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
    let unknown =
        || Problem::new(format!("no command `{name}`")).hint(format!("there are {}", names.join(", ")));
    all.find_subcommand(name).cloned().ok_or_else(unknown)
}

fn print(bytes: &[u8]) -> Result<(), Problem> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| Problem::stdout(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (16_777_216, "16,777,216")] {
            assert_eq!(grouped(number), expected);
        }
    }
}
