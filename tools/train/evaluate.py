"""Quality of a model folder on lines: teacher-forced accuracy and greedy decoding without any constraint.

The shipped runtime decodes under the catalogue's schemas, so it can only do better on ill-formed answers.
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
from tokenizer import Tokenizer

MAX_ANSWER_TOKENS = 96


def decode(model: Qwen3, tokenizer: Tokenizer, prompts: list[list[int]], device="cpu") -> list[str]:
    """Greedy answers; prompts of the same length run together, so no padding is needed."""
    end = tokenizer.added[dialect.END]
    by_length = defaultdict(list)
    for index, prompt in enumerate(prompts):
        by_length[len(prompt)].append(index)
    answers = [""] * len(prompts)
    for indexes in by_length.values():
        ids = torch.tensor([prompts[index] for index in indexes], device=device)
        past, out, open_rows = None, [[] for _ in indexes], set(range(len(indexes)))
        for _ in range(MAX_ANSWER_TOKENS):
            logits, past = model.step(ids, past)
            logits[:, tokenizer.size:] = float("-inf")
            ids = logits.argmax(-1, keepdim=True)
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
        kind = "generated" if line.generated else "real"
        for key in ("all", line.lang, kind, f"{line.lang}-{kind}", f"domain:{wanted}", f"domain:{wanted}-{line.lang}"):
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
    answers = decode(model, tokenizer, [data.encode(line, catalogue, tokenizer)[0] for line in lines])
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
