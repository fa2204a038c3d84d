"""The table of `docs/speed.md`: how fast a release build is, beside tools that only read the same bytes.

    cargo build --release --bin ingest --example generate
    python3 benches/throughput.py [--files 100000] [--rounds 7] [ROW]...

Each row is a ratio of two commands, or the processor time of one. The two run in turn, so that what slows the machine
slows both, and the median of their ratios counts. A ROW is part of the name of a row; without one, all rows are measured.
Needs `rg`, `zstd`, `gzip` and `tar`, a warm cache and two free cores.
"""

import argparse
import html
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


class Usage:
    """What one run took, in seconds: on the clock, of processors, and of its main thread."""

    def __init__(self, command, shell=False):
        start = time.perf_counter()
        process = subprocess.Popen(command, shell=shell, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # The process has ended, but is not forgotten: what its main thread took can still be read.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        self.wall = time.perf_counter() - start
        ran = Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]
        self.main_thread = int(ran) / 1e9
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        if process.returncode not in (0, 1):
            sys.exit(f"{command} ended with {process.returncode}")


def front_matter(change):
    """Returns a function that changes the front matter of a file, as text."""

    def changed(page):
        start, block, rest = page.split("---\n", 2)
        return "---\n".join([start, change(block), rest])

    return changed


def with_time(page):
    """The time of day, in the front matter and in the header."""
    return page.replace(" 00:00", " 09:30")


COMMENTS = """📊 **댓글 통계**: 총 1 개 (최상위 1 | 답글 0 | BEST 1) | 최대 깊이: 1

## 댓글 (1 개)

**홍길동** | ⭐ **BEST** | 2025-12-22 09:48 | 👍 134 | 👎 31

잘 읽었습니다."""


def with_comments(page):
    """A section of comments before the footer, and the key that counts them."""
    if "## 댓글 (" in page:
        return page
    page = front_matter(lambda block: f"{block}comment_count: 1\n")(page)
    return page.replace("\n---\n\n*Crawled at", f"\n---\n\n{COMMENTS}\n\n---\n\n*Crawled at")


def with_raw_quotes(page):
    """Quotes in the title that are not escaped, in the front matter and in the heading."""
    page = re.sub('(?m)^title: "(.*)"$', r'title: "\1 "인용""', page, count=1)
    return re.sub("(?m)^# (.*)$", r'# \1 "인용"', page, count=1)


def with_quoted_values(block):
    """Quotes around all values, as programs that print YAML have them; the byline is one line then."""
    author = re.search("(?s)(?<=author:).*?(?=\npublished_at:)", block)[0]
    block = block.replace(author, " " + " ".join(author.split()), 1)
    return re.sub('(?m)^(\\w+): *([^" \n].*)?$', r'\1: "\2"', block)


# Files that are accepted, but are not as the crawler's template prints them.
VARIANTS = {
    "category patched": front_matter(lambda block: re.sub("(?m)^category:.*$", "category: 정치", block)),
    "time of day": with_time,
    "comments": with_comments,
    "CR LF": lambda page: page.replace("\n", "\r\n"),
    "byte order mark": lambda page: "\ufeff" + page,
    "unescaped": html.unescape,
    "values quoted as YAML": front_matter(with_quoted_values),
    "raw quotes in the title": with_raw_quotes,
    "keys in another order": front_matter(lambda block: re.sub(r"(?s)^(.*)(oid: \d+\n)(.*)$", r"\1\3\2", block)),
    "one unknown key": front_matter(lambda block: block + "memo: seen\n"),
    "two bylines": front_matter(lambda block: re.sub("(?m)^\t\t\t.+$", r"\g<0>\n\t\t\t김가람", block, count=1)),
}


class Table:
    def __init__(self, args):
        self.args = args
        print("| what | median | smallest to largest |\n| --- | --- | --- |", flush=True)

    def wants(self, name):
        return not self.args.rows or any(row in name for row in self.args.rows)

    def row(self, name, values, unit=""):
        low, middle, high = min(values), statistics.median(values), max(values)
        name = name.replace("|", r"\|")
        print(f"| {name} | {middle:.2f}{unit} | {low:.2f} to {high:.2f} |", flush=True)

    def ratio(self, name, one, other, by=lambda usage: usage.wall):
        """Prints the ratio of two commands."""
        if not self.wants(name):
            return
        if isinstance(other, list) and shutil.which(other[0]) is None:
            print(f"| {name} | `{other[0]}` is not installed | |", flush=True)
            return
        one, other = [
            (lambda run=run: Usage(run, shell=isinstance(run, str))) for run in (one, other)
        ]
        one(), other()
        self.row(name, [by(one()) / by(other()) for _ in range(self.args.rounds)])

    def main_thread(self, name, command, files):
        """Prints the processor time that the thread takes for a file through which all results go in order."""
        name = f"CPU of the in-order thread, {name}"
        if self.wants(name):
            runs = [Usage(command) for _ in range(self.args.rounds + 1)][1:]
            self.row(name, [run.main_thread / files * 1e6 for run in runs], " µs a file")


def variants(table, ingest, source, folder):
    """Prints the processor time of files that depart from the template, beside the files that they are made of."""
    pages = {path: path.read_bytes().decode() for path in source.rglob("*.md")}
    for name, change in VARIANTS.items():
        row = f"CPU of a file: {name}"
        if not table.wants(row):
            continue
        changed, same = folder / "variant", folder / "same"
        for path, page in pages.items():
            for top, content in [(changed, change(page)), (same, page)]:
                into = top / path.relative_to(source)
                into.parent.mkdir(parents=True, exist_ok=True)
                into.write_bytes(content.encode())
        command = [ingest, "-qq", "-j1"]
        # A rejected file would be read in less time. Some texts hold what a change is made to.
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        listed = subprocess.run([*command, "--fields", "path", changed], **pipes)
        accepted = {Path(json.loads(line)["path"]) for line in listed.stdout.splitlines()}
        if len(accepted) < 0.9 * len(pages):
            sys.exit(f"{name}: of {len(pages)} files, only {len(accepted)} are accepted")
        for path in set(changed.rglob("*.md")) - accepted:
            path.unlink()
            (same / path.relative_to(changed)).unlink()
        # Else the kernel writes the new files to the disk meanwhile.
        os.sync()
        table.ratio(row, [*command, changed], [*command, same], lambda usage: usage.cpu)
        shutil.rmtree(changed)
        shutil.rmtree(same)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--ingest", default=RELEASE / "ingest")
    parser.add_argument("--generate", default=RELEASE / "examples" / "generate")
    args = parser.parse_args()
    ingest = str(args.ingest)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)

        def made(name, files, folders, *more):
            into = folder / name
            size = ["--files", str(files), "--folders", str(folders)]
            subprocess.run([args.generate, *size, "--seed", "3", *more, into], check=True, stderr=subprocess.DEVNULL)
            return into

        usual_pages = ["--sizes", "speed", "--era", "escaped"]
        usual = made("usual", args.files, max(args.files // 1000, 1), *usual_pages)
        flat = made("flat", args.files * 2 // 5, 1, "--sizes", "real")
        sample = made("sample", min(args.files, 5000), 5, *usual_pages)
        table = Table(args)

        variants(table, ingest, sample, folder)
        patched = made("patched", args.files, max(args.files // 1000, 1), *usual_pages, "--patched")
        rg = ["rg", "-c", "-j2", "zzzznotthere"]
        for name, files in [("many folders", usual), ("the same, patched", patched), ("one folder", flat)]:
            table.ratio(f"{name}, over `rg -c -j2`", [ingest, "-q", files], [*rg, files])

        def cpu(usage):
            return usage.cpu

        table.ratio("CPU of Arrow over JSON Lines", [ingest, "-q", "--to", "arrow", usual], [ingest, "-q", usual], cpu)
        parquet = [ingest, "-q", "-o", folder / "a.parquet", usual]
        packed = f"{ingest} -q {usual} | zstd -q -1 -T2 -f -o {folder}/a.jsonl.zst"
        table.ratio("Parquet over JSON Lines through `zstd -1 -T2`", parquet, packed)
        table.main_thread("JSON Lines", [ingest, "-q", usual], args.files)
        table.main_thread("Arrow", [ingest, "-q", "--to", "arrow", usual], args.files)
        table.main_thread("Parquet", parquet, args.files)
        table.main_thread("check", [ingest, "check", "-q", usual], args.files)
        for name, output in [("JSON Lines", []), ("Parquet", ["-o", folder / "a.parquet"])]:
            one, two = [[ingest, "-q", threads, *output, usual] for threads in ("-j1", "-j2")]
            table.ratio(f"one thread over two, {name}", one, two)

        if table.wants("tar"):
            tar = folder / "usual.tar"
            subprocess.run(["tar", "-cf", tar, "-C", usual, "."], check=True)
            for ending, pack, unpack in [("zst", "zstd -q", "zstd -dc"), ("gz", "gzip -k", "gzip -dc")]:
                subprocess.run([*pack.split(), tar], check=True)
                name = f"`.tar.{ending}` over `{unpack} | wc -c`"
                table.ratio(name, [ingest, "-q", f"{tar}.{ending}"], f"{unpack} {tar}.{ending} | wc -c")


if __name__ == "__main__":
    main()
