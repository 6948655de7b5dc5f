//! One Parquet file: its schema, and its rows in groups.
//!
//! In: rows of one list. Out: a file. It depends on nothing but the rows, and holds those of one group.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use serde_json::{Map, Value};

use super::Row;
use super::column::{Column, columns};
use super::leaf::{self, Leaf, ROW};
use crate::shape::{List, Shape};

/// The file of a list.
pub(super) struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    /// The flat columns of all columns, one after the other.
    leaves: Vec<Leaf>,
    /// The bytes that wait.
    bytes: usize,
}

impl<W: Write + Send> Table<W> {
    pub(super) fn new(list: &'static List, out: W) -> io::Result<Table<W>> {
        let columns = columns(list);
        let schema = schema(list.name, &columns).map_err(io)?;
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties())).map_err(io)?;
        let leaves = columns.iter().flat_map(|column| leaf::leaves(column.shape)).collect();
        Ok(Table { writer, columns, leaves, bytes: 0 })
    }

    /// Adds a row, which waits for its group.
    pub(super) fn add(&mut self, of: &Row<'_>, place: i64, row: &Map<String, Value>) {
        let mut rest = &mut self.leaves[..];
        for column in &self.columns {
            let (own, others) = rest.split_at_mut(column.shape.leaves());
            rest = others;
            let cell = column.cell(&self.columns, of, place, row);
            self.bytes += if column.is_required() {
                leaf::present(column.shape, cell.value(), ROW, own)
            } else {
                leaf::optional(column.shape, cell.value(), ROW, own)
            };
        }
    }

    /// How many bytes wait.
    pub(super) fn waiting(&self) -> usize {
        self.bytes
    }

    /// Writes what waits.
    pub(super) fn write_group(&mut self) -> io::Result<()> {
        if self.bytes == 0 {
            return Ok(());
        }
        self.bytes = 0;
        group(&mut self.writer, &mut self.leaves).map_err(io)
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.write_group()?;
        self.writer.into_inner().map_err(io)
    }
}

fn group<W: Write + Send>(writer: &mut SerializedFileWriter<W>, leaves: &mut [Leaf]) -> Result<()> {
    let mut group = writer.next_row_group()?;
    for leaf in leaves {
        leaf.write(group.next_column()?.expect("the schema has a column for each leaf"))?;
    }
    group.close()?;
    Ok(())
}

/// Statistics of each group, by which a reader passes over it; none of each page, which cost more than they save in
/// files of this size. What wrote the file is told without a date.
fn properties() -> WriterProperties {
    let wire = KeyValue::new("onrecord".to_owned(), onrecord::wire::VERSION.to_owned());
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![wire]))
        .build()
}

fn schema(name: &str, columns: &[Column]) -> Result<TypePtr> {
    let field = |column: &Column| {
        let repetition = if column.is_required() { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        field(&column.name, column.shape, repetition)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(name).with_fields(fields).build()?))
}

/// A list has the three levels that the format's `LogicalTypes.md` asks for; its elements are never null.
fn field(name: &str, shape: Shape, repetition: Repetition) -> Result<TypePtr> {
    let plain = |physical, logical| {
        let builder = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        builder.with_logical_type(logical).build()
    };
    let built = match shape {
        Shape::Text | Shape::Word | Shape::Id(_) => plain(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Shape::Real => plain(Physical::DOUBLE, None),
        Shape::Whole => plain(Physical::INT64, None),
        Shape::Object(_) | Shape::Span(_) | Shape::Place => {
            let fields = shape.keys().map(|(key, shape)| field(key, shape, Repetition::OPTIONAL));
            let builder = Type::group_type_builder(name).with_repetition(repetition);
            builder.with_fields(fields.collect::<Result<Vec<_>>>()?).build()
        }
        Shape::List(element) => {
            let element = field("element", *element, Repetition::REQUIRED)?;
            let elements = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let elements = elements.with_fields(vec![element]).build()?;
            let builder = Type::group_type_builder(name).with_repetition(repetition);
            builder.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(elements)]).build()
        }
    };
    built.map(Arc::new)
}

/// A file that cannot be written fails as any other; what else the library says is told in its words.
fn io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}
