"""Training lines: reading, weighting, light noise, tokens, and batches of about the same length."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import torch

import dialect
from dialect import CallError, Catalogue
from tokenizer import Tokenizer

MAX_TOKENS = 192
# `source` of the lines that tools/train/data makes itself.
GENERATED_SOURCE = "EcuAgent"


@dataclass
class Line:
    lang: str
    car: str
    speaker: str
    utterance: str
    calls: list
    source: str

    @property
    def generated(self) -> bool:
        return self.source == GENERATED_SOURCE


def read(path: Path) -> list[Line]:
    lines = []
    with path.open(encoding="utf-8") as file:
        for text in file:
            if not text.strip():
                continue
            raw = json.loads(text)
            lines.append(Line(raw["lang"], raw.get("car", "unknown"), raw.get("speaker", "unknown"),
                              dialect.normalize(raw["utterance"]), raw["calls"], raw.get("source", "")))
    return lines


def checked(lines: list[Line], catalogue: Catalogue, tokenizer: Tokenizer) -> tuple[list[Line], list[str]]:
    """The lines that the dialect can express, and one message for each that it cannot."""
    good, problems = [], []
    for line in lines:
        try:
            size = sum(map(len, encode(line, catalogue, tokenizer)))
            if size > MAX_TOKENS:
                raise CallError(f"{size} tokens, at most {MAX_TOKENS}: {line.utterance[:60]!r}")
            good.append(line)
        except CallError as problem:
            problems.append(str(problem))
    return good, problems


def encode(line: Line, catalogue: Catalogue, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Token ids of prompt and answer."""
    return (_tokens(dialect.prompt(line.utterance, line.car, line.speaker), tokenizer),
            _tokens(dialect.render_answer(catalogue, line.utterance, line.calls), tokenizer))


def _tokens(text: str, tokenizer: Tokenizer) -> list[int]:
    parts = text.split(dialect.SAID)
    return [token for index, part in enumerate(parts)
            for token in (tokenizer.encode_plain(part) if index % 2 else tokenizer.encode(part))]


class Noise:
    """What speech recognition and haste do to a text: lost case and punctuation, another car state.

    Copied values change together with the utterance, so the answer stays right.
    """

    def __init__(self, catalogue: Catalogue, source: random.Random):
        self._catalogue = catalogue
        self._random = source

    def __call__(self, line: Line) -> Line:
        chance = self._random.random
        text, calls = line.utterance, line.calls
        if line.lang == "en" and chance() < 0.2:
            text, calls = text.lower(), self._map(calls, str.lower)
        if chance() < 0.3:
            text = self._without_end_mark(text, calls)
        if chance() < 0.05 and text[:1].isascii() and not self._copied(calls):
            text = text[:1].swapcase() + text[1:]
        # The car's state does not change what is asked for; the gate, not the model, looks at it.
        car = self._random.choice(dialect.CAR_STATES) if chance() < 0.3 else line.car
        return Line(line.lang, car, line.speaker, text, calls, line.source)

    def _copied(self, calls) -> list[str]:
        return [value for call in calls for prop, value in call.get("arguments", {}).items()
                if self._catalogue.is_copied(call["name"], prop)]

    def _map(self, calls, change) -> list:
        return [{"name": call["name"], "arguments": {
            prop: change(value) if self._catalogue.is_copied(call["name"], prop) else value
            for prop, value in call.get("arguments", {}).items()}} for call in calls]

    def _without_end_mark(self, text: str, calls) -> str:
        shorter = re.sub(r"\s*[.?!。？！]+$", "", text)
        kept = shorter and all(value in shorter for value in self._copied(calls))
        return shorter if kept else text


def repeats(line: Line, weights: dict[str, float]) -> float:
    """How often a line is seen in one epoch: the product of the weights whose key is its language, kind or source."""
    kind = "generated" if line.generated else "real"
    tools = {call["name"] for call in line.calls}
    weight = 1.0
    for key, factor in weights.items():
        if key in (line.lang, kind, line.source) or key in tools or key == f"{line.lang}-{kind}":
            weight *= factor
    return weight


@dataclass
class Batch:
    ids: torch.Tensor       # [lines, time], right-padded
    keep: torch.Tensor      # flat positions whose next token belongs to an answer
    labels: torch.Tensor    # that next token, one for each kept position
    answer_at: list[int]    # first answer position of each line
    lines: list[Line]


def collate(lines: list[Line], encoded: list[tuple[list[int], list[int]]], pad_id: int) -> Batch:
    time = max(len(prompt) + len(answer) for prompt, answer in encoded) - 1
    ids = torch.full((len(encoded), time), pad_id, dtype=torch.long)
    keep, labels = [], []
    for row, (prompt, answer) in enumerate(encoded):
        tokens = prompt + answer[:-1]
        ids[row, :len(tokens)] = torch.tensor(tokens)
        first = row * time + len(prompt) - 1
        keep += range(first, first + len(answer))
        labels += answer
    return Batch(ids, torch.tensor(keep), torch.tensor(labels), [len(prompt) for prompt, _ in encoded], lines)


def batches(items: list[tuple[Line, tuple[list[int], list[int]]]], batch_tokens: int, pad_id: int,
            source: random.Random):
    """One pass: lines are shuffled, sorted by length inside windows, cut into batches, and the batches shuffled."""
    items = list(items)
    source.shuffle(items)
    window = max(1, batch_tokens // 30) * 40
    for begin in range(0, len(items), window):
        part = sorted(items[begin:begin + window], key=lambda item: len(item[1][0]) + len(item[1][1]))
        groups, group, longest = [], [], 0
        for item in part:
            size = len(item[1][0]) + len(item[1][1])
            if group and max(longest, size) * (len(group) + 1) > batch_tokens:
                groups.append(group)
                group, longest = [], 0
            group.append(item)
            longest = max(longest, size)
        if group:
            groups.append(group)
        source.shuffle(groups)
        for group in groups:
            yield collate([line for line, _ in group], [ids for _, ids in group], pad_id)
