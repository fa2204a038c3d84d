"""Writes archives of invented writers into folders of their own; their hashes are made by `hashlib`.

    generate.py FOLDER FILES

Prints a line for each archive: its name, and the number of files whose hash the file itself can prove.
"""

import hashlib
import html
import json
import random
import re
import sys
from pathlib import Path

WORDS = "the wall harbour mend ship captain froze spring water stone engine 담장 수리 항구 규칙 대상".split()
# What `\s` of JavaScript matches.
SPACES = "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+"


def paragraph():
    return " ".join(random.choice(WORDS) for _ in range(random.randint(5, 40)))


def body():
    other = ["## " + paragraph()[:20].strip(), '```json\n{ "a":   1 }\n\n\n```', "| a | b |\n| --- | --- |", "---"]
    other += ["1 &lt; 2 &amp; **x**\u00a0y\u3000z", "a\ufeffb \u200b c"]
    parts = [random.choice([paragraph(), paragraph(), random.choice(other)]) for _ in range(random.randint(2, 9))]
    return "\n\n".join([*parts, paragraph()])


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def front(**values):
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n"


def words(number):
    """A template, whose hash covers the words; YAML refuses some of its titles."""
    text, title = body(), random.choice(["@lint/no-extra", "Wall: a tale", "`x` y", "plain", "[a] b", "a #b"])
    hash = "sha256:" + sha256(re.sub(SPACES, " ", text).strip())
    values = {"url": f"https://d.example.com/{number}", "title": f"{title} {number}"}
    return front(**values, scraped_at="2026-04-28T07:55:34+08:00", content_hash=hash) + f"\n{text}\n", True


def edges(number):
    """Half of the files hash the trimmed text, half the text with its last line feed."""
    text = f"# Title {number}\n\n" + body()
    hash = "sha256:" + sha256(text + "\n" * (number % 2))
    return front(source_url=f"https://t.example.com/{number}", content_hash=hash) + f"\n{text}\n", True


def links(number):
    """A quarter of the files have links that were changed after the text was hashed."""
    text, hashed = body(), None
    if number % 4 == 0:
        hashed = text + "\n\n[settings](https://db.example.org/settings.html)"
        text += "\n\n[settings](../settings.html/index.md)"
    values = {"title": json.dumps(f"53.{number} \u00a0 file"), "source": f'"https://db.example.org/{number}"'}
    return front(**values, content_hash=f'"{sha256(hashed or text)}"') + f"\n{text}\n\n", hashed is None


def title_first(number):
    """MD5 of title and text."""
    text, title = body(), f"Tale {number}"
    hash = hashlib.md5(f"{title}|{text}".encode()).hexdigest()
    return front(headline=title, link=f"https://n.example.com/{number}", md5=hash) + f"\n{text}\n", True


def truncated(number):
    """16 digits of the SHA-256 of what is below the heading."""
    text = body()
    values = {"title": f"Tale {number}", "source": f"https://n.example.com/{number}", "checksum": sha256(text)[:16]}
    return front(**values) + f"# Tale {number}\n\n{text}\n", True


def section(number):
    """SHA-1 of the text after a heading."""
    text = body()
    values = {"url": f"https://n.example.com/{number}", "hash": hashlib.sha1(text.encode()).hexdigest()}
    return front(**values) + f"# Tale {number}\n\n## Summary\n\n{paragraph()}\n\n## Content\n\n{text}\n", True


def korean(number):
    """BLAKE2b of the text with its last line feed; keys in Korean, and CR LF."""
    text = body()
    hash = hashlib.blake2b((text + "\n").encode(), digest_size=32).hexdigest()
    values = {"제목": f"담장 {number}", "주소": f"https://n.example.com/{number}", "해시": hash}
    return (front(**values) + f"\n{text}\n").replace("\n", "\r\n"), True


def escaped(number):
    """SHA-512 of the text before it was escaped."""
    text = body() + ' <b> "q"'
    hash = hashlib.sha512(text.encode()).hexdigest()
    return front(url=f"https://n.example.com/{number}", sha512=hash) + f"\n{html.escape(text)}\n", True


if __name__ == "__main__":
    folder, files = Path(sys.argv[1]), int(sys.argv[2])
    random.seed(20261129)
    for write in [words, edges, links, title_first, truncated, section, korean, escaped]:
        (folder / write.__name__).mkdir(parents=True)
        proven = 0
        for number in range(files):
            content, is_proven = write(number)
            proven += is_proven
            (folder / write.__name__ / f"{number:05}.md").write_text(content, encoding="utf-8", newline="")
        print(write.__name__, proven)
