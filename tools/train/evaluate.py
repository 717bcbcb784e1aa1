"""Quality of a model folder on lines: teacher-forced accuracy and greedy decoding.

Decoding is free, or (`--copy`) allows in copied values only what stands in the utterance. The shipped runtime goes further:
it decodes under the whole of the catalogue's schemas.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import torch

import dialect
import lines as data
from dialect import Catalogue
from model import Qwen3, from_hugging_face
from prior import Prior
from tokenizer import Tokenizer

MAX_ANSWER_TOKENS = 96
# Tokens of the dialect's prompt before what the person said.
PROMPT_HEAD = 6


class CopyRule:
    """Allowed next tokens inside copied values: those that go on with a part of the utterance, from word to word."""

    def __init__(self, tokenizer: Tokenizer, prompt: list[int]):
        self._quote = tokenizer.vocab['"']
        start, end, user = tokenizer.added[dialect.START], tokenizer.added[dialect.END], tokenizer.encode("user")[0]
        # What was said, in this request and the one before it; the end token of each keeps the two apart.
        self._said: list[int] = []
        for at, token in enumerate(prompt):
            if token == start and prompt[at + 1] == user:
                self._said += prompt[at + PROMPT_HEAD:prompt.index(end, at) + 1]
        texts = ["", *("" if token == end else tokenizer.decode([token]) for token in self._said), ""]
        self._bounds = [not (left and right and dialect.is_word_part(left[-1]) and dialect.is_word_part(right[0]))
                        for left, right in zip(texts, texts[1:])]
        self._end = end
        self._ends: list[int] | None = None  # ends of the spans that equal the value so far; None outside a value

    def allowed(self) -> set[int] | None:
        if self._ends is None:
            return None
        tokens = {self._said[end] for end in self._ends if end < len(self._said)}
        if self._started and any(self._bounds[end] for end in self._ends):
            tokens.add(self._quote)
        return tokens - {self._end} - ({self._quote} if not self._started else set())

    def take(self, token: int) -> None:
        if self._ends is None:
            if token == self._quote:
                self._started = False
                self._ends = [at for at in range(len(self._said)) if self._bounds[at]]
        elif token == self._quote:
            self._ends = None
        else:
            self._started = True
            self._ends = [end + 1 for end in self._ends if end < len(self._said) and self._said[end] == token]


def decode(model: Qwen3, tokenizer: Tokenizer, prompts: list[list[int]], device="cpu",
           copy_rule: bool = False, opening: list[dict[int, float]] = ()) -> list[str]:
    """Greedy answers; prompts of the same length run together, so no padding is needed.

    `opening` holds for each prompt what is added to the logits of the first token, by token.
    """
    end = tokenizer.added[dialect.END]
    by_length = defaultdict(list)
    for index, prompt in enumerate(prompts):
        by_length[len(prompt)].append(index)
    answers = [""] * len(prompts)
    for indexes in by_length.values():
        ids = torch.tensor([prompts[index] for index in indexes], device=device)
        rules = [CopyRule(tokenizer, prompts[index]) for index in indexes] if copy_rule else []
        past, out, open_rows = None, [[] for _ in indexes], set(range(len(indexes)))
        for _ in range(MAX_ANSWER_TOKENS):
            logits, past = model.step(ids, past)
            logits[:, tokenizer.size:] = float("-inf")
            if opening and not out[0]:
                for row, index in enumerate(indexes):
                    for token, bias in opening[index].items():
                        logits[row, token] += bias
            for row, rule in enumerate(rules):
                allowed = rule.allowed()
                if allowed:
                    chosen = torch.tensor(sorted(allowed), device=device)
                    kept = logits[row, chosen]
                    logits[row] = float("-inf")
                    logits[row, chosen] = kept
            ids = logits.argmax(-1, keepdim=True)
            for rule, token in zip(rules, ids[:, 0].tolist()):
                rule.take(token)
            for row, token in enumerate(ids[:, 0].tolist()):
                if row in open_rows:
                    if token == end:
                        open_rows.discard(row)
                    else:
                        out[row].append(token)
            if not open_rows:
                break
        for row, index in enumerate(indexes):
            answers[index] = tokenizer.decode(out[row])
    return answers


def token_accuracy(model: Qwen3, batches: list[data.Batch], device="cpu") -> tuple[float, float]:
    """Mean loss and share of answer tokens predicted right, given the right tokens before them."""
    loss = right = count = 0.0
    with torch.no_grad():
        for batch in batches:
            logits = model.logits(model.hidden(batch.ids.to(device), batch.keep.to(device)))
            labels = batch.labels.to(device)
            loss += torch.nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            right += (logits.argmax(-1) == labels).sum().item()
            count += len(labels)
    return loss / count, right / count


def opening_bias(path: Path, lines: list[data.Line], tokenizer: Tokenizer) -> list[dict[int, float]]:
    """The prior's part of the first token; nothing after an earlier exchange, as in the runtime."""
    prior = Prior.read(str(path))
    tokens = [tokenizer.added[dialect.CALL_OPEN % name] for name in prior.tools]
    found = [None if line.before else prior.bias(line.utterance) for line in lines]
    return [{} if bias is None else dict(zip(tokens, bias.tolist())) for bias in found]


def _plain(calls) -> list:
    """Calls as compared: copied values trimmed, letter case as it is."""
    return [(call.get("name"), {key: value.strip() if isinstance(value, str) else value
                                for key, value in (call.get("arguments") or {}).items()}) for call in calls]


def score(lines: list[data.Line], answers: list[str], catalogue: Catalogue) -> dict:
    """Shares of right first domains and exact calls: overall, per language, kind of line and domain."""
    groups: dict[str, list] = defaultdict(list)
    for line, answer in zip(lines, answers):
        calls = dialect.parse_answer(answer)
        wanted = catalogue.domain(line.calls[0]["name"])
        found = catalogue.domain(calls[0].get("name")) if calls else None
        item = {"domain": found == wanted, "exact": bool(calls) and _plain(calls) == _plain(line.calls),
                "broken": not calls, "acted": found not in ("out_of_scope", "chitchat", None),
                "calls": bool(calls) and [call.get("name") for call in calls] == [call["name"] for call in line.calls]}
        for key in ("all", line.lang, line.kind, f"{line.lang}-{line.kind}", f"domain:{wanted}", f"domain:{wanted}-{line.lang}"):
            groups[key].append(item)
    result = {}
    for key, items in sorted(groups.items()):
        mean = {name: round(sum(item[name] for item in items) / len(items), 4) for name in items[0]}
        result[key] = {"count": len(items), "domain_accuracy": mean["domain"], "tools_right": mean["calls"],
                       "exact_call": mean["exact"], "ill_formed": mean["broken"]}
        if "out_of_scope" in key:
            result[key]["acted_on_out_of_scope"] = mean["acted"]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a model folder on lines with gold calls.")
    parser.add_argument("--model", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True, help="jsonl in the form of the training lines")
    parser.add_argument("--copy", action="store_true", help="allow in copied values only what stands in the utterance")
    parser.add_argument("--prior", type=Path, help="prior.bin that helps with the first tool, as in the package")
    parser.add_argument("--limit", type=int, default=0, help="measure a fixed random sample of this many lines")
    parser.add_argument("--wrong", type=Path, help="write one line per wrong item to this file")
    parser.add_argument("--out", type=Path, help="write the result (json) to this file")
    options = parser.parse_args()
    torch.set_num_threads(1)
    catalogue, tokenizer = Catalogue(options.catalogue), Tokenizer.load(options.model / "tokenizer.json")
    model = from_hugging_face(options.model).eval()
    lines, problems = data.checked(data.read(options.lines), catalogue, tokenizer)
    if options.limit and len(lines) > options.limit:
        lines = random.Random(7).sample(lines, options.limit)
    answers = decode(model, tokenizer, [data.encode(line, catalogue, tokenizer)[0] for line in lines],
                     copy_rule=options.copy, opening=opening_bias(options.prior, lines, tokenizer) if options.prior else ())
    result = score(lines, answers, catalogue)
    result["left_out"] = len(problems)
    text = json.dumps(result, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n")
    if options.wrong:
        with options.wrong.open("w", encoding="utf-8") as file:
            for line, answer in zip(lines, answers):
                calls = dialect.parse_answer(answer)
                if not calls or _plain(calls) != _plain(line.calls):
                    file.write(json.dumps({"utterance": line.utterance, "source": line.source, "wanted": line.calls,
                                           "found": calls if calls is not None else answer}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
