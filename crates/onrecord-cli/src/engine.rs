//! The engine with the model that the user asked for.
//!
//! In: `--model` and `--cpu`. Out: an engine, or what is wrong with the file. A model is data: it is checked whole
//! before anything is read with it. Read on in `read`.

use std::fs;

use onrecord::encode::{self, Encoder};
use onrecord::{Engine, kernel};

use crate::args;
use crate::message::Problem;

/// The largest model file that is opened.
const LARGEST: u64 = 1 << 30;

pub(crate) fn engine(args: &args::Model) -> Result<Engine, Problem> {
    let cpu = match &args.cpu {
        Some(name) => kernel::Cpu::named(name).map_err(|error| problem("--cpu", &error))?,
        None if args.file.is_none() => return Ok(Engine::new()),
        None => kernel::Cpu::detect(),
    };
    let Some(path) = &args.file else { return Ok(Engine::with_model(encode::shipped_on(cpu))) };
    let shown = path.display();
    let size = fs::metadata(path).map_err(|error| Problem::reading(&shown, &error))?;
    if size.is_file() && size.len() > LARGEST {
        return Err(Problem::new(format!("{shown}: {} bytes, a model has at most {LARGEST}", size.len()))
            .hint("`--model` wants a file that ends in `.model`"));
    }
    let file = fs::read(path).map_err(|error| Problem::reading(&shown, &error))?;
    let model = kernel::Model::read(&file, cpu).map_err(|error| problem(&shown, &error))?;
    let encoder = Encoder::new(model)
        .map_err(|error| Problem::new(format!("{shown}: {error}")).hint("get the file again"))?;
    Ok(Engine::with_model(encoder.with_shipped_branch()))
}

fn problem(thing: impl std::fmt::Display, error: &kernel::Error) -> Problem {
    let problem = Problem::new(format!("{thing}: {error}"));
    match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
