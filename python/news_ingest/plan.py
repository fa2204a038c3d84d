"""Which task reads what: runs of files of about the same size, or shards of folders."""

import glob
import os
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from news_ingest import listing
from news_ingest.options import Options, absolute, is_url

# What a file costs beside its bytes: to open it takes as long as to read so many.
COST_OF_A_FILE = 4096


@dataclass(frozen=True)
class Part:
    """What one task reads: the files of a list, or the I-th of N shards of a path."""

    index: int
    count: int
    # Lines of `ingest files`, compressed: paths are much alike, and all of them pass through the driver.
    packed_list: bytes | None = None
    path: str | None = None
    shard: str | None = None

    @property
    def listed(self) -> bytes:
        """The files of the list, a line of `ingest files` each."""
        return zlib.decompress(self.packed_list) if self.packed_list else b""

    @property
    def name(self) -> str:
        """The same whenever the task is run: `part-00003-of-00100`, counted from 0."""
        return f"part-{self.index:05}-of-{self.count:05}"


def parts(options: Options) -> list[Part]:
    """What each task reads, in the order of the paths, those of a list after the others.

    Files and what is in folders go into lists of about `partition_bytes`; an archive is never divided. With `shards`,
    no folder is listed here: it is read by that many tasks, each of which lists it and reads its own part.

    Raises `OSError` for a path or a list that is not there, and `IngestFailed` if the program cannot list files.
    """
    paths = list(_expanded(options.paths))
    if options.files_from:
        paths += _read_list(options.files_from)
    drafts: list[dict] = []
    for run in _runs(paths, options.shards is not None):
        if isinstance(run, str):
            count = options.shards or 1
            drafts += [{"path": run, "shard": f"{i}/{count}"} for i in range(1, count + 1)]
        else:
            with listing.listed(run, options.selection, options.ingest) as files:
                drafts += [{"packed_list": packed} for packed in _lists(files, options.partition_bytes)]
    return [Part(index, len(drafts), **draft) for index, draft in enumerate(drafts)]


def _expanded(paths: Iterable[str]) -> Iterator[str]:
    """Each path that is there, or else what it matches as a glob, by the bytes of the names."""
    for path in paths:
        if is_url(path) or os.path.lexists(path):
            yield path
        elif matching := sorted(glob.glob(path, recursive=True), key=os.fsencode):
            yield from matching
        else:
            raise FileNotFoundError(
                f"no such file or folder, nor does it match one as a glob: {path}"
            )


def _read_list(path: str) -> list[str]:
    """The paths that a file lists, one a line, each of them absolute."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        listed = (line.removesuffix("\n").removesuffix("\r") for line in lines)
        return [absolute(path) for path in listed if path]


def _runs(paths: Iterable[str], sharded: bool) -> Iterator[list[str] | str]:
    """Runs of paths, and between them the folders that are read in shards, and URLs."""
    run: list[str] = []
    for path in paths:
        if is_url(path) or sharded and os.path.isdir(path):
            if run:
                yield run
            yield path
            run = []
        else:
            run.append(path)
    if run:
        yield run


def _lists(files: IO[bytes], size: int) -> Iterator[bytes]:
    """The lines of `files` in as many lists as the bytes of the files ask for, each of about the same size."""
    costs = array("q", (listing.size(line) + COST_OF_A_FILE for line in files))
    files.seek(0)
    total = sum(costs)
    count = max(1, -(-total // size))
    taken = 0
    number = 0
    lines: list[bytes] = []
    for line, cost in zip(files, costs):
        # A file belongs to the list that its middle lies in.
        own = (taken + cost // 2) * count // total
        if own != number and lines:
            yield _packed(lines)
            lines = []
        number = own
        lines.append(line)
        taken += cost
    if lines:
        yield _packed(lines)


def _packed(lines: list[bytes]) -> bytes:
    return zlib.compress(b"".join(lines), 1)
