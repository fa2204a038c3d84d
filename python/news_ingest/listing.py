"""The files that `ingest` would read, as the program itself lists them: the one who knows the rules."""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from news_ingest.binary import IngestFailed, ending, find_ingest

# Some file cannot be read, or there is none: for the task to say.
LISTED = (0, 1)


@contextmanager
def listed(paths: Iterable[str], selection: Sequence[str], ingest: str | None) -> Iterator[IO[bytes]]:
    """The lines of `ingest files --format jsonl` for these paths, in order; `selection` are flags.

    Raises `IngestFailed` if the program could not do its work.
    """
    command = [find_ingest(ingest), "files", "--isolated", "--format", "jsonl", *selection]
    command += ["--files-from", "-", "-0"]
    # Files, not pipes, so that neither process ever waits for the other one.
    with TemporaryFile() as asked, TemporaryFile() as lines, TemporaryFile() as said:
        for path in paths:
            asked.write(os.fsencode(path) + b"\0")
        asked.seek(0)
        status = subprocess.run(command, stdin=asked, stdout=lines, stderr=said).returncode
        if status not in LISTED:
            raise IngestFailed.of(command, ending(status), said)
        lines.seek(0)
        yield lines


def size(line: bytes) -> int:
    """The bytes of the file that a line lists."""
    return json.loads(line)["size"] or 0
