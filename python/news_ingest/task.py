"""One task: `ingest` as a process of its own, and what it writes as Arrow record batches."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile

import pyarrow

from news_ingest.binary import find_ingest
from news_ingest.plan import Part
from news_ingest.process import Process


@dataclass(frozen=True)
class Job:
    """What is the same for every task: the keys that are kept, flags, where rejected files are listed, the program."""

    fields: Sequence[str]
    flags: Sequence[str] = field(default=())
    rejects: str | None = None
    ingest: str | None = None

    def command(self, part: Part) -> list[str]:
        """The command line that reads this part."""
        command = [find_ingest(self.ingest), "--exit-zero", "-qq", "--to", "arrow"]
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
        with Process(job.command(part), said, stdin=listed) as process:
            with process.arrow(done=(0,)) as batches:
                yield from batches
            shutil.copyfileobj(said, sys.stderr.buffer)
            sys.stderr.flush()
