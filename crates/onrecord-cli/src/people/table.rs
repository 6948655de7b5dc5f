//! A table: a header, then a row for each person.
//!
//! In: text with commas, semicolons or tabs between its fields. Out: rows. `id` and `name` must stand in the header,
//! `aliases` may, with `;` or `|` between them, and `schema` or `kind`; other columns are passed over.
#![expect(clippy::naive_bytecount, reason = "lists are short, and a library for it is not worth its place")]

use csv::{Position, ReaderBuilder, StringRecord};
use onrecord::read::people::EntityKind;
use onrecord::read::people::roster::Listed;

use super::{Broken, Row, ftm, row};

const HINT: &str = "a list begins so: `id,name,aliases`, and a row so: `q7,Ana Roz,Anna Roz; A. M. Roz`";

/// Where the columns stand.
struct Columns {
    id: usize,
    name: usize,
    aliases: Option<usize>,
    kind: Option<usize>,
    count: usize,
}

pub(super) fn rows(text: &str) -> Result<Vec<Row>, Broken> {
    let header = text.lines().find(|line| !line.trim().is_empty()).ok_or_else(|| {
        let message = "found an empty list; expected a table, Popolo JSON or FollowTheMoney JSON lines";
        Broken::new(1, message, HINT)
    })?;
    let delimiter = delimiter(header);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut columns: Option<Columns> = None;
    let mut rows = Vec::new();
    let mut line = Line { text: text.as_bytes(), at: 0, number: 1 };
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|error| Broken::new(line.number, error.to_string(), HINT))?;
        if !more {
            return Ok(rows);
        }
        let begin = line.of(record.position());
        if line.is_open_until(reader.position().byte()) {
            return Err(Broken::new(begin, "a quotation mark opens a field and none closes it", HINT));
        }
        match &columns {
            None => columns = Some(Columns::new(&record, begin)?),
            Some(columns) if record.len() != columns.count => {
                let expected = columns.count;
                let message = format!("found {} fields; expected {expected}, as in the header", record.len());
                return Err(Broken::new(begin, message, HINT));
            }
            Some(columns) => rows.extend(columns.row(&record, begin, delimiter)?),
        }
    }
}

/// The mark that stands most often in the header.
fn delimiter(header: &str) -> u8 {
    let count = |mark: u8| header.bytes().filter(|&byte| byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

impl Columns {
    fn new(header: &StringRecord, line: usize) -> Result<Columns, Broken> {
        let named = |names: &[&str]| {
            header.iter().position(|column| names.iter().any(|name| column.trim().eq_ignore_ascii_case(name)))
        };
        let (id, name) = (named(&["id"]), named(&["name"]));
        let (Some(id), Some(name)) = (id, name) else {
            let message = match (id, name) {
                (None, None) => "found no header; expected the columns `id` and `name`".to_owned(),
                (found, _) => {
                    let missing = if found.is_none() { "id" } else { "name" };
                    let all = header.iter().collect::<Vec<_>>().join(", ");
                    format!("found no column `{missing}`; there are {all}")
                }
            };
            return Err(Broken::new(line, message, HINT));
        };
        let aliases = named(&["aliases", "alias", "other_names"]);
        Ok(Columns { id, name, aliases, kind: named(&["schema", "kind"]), count: header.len() })
    }

    /// The row, unless it is neither a person nor an organization.
    fn row(&self, record: &StringRecord, line: usize, delimiter: u8) -> Result<Option<Row>, Broken> {
        let field = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default();
        let kind = match field(self.kind).trim() {
            "" => EntityKind::Person,
            schema => match ftm::kind(schema) {
                Some(kind) => kind,
                None => return Ok(None),
            },
        };
        let parts = |c: char| c == '|' || c == ';' && delimiter != b';';
        let aliases = field(self.aliases).split(parts).map(str::to_owned);
        let names = std::iter::once(field(Some(self.name)).to_owned()).chain(aliases).collect();
        row(line, Listed { id: field(Some(self.id)).to_owned(), kind, names }, HINT).map(Some)
    }
}

/// The line that the reader stands in. The reader's own count takes blank lines before a row for
/// the row's.
struct Line<'t> {
    text: &'t [u8],
    at: usize,
    number: usize,
}

impl Line<'_> {
    /// The line in which the row at `position` begins.
    fn of(&mut self, position: Option<&Position>) -> usize {
        let start = position.map_or(self.at, |position| position.byte() as usize);
        let blank = self.text[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = start + blank;
        self.number += self.text[self.at..start].iter().filter(|&&byte| byte == b'\n').count();
        self.at = start;
        self.number
    }

    /// Whether the row that begins here and goes on to `end`, the end of the table, has an odd number of quotation marks.
    fn is_open_until(&self, end: u64) -> bool {
        let row = &self.text[self.at..(end as usize).max(self.at)];
        end as usize == self.text.len() && row.iter().filter(|&&byte| byte == b'"').count() % 2 == 1
    }
}
