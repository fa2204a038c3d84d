"""Reads an Arrow stream from standard input, with DuckDB, Polars or PyArrow.

    ingest --to arrow seeds/ | from_pipe.py EXPECTED.jsonl READER
"""

import sys

import records


def with_duckdb():
    import duckdb
    import pyarrow

    articles = pyarrow.ipc.open_stream(sys.stdin.buffer)
    table = duckdb.sql("from articles")
    return table.columns, [dict(zip(table.columns, values)) for values in table.fetchall()]


def with_polars():
    import polars as pl

    articles = pl.read_ipc_stream(sys.stdin.buffer)
    return articles.columns, articles.iter_rows(named=True)


def with_pyarrow():
    import pyarrow

    articles = pyarrow.ipc.open_stream(sys.stdin.buffer).read_all()
    articles.validate(full=True)
    rows = (row | {"extra": records.of_pairs(row["extra"])} for row in articles.to_pylist())
    return articles.column_names, rows


reader = {"duckdb": with_duckdb, "polars": with_polars, "pyarrow": with_pyarrow}[sys.argv[2]]
records.agree(f"the stream in {sys.argv[2]}", *reader())
