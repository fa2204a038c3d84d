"""What the recipes of `docs/recipes.md` have made, one function for each heading. Run in the folder where they ran.

check.py HEADING, with the page's code of that heading on stdin for those that check it.
"""

import collections
import csv
import json
import re
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import news_ingest


def lines(path):
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]


def records():
    """The records of `seeds`, as the program writes them."""
    said = subprocess.check_output(["ingest", "-qq", "seeds/"])
    return [json.loads(line) for line in said.splitlines()]


def plain_text_for_a_tokenizer(_):
    said = subprocess.check_output(["ingest", "-qq", "--dedup=text", "--redact=all", "dump.tar.zst"])
    texts = [json.loads(line)["text"] for line in said.splitlines()]
    corpus = Path("corpus.txt").read_bytes().decode().split("\n<|endoftext|>\n")
    assert corpus.pop() == ""
    assert corpus == [text.replace("<|endoftext|>", "") for text in texts]
    assert any("<|endoftext|>" in text for text in texts) and len(set(texts)) == len(texts)


def one_article_by_its_id(_):
    [article] = lines("article.json")
    assert article == next(record for record in records() if record["id"] == "901_0000000008")


def a_random_sample(_):
    sample = lines("sample.jsonl")
    assert len({article["path"] for article in sample}) == 5
    assert all(article in records() for article in sample)


def counts_by_month_and_publisher(_):
    expected = collections.Counter()
    for record in records():
        expected[(record["published_on"] or "undated")[:7], record["publisher"]] += 1
    found = {}
    for line in Path("counts.txt").read_text().splitlines():
        count, key = line.lstrip().split(" ", 1)
        found[tuple(key.split("\t"))] = int(count)
    assert found == expected and len(expected) > 2, (found, expected)


def sqlite(_):
    database = sqlite3.connect("articles.sqlite")
    database.row_factory = sqlite3.Row
    first = {}
    for record in records():
        first.setdefault(record["id"], record)
    rows = {row["id"]: dict(row) for row in database.execute("select * from articles")}
    assert list(rows) == list(first)
    for key, row in rows.items():
        record = first[key]
        row["authors"] = json.loads(row["authors"])
        for time in ("published_at", "crawled_at"):
            row[time] = row[time] and datetime.fromisoformat(row[time])
            record[time] = record[time] and datetime.fromisoformat(record[time])
        assert row == {key: record[key] for key in row}, row
    try:
        database.execute("update articles set verified = 'perhaps'")
    except sqlite3.IntegrityError:
        pass
    else:
        raise AssertionError("a column takes every type")
    names = "select value ->> 'name' from articles, json_each(authors)"
    assert "홍길동" in {name for (name,) in database.execute(names)}


def postgresql(code):
    """`COPY` is not there: each value of the file is parsed as the type of its column."""
    parse = {
        "text": lambda value: value,
        "jsonb": json.loads,
        "date": date.fromisoformat,
        "timestamptz": datetime.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
        "bigint": int,
    }
    [columns] = re.findall(r"create table articles \((.*?)\);", code, re.S)
    columns = [column.split(maxsplit=2) for column in columns.replace("\n", " ").split(",")]
    [kept] = re.findall(r"force_not_null \((.*?)\)", code)
    kept = kept.split(", ")
    with open("articles.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == [name for name, *_ in columns]
    first = {}
    for record in records():
        first.setdefault(record["id"], record)
    assert len(rows) == len(first)
    for values, record in zip(rows, first.values()):
        for (name, kind, *rest), value in zip(columns, values, strict=True):
            if value == "" and name not in kept:
                assert not rest, f"{name} is {rest}"
                found = None
            else:
                found = parse[kind](value)
            if isinstance(found, (date, datetime)):
                expected = type(found).fromisoformat(record[name])
            else:
                expected = record[name]
                expected = expected.replace("\0", "") if isinstance(expected, str) else expected
            assert found == expected, (name, found, expected)
    assert b"\0" not in Path("articles.csv").read_bytes()


def elasticsearch(code):
    assert Path("bulk.ndjson").read_bytes().endswith(b"}\n")
    pairs = lines("bulk.ndjson")
    actions, documents = pairs[::2], pairs[1::2]
    assert documents == records()
    for action, document in zip(actions, documents, strict=True):
        assert action == {"index": {"_index": "articles", "_id": document["id"]}}
    [mapping] = re.findall(r"^\{\n.*?^\}\n", code, re.S | re.M)
    properties = json.loads(mapping)["mappings"]["properties"]
    assert list(properties) == list(news_ingest.Article.__annotations__)
    assert list(properties["authors"]["properties"]) == list(news_ingest.Author.__annotations__)


def hugging_face(_):
    from datasets import load_dataset

    data = load_dataset("./dataset", split="train")
    said = subprocess.check_output(["ingest", "-qq", "--dedup=id", "--redact=all", "dump.tar.zst"])
    expected = [json.loads(line) for line in said.splitlines()]
    assert data["text"][:] == [record["text"] for record in expected]
    from huggingface_hub import DatasetCard

    card = DatasetCard.load("dataset/README.md")
    assert (card.data.license, card.data.language, card.data.size_categories) == ("other", ["ko"], ["n<1K"])
    assert f"| articles | {len(expected)} |" in card.text
    for key in data.column_names:
        assert f"| `{key}` | " in card.text, key


def cr_lf_and_byte_order_marks(_):
    odd = Path("odd.txt").read_text().splitlines()
    assert odd == ["seeds/odd/bom.md", "seeds/odd/crlf.md"], odd
    for path in odd:
        before, after = Path(path).read_bytes(), Path("mended", path).read_bytes()
        assert after == before.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf") != before
    texts = [[article["text"] for article in news_ingest.read(folder)] for folder in ("seeds/odd", "mended")]
    assert texts[0] == texts[1] and len(texts[0]) == 2, texts


heading = re.sub("[^a-z]+", "_", sys.argv[1].lower())
globals()[heading](sys.stdin.read())
