"""Prints how a Parquet file is laid out, as PyArrow reads its footer: one JSON object.

    layout.py FILE.parquet
"""

import json
import sys

import pyarrow.parquet

file = pyarrow.parquet.ParquetFile(sys.argv[1])
footer = file.metadata
groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
chunks = [[group.column(number) for number in range(group.num_columns)] for group in groups]


def field(field):
    return [field.name, str(field.type), "null" if field.nullable else "not null"]


def range_of(chunk):
    """The least and the greatest value, and how many are null, as the file states them."""
    if not chunk.is_stats_set:
        return None
    stated = chunk.statistics
    return [str(stated.min), str(stated.max), stated.null_count] if stated.has_min_max else [None, None, stated.null_count]


json.dump(
    {
        "created_by": footer.created_by,
        "rows": footer.num_rows,
        "columns": [field(column) for column in file.schema_arrow],
        "compression": sorted({chunk.compression for group in chunks for chunk in group}),
        "groups": [{"rows": group.num_rows, "bytes": group.total_byte_size} for group in groups],
        "dictionaries": [chunk.path_in_schema for chunk in chunks[0] if chunk.has_dictionary_page],
        "ranges": {chunk.path_in_schema: range_of(chunk) for chunk in chunks[0]},
    },
    sys.stdout,
)
