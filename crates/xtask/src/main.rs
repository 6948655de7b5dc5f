//! The chores of the workspace: `cargo xtask tidy`, `docs`, `news` and `torture`.
//!
//! In: the files that git tracks or would track, and what cargo says of the packages.
//! Out: a list of problems (`tidy`), the generated pages under `docs/` (`docs`), invented articles (`news`), or whether
//! a record survives what can happen to it (`torture`).
//! Never: a look at the network, or at a file that git ignores.
//! Next: `tidy/mod.rs` lists the checks; `docs/mod.rs` lists the generated pages.

#![forbid(unsafe_code)]

mod tree;
mod rust;
mod markdown;
mod tidy;
mod docs;
mod news;
mod torture;

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
    /// Print invented news as JSONL
    News {
        /// How many articles
        #[arg(long, default_value_t = 10_000)]
        count: usize,
        /// What they are made from
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Kill `onrecord add` and cut its power at random moments; nothing acknowledged may be lost
    Torture(torture::Torture),
    /// Whether one state of a disk is sound, for `torture`
    #[command(hide = true)]
    Survives(torture::Survives),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Tidy => tidy(),
        Chore::Docs { check: true } => docs::run(Mode::Check),
        Chore::Docs { check: false } => docs::run(Mode::Write),
        Chore::News { count, seed } => print_news(count, seed).map(|()| Vec::new()),
        Chore::Torture(torture) => torture::run(&torture).map(|()| Vec::new()),
        Chore::Survives(state) => torture::survives(&state).map(|()| Vec::new()),
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

fn print_news(count: usize, seed: u64) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", news::article(seed, number))?;
    }
    Ok(out.flush()?)
}

fn tidy() -> anyhow::Result<Vec<tidy::Problem>> {
    let tree = Tree::of_workspace()?;
    let mut problems = tidy::check(&tree);
    problems.extend(docs::check(&tree)?);
    problems.sort();
    Ok(problems)
}
