"""What the data source has to hold, on a real cluster of two workers; `tests/spark.rs` makes what is read.

    cluster.py FOLDER CHECK...

FOLDER has `loose/{a,b,c}` (folders of crawl files), `packed/{a,b,c}.tar.zst` (the same), `cut/b.tar.zst` (one of them cut
off), `odd` (names that promise something else) and `expected/*.jsonl`, which one local run wrote. Prints a line for each check that holds; the exit status is 1 if
one does not.
"""

import glob
import json
import os
import stat
import subprocess
import sys
import traceback
from pathlib import Path

from checksums import of_frame, of_lines
from pyspark.sql import SparkSession

from news_ingest import find_ingest
from news_ingest.spark import NewsDataSource

FOLDER = Path(sys.argv[1]).absolute()
ROOT = Path(__file__).parents[3]


def cluster():
    """Two workers on this machine, each a process with executors of its own."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["SPARK_WORKER_DIR"] = str(FOLDER / "work")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.local.dir": str(FOLDER / "scratch"),
        "spark.sql.shuffle.partitions": "2",
        # The longest wait of a machine that is busy with other tests.
        "spark.network.timeout": "600s",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addPyFile(str(Path(__file__).parent / "checksums.py"))
    spark.dataSource.register(NewsDataSource)
    return spark


def news(*paths, **options):
    """The DataFrame of these paths in FOLDER; partitions small enough for every worker to have several.

    The same article twice is no finding: that another task has it, a task cannot know.
    """
    usual = {"partitionBytes": 2 << 20, "allow": "duplicate,id-conflict"}
    reader = spark.read.format("news").options(**usual | options)
    return reader.load([str(FOLDER / path) for path in paths])


def expected(name, keys=None):
    return of_lines([FOLDER / "expected" / f"{name}.jsonl"], keys)


def same(found, wanted):
    differing = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
    assert not differing, f"other sums of {differing}: {found.get('rows')} rows, not {wanted.get('rows')}"
    assert wanted["rows"] > 0


LOOSE = ["loose/a", "loose/b", "loose/c"]
PACKED = ["packed/a.tar.zst", "packed/b.tar.zst", "packed/c.tar.zst"]


def files_are_one_local_run():
    frame = news(*LOOSE)
    assert frame.rdd.getNumPartitions() > 4
    same(of_frame(frame), expected("loose"))
    # In its order too.
    ids = [row.id for row in news(*LOOSE, fields="id").collect()]
    assert ids == [json.loads(line)["id"] for line in open(FOLDER / "expected/loose.jsonl")]


def archives_are_one_local_run():
    frame = news(*PACKED, partitionBytes=1)
    assert frame.rdd.getNumPartitions() == 3
    same(of_frame(frame), expected("packed"))
    same(of_frame(news("packed/*.zst")), expected("packed"))
    # Inside a folder they are found by their first bytes.
    same(of_frame(news("packed")), expected("packed"))


def shards_and_lists_are_one_local_run():
    frame = news(*LOOSE, shards=3)
    assert frame.rdd.getNumPartitions() == 9
    same(of_frame(frame), expected("loose"))
    listed = FOLDER / "list"
    # Relative paths are the driver's.
    listed.write_text("".join(f"{path}\n" for path in LOOSE))
    lists = spark.read.format("news").options(filesFrom=listed, allow="duplicate,id-conflict").load()
    same(of_frame(lists), expected("loose"))


def odd_files_are_one_local_run():
    wanted = sorted((FOLDER / "expected/odd-rejects.jsonl").read_text().splitlines())
    assert len(wanted) > 5
    for name, size in [("alone", 1), ("together", 1 << 30)]:
        rejects = FOLDER / f"rejects-of-odd-{name}"
        same(of_frame(news("odd", partitionBytes=size, rejects=rejects)), expected("odd"))
        listed = [line for part in rejects.iterdir() for line in part.read_text().splitlines()]
        assert sorted(listed) == wanted, listed


def rejected_files_are_listed_beside():
    wanted = sorted((FOLDER / "expected/loose-rejects.jsonl").read_text().splitlines())
    assert len(wanted) > 10
    for attempt in range(2):
        news(*LOOSE, rejects=FOLDER / "rejects", fields="id").collect()
        listed = [line for part in glob.glob(f"{FOLDER}/rejects/*") for line in open(part).read().splitlines()]
        assert sorted(listed) == wanted, f"{len(listed)} rejected, not {len(wanted)}"
    said = failure(lambda: news("loose/a", rejects=FOLDER / "rejects").collect())
    assert "rejected files of another reading are listed in" in said, said


def a_corrupt_archive_loses_only_itself():
    rejects = FOLDER / "rejects-of-cut"
    frame = news("packed/a.tar.zst", "cut/b.tar.zst", "packed/c.tar.zst", rejects=rejects)
    same(of_frame(frame), expected("cut"))
    listed = [json.loads(line) for part in glob.glob(f"{rejects}/*") for line in open(part)]
    archive = [file for file in listed if file["path"] == str(FOLDER / "cut/b.tar.zst")]
    assert [finding["rule"] for file in archive for finding in file["findings"]] == ["unreadable"], archive
    of_others = [record for record in expected_records("packed") if "/packed/b.tar.zst/" not in record["path"]]
    paths = {row.path for row in news("packed/a.tar.zst", "cut/b.tar.zst", "packed/c.tar.zst", fields="path").collect()}
    assert {record["path"] for record in of_others} < paths


def expected_records(name):
    return [json.loads(line) for line in open(FOLDER / f"expected/{name}.jsonl", encoding="utf-8")]


def columns_are_pruned():
    program = script("logs", f'echo "$@" >> {FOLDER}/said; exec {find_ingest()} "$@"')
    for frame in [
        news(*PACKED, ingest=program, fields="id,publisher"),
        spark.read.format("news")
        .schema("publisher string, id string")
        .options(ingest=program, allow="duplicate,id-conflict")
        .load(f"{FOLDER}/packed"),
    ]:
        assert sorted(frame.columns) == ["id", "publisher"]
        wanted = expected("packed", ["id", "publisher"])
        same(of_frame(frame), wanted)
    said = (FOLDER / "said").read_text().splitlines()
    assert all("--fields id,publisher " in line or "--fields publisher,id " in line for line in said), said
    said = failure(lambda: spark.read.format("news").schema("id long").load(f"{FOLDER}/packed").collect())
    assert "the column `id` is of the type `string`, not `bigint`" in said, said


def a_killed_worker_changes_nothing():
    for victim, name in [("pyspark.daemon|python", "python"), ("java", "java")]:
        flags = FOLDER / f"died-{name}"
        # Dies once, in the middle of its records, and takes the first process above it of that name along.
        program = script(
            f"dies-once-{name}",
            f"""if mkdir {flags} 2>/dev/null; then
    {find_ingest()} "$@" | head -c 100000
    pid=$PPID
    until tr '\\0' ' ' < /proc/$pid/cmdline | grep -qE '^[^ ]*({victim})'; do
        pid=$(awk '/^PPid:/ {{ print $2 }}' /proc/$pid/status)
    done
    tr '\\0' ' ' < /proc/$pid/cmdline > {flags}/victim
    kill -9 $pid
    sleep 10
fi
exec {find_ingest()} "$@" """,
        )
        same(of_frame(news(*LOOSE, ingest=program)), expected("loose"))
        assert name in (flags / "victim").read_text()


def a_crash_fails_the_task_with_its_stderr():
    program = script("crashes", f'{find_ingest()} "$@" | head -c 100000; echo "out of luck" >&2; kill -9 $$')
    said = failure(lambda: news(*PACKED, ingest=program).collect())
    assert "was ended by signal 9; it said:" in said and "out of luck" in said, said
    program = script("breaks", f'{find_ingest()} "$@" | head -c 100000')
    said = failure(lambda: news(*PACKED, ingest=program).collect())
    assert "wrote a stream that breaks off" in said, said


def what_is_wrong_is_told():
    for message, attempt in [
        ("no option is called `deyn`; the nearest is `deny`", lambda: news("packed", deyn="warnings")),
        ("no such file or folder, nor does it match one as a glob", lambda: news("gone").collect()),
        ("the option `shards` is a number from 1 on, not `0`", lambda: news("packed", shards=0).collect()),
        ("no key of the record is called `titel`", lambda: news("packed", fields="titel")),
        ("`--deny`: no rule is called `duplicat`; did you mean `duplicate`?", lambda: news("packed", deny="duplicat").collect()),
        ("invalid value '[' for '--include <GLOB>'", lambda: news("packed", include="[").collect()),
        ("no program `ingest` is there: looked for /gone", lambda: news("packed", ingest="/gone").collect()),
    ]:
        said = failure(attempt)
        assert message in said, said


def levels_and_limits_are_handed_on():
    rows = set()
    for options in [
        {"deny": "warnings", "allow": "duplicate"},
        {"warn": "hash-mismatch,missing-field"},
        {"max-file-size": "4000"},
        {"redact": "emails"},
        {"exclude": "*.txt,0003"},
        {"include": "*.txt"},
    ]:
        flags = [f"--{name}={word}" for name, words in options.items() for word in words.split(",")]
        local = FOLDER / "local.jsonl"
        ingest = [find_ingest(), "-qq", "--exit-zero", *flags, "-o", local, FOLDER / "loose/a"]
        subprocess.run(ingest, check=True)
        # In one task, which knows of the same articles as the local run does.
        usual = {"allow": "", "partitionBytes": 1 << 30} | {
            name.replace("max-file-size", "maxFileSize"): value for name, value in options.items()
        }
        found = of_frame(news("loose/a", **usual))
        same(found, of_lines([local]))
        rows.add(found["row"])
    assert len(rows) == 6
    assert news(*LOOSE).limit(3).count() == 3


def the_pipe_of_the_docs_is_one_local_run():
    blocks = (ROOT / "docs/clusters.md").read_text().split("```python\n")[1:]
    [block] = [block.split("```")[0] for block in blocks if ".pipe(" in block]
    assert "/data/seeds" in block
    names = {"spark": spark}
    exec(block.replace("/data/seeds", str(FOLDER / "loose")), names)
    wanted = {record["content_hash"] for record in expected_records("loose") if record["path"].endswith(".md")}
    found = {row.content_hash for row in names["articles"].select("content_hash").collect()}
    assert found == wanted, f"{len(found)} articles, not {len(wanted)}"


def failure(attempt):
    """What is said by an attempt that fails."""
    try:
        attempt()
    except Exception as error:
        return str(error)
    raise AssertionError("it did not fail")


def script(name, body):
    path = FOLDER / name
    # It is the tasks that it is made for, not the list that the driver asks for.
    path.write_text(f'#!/usr/bin/env bash\n[ "$1" = files ] && exec {find_ingest()} "$@"\n{body}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


if __name__ == "__main__":
    spark = cluster()
    failed = False
    for name in sys.argv[2:]:
        try:
            globals()[name]()
            print(f"{name}: holds", flush=True)
        except Exception:
            failed = True
            print(f"{name}: {traceback.format_exc()}", flush=True)
    spark.stop()
    sys.exit(failed)
