//! Columns: the fixed Arrow schema of a record, and the arrays that are filled from rows.

use std::io::{self, ErrorKind};
use std::mem;
use std::sync::Arc;

pub use arrow_array::RecordBatch;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::OffsetBuffer;
pub use arrow_schema::SchemaRef;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, TimeUnit};

use crate::output::columnar::row::EncodedRow;
use crate::output::json::projection::Projection;

/// Collects rows into columns.
pub struct Columns {
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
}

impl Columns {
    /// Creates empty columns for `fields`, or for all keys.
    pub fn new(fields: Option<Projection>) -> Self {
        let (fields, columns): (Vec<_>, Vec<_>) = Projection::kept(fields).map(column).unzip();
        Columns { schema: Arc::new(Schema::new(fields)), columns, rows: 0 }
    }

    /// The names and types of the columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Number of rows since the last [`take`](Columns::take).
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Appends a row.
    ///
    /// # Errors
    /// The values of the row do not match the columns.
    pub fn append(&mut self, mut row: EncodedRow<'_>) -> io::Result<()> {
        let fits = self.columns.iter_mut().try_for_each(|column| column.append(&mut row));
        self.rows += 1;
        fits.filter(|()| row.is_empty()).ok_or_else(|| ErrorKind::InvalidData.into())
    }

    /// Returns the rows so far as a batch and empties the columns.
    ///
    /// # Errors
    /// The columns do not match the schema.
    pub fn take(&mut self) -> io::Result<RecordBatch> {
        self.rows = 0;
        let arrays = self.columns.iter_mut().map(Column::take).collect::<Result<_, _>>();
        arrays.and_then(|arrays| RecordBatch::try_new(Arc::clone(&self.schema), arrays)).map_err(io_error)
    }
}

/// Extracts the underlying I/O error.
pub fn io_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

enum Column {
    Text(StringBuilder),
    Day(Date32Builder),
    Time(TimestampMicrosecondBuilder),
    Truth(BooleanBuilder),
    Count(Int64Builder),
    List(ListColumn),
}

/// A column of lists of structs; each field of a struct is a text.
struct ListColumn {
    entry: FieldRef,
    /// End offset of each list, after a leading 0.
    ends: Vec<i32>,
    texts: Vec<StringBuilder>,
    items: i32,
}

/// Returns the Arrow field and the empty column of a key.
fn column(key: &str) -> (Field, Column) {
    let column = match key {
        "authors" => Column::List(ListColumn::new(&["name", "role", "email"])),
        // Not a map: Hugging Face `datasets` has no type for one.
        "extra" => Column::List(ListColumn::new(&["key", "value"])),
        "published_on" => Column::Day(Date32Builder::new()),
        "published_at" | "crawled_at" => Column::Time(new_times()),
        "verified" => Column::Truth(BooleanBuilder::new()),
        "comment_count" => Column::Count(Int64Builder::new()),
        _ => Column::Text(StringBuilder::new()),
    };
    let is_nullable = matches!(column, Column::Day(_) | Column::Time(_));
    (Field::new(key, column.data_type(), is_nullable), column)
}

fn new_times() -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::new().with_timezone("UTC")
}

impl Column {
    fn data_type(&self) -> DataType {
        match self {
            Column::Text(_) => DataType::Utf8,
            Column::Day(_) => DataType::Date32,
            Column::Time(_) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Column::Truth(_) => DataType::Boolean,
            Column::Count(_) => DataType::Int64,
            Column::List(ListColumn { entry, .. }) => DataType::List(Arc::clone(entry)),
        }
    }

    /// Appends the next value of `row`; `None` if that is of another kind.
    fn append(&mut self, row: &mut EncodedRow<'_>) -> Option<()> {
        match self {
            Column::Text(texts) => texts.append_value(row.text()?),
            Column::Day(days) => {
                let day = row.number()?.map(i32::try_from).transpose();
                days.append_option(day.ok()?);
            }
            Column::Time(times) => times.append_option(row.number()?),
            Column::Truth(truths) => truths.append_value(row.number()?? != 0),
            Column::Count(counts) => counts.append_value(row.number()??),
            Column::List(many) => many.append(row)?,
        }
        Some(())
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Column::Text(texts) => Arc::new(texts.finish()),
            Column::Day(days) => Arc::new(days.finish()),
            Column::Time(times) => Arc::new(mem::replace(times, new_times()).finish()),
            Column::Truth(truths) => Arc::new(truths.finish()),
            Column::Count(counts) => Arc::new(counts.finish()),
            Column::List(many) => many.take()?,
        })
    }
}

impl ListColumn {
    fn new(texts: &[&str]) -> Self {
        let fields: Vec<_> = texts.iter().map(|text| Field::new(*text, DataType::Utf8, false)).collect();
        let entry = Arc::new(Field::new("element", DataType::Struct(fields.into()), false));
        let texts = texts.iter().map(|_| StringBuilder::new()).collect();
        ListColumn { entry, ends: vec![0], texts, items: 0 }
    }

    fn append(&mut self, row: &mut EncodedRow<'_>) -> Option<()> {
        for _ in 0..row.count()? {
            for texts in &mut self.texts {
                texts.append_value(row.text()?);
            }
            self.items = self.items.checked_add(1)?;
        }
        self.ends.push(self.items);
        Some(())
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        let DataType::Struct(fields) = self.entry.data_type() else {
            return Err(ArrowError::SchemaError("an item is some texts".to_owned()));
        };
        let texts = self.texts.iter_mut().map(|texts| Arc::new(texts.finish()) as ArrayRef).collect();
        let items = StructArray::try_new(fields.clone(), texts, None)?;
        let ends = OffsetBuffer::new(mem::replace(&mut self.ends, vec![0]).into());
        self.items = 0;
        let entry = Arc::clone(&self.entry);
        Ok(Arc::new(ListArray::try_new(entry, ends, Arc::new(items), None)?))
    }
}
