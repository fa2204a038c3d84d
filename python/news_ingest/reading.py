"""Articles in Python: a run of the program for each reading, its JSON Lines one by one, or its Arrow stream as a table."""

import importlib
import json
import os
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from news_ingest.article import Article, Finding, Summary
from news_ingest.binary import find_ingest
from news_ingest.process import Process

if TYPE_CHECKING:
    import datasets
    import pandas
    import polars
    import pyarrow

# Rejected files are findings, not failures.
DONE = (0, 1)

NOT_ENDED = "no reading has come to its end yet: findings and totals are complete after the last article"

StrPath = str | os.PathLike[str]


class Articles:
    """The articles of some paths. Each reading is a run of its own, so they can be read again."""

    def __init__(self, options: list[str], ingest: str | None = None) -> None:
        self._options = options
        self._ingest = ingest
        self._lines: IO[bytes] | None = None
        self._findings: list[Finding] | None = None
        self._summary: Summary | None = None

    def __iter__(self) -> Iterator[Article]:
        """The records in the order of the command line, one in memory at a time.

        Values are those of JSON Lines, but `published_on` is a `date`, and `published_at` and `crawled_at` are
        `datetime` with the offset of the record. Leaving the loop early ends the program.
        Raises `IngestFailed` if the program could not do its work.
        """
        with self._run("jsonl") as process:
            broken = None
            for line in process.stdout:
                if not line.endswith(b"\n"):
                    broken = "the last line has no end"
                    break
                yield _typed(json.loads(line))
            process.finish(DONE, broken)

    def batches(self) -> "Iterator[pyarrow.RecordBatch]":
        """The records as Arrow record batches, of 4,096 rows or 4 MiB at most, one in memory at a time."""
        _package("pyarrow")
        with self._run("arrow") as process, process.arrow(DONE) as stream:
            yield from stream

    def to_arrow(self) -> "pyarrow.Table":
        """All records as a PyArrow table; `extra` is a list of `{key, value}` structs."""
        _package("pyarrow")
        with self._run("arrow") as process, process.arrow(DONE) as stream:
            return stream.read_all()

    def to_pandas(self) -> "pandas.DataFrame":
        """All records as a pandas frame, as `pandas.read_parquet` gives them."""
        _package("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> "polars.DataFrame":
        """All records as a Polars frame, as `polars.read_parquet` gives them."""
        polars = _package("polars")
        return polars.from_arrow(self.to_arrow())

    def to_dataset(self) -> "datasets.Dataset":
        """All records as a data set of Hugging Face `datasets`, in memory."""
        datasets = _package("datasets")
        return datasets.Dataset(self.to_arrow())

    @property
    def findings(self) -> list[Finding]:
        """The findings of the last reading. Raises `RuntimeError` before one has come to its end."""
        if self._summary is None or self._lines is None:
            raise RuntimeError(NOT_ENDED)
        if self._findings is None:
            self._lines.seek(0)
            # Beside findings, there is what the program says about the run.
            self._findings = [json.loads(line) for line in self._lines if line.startswith(b"{")]
        return self._findings

    @property
    def summary(self) -> Summary:
        """The totals of the last reading. Raises `RuntimeError` before one has come to its end."""
        if self._summary is None:
            raise RuntimeError(NOT_ENDED)
        return self._summary

    @contextmanager
    def _run(self, format: str) -> Iterator[Process]:
        """A run that writes this format; its findings and totals are kept if it comes to its end."""
        self._findings = self._summary = None
        with TemporaryDirectory(prefix="news_ingest") as folder, ExitStack() as files:
            summary = os.path.join(folder, "summary.json")
            command = [find_ingest(self._ingest), "--quiet", "--color=never", "--format=jsonl"]
            command += [f"--to={format}", f"--summary={summary}", *self._options]
            stderr = files.enter_context(TemporaryFile())
            with Process(command, stderr) as process:
                yield process
            with open(summary, encoding="utf-8") as totals:
                self._summary = json.load(totals)
            # Kept open as long as somebody may ask for the findings, which can be more than the memory holds.
            files.pop_all()
            self._lines = stderr
            weakref.finalize(self, stderr.close)


def read(
    *paths: StrPath,
    fields: Iterable[str] | None = None,
    files_from: StrPath | None = None,
    include: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    exclude_ids: StrPath | None = None,
    exclude_urls: StrPath | None = None,
    deny: str | Iterable[str] = (),
    warn: str | Iterable[str] = (),
    allow: str | Iterable[str] = (),
    dedup: str | None = None,
    keep: str | None = None,
    redact: str | Iterable[str] = (),
    redact_key: StrPath | None = None,
    shard: str | None = None,
    threads: int | None = None,
    max_file_size: str | int | None = None,
    config: StrPath | None = None,
    isolated: bool = False,
    args: Iterable[str] = (),
    ingest: str | None = None,
) -> Articles:
    """The articles of files, folders and archives; nothing is read before the loop or a `to_…` asks for it.

        for article in news_ingest.read("dump.tar.zst", fields=["id", "title", "text"]):
            print(article["id"], article["title"])

    Keyword arguments are the options of the command line with `_` for `-`. `deny="warnings"` makes an error of
    every rule that is a warning, and `allow` wins over it. `args` are more arguments of the command line, and `ingest` is the program, if it
    is not that of this package.
    Raises `ValueError` without a path or a list of them, and `FileNotFoundError` if there is no program.
    """
    if not paths and files_from is None:
        raise ValueError("nothing to read: give a path, or a list of paths as `files_from`")
    options: list[str] = []
    for flag, values in (
        ("include", include),
        ("exclude", exclude),
        # The later one wins.
        ("deny", deny),
        ("warn", warn),
        ("allow", allow),
    ):
        options += [f"--{flag}={value}" for value in _several(values)]
    for flag, value in (
        ("fields", None if fields is None else ",".join(_several(fields))),
        ("files-from", files_from),
        ("exclude-ids", exclude_ids),
        ("exclude-urls", exclude_urls),
        ("dedup", dedup),
        ("keep", keep),
        ("redact", ",".join(_several(redact)) or None),
        ("redact-key", redact_key),
        ("shard", shard),
        ("threads", threads),
        ("max-file-size", max_file_size),
        ("config", config),
    ):
        if value is not None:
            text = os.fspath(value) if isinstance(value, os.PathLike) else value
            options.append(f"--{flag}={text}")
    options += ["--isolated"] * isolated
    find_ingest(ingest)
    return Articles([*options, *args, "--", *(os.fspath(path) for path in paths)], ingest)


def _several(values: str | Iterable[str]) -> list[str]:
    """The values of an option: a string is one value, and not its characters."""
    return [values] if isinstance(values, str) else list(values)


def _typed(record: dict[str, Any]) -> Article:
    """The record with days and times in place of their texts."""
    if day := record.get("published_on"):
        record["published_on"] = date.fromisoformat(day)
    for key in ("published_at", "crawled_at"):
        if time := record.get(key):
            # Python 3.10 does not read `Z`.
            record[key] = datetime.fromisoformat(time.replace("Z", "+00:00"))
    return record  # type: ignore[return-value]


def _package(name: str) -> Any:
    """The package of this name. Raises `ImportError` that says what to install."""
    try:
        importlib.import_module("pyarrow.ipc")
        return importlib.import_module(name)
    except ImportError as error:
        needed = " ".join(dict.fromkeys(["pyarrow", name]))
        raise ImportError(
            f"tables need more packages: pip install {needed} (iterating over the articles needs none): {error}"
        ) from error
