"""Columns of text that look like dates: DuckDB and PyArrow take them for dates in JSON Lines unless told their types."""

import duckdb
import pyarrow
import pyarrow.json

import records

TEXTS = ["title", "text", "category"]


def same(name, found, expected):
    if found != expected:
        raise SystemExit(f"{name}: {found}, not {expected}")


def types(table):
    known = dict(zip(table.columns, map(str, table.types)))
    return [known[key] for key in TEXTS]


def values(rows):
    return [[row[key] for key in TEXTS] for row in rows]


expected = values(records.read("articles.jsonl", times_are_text=True))

columns = ", ".join(f"{key}: 'VARCHAR'" for key in TEXTS)
same("DuckDB", types(duckdb.sql("from read_json('articles.jsonl', sample_size=-1)")), ["DATE", "DATE", "TIME"])
told = duckdb.sql(f"from read_json('articles.jsonl', columns={{{columns}}})")
same("DuckDB, told", [list(row) for row in told.fetchall()], expected)
same("DuckDB, Parquet", types(duckdb.sql("from 'articles.parquet'")), ["VARCHAR"] * 3)

options = pyarrow.json.ReadOptions(block_size=1 << 30)
guessed = pyarrow.json.read_json("articles.jsonl", options).schema
same("PyArrow", [str(guessed.field(key).type) for key in TEXTS], ["timestamp[s]", "timestamp[s]", "string"])
schema = pyarrow.schema([(key, pyarrow.string()) for key in TEXTS])
told = pyarrow.json.read_json("articles.jsonl", options, pyarrow.json.ParseOptions(explicit_schema=schema))
same("PyArrow, told", values(told.to_pylist()), expected)
print(f"dated: {len(expected)} records agree")
