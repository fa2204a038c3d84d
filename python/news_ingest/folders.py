"""The files of a folder that `ingest FOLDER` reads, in its order, so that they can be shared out."""

import bz2
import gzip
import lzma
import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import BinaryIO, NamedTuple

USUAL = ("*.md", "*.markdown", "*.txt")
ARCHIVES = (
    *(".tar", ".tgz", ".tar.gz", ".tzst", ".tar.zst", ".txz", ".tar.xz"),
    *(".tbz", ".tbz2", ".tar.bz2", ".zip"),
)
HEAD = 512


class File(NamedTuple):
    """A file with its size in bytes."""

    path: str
    size: int


class Names(NamedTuple):
    """Globs, held against names: what is read in folders, and what is left out."""

    include: Sequence[str] = USUAL
    exclude: Sequence[str] = ()

    def read(self, name: str) -> bool:
        """Whether a file so called is read for its name."""
        return any(fnmatchcase(name, glob) for glob in self.include)

    def leave_out(self, name: str) -> bool:
        """Whether a file or folder so called is passed over."""
        return name.startswith(".") or name == "__MACOSX" or any(fnmatchcase(name, glob) for glob in self.exclude)


def walk(folder: str, names: Names) -> Iterator[File]:
    """Depth first, by the bytes of the names. A folder that cannot be listed stands for itself."""
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not names.leave_out(entry.name)]
    except OSError:
        # Why not is for `ingest` to tell.
        yield File(folder, 0)
        return
    for entry in sorted(kept, key=lambda entry: os.fsencode(entry.name)):
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path, names)
        elif entry.is_file(follow_symlinks=False) and _is_read(entry, names):
            yield File(entry.path, entry.stat(follow_symlinks=False).st_size)


def _is_read(entry: os.DirEntry[str], names: Names) -> bool:
    return names.read(entry.name) or _holds_crawl_files(entry.path, entry.name, names)


def _holds_crawl_files(path: str, name: str, names: Names) -> bool:
    """Whether the file is an archive, or one compressed file that is looked for, as its first bytes tell."""
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
            if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")) or _is_tar(head):
                return True
            if _coding(head) is None:
                return False
            if name.endswith(ARCHIVES) or names.read(os.path.splitext(name)[0]):
                return True
            file.seek(0)
            return _is_tar(_unpacked(file, head))
    except (OSError, EOFError, lzma.LZMAError):
        # Why not is for `ingest` to tell.
        return True


def _coding(head: bytes) -> str | None:
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd") or head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5:
        return "zstd"
    if head.startswith(b"\xfd7zXZ\0"):
        return "xz"
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    return None


def _unpacked(file: BinaryIO, head: bytes) -> bytes:
    """The first bytes of what is compressed."""
    match _coding(head):
        case "gzip":
            return gzip.GzipFile(fileobj=file).read(HEAD)
        case "xz":
            return lzma.LZMAFile(file).read(HEAD)
        case "bzip2":
            return bz2.BZ2File(file).read(HEAD)
        case _:
            import pyarrow

            return pyarrow.CompressedInputStream(file, "zstd").read(HEAD)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar" and b"\0" in head[100:257]
