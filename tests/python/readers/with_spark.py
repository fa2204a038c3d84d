"""Spark, without a schema that it is given."""

from pyspark.sql import SparkSession

import records

builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")

table = spark.read.parquet("articles.parquet").toArrow()
records.agree("articles.parquet", table.column_names, records.with_objects(table.to_pylist()))
