//! A view as CSV (RFC 4180), safe to open in a spreadsheet: no cell begins as a formula does.

use crate::sql::{Bounds, Value};
use crate::{Error, Record};

/// The views that can be written.
pub(crate) const VIEWS: &[&str] =
    &["quotes", "people", "posts_held", "sources_by_publisher", "causes", "ledger"];

pub(super) fn view<E: From<Error>>(
    record: &Record,
    view: &str,
    write: &mut impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    if !VIEWS.contains(&view) {
        let message = format!("no view `{view}`; there are {}", VIEWS.join(", "));
        return Err(Error::new(&record.path, crate::error::Kind::Query(message)).into());
    }
    let all = Bounds { rows: usize::MAX, seconds: u64::from(u32::MAX) };
    let write = std::cell::RefCell::new(write);
    let select = format!("SELECT * FROM {view}");
    record.query(
        &select,
        all,
        |names| (write.borrow_mut())(&line(names.iter().map(|name| (*name).to_owned()))),
        |row| (write.borrow_mut())(&line(row.iter().map(cell))),
    )?;
    Ok(())
}

/// Cells with commas between them and a line end behind.
pub fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A value as a cell.
pub fn cell(value: &Value<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => harmless(text),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
    }
}

/// A spreadsheet runs what begins so; with an apostrophe before it, it shows it.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(&cell(&Value::Text(text))), expected);
        check("It rained", "It rained");
        check("=1+1", "'=1+1");
        check("-3", "'-3");
        check("a, \"b\"\n", "\"a, \"\"b\"\"\n\"");
        assert_eq!(cell(&Value::Integer(-3)), "-3");
    }
}
