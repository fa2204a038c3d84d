"""The time of one job on a local Spark cluster: with the data source, and as one would write it in PySpark alone.

    spark.py FOLDER [RUNS]

Both read every crawl file in FOLDER, verify each text by its hash, and count the rows and the characters of their texts.
The job in PySpark alone needs PyYAML and its C loader; where YAML refuses a file, so does it.
"""

import glob
import hashlib
import html
import os
import re
import sys
import time
from pathlib import Path

import yaml
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from news_ingest.spark import NewsDataSource


class Strings(yaml.CSafeLoader):
    """Keeps every scalar a string: 014 stays 014."""


Strings.yaml_implicit_resolvers = {}
AUTHOR = re.compile(r"author: (.*?)\npublished_at", re.S)


def article(file):
    """One record of a path and its bytes, or none."""
    path, content = file
    try:
        _, front, body = content.decode().split("---\n", 2)
        front = AUTHOR.sub(lambda m: f'author: "{" ".join(m[1].split())}"\npublished_at', front)
        record = yaml.load(front, Loader=Strings)
        _, _, rest = body.partition("\n\n---\n\n")
        text = html.unescape(rest.rpartition("\n\n---\n\n*Crawled at: ")[0].strip())
        if hashlib.sha256(text.encode()).hexdigest() != record["content_hash"]:
            return []
        fields = {key: html.unescape(value or "") for key, value in record.items()}
        return [(fields["id"], fields["title"], fields["publisher"], text, path)]
    except (ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        return []


def of_pyspark_alone(spark, folder):
    files = spark.sparkContext.binaryFiles(folder, minPartitions=4)
    return files.flatMap(article).toDF("id string, title string, publisher string, text string, path string")


def of_pyspark_that_opens_files(spark, folder):
    """Kinder: `binaryFiles` has Hadoop start a process for each file that it lists, where its native library is missing."""
    paths = sorted(glob.glob(f"{folder}/**/*.*", recursive=True))
    files = spark.sparkContext.parallelize(paths, 4).map(lambda path: (path, Path(path).read_bytes()))
    return files.flatMap(article).toDF("id string, title string, publisher string, text string, path string")


def of_the_data_source(spark, folder):
    return spark.read.format("news").load(folder)


def of_its_five_columns(spark, folder):
    return spark.read.format("news").option("fields", "id,title,publisher,text,path").load(folder)


def main():
    folder, runs = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.hadoop.mapreduce.input.fileinputformat.input.dir.recursive", "true")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.dataSource.register(NewsDataSource)
    # Both executors are up before anything is timed.
    spark.range(1000, numPartitions=8).count()
    for run in range(runs):
        for job in (of_the_data_source, of_its_five_columns, of_pyspark_that_opens_files, of_pyspark_alone):
            start = time.perf_counter()
            rows, characters = job(spark, folder).agg(f.count("*"), f.sum(f.length("text"))).first()
            seconds = time.perf_counter() - start
            print(f"run {run + 1}: {job.__name__}: {rows} rows, {characters} characters, {seconds:.2f} s", flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
