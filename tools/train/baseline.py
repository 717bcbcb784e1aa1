"""baseline.py --lines TRAIN.jsonl --set SET.jsonl...: a plain bag of n-grams as the yardstick for the model.

Logistic regression on hashed word 1-2-grams and character 2-4-grams, trained on the same mapped lines as the model, domain only. Prints the domain
accuracy and, of the out-of-scope lines, the share with another domain and the share with a domain that holds actions. Needs python3-torch.
"""

import argparse
import gzip
import json
import os
import random
import re
import zlib

import torch

BUCKETS = 1 << 18
CATALOGUE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "ecu-service", "EcuAgent.Core", "Catalogue", "catalogue.json")
OUT_OF_SCOPE = "out_of_scope"


def features(text):
    """Hashed n-grams of a text, each once. Chinese characters count as words."""
    text = text.lower().strip()
    words = re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", text)
    grams = {"w " + w for w in words} | {f"w {a} {b}" for a, b in zip(words, words[1:])}
    padded = f" {text} "
    grams |= {"c " + padded[i:i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1)}
    return sorted({zlib.crc32(g.encode()) % BUCKETS for g in grams})


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def tools():
    with open(CATALOGUE, encoding="utf-8") as f:
        return json.load(f)["tools"]


def batch(rows):
    """(indices, offsets, weights) for EmbeddingBag; weights make every text as long as any other."""
    flat = [i for row in rows for i in row]
    offsets = torch.tensor([0] + [len(row) for row in rows[:-1]]).cumsum(0)
    weights = torch.tensor([len(row) ** -0.5 for row in rows for _ in row])
    return torch.tensor(flat), offsets, weights


class Bag(torch.nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.weights = torch.nn.EmbeddingBag(BUCKETS, classes, mode="sum", sparse=True)
        self.bias = torch.nn.Parameter(torch.zeros(classes))
        torch.nn.init.zeros_(self.weights.weight)

    def forward(self, rows):
        flat, offsets, weights = batch(rows)
        return self.weights(flat, offsets, per_sample_weights=weights) + self.bias


def train(rows, labels, classes, epochs, rate, seed):
    """Epochs of AdaGrad over shuffled batches; the weight decay that a sparse gradient cannot have is left to early stopping."""
    model, r = Bag(classes), random.Random(seed)
    optimizer = torch.optim.Adagrad(model.parameters(), lr=rate)
    order = list(range(len(rows)))
    for epoch in range(epochs):
        r.shuffle(order)
        total = 0.0
        for start in range(0, len(order), 64):
            part = order[start:start + 64]
            loss = torch.nn.functional.cross_entropy(model([rows[i] for i in part]), torch.tensor([labels[i] for i in part]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(part)
        print(f"epoch {epoch + 1}: loss {total / len(order):.4f}", flush=True)
    return model


def share(part, whole):
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def measure(model, names, acting, lines):
    with torch.no_grad():
        found = [names[i] for start in range(0, len(lines), 256)
                 for i in model([features(x["utterance"]) for x in lines[start:start + 256]]).argmax(1).tolist()]
    for lang in ("en", "zh", None):
        part = [(x["domain"], f) for x, f in zip(lines, found) if lang in (None, x["lang"])]
        outside = [f for d, f in part if d == OUT_OF_SCOPE]
        if part:
            right = sum(d == f for d, f in part)
            other, acted = sum(f != OUT_OF_SCOPE for f in outside), sum(f in acting for f in outside)
            print(f"  {lang or 'all'}: domain {share(right, len(part))}; of out of scope: other domain {share(other, len(outside))}, "
                  f"acted upon {share(acted, len(outside))}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--lines", required=True, help="train.jsonl of data/prepare.py")
    ap.add_argument("--set", action="append", required=True, help="lines with lang, utterance, domain; plain or .gz; several times")
    ap.add_argument("--real-only", action="store_true", help="leave out our own generated and written lines")
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--rate", type=float, default=0.3)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    domains = {t["name"]: t["domain"] for t in tools()}
    # A bag of n-grams knows no tool: a domain acts when one of its tools does more than inform.
    acting = {t["domain"] for t in tools() if t["class"] != "inform"}
    names = sorted(set(domains.values()))
    # A line that needs the exchange before it says nothing by its own words.
    lines = [x for x in read(a.lines) if "before" not in x and not (a.real_only and x["source"].startswith("EcuAgent"))]
    print(f"{len(lines)} lines to train on")
    labels = [names.index(domains[x["calls"][0]["name"]]) for x in lines]
    model = train([features(x["utterance"]) for x in lines], labels, len(names), a.epochs, a.rate, a.seed)
    for path in a.set:
        print(os.path.basename(path))
        measure(model, names, acting, read(path))


if __name__ == "__main__":
    main()
