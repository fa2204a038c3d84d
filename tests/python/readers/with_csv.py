"""Compares CSV, as Python's `csv` reads it, with JSON Lines. Usage: with_csv.py FILE.csv FILE.jsonl

Prints the number of records, which are equal.
"""

import csv
import json
import sys

NESTED = ["authors", "extra"]


def expected(record):
    """The values of a record as CSV says them."""
    texts = {}
    for key, value in record.items():
        if value is None:
            texts[key] = ""
        elif isinstance(value, bool):
            texts[key] = "true" if value else "false"
        elif isinstance(value, int):
            texts[key] = str(value)
        else:
            texts[key] = value
    return texts


def main(csv_path, lines_path):
    csv.field_size_limit(1 << 24)
    with open(lines_path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    with open(csv_path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert reader.fieldnames == list(records[0]), reader.fieldnames
    assert len(rows) == len(records), (len(rows), len(records))
    for row, record in zip(rows, records):
        for key in NESTED:
            row[key] = json.loads(row[key])
        assert row == expected(record), (row, record)
    print(len(rows))


main(*sys.argv[1:])
