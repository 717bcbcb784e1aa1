"""Checks lines against the tool catalogue."""

import json
import os

from text import on_boundary

CARS = ("parked", "idling", "moving", "unknown")
SPEAKERS = ("driver", "passenger", "rear_left", "rear_right", "unknown")
CATALOGUE = os.path.join(os.path.dirname(__file__), "..", "..", "..", "ecu-service", "EcuAgent.Core", "Catalogue", "catalogue.json")


class Catalogue:
    def __init__(self, path=CATALOGUE):
        with open(path, encoding="utf-8") as f:
            doc = json.load(f)
        self.max_calls = doc["maxCallsPerUtterance"]
        self.tools = {t["name"]: t for t in doc["tools"]}

    def domain(self, tool):
        return self.tools[tool]["domain"]

    def ordered(self, name, arguments):
        """A call with its arguments in schema order, those that are None left out."""
        props = self.tools[name]["parameters"]["properties"]
        unknown = set(arguments) - set(props)
        if unknown:
            raise ValueError(f"{name}: unknown arguments {sorted(unknown)}")
        return {"name": name, "arguments": {p: arguments[p] for p in props if arguments.get(p) is not None}}

    def problem(self, line):
        """The first reason why the line is not valid, or None."""
        utt = line.get("utterance")
        p = self._text_problem(utt)
        if p:
            return p
        if line.get("lang") not in ("en", "zh"):
            return f"lang {line.get('lang')}"
        if line.get("car") not in CARS:
            return f"car {line.get('car')}"
        if line.get("speaker") not in SPEAKERS:
            return f"speaker {line.get('speaker')}"
        before, earlier = line.get("before"), ""
        if before is not None:
            if set(before) != {"utterance", "calls"}:
                return "before has other fields than utterance and calls"
            earlier = before["utterance"]
            p = self._text_problem(earlier) or self._calls_problem(before["calls"], earlier, "")
            if p:
                return f"before: {p}"
        calls = line.get("calls")
        p = self._calls_problem(calls, utt, earlier)
        if p:
            return p
        if "domain" in line and line["domain"] != self.domain(calls[0]["name"]):
            return f"domain {line['domain']} is not that of {calls[0]['name']}"
        return None

    @staticmethod
    def _text_problem(utt):
        if not isinstance(utt, str) or not utt.strip():
            return "no utterance"
        if utt != utt.strip() or any(ord(c) < 32 for c in utt):
            return "utterance has outer spaces or control characters"
        return None

    def _calls_problem(self, calls, utt, earlier):
        if not isinstance(calls, list) or not 1 <= len(calls) <= self.max_calls:
            return f"number of calls {calls and len(calls)}"
        for c in calls:
            p = self.call_problem(c, utt, earlier)
            if p:
                return f"{c.get('name')}: {p}"
        return None

    def call_problem(self, call, utt, earlier=""):
        """The first reason why the call is not valid for an utterance (and the one before it), or None."""
        tool = self.tools.get(call.get("name"))
        if tool is None or set(call) != {"name", "arguments"}:
            return "unknown tool or extra fields"
        schema = tool["parameters"]
        args = call["arguments"]
        order = [p for p in schema["properties"] if p in args]
        if list(args) != order:
            return f"arguments {list(args)}: unknown or not in schema order"
        for r in schema["required"]:
            if r not in args:
                return f"required {r} is missing"
        for k, v in args.items():
            p = self._value_problem(schema["properties"][k], v, utt, earlier)
            if p:
                return f"{k}={v!r}: {p}"
        return None

    @staticmethod
    def _value_problem(s, v, utt, earlier):
        t = s["type"]
        if t == "boolean":
            return None if isinstance(v, bool) else "not a boolean"
        if t in ("number", "integer"):
            if isinstance(v, bool) or not isinstance(v, (int, float)) or (t == "integer" and not isinstance(v, int)):
                return f"not a {t}"
            if isinstance(v, float) and v == int(v):
                return "not in shortest form"
            if not s.get("minimum", v) <= v <= s.get("maximum", v):
                return "out of range"
            if "multipleOf" in s and (v / s["multipleOf"]) % 1:
                return "not a multiple"
            return None
        if not isinstance(v, str):
            return "not a string"
        if "enum" in s:
            return None if v in s["enum"] else "not in the enum"
        if not 1 <= len(v) <= s["maxLength"] or v != v.strip() or any(c in v for c in '"\\') or any(ord(c) < 32 for c in v):
            return "bad length or characters"
        if _holds(utt, v) or _holds(earlier, v):
            return None
        return "not a contiguous part of the utterance at word boundaries"


def _holds(text, value):
    at = text.find(value)
    while at >= 0:
        if on_boundary(text, at, at + len(value)):
            return True
        at = text.find(value, at + 1)
    return False
