"""One task: `ingest` as a process of its own, and what it writes as Arrow record batches."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

import pyarrow

from news_ingest.binary import IngestFailed, ending, find_ingest
from news_ingest.plan import Part


@dataclass(frozen=True)
class Job:
    """What is the same for every task: the keys that are kept, flags, where rejected files are listed, the program."""

    fields: Sequence[str]
    flags: Sequence[str] = field(default=())
    rejects: str | None = None
    ingest: str | None = None

    def command(self, part: Part) -> list[str]:
        """The command line that reads this part."""
        command = [find_ingest(self.ingest), "--isolated", "--exit-zero", "-qq", "--to", "arrow"]
        command += ["--fields", ",".join(self.fields), *self.flags]
        if self.rejects:
            command += ["--rejects", os.path.join(self.rejects, f"{part.name}.jsonl")]
        if part.path is None:
            return [*command, "--files-from", "-", "--as-found"]
        return [*command, "--shard", part.shard or "1/1", "--", part.path]


def read(job: Job, part: Part) -> Iterator[pyarrow.RecordBatch]:
    """The records of a part, in order, a batch of some thousands of rows with the columns `job.fields` each.

    What `ingest` finds goes to stderr once it has ended. Raises `IngestFailed` if it could not do its work.
    """
    if job.rejects:
        os.makedirs(job.rejects, exist_ok=True)
    # Files, not pipes, so that neither process ever waits for the other one's list or findings.
    with TemporaryFile() as listed, TemporaryFile() as said:
        listed.write(part.listed)
        listed.seek(0)
        command = job.command(part)
        process = subprocess.Popen(command, stdin=listed, stdout=subprocess.PIPE, stderr=said)
        assert process.stdout
        try:
            broken = yield from _batches(process.stdout)
            status = process.wait()
        finally:
            # Where the reader goes away early, as for LIMIT.
            process.kill()
            process.wait()
            process.stdout.close()
        if status or broken:
            how = ending(status) if status else f"wrote a stream that breaks off: {broken}"
            raise IngestFailed.of(command, how, said)
        said.seek(0)
        shutil.copyfileobj(said, sys.stderr.buffer)
        sys.stderr.flush()


def _batches(stream: IO[bytes]) -> Iterator[pyarrow.RecordBatch]:
    """The batches of a stream; gives back how it is broken, if it is: what the process says comes first."""
    try:
        with pyarrow.ipc.open_stream(stream) as batches:
            yield from batches
    except (pyarrow.ArrowInvalid, OSError) as error:
        return error
    return None
