"""The records as Python's own `json` reads the lines, and what a reader made of them held against that.

A script beside this one stands for one reader. It is run in a folder with `articles.jsonl` and `articles.parquet`:

    with_READER.py EXPECTED.jsonl

It reads each the way `docs/records-and-readers.md` says, turns the values into Python's own, and calls `agree`. The exit status is 1
if anything differs.
"""

import json
import sys
from datetime import date, datetime

KEYS = (
    "id oid aid title text publisher category byline authors published_on published_at crawled_at url "
    "content_hash verified comment_count extra path"
).split()
DAYS = ["published_on"]
TIMES = ["published_at", "crawled_at"]
SHOWN = 20


def agree(name, columns, rows, times_are_text=False):
    """Ends the script unless `rows`, one dict of Python's own values each, are the expected records in their order.

    A time is a `datetime` with its zone, a day a `date`, unless the reader leaves them as the text that they are.
    """
    expected = list(read(sys.argv[1], times_are_text))
    rows = list(rows)
    differences = []
    if list(columns) != KEYS:
        differences.append(f"the columns are {list(columns)}")
    if len(rows) != len(expected) or not expected:
        differences.append(f"{len(rows)} rows, not {len(expected)}")
    for number, (row, record) in enumerate(zip(rows, expected), 1):
        for key in KEYS:
            found = row.get(key, "no such key")
            if not same(found, record[key]):
                differences.append(f"row {number}: {key} is {found!r:.200}, not {record[key]!r:.200}")
    if differences:
        sys.exit("\n".join(f"{name}: {difference}" for difference in differences[:SHOWN]))
    print(f"{name}: {len(rows)} records agree")


def read(path, times_are_text):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line)
            if list(record) != KEYS:
                sys.exit(f"{path}: the keys are {list(record)}")
            if not times_are_text:
                for key in DAYS:
                    record[key] = record[key] and date.fromisoformat(record[key])
                for key in TIMES:
                    record[key] = record[key] and datetime.fromisoformat(record[key])
            yield record


def same(found, expected):
    """Whether the values are equal and of one type: Python takes `True` for 1."""
    if type(found) is not type(expected):
        return False
    if isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[key], expected[key]) for key in found)
    if isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(found, datetime) and found.tzinfo is None:
        return False
    return found == expected


def with_objects(rows):
    """Rows of columns, with `extra` as the object that the lines have."""
    return (row | {"extra": of_entries(row["extra"])} for row in rows)


def of_frame(table):
    """Rows of a pandas frame, in Python's own values: pandas has types of its own for lists, times, and what is missing."""
    import numpy as np
    import pandas as pd

    def own(value):
        if isinstance(value, np.ndarray):
            return list(value)
        if isinstance(value, (list, dict)):
            return value
        if pd.isna(value):
            return None
        return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value

    for row in table.to_dict("records"):
        yield {key: own(value) for key, value in row.items()}


def of_entries(entries):
    """The object of a list of `{key, value}` structs."""
    keys = [entry["key"] for entry in entries]
    if len(set(keys)) != len(keys):
        sys.exit(f"a key stands twice: {keys}")
    return {entry["key"]: entry["value"] for entry in entries}


def of_struct(struct):
    """An object that a reader gives as a struct of all the keys there are. No value of `extra` is null: that is an absent one."""
    return {key: value for key, value in struct.items() if value is not None}
