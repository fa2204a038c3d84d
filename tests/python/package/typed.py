"""A program that a type checker reads: every value has the type that it has at run time."""

from datetime import date, datetime
from typing_extensions import assert_type

import news_ingest


def main() -> None:
    articles = news_ingest.read("dump.tar.zst", fields=["id", "title"], deny="warnings", threads=2)
    for article in articles:
        assert_type(article, news_ingest.Article)
        assert_type(article["title"], str)
        assert_type(article["published_on"], date | None)
        assert_type(article["crawled_at"], datetime | None)
        assert_type(article["authors"][0]["name"], str)
        article["nonsense"]  # type: ignore[typeddict-item]
    assert_type(articles.findings[0]["line"], int)
    assert_type(articles.summary["rejected"], int)
    news_ingest.read(1)  # type: ignore[arg-type]
