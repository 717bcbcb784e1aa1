"""Generates labelled requests from the phrase files.

A phrase file has sections `@tool {"fixed": "arguments"} w=weight` followed by one phrase a line. In a phrase `(a|b)` is a choice, `[a|b]` a choice or
nothing, `{kind}` text of that kind, and `{kind>argument}` text of that kind whose value becomes the argument. A section `@tool {...} +second {...}`
makes two calls; `{kind>+argument}` is an argument of the second.
"""

import json
import os
import re

import slots
from followups import FollowUps

HERE = os.path.dirname(os.path.abspath(__file__))
JOINTS = {
    "en": [" and ", ", and ", " then ", ", then ", " and then ", ", ", " and also ", " plus ", ". ", ". also ", " also ", " and after that ", " and please ", ", oh and ", " as well as ", " and can you "],
    "zh": ["，", "，然后", "然后", "再", "，再", "，顺便", "，还有", "，并且", "并", "，另外", "，接着", "。", "，同时", "", "", "", "", "，完了", "，再帮我", "，最后"],
}
FILL = {
    "en": (["please ", "can you ", "could you ", "uh ", "um ", "hey ", "okay ", "ok ", "would you ", "hey car ", "so ", "i want you to ", "can you please ", "just ", "alright ", "well ", "i need you to "],
           [" please", " thanks", " for me", " now", " will you", " thank you", " okay", " right now"]),
    "zh": (["请", "帮我", "麻烦", "嗯", "那个", "你好", "请帮我", "麻烦你", "给我", "能不能", "能帮我", "可以", "喂", "快", "嗨", "呃", "麻烦帮我", "我要你"],
           ["吧", "谢谢", "一下", "好吗", "可以吗", "行吗", "呗", "啊", "哈"]),
}
_VERBISH = {"set_temperature", "set_fan", "adjust_fan", "set_climate", "set_defrost", "set_recirculation", "set_airflow", "set_seat_heating", "set_seat_ventilation",
            "set_steering_wheel_heating", "navigate_to", "navigate_to_saved", "add_stop", "cancel_navigation", "set_route_avoidance", "search_places", "book_table", "add_to_cart",
            "book_hotel", "book_ticket", "track_parcel", "pay", "setup_account", "other_vehicle_function"}
_IMPERATIVE = re.compile(
    r"(set|put|make|change|adjust|bring|turn|raise|lower|increase|decrease|drop|reduce|keep|cool|warm|heat|go|switch|stop|start|activate|enable|disable|deactivate|shut|kill|cut|get|let|use|defrost|"
    r"defog|clear|demist|recirculate|circulate|point|direct|aim|blow|send|navigate|drive|take|guide|head|route|plan|calculate|find|give|show|enter|type|add|include|insert|cancel|end|quit|avoid|skip|"
    r"search|look|locate|book|reserve|order|buy|save|place|compare|extend|modify|track|check|follow|pay|settle|transfer|wire|move|register|link|connect|create|open|close|roll|crack|slide|push|"
    r"recline|fold|tilt|dim|wipe|wash|lock|unlock|pop|play|pause|resume|mute|unmute|call|phone|dial|text|read|limit|log|boost|crank|ventilate|block|remove|delete)\b(?! (on|off)\b$)", re.I)
REPEATABLE = {"other_vehicle_function", "set_climate", "order_food", "add_to_cart", "add_stop"}
NOT_JOINED = {"chat", "clarify", "choose_option", "refuse"}


class Section:
    def __init__(self, tool, fixed, weight, second=None):
        self.tool, self.fixed, self.weight, self.phrases, self.second = tool, fixed, weight, [], second


def load(lang):
    out = []
    with open(os.path.join(HERE, "phrases", lang + ".txt"), encoding="utf-8") as f:
        for n, row in enumerate(f, 1):
            row = row.rstrip("\n")
            if not row.strip() or row.startswith("#"):
                continue
            if row.startswith("@"):
                m = re.fullmatch(r"@(\w+)\s*(\{[^}]*\})?\s*(?:\+(\w+)\s*(\{[^}]*\}))?\s*(?:w=([\d.]+))?\s*", row)
                if not m:
                    raise ValueError(f"{lang}.txt:{n}: {row}")
                out.append(Section(m.group(1), json.loads(m.group(2) or "{}"), float(m.group(5) or 1),
                                   (m.group(3), json.loads(m.group(4))) if m.group(3) else None))
            else:
                out[-1].phrases.append(parse(row, f"{lang}.txt:{n}"))
    return out


def parse(text, where):
    """A phrase as nested lists: str, ("alt", [...]), ("slot", kind, argument)."""
    pos = 0

    def seq(end):
        nonlocal pos
        alts, cur = [], []
        buf = ""
        while True:
            if pos >= len(text):
                if end:
                    raise ValueError(f"{where}: no {end}: {text}")
                break
            c = text[pos]
            pos += 1
            if c in "([{|" or c == end:
                if buf:
                    cur.append(buf)
                buf = ""
            if c == end:
                break
            if c == "(":
                cur.append(("alt", seq(")")))
            elif c == "[":
                inner = seq("]")
                cur.append(("alt", inner + [[]] * len(inner)))
            elif c == "{":
                e = text.index("}", pos)
                kind, _, arg = text[pos:e].partition(">")
                cur.append(("slot", kind, arg))
                pos = e + 1
            elif c == "|":
                alts.append(cur)
                cur = []
            elif c in ")]":
                raise ValueError(f"{where}: stray {c}: {text}")
            else:
                buf += c
        if buf:
            cur.append(buf)
        return alts + [cur]

    return seq(None)


def expand(alts, lang, r, pieces, args):
    for node in r.choice(alts):
        if isinstance(node, str):
            pieces.append((node, None))
        elif node[0] == "alt":
            expand(node[1], lang, r, pieces, args)
        else:
            text, value = slots.make(lang, node[1], r)
            pieces.append((text, node[2] if node[2] and value is None else None))
            if node[2] and value is not None:
                args[node[2]] = value


def render(pieces, lang, r, case):
    """Pieces to text, and the copied arguments as they stand in it."""
    out, copied = "", {}
    for text, arg in pieces:
        if case == "lower" and lang == "en":
            text = text.lower()
        elif arg and lang == "en" and case == "title":
            text = re.sub(r"\b(?<!')[a-z]", lambda m: m.group().upper(), text)
        if arg is None:
            if out.endswith(" ") and text.startswith(" "):
                text = text.lstrip()
        elif arg in copied:
            return None
        else:
            copied[arg] = text
        out += text
    return out, copied


_KEYS = {"a": "s", "e": "r", "i": "o", "o": "p", "t": "y", "n": "m", "s": "d", "r": "t"}


def typo(text, r):
    """One slip in one longer word: a doubled, dropped, swapped or neighbouring letter."""
    words = text.split(" ")
    cand = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()]
    if not cand:
        return text
    i = r.choice(cand)
    w = words[i]
    k = r.randrange(1, len(w) - 1)
    words[i] = r.choice([w[:k] + w[k] + w[k:], w[:k] + w[k + 1:], w[:k] + w[k + 1] + w[k] + w[k + 2:], w[:k] + _KEYS.get(w[k], w[k]) + w[k + 1:]])
    return " ".join(words)


class Generator:
    def __init__(self, catalogue, lang, r):
        self.catalogue, self.lang, self.r = catalogue, lang, r
        self.followups = FollowUps(catalogue, lang, r)
        self.sections = load(lang)
        self.weights = [s.weight for s in self.sections]
        joinable = [s for s in self.sections if s.tool not in NOT_JOINED and not s.second]
        self.join_sections = (joinable, [s.weight * (1.6 if catalogue.domain(s.tool) in ("hvac", "navigation") else 1) for s in joinable])

    def single(self, speaker, case, joined=False, noise=True):
        """One request: (text, tool, arguments, second tool), or None when the draw was not usable."""
        r = self.r
        pool, w = self.join_sections if joined else (self.sections, self.weights)
        s = r.choices(pool, w)[0]
        pieces, args = [], dict(s.fixed)
        if s.second:
            args.update({"+" + k: v for k, v in s.second[1].items()})
        expand(r.choice(s.phrases), self.lang, r, pieces, args)
        if noise and self.lang == "en" and r.random() < .06:
            pieces = [(t if a else typo(t, r), a) for t, a in pieces]
        got = render(pieces, self.lang, r, case)
        if got is None:
            return None
        text, copied = got
        for k, v in list(args.items()):
            if v == "@speaker":
                args[k] = None if speaker == "unknown" else speaker
            elif v == "@none":
                args[k] = None
        args.update(copied)
        # "the my seat" comes from an optional article before a place that is named by its owner.
        return re.sub(r"\bthe my\b", "my", text).strip(), s.tool, args, s.second and s.second[0]

    def line(self, speaker):
        """One labelled utterance: (text, calls), or None."""
        r = self.r
        case = r.choices(["lower", "plain", "title"], [.6, .2, .2])[0]
        many = r.random() < .13
        parts = []
        for _ in range(r.choices([2, 3], [.8, .2])[0] if many else 1):
            p = self.single(speaker, case, joined=many)
            if p is None:
                return None
            parts.append(p)
        tools = [p[1] for p in parts]
        if any(tools.count(t) > 1 and t not in REPEATABLE for t in tools) or any(a[1:] == b[1:] for i, a in enumerate(parts) for b in parts[:i]):
            return None
        text = parts[0][0]
        for p in parts[1:]:
            j = r.choice(JOINTS[self.lang])
            if self.lang == "zh" and text[-1:] in "？?吗呢":
                j = "，" + j.lstrip("，。并再")
            if self.lang == "en" and j[0] in ",." and case == "lower" and r.random() < .5:
                j = " " + j.lstrip(",. ")
            text = text.rstrip("?.！。 ") + j + p[0]
        text = self.dress(text, parts, case)
        calls = []
        for _, tool, args, second in parts:
            calls.append(self.catalogue.ordered(tool, {k: v for k, v in args.items() if k[0] != "+"}))
            if second:
                calls.append(self.catalogue.ordered(second, {k[1:]: v for k, v in args.items() if k[0] == "+"}))
        # Sentence case may have changed the first letter of a name that opens the utterance.
        if any(v not in text for c in calls for v in c["arguments"].values() if isinstance(v, str) and v in " ".join(q[0] for q in parts)):
            return None
        calls = [c for i, c in enumerate(calls) if c not in calls[:i]]
        return text, calls

    def exchange(self, speaker):
        """Two requests of which the second needs the first: (text, calls, second text, second calls), or None."""
        p = self.single(speaker, self.r.choices(["lower", "plain", "title"], [.6, .2, .2])[0])
        if p is None or p[3]:
            return None
        text, tool, args, _ = p
        call = self.catalogue.ordered(tool, args)
        text = self.dress(text, [p], "lower")
        second = self.followups.make(call, text)
        if second is None or any(v not in text for v in args.values() if isinstance(v, str) and v in p[0]):
            return None
        return text, [call], *second

    def dress(self, text, parts, case):
        """Fillers, sentence case and punctuation, outside copied names."""
        r, lang = self.r, self.lang
        pre, post = FILL[lang]
        asks = re.match(r"(what|where|how|when|is|are|do|does|can|could|would|will|who|why|did|i|i'm|it|it's|the|my|there|we|please|hey|hi|hello|thanks|bye|good|you|that|this)\b", text, re.I)
        verb = parts[0][1] in _VERBISH
        if lang == "en" and verb and not asks and _IMPERATIVE.match(text) and r.random() < .36:
            text = r.choice(pre) + text[0].lower() + text[1:] if not text.startswith("I") else text
        if lang == "zh" and verb and r.random() < .25 and not re.match("请|帮|麻烦|能|可|给|我|你|有|这|那|怎|什|哪|几|为|太|好|前面|车里|是|还", text):
            text = r.choice(pre) + text
        if len(parts) == 1 and verb and r.random() < (.12 if lang == "en" else .08) and text[-1:] not in "吗呢吧?？":
            text += r.choice([p for p in post if p.strip() not in text] or [""])
        if lang == "en":
            if case != "lower":
                text = text[0].upper() + text[1:]
                if self._tail_free(text, parts):
                    text += "?" if re.match(r"(what|where|how|when|is|are|do|does|can|could|would|will|who|why|did)\b", text, re.I) and r.random() < .8 else r.choice([".", ".", "", "!"])
        elif r.random() < .35:
            text += "？" if re.search("吗|呢|什么|多少|哪|怎么|几", text) else r.choice(["。", "。", "！"])
        return text

    @staticmethod
    def _tail_free(text, parts):
        return text[-1].isalnum()
