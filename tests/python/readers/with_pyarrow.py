"""PyArrow."""

from datetime import time, timezone

import pyarrow.json
import pyarrow.parquet

import records


def rows_of_lines(table):
    for row in table.to_pylist():
        # Days and times alike are read as times in UTC that do not say so.
        for key in records.DAYS:
            if row[key] is not None and row[key].time() == time():
                row[key] = row[key].date()
        for key in records.TIMES:
            row[key] = row[key] and row[key].replace(tzinfo=timezone.utc)
        yield row | {"extra": records.of_struct(row["extra"])}


lines = pyarrow.json.read_json("articles.jsonl", pyarrow.json.ReadOptions(block_size=1 << 30))
records.agree("articles.jsonl", lines.column_names, rows_of_lines(lines))

table = pyarrow.parquet.read_table("articles.parquet")
records.agree("articles.parquet", table.column_names, records.with_objects(table.to_pylist()))
