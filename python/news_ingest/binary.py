"""Where the program `ingest` of this installation is, on whatever machine that is asked."""

import shutil
import sys
import sysconfig
from pathlib import Path

NAME = "ingest.exe" if sys.platform == "win32" else "ingest"


def find_ingest(named: str | None = None) -> str:
    """The program's path: the one that is named, or that which came with this package, or the one on the path.

    Raises `FileNotFoundError` that tells where it was looked for.
    """
    places = [Path(named)] if named else _places()
    for place in places:
        if place.is_file():
            return str(place)
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
