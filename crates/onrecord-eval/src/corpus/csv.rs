//! Rows of comma-separated values (RFC 4180), as corpora of sentences have them.

/// The rows of a file, each a list of its cells; a quoted cell may hold commas, line ends and doubled marks.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_with_marks() {
        let rows = super::rows("a,\"b, \"\"c\"\"\nd\",e\r\nf,,");
        assert_eq!(rows, [vec!["a", "b, \"c\"\nd", "e"], vec!["f", "", ""]]);
    }
}
