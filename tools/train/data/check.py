"""check.py FILE.jsonl...: checks training, held-out or gold lines against the catalogue; exit status 1 on the first bad line."""

import collections
import json
import sys

from checker import Catalogue


def main(paths):
    cat = Catalogue()
    for path in paths:
        counts = collections.Counter()
        with open(path, encoding="utf-8") as f:
            for n, text in enumerate(f, 1):
                line = json.loads(text)
                p = cat.problem(line)
                if p:
                    print(f"{path}:{n}: {p}\n  {text.strip()}", file=sys.stderr)
                    return 1
                counts["lines"] += 1
                counts["lang " + line["lang"]] += 1
                counts["domain " + cat.domain(line["calls"][0]["name"])] += 1
                counts["more than one call"] += len(line["calls"]) > 1
                for c in line["calls"]:
                    counts["tool " + c["name"]] += 1
        print(path)
        for k in sorted(counts):
            print(f"  {k}: {counts[k]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
