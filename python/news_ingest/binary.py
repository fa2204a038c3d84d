"""The program `ingest`: its place in this installation, on whatever machine that is asked, and its failure."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import IO

NAME = "ingest.exe" if sys.platform == "win32" else "ingest"
TAIL = 8192


class IngestFailed(RuntimeError):
    """The process ended otherwise than with its work done; holds how, and what it said last on stderr."""

    @classmethod
    def of(cls, command: Sequence[str], how: str, said: IO[bytes]) -> "IngestFailed":
        """The failure of a command; `said` is its stderr."""
        end = said.seek(0, os.SEEK_END)
        said.seek(max(0, end - TAIL))
        last = said.read().decode(errors="replace").strip() or "nothing"
        return cls(f"`{' '.join(command)}` {how}; it said:\n{last}")


def ending(status: int) -> str:
    """The end of a process, in words."""
    return f"ended with status {status}" if status >= 0 else f"was ended by signal {-status}"


def find_ingest(named: str | None = None) -> str:
    """The program's path: the one that is named, or that which came with this package, or the one on the path.

    Raises `FileNotFoundError` that tells where it was looked for.
    """
    places = [Path(named)] if named else _places()
    for place in places:
        if place.is_file():
            return str(place.absolute())
    if not named and (found := shutil.which(NAME)):
        return found
    where = ", ".join(map(str, places)) + ("" if named else ", and on PATH")
    raise FileNotFoundError(f"no program `{NAME}` is there: looked for {where}")


def _places() -> list[Path]:
    """Where installers put programs: of an environment, a packed environment, a user, a target folder."""
    user = sysconfig.get_preferred_scheme("user")
    folders = [
        Path(sysconfig.get_path("scripts")),
        Path(sys.executable).parent,
        Path(sysconfig.get_path("scripts", scheme=user)),
        Path(__file__).parent.parent / "bin",
    ]
    return [folder / NAME for folder in folders]
