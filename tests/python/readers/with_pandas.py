"""pandas."""

import pandas as pd

import records

lines = pd.read_json("articles.jsonl", lines=True, dtype=False)
records.agree("articles.jsonl", lines.columns, records.of_frame(lines), times_are_text=True)

table = pd.read_parquet("articles.parquet")
records.agree("articles.parquet", table.columns, records.with_objects(records.of_frame(table)))
