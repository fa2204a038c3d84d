//! Columns: the fixed Arrow schema of a record, and the arrays that are filled from articles.

use std::borrow::Cow;
use std::io;
use std::mem;
use std::sync::Arc;

pub use arrow_array::RecordBatch;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::OffsetBuffer;
pub use arrow_schema::SchemaRef;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, TimeUnit};
use arrow_select::concat::concat;

use crate::output::columnar::text_buffers::PIECES;
use crate::output::projection::Projection;
use crate::record::article::{Article, Author};
use crate::record::key::{Key, KeyKind, KeyValue};

/// Collects articles into columns.
pub struct Columns {
    schema: SchemaRef,
    columns: Vec<(Key, Column)>,
}

impl Columns {
    /// Creates empty columns for the keys of `projection`.
    pub fn new(projection: Projection) -> Self {
        let columns = projection.keys().map(|key| (key, Column::new(key.kind()))).collect();
        Columns { schema: schema(projection), columns }
    }

    /// Returns the size of the values of `article` in bytes.
    pub fn size_of(&self, article: &Article<'_>) -> usize {
        self.columns.iter().map(|(key, _)| size_of_value(article.value(*key))).sum()
    }

    /// Appends the values of `article`.
    ///
    /// # Panics
    /// The texts of a column have more than 2 GiB.
    pub fn append(&mut self, article: &Article<'_>) {
        self.columns.iter_mut().for_each(|(key, column)| column.append(article.value(*key)));
    }

    /// Returns the rows so far as a batch and empties the columns.
    ///
    /// # Errors
    /// The columns do not match the schema.
    pub fn take(&mut self) -> io::Result<RecordBatch> {
        let take = |(key, column): &mut (Key, Column)| match (key, column) {
            (Key::Text, Column::Text(texts)) => {
                Ok(Arc::new(mem::replace(texts, PIECES.take()).finish()) as ArrayRef)
            }
            (_, column) => column.take(),
        };
        let arrays = self.columns.iter_mut().map(take).collect::<Result<_, _>>();
        arrays.and_then(|arrays| RecordBatch::try_new(Arc::clone(&self.schema), arrays)).map_err(io_error)
    }
}

/// Returns the names and types of the columns of `projection`.
pub fn schema(projection: Projection) -> SchemaRef {
    let field = |key: Key| {
        let is_nullable = matches!(key.kind(), KeyKind::Date | KeyKind::KoreanTime | KeyKind::UtcTime);
        Field::new(key.name(), data_type(key.kind()), is_nullable)
    };
    Arc::new(Schema::new(projection.keys().map(field).collect::<Vec<_>>()))
}

/// Copies a column of `pieces`, at least one, into one array, which shares no memory with them.
///
/// # Errors
/// The texts of the column have more than 2 GiB.
pub fn joined(pieces: &[RecordBatch], index: usize) -> Result<ArrayRef, ArrowError> {
    // One array alone would be shared, with all that stands after the slice that it is.
    let nothing = pieces[0].column(index).slice(0, 0);
    let arrays = pieces.iter().map(|piece| &**piece.column(index)).chain([&*nothing]);
    concat(&arrays.collect::<Vec<_>>())
}

/// Extracts the underlying I/O error.
pub fn io_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

/// Maximum number of bytes for which a column of texts makes room before they come.
const MAX_ROOM_BYTES: usize = 64 << 10;
const UTC: &str = "UTC";
const AUTHOR: [&str; 3] = ["name", "role", "email"];
// Not a map: Hugging Face `datasets` has no type for one.
const EXTRA: [&str; 2] = ["key", "value"];

fn data_type(kind: KeyKind) -> DataType {
    match kind {
        KeyKind::Text => DataType::Utf8,
        KeyKind::Authors => DataType::List(item(&AUTHOR)),
        KeyKind::Date => DataType::Date32,
        KeyKind::KoreanTime | KeyKind::UtcTime => {
            DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()))
        }
        KeyKind::Bool => DataType::Boolean,
        KeyKind::Count => DataType::Int64,
        KeyKind::Extra => DataType::List(item(&EXTRA)),
    }
}

/// Returns the field of a list's items, which are structs of texts.
fn item(names: &[&str]) -> FieldRef {
    let fields: Vec<_> = names.iter().map(|name| Field::new(*name, DataType::Utf8, false)).collect();
    Arc::new(Field::new("element", DataType::Struct(fields.into()), false))
}

/// Returns the size of a value in bytes: its texts with their offsets, or its number.
fn size_of_value(value: KeyValue<'_>) -> usize {
    const OFFSET: usize = size_of::<i32>();
    match value {
        KeyValue::Text(text) => OFFSET + text.len(),
        KeyValue::Authors(authors) => {
            let size = |Author { name, role, email }: &Author<'_>| {
                3 * OFFSET + name.len() + role.len() + email.len()
            };
            OFFSET + authors.iter().map(size).sum::<usize>()
        }
        KeyValue::Date(_) => size_of::<i32>(),
        KeyValue::KoreanTime(_) | KeyValue::UtcTime(_) | KeyValue::Count(_) => size_of::<i64>(),
        KeyValue::Bool(_) => size_of::<bool>(),
        KeyValue::Extra(extra) => {
            let size = |(key, value): &(Cow<'_, str>, Cow<'_, str>)| 2 * OFFSET + key.len() + value.len();
            OFFSET + extra.iter().map(size).sum::<usize>()
        }
    }
}

enum Column {
    Text(StringBuilder),
    Authors(ListBuilder<3>),
    Date(Date32Builder),
    Time(TimestampMicrosecondBuilder),
    Bool(BooleanBuilder),
    Int(Int64Builder),
    Extra(ListBuilder<2>),
}

impl Column {
    fn new(kind: KeyKind) -> Self {
        match kind {
            KeyKind::Text => Column::Text(new_texts()),
            KeyKind::Authors => Column::Authors(ListBuilder::new(&AUTHOR)),
            KeyKind::Date => Column::Date(Date32Builder::with_capacity(0)),
            KeyKind::KoreanTime | KeyKind::UtcTime => Column::Time(new_times(0)),
            KeyKind::Bool => Column::Bool(BooleanBuilder::with_capacity(0)),
            KeyKind::Count => Column::Int(Int64Builder::with_capacity(0)),
            KeyKind::Extra => Column::Extra(ListBuilder::new(&EXTRA)),
        }
    }

    fn append(&mut self, value: KeyValue<'_>) {
        match (self, value) {
            (Column::Text(texts), KeyValue::Text(text)) => texts.append_value(text),
            (Column::Authors(lists), KeyValue::Authors(authors)) => {
                lists.append(authors.iter().map(|Author { name, role, email }| [*name, *role, *email]));
            }
            (Column::Date(dates), KeyValue::Date(date)) => {
                dates.append_option(date.map(|date| date.days_since_epoch()));
            }
            (Column::Time(times), KeyValue::KoreanTime(time)) => {
                times.append_option(time.map(|time| time.unix_micros()));
            }
            (Column::Time(times), KeyValue::UtcTime(time)) => {
                times.append_option(time.map(|time| time.unix_micros()));
            }
            (Column::Bool(values), KeyValue::Bool(value)) => values.append_value(*value),
            // A larger number is `invalid-field` and never comes here.
            (Column::Int(numbers), KeyValue::Count(count)) => {
                numbers.append_value(i64::try_from(*count).unwrap_or(i64::MAX));
            }
            (Column::Extra(lists), KeyValue::Extra(extra)) => {
                lists.append(extra.iter().map(|(key, value)| [&**key, &**value]));
            }
            (
                Column::Text(_)
                | Column::Authors(_)
                | Column::Date(_)
                | Column::Time(_)
                | Column::Bool(_)
                | Column::Int(_)
                | Column::Extra(_),
                _,
            ) => unreachable!("a column has the kind of its key"),
        }
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Column::Text(texts) => take_texts(texts),
            Column::Authors(lists) => lists.take()?,
            Column::Date(dates) => {
                let next = Date32Builder::with_capacity(dates.len());
                Arc::new(mem::replace(dates, next).finish())
            }
            Column::Time(times) => {
                let next = new_times(times.len());
                Arc::new(mem::replace(times, next).finish())
            }
            Column::Bool(values) => Arc::new(values.finish()),
            Column::Int(numbers) => {
                let next = Int64Builder::with_capacity(numbers.len());
                Arc::new(mem::replace(numbers, next).finish())
            }
            Column::Extra(lists) => lists.take()?,
        })
    }
}

fn new_texts() -> StringBuilder {
    StringBuilder::with_capacity(0, 0)
}

fn new_times(capacity: usize) -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::with_capacity(capacity).with_timezone(UTC)
}

/// Takes a column of texts, and makes room for as many: the next rows are about as long.
fn take_texts(texts: &mut StringBuilder) -> ArrayRef {
    let next = StringBuilder::with_capacity(texts.len(), texts.values_slice().len().min(MAX_ROOM_BYTES));
    Arc::new(mem::replace(texts, next).finish())
}

/// A column of lists of structs; each field of a struct is a text.
struct ListBuilder<const N: usize> {
    item: FieldRef,
    /// End offset of each list, after a leading 0.
    ends: Vec<i32>,
    /// Values of the items, by field.
    children: [StringBuilder; N],
    items: i32,
}

impl<const N: usize> ListBuilder<N> {
    fn new(names: &[&str; N]) -> Self {
        let children = [(); N].map(|()| new_texts());
        ListBuilder { item: item(names), ends: vec![0], children, items: 0 }
    }

    fn append<'a>(&mut self, list: impl Iterator<Item = [&'a str; N]>) {
        for item in list {
            for (values, value) in self.children.iter_mut().zip(item) {
                values.append_value(value);
            }
            self.items += 1;
        }
        self.ends.push(self.items);
    }

    fn take(&mut self) -> Result<ArrayRef, ArrowError> {
        let DataType::Struct(fields) = self.item.data_type() else {
            return Err(ArrowError::SchemaError("an item of a list is a struct".to_owned()));
        };
        let children = self.children.iter_mut().map(take_texts).collect();
        let items = StructArray::try_new(fields.clone(), children, None)?;
        let mut next_ends = Vec::with_capacity(self.ends.len());
        next_ends.push(0);
        let ends = OffsetBuffer::new(mem::replace(&mut self.ends, next_ends).into());
        self.items = 0;
        Ok(Arc::new(ListArray::try_new(Arc::clone(&self.item), ends, Arc::new(items), None)?))
    }
}
