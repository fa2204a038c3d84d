"""The command `ingest`, and a data source for Apache Spark that runs it: see `news_ingest.spark`."""

from news_ingest.binary import find_ingest

__all__ = ["find_ingest"]
