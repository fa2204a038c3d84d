"""Which task reads what: runs of files of about the same size, or shards of folders."""

import glob
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from news_ingest.folders import File, Names, walk

# What a file costs beside its bytes: to open it takes as long as to read so many.
COST_OF_A_FILE = 4096


@dataclass(frozen=True)
class Part:
    """What one task reads: the files of a list, or the I-th of N shards of a path."""

    index: int
    count: int
    # Each ended by NUL, compressed: paths are much alike, and all of them pass through the driver.
    packed_list: bytes | None = None
    path: str | None = None
    shard: str | None = None

    @property
    def listed(self) -> bytes:
        """The paths of the list, each ended by NUL."""
        return zlib.decompress(self.packed_list) if self.packed_list else b""

    @property
    def name(self) -> str:
        """The same whenever the task is run: `part-00003-of-00100`, counted from 0."""
        return f"part-{self.index:05}-of-{self.count:05}"


def parts(paths: Iterable[str], names: Names, size: int, shards: int | None) -> list[Part]:
    """What each task reads, in the order of the paths.

    Files and what is in folders go into lists of about `size` bytes; an archive is never divided. With `shards`,
    no folder is listed here: it is read by that many tasks, each of which lists it and reads its own part.

    Raises `FileNotFoundError` for a path that does not exist.
    """
    drafts: list[dict] = []
    for run in _runs(paths, names, shards is not None):
        if isinstance(run, str):
            count = shards or 1
            drafts += [{"path": run, "shard": f"{i}/{count}"} for i in range(1, count + 1)]
        else:
            drafts += [{"packed_list": packed} for packed in _lists(run, size)]
    return [Part(index, len(drafts), **draft) for index, draft in enumerate(drafts)]


def expanded(paths: Iterable[str]) -> Iterator[str]:
    """Each path that is there, or else what it matches as a glob, by the bytes of the names."""
    for path in paths:
        if _is_remote(path) or os.path.lexists(path):
            yield path
        elif matching := sorted(glob.glob(path, recursive=True), key=os.fsencode):
            yield from matching
        else:
            raise FileNotFoundError(
                f"no such file or folder, nor does it match one as a glob: {path}"
            )


def read_list(path: str) -> list[str]:
    """The paths that a file lists, one a line."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        return [line.rstrip("\r\n") for line in lines if line.rstrip("\r\n")]


def _runs(paths: Iterable[str], names: Names, sharded: bool) -> Iterator[Sequence[File] | str]:
    """Runs of files, and between them the folders that are read in shards."""
    run: list[File] = []
    for path in paths:
        if _is_remote(path) or sharded and os.path.isdir(path):
            yield run
            yield path
            run = []
        elif os.path.isdir(path):
            run += walk(path, names)
        else:
            run.append(File(path, _size(path)))
    yield run


def _lists(files: Sequence[File], size: int) -> Iterator[bytes]:
    """The files in as many lists as their bytes ask for, each of about the same size."""
    total = sum(_cost(file) for file in files)
    count = max(1, -(-total // size))
    taken = 0
    number = 0
    listed: list[str] = []
    for file in files:
        # A file belongs to the list that its middle lies in.
        own = (taken + _cost(file) // 2) * count // total
        if own != number and listed:
            yield _packed(listed)
            listed = []
        number = own
        listed.append(file.path)
        taken += _cost(file)
    if listed:
        yield _packed(listed)


def _cost(file: File) -> int:
    return file.size + COST_OF_A_FILE


def _packed(paths: Sequence[str]) -> bytes:
    return zlib.compress(b"".join(os.fsencode(path) + b"\0" for path in paths), 1)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        # One that a list names and is not there is a finding.
        return 0


def _is_remote(path: str) -> bool:
    return "://" in path
