"""Hugging Face `datasets`."""

from datasets import Features, Json, List, Value, load_dataset

import records

text, time = Value("string"), Value("timestamp[us, tz=UTC]")
features = Features(
    {
        **dict.fromkeys(["id", "oid", "aid", "title", "text", "publisher", "category", "byline"], text),
        "authors": List({"name": text, "role": text, "email": text}),
        "published_on": Value("date32"),
        "published_at": time,
        "crawled_at": time,
        "url": text,
        "content_hash": text,
        "verified": Value("bool"),
        "comment_count": Value("int64"),
        "extra": Json(),
        "path": text,
    }
)

lines = load_dataset("json", data_files="articles.jsonl", features=features, split="train")
records.agree("articles.jsonl", lines.column_names, lines)

table = load_dataset("parquet", data_files="articles.parquet", split="train")
records.agree("articles.parquet", table.column_names, records.with_objects(table))
