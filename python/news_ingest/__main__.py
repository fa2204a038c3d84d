"""`python -m news_ingest` is `ingest`."""

import os
import signal
import subprocess
import sys

from news_ingest.binary import find_ingest


def main() -> int:
    """Runs the program with the arguments of this process; where the system can, in its place."""
    try:
        command = [find_ingest(), *sys.argv[1:]]
    except FileNotFoundError as error:
        print(f"python -m news_ingest: {error}", file=sys.stderr)
        return 2
    if os.name == "posix":
        # Python ignores these, and the program would inherit that.
        for name in ("SIGPIPE", "SIGXFSZ", "SIGXFZ"):
            if number := getattr(signal, name, None):
                signal.signal(number, signal.SIG_DFL)
        os.execv(command[0], command)
    return subprocess.run(command).returncode


sys.exit(main())
