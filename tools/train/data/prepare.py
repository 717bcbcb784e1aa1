"""prepare.py --data DIR --out DIR [--seed N]: writes OUT/train.jsonl and OUT/heldout.jsonl.

Real utterances (mapped to the catalogue's calls), sentences written one by one, and generated ones. Held out, never trained on: the whole open set,
4 % of the mapped lines and one sentence in thirty.
"""

import argparse
import collections
import gzip
import hashlib
import json
import os
import random
import sys

import sentences
from checker import CARS, SPEAKERS, Catalogue
from generate import Generator
from map_sources import Mapper, excluded
from text import normalise

HERE = os.path.dirname(os.path.abspath(__file__))
GOLD = [os.path.join(HERE, "..", "..", "..", "hil-tests", "gold", name) for name in ("gold.jsonl", "fresh.jsonl")]


def read_lines(data):
    """(training lines, open lines) of the shared sets; empty lists where they are not there."""
    train, open_ = os.path.join(data, "utterances-train.jsonl.gz"), os.path.join(data, "utterances-open.jsonl")
    if not (os.path.exists(train) and os.path.exists(open_)):
        print(f"no utterances under {data}: generated lines only")
        return [], []
    with gzip.open(train, "rt", encoding="utf-8") as f:
        a = [json.loads(x) for x in f]
    with open(open_, encoding="utf-8") as f:
        b = [json.loads(x) for x in f]
    return a, b


def situation(r):
    return r.choices(CARS, [.3, .15, .45, .1])[0], r.choices(SPEAKERS, [.55, .14, .09, .09, .13])[0]


def real(cat, seed, train, open_):
    """(training, held-out) lines from the sources."""
    usable = [x for x in train if not excluded(x)]
    mapper = Mapper(cat, usable)
    kept, held, dropped = [], [], collections.Counter()
    for part, source in (("train", train), ("open", open_)):
        for x in source:
            if excluded(x):
                dropped["licence"] += 1
                continue
            utt = " ".join(x["utterance"].split())
            x = dict(x, utterance=utt)
            r = random.Random(f"{seed}:{x['id']}")
            car, speaker = situation(r)
            calls = mapper.calls(x, speaker)
            if calls is None or len(utt.split()) > 60:
                dropped["not mapped"] += 1
                continue
            line = {"lang": x["lang"], "car": car, "speaker": speaker, "utterance": utt, "calls": calls, "source": x["source"], "license": x["license"]}
            if part == "open" or int(hashlib.sha256(x["id"].encode()).hexdigest(), 16) % 25 == 0:
                held.append(dict(line, domain=cat.domain(calls[0]["name"]), set=part))
            else:
                kept.append(line)
    return kept, held, dropped


def generated(cat, seed, counts, taken):
    """`counts` lines for each language, none with a text that is in `taken`."""
    out = []
    for lang, n in counts.items():
        r = random.Random(f"{seed}:generate:{lang}")
        g = Generator(cat, lang, r)
        got, seen = 0, collections.Counter()
        for _ in range(n * 30):
            if got >= n:
                break
            car, speaker = situation(r)
            x = g.line(speaker)
            if x is None or len(x[0].split()) > 60:
                continue
            key = normalise(x[0])
            if key in taken or seen[key] >= 1:
                continue
            seen[key] += 1
            got += 1
            out.append({"lang": lang, "car": car, "speaker": speaker, "utterance": x[0], "calls": x[1], "source": "EcuAgent", "license": "Apache-2.0"})
        if got < n:
            print(f"{lang}: {got} of {n} generated lines")
    return out


def followups(cat, seed, counts, taken):
    """`counts` generated lines for each language whose answer needs the exchange before."""
    out = []
    for lang, n in counts.items():
        r = random.Random(f"{seed}:followups:{lang}")
        g = Generator(cat, lang, r)
        got, seen = 0, set()
        for _ in range(n * 30):
            if got >= n:
                break
            car, speaker = situation(r)
            x = g.exchange(speaker)
            if x is None:
                continue
            line = {"lang": lang, "car": car, "speaker": speaker, "utterance": x[2], "calls": x[3], "before": {"utterance": x[0], "calls": x[1]},
                    "source": "EcuAgent", "license": "Apache-2.0"}
            key = normalise(x[0]) + "|" + normalise(x[2])
            if key in taken or key in seen or cat.problem(line):
                continue
            seen.add(key)
            got += 1
            out.append(line)
        if got < n:
            print(f"{lang}: {got} of {n} generated follow-ups")
    return out


def written(cat, seed, taken, errors):
    """(training, held-out) lines from the sentences of `sentences/`, without those whose text is in `taken`."""
    kept, held = [], []
    for x in sentences.read_all(cat, errors=errors):
        if key_of(x) in taken:
            continue
        r = random.Random(f"{seed}:{key_of(x)}")
        car, _ = situation(r)
        speaker = x.get("speaker") or r.choice(("driver", "unknown"))
        line = {"lang": x["lang"], "car": car, "speaker": speaker, **{k: x[k] for k in ("utterance", "calls", "before") if k in x},
                "source": sentences.SOURCE, "license": "Apache-2.0"}
        if int(hashlib.sha256(key_of(x).encode()).hexdigest(), 16) % 30 == 0:
            held.append(dict(line, domain=cat.domain(line["calls"][0]["name"]), set="sentences"))
        else:
            kept.append(line)
    return kept, held


def key_of(line):
    """What makes two lines the same: the text, and the text before it."""
    before = line.get("before")
    return (normalise(before["utterance"]) + "|" if before else "") + normalise(line["utterance"])


def check(cat, lines, what):
    for n, line in enumerate(lines, 1):
        p = cat.problem(line)
        if p:
            sys.exit(f"{what} line {n}: {p}\n  {json.dumps(line, ensure_ascii=False)}")


def write(path, lines):
    with open(path + ".tmp", "w", encoding="utf-8") as f:
        for line in lines:
            f.write(json.dumps(line, ensure_ascii=False) + "\n")
    os.replace(path + ".tmp", path)


def report(cat, name, lines):
    c = collections.Counter()
    for x in lines:
        c["source: " + {"EcuAgent": "generated", sentences.SOURCE: "sentences"}.get(x["source"], "real") + " " + x["lang"]] += 1
        c["with an exchange before: " + x["lang"]] += "before" in x
        c["domain: " + cat.domain(x["calls"][0]["name"]) + " " + x["lang"]] += 1
        c["more than one call: " + x["lang"]] += len(x["calls"]) > 1
        for k in x["calls"]:
            c["tool: " + k["name"] + " " + x["lang"]] += 1
    print(f"{name}: {len(lines)} lines")
    for k in sorted(c):
        print(f"  {k}: {c[k]}")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--generated-en", type=int, default=13000)
    ap.add_argument("--generated-zh", type=int, default=16000)
    ap.add_argument("--followups-en", type=int, default=2500)
    ap.add_argument("--followups-zh", type=int, default=2500)
    ap.add_argument("--skip-bad-sentences", action="store_true", help="report wrong sentences and go on without them")
    a = ap.parse_args()
    cat = Catalogue()
    train, held, dropped = real(cat, a.seed, *read_lines(a.data))
    closed = {normalise(x["utterance"]) for x in held}
    for path in filter(os.path.exists, GOLD):
        with open(path, encoding="utf-8") as f:
            closed |= {key_of(json.loads(x)) for x in f if x.strip()}
    train = [x for x in train if normalise(x["utterance"]) not in closed]
    errors = [] if a.skip_bad_sentences else None
    kept, apart = written(cat, a.seed, closed, errors)
    for error in errors or ():
        print("left out:", error)
    closed |= {key_of(x) for x in kept + apart}
    train, held = train + kept, held + apart
    train += generated(cat, a.seed, {"en": a.generated_en, "zh": a.generated_zh}, closed)
    train += followups(cat, a.seed, {"en": a.followups_en, "zh": a.followups_zh}, closed)
    random.Random(a.seed).shuffle(train)
    check(cat, train, "train")
    check(cat, held, "held-out")
    os.makedirs(a.out, exist_ok=True)
    write(os.path.join(a.out, "train.jsonl"), train)
    write(os.path.join(a.out, "heldout.jsonl"), held)
    print("left out:", dict(dropped))
    report(cat, "held-out", held)
    report(cat, "train", train)


if __name__ == "__main__":
    main()
