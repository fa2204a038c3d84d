"""What was asked for with `.option(..)` and `.load(..)`, held to what there is."""

import difflib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

KNOWN = (
    *("path", "paths", "filesFrom", "include", "exclude", "shards", "partitionBytes"),
    *("fields", "deny", "warn", "allow", "maxFileSize", "redact", "rejects", "threads", "ingest"),
    "config",
)
PARTITION_BYTES = 128 << 20
# A task has one core; the second thread reads while the first one waits for the disk.
THREADS = 2


@dataclass(frozen=True)
class Options:
    """The options, typed. Paths are absolute: a worker has another working folder than the driver."""

    paths: list[str]
    files_from: str | None
    selection: list[str]
    shards: int | None
    partition_bytes: int
    fields: list[str]
    flags: list[str]
    rejects: str | None
    ingest: str | None

    @staticmethod
    def of(given: Mapping[str, str]) -> "Options":
        """Raises `ValueError` for an option that is not known, or a value that makes no sense."""
        options = {_known(name): value for name, value in given.items()}
        paths = json.loads(options.get("paths", "[]"))
        if "path" in options:
            paths.append(options["path"])
        files_from = options.get("filesFrom")
        if not paths and not files_from:
            raise ValueError("nothing to read: `.load(PATH)`, or the option `filesFrom`")
        return Options(
            paths=[absolute(path) for path in paths],
            files_from=absolute(files_from) if files_from else None,
            selection=_selection(options),
            shards=_number(options, "shards"),
            partition_bytes=_number(options, "partitionBytes") or PARTITION_BYTES,
            fields=_words(options, "fields"),
            flags=_flags(options),
            rejects=absolute(options["rejects"]) if "rejects" in options else None,
            ingest=options.get("ingest"),
        )


def _flags(options: Mapping[str, str]) -> list[str]:
    """What is handed on to `ingest` as it is."""
    flags = [f"--threads={_number(options, 'threads') or THREADS}"]
    flags += [f"--config={absolute(options['config'])}"] if "config" in options else ["--isolated"]
    # The later one wins, as on the command line: what is said of one rule over what is said of `warnings`.
    for name in ("deny", "warn", "allow"):
        flags += [f"--{name}={word}" for word in _words(options, name)]
    flags += _selection(options)
    for name, flag in (("maxFileSize", "max-file-size"), ("redact", "redact")):
        if name in options:
            flags.append(f"--{flag}={options[name]}")
    return flags


def _selection(options: Mapping[str, str]) -> list[str]:
    """What is handed on of the names that are read."""
    globs = ((name, glob) for name in ("include", "exclude") for glob in _globs(options.get(name, "")))
    return [f"--{name}={glob}" for name, glob in globs]


def _globs(listed: str) -> list[str]:
    """The globs between commas; a comma that is escaped, or in braces or brackets, is a glob's own."""
    globs = re.findall(r"(?:\\.|\{(?:\\.|[^}])*\}|\[[^\]]+\]|[^,])+", listed)
    return [glob.strip() for glob in globs if glob.strip()]


def _known(name: str) -> str:
    """The option's own spelling: Spark takes any case."""
    by_case = {known.lower(): known for known in KNOWN}
    if known := by_case.get(name.lower()):
        return known
    nearest = difflib.get_close_matches(name.lower(), by_case, 1, 0)
    raise ValueError(f"no option is called `{name}`; the nearest is `{by_case[nearest[0]]}`")


def _words(options: Mapping[str, str], name: str) -> list[str]:
    return [word for part in options.get(name, "").split(",") if (word := part.strip())]


def _number(options: Mapping[str, str], name: str) -> int | None:
    value = options.get(name)
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise ValueError(f"the option `{name}` is a number from 1 on, not `{value}`")
    return int(value)


def absolute(path: str) -> str:
    """The path from the root, or the URL: a worker has another working folder than the driver."""
    path = path.removeprefix("file://") if path.startswith("file:///") else path
    return path if is_url(path) else os.path.join(os.getcwd(), path)


def is_url(path: str) -> bool:
    """Whether a path leads to an object store, and not to a file."""
    return re.match("[a-z][a-z0-9]*://", path) is not None
