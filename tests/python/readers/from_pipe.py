"""Reads an Arrow stream from standard input, with DuckDB and PyArrow, DuckDB alone, Polars or PyArrow.

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


def with_duckdb_alone():
    """With DuckDB's own extension, which wants to know where in memory the stream lies."""
    import ctypes
    from pathlib import Path

    import duckdb
    import duckdb_extension_arrow

    extensions = Path(duckdb_extension_arrow.__file__).parent / "extensions"
    duckdb.execute(f"load '{extensions}/v{duckdb.__version__}/arrow.duckdb_extension'")
    stream = ctypes.create_string_buffer(sys.stdin.buffer.read())
    # Behind the stream, Python puts a zero.
    place = {"ptr": ctypes.addressof(stream), "size": len(stream) - 1}
    table = duckdb.sql(f"from scan_arrow_ipc([{place}::struct(ptr ubigint, size ubigint)])")
    rows = [dict(zip(table.columns, values)) for values in table.fetchall()]
    if "pyarrow" in sys.modules:
        sys.exit("DuckDB was not alone")
    return table.columns, rows


def with_polars():
    import polars as pl

    articles = pl.read_ipc_stream(sys.stdin.buffer)
    return articles.columns, articles.iter_rows(named=True)


def with_pyarrow():
    import pyarrow

    articles = pyarrow.ipc.open_stream(sys.stdin.buffer).read_all()
    articles.validate(full=True)
    return articles.column_names, articles.to_pylist()


readers = {
    "duckdb": with_duckdb,
    "duckdb alone": with_duckdb_alone,
    "polars": with_polars,
    "pyarrow": with_pyarrow,
}
columns, rows = readers[sys.argv[2]]()
records.agree(f"the stream in {sys.argv[2]}", columns, records.with_objects(rows))
