//! The chores of the workspace: `cargo xtask tidy` and `cargo xtask docs`.
//!
//! In: the files that git tracks or would track, and what cargo says of the packages.
//! Out: a list of problems (`tidy`), or the generated pages under `docs/` (`docs`).
//! Never: a look at the network, or at a file that git ignores.
//! Next: `tidy/mod.rs` lists the checks; `docs/mod.rs` lists the generated pages.

#![forbid(unsafe_code)]

mod tree;
mod rust;
mod markdown;
mod tidy;
mod docs;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::docs::Mode;
use crate::tree::Tree;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of the onrecord workspace")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check the shape of the workspace: paths, sizes, arrows, words, shapes, specs, generated pages
    Tidy,
    /// Write the reference pages that are made from code
    Docs {
        /// Write nothing; fail when a page on disk differs from the code
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Tidy => tidy(),
        Chore::Docs { check: true } => docs::run(Mode::Check),
        Chore::Docs { check: false } => docs::run(Mode::Write),
    };
    // A closed pipe loses the list, not the verdict.
    match outcome {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            let mut out = std::io::stdout().lock();
            problems.iter().try_for_each(|problem| writeln!(out, "{problem}")).ok();
            ExitCode::from(1)
        }
        Err(error) => {
            writeln!(std::io::stderr(), "xtask: {error:#}").ok();
            ExitCode::from(2)
        }
    }
}

fn tidy() -> anyhow::Result<Vec<tidy::Problem>> {
    let tree = Tree::of_workspace()?;
    let mut problems = tidy::check(&tree);
    problems.extend(docs::check(&tree)?);
    problems.sort();
    Ok(problems)
}
