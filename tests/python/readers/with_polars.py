"""Polars."""

import polars as pl

import records

lines = pl.read_ndjson("articles.jsonl", infer_schema_length=None)
rows = (row | {"extra": records.of_struct(row["extra"])} for row in lines.iter_rows(named=True))
records.agree("articles.jsonl", lines.columns, rows, times_are_text=True)

table = pl.read_parquet("articles.parquet")
records.agree("articles.parquet", table.columns, records.with_objects(table.iter_rows(named=True)))
