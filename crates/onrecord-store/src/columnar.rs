//! The lists of many articles as Parquet: a file for each list, a row for each row of it.
//!
//! In: records in the wire form, one after the other. Out: [`Tables`], files whose columns are those of the tables of
//! a record, so that a question in SQL is the same. Each row begins with what tells its article. Lists and objects are
//! JSON, with the characters of their spans; the words of a source, a cue and a content stand beside it as plain text.
//! The same records give the same bytes. Rows wait in memory until a group is full, so memory does not grow with what
//! is written. Read on in [`crate::shape`].

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use crate::compact::canonical;
use crate::shape::{Kind, LISTS, List};

/// A group is written with as many rows, or as many bytes of text.
const GROUP_ROWS: usize = 20_000;
const GROUP_BYTES: usize = 16 << 20;

/// What tells the article of a row, as columns before its own.
const ARTICLE: [&str; 4] = ["publisher", "article", "text_sha256", "published"];

/// What is said of an article beside.
const OF_ARTICLE: [(&str, Form); 6] = [
    ("title", Form::Text),
    ("url", Form::Text),
    ("language", Form::Text),
    ("model", Form::Text),
    ("inferred", Form::Json),
    ("text", Form::Text),
];

/// The lists of spans whose words stand beside them, and the names of these columns.
const WORDS: [(&str, &str); 3] =
    [("source", "source_text"), ("cue", "cue_text"), ("content", "content_text")];

/// Parquet files of records, one for each list and one for the articles.
pub struct Tables<W: Write + Send> {
    /// That of the articles, then one for each list.
    tables: Vec<Table<W>>,
}

impl<W: Write + Send> Tables<W> {
    /// The names of the files, in the order in which [`Tables::new`] takes them.
    pub fn names() -> Vec<String> {
        let lists = LISTS.iter().map(|list| list.name);
        std::iter::once("articles").chain(lists).map(|name| format!("{name}.parquet")).collect()
    }

    /// Begins the files; `outs` are where each goes.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn new(outs: impl IntoIterator<Item = W>) -> std::io::Result<Tables<W>> {
        let known = ARTICLE.into_iter().map(|key| (key, Form::Text));
        let tables = std::iter::once(("articles", known.chain(OF_ARTICLE).collect()))
            .chain(LISTS.iter().map(|list| (list.name, columns_of(list))));
        let tables = tables.zip(outs).map(|((name, columns), out)| Table::new(out, name, &columns));
        Ok(Tables { tables: tables.collect::<std::io::Result<_>>()? })
    }

    /// Adds the rows of a record. What is no record has no rows.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn add(&mut self, record: &Value) -> std::io::Result<()> {
        let null = Value::Null;
        let article = |key: &str| {
            let of_record = if key == "model" { record.get(key) } else { None };
            let key = if key == "article" { "id" } else { key };
            of_record.or_else(|| record.get("article")?.get(key)).unwrap_or(&null)
        };
        let known: Vec<&Value> = ARTICLE.into_iter().map(article).collect();
        let more = OF_ARTICLE.iter().map(|(key, _)| article(key));
        let Some((articles, lists)) = self.tables.split_first_mut() else { return Ok(()) };
        articles.add(known.iter().copied().chain(more).map(value_of))?;
        for (list, table) in LISTS.iter().zip(lists) {
            let rows = record.get(list.name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for row in rows.iter().filter_map(Value::as_object) {
                table.add(known.iter().copied().map(value_of).chain(values(list, row)))?;
            }
        }
        Ok(())
    }

    /// Ends the files, and gives back what they were written to, in their order.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn finish(self) -> std::io::Result<Vec<W>> {
        self.tables.into_iter().map(Table::finish).collect()
    }
}

impl<W: Write + Send> std::fmt::Debug for Tables<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").finish_non_exhaustive()
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    Real,
    Whole,
}

/// A value on its way to a column.
enum Cell {
    Null,
    Text(String),
    Real(f64),
    Whole(i64),
}

/// The columns of a list's rows.
fn columns_of(list: &List) -> Vec<(&'static str, Form)> {
    let known = ARTICLE.into_iter().map(|key| (key, Form::Text));
    let own = list.columns.iter().flat_map(|column| {
        let form = match column.kind {
            Kind::Text => Form::Text,
            Kind::Number => Form::Real,
            Kind::Offset => Form::Whole,
            Kind::List | Kind::Mentions | Kind::Object => Form::Json,
        };
        std::iter::once((column.key, form)).chain(words_of(list, column.key).map(|name| (name, Form::Text)))
    });
    let has_span = list.columns.iter().any(|column| column.kind == Kind::Offset);
    let span = has_span.then_some(("span_text", Form::Text));
    known.chain(own).chain(span).chain([("more", Form::Json)]).collect()
}

/// The column that holds the words of a list of spans.
fn words_of(list: &List, key: &str) -> Option<&'static str> {
    let is_said = list.name == "attributions";
    WORDS.iter().find(|(own, _)| is_said && *own == key).map(|&(_, name)| name)
}

/// The values of a row, in the order of [`columns_of`] behind what tells the article.
fn values(list: &List, row: &Map<String, Value>) -> Vec<Cell> {
    let mut left = row.clone();
    let mut cells = Vec::new();
    let mut has_span = false;
    for column in list.columns {
        let value = left.remove(column.key).unwrap_or(Value::Null);
        has_span |= column.kind == Kind::Offset;
        if words_of(list, column.key).is_some() {
            let words = Cell::Text(crate::export::words(&value));
            cells.extend([value_of(&value), words]);
            continue;
        }
        cells.push(match (column.kind, &value) {
            (Kind::Number, value) => value.as_f64().map_or(Cell::Null, Cell::Real),
            (Kind::Offset, value) => value.as_i64().map_or(Cell::Null, Cell::Whole),
            (_, value) => value_of(value),
        });
    }
    if has_span {
        cells.push(left.remove("text").as_ref().map_or(Cell::Null, value_of));
    }
    cells.push(if left.is_empty() { Cell::Null } else { Cell::Text(canonical(&Value::Object(left))) });
    cells
}

/// A string as it is, nothing as nothing, all else as JSON.
fn value_of(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::String(text) => Cell::Text(text.clone()),
        other => Cell::Text(canonical(other)),
    }
}

/// One file.
struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
}

/// The values of a column that wait for their group; a level is 0 where there is none.
struct Column {
    levels: Vec<i16>,
    values: Waiting,
}

enum Waiting {
    Texts(Vec<ByteArray>),
    Reals(Vec<f64>),
    Wholes(Vec<i64>),
}

impl<W: Write + Send> Table<W> {
    fn new(out: W, name: &str, columns: &[(&'static str, Form)]) -> std::io::Result<Table<W>> {
        let fields = columns.iter().map(|&(name, form)| field(name, form).map(Arc::new));
        let fields = fields.collect::<Result<_, _>>().map_err(io)?;
        let schema = Type::group_type_builder(name).with_fields(fields).build().map_err(io)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(io)?;
        let columns = columns.iter().map(|&(_, form)| Column::new(form)).collect();
        Ok(Table { writer, columns, rows: 0, bytes: 0 })
    }

    fn add(&mut self, cells: impl IntoIterator<Item = Cell>) -> std::io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.add(cell);
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.write() } else { Ok(()) }
    }

    /// Writes what waits as a group.
    fn write(&mut self) -> std::io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(io)?;
        for column in &mut self.columns {
            let Some(mut out) = group.next_column().map_err(io)? else { break };
            let levels = Some(column.levels.as_slice());
            match &column.values {
                Waiting::Texts(texts) => out.typed::<ByteArrayType>().write_batch(texts, levels, None),
                Waiting::Reals(reals) => out.typed::<DoubleType>().write_batch(reals, levels, None),
                Waiting::Wholes(wholes) => out.typed::<Int64Type>().write_batch(wholes, levels, None),
            }
            .map_err(io)?;
            out.close().map_err(io)?;
            column.clear();
        }
        group.close().map_err(io)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<W> {
        self.write()?;
        self.writer.into_inner().map_err(io)
    }
}

impl Column {
    fn new(form: Form) -> Column {
        let values = match form {
            Form::Text | Form::Json => Waiting::Texts(Vec::new()),
            Form::Real => Waiting::Reals(Vec::new()),
            Form::Whole => Waiting::Wholes(Vec::new()),
        };
        Column { levels: Vec::new(), values }
    }

    /// Adds a value, and says how many bytes it holds.
    fn add(&mut self, cell: Cell) -> usize {
        let (level, bytes) = match (&mut self.values, cell) {
            (Waiting::Texts(texts), Cell::Text(text)) => {
                let bytes = text.len();
                texts.push(ByteArray::from(text.into_bytes()));
                (1, bytes)
            }
            (Waiting::Reals(reals), Cell::Real(real)) => {
                reals.push(real);
                (1, size_of::<f64>())
            }
            (Waiting::Wholes(wholes), Cell::Whole(whole)) => {
                wholes.push(whole);
                (1, size_of::<i64>())
            }
            _ => (0, 0),
        };
        self.levels.push(level);
        bytes
    }

    fn clear(&mut self) {
        self.levels.clear();
        match &mut self.values {
            Waiting::Texts(texts) => texts.clear(),
            Waiting::Reals(reals) => reals.clear(),
            Waiting::Wholes(wholes) => wholes.clear(),
        }
    }
}

fn field(name: &str, form: Form) -> Result<Type, ParquetError> {
    let (physical, logical) = match form {
        Form::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Form::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Form::Real => (Physical::DOUBLE, None),
        Form::Whole => (Physical::INT64, None),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build()
}

/// A file that cannot be written fails as any other; what else the library says is told in its words.
fn io(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(error) => match error.downcast() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        other => std::io::Error::other(other),
    }
}
