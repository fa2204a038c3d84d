"""One run of the program: what it writes to stdout, read while it is written, and how it ended."""

import subprocess
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import IO, TYPE_CHECKING

from news_ingest.binary import IngestFailed, ending

if TYPE_CHECKING:
    import pyarrow


class Process:
    """The program while it runs; none is left after the `with` block, whatever ends it."""

    def __init__(
        self, command: Sequence[str], stderr: IO[bytes], stdin: IO[bytes] | None = None
    ) -> None:
        """Starts the program; `stderr` is a file, not a pipe, so that neither process ever waits for the other one."""
        self._command = command
        self._stderr = stderr
        self._process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr
        )
        assert self._process.stdout
        self.stdout: IO[bytes] = self._process.stdout

    def __enter__(self) -> "Process":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Where the reader goes away early.
        self._process.kill()
        self._process.wait()
        self.stdout.close()

    @contextmanager
    def arrow(self, done: Container[int]) -> "Iterator[pyarrow.RecordBatchStreamReader]":
        """The Arrow stream on stdout; `finish` follows it. Raises `ImportError` without PyArrow."""
        import pyarrow.ipc

        broken = None
        try:
            with pyarrow.ipc.open_stream(self.stdout) as stream:
                yield stream
        except (pyarrow.ArrowInvalid, OSError) as error:
            broken = error
        self.finish(done, broken)

    def finish(self, done: Container[int], broken: object = None) -> None:
        """Waits for the end, and puts stderr back to its start.

        Raises `IngestFailed` if the status is not one of `done`, or if stdout is `broken`: the message of the program
        explains more than that of its reader.
        """
        status = self._process.wait()
        if status not in done or broken:
            how = f"wrote a stream that breaks off: {broken}" if status in done else ending(status)
            raise IngestFailed.of(self._command, how, self._stderr)
        self._stderr.seek(0)
