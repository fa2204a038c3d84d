"""A data source for Apache Spark 4: archives of crawled news as a DataFrame.

    from news_ingest.spark import NewsDataSource

    spark.dataSource.register(NewsDataSource)
    articles = spark.read.format("news").load("/data/seeds")

The package has to be installed on every worker, and paths have to lead to the same files on all of them.
"""

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass

try:
    import pyarrow
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType
except ImportError as error:
    raise ImportError(
        "the data source needs PySpark 4 and PyArrow, on the workers too: "
        f"pip install 'news-ingest[spark]' ({error})"
    ) from error

from news_ingest import records
from news_ingest.options import Options
from news_ingest.plan import Part, parts
from news_ingest.task import Job, read


class NewsDataSource(DataSource):
    """The format `news`: one row an accepted article, with the columns of the record."""

    @classmethod
    def name(cls) -> str:
        """What `spark.read.format` calls it."""
        return "news"

    def schema(self) -> StructType:
        """The record's columns, or those that the option `fields` keeps."""
        return records.schema(Options.of(self.options).fields)

    def reader(self, schema: StructType) -> "NewsReader":
        """A reader of these columns: those of `schema`, or what was asked for by `.schema(..)`."""
        records.check(schema)
        return NewsReader(Options.of(self.options), schema)


class Partition(InputPartition):
    """What one task reads."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)


@dataclass
class NewsReader(DataSourceReader):
    """Shares out what there is to be read, and has `ingest` read a share in each task."""

    options: Options
    columns: StructType

    def partitions(self) -> list[Partition]:
        """A partition a task, in the order of the paths. Raises `OSError` for a path that is not there."""
        shared = parts(self.options)
        if self.options.rejects and shared:
            _refuse_others(self.options.rejects, shared[0].count)
        return [Partition(part) for part in shared]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        """The records of a partition, in order, as batches with the columns that were asked for.

        Raises `IngestFailed`, and so fails the task, if the process could not do its work.
        """
        if partition is None or partition.value is None:
            return
        job = Job(self.columns.names, self.options.flags, self.options.rejects, self.options.ingest)
        as_spark_has_it = _arrow(self.columns)
        for batch in read(job, partition.value):
            yield batch.select(self.columns.names).cast(as_spark_has_it)


def _arrow(columns: StructType) -> pyarrow.Schema:
    """The schema that Spark takes these columns in, to the names inside of lists and maps."""
    try:
        return to_arrow_schema(columns, timezone="UTC")
    except TypeError:
        # Before Spark 4.2, times were in UTC without a word.
        return to_arrow_schema(columns)


def _refuse_others(folder: str, count: int) -> None:
    """Raises `FileExistsError` if the folder lists rejected files of another reading, which would be taken for ours."""
    others = set(glob.glob(os.path.join(glob.escape(folder), "part-*-of-*.jsonl")))
    others -= {os.path.join(folder, f"{Part(index, count).name}.jsonl") for index in range(count)}
    if others:
        raise FileExistsError(f"rejected files of another reading are listed in {min(others)}")
