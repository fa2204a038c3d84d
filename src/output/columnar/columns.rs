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
use crate::output::projection::Projection;
use crate::record::key::{Key, KeyKind};

/// Collects rows into columns.
pub struct Columns {
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
}

impl Columns {
    /// Creates empty columns for the keys of `projection`.
    pub fn new(projection: Projection) -> Self {
        let (fields, columns): (Vec<_>, Vec<_>) = projection.keys().map(column).unzip();
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
    Date(Date32Builder),
    Time(TimestampMicrosecondBuilder),
    Bool(BooleanBuilder),
    Int(Int64Builder),
    List(ListColumn),
}

/// A column of lists of structs; each field of a struct is a text.
struct ListColumn {
    entry: FieldRef,
    /// End offset of each list, after a leading 0.
    ends: Vec<i32>,
    /// Values of the items, by field.
    children: Vec<StringBuilder>,
    items: i32,
}

/// Returns the Arrow field and the empty column of a key.
fn column(key: Key) -> (Field, Column) {
    let column = match key.kind() {
        KeyKind::Text => Column::Text(StringBuilder::new()),
        KeyKind::Authors => Column::List(ListColumn::new(&["name", "role", "email"])),
        KeyKind::Date => Column::Date(Date32Builder::new()),
        KeyKind::KoreanTime | KeyKind::UtcTime => Column::Time(new_times()),
        KeyKind::Bool => Column::Bool(BooleanBuilder::new()),
        KeyKind::Count => Column::Int(Int64Builder::new()),
        // Not a map: Hugging Face `datasets` has no type for one.
        KeyKind::Extra => Column::List(ListColumn::new(&["key", "value"])),
    };
    let is_nullable = matches!(column, Column::Date(_) | Column::Time(_));
    (Field::new(key.name(), column.data_type(), is_nullable), column)
}

fn new_times() -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::new().with_timezone("UTC")
}

impl Column {
    fn data_type(&self) -> DataType {
        match self {
            Column::Text(_) => DataType::Utf8,
            Column::Date(_) => DataType::Date32,
            Column::Time(_) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Column::Bool(_) => DataType::Boolean,
            Column::Int(_) => DataType::Int64,
            Column::List(ListColumn { entry, .. }) => DataType::List(Arc::clone(entry)),
        }
    }

    /// Appends the next value of `row`; `None` if that is of another kind.
    fn append(&mut self, row: &mut EncodedRow<'_>) -> Option<()> {
        match self {
            Column::Text(texts) => texts.append_value(row.text()?),
            Column::Date(dates) => {
                let date = row.number()?.map(i32::try_from).transpose();
                dates.append_option(date.ok()?);
            }
            Column::Time(times) => times.append_option(row.number()?),
            Column::Bool(values) => values.append_value(row.number()?? != 0),
            Column::Int(numbers) => numbers.append_value(row.number()??),
            Column::List(lists) => lists.append(row)?,
        }
        Some(())
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Column::Text(texts) => Arc::new(texts.finish()),
            Column::Date(dates) => Arc::new(dates.finish()),
            Column::Time(times) => Arc::new(mem::replace(times, new_times()).finish()),
            Column::Bool(values) => Arc::new(values.finish()),
            Column::Int(numbers) => Arc::new(numbers.finish()),
            Column::List(lists) => lists.take()?,
        })
    }
}

impl ListColumn {
    fn new(names: &[&str]) -> Self {
        let fields: Vec<_> = names.iter().map(|name| Field::new(*name, DataType::Utf8, false)).collect();
        let entry = Arc::new(Field::new("element", DataType::Struct(fields.into()), false));
        let children = names.iter().map(|_| StringBuilder::new()).collect();
        ListColumn { entry, ends: vec![0], children, items: 0 }
    }

    fn append(&mut self, row: &mut EncodedRow<'_>) -> Option<()> {
        for _ in 0..row.count()? {
            for values in &mut self.children {
                values.append_value(row.text()?);
            }
            self.items = self.items.checked_add(1)?;
        }
        self.ends.push(self.items);
        Some(())
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        let DataType::Struct(fields) = self.entry.data_type() else {
            return Err(ArrowError::SchemaError("an item of a list is a struct".to_owned()));
        };
        let children = self.children.iter_mut().map(|values| Arc::new(values.finish()) as ArrayRef).collect();
        let items = StructArray::try_new(fields.clone(), children, None)?;
        let ends = OffsetBuffer::new(mem::replace(&mut self.ends, vec![0]).into());
        self.items = 0;
        let entry = Arc::clone(&self.entry);
        Ok(Arc::new(ListArray::try_new(entry, ends, Arc::new(items), None)?))
    }
}
