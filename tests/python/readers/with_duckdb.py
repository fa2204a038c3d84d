"""DuckDB."""

import duckdb

import records


def rows(table):
    return (dict(zip(table.columns, values)) for values in table.fetchall())


lines = duckdb.sql("from read_json('articles.jsonl', sample_size=-1)")
objects = (row | {"extra": records.of_struct(row["extra"])} for row in rows(lines))
records.agree("articles.jsonl", lines.columns, objects)

table = duckdb.sql("from 'articles.parquet'")
records.agree("articles.parquet", table.columns, records.with_objects(rows(table)))
