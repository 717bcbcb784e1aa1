"""Byte-level BPE in the layout of Qwen2/Qwen3's tokenizer.json: a small trainer and an encoder.

Merges never join two Chinese characters, a space and a Chinese character, or punctuation and letters. A value that the
model copies out of the utterance therefore has the same tokens in the answer as in the prompt.
"""

from __future__ import annotations

import argparse
import heapq
import json
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import regex

from dialect import FIXED_WORDS, SPECIAL_TOKENS, Catalogue, is_cjk

# Published in Qwen's tokenizer files.
QWEN_PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
                r"|\s*[\r\n]+|\s+(?!\S)|\s+")
CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}
# A Chinese character that occurs this often is always one token.
MIN_CJK_COUNT = 2


def byte_alphabet() -> list[str]:
    """Printable stand-in for each byte value, as every byte-level BPE vocabulary file writes it."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [byte for byte in range(256) if byte not in set(printable)]
    table = {byte: chr(byte) for byte in printable}
    table.update({byte: chr(0x100 + index) for index, byte in enumerate(rest)})
    return [table[byte] for byte in range(256)]


ALPHABET = byte_alphabet()
BYTE_OF = {char: byte for byte, char in enumerate(ALPHABET)}


def to_symbols(text: str) -> list[str]:
    return [ALPHABET[byte] for byte in text.encode("utf-8")]


def merge_units(word: str) -> list[str]:
    """Parts of a pre-token inside which merges are learned."""
    if word.lower() in CONTRACTIONS:
        return [word]
    units, run = [], ""
    for index, char in enumerate(word):
        if is_cjk(char) or not (char.isalpha() or (char == " " and index == 0)):
            units += [run, char]
            run = ""
        else:
            run += char
    return [unit for unit in [*units, run] if unit]


def _learn_characters(counts: Counter) -> list[tuple[str, str]]:
    """Merges that make each given multi-byte character one token, most frequent first."""
    merges: dict[tuple[str, str], None] = {}
    for char, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        symbols = to_symbols(char)
        left = symbols[0]
        for right in symbols[1:]:
            merges[(left, right)] = None
            left += right
    return list(merges)


def _learn_words(counts: Counter, wanted: int, known: set[str]) -> list[tuple[str, str]]:
    """Ordinary BPE with incremental pair counts: after a merge only the words that held the pair are recounted."""
    words = [(to_symbols(unit), count) for unit, count in sorted(counts.items())]
    pair_counts: Counter = Counter()
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, (symbols, count) in enumerate(words):
        for pair in zip(symbols, symbols[1:]):
            pair_counts[pair] += count
            holders[pair].add(index)
    heap = [(-count, pair) for pair, count in pair_counts.items()]
    heapq.heapify(heap)
    merges = []
    while heap and len(merges) < wanted:
        negative, pair = heapq.heappop(heap)
        if pair_counts.get(pair, 0) != -negative:
            continue  # an older entry; the current count has its own
        if -negative < 2:
            break
        if "".join(pair) not in known:
            known.add("".join(pair))
            merges.append(pair)
        touched = set()
        for index in holders.pop(pair):
            symbols, count = words[index]
            for old in zip(symbols, symbols[1:]):
                pair_counts[old] -= count
                holders[old].discard(index)
                touched.add(old)
            merged, at = [], 0
            while at < len(symbols):
                if at + 1 < len(symbols) and (symbols[at], symbols[at + 1]) == pair:
                    merged.append(symbols[at] + symbols[at + 1])
                    at += 2
                else:
                    merged.append(symbols[at])
                    at += 1
            words[index] = (merged, count)
            for new in zip(merged, merged[1:]):
                pair_counts[new] += count
                holders[new].add(index)
                touched.add(new)
        for changed in touched:
            if pair_counts[changed] > 0:
                heapq.heappush(heap, (-pair_counts[changed], changed))
            else:
                del pair_counts[changed]
        pair_counts.pop(pair, None)
    return merges


def train(texts, catalogue: Catalogue, vocab_size: int) -> dict:
    """The tokenizer.json document for these utterances and this catalogue; vocab_size counts all tokens."""
    added = [*SPECIAL_TOKENS, *catalogue.structure_tokens()]
    characters: Counter = Counter()
    units: Counter = Counter()
    for text in texts:
        for word in regex.findall(QWEN_PATTERN, " " + unicodedata.normalize("NFC", text)):
            for unit in merge_units(word):
                if len(unit) == 1 and ord(unit) > 0x7F:
                    characters[unit] += 1
                elif len(unit) > 1:
                    units[unit] += 1
    for word in FIXED_WORDS:
        units[word] += 10_000_000
    characters = Counter({char: count for char, count in characters.items() if count >= MIN_CJK_COUNT})
    room = vocab_size - 256 - len(added)
    merges = _learn_characters(characters)
    if len(merges) > room * 2 // 3:
        raise ValueError(f"vocabulary of {vocab_size} is too small for {len(characters)} characters")
    merges += _learn_words(units, room - len(merges), {"".join(pair) for pair in merges})
    vocab = {char: index for index, char in enumerate(ALPHABET)}
    for pair in merges:
        vocab.setdefault("".join(pair), len(vocab))
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": len(vocab) + index, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": content in SPECIAL_TOKENS} for index, content in enumerate(added)],
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": QWEN_PATTERN}, "behavior": "Isolated", "invert": False}, byte_level]},
        "post_processor": byte_level,
        "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
                  "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": vocab, "merges": [f"{left} {right}" for left, right in merges]},
    }


def extend(document: dict, catalogue: Catalogue) -> dict:
    """The same vocabulary and merges, with the added tokens that the catalogue needs more appended at the end."""
    known = {token["content"] for token in document["added_tokens"]}
    first = len(document["model"]["vocab"]) + len(document["added_tokens"])
    new = [content for content in catalogue.structure_tokens() if content not in known]
    added = [{**document["added_tokens"][-1], "id": first + index, "content": content} for index, content in enumerate(new)]
    return {**document, "added_tokens": [*document["added_tokens"], *added]}


class Tokenizer:
    """Encoder and decoder of a tokenizer.json as `train` writes it. Words are cached."""

    def __init__(self, document: dict):
        self.vocab = document["model"]["vocab"]
        self.added = {token["content"]: token["id"] for token in document["added_tokens"]}
        self.size = len(self.vocab) + len(self.added)
        self._ranks = {tuple(merge.split(" ")): rank for rank, merge in enumerate(document["model"]["merges"])}
        longest_first = sorted(self.added, key=len, reverse=True)
        self._split_added = regex.compile("(" + "|".join(map(regex.escape, longest_first)) + ")")
        self._split_words = regex.compile(QWEN_PATTERN)
        self._cache: dict[str, list[int]] = {}
        self._text = {index: content.encode("utf-8") for content, index in self.added.items()}
        self._text.update({index: bytes(BYTE_OF[char] for char in token) for token, index in self.vocab.items()})

    @staticmethod
    def load(path: Path) -> "Tokenizer":
        return Tokenizer(json.loads(Path(path).read_text(encoding="utf-8")))

    def _word(self, word: str) -> list[int]:
        ids = self._cache.get(word)
        if ids is None:
            symbols = to_symbols(word)
            while len(symbols) > 1:
                rank, at = min((self._ranks.get(pair, 1 << 30), at)
                               for at, pair in enumerate(zip(symbols, symbols[1:])))
                if rank == 1 << 30:
                    break
                symbols[at:at + 2] = [symbols[at] + symbols[at + 1]]
            ids = self._cache[word] = [self.vocab[symbol] for symbol in symbols]
        return ids

    def encode(self, text: str) -> list[int]:
        """Control text: added tokens are found, longest first."""
        ids: list[int] = []
        for index, part in enumerate(self._split_added.split(text)):
            ids += [self.added[part]] if index % 2 else self.encode_plain(part)
        return ids

    def encode_plain(self, text: str) -> list[int]:
        """What a person said: never an added token, whatever it looks like."""
        return [token for word in self._split_words.findall(unicodedata.normalize("NFC", text))
                for token in self._word(word)]

    def decode(self, ids) -> str:
        return b"".join(self._text.get(index, b"") for index in ids).decode("utf-8", errors="replace")


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the tokenizer of the bundled model.")
    parser.add_argument("--lines", type=Path, required=True, help="training lines (jsonl)")
    parser.add_argument("--catalogue", type=Path, required=True, help="tool catalogue (json)")
    parser.add_argument("--vocab", type=int, default=6144, help="tokens in all (default: %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="tokenizer.json to write")
    parser.add_argument("--extend", type=Path, metavar="FILE",
                        help="keep this tokenizer.json and only append what the catalogue needs more (for train.py --init)")
    options = parser.parse_args()
    with options.lines.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["utterance"] for line in lines if line.strip()]
    catalogue = Catalogue(options.catalogue)
    document = (extend(json.loads(options.extend.read_text(encoding="utf-8")), catalogue) if options.extend
                else train(texts, catalogue, options.vocab))
    tokenizer = Tokenizer(document)
    for text in texts:
        if tokenizer.decode(tokenizer.encode_plain(text)) != unicodedata.normalize("NFC", text):
            raise SystemExit(f"tokenizer does not return its input: {text!r}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    tokens = sum(len(tokenizer.encode_plain(" " + text)) for text in texts)
    print(f"tokenizer: {tokenizer.size} tokens ({len(tokenizer.added)} added), {tokens / len(texts):.1f} tokens per utterance")


if __name__ == "__main__":
    main()
