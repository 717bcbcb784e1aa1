"""Training lines: reading, weighting, light noise, tokens, and batches of about the same length."""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import torch

import dialect
from dialect import CallError, Catalogue
from tokenizer import Tokenizer

# Spoken numbers are read and written by the programs that make the data.
sys.path.append(str(Path(__file__).resolve().parent / "data"))
from asides import ASIDES  # noqa: E402
from slots import en_words, zh_words  # noqa: E402
from text import numbers  # noqa: E402

MAX_TOKENS = 192
# `source` of the lines that tools/train/data makes itself, and of the sentences that were written one by one.
GENERATED_SOURCE, SENTENCES_SOURCE = "EcuAgent", "EcuAgent sentences"
# Longest utterance that noise puts before an unrelated one, or behind another one, in characters.
MAX_UNRELATED = 70
# Copied arguments whose text says nothing about the other arguments, so that another text may stand there.
EXCHANGEABLE = {("navigate_to", "destination"), ("add_stop", "destination"), ("get_route_info", "place"), ("book_table", "restaurant"),
                ("search_food", "merchant"), ("order_food", "merchant"), ("add_to_cart", "merchant"), ("add_to_cart", "item"), ("order_food", "item"),
                ("search_hotels", "place"), ("book_hotel", "place"), ("search_tickets", "what"), ("book_ticket", "what"), ("track_parcel", "item"),
                ("pay", "payee")}
# Whole numbers that may stand for one another: argument, lowest and highest. 1 is left out, since it changes the words around it.
NUMBERS = {"degrees": ((2, 5), (16, 30), (58, 88)), "level": ((2, 3), (4, 7)), "people": ((2, 12),), "quantity": ((2, 9),), "nights": ((2, 9),),
           "amount": ((2, 19), (20, 99), (100, 999))}
# Tools whose sentences stand alone.
ALONE = {"chat", "clarify", "choose_option", "refuse"}
JOINTS = {"en": (" and ", ", and ", ", then ", ". ", ", ", " and also "), "zh": ("，", "，然后", "，再", "，顺便", "。", "，还有")}
FILLERS = {"en": ("um ", "uh ", "okay ", "ok ", "so ", "hey ", "well ", "right, ", "um, "), "zh": ("嗯", "呃", "那个", "哎", "嗯，", "那个，", "喂，", "诶")}


@dataclass
class Line:
    lang: str
    car: str
    speaker: str
    utterance: str
    calls: list
    source: str
    before: tuple[str, list] | None = None  # the exchange before: utterance and calls of the same speaker

    @property
    def kind(self) -> str:
        return {GENERATED_SOURCE: "generated", SENTENCES_SOURCE: "sentences"}.get(self.source, "real")


def read(path: Path) -> list[Line]:
    lines = []
    with path.open(encoding="utf-8") as file:
        for text in file:
            if not text.strip():
                continue
            raw = json.loads(text)
            before = raw.get("before")
            lines.append(Line(raw["lang"], raw.get("car", "unknown"), raw.get("speaker", "unknown"),
                              dialect.normalize(raw["utterance"]), raw["calls"], raw.get("source", ""),
                              (dialect.normalize(before["utterance"]), before["calls"]) if before else None))
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
    earlier = line.before[0] if line.before else ""
    before = (earlier, dialect.render_answer(catalogue, *line.before)) if line.before else None
    return (_tokens(dialect.prompt(line.utterance, line.car, line.speaker, before), tokenizer),
            _tokens(dialect.render_answer(catalogue, line.utterance, line.calls, earlier), tokenizer))


def _tokens(text: str, tokenizer: Tokenizer) -> list[int]:
    parts = text.split(dialect.SAID)
    return [token for index, part in enumerate(parts)
            for token in (tokenizer.encode_plain(part) if index % 2 else tokenizer.encode(part))]


class Noise:
    """What speech recognition and haste do to a text: lost case and punctuation, another car state.

    Copied values change together with the utterance, so the answer stays right. A share of the lines gets an unrelated
    earlier exchange, drawn from `pool`, which the answer must not depend on. Written sentences vary more: other names and
    numbers stand in them, fillers before them, and some are joined. A remark
    that asks for nothing stands beside some requests.
    """

    def __init__(self, catalogue: Catalogue, source: random.Random, pool: list[Line] = (), unrelated: float = 0.0):
        self._catalogue = catalogue
        self._random = source
        self._unrelated = unrelated
        self._pool: dict[str, list[Line]] = {}
        self._joinable: dict[str, list[Line]] = {}
        self._values: dict[tuple, list[str]] = {}
        for line in pool:
            if not line.before and len(line.utterance) <= MAX_UNRELATED and not self._asks_back(line):
                self._pool.setdefault(line.lang, []).append(line)
                if line.kind == "sentences" and self._may_join(line):
                    self._joinable.setdefault(line.lang, []).append(line)
            # Invented names are many; real ones should be drawn about as often.
            if line.kind != "generated" or source.random() < 0.3:
                for call in line.calls:
                    for prop, value in call.get("arguments", {}).items():
                        if (call["name"], prop) in EXCHANGEABLE:
                            self._values.setdefault(self._key(line.lang, call, prop), []).append(value)

    def __call__(self, line: Line) -> Line:
        chance = self._random.random
        if line.kind == "sentences":
            line = self._vary(line)
        if line.kind != "generated" and not line.before and chance() < 0.35:
            line = self._with_other_numbers(line)
        if chance() < (0.09 if line.kind == "sentences" else 0.04) and line.calls[0]["name"] not in ("chat", "clarify", "choose_option"):
            line = self._with_aside(line)
        text, calls, before = line.utterance, line.calls, line.before
        if not before and chance() < self._unrelated and not self._asks_back(line) and line.lang in self._pool:
            other = self._random.choice(self._pool[line.lang])
            before = (other.utterance, other.calls)
        if line.lang == "en" and chance() < 0.2:
            text, calls = text.lower(), self._map(calls, str.lower)
            before = before and (before[0].lower(), self._map(before[1], str.lower))
        if chance() < 0.3:
            text = self._without_end_mark(text, calls)
        if chance() < 0.05 and text[:1].isascii() and not self._copied(calls):
            text = text[:1].swapcase() + text[1:]
        # The car's state does not change what is asked for; the gate, not the model, looks at it.
        car = self._random.choice(dialect.CAR_STATES) if chance() < 0.3 else line.car
        return replace(line, car=car, utterance=text, calls=calls, before=before)

    def _vary(self, line: Line) -> Line:
        chance = self._random.random
        if chance() < 0.4 and not line.before:
            line = self._with_other_names(line)
        if chance() < 0.05 and not line.before and self._may_join(line) and line.lang in self._joinable:
            line = self._joined(line, self._random.choice(self._joinable[line.lang]))
        if chance() < 0.06 and line.calls[0]["name"] not in ALONE:
            text = line.utterance
            first = text[:1].lower() + text[1:] if not any(text.startswith(value) for value in self._copied(line.calls)) else text
            line = replace(line, utterance=self._random.choice(FILLERS[line.lang]) + first)
        return line

    def _with_aside(self, line: Line) -> Line:
        """A remark before or after the request; the answer stays the same."""
        aside, text, spaced = self._random.choice(ASIDES[line.lang]), line.utterance, line.lang == "en"
        named = any(text.startswith(value) for value in self._copied(line.calls)) or re.match(r"I\b", text)
        lower = text if named else text[:1].lower() + text[1:]
        if self._random.random() < 0.65:
            joint = self._random.choice((", ", " so ", ", so ", ". ", " and ", ", ") if spaced else ("，", "，", "，所以", "。", ""))
            said = aside + joint + (text if ". " in joint else lower)
        else:
            joint = self._random.choice((", ", " because ", ". ", ", ", " since ") if spaced else ("，", "，", "，因为", "。"))
            said = re.sub(r"[\s.?!。？！]+$", "", text) + joint + aside
        if self._random.random() < 0.3:
            said = said[:1].upper() + said[1:] if not any(said.startswith(value) for value in self._copied(line.calls)) else said
        kept = all(dialect.find_copied(said, value) >= 0 for value in self._copied(line.calls) if value in text)
        return replace(line, utterance=said) if kept else line

    def _with_other_names(self, line: Line) -> Line:
        text, calls = line.utterance, [{**call, "arguments": dict(call.get("arguments", {}))} for call in line.calls]
        for call in calls:
            for prop, value in call["arguments"].items():
                others = self._values.get(self._key(line.lang, call, prop))
                if not others or (call["name"], prop) not in EXCHANGEABLE or text.count(value) != 1 \
                        or self._copied(calls).count(value) != 1:
                    continue
                other = self._random.choice(others)
                other = other.lower() if text.islower() else other
                changed = text.replace(value, other)
                kept = all(dialect.find_copied(changed, old) >= 0 for old in self._copied(calls) if old != value)
                if kept and changed.count(other) == 1 and dialect.find_copied(changed, other) >= 0:
                    text, call["arguments"][prop] = changed, other
        return replace(line, utterance=text, calls=calls)

    def _with_other_numbers(self, line: Line) -> Line:
        text, calls = line.utterance, [{**call, "arguments": dict(call.get("arguments", {}))} for call in line.calls]
        for call in calls:
            for prop, value in call["arguments"].items():
                ranges = [bounds for bounds in NUMBERS.get(prop, ()) if not isinstance(value, str) and bounds[0] <= value <= bounds[1]]
                found = [(start, end) for start, end, number in numbers(text, line.lang) if number == value]
                same = sum(value == other for one in calls for other in one["arguments"].values())
                if not ranges or len(found) != 1 or same != 1 or value != int(value):
                    continue
                start, end = found[0]
                if any(text[start:end] in copied for copied in self._copied(calls)):
                    continue
                other = self._random.randint(*ranges[0])
                if text[start:end].isdecimal() or line.lang == "en" and other > 99:
                    said = str(other)
                else:
                    said = en_words(other) if line.lang == "en" else zh_words(other, prop in ("people", "quantity", "nights"))
                changed = text[:start] + said + text[end:]
                if [number for _, _, number in numbers(changed, line.lang)].count(other) == 1:
                    text, call["arguments"][prop] = changed, other
        return replace(line, utterance=text, calls=calls)

    def _joined(self, first: Line, second: Line) -> Line:
        if {call["name"] for call in first.calls} & {call["name"] for call in second.calls}:
            return first
        start = re.sub(r"[\s.?!。？！]+$", "", first.utterance)
        joint, rest = self._random.choice(JOINTS[first.lang]), second.utterance
        if not re.match(r"I\b", rest) and not any(rest.startswith(value) for value in self._copied(second.calls)) and ". " not in joint:
            rest = rest[:1].lower() + rest[1:]
        text, calls = start + joint + rest, first.calls + second.calls
        return replace(first, utterance=text, calls=calls) if all(dialect.find_copied(text, value) >= 0 for value in self._copied(calls)) else first

    @staticmethod
    def _may_join(line: Line) -> bool:
        """A single short request; who speaks must not matter, since only one of the two is kept."""
        return (len(line.calls) == 1 and line.calls[0]["name"] not in ALONE and len(line.utterance) <= MAX_UNRELATED
                and "zone" not in line.calls[0].get("arguments", {}))

    @staticmethod
    def _key(lang: str, call: dict, prop: str) -> tuple:
        """Texts may stand for one another within one language, kind of argument and, for tickets and payments, kind of call."""
        family = "place" if prop == "destination" or call["name"] == "get_route_info" else call["name"].split("_")[-1]
        return lang, family, prop, call.get("arguments", {}).get("kind")

    @staticmethod
    def _asks_back(line: Line) -> bool:
        """A question back depends on what is not known, so an earlier exchange could change it."""
        return any(call["name"] in ("clarify", "choose_option") for call in line.calls)

    def _copied(self, calls) -> list[str]:
        return [value for call in calls for prop, value in call.get("arguments", {}).items()
                if self._catalogue.is_copied(call["name"], prop)]

    def _map(self, calls, change) -> list:
        return [{"name": call["name"], "arguments": {
            prop: change(value) if self._catalogue.is_copied(call["name"], prop) else value
            for prop, value in call.get("arguments", {}).items()}} for call in calls]

    def _without_end_mark(self, text: str, calls) -> str:
        shorter = re.sub(r"\s*[.?!。？！]+$", "", text)
        kept = shorter and all(value in shorter for value in self._copied(calls) if value in text)
        return shorter if kept else text


def repeats(line: Line, weights: dict[str, float]) -> float:
    """How often a line is seen in one epoch: the product of the weights whose key is its language, kind or source."""
    tools = {call["name"] for call in line.calls}
    weight = 1.0
    for key, factor in weights.items():
        if key in (line.lang, line.kind, line.source) or key in tools or key == f"{line.lang}-{line.kind}":
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
