"""The record's columns as Spark types: those that Parquet and Arrow have."""

from collections.abc import Sequence

from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DateType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

_TEXT = StringType()
_PERSON = StructType([StructField(key, _TEXT, False) for key in ("name", "role", "email")])
_ENTRY = StructType([StructField(key, _TEXT, False) for key in ("key", "value")])
_TYPES: dict[str, DataType] = {
    **dict.fromkeys(
        ["id", "oid", "aid", "title", "text", "publisher", "category", "byline"], _TEXT
    ),
    "authors": ArrayType(_PERSON, containsNull=False),
    "published_on": DateType(),
    "published_at": TimestampType(),
    "crawled_at": TimestampType(),
    "url": _TEXT,
    "content_hash": _TEXT,
    "verified": BooleanType(),
    "comment_count": LongType(),
    "extra": ArrayType(_ENTRY, containsNull=False),
    "path": _TEXT,
}


def schema(fields: Sequence[str] = ()) -> StructType:
    """The columns of these keys, in the record's order, or all of them. Raises `ValueError` for another key."""
    if unknown := [key for key in fields if key not in _TYPES]:
        raise ValueError(
            f"no key of the record is called {_quoted(unknown)}; there are {_quoted(_TYPES)}"
        )
    kept = [key for key in _TYPES if key in fields or not fields]
    nullable = (DateType, TimestampType)
    return StructType(
        [StructField(key, _TYPES[key], isinstance(_TYPES[key], nullable)) for key in kept]
    )


def check(asked: StructType) -> None:
    """Raises `ValueError` unless these are columns of the record, each of its type, in any order."""
    schema(asked.names)
    for column in asked:
        own, other = _TYPES[column.name].simpleString(), column.dataType.simpleString()
        if own != other:
            raise ValueError(f"the column `{column.name}` is of the type `{own}`, not `{other}`")


def _quoted(names: Sequence[str] | dict[str, DataType]) -> str:
    return ", ".join(f"`{name}`" for name in names)
