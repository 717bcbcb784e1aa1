"""check.py FILE...: checks lines (FILE.jsonl) or sentences (FILE.txt) against the catalogue; prints what is wrong, exit status 1 if anything is."""

import collections
import json
import sys

import sentences
from checker import Catalogue


def lines_of(cat, path, problems):
    if path.endswith(".txt"):
        yield from sentences.read(cat, path, problems)
        return
    with open(path, encoding="utf-8") as f:
        for n, text in enumerate(f, 1):
            line = json.loads(text)
            p = cat.problem(line)
            if p:
                problems.append(f"{path}:{n}: {p}\n  {text.strip()}")
            else:
                yield line


def main(paths):
    cat, problems = Catalogue(), []
    for path in paths:
        counts = collections.Counter()
        for line in lines_of(cat, path, problems):
            counts["lines"] += 1
            counts["with an exchange before"] += "before" in line
            counts["lang " + line["lang"]] += 1
            counts["domain " + cat.domain(line["calls"][0]["name"])] += 1
            counts["more than one call"] += len(line["calls"]) > 1
            for c in line["calls"]:
                counts["tool " + c["name"]] += 1
        print(path)
        for k in sorted(counts):
            print(f"  {k}: {counts[k]}")
    for p in problems:
        print(p, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
