"""Verified articles of crawled news: `read` in Python, the command `ingest`, and `news_ingest.spark` for Apache Spark.

    import news_ingest

    for article in news_ingest.read("dump.tar.zst", fields=["id", "title", "text"]):
        print(article["id"], article["title"])
"""

from news_ingest.article import Article, Author, Finding, Summary
from news_ingest.binary import IngestFailed, find_ingest
from news_ingest.reading import Articles, read

__all__ = [
    "Article",
    "Articles",
    "Author",
    "Finding",
    "IngestFailed",
    "Summary",
    "find_ingest",
    "read",
]
