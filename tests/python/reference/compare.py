#!/usr/bin/env python3
"""Compares the records of a reader with a reference, record by record and key by key.

    compare.py [--subset] ARTICLES.jsonl REFERENCE.jsonl

A key that the reference does not have is not compared. With --subset the reference may pass over
articles. Prints the first differences; the exit status is 1 if there is any.
"""

import json
import sys

SHOWN = 20


def main(arguments):
    subset = "--subset" in arguments
    names = [argument for argument in arguments if argument != "--subset"]
    if len(names) != 2:
        sys.exit(__doc__)
    with open(names[0], encoding="utf-8", newline="\n") as articles:
        with open(names[1], encoding="utf-8", newline="\n") as reference:
            compared, differences = compare(articles, reference, subset)
    for difference in differences[:SHOWN]:
        print(difference)
    print(f"{compared} records compared, {len(differences)} differences")
    return 1 if differences or not compared else 0


def compare(articles, reference, subset):
    articles = records(articles)
    reference = records(reference)
    differences = [f"{path}: no such article" for path in reference if path not in articles]
    if not subset:
        differences += [f"{path}: not in the reference" for path in articles if path not in reference]
    ours = [path for path in articles if path in reference]
    theirs = [path for path in reference if path in articles]
    differences += [f"{two}: `{one}` stands in its place" for one, two in zip(ours, theirs) if one != two][:1]
    for path in theirs:
        for key, value in reference[path].items():
            found = articles[path].get(key)
            # As JSON, because Python takes `True` for 1.
            if json.dumps(found, sort_keys=True) != json.dumps(value, sort_keys=True):
                differences.append(f"{path}: {key} is {found!r:.200}, not {value!r:.200}")
    return len(theirs), differences


def records(lines):
    """The records by path, in the order of the lines."""
    return {record["path"]: record for record in map(json.loads, lines)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
