"""DuckDB."""

import duckdb

import records


def rows(table):
    for values in table.fetchall():
        row = dict(zip(table.columns, values))
        yield row | {"extra": records.of_struct(row["extra"])}


lines = duckdb.sql("from read_json('articles.jsonl', sample_size=-1)")
records.agree("articles.jsonl", lines.columns, rows(lines))

table = duckdb.sql("from 'articles.parquet'")
records.agree("articles.parquet", table.columns, rows(table))
