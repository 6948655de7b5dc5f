//! `onrecord reread`: what is kept, read anew.
//!
//! In: a record and a model. Out: new rows in the place of the old, and what changed, article by article. One thread
//! reads and writes in turn: a new model is rare.

use std::fmt::Write as _;

use onrecord::wire::{Record as Wire, Text};
use onrecord_store::{Again, Given, Models, Record, Reread, Writer};
use serde_json::Value;

use super::ask::{change, print};
use crate::args;
use crate::engine::engine;
use crate::message::{Messages, Problem};
use crate::terminal;

/// Reads what is kept anew.
pub(crate) fn run(args: &args::Reread, messages: &mut Messages) -> Result<(), Problem> {
    let path = super::path(&args.record);
    let record = super::open(&args.record)?;
    let engine = engine(&args.model)?;
    let model = engine.claims(onrecord::Article::new("")).1.model;
    let numbers = record.read_by_others(model.as_deref(), args.all)?;
    let mut writer = Writer::open(&path)?;
    let (mut read, mut changed) = (0_u64, 0_u64);
    for number in numbers {
        let again = record.again(number)?;
        let given = match read_again(&engine, &again) {
            Ok(given) => given,
            Err(problem) => {
                messages.problem(&problem);
                continue;
            }
        };
        let reread = writer.replace(&again, &given)?;
        read += 1;
        changed += u64::from(!reread.quotes.is_empty() || !reread.counts.is_empty());
        print(&page(given.id(), &reread))?;
        if writer.is_due() {
            writer.commit()?;
        }
    }
    drop::<Record>(record);
    writer.finish()?;
    messages.said(path.display(), format!("{read} articles read anew, {changed} with other rows"));
    Ok(())
}

fn read_again(engine: &onrecord::Engine, again: &Again) -> Result<Given, Problem> {
    let (document, claims) = engine.claims(again.article.clone());
    let mut record = serde_json::to_value(Wire::new(&document, &claims, Text::Keep))
        .expect("the wire form has string keys and no failing value");
    if let Some(Value::Array(keys)) = record.pointer_mut("/article/inferred") {
        keys.extend(
            again
                .inferred
                .iter()
                .filter(|key| !keys.contains(&Value::from(key.as_str())))
                .map(|key| Value::from(key.as_str()))
                .collect::<Vec<_>>(),
        );
    }
    if let Some(Value::Array(warnings)) = record.get_mut("warnings") {
        let notes =
            again.notes.iter().map(|(code, message)| serde_json::json!({"code": code, "message": message}));
        let notes: Vec<Value> = notes.filter(|note| !warnings.contains(note)).collect();
        // Where nothing is said of a place, it stands before what is: that is how a first reading orders them.
        warnings.splice(0..0, notes);
    }
    let id = again.article.id.as_deref().unwrap_or_default();
    Given::new(&record.to_string(), &Models::any())
        .map_err(|refusal| Problem::new(format!("{id}: {}", refusal.message)))
}

/// What changed in one article; nothing where nothing did.
fn page(id: &str, reread: &Reread) -> String {
    if reread.quotes.is_empty() && reread.counts.is_empty() {
        return String::new();
    }
    let mut page = format!("{}\n", terminal::line(id));
    for quote in &reread.quotes {
        page.push_str(&change(quote));
    }
    for (list, before, after) in &reread.counts {
        writeln!(page, "  {list}: {before} rows, now {after}").expect("writing to a string cannot fail");
    }
    page
}
