"""The types of what is read: `ingest schema` and `ingest schema finding` describe the same keys."""

from datetime import date, datetime
from typing import Literal, TypedDict


class Author(TypedDict):
    """A person whom the byline names; a part that it does not give is `""`."""

    name: str
    role: str
    email: str


class Article(TypedDict):
    """A record, with the keys in this order; with `fields`, only those keys are there."""

    id: str
    oid: str
    aid: str
    title: str
    text: str
    publisher: str
    category: str
    byline: str
    authors: list[Author]
    published_on: date | None
    published_at: datetime | None
    crawled_at: datetime | None
    url: str
    content_hash: str
    verified: bool
    comment_count: int
    extra: dict[str, str]
    path: str


class Finding(TypedDict):
    """A fault at one place of a file."""

    path: str
    line: int
    column: int
    level: Literal["error", "warning"]
    rule: str
    message: str


class _Totals(TypedDict):
    version: str
    files: int
    articles: int
    rejected: int
    left_out: int
    excluded: int
    unchanged: int
    verified: int
    warnings: int
    findings: dict[Literal["error", "warning"], dict[str, int]]
    readings: dict[str, int]
    redactions: dict[str, int]
    bytes: int
    seconds: float


class Summary(_Totals, total=False):
    """The totals of a run, as `--summary` writes them; `archive` is there if something is expected of the archive."""

    archive: dict[str, object]
