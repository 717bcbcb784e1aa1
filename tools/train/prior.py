"""The opening prior: hashed n-grams of an utterance give log-probabilities over the tools of the first call.

    prior.py train --lines TRAIN.jsonl --out prior.bin        the table, about a minute on one thread
    prior.py tune --prior prior.bin --model HF --lines HELDOUT.jsonl    its weight against the model's logits
    prior.py add --prior prior.bin --package DIR              into a model package and its manifest

The runtime adds weight * log-probability to the logits of the tokens that open the first call. adapters/Qwen/EcuAgent.Qwen/Priors reads the
file and computes exactly the same buckets. File, little endian:

    8 bytes "ECUPRIOR", u32 version 1, u32 seed of character grams, u32 seed of words, u32 seed of word grams,
    u8 shortest and u8 longest character gram, u8 longest word gram, u8 bits of a bucket, u16 most UTF-16 units of an utterance,
    u16 dimensions D, u16 classes C, u16 tools T, f32 weight, T x (u8 length, UTF-8 name, f32 bias of the tool), C x u16 tool of the class,
    f32[D] scale of each dimension, f32[C] bias of each class, f32[C][D] output weights, then i8[2^bits][D] rows to the end of the file.
"""

import argparse
import hashlib
import json
import math
import os
import random
import struct
import unicodedata
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
CATALOGUE = os.path.join(HERE, "..", "..", "ecu-service", "EcuAgent.Core", "Catalogue", "catalogue.json")
MAGIC, VERSION = b"ECUPRIOR", 1
PRIME = np.uint32(16777619)  # of the 32-bit FNV hash
# How much a line counts: generated, written sentence, real (1).
WEIGHTS = {"EcuAgent": 0.5, "EcuAgent sentences": 2.0}
SPACE, LETTER, CHINESE = 0, 1, 2


@dataclass
class Settings:
    char_seed: int = 0x9E3779B1
    word_seed: int = 0x811C9DC5
    gram_seed: int = 0x01234567
    min_char: int = 2
    max_char: int = 4
    max_word: int = 2
    bits: int = 16
    max_units: int = 400


def _tables():
    """Kind and lower-case form of each UTF-16 unit. Ranges, not Unicode tables, so that every runtime agrees."""
    unit = np.arange(1 << 16, dtype=np.uint32)
    chinese = ((unit >= 0x3400) & (unit <= 0x9FFF)) | ((unit >= 0xF900) & (unit <= 0xFAFF))
    sign = ((unit >= 0x2000) & (unit <= 0x206F)) | ((unit >= 0x3000) & (unit <= 0x303F)) | ((unit >= 0xFF00) & (unit <= 0xFFEF))
    upper = ((unit >= 0x41) & (unit <= 0x5A)) | ((unit >= 0xC0) & (unit <= 0xDE) & (unit != 0xD7))
    lower = np.where(upper, unit + 32, unit).astype(np.uint32)
    letter = ((lower >= 0x61) & (lower <= 0x7A)) | ((unit >= 0x30) & (unit <= 0x39)) | ((unit >= 0xC0) & ~sign)
    kind = np.where(chinese, CHINESE, np.where(letter, LETTER, SPACE))
    return kind.astype(np.uint8), np.where(letter | chinese, lower, 0x20).astype(np.uint32)


KIND, LOWER = _tables()


def _mix(h):
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x85EBCA6B)
    h = h ^ (h >> np.uint32(13))
    h = h * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def _grams(items, length, seed):
    count = len(items) - length + 1
    h = np.full(max(count, 0), (seed * length) & 0xFFFFFFFF, np.uint32)
    for i in range(length):
        h = (h ^ items[i:i + max(count, 0)]) * PRIME
    return _mix(h)


def buckets(text, settings):
    """Buckets of an utterance, ascending, each once; none where it holds no letter.

    NFC, at most max_units UTF-16 units, lower case; whatever is no letter, digit or Chinese character is one space, also at both ends. A word is
    a run of letters or one Chinese character.
    """
    raw = np.frombuffer(unicodedata.normalize("NFC", text).encode("utf-16-le", "replace"), dtype="<u2")[:settings.max_units]
    units = np.concatenate([[0x20], LOWER[raw], [0x20]]).astype(np.uint32)
    units = units[np.concatenate([[True], (units[1:] != 0x20) | (units[:-1] != 0x20)])]
    if len(units) < 3:
        return np.zeros(0, np.int64)
    words, word = [], None
    for unit, kind in zip(units.tolist(), KIND[units].tolist()):
        if kind != LETTER and word is not None:
            words.append(word)
            word = None
        if kind != SPACE:
            word = (((settings.word_seed if word is None else word) ^ unit) * 16777619) & 0xFFFFFFFF
        if kind == CHINESE:
            words.append(word)
            word = None
    words = np.array(words, dtype=np.uint32)
    parts = [_grams(units, n, settings.char_seed) for n in range(settings.min_char, settings.max_char + 1)]
    parts += [_mix(words)] + [_grams(words, n, settings.gram_seed) for n in range(2, settings.max_word + 1)]
    return np.unique(np.concatenate(parts) & np.uint32((1 << settings.bits) - 1)).astype(np.int64)


class Prior:
    """What the file holds; `weights` multiply the mean-like sum of an utterance's rows."""

    def __init__(self, settings, tools, class_tools, scales, class_bias, output, rows, weight=0.0, tool_bias=None):
        self.settings, self.tools, self.class_tools = settings, tools, class_tools
        self.scales, self.class_bias, self.output, self.rows = scales, class_bias, output, rows
        self.weight, self.tool_bias = weight, tool_bias or [0.0] * len(tools)

    def log_probabilities(self, text):
        """One for each tool, or None where the utterance holds no letter."""
        at = buckets(text, self.settings)
        if not len(at):
            return None
        hidden = self.rows[at].astype(np.int64).sum(0) * self.scales / math.sqrt(len(at))
        scores = self.output @ hidden.astype(np.float32) + self.class_bias
        scores -= scores.max()
        odds = np.exp(scores)
        sums = np.zeros(len(self.tools), np.float64)
        np.add.at(sums, self.class_tools, odds)
        return np.log(np.maximum(sums / odds.sum(), 1e-12)).astype(np.float32)

    def bias(self, text):
        """What is added to the logits of the opening tokens, one for each tool."""
        found = self.log_probabilities(text)
        return None if found is None else self.weight * found + np.array(self.tool_bias, np.float32)

    def write(self, path):
        s = self.settings
        parts = [MAGIC, struct.pack("<IIIIBBBBHHHHf", VERSION, s.char_seed, s.word_seed, s.gram_seed, s.min_char, s.max_char, s.max_word, s.bits,
                                    s.max_units, len(self.scales), len(self.class_bias), len(self.tools), self.weight)]
        for name, bias in zip(self.tools, self.tool_bias):
            parts.append(struct.pack("<B", len(name.encode())) + name.encode() + struct.pack("<f", bias))
        parts += [np.asarray(self.class_tools, "<u2").tobytes(), np.asarray(self.scales, "<f4").tobytes(),
                  np.asarray(self.class_bias, "<f4").tobytes(), np.asarray(self.output, "<f4").tobytes(), self.rows.astype(np.int8).tobytes()]
        with open(path + ".tmp", "wb") as f:
            f.write(b"".join(parts))
        os.replace(path + ".tmp", path)

    @staticmethod
    def read(path):
        with open(path, "rb") as f:
            raw = f.read()
        head = struct.Struct("<IIIIBBBBHHHHf")
        if raw[:8] != MAGIC:
            raise ValueError(f"{path}: not an opening prior")
        version, c, w, g, low, high, word, bits, units, dims, classes, tools, weight = head.unpack_from(raw, 8)
        if version != VERSION:
            raise ValueError(f"{path}: version {version}, expected {VERSION}")
        at, names, biases = 8 + head.size, [], []
        for _ in range(tools):
            size = raw[at]
            names.append(raw[at + 1:at + 1 + size].decode())
            biases.append(struct.unpack_from("<f", raw, at + 1 + size)[0])
            at += 5 + size

        def take(kind, *shape):
            nonlocal at
            found = np.frombuffer(raw, kind, math.prod(shape), at).reshape(shape)
            at += found.nbytes
            return found
        class_tools, scales, bias, output = take("<u2", classes), take("<f4", dims), take("<f4", classes), take("<f4", classes, dims)
        return Prior(Settings(c, w, g, low, high, word, bits, units), names, class_tools, scales, bias, output, take("i1", 1 << bits, dims), weight, biases)


def read_lines(path):
    with open(path, encoding="utf-8") as f:
        return [x for x in map(json.loads, f) if "before" not in x]  # a line that needs the exchange before it says nothing by its own words


def tool_names():
    with open(CATALOGUE, encoding="utf-8") as f:
        return [t["name"] for t in json.load(f)["tools"]]


def class_of(line):
    """A tool; refusals apart by their reason, since they have no words in common."""
    call = line["calls"][0]
    return call["name"], call["arguments"].get("reason", "") if call["name"] == "refuse" else ""


def fit(lines, tools, settings, dimensions, epochs, rate, seed):
    """Bag of rows, then a linear layer, trained by AdaGrad; rows are stored with 8 bits."""
    torch.manual_seed(seed)
    classes = sorted({class_of(x) for x in lines}, key=lambda c: (tools.index(c[0]), c[1]))
    kinds = {c: i for i, c in enumerate(classes)}
    rows = [torch.from_numpy(buckets(x["utterance"], settings)) for x in lines]
    keep = [i for i, row in enumerate(rows) if len(row)]
    labels = torch.tensor([kinds[class_of(x)] for x in lines])
    counts = torch.tensor([WEIGHTS.get(x["source"], 1.0) for x in lines])
    table = torch.nn.EmbeddingBag(1 << settings.bits, dimensions, mode="sum", sparse=True)
    out = torch.nn.Linear(dimensions, len(classes))
    torch.nn.init.normal_(table.weight, std=0.1)
    torch.nn.init.normal_(out.weight, std=0.3)
    torch.nn.init.zeros_(out.bias)
    optimizer = torch.optim.Adagrad([{"params": table.parameters(), "lr": rate}, {"params": out.parameters(), "lr": rate / 3}])
    r = random.Random(seed)
    for epoch in range(epochs):
        r.shuffle(keep)
        total = 0.0
        for start in range(0, len(keep), 64):
            part = keep[start:start + 64]
            sizes = torch.tensor([len(rows[i]) for i in part])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            flat = torch.cat([rows[i] for i in part])
            scores = out(table(flat, offsets, per_sample_weights=torch.repeat_interleave(sizes.float() ** -0.5, sizes)))
            loss = (F.cross_entropy(scores, labels[part], reduction="none") * counts[part]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(part)
        print(f"epoch {epoch + 1}: loss {total / counts.sum().item():.4f}", flush=True)
    found = table.weight.detach().numpy()
    scales = np.maximum(np.abs(found).max(0) / 127, 1e-9).astype(np.float32)
    return Prior(settings, tools, np.array([tools.index(c[0]) for c in classes], np.uint16), scales, out.bias.detach().numpy(),
                 out.weight.detach().numpy(), np.clip(np.rint(found / scales), -127, 127).astype(np.int8))


def opening_logits(folder, lines, tools):
    """The model's logits of the tools' opening tokens, one row for each line."""
    import dialect
    from model import from_hugging_face
    from pathlib import Path
    from tokenizer import Tokenizer
    tokenizer, model = Tokenizer.load(Path(folder) / "tokenizer.json"), from_hugging_face(Path(folder)).eval()
    opening = torch.tensor([tokenizer.added[dialect.CALL_OPEN % name] for name in tools])
    by_length = {}
    for index, x in enumerate(lines):
        text = dialect.prompt(dialect.normalize(x["utterance"]), x.get("car", "unknown"), x.get("speaker", "unknown"))
        tokens = [t for i, part in enumerate(text.split(dialect.SAID)) for t in (tokenizer.encode_plain(part) if i % 2 else tokenizer.encode(part))]
        by_length.setdefault(len(tokens), []).append((index, tokens))
    result = torch.zeros(len(lines), len(tools))
    with torch.no_grad():
        for same in by_length.values():
            for start in range(0, len(same), 64):
                part = same[start:start + 64]
                result[[i for i, _ in part]] = model.step(torch.tensor([t for _, t in part]), None)[0][:, opening].float()
    return result.numpy()


def best_weight(logits, found, labels, domains):
    """The weight with most right tools and domains, each counted with its two neighbours so that single lines decide less."""
    weights = [round(0.1 * i, 1) for i in range(21)]
    domain = np.array(domains)
    chosen = [(logits + w * found).argmax(1) for w in weights]
    right = [int((c == labels).sum() + (domain[c] == domain[labels]).sum()) for c in chosen]
    for w, c in zip(weights, chosen):
        print(f"weight {w}: tool {np.mean(c == labels):.4f}, domain {np.mean(domain[c] == domain[labels]):.4f}")
    smooth = [sum(right[max(0, i - 1):i + 2]) / len(right[max(0, i - 1):i + 2]) for i in range(len(weights))]
    return weights[smooth.index(max(smooth))]


def tune(path, folder, lines_path, fixed=None):
    """Sets the weight in the file, from lines held out of the training part; the open set has no say."""
    prior = Prior.read(path)
    prior.weight = fixed
    if fixed is None:
        with open(CATALOGUE, encoding="utf-8") as f:
            domains = {t["name"]: t["domain"] for t in json.load(f)["tools"]}
        lines = [x for x in read_lines(lines_path) if x.get("set") != "open"]
        pairs = [(x, prior.log_probabilities(x["utterance"])) for x in lines]
        pairs = [(x, found) for x, found in pairs if found is not None]
        labels = np.array([prior.tools.index(x["calls"][0]["name"]) for x, _ in pairs])
        logits = opening_logits(folder, [x for x, _ in pairs], prior.tools)
        prior.weight = best_weight(logits, np.stack([found for _, found in pairs]), labels, [domains[t] for t in prior.tools])
    prior.write(path)
    print(f"weight {prior.weight}")


def add(path, package):
    """Copies the prior into a package and names it in the manifest."""
    manifest = os.path.join(package, "manifest.json")
    with open(path, "rb") as f:
        raw = f.read()
    with open(manifest, encoding="utf-8") as f:
        content = json.load(f)
    content["files"] = dict(sorted({**content["files"], "prior.bin": hashlib.sha256(raw).hexdigest()}.items()))
    with open(os.path.join(package, "prior.bin"), "wb") as f:
        f.write(raw)
    with open(manifest + ".tmp", "w", encoding="utf-8") as f:
        f.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    os.replace(manifest + ".tmp", manifest)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ap.add_subparsers(dest="command", required=True)
    p = commands.add_parser("train")
    p.add_argument("--lines", required=True, help="train.jsonl of data/prepare.py")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--rate", type=float, default=0.15)
    p.add_argument("--dimensions", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    p = commands.add_parser("tune")
    p.add_argument("--prior", required=True)
    p.add_argument("--model", help="folder with config.json, model.safetensors, tokenizer.json")
    p.add_argument("--lines", help="heldout.jsonl of data/prepare.py")
    p.add_argument("--weight", type=float, help="this weight instead of the best one")
    p = commands.add_parser("add")
    p.add_argument("--prior", required=True)
    p.add_argument("--package", required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    if a.command == "train":
        prior = fit(read_lines(a.lines), tool_names(), Settings(), a.dimensions, a.epochs, a.rate, a.seed)
        prior.write(a.out)
        print(f"{a.out}: {os.path.getsize(a.out)} bytes, {len(prior.class_bias)} classes")
    elif a.command == "tune":
        if a.weight is None and not (a.model and a.lines):
            ap.error("tune wants --model and --lines, or --weight")
        tune(a.prior, a.model, a.lines, a.weight)
    else:
        add(a.prior, a.package)


if __name__ == "__main__":
    main()
