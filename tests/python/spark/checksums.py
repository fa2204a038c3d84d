"""Checksums of records that no order changes: of every column, and of whole rows.

A row's checksum binds its columns together; the sum over all rows is the same in any order. Both sides come to them by
Python's own `json` and `datetime`, the one from lines, the other from Arrow batches that passed through Spark.
"""

import hashlib
import json
from collections import Counter
from datetime import date, datetime, timezone

DAYS = ["published_on"]
TIMES = ["published_at", "crawled_at"]
MOD = 1 << 64


def of_lines(paths, keys=None):
    """`{"rows": n, column: sum, .., "row": sum}` of the records in files of JSON Lines."""
    return total(
        of_record(json.loads(line), keys) for path in paths for line in open(path, encoding="utf-8", newline="\n")
    )


def of_record(record, keys):
    """A record read from JSON, as the one that Arrow gives."""
    for key in DAYS:
        record[key] = record[key] and date.fromisoformat(record[key])
    for key in TIMES:
        record[key] = record[key] and datetime.fromisoformat(record[key])
    return {key: record[key] for key in keys or record}


def of_row(row):
    """A row of a column of entries, with the object that JSON has."""
    if "extra" in row:
        row["extra"] = {entry["key"]: entry["value"] for entry in row["extra"]}
    return row


def of_frame(frame):
    """The same of a DataFrame, added up by its workers."""

    def summed(batches):
        import pyarrow

        rows = (of_row(row) for batch in batches for row in batch.to_pylist())
        yield pyarrow.RecordBatch.from_pylist([{"sums": json.dumps(total(rows))}])

    sums = Counter()
    for row in frame.mapInArrow(summed, "sums string").collect():
        sums.update(json.loads(row.sums))
    return {key: value if key == "rows" else value % MOD for key, value in sums.items() if sums["rows"]}


def total(rows):
    """The sums of rows, each a dict of Python's own values."""
    sums = Counter()
    for row in rows:
        canonical = {key: text(value) for key, value in row.items()}
        sums["rows"] += 1
        for key, value in canonical.items():
            sums[key] = (sums[key] + hashed(value)) % MOD
        sums["row"] = (sums["row"] + hashed(json.dumps(sorted(canonical.items())))) % MOD
    return dict(sums)


def text(value):
    """One text a value, that tells types apart too; a time is a moment, whatever its zone."""
    if isinstance(value, datetime):
        return "time " + value.astimezone(timezone.utc).isoformat()
    if isinstance(value, date):
        return "day " + value.isoformat()
    return json.dumps(value, sort_keys=True)


def hashed(value):
    return int.from_bytes(hashlib.sha256(value.encode()).digest()[:8], "big")
