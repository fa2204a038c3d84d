"""Recomputes the hash of each verified record by the recipe of a printed layout, and of nothing else.

    recipe.py INGEST.TOML ARTICLES.JSONL

The text of a record is what the hash covers, but for white space that the layout collapses. Prints the number of verified
records; the exit status is 1 if one of them has another hash.
"""

import hashlib
import json
import re
import sys
import tomllib

# What `\s` of JavaScript matches, and what `str.split` of Python separates at.
SPACES = ["[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+", r"\s+"]
DIGITS = {32: hashlib.md5, 40: hashlib.sha1, 64: hashlib.sha256, 128: hashlib.sha512}


def digests(covered, digits):
    if digits in DIGITS:
        yield DIGITS[digits](covered).hexdigest()
    else:
        yield from (hash(covered).hexdigest()[:digits] for hash in DIGITS.values())
    if digits % 2 == 0 and digits <= 128:
        yield hashlib.blake2b(covered, digest_size=digits // 2).hexdigest()


def texts(record, layout):
    if layout.get("spaces") == "collapsed":
        return [re.sub(spaces, " ", record["text"]).strip() for spaces in SPACES]
    return [record["text"]]


def covered(text, record, layout):
    values = {**record["extra"], **record, "text": text}
    template = layout.get("covers", "{text}")
    return re.sub(r"\{([^{}]+)\}", lambda name: values[name[1]], template).encode()


def is_proven(record, layout):
    stated = record["content_hash"].rpartition(":")[2]
    found = (digest for text in texts(record, layout) for digest in digests(covered(text, record, layout), len(stated)))
    return stated in found


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        layout = tomllib.load(file)["layout"]
    with open(sys.argv[2], encoding="utf-8") as file:
        verified = [record for record in map(json.loads, file) if record["verified"]]
    wrong = [record["path"] for record in verified if not is_proven(record, layout)]
    if wrong:
        sys.exit(f"another hash: {wrong}")
    print(len(verified))
