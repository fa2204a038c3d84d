#!/usr/bin/env python3
"""Reads archives of crawl files the slow and plain way, to hold another reader against it.

    read.py PATH... > reference.jsonl

Prints a record for each well-formed template file whose text has its content hash; every key but
`authors`, in the record's order. Every other file is passed over in silence.
"""

import hashlib
import json
import os
import re
import sys
from datetime import date, datetime, timedelta

ENDINGS = (b".md", b".markdown", b".txt")
LARGEST_FRONT_MATTER = 64 * 1024
KNOWN = (
    "id title category publisher author published_at crawled_at url oid aid content_hash comment_count"
).split()
REQUIRED = "id oid aid title url crawled_at content_hash".split()
KEY_LINE = re.compile(r"([A-Za-z0-9_-]+):(?: (.*))?", re.DOTALL)
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#x27": "'", "#x60": "`", "#x3D": "="}
ENTITY = re.compile("&(" + "|".join(ENTITIES) + ");")
# White space as Unicode has it: `str.strip` would take U+001C to U+001F as well.
WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
HOSTS = re.compile(r"https?://(?:[a-z]+\.)*naver\.com/(.*)", re.DOTALL)
DATE = re.compile(
    r"(\d{4})([-.])(\d{2})\2(\d{2})\.?"
    r"(?:(?:T|\s+)(오전|오후)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)


class Unfit(Exception):
    """The file is not one that this reader answers for."""


def main(paths):
    hashes = {}
    for path in (file for argument in paths for file in files(os.fsencode(argument))):
        with open(path, "rb") as file:
            content = file.read()
        try:
            record = read(content)
        except (Unfit, UnicodeDecodeError):
            continue
        # The first text of an id stands; another text under the same id does not.
        if hashes.setdefault(record["id"], record["content_hash"]) != record["content_hash"]:
            continue
        record["path"] = path.decode("utf-8")
        print(json.dumps(record, ensure_ascii=False))


def files(path):
    """The crawl files in the order in which they are read: by the bytes of each name, depth first."""
    if not os.path.isdir(path):
        yield path
        return
    for name in sorted(os.listdir(path)):
        inner = os.path.join(path, name)
        if name.startswith(b".") or os.path.islink(inner):
            continue
        if os.path.isdir(inner):
            yield from files(inner)
        elif name.endswith(ENDINGS):
            yield inner


def read(content):
    lines = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise Unfit("front matter")
    fence = lines.index("---", 1)
    if len("\n".join(lines[1:fence]).encode("utf-8")) > LARGEST_FRONT_MATTER:
        raise Unfit("front matter")
    raw = front_matter(lines[1:fence])
    if any(not raw.get(key) for key in REQUIRED):
        raise Unfit("missing field")
    content_hash = raw["content_hash"].lower()
    if not re.fullmatch("[0-9a-f]{64}", content_hash):
        raise Unfit("hash")
    start = frame(lines, fence + 1, raw)
    text, escaped = text_with(content_hash, lines, start)
    value = {key: decode(text) if escaped else text for key, text in raw.items()}
    identity(value)
    day, moment = published(value.get("published_at", ""))
    count = value.get("comment_count") or "0"
    if not re.fullmatch("[0-9]+", count):
        raise Unfit("comment count")
    return {
        "id": value["id"],
        "oid": value["oid"],
        "aid": value["aid"],
        "title": value["title"],
        "text": text,
        "publisher": value.get("publisher", ""),
        "category": value.get("category", ""),
        "byline": value.get("author", ""),
        "published_on": day,
        "published_at": moment,
        "crawled_at": crawled(value["crawled_at"]),
        "url": value["url"],
        "content_hash": content_hash,
        "verified": True,
        "comment_count": int(count),
        "extra": {key: text for key, text in value.items() if key not in KNOWN},
        "path": None,
    }


def front_matter(lines):
    """Keys and values as they stand: a line that does not begin with a key belongs to the value before it."""
    values = {}
    for line in lines:
        found = KEY_LINE.fullmatch(line)
        if found:
            key = found[1]
            if key in values:
                raise Unfit("duplicate key")
            values[key] = [found[2] or ""]
        elif values:
            values[key].append(line)
        elif line.strip(WHITE):
            raise Unfit("a line before the first key")
    return {key: value_of(key, parts) for key, parts in values.items()}


def value_of(key, lines):
    spaced = [line for line in (" ".join(split(line)) for line in lines) if line]
    if key == "author":
        return "\n".join(spaced)
    if any(line.strip(WHITE) for line in lines[1:]):
        raise Unfit("a value of several lines")
    value = lines[0].strip(WHITE)
    if key == "title":
        if len(value) < 2 or value[0] != '"' or value[-1] != '"':
            raise Unfit("title without quotes")
        value = value[1:-1].strip(WHITE)
    return value


def split(line):
    return [word for word in re.split(f"[{WHITE}]+", line) if word]


def frame(lines, at, raw):
    """The first line after the rule that follows heading and bold line, which must repeat the front matter."""
    at = skip_blank(lines, at)
    if lines[at].strip(WHITE) != f"# {raw['title']}":
        raise Unfit("heading")
    at = skip_blank(lines, at + 1)
    bold = re.fullmatch(r"\*\*(.*)\*\* \| (.*?) \|(.*)", lines[at])
    if not bold:
        raise Unfit("bold line")
    if bold[1] != raw.get("publisher", "") or bold[2].strip(WHITE) != raw.get("published_at", ""):
        raise Unfit("bold line")
    at = skip_blank(lines, at + 1)
    if lines[at] != "---":
        raise Unfit("rule")
    return at + 1


def skip_blank(lines, at):
    while at < len(lines) and not lines[at].strip(WHITE):
        at += 1
    if at == len(lines):
        raise Unfit("cut off")
    return at


def text_with(content_hash, lines, start):
    """The text between the opening rule and any later one that has the hash, and whether it was escaped."""
    for end in range(len(lines) - 1, start - 1, -1):
        if lines[end] != "---":
            continue
        content = "\n".join(lines[start:end]).strip(WHITE)
        for text, escaped in ((decode(content), True), (content, False)):
            if hashlib.sha256(text.encode("utf-8")).hexdigest() == content_hash:
                return text, escaped
    raise Unfit("hash")


def decode(text):
    return ENTITY.sub(lambda found: ENTITIES[found[1]], text)


def identity(value):
    if not re.fullmatch("[0-9]{3}", value["oid"]) or not re.fullmatch("[0-9]{10}", value["aid"]):
        raise Unfit("ids")
    if value["id"] != f"{value['oid']}_{value['aid']}":
        raise Unfit("id")
    address = HOSTS.fullmatch(value["url"])
    if not address:
        raise Unfit("url")
    path, _, query = address[1].partition("?")
    named = re.search("article/(?:newspaper/)?([0-9]+)/([0-9]+)$", path)
    if named:
        pair = named.groups()
    else:
        parts = dict(part.partition("=")[::2] for part in query.split("&"))
        pair = (parts.get("oid"), parts.get("aid"))
    if pair != (value["oid"], value["aid"]):
        raise Unfit("url of another article")


def moment_of(text):
    """A date, a time of day or None, and the minutes from UTC or None."""
    found = DATE.fullmatch(text)
    if not found:
        raise Unfit("time")
    year, _, month, day, half, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            date(int(year), int(month), int(day))
            return datetime(int(year), int(month), int(day)), None
        hour = int(hour)
        if half:
            hour = hour % 12 + (12 if half == "오후" else 0)
        moment = datetime(int(year), int(month), int(day), hour, int(minute), int(second or 0))
    except ValueError:
        raise Unfit("time") from None
    if zone == "Z":
        return moment, timedelta()
    if zone:
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
        return moment, -offset if zone[0] == "-" else offset
    return moment, None


def published(text):
    """Korean time; midnight is a date without a time of day."""
    if not text:
        return None, None
    moment, offset = moment_of(text)
    if offset is not None:
        moment += timedelta(hours=9) - offset
    midnight = moment == moment.replace(hour=0, minute=0, second=0)
    return moment.date().isoformat(), None if midnight else moment.isoformat() + "+09:00"


def crawled(text):
    moment, offset = moment_of(text)
    return (moment - (offset or timedelta())).isoformat() + "Z"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main(sys.argv[1:])
