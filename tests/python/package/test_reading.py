"""`news_ingest.read`, from the outside: what it gives, how it ends, and what it leaves. Run from the project's folder."""

import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from unittest import mock

import news_ingest

ACCEPTED = "fixtures/accept"
REJECTED = "fixtures/reject/hash-mismatch.no-break-space.md"


def written(*arguments):
    """The records of the program itself."""
    run = subprocess.run([news_ingest.find_ingest(), "-qq", *arguments], stdout=subprocess.PIPE)
    return [json.loads(line) for line in run.stdout.splitlines()]


def children():
    """The processes that this one has started and not yet waited for."""
    stats = (Path(entry.path, "stat") for entry in os.scandir("/proc") if entry.name.isdigit())
    found = []
    for path in stats:
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == os.getpid():
            found.append(name)
    return found


class Values(unittest.TestCase):
    def test_days_and_times_are_those_of_the_record(self):
        fields = ["id", "published_on", "published_at", "crawled_at"]
        articles = list(news_ingest.read(ACCEPTED, fields=fields))
        self.assertEqual([list(article) for article in articles], [fields] * 12)
        [article] = [article for article in articles if article["id"] == "901_0000000007"]
        korea = timezone(timedelta(hours=9))
        self.assertEqual(article["published_on"], date(2024, 9, 1))
        self.assertEqual(article["published_at"], datetime(2024, 9, 1, 23, 55, tzinfo=korea))
        self.assertEqual(article["published_at"].utcoffset(), timedelta(hours=9))
        self.assertEqual(article["crawled_at"].utcoffset(), timedelta(0))

    def test_options_are_those_of_the_command_line(self):
        for keywords, arguments in [
            ({"include": "c*.md"}, ["--include", "c*.md"]),
            ({"exclude": ["c*", "[a-b]*"]}, ["--exclude", "c*", "--exclude", "[a-b]*"]),
            ({"redact": ["emails", "phones"], "threads": 1}, ["--redact", "emails,phones", "-j1"]),
            ({"shard": "1/2", "isolated": True}, ["--shard", "1/2", "--isolated"]),
            ({"args": ["--shard=2/2", "--max-file-size", "1K"]}, ["--shard=2/2", "--max-file-size=1K"]),
            ({"dedup": "id", "keep": "latest"}, ["--dedup", "id", "--keep", "latest"]),
        ]:
            ids = [article["id"] for article in news_ingest.read(ACCEPTED, **keywords)]
            self.assertEqual(ids, [record["id"] for record in written(*arguments, ACCEPTED)], keywords)
            self.assertTrue(ids, keywords)

    def test_levels_are_those_of_the_command_line(self):
        crlf = "fixtures/reject/line-endings.md"
        self.assertEqual(list(news_ingest.read(crlf, deny="warnings")), [])
        self.assertEqual(len(list(news_ingest.read(crlf, deny="warnings", allow=["line-endings"]))), 1)
        [article] = news_ingest.read(REJECTED, warn="hash-mismatch")
        self.assertFalse(article["verified"])

    def test_a_path_is_never_an_option(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "--help")
            path.write_bytes(Path(ACCEPTED, "card.md").read_bytes())
            here = os.getcwd()
            os.chdir(folder)
            try:
                self.assertEqual([a["path"] for a in news_ingest.read("--help")], ["--help"])
            finally:
                os.chdir(here)

    def test_types_have_the_keys_of_the_schemas(self):
        for kind, type_ in [("record", news_ingest.Article), ("finding", news_ingest.Finding)]:
            schema = subprocess.check_output([news_ingest.find_ingest(), "schema", kind])
            self.assertEqual(list(type_.__annotations__), json.loads(schema)["required"])
        articles = news_ingest.read(ACCEPTED)
        list(articles)
        self.assertEqual(set(articles.summary), news_ingest.Summary.__required_keys__)


class Ends(unittest.TestCase):
    def test_findings_and_totals_are_there_after_the_end(self):
        articles = news_ingest.read(ACCEPTED, REJECTED)
        for _ in range(2):
            self.assertEqual(len(list(articles)), 12)
            self.assertEqual((articles.summary["articles"], articles.summary["rejected"]), (12, 1))
            [finding] = articles.findings
            place = [finding[key] for key in ("path", "line", "column", "level", "rule")]
            self.assertEqual(place, [REJECTED, 16, 15, "error", "hash-mismatch"])
        articles.to_arrow()
        self.assertEqual(len(articles.findings), 1)

    def test_before_the_end_there_are_none(self):
        articles = news_ingest.read(ACCEPTED)
        for _ in articles:
            break
        for totals in (lambda: articles.summary, lambda: articles.findings):
            with self.assertRaisesRegex(RuntimeError, "no reading has come to its end yet"):
                totals()

    def test_leaving_a_loop_leaves_no_process_and_no_file(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch("tempfile.tempdir", folder):
            # More than a pipe holds, so that the program still writes.
            articles = news_ingest.read(*[ACCEPTED] * 200)
            for _ in articles:
                self.assertIn("ingest", str(children()))
                break
            self.assertEqual((children(), os.listdir(folder)), ([], []))
            with self.assertRaises(ZeroDivisionError):
                for _ in articles:
                    1 / 0
            self.assertEqual((children(), os.listdir(folder)), ([], []))
            for _ in articles.batches():
                break
            self.assertEqual((children(), os.listdir(folder)), ([], []))

    def test_a_path_that_is_not_there_is_an_error_with_its_message(self):
        with self.assertRaisesRegex(news_ingest.IngestFailed, "(?s)ended with status 2.*no-such-folder"):
            list(news_ingest.read("no-such-folder"))
        with self.assertRaisesRegex(news_ingest.IngestFailed, "(?s)status 2.*nonsense"):
            list(news_ingest.read(ACCEPTED, fields=["nonsense"]))
        with self.assertRaisesRegex(ValueError, "nothing to read"):
            news_ingest.read()
        with self.assertRaisesRegex(FileNotFoundError, "no program `ingest` is there"):
            news_ingest.read(ACCEPTED, ingest="/nowhere/ingest")

    def test_a_crash_is_an_error_with_its_message(self):
        record = json.dumps(written(ACCEPTED)[0])
        for end, status in [("kill -SEGV $$", "was ended by signal 11"), ("exit 0", "breaks off")]:
            with tempfile.TemporaryDirectory() as folder:
                program = Path(folder, "ingest")
                line = f"printf '%s\\n%.40s' '{record}' '{record}'"
                program.write_text(f"#!/bin/sh\necho 'a bug of ours' >&2\n{line}\n{end}\n")
                program.chmod(program.stat().st_mode | stat.S_IXUSR)
                articles = news_ingest.read(ACCEPTED, ingest=os.path.relpath(program))
                read = []
                with self.assertRaisesRegex(news_ingest.IngestFailed, f"(?s){status}.*a bug of ours"):
                    for article in articles:
                        read.append(article["id"])
                self.assertEqual(read, [json.loads(record)["id"]])
                with self.assertRaisesRegex(news_ingest.IngestFailed, f"(?s){status}.*a bug of ours"):
                    articles.to_arrow()
                with self.assertRaises(RuntimeError):
                    articles.summary

    def test_records_need_no_other_package_and_tables_name_theirs(self):
        for absent, read in [("pyarrow", "to_arrow"), ("polars", "to_polars"), ("pandas", "to_pandas")]:
            with mock.patch.dict(sys.modules, {absent: None, f"{absent}.ipc": None}):
                articles = news_ingest.read(ACCEPTED)
                self.assertEqual(len(list(articles)), 12)
                with self.assertRaisesRegex(ImportError, f"pip install .*{absent}"):
                    getattr(articles, read)()


PEAK = """
import resource, sys, news_ingest
articles = news_ingest.read(files_from=sys.argv[1], allow="duplicate")
count = sum(1 for _ in articles)
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Memory(unittest.TestCase):
    def test_more_records_take_no_more_memory(self):
        peaks = []
        for number in (1_000, 20_000):
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as paths:
                paths.write(f"{ACCEPTED}/several-bylines.md\n" * number)
                paths.flush()
                said = subprocess.check_output([sys.executable, "-c", PEAK, paths.name])
                count, peak = map(int, said.split())
                self.assertEqual(count, number)
                peaks.append(peak)
        # 20,000 records are 18 MB.
        self.assertLess(peaks[1] - peaks[0], 2_000, "KiB")


class AsProgram(unittest.TestCase):
    MODULE = [sys.executable, "-m", "news_ingest"]

    def test_the_module_is_the_program(self):
        said = subprocess.run([*self.MODULE, "--version"], capture_output=True, text=True)
        self.assertRegex(said.stdout, r"^ingest \d")
        rejected = subprocess.run([*self.MODULE, "check", REJECTED], capture_output=True, text=True)
        self.assertEqual(rejected.returncode, 1)
        self.assertIn("error[hash-mismatch]", rejected.stdout)
        paths = " ".join([ACCEPTED] * 300)
        piped = " ".join(self.MODULE) + f" -qq {paths} | head -c 1; echo ${{PIPESTATUS[0]}}"
        said = subprocess.run(["bash", "-c", piped], capture_output=True, text=True)
        self.assertEqual((said.stdout, said.stderr), ("{141\n", ""))

    def test_types_hold(self):
        code = Path(__file__).parent / "typed.py"
        mypy = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-version=3.10"]
        said = subprocess.run([*mypy, code], capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stdout)


if __name__ == "__main__":
    unittest.main()
