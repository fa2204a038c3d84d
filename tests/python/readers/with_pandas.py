"""pandas."""

import pandas as pd

import records


def own(value):
    """Python's own value: pandas has types of its own for times, and for what is missing."""
    if isinstance(value, (list, dict)):
        return value
    if pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def rows(table):
    for row in table.to_dict("records"):
        yield {key: own(value) for key, value in row.items()}


lines = pd.read_json("articles.jsonl", lines=True, dtype=False)
records.agree("articles.jsonl", lines.columns, rows(lines), times_are_text=True)

table = pd.read_parquet("articles.parquet")
for column in ["authors", "extra"]:
    table[column] = table[column].map(list)
records.agree("articles.parquet", table.columns, records.with_objects(rows(table)))
