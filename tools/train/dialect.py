"""The compact dialect of the bundled model: prompt and answer as text, and the tokens that make them cheap.

Everything here is derived from the tool catalogue, so a changed catalogue gives a changed tokenizer and model.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

CAR_STATES = ("parked", "idling", "moving", "unknown")
SPEAKERS = ("driver", "passenger", "rear_left", "rear_right", "unknown")
CALL_OPEN = '<tool_call>\n{"name": "%s", "arguments": {'
CALL_CLOSE = "}}\n</tool_call>"
END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
SPECIAL_TOKENS = (END_OF_TEXT, START, END)
# Words that occur in every prompt or answer and must each be one token.
FIXED_WORDS = ("user", "assistant", "true", "false")
MAX_CALLS = 4
# Stands around what a person said inside prompt and answer, which is encoded without added tokens.
SAID = "\0"


class CallError(ValueError):
    """A call that the catalogue or the dialect cannot express; the message names the thing and the value."""


class Catalogue:
    def __init__(self, path: Path):
        raw = path.read_bytes()
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.tools = {tool["name"]: tool for tool in json.loads(raw)["tools"]}

    def properties(self, tool: str) -> dict:
        return self.tools[tool]["parameters"].get("properties", {})

    def domain(self, tool: str) -> str | None:
        return self.tools[tool]["domain"] if tool in self.tools else None

    def is_copied(self, tool: str, prop: str) -> bool:
        return self.properties(tool).get(prop, {}).get("x-copied-from") == "utterance"

    def structure_tokens(self) -> list[str]:
        """Added tokens: one per control text, tool opening, property name and enumerated value."""
        tokens = [f"[car: {car}; " for car in CAR_STATES] + [f"speaker: {who}]" for who in SPEAKERS]
        tokens += [CALL_OPEN % name for name in self.tools] + [CALL_CLOSE]
        names, values = {}, {}
        for tool in self.tools:
            for prop, schema in self.properties(tool).items():
                names[prop] = None
                values.update(dict.fromkeys(schema.get("enum", ())))
        tokens += [f'"{name}": ' for name in names] + [f', "{name}": ' for name in names]
        tokens += [f'"{value}"' for value in values]
        return tokens


def normalize(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def prompt(utterance: str, car: str, speaker: str, before: tuple[str, str] | None = None) -> str:
    """The prompt, with SAID around what the person said; `before` is an earlier utterance and its answer (render_answer)."""
    if car not in CAR_STATES or speaker not in SPEAKERS:
        raise CallError(f"unknown car state {car!r} or speaker {speaker!r}")
    history = prompt(before[0], car, speaker) + before[1] + "\n" if before else ""
    return f"{history}{START}user\n[car: {car}; speaker: {speaker}]\n{SAID} {utterance}{SAID}{END}\n{START}assistant\n"


def is_word_part(char: str) -> bool:
    """Letters and digits of scripts that separate words by spaces; Chinese characters bound a word on both sides."""
    return char.isalnum() and not is_cjk(char)


def is_cjk(char: str) -> bool:
    code = ord(char)
    return (0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
            or 0x3040 <= code <= 0x30FF or 0xAC00 <= code <= 0xD7AF)


def find_copied(utterance: str, value: str) -> int:
    """Start of the first match of value in utterance that begins and ends at word boundaries; -1 when there is none."""
    start = utterance.find(value)
    while start >= 0:
        end = start + len(value)
        cut_left = start > 0 and is_word_part(utterance[start - 1]) and is_word_part(value[0])
        cut_right = end < len(utterance) and is_word_part(utterance[end]) and is_word_part(value[-1])
        if not cut_left and not cut_right:
            return start
        start = utterance.find(value, start + 1)
    return -1


def _copied(utterance: str, value: str, where: str, before: str) -> str:
    value = normalize(value)
    if not value or any(char in '"\\' or ord(char) < 32 for char in value):
        raise CallError(f"{where}: {value!r} cannot be copied")
    start = find_copied(utterance, value)
    if start < 0 and before:
        utterance, start = before, find_copied(before, value)
    if start < 0:
        raise CallError(f"{where}: {value!r} is not in the utterance {utterance!r}")
    # The prompt has one space before the utterance, so a match at its start is preceded by a space as well.
    spaced = start == 0 or utterance[start - 1] == " "
    return (" " if spaced else "") + value


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def render_call(catalogue: Catalogue, utterance: str, call: dict, before: str = "") -> str:
    name, arguments = call["name"], call.get("arguments", {})
    if name not in catalogue.tools:
        raise CallError(f"unknown tool {name!r}")
    properties = catalogue.properties(name)
    unknown = [key for key in arguments if key not in properties]
    if unknown:
        raise CallError(f"{name} has no argument {unknown[0]!r}")
    parts = []
    for prop, schema in properties.items():
        if prop not in arguments:
            continue
        value, where = arguments[prop], f"{name}.{prop}"
        if catalogue.is_copied(name, prop):
            text = f'"{SAID}{_copied(utterance, value, where, before)}{SAID}"'
        elif "enum" in schema:
            if value not in schema["enum"]:
                raise CallError(f"{where}: {value!r} is not one of its values")
            text = f'"{value}"'
        elif schema["type"] == "boolean":
            text = "true" if value else "false"
        elif schema["type"] in ("number", "integer"):
            if isinstance(value, (bool, str)) or not schema["minimum"] <= value <= schema["maximum"]:
                raise CallError(f"{where}: {value!r} is out of range")
            text = _number(value)
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f'"{prop}": {text}')
    return CALL_OPEN % name + ", ".join(parts) + CALL_CLOSE


def render_answer(catalogue: Catalogue, utterance: str, calls: list[dict], before: str = "") -> str:
    """The answer, with SAID around copied values, which stand in the utterance or in the one before it."""
    if not 1 <= len(calls) <= MAX_CALLS:
        raise CallError(f"{len(calls)} calls; 1 to {MAX_CALLS} are possible")
    return "\n".join(render_call(catalogue, utterance, call, before) for call in calls) + END


def parse_answer(text: str) -> list[dict] | None:
    """Calls of an answer, copied values trimmed; None when it is ill-formed."""
    calls = []
    for block in text.split("</tool_call>"):
        block = block.strip()
        if not block:
            continue
        if not block.startswith("<tool_call>"):
            return None
        try:
            call = json.loads(block[len("<tool_call>"):])
        except ValueError:
            return None
        if not isinstance(call.get("arguments"), dict):
            return None
        call["arguments"] = {key: value.strip() if isinstance(value, str) else value
                             for key, value in call["arguments"].items()}
        calls.append(call)
    return calls
