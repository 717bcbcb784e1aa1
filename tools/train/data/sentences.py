"""Reader of the sentence files: `sentences/{en,zh}-*.txt`, one written sentence a line with its calls.

    utterance ~ tool prop=value prop="copied text" ; tool2 prop=value
    earlier utterance ~ tool prop=value || utterance ~ tool prop=value
    utterance ~ tool prop=value @passenger

The second form gives the exchange before (turn memory). The suffix names the speaker; without it one is drawn among driver and unknown. Lines that
start with # are comments. Spacing is free; tools, properties and values must be the catalogue's, and copied values parts of the utterance.
"""

import glob
import os
import re

from text import span

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "sentences")
SOURCE = "EcuAgent sentences"
_SPEAKER = re.compile(r"\s@\s*(driver|passenger|rear_left|rear_right|unknown)\s*$")
_ARGUMENT = re.compile(r"""\s*([a-z_]+)\s*=\s*(?:"([^"]*)"|“([^”]*)”|([^\s"“]+))(?=\s|$)""")


class SentenceError(ValueError):
    """A line that cannot be read; the message names file, line, tool, property and value."""


def read(catalogue, path, errors=None):
    """Lines of one file, without `car` (and without `speaker` where none is named). Errors are raised, or collected in `errors`."""
    lang = os.path.basename(path).split("-")[0]
    if lang not in ("en", "zh"):
        raise SentenceError(f"{path}: a sentence file is named en-*.txt or zh-*.txt")
    out = []
    with open(path, encoding="utf-8-sig") as f:
        for n, row in enumerate(f, 1):
            row = row.strip()
            if not row or row.startswith("#"):
                continue
            try:
                out.append(_line(catalogue, row, lang))
            except ValueError as e:
                error = SentenceError(f"{path}:{n}: {e}\n  {row}")
                if errors is None:
                    raise error from None
                errors.append(error)
    return out


def read_all(catalogue, folder=FOLDER, errors=None):
    """Lines of every file of the folder, in the order of their names."""
    return [x for path in sorted(glob.glob(os.path.join(folder, "*.txt"))) for x in read(catalogue, path, errors)]


def _line(catalogue, row, lang):
    line = {"lang": lang}
    if m := _SPEAKER.search(row):
        line["speaker"] = m.group(1)
        row = row[:m.start()]
    parts = re.split(r"\s*\|\|\s*", row)
    if len(parts) > 2:
        raise ValueError("more than one '||'")
    before = ""
    if len(parts) == 2:
        before, calls = _exchange(catalogue, parts[0], "")
        line["before"] = {"utterance": before, "calls": calls}
    line["utterance"], line["calls"] = _exchange(catalogue, parts[-1], before)
    return line


def _exchange(catalogue, text, before):
    utterance, tilde, answer = text.rpartition("~")
    utterance = " ".join(utterance.split())
    if not tilde or not utterance:
        raise ValueError("expected: utterance ~ tool prop=value")
    calls = [_call(catalogue, part.strip(), utterance, before) for part in _split(answer) if part.strip()]
    if not 1 <= len(calls) <= catalogue.max_calls:
        raise ValueError(f"{len(calls)} calls; 1 to {catalogue.max_calls} are possible")
    return utterance, calls


def _split(answer):
    """The parts between semicolons that stand outside quotes."""
    parts, quoted = [""], False
    for c in answer:
        quoted ^= c == '"'
        if c in ";；" and not quoted:
            parts.append("")
        else:
            parts[-1] += c
    return parts


def _call(catalogue, text, utterance, before):
    name, _, rest = text.partition(" ")
    if name not in catalogue.tools:
        raise ValueError(f"unknown tool {name!r}")
    properties, arguments, at = catalogue.tools[name]["parameters"]["properties"], {}, 0
    while rest[at:].strip():
        m = _ARGUMENT.match(rest, at)
        if not m:
            raise ValueError(f"{name}: expected prop=value or prop=\"text\", found {rest[at:].strip()!r}")
        prop, value = m.group(1), next(x for x in m.groups()[1:] if x is not None)
        if prop not in properties:
            raise ValueError(f"{name}: no property {prop!r} (value {value!r})")
        if prop in arguments:
            raise ValueError(f"{name}.{prop} twice")
        arguments[prop] = _value(properties[prop], " ".join(value.split()), f"{name}.{prop}", utterance, before)
        at = m.end()
    call = catalogue.ordered(name, arguments)
    if p := catalogue.call_problem(call, utterance, before):
        raise ValueError(f"{name}: {p}")
    return call


def _value(schema, value, where, utterance, before):
    kind = schema["type"]
    if kind == "boolean":
        if value not in ("true", "false"):
            raise ValueError(f"{where}: {value!r} is not true or false")
        return value == "true"
    if kind in ("number", "integer"):
        if not re.fullmatch(r"\d+(\.\d+)?", value):
            raise ValueError(f"{where}: {value!r} is not a number")
        number = float(value)
        return int(number) if number == int(number) else number
    if "enum" in schema:
        if value not in schema["enum"]:
            raise ValueError(f"{where}: {value!r} is not one of {', '.join(schema['enum'])}")
        return value
    found = span(utterance, value) or (span(before, value) if before else None)
    if found is None:
        raise ValueError(f"{where}: {value!r} is not a part of the utterance at word boundaries")
    return found
