"""Text helpers: normalisation, spoken numbers, copied spans."""

import re
import unicodedata

_EN_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split())}
_EN_TENS = {w: (i + 2) * 10 for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_ZH_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_EN_WORD = "|".join(list(_EN_TENS) + sorted(_EN_UNITS, key=len, reverse=True))
_EN_NUMBER = re.compile(
    rf"(?<![\w.])(?:\d+(?:\.\d+)?|(?:{_EN_WORD})(?:[ -](?:{'|'.join(list(_EN_UNITS)[1:10])}))?(?: point (?:five|zero)| and a half)?)(?![\w])", re.I)
_ZH_NUMBER = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?")


def normalise(text):
    """Letters and digits only, lower case: the equality used for near-duplicates."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def en_value(token):
    """Value of an English number token, or None."""
    t = token.lower()
    if re.fullmatch(r"\d+(\.\d+)?", t):
        return shortest(float(t))
    half = 0
    if t.endswith(" point five") or t.endswith(" and a half"):
        half, t = 0.5, re.sub(r" (point five|and a half)$", "", t)
    t = re.sub(r" point zero$", "", t)
    total, seen = 0, False
    for w in re.split(r"[ -]", t):
        if w in _EN_UNITS:
            total += _EN_UNITS[w]
        elif w in _EN_TENS:
            total += _EN_TENS[w]
        else:
            return None
        seen = True
    return shortest(total + half) if seen else None


def zh_value(token):
    """Value of a Chinese or digit number token below 1000, or None."""
    if re.fullmatch(r"\d+(\.\d+)?", token):
        return shortest(float(token))
    whole, _, frac = token.partition("点")
    total, cur = 0, None
    for ch in whole:
        if ch in _ZH_DIGITS:
            cur = _ZH_DIGITS[ch] if cur is None else cur * 10 + _ZH_DIGITS[ch]
        elif ch == "十":
            total += (1 if cur is None else cur) * 10
            cur = None
        elif ch == "百":
            total += (1 if cur is None else cur) * 100
            cur = None
        else:
            return None
    total += cur or 0
    if frac:
        total += float("0." + "".join(str(_ZH_DIGITS[c]) for c in frac))
    return shortest(total)


def numbers(text, lang):
    """(start, end, value) of each number in the text, in order."""
    rx, val = (_EN_NUMBER, en_value) if lang == "en" else (_ZH_NUMBER, zh_value)
    out = []
    for m in rx.finditer(text):
        v = val(m.group())
        if v is not None:
            out.append((m.start(), m.end(), v))
    return out


def shortest(x):
    """22.0 becomes 22, 21.5 stays."""
    x = round(float(x), 2)
    return int(x) if x == int(x) else x


def is_word(ch):
    return ch.isascii() and ch.isalnum() or (ch.isalpha() and not is_cjk(ch))


def is_cjk(ch):
    return "\u3400" <= ch <= "\u9fff"


def on_boundary(text, start, end):
    """True when text[start:end] starts and ends at word boundaries."""
    if start > 0 and is_word(text[start - 1]) and is_word(text[start]):
        return False
    return not (end < len(text) and is_word(text[end - 1]) and is_word(text[end]))


def span(text, value):
    """The substring of text equal to value but for case, at word boundaries; None when there is none."""
    value = value.strip(" \t.,!?;:，。！？；：")
    if not value or len(value) > 80 or any(c in value for c in '"\\\n\t'):
        return None
    low, want, at = text.lower(), value.lower(), 0
    if len(low) != len(text):
        return None
    while (at := low.find(want, at)) >= 0:
        if on_boundary(text, at, at + len(want)):
            return text[at:at + len(want)]
        at += 1
    return None


def joined_span(text, value, joints):
    """The span that holds all of "a | b", where only `joints` (a regular expression) stands between them; else the first."""
    parts = [p.strip() for p in value.split("|")]
    if len(parts) > 1:
        rx = joints.join(re.escape(p) for p in parts)
        m = re.search(rx, text, re.I)
        if m and on_boundary(text, m.start(), m.end()):
            s = span(text, m.group())
            if s:
                return s
    return span(text, parts[0])
