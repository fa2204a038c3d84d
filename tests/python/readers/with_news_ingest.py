"""The package itself: each of its ways to read the folder `in`."""

import news_ingest

import records

# As the lines were written.
articles = news_ingest.read("in", warn=["hash-mismatch", "missing-field"])

records.agree("read", news_ingest.Article.__annotations__, articles)

table = articles.to_arrow()
table.validate(full=True)
records.agree("to_arrow", table.column_names, records.with_objects(table.to_pylist()))

rows = (row for batch in articles.batches() for row in batch.to_pylist())
records.agree("batches", table.column_names, records.with_objects(rows))

table = articles.to_polars()
records.agree("to_polars", table.columns, records.with_objects(table.iter_rows(named=True)))

table = articles.to_pandas()
records.agree("to_pandas", table.columns, records.with_objects(records.of_frame(table)))

table = articles.to_dataset()
records.agree("to_dataset", table.column_names, records.with_objects(table))
